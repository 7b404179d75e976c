/** Options that mean the same in every command over the purchases of customers: time, spend, money earned. */
import { CustError } from './errors.ts'
import { isoDay, type OptionValues, text } from './options.ts'
import { orderOptions } from './orders.ts'

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

/** `30%` or `0.3`: a part of one. */
export function part(given: string): number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(given.trim()) ?? []
  const value = Number(number) / (percent ? 100 : 1)
  if (number === undefined || !(value > 0 && value <= 1))
    throw usage(`"${given}" is not a share: write 30% or 0.3`)
  return value
}

const spendWays = ['gamma-gamma', 'mean', 'none'] as const

type SpendWay = (typeof spendWays)[number]

/** How an order is valued; `--no-spend` is `--spend none`. */
function spendWay(given: string): SpendWay {
  if (given === 'false') return 'none'
  const way = spendWays.find((each) => each === given)
  if (way) return way
  throw usage(`"${given}" is not one of ${spendWays.join(', ')}`)
}

export const purchaseOptions = {
  asOf: text<number | 'last' | 'today'>(
    'last day of observation: a date, last or today',
    '<date>',
    'last',
    (given) => (given === 'last' || given === 'today' ? given : isoDay(given)),
    ['last', 'today'],
  ),
  refunds: orderOptions.refunds,
  spend: {
    ...text<SpendWay>(
      'how an order is valued; none, or --no-spend: orders only, no money',
      '<gamma-gamma|mean|none>',
      'gamma-gamma',
      spendWay,
      spendWays,
    ),
    negatable: true as const,
  },
  horizon: text<Span>('how far ahead', '<12mo>', { text: '12mo', days: YEAR }, span),
  margin: text('part of the amount that is earned', '<30%>', 1, part),
} as const

export type PurchaseOptions = OptionValues<typeof purchaseOptions>

/** The last day that may be looked at; undefined: that of the data. */
export function lastDay({ asOf }: Pick<PurchaseOptions, 'asOf'>, today: number): number | undefined {
  return asOf === 'last' ? undefined : asOf === 'today' ? today : asOf
}
