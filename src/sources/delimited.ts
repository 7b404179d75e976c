/**
 * Delimited text. A small file is taken apart here, whole, and every decision about it stands on all of its
 * rows. A large file that is plainly regular is read by the engine as it stands; any other, and any that
 * proves irregular while the engine reads it, is taken apart here row by row and written plainly for it.
 */
import { join as joinPath } from 'node:path'
import { CustError } from '../core/errors.ts'
import { wholeText } from '../core/numerals.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import { canonicalWriter } from './canonical.ts'
import type { Census } from './census.ts'
import { distinctHeaders } from './headers.ts'
import { isBlankRecord, type Layout, recogniseLayout } from './layout.ts'
import { recogniseNotation } from './notation.ts'
import type { TextRecord } from './records.ts'
import { columnName, type FileRead, type Source } from './source.ts'
import { type Notation, type SplitRecord, splitAll, splitter } from './split.ts'
import { type PassedOver, type Reject, type Tabulator, tabulator } from './tabulate.ts'
import { encodingName, type Text, unsureOf } from './text.ts'

export interface DelimitedOptions {
  readonly delimiter: string | undefined
  readonly quote: Notation['quote'] | 'none' | undefined
  /** Physical line of the header; 0: there is none. */
  readonly headerLine: number | undefined
  /** A file without a header row can be read: its columns are named by number, or not at all. */
  readonly headerless: boolean
  /** Take every row apart here. */
  readonly thorough: boolean
  /** Leave a regular file where it is, however small: what the engine is told can then be told to others. */
  readonly inPlace: boolean
  readonly folder: string
  readonly index: number
  knows(header: string): boolean
}

/** How a text is laid out, and how its records are told apart. */
export interface Plan {
  readonly text: Text
  readonly notation: Notation
  readonly layout: Layout
  /** The first records, in order. */
  readonly records: readonly SplitRecord[]
}

/** Rows that a large file shows of itself. */
const SAMPLE_ROWS = 3000
/** Where every cell is held against them while the engine reads it, fewer will do. */
const QUICK_ROWS = 1000

export async function delimitedSource(text: Text, options: DelimitedOptions): Promise<Source> {
  const plan = planOf(text, options)
  const regular = !options.thorough && isRegular(plan)
  if (text.whole && !(options.inPlace && regular)) return small(plan, options)
  if (regular) return asItStands(plan)
  return throughHere(plan, options)
}

const SEPARATOR = /^\ufeff?"?sep=(.)"?[^\S\r\n]*(?:\r\n?|\n)/i

/** Throws CustError('input') where there is no table, or none whose columns have names that it needs. */
export function planOf(text: Text, options: DelimitedOptions): Plan {
  const { delimiter, quote, headerLine, knows } = options
  const separator = SEPARATOR.exec(text.head)?.[1]
  const hints = { delimiter: delimiter ?? separator, quote, whole: text.whole, knows }
  const notation = recogniseNotation(separator ? text.head.replace(SEPARATOR, '') : text.head, hints)
  const records = splitAll(text.head, notation)
  if (!text.whole && records.length > 1) records.pop()
  const rows = separator ? records.slice(1) : records
  const layout = recogniseLayout(rows, { headerLine, knows })
  if (layout === undefined) {
    const why =
      headerLine === undefined ? 'has only blank lines' : `has no line ${headerLine} to be the header`
    throw new CustError('input', `${text.file.shown}: ${why}`)
  }
  if (layout.header === undefined && !options.headerless && headerLine !== 0) throw headerless(text, records)
  const skip = layout.skip + (records.length - rows.length)
  return { text, notation, layout: { ...layout, skip }, records }
}

function headerless({ file }: Text, records: readonly SplitRecord[]): CustError {
  const first = records.find((record) => !isBlankRecord(record))
  const shown = (first?.cells ?? []).map((cell) => cell.trim()).join(', ')
  return new CustError(
    'input',
    `${file.shown}: the first row looks like data, not like column names (${shown.slice(0, 100)})`,
    'name the columns by number, as in --customer #1 --date #2 --amount #3, or say which line is the header with --header-row',
  )
}

