/** The rows that are one customer: read, match, group, merge, tell. */
import type { Answer, AnyColumns, Free, Input, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { OptionValues } from '../../core/options.ts'
import { absent, type SheetDescription, type Column as Written } from '../../core/report.ts'
import { join, name, sql } from '../../core/sql.ts'
import type { Fetched, Shape } from '../../core/table.ts'
import { chooseFields } from './choose.ts'
import { bitsOfProbability, rowClusters } from './clusters.ts'
import { type Column, columnOf } from './columns.ts'
import { conflictsSheet, type Deduped, goldenSheet, markedRows } from './customers.ts'
import { type Field, fieldsOf } from './fields.ts'
import { goldenRows } from './golden.ts'
import { refuseNames, refuseNonsense } from './health.ts'
import { householdsSheet } from './households.ts'
import spec from './index.ts'
import { keepRules } from './keep.ts'
import { keptText, readKept } from './kept.ts'
import { fieldsAs, type Learnt, learntFrom } from './learnt.ts'
import { beforeOf, lineageOf, rowKeys } from './lineage.ts'
import { match } from './match.ts'
import { mergedOrders } from './orders.ts'
import { pairsSheet } from './pairs.ts'
import type { MatchRole } from './roleNames.ts'
import { roleOf } from './roles.ts'
import { survivorColumns } from './sound.ts'
import {
  changesSheet,
  clustersSheet,
  columnsSheet,
  evaluationSheet,
  explanationSheet,
  noteFindings,
  summarySheet,
} from './tables.ts'

export type DedupeOptions = OptionValues<(typeof spec)['options']>

export const run: Run<typeof spec> = async (input, options) => {
  const kept = options.useModel && readKept(options.useModel)
  if (kept) checkFree(options)
  const columns = await columnsIn(input)
  const known = await knownColumns(columns, options, kept?.learnt)
  const fields = known.flatMap((each) => each.fields)
  const chosen = kept
    ? fieldsAs(
        kept.learnt,
        fields,
        columns.map(({ header }) => header),
      )
    : chooseFields(fields)
  refuseNames(new Set(chosen.fields.map(({ role }) => role)))
  const rows = columns[0]?.rows ?? 0
  const threshold = bitsOfProbability(options.threshold.p)
  const keys = known.filter(({ column }) => options.key.includes(column.header)).map(({ column }) => column)
  const learnt = kept?.learnt
  const matched = match(rows, chosen.fields, { perRecord: options.budget, threshold, keys, learnt })
  refuseNonsense(matched)
  const id = known.find(({ role }) => role === 'row id')?.column
  const own = rowClusters(matched, { id, maxCluster: options.maxCluster, threshold })
  const rowNames = kept || options.saveModel ? rowKeys(rows, id, matched.records) : []
  const lineage = kept ? lineageOf(own, rowNames, kept.before) : undefined
  const clusters = lineage ? { ...own, ids: lineage.ids } : own
  const survivors = survivorColumns(columns, clusters.clusters, clusters.count)
  const rules = options.keep === undefined ? new Map() : keepRules(options.keep, survivors)
  const golden = goldenRows({
    columns: survivors,
    clusters: clusters.clusters,
    count: clusters.count,
    rules,
    id: id === undefined ? undefined : columns.indexOf(id),
  })
  const found: Deduped = {
    ...{ columns, known, chosen, id, matched, clusters, golden, survivors, threshold, lineage },
  }
  noteFindings(input, found)
  const orders = await mergedOrders(input, options.orders, found)
  return {
    sheets: sheetsOf(options, found, orders),
    saves: {
      ...savesOf(found, options, orders),
      ...(options.saveModel
        ? {
            saveModel: keptText({
              learnt: learnt ?? learntFrom(found),
              before: beforeOf(clusters, rowNames),
            }),
          }
        : {}),
    },
    show: [
      ...(options.explain.length > 0 ? ['explanation' as const] : []),
      ...(options.evaluate.length > 0 ? ['evaluation' as const] : []),
    ],
  }
}

type Sheets = Answer<(typeof spec)['gives']>['sheets']

function sheetsOf(options: DedupeOptions, found: Deduped, orders: Free | undefined): Sheets {
  const [truth] = options.evaluate
  return {
    rows: () => markedRows(found),
    summary: () => summarySheet(found),
    clusters: () => clustersSheet(found),
    golden: () => goldenSheet(found, options.provenance),
    conflicts: () => conflictsSheet(found),
    columns: () => columnsSheet(found),
    pairs: () => pairsSheet(found),
    households: () => householdsSheet(found),
    orders: orders ?? absent('name the file with --orders'),
    changes: found.lineage ? changesSheet(found.lineage) : absent('name an earlier run with --use-model'),
    explanation:
      options.explain.length > 0
        ? explanationSheet(found, idsOf(options.explain))
        : absent('name two rows with --explain ID1,ID2'),
    evaluation:
      truth === undefined
        ? absent('name the column of the truth with --evaluate')
        : evaluationSheet(found, truth),
  }
}

/** Sheets that have a file of their own, as their options name them. */
function savesOf(found: Deduped, options: DedupeOptions, orders: Free | undefined) {
  return {
    golden: () => goldenSheet(found, options.provenance),
    conflicts: () => described('conflicts', conflictsSheet(found)),
    pairs: () => described('pairs', pairsSheet(found)),
    household: () => described('households', householdsSheet(found)),
    ...(orders ? { mergedOrders: orders } : {}),
  }
}

/** Columns as the spec describes them. */
function described(sheet: keyof typeof spec.gives, columns: AnyColumns): Free {
  const free = Object.entries(spec.gives[sheet] as SheetDescription).flatMap(([key, { unit, title }]) =>
    columns[key] === undefined ? [] : [{ key, unit, title, values: columns[key] } as Written],
  )
  return { free }
}

function idsOf(given: readonly string[]): readonly [string, string] {
  const ids = given
    .flatMap((each) => (given.length === 2 ? [each] : each.split(',')))
    .map((each) => each.trim())
  if (ids.length === 2) return ids as [string, string]
  throw new CustError('usage', `--explain needs two ids, not ${ids.length}`, 'write them as ID1,ID2')
}

// Columns --------------------------------------------------------------------------------------------------

async function columnsIn(input: Input): Promise<Column[]> {
  const table = await input.rows()
  const query = sql`select ${join(table.columns.map(name))} from ${table.from} as input`
  const shape: Shape = Object.fromEntries(table.columns.map((_, i) => [`c${i}`, 'coded' as const]))
  const fetched = (await table.fetch(query, shape, 'as read')) as Fetched<Record<string, 'coded'>>
  const columns = table.columns.map((header, i) => {
    const { codes, words } = fetched[`c${i}`] as Fetched<Record<string, 'coded'>>[string]
    return columnOf(header, withoutBlanks(codes, words), words)
  })
  if ((columns[0]?.rows ?? 0) === 0) throw new CustError('input', 'the input has no rows')
  return columns
}

/** An empty cell has no value. */
function withoutBlanks(codes: Int32Array, words: readonly string[]): Int32Array {
  const blank = Uint8Array.from(words, (word) => (word.trim() === '' ? 1 : 0))
  return blank.includes(1) ? codes.map((code) => (code >= 0 && blank[code] === 1 ? -1 : code)) : codes
}

export interface Known {
  readonly column: Column
  readonly role: MatchRole
  readonly fields: readonly Field[]
}

async function knownColumns(
  columns: readonly Column[],
  options: DedupeOptions,
  learnt: Learnt | undefined,
): Promise<Known[]> {
  const { role: roles, never, evaluate } = options
  for (const { column } of roles) checkColumn(columns, `--role: there is no column ${column}`, column)
  for (const { header, role } of learnt?.columns ?? []) {
    if (role !== 'skip') checkColumn(columns, `--use-model: this file has no column ${header}`, header)
  }
  const known: Known[] = []
  for (const column of columns) {
    const { header } = column
    const kept = learnt?.columns.find((each) => each.header === header)
    const given = roles.findLast((each) => each.column === header)?.role
    const isOut = never.includes(header) || evaluate.includes(header) || (learnt && !kept)
    const role = isOut ? 'skip' : (kept?.role ?? given ?? roleOf(column))
    const fields = role === 'skip' || role === 'row id' ? [] : await fieldsOf(column, role, kept?.form)
    known.push({ column, role, fields })
  }
  return known
}

function checkColumn(columns: readonly Column[], message: string, wanted: string): void {
  if (columns.some(({ header }) => header === wanted)) return
  const has = columns.map(({ header }) => header).join(', ')
  throw new CustError('usage', message, `the file has: ${has}`)
}

/** What a model has decided is not decided anew. */
function checkFree({ role, never }: DedupeOptions): void {
  const other = role.length > 0 ? '--role' : never.length > 0 ? '--never' : undefined
  if (other === undefined) return
  throw new CustError(
    'usage',
    `--use-model and ${other} cannot go together`,
    'the model says what columns are',
  )
}
