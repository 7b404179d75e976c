/** k-means as good as the best of many starts: those on a sample, the best of them finished on all rows. */
import { kmeans } from 'ml-kmeans'
import { mulberry32, type Random } from '../random.ts'
import { type Clusters, finishClusters, inertiaOf, nearestCentres } from './hamerly.ts'
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
/** As many as take about the same time, whatever the rows. */
const swapsOf = (rows: number): number => Math.round(Math.min(Math.max(SWAPPED_ROWS / rows, 40), 300))
const SWAPPED_ROWS = 1_000_000
const SAMPLE = 20_000
const SAMPLE_ITERATIONS = 100

/**
 * Clusters in no order of meaning. The order of the rows does not matter. Throws RangeError where there are fewer
 * rows than clusters, or a value that is no number.
 */
export function clustersOf(points: Points, options: KMeansOptions): Clusters {
  const { k, seed, starts = STARTS, sample = SAMPLE } = options
  if (points.rows < k) throw new RangeError(`clustersOf requires at least ${k} rows`)
  if (points.values.some((value) => !Number.isFinite(value)))
    throw new RangeError('clustersOf requires finite numbers')
  const few = sampleOf(points, Math.max(sample, k), seed)
  const start = bestStart(few, { k, seed, starts })
  const swaps = options.swaps ?? swapsOf(few.rows)
  return finishClusters(points, k < 2 ? start : swapped(few, start, { seed, swaps }))
}

type Starting = Pick<Required<KMeansOptions>, 'k' | 'seed' | 'starts'>

function bestStart(sample: Points, { k, seed, starts }: Starting): Float64Array {
  const { rows, width, values } = sample
  const data = Array.from({ length: rows }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  )
  let [best, least] = [new Float64Array(k * width), Number.POSITIVE_INFINITY]
  for (let start = 0; start < starts; start++) {
    const { centroids } = kmeans(data, k, { seed: seed + start, maxIterations: SAMPLE_ITERATIONS })
    const centres = Float64Array.from(centroids.flat())
    const inertia = inertiaOf(sample, centres, nearestCentres(sample, centres).labels)
    if (inertia < least) [best, least] = [centres, inertia]
  }
  return best
}

/**
 * Random swaps (Franti 2018): a centre goes to a row that is far from all of them, and stays there if the clusters
 * are the better for it. That leaves the optima that starts run into.
 */
function swapped(
  sample: Points,
  start: Float64Array,
  { seed, swaps }: Pick<Required<KMeansOptions>, 'seed' | 'swaps'>,
): Float64Array {
  const random = mulberry32(seed + 1_000_003)
  let best = finishClusters(sample, start)
  for (let swap = 0; swap < swaps && best.inertia > 0; swap++) {
    const centres = best.centres.slice()
    const row = farRow(sample, best, random)
    centres.set(rowOf(sample, row), Math.floor(best.k * random()) * sample.width)
    const other = finishClusters(sample, centres)
    if (other.inertia < best.inertia) best = other
  }
  return best.centres
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
