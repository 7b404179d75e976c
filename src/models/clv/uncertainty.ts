/** How sure parameters and predictions are: from the covariance of a fit, or from fits to resampled customers. */

import { mulberry32, poissonOf } from '../random.ts'
import { sumOfProducts } from '../sums.ts'
import type { Effect } from './covariates.ts'
import { type Histories, pickHistories, weightOf } from './histories.ts'
import { type Fitted, fitModel, type ModelName } from './model.ts'

/** Standard normal quantile of a two-sided interval of 95 %. */
export const Z95 = 1.959963984540054

export interface Estimate {
  readonly name: string
  readonly value: number
  /** NaN where the data do not fix the parameter. */
  readonly standardError: number
  readonly low: number
  readonly high: number
}

/** Parameters with standard errors, and intervals on the logarithmic scale, which stay positive. */
export function estimates({ parameters, covariance }: Pick<Fitted, 'parameters' | 'covariance'>): Estimate[] {
  return Object.entries(parameters).map(([name, value], i) => {
    const spread = covariance ? Math.sqrt(covariance[i]?.[i] as number) : Number.NaN
    return { name, value, standardError: value * spread, ...around(value, value * spread) }
  })
}

/** The interval of a positive quantity with a standard error, symmetric on the logarithmic scale. */
export function around(value: number, standardError: number): { low: number; high: number } {
  if (value === 0) return { low: 0, high: 0 }
  const factor = Math.exp((Z95 * standardError) / value)
  return { low: value / factor, high: value * factor }
}

const RELATIVE_STEP = 1e-4

/**
 * Standard errors of a prediction, by row, and of its total over customers, by the delta method: the gradient by the
 * logarithms of the parameters is taken by central differences. NaN where the fit has no covariance.
 */
export function delta(
  fitted: Fitted,
  predict: (fitted: Fitted) => Float64Array,
  weight?: Float64Array,
): { readonly standardErrors: Float64Array; readonly ofTotal: number } {
  const { parameters, covariance, effects = [] } = fitted
  const names = Object.keys(parameters)
  const coordinates = names.length + 2 * effects.length
  const moved = (i: number, by: number) => predict(movedFit(fitted, i, by))
  if (!covariance) {
    return { standardErrors: predict(fitted).fill(Number.NaN), ofTotal: Number.NaN }
  }
  const gradients = Array.from({ length: coordinates }, (_, i) => {
    const [up, down] = [moved(i, RELATIVE_STEP), moved(i, -RELATIVE_STEP)]
    for (let row = 0; row < up.length; row++) {
      up[row] = ((up[row] as number) - (down[row] as number)) / (2 * RELATIVE_STEP)
    }
    return up
  })
  const totals = gradients.map((gradient) => {
    return Float64Array.of(sumOfProducts(gradient, weight))
  })
  return {
    standardErrors: deviations(gradients, covariance),
    ofTotal: deviations(totals, covariance)[0] as number,
  }
}

/** The root of g' C g by row, where each coordinate has its column of g. */
function deviations(
  gradients: readonly Float64Array[],
  covariance: readonly (readonly number[])[],
): Float64Array {
  const sums = new Float64Array(gradients[0]?.length ?? 0)
  gradients.forEach((one, i) => {
    gradients.forEach((other, j) => {
      const shared = covariance[i]?.[j] as number
      for (let row = 0; row < sums.length; row++) {
        sums[row] = (sums[row] as number) + (one[row] as number) * (other[row] as number) * shared
      }
    })
  })
  for (let row = 0; row < sums.length; row++) sums[row] = Math.sqrt(Math.max(sums[row] as number, 0))
  return sums
}

/** A fit with one of its coordinates moved: the logarithm of a parameter, or an effect. */
function movedFit(fitted: Fitted, i: number, by: number): Fitted {
  const { parameters, effects = [] } = fitted
  const names = Object.keys(parameters)
  const name = names[i]
  if (name !== undefined) {
    return { ...fitted, parameters: { ...parameters, [name]: (parameters[name] as number) * Math.exp(by) } }
  }
  const [which, part] = placeOfEffect(i - names.length, effects.length)
  return {
    ...fitted,
    effects: effects.map((effect, at) => (at === which ? { ...effect, [part]: effect[part] + by } : effect)),
  }
}

/** In the covariance the effects on purchases come first, then those on leaving. */
const placeOfEffect = (i: number, effects: number): readonly [number, 'purchase' | 'dropout'] =>
  i < effects ? [i, 'purchase'] : [i - effects, 'dropout']

/** Effects of what is known of customers, on the logarithmic scale: intervals are symmetric. */
export function effectEstimates({ parameters, covariance, effects = [] }: Fitted): Estimate[] {
  const first = Object.keys(parameters).length
  return Array.from({ length: 2 * effects.length }, (_, i) => {
    const [which, part] = placeOfEffect(i, effects.length)
    const { name, [part]: value } = effects[which] as Effect
    const standardError = covariance ? Math.sqrt(covariance[first + i]?.[first + i] as number) : Number.NaN
    const half = Z95 * standardError
    return { name: `${part}: ${name}`, value, standardError, low: value - half, high: value + half }
  })
}

/**
 * Fits to customers drawn anew with replacement, by Poisson weights on the patterns (Chamandy, Muralidharan, Najmi,
 * Naidu 2012). The same seed draws the same customers.
 */
export function resampled(
  model: ModelName,
  patterns: Histories,
  { times, seed }: { readonly times: number; readonly seed: number },
): Fitted[] {
  const random = mulberry32(seed)
  return Array.from({ length: times }, () => {
    const weight = Float64Array.from(patterns.x, (_, row) => poissonOf(random, weightOf(patterns, row)))
    const kept = [...weight.keys()].filter((row) => (weight[row] as number) > 0)
    return fitModel(model, pickHistories({ ...patterns, weight }, kept))
  })
}
