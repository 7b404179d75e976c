/** The files of a zip archive (APPNOTE.TXT), unpacked as they are read and checked against their sums. */
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

export interface Archive {
  readonly names: readonly string[]
  /** The bytes of a file. Throws NotAnArchive if they are damaged. */
  readonly bytes: (name: string) => AsyncGenerator<Buffer>
}

/** What is damaged, in words. */
export class NotAnArchive extends Error {}

interface Entry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly sum: number
  readonly packed: number
  readonly size: number
  readonly header: number
}

const [END, ENTRY, HEADER] = [0x06054b50, 0x02014b50, 0x04034b50]
const [END_64, LOCATOR_64] = [0x06064b50, 0x07064b50]
const [END_LENGTH, ENTRY_LENGTH, HEADER_LENGTH] = [22, 46, 30]
const LONGEST_COMMENT = 0xffff
/** Stands in a field whose value is in the zip64 part. */
const ELSEWHERE = 0xffffffff
const [STORED, DEFLATED] = [0, 8]

export async function openArchive(path: string): Promise<Archive> {
  const handle = await open(path)
  try {
    const directory = await directoryOf(handle)
    const entries = new Map([...entriesIn(directory)].map((entry) => [entry.name, entry]))
    return { names: [...entries.keys()], bytes: (name) => bytesOf(path, entries.get(name)) }
  } finally {
    await handle.close()
  }
}

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  if (!Number.isSafeInteger(at)) throw new NotAnArchive('its list of files is damaged')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
  if (bytesRead < length) throw new NotAnArchive('it ends too early')
  return buffer
}

// The list of files, at the end ----------------------------------------------------------------

async function directoryOf(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat()
  const length = Math.min(size, END_LENGTH + LONGEST_COMMENT)
  const tail = await read(handle, size - length, length)
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + END_LENGTH > length || tail.readUInt32LE(end) !== END) {
    throw new NotAnArchive('its end is missing')
  }
  const [bytes, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
  if (bytes === ELSEWHERE || start === ELSEWHERE) return directory64(handle, tail, end, size)
  return readWithin(handle, start, bytes, size)
}

async function directory64(handle: FileHandle, tail: Buffer, end: number, size: number): Promise<Buffer> {
  const locator = end - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== LOCATOR_64) throw new NotAnArchive('its end is damaged')
  const record = await readWithin(handle, Number(tail.readBigUInt64LE(locator + 8)), 56, size)
  if (record.readUInt32LE(0) !== END_64) throw new NotAnArchive('its end is damaged')
  return readWithin(handle, Number(record.readBigUInt64LE(48)), Number(record.readBigUInt64LE(40)), size)
}

/** Sizes in a damaged archive may be anything. */
async function readWithin(handle: FileHandle, at: number, length: number, size: number): Promise<Buffer> {
  if (at + length > size) throw new NotAnArchive('its list of files is damaged')
  return read(handle, at, length)
}

function* entriesIn(directory: Buffer): Generator<Entry> {
  for (let at = 0; at + ENTRY_LENGTH <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new NotAnArchive('its list of files is damaged')
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const afterName = at + ENTRY_LENGTH + name
    const wide = wideFields(directory.subarray(afterName, afterName + extra))
    const field = (offset: number) => {
      const value = directory.readUInt32LE(at + offset)
      return value === ELSEWHERE ? (wide.shift() ?? value) : value
    }
    const [size, packed, header] = [field(24), field(20), field(42)]
    yield {
      // Some programs write Windows' separators.
      name: directory.toString('utf8', at + ENTRY_LENGTH, afterName).replaceAll('\\', '/'),
      method: directory.readUInt16LE(at + 10),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      sum: directory.readUInt32LE(at + 16),
      packed,
      size,
      header,
    }
    at = afterName + extra + comment
  }
}

/** The 8-byte values of the zip64 extra field (4.5.3): those of the fields that say "elsewhere", in order. */
function wideFields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    const end = Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2))
    const values: number[] = []
    for (let i = at + 4; i + 8 <= end; i += 8) values.push(Number(extra.readBigUInt64LE(i)))
    return values
  }
  return []
}

// A file ---------------------------------------------------------------------------------------

async function* bytesOf(path: string, entry: Entry | undefined): AsyncGenerator<Buffer> {
  if (entry === undefined) return
  if (entry.encrypted) throw new NotAnArchive('it is protected by a password')
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    throw new NotAnArchive(`"${entry.name}" is packed in an unknown way (${entry.method})`)
  }
  const handle = await open(path)
  try {
    const packed = packedBytes(handle, entry)
    yield* checked(entry.method === DEFLATED ? inflated(packed, entry.name) : packed, entry)
  } finally {
    await handle.close()
  }
}

async function* checked(chunks: AsyncGenerator<Buffer>, entry: Entry): AsyncGenerator<Buffer> {
  let [sum, size] = [0, 0]
  for await (const chunk of chunks) {
    sum = checksum(sum, chunk)
    size += chunk.length
    if (size > entry.size) break
    yield chunk
  }
  if (size !== entry.size || sum !== entry.sum) throw new NotAnArchive(`"${entry.name}" is damaged`)
}

const CHUNK = 1 << 16

async function* packedBytes(handle: FileHandle, entry: Entry): AsyncGenerator<Buffer> {
  const header = await read(handle, entry.header, HEADER_LENGTH)
  if (header.readUInt32LE(0) !== HEADER) throw new NotAnArchive(`"${entry.name}" is damaged`)
  let at = entry.header + HEADER_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28)
  for (let left = entry.packed; left > 0; ) {
    const chunk = await read(handle, at, Math.min(left, CHUNK))
    at += chunk.length
    left -= chunk.length
    yield chunk
  }
}

async function* inflated(packed: AsyncGenerator<Buffer>, name: string): AsyncGenerator<Buffer> {
  const source = Readable.from(packed)
  const inflate = createInflateRaw({ chunkSize: CHUNK })
  source.on('error', (error) => inflate.destroy(error))
  try {
    yield* source.pipe(inflate)
  } catch (cause) {
    if (cause instanceof NotAnArchive) throw cause
    throw new NotAnArchive(`"${name}" is damaged`, { cause })
  } finally {
    source.destroy()
    inflate.destroy()
  }
}

/** CRC-32 as of zip and gzip; the one of node came late in version 20. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function checksum(before: number, bytes: Buffer): number {
  let sum = ~before
  for (let i = 0; i < bytes.length; i++) {
    sum = (sum >>> 8) ^ (TABLE[(sum ^ (bytes[i] as number)) & 0xff] as number)
  }
  return ~sum >>> 0
}
