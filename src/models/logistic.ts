/**
 * Logistic regression by iteratively reweighted least squares (McCullagh, Nelder 1989, section 4.4) with a ridge
 * penalty (le Cessie, van Houwelingen 1992). Columns are put on the scale of standard deviations of the training
 * rows; the intercept is not penalised.
 */

import { CustError } from '../core/errors.ts'
import { logistic, softplus } from './clv/special.ts'
import { inverse, solve } from './matrix.ts'
import { sumOf } from './sums.ts'

/** One column a feature, all of one length. */
export type Features = readonly Float64Array[]

export interface Logistic {
  readonly means: readonly number[]
  /** 1 where a column is constant. */
  readonly deviations: readonly number[]
  /** Intercept, then one weight a column, in standard deviations. */
  readonly weights: readonly number[]
  /** Covariance of the weights: the inverse of the penalised information. */
  readonly covariance: readonly (readonly number[])[]
  readonly iterations: number
}

const RIDGE = 1
const MOST_ITERATIONS = 100
const ENOUGH = 1e-8
/** A step this long overshoots where the outcomes are nearly separated. */
const MOST_STEP = 5
/** A likelihood is a sum: so much of it is rounding. */
const ROUNDING = 1e-12
/** Steps are halved down to this part. */
const LEAST_PART = 1e-9

/**
 * Fit P(outcome = 1). The penalised likelihood has one maximum; a full step may leap over it, again and again, and is
 * halved until it rises. Throws CustError('model') where all outcomes are the same or the weights do not settle.
 */
export function fitLogistic(features: Features, outcome: Uint8Array, ridge = RIDGE): Logistic {
  const ones = outcome.reduce((sum, each) => sum + each, 0)
  if (ones === 0 || ones === outcome.length) {
    throw new CustError('model', 'a logistic regression needs both outcomes, and all are the same')
  }
  const means = features.map((column) => meanOf(column))
  const deviations = features.map((column, i) => deviationOf(column, means[i] as number))
  const size = features.length + 1
  let at: Reached = reach([Math.log(ones / (outcome.length - ones)), ...features.map(() => 0)])
  function reach(weights: readonly number[]): Reached {
    return { weights, ...slopeAt({ features, means, deviations, weights, outcome, ridge }) }
  }
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const step = solve(at.information, at.gradient)
    if (!step) break
    if (longest(step) < ENOUGH) {
      // After so short a step the information is what it was before it.
      const covariance = inverse(at.information, size)
      if (!covariance) break
      return { means, deviations, weights: moved(at.weights, step, 1), covariance, iterations }
    }
    const next = risen(at, step, reach)
    if (!next) break
    at = next
  }
  throw new CustError('model', `the weights of a logistic regression of ${outcome.length} rows do not settle`)
}

type Reached = ReturnType<typeof slopeAt> & { readonly weights: readonly number[] }

/** A step on, or as large a part of it as makes the likelihood rise. */
function risen(
  from: Reached,
  step: readonly number[],
  reach: (weights: readonly number[]) => Reached,
): Reached | undefined {
  for (let part = Math.min(1, MOST_STEP / longest(step)); part > LEAST_PART; part /= 2) {
    const there = reach(moved(from.weights, step, part))
    if (there.value >= from.value - ROUNDING * Math.abs(from.value)) return there
  }
  return undefined
}

const longest = (step: readonly number[]): number => Math.max(...step.map(Math.abs))

const moved = (weights: readonly number[], step: readonly number[], part: number): number[] =>
  weights.map((each, i) => each + part * (step[i] as number))

const meanOf = (column: Float64Array): number => sumOf(column) / column.length

function deviationOf(column: Float64Array, mean: number): number {
  let sum = 0
  for (let row = 0; row < column.length; row++) sum += ((column[row] as number) - mean) ** 2
  const square = sum / column.length
  // What is left of rounding is no spread.
  return square > 1e-18 * (1 + mean * mean) ? Math.sqrt(square) : 1
}

interface Point {
  readonly features: Features
  readonly means: readonly number[]
  readonly deviations: readonly number[]
  readonly weights: readonly number[]
  readonly outcome: Uint8Array
  readonly ridge: number
}

/** The penalised log-likelihood, its gradient and its information. */
function slopeAt({ features, means, deviations, weights, outcome, ridge }: Point) {
  const size = weights.length
  let value = 0
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  const z = new Float64Array(size)
  z[0] = 1
  for (let row = 0; row < outcome.length; row++) {
    let sum = weights[0] as number
    for (let i = 1; i < size; i++) {
      const value = ((features[i - 1] as Float64Array)[row] as number) - (means[i - 1] as number)
      z[i] = value / (deviations[i - 1] as number)
      sum += (weights[i] as number) * (z[i] as number)
    }
    const p = 1 / (1 + Math.exp(-sum))
    value -= softplus(outcome[row] === 1 ? -sum : sum)
    const [error, spread] = [(outcome[row] as number) - p, p * (1 - p)]
    for (let i = 0; i < size; i++) {
      const here = z[i] as number
      gradient[i] = (gradient[i] as number) + error * here
      const share = spread * here
      for (let j = 0; j <= i; j++) {
        information[i * size + j] = (information[i * size + j] as number) + share * (z[j] as number)
      }
    }
  }
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) information[j * size + i] = information[i * size + j] as number
  for (let i = 1; i < size; i++) {
    value -= (ridge / 2) * (weights[i] as number) ** 2
    gradient[i] = (gradient[i] as number) - ridge * (weights[i] as number)
    information[i * size + i] = (information[i * size + i] as number) + ridge
  }
  return { value, gradient, information }
}

/** So near to 0 or 1 the odds say nothing more. */
export const SURE = 1e-12

/** Logarithms of the odds of probabilities. */
export const logitsOf = (probability: Float64Array): Float64Array =>
  probability.map((p) => {
    const inside = Math.min(Math.max(p, SURE), 1 - SURE)
    return Math.log(inside / (1 - inside))
  })

/** Probabilities of logarithms of odds. */
export const probabilitiesOf = (logit: Float64Array): Float64Array => logit.map(logistic)

export interface Predicted {
  /** Logarithm of the odds, by row. */
  readonly logit: Float64Array
  /** Standard error of the logit, by row (delta method). */
  readonly error: Float64Array
}

/** What a fit says of other rows. */
export function predictLogistic(
  { means, deviations, weights, covariance }: Logistic,
  features: Features,
): Predicted {
  const rows = features[0]?.length ?? 0
  const [logit, error] = [new Float64Array(rows), new Float64Array(rows)]
  const size = weights.length
  const sigma = Float64Array.from(covariance.flat())
  const z = new Float64Array(size)
  z[0] = 1
  for (let row = 0; row < rows; row++) {
    let sum = weights[0] as number
    for (let i = 1; i < size; i++) {
      const value = ((features[i - 1] as Float64Array)[row] as number) - (means[i - 1] as number)
      z[i] = value / (deviations[i - 1] as number)
      sum += (weights[i] as number) * (z[i] as number)
    }
    logit[row] = sum
    let variance = 0
    for (let i = 0; i < size; i++) {
      let inner = 0
      for (let j = 0; j < size; j++) inner += (sigma[i * size + j] as number) * (z[j] as number)
      variance += inner * (z[i] as number)
    }
    error[row] = Math.sqrt(Math.max(variance, 0))
  }
  return { logit, error }
}