// The three ways ------------------------------------------------------------------------------------

async function small(plan: Plan, options: DelimitedOptions): Promise<Source> {
  const table = tabulatorOf(plan)
  const [first, last] = [table.push(plan.records.slice(plan.layout.skip)), table.end()]
  const rows = [...first.rows, ...last.rows]
  const rejects = [...first.rejects, ...last.rejects]
  const writer = await canonicalWriter(pathOf(options), plan.layout.width)
  await writer.write(rows)
  const { scan } = await writer.end()
  return lined(plan, { rows, complete: true, scan, count: rows.length, rejects, passed: table.passed })
}

async function throughHere(plan: Plan, options: DelimitedOptions): Promise<Source> {
  const table = tabulatorOf(plan)
  const records = splitter(plan.notation)
  const writer = await canonicalWriter(pathOf(options), plan.layout.width)
  const rows: TextRecord[] = []
  const rejects: Reject[] = []
  let skip = plan.layout.skip
  const take = async (found: ReturnType<Tabulator['push']>) => {
    if (rows.length < SAMPLE_ROWS) rows.push(...found.rows.slice(0, SAMPLE_ROWS - rows.length))
    for (const reject of found.rejects) rejects.push(reject)
    if (rejects.length > MOST_REJECTS) throw tooMany(plan.text, rejects)
    await writer.write(found.rows)
  }
  const split = async (some: SplitRecord[]) => {
    const body = skip > 0 ? some.slice(skip) : some
    skip = Math.max(0, skip - some.length)
    await take(table.push(body))
  }
  for await (const chunk of plan.text.chunks()) await split(records.push(chunk))
  await split(records.end())
  await take(table.end())
  const { scan, count } = await writer.end()
  return lined(plan, { rows, complete: count === rows.length, scan, count, rejects, passed: table.passed })
}

const MOST_REJECTS = 200_000

function tooMany({ file }: Text, rejects: readonly Reject[]): CustError {
  const [first] = rejects
  return new CustError(
    'input',
    `${file.shown}:${first?.line}: ${first?.reason}; and so on in more than ${wholeText(MOST_REJECTS)} records`,
    'say how the file is written with --delimiter, --quote or --header-row',
  )
}

const pathOf = ({ folder, index }: DelimitedOptions): string => joinPath(folder, `${index}-rows.csv`)

function tabulatorOf({ layout, notation, text }: Plan): Tabulator {
  return tabulator({
    layout,
    resplit: (part, line) => splitAll(part, notation).map((one) => ({ ...one, line: one.line + line - 1 })),
    damaged: text.damaged ? '\ufffd' : undefined,
  })
}

interface Taken {
  readonly rows: readonly TextRecord[]
  readonly complete: boolean
  readonly scan: Sql
  readonly count: number
  readonly rejects: readonly Reject[]
  readonly passed: PassedOver
}

function lined(plan: Plan, { rows, complete, scan, count, rejects, passed }: Taken): Source {
  return {
    ...described(plan),
    rows,
    complete,
    scan,
    lined: true,
    rejects,
    passed,
    count: Promise.resolve(count),
    asWritten: (lines) => asWritten(plan, lines),
  }
}

