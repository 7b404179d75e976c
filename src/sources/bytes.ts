/** The bytes of a file, unpacked: what kind they are is decided by content, never by the name. */
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { CustError } from '../core/errors.ts'
import { type InputFile, unreadable } from './files.ts'

export type Compression = 'gzip' | 'zstd'

/** A file up to this is read whole. */
export const SAMPLE_BYTES = 4 * 1024 * 1024
const CHUNK_BYTES = 1 << 20

/** The first part of a file after decompression. */
export interface Sample {
  readonly bytes: Buffer
  /** The sample is the whole file. */
  readonly whole: boolean
  readonly compression: Compression | undefined
}

export async function sampleOf(file: InputFile): Promise<Sample> {
  const head = await firstBytes(file)
  const compression = compressionOf(head)
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of unpacked(file, compression)) {
    parts.push(chunk)
    size += chunk.length
    if (size > SAMPLE_BYTES) break
  }
  if (size === 0) throw new CustError('input', `${file.shown}: the file is empty`)
  const bytes = Buffer.concat(parts)
  return { bytes: bytes.subarray(0, SAMPLE_BYTES), whole: size <= SAMPLE_BYTES, compression }
}

async function firstBytes(file: InputFile): Promise<Buffer> {
  try {
    const handle = await open(file.path)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw unreadable(file.shown, error)
  }
}

function compressionOf(head: Buffer): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return 'zstd'
  return undefined
}

/** The decompressed bytes, chunk by chunk. */
export async function* unpacked(
  file: InputFile,
  compression: Compression | undefined,
): AsyncGenerator<Buffer, void> {
  const source = createReadStream(file.path, { highWaterMark: CHUNK_BYTES })
  try {
    if (compression === 'zstd') {
      const { unzstd } = await import('./zstd.ts')
      yield* unzstd(source)
    } else if (compression === 'gzip') {
      const { createGunzip } = await import('node:zlib')
      const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
      source.on('error', (error) => gunzip.destroy(error))
      yield* source.pipe(gunzip)
    } else {
      yield* source
    }
  } catch (error) {
    if (error instanceof CustError) throw error
    throw compression ? damaged(file, compression, error) : unreadable(file.shown, error)
  } finally {
    source.destroy()
  }
}

/** The bytes as they are; each piece is good until the second one after it. Twice as fast as a stream. */
export async function* piecesOf(file: InputFile): AsyncGenerator<Buffer, void> {
  const handle = await open(file.path).catch((error) => {
    throw unreadable(file.shown, error)
  })
  try {
    const buffers = Array.from({ length: 3 }, () => Buffer.allocUnsafeSlow(CHUNK_BYTES))
    const read = (turn: number) => handle.read(buffers[turn % buffers.length] as Buffer, 0, CHUNK_BYTES)
    let reading = read(0)
    for (let turn = 1; ; turn++) {
      const { bytesRead, buffer } = await reading
      if (bytesRead === 0) return
      reading = read(turn)
      // Where nobody asks for more, this one fails unseen; otherwise it is awaited above.
      reading.catch(() => {})
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw unreadable(file.shown, error)
  } finally {
    await handle.close()
  }
}

/** Unpacked bytes, read into the buffers of whoever asks. */
export interface ByteReader {
  /** Read into a buffer from a place on; answers how many bytes there were, 0 at the end. */
  read(buffer: Buffer, at: number): Promise<number>
  close(): Promise<void>
}

/** From one place up to another. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** `range`: of a file that is not packed. */
export async function byteReader(
  file: InputFile,
  compression: Compression | undefined,
  range?: Range,
): Promise<ByteReader> {
  if (compression !== undefined) return readerOver(unpacked(file, compression))
  const handle = await open(file.path).catch((error) => {
    throw unreadable(file.shown, error)
  })
  let place = range?.from ?? 0
  const read = async (buffer: Buffer, at: number) => {
    const most = Math.min(buffer.length - at, (range?.to ?? Number.POSITIVE_INFINITY) - place)
    try {
      const { bytesRead } = await handle.read(buffer, at, most, range ? place : null)
      place += bytesRead
      return bytesRead
    } catch (error) {
      throw unreadable(file.shown, error)
    }
  }
  return { read, close: () => handle.close() }
}

function readerOver(chunks: AsyncGenerator<Buffer, void>): ByteReader {
  let rest: Buffer = Buffer.alloc(0)
  return {
    async read(buffer, at) {
      while (rest.length === 0) {
        const next = await chunks.next()
        if (next.done) return 0
        rest = next.value
      }
      const count = rest.copy(buffer, at)
      rest = rest.subarray(count)
      return count
    },
    close: async () => void (await chunks.return()),
  }
}

function damaged(file: InputFile, compression: Compression, cause: unknown): CustError {
  const what = `${file.shown}: damaged ${compression} data (${(cause as Error).message})`
  return new CustError('input', what, 'the file may have been cut off on its way; fetch it again', { cause })
}

/** Unpack a file into another one. */
export async function unpackTo(file: InputFile, compression: Compression, path: string): Promise<void> {
  const { pipeline } = await import('node:stream/promises')
  await pipeline(unpacked(file, compression), createWriteStream(path))
}

const binaryKinds: readonly (readonly [magic: string, kind: string])[] = [
  ['504b0304', 'a zip archive'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['47494638', 'a GIF picture'],
  ['25504446', 'a PDF document'],
  ['377abcaf271c', 'a 7z archive'],
  ['526172211a07', 'a RAR archive'],
  ['425a68', 'a bzip2 file'],
  ['fd377a585a00', 'an xz file'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
  ['4f524301', 'an ORC file'],
]

/** Refuse what is known to be no table of text. */
export function refuseBinary(file: InputFile, bytes: Buffer): void {
  const hex = bytes.subarray(0, 16).toString('hex')
  const kind = binaryKinds.find(([magic]) => hex.startsWith(magic))?.[1]
  if (kind === undefined) return
  const hint = 'give a CSV, TSV, JSON, Excel or Parquet file'
  throw new CustError('input', `${file.shown}: is ${kind}, not a table of text`, hint)
}

export function isParquet(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PAR1'
}
