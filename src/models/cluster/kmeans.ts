/** k-means as good as the best of many starts: those on a sample, the best of them finished on all rows. */
import { kmeans } from 'ml-kmeans'
import { mulberry32, type Random } from '../random.ts'
import { type Clusters, finishClusters } from './hamerly.ts'
import { type Points, rowOf, sampleOf, squaredDistance } from './points.ts'

export interface KMeansOptions {
  readonly k: number
  readonly seed: number
  readonly starts?: number
  /** Rows of the sample that the starts are made on. */
  readonly sample?: number
  /** Times that a centre of the best start is put elsewhere, on the sample, to see whether that is better. */
  readonly swaps?: number
}

const STARTS = 10
const SAMPLE = 20_000
/** Rows of the sample that are enough to begin with: the bounds go on with all of them. */
const START_ROWS = 5000
/** As many as take about the same time, whatever the rows. */
const swapsOf = (rows: number): number => Math.round(Math.min(Math.max(SWAPPED_ROWS / rows, 60), 300))
const SWAPPED_ROWS = 1_000_000
/** Iterations that a start is given before the bounds take over. */
const START_ITERATIONS = 8
/** A swap goes on while it is as near to the best after so many iterations: most are seen early to lead nowhere. */
const PROMISING = [
  { iterations: 3, within: 1.02 },
  { iterations: 7, within: 1.004 },
]
/** On all rows the centres of the sample are all but there. */
const STILL_ON_ALL = 2e-5

/**
 * Clusters in no order of meaning. The order of the rows does not matter. Throws RangeError where there are fewer
 * rows than clusters, or a value that is no number.
 */
export function clustersOf(points: Points, options: KMeansOptions): Clusters {
  const { k, seed, starts = STARTS, sample = SAMPLE } = options
  if (points.rows < k) throw new RangeError(`clustersOf requires at least ${k} rows`)
  if (!areFinite(points)) throw new RangeError('clustersOf requires finite numbers')
  const few = sampleOf(points, Math.max(sample, k), seed)
  const start = bestStart(few, { k, seed, starts })
  const swaps = options.swaps ?? swapsOf(few.rows)
  const best = k < 2 ? start : swapped(few, start, { seed, swaps })
  const still = few.rows < points.rows ? { still: STILL_ON_ALL } : {}
  return finishClusters(points, best.centres, still)
}

function areFinite({ values }: Points): boolean {
  for (const value of values) if (!Number.isFinite(value)) return false
  return true
}

type Starting = Pick<Required<KMeansOptions>, 'k' | 'seed' | 'starts'>

function bestStart(sample: Points, { k, seed, starts }: Starting): Clusters {
  const few = sampleOf(sample, Math.max(START_ROWS, k), seed)
  const data = Array.from({ length: few.rows }, (_, row) => Array.from(rowOf(few, row)))
  const started = Array.from({ length: starts }, (_, start) => {
    const { centroids } = kmeans(data, k, { seed: seed + start, maxIterations: START_ITERATIONS })
    return finishClusters(sample, Float64Array.from(centroids.flat()))
  })
  return started.reduce((best, each) => (each.inertia < best.inertia ? each : best))
}

/**
 * Random swaps (Franti 2018): a centre goes to a row that is far from all of them, and stays there if the clusters are
 * the better for it. That leaves the optima that starts run into.
 */
function swapped(
  sample: Points,
  start: Clusters,
  { seed, swaps }: Pick<Required<KMeansOptions>, 'seed' | 'swaps'>,
): Clusters {
  const random = mulberry32(seed + 1_000_003)
  let best = start
  for (let swap = 0; swap < swaps && best.inertia > 0; swap++) {
    const centres = best.centres.slice()
    const row = farRow(sample, best, random)
    centres.set(rowOf(sample, row), Math.floor(best.k * random()) * sample.width)
    const other = seenThrough(sample, centres, best.inertia)
    if (other && other.inertia < best.inertia) best = other
  }
  return best
}

function seenThrough(sample: Points, start: Float64Array, best: number): Clusters | undefined {
  let centres = start
  for (const { iterations, within } of PROMISING) {
    const tried = finishClusters(sample, centres, { iterations })
    if (tried.inertia > within * best) return undefined
    centres = tried.centres
  }
  return finishClusters(sample, centres)
}

/** A row drawn in proportion to its squared distance from its centre. */
function farRow(
  { rows, width, values }: Points,
  { centres, labels, inertia }: Clusters,
  random: Random,
): number {
  let left = random() * inertia
  for (let row = 0; row < rows; row++) {
    left -= squaredDistance(values, row * width, centres, (labels[row] as number) * width, width)
    if (left <= 0) return row
  }
  return rows - 1
}
