/**
 * Rows straight from bytes, no string made: the quick way through what is plainly regular. It stops before any
 * record that needs a closer look, and leaves that one to the reader of lines.
 */
import type { BatchBuilder } from './rowBatch.ts'
import { IN_QUOTES, LONGEST_CELL, NEEDS_QUOTES, type PlaceCursor, type PlaceNotes } from './rowPlaces.ts'

const [LF, CR, NUL, SPACE] = [10, 13, 0, 32]

export interface RegularNotation {
  /** One byte each; a quote of -1: there are none. */
  readonly delimiter: number
  readonly quote: number
  readonly width: number
  /** The first header, with which a repeated one begins. */
  readonly header: Buffer
}

/** How the file usually writes a record; a row that is written otherwise is told apart. */
export interface Usual {
  /** By column: filled cells always stand in quotes; so do empty ones. */
  readonly filled: readonly boolean[]
  readonly empty: readonly boolean[]
  readonly crlf: boolean
}

/** Where the rows go, and where reading has come to. */
export interface Into {
  readonly batch: BatchBuilder
  /** Where the bytes begin in the text. */
  readonly place: number
  /** The number and the physical line of the next row. */
  row: number
  line: number
  /** The next row is written in no usual way. */
  unusual(start: number, end: number): void
}

/** Read rows from a place on up to another; answers the place of the record that needs a closer look. */
export type RegularReader = (bytes: Buffer, from: number, before: number, into: Into) => number

const [ENDS, VISIBLE] = [1, 2]

/** Bytes by what they do: end a plain cell, or show that it is not blank. */
function kindsOf({ delimiter, quote }: RegularNotation): Uint8Array {
  const kinds = new Uint8Array(256)
  kinds.fill(VISIBLE, SPACE + 1, 0x7f)
  // Blanks beyond ASCII begin with a few of these bytes; all others begin a letter or a sign.
  kinds.fill(VISIBLE, 0xc3, 0xf5)
  for (const byte of [0xe1, 0xe2, 0xe3, 0xef]) kinds[byte] = 0
  for (const byte of [LF, CR, NUL, delimiter]) kinds[byte] = ENDS
  if (quote >= 0) kinds[quote] = ENDS
  return kinds
}

export interface RegularReading {
  readonly notation: RegularNotation
  readonly usual: Usual | undefined
  /** Rows that were put down are not looked through again. */
  readonly cursor: PlaceCursor | undefined
  /** Where rows are put down. */
  readonly notes: PlaceNotes | undefined
}

