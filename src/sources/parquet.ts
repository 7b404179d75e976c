/** Parquet: the columns say what they are, and are read as text like all others. */
import { CustError } from '../core/errors.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import type { Sample } from './bytes.ts'
import type { InputFile } from './files.ts'
import { distinctHeaders } from './headers.ts'
import type { TextRecord } from './records.ts'
import { columnName, type Source } from './source.ts'

const SAMPLE_ROWS = 2000

export async function parquetSource(engine: Engine, file: InputFile, sample: Sample): Promise<Source> {
  if (sample.compression) {
    const what = `${file.shown}: is a ${sample.compression} file with Parquet in it`
    throw new CustError('input', what, 'unpack it first')
  }
  const names = await understood(file, () => columnsOf(engine, file))
  const { headers } = distinctHeaders(names)
  const columns = names.map((column, i) => sql`cast(${name(column)} as varchar) as ${name(columnName(i))}`)
  const rows = await firstRows(engine, file, names)
  if (rows.length === 0) throw new CustError('input', `${file.shown}: has no rows`)
  return {
    file: {
      path: file.shown,
      format: 'Parquet',
      encoding: 'UTF-8',
      evidence: 'as Parquet is',
      columns: names.length,
    },
    headers,
    written: names,
    rows,
    complete: rows.length < SAMPLE_ROWS,
    scan: sql`select file_row_number + 1 as line, ${join(columns)} from ${readParquet(file)}`,
    lined: true,
    notes: [],
    warnings: [],
    rejects: [],
    passed: undefined,
    asWritten: async () => new Map(),
    count: countOf(engine, file),
  }
}

/** The number of a row takes the place of its line. */
const readParquet = ({ path }: InputFile): Sql => sql`read_parquet(${path}, file_row_number = true)`

/** The engine says which file, by where we found it, and not what to do. */
async function understood<T>({ path, shown }: InputFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof CustError) || error.kind !== 'input') throw error
    const what = error.message.replaceAll(path, shown).replace(/'/g, '"')
    const hint = 'the file may have been cut off on its way; fetch it again'
    throw new CustError('input', `${shown}: damaged Parquet (${what})`, hint, { cause: error })
  }
}

async function columnsOf(engine: Engine, file: InputFile): Promise<string[]> {
  const { column } = await engine.fetch(
    sql`select column_name as "column" from (describe select * from read_parquet(${file.path}))`,
    { column: 'text' },
  )
  return column.filter((each) => each !== null)
}

/** From the footer of the file. */
async function countOf(engine: Engine, file: InputFile): Promise<number> {
  const { rows } = await engine.fetch(sql`select num_rows as rows from parquet_file_metadata(${file.path})`, {
    rows: 'number',
  })
  return rows[0] ?? 0
}

/** By row number, so that the same file gives the same sample whatever the threads do. */
async function firstRows(engine: Engine, file: InputFile, names: readonly string[]): Promise<TextRecord[]> {
  const shape = Object.fromEntries(names.map((_, i) => [columnName(i), 'text' as const]))
  const columns = names.map((column) => sql`cast(${name(column)} as varchar)`)
  const fetched = await engine.fetch(
    sql`select ${join(columns)} from ${readParquet(file)}
      where file_row_number < ${SAMPLE_ROWS} order by file_row_number`,
    shape,
  )
  const values = names.map((_, i) => fetched[columnName(i)] ?? [])
  return Array.from(values[0] ?? [], (_, row) => ({
    cells: values.map((column) => column[row] ?? ''),
    line: row + 1,
  }))
}
