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
import { dateOfParts } from './dateParts.ts'
import { type Field, fieldsOf } from './fields.ts'
import { goldenRows } from './golden.ts'
import { refuseNames, refuseNonsense } from './health.ts'
import { householdsSheet } from './households.ts'
import spec from './index.ts'
import { keepRules } from './keep.ts'
import { match } from './match.ts'
import { mergedOrders } from './orders.ts'
import { pairsSheet } from './pairs.ts'
import type { MatchRole } from './roleNames.ts'
import { roleOf } from './roles.ts'
import { survivorColumns } from './sound.ts'
import {
  clustersSheet,
  columnsSheet,
  evaluationSheet,
  explanationSheet,
  noteFindings,
  summarySheet,
} from './tables.ts'

export type DedupeOptions = OptionValues<(typeof spec)['options']>

export const run: Run<typeof spec> = async (input, options) => {
  const columns = await columnsIn(input)
  const known = await knownColumns(columns, options)
  const chosen = chooseFields(known.flatMap(({ fields }) => fields))
  refuseNames(new Set(chosen.fields.map(({ role }) => role)))
  const rows = columns[0]?.rows ?? 0
  const threshold = bitsOfProbability(options.threshold.p)
  const keys = known.filter(({ column }) => options.key.includes(column.header)).map(({ column }) => column)
  const matched = match(rows, chosen.fields, { perRecord: options.budget, threshold, keys })
  refuseNonsense(matched)
  const id = known.find(({ role }) => role === 'row id')?.column
  const clusters = rowClusters(matched, { id, maxCluster: options.maxCluster, threshold })
  const survivors = survivorColumns(columns, clusters.clusters, clusters.count)
  const rules = options.keep === undefined ? new Map() : keepRules(options.keep, survivors)
  const golden = goldenRows({
    columns: survivors,
    clusters: clusters.clusters,
    count: clusters.count,
    rules,
    id: id === undefined ? undefined : columns.indexOf(id),
  })
  const found: Deduped = { columns, known, chosen, id, matched, clusters, golden, survivors, threshold }
  noteFindings(input, found)
  const orders = await mergedOrders(input, options.orders, found)
  return {
    sheets: sheetsOf(options, found, orders),
    saves: savesOf(found, options, orders),
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

async function knownColumns(columns: readonly Column[], options: DedupeOptions): Promise<Known[]> {
  const { role: roles, never, evaluate } = options
  for (const { column } of roles) {
    if (columns.some(({ header }) => header === column)) continue
    const has = columns.map(({ header }) => header).join(', ')
    throw new CustError('usage', `--role: there is no column ${column}`, `the file has: ${has}`)
  }
  const known: Known[] = []
  for (const column of columns) {
    const { header } = column
    const given = roles.findLast((each) => each.column === header)?.role
    const isOut = never.includes(header) || evaluate.includes(header)
    const role = isOut ? 'skip' : (given ?? roleOf(column))
    const fields = role === 'skip' || role === 'row id' ? [] : await fieldsOf(column, role)
    known.push({ column, role, fields })
  }
  const free = known.filter(({ fields }) => fields.length > 0).map(({ column }) => column)
  const birth = dateOfParts(free)
  if (!birth) return known
  return known.map((each) => {
    const part = birth.parts.indexOf(each.column)
    return part < 0 ? each : { ...each, role: 'date' as const, fields: part === 0 ? [birth.field] : [] }
  })
}
