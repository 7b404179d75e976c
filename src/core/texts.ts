/** Columns of text: the ways in which they are held, and how they are read whatever holds them. */
import { longer } from './arrays.ts'

/** Text of a few different values: `words[codes[row]]`. Null is no value. */
export interface CodedText {
  readonly codes: Uint8Array | Uint16Array
  readonly words: readonly (string | null)[]
}

/**
 * Text of millions of different values, such as ids, as the engine holds it: UTF-8, one after the other.
 * Text `i` is `bytes[starts[i]]` up to `bytes[starts[i + 1]]`. No string is made until somebody reads it.
 */
export interface PackedText {
  readonly bytes: Uint8Array
  /** One more than there are texts. */
  readonly starts: Uint32Array
  /** The rows without a value. */
  readonly missing: ReadonlySet<number>
}

/**
 * Text where it stands in a file that was read, as UTF-8: `bytes[from[i]]` up to `bytes[to[i]]`; and what is to be
 * written in place of some of it.
 */
export interface SlicedText {
  readonly bytes: Uint8Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly instead: Replaced | undefined
  /**
   * The byte that stands between the columns of a row in the file, where no text of it would need quotes: none holds
   * that, a double quote, a line end or U+FEFF, or has a blank at its edge.
   */
  readonly between?: number | undefined
}

/** In place of text `i` stands `words[codes[i] - 1]`; with a code of 0 it stays as it is. Words are only added. */
export interface Replaced {
  readonly codes: Int32Array
  readonly words: readonly string[]
}

export type Texts = readonly (string | null)[] | CodedText | PackedText | SlicedText

export function isCoded(texts: Texts): texts is CodedText {
  return 'codes' in texts
}

export function isPacked(texts: Texts): texts is PackedText {
  return 'starts' in texts
}

export function isSliced(texts: Texts): texts is SlicedText {
  return 'from' in texts
}

