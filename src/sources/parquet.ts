/** Parquet: the columns say what they are, and are read as text like all others. */
import { CustError } from '../core/errors.ts'
import { join, name, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { distinctHeaders } from './headers.ts'
import type { Prepared } from './prepare.ts'
import { columnName, type Source } from './source.ts'

const SAMPLE_ROWS = 2000

export async function parquetSource(engine: Engine, input: Prepared): Promise<Source> {
  const names = await columnsOf(engine, input)
  const { headers } = distinctHeaders(names)
  const columns = names.map((column, i) => sql`cast(${name(column)} as varchar) as ${name(columnName(i))}`)
  const rows = await firstRows(engine, input, names)
  if (rows.length === 0) throw new CustError('input', `${input.shown}: has no rows`)
  return {
    file: { path: input.shown, format: 'Parquet', encoding: input.encoding, columns: names.length },
    headers,
    rows,
    complete: rows.length < SAMPLE_ROWS,
    scan: sql`select ${join(columns)} from read_parquet(${input.path})`,
    notes: [],
    read: { path: input.path, shown: input.shown, compression: undefined, width: undefined },
  }
}

async function columnsOf(engine: Engine, input: Prepared): Promise<string[]> {
  const { column } = await engine.fetch(
    sql`select column_name as "column" from (describe select * from read_parquet(${input.path}))`,
    { column: 'text' },
  )
  return column.filter((each) => each !== null)
}

/** By row number, so that the same file gives the same sample whatever the threads do. */
async function firstRows(engine: Engine, input: Prepared, names: readonly string[]): Promise<string[][]> {
  const shape = Object.fromEntries(names.map((_, i) => [columnName(i), 'text' as const]))
  const columns = names.map((column) => sql`cast(${name(column)} as varchar)`)
  const fetched = await engine.fetch(
    sql`select ${join(columns)} from read_parquet(${input.path}, file_row_number = true)
      where file_row_number < ${SAMPLE_ROWS} order by file_row_number`,
    shape,
  )
  const values = names.map((_, i) => fetched[columnName(i)] ?? [])
  return Array.from(values[0] ?? [], (_, row) => values.map((column) => column[row] ?? ''))
}
