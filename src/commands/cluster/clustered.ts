/** Rows in clusters: made anew, or those of an earlier run. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { type Candidate, type Choice, candidatesOver, choiceOf } from '../../models/cluster/choose.ts'
import { nearestCentres } from '../../models/cluster/hamerly.ts'
import { clustersOf } from '../../models/cluster/kmeans.ts'
import { differentRows, type Points, pointsOf } from '../../models/cluster/points.ts'
import { transformed } from '../../models/cluster/transform.ts'
import { quantileSorted } from '../../models/quantile.ts'
import type { Described, Options } from './features.ts'
import { completeRows, type Prepared, prepare } from './prepared.ts'
import type { Model } from './saved.ts'

export interface Clustered {
  readonly prepared: Prepared
  readonly centres: Float64Array
  readonly labels: Int32Array
  readonly runnerUp: Int32Array
  readonly distance: Float64Array
  readonly next: Float64Array
  /** Rows of each cluster, by their place among the used rows. */
  readonly members: readonly (readonly number[])[]
  /** Of each cluster, how far its mean is from that of all in each feature, in standard deviations. */
  readonly apart: readonly (readonly number[])[]
  readonly choice: Choice | undefined
  /** 99 % of the rows are as near to their centres. */
  readonly reach: number
}

const KS = [2, 3, 4, 5, 6, 7, 8, 9, 10]

/** Throws CustError('model') where there are too few rows. */
export async function clusterRows(
  described: Described,
  options: Options,
  pause: Input['pause'],
): Promise<Clustered> {
  const prepared = prepare(described.features, options)
  const { points, rows } = prepared
  const { k: asked, seed } = options
  if (typeof asked === 'number' && rows.length < asked) {
    throw new CustError('model', `${rows.length} rows cannot be ${asked} clusters`)
  }
  const different = typeof asked === 'number' ? differentRows(points, asked) : 0
  if (typeof asked === 'number' && different < asked) {
    throw new CustError('model', `${different} different rows cannot be ${asked} clusters`)
  }
  const choice = asked === 'auto' ? await chosenFor(points, seed, pause) : undefined
  const k = choice?.k ?? (asked as number)
  if (k < 2) throw new CustError('model', 'the rows are too few, or too much the same, for clusters')
  const { centres } = clustersOf(points, { k, seed })
  const spent = described.revenue && Float64Array.from(rows, (row) => described.revenue?.[row] as number)
  return placed(prepared, byMeaning(points, centres, spent), choice)
}

async function chosenFor(points: Points, seed: number, pause: Input['pause']): Promise<Choice> {
  const candidates: Candidate[] = []
  for (const candidate of candidatesOver(points, KS, seed)) {
    candidates.push(candidate)
    await pause()
  }
  return choiceOf(candidates)
}

/** The rows in the clusters of an earlier run; its features must be there. */
export function applyModel(described: Described, model: Model): Clustered {
  const named = new Map(described.features.map((feature) => [feature.name, feature]))
  const features = model.features.map(({ name, transform }) => {
    const feature = named.get(name)
    if (!feature) throw new CustError('input', `the model needs ${name}, which this input does not have`)
    return { feature, transform }
  })
  const rows = completeRows(features.map(({ feature }) => feature))
  if (rows.length === 0) throw new CustError('model', 'no row has a value in every feature of the model')
  const used = features.map(({ feature, transform }) => ({
    feature,
    transform,
    values: Float64Array.from(rows, (row) => feature.values[row] as number),
  }))
  const points = pointsOf(used.map(({ values, transform }) => transformed(values, transform)))
  const told = used.map(({ feature, transform }) => ({
    name: feature.name,
    why: undefined,
    skewness: Number.NaN,
    clipped: 0,
    transform,
  }))
  return placed({ rows, points, used, told }, Float64Array.from(model.centres), undefined)
}

/** The cluster that spends most first; without money the one with the highest first feature, and so on. */
function byMeaning(points: Points, centres: Float64Array, spent: Float64Array | undefined): Float64Array {
  const { width } = points
  const { labels } = nearestCentres(points, centres)
  const k = centres.length / width
  const [sums, sizes] = [new Float64Array(k), new Float64Array(k)]
  labels.forEach((label, row) => {
    sums[label] = (sums[label] as number) + (spent?.[row] ?? 0)
    sizes[label] = (sizes[label] as number) + 1
  })
  const mean = (c: number) => Number(((sums[c] as number) / Math.max(1, sizes[c] as number)).toPrecision(9))
  const compared = (a: number, b: number): number => {
    if (mean(a) !== mean(b)) return mean(b) - mean(a)
    for (let i = 0; i < width; i++) {
      const difference = (centres[b * width + i] as number) - (centres[a * width + i] as number)
      if (difference !== 0) return difference
    }
    return 0
  }
  const order = Array.from({ length: k }, (_, c) => c).sort(compared)
  return Float64Array.from(order.flatMap((c) => [...centres.subarray(c * width, (c + 1) * width)]))
}

function placed(prepared: Prepared, centres: Float64Array, choice: Choice | undefined): Clustered {
  const { points } = prepared
  const nearest = nearestCentres(points, centres)
  const k = centres.length / points.width
  const members: number[][] = Array.from({ length: k }, () => [])
  nearest.labels.forEach((label, row) => {
    members[label]?.push(row)
  })
  const reach = quantileSorted(nearest.distance.slice().sort(), 99, 100)
  return { prepared, centres, ...nearest, members, apart: apartOf(points, members), choice, reach }
}

function apartOf({ rows, width, values }: Points, members: readonly (readonly number[])[]): number[][] {
  const moments = Array.from({ length: width }, (_, i) => {
    let [sum, squares] = [0, 0]
    for (let row = 0; row < rows; row++) {
      const value = values[row * width + i] as number
      sum += value
      squares += value * value
    }
    const mean = sum / rows
    return { mean, deviation: Math.sqrt(Math.max(squares / rows - mean * mean, 0)) || 1 }
  })
  return members.map((own) =>
    moments.map(({ mean, deviation }, i) => {
      if (own.length === 0) return 0
      const sum = own.reduce((all, row) => all + (values[row * width + i] as number), 0)
      return (sum / own.length - mean) / deviation
    }),
  )
}
