/** The sheets that sum up the customers: segments, heat map, cuts. */
import { median } from '../../models/quantile.ts'
import { scoreCounts } from '../../models/scores.ts'
import { type Measures, ofRows, roundedMoney } from './measures.ts'
import type { Segmentation } from './scheme.ts'
import type { Axis, Scores } from './scoring.ts'
import { NO_NET_PURCHASE, type Segment } from './segments.ts'

/** Rows of each segment: the scheme's, and the customers without a net purchase where there are any. */
export interface Members {
  readonly segment: Segment
  readonly rows: Uint32Array
}

export function membersOf({ scored, recency }: Measures, { segments, codes }: Segmentation): Members[] {
  const counts = new Uint32Array(segments.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const rows = Array.from(counts, (count) => new Uint32Array(count))
  const filled = new Uint32Array(segments.length)
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    const place = filled[code] as number
    ;(rows[code] as Uint32Array)[place] = scored[i] as number
    filled[code] = place + 1
  }
  const groups = segments.map((segment, code) => ({ segment, rows: rows[code] as Uint32Array }))
  if (scored.length === recency.length) return groups
  return [...groups, { segment: NO_NET_PURCHASE, rows: otherRows(scored, recency.length) }]
}

/** The rows that are not in an ascending list of rows. */
function otherRows(rows: Uint32Array, length: number): Uint32Array {
  const others = new Uint32Array(length - rows.length)
  let [next, found] = [0, 0]
  for (let row = 0; row < length; row++) {
    if (rows[next] === row) next++
    else others[found++] = row
  }
  return others
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
const numbers = <T>(of: Iterable<T>, value: (one: T, i: number) => number): Float64Array =>
  Float64Array.from([...of], value)

/** One row per segment. */
export function segmentsSheet(members: readonly Members[], { recency, orders, net }: Measures) {
  const everyone = recency.length
  const units = members.map(({ rows }) => ofRows(net.units, rows))
  const bought = members.map(({ rows }) => total(ofRows(orders, rows)))
  const spent = units.map(total)
  const revenue = spent.reduce((sum, one) => sum + one, 0)
  const known = (values: Float64Array) => values.filter((value) => !Number.isNaN(value))
  const inMoney = (value: number) => value / 10 ** net.scale
  return {
    segment: members.map(({ segment }) => segment.name),
    segment_zh: members.map(({ segment }) => segment.zh),
    customers: numbers(members, ({ rows }) => rows.length),
    customers_pct: numbers(members, ({ rows }) => rows.length / everyone),
    orders: Float64Array.from(bought),
    revenue: { units: Float64Array.from(spent), scale: net.scale },
    revenue_pct: numbers(spent, (one) => (revenue === 0 ? Number.NaN : one / revenue)),
    aov: roundedMoney(
      numbers(spent, (_, i) => inMoney(bought[i] ? (spent[i] as number) / bought[i] : Number.NaN)),
      net.scale,
    ),
    recency_median: numbers(members, ({ rows }) => median(known(ofRows(recency, rows)))),
    orders_median: numbers(members, ({ rows }) => median(ofRows(orders, rows))),
    net_median: roundedMoney(
      numbers(units, (one) => inMoney(median(one))),
      net.scale,
    ),
    action: members.map(({ segment }) => segment.action),
    action_zh: members.map(({ segment }) => segment.actionZh),
  }
}

/** One row per pair of R and F scores, R from the top. */
export function heatmapSheet([r, f]: Scores, { monetary, scored, net }: Measures) {
  const cells = Array.from({ length: r.bins * f.bins }, (_, i) => ({
    r: r.bins - Math.floor(i / f.bins),
    f: 1 + (i % f.bins),
  }))
  const counts = new Float64Array(cells.length)
  const spent = new Float64Array(cells.length)
  scored.forEach((row, i) => {
    const cell = (r.bins - (r.scores[i] as number)) * f.bins + (f.scores[i] as number) - 1
    counts[cell] = (counts[cell] as number) + 1
    spent[cell] = (spent[cell] as number) + (monetary[row] as number)
  })
  return {
    r: Uint8Array.from(cells, (cell) => cell.r),
    f: Uint8Array.from(cells, (cell) => cell.f),
    customers: counts,
    customers_pct: counts.map((count) => count / scored.length),
    mean_amount: roundedMoney(
      spent.map((sum, i) => (counts[i] ? sum / (counts[i] as number) : Number.NaN)),
      net.scale,
    ),
  }
}

interface CutRow {
  readonly axis: string
  readonly score: number
  readonly rule: string
  readonly cut: number
  readonly customers: number
}

/** One row per score of each axis, best first, and one per split of the scheme. */
export function cutsSheet(scores: Scores, { splits }: Segmentation) {
  const everyone = scores[0].values.length
  const rows: CutRow[] = [
    ...scores.flatMap(axisRows),
    ...splits.map(({ axis, rule, cut }) => ({ axis, score: 0, rule, cut, customers: Number.NaN })),
  ]
  return {
    axis: rows.map(({ axis }) => axis),
    score: Uint8Array.from(rows, ({ score }) => score),
    rule: rows.map(({ rule }) => rule),
    cut: numbers(rows, ({ cut }) => cut),
    customers: numbers(rows, ({ customers }) => customers),
    customers_pct: numbers(rows, ({ customers }) => customers / everyone),
  }
}

function axisRows({ name, scores, bins, cuts }: Axis): CutRow[] {
  const levels = cuts ? cuts.values.length + 1 : bins
  const counts = scoreCounts(scores, levels)
  return Array.from({ length: levels }, (_, i): CutRow => {
    const score = levels - i
    const from = name === 'r' ? levels - score : score - 1
    const [low, high] = [cuts?.values[from - 1], cuts?.values[from]]
    const cut = (name === 'r' ? high : low) ?? Number.NaN
    const rule = cuts ? ruleOf(low, high, cuts.edge) : 'by rank'
    return { axis: name.toUpperCase(), score, rule, cut, customers: counts[score - 1] as number }
  })
}

/** The values between two cuts, in words. */
function ruleOf(low: number | undefined, high: number | undefined, edge: 'lower' | 'upper'): string {
  const [above, upTo] = edge === 'lower' ? ['>', '<='] : ['>=', '<']
  const parts = [
    low === undefined ? '' : `${above} ${shown(low)}`,
    high === undefined ? '' : `${upTo} ${shown(high)}`,
  ]
  return parts.filter((part) => part !== '').join(' and ') || 'any'
}

const shown = (cut: number): string => String(Number(cut.toPrecision(9)))

/** Weighted mean of the scores, each from 0 (lowest) to 100 (highest); an axis of one score says nothing. */
export function weightedScores(scores: Scores, weights: readonly number[]): Float64Array {
  const told = scores.flatMap(({ bins, scores: of }, i) =>
    bins > 1 ? [{ bins, of, weight: weights[i] as number }] : [],
  )
  const sum = told.reduce((all, { weight }) => all + weight, 0)
  const weighted = new Float64Array(scores[0].scores.length).fill(Number.NaN)
  if (sum === 0) return weighted
  for (let i = 0; i < weighted.length; i++) {
    let points = 0
    for (const { bins, of, weight } of told) points += (weight * ((of[i] as number) - 1)) / (bins - 1)
    weighted[i] = Math.floor((10000 * points) / sum + 0.5) / 100
  }
  return weighted
}
