/**
 * Type-7 quantiles (Hyndman and Fan, "Sample quantiles in statistical packages", The American
 * Statistician 50, 1996): the default of R, NumPy, pandas and Excel's PERCENTILE.INC.
 */

/**
 * The quantile k/parts of sorted values, `sorted[lo] + (h - lo) * (sorted[lo + 1] - sorted[lo])` with
 * h = (n - 1) k / parts. The product comes before the quotient so that whole positions stay whole, and
 * equal neighbours give exactly their value, so that a value is never above the cut that it makes.
 * Throws RangeError on no values or a k outside 0..parts.
 */
export function quantileSorted(sorted: ArrayLike<number>, k: number, parts: number): number {
  const last = sorted.length - 1
  if (last < 0) throw new RangeError('quantileSorted requires at least one value')
  if (!(k >= 0 && k <= parts))
    throw new RangeError(`quantileSorted requires 0 <= k <= parts, got ${k}/${parts}`)
  const position = (last * k) / parts
  const low = Math.floor(position)
  const below = sorted[low] as number
  const above = sorted[Math.min(low + 1, last)] as number
  return below + (position - low) * (above - below)
}

/** The median; NaN of no values. Leaves its input as it is. */
export function median(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : quantileSorted(values.slice().sort(), 1, 2)
}

/** The arithmetic mean; NaN of no values. Exact for whole numbers up to 2^53 in sum. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}
