/** What stands where in a table of records: lines above the header, the header, rows, lines below them. */
import { isDate } from '../fields/date.ts'
import { isNumber } from '../fields/money.ts'
import { mostFrequent } from './notation.ts'
import type { TextRecord } from './records.ts'

export interface Layout {
  /** The names as they are written; undefined where the first record is data. */
  readonly header: TextRecord | undefined
  /** Cells of a row. */
  readonly width: number
  /** What is written above the header, blank lines left out. */
  readonly preamble: readonly TextRecord[]
  /** Records before the first row. */
  readonly skip: number
}

export interface LayoutHints {
  /** Physical line of the header, where the user says it; 0: there is none. */
  readonly headerLine?: number | undefined
  knows(header: string): boolean
}

/** A header stands among the first records or nowhere. */
const HEADER_WITHIN = 60

export const isBlankRecord = ({ cells }: TextRecord): boolean => cells.every((cell) => cell.trim() === '')

/** Undefined where no record holds anything. */
export function recogniseLayout(records: readonly TextRecord[], hints: LayoutHints): Layout | undefined {
  const filled = records.flatMap((record, index) => (isBlankRecord(record) ? [] : [{ record, index }]))
  if (filled.length === 0) return undefined
  if (hints.headerLine !== undefined) return layoutAt(records, filled, hints.headerLine)
  const { width } = mostFrequent(filled.map(({ record }) => record.cells.length))
  const above = filled.slice(0, HEADER_WITHIN)
  const full = above.filter(({ record }) => isFull(record, width))
  const first = full[0] ?? above[0]
  // A line of words above the header may be as wide as it; the names that somebody looks for tell them apart.
  const named = full.find(({ record }) => namesMany(record, hints))
  const found = first && named && knownHeaders(first.record, hints) === 0 ? named : first
  if (found === undefined) return undefined
  const isHeader = looksLikeHeader(found.record, filled, hints)
  return {
    header: isHeader ? found.record : undefined,
    width: isHeader ? headerWidth(found.record, width) : width,
    preamble: above.filter(({ index }) => index < found.index).map(({ record }) => record),
    skip: found.index + (isHeader ? 1 : 0),
  }
}

interface Placed {
  readonly record: TextRecord
  readonly index: number
}

function layoutAt(
  records: readonly TextRecord[],
  filled: readonly Placed[],
  line: number,
): Layout | undefined {
  const { width } = mostFrequent(filled.map(({ record }) => record.cells.length))
  if (line === 0) return { header: undefined, width, preamble: [], skip: 0 }
  const index = records.findIndex((record) => record.line === line)
  const header = records[index]
  if (header === undefined) return undefined
  const preamble = filled.filter((placed) => placed.index < index).map(({ record }) => record)
  return { header, width: header.cells.length, preamble, skip: index + 1 }
}

const KNOWN_ENOUGH = 2

/** Several known names, no name twice, none empty: a row of values hardly looks like that. */
function namesMany(record: TextRecord, hints: LayoutHints): boolean {
  const names = new Set(record.cells.map((cell) => cell.trim()))
  return knownHeaders(record, hints) >= KNOWN_ENOUGH && names.size === record.cells.length && !names.has('')
}

const knownHeaders = ({ cells }: TextRecord, { knows }: LayoutHints): number => cells.filter(knows).length

/**
 * As wide as the rows, and filled over most of that width: a title above the header, padded by a spreadsheet,
 * is not. A header may lack the name of a last column, or have one more than the rows.
 */
function isFull({ cells }: TextRecord, width: number): boolean {
  if (Math.abs(cells.length - width) > 1) return false
  const filled = cells.filter((cell) => cell.trim() !== '').length
  return 2 * filled > Math.min(width, cells.length)
}

/** A last header without a name over a column without a value is no column. */
function headerWidth({ cells }: TextRecord, width: number): number {
  return cells.length === width + 1 && (cells[width] ?? '').trim() === '' ? width : cells.length
}

function looksLikeHeader(record: TextRecord, filled: readonly Placed[], hints: LayoutHints): boolean {
  if (knownHeaders(record, hints) > 0) return true
  if (!looksLikeData(record.cells)) return true
  return areYears(record.cells) && filled.length > 1
}

function looksLikeData(cells: readonly string[]): boolean {
  const written = cells.filter((cell) => cell.trim() !== '')
  const dates = written.filter((cell) => /[-/.年]/.test(cell) && isDate(cell))
  const numbers = written.filter((cell) => isNumber(cell))
  return dates.length > 0 || (numbers.length > 0 && 2 * numbers.length >= written.length)
}

/** Years one after the other over the columns of a wide table: `country,2019,2020,2021`. */
function areYears(cells: readonly string[]): boolean {
  const years = cells.filter((cell) => /^\s*(?:19|20)\d\d\s*$/.test(cell)).map(Number)
  const numbers = cells.filter((cell) => /^\s*[\d.,]+\s*$/.test(cell))
  if (years.length < 2 || years.length < numbers.length) return false
  const steps = years.slice(1).map((year, i) => year - (years[i] as number))
  return steps.every((step) => step === steps[0] && step !== 0)
}
