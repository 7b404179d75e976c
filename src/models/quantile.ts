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

/**
 * The quantiles 1/parts, 2/parts, ... of values in any order, which stay as they are. As `quantileSorted`
 * of the sorted values, but only the few ranks that matter are put in their place.
 */
export function quantiles(values: Float64Array, parts: number): number[] {
  const ranked = rankedByCounting(values) ?? rankedBySelection(values)
  const last = values.length - 1
  if (last < 0) throw new RangeError('quantiles requires at least one value')
  return Array.from({ length: parts - 1 }, (_, i) => {
    const position = (last * (i + 1)) / parts
    const low = Math.floor(position)
    const below = ranked(low)
    const above = low === position ? below : ranked(low + 1)
    return below + (position - low) * (above - below)
  })
}

/** Days and numbers of orders are small: beyond so many different values counting them is no gain. */
const MOST_COUNTED = 1 << 16

/** The value of a rank where all values are small whole numbers; else undefined. */
function rankedByCounting(values: Float64Array): ((rank: number) => number) | undefined {
  const counts = new Uint32Array(MOST_COUNTED)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!(value >= 0 && value < MOST_COUNTED && value === Math.floor(value))) return undefined
    counts[value] = (counts[value] as number) + 1
  }
  let [value, below] = [0, 0]
  return (rank) => {
    if (rank < below) [value, below] = [0, 0]
    while (rank >= below + (counts[value] as number)) below += counts[value++] as number
    return value
  }
}

function rankedBySelection(values: Float64Array): (rank: number) => number {
  const copy = values.slice()
  let placed = 0
  return (rank) => {
    const value = select(copy, rank, placed)
    placed = rank
    return value
  }
}

/** The median; NaN of no values. Leaves its input as it is. */
export function median(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : (quantiles(values, 2)[0] as number)
}

/**
 * The k-th smallest value, which afterwards stands at k with nothing smaller behind it: Hoare's FIND
 * ("Algorithm 65", Communications of the ACM 4, 1961), linear on average where a sort is not.
 * `from` is a rank that stands in its place already.
 */
function select(values: Float64Array, k: number, from: number): number {
  let [low, high] = [from, values.length - 1]
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
