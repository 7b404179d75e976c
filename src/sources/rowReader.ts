/**
 * The rows of a delimited text, block by block, as they stand in it; and every record that is no row, or is not
 * written as its file usually writes one. Nothing is lost on the way: the records are counted.
 */
import type { Block } from './blocks.ts'
import { type Dialect, recordWriter } from './dialect.ts'
import { encodeText } from './encoders.ts'
import type { Layout } from './layout.ts'
import { type LineReader, lineReader, type RawRecord } from './lineReader.ts'
import { type Into, regularReader } from './regularRows.ts'
import { AS_WRITTEN, type BatchBuilder, batchBuilder, batchRooms, type ReadBatch } from './rowBatch.ts'
import { placeCursor, placeNotes, type RowPlaces } from './rowPlaces.ts'
import { type Notation, splitAll } from './split.ts'
import {
  asFooter,
  countPassed,
  FOOTER_WITHIN,
  footersAmong,
  nothingPassed,
  type PassedOver,
  type Sorted,
  sorter,
} from './tabulate.ts'

export interface RowReading {
  readonly layout: Layout
  readonly notation: Notation
  /** Physical lines that stand above the rows. */
  readonly above: number
  readonly dialect: Dialect
  /** Keep what is needed to write the file again, byte for byte. */
  readonly keeping: boolean
  /** Where rows stand that were read before, or will be read again. */
  readonly places?: RowPlaces | undefined
  /** The place in the text where this reading begins. */
  readonly from?: number
}

/** A record that may yet turn out to be a footer. */
interface Held extends RawRecord {
  readonly damaged: boolean
}

export interface RowReader {
  push(block: Block, last: boolean): ReadBatch
  readonly passed: PassedOver
  /** Rows so far, those that cannot be used among them. */
  readonly rows: number
  /** Physical lines so far. */
  readonly lines: number
  /** It has come to the end of a record, and keeps nothing back: who begins here reads the same rows. */
  readonly isBetween: boolean
}

const [LF, CR] = [10, 13]
const REPLACEMENT = '\ufffd'

/** A cell that is no shorter, with its delimiter, is usual; room for more is made where they are. */
const SHORT_CELL = 8
const likelyRows = (bytes: Buffer, width: number): number =>
  16 + Math.ceil(bytes.length / (SHORT_CELL * width))

export function rowReader(reading: RowReading): RowReader {
  const { layout, notation, dialect, keeping } = reading
  const { width } = layout
  const regular = isRegular(notation) ? regularReader(asRegular(reading)) : undefined
  const between = regular && notation.quote === '"' ? notation.delimiter.charCodeAt(0) : undefined
  const write = recordWriter(dialect)
  const roomFor = batchRooms(width)
  const passed = nothingPassed()
  let [above, row, line, place] = [reading.above, 1, 1, reading.from ?? 0]
  let lines: LineReader | undefined
  let tail: Held[] = []

  // A record at a time ----------------------------------------------------------------------------

  const resplit = (part: string, from: number) =>
    splitAll(part, notation).map((one) => ({ ...one, line: one.line + from - 1 }))
  const sound = sorter({ layout, resplit })
  const doubtful = sorter({ layout, resplit, damaged: REPLACEMENT })

  const settle = ({ record, raw, damaged }: Held, batch: BatchBuilder): void => {
    const found = (damaged ? doubtful : sound)(record)
    // What one quote swallowed is written again by the first of its records.
    found.forEach((each, i) => {
      take(each, i === 0 ? raw : '', found.length > 1, batch)
    })
  }

  const take = (sorted: Sorted, raw: string | Buffer, apart: boolean, batch: BatchBuilder): void => {
    const { record } = sorted
    const keep = (as: string, at: number) => {
      if (keeping) batch.kept.push({ row: at, line: record.line, as, raw })
    }
    if (sorted.as === 'passed') {
      countPassed(passed, record, sorted.why)
      keep(`passed over: ${sorted.why}`, row - 1)
    } else if (sorted.as === 'reject') {
      batch.rejects.push(sorted.reject)
      keep(`rejected: ${sorted.reject.reason}`, row++)
    } else {
      if (apart || (keeping && (record.cells.length !== width || write(record.cells) !== raw)))
        keep(AS_WRITTEN, row)
      batch.add(sorted.cells, row++, record.line)
    }
  }

  // Lines ------------------------------------------------------------------------------------------

  /** Read physical lines until none is open, or all are read; answers the place that it came to. */
  const byLines = (source: Lines, from: number, all: boolean, batch: BatchBuilder): number => {
    let at = from
    lines ??= lineReader(notation, dialect.encoding, line - 1)
    while (at < source.bytes.length) {
      const next = source.next(at)
      const bytes = source.originalOf(at, next)
      line++
      for (const one of lines.push(source.bytes.toString('utf8', at, next), bytes)) hold(one, source, batch)
      at = next
      if (lines.open === 0 && !all) break
    }
    if (lines?.open === 0) lines = undefined
    return at
  }

  const hold = (one: RawRecord, { damaged }: Lines, batch: BatchBuilder): void => {
    tail.push({ ...one, damaged })
    if (tail.length > FOOTER_WITHIN || !holding) settle(tail.shift() as Held, batch)
  }
  let holding = regular === undefined

  const skipped = (source: Lines, batch: BatchBuilder): number => {
    let at = 0
    const first = line
    for (; above > 0 && at < source.bytes.length; above--) {
      at = source.next(at)
      line++
    }
    const raw = source.rawOf(0, at)
    if (keeping && at > 0) batch.kept.push({ row: 0, line: first, as: 'above the rows', raw })
    return at
  }

  const finish = (source: Lines, batch: BatchBuilder): void => {
    for (const one of lines?.end() ?? []) tail.push({ ...one, damaged: source.damaged })
    const early = tail.splice(0, Math.max(0, tail.length - FOOTER_WITHIN))
    for (const one of early) settle(one, batch)
    const rows =
      tail.length -
      footersAmong(
        tail.map(({ record }) => record),
        width,
      )
    for (const one of tail.slice(0, rows)) settle(one, batch)
    for (const { record, raw } of tail.slice(rows)) take(asFooter(record), raw, false, batch)
    tail = []
  }

  return {
    passed,
    get rows() {
      return row - 1
    },
    get lines() {
      return line - 1
    },
    get isBetween() {
      return regular !== undefined && above === 0 && lines === undefined && tail.length === 0
    },
    push(block, last) {
      const source = linesOf(block, reading)
      const { bytes } = block
      const batch = batchBuilder(bytes, width, roomFor(likelyRows(bytes, width)))
      const careful = regular === undefined || block.damaged || !source.exact
      const end = careful ? 0 : last ? source.beforeLast(FOOTER_WITHIN + 1) : bytes.length
      let at = skipped(source, batch)
      while (at < end) {
        if (lines === undefined && regular) {
          const into: Into = {
            batch,
            place,
            row,
            line,
            unusual: (start, stop) =>
              batch.kept.push({
                row: into.row,
                line: into.line,
                as: AS_WRITTEN,
                raw: bytes.toString('utf8', start, stop),
              }),
          }
          at = regular(bytes, at, end, into)
          row = into.row
          line = into.line
        }
        if (at < end) at = byLines(source, at, false, batch)
      }
      holding ||= last
      if (at < bytes.length) byLines(source, at, true, batch)
      if (last) finish(source, batch)
      place += bytes.length
      return batch.done(between)
    },
  }
}

