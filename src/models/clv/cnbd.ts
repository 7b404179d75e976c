/**
 * MBG/CNBD-k (Platzer, Reutterer 2016, "Ticking away the moments"): as MBG/NBD, but the times between purchases are
 * Erlang-k, so that with k > 1 purchases come more regularly than by chance. k = 1 is MBG/NBD.
 *
 * A purchase is the k-th of k Poisson events; what is not seen is how many of them, j, have come since the last one.
 */

import type { BgParameters } from './bgnbd.ts'
import { type Histories, weightOf } from './histories.ts'
import { mixture } from './mixture.ts'
import type { Slope } from './newton.ts'
import { lnGamma } from './special.ts'

/** ln Gamma(c + n) - ln Gamma(c), and its first two derivatives by c, for whole n up to a greatest. */
interface Rising {
  readonly ln: Float64Array
  readonly slope: Float64Array
  readonly curve: Float64Array
}

function rising(c: number, greatest: number): Rising {
  const [ln, slope, curve] = [
    new Float64Array(greatest + 1),
    new Float64Array(greatest + 1),
    new Float64Array(greatest + 1),
  ]
  for (let n = 0; n < greatest; n++) {
    const at = c + n
    ln[n + 1] = (ln[n] as number) + Math.log(at)
    slope[n + 1] = (slope[n] as number) + 1 / at
    curve[n + 1] = (curve[n] as number) - 1 / (at * at)
  }
  return { ln, slope, curve }
}

const greatestOf = (values: Float64Array): number => values.reduce((most, each) => Math.max(most, each), 0)

/** The log-likelihood (reference: equation 5 of the paper), its gradient and Hessian by r, alpha, a, b. */
export function cnbdLikelihood(histories: Histories, k: number): (parameters: readonly number[]) => Slope {
  const { x: repeats, tx, T, logGaps } = histories
  const most = greatestOf(repeats)
  const lnFactorials = rising(1, k).ln
  const terms = mixture(4)
  return ([r = 1, alpha = 1, a = 1, b = 1]) => {
    const [ofR, ofB, ofAll] = [rising(r, k * (most + 1)), rising(b, most + 1), rising(a + b, most + 1)]
    const sums = { value: 0, gradient: new Float64Array(4), hessian: new Float64Array(16) }
    const [gradient, hessian] = [new Float64Array(4), new Float64Array(16)]
    for (let row = 0; row < repeats.length; row++) {
      const customers = weightOf(histories, row)
      const [x, last, end] = [repeats[row] as number, tx[row] as number, T[row] as number]
      const [dropped, droppedCurve] = [-(ofAll.slope[x + 1] as number), -(ofAll.curve[x + 1] as number)]
      const term = (events: number, since: number, ln: number, stays: 0 | 1) => {
        const [n, inverse] = [r + events, 1 / (alpha + since)]
        const value =
          ln +
          r * Math.log(alpha) +
          (ofR.ln[events] as number) +
          n * Math.log(inverse) -
          (ofAll.ln[x + 1] as number) +
          (ofB.ln[x + stays] as number) +
          (stays ? 0 : Math.log(a))
        gradient[0] = Math.log(alpha) + (ofR.slope[events] as number) + Math.log(inverse)
        gradient[1] = r / alpha - n * inverse
        gradient[2] = dropped + (stays ? 0 : 1 / a)
        gradient[3] = dropped + (ofB.slope[x + stays] as number)
        hessian[0] = ofR.curve[events] as number
        hessian[1] = 1 / alpha - inverse
        hessian[4] = hessian[1]
        hessian[5] = n * inverse * inverse - r / (alpha * alpha)
        hessian[10] = droppedCurve - (stays ? 0 : 1 / (a * a))
        hessian[11] = droppedCurve
        hessian[14] = droppedCurve
        hessian[15] = droppedCurve + (ofB.curve[x + stays] as number)
        terms.add(value, gradient, hessian)
      }
      term(k * x, last, 0, 0)
      for (let j = 0; j < k; j++) {
        if (j > 0 && end <= last) break
        term(k * x + j, end, j === 0 ? 0 : j * Math.log(end - last) - (lnFactorials[j] as number), 1)
      }
      terms.flush(sums, customers)
      sums.value += customers * ((k - 1) * (logGaps?.[row] ?? 0) - x * lnGamma(k))
    }
    return sums
  }
}

