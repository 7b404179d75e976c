/**
 * Pareto/NBD (Schmittlein, Morrison, Colombo 1987): purchases Poisson(lambda), lambda ~ Gamma(r, rate alpha), until
 * the customer leaves after a time Exponential(mu), mu ~ Gamma(s, rate beta). */
import { countsOf, distinctOf } from '../distinct.ts'
import { type Histories, timesByAge, weightOf } from './histories.ts'
import { integrals, lnIntegral, newGone, type ParetoParameters } from './leaving.ts'
import { mirrored, type Slope } from './newton.ts'
import { digamma, lnGamma, logAddExp, logistic, scaledExponentialIntegral, trigamma } from './special.ts'

export type { ParetoParameters } from './leaving.ts'

/** The log-likelihood, its gradient and Hessian by r, alpha, s, beta. */
export function paretoLikelihood(histories: Histories): (parameters: readonly number[]) => Slope {
  const { x: repeats, tx, T } = histories
  const distinct = distinctOf(repeats)
  const counts = countsOf(distinct, histories.weight)
  const leaving = integrals(histories)
  return ([r = 1, alpha = 1, s = 1, beta = 1]) => {
    const parameters = { r, alpha, s, beta }
    const [gradient, hessian] = [new Float64Array(4), new Float64Array(16)]
    // Sums of all rows are in arrays of numbers: a variable that a function of each row shares would be an object.
    const total = new Float64Array(1)
    let value = 0
    // The half above the diagonal; the other is the same.
    const add = (row: number, column: number, more: number) => {
      hessian[4 * row + column] = (hessian[4 * row + column] as number) + more
    }
    const own4 = new Float64Array(4)
    const grow = (i: number, more: number) => {
      gradient[i] = (gradient[i] as number) + more
    }
    let everyone = 0
    for (let i = 0; i < counts.length; i++) {
      const x = distinct.values[i] as number
      const customers = counts[i] as number
      everyone += customers
      value += customers * (lnGamma(r + x) - lnGamma(r))
      grow(0, customers * (digamma(r + x) - digamma(r)))
      add(0, 0, customers * (trigamma(r + x) - trigamma(r)))
    }
    value += everyone * (r * Math.log(alpha) + s * Math.log(beta))
    grow(0, everyone * Math.log(alpha))
    grow(1, (everyone * r) / alpha)
    grow(2, everyone * Math.log(beta))
    grow(3, (everyone * s) / beta)
    add(0, 1, everyone / alpha)
    add(1, 1, (-everyone * r) / alpha ** 2)
    add(2, 3, everyone / beta)
    add(3, 3, (-everyone * s) / beta ** 2)
    const difference = new Float64Array(4)
    leaving.each(parameters, true, (row, gone) => {
      const customers = weightOf(histories, row)
      const x = repeats[row] as number
      const from = tx[row] as number
      const to = T[row] as number
      const n = r + x
      const iA = 1 / (alpha + to)
      const iB = 1 / (beta + to)
      const lA = -Math.log(iA)
      const lB = -Math.log(iB)
      const stays = -n * lA - s * lB
      let share = 0
      if (to > from) {
        const leaves = gone.value + Math.log(s)
        total[0] = (total[0] as number) + customers * logAddExp(stays, leaves)
        share = logistic(leaves - stays)
      } else total[0] = (total[0] as number) + customers * stays
      const own = customers * (1 - share)
      own4[0] = (own4[0] as number) - own * lA
      own4[1] = (own4[1] as number) - own * n * iA
      own4[2] = (own4[2] as number) - own * lB
      own4[3] = (own4[3] as number) - own * s * iB
      add(0, 1, -own * iA)
      add(1, 1, own * n * iA * iA)
      add(2, 3, -own * iB)
      add(3, 3, own * s * iB * iB)
      if (share === 0) return
      const { gradient: left, hessian: curves } = gone
      const theirs = customers * share
      const mixed = theirs * (1 - share)
      difference[0] = (left[0] as number) + lA
      difference[1] = (left[1] as number) + n * iA
      difference[2] = (left[2] as number) + 1 / s + lB
      difference[3] = (left[3] as number) + s * iB
      add(2, 2, -theirs / (s * s))
      for (let i = 0; i < 4; i++) {
        own4[i] = (own4[i] as number) + theirs * ((left[i] as number) + (i === 2 ? 1 / s : 0))
        const byMixed = mixed * (difference[i] as number)
        for (let j = i; j < 4; j++) {
          const at = 4 * i + j
          hessian[at] =
            (hessian[at] as number) + theirs * (curves[at] as number) + byMixed * (difference[j] as number)
        }
      }
    })
    own4.forEach((more, i) => {
      grow(i, more)
    })
    return mirrored({ value: value + (total[0] as number), gradient, hessian })
  }
}

