/** What is told of the duplicates: figures, groups, columns, and a pair in detail. */

import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { listText } from '../../core/texts.ts'
import { probabilityOf, recordsAmong } from './clusters.ts'
import { counted, isOrAre } from './counted.ts'
import { type Deduped, rowName } from './customers.ts'
import { evaluate } from './evaluation.ts'
import { explain } from './explain.ts'
import { healthOf } from './health.ts'
import type { Change, Lineage } from './lineage.ts'
import type { Matched } from './match.ts'

const SHOWN_HELD = 3

/** In words, beside the answer. */
export function noteFindings(input: Input, found: Deduped): void {
  const { matched, clusters, known } = found
  const evidence = known.filter(({ fields }) => fields.length > 0)
  const taken = evidence.map(({ column, role }) => `${column.header} (${role})`)
  input.note(`compared by: ${taken.join(', ')}`)
  const rows = clusters.clusters.length
  const extra = rows - clusters.count
  const { transitivity } = healthOf(matched)
  const groups = sizesOf(found).filter((size) => size > 1)
  const largest = groups.reduce((most, size) => Math.max(most, size), 1)
  input.note(
    `${counted(rows, 'row')} ${isOrAre(rows)} ${counted(clusters.count, 'customer')}: ${counted(extra, 'row')} (${percent(extra / rows)}) ${extra === 1 ? 'repeats' : 'repeat'} one, in ${counted(groups.length, 'group')}, the largest of ${counted(largest, 'row')}; transitivity ${transitivity.toFixed(2)}`,
  )
  if (found.lineage) noteLineage(input, found.lineage)
  noteOut(input, found)
  for (const held of clusters.held.slice(0, SHOWN_HELD)) {
    input.warn(
      `a group of ${held.length} rows is left apart (--max-cluster), among them ${rowName(found, held[0] as number)}`,
    )
  }
  if (clusters.held.length > SHOWN_HELD)
    input.warn(`and ${counted(clusters.held.length - SHOWN_HELD, 'group')} more`)
}

