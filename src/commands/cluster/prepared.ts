/** Features made ready for distances: which are used, what was done to them, which rows have them all. */
import { CustError } from '../../core/errors.ts'
import { type Points, pointsOf } from '../../models/cluster/points.ts'
import {
  clippedIn,
  correlation,
  skewness,
  type Transform,
  transformed,
  transformOf,
} from '../../models/cluster/transform.ts'
import type { Feature, Options } from './features.ts'

export interface Prepared {
  /** The rows that have every feature. */
  readonly rows: Uint32Array
  readonly points: Points
  readonly used: readonly Used[]
  readonly told: readonly ToldFeature[]
}

export interface Used {
  readonly feature: Feature
  readonly transform: Transform
  /** As they were, of the rows that are used. */
  readonly values: Float64Array
}

export interface ToldFeature {
  readonly name: string
  /** Why it is left out. */
  readonly why: string | undefined
  readonly skewness: number
  readonly clipped: number
  readonly transform: Transform | undefined
}

/** Of two features that are more alike than this one says it all. */
const ALIKE = 0.95

/** Throws CustError('model') where nothing is left that tells rows apart. */
export function prepare(features: readonly Feature[], options: Options): Prepared {
  const weights = weightsOf(features, options)
  const rows = completeRows(features)
  if (rows.length === 0) throw new CustError('model', 'no row has a value in every feature')
  const [used, told, columns]: [Used[], ToldFeature[], Float64Array[]] = [[], [], []]
  features.forEach((feature, i) => {
    const values = Float64Array.from(rows, (row) => feature.values[row] as number)
    const weight = (weights[i] as number) * (feature.part ?? 1)
    const scale = feature.part === undefined ? options.scale : 'none'
    const transform = weight > 0 ? transformOf(values, { scale, weight }) : undefined
    const column = transform && transformed(values, transform)
    const twin = column && columns.findIndex((other) => Math.abs(correlation(other, column)) > ALIKE)
    const isTwin = twin !== undefined && twin >= 0
    const why = transform
      ? isTwin
        ? `like ${used[twin]?.feature.name}`
        : undefined
      : weight > 0
        ? 'the same everywhere'
        : 'weight 0'
    told.push({
      name: feature.name,
      why,
      skewness: skewness(values),
      clipped: transform ? clippedIn(values, transform) : 0,
      transform,
    })
    if (!transform || !column || isTwin) return
    used.push({ feature, transform, values })
    columns.push(column)
  })
  if (used.length === 0)
    throw new CustError('model', 'nothing tells the rows apart: every feature is the same everywhere')
  return { rows, points: pointsOf(columns), used, told }
}

function weightsOf(features: readonly Feature[], { weights }: Options): readonly number[] {
  if (weights === undefined) return features.map(() => 1)
  if (weights.length === features.length && weights.some((weight) => weight > 0)) return weights
  const names = features.map(({ name }) => name).join(', ')
  throw new CustError('usage', `--weights takes ${features.length} numbers, not all zero`, `for ${names}`)
}

function completeRows(features: readonly Feature[]): Uint32Array {
  const rows = features[0]?.values.length ?? 0
  const all = Uint32Array.from({ length: rows }, (_, row) => row)
  return all.filter((row) => features.every(({ values }) => Number.isFinite(values[row])))
}
