/** Which bytes are which character, for encodings of one to four bytes; read off the decoders of node. */
import type { Encoding } from './charsets.ts'

export type TableEncoding = Exclude<Encoding, 'utf-8' | 'utf-16le' | 'utf-16be'>

/** Zero stands for: no such character. */
export interface CharsetTable {
  /** Bytes that are a character alone. */
  readonly single: Uint16Array
  /** Bytes that begin a character. */
  readonly leads: Uint8Array
  /** The character of two bytes, at 256 times the first plus the second. */
  readonly pairs: Uint16Array
  /** Longer characters, where an encoding has them. */
  readonly longer: LongerCharacters | undefined
}

/** A longer character at a place: its code point and length; a length of 0 is one cut by the end. */
export type LongerCharacters = (
  bytes: Uint8Array,
  at: number,
) => { point: number; length: number } | undefined

const tables = new Map<TableEncoding, CharsetTable>()

export function tableOf(encoding: TableEncoding): CharsetTable {
  const known = tables.get(encoding)
  if (known) return known
  const made = encoding === 'windows-1252' ? singleBytes(windows1252()) : multiByte(encoding)
  tables.set(encoding, made)
  return made
}

/** Windows-1252 between 0x80 and 0x9F; node 20 answers with control characters there. Five are undefined. */
const SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

function windows1252(): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) =>
    byte >= 0x80 && byte < 0xa0 ? SIGNS.charCodeAt(byte - 0x80) : byte,
  )
}

const singleBytes = (single: Uint16Array): CharsetTable => ({
  single,
  leads: new Uint8Array(256),
  pairs: new Uint16Array(0),
  longer: undefined,
})

function multiByte(encoding: TableEncoding): CharsetTable {
  const pairs = pairsOf(encoding)
  if (encoding === 'euc-kr') addExtendedHangul(pairs)
  const leads = new Uint8Array(256)
  for (let place = 0; place < pairs.length; place++) if (pairs[place]) leads[place >> 8] = 1
  const single = singlesOf(encoding, leads)
  if (encoding === 'gb18030') return { single, leads, pairs, longer: fourBytes() }
  if (encoding === 'euc-jp') return { single, leads: leads.fill(1, 0x8f, 0x90), pairs, longer: threeBytes() }
  return { single, leads, pairs, longer: undefined }
}

const LF = 10
const REPLACEMENT = 0xfffd

/** The characters of many sequences of bytes, each decoded alone; zero where it is not exactly one. */
function decodeEach(encoding: Encoding, sequences: Buffer, length: number): Uint16Array {
  const count = sequences.length / length
  const lines = Buffer.alloc(count * (length + 1), LF)
  for (let from = 0, to = 0; from < sequences.length; to++)
    for (const end = from + length; from < end; ) lines[to++] = sequences[from++] as number
  const found = new Uint16Array(count)
  const text = new TextDecoder(encoding).decode(lines)
  for (let at = 0, i = 0; i < count; i++) {
    const end = text.indexOf('\n', at)
    const unit = text.charCodeAt(at)
    // A control character is a byte that the decoder let through.
    if (end - at === 1 && unit !== REPLACEMENT && unit >= 0xa0) found[i] = unit
    at = end + 1
  }
  return found
}

const [LEAD, TRAIL] = [0x81, 0x40]
const [LEADS, TRAILS] = [0xfe - LEAD + 1, 0xfe - TRAIL + 1]

function pairsOf(encoding: TableEncoding): Uint16Array {
  const sequences = Buffer.alloc(LEADS * TRAILS * 2)
  for (let i = 0; i < LEADS * TRAILS; i++) {
    sequences[2 * i] = LEAD + Math.floor(i / TRAILS)
    sequences[2 * i + 1] = TRAIL + (i % TRAILS)
  }
  const pairs = new Uint16Array(65_536)
  const found = decodeEach(encoding, sequences, 2)
  found.forEach((unit, i) => {
    pairs[((LEAD + Math.floor(i / TRAILS)) << 8) | (TRAIL + (i % TRAILS))] = unit
  })
  return pairs
}

