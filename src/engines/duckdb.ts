/**
 * DuckDB in this process: the default engine. The only file that knows its package.
 * No extension is ever fetched, nothing is written but in the given temporary folder.
 */
import { availableParallelism, totalmem } from 'node:os'
import { join as joinPath } from 'node:path'
import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import { NO_DAY } from '../core/days.ts'
import { CustError } from '../core/errors.ts'
import type { Column, Sheet } from '../core/report.ts'
import { join, name, render, type Sql, sql } from '../core/sql.ts'
import type { Dialect, Fetched, Shape } from '../core/table.ts'
import { textReader } from '../core/texts.ts'
import { type Growing, growing } from './columns.ts'
import type { Engine, EngineSettings } from './engine.ts'

const MB = 1_000_000
/** What the process may use unless --memory says otherwise; beyond it, work goes to the temporary folder. */
const DEFAULT_MEMORY = 1150 * MB
const SMALLEST_LIMIT = 60 * MB
/** Below this every thread's own buffers are too much: one thread, slower, keeps to the budget. */
const ROOM_FOR_THREADS = 600 * MB

// Memory that a finished step no longer needs goes back to the system at once, for the columns that follow.
const GIVE_BACK = { allocator_background_threads: 'true', allocator_flush_threshold: '1MB' }

export const duckdbDialect: Dialect = {
  name: 'duckdb',
  quoteName: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  quoteText: (text) => `'${text.replaceAll("'", "''")}'`,
  date: (iso) => sql`cast(${iso} as date)`,
  days: (later, earlier) => sql`(${later} - ${earlier})`,
  real: (value) => sql`cast(${value} as double precision)`,
  roughDistinct: (value) => sql`approx_count_distinct(${value})`,
  digest: (columns) => sql`hash(${join(columns)})`,
  textOrder: (value) => value,
}

// Rows that nobody has fetched yet: while this thread reads some, the engine makes the next.
const AHEAD = '16MB'