export function regularReader({ notation, usual, cursor, notes }: RegularReading): RegularReader {
  const { delimiter, quote, width } = notation
  const kinds = kindsOf(notation)
  const repeats = headerTest(notation.header)
  const filled = bitsOf(usual?.filled, width)
  const empty = bitsOf(usual?.empty, width)
  // Of the record that is being read: written in no usual way, not blank, line ends inside it.
  let [odd, seen, inside] = [false, 0, 0]
  // Its cells are not as they stand there: some hold doubled quotes, or lone ones.
  let special = false
  const needing = new Uint16Array(width)

  /** The end of a cell without quotes around it that has some inside. */
  const plainEnd = (bytes: Buffer, quoteAt: number, { batch }: Into): number => {
    let at = quoteAt
    special = true
    batch.mayNeedQuotes = true
    while (bytes[at] === quote) {
      odd = true
      seen = VISIBLE
      at++
      while (at < bytes.length && kinds[bytes[at] as number] !== ENDS) at++
    }
    return at
  }

  /** A cell in quotes; answers the place behind them, or -1 where it needs a look. */
  const quotedCell = (bytes: Buffer, open: number, column: number, { batch }: Into): number => {
    let [at, needed, doubled] = [open + 1, false, false]
    for (; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (byte === quote) {
        if (bytes[at + 1] !== quote) break
        doubled = true
        at++
      }
      const kind = kinds[byte] as number
      seen |= kind & VISIBLE
      if (kind !== ENDS) continue
      if (byte === NUL) return -1
      if (byte === LF) inside++
      else if (byte !== CR) seen |= VISIBLE
      needed = true
    }
    if (at >= bytes.length) return -1
    if (at === open + 1 ? empty[column] === 0 : filled[column] === 0 && !needed) odd = true
    batch.mayNeedQuotes = true
    needing[column] = needed ? NEEDS_QUOTES : 0
    special ||= doubled
    const { room } = batch
    const place = column * room.most + batch.length
    const stored = doubled ? batch.store(undoubled(bytes, open + 1, at)) : undefined
    room.from[place] = stored ? stored[0] : open + 1
    room.to[place] = stored ? stored[1] : at
    return at + 1
  }

  const undoubled = (bytes: Buffer, from: number, to: number): string => {
    const mark = String.fromCharCode(quote)
    return bytes.toString('utf8', from, to).replaceAll(mark + mark, mark)
  }

  /** Cells that begin with something to be seen are told from their first byte; it may stand behind blanks, too. */
  const isBlank = (bytes: Buffer, start: number, end: number): boolean => {
    let at = start
    while (at < end && kinds[bytes[at] as number] !== VISIBLE) at++
    return at === end
  }

  /** The place after the record, or -1 where it needs a look. Its cells are put in place, but not counted. */
  const record = (bytes: Buffer, start: number, into: Into): number => {
    const { room, length } = into.batch
    const { from, to, most } = room
    odd = false
    seen = 0
    inside = 0
    special = false
    const end = bytes.length
    let [at, place, visible, unlike] = [start, length, 0, 0]
    for (let column = 0; column < width; column++, place += most, at++) {
      if (bytes[at] === quote) {
        at = quotedCell(bytes, at, column, into)
        if (at < 0) return -1
      } else {
        const first = at
        visible |= kinds[bytes[first] as number] as number
        while (at < end && kinds[bytes[at] as number] !== ENDS) at++
        if (bytes[at] === quote) at = plainEnd(bytes, at, into)
        if (bytes[first] === SPACE || bytes[at - 1] === SPACE) into.batch.mayNeedQuotes = true
        from[place] = first
        to[place] = at
        unlike |= (at === first ? empty[column] : filled[column]) as number
      }
      const byte = bytes[at]
      if (byte === delimiter) continue
      if (column < width - 1) return -1
      const crlf = byte === CR && bytes[at + 1] === LF
      if (!crlf && byte !== LF) return -1
      if (((seen | visible) & VISIBLE) === 0 && isBlank(bytes, start, at)) return -1
      if (unlike !== 0 || (usual && usual.crlf !== crlf)) odd = true
      return repeats(bytes, from[length] as number, to[length] as number) ? -1 : at + (crlf ? 2 : 1)
    }
    return -1
  }

  /** Put down the cells of the record that was read. */
  const note = (bytes: Buffer, start: number, next: number, into: Into, notes: PlaceNotes): void => {
    if (special || inside > 0 || next - start > LONGEST_CELL) {
      notes.end()
      return
    }
    const { room, length } = into.batch
    const { from, to, most } = room
    const { cells, at } = notes
    for (let column = 0, place = length; column < width; column++, place += most) {
      const first = from[place] as number
      const inQuotes = first > start && bytes[first - 1] === quote
      cells[at + column] =
        (to[place] as number) - first + (inQuotes ? IN_QUOTES | (needing[column] as number) : 0)
    }
    notes.keep(into.place + start, bytes[next - 2] === CR)
  }

  /** The place after a record that was put down, or -1 where the text is no longer the same. */
  const again = (bytes: Buffer, start: number, { batch }: Into, { cells, at: first, crlf }: PlaceCursor) => {
    const { room, length } = batch
    const { from, to, most } = room
    let [at, place, unlike] = [start, length, 0]
    for (let column = 0; column < width; column++, place += most, at++) {
      const cell = cells[first + column] as number
      const size = cell & LONGEST_CELL
      if (cell >= IN_QUOTES) {
        batch.mayNeedQuotes = true
        at++
        from[place] = at
        at += size
        to[place] = at
        if (bytes[at++] !== quote) return -1
        unlike |= Number(
          size === 0 ? empty[column] === 0 : filled[column] === 0 && cell === (IN_QUOTES | size),
        )
      } else {
        const isEdged = bytes[at] === SPACE || bytes[at + size - 1] === SPACE
        if (isEdged) batch.mayNeedQuotes = true
        from[place] = at
        at += size
        to[place] = at
        unlike |= (size === 0 ? empty[column] : filled[column]) as number
      }
      if (column < width - 1 && bytes[at] !== delimiter) return -1
    }
    odd = unlike !== 0 || (usual !== undefined && usual.crlf !== crlf)
    inside = 0
    return bytes[crlf ? at : at - 1] === LF ? at + Number(crlf) : -1
  }

  const next = (bytes: Buffer, at: number, into: Into): number => {
    if (cursor?.isAt(into.place + at)) {
      const end = again(bytes, at, into, cursor)
      if (end >= 0) {
        cursor.pass(into.place + end)
        return end
      }
    }
    const end = record(bytes, at, into)
    if (notes && end >= 0) note(bytes, at, end, into, notes)
    return end
  }

  return (bytes, from, before, into) => {
    let at = from
    while (at < before) {
      const end = next(bytes, at, into)
      if (end < 0) break
      if (odd && usual) into.unusual(at, end)
      into.batch.placed(into.row, into.line)
      into.row++
      into.line += 1 + inside
      at = end
    }
    notes?.end()
    return at
  }
}

/** By column: 1 where it is so. */
const bitsOf = (of: readonly boolean[] | undefined, width: number): Uint8Array =>
  Uint8Array.from(of?.length === width ? of : new Array<boolean>(width).fill(false), Number)

/** May a record that begins with this cell repeat the header? */
function headerTest(header: Buffer): (bytes: Buffer, from: number, to: number) => boolean {
  const [first = SPACE] = header
  return (bytes, from, to) => {
    if (to - from < header.length) return false
    if (header.length === 0) return from === to || (bytes[from] as number) <= SPACE
    const byte = bytes[from] as number
    return (byte === first || byte <= SPACE || byte >= 0x80) && bytes.subarray(from, to).includes(header)
  }
}
