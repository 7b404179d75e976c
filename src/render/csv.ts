/** Comma- and tab-separated text (RFC 4180, LF), of the first sheet. */
import Papa from 'papaparse'
import type { Column, Report, UnitValues } from '../core/report.ts'
import { isCoded, isPacked, isSliced, type PackedText, type SlicedText, textReader } from '../core/texts.ts'
import {
  type Bytes,
  emptyBytes,
  encoded,
  reserve,
  writeByte,
  writeBytes,
  writeText,
  written,
} from './bytes.ts'
import { rawWriter, type Write } from './raw.ts'
import { rowCount, rowsOf } from './rows.ts'
import type { Style } from './style.ts'

export function csv(report: Report, style: Style): Iterable<Uint8Array> {
  return delimited(report, style, ',')
}

export function tsv(report: Report, style: Style): Iterable<Uint8Array> {
  return delimited(report, style, '\t')
}

const BYTE_ORDER_MARK = '\uFEFF'
const NEWLINE = 10

function* delimited({ sheets: [sheet] }: Report, style: Style, delimiter: ',' | '\t'): Iterable<Uint8Array> {
  if (!sheet) return
  const out = emptyBytes()
  const quote = quoting(delimiter, style.excelSafe)
  const plain = style.excelSafe ? undefined : delimiter.charCodeAt(0)
  if (!style.headless) {
    writeText(out, style.bom ? BYTE_ORDER_MARK : '')
    writeText(out, `${sheet.columns.map(({ key }) => quote(key)).join(delimiter)}\n`)
  }
  const cells = sheet.columns.map((column) => cellWriter(column, out, quote, plain))
  const row = rowsOf(sheet)
  const copy = lineCopier(sheet.columns, out, cells, plain)
  const line = copy?.row ?? lineWriter(out, cells, delimiter.charCodeAt(0))
  yield* written(out, rowCount(sheet), (place) => line(row(place)), copy?.end)
}

function lineWriter(out: Bytes, cells: readonly Write[], delimiter: number): Write {
  const [first, ...others] = cells
  if (!first) return () => writeByte(out, NEWLINE)
  if (others.length === 0) return loneCell(out, first)
  return (row) => {
    first(row)
    for (const cell of others) {
      writeByte(out, delimiter)
      cell(row)
    }
    writeByte(out, NEWLINE)
  }
}

interface LineCopier {
  readonly row: Write
  /** Write what is still to be copied. */
  end(): void
}

/**
 * Rows of a file that are written as they stand in it, but for some cells: all that lies between those is copied at
 * once, with its delimiters and line ends. Undefined where a cell may need other quotes than it has.
 */
function lineCopier(
  columns: readonly Column[],
  out: Bytes,
  cells: readonly Write[],
  delimiter: number | undefined,
): LineCopier | undefined {
  const texts = columns.flatMap(({ unit, values }) => (unit === 'text' && isSliced(values) ? [values] : []))
  const [first, last] = [texts[0], texts.at(-1)]
  if (delimiter === undefined || !first || !last || texts.length < Math.max(2, columns.length))
    return undefined
  const { bytes } = first
  if (texts.some((text) => text.bytes !== bytes || text.between !== delimiter)) return undefined
  const changed = texts.flatMap(({ instead, from, to }, i) =>
    instead ? [{ codes: instead.codes, from, to, write: cells[i] as Write }] : [],
  )
  // What is still to be copied; nothing at first.
  let [start, end] = [-1, -1]
  return {
    row(row) {
      const begin = first.from[row] as number
      const follows = start >= 0 && begin === end + 1 && bytes[end] === NEWLINE
      if (!follows) {
        if (start >= 0) copyLine(bytes, start, end, out)
        start = begin
      }
      for (const { codes, from, to, write } of changed) {
        if (codes[row] === 0) continue
        copyPlain(bytes, start, from[row] as number, out)
        write(row)
        start = to[row] as number
      }
      end = last.to[row] as number
    },
    end() {
      if (start >= 0) copyLine(bytes, start, end, out)
    },
  }
}

// Most readers skip blank lines, and would lose the row.
function loneCell(out: Bytes, cell: Write): Write {
  return (row) => {
    const start = out.at
    cell(row)
    if (out.at === start) writeText(out, '""')
    writeByte(out, NEWLINE)
  }
}

type Quote = (text: string) => string

/** `plain`: the delimiter, where texts without anything special are written as they are. */
function cellWriter(column: Column, out: Bytes, quote: Quote, plain: number | undefined): Write {
  if (column.unit !== 'text') return rawWriter(column, out)
  if (plain !== undefined && isPacked(column.values)) return packedWriter(column.values, out, quote, plain)
  if (plain !== undefined && isSliced(column.values)) return slicedWriter(column.values, out, quote, plain)
  return textWriter(column.values, out, quote)
}

function textWriter(values: UnitValues['text'], out: Bytes, quote: Quote): Write {
  if (!isCoded(values)) {
    const read = textReader(values)
    return (row) => writeText(out, quote(read(row) ?? ''))
  }
  const { codes } = values
  const words = values.words.map((word) => encoded(quote(word ?? '')))
  return (row) => {
    const word = words[codes[row] as number]
    if (word) writeBytes(out, word)
  }
}

function packedWriter(texts: PackedText, out: Bytes, quote: Quote, delimiter: number): Write {
  const { bytes, starts } = texts
  const read = textReader(texts)
  const copy = copier(bytes, out, delimiter)
  return (row) => {
    if (!copy(starts[row] as number, starts[row + 1] as number)) writeText(out, quote(read(row) ?? ''))
  }
}

