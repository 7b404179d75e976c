/**
 * What a customer's purchases up to a day say of whether another follows: columns for a regression, each the
 * logarithm of one more than a number of days, purchases or money. Nothing after the day is looked at.
 */
import type { PurchaseDays } from '../clv/observed.ts'

/** In the order of the columns; spend comes last, as it can be left out. */
export const featureNames = [
  'recency',
  'orders',
  'age',
  'active_time',
  'mean_gap',
  'recency_in_gaps',
  'gap_deviation',
  'longest_gap',
  'orders_in_window',
  'orders_in_window_before',
  'spend',
  'order_value',
] as const

export type FeatureName = (typeof featureNames)[number]

const MONEY = 2

export interface Seen {
  readonly names: readonly FeatureName[]
  /** One column a name: numbers as they are, in days, purchases, and money. */
  readonly raw: readonly Float64Array[]
  /** The customer of each row: those who had bought by the day. */
  readonly customer: Int32Array
}

export interface Cut {
  /** The last day that may be looked at. */
  readonly until: number
  /** Days of the outcome window, whose purchases are counted back from the day. */
  readonly window: number
  readonly money: boolean
}

/** One row per customer who had bought by the day, in the order of the customers. */
export function seenUntil({ start, day, net }: PurchaseDays, { until, window, money }: Cut): Seen {
  const all = start.length - 1
  const customer = new Int32Array(all)
  let rows = 0
  for (let c = 0; c < all; c++) if ((day[start[c] as number] as number) <= until) customer[rows++] = c
  const names = money ? featureNames : featureNames.slice(0, -MONEY)
  const raw = names.map(() => new Float64Array(rows))
  const [recency, orders, age, active, mean, inGaps, deviation, longest, recent, before, spend, value] =
    raw as [...Tuple<10>, Float64Array | undefined, Float64Array | undefined]
  for (let row = 0; row < rows; row++) {
    const begin = start[customer[row] as number] as number
    const end = start[(customer[row] as number) + 1] as number
    const first = day[begin] as number
    let last = first
    let n = 0
    let squares = 0
    let most = 0
    let near = 0
    let far = 0
    let paid = 0
    for (let at = begin; at < end && (day[at] as number) <= until; at++) {
      const on = day[at] as number
      const gap = on - last
      squares += gap * gap
      if (gap > most) most = gap
      if (on > until - window) near++
      else if (on > until - 2 * window) far++
      paid += net[at] as number
      last = on
      n++
    }
    const gaps = n - 1
    const usual = gaps > 0 ? (last - first) / gaps : until - first
    recency[row] = until - last
    orders[row] = n
    age[row] = until - first
    active[row] = last - first
    mean[row] = usual
    inGaps[row] = (until - last) / Math.max(usual, 1)
    deviation[row] = gaps > 0 ? Math.sqrt(Math.max(squares / gaps - usual * usual, 0)) : 0
    longest[row] = most
    recent[row] = near
    before[row] = far
    if (spend) spend[row] = Math.max(paid, 0)
    if (value) value[row] = Math.max(paid / n, 0)
  }
  return { names, raw, customer: customer.subarray(0, rows) }
}

type Tuple<N extends number, T extends Float64Array[] = []> = T['length'] extends N
  ? T
  : Tuple<N, [...T, Float64Array]>

/** A column by its name; it must be there. */
export const featureOf = ({ names, raw }: Seen, name: FeatureName): Float64Array =>
  raw[names.indexOf(name)] as Float64Array

/** Columns as a regression takes them: ln(1 + value). */
export const logged = ({ raw }: Seen): Float64Array[] => raw.map(log1p)

function log1p(column: Float64Array): Float64Array {
  const logs = new Float64Array(column.length)
  for (let row = 0; row < logs.length; row++) logs[row] = Math.log1p(column[row] as number)
  return logs
}

/** 1 where no purchase followed within the window after the day, by row of what was seen. */
export function silentAfter(
  { start, day }: Pick<PurchaseDays, 'start' | 'day'>,
  customer: Int32Array,
  { until, window }: Pick<Cut, 'until' | 'window'>,
): Uint8Array {
  return Uint8Array.from(customer, (which) => {
    for (let at = start[which] as number; at < (start[which + 1] as number); at++) {
      const on = day[at] as number
      if (on > until) return on <= until + window ? 0 : 1
    }
    return 1
  })
}
