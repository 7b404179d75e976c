/** Which of a customer's features speak for, and which against, another purchase: the parts of a linear score. */
import { solve } from '../matrix.ts'
import type { FeatureName } from './features.ts'

/** Features that say much the same; together they are one reason. */
export const reasonGroups = ['recency', 'frequency', 'rhythm', 'tenure', 'money'] as const

export type ReasonGroup = (typeof reasonGroups)[number]

const groupOf: Readonly<Record<FeatureName, ReasonGroup>> = {
  recency: 'recency',
  recency_in_gaps: 'recency',
  orders: 'frequency',
  orders_in_window: 'frequency',
  orders_in_window_before: 'frequency',
  mean_gap: 'rhythm',
  gap_deviation: 'rhythm',
  longest_gap: 'rhythm',
  age: 'tenure',
  active_time: 'tenure',
  spend: 'money',
  order_value: 'money',
}

/** A linear score of columns in standard deviations: a regression is one. */
export interface Linear {
  readonly means: readonly number[]
  readonly deviations: readonly number[]
  /** Intercept, then one weight a column. */
  readonly weights: readonly number[]
}

/** What each group adds to the score of each row, less what it adds to that of the mean row. */
export function contributions(
  { means, deviations, weights }: Linear,
  names: readonly FeatureName[],
  columns: readonly Float64Array[],
): Readonly<Record<ReasonGroup, Float64Array>> {
  const rows = columns[0]?.length ?? 0
  const parts = Object.fromEntries(reasonGroups.map((group) => [group, new Float64Array(rows)])) as Record<
    ReasonGroup,
    Float64Array
  >
  columns.forEach((column, i) => {
    const part = parts[groupOf[names[i] as FeatureName]]
    const [mean, each] = [means[i] as number, (weights[i + 1] as number) / (deviations[i] as number)]
    for (let row = 0; row < rows; row++) {
      part[row] = (part[row] as number) + each * ((column[row] as number) - mean)
    }
  })
  return parts
}

const RIDGE = 1e-6

/**
 * The linear score nearest to a target by least squares, and the share of its variance that it explains: a reading of
 * a model that is not linear itself.
 */
export function nearestLinear(
  columns: readonly Float64Array[],
  target: Float64Array,
): Linear & { readonly explained: number } {
  const rows = target.length
  const mean = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0) / rows
  const means = columns.map(mean)
  const deviations = columns.map((column, i) => {
    const square = column.reduce((sum, each) => sum + (each - (means[i] as number)) ** 2, 0) / rows
    return Math.sqrt(square) || 1
  })
  const middle = mean(target)
  const size = columns.length
  const [matrix, right] = [new Float64Array(size * size), new Float64Array(size)]
  const z = new Float64Array(size)
  for (let row = 0; row < rows; row++) {
    const off = (target[row] as number) - middle
    for (let i = 0; i < size; i++) {
      z[i] = ((columns[i]?.[row] as number) - (means[i] as number)) / (deviations[i] as number)
      right[i] = (right[i] as number) + (z[i] as number) * off
      for (let j = 0; j <= i; j++) {
        matrix[i * size + j] = (matrix[i * size + j] as number) + (z[i] as number) * (z[j] as number)
      }
    }
  }
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = (matrix[i * size + i] as number) + RIDGE * rows
    for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j] as number
  }
  const slopes = solve(matrix, right) ?? new Array<number>(size).fill(0)
  const whole = target.reduce((sum, each) => sum + (each - middle) ** 2, 0)
  const explained = slopes.reduce((sum, slope, i) => sum + slope * (right[i] as number), 0)
  return { means, deviations, weights: [middle, ...slopes], explained: whole > 0 ? explained / whole : 1 }
}
