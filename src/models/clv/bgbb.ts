/**
 * BG/BB (Fader, Hardie, Shang 2010, "Customer-base analysis in a discrete-time noncontractual setting"): at each of n
 * opportunities a customer who is one still buys with probability p ~ Beta(alpha, beta), and leaves before it with
 * probability theta ~ Beta(gamma, delta). In a history T is the number of opportunities, tx the last one used.
 */
import { type Histories, weightOf } from './histories.ts'
import { mixture } from './mixture.ts'
import type { Slope } from './newton.ts'
import { digamma, lnBeta, lnGamma, logAddExp, trigamma } from './special.ts'

export interface BgbbParameters {
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly delta: number
}

/** ln of B(a + i, b + j) / B(a, b), and its derivatives by a and b. */
function ratio(a: number, b: number, i: number, j: number) {
  const all = digamma(a + b + i + j) - digamma(a + b)
  const allCurve = trigamma(a + b + i + j) - trigamma(a + b)
  return {
    value: lnBeta(a + i, b + j) - lnBeta(a, b),
    byA: digamma(a + i) - digamma(a) - all,
    byB: digamma(b + j) - digamma(b) - all,
    byAA: trigamma(a + i) - trigamma(a) - allCurve,
    byAB: -allCurve,
    byBB: trigamma(b + j) - trigamma(b) - allCurve,
  }
}

/** The log-likelihood (equation 5 of the paper), its gradient and Hessian by alpha, beta, gamma, delta. */
export function bgbbLikelihood(histories: Histories): (parameters: readonly number[]) => Slope {
  const { x: uses, tx, T } = histories
  const terms = mixture(4)
  return ([alpha = 1, beta = 1, gamma = 1, delta = 1]) => {
    const sums = { value: 0, gradient: new Float64Array(4), hessian: new Float64Array(16) }
    const add = (buys: ReturnType<typeof ratio>, stays: ReturnType<typeof ratio>) =>
      terms.add(
        buys.value + stays.value,
        [buys.byA, buys.byB, stays.byA, stays.byB],
        [
          ...[buys.byAA, buys.byAB, 0, 0],
          ...[buys.byAB, buys.byBB, 0, 0],
          ...[0, 0, stays.byAA, stays.byAB],
          ...[0, 0, stays.byAB, stays.byBB],
        ],
      )
    for (let row = 0; row < uses.length; row++) {
      const [x, last, n] = [uses[row] as number, tx[row] as number, T[row] as number]
      add(ratio(alpha, beta, x, n - x), ratio(gamma, delta, 0, n))
      for (let i = 0; i < n - last; i++)
        add(ratio(alpha, beta, x, last - x + i), ratio(gamma, delta, 1, last + i))
      terms.flush(sums, weightOf(histories, row))
    }
    return sums
  }
}

const lnRatio = (a: number, b: number, i: number, j: number): number => lnBeta(a + i, b + j) - lnBeta(a, b)

/** ln of the likelihood of a row. */
function lnLikelihood(
  { alpha, beta, gamma, delta }: BgbbParameters,
  { x, tx, T }: Histories,
  row: number,
): number {
  const [uses, last, n] = [x[row] as number, tx[row] as number, T[row] as number]
  let ln = lnRatio(alpha, beta, uses, n - uses) + lnRatio(gamma, delta, 0, n)
  for (let i = 0; i < n - last; i++) {
    ln = logAddExp(ln, lnRatio(alpha, beta, uses, last - uses + i) + lnRatio(gamma, delta, 1, last + i))
  }
  return ln
}

/** Probability of being a customer at the next opportunity, by row (equation 11 with one period ahead). */
export function bgbbAlive(parameters: BgbbParameters, histories: Histories): Float64Array {
  const { alpha, beta, gamma, delta } = parameters
  return Float64Array.from(histories.x, (x, row) => {
    const n = histories.T[row] as number
    const ln = lnRatio(alpha, beta, x, n - x) + lnRatio(gamma, delta, 0, n + 1)
    return Math.exp(ln - lnLikelihood(parameters, histories, row))
  })
}

/** Expected purchases at the next t opportunities, by row (equation 13 of the paper; t need not be whole). */
export function bgbbExpected(parameters: BgbbParameters, histories: Histories, t: number): Float64Array {
  const { alpha, beta, gamma, delta } = parameters
  return Float64Array.from(histories.x, (x, row) => {
    const n = histories.T[row] as number
    const buys = lnRatio(alpha, beta, x + 1, n - x) - lnLikelihood(parameters, histories, row)
    return Math.exp(buys) * staying(gamma, delta, n, t)
  })
}

/** Expected opportunities at which a customer is one still, from n + 1 to n + t. */
function staying(gamma: number, delta: number, n: number, t: number): number {
  const ln = (m: number) =>
    lnGamma(gamma + delta) + lnGamma(1 + delta + m) - lnGamma(1 + delta) - lnGamma(gamma + delta + m)
  const [near, far] = [ln(n), ln(n + t)]
  if (Math.abs(gamma - 1) > 1e-6) return (delta / (gamma - 1)) * (Math.exp(near) - Math.exp(far))
  // The limit at gamma = 1.
  return delta * (digamma(1 + delta + n + t) - digamma(1 + delta + n))
}

/**
 * Purchases still to come for ever, those of the next opportunity discounted by 1 + d, those after it by its square
 * and so on, by row (Fader, Hardie, Shang 2010, equation 14).
 */
export function bgbbForever(parameters: BgbbParameters, histories: Histories, d: number): Float64Array {
  const { alpha, beta, gamma, delta } = parameters
  const sums = new Map<number, number>()
  return Float64Array.from(histories.x, (x, row) => {
    const n = histories.T[row] as number
    const known = sums.get(n) ?? discountedStay(gamma, delta + n, 1 / (1 + d))
    sums.set(n, known)
    const buys = lnRatio(alpha, beta, x + 1, n - x) - lnLikelihood(parameters, histories, row)
    return Math.exp(buys + lnRatio(gamma, delta, 0, n + 1)) * known
  })
}

/** Opportunities to come at which a customer of the next one is one still, discounted: z 2F1(1, c + 1; g + c + 1; z). */
function discountedStay(gamma: number, c: number, z: number): number {
  let [term, sum] = [z, z]
  for (let m = 1; m < MOST_OPPORTUNITIES && term > 1e-16 * sum; m++) {
    term *= (z * (c + m)) / (gamma + c + m)
    sum += term
  }
  return sum
}

const MOST_OPPORTUNITIES = 10_000_000

/** Probability of no purchase at the next t opportunities, by row; t is rounded up to whole ones. */
export function bgbbSilent(parameters: BgbbParameters, histories: Histories, t: number): Float64Array {
  const { alpha, beta, gamma, delta } = parameters
  const ahead = Math.ceil(t)
  return Float64Array.from(histories.x, (x, row) => {
    const n = histories.T[row] as number
    const all = lnLikelihood(parameters, histories, row)
    const misses = (m: number) => lnRatio(alpha, beta, x, n - x + m)
    // Alive now is alive at n; gone after m more opportunities, none used; or still there at the end.
    let silent = Math.exp(misses(ahead) + lnRatio(gamma, delta, 0, n + ahead) - all)
    for (let m = 0; m < ahead; m++) silent += Math.exp(misses(m) + lnRatio(gamma, delta, 1, n + m) - all)
    const alive = Math.exp(misses(0) + lnRatio(gamma, delta, 0, n) - all)
    return 1 - alive + silent
  })
}
