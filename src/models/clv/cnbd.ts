/**
 * MBG/CNBD-k (Platzer, Reutterer 2016, "Ticking away the moments"): as MBG/NBD, but the times between purchases are
 * Erlang-k, so that with k > 1 purchases come more regularly than by chance. k = 1 is MBG/NBD.
 *
 * A purchase is the k-th of k Poisson events; what is not seen is how many of them, j, have come since the last one.
 */

import { greatestOf } from '../sums.ts'
import { type BgParameters, bgLikelihood } from './bgnbd.ts'
import { collapse, type Histories, weightOf } from './histories.ts'
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

/** Places of r, alpha, a and b. */
const [R, ALPHA, A, B] = [0, 1, 2, 3]

/**
 * The log-likelihood (reference: equation 5 of the paper), its gradient and Hessian by r, alpha, a, b. What the times
 * between purchases add does not depend on the parameters, so that entries that differ in nothing else are one.
 */
export function cnbdLikelihood(histories: Histories, k: number): (parameters: readonly number[]) => Slope {
  const { x, tx, T, weight } = histories
  const { patterns, patternOf } = collapse({ x, tx, T, weight })
  return k === 1 ? bgLikelihood(patterns, 1) : byEvents(patterns, k, gapsOf(histories, patternOf, k))
}

/** ln of the density of the gaps by pattern, where it is that of k events and not of one. */
function gapsOf(histories: Histories, patternOf: Int32Array, k: number): Float64Array {
  const { x, logGaps } = histories
  const sums = new Float64Array(patternOf.length)
  for (let row = 0; row < patternOf.length; row++) {
    const own = (k - 1) * (logGaps?.[row] ?? 0) - (x[row] as number) * lnGamma(k)
    const pattern = patternOf[row] as number
    sums[pattern] = (sums[pattern] as number) + weightOf(histories, row) * own
  }
  return sums
}

/** Of the terms of one entry: the logarithm of their sum, and means of derivatives by r and alpha over them. */
interface Terms {
  ln: number
  /** The part of the term of who has left. */
  gone: number
  r: number
  alpha: number
  /** Second derivatives with the products of the first. */
  rr: number
  rAlpha: number
  alphaAlpha: number
  /** Of who has left alone. */
  goneR: number
  goneAlpha: number
}

/**
 * A customer has left at the last purchase, or is one still and j events have come since. The
 * derivatives of the logarithm of such a sum are means over its terms, and covariances.
 */
function byEvents(
  histories: Histories,
  k: number,
  ofGaps: Float64Array,
): (parameters: readonly number[]) => Slope {
  const { x: repeats } = histories
  const most = greatestOf(repeats)
  const terms: Terms = {
    ln: 0,
    gone: 0,
    r: 0,
    alpha: 0,
    rr: 0,
    rAlpha: 0,
    alphaAlpha: 0,
    goneR: 0,
    goneAlpha: 0,
  }
  return ([r = 1, alpha = 1, a = 1, b = 1]) => {
    const [ofB, ofAll] = [rising(b, most + 1), rising(a + b, most + 1)]
    const add = termsAt(histories, k, { r, alpha, lnA: Math.log(a), ofR: rising(r, k * (most + 1)), ofB })
    const gradient = new Float64Array(4)
    const hessian = new Float64Array(16)
    const grow = (i: number, more: number) => {
      gradient[i] = (gradient[i] as number) + more
    }
    const curve = (i: number, j: number, more: number) => {
      hessian[4 * i + j] = (hessian[4 * i + j] as number) + more
    }
    let value = 0
    for (let row = 0; row < repeats.length; row++) {
      const customers = weightOf(histories, row)
      const x = repeats[row] as number
      add(row, terms)
      const { gone } = terms
      // Added here, where it is of the size of the rest: at the end it would leave little but rounding.
      value += customers * (terms.ln - (ofAll.ln[x + 1] as number)) + (ofGaps[row] as number)
      // Beyond what all terms have in common, a is in that of who has left alone, and b differs by 1 / (b + x).
      const common = -(ofAll.slope[x + 1] as number)
      const commonCurve = -(ofAll.curve[x + 1] as number)
      const byA = 1 / a
      const byB = -1 / (b + x)
      const both = gone * (1 - gone)
      const withR = terms.goneR - gone * terms.r
      const withAlpha = terms.goneAlpha - gone * terms.alpha
      grow(R, customers * terms.r)
      grow(ALPHA, customers * terms.alpha)
      grow(A, customers * (common + gone * byA))
      grow(B, customers * (common + (ofB.slope[x + 1] as number) + gone * byB))
      curve(R, R, customers * (terms.rr - terms.r * terms.r))
      curve(R, ALPHA, customers * (terms.rAlpha - terms.r * terms.alpha))
      curve(ALPHA, ALPHA, customers * (terms.alphaAlpha - terms.alpha * terms.alpha))
      curve(R, A, customers * byA * withR)
      curve(R, B, customers * byB * withR)
      curve(ALPHA, A, customers * byA * withAlpha)
      curve(ALPHA, B, customers * byB * withAlpha)
      curve(A, A, customers * (commonCurve + (both - gone) * byA * byA))
      curve(A, B, customers * (commonCurve + both * byA * byB))
      curve(B, B, customers * (commonCurve + (ofB.curve[x + 1] as number) + (both + gone) * byB * byB))
    }
    for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) hessian[4 * i + j] = hessian[4 * j + i] as number
    return { value, gradient, hessian }
  }
}

interface At {
  readonly r: number
  readonly alpha: number
  readonly lnA: number
  readonly ofR: Rising
  readonly ofB: Rising
}

