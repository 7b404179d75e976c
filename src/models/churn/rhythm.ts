/**
 * How often a customer usually comes back. The logarithms of the times between purchases are normal around a mean of
 * the customer, which is normal around that of all (one-way random effects; variances by the analysis of variance,
 * Searle, Casella, McCulloch 1992, section 3.6). A customer with few gaps is taken to be much like all others.
 */
import type { PurchaseDays } from '../clv/observed.ts'
import { normalAbove, normalQuantileAbove } from '../normal.ts'

export interface Rhythm {
  /** Mean of ln(days) over customers. */
  readonly mean: number
  /** Variance between customers, and between the gaps of one. */
  readonly between: number
  readonly within: number
  readonly gaps: number
}

interface OwnGaps {
  readonly count: Float64Array
  /** Mean of ln(days); NaN without a gap. */
  readonly mean: Float64Array
  readonly squares: number
}

function ownGaps(
  { start, day }: Pick<PurchaseDays, 'start' | 'day'>,
  customer: Int32Array,
  until: number,
): OwnGaps {
  const [count, mean] = [new Float64Array(customer.length), new Float64Array(customer.length)]
  let squares = 0
  customer.forEach((which, row) => {
    const begin = start[which] as number
    let [n, sum, square] = [0, 0, 0]
    for (let at = begin + 1; at < (start[which + 1] as number) && (day[at] as number) <= until; at++) {
      const ln = Math.log((day[at] as number) - (day[at - 1] as number))
      sum += ln
      square += ln * ln
      n++
    }
    count[row] = n
    mean[row] = sum / n
    if (n > 0) squares += Math.max(square - (sum * sum) / n, 0)
  })
  return { count, mean, squares }
}

/** The rhythm of all customers; undefined where nobody came back twice, so that no spread can be seen. */
function rhythmOf({ count, mean, squares }: OwnGaps): Rhythm | undefined {
  let [customers, gaps, squaredCounts, sum] = [0, 0, 0, 0]
  count.forEach((n, row) => {
    if (n === 0) return
    customers++
    gaps += n
    squaredCounts += n * n
    sum += n * (mean[row] as number)
  })
  if (customers < 2 || gaps <= customers) return undefined
  const within = squares / (gaps - customers)
  const all = sum / gaps
  let spread = 0
  count.forEach((n, row) => {
    if (n > 0) spread += n * ((mean[row] as number) - all) ** 2
  })
  const size = (gaps - squaredCounts / gaps) / (customers - 1)
  const between = Math.max(0, (spread / (customers - 1) - within) / size)
  // Each customer's mean is as sure as between + within / n; so weighted, those with many gaps do not rule.
  let [weights, weighted] = [0, 0]
  count.forEach((n, row) => {
    if (n === 0) return
    const weight = 1 / (between + within / n || 1)
    weights += weight
    weighted += weight * (mean[row] as number)
  })
  return { mean: weighted / weights, between, within, gaps }
}

export interface NextOrder {
  /** Usual days between purchases (their median), the customer's own shrunk towards that of all. */
  readonly usualGap: Float64Array
  /** Day of the next purchase, if there is one: low and high are a tenth and nine tenths of the way. */
  readonly day: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly rhythm: Rhythm
}

const [LOW, MIDDLE, HIGH] = [0.1, 0.5, 0.9]

/**
 * When each customer may be expected next, given that none of the days up to `until` was it, and that the customer
 * comes at all. Undefined where the rhythm of customers cannot be seen.
 */
export function nextOrders(
  purchases: Pick<PurchaseDays, 'start' | 'day'>,
  customer: Int32Array,
  until: number,
): NextOrder | undefined {
  const own = ownGaps(purchases, customer, until)
  const rhythm = rhythmOf(own)
  if (!rhythm) return undefined
  const column = () => new Float64Array(customer.length)
  const next = { usualGap: column(), day: column(), low: column(), high: column(), rhythm }
  const { start, day } = purchases
  customer.forEach((which, row) => {
    const n = own.count[row] as number
    const weight = n === 0 ? 0 : rhythm.between / (rhythm.between + rhythm.within / n || 1)
    const mean = n === 0 ? rhythm.mean : weight * (own.mean[row] as number) + (1 - weight) * rhythm.mean
    const spread = Math.sqrt(rhythm.within + (1 - weight) * rhythm.between)
    const last = day[(start[which] as number) + n] as number
    next.usualGap[row] = Math.exp(mean)
    const waiting = waitingTime(mean, spread, until - last)
    next.day[row] = last + waiting(MIDDLE)
    next.low[row] = last + waiting(LOW)
    next.high[row] = last + waiting(HIGH)
  })
  return next
}

/** Quantiles of a lognormal time of which so many days have passed; in whole days, at least one more than passed. */
function waitingTime(mean: number, spread: number, passed: number): (share: number) => number {
  const left = passed > 0 && spread > 0 ? normalAbove((Math.log(passed) - mean) / spread) : 1
  return (share) => {
    const days = Math.exp(mean + spread * (left > 0 ? normalQuantileAbove(left * (1 - share)) : 0))
    return Math.max(Math.ceil(days), passed + 1)
  }
}
