/** A file of text in blocks of whole lines, as UTF-8, each beside the bytes that it was read from. */
import { isUtf8 } from 'node:buffer'
import type { ByteReader } from './bytes.ts'
import type { Encoding } from './charsets.ts'
import { transcoderOf } from './decoders.ts'

export interface Block {
  /** UTF-8, without the byte order mark that the file may begin with. */
  readonly bytes: Buffer
  /** The same as it stands in the file. */
  readonly original: Buffer
  /** Some bytes are none of the encoding: U+FFFD may stand for them. */
  readonly damaged: boolean
}

export interface Blocking {
  readonly encoding: Encoding
  /** A lone CR ends a line, too. */
  readonly cr: boolean
}

const [LF, CR] = [10, 13]

/** The mark that a file may begin with, by encoding. */
const marks: Readonly<Partial<Record<Encoding, readonly number[]>>> = {
  'utf-8': [0xef, 0xbb, 0xbf],
  'utf-16le': [0xff, 0xfe],
  'utf-16be': [0xfe, 0xff],
  gb18030: [0x84, 0x31, 0x95, 0x33],
}

/** The byte order mark at the start of a file; UTF-8's is put before other encodings by some programs. */
export function byteOrderMark(start: Buffer, encoding: Encoding): Buffer {
  const found = [marks[encoding], ...(isWide(encoding) ? [] : [marks['utf-8']])].find(
    (mark) => mark && start.subarray(0, mark.length).equals(Buffer.from(mark)),
  )
  return start.subarray(0, found?.length ?? 0)
}

const isWide = (encoding: Encoding): boolean => encoding.startsWith('utf-16')

/** Before so many bytes are read a decoder cannot tell a byte order mark. */
const LEAST = 4

const BLOCK_BYTES = 1 << 20
/** A block holds until so many others were asked for. */
const TURNS = 6

/** Every block but the last ends with a line end. Blocks take turns in a few buffers. */
export async function* blocksOf(
  { read }: Pick<ByteReader, 'read'>,
  blocking: Blocking,
): AsyncGenerator<Block> {
  const blockOf = blockMaker(blocking.encoding)
  const buffers: Buffer[] = Array.from({ length: TURNS }, () => Buffer.alloc(0))
  let carry: Buffer = Buffer.alloc(0)
  for (let turn = 0; ; turn = (turn + 1) % TURNS) {
    const buffer = roomFor(carry.length + BLOCK_BYTES, buffers, turn)
    carry.copy(buffer)
    const count = await read(buffer, carry.length)
    const bytes = buffer.subarray(0, carry.length + count)
    if (count === 0) {
      if (bytes.length > 0) yield blockOf(bytes, true)
      return
    }
    const end = lastLineEnd(bytes, count, blocking)
    const whole = end < LEAST ? 0 : end
    carry = bytes.subarray(whole)
    if (whole > 0) yield blockOf(bytes.subarray(0, whole), false)
  }
}

function roomFor(size: number, buffers: Buffer[], turn: number): Buffer {
  const own = buffers[turn] as Buffer
  if (own.length >= size) return own
  const larger = Buffer.allocUnsafeSlow(size + (size >> 2))
  buffers[turn] = larger
  return larger
}

function blockMaker(encoding: Encoding): (bytes: Buffer, last: boolean) => Block {
  const transcoder = encoding === 'utf-8' ? undefined : transcoderOf(encoding)
  let first = true
  const withoutMark = (bytes: Buffer): Buffer => {
    const mark = first ? byteOrderMark(bytes, encoding).length : 0
    first = false
    return bytes.subarray(mark)
  }
  return (bytes, last) => {
    const original = withoutMark(bytes)
    if (!transcoder) return { bytes: original, original, damaged: !isUtf8(original) }
    const before = transcoder.invalid
    const text = Buffer.concat([transcoder.push(original), ...(last ? [transcoder.end()] : [])])
    return { bytes: text, original, damaged: transcoder.invalid > before }
  }
}

/** The place after the last line end among the last `fresh` bytes; 0 where none is. */
function lastLineEnd(bytes: Buffer, fresh: number, { encoding, cr }: Blocking): number {
  const from = Math.max(0, bytes.length - fresh - 2)
  if (isWide(encoding)) return lastWideEnd(bytes, from, encoding === 'utf-16le')
  const lf = bytes.lastIndexOf(LF)
  if (!cr) return lf < from ? 0 : lf + 1
  // Of a CR at the very end nobody knows whether an LF follows.
  const lone = bytes.lastIndexOf(CR, bytes.length - 2)
  return Math.max(lf, lone) < from ? 0 : Math.max(lf, lone) + 1
}

function lastWideEnd(bytes: Buffer, from: number, little: boolean): number {
  for (let at = (bytes.length & ~1) - 2; at >= (from & ~1); at -= 2) {
    if (bytes[little ? at : at + 1] === LF && bytes[little ? at + 1 : at] === 0) return at + 2
  }
  return 0
}
