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
  readonly histories: Histories
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
  const all = start.length - 1
  const seen = Array.from({ length: all }, (_, i) => i).filter(
    (i) => (day[start[i] as number] as number) <= until,
  )
  const column = () => new Float64Array(seen.length)
  const [x, tx, T, logGaps, meanSpend] = [column(), column(), column(), column(), column()]
  seen.forEach((customer, row) => {
    const begin = start[customer] as number
    const first = day[begin] as number
    let [last, gaps, spent, repeats] = [first, 0, 0, 0]
    for (let at = begin + 1; at < (start[customer + 1] as number) && (day[at] as number) <= until; at++) {
      gaps += Math.log(((day[at] as number) - last) / unit)
      spent += net[at] as number
      last = day[at] as number
      repeats++
    }
    x[row] = repeats
    tx[row] = whole ? Math.round((last - first) / unit) : (last - first) / unit
    T[row] = whole ? Math.max(tx[row] as number, Math.floor((until - first) / unit)) : (until - first) / unit
    logGaps[row] = gaps
    // Sums of decimals: what is left of rounding is far below a cent.
    meanSpend[row] = repeats === 0 ? Number.NaN : Math.round((spent / repeats) * 1e9) / 1e9
  })
  return { histories: { x, tx, T, logGaps }, customer: Int32Array.from(seen), meanSpend }
}

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
  return Float64Array.from(customer, (which) => {
    let count = 0
    for (let at = start[which] as number; at < (start[which + 1] as number); at++) {
      const on = day[at] as number
      if (on > after && on <= until) count++
    }
    return count
  })
}
