/** A file as text: its first part, all of it piece by piece, or as a plain UTF-8 file for the engine. */
import { isAscii, isUtf8 } from 'node:buffer'
import { CustError } from '../core/errors.ts'
import { type Compression, piecesOf, type Sample, unpacked, unpackTo } from './bytes.ts'
import { type Census, recordCounter, takeCensus } from './census.ts'
import { charsetNames, type Encoding } from './charsets.ts'
import { decoderOf, transcodeFile } from './decoders.ts'
import { type InputFile, madeFrom } from './files.ts'
import { type Recognised, recogniseEncoding, recogniseLate } from './recognition.ts'

export interface Text {
  readonly file: InputFile
  readonly encoding: Encoding
  readonly evidence: string
  /** No other encoding would explain the text nearly as well. */
  readonly sure: boolean
  readonly compression: Compression | undefined
  /** The first part. */
  readonly head: string
  /** The first part is all there is. */
  readonly whole: boolean
  /** Some bytes may be none of its encoding: what stands for them must not pass for text. */
  readonly damaged: boolean
  /** All of it; what the encoding cannot say is U+FFFD. */
  chunks(): AsyncGenerator<string>
  /** A plain UTF-8 file with the same text. */
  plain(delimiter: string): Promise<Plain>
}

export interface Plain {
  readonly path: string
  /** An account of it as delimited text. */
  readonly census: Promise<Census>
}

export interface TextOptions {
  readonly encoding: Encoding | undefined
  /** A folder for what has to be unpacked or transcoded. */
  readonly folder: string
  readonly index: number
  /** Look at all of a large file before its encoding is decided. */
  readonly thorough: boolean
}

export async function openText(file: InputFile, sample: Sample, options: TextOptions): Promise<Text> {
  const { bytes, whole, compression } = sample
  const { encoding, evidence, sure } = options.encoding
    ? { encoding: options.encoding, evidence: 'as given', sure: true }
    : await recognised(file, sample, options)
  return {
    file,
    encoding,
    evidence,
    sure,
    compression,
    head: whole ? decodeAll(bytes, encoding, true) : headOf(bytes, encoding),
    whole,
    damaged: encoding === 'utf-8' ? !(whole && isUtf8(bytes)) : true,
    chunks: () => decoded(unpacked(file, compression), encoding),
    plain: (delimiter) => plainFile(file, { compression, encoding, delimiter }, options),
  }
}

async function recognised(file: InputFile, sample: Sample, { thorough }: TextOptions) {
  const found = recogniseEncoding(sample.bytes, sample.whole)
  // Plain ASCII leaves the encoding open: what comes later may be in any.
  const open = thorough && !sample.whole && found?.encoding === 'utf-8' && isAscii(sample.bytes)
  const later = open ? await lateEncoding(file, sample) : undefined
  if (later ?? found) return (later ?? found) as Recognised
  throw new CustError(
    'input',
    `${file.shown}: is a binary file, not a table of text`,
    'give a CSV, TSV, JSON, Excel or Parquet file; if it is text, name its encoding with --encoding',
  )
}

const HEAD_BYTES = 256 * 1024

/** The first part of a large file: more of it where its lines are very long. */
function headOf(bytes: Buffer, encoding: Encoding): string {
  const head = decodeAll(bytes.subarray(0, HEAD_BYTES), encoding, false)
  const lines = head.split(/\r\n?|\n/, FEW_LINES).length
  return lines < FEW_LINES ? decodeAll(bytes, encoding, false) : head
}

const FEW_LINES = 10

const LATE_BYTES = 64 * 1024

/** The encoding of the first bytes that are not ASCII. */
async function lateEncoding(file: InputFile, { compression }: Sample): Promise<Recognised | undefined> {
  for await (const chunk of unpacked(file, compression)) {
    if (isAscii(chunk)) continue
    const at = chunk.findIndex((byte) => byte > 0x7f)
    return recogniseLate(chunk.subarray(Math.max(0, at - LATE_BYTES), at + LATE_BYTES))
  }
  return undefined
}

function decodeAll(bytes: Buffer, encoding: Encoding, whole: boolean): string {
  const decoder = decoderOf(encoding)
  const text = decoder.decode(bytes)
  return whole ? text + decoder.end() : text
}

async function* decoded(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = decoderOf(encoding)
  for await (const chunk of chunks) yield decoder.decode(chunk)
  yield decoder.end()
}

interface Packed {
  readonly compression: Compression | undefined
  readonly encoding: Encoding
  readonly delimiter: string
}

async function plainFile(
  file: InputFile,
  { compression, encoding, delimiter }: Packed,
  { folder, index }: TextOptions,
): Promise<Plain> {
  if (encoding !== 'utf-8') {
    const path = madeFrom(file, folder, index, '.utf-8')
    const chunks = compression ? unpacked(file, compression) : piecesOf(file)
    const counter = recordCounter(delimiter)
    const invalid = await transcodeFile(chunks, { encoding, path, seen: counter.add })
    return { path, census: Promise.resolve({ ...counter.end(), valid: invalid === 0 }) }
  }
  const path = compression === undefined ? file.path : madeFrom(file, folder, index, '.unpacked')
  if (compression !== undefined) await unpackTo(file, compression, path)
  return { path, census: takeCensus(path, delimiter) }
}

/** The name of an encoding for people. */
export const encodingName = (encoding: Encoding): string => charsetNames[encoding]

/** A warning where another encoding would fit nearly as well. */
export function unsureOf({ file, encoding, evidence, sure }: Text): string[] {
  if (sure) return []
  return [
    `${file.shown}: read as ${encodingName(encoding)} (${evidence}), but it may be another encoding; --encoding decides`,
  ]
}
