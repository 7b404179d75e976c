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
  const last = values.length - 1
  if (last < 0) return Number.NaN
  const copy = values.slice()
  const middle = last / 2
  const below = select(copy, Math.floor(middle))
  const above = Number.isInteger(middle)
    ? below
    : copy.subarray(Math.ceil(middle)).reduce((a, b) => Math.min(a, b))
  return below + (middle % 1) * (above - below)
}

/**
 * The k-th smallest value, which afterwards stands at k with nothing smaller behind it: Hoare's FIND
 * ("Algorithm 65", Communications of the ACM 4, 1961), linear on average where a sort is not.
 */
function select(values: Float64Array, k: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number
    let [i, j] = [low, high]
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i > j) break
      const held = values[i] as number
      values[i++] = values[j] as number
      values[j--] = held
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] as number
}

/** The arithmetic mean; NaN of no values. Exact for whole numbers up to 2^53 in sum. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}
