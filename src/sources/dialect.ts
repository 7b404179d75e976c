/** How a CSV file is laid out, told from its first part: delimiter, header row, columns. */
import Papa from 'papaparse'
import { isDate } from '../fields/date.ts'
import { isNumber } from '../fields/money.ts'

export interface Dialect {
  readonly delimiter: string
  /** Records before the first data row, blank lines included. */
  readonly skip: number
  /** The header row as written; undefined when the first row is data. */
  readonly header: readonly string[] | undefined
  readonly width: number
  /** The first data rows, each as wide as the header. */
  readonly rows: readonly (readonly string[])[]
  /** They are all rows that there are. */
  readonly complete: boolean
  /** The first row that is not blank. */
  readonly first: readonly string[]
}

export interface DialectHints {
  readonly delimiter?: string | undefined
  /** The text ends where the file ends. */
  readonly whole: boolean
  /** Is this a header that somebody looks for? */
  knows(header: string): boolean
}

const CANDIDATES = [',', ';', '\t', '|'] as const
const MOST_ROWS = 3000

/** Undefined for a text without any cell. */
export function recognise(text: string, hints: DialectHints): Dialect | undefined {
  const lines = text.replace(/\r\n?/g, '\n')
  const separator = /^\ufeff?\s*"?sep=(.)"?[^\S\n]*\n/i.exec(lines)
  const body = separator ? lines.slice(separator[0].length) : lines
  const preamble = separator ? separator[0].split('\n').length - 1 : 0
  const fixed = hints.delimiter ?? separator?.[1]
  const candidates = fixed ? [fixed] : CANDIDATES.filter((delimiter) => body.includes(delimiter))
  const layouts = (candidates.length > 0 ? candidates : [',']).map((delimiter) =>
    layout(body, delimiter, hints),
  )
  const best = layouts.reduce((a, b) => (better(b, a) ? b : a))
  return best && { ...dialectOf(best), skip: best.top + preamble + (best.hasHeader ? 1 : 0) }
}

interface Layout {
  readonly delimiter: string
  readonly records: string[][]
  readonly complete: boolean
  /** Blank records above the first row. */
  readonly top: number
  readonly known: number
  /** Share of rows as wide as most rows are. */
  readonly regular: number
  readonly width: number
  readonly hasHeader: boolean
}

function layout(text: string, delimiter: string, hints: DialectHints): Layout | undefined {
  const { data } = Papa.parse<string[]>(text, {
    delimiter,
    newline: '\n',
    quoteChar: '"',
    preview: MOST_ROWS,
  })
  const complete = hints.whole && data.length < MOST_ROWS
  if (!hints.whole && data.length > 1 && data.length < MOST_ROWS) data.pop()
  const top = data.findIndex((record) => !isBlank(record))
  const first = data[top]
  if (first === undefined) return undefined
  const records = data.slice(top).filter((record) => !isBlank(record))
  const known = first.filter(hints.knows).length
  const widths = records.map((record) => record.length)
  const width = mostFrequent(widths)
  const regular = widths.filter((each) => each === width).length / widths.length
  const hasHeader = known > 0 || !looksLikeData(first)
  return { delimiter, records, complete, top, known, regular, width, hasHeader }
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === '')
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as [number, number])[0]
}

function looksLikeData(record: readonly string[]): boolean {
  const cells = record.filter((cell) => cell.trim() !== '')
  const dates = cells.filter((cell) => /[-/.年]/.test(cell) && isDate(cell))
  const numbers = cells.filter((cell) => isNumber(cell))
  return dates.length > 0 || (numbers.length > 0 && 2 * numbers.length >= cells.length)
}

function better(a: Layout | undefined, b: Layout | undefined): boolean {
  if (!a || !b) return a !== undefined
  if (a.known !== b.known) return a.known > b.known
  const score = ({ regular, width }: Layout) => (width > 1 ? regular : 0)
  return score(a) !== score(b) ? score(a) > score(b) : a.width > b.width
}

function dialectOf({ delimiter, records, complete, hasHeader, width }: Layout): Omit<Dialect, 'skip'> {
  const first = records[0] ?? []
  const columns = hasHeader ? first.length : width
  const rows = hasHeader ? records.slice(1) : records
  return {
    delimiter,
    header: hasHeader ? first : undefined,
    width: columns,
    rows: rows.map((row) => Array.from({ length: columns }, (_, i) => row[i] ?? '')),
    complete,
    first,
  }
}