/** Open an in-memory database. */
export async function openDuckdb(settings: EngineSettings): Promise<Engine> {
  const memory = settings.memory ?? Math.min(DEFAULT_MEMORY, 0.6 * totalmem())
  const threads = settings.threads ?? (memory < ROOM_FOR_THREADS ? 1 : availableParallelism())
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${Math.floor(engineLimit(memory) / MB)}MB`,
    threads: String(threads),
    temp_directory: joinPath(settings.temp, 'duckdb'),
    preserve_insertion_order: 'false',
    ...(memory < ROOM_FOR_THREADS ? GIVE_BACK : {}),
  })
  const connection = await instance.connect()
  const ahead = memory < ROOM_FOR_THREADS ? '' : `set streaming_buffer_size = '${AHEAD}';`
  await connection.run(
    `set TimeZone = 'UTC'; set enable_progress_bar = true; set enable_progress_bar_print = false; ${ahead}`,
  )
  return engineOver(instance, connection, threads)
}

/**
 * The share of the process's memory that DuckDB's buffers may take. The rest is Node, the columns of
 * the answer and what DuckDB allocates beside its buffers (70-250 MB measured).
 */
function engineLimit(memory: number): number {
  return Math.max(SMALLEST_LIMIT, memory - Math.max(300 * MB, 0.2 * memory))
}

function engineOver(instance: DuckDBInstance, connection: DuckDBConnection, threads: number): Engine {
  const text = (query: Sql): string => render(query, duckdbDialect)
  // Many threads at once may not fit where one does: what fails for want of memory is tried again by one.
  const sparing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await explained(work)
    } catch (error) {
      if (threads === 1 || !(error instanceof CustError) || error.message !== OUT_OF_MEMORY) throw error
    }
    await connection.run('set threads = 1')
    try {
      return await explained(work)
    } finally {
      await connection.run(`set threads = ${threads}`)
    }
  }
  const stopping = stoppingOf(connection)
  const { turn, held } = takingTurns(stopping.check)
  return {
    dialect: duckdbDialect,
    fetch: (query, shape, order) => {
      const work = () => fetchColumns(connection, text(query), shape)
      return turn(() => sparing(() => (order === undefined ? work() : inOrder(connection, work))))
    },
    run: (statement) => turn(() => sparing(async () => void (await connection.run(text(statement))))),
    keep: (as, query) => {
      const create = text(sql`create or replace temp table ${as} as ${query}`)
      return turn(() => sparing(() => inOrder(connection, async () => void (await connection.run(create)))))
    },
    batches: (query, shape, order) =>
      held(() => {
        const begin = () => sparing(() => connection.stream(text(query)))
        const rows = () => batchesOf(begin, shape)
        return order === undefined ? rows() : batchesInOrder(connection, rows)
      }),
    copyParquet: (query, path) =>
      turn(() =>
        explained(() =>
          inOrder(connection, async () => {
            const copy = sql`copy (${query}) to ${path} (format parquet, compression zstd)`
            await connection.run(text(copy))
          }),
        ),
      ),
    explain: (query) => turn(() => explained(() => planOf(connection, text(query)))),
    writeParquet: (sheet, path) => turn(() => explained(() => writeParquet(connection, sheet, path))),
    progress: () => {
      const { percentage } = connection.progress
      return percentage < 0 ? undefined : percentage / 100
    },
    interrupt: stopping.begin,
    close: () => {
      stopping.end()
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const AGAIN_MS = 50

/** DuckDB forgets an interruption when a query begins: it is said again until all is closed, and none begins. */
function stoppingOf(connection: DuckDBConnection) {
  let again: NodeJS.Timeout | undefined
  return {
    begin() {
      connection.interrupt()
      again ??= setInterval(() => connection.interrupt(), AGAIN_MS).unref()
    },
    check() {
      if (again !== undefined) throw new CustError('interrupted', 'interrupted')
    },
    end: () => clearInterval(again),
  }
}

/**
 * One query after another: a statement that starts on a connection ends, without a word, the rows that another
 * still has to give. Whoever reads batches keeps the turn to the last of them, and asks nothing else meanwhile.
 */
function takingTurns(check: () => void) {
  let last: Promise<unknown> = Promise.resolve()
  const take = async (): Promise<() => void> => {
    const before = last
    let pass = () => {}
    last = new Promise<void>((resolve) => {
      pass = resolve
    })
    await before
    return pass
  }
  return {
    async turn<T>(work: () => Promise<T>): Promise<T> {
      const pass = await take()
      try {
        check()
        return await work()
      } finally {
        pass()
      }
    },
    async *held<T>(work: () => AsyncGenerator<T>): AsyncGenerator<T> {
      const pass = await take()
      try {
        check()
        yield* work()
      } finally {
        pass()
      }
    },
  }
}

async function planOf(connection: DuckDBConnection, query: string): Promise<string> {
  const result = await connection.runAndReadAll(`explain ${query}`)
  return result
    .getRows()
    .map((row) => String(row[1]))
    .join('\n')
}

// Reading columns ------------------------------------------------------------------------------

async function fetchColumns<S extends Shape>(
  connection: DuckDBConnection,
  query: string,
  shape: S,
): Promise<Fetched<S>> {
  const chunks = chunksOf(await connection.stream(query))
  try {
    return (await rowReader(chunks, shape, Number.POSITIVE_INFINITY)()).columns
  } finally {
    await chunks.end()
  }
}

/** The chunks of a result, of which the engine makes the next while this thread reads one. */
interface Chunks {
  next(): Promise<DuckDBDataChunk | null>
  /** Nothing of it is under way any more. */
  end(): Promise<void>
}

function chunksOf(result: DuckDBResult): Chunks {
  let coming: Promise<DuckDBDataChunk | null> | undefined
  return {
    async next() {
      const chunk = await (coming ?? result.fetchChunk())
      coming = chunk !== null && chunk.rowCount > 0 ? result.fetchChunk() : undefined
      // Whoever asks for it hears of its error.
      coming?.catch(() => {})
      return chunk
    },
    async end() {
      await coming?.catch(() => {})
    },
  }
}

/** Reads the next rows of a result, at least so many where there are any. They hold until it reads others. */
function rowReader<S extends Shape>(chunks: Chunks, shape: S, wanted: number) {
  const names = Object.keys(shape)
  const room = Number.isFinite(wanted) ? wanted + MOST_ROWS_OF_CHUNK : undefined
  const columns = names.map((key) => growing(shape[key] as Shape[string], room))
  return async () => {
    for (const column of columns) column.clear()
    const { length, more } = await readInto(columns, chunks, wanted)
    const read = Object.fromEntries(names.map((key, i) => [key, columns[i]?.done(length)])) as Fetched<S>
    return { columns: read, length, more }
  }
}

async function readInto(columns: readonly Growing[], chunks: Chunks, wanted: number) {
  let [length, more] = [0, true]
  while (more && length < wanted) {
    const chunk = await chunks.next()
    more = chunk !== null && chunk.rowCount > 0
    if (!chunk || !more) break
    columns.forEach((column, i) => {
      column.add(chunk.getColumnVector(i), chunk.rowCount, length)
    })
    length += chunk.rowCount
  }
  return { length, more }
}

/** Rows keep the order of the query only so, from the first one read to the last one written. */
async function inOrder<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await keepOrder(connection)
  try {
    return await work()
  } finally {
    await anyOrder(connection)
  }
}

/** A long list after `in` would become a join, which keeps no order. */
const keepOrder = (connection: DuckDBConnection) =>
  connection.run(`set preserve_insertion_order = true; set disabled_optimizers = 'in_clause'`)

const anyOrder = (connection: DuckDBConnection) =>
  connection.run(`set preserve_insertion_order = false; reset disabled_optimizers`)

const ROWS_PER_BATCH = 40_960
const MOST_ROWS_OF_CHUNK = 2048

async function* batchesOf<S extends Shape>(
  begin: () => Promise<DuckDBResult>,
  shape: S,
): AsyncGenerator<Fetched<S>> {
  const chunks = chunksOf(await begin())
  const read = rowReader(chunks, shape, ROWS_PER_BATCH)
  try {
    for (let more = true; more; ) {
      const batch = await explained(read)
      more = batch.more
      if (batch.length > 0) yield batch.columns
    }
  } finally {
    await chunks.end()
  }
}

async function* batchesInOrder<T>(
  connection: DuckDBConnection,
  batches: () => AsyncGenerator<T>,
): AsyncGenerator<T> {
  await keepOrder(connection)
  try {
    yield* batches()
  } finally {
    await anyOrder(connection)
  }
}

// Writing Parquet ------------------------------------------------------------------------------

const ROWS_PER_CHUNK = 2048

async function writeParquet(connection: DuckDBConnection, sheet: Sheet, path: string): Promise<void> {
  const table = name('cust_sheet')
  const stored = sheet.columns.map(storedColumn)
  const declared = stored.map(({ type }, i) => sql`${name(`c${i}`)} ${{ pieces: [String(type)] }}`)
  const run = (statement: Sql) => connection.run(render(statement, duckdbDialect))
  await inOrder(connection, async () => {
    await run(sql`create or replace temp table ${table} (${join(declared)})`)
    await appendRows(connection, sheet, stored)
    const selected = stored.map(
      ({ read }, i) => sql`${read(name(`c${i}`))} as ${name(sheet.columns[i]?.key ?? '')}`,
    )
    await run(
      sql`copy (select ${join(selected)} from ${table}) to ${path} (format parquet, compression zstd)`,
    )
    await run(sql`drop table ${table}`)
  })
}

async function appendRows(
  connection: DuckDBConnection,
  sheet: Sheet,
  stored: readonly Stored[],
): Promise<void> {
  const appender = await connection.createAppender('cust_sheet')
  const total = sheet.rows?.length ?? sheet.length
  for (let start = 0; start < total; start += ROWS_PER_CHUNK) {
    const count = Math.min(ROWS_PER_CHUNK, total - start)
    const chunk = DuckDBDataChunk.create(
      stored.map(({ type }) => type),
      count,
    )
    stored.forEach(({ value }, column) => {
      const values = Array.from({ length: count }, (_, i) => value(sheet.rows?.[start + i] ?? start + i))
      chunk.setColumnValues(column, values)
    })
    appender.appendDataChunk(chunk)
  }
  appender.flushSync()
  appender.closeSync()
}

/** How a column of an answer is stored: its type on the way in, its values, and its meaning on the way out. */
interface Stored {
  readonly type: DuckDBType
  value(row: number): DuckDBValue
  read(column: Sql): Sql
}

const asIs = (column: Sql): Sql => column
const present = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value

function storedColumn(column: Column): Stored {
  switch (column.unit) {
    case 'text': {
      return { type: VARCHAR, value: textReader(column.values), read: asIs }
    }
    case 'day': {
      const value = (row: number) => (column.values[row] === NO_DAY ? null : present(column.values[row]))
      return { type: INTEGER, value, read: (stored) => sql`cast(date '1970-01-01' + ${stored} as date)` }
    }
    case 'money': {
      const { units, scale } = column.values
      const value = (row: number) => {
        const amount = present(units[row])
        return amount === null ? null : BigInt(amount)
      }
      return { type: BIGINT, value, read: (stored) => decimalOf(stored, scale) }
    }
    case 'score':
      return { type: UTINYINT, value: (row) => column.values[row] || null, read: asIs }
    case 'count': {
      const value = (row: number) => {
        const number = present(column.values[row])
        return number === null ? null : BigInt(number)
      }
      return { type: BIGINT, value, read: asIs }
    }
    default:
      return { type: DOUBLE, value: (row) => present(column.values[row]), read: asIs }
  }
}

/** Whole minor units as an exact decimal: a product of decimals, as a quotient would be a double. */
function decimalOf(units: Sql, scale: number): Sql {
  if (scale === 0) return sql`cast(${units} as decimal(18, 0))`
  const unit: Sql = { pieces: [`0.${'1'.padStart(scale, '0')}`] }
  return sql`cast(cast(${units} as decimal(18, 0)) * ${unit} as decimal(18, ${scale}))`
}

// Errors ---------------------------------------------------------------------------------------

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw errorOf(error)
  }
}

const OUT_OF_MEMORY = 'not enough memory'
const MEMORY_HINT = 'give it more with --memory, such as --memory 4GB'

/** DuckDB's errors have no code: the class is a prefix of the text. */
function errorOf(error: unknown): unknown {
  if (error instanceof CustError || !(error instanceof Error)) return error
  const message = (error.message.split('\n')[0] ?? '').trim()
  const cause = { cause: error }
  if (/No space left on device|ENOSPC|could not write all bytes/i.test(error.message)) {
    return new CustError(
      'bug',
      'no space left on the device',
      'free some space, or choose another --temp-dir',
      cause,
    )
  }
  if (message.startsWith('INTERRUPT')) return new CustError('interrupted', 'interrupted', '', cause)
  if (message.startsWith('Out of Memory')) return new CustError('bug', OUT_OF_MEMORY, MEMORY_HINT, cause)
  if (/^(IO|Invalid Input|Conversion|Permission) Error/.test(message)) {
    return new CustError('input', message.replace(/^[\w ]+ Error: /, ''), '', cause)
  }
  return error
}
