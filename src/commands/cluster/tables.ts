/** The sheets of the answer. */
import { type Columns, inCents } from '../../core/report.ts'
import { along, componentsOf } from '../../models/cluster/components.ts'
import type { Clustered } from './clustered.ts'
import type { Described } from './features.ts'
import type spec from './index.ts'
import { deciding, type Named, type Trait } from './named.ts'

type Gives = (typeof spec)['gives']

export interface Told {
  readonly described: Described
  readonly clustered: Clustered
  readonly names: readonly Named[]
  readonly traits: readonly (readonly Trait[])[]
}

export function customersSheet({ described, clustered, names }: Told): Columns<Gives['customers']> {
  const { prepared, labels, runnerUp, distance, next } = clustered
  const codes = Uint16Array.from(labels)
  return {
    customer_id: Array.from(prepared.rows, (row) => described.id[row] ?? null),
    cluster: Float64Array.from(labels, (label) => label + 1),
    name: { codes, words: names.map(({ en }) => en) },
    name_zh: { codes, words: names.map(({ zh }) => zh) },
    distance,
    runner_up: Float64Array.from(runnerUp, (label) => label + 1),
    margin: distance.map((own, row) => {
      const other = next[row] as number
      return other > 0 && Number.isFinite(other) ? (other - own) / other : Number.NaN
    }),
  }
}

/** What each cluster spent; undefined where nothing is known of money. */
export function revenueOf({
  described,
  clustered,
}: Pick<Told, 'described' | 'clustered'>): number[] | undefined {
  const { revenue } = described
  const { members, prepared } = clustered
  return (
    revenue &&
    members.map((own) => own.reduce((sum, at) => sum + (revenue[prepared.rows[at] as number] as number), 0))
  )
}

export function clustersSheet(told: Told): Columns<Gives['clusters']> {
  const { clustered, names, traits } = told
  const { members, labels } = clustered
  const revenue = revenueOf(told)
  const all = revenue?.reduce((sum, each) => sum + each, 0) ?? 0
  const sizes = Float64Array.from(members, (own) => own.length)
  return {
    cluster: Float64Array.from(members, (_, c) => c + 1),
    name: names.map(({ en }) => en),
    name_zh: names.map(({ zh }) => zh),
    customers: sizes,
    customers_pct: sizes.map((size) => size / labels.length),
    revenue: revenue && inCents(Float64Array.from(revenue)),
    revenue_pct: revenue && Float64Array.from(revenue, (each) => (all > 0 ? each / all : Number.NaN)),
    sentence: names.map(({ sentence }) => sentence),
    sentence_zh: names.map(({ sentenceZh }) => sentenceZh),
    decided_by: traits.map((own) => decided(own)),
  }
}

const decided = (traits: readonly Trait[]): string | null =>
  deciding(traits, 3)
    .map(({ used }) => used.feature.name)
    .join(', ') || null

export function profileSheet({ traits }: Told): Columns<Gives['profile']> {
  const rows = traits.flatMap((own, c) => own.map((trait) => ({ c, ...trait })))
  return {
    cluster: Float64Array.from(rows, ({ c }) => c + 1),
    feature: rows.map(({ used }) => used.feature.name),
    median: Float64Array.from(rows, ({ median }) => median),
    index: Float64Array.from(rows, ({ median, ofAll }) => (ofAll > 0 ? (100 * median) / ofAll : Number.NaN)),
    apart: Float64Array.from(rows, ({ apart }) => Number(apart.toFixed(2))),
  }
}

export function choiceSheet({ candidates, k }: NonNullable<Clustered['choice']>): Columns<Gives['choice']> {
  const numbers = (of: (candidate: (typeof candidates)[number], i: number) => number) =>
    Float64Array.from(candidates, of)
  return {
    k: numbers((each) => each.k),
    inertia: numbers(({ inertia }) => inertia),
    drop_pct: numbers(({ inertia }, i) => {
      const before = candidates[i - 1]?.inertia
      return before === undefined ? Number.NaN : 1 - inertia / before
    }),
    silhouette: numbers(({ silhouette }) => silhouette),
    calinski_harabasz: numbers(({ calinskiHarabasz }) => calinskiHarabasz),
    davies_bouldin: numbers(({ daviesBouldin }) => daviesBouldin),
    gap: numbers(({ gap }) => gap),
    gap_error: numbers(({ gapError }) => gapError),
    smallest_pct: numbers(({ smallest }) => smallest),
    stability: numbers(({ stability }) => stability),
    chosen: candidates.map((each) => (each.k === k ? 'yes' : null)),
  }
}

export function featuresSheet({ described, clustered: { prepared } }: Told): Columns<Gives['features']> {
  const { told } = prepared
  const numbers = (of: (feature: (typeof told)[number]) => number) => Float64Array.from(told, of)
  const meanings = new Map(described.features.map(({ name, words }) => [name, words.meaning]))
  const orNone = (value: number | undefined) => value ?? Number.NaN
  return {
    feature: told.map(({ name }) => name),
    meaning: told.map(({ name }) => meanings.get(name)?.en ?? null),
    meaning_zh: told.map(({ name }) => meanings.get(name)?.zh ?? null),
    used: told.map(({ why }) => (why === undefined ? 'yes' : why)),
    skewness: numbers(({ skewness }) => skewness),
    log_unit: numbers(({ transform }) => orNone(transform?.logUnit)),
    clipped: numbers(({ clipped }) => clipped),
    centre: numbers(({ transform }) => orNone(transform?.centre)),
    spread: numbers(({ transform }) => orNone(transform?.spread)),
    weight: numbers(({ transform }) => orNone(transform?.weight)),
  }
}

/** A picture of more is a blot. */
const MOST_POINTS = 2000

/** Every so many-th row along the two axes on which the rows differ most. */
export function mapSheet({ described, clustered }: Told): Columns<Gives['map']> {
  const { prepared, labels } = clustered
  const { points, rows } = prepared
  const { axes } = componentsOf(points, 2)
  const step = Math.max(1, Math.ceil(rows.length / MOST_POINTS))
  const shown = Array.from(rows.keys()).filter((at) => at % step === 0)
  const placesOf = (axis: Float64Array | undefined) =>
    axis ? along(points, axis) : new Float64Array(rows.length)
  const [x, y] = [placesOf(axes[0]), placesOf(axes[1])]
  return {
    customer_id: shown.map((at) => described.id[rows[at] as number] ?? null),
    cluster: Float64Array.from(shown, (at) => (labels[at] as number) + 1),
    x: Float64Array.from(shown, (at) => x[at] as number),
    y: Float64Array.from(shown, (at) => y[at] as number),
  }
}
