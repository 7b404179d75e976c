/** The largest table of an HTML page as records: shops save such pages under the name .xls. */
import { CustError } from '../core/errors.ts'
import { markupReader } from './markup.ts'
import type { TextRecord } from './records.ts'

interface Table {
  readonly records: TextRecord[]
  cells: number
  row: Row | undefined
  /** Rows that a cell above still covers, by column. */
  covered: number[]
}

interface Row {
  readonly cells: string[]
  readonly line: number
  cell: Cell | undefined
}

interface Cell {
  text: string
  readonly columns: number
  readonly rows: number
}

/** The records of the page's largest table; `line` is the physical line of the row in the page. */
export async function htmlRecords(shown: string, chunks: AsyncIterable<string>): Promise<TextRecord[]> {
  const tables: Table[] = []
  const open: Table[] = []
  const lines = lineCounter()
  const reader = await markupReader('html', {
    open: (name, attributes, at) => openTag(open, name, attributes, () => lines.at(at)),
    close: (name) => closeTag(open, tables, name),
    text: (text) => {
      const cell = open.at(-1)?.row?.cell
      if (cell) cell.text += text
    },
  })
  for await (const chunk of chunks) {
    lines.add(chunk)
    reader.write(chunk)
  }
  reader.end()
  const [first, ...others] = tables
  if (first === undefined) {
    throw new CustError(
      'input',
      `${shown}: is an HTML page without a table`,
      'export the data as CSV or .xlsx',
    )
  }
  return others.reduce((most, table) => (table.cells > most.cells ? table : most), first).records
}

function lineCounter() {
  const ends: number[] = []
  let [length, passed] = [0, 0]
  return {
    add: (chunk: string) => {
      for (let i = chunk.indexOf('\n'); i >= 0; i = chunk.indexOf('\n', i + 1)) ends.push(length + i)
      length += chunk.length
    },
    /** The line of a position; positions only grow. */
    at: (position: number): number => {
      while ((ends[passed] ?? Number.POSITIVE_INFINITY) < position) passed++
      return passed + 1
    },
  }
}

function openTag(
  open: Table[],
  name: string,
  attributes: Readonly<Record<string, string>>,
  line: () => number,
): void {
  const table = open.at(-1)
  if (name === 'table') open.push({ records: [], cells: 0, row: undefined, covered: [] })
  else if (table === undefined) return
  else if (name === 'tr') {
    endRow(table)
    table.row = { cells: [], line: line(), cell: undefined }
  } else if (name === 'td' || name === 'th') {
    table.row ??= { cells: [], line: line(), cell: undefined }
    endCell(table)
    table.row.cell = { text: '', columns: span(attributes['colspan']), rows: span(attributes['rowspan']) }
  } else if (name === 'br' && table.row?.cell) table.row.cell.text += BREAK
}

/** Stands for a line break while white space is still to be folded. */
const BREAK = '\u0000'
const WIDEST = 1000

const span = (written: string | undefined): number => Math.min(Math.max(Number(written) || 1, 1), WIDEST)

function closeTag(open: Table[], tables: Table[], name: string): void {
  const table = open.at(-1)
  if (table === undefined) return
  if (name === 'td' || name === 'th') endCell(table)
  else if (name === 'tr') endRow(table)
  else if (name === 'table') {
    endRow(table)
    tables.push(table)
    open.pop()
  }
}

function endCell({ row, covered }: Table): void {
  if (!row?.cell) return
  skipCovered(row, covered)
  const { text, columns, rows } = row.cell
  for (let i = 0; i < columns; i++) {
    if (rows > 1) covered[row.cells.length] = rows
    row.cells.push(i === 0 ? folded(text) : '')
  }
  row.cell = undefined
}

/** A cell over several rows is told in the first of them; in the others its place is empty. */
function skipCovered({ cells }: Row, covered: readonly number[]): void {
  while ((covered[cells.length] ?? 0) > 0) cells.push('')
}

/** White space as a browser shows it. */
function folded(text: string): string {
  return text
    .replace(/[ \t\r\n\f]+/g, ' ')
    .split(BREAK)
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

function endRow(table: Table): void {
  endCell(table)
  const { row } = table
  if (row === undefined) return
  skipCovered(row, table.covered)
  table.covered = table.covered.map((rows) => (rows > 0 ? rows - 1 : 0))
  table.row = undefined
  const filled = row.cells.filter((cell) => cell !== '').length
  if (filled === 0) return
  table.cells += filled
  table.records.push({ cells: row.cells, line: row.line })
}
