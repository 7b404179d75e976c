/** From measures to scores: one axis at a time, by the method, the compatible tool or the given cuts. */
import { CustError } from '../../core/errors.ts'
import type { OptionValues } from '../../core/options.ts'
import {
  type Cuts,
  clusterCuts,
  cutScores,
  distinctQuantileCuts,
  largestTie,
  logCuts,
  percentRankCuts,
  quantileCuts,
  quantilePlusOneCuts,
  rankScores,
  scoreCounts,
} from '../../models/scores.ts'
import type spec from './index.ts'
import { type Measures, ofRows } from './measures.ts'

export type RfmOptions = OptionValues<(typeof spec)['options']>

export const axisNames = ['r', 'f', 'm'] as const
export type AxisName = (typeof axisNames)[number]

export interface Axis {
  readonly name: AxisName
  /** Values of the scored customers. */
  readonly values: Float64Array
  readonly scores: Uint8Array
  /** Scores asked for; fewer may occur. */
  readonly bins: number
  /** Where the scores begin; undefined where they go by rank. */
  readonly cuts: Cuts | undefined
}

/** Scores of the three axes, in the order R, F, M. */
export type Scores = readonly [r: Axis, f: Axis, m: Axis]

/** Scores per axis asked for. Throws CustError('usage') for lists of another length than one or three. */
export function binsOf({ bins, compat }: RfmOptions): readonly [number, number, number] {
  const usual = compat === 'klaviyo3' ? 3 : 5
  const [first = usual, ...rest] = bins ?? []
  if (compat === 'klaviyo3' && [first, ...rest].some((n) => n !== 3)) {
    throw new CustError('usage', '--compat klaviyo3 has three scores per axis', 'leave --bins out')
  }
  if (rest.length === 0) return [first, first, first]
  if (rest.length === 2) return [first, rest[0] as number, rest[1] as number]
  throw new CustError(
    'usage',
    '--bins takes one number, or three for R, F and M',
    'such as --bins 5 or --bins 5,4,3',
  )
}

/** Cuts that are not found from these customers, and the scores they were made for. */
export type FixedCuts = Readonly<Partial<Record<AxisName, Cuts & { readonly bins: number }>>>

/** Scores per axis once fixed cuts are known: what a segment map must fit. */
export function levelsOf(options: RfmOptions, fixed: FixedCuts): readonly [number, number, number] {
  const [r, f, m] = binsOf(options)
  return [fixed.r?.bins ?? r, fixed.f?.bins ?? f, fixed.m?.bins ?? m]
}

/** Cuts given on the command line. Throws CustError('usage') when they do not fit together. */
export function givenCuts(options: RfmOptions): FixedCuts {
  const lists = { r: options.rCuts, f: options.fCuts, m: options.mCuts }
  const given = axisNames.filter((axis) => lists[axis] !== undefined)
  if (options.method === 'fixed' && given.length < 3 && !options.useCuts) {
    throw new CustError(
      'usage',
      '--method fixed needs --r-cuts, --f-cuts and --m-cuts',
      'such as --r-cuts 30,90,180,365 --f-cuts 1,2,4,8 --m-cuts 50,100,200,500',
    )
  }
  if (given.length > 0 && (options.compat || options.useCuts)) {
    throw new CustError(
      'usage',
      `--${given[0]}-cuts cannot go with --${options.compat ? 'compat' : 'use-cuts'}`,
    )
  }
  const cuts = given.map((axis) => {
    const values = ascending(lists[axis] ?? [], `--${axis}-cuts`)
    return [axis, { values, edge: 'lower', bins: values.length + 1 }] as const
  })
  return Object.fromEntries(cuts)
}

export function ascending(cuts: readonly number[], where: string): readonly number[] {
  const falls = cuts.findIndex((cut, i) => i > 0 && cut <= (cuts[i - 1] as number))
  if (falls === -1 && cuts.length <= 9) return cuts
  const wrong = falls === -1 ? 'has more than 9 cuts' : 'must rise'
  throw new CustError('usage', `${where} ${wrong}: ${cuts.join(', ')}`)
}

/** Score all three axes. `fixed` wins over the method, axis by axis. */
export function scoreAll(measures: Measures, options: RfmOptions, fixed: FixedCuts): Scores {
  const bins = binsOf(options)
  const values = { r: measures.recency, f: measures.orders, m: measures.monetary }
  const axes = axisNames.map((name, i) =>
    scoreAxis(name, ofRows(values[name], measures.scored), bins[i] as number, options, fixed[name]),
  )
  return axes as unknown as Scores
}

function scoreAxis(
  name: AxisName,
  values: Float64Array,
  bins: number,
  options: RfmOptions,
  fixed: FixedCuts[AxisName],
): Axis {
  const reversed = name === 'r'
  if (fixed) {
    return { name, values, bins: fixed.bins, cuts: fixed, scores: cutScores(values, fixed, reversed) }
  }
  if (options.compat === 'ntile' || (!options.compat && options.method === 'ntile')) {
    return { name, values, bins, cuts: undefined, scores: rankScores(values, bins, reversed) }
  }
  const cuts = cutsOf(name, values, bins, options)
  return { name, values, bins, cuts, scores: cutScores(values, cuts, reversed) }
}

function cutsOf(name: AxisName, values: Float64Array, bins: number, { compat, method }: RfmOptions): Cuts {
  switch (compat) {
    case 'r-rfm':
      return quantilePlusOneCuts(values, bins)
    case 'pandas':
      return distinctQuantileCuts(values, bins)
    case 'excel':
      return percentRankCuts(values, bins)
    case 'klaviyo3':
      return quantileCuts(values, bins)
    default:
      if (method === 'kmeans') return clusterCuts(values, bins)
      return method === 'log' ? logarithmicCuts(name, values, bins) : quantileCuts(values, bins)
  }
}

/** Recency may be 0 days: its logarithm is taken of one day more. */
function logarithmicCuts(name: AxisName, values: Float64Array, bins: number): Cuts {
  if (name !== 'r') {
    if (values.some((value) => value <= 0)) {
      throw new CustError('usage', '--method log needs positive values of M', 'use --method quantile')
    }
    return logCuts(values, bins)
  }
  const { values: cuts, edge } = logCuts(
    values.map((days) => days + 1),
    bins,
  )
  return { values: cuts.map((cut) => cut - 1), edge }
}

/** What an analyst must know of the scores: large ties, and scores that nobody has. */
export function warningsOf(axis: Axis): string[] {
  const name = axis.name.toUpperCase()
  const counts = scoreCounts(axis.scores, axis.bins)
  const empty = counts.flatMap((count, i) => (count === 0 ? [i + 1] : []))
  if (empty.length === 0 || axis.values.length === 0) return []
  const tie = largestTie(axis.values)
  const share = ((100 * tie.count) / axis.values.length).toFixed(1)
  return [
    `${name}: no customer has score ${empty.join(', ')}; ${share} % of customers have the same value ${tie.value}`,
  ]
}
