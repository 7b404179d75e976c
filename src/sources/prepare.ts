/** A file made ready for the engine: UTF-8, alike line ends, and a sample of its text. */
import { CustError } from '../core/errors.ts'
import {
  type Compression,
  isParquet,
  refuseBinary,
  type Sample,
  sampleOf,
  unpacked,
  unpackTo,
} from './bytes.ts'
import {
  decodeSample,
  type Encoding,
  encodingNames,
  hasMixedLineEnds,
  isPlainAscii,
  notUtf8,
  recognise,
  survey,
  transcode,
} from './encoding.ts'
import { type InputFile, madeFrom } from './files.ts'
import { normaliseLineEnds } from './linefeeds.ts'

export interface Preparing {
  readonly folder: string
  readonly encoding: Encoding | undefined
  /** Unpack compressed files here and look at every byte, where otherwise the engine unpacks them itself. */
  readonly thorough: boolean
  /** Number of the file in this reading. */
  readonly index: number
}

export interface Prepared {
  /** What the engine reads. */
  readonly path: string
  readonly shown: string
  readonly kind: 'parquet' | 'json' | 'delimited'
  readonly encoding: string
  /** How the file was compressed ... */
  readonly compression: Compression | undefined
  /** ... and how what the engine reads still is. */
  readonly packed: Compression | undefined
  /** Lines end in more than one way, as far as that was looked at. */
  readonly mixedLineEnds: boolean
  readonly text: string
  /** The text is all there is. */
  readonly whole: boolean
}

export async function prepare(file: InputFile, preparing: Preparing): Promise<Prepared> {
  const sample = await sampleOf(file)
  if (isParquet(sample.bytes)) return parquet(file, sample)
  refuseBinary(file, sample.bytes)
  const encoding = preparing.encoding ?? recognise(file, sample.bytes)
  const decoded = await decode(file, { ...sample, encoding }, preparing)
  const text = decodeSample(sample.bytes, decoded.encoding)
  return {
    path: decoded.path,
    shown: file.shown,
    kind: isJson(text) ? 'json' : 'delimited',
    encoding: encodingNames[decoded.encoding],
    compression: sample.compression,
    packed: decoded.packed,
    mixedLineEnds: decoded.mixedLineEnds,
    text,
    whole: sample.whole,
  }
}

function parquet(file: InputFile, sample: Sample): Prepared {
  if (sample.compression) {
    throw new CustError(
      'input',
      `${file.shown}: is a ${sample.compression} file with Parquet in it`,
      'unpack it first',
    )
  }
  const common = {
    compression: undefined,
    packed: undefined,
    mixedLineEnds: false,
    text: '',
    whole: sample.whole,
  }
  return { path: file.path, shown: file.shown, kind: 'parquet', encoding: 'UTF-8', ...common }
}

function isJson(text: string): boolean {
  return /^\s*(\{\s*["}]|\[\s*[{\]])/.test(text)
}

interface Decoded {
  readonly path: string
  readonly encoding: Encoding
  readonly packed: Compression | undefined
  readonly mixedLineEnds: boolean
}

async function decode(
  file: InputFile,
  sample: Sample & { encoding: Encoding },
  preparing: Preparing,
): Promise<Decoded> {
  const { compression, encoding } = sample
  if (encoding !== 'utf-8') return decodeAs(file, sample, preparing)
  // A mix of line ends above the first row is the one that DuckDB answers with no rows and no error.
  if (compression && !preparing.thorough && !hasMixedLineEnds(sample.bytes)) {
    return { path: file.path, encoding, packed: compression, mixedLineEnds: false }
  }
  if (compression) {
    const path = madeFrom(file, preparing.folder, preparing.index, '.unpacked')
    await unpackTo(file, compression, path)
    return decodePlain({ path, shown: file.shown }, sample, preparing)
  }
  return decodePlain(file, sample, preparing)
}

async function decodePlain(
  file: InputFile,
  sample: Sample & { encoding: Encoding },
  preparing: Preparing,
): Promise<Decoded> {
  const { utf8, chinese, mixedLineEnds } = await survey(file)
  if (utf8) return { path: file.path, encoding: 'utf-8', packed: undefined, mixedLineEnds }
  const open = preparing.encoding === undefined && isPlainAscii(decodeSample(sample.bytes, 'utf-8'))
  if (!open || !chinese) throw notUtf8(file)
  return decodeAs(file, { ...sample, compression: undefined, encoding: 'gb18030' }, preparing)
}

async function decodeAs(
  file: InputFile,
  { compression, encoding }: { compression: Compression | undefined; encoding: Encoding },
  { folder, index }: Preparing,
): Promise<Decoded> {
  const path = madeFrom(file, folder, index, '.utf-8')
  await transcode(file, unpacked(file, compression), { encoding, path })
  const { mixedLineEnds } = await survey({ path, shown: file.shown })
  return { path, encoding, packed: undefined, mixedLineEnds }
}

/** The file with one kind of line end, where it has several. */
export async function withAlikeLineEnds(
  input: Prepared,
  { delimiter, folder, index }: { delimiter: string; folder: string; index: number },
): Promise<Prepared> {
  if (!input.mixedLineEnds) return input
  const file = { path: input.path, shown: input.shown }
  const path = madeFrom(file, folder, index, '.lines')
  await normaliseLineEnds(unpacked(file, undefined), { delimiter, path })
  return { ...input, path }
}
