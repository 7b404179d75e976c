/**
 * Scores 1..bins from numbers: cut points by several rules, and the one way to place a value
 * between them. A rule gives cuts, so ties are never split and scores do not depend on row order;
 * `rankScores` (NTILE) is the exception, kept to compare with tools that use it.
 */
import { ckmeans } from 'simple-statistics'
import { ascendingOrder } from './order.ts'
import { quantiles } from './quantile.ts'

/**
 * Ascending cut points; `levels` scores lie between and beyond them.
 * edge 'lower': a value equal to a cut belongs to the lower score. 'upper': to the higher.
 */
export interface Cuts {
  readonly values: readonly number[]
  readonly edge: 'lower' | 'upper'
}

const sortedCopy = (values: Float64Array): Float64Array => values.slice().sort()

function extremes(values: Float64Array): readonly [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  return [least, greatest]
}

const steps = (bins: number): number[] => Array.from({ length: bins - 1 }, (_, i) => i + 1)

/** Cuts at the type-7 quantiles 1/bins, 2/bins, ... A value equal to a cut goes to the lower score. */
export function quantileCuts(values: Float64Array, bins: number): Cuts {
  return { values: quantiles(values, bins), edge: 'lower' }
}

/**
 * As R's rfm 0.3.0 (rsquaredacademy/rfm, R/utils.R): type-7 quantiles plus 1, compared with `<`.
 * The 1 makes the scores depend on the unit of the values.
 */
export function quantilePlusOneCuts(values: Float64Array, bins: number): Cuts {
  return { values: quantileCuts(values, bins).values.map((cut) => cut + 1), edge: 'upper' }
}

/**
 * As pandas.qcut(x, bins, duplicates="drop"): equal bin edges are merged, so that few distinct values
 * give fewer scores, renumbered from 1.
 */
export function distinctQuantileCuts(values: Float64Array, bins: number): Cuts {
  const [least, greatest] = extremes(values)
  const cuts = quantiles(values, bins)
  const inner = cuts.filter((cut, i) => cut > least && cut < greatest && cut !== cuts[i - 1])
  return { values: inner, edge: 'lower' }
}

/**
 * Bands of Excel's PERCENTRANK.INC: the share of values below, of n - 1, cut to three digits as Excel
 * does unless told otherwise; score = ROUNDUP(rank * bins, 0), at least 1.
 */
export function percentRankCuts(values: Float64Array, bins: number): Cuts {
  const sorted = sortedCopy(values)
  const others = Math.max(sorted.length - 1, 1)
  const cuts = new Array<number>(bins - 1).fill(sorted[0] as number)
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue
    const thousandths = Math.floor((i * 1000) / others)
    for (let k = 1; k < bins; k++) if (thousandths * bins <= k * 1000) cuts[k - 1] = sorted[i] as number
  }
  return { values: cuts, edge: 'lower' }
}

/**
 * The bins that minimise the squared distance to their means: exact one-dimensional k-means
 * (Wang and Song, "Ckmeans.1d.dp", The R Journal 3/2, 2011), so there is no seed.
 */
export function clusterCuts(values: Float64Array, bins: number): Cuts {
  const distinct = new Set(values).size
  const clusters = ckmeans(Array.from(values), Math.min(bins, distinct))
  const upper = clusters.map((cluster) => cluster[cluster.length - 1] as number)
  return { values: upper.slice(0, -1), edge: 'lower' }
}

/** Bins of equal width on the logarithm. Values must be positive. */
export function logCuts(values: Float64Array, bins: number): Cuts {
  const [least, greatest] = extremes(values)
  if (!(least > 0)) throw new RangeError('logCuts requires positive values')
  return { values: steps(bins).map((k) => least * (greatest / least) ** (k / bins)), edge: 'lower' }
}

/**
 * 1 + the number of cuts that lie below each value (edge 'upper': or at it).
 * `reversed` counts from the other end, for recency: few days are a high score.
 */
export function cutScores(values: Float64Array, { values: cuts, edge }: Cuts, reversed = false): Uint8Array {
  const scores = new Uint8Array(values.length)
  const levels = cuts.length + 1
  const ascending = Float64Array.from(cuts)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    let passed = 0
    if (edge === 'lower') while (passed < ascending.length && (ascending[passed] as number) < value) passed++
    else while (passed < ascending.length && (ascending[passed] as number) <= value) passed++
    scores[i] = reversed ? levels - passed : passed + 1
  }
  return scores
}

/**
 * SQL's NTILE: equal groups by rank, the first ones larger by one where they cannot be equal.
 * Splits ties, by position: sort the input by a fixed key first. `reversed` numbers the groups from the other end.
 */
export function rankScores(values: Float64Array, bins: number, reversed = false): Uint8Array {
  const order = ascendingOrder(values)
  const [size, larger] = [Math.floor(values.length / bins), values.length % bins]
  const border = larger * (size + 1)
  const scores = new Uint8Array(values.length)
  order.forEach((row, rank) => {
    const group = rank < border ? Math.floor(rank / (size + 1)) : larger + Math.floor((rank - border) / size)
    scores[row] = reversed ? bins - group : group + 1
  })
  return scores
}

/** How many customers have each score; entry 0 is score 1. */
export function scoreCounts(scores: Uint8Array, levels: number): number[] {
  const counts = new Array<number>(levels).fill(0)
  for (const score of scores) if (score > 0) counts[score - 1] = (counts[score - 1] ?? 0) + 1
  return counts
}

/** The most frequent value and how often it occurs: the largest tie. */
export function largestTie(values: Float64Array): { value: number; count: number } {
  const sorted = sortedCopy(values)
  let best = { value: Number.NaN, count: 0 }
  for (let start = 0, i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue
    if (i - start > best.count) best = { value: sorted[start] as number, count: i - start }
    start = i
  }
  return best
}
