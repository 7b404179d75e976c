/** From scores (or, for cn8 and pareto4, from the measures) to a segment per scored customer. */
import { CustError } from '../../core/errors.ts'
import type { TextFile } from '../../core/options.ts'
import { mean, median } from '../../models/quantile.ts'
import { jsonObject } from './cuts.ts'
import type { SchemeName, Split } from './index.ts'
import type { RfmOptions, Scores } from './scoring.ts'
import {
  classic11,
  cn8,
  cn8Code,
  klaviyo6,
  NO_NET_PURCHASE,
  pareto4,
  rf10,
  rRfm,
  type ScoreMap,
  type Segment,
} from './segments.ts'

/** Which segment each scored customer is in, and how that was decided. */
export interface Segmentation {
  readonly segments: readonly Segment[]
  /** The number of the segment, per scored customer. */
  readonly codes: Uint16Array
  /** The values that split high from low, for schemes that have them. */
  readonly splits: readonly SplitCut[]
}

export interface SplitCut {
  readonly axis: 'R' | 'F' | 'M'
  readonly rule: string
  readonly cut: number
}

/** A scheme, ready to be applied to the scores of any day. */
export type Scheme = (scores: Scores) => Segmentation

/** Find the scheme asked for and check it. Throws CustError('usage') for a map that is no partition. */
export function schemeOf(options: RfmOptions, bins: readonly [number, number, number]): Scheme {
  const { scheme, compat, split } = options
  if (scheme !== undefined && typeof scheme !== 'string') return byCell(mapOfFile(scheme, bins), bins)
  if (scheme === 'cn8') return (scores) => eightClasses(scores, split)
  if (scheme === 'pareto4') return pareto
  return byCell(scheme || compat ? namedMap(scheme, compat) : classic11, bins)
}

function namedMap(
  scheme: Exclude<SchemeName, 'cn8' | 'pareto4'> | undefined,
  compat: RfmOptions['compat'],
): ScoreMap {
  if (scheme === 'rf10') return rf10
  if (scheme === undefined && compat === 'r-rfm') return rRfm
  if (scheme === undefined && compat === 'klaviyo3') return klaviyo6
  return classic11
}

// Maps over cells of scores ----------------------------------------------------------------------

function byCell(map: ScoreMap, bins: readonly [number, number, number]): Scheme {
  const wanted = [map.levels.r, map.levels.f, map.levels.m]
  const short = wanted.findIndex((levels, axis) => (bins[axis] as number) < levels)
  if (short !== -1) {
    throw new CustError(
      'usage',
      `the segment map needs ${wanted[short]} scores of ${'RFM'[short]}, not ${bins[short]}: some segments could never occur`,
      'use more --bins, --scheme cn8 or pareto4, or a map of your own',
    )
  }
  return ([r, f, m]) => {
    const codes = new Uint16Array(r.scores.length)
    const level = [r, f, m].map(({ bins: b }, axis) => levels(b, wanted[axis] as number))
    for (let i = 0; i < codes.length; i++) {
      codes[i] = map.cell(
        level[0]?.[r.scores[i] as number] as number,
        level[1]?.[f.scores[i] as number] as number,
        level[2]?.[m.scores[i] as number] as number,
      )
    }
    return { segments: map.segments, codes, splits: [] }
  }
}

/** Score s of b as one of the map's levels: ceil(levels s / b). */
function levels(bins: number, wanted: number): number[] {
  return Array.from({ length: bins + 1 }, (_, s) =>
    bins > wanted && wanted > 0 ? Math.ceil((wanted * s) / bins) : s,
  )
}

interface Row {
  readonly segment: number
  readonly r: ReadonlySet<number>
  readonly f: ReadonlySet<number>
  readonly m: ReadonlySet<number>
  readonly fm: ReadonlySet<number>
}