function slicedWriter(texts: SlicedText, out: Bytes, quote: Quote, delimiter: number): Write {
  const { bytes, from, to, instead } = texts
  const read = textReader(texts)
  const copy = copier(bytes, out, delimiter)
  const own = (row: number): void => {
    if (!copy(from[row] as number, to[row] as number)) writeText(out, quote(read(row) ?? ''))
  }
  if (instead === undefined) return own
  const { codes } = instead
  const word = wordWriter(instead.words, out, quote, delimiter)
  return (row) => {
    const code = codes[row] as number
    if (code === 0) own(row)
    else word(code - 1)
  }
}

const encodedWords = new WeakMap<readonly string[], Map<number, (Uint8Array | string)[]>>()

/** Words that come again are encoded once; most words of a column of different ones never do. */
function wordWriter(words: readonly string[], out: Bytes, quote: Quote, delimiter: number): Write {
  const known = encodedWords.get(words) ?? new Map<number, (Uint8Array | string)[]>()
  encodedWords.set(words, known)
  const ready = known.get(delimiter) ?? []
  known.set(delimiter, ready)
  return (i) => {
    const known = ready[i]
    if (known === undefined) {
      const text = quote(words[i] as string)
      ready[i] = text
      writeText(out, text)
      return
    }
    const bytes = typeof known === 'string' ? encoded(known) : known
    ready[i] = bytes
    writeBytes(out, bytes)
  }
}

const [SPACE, QUOTE] = [32, 34]
/** With this byte begins U+FEFF, among others. */
const MARK = 0xef
/** What a byte means for its text: it stands in quotes, or may have to. */
const [QUOTED, UNSURE] = [1, 2]

const kindsOfBytes = new Map<number, Uint8Array>()

function kindsFor(delimiter: number): Uint8Array {
  const kinds = kindsOfBytes.get(delimiter) ?? new Uint8Array(256)
  kindsOfBytes.set(delimiter, kinds)
  for (const byte of [...encoded('"\r\n'), delimiter]) kinds[byte] = QUOTED
  kinds[MARK] = UNSURE
  return kinds
}

/** Copies bytes that need no quotes, or that surely do; answers false, and copies none, where text must tell. */
function copier(bytes: Uint8Array, out: Bytes, delimiter: number): (start: number, end: number) => boolean {
  const kinds = kindsFor(delimiter)
  return (start, end) => {
    if (start === end) return true
    if (bytes[start] === SPACE || bytes[end - 1] === SPACE) return false
    reserve(out, end - start)
    const { buffer, at } = out
    let found = 0
    for (let i = start; i < end; i++) {
      const byte = bytes[i] as number
      found |= kinds[byte] as number
      buffer[at + i - start] = byte
    }
    if (found === QUOTED) copyInQuotes(bytes, start, end, out)
    else if (found === 0) out.at = at + end - start
    return found <= QUOTED
  }
}

/** For fewer bytes a call costs more than the copying. */
const WORTH_A_CALL = 128

function copyPlain(bytes: Uint8Array, start: number, end: number, out: Bytes): void {
  const length = end - start
  reserve(out, length)
  const { buffer, at } = out
  if (length > WORTH_A_CALL) buffer.set(bytes.subarray(start, end), at)
  else for (let i = 0; i < length; i++) buffer[at + i] = bytes[start + i] as number
  out.at = at + length
}

function copyLine(bytes: Uint8Array, start: number, end: number, out: Bytes): void {
  copyPlain(bytes, start, end, out)
  writeByte(out, NEWLINE)
}

function copyInQuotes(bytes: Uint8Array, start: number, end: number, out: Bytes): void {
  reserve(out, 2 * (end - start) + 2)
  const { buffer } = out
  let { at } = out
  buffer[at++] = QUOTE
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte === QUOTE) buffer[at++] = QUOTE
    buffer[at++] = byte
  }
  buffer[at++] = QUOTE
  out.at = at
}

// papaparse knows when a cell needs quotes; the quick test only spares it the texts that never do.
function quoting(delimiter: ',' | '\t', excelSafe: boolean): Quote {
  const special = delimiter === ',' ? /[",\r\n\uFEFF]|^ | $/ : /["\t\r\n\uFEFF]|^ | $/
  const quote: Quote = (text) =>
    special.test(text) ? Papa.unparse([[text]], { delimiter, newline: '\n' }) : text
  return excelSafe ? (text) => quote(safeForExcel(text)) : quote
}

// Excel keeps 15 digits of a number, shows more than 11 in exponent form, and drops leading zeros.
const READ_AS_NUMBER = /^(?:\d{12,}|0\d+|\d+(?:\.\d*)?[eE][+-]?\d+)$/

// 2024-01, 10-1-10 (a score of ten bins), 3/4 and 10:30 become days and times.
const READ_AS_DATE = /^\d{1,4}(?:[-/.]\d{1,4}){1,2}$|^\d{1,2}(?::\d{2}){1,2}$/

// https://owasp.org/www-community/attacks/CSV_Injection
const READ_AS_FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

// Nearly all text begins with a letter, and then neither expression need be tried.
const mayBeMisread = (first: number): boolean => first <= 0x40 || first >= 0xff00

function safeForExcel(text: string): string {
  if (!mayBeMisread(text.charCodeAt(0))) return text
  if (READ_AS_NUMBER.test(text) || READ_AS_DATE.test(text)) return `="${text}"`
  return READ_AS_FORMULA.test(text) ? `'${text}` : text
}