/** Columns and values that are no evidence. */
export function noteOut(input: Input, { chosen, matched }: Pick<Deduped, 'chosen' | 'matched'>): void {
  if (matched.irrelevant.length > 0) {
    input.note(
      `no evidence, as they agree no more often where all else does: ${matched.irrelevant.join(', ')}`,
    )
  }
  for (const why of new Set(chosen.out.map((out) => out.why))) {
    const headers = chosen.out.filter((out) => out.why === why).map(({ header }) => header)
    input.note(`no evidence, as ${why}: ${headers.join(', ')}`)
  }
  for (const { header, values } of matched.shared) {
    input.note(
      `${header}: ${listText(values.map(({ word, rows: count }) => `${word} (${counted(count, 'row')})`))} stands with many names and is taken for no value`,
    )
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`

const sizesOf = ({ clusters: { starts, count } }: Deduped): number[] =>
  Array.from({ length: count }, (_, i) => (starts[i + 1] as number) - (starts[i] as number))

export function summarySheet(found: Deduped) {
  const { matched, clusters } = found
  const rows = clusters.clusters.length
  const sizes = sizesOf(found)
  const { transitivity, expected } = healthOf(matched)
  const unlinkable = matched.records.first.reduce(
    (sum, _, record) => sum + (matched.scorer.bitsOf(record, record) <= found.threshold ? 1 : 0),
    0,
  )
  return measures([
    ['rows', rows, ''],
    ['customers', clusters.count, ''],
    ['rows that repeat a customer', rows - clusters.count, ''],
    ['groups', sizes.filter((size) => size > 1).length, 'customers with two rows or more'],
    ['rows of the largest group', sizes.reduce((most, size) => Math.max(most, size), 0), ''],
    ['pairs compared', matched.proposed.left.length, ''],
    ['pairs linked', matched.links.left.length, ''],
    ['pairs expected to match', expected, 'by the model, among all pairs'],
    ['transitivity', transitivity, 'linked pairs over the pairs inside of what they connect; 1 is healthy'],
    ['rows too empty to match', unlinkable, 'not even a copy of them would be believed'],
  ])
}

/** Figures with their names and, where one needs it, a note. */
export function measures(figures: readonly (readonly [measure: string, value: number, note: string])[]) {
  return {
    measure: figures.map(([measure]) => measure),
    value: Float64Array.from(figures, ([, value]) => value),
    note: figures.map(([, , note]) => note || null),
  }
}

/** Customers with two rows or more, the largest first. */
export function clustersSheet(found: Deduped) {
  const { clusters, matched } = found
  const { scorer } = matched
  const several = sizesOf(found)
    .map((size, cluster) => ({ size, cluster }))
    .filter(({ size }) => size > 1)
    .sort((a, b) => b.size - a.size || a.cluster - b.cluster)
  const rowsOf = (cluster: number) =>
    clusters.rows.subarray(clusters.starts[cluster], clusters.starts[cluster + 1])
  const lowest = (rows: Int32Array): number => {
    const among = [...recordsAmong(matched, rows)]
    let least = Number.POSITIVE_INFINITY
    among.forEach(([one, copies], i) => {
      if (copies > 1) least = Math.min(least, scorer.bitsOf(one, one))
      for (const [other] of among.slice(i + 1)) {
        least = Math.min(least, scorer.bitsOf(Math.min(one, other), Math.max(one, other)))
      }
    })
    return probabilityOf(least)
  }
  return {
    cluster_id: several.map(({ cluster }) => clusters.ids[cluster] as string),
    rows: Int32Array.from(several, ({ size }) => size),
    ids: several.map(({ cluster }) => listText(Array.from(rowsOf(cluster), (row) => rowName(found, row)))),
    lowest_p: Float64Array.from(several, ({ cluster }) => lowest(rowsOf(cluster))),
  }
}

export function columnsSheet({
  columns,
  known,
  matched,
  chosen,
}: Pick<Deduped, 'columns' | 'known' | 'matched' | 'chosen'>) {
  const { comparisons, mixture } = matched
  const bits = (header: string, level: 'same' | 'different') => {
    const i = comparisons.findIndex(({ field }) => field.header === header)
    if (i < 0) return Number.NaN
    const at = level === 'same' ? (comparisons[i]?.levels.length ?? 1) - 1 : 0
    return Math.log2((mixture.matches.shares[i]?.[at] as number) / (mixture.random.shares[i]?.[at] as number))
  }
  return {
    column: columns.map(({ header }) => header),
    role: known.map(({ role }) => role as string),
    filled: Float64Array.from(columns, ({ filled, rows }) => filled / rows),
    distinct: Int32Array.from(columns, ({ distinct }) => distinct),
    same_bits: Float64Array.from(columns, ({ header }) => bits(header, 'same')),
    different_bits: Float64Array.from(columns, ({ header }) => bits(header, 'different')),
    note: columns.map(({ header }) => chosen.out.find((out) => out.header === header)?.why ?? null),
  }
}

/** Customers that became one, or more than one, since an earlier run. */
export function changesSheet({ changes }: Lineage) {
  return {
    change: changes.map(({ kind }) => kind as string),
    before: changes.map(({ before }) => before),
    after: changes.map(({ after }) => after),
    rows: Int32Array.from(changes, ({ keys }) => keys.length),
    ids: changes.map(({ keys }) => listText(keys)),
  }
}

/** What the customers of an earlier run have become, in words. */
function noteLineage(input: Input, { changes, added, gone }: Lineage): void {
  const idsOf = (kind: Change['kind'], which: 'before' | 'after') =>
    new Set(changes.filter((change) => change.kind.includes(kind)).map((change) => change[which]))
  const [merged, split] = [idsOf('merged', 'after'), idsOf('split', 'before')]
  input.note(
    `since the model: ${counted(added, 'new row')}, ${gone} gone; ${counted(merged.size, 'customer')} merged of several${some(merged)}, ${split.size} split${some(split)}`,
  )
}
const some = (ids: ReadonlySet<string>): string =>
  ids.size === 0 ? '' : ` (${listText([...ids].slice(0, SHOWN_HELD))}${ids.size > SHOWN_HELD ? ' ...' : ''})`

export function explanationSheet(found: Deduped, ids: readonly [string, string]) {
  const [one, other] = ids.map((id) => rowOf(found, id)) as [number, number]
  return explainedPair(found.matched, one, other)
}

/** Of two rows, in this order. */
export function explainedPair(matched: Matched, one: number, other: number) {
  const { ofRow } = matched.records
  const [left, right] = [ofRow[one] as number, ofRow[other] as number]
  const told = explain(matched, Math.min(left, right), Math.max(left, right))
  const inOrder =
    left <= right
      ? told.columns
      : told.columns.map((each) => ({ ...each, left: each.right, right: each.left }))
  const prior = `before a look at the columns, against: ${told.against}`
  return {
    column: [...told.columns.map(({ header }) => header), 'prior', 'other explanations', 'all together'],
    left: [...inOrder.map((each) => each.left || null), null, null, null],
    right: [...inOrder.map((each) => each.right || null), null, null, null],
    level: [
      ...told.columns.map(({ level }) => level),
      prior,
      null,
      `p ${probabilityOf(told.bits).toPrecision(4)}`,
    ],
    bits: Float64Array.from([...told.columns.map(({ bits }) => bits), told.prior, told.others, told.bits]),
  }
}

function rowOf(found: Deduped, id: string): number {
  const rows = found.clusters.clusters.length
  for (let row = 0; row < rows; row++) if (rowName(found, row) === id) return row
  throw new CustError(
    'usage',
    `--explain: there is no row ${id}`,
    'write ids as the file has them, or "row 17"',
  )
}

export function evaluationSheet(found: Deduped, truth: string) {
  const column = found.columns.find(({ header }) => header === truth)
  if (!column) throw new CustError('usage', `--evaluate: there is no column ${truth}`)
  const told = evaluate(found.clusters.clusters, column.codes)
  const none = (value: number | null) => value ?? Number.NaN
  const figures: (readonly [string, number])[] = [
    ['rows with a known customer', told.rows],
    ['true pairs', told.truePairs],
    ['found pairs', told.predictedPairs],
    ['right pairs', told.truePositives],
    ['precision', none(told.precision)],
    ['recall', none(told.recall)],
    ['F1', none(told.f1)],
    ['customers in truth', told.clusters],
    ['customers exactly right', told.clustersRight],
  ]
  return {
    measure: figures.map(([measure]) => measure),
    value: Float64Array.from(figures, ([, value]) => value),
  }
}