/** Given the data: is the customer one still, and how likely is each number of events since the last purchase? */
function posterior({ r, alpha, a, b }: BgParameters, k: number, { x, tx, T }: Histories, row: number) {
  const [repeats, last, end] = [x[row] as number, tx[row] as number, T[row] as number]
  const events = r + k * repeats
  const lnEvents = lnGamma(events)
  const ln = Float64Array.from({ length: k }, (_, j) => {
    if (j > 0 && end <= last) return Number.NEGATIVE_INFINITY
    const elapsed = j === 0 ? 0 : j * Math.log(end - last) - lnGamma(j + 1)
    return elapsed + lnGamma(events + j) - lnEvents - (events + j) * Math.log(alpha + end)
  })
  const top = Math.max(...ln)
  const relative = ln.map((each) => Math.exp(each - top))
  const mass = relative.reduce((sum, each) => sum + each, 0)
  const stays = top + Math.log(mass) + Math.log(b + repeats)
  const leaves = Math.log(a) - events * Math.log(alpha + last)
  return { alive: 1 / (1 + Math.exp(leaves - stays)), shares: relative.map((each) => each / mass) }
}

/** Probability of being a customer still, by row. */
export function cnbdAlive(parameters: BgParameters, k: number, histories: Histories): Float64Array {
  return Float64Array.from(histories.x, (_, row) => posterior(parameters, k, histories, row).alive)
}

/** So small a part of a sum over events may be left out: by a bound, for rounding would hide it. */
const NEGLIGIBLE = 1e-14
const MOST_EVENTS = 1_000_000

/**
 * Expected purchases in the next t, by row, exactly: given j the events to come are negative binomial, each k-th of
 * them is a purchase, and the n-th purchase is made by those who did not leave after the n - 1 before.
 */
export function cnbdExpected(
  parameters: BgParameters,
  k: number,
  histories: Histories,
  t: number,
): Float64Array {
  const { r, alpha, a, b } = parameters
  return Float64Array.from(histories.x, (repeats, row) => {
    const { alive, shares } = posterior(parameters, k, histories, row)
    const since = alpha + (histories.T[row] as number)
    let sum = 0
    shares.forEach((share, j) => {
      if (share > 0)
        sum += share * purchases({ n: r + k * repeats + j, since, j, k, a, b: b + repeats + 1 }, t)
    })
    return alive * sum
  })
}

interface Ahead {
  /** The rate of events is Gamma(n, rate since). */
  readonly n: number
  readonly since: number
  /** Events since the last purchase. */
  readonly j: number
  readonly k: number
  /** The probability to leave is Beta(a, b). */
  readonly a: number
  readonly b: number
}

function purchases({ n, since, j, k, a, b }: Ahead, t: number): number {
  const more = t / (since + t)
  const lnMore = Math.log(more)
  // The logarithm of the probability of i events, and what is bought with as many by those who do not leave before.
  let [ln, bought, sum] = [n * Math.log(since / (since + t)), 0, 0]
  let [staying, made] = [1, 0]
  for (let i = 1; i < MOST_EVENTS; i++) {
    ln += Math.log((n + i - 1) / i) + lnMore
    if ((i + j) % k === 0) {
      // The purchase is made by those who are left.
      bought += staying
      staying *= (b + made) / (a + b + made)
      made++
    }
    const probability = Math.exp(ln)
    sum += probability * bought
    // From here on each probability is at most so many times the one before, and an event buys no more than one.
    const ratio = more * Math.max((n + i) / (i + 1), 1)
    const rest = (probability * ratio * (bought + 1 / (1 - ratio))) / (1 - ratio)
    if (ratio < 1 && bought > 0 && rest <= NEGLIGIBLE * sum) break
  }
  return sum
}

/** Probability of no purchase in the next t, by row. */
export function cnbdSilent(
  parameters: BgParameters,
  k: number,
  histories: Histories,
  t: number,
): Float64Array {
  const { r, alpha } = parameters
  return Float64Array.from(histories.x, (repeats, row) => {
    const { alive, shares } = posterior(parameters, k, histories, row)
    const since = alpha + (histories.T[row] as number)
    let few = 0
    shares.forEach((share, j) => {
      const n = r + k * repeats + j
      let probability = Math.exp(n * Math.log(since / (since + t)))
      for (let i = 0; i < k - j; i++) {
        few += share * probability
        probability *= ((n + i) / (i + 1)) * (t / (since + t))
      }
    })
    return 1 - alive * (1 - few)
  })
}