/** Probability of being a customer still, by row: 1 / (1 + (alpha + T)^(r + x) (beta + T)^s J). */
export function paretoAlive(parameters: ParetoParameters, histories: Histories): Float64Array {
  const { r, alpha, s, beta } = parameters
  const { x, tx, T } = histories
  const alive = new Float64Array(x.length).fill(1)
  integrals(histories).each(parameters, false, (row, gone) => {
    const to = T[row] as number
    if (to <= (tx[row] as number)) return
    const stays = -(r + (x[row] as number)) * Math.log(alpha + to) - s * Math.log(beta + to)
    alive[row] = logistic(stays - gone.value - Math.log(s))
  })
  return alive
}

/** Time alive within the next t, per unit of beta + T: [1 - (B / (B + t))^(s - 1)] / (s - 1), ln at s = 1. */
function aliveTime(s: number, since: number, t: number): number {
  const l = Math.log(since / (since + t))
  return s === 1 ? -l : -Math.expm1((s - 1) * l) / (s - 1)
}

/** Expected purchases in the next t, by row (Schmittlein, Morrison, Colombo 1987, equation 22). */
export function paretoExpected(
  parameters: ParetoParameters,
  histories: Histories,
  t: number,
  known = paretoAlive(parameters, histories),
): Float64Array {
  const { r, alpha, s, beta } = parameters
  return timesByAge(
    known,
    histories,
    (x, T) => ((r + x) / (alpha + T)) * (beta + T) * aliveTime(s, beta + T, t),
  )
}

/**
 * Purchases still to come for ever, each discounted to now at a continuous rate, by row (Fader, Hardie, Lee 2005, "RFM
 * and CLV", equation 5, with e^y E_s(y) for the confluent hypergeometric function of the second kind).
 */
export function paretoForever(
  parameters: ParetoParameters,
  histories: Histories,
  discount: number,
): Float64Array {
  const { r, alpha, s, beta } = parameters
  return timesByAge(paretoAlive(parameters, histories), histories, (x, T) => {
    const since = beta + T
    return ((r + x) / (alpha + T)) * since * scaledExponentialIntegral(s, discount * since)
  })
}

/** Probability of no purchase in the next t, by row: gone, or alive without one, or leaving before the first. */
export function paretoSilent(
  parameters: ParetoParameters,
  histories: Histories,
  t: number,
  known = paretoAlive(parameters, histories),
): Float64Array {
  if (t <= 0) return new Float64Array(known.length).fill(1)
  const { r, alpha, s, beta } = parameters
  const gone = newGone()
  const bought = timesByAge(known, histories, (x, end) => {
    const n = r + x
    const stays =
      n * Math.log((alpha + end) / (alpha + end + t)) + s * Math.log((beta + end) / (beta + end + t))
    lnIntegral(parameters, { x, from: end, to: end + t }, gone, false)
    const leaves = gone.value + Math.log(s) + n * Math.log(alpha + end) + s * Math.log(beta + end)
    return 1 - Math.min(1, Math.exp(stays) + Math.exp(leaves))
  })
  for (let row = 0; row < bought.length; row++) bought[row] = 1 - (bought[row] as number)
  return bought
}
