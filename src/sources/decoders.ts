/** Bytes of any encoding to UTF-8 or to text, chunk by chunk; what is invalid becomes U+FFFD. */
import { isAscii } from 'node:buffer'
import { type FileHandle, open } from 'node:fs/promises'
import type { Encoding } from './charsets.ts'
import { type CharsetTable, type TableEncoding, tableOf } from './charsetTables.ts'

/** Rewrites an encoding as UTF-8. A byte order mark at the start is left out. */
export interface Transcoder {
  /** The bytes are good until the second call after this one: write one answer while the next is made. */
  push(chunk: Buffer): Buffer
  /** What was held back because the last chunk cut it. */
  end(): Buffer
  /** How many characters were no such thing and became U+FFFD. */
  readonly invalid: number
}

export interface Decoder {
  decode(chunk: Buffer): string
  end(): string
}

export function transcoderOf(encoding: Encoding): Transcoder {
  return isUnicode(encoding) ? byPlatform(encoding) : byTable(encoding)
}

/** The text of an encoding. */
export function decoderOf(encoding: Encoding): Decoder {
  if (isUnicode(encoding)) return streaming(encoding)
  // Node's own decoder of GB18030 throws at some borders of chunks, though it is asked not to.
  const { push, end } = byTable(encoding)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const textOf = (bytes: Buffer) => (isAscii(bytes) ? bytes.toString('latin1') : decoder.decode(bytes))
  return { decode: (chunk) => textOf(push(chunk)), end: () => textOf(end()) }
}

type Unicode = Exclude<Encoding, TableEncoding>

const isUnicode = (encoding: Encoding): encoding is Unicode => encoding.startsWith('utf-')

function streaming(encoding: Unicode): Decoder {
  const decoder = new TextDecoder(encoding)
  return { decode: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() }
}

function byPlatform(encoding: Unicode): Transcoder {
  const decoder = streaming(encoding)
  let invalid = 0
  const bytesOf = (text: string) => {
    for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) invalid++
    return Buffer.from(text)
  }
  return {
    push: (chunk) => bytesOf(decoder.decode(chunk)),
    end: () => bytesOf(decoder.end()),
    get invalid() {
      return invalid
    },
  }
}

/** A character has at most four bytes, so that this many more decide about any that a border cuts. */
const SEAM = 4

function byTable(encoding: TableEncoding): Transcoder {
  const writer = utf8Writer(tableOf(encoding))
  let carry: Buffer = Buffer.alloc(0)
  let started = false

  /** Write what begins in the bytes held back: how many of the new ones that takes, or none while it is open. */
  const close = (bytes: Buffer): number | undefined => {
    const seam = Buffer.concat([carry, bytes.subarray(0, SEAM)])
    const reached = writer.write(seam, 0, carry.length)
    const taken = reached - carry.length
    carry = taken < 0 ? seam.subarray(reached) : Buffer.alloc(0)
    return taken < 0 ? undefined : taken
  }

  const run = (bytes: Buffer): Buffer => {
    if (carry.length === 0 && isAscii(bytes)) return bytes
    writer.begin(bytes.length + carry.length)
    const from = carry.length > 0 ? close(bytes) : 0
    if (from === undefined) return writer.written()
    const reached = writer.write(bytes, from, bytes.length)
    carry = Buffer.from(bytes.subarray(reached))
    return writer.written()
  }

  /** The first bytes, once they are enough to show a byte order mark. */
  const start = (bytes: Buffer): Buffer => {
    const held = carry.length > 0 ? Buffer.concat([carry, bytes]) : bytes
    started = held.length >= SEAM
    carry = started ? Buffer.alloc(0) : Buffer.from(held)
    return started ? run(withoutMark(held)) : carry.subarray(0, 0)
  }

  return {
    push: (chunk) => (started ? run(chunk) : start(chunk)),
    end() {
      const rest = started ? carry : withoutMark(carry)
      writer.begin(rest.length)
      writer.finish(rest)
      return writer.written()
    },
    get invalid() {
      return writer.invalid()
    },
  }
}

const marks = [Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from([0x84, 0x31, 0x95, 0x33])]

/** Without U+FEFF in UTF-8 (which some programs put before anything) or in GB18030. */
function withoutMark(bytes: Buffer): Buffer {
  const mark = marks.find((one) => bytes.subarray(0, one.length).equals(one))
  return mark ? bytes.subarray(mark.length) : bytes
}

