/** Rows of the input as an answer: which of them, in which order, and out they go. */
import { CustError } from '../core/errors.ts'
import type { Column, Report, Sheet } from '../core/report.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Shape, Table } from '../core/table.ts'
import type { PackedText } from '../core/texts.ts'
import type { Engine } from '../engines/engine.ts'
import { isBatchFormat, renderBatches } from '../render/batches.ts'
import { type Format, render, type Style } from '../render/format.ts'
import type { Target } from './report.ts'

/** The query of what is asked for. Throws CustError('usage') for a column that is not there. */
export function rowsQuery({ from, columns, dialect }: Table, { columns: wanted, sort, limit }: Target): Sql {
  for (const [flag, names] of [
    ['--columns', wanted],
    ['--sort', sort.map(({ column }) => column)],
  ] as const) {
    const missing = names.find((one) => !columns.includes(one))
    if (missing === undefined) continue
    throw new CustError(
      'usage',
      `${flag}: there is no column ${missing}`,
      `the table has: ${columns.join(', ')}`,
    )
  }
  const selected = join((wanted.length > 0 ? wanted : columns).map(name))
  const keys = sort.map(
    ({ column, descending }) =>
      sql`${dialect.textOrder(name(column))} ${{ pieces: [descending ? 'desc' : 'asc'] }} nulls last`,
  )
  const ordered = keys.length > 0 ? sql` order by ${join(keys)}` : sql``
  const limited = typeof limit === 'number' ? sql` limit ${limit}` : sql``
  return sql`select ${selected} from ${from} as answer${ordered}${limited}`
}

export interface RowsOut {
  readonly engine: Engine
  readonly table: Table
  readonly target: Target
  readonly style: Style
  readonly title: Sheet['title']
}

/** The bytes of the answer, in any format that is not written by the engine. */
export async function* renderRows(format: Format, out: RowsOut): AsyncGenerator<string | Uint8Array> {
  const { target, style, engine, table } = out
  if (isBatchFormat(format)) return yield* renderBatches(format, sheetsOf(out, target), style)
  const shown = format === 'xlsx' ? target.limit : (target.limit ?? style.documentRows)
  const most = typeof shown === 'number' ? shown : undefined
  const sheet = await wholeSheet(out, { ...target, limit: most })
  const total = most === undefined || format === 'xlsx' ? sheet.length : await countOf(engine, table)
  const hidden = typeof target.limit === 'number' ? 0 : total - sheet.length
  yield* render(format, { title: '', sheets: [{ ...sheet, whole: true, hidden }] } satisfies Report, style)
}

async function countOf(engine: Engine, { from }: Table): Promise<number> {
  const { rows } = await engine.fetch(sql`select count(*) as rows from ${from} as answer`, { rows: 'number' })
  return rows[0] ?? 0
}

async function wholeSheet(out: RowsOut, target: Target): Promise<Sheet> {
  const names = namesOf(out.table, target)
  const fetched = await out.engine.fetch(rowsQuery(out.table, target), shapeOf(names))
  return sheetOf(
    out,
    names,
    names.map((_, i) => fetched[`c${i}`] as PackedText),
  )
}

/** An empty one first: an answer without rows has its header all the same. */
async function* sheetsOf(out: RowsOut, target: Target): AsyncGenerator<Sheet> {
  const names = namesOf(out.table, target)
  const nothing: PackedText = { bytes: new Uint8Array(), starts: new Uint32Array(1), missing: new Set() }
  yield sheetOf(
    out,
    names,
    names.map(() => nothing),
  )
  for await (const batch of out.engine.batches(rowsQuery(out.table, target), shapeOf(names), 'as read')) {
    yield sheetOf(
      out,
      names,
      names.map((_, i) => batch[`c${i}`] as PackedText),
    )
  }
}

const namesOf = ({ columns }: Table, { columns: wanted }: Target): readonly string[] =>
  wanted.length > 0 ? wanted : columns

const shapeOf = (names: readonly string[]): Shape =>
  Object.fromEntries(names.map((_, i) => [`c${i}`, 'packed' as const]))

function sheetOf({ title }: RowsOut, names: readonly string[], texts: readonly PackedText[]): Sheet {
  const columns = names.map((key, i): Column => {
    return { key, unit: 'text', title: { en: key, zh: key }, values: texts[i] as PackedText }
  })
  const length = (texts[0]?.starts.length ?? 1) - 1
  return { name: 'rows', title, columns, length }
}