function singlesOf(encoding: TableEncoding, leads: Uint8Array): Uint16Array {
  const upper = Buffer.from(Array.from({ length: 128 }, (_, i) => 128 + i))
  const found = decodeEach(encoding, upper, 1)
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    const unit = byte < 128 ? byte : (found[byte - 128] ?? 0)
    const privateUse = unit >= 0xe000 && unit < 0xf900
    return leads[byte] || privateUse ? 0 : unit
  })
}

/**
 * Code page 949 adds to EUC-KR the 8,822 Hangul syllables that KS X 1001 lacks, in the order of Unicode, in the
 * places that it leaves free. Node's decoder does not know them.
 */
function addExtendedHangul(pairs: Uint16Array): void {
  const known = new Set(pairs)
  let place = 0
  const free = freePlaces()
  for (let syllable = 0xac00; syllable <= 0xd7a3; syllable++) {
    if (!known.has(syllable)) pairs[free[place++] as number] = syllable
  }
}

function freePlaces(): number[] {
  const places: number[] = []
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= (lead <= 0xa0 ? 0xfe : 0xa0); trail++) {
      const letter = (trail & 0xdf) >= 0x41 && (trail & 0xdf) <= 0x5a
      if (trail > 0x80 || letter) places.push((lead << 8) | trail)
    }
  }
  return places
}

const CUT = { point: 0, length: 0 } as const

const digit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** Number of four-byte sequences for the rest of the basic plane, and the place of U+10000 in the list. */
const [BASIC, SUPPLEMENTARY] = [39_420, 189_000]

function fourBytes(): LongerCharacters {
  const sequences = Buffer.alloc(BASIC * 4)
  for (let i = 0; i < BASIC; i++) {
    sequences[4 * i] = 0x81 + Math.floor(i / 12_600)
    sequences[4 * i + 1] = 0x30 + (Math.floor(i / 1_260) % 10)
    sequences[4 * i + 2] = 0x81 + (Math.floor(i / 10) % 126)
    sequences[4 * i + 3] = 0x30 + (i % 10)
  }
  let basic: Uint16Array | undefined
  return (bytes, at) => {
    const [a, b, c, d] = [bytes[at] as number, bytes[at + 1], bytes[at + 2], bytes[at + 3]]
    if (b === undefined) return CUT
    if (!digit(b)) return undefined
    if (c === undefined) return CUT
    if (c < 0x81 || c > 0xfe) return undefined
    if (d === undefined) return CUT
    if (!digit(d)) return undefined
    const place = (((a - 0x81) * 10 + b - 0x30) * 126 + c - 0x81) * 10 + d - 0x30
    basic ??= decodeEach('gb18030', sequences, 4)
    const point = place < BASIC ? (basic[place] ?? 0) : place - SUPPLEMENTARY + 0x10000
    const known = point > 0 && point <= 0x10ffff && (place < BASIC || place >= SUPPLEMENTARY)
    return { point: known ? point : REPLACEMENT, length: 4 }
  }
}

/** JIS X 0212 behind a byte 0x8F. */
function threeBytes(): LongerCharacters {
  let known: Uint16Array | undefined
  const inRange = (byte: number) => byte >= 0xa1 && byte <= 0xfe
  return (bytes, at) => {
    const [a, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]]
    if (a !== 0x8f) return undefined
    if (b === undefined) return CUT
    if (!inRange(b)) return undefined
    if (c === undefined) return CUT
    if (!inRange(c)) return undefined
    known ??= decodeEach('euc-jp', supplementaryKanji(), 3)
    return { point: known[(b - 0xa1) * 94 + c - 0xa1] || REPLACEMENT, length: 3 }
  }
}

function supplementaryKanji(): Buffer {
  const places = Array.from({ length: 94 * 94 }, (_, i) => [0x8f, 0xa1 + Math.floor(i / 94), 0xa1 + (i % 94)])
  return Buffer.from(places.flat())
}