const REPLACEMENT = 0xfffd

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/** Characters by table, as UTF-8, into one of two buffers that take turns. */
function utf8Writer({ single, leads, pairs, longer }: CharsetTable) {
  let spare: Buffer = Buffer.alloc(0)
  let out: Buffer = Buffer.alloc(0)
  let view = viewOf(out)
  let size = 0
  let invalid = 0

  const write = (point: number): void => {
    if (point === REPLACEMENT) invalid++
    if (point < 0x800) {
      out[size++] = 0xc0 | (point >> 6)
    } else {
      if (point < 0x10000) out[size++] = 0xe0 | (point >> 12)
      else {
        out[size++] = 0xf0 | (point >> 18)
        out[size++] = 0x80 | ((point >> 12) & 63)
      }
      out[size++] = 0x80 | ((point >> 6) & 63)
    }
    out[size++] = 0x80 | (point & 63)
  }

  /** One character that is no ASCII: its length, or 0 where the end of the bytes cuts it. */
  const character = (bytes: Buffer, at: number): number => {
    const byte = bytes[at] as number
    const alone = single[byte] as number
    if (alone || !leads[byte]) {
      write(alone || REPLACEMENT)
      return 1
    }
    const trail = bytes[at + 1]
    if (trail === undefined) return 0
    const pair = pairs[(byte << 8) | trail] as number
    if (pair) {
      write(pair)
      return 2
    }
    const long = longer?.(bytes, at)
    if (long?.length === 0) return 0
    write(long?.point ?? REPLACEMENT)
    // ASCII behind a broken character stays: it may be the delimiter.
    return long?.length ?? (trail < 0x80 ? 1 : 2)
  }

  /** What most of a text is, ASCII and characters of three bytes; answers where anything else begins. */
  const usual = (bytes: Buffer, from: number, before: number): number => {
    const source = viewOf(bytes)
    const [to, target] = [out, view]
    let at = from
    let end = size
    while (at < before) {
      while (at + 4 <= before) {
        const four = source.getInt32(at)
        target.setInt32(end, four)
        const plain = Math.clz32(four & 0x80808080) >> 3
        at += plain
        end += plain
        if (plain < 4) break
      }
      if (at === before) break
      const byte = bytes[at] as number
      if (byte < 0x80) {
        to[end++] = byte
        at++
        continue
      }
      const pair = pairs[(byte << 8) | (bytes[at + 1] as number)] as number
      if (!(pair >= 0x800) || pair === REPLACEMENT) break
      to[end++] = 0xe0 | (pair >> 12)
      to[end++] = 0x80 | ((pair >> 6) & 63)
      to[end++] = 0x80 | (pair & 63)
      at += 2
    }
    size = end
    return at
  }

  return {
    begin(bytes: number): void {
      ;[spare, out] = [out, spare]
      // A byte becomes three at most.
      if (out.length < 3 * bytes) out = Buffer.allocUnsafe(3 * bytes)
      view = viewOf(out)
      size = 0
    },
    /** Write the characters that begin before a place; answers where the first one begins that it did not. */
    write(bytes: Buffer, from: number, before: number): number {
      let at = usual(bytes, from, before)
      while (at < before) {
        const length = character(bytes, at)
        if (length === 0) return at
        at = usual(bytes, at + length, before)
      }
      return at
    },
    /** The last bytes, which no more will follow. */
    finish(bytes: Buffer): void {
      let at = this.write(bytes, 0, bytes.length)
      while (at < bytes.length) {
        write(REPLACEMENT)
        at = this.write(bytes, at + 1, bytes.length)
      }
    },
    written: () => out.subarray(0, size),
    invalid: () => invalid,
  }
}

/**
 * Write a file again as UTF-8 without a byte order mark, and show what is written; answers how many characters
 * were invalid.
 */
export async function transcodeFile(
  chunks: AsyncIterable<Buffer>,
  { encoding, path, seen }: { encoding: Encoding; path: string; seen?: (bytes: Buffer) => void },
): Promise<number> {
  const transcoder = transcoderOf(encoding)
  const handle = await open(path, 'w')
  // One chunk is written while the next is rewritten.
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const chunk of chunks) {
      const bytes = transcoder.push(chunk)
      await writing
      writing = writeAll(handle, bytes)
      writing.catch(() => {})
      seen?.(bytes)
    }
    await writing
    const rest = transcoder.end()
    seen?.(rest)
    await writeAll(handle, rest)
    return transcoder.invalid
  } finally {
    await writing.catch(() => {})
    await handle.close()
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done)
    done += bytesWritten
  }
}