// The notation as bytes ------------------------------------------------------------------------------

/** Can its rows be read straight from bytes? */
export function isRegular({ delimiter, quote, escapes, cr, blanksBeforeQuote }: Notation): boolean {
  return escapes === 'doubled' && !cr && !blanksBeforeQuote && delimiter < '\x80' && (quote ?? '') < '\x80'
}

function asRegular(reading: RowReading) {
  const { places, keeping, dialect, layout } = reading
  const own = { notation: asBytes(reading), usual: keeping ? usualOf(dialect) : undefined }
  if (places?.isComplete) return { ...own, cursor: placeCursor(places, layout.width), notes: undefined }
  places?.begin()
  return { ...own, cursor: undefined, notes: places && placeNotes(places, layout.width) }
}

function asBytes({ layout, notation }: RowReading) {
  return {
    delimiter: notation.delimiter.charCodeAt(0),
    quote: notation.quote?.charCodeAt(0) ?? -1,
    width: layout.width,
    header: layout.header ? Buffer.from((layout.header.cells[0] ?? '').trim()) : Buffer.from('\u0000'),
  }
}

const usualOf = ({ filled, empty, lineEnd }: Dialect) => ({
  filled: [...filled].map((letter) => letter === 'a'),
  empty: [...empty].map((letter) => letter === 'q'),
  crlf: lineEnd === '\r\n',
})

// Physical lines -------------------------------------------------------------------------------------

interface Lines {
  readonly bytes: Buffer
  readonly damaged: boolean
  /** Text gives the bytes of the file back. */
  readonly exact: boolean
  /** The place after the line that begins at a place. */
  next(at: number): number
  /** The bytes of the file that a line was read from, line by line; undefined where the text gives them back. */
  originalOf(from: number, to: number): Buffer | undefined
  /** Any part that begins where the last one ended, to be written again. */
  rawOf(from: number, to: number): string | Buffer
  /** Where the last so many lines begin. */
  beforeLast(count: number): number
}

function linesOf(block: Block, { notation, dialect, keeping }: RowReading): Lines {
  const { bytes, original } = block
  const { encoding } = dialect
  const exact = !keeping || isExact(block, dialect)
  const next = (from: number) => lineEndAfter(bytes, from, notation.cr)
  let done = 0
  /** Lines end alike in both, and a wide character has two bytes whatever it is. */
  const originalOf = (from: number, to: number): Buffer | undefined => {
    if (exact) return undefined
    const start = done
    if (bytes === original) done = to
    else if (encoding.startsWith('utf-16')) done += 2 * bytes.toString('utf8', from, to).length
    else for (let at = from; at < to; at = next(at)) done = lineEndAfter(original, done, notation.cr)
    if (to === bytes.length) done = original.length
    // It may be needed when the block is long gone.
    return Buffer.from(original.subarray(start, done))
  }
  return {
    bytes,
    exact,
    damaged: block.damaged,
    next,
    originalOf,
    rawOf: (from, to) => originalOf(from, to) ?? bytes.toString('utf8', from, to),
    beforeLast(count) {
      let at = bytes.length
      for (let i = 0; i < count && at > 1; i++) at = bytes.lastIndexOf(LF, at - 2) + 1
      return at
    },
  }
}

function isExact({ bytes, original, damaged }: Block, { encoding }: Dialect): boolean {
  if (bytes === original) return !damaged
  return !damaged && encodeText(bytes.toString(), encoding).equals(original)
}

function lineEndAfter(bytes: Buffer, from: number, cr: boolean): number {
  const lf = bytes.indexOf(LF, from)
  const end = lf < 0 ? bytes.length : lf + 1
  if (!cr) return end
  const lone = bytes.indexOf(CR, from)
  return lone < 0 || lone >= end - 1 ? end : bytes[lone + 1] === LF ? lone + 2 : lone + 1
}
