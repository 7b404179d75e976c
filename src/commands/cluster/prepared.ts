/** Features made ready for distances: which are used, what was done to them, which rows have them all. */
import { CustError } from '../../core/errors.ts'
import { type Points, pointsOf } from '../../models/cluster/points.ts'
import {
  clippedIn,
  indicatorOf,
  present,
  skewness,
  type Transform,
  transformed,
  transformOf,
} from '../../models/cluster/transform.ts'
import { productMoment } from '../../models/correlation.ts'
import { columnOf, type Feature, type Options } from './features.ts'

export interface Prepared {
  /** The rows that have every feature that must be there. */
  readonly rows: Uint32Array
  readonly points: Points
  readonly used: readonly Used[]
  readonly told: readonly ToldFeature[]
}

export interface Used {
  readonly feature: Feature
  readonly transform: Transform
  /** As they were, of the rows that are used; NaN where there is none. */
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
  const { scale } = options
  const weightOf = weightsOf(features, options)
  const rows = completeRows(features)
  if (rows.length === 0) throw new CustError('model', 'no row has a value in every feature')
  const [used, told, columns]: [Used[], ToldFeature[], Float64Array[]] = [[], [], []]
  for (const feature of features) {
    const values = Float64Array.from(rows, (row) => feature.values[row] as number)
    const weight = weightOf(feature)
    const fitted = feature.level ? indicatorOf(values, weight) : transformOf(values, { scale, weight })
    const transform = weight > 0 && feature.useless === undefined ? fitted : undefined
    const column = transform && transformed(values, transform)
    const twin = column && used.find((other, i) => isTwin({ feature, column }, other, columns[i]))
    told.push({
      name: feature.name,
      why: twin ? `like ${twin.feature.name}` : transform ? undefined : (feature.useless ?? whyNot(weight)),
      skewness: skewness(present(values)),
      clipped: transform ? clippedIn(values, transform) : 0,
      transform,
    })
    if (!transform || !column || twin) continue
    used.push({ feature, transform, values })
    columns.push(column)
  }
  if (used.length === 0)
    throw new CustError('model', 'nothing tells the rows apart: every feature is the same everywhere')
  return { rows, points: pointsOf(columns), used, told }
}

const whyNot = (weight: number): string => (weight > 0 ? 'the same everywhere' : 'weight 0')

/** The levels of one category share its weight and are no twins, though of two one is what the other is not. */
function isTwin(
  { feature, column }: { readonly feature: Feature; readonly column: Float64Array },
  other: Used,
  its: Float64Array | undefined,
): boolean {
  const ofOne = feature.level !== undefined && columnOf(feature) === columnOf(other.feature)
  return !ofOne && its !== undefined && Math.abs(productMoment(its, column)) > ALIKE
}

/** Weights are given by column: the levels of a category share that of theirs. */
function weightsOf(features: readonly Feature[], { weights }: Options): (feature: Feature) => number {
  const columns = [...new Set(features.map(columnOf))]
  const given = weights ?? columns.map(() => 1)
  if (given.length !== columns.length || !given.some((weight) => weight > 0)) {
    const problem = `--weights takes ${columns.length} numbers, not all zero`
    throw new CustError('usage', problem, `for ${columns.join(', ')}`)
  }
  return (feature) => (given[columns.indexOf(columnOf(feature))] as number) * (feature.level?.part ?? 1)
}

/** The rows that have a value wherever there must be one. */
export function completeRows(features: readonly Feature[]): Uint32Array {
  const needed = features.filter(({ mayLack }) => !mayLack)
  const rows = new Uint32Array(features[0]?.values.length ?? 0)
  let size = 0
  for (let row = 0; row < rows.length; row++)
    if (needed.every(({ values }) => Number.isFinite(values[row]))) rows[size++] = row
  return rows.slice(0, size)
}
