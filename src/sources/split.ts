/**
 * Text into records, whatever its quotes and line ends: the reader for every file that is not plainly
 * regular. It never stops at a flaw: it names it and goes on with the next line.
 */
import type { TextRecord } from './records.ts'

/** How cells stand in a text. */
export interface Notation {
  readonly delimiter: string
  readonly quote: '"' | "'" | undefined
  /** What makes a quote inside a quoted cell plain: a second quote, or a backslash before it. */
  readonly escapes: 'doubled' | 'backslash'
  /** A lone CR ends a line too. */
  readonly cr: boolean
  /** Blanks before an opening quote are no part of the cell. */
  readonly blanksBeforeQuote: boolean
}

/** Why a record cannot be taken apart. */
export type Flaw = 'a quote that is not closed' | 'text after a closing quote'

export interface SplitRecord extends TextRecord {
  /** Where it stands in the text that was given, to quote it as it is written. */
  readonly raw: string
  /** What ends it: a line end, or nothing at the end of the text. */
  readonly ending: string
  /** How many physical lines end with it. */
  readonly lines: number
  readonly flaw?: Flaw
  /** A quoted cell holds a line end. */
  readonly multiline: boolean
}

/** A quote that is not closed within so many characters is none. */
const LONGEST_RECORD = 4 << 20
/** An open record of fewer is read again with each quote that comes; a longer one when it has grown by a part. */
const SHORT_RECORD = 1 << 16
const GROWN = 1 / 8

export interface Splitter {
  /** The records that are complete with this text. */
  push(text: string): SplitRecord[]
  /** The record that the end of the text completes. */
  end(): SplitRecord[]
}

/** Takes text in pieces, whatever they are cut through. */
export function splitter(notation: Notation): Splitter {
  let [rest, line] = ['', 1]
  // What has come since a record with an open quote was read, which only a quote can close.
  let [more, isOpen, mayClose] = ['', false, false]
  const isWorthReading = (): boolean => {
    const length = rest.length + more.length
    if (!isOpen || length >= LONGEST_RECORD) return true
    return mayClose && (length < SHORT_RECORD || more.length >= GROWN * length)
  }
  const take = (last: boolean): SplitRecord[] => {
    const records: SplitRecord[] = []
    rest += more
    ;[more, isOpen, mayClose] = ['', false, false]
    let at = 0
    while (at < rest.length) {
      const found = readRecord(rest, at, notation, last)
      isOpen = found === 'open'
      if (found === undefined || found === 'open') break
      const raw = rest.slice(at, found.end)
      const plain = !found.multiline && notation.escapes === 'doubled'
      const lines = plain ? Number(found.next > found.end) : lineEnds(rest, at, found.next, notation.cr)
      records.push({
        cells: found.cells,
        line,
        raw,
        ending: rest.slice(found.end, found.next),
        lines,
        multiline: found.multiline,
        ...(found.flaw ? { flaw: found.flaw } : {}),
      })
      line += lines
      at = found.next
    }
    rest = rest.slice(at)
    return records
  }
  return {
    push: (text) => {
      more += text
      mayClose ||= isOpen && text.includes(notation.quote as string)
      return isWorthReading() ? take(false) : []
    },
    end: () => take(true),
  }
}

/** All records of a text that is all there is. */
export function splitAll(text: string, notation: Notation): SplitRecord[] {
  const { push, end } = splitter(notation)
  return [...push(text), ...end()]
}

const [LF, CR, BACKSLASH, SPACE] = [10, 13, 92, 32]

interface Found {
  readonly cells: string[]
  /** After the last character of the record, and after its line end. */
  readonly end: number
  readonly next: number
  readonly multiline: boolean
  readonly flaw?: Flaw
}

/** The record that begins at `start`; undefined where the text ends before it is complete, open where in quotes. */
function readRecord(
  text: string,
  start: number,
  notation: Notation,
  last: boolean,
): Found | 'open' | undefined {
  const cells: string[] = []
  let [at, multiline] = [start, false]
  for (;;) {
    const quoted = readQuoted(text, at, notation, last)
    if (quoted === 'open' || isTooLong(quoted, start)) {
      if (!last && text.length - start < LONGEST_RECORD) return 'open'
      return flawed(text, cells, at, notation, last, multiline, 'a quote that is not closed')
    }
    if (quoted === 'incomplete') return undefined
    if (quoted === 'text after') {
      return flawed(text, cells, at, notation, last, multiline, 'text after a closing quote')
    }
    const cell = quoted ?? readPlain(text, at, notation, last)
    if (cell === undefined) return undefined
    cells.push(cell.value)
    multiline ||= cell.multiline
    if (!cell.more) return { cells, end: cell.end, next: cell.next, multiline }
    at = cell.next
  }
}

/** However the text comes in pieces, it is the same quotes that are closed too late. */
const isTooLong = (quoted: ReturnType<typeof readQuoted>, start: number): boolean =>
  typeof quoted === 'object' && quoted.end - start >= LONGEST_RECORD

/** Take the quote for a character like any other: the record ends with its physical line. */
function flawed(
  text: string,
  cells: string[],
  from: number,
  notation: Notation,
  last: boolean,
  multiline: boolean,
  flaw: Flaw,
): Found | undefined {
  for (let at = from; ; ) {
    const cell = readPlain(text, at, { ...notation, escapes: 'doubled' }, last)
    if (cell === undefined) return undefined
    cells.push(cell.value)
    if (!cell.more) return { cells, end: cell.end, next: cell.next, multiline, flaw }
    at = cell.next
  }
}

