/** Columns made comparable: skew drawn in, ends clipped, one scale; each step a number that can be kept and used again. */
import { mean, quantileSorted } from '../quantile.ts'

export type Scale = 'z' | 'robust' | 'none'

/** What is done to a column, in this order. */
export interface Transform {
  /** sign(x) log(1 + |x| / unit), where the column is skewed: the unit is its median, so that its measure is no matter. */
  readonly logUnit: number | undefined
  readonly low: number
  readonly high: number
  readonly centre: number
  readonly spread: number
  readonly weight: number
  /** Where a row stands of which there is no value: in the middle of those that have one. */
  readonly middle: number
}

export interface TransformOptions {
  readonly scale: Scale
  readonly weight: number
}

/** A skewness from which on a column is drawn in. */
const SKEWED = 1
/** Part of the values that is clipped at either end, where there are so many. */
const CLIPPED = 1
const OF = 1000

/** What to do to a column; undefined for one that is the same everywhere, but for what is missing. */
export function transformOf(
  column: Float64Array,
  { scale, weight }: TransformOptions,
): Transform | undefined {
  const sorted = present(column).sort()
  if (sorted[0] === sorted.at(-1)) return undefined
  const logUnit = Math.abs(skewness(sorted)) > SKEWED ? unitOf(sorted) : undefined
  // The logarithm keeps the order.
  const drawn = logUnit === undefined ? sorted : sorted.map((value) => drawnIn(value, logUnit))
  const many = drawn.length >= OF
  const [low, high] = many
    ? [quantileSorted(drawn, CLIPPED, OF), quantileSorted(drawn, OF - CLIPPED, OF)]
    : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const clipped = low < high ? drawn.map((value) => Math.min(Math.max(value, low), high)) : drawn
  const ends = low < high ? { low, high } : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  const { centre, spread } = scaleOf(clipped, scale)
  return { logUnit, ...ends, centre, spread, weight, middle: (weight * (mean(clipped) - centre)) / spread }
}

/** A column of ones and zeros is only weighted; undefined for one that is the same everywhere. */
export function indicatorOf(column: Float64Array, weight: number): Transform | undefined {
  if (column.every((value) => value === column[0])) return undefined
  const ends = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
  return { logUnit: undefined, ...ends, centre: 0, spread: 1, weight, middle: 0 }
}

/** The values that are there; quicker than filter, which many rows feel. */
export function present(values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length)
  let size = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) kept[size++] = value
  }
  return kept.subarray(0, size)
}

const drawnIn = (value: number, unit: number): number => Math.sign(value) * Math.log1p(Math.abs(value) / unit)

/** The median of the absolute values that are not zero. */
function unitOf(values: Float64Array): number {
  const sizes = values
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort()
  return quantileSorted(sizes, 1, 2)
}

/** Third moment over the cube of the standard deviation (both of the sample, not of a population). */
export function skewness(values: Float64Array): number {
  const centre = mean(values)
  let [second, third] = [0, 0]
  for (const value of values) {
    const difference = value - centre
    second += difference * difference
    third += difference * difference * difference
  }
  return second === 0 ? 0 : third / values.length / (second / values.length) ** 1.5
}

function scaleOf(sorted: Float64Array, scale: Scale): { centre: number; spread: number } {
  if (scale === 'none') return { centre: 0, spread: 1 }
  const middle = quantileSorted(sorted, 1, 2)
  const quarters = quantileSorted(sorted, 3, 4) - quantileSorted(sorted, 1, 4)
  // Where half of the values are equal quarters say nothing.
  if (scale === 'robust' && quarters > 0) return { centre: middle, spread: quarters }
  const centre = mean(sorted)
  const variance = sorted.reduce((sum, value) => sum + (value - centre) ** 2, 0) / sorted.length
  return { centre, spread: Math.sqrt(variance) || 1 }
}

export function transformed(column: Float64Array, transform: Transform): Float64Array {
  const { logUnit, low, high, centre, spread, weight, middle } = transform
  return column.map((value) => {
    if (Number.isNaN(value)) return middle
    const drawn = logUnit === undefined ? value : drawnIn(value, logUnit)
    return (weight * (Math.min(Math.max(drawn, low), high) - centre)) / spread
  })
}

/** How many values lie beyond the ends. */
export function clippedIn(column: Float64Array, { logUnit, low, high }: Transform): number {
  let count = 0
  for (const value of column) {
    const drawn = logUnit === undefined ? value : drawnIn(value, logUnit)
    if (drawn < low || drawn > high) count++
  }
  return count
}
