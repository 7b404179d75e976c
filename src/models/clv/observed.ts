/** Purchase days as the models see them, up to any day and in any unit of time. */
import type { Histories } from './histories.ts'

/** The days on which each customer bought, ascending: customer c on `day[start[c]]` to `day[start[c + 1] - 1]`. */
export interface PurchaseDays {
  readonly start: Uint32Array
  readonly day: Int32Array
  /** What was paid, by day. */
  readonly net: Float64Array
}

export interface Observed {
  /** Without the gaps. */
  readonly histories: Histories
  /** Sums of the logarithms of the gaps between purchases, by row, for models of regular buyers. */
  readonly gaps: () => Float64Array
  /** The customer of each row: those who had bought by the last day of observation. */
  readonly customer: Int32Array
  /** Mean spend on days of repeat purchase, by row; NaN without any, or without money. */
  readonly meanSpend: Float64Array
}

/** Everything up to a day, in units of so many days; in whole ones where the model counts periods. */
export function observed(
  { start, day, net }: PurchaseDays,
  until: number,
  unit: number,
  whole = false,
): Observed {
  const customer = seenBy({ start, day }, until)
  const column = () => new Float64Array(customer.length)
  const [x, tx, T, meanSpend] = [column(), column(), column(), column()]
  for (let row = 0; row < customer.length; row++) {
    const begin = start[customer[row] as number] as number
    const end = start[(customer[row] as number) + 1] as number
    const first = day[begin] as number
    let last = first
    let spent = 0
    let at = begin + 1
    for (; at < end && (day[at] as number) <= until; at++) {
      spent += net[at] as number
      last = day[at] as number
    }
    const repeats = at - begin - 1
    x[row] = repeats
    tx[row] = whole ? Math.round((last - first) / unit) : (last - first) / unit
    T[row] = whole ? Math.max(tx[row] as number, Math.floor((until - first) / unit)) : (until - first) / unit
    // Sums of decimals: what is left of rounding is far below a cent.
    meanSpend[row] = repeats === 0 ? Number.NaN : Math.round((spent / repeats) * 1e9) / 1e9
  }
  const gaps = () => logGapsOf({ start, day }, { customer, x, lnOf: logarithms(unit) })
  return { histories: { x, tx, T }, customer, meanSpend, gaps }
}

interface Repeats {
  readonly customer: Int32Array
  readonly x: Float64Array
  readonly lnOf: (days: number) => number
}

function logGapsOf(
  { start, day }: Pick<PurchaseDays, 'start' | 'day'>,
  { customer, x, lnOf }: Repeats,
): Float64Array {
  const sums = new Float64Array(customer.length)
  for (let row = 0; row < sums.length; row++) {
    const begin = start[customer[row] as number] as number
    let sum = 0
    for (let at = begin + 1; at <= begin + (x[row] as number); at++) {
      sum += lnOf((day[at] as number) - (day[at - 1] as number))
    }
    sums[row] = sum
  }
  return sums
}

/** The customers who had bought by a day. */
function seenBy({ start, day }: Pick<PurchaseDays, 'start' | 'day'>, until: number): Int32Array {
  const seen = new Int32Array(start.length - 1)
  let count = 0
  for (let customer = 0; customer < seen.length; customer++) {
    if ((day[start[customer] as number] as number) <= until) seen[count++] = customer
  }
  return count === seen.length ? seen : seen.slice(0, count)
}

/** ln of whole days in a unit: of millions of gaps some hundreds are different. */
function logarithms(unit: number): (days: number) => number {
  const known: number[] = []
  return (days) => {
    const ln = known[days] ?? Math.log(days / unit)
    if (days < MOST_KNOWN) known[days] = ln
    return ln
  }
}

const MOST_KNOWN = 4096

/**
 * Purchases by period, for a model of opportunities: a customer uses the k-th period after the first purchase or
 * does not, however often. The day becomes the last one of the period.
 */
export function byPeriod<P extends PurchaseDays>(purchases: P, unit: number): P {
  const { start, day, net } = purchases
  const kept = {
    start: new Uint32Array(start.length),
    day: new Int32Array(day.length),
    net: new Float64Array(day.length),
  }
  let size = 0
  for (let customer = 0; customer < start.length - 1; customer++) {
    const first = day[start[customer] as number] as number
    let before = -1
    for (let at = start[customer] as number; at < (start[customer + 1] as number); at++) {
      const period = Math.ceil(((day[at] as number) - first) / unit)
      if (period === before) {
        kept.net[size - 1] = (kept.net[size - 1] as number) + (net[at] as number)
        continue
      }
      before = period
      kept.day[size] = Math.round(first + period * unit)
      kept.net[size++] = net[at] as number
    }
    kept.start[customer + 1] = size
  }
  return {
    ...purchases,
    start: kept.start,
    day: kept.day.subarray(0, size),
    net: kept.net.subarray(0, size),
  }
}

/** Days of purchase after one day and up to another, by row of what was observed. */
export function boughtWithin(
  { start, day }: Pick<PurchaseDays, 'start' | 'day'>,
  customer: Int32Array,
  after: number,
  until: number,
): Float64Array {
  const bought = new Float64Array(customer.length)
  for (let row = 0; row < bought.length; row++) {
    const which = customer[row] as number
    let count = 0
    for (let at = start[which] as number; at < (start[which + 1] as number); at++) {
      const on = day[at] as number
      if (on > after && on <= until) count++
    }
    bought[row] = count
  }
  return bought
}
