/** A file as a table of rows to be written again: read from the first to the last as often as it is asked. */
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { CustError } from '../core/errors.ts'
import { commonRoles, type Role } from '../core/roles.ts'
import { join, name, sql } from '../core/sql.ts'
import type { Table } from '../core/table.ts'
import { type PackedText, type SlicedText, textReader } from '../core/texts.ts'
import type { Engine } from '../engines/engine.ts'
import type { Seen } from '../fields/seen.ts'
import { byteOrderMark } from './blocks.ts'
import { piecesOf, unpacked } from './bytes.ts'
import { described, type Plan, planOf } from './delimited.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import { seenHere } from './evidence.ts'
import { type InputFile, locate } from './files.ts'
import { knowFile } from './format.ts'
import { isKnownHeader } from './headers.ts'
import type { Reading } from './reading.ts'
import type { TextRecord } from './records.ts'
import { castRoles, type Played } from './roles.ts'
import type { ReadBatch } from './rowBatch.ts'
import { rowPlaces } from './rowPlaces.ts'
import { columnName, type FileRead, type Source } from './source.ts'
import { recogniseSystem, systemNamed } from './systems/index.ts'
import type { System } from './systems/system.ts'
import { nothingPassed, rowTest } from './tabulate.ts'
import { type Halves, halvesOf, type Pass, passPlanOf, textPass } from './textPass.ts'

export interface WrittenFile {
  readonly input: InputFile
  readonly file: FileRead
  readonly headers: readonly string[]
  /** The first cells of each column, in its order. */
  readonly seen: readonly (readonly Seen[])[]
  readonly roles: Readonly<Partial<Record<Role, Played>>>
  readonly system: System | undefined
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  /** How it is written, where it is delimited text that is not packed: others cannot be written again from rows. */
  readonly dialect: Dialect | undefined
  /** Would these cells be read as a row again, wherever they stand? */
  isRow(cells: readonly string[]): boolean
  /** `keeping`: what is needed to write the file again, byte for byte. */
  pass(keeping: boolean): Pass
  /** All rows in two halves, where two threads can read one each. */
  halves?(): Promise<Halves | undefined>
}

/** Open one file. `engine` is asked for only where the file is no delimited text. Throws CustError. */
export async function openWritten(reading: Reading, engine: () => Promise<Engine>): Promise<WrittenFile> {
  const folder = joinPath(reading.temp, 'written')
  await mkdir(folder, { recursive: true })
  const files = await locate(reading.paths, reading)
  const [input] = files
  if (input === undefined || files.length > 1) {
    throw new CustError(
      'usage',
      `${files.length} files are given, and one can be written again at a time`,
      'run it once for each; cust convert puts files together',
    )
  }
  const known = await knowFile(input, { reading, knows: isKnownHeader, headerless: true, folder, index: 0 })
  if ('source' in known) {
    const database = await engine()
    const source = await known.source(database)
    return {
      ...toldOf({ ...source, rows: source.rows.slice(0, SAMPLE_ROWS) }, reading),
      input,
      dialect: undefined,
      isRow: rowTest(source.headers.length),
      pass: sourcePass(source, input, database),
    }
  }
  const plan = planOf(known.text, known.delimited)
  const dialect = await dialectOfPlan(plan)
  const asPassed = { ...passPlanOf(plan), dialect }
  const about = { ...described(plan), rows: await firstRows(textPass(asPassed)(false)) }
  const places = rowPlaces(plan.layout.width)
  return {
    ...toldOf(about, reading),
    input,
    dialect: known.text.compression ? undefined : dialect,
    isRow: rowTest(plan.layout.width),
    pass: textPass(asPassed, places),
    halves: () => halvesOf(asPassed, places),
  }
}

/** So many rows tell what each column holds. */
const SAMPLE_ROWS = 1000

async function firstRows({ batches }: Pass): Promise<TextRecord[]> {
  const rows: TextRecord[] = []
  for await (const { columns, lines, length } of batches) {
    const cells = columns.map(textReader)
    for (let at = 0; at < length && rows.length < SAMPLE_ROWS; at++) {
      rows.push({ cells: cells.map((read) => read(at) ?? ''), line: lines[at] as number })
    }
    if (rows.length >= SAMPLE_ROWS) break
  }
  return rows
}

// What it is -----------------------------------------------------------------------------------------

