/** What the flags of `cust clv` mean: spans of time, a rate per year, shares. */

import { CustError } from '../../core/errors.ts'
import { isoDay } from '../../core/options.ts'

const usage = (message: string): CustError => new CustError('usage', message)

/** Days of a year and of a month, on average. */
export const YEAR = 365.25
const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, mo: YEAR / 12, y: YEAR, yr: YEAR }

/** A span as typed, and in days. */
export interface Span {
  readonly text: string
  readonly days: number
}

/** `90d`, `26w`, `12mo`, `2yr`. */
export function span(given: string): Span {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(d|w|mo|yr?)?$/.exec(given.trim()) ?? []
  const days = DAYS[unit]
  if (number !== undefined && days === undefined) {
    throw usage(`"${given}" needs a unit: write 90d, 26w, 12mo or 2yr`)
  }
  if (number === undefined || days === undefined || !(Number(number) > 0)) {
    throw usage(`"${given}" is not a span of time: write 90d, 26w, 12mo or 2yr`)
  }
  return { text: given.trim(), days: Number(number) * days }
}

/** `10%/yr` or `0.1/yr`: an effective rate, a part of one. */
export function yearlyRate(given: string): number {
  const [, number, percent, per] = /^(\d+(?:\.\d+)?)(%?)(\/(?:yr|year|y))?$/.exec(given.trim()) ?? []
  if (number === undefined) throw usage(`"${given}" is not a rate: write 10%/yr`)
  if (per === undefined && Number(number) !== 0)
    throw usage(`"${given}" is per year: write ${number}${percent}/yr`)
  return Number(number) / (percent ? 100 : 1)
}

/** `30%` or `0.3`: a part of one. */
export function part(given: string): number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(given.trim()) ?? []
  const value = Number(number) / (percent ? 100 : 1)
  if (number === undefined || !(value > 0 && value <= 1))
    throw usage(`"${given}" is not a share: write 30% or 0.3`)
  return value
}

/** The last day that the models may see while they are judged by what came after. */
export function holdout(given: string): 'auto' | 'off' | number {
  return given === 'auto' || given === 'off' ? given : isoDay(given)
}

/** The last day of observation. */
export function observedUntil(given: string): number | 'last' | 'today' {
  return given === 'last' || given === 'today' ? given : isoDay(given)
}

export const spendWays = ['gamma-gamma', 'mean', 'none'] as const

export type SpendWay = (typeof spendWays)[number]

/** How an order is valued; `--no-spend` is `--spend none`. */
export function spendWay(given: string): SpendWay {
  if (given === 'false') return 'none'
  const way = spendWays.find((each) => each === given)
  if (way) return way
  throw usage(`"${given}" is not one of ${spendWays.join(', ')}`)
}
