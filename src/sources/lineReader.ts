/** Records from physical lines, one after the other: for all that is not plainly regular. */
import type { Encoding } from './charsets.ts'
import { encodeText } from './encoders.ts'
import { type Notation, type SplitRecord, splitter } from './split.ts'

/** A record with all that stands for it in the file. */
export interface RawRecord {
  readonly record: SplitRecord
  /** With its line end; bytes where text would not give them back. */
  readonly raw: string | Buffer
}

export interface LineReader {
  /** A line with its end, and the bytes that it was read from where the text does not give them back. */
  push(text: string, bytes: Buffer | undefined): RawRecord[]
  end(): RawRecord[]
  /** Lines of a record that is open: where there are none, what follows may be read in another way. */
  readonly open: number
}

/** `lines`: those that stand before the first one given. */
export function lineReader(notation: Notation, encoding: Encoding, lines: number): LineReader {
  const records = splitter(notation)
  let held: { readonly text: string; readonly bytes: Buffer | undefined }[] = []
  const taken = (some: readonly SplitRecord[], all: boolean): RawRecord[] => {
    let at = 0
    const found = some.map((record, i) => {
      const last = all && i === some.length - 1
      const own = held.slice(at, last ? undefined : at + record.lines)
      at += own.length
      const text = record.raw + record.ending
      const raw = own.every(({ bytes }) => bytes === undefined)
        ? text
        : Buffer.concat(own.map((line) => line.bytes ?? encodeText(line.text, encoding)))
      return { record: { ...record, line: record.line + lines }, raw }
    })
    if (at > 0) held = held.slice(at)
    return found
  }
  return {
    push(text, bytes) {
      held.push({ text, bytes })
      return taken(records.push(text), false)
    },
    end: () => taken(records.end(), true),
    get open() {
      return held.length
    },
  }
}