/** The terms of a row, but for what they have in common of a + b. */
function termsAt(
  { x: repeats, tx, T }: Histories,
  k: number,
  { r, alpha, lnA, ofR, ofB }: At,
): (row: number, into: Terms) => void {
  const lnFactorials = rising(1, k).ln
  const lnAlpha = Math.log(alpha)
  const ln = new Float64Array(k + 1)
  return (row, into) => {
    const x = repeats[row] as number
    const last = tx[row] as number
    const end = T[row] as number
    const iLast = 1 / (alpha + last)
    const iEnd = 1 / (alpha + end)
    const lnLast = Math.log(iLast)
    const lnEnd = Math.log(iEnd)
    // Gone, then with 0, 1, ... events since.
    const terms = end > last ? k + 1 : 2
    const lnElapsed = terms > 2 ? Math.log(end - last) : 0
    const lnStays = r * lnAlpha + (ofB.ln[x + 1] as number)
    let top = r * lnAlpha + (ofR.ln[k * x] as number) + (r + k * x) * lnLast + (ofB.ln[x] as number) + lnA
    ln[0] = top
    for (let j = 0; j + 1 < terms; j++) {
      const events = k * x + j
      const elapsed = j === 0 ? 0 : j * lnElapsed - (lnFactorials[j] as number)
      const own = lnStays + (ofR.ln[events] as number) + (r + events) * lnEnd + elapsed
      ln[j + 1] = own
      if (own > top) top = own
    }
    let mass = 0
    for (let term = 0; term < terms; term++) mass += Math.exp((ln[term] as number) - top)
    into.ln = top + Math.log(mass)
    into.r = into.alpha = into.rr = into.rAlpha = into.alphaAlpha = 0
    for (let term = 0; term < terms; term++) {
      const share = Math.exp((ln[term] as number) - into.ln)
      const events = term === 0 ? k * x : k * x + term - 1
      const inverse = term === 0 ? iLast : iEnd
      const byR = lnAlpha + (ofR.slope[events] as number) + (term === 0 ? lnLast : lnEnd)
      const byAlpha = r / alpha - (r + events) * inverse
      into.r += share * byR
      into.alpha += share * byAlpha
      into.rr += share * ((ofR.curve[events] as number) + byR * byR)
      into.rAlpha += share * (1 / alpha - inverse + byR * byAlpha)
      into.alphaAlpha += share * ((r + events) * inverse * inverse - r / (alpha * alpha) + byAlpha * byAlpha)
      if (term > 0) continue
      into.gone = share
      into.goneR = share * byR
      into.goneAlpha = share * byAlpha
    }
  }
}

/**
 * Given the data: the probability that the customer is one still. `shares` takes how likely each number of events since
 * the last purchase is, from 0 to k - 1: it is the same array for millions of customers.
 */
function posterior(
  { r, alpha, a, b }: BgParameters,
  { x, tx, T }: Histories,
  row: number,
  shares: Float64Array,
): number {
  const k = shares.length
  const repeats = x[row] as number
  const end = T[row] as number
  const since = end - (tx[row] as number)
  const events = r + k * repeats
  const lnEvents = lnGamma(events)
  const lnEnd = Math.log(alpha + end)
  let top = Number.NEGATIVE_INFINITY
  for (let j = 0; j < k; j++) {
    const elapsed = j === 0 ? 0 : since > 0 ? j * Math.log(since) - lnGamma(j + 1) : Number.NEGATIVE_INFINITY
    const ln = elapsed + lnGamma(events + j) - lnEvents - (events + j) * lnEnd
    shares[j] = ln
    top = Math.max(top, ln)
  }
  let mass = 0
  for (let j = 0; j < k; j++) {
    const relative = Math.exp((shares[j] as number) - top)
    shares[j] = relative
    mass += relative
  }
  for (let j = 0; j < k; j++) shares[j] = (shares[j] as number) / mass
  const stays = top + Math.log(mass) + Math.log(b + repeats)
  const leaves = Math.log(a) - events * Math.log(alpha + (tx[row] as number))
  return 1 / (1 + Math.exp(leaves - stays))
}

/** Probability of being a customer still, by row. */
export function cnbdAlive(parameters: BgParameters, k: number, histories: Histories): Float64Array {
  const shares = new Float64Array(k)
  const alive = new Float64Array(histories.x.length)
  for (let row = 0; row < alive.length; row++) alive[row] = posterior(parameters, histories, row, shares)
  return alive
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
  const { x, T } = histories
  const shares = new Float64Array(k)
  const orders = new Float64Array(x.length)
  for (let row = 0; row < orders.length; row++) {
    const alive = posterior(parameters, histories, row, shares)
    const repeats = x[row] as number
    const since = alpha + (T[row] as number)
    let sum = 0
    for (let j = 0; j < k; j++) {
      const share = shares[j] as number
      if (share > 0)
        sum += share * purchases({ n: r + k * repeats + j, since, j, k, a, b: b + repeats + 1 }, t)
    }
    orders[row] = alive * sum
  }
  return orders
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
  let ln = n * Math.log(since / (since + t))
  let bought = 0
  let sum = 0
  let staying = 1
  let made = 0
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
  const { x, T } = histories
  const shares = new Float64Array(k)
  const none = new Float64Array(x.length)
  for (let row = 0; row < none.length; row++) {
    const alive = posterior(parameters, histories, row, shares)
    const since = alpha + (T[row] as number)
    let few = 0
    for (let j = 0; j < k; j++) {
      const n = r + k * (x[row] as number) + j
      let probability = Math.exp(n * Math.log(since / (since + t)))
      for (let i = 0; i < k - j; i++) {
        few += (shares[j] as number) * probability
        probability *= ((n + i) / (i + 1)) * (t / (since + t))
      }
    }
    none[row] = 1 - alive * (1 - few)
  }
  return none
}