type About = Pick<Source, 'file' | 'headers' | 'written' | 'rows' | 'notes' | 'warnings'>

function toldOf(about: About, reading: Reading) {
  const { headers, written } = about
  const seen = headers.map((header) => seenHere([about as Source], header))
  const columns = headers.map((header, i) => ({ header, written: written[i] ?? header, seen: seen[i] ?? [] }))
  const system = systemFor(written, reading)
  const asked = { place: about.file.path, columns, needs: [], uses: commonRoles, statusGiven: false }
  const roles = castRoles({ ...asked, named: reading.columns, system, note: () => {} })
  return { file: about.file, headers, seen, roles, system, notes: about.notes, warnings: about.warnings }
}

function systemFor(written: readonly string[], { preset }: Reading): System | undefined {
  if (preset === 'none') return undefined
  return preset === undefined ? recogniseSystem(written) : systemNamed(preset)
}

// Delimited text -------------------------------------------------------------------------------------

async function dialectOfPlan(plan: Plan): Promise<Dialect> {
  const { text, notation, layout, records } = plan
  const { encoding, file, compression } = text
  let start: Buffer = Buffer.alloc(0)
  for await (const chunk of unpacked(file, compression)) {
    start = chunk
    break
  }
  const mark = byteOrderMark(start, encoding)
  return dialectOf(records.slice(layout.skip), { notation, width: layout.width, encoding, mark })
}

// Everything else ------------------------------------------------------------------------------------

const sourcePass =
  (source: Source, input: InputFile, engine: Engine) =>
  (keeping: boolean): Pass => {
    const state: { rows: number; hash: string | undefined } = { rows: source.rejects.length, hash: undefined }
    async function* batches(): AsyncGenerator<ReadBatch> {
      const columns = source.headers.map((_, i) => name(columnName(i)))
      const query = sql`select ${source.lined ? name('line') : sql`0`} as line, ${join(columns)} from (${source.scan})`
      const texts = source.headers.map((_, i) => [columnName(i), 'packed'] as const)
      const shape = { line: 'number' as const, ...Object.fromEntries(texts) }
      yield { columns: source.headers.map(() => noTexts), ...emptyBatch, rejects: source.rejects }
      for await (const fetched of engine.batches(query, shape, 'as read')) {
        const lines = fetched.line as Float64Array
        const rows = lines.map((_, i) => state.rows + 1 + i)
        state.rows += lines.length
        const found = texts.map(([key]) => slicesOf((fetched as Record<string, unknown>)[key] as PackedText))
        yield { ...emptyBatch, columns: found, length: lines.length, rows, lines }
      }
      if (keeping) state.hash = await hashOf(input)
    }
    return {
      batches: batches(),
      passed: () => source.passed ?? nothingPassed(),
      rows: () => state.rows,
      hash: () => state.hash,
    }
  }

const noTexts: SlicedText = {
  bytes: new Uint8Array(0),
  from: new Int32Array(0),
  to: new Int32Array(0),
  instead: undefined,
}
const emptyBatch = { length: 0, rows: new Float64Array(0), lines: new Float64Array(0), kept: [], rejects: [] }

function slicesOf({ bytes, starts }: PackedText): SlicedText {
  const places = Int32Array.from(starts)
  return { bytes, from: places.subarray(0, places.length - 1), to: places.subarray(1), instead: undefined }
}

async function hashOf(input: InputFile): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of piecesOf(input)) hash.update(chunk)
  return hash.digest('hex')
}

/** The rows of a plain CSV file with a header, every value as it is written. */
export async function spooledTable(engine: Engine, path: string, headers: readonly string[]): Promise<Table> {
  const from = name('cust cleaned')
  const texts = join(headers.map((_, i) => sql`${name(columnName(i))}: 'VARCHAR'`))
  const named = join(headers.map((header, i) => sql`${name(columnName(i))} as ${name(header)}`))
  const scan = sql`select ${named} from read_csv(${path}, auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', columns = {${texts}}, null_padding = false, max_line_size = ${LONGEST_LINE}, buffer_size = ${2 * LONGEST_LINE})`
  await engine.run(sql`create or replace temp view ${from} as ${scan}`)
  return { from, columns: headers, dialect: engine.dialect, fetch: engine.fetch, batches: engine.batches }
}

const LONGEST_LINE = 16 << 20