/** The file as the engine reads it, where every record of its first part is written plainly. */
async function asItStands(plan: Plan): Promise<Source> {
  const { text, layout, notation, records } = plan
  const { path, census } = await text.plain(notation.delimiter)
  // Whoever asks for it hears of it; nobody may.
  census.catch(() => {})
  const width = layout.width
  const columns = Array.from({ length: width }, (_, i) => sql`${name(columnName(i))}: 'VARCHAR'`)
  const scan = sql`select * from read_csv(${path}, auto_detect = false, header = false, skip = ${layout.skip},
    delim = ${notation.delimiter}, quote = '"', escape = '"', columns = {${join(columns)}}, null_padding = false)`
  const above = records
    .slice(0, layout.skip)
    .filter(({ cells, raw }) => cells.length > 1 || raw !== '').length
  return {
    ...described(plan),
    rows: records.slice(layout.skip, layout.skip + QUICK_ROWS),
    complete: false,
    scan,
    lined: false,
    lines: {
      first: records[layout.skip]?.line ?? 1,
      isOneEach: census.then(({ quotedLineEnds }) => !quotedLineEnds),
    },
    rejects: [],
    passed: undefined,
    asWritten: (lines) => asWritten(plan, lines),
    count: census.then((found) => found.records - above),
    irregular: census.then(irregularityOf),
  }
}

/** Found by reading the file once more. */
async function asWritten({ text, notation }: Plan, lines: ReadonlySet<number>): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  if (lines.size === 0) return found
  const records = splitter(notation)
  const keep = (some: readonly SplitRecord[]) => {
    for (const { line, raw } of some) if (lines.has(line)) found.set(line, raw)
  }
  for await (const chunk of text.chunks()) keep(records.push(chunk))
  keep(records.end())
  return found
}

function irregularityOf({ valid, nul, mixedLineEnds, openQuote, blankLines }: Census): string | undefined {
  if (!valid) return 'bytes that are no characters'
  if (nul) return 'NUL bytes'
  if (mixedLineEnds) return 'several kinds of line ends'
  if (openQuote) return 'a quote that is not closed'
  return blankLines > 0 ? 'blank lines' : undefined
}

/** Nothing in the first part asks for more than the engine's strict reader. */
function isRegular({ layout, notation, records }: Plan): boolean {
  const { delimiter, quote, escapes, cr, blanksBeforeQuote } = notation
  if (quote !== '"' || escapes !== 'doubled' || cr || blanksBeforeQuote || layout.width === 1) return false
  // A census counts bytes.
  if (delimiter > '\x7f') return false
  if (records.slice(0, layout.skip).some(({ multiline, flaw }) => multiline || flaw)) return false
  return records
    .slice(layout.skip)
    .every((record) => !record.flaw && record.cells.length === layout.width && !isBlankRecord(record))
}

// What it is ----------------------------------------------------------------------------------------

/** What the file is, and the names of its columns. */
export function described({ text, notation, layout }: Plan) {
  const written = layout.header?.cells.slice(0, layout.width) ?? []
  const named = Array.from({ length: layout.width }, (_, i) => (written[i] ?? '').trim())
  const { headers, renamed } = distinctHeaders(named)
  const file: FileRead = {
    path: text.file.shown,
    format: notation.delimiter === '\t' ? 'TSV' : 'CSV',
    encoding: encodingName(text.encoding),
    evidence: text.evidence,
    ...(text.compression ? { compression: text.compression } : {}),
    columns: layout.width,
    text: {
      delimiter: notation.delimiter,
      quote: notation.quote,
      escapes: notation.escapes,
      lineEnds: lineEndsOf(text.head),
      headerLine: layout.header?.line ?? 0,
      preamble: layout.preamble.map(({ cells }) => cells.join(notation.delimiter)),
    },
  }
  const notes =
    renamed.length > 0 ? [`${text.file.shown}: columns with the same name are now ${renamed.join(', ')}`] : []
  return { file, headers, written: named, notes, warnings: unsureOf(text) }
}

function lineEndsOf(text: string): 'LF' | 'CRLF' | 'CR' | 'mixed' {
  const crlf = text.includes('\r\n')
  const others = crlf ? text.replaceAll('\r\n', '') : text
  const kinds = [crlf, others.includes('\n'), others.includes('\r')]
  if (kinds.filter(Boolean).length > 1) return 'mixed'
  if (crlf) return 'CRLF'
  return kinds[2] ? 'CR' : 'LF'
}
