/** The files of a run, opened: their tables, views over them, and the account of their rows. */
import { mkdir, readdir } from 'node:fs/promises'
import { basename, join as joinPath } from 'node:path'
import { CustError } from '../core/errors.ts'
import { name, type Sql, sql } from '../core/sql.ts'
import type { Table } from '../core/table.ts'
import type { Engine } from '../engines/engine.ts'
import { seenHere } from './evidence.ts'
import { type InputFile, locate } from './files.ts'
import { type Opening, openSource } from './format.ts'
import { headerKey } from './headers.ts'
import { Irregular } from './irregular.ts'
import type { Reading } from './reading.ts'
import type { Column } from './roles.ts'
import type { Source } from './source.ts'

export interface OpenInput {
  readonly files: readonly InputFile[]
  readonly sources: readonly Source[]
  /** A view that answers this query. */
  view(query: Sql, columns: readonly string[]): Promise<Table>
}

export async function openInput(
  engine: Engine,
  reading: Reading,
  { knows, headerless }: Pick<Opening, 'knows' | 'headerless'>,
): Promise<OpenInput> {
  const folder = await numberedFolder(reading.temp)
  const files = await locate(reading.paths, reading)
  const opened: Source[] = []
  for (const [index, file] of files.entries()) {
    opened.push(await openSource(engine, file, { reading, knows, headerless, folder, index }))
  }
  const sources = alikeHeaders(opened)
  let views = 0
  const view: OpenInput['view'] = async (query, columns) => {
    const from = name(`cust ${basename(folder)}${views === 0 ? '' : ` ${views}`}`)
    views++
    await careful(sources, () => engine.run(sql`create or replace temp view ${from} as ${query}`))
    const fetch: Table['fetch'] = (asked, shape, order) =>
      careful(sources, () => engine.fetch(asked, shape, order))
    const batches: Table['batches'] = (asked, shape, order) =>
      carefulBatches(sources, engine.batches(asked, shape, order))
    return { from, columns, dialect: engine.dialect, fetch, batches }
  }
  return { files, sources, view }
}

/** Named alike in every run: `--explain` shows it. */
async function numberedFolder(temp: string): Promise<string> {
  const others = (await readdir(temp)).filter((entry) => entry.startsWith('input-'))
  const folder = joinPath(temp, `input-${others.length + 1}`)
  await mkdir(folder)
  return folder
}

/** What the engine cannot read as it stands is taken apart here in a second run. */
export async function careful<T>(sources: readonly Source[], work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw carefully(sources, error)
  }
}

async function* carefulBatches<T>(sources: readonly Source[], batches: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* batches
  } catch (error) {
    throw carefully(sources, error)
  }
}

function carefully(sources: readonly Source[], error: unknown): unknown {
  if (!(error instanceof CustError) || error.kind !== 'input' || !isQuick(sources)) return error
  return new Irregular(error.message, { cause: error })
}

/** Is a file read by the engine as it stands? */
export const isQuick = (sources: readonly Source[]): boolean =>
  sources.some(({ irregular }) => irregular !== undefined)

/** The same column has the same name in every file, as the first file writes it. */
function alikeHeaders(sources: readonly Source[]): Source[] {
  const written = new Map<string, string>()
  return sources.map((source) => {
    const taken = new Set<string>()
    const headers = source.headers.map((header) => {
      const key = headerKey(header) || header
      const known = written.get(key)
      const alike = known === undefined || taken.has(known) ? header : known
      if (known === undefined) written.set(key, header)
      taken.add(alike)
      return alike
    })
    return { ...source, headers }
  })
}

/** The input in a message. */
export function placeOf(files: readonly InputFile[]): string {
  const first = files[0]?.shown ?? ''
  return files.length > 1 ? `${first} and ${files.length - 1} more` : first
}

/** The columns of all files together, with what their first cells hold. */
export function columnsOver(sources: readonly Source[]): Column[] {
  const written = new Map<string, string>()
  for (const source of sources) {
    source.headers.forEach((header, i) => {
      if (!written.has(header)) written.set(header, source.written[i] ?? header)
    })
  }
  return [...written].map(([header, as]) => ({ header, written: as, seen: seenHere(sources, header) }))
}

// The account of rows --------------------------------------------------------------------------------

/** Rows of all files, as the files themselves tell. */
export async function countOf(sources: readonly Source[]): Promise<number> {
  const counts = await Promise.all(sources.map(({ count }) => count))
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * Hold the number of rows that a query has read against what the files themselves hold. Throws Irregular where
 * the quick way of reading cannot be trusted with them.
 */
export async function verify(sources: readonly Source[], rows: number | undefined): Promise<void> {
  for (const { irregular, file } of sources) {
    const why = await irregular
    if (why !== undefined) throw new Irregular(`${file.path}: ${why}`)
  }
  if (rows === undefined) return
  const expected = await countOf(sources)
  if (rows === expected) return
  const what = `${rows} rows were read of ${expected} that the input holds`
  throw isQuick(sources) ? new Irregular(what) : new Error(what)
}
