/** Lines that the engine could not take apart, with the line numbers of the user's own file. */
import { CustError } from '../core/errors.ts'
import { join, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { unpacked } from './bytes.ts'
import type { ReadFile } from './source.ts'

export interface RejectGroup {
  readonly reason: string
  readonly count: number
  readonly examples: readonly string[]
}

export interface Rejects {
  readonly count: number
  readonly groups: readonly RejectGroup[]
}

const EXAMPLES = 5
/** DuckDB keeps this much of a bad line: a longer one has swallowed an unknown number of lines. */
const KEPT_CHARACTERS = 10_000

/** Usually there are none, and then nothing else need be asked. */
async function hasRejects(engine: Engine): Promise<boolean> {
  try {
    const { errors } = await engine.fetch(sql`select count(*) as errors from reject_errors`, {
      errors: 'number',
    })
    return errors[0] !== 0
  } catch (error) {
    // The first scan makes the table.
    if (error instanceof Error && /reject_errors does not exist/.test(error.message)) return false
    throw error
  }
}

/** One row a bad line, whatever the number of its errors and of the scans that met it. */
function badLines(files: readonly ReadFile[]) {
  const paths = join(files.map(({ path }) => sql`${path}`))
  return sql`select file_path, line_byte_position as position,
      case when bool_or(error_type = 'INVALID ENCODING') then 'not UTF-8'
        when bool_or(error_type = 'UNQUOTED VALUE') then 'quotes'
        when bool_or(error_type = 'TOO MANY COLUMNS') then 'more fields than the header'
        when bool_or(error_type = 'MISSING COLUMNS') then 'fewer fields than the header'
        else lower(min(error_type)) end as reason,
      -- Too long a line is told once for every field too many, too short a one for every field it lacks.
      case when bool_or(error_type = 'TOO MANY COLUMNS') then max(found) else min(found) end as found,
      max(length(csv_line)) as size,
      max(length(csv_line) - length(replace(csv_line, chr(10), ''))) as breaks
    from (select *, try_cast(nullif(regexp_extract(error_message, 'Found: ([0-9]+)', 1), '') as integer) as found
      from reject_errors) join reject_scans using (scan_id, file_id)
    where file_path in (${paths}) group by file_path, line_byte_position`
}

const badLineShape = {
  path: 'text',
  at: 'number',
  reason: 'text',
  found: 'number',
  breaks: 'number',
} as const

interface BadLine {
  readonly path: string
  readonly at: number
  readonly reason: string
  readonly found: number
  readonly breaks: number
}

/** The bad lines of these files, once they have been scanned. */
export async function rejectsOf(engine: Engine, files: readonly ReadFile[]): Promise<Rejects> {
  const read = files.filter(({ width }) => width !== undefined)
  if (read.length === 0 || !(await hasRejects(engine))) return { count: 0, groups: [] }
  const counts = await engine.fetch(
    sql`select reason, count(*) as lines from (${badLines(read)}) group by reason order by lines desc, reason`,
    { reason: 'text', lines: 'number' },
  )
  const shown = await examples(engine, read)
  const groups = counts.reason.map((reason, i) => ({
    reason: label(reason ?? ''),
    count: counts.lines[i] ?? 0,
    examples: shown.filter((line) => line.reason === reason).map(({ text }) => text),
  }))
  return { count: groups.reduce((sum, { count }) => sum + count, 0), groups }
}

const label = (reason: string): string => (reason === 'quotes' ? 'a quote that is not closed' : reason)

async function examples(engine: Engine, files: readonly ReadFile[]) {
  const found = await fetchBadLines(
    engine,
    sql`select file_path, position, reason, found, breaks from (${badLines(files)})
      qualify row_number() over (partition by reason order by file_path, position) <= ${EXAMPLES}
      order by file_path, position`,
  )
  const texts: { reason: string; text: string }[] = []
  for (const file of files) {
    const lines = found.filter(({ path }) => path === file.path)
    const numbers = await lineNumbers(
      file,
      lines.map(({ at }) => at),
    )
    lines.forEach((line, i) => {
      texts.push({ reason: line.reason, text: `${file.shown}:${numbers[i]}: ${describe(line, file)}` })
    })
  }
  return texts
}

async function fetchBadLines(engine: Engine, query: Parameters<Engine['fetch']>[0]): Promise<BadLine[]> {
  const { path, at, reason, found, breaks } = await engine.fetch(query, badLineShape)
  return path.map((each, i) => ({
    path: each ?? '',
    at: at[i] ?? 0,
    reason: reason[i] ?? '',
    found: found[i] ?? 0,
    breaks: breaks[i] ?? 0,
  }))
}

function describe({ reason, found, breaks }: BadLine, { width }: ReadFile): string {
  if (reason.endsWith('than the header')) return `${found} fields, header has ${width}`
  if (reason !== 'quotes') return reason
  return breaks > 1 ? `a quote that is not closed, over ${breaks} lines` : 'a quote that is not closed'
}

// What cannot be counted ------------------------------------------------------------------------

/** Trouble that makes the number of lost lines unknown. */
export interface Trouble {
  readonly kind: 'encoding' | 'quote'
  readonly error: CustError
}

/** Has a scan met bytes that are no UTF-8, or a quote that swallowed the rest? */
export async function troubleOf(engine: Engine, files: readonly ReadFile[]): Promise<Trouble | undefined> {
  const read = files.filter(({ width }) => width !== undefined)
  if (read.length === 0 || !(await hasRejects(engine))) return undefined
  const [worst] = await fetchBadLines(
    engine,
    sql`select file_path, position, reason, found, breaks from (${badLines(read)})
      where reason = 'not UTF-8' or (reason = 'quotes' and size >= ${KEPT_CHARACTERS})
      order by reason, file_path, position limit 1`,
  )
  const file = read.find(({ path }) => path === worst?.path)
  if (!worst || !file) return undefined
  const [line] = await lineNumbers(file, [worst.at])
  const place = `${file.shown}:${line}`
  if (worst.reason === 'not UTF-8') {
    const hint = 'name the encoding with --encoding (utf-8, utf-16le, utf-16be, gb18030)'
    return { kind: 'encoding', error: new CustError('input', `${place}: bytes that are not UTF-8`, hint) }
  }
  const what = `${place}: a quote is opened here and not closed; the lines after it cannot be told apart`
  return {
    kind: 'quote',
    error: new CustError('input', what, 'close the quote, or double it where it is part of the text'),
  }
}

// Line numbers ---------------------------------------------------------------------------------

const [LF, CR] = [10, 13]

/**
 * Physical line numbers of byte positions (from 1, ascending) in a file as the engine read it. A position
 * may point at the line ends before its line.
 */
export async function lineNumbers(file: ReadFile, positions: readonly number[]): Promise<number[]> {
  const numbers: number[] = []
  if (positions.length === 0) return numbers
  let [offset, line, last] = [0, 1, 0]
  for await (const chunk of unpacked(file, file.compression)) {
    for (const byte of chunk) {
      // The end of a line is counted at the byte after it: a CRLF may be cut by a chunk or a position.
      if (last === LF || (last === CR && byte !== LF)) line++
      const isEnd = byte === LF || byte === CR
      while (!isEnd && numbers.length < positions.length && (positions[numbers.length] ?? 0) - 1 <= offset) {
        numbers.push(line)
      }
      if (numbers.length === positions.length) return numbers
      last = byte
      offset++
    }
  }
  while (numbers.length < positions.length) numbers.push(line)
  return numbers
}
