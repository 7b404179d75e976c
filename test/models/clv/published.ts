/** The data that the papers print results for, as histories; undefined where ../shared/data is not there. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseDay } from '../../../src/core/days.ts'
import type { Histories } from '../../../src/models/clv/histories.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

export const hasData = existsSync(`${folder}cdnow-sample.csv`)

const rowsOf = (file: string): string[][] =>
  readFileSync(folder + file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

interface Cohort {
  readonly histories: Histories
  /** Mean spend on repeat days; 0 without any. */
  readonly m: Float64Array
  /** Days of purchase after the end of the calibration. */
  readonly later: Float64Array
}

/** CDNOW, a customer a row by id, from their first purchase to a day; times in units of so many days. */
export function cdnow(end = '1997-09-30', unit = 7): Cohort {
  const last = parseDay(end) as number
  const byCustomer = new Map<string, Map<number, number>>()
  for (const [customer = '', date = '', , amount] of rowsOf('cdnow-sample.csv')) {
    const days = byCustomer.get(customer) ?? new Map<number, number>()
    const day = parseDay(date) as number
    days.set(day, (days.get(day) ?? 0) + Math.round(100 * Number(amount)))
    byCustomer.set(customer, days)
  }
  const all = [...byCustomer].sort(([one], [other]) => Number(one) - Number(other))
  const lists = all.map(([, days]) => [...days].sort(([one], [other]) => one - other))
  const column = (of: (days: readonly (readonly [number, number])[], first: number) => number) =>
    Float64Array.from(lists, (days) =>
      of(
        days.filter(([day]) => day <= last),
        days[0]?.[0] as number,
      ),
    )
  return {
    histories: {
      x: column((days) => days.length - 1),
      tx: column((days, first) => ((days.at(-1)?.[0] as number) - first) / unit),
      T: column((_, first) => (last - first) / unit),
      logGaps: column((days) =>
        days.slice(1).reduce((sum, [day], i) => sum + Math.log((day - (days[i]?.[0] as number)) / unit), 0),
      ),
    },
    m: column((days) =>
      days.length < 2
        ? 0
        : days.slice(1).reduce((sum, [, cents]) => sum + cents, 0) / 100 / (days.length - 1),
    ),
    later: Float64Array.from(lists, (days) => days.filter(([day]) => day > last).length),
  }
}

/** Donations of 1995 to 2001 (Fader, Hardie, Shang 2010, table 1). */
export function donations(): Histories {
  const rows = rowsOf('donations-bgbb.csv').map((cells) => cells.map(Number))
  const column = (i: number) => Float64Array.from(rows, (row) => row[i] as number)
  return { x: column(0), tx: column(1), T: column(2), weight: column(3) }
}
