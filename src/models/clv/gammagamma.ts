/**
 * Gamma-Gamma (Fader, Hardie 2013, "The Gamma-Gamma model of monetary value"): what a customer spends on a day of
 * purchase is Gamma(p, rate nu), nu ~ Gamma(q, rate v), whatever the number of purchases.
 */
import { countsOf, distinctOf } from '../distinct.ts'
import { addTo, sumOf } from '../sums.ts'
import { maximise, mirrored, type Slope } from './newton.ts'
import { digamma, lnGamma, trigamma } from './special.ts'

export interface SpendParameters {
  readonly p: number
  readonly q: number
  readonly v: number
}

/** Repeat purchases x > 0 and the mean spend m > 0 on them, by customer. */
export interface Spend {
  readonly x: Float64Array
  readonly m: Float64Array
}

/** The log-likelihood (equation 1a of the note), its gradient and Hessian by p, q, v. */
export function spendLikelihood(spend: Spend): (parameters: readonly number[]) => Slope {
  const repeats = distinctOf(spend.x)
  const customers = countsOf(repeats, undefined)
  const { fixed, powers } = dataTerms(spend)
  return ([p = 1, q = 1, v = 1]) => {
    const slope = bySpend(spend, { p, q, v })
    slope.value += fixed + p * powers
    addTo(slope.gradient, P, powers)
    repeats.values.forEach((x, i) => {
      addByCount(slope, { p, q, v }, x, customers[i] as number)
    })
    return mirrored(slope)
  }
}

/** What does not depend on the parameters, and what is taken p times. */
function dataTerms({ x: repeats, m }: Spend): { readonly fixed: number; readonly powers: number } {
  let fixed = 0
  let powers = 0
  for (let row = 0; row < repeats.length; row++) {
    const x = repeats[row] as number
    const lnSpend = Math.log(m[row] as number)
    fixed -= lnSpend
    powers += x * (lnSpend + Math.log(x))
  }
  return { fixed, powers }
}

/** Places in the gradient; in the Hessian, of which the half above the diagonal is added up, 3 x row + column. */
const [P, Q, V] = [0, 1, 2]

interface Sums {
  value: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

/** What depends on x alone is worked out once for each x. */
function addByCount(slope: Sums, { p, q, v }: SpendParameters, x: number, customers: number): void {
  const { gradient, hessian } = slope
  const [own, all] = [p * x, p * x + q]
  slope.value += customers * (lnGamma(all) - lnGamma(own) - lnGamma(q) + q * Math.log(v))
  addTo(gradient, P, customers * x * (digamma(all) - digamma(own)))
  addTo(gradient, Q, customers * (digamma(all) - digamma(q) + Math.log(v)))
  addTo(gradient, V, (customers * q) / v)
  addTo(hessian, 3 * P + P, customers * x * x * (trigamma(all) - trigamma(own)))
  addTo(hessian, 3 * P + Q, customers * x * trigamma(all))
  addTo(hessian, 3 * Q + Q, customers * (trigamma(all) - trigamma(q)))
  addTo(hessian, 3 * Q + V, customers / v)
  addTo(hessian, 3 * V + V, (-customers * q) / (v * v))
}

/** The terms that depend on the spend: -(p x + q) ln(v + x m). Sums are declared one by one, as in bgnbd.ts. */
function bySpend({ x: repeats, m }: Spend, { p, q, v }: SpendParameters): Sums {
  let value = 0
  let gP = 0
  let gQ = 0
  let gV = 0
  let hPV = 0
  let hQV = 0
  let hVV = 0
  for (let row = 0; row < repeats.length; row++) {
    const x = repeats[row] as number
    const inverse = 1 / (v + x * (m[row] as number))
    const ln = -Math.log(inverse)
    const all = p * x + q
    value -= all * ln
    gP -= x * ln
    gQ -= ln
    gV -= all * inverse
    hPV -= x * inverse
    hQV -= inverse
    hVV += all * inverse * inverse
  }
  return {
    value,
    gradient: Float64Array.of(gP, gQ, gV),
    hessian: Float64Array.of(0, 0, hPV, 0, 0, hQV, 0, 0, hVV),
  }
}

/** Fit to customers with x > 0 and m > 0. Throws CustError('model') as `maximise` does. */
export function fitSpend(spend: Spend) {
  const mean = sumOf(spend.m) / spend.m.length
  // v has the unit of money; it starts where the mean of the population, p v / (q - 1), is that of the data.
  return maximise(spendLikelihood(spend), [2, 3, mean])
}

/** Mean of the population; undefined where q <= 1, for then there is none. */
export function populationMean({ p, q, v }: SpendParameters): number | undefined {
  return q > 1 ? (p * v) / (q - 1) : undefined
}

/** Median spend of the population: p v over the median of Gamma(q), by bisection of its distribution function. */
export function populationMedian({ p, q, v }: SpendParameters): number {
  let [low, high] = [0, q + 1]
  while (lowerGamma(q, high) < 0.5) high *= 2
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const middle = (low + high) / 2
    if (lowerGamma(q, middle) < 0.5) low = middle
    else high = middle
  }
  return (p * v) / ((low + high) / 2)
}

/** P(q, x), the regularised lower incomplete gamma function, by its series (Abramowitz and Stegun 6.5.29). */
function lowerGamma(q: number, x: number): number {
  let term = 1 / q
  let sum = term
  for (let n = 1; n < 10_000 && Math.abs(term) > 1e-17 * sum; n++) {
    term *= x / (q + n)
    sum += term
  }
  return sum * Math.exp(q * Math.log(x) - x - lnGamma(q))
}

/** Part of a customer's expected spend that is their own data, 0 to 1: the rest is the population. */
export const weightOfData = ({ p, q }: SpendParameters, x: number): number =>
  x === 0 ? 0 : (p * x) / Math.max(p * x, p * x + q - 1)

/** Expected spend of a customer on a day of purchase (equation 5 of the note); the median where there is no mean. */
export function expectedSpend(parameters: SpendParameters, x: number, m: number): number {
  const { p, q, v } = parameters
  if (x === 0 || !(m > 0)) return populationMean(parameters) ?? populationMedian(parameters)
  return (p * (v + x * m)) / (p * x + q - 1)
}
