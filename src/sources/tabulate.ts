/**
 * Records into rows: what is a row of the table, what is none and is passed over, and what should be one and
 * cannot be used. Every record ends up in exactly one of the three, and their number is checked.
 */
import { isNumber } from '../fields/money.ts'
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

/** What a record is: a row, one that should be one, or one that belongs to no row. */
export type Sorted =
  | { readonly as: 'row'; readonly record: SplitRecord; readonly cells: readonly string[] }
  | { readonly as: 'reject'; readonly record: SplitRecord; readonly reject: Reject }
  | { readonly as: 'passed'; readonly record: SplitRecord; readonly why: Passed }

export type Passed = 'blank line' | 'row of empty cells' | 'repeated header' | 'comment' | 'footer'

/** Tells what each record is, footers aside. A quote that swallowed records makes several of one. */
export function sorter({ layout, resplit, damaged }: Tabulating): (record: SplitRecord) => readonly Sorted[] {
  const { width } = layout
  const header = layout.header && joinedCells(layout.header)

  const sort = (record: SplitRecord): readonly Sorted[] => {
    const apart = record.multiline && record.cells.length !== width ? swallowed(record) : undefined
    return apart
      ? [refused(apart.first, 'a quote that is not closed'), ...apart.rest.flatMap(sort)]
      : [one(record)]
  }

  const one = (record: SplitRecord): Sorted => {
    const { cells, raw } = record
    if (isBlankRecord(record)) return { as: 'passed', record, why: blankKind(record) }
    if (record.flaw) return refused(record, record.flaw)
    if (isComment(record)) return { as: 'passed', record, why: 'comment' }
    if (header !== undefined && joinedCells(record) === header) {
      return { as: 'passed', record, why: 'repeated header' }
    }
    if (damaged !== undefined && raw.includes(damaged)) {
      return refused(record, 'bytes that its encoding does not have', columnWith(cells, damaged))
    }
    if (raw.includes('\u0000')) return refused(record, 'a NUL byte', columnWith(cells, '\u0000'))
    return placed(record)
  }

  const placed = (record: SplitRecord): Sorted => {
    const { cells } = record
    const reason = `${cells.length} fields, header has ${width}`
    const beyond = cells.slice(width).findIndex((cell) => cell.trim() !== '')
    if (cells.length < width) return refused(record, reason)
    if (beyond >= 0) return refused(record, reason, width + beyond + 1)
    return { as: 'row', record, cells: cells.length === width ? cells : cells.slice(0, width) }
  }

  /** A record over several lines of which one alone fits: its quote was opened by mistake. */
  const swallowed = (record: SplitRecord) => {
    const { raw, line } = record
    const border = /\r\n?|\n/.exec(raw)
    if (!border) return undefined
    const rest = resplit(raw.slice(border.index + border[0].length), line + 1)
    if (!rest.some((part) => part.flaw === undefined && part.cells.length === width)) return undefined
    return { first: { ...record, raw: raw.slice(0, border.index) }, rest }
  }

  const isComment = ({ cells }: SplitRecord): boolean =>
    cells.length !== width && width > 1 && /^\s*(?:#|\/\/)/.test(cells[0] ?? '')

  return sort
}

const joinedCells = ({ cells }: { readonly cells: readonly string[] }): string =>
  cells.map((cell) => cell.trim()).join('\u0000')

const columnWith = (cells: readonly string[], part: string): number =>
  1 + cells.findIndex((cell) => cell.includes(part))

const blankKind = ({ cells }: SplitRecord): Passed =>
  cells.length === 1 ? 'blank line' : 'row of empty cells'

function refused(record: SplitRecord, reason: string, column?: number): Sorted {
  return { as: 'reject', record, reject: { line: record.line, column, reason, text: record.raw } }
}

/** Lines of empty rows that are told. */
const MOST_LINES = 1000
/** Records at the end that may turn out to be a footer. */
export const FOOTER_WITHIN = 12

/** How many of the last records are no rows: notes, counts and totals that a system adds, and what is blank there. */
export function footersAmong(last: readonly SplitRecord[], width: number): number {
  let end = beforeRuling(last, width)
  while (end > 0 && isFooter(last[end - 1] as SplitRecord, width)) end--
  return last.length - end
}

/** Would cells be read as a row of so many, wherever they stand? */
export const rowTest =
  (width: number) =>
  (cells: readonly string[]): boolean =>
    footersAmong([{ cells, line: 1, raw: cells.join(), ending: '\n', lines: 1, multiline: false }], width) ===
    0

/** A line drawn below the rows, and under it notes of fewer cells: `-----`, `paid:39,486.99`. */
function beforeRuling(last: readonly SplitRecord[], width: number): number {
  const ruling = last.findIndex(
    ({ cells, flaw }) => !flaw && cells.length < width && RULING.test(cells.join()),
  )
  if (width < 3 || ruling < 0) return last.length
  const below = last.slice(ruling + 1)
  const areNotes = below.every((record) => isBlankRecord(record) || 2 * record.cells.length <= width)
  return areNotes ? ruling : last.length
}

/** One of these records, as what it is. */
export const asFooter = (record: SplitRecord): Sorted => ({
  as: 'passed',
  record,
  why: isBlankRecord(record) ? blankKind(record) : 'footer',
})

export function countPassed(passed: PassedOver, record: SplitRecord, why: Passed): void {
  if (why === 'blank line') passed.blankLines++
  else if (why === 'row of empty cells') {
    passed.emptyRows++
    if (passed.emptyLines.length < MOST_LINES) passed.emptyLines.push(record.line)
  } else if (why === 'repeated header') passed.repeatedHeaders++
  else if (why === 'comment') passed.comments++
  else passed.footers.push(record)
}

export const nothingPassed = (): PassedOver => ({
  blankLines: 0,
  emptyRows: 0,
  emptyLines: [],
  repeatedHeaders: 0,
  comments: 0,
  footers: [],
})

export function tabulator(tabulating: Tabulating): Tabulator {
  const passed = nothingPassed()
  const sort = sorter(tabulating)
  const held: SplitRecord[] = []
  const account = { records: 0, rows: 0, rejects: 0 }

  const take = (found: Sorted, out: Tabulated): void => {
    if (found.as === 'passed') countPassed(passed, found.record, found.why)
    else if (found.as === 'reject') out.rejects.push(found.reject)
    else out.rows.push({ cells: found.cells, line: found.record.line })
  }

  const judge = (record: SplitRecord, out: Tabulated): void => {
    const found = sort(record)
    account.records += found.length - 1
    for (const each of found) take(each, out)
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
      const rows = held.length - footersAmong(held, tabulating.layout.width)
      for (const record of held.slice(rows)) take(asFooter(record), out)
      for (const record of held.slice(0, rows)) judge(record, out)
      held.length = 0
      accounted(out)
      const { records, rows: taken, rejects } = account
      const found = taken + rejects + passedCount(passed)
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

const RULING = /^\s*(?:-{5,}|={5,}|_{5,}|\*{5,}|[─—]{3,})\s*$/
const TOTAL =
  /^(?:(?:grand |sub)?total|sum|summe|gesamt(?:summe)?)\b|^(?:本[页頁])?(?:合\s*[计計]|[总總]\s*[计計]|小\s*[计計]|[汇匯][总總]|共[计計]|합\s*계|총\s*계|소\s*계)/i
/** Nobody is called so: a line that has a sum in every other cell is one even in a narrow table. */
const ALL_OF_THEM =
  /^(?:本[页頁])?(?:合\s*[计計]|[总總]\s*[计計]|小\s*[计計]|共[计計]|합\s*계|총\s*계)\s*[:：]?$/
const NOTE =
  /^(?:\d[\d,.]* )?(?:records?|rows?|lines?|entries|orders)\b|record\(s\)|^(?:seller id|generated|exported|printed|created|downloaded|source|page|end of|copyright|confidential)\b|^(?:共|导出|匯出|制表|製表|生成|打印|列印|数据来源|資料來源)/i

/** A lone cell under a table of several columns, or a line that adds up the others. */
function isFooter(record: SplitRecord, width: number): boolean {
  if (isBlankRecord(record)) return true
  if (width < 3 || record.flaw) return false
  const filled = record.cells.filter((cell) => cell.trim() !== '')
  const first = (filled[0] ?? '').trim()
  if (TOTAL.test(first) && 2 * filled.length <= width + 1) return true
  if (ALL_OF_THEM.test(first) && filled.length > 1 && filled.slice(1).every(isNumber)) return true
  if (filled.length > 1) return NOTE.test(filled.join(' ').trim()) && record.cells.length < width
  // A row may have no other value, a shorter record is none.
  return record.cells.length < width || ((record.cells[0] ?? '').trim() !== '' && NOTE.test(first))
}