export function countOfTexts(texts: Texts): number {
  if (isCoded(texts)) return texts.codes.length
  if (isSliced(texts)) return texts.from.length
  return isPacked(texts) ? texts.starts.length - 1 : texts.length
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const NOT_ASCII = 0x80
/** By length: room for the letters of a short text. */
const letters = Array.from({ length: 33 }, (_, length) => new Array<number>(length).fill(0))

/** UTF-8 as text. Short ones of ASCII, as most cells are, are made three times as fast as by a decoder. */
function decoded(bytes: Uint8Array, from: number, to: number): string {
  const own = letters[to - from]
  if (own === undefined) return decoder.decode(bytes.subarray(from, to))
  for (let i = 0; i < own.length; i++) {
    const byte = bytes[from + i] as number
    if (byte >= NOT_ASCII) return decoder.decode(bytes.subarray(from, to))
    own[i] = byte
  }
  return String.fromCharCode.apply(undefined, own)
}

/** The text of a row; null where there is none. */
export function textReader(texts: Texts): (row: number) => string | null {
  if (isCoded(texts)) {
    const { codes, words } = texts
    return (row) => words[codes[row] as number] ?? null
  }
  if (isSliced(texts)) return slicedReader(texts)
  if (!isPacked(texts)) return (row) => texts[row] ?? null
  const { bytes, starts, missing } = texts
  return (row) => (missing.has(row) ? null : decoded(bytes, starts[row] as number, starts[row + 1] as number))
}

/** No value is the empty text here: what stands in a file is a text. */
function slicedReader({ bytes, from, to, instead }: SlicedText): (row: number) => string {
  const own = (row: number): string => decoded(bytes, from[row] as number, to[row] as number)
  if (instead === undefined) return own
  const { codes, words } = instead
  return (row) => (codes[row] === 0 ? own(row) : (words[(codes[row] as number) - 1] as string))
}

export function textList(texts: Texts): (string | null)[] {
  const read = textReader(texts)
  return Array.from({ length: countOfTexts(texts) }, (_, row) => read(row))
}

/** The first so many of them. */
export function firstTexts({ bytes, starts, missing }: PackedText, count: number): PackedText {
  const kept = missing.size === 0 ? missing : new Set([...missing].filter((row) => row < count))
  return { bytes: bytes.subarray(0, starts[count]), starts: starts.subarray(0, count + 1), missing: kept }
}

const encoder = new TextEncoder()
/** A text of n UTF-16 units has at most three times as many bytes of UTF-8. */
const MOST_BYTES_PER_UNIT = 3

/** Packs texts that come one after the other. */
export interface Packer {
  add(text: string | null): void
  /** A text of `length` bytes of UTF-8, of `from` from `start` on. */
  addBytes(from: Uint8Array, start: number, length: number): void
  done(): PackedText
  /** Begin again, in the same memory: what was done before holds no longer. */
  clear(): void
}

/** `room`: for so many texts from the beginning. Throws RangeError where all together have more than 4 GB. */
export function packer(room = 4096): Packer {
  let [bytes, starts] = [new Uint8Array(16 * room), new Uint32Array(room + 1)]
  let [size, count] = [0, 0]
  let missing = new Set<number>()
  const reserve = (more: number) => {
    if (size + more > bytes.length) bytes = roomier(bytes, Math.max(2 * bytes.length, size + more))
    if (count + 2 > starts.length) starts = longer(starts, 2 * starts.length)
  }
  const end = (length: number) => {
    size += length
    starts[++count] = size
  }
  return {
    add(text) {
      if (text === null) missing.add(count)
      const most = MOST_BYTES_PER_UNIT * (text?.length ?? 0)
      reserve(most)
      end(encoder.encodeInto(text ?? '', bytes.subarray(size, size + most)).written)
    },
    addBytes(from, start, length) {
      reserve(length)
      // For a few bytes a call of set() costs more than the copying.
      for (let i = 0; i < length; i++) bytes[size + i] = from[start + i] as number
      end(length)
    },
    done: () => ({ bytes: bytes.subarray(0, size), starts: starts.subarray(0, count + 1), missing }),
    clear() {
      size = count = 0
      missing = new Set()
    },
  }
}

const MOST_BYTES = 2 ** 32

function roomier<T extends Uint8Array>(bytes: T, length: number): T {
  if (length > MOST_BYTES) throw new RangeError('packer takes at most 4 GB of text')
  return longer(bytes, length)
}

/** The texts of some rows, in their order. */
export function textsAt(texts: Texts, rows: ArrayLike<number>): PackedText {
  const picked = packer()
  if (isPacked(texts) && texts.missing.size === 0) {
    const { bytes, starts } = texts
    for (let i = 0; i < rows.length; i++) {
      const [row, start] = [rows[i] as number, starts[rows[i] as number] as number]
      picked.addBytes(bytes, start, (starts[row + 1] as number) - start)
    }
    return picked.done()
  }
  const read = textReader(texts)
  for (let i = 0; i < rows.length; i++) picked.add(read(rows[i] as number))
  return picked.done()
}

// Lists in a cell ------------------------------------------------------------------------------------------

const BETWEEN = '; '

/** A list as text: `bread; milk`. A part that would be misread stands in quotes, its own quotes doubled. */
export function listText(parts: readonly string[], between = BETWEEN): string {
  const isPlain = (part: string) => !part.includes(between) && !part.startsWith('"') && part !== ''
  return parts.map((part) => (isPlain(part) ? part : `"${part.replaceAll('"', '""')}"`)).join(between)
}

/** The parts of such a text. */
export function listOf(text: string, between = BETWEEN): string[] {
  const parts: string[] = []
  for (let at = 0; at <= text.length; ) {
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1)
      while (text[end + 1] === '"') end = text.indexOf('"', end + 2)
      parts.push(text.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 1 + between.length
    } else {
      const next = text.indexOf(between, at)
      const end = next < 0 ? text.length : next
      parts.push(text.slice(at, end))
      at = end + between.length
    }
  }
  return parts
}
