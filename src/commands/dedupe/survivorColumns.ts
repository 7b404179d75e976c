/** The columns as survivorship looks at them: what is filled and sound, when it is from, how often, how long. */

import type { Meaning } from '../../fields/contact.ts'
import { type DateReading, dateStyle, readDay, withStragglers } from '../../fields/date.ts'
import type { Column } from './columns.ts'

export interface SurvivorColumn extends Pick<Column, 'header' | 'codes' | 'words'> {
  readonly meaning?: Meaning | undefined
  /** By value: 1 where it is sound; left out, all are. */
  readonly sound?: Uint8Array | undefined
  /** By value: the number of its form; values of one form say the same (Ann@x.de, ann@x.de). Left out, none do. */
  readonly forms?: Int32Array | undefined
}

/** 2 for a sound value, 1 for one that is not, 0 for none. */
export function soundness({ codes, sound }: SurvivorColumn, row: number): number {
  const code = codes[row] as number
  if (code < 0) return 0
  return sound === undefined || sound[code] === 1 ? 2 : 1
}

/** The form of the value of a row; -1 where there is none. */
export function formOf({ codes, forms }: SurvivorColumn, row: number): number {
  const code = codes[row] as number
  return code < 0 ? -1 : (forms?.[code] ?? code)
}

/** By row, how many of its fields hold a sound value. */
export function completeness(columns: readonly SurvivorColumn[], rows: number): Uint16Array {
  const counts = new Uint16Array(rows)
  for (const column of columns) {
    for (let row = 0; row < rows; row++) {
      if (soundness(column, row) === 2) counts[row] = (counts[row] as number) + 1
    }
  }
  return counts
}

const CLOCK = /[T\s](\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?/i

export interface Moments {
  /** When the value of a row is, in days; where it is no date but a number, the number; else less than anything. */
  of(row: number): number
  /** Is any of the first values a date or a number? */
  readonly known: boolean
}

/** Each value is read when it is first asked for: mostly few are. */
export function momentsOf({ codes, words }: SurvivorColumn): Moments {
  const some = words.slice(0, 2000)
  const reading = withStragglers(dateStyle(some.map((value, i) => ({ value, count: 1, line: i + 1 }))))
  const moments = new Float64Array(words.length).fill(Number.NaN)
  const of = (row: number): number => {
    const code = codes[row] as number
    if (code < 0) return Number.NEGATIVE_INFINITY
    if (Number.isNaN(moments[code])) moments[code] = momentOf(words[code] as string, reading)
    return moments[code] as number
  }
  return { of, known: some.some((word) => momentOf(word, reading) > Number.NEGATIVE_INFINITY) }
}

function momentOf(word: string, reading: DateReading): number {
  const day = readDay(word, reading)
  if (day !== undefined) return day + timeOf(word)
  const number = word.trim() === '' ? Number.NaN : Number(word)
  return Number.isFinite(number) ? number : Number.NEGATIVE_INFINITY
}

function timeOf(word: string): number {
  const found = CLOCK.exec(word)
  if (!found) return 0
  const [, hour, minute, second = '0', half] = found
  const hours = (Number(hour) % (half ? 12 : 24)) + (half?.toLowerCase() === 'p' ? 12 : 0)
  return (hours * 3600 + Number(minute) * 60 + Number(second)) / 86_400
}

/** The column that says when a row was last changed: one that means it, else another date that is no birthday. */
export function newestColumn(columns: readonly SurvivorColumn[]): SurvivorColumn | undefined {
  const sorted = [...columns].sort((a, b) => (a.header < b.header ? -1 : 1))
  return (
    sorted.find(({ meaning }) => meaning === 'updated') ?? sorted.find(({ meaning }) => meaning === 'date')
  )
}
