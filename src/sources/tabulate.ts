/**
 * Records into rows: what is a row of the table, what is none and is passed over, and what should be one and
 * cannot be used. Every record ends up in exactly one of the three, and their number is checked.
 */
import { isBlankRecord, type Layout } from './layout.ts'
import type { TextRecord } from './records.ts'
import type { SplitRecord } from './split.ts'

/** A record that cannot be used, with its place in the user's own file. */
export interface Reject {
  readonly line: number
  /** Number of the first cell that is wrong, from 1; undefined where the whole record is. */
  readonly column?: number | undefined
  readonly reason: string
  /** As it is written. */
  readonly text: string
}

/** Records that belong to no row and are no mistake. */
export interface PassedOver {
  blankLines: number
  /** Rows of nothing but empty cells. */
  emptyRows: number
  /** The lines of the first of these. */
  readonly emptyLines: number[]
  repeatedHeaders: number
  comments: number
  readonly footers: TextRecord[]
}

export interface Tabulated {
  readonly rows: TextRecord[]
  readonly rejects: Reject[]
}

export interface Tabulator {
  push(records: readonly SplitRecord[]): Tabulated
  end(): Tabulated
  readonly passed: PassedOver
}

export interface Tabulating {
  readonly layout: Pick<Layout, 'width'> & {
    readonly header: { readonly cells: readonly string[] } | undefined
  }
  /** Take a text apart again, from a line on: for a quote that swallowed records. */
  resplit(text: string, line: number): SplitRecord[]
  /** Text that no byte of the file stands for: what the encoding cannot say. */
  readonly damaged?: string | undefined
}

/** Lines of empty rows that are told. */
const MOST_LINES = 1000
/** Records at the end that may turn out to be a footer. */
const FOOTER_WITHIN = 12

export function tabulator({ layout, resplit, damaged }: Tabulating): Tabulator {
  const passed: PassedOver = {
    ...{ blankLines: 0, emptyRows: 0, repeatedHeaders: 0, comments: 0 },
    ...{ emptyLines: [], footers: [] },
  }
  const header = layout.header?.cells.map((cell) => cell.trim()).join('\u0000')
  const held: SplitRecord[] = []
  const account = { records: 0, rows: 0, rejects: 0 }

  const judge = (record: SplitRecord, out: Tabulated): void => {
    const { cells, raw, line } = record
    const reject = (reason: string, column?: number) => out.rejects.push({ line, column, reason, text: raw })
    const apart = record.multiline && cells.length !== layout.width ? swallowed(record) : undefined
    if (apart) {
      out.rejects.push({ line, reason: 'a quote that is not closed', text: apart.first })
      account.records += apart.rest.length
      for (const one of apart.rest) judge(one, out)
    } else if (isBlankRecord(record)) {
      blank(record)
    } else if (record.flaw) reject(record.flaw)
    else if (isComment(record)) passed.comments++
    else if (header !== undefined && cells.map((cell) => cell.trim()).join('\u0000') === header) {
      passed.repeatedHeaders++
    } else if (damaged !== undefined && raw.includes(damaged)) {
      reject('bytes that its encoding does not have', 1 + cells.findIndex((cell) => cell.includes(damaged)))
    } else if (raw.includes('\u0000')) {
      reject('a NUL byte', 1 + cells.findIndex((cell) => cell.includes('\u0000')))
    } else place(record, out)
  }

  const blank = ({ cells, line }: SplitRecord): void => {
    if (cells.length === 1) passed.blankLines++
    else {
      passed.emptyRows++
      if (passed.emptyLines.length < MOST_LINES) passed.emptyLines.push(line)
    }
  }

  const place = ({ cells, raw, line }: SplitRecord, out: Tabulated): void => {
    const { width } = layout
    const beyond = cells.slice(width).findIndex((cell) => cell.trim() !== '')
    if (cells.length < width) {
      out.rejects.push({ line, reason: `${cells.length} fields, header has ${width}`, text: raw })
    } else if (beyond >= 0) {
      const reason = `${cells.length} fields, header has ${width}`
      out.rejects.push({ line, column: width + beyond + 1, reason, text: raw })
    } else out.rows.push({ cells: cells.length === width ? cells : cells.slice(0, width), line })
  }

  /** A record over several lines of which one alone fits: its quote was opened by mistake. */
  const swallowed = ({ raw, line }: SplitRecord) => {
    const border = /\r\n?|\n/.exec(raw)
    if (!border) return undefined
    const rest = resplit(raw.slice(border.index + border[0].length), line + 1)
    if (!rest.some((one) => one.flaw === undefined && one.cells.length === layout.width)) return undefined
    return { first: raw.slice(0, border.index), rest }
  }

  const isComment = ({ cells }: SplitRecord): boolean =>
    cells.length !== layout.width && layout.width > 1 && /^\s*(?:#|\/\/)/.test(cells[0] ?? '')

  /** The last records, as far as they are no rows: notes, counts and totals that a system adds. */
  const withoutFooters = (): SplitRecord[] => {
    let end = held.length
    const found: SplitRecord[] = []
    while (end > 0 && isFooter(held[end - 1] as SplitRecord, layout.width)) {
      const record = held[--end] as SplitRecord
      if (isBlankRecord(record)) blank(record)
      else found.unshift(record)
    }
    passed.footers.push(...found)
    return held.slice(0, end)
  }

  const accounted = (out: Tabulated): Tabulated => {
    account.rows += out.rows.length
    account.rejects += out.rejects.length
    return out
  }

  return {
    passed,
    push(records) {
      const out: Tabulated = { rows: [], rejects: [] }
      account.records += records.length
      for (const record of records) {
        held.push(record)
        if (held.length > FOOTER_WITHIN) judge(held.shift() as SplitRecord, out)
      }
      return accounted(out)
    },
    end() {
      const out: Tabulated = { rows: [], rejects: [] }
      for (const record of withoutFooters()) judge(record, out)
      held.length = 0
      accounted(out)
      const { records, rows, rejects } = account
      const found = rows + rejects + passedCount(passed)
      if (found !== records) throw new Error(`${records} records were read, ${found} are accounted for`)
      return out
    },
  }
}

/** Records that belong to no row. */
export function passedCount({
  blankLines,
  emptyRows,
  repeatedHeaders,
  comments,
  footers,
}: PassedOver): number {
  return blankLines + emptyRows + repeatedHeaders + comments + footers.length
}

const TOTAL = /^(?:(?:grand |sub)?total|sum|summe|gesamt(?:summe)?)\b|^(?:合\s*计|总\s*计|小\s*计|汇总|共计)/i
const NOTE =
  /^(?:\d[\d,.]* )?(?:records?|rows?|lines?|entries|orders)\b|record\(s\)|^(?:seller id|generated|exported|printed|created|downloaded|source|page|end of|copyright|confidential)\b|^(?:共|导出|制表|生成|数据来源)/i

/** A lone cell under a table of several columns, or a line that adds up the others. */
function isFooter(record: SplitRecord, width: number): boolean {
  if (isBlankRecord(record)) return true
  if (width < 3 || record.flaw) return false
  const filled = record.cells.filter((cell) => cell.trim() !== '')
  const first = (filled[0] ?? '').trim()
  if (TOTAL.test(first) && 2 * filled.length <= width + 1) return true
  if (filled.length > 1) return NOTE.test(filled.join(' ').trim()) && record.cells.length < width
  // A row may have no other value, a shorter record is none.
  return record.cells.length < width || ((record.cells[0] ?? '').trim() !== '' && NOTE.test(first))
}
