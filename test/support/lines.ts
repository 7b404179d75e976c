/** Order lines for tests: the same rows as a table in DuckDB and in PostgreSQL (in process). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import Papa from 'papaparse'
import { NO_DAY, parseDay } from '../../src/core/days.ts'
import { join as list, name, render, type Sql, sql } from '../../src/core/sql.ts'
import type { Dialect, Fetched, Shape, Table } from '../../src/core/table.ts'
import { packer } from '../../src/core/texts.ts'
import { textDictionary } from '../../src/engines/dictionary.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'

/** A line by role name; money as written. */
export type Line = Readonly<Record<string, string | null>>

const types: Readonly<Record<string, string>> = {
  customer: 'varchar',
  order: 'varchar',
  day: 'date',
  amount: 'decimal(18, 6)',
  refund: 'decimal(18, 6)',
  status: 'varchar',
  currency: 'varchar',
  cost: 'decimal(18, 6)',
  margin: 'decimal(18, 6)',
  reduction: 'decimal(18, 6)',
  quantity: 'decimal(18, 6)',
  price: 'decimal(18, 6)',
  problem: 'varchar',
}

export interface Lines {
  readonly table: Table
  close(): Promise<void>
}

/** The statement that makes the table `lines`. */
function making(columns: readonly string[]): Sql {
  const declared = columns.map((column) => sql`${name(column)} ${{ pieces: [types[column] ?? 'varchar'] }}`)
  return sql`create table lines (${list(declared)})`
}

/** The statements that make and fill the table `lines`. */
function filling(lines: readonly Line[], columns: readonly string[]): Sql[] {
  const all = [...columns, 'problem']
  const rows = lines.map((line) => sql`(${list(all.map((column) => sql`${line[column] ?? null}`))})`)
  const inserts: Sql[] = []
  for (let i = 0; i < rows.length; i += 1000) {
    inserts.push(sql`insert into lines values ${list(rows.slice(i, i + 1000))}`)
  }
  return [making(all), ...inserts]
}

export async function duckdbLines(lines: readonly Line[], columns: readonly string[]): Promise<Lines> {
  const temp = mkdtempSync(join(tmpdir(), 'cust-test-'))
  const engine = await openDuckdb({ memory: undefined, threads: 2, temp })
  const all = [...columns, 'problem']
  await engine.run(making(all))
  if (lines.length > 0) {
    // Statements of thousands of values are parsed for longer than most tests take.
    const path = join(temp, 'lines.json')
    writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
    const texts = list(all.map((column) => sql`${name(column)}: 'varchar'`))
    const read = sql`read_json(${path}, format = 'newline_delimited', columns = {${texts}})`
    const inserted = sql`insert into lines select ${list(all.map(name))} from ${read}`
    // Some runs are asked for their rows as they stand.
    const inOrder = (is: string) => engine.run(sql`set preserve_insertion_order = ${is}`)
    await inOrder('true')
    await engine.run(inserted)
    await inOrder('false')
  }
  const table: Table = {
    from: name('lines'),
    columns: all,
    dialect: engine.dialect,
    fetch: engine.fetch,
    batches: engine.batches,
  }
  const close = async () => {
    engine.close()
    rmSync(temp, { recursive: true, force: true })
  }
  return { table, close }
}

const postgresDialect: Dialect = {
  name: 'postgres',
  quoteName: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  quoteText: (text) => `'${text.replaceAll("'", "''")}'`,
  date: (iso) => sql`cast(${iso} as date)`,
  days: (later, earlier) => sql`(${later} - ${earlier})`,
  real: (value) => sql`cast(${value} as double precision)`,
  roughDistinct: (value) => sql`count(distinct ${value})`,
  digest: (columns) => sql`hashtextextended(cast(row(${list(columns)}) as text), 0)`,
  textOrder: (value) => sql`${value} collate "C"`,
}

const DATE_TYPE = 1082

export async function postgresLines(
  database: PGlite,
  lines: readonly Line[],
  columns: readonly string[],
): Promise<Lines> {
  for (const statement of filling(lines, columns)) await database.exec(render(statement, postgresDialect))
  const fetch = async <S extends Shape>(query: Sql, shape: S): Promise<Fetched<S>> => {
    const options = { rowMode: 'array' as const, parsers: { [DATE_TYPE]: (text: string) => text } }
    const { rows } = await database.query<unknown[]>(render(query, postgresDialect), [], options)
    const columnsOf = Object.entries(shape).map(([key, kind], i) => [
      key,
      valuesOf(
        rows.map((row) => row[i]),
        kind,
      ),
    ])
    return Object.fromEntries(columnsOf) as Fetched<S>
  }
  const table: Table = {
    from: name('lines'),
    columns: [...columns, 'problem'],
    dialect: postgresDialect,
    fetch,
    batches: async function* (query, shape) {
      yield await fetch(query, shape)
    },
  }
  return { table, close: async () => void (await database.exec('drop table lines')) }
}

function packed(texts: readonly (string | null)[]) {
  const pack = packer()
  for (const text of texts) pack.add(text)
  return pack.done()
}

/** A run ends with its chunk at the latest, as in the engine. */
function runs(texts: readonly (string | null)[]) {
  const starts = [...texts.keys()].filter((row) => row % 2048 === 0 || texts[row] !== texts[row - 1])
  return {
    texts: packed(starts.map((row) => texts[row] as string | null)),
    starts: Uint32Array.from([...starts, texts.length]),
  }
}

function coded(texts: readonly (string | null)[]) {
  const dictionary = textDictionary(true)
  const codes = Int32Array.from(texts, (text) => dictionary.codeOf(text))
  return { codes, words: dictionary.done().words ?? [] }
}

function valuesOf(values: unknown[], kind: Shape[string]) {
  if (kind === 'text') return values
  if (kind === 'coded') return coded(values as (string | null)[])
  if (kind === 'groups') {
    const { codes, words } = coded(values as (string | null)[])
    return { codes, groups: words.length }
  }
  if (kind === 'packed') return packed(values as (string | null)[])
  if (kind === 'runs') return runs(values as (string | null)[])
  if (kind === 'day')
    return Int32Array.from(values, (day) => (day === null ? NO_DAY : (parseDay(String(day)) as number)))
  return Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value)))
}

/** Lines of a CSV file by role: `{ customer: 'customer_id', day: 'order_date' }`. */
export function linesOfCsv(path: string, roles: Readonly<Record<string, string>>): Line[] {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(path, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  })
  return data.map((row) =>
    Object.fromEntries(Object.entries(roles).map(([role, header]) => [role, row[header] || null])),
  )
}
