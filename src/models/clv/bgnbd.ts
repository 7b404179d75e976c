/**
 * BG/NBD (Fader, Hardie, Lee 2005, "Counting your customers" the easy way) and MBG/NBD (Batislam, Denizel,
 * Filiztekin 2007; Hoppe, Wagner 2007). Purchases come as Poisson(lambda), lambda ~ Gamma(r, rate alpha); a customer
 * leaves with probability p ~ Beta(a, b) after each repeat purchase, in the second model after the first one too.
 * Given the data the second is the first with b + 1 in place of b, and with every customer in doubt.
 */
import { countsOf, type Distinct, distinctOf } from '../distinct.ts'
import { type Histories, timesByAge } from './histories.ts'
import { mirrored, type Slope } from './newton.ts'
import {
  digamma,
  lnBeta,
  lnGamma,
  logistic,
  scaledExponentialIntegral,
  softplus,
  trigamma,
} from './special.ts'

export interface BgParameters {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** 0 for BG/NBD, 1 for MBG/NBD. */
export type Shift = 0 | 1

/**
 * The log-likelihood (equation 6 of the paper, with x > 0 in the MBG left out), its gradient and Hessian by r, alpha,
 * a, b. What depends on x alone is worked out once for each x.
 */
export function bgLikelihood(histories: Histories, shift: Shift): (parameters: readonly number[]) => Slope {
  const { x, tx, T, weight } = histories
  const entries = { x: distinctOf(x), tx: distinctOf(tx), T: distinctOf(T), weight }
  const counts = countsOf(entries.x, weight)
  return ([r = 1, alpha = 1, a = 1, b = 1]) => {
    const parameters = { r, alpha, a, b }
    const slope = byTime(entries, parameters, shift)
    entries.x.values.forEach((each, i) => {
      addByX(slope, parameters, shift, each, counts[i] as number)
    })
    return mirrored(slope)
  }
}

interface Sums {
  value: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

/** Places of r, a and b; nothing that depends on x alone involves alpha. */
const [R, A, B] = [0, 2, 3]

function addByX(slope: Sums, { r, a, b }: BgParameters, shift: Shift, x: number, customers: number): void {
  const left = b + shift
  const add = (i: number, j: number, value: number) => {
    slope.hessian[4 * i + j] = (slope.hessian[4 * i + j] as number) + customers * value
  }
  const grow = (i: number, value: number) => {
    slope.gradient[i] = (slope.gradient[i] as number) + customers * value
  }
  slope.value +=
    customers *
    (lnGamma(r + x) - lnGamma(r) + lnGamma(left + x) - lnGamma(b) - lnGamma(a + left + x) + lnGamma(a + b))
  const [whole, wholeCurve] = [
    digamma(a + b) - digamma(a + left + x),
    trigamma(a + b) - trigamma(a + left + x),
  ]
  grow(R, digamma(r + x) - digamma(r))
  grow(A, whole)
  grow(B, whole + digamma(left + x) - digamma(b))
  add(R, R, trigamma(r + x) - trigamma(r))
  add(A, A, wholeCurve)
  add(A, B, wholeCurve)
  add(B, B, wholeCurve + trigamma(left + x) - trigamma(b))
}

interface Entries {
  readonly x: Distinct
  readonly tx: Distinct
  readonly T: Distinct
  readonly weight: Float64Array | undefined
}

/** 1 / (base + value) of each value, and its logarithm. */
function inverses({ values }: Distinct, base: number) {
  const [inverse, ln] = [new Float64Array(values.length), new Float64Array(values.length)]
  for (let i = 0; i < values.length; i++) {
    inverse[i] = 1 / (base + (values[i] as number))
    ln[i] = Math.log(inverse[i] as number)
  }
  return { inverse, ln }
}

/**
 * The terms that depend on times: r ln alpha - (r + x) ln(alpha + T) + softplus(ln of the odds of having left). Days
 * are few, so that logarithms of them are taken once for each. Sums are declared one by one, and nothing in the loop
 * is an array: as elements of arrays they would be objects, made anew with each addition.
 */
function byTime(
  { x: repeats, tx, T, weight }: Entries,
  { r, alpha, a, b }: BgParameters,
  shift: Shift,
): Sums {
  const lnAlpha = Math.log(alpha)
  const lnA = Math.log(a)
  const [ends, lasts, rests] = [inverses(T, alpha), inverses(tx, alpha), inverses(repeats, b + shift - 1)]
  const eA = 1 / a
  let value = 0
  let gR = 0
  let gAlpha = 0
  let gA = 0
  let gB = 0
  let hRR = 0
  let hRAlpha = 0
  let hRA = 0
  let hRB = 0
  let hAlphaAlpha = 0
  let hAlphaA = 0
  let hAlphaB = 0
  let hAA = 0
  let hAB = 0
  let hBB = 0
  for (let row = 0; row < repeats.of.length; row++) {
    const customers = weight ? (weight[row] as number) : 1
    const which = repeats.of[row] as number
    const end = T.of[row] as number
    const last = tx.of[row] as number
    const x = repeats.values[which] as number
    const n = r + x
    const toEnd = ends.inverse[end] as number
    const toLast = lasts.inverse[last] as number
    const lnEnd = -(ends.ln[end] as number)
    value += customers * (r * lnAlpha - n * lnEnd)
    gR += customers * (lnAlpha - lnEnd)
    gAlpha += customers * (r / alpha - n * toEnd)
    hRAlpha += customers * (1 / alpha - toEnd)
    hAlphaAlpha += customers * (n * toEnd * toEnd - r / (alpha * alpha))
    if (x === 0 && shift === 0) continue
    const rest = rests.inverse[which] as number
    const eR = lnEnd + (lasts.ln[last] as number)
    const e = lnA + (rests.ln[which] as number) + n * eR
    const odds = Math.exp(-Math.abs(e))
    const gone = e > 0 ? 1 / (1 + odds) : odds / (1 + odds)
    const both = gone * (1 - gone)
    const eAlpha = n * (toEnd - toLast)
    const eB = -rest
    value += customers * (Math.max(e, 0) + Math.log1p(odds))
    gR += customers * gone * eR
    gAlpha += customers * gone * eAlpha
    gA += customers * gone * eA
    gB += customers * gone * eB
    hRR += customers * both * eR * eR
    hRAlpha += customers * (gone * (toEnd - toLast) + both * eR * eAlpha)
    hRA += customers * both * eR * eA
    hRB += customers * both * eR * eB
    hAlphaAlpha += customers * (gone * n * (toLast * toLast - toEnd * toEnd) + both * eAlpha * eAlpha)
    hAlphaA += customers * both * eAlpha * eA
    hAlphaB += customers * both * eAlpha * eB
    hAA += customers * (both - gone) * eA * eA
    hAB += customers * both * eA * eB
    hBB += customers * (gone + both) * eB * eB
  }
  const hessian = Float64Array.of(
    ...[hRR, hRAlpha, hRA, hRB],
    ...[0, hAlphaAlpha, hAlphaA, hAlphaB],
    ...[0, 0, hAA, hAB],
    ...[0, 0, 0, hBB],
  )
  return { value, gradient: Float64Array.of(gR, gAlpha, gA, gB), hessian }
}

/** Probability of being a customer still, by row (equation 7 of "RFM and CLV"; 1 without a repeat in the BG/NBD). */
export function bgAlive(
  { r, alpha, a, b }: BgParameters,
  shift: Shift,
  { x, tx, T }: Histories,
): Float64Array {
  const alive = new Float64Array(x.length)
  const lnA = Math.log(a)
  const lnStays = new Map<number, number>()
  for (let row = 0; row < x.length; row++) {
    const repeats = x[row] as number
    const lnDelta = Math.log((alpha + (T[row] as number)) / (alpha + (tx[row] as number)))
    let lnOdds = lnStays.get(repeats)
    if (lnOdds === undefined) {
      lnOdds = Math.log(b + shift + repeats - 1) - lnA
      lnStays.set(repeats, lnOdds)
    }
    const sure = repeats === 0 && shift === 0
    alive[row] = sure ? 1 : logistic(lnOdds - (r + repeats) * lnDelta)
  }
  return alive
}

/** Probability of no purchase in the next t, by row. */
export function bgSilent(
  parameters: BgParameters,
  shift: Shift,
  histories: Histories,
  t: number,
  known = bgAlive(parameters, shift, histories),
): Float64Array {
  const { r, alpha } = parameters
  const bought = timesByAge(known, histories, (x, T) => {
    const since = alpha + T
    return -Math.expm1((r + x) * Math.log(since / (since + t)))
  })
  for (let row = 0; row < bought.length; row++) bought[row] = 1 - (bought[row] as number)
  return bought
}

/** Beyond so many times alpha + T the series converges slowly. */
const FAR = 50
/** Its terms are as large as e to the power of this, before a factor as small is put to them. */
const LARGE_TERMS = 200

/** Expected purchases in the next t, by row. */
export function bgExpected(
  parameters: BgParameters,
  shift: Shift,
  histories: Histories,
  t: number,
  known = bgAlive(parameters, shift, histories),
): Float64Array {
  const { r, alpha, a } = parameters
  const b = parameters.b + shift
  return timesByAge(known, histories, (repeats, T) => {
    const since = alpha + T
    const large = (a - 1) * Math.log1p(t / since) > LARGE_TERMS
    const found = large || t > FAR * since ? byQuadrature : bySeries
    return found({ n: r + repeats, r, a, b, repeats }, since, t)
  })
}

/**
 * Purchases still to come for ever, each discounted to now at a continuous rate, by row. Given lambda and p a customer
 * makes lambda / (rate + lambda p) of them; lambda integrates to n e^y E_(n + 1)(y) / p with n = r + x and
 * y = rate (alpha + T) / p, and p is left to the trapezoidal rule as in `byQuadrature`.
 */
export function bgForever(
  parameters: BgParameters,
  shift: Shift,
  histories: Histories,
  rate: number,
): Float64Array {
  const { r, alpha, a, b } = parameters
  return timesByAge(bgAlive(parameters, shift, histories), histories, (x, T) => {
    const n = r + x
    const y = rate * (alpha + T)
    // For a p of nothing the limit: nobody leaves.
    const purchases = (p: number) => (p < 1e-300 ? n / y : (n * scaledExponentialIntegral(n + 1, y / p)) / p)
    return meanOverBeta(a, b + shift + x, purchases, COARSE)
  })
}

/** Probability of n purchases in the first t of a new customer (Fader, Hardie, Lee 2005, equation 8). */
export function bgCount({ r, alpha, a, b }: BgParameters, shift: Shift, n: number, t: number): number {
  const left = b + shift
  const [none, some] = [r * Math.log(alpha / (alpha + t)), Math.log(t / (alpha + t))]
  const ln = (i: number) => lnGamma(r + i) - lnGamma(r) - lnGamma(i + 1) + none + (i === 0 ? 0 : i * some)
  // Still a customer after n purchases, and not one more; or gone at the last of n, whenever that was.
  const stays = Math.exp(lnBeta(a, left + n) - lnBeta(a, b) + ln(n))
  if (n === 0 && shift === 0) return stays
  let fewer = 0
  for (let i = 0; i < n; i++) fewer += Math.exp(ln(i))
  const leaves = Math.exp(lnBeta(a + 1, left + n - 1) - lnBeta(a, b))
  return stays + leaves * Math.max(0, 1 - fewer)
}

interface Posterior {
  /** Shape of the purchase rate: r + x. */
  readonly n: number
  readonly r: number
  readonly a: number
  readonly b: number
  readonly repeats: number
}

/**
 * Purchases of a customer who is still one: equation 10 of Fader, Hardie, Lee (2005) after Euler's transformation of
 * its hypergeometric function, by which the powers of x cancel; regular at a = 1 and at a + b + x = 1.
 */
function bySeries({ r, a, b, repeats }: Posterior, since: number, t: number): number {
  const z = t / (since + t)
  const l = Math.log1p(-z)
  const whole = a + b + repeats
  const base = a === 1 ? -l : -Math.expm1((a - 1) * l) / (a - 1)
  // Term n: (a + b - 1 - r)_n (a)_(n - 1) / ((a + b + x)_(n - 1) n!) z^n.
  let term = (a + b - 1 - r) * z
  let sum = term
  for (let n = 1; n < MOST_TERMS; n++) {
    term *= ((a + b - 1 - r + n) * (a + n - 1) * z) / ((whole + n - 1) * (n + 1))
    sum += term
    if (Math.abs(term) <= 1e-16 * Math.abs(sum)) break
  }
  return (whole - 1) * base - Math.exp((a - 1) * l) * sum
}

const MOST_TERMS = 100_000

/**
 * The same as a mean over p: given p, lambda integrates to (1 - (1 + p t / (alpha + T))^-(r + x)) / p, and p is
 * Beta(a, b + x), whose logit has the mean digamma(a) - digamma(b + x) and the variance trigamma(a) + trigamma(b + x).
 * By the trapezoidal rule over v, where the logit is mean + deviation x sinh(v).
 */
function byQuadrature({ n, a, b, repeats }: Posterior, since: number, t: number): number {
  const purchases = (p: number) =>
    p < 1e-300 ? (n * t) / since : -Math.expm1(-n * Math.log1p((p * t) / since)) / p
  return meanOverBeta(a, b + repeats, purchases, STEP)
}

/** The mean of a function of p, which is Beta(a, right). */
function meanOverBeta(a: number, right: number, of: (p: number) => number, step: number): number {
  const norm = lnBeta(a, right)
  const middle = digamma(a) - digamma(right)
  const deviation = Math.sqrt(trigamma(a) + trigamma(right))
  let [sum, mass] = [0, 0]
  for (let v = -WIDTH; v <= WIDTH; v += step) {
    const y = middle + deviation * Math.sinh(v)
    const [lnP, lnRest] = [-softplus(-y), -softplus(y)]
    const p = Math.exp(lnP)
    const density = Math.exp(a * lnP + right * lnRest - norm) * Math.cosh(v)
    if (density < NOTHING) continue
    mass += density
    sum += density * of(p)
  }
  // The density adds up to 1; where a and b are large, rounding in its logarithm is taken out so.
  return sum / mass
}

const [WIDTH, STEP] = [6, 1 / 32]
/** What is averaged is never so large that less than this would count. */
const NOTHING = 1e-25
/** Enough where what is averaged is smooth in the logit of p. */
const COARSE = 1 / 16