/** A map from a JSON file; see the command's help for the form. */
export function mapOfFile({ path, text }: TextFile, bins: readonly [number, number, number]): ScoreMap {
  const file = jsonObject(path, text)
  const entries = Array.isArray(file['segments']) ? (file['segments'] as unknown[]) : []
  if (entries.length === 0) throw wrongMap(path, 'it has no "segments"')
  const segments: Segment[] = []
  const rows = entries.map((entry, i) => rowOf(path, entry, i, segments, bins))
  const rest = file['default']
  if (rest !== undefined && (typeof rest !== 'string' || rest.trim() === ''))
    throw wrongMap(path, '"default" is not a name')
  const fallback = rest === undefined ? -1 : segmentNumber(segments, { name: rest })
  if (segments.some((segment) => segment.name === NO_NET_PURCHASE.name)) {
    throw wrongMap(path, `${NO_NET_PURCHASE.name} is the name of the customers who are not scored`)
  }
  const find = (r: number, f: number, m: number): Row[] => {
    const fm = Math.floor((f + m) / 2 + 0.5)
    return rows.filter((row) => row.r.has(r) && row.f.has(f) && row.m.has(m) && row.fm.has(fm))
  }
  checkPartition(path, segments, bins, (...cell) => find(...cell).map(({ segment }) => segment), fallback)
  const cell = (r: number, f: number, m: number) => find(r, f, m)[0]?.segment ?? fallback
  return { segments, levels: { r: 0, f: 0, m: 0 }, cell: remembered(cell, bins) }
}

/** Every cell is looked up once; a million customers must not search the rows a million times. */
function remembered(cell: ScoreMap['cell'], [, fs, ms]: readonly [number, number, number]): ScoreMap['cell'] {
  const known = new Map<number, number>()
  return (r, f, m) => {
    const key = (r * (fs + 1) + f) * (ms + 1) + m
    const found = known.get(key) ?? cell(r, f, m)
    known.set(key, found)
    return found
  }
}

function rowOf(
  path: string,
  entry: unknown,
  index: number,
  segments: Segment[],
  [rs, fs, ms]: readonly [number, number, number],
): Row {
  if (typeof entry !== 'object' || entry === null)
    throw wrongMap(path, `segment ${index + 1} is not an object`)
  const fields = entry as Record<string, unknown>
  const { name } = fields
  if (typeof name !== 'string' || name.trim() === '')
    throw wrongMap(path, `segment ${index + 1} has no "name"`)
  const range = (key: string, top: number) => rangeOf(path, `${name}: "${key}"`, fields[key], top)
  const known = ['name', 'zh', 'action', 'action_zh', 'r', 'f', 'm', 'fm']
  const unknown = Object.keys(fields).find((key) => !known.includes(key))
  if (unknown !== undefined) throw wrongMap(path, `${name}: "${unknown}" is not one of ${known.join(', ')}`)
  return {
    segment: segmentNumber(segments, fields),
    r: range('r', rs),
    f: range('f', fs),
    m: range('m', ms),
    fm: range('fm', Math.max(fs, ms)),
  }
}

/** A segment may have several rows; the first one describes it. */
function segmentNumber(segments: Segment[], fields: Record<string, unknown>): number {
  const text = (key: string) => (typeof fields[key] === 'string' ? (fields[key] as string) : '')
  const name = text('name')
  const known = segments.findIndex((segment) => segment.name === name)
  if (known !== -1) return known
  return (
    segments.push({ name, zh: text('zh') || name, action: text('action'), actionZh: text('action_zh') }) - 1
  )
}

/** `4-5`, `5`, `1,3-4` or `*`; absent is any score. */
function rangeOf(path: string, where: string, value: unknown, top: number): ReadonlySet<number> {
  const all = Array.from({ length: top }, (_, i) => i + 1)
  if (value === undefined || value === '*') return new Set(all)
  const scores = String(value)
    .split(',')
    .flatMap((part) => {
      const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part)
      const [low, high] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])]
      return match && low >= 1 && high <= top && low <= high ? all.slice(low - 1, high) : [Number.NaN]
    })
  if (!scores.some(Number.isNaN)) return new Set(scores)
  throw wrongMap(path, `${where} is ${JSON.stringify(value)}, not scores from 1 to ${top} such as "4-5"`)
}