interface Cell {
  readonly value: string
  readonly end: number
  readonly next: number
  /** A delimiter follows, and so another cell. */
  readonly more: boolean
  readonly multiline: boolean
}

/** A cell without quotes; undefined where the text may go on. */
function readPlain(text: string, start: number, notation: Notation, last: boolean): Cell | undefined {
  const { delimiter, escapes, cr } = notation
  const separator = delimiter.charCodeAt(0)
  let escaped = false
  for (let at = start; ; at++) {
    if (at >= text.length) {
      if (!last) return undefined
      return {
        value: value(text.slice(start, at), escaped),
        end: at,
        next: at,
        more: false,
        multiline: false,
      }
    }
    const code = text.charCodeAt(at)
    if (code === separator) {
      const found = value(text.slice(start, at), escaped)
      return { value: found, end: at, next: at + 1, more: true, multiline: false }
    }
    if (code === BACKSLASH && escapes === 'backslash' && at + 1 < text.length) {
      escaped = true
      at++
    } else if (code === LF || (code === CR && endsLine(text, at, cr, last))) {
      if (code === CR && at + 1 >= text.length && !last) return undefined
      const found = value(text.slice(start, at), escaped)
      return { value: found, end: at, next: afterLineEnd(text, at), more: false, multiline: false }
    }
  }
}

/** Does the CR at this place end a line: with an LF behind it, or where a lone one does? */
function endsLine(text: string, at: number, cr: boolean, last: boolean): boolean {
  return cr || text.charCodeAt(at + 1) === LF || (at + 1 >= text.length && !last)
}

function afterLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1
}

/** A backslash before a letter or a digit is no escape: `\N` and `C:\temp` stay as they are. */
const withoutEscapes = (text: string): string => text.replace(/\\([^A-Za-z0-9])/g, '$1')

const value = (text: string, escaped: boolean): string => (escaped ? withoutEscapes(text) : text)

/** A cell in quotes; undefined where none begins here. */
function readQuoted(
  text: string,
  start: number,
  notation: Notation,
  last: boolean,
): Cell | 'open' | 'incomplete' | 'text after' | undefined {
  const { quote } = notation
  if (quote === undefined) return undefined
  const open = openingQuote(text, start, notation)
  if (open < 0) return undefined
  const closing = closingQuote(text, open + 1, notation)
  if (closing.at < 0) return 'open'
  if (closing.at + 1 >= text.length && !last) return 'incomplete'
  const inside = text.slice(open + 1, closing.at)
  const read = closing.escaped ? unescaped(inside, notation) : inside
  return afterQuote(text, closing.at + 1, notation, last, read)
}

function openingQuote(text: string, start: number, { quote, blanksBeforeQuote }: Notation): number {
  let at = start
  if (blanksBeforeQuote) while (text.charCodeAt(at) === SPACE) at++
  return text[at] === quote ? at : -1
}

function closingQuote(text: string, from: number, { quote, escapes }: Notation) {
  const mark = quote as string
  let escaped = false
  for (let at = from; ; ) {
    const found = text.indexOf(mark, at)
    if (found < 0) return { at: -1, escaped }
    if (escapes === 'backslash' && isEscaped(text, from, found)) {
      escaped = true
      at = found + 1
    } else if (text[found + 1] === mark && escapes === 'doubled') {
      escaped = true
      at = found + 2
    } else
      return {
        at: found,
        escaped: escaped || (escapes === 'backslash' && text.slice(from, found).includes('\\')),
      }
  }
}

/** Does an odd number of backslashes stand before it? */
function isEscaped(text: string, from: number, at: number): boolean {
  let count = 0
  while (at - 1 - count >= from && text.charCodeAt(at - 1 - count) === BACKSLASH) count++
  return count % 2 === 1
}

function unescaped(text: string, { quote, escapes }: Notation): string {
  const mark = quote as string
  return escapes === 'backslash' ? withoutEscapes(text) : text.replaceAll(mark + mark, mark)
}

/** What follows a closing quote must end the cell; blanks before that do no harm. */
function afterQuote(
  text: string,
  from: number,
  { delimiter, cr }: Notation,
  last: boolean,
  read: string,
): Cell | 'incomplete' | 'text after' {
  const multiline = /[\r\n]/.test(read)
  let at = from
  while (text.charCodeAt(at) === SPACE) at++
  if (at >= text.length) {
    return last ? { value: read, end: at, next: at, more: false, multiline } : 'incomplete'
  }
  if (text.startsWith(delimiter, at)) return { value: read, end: at, next: at + 1, more: true, multiline }
  const code = text.charCodeAt(at)
  if (code === LF || (code === CR && endsLine(text, at, cr, last))) {
    if (code === CR && at + 1 >= text.length && !last) return 'incomplete'
    return { value: read, end: at, next: afterLineEnd(text, at), more: false, multiline }
  }
  return 'text after'
}

/** Physical lines that end between two places. */
function lineEnds(text: string, from: number, to: number, cr: boolean): number {
  let count = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === LF || (code === CR && (cr ? text.charCodeAt(at + 1) !== LF : false))) count++
  }
  return count
}