/** Every cell of scores exactly once; gaps only with a stated default. */
export function checkPartition(
  path: string,
  segments: readonly Segment[],
  [rs, fs, ms]: readonly [number, number, number],
  covering: (r: number, f: number, m: number) => readonly number[],
  fallback: number,
): void {
  const gaps: string[] = []
  for (let r = 1; r <= rs; r++) {
    for (let f = 1; f <= fs; f++) {
      for (let m = 1; m <= ms; m++) {
        const found = covering(r, f, m)
        const cell = `R${r} F${f} M${m}`
        if (found.length > 1) {
          const names = found.map((one) => segments[one]?.name).join(' and ')
          throw wrongMap(
            path,
            `${names} both cover the cell ${cell}`,
            'every cell must belong to one segment',
          )
        }
        if (found.length === 0 && fallback === -1) gaps.push(cell)
      }
    }
  }
  if (gaps.length === 0) return
  throw wrongMap(
    path,
    `no segment covers ${gaps.length} of ${rs * fs * ms} cells: ${gaps.slice(0, 5).join(', ')}${gaps.length > 5 ? ' ...' : ''}`,
    'cover them, or state a default: "default": "Others"',
  )
}

const wrongMap = (path: string, why: string, hint = ''): CustError =>
  new CustError('usage', `the segment map ${path} cannot be used: ${why}`, hint)

// Schemes over the measures themselves -------------------------------------------------------------

/**
 * The Chinese eight classes. By default R is high for days <= the mean, F and M for >= the mean; with the
 * median, F and M must exceed it, since half of the customers may share it.
 */
function eightClasses([r, f, m]: Scores, split: Split): Segmentation {
  const rule = splitRule(split)
  const cuts = rule.cuts([r, f, m])
  const high = (axis: number, i: number): boolean => {
    const values = (rule.onScores ? [r, f, m][axis]?.scores : [r, f, m][axis]?.values) as ArrayLike<number>
    const [value, cut] = [values[i] as number, cuts[axis] as number]
    if (axis === 0 && !rule.onScores) return value <= cut
    return rule.strict ? value > cut : value >= cut
  }
  const codes = new Uint16Array(r.scores.length)
  for (let i = 0; i < codes.length; i++) codes[i] = cn8Code(high(0, i), high(1, i), high(2, i))
  const sign = rule.strict ? '>' : '>='
  const measureOf = rule.onScores ? ['R score', 'F score', 'M score'] : ['days', 'orders', 'money']
  const splits = (['R', 'F', 'M'] as const).map((axis, i): SplitCut => {
    const way = i === 0 && !rule.onScores ? '<=' : sign
    return { axis, rule: `high: ${measureOf[i]} ${way} ${rule.name}`, cut: cuts[i] as number }
  })
  return { segments: cn8, codes, splits }
}

interface SplitRule {
  readonly name: string
  readonly strict: boolean
  readonly onScores: boolean
  cuts(scores: Scores): readonly number[]
}

function splitRule(split: Split): SplitRule {
  switch (split) {
    case 'mean':
      return {
        name: 'the mean',
        strict: false,
        onScores: false,
        cuts: (axes) => axes.map(({ values }) => mean(values)),
      }
    case 'median':
      return {
        name: 'the median',
        strict: true,
        onScores: false,
        cuts: (axes) => axes.map(({ values }) => median(values)),
      }
    case 'score-mean':
      return {
        name: 'the mean',
        strict: true,
        onScores: true,
        cuts: (axes) => axes.map(({ scores }) => mean(scores)),
      }
    default:
      return {
        name: 'the given cut',
        strict: false,
        onScores: false,
        cuts: () => [split.r, split.f, split.m],
      }
  }
}

/** Spenders from the top until they make 80 % of net revenue, ties together; split at the median recency. */
function pareto([r, , m]: Scores): Segmentation {
  const falling = m.values.slice().sort().reverse()
  const target = 0.8 * falling.reduce((sum, value) => sum + value, 0)
  let [sum, last] = [0, 0]
  while (last < falling.length && sum < target) sum += falling[last++] as number
  const smallest = last === 0 ? Number.POSITIVE_INFINITY : (falling[last - 1] as number)
  const typical = median(r.values)
  const codes = Uint16Array.from(m.values, (spent, i) => {
    const lapsing = (r.values[i] as number) > typical ? 1 : 0
    return (spent >= smallest ? 0 : 2) + lapsing
  })
  const splits: SplitCut[] = [
    { axis: 'R', rule: 'active: days <= the median', cut: typical },
    { axis: 'M', rule: 'vital: money >= the smallest of the spenders who make 80 %', cut: smallest },
  ]
  return { segments: pareto4, codes, splits }
}
