/** Which format a file has, by its content, and who reads it. */
import { CustError } from '../core/errors.ts'
import type { Engine } from '../engines/engine.ts'
import { isParquet, refuseBinary, sampleOf } from './bytes.ts'
import { encodingNamed } from './charsets.ts'
import { type DelimitedOptions, delimitedSource } from './delimited.ts'
import type { InputFile } from './files.ts'
import type { Reading } from './reading.ts'
import type { Source } from './source.ts'
import { openText, type Text } from './text.ts'
import { excelFileError, whatIsXls, type XlsKind } from './xls.ts'

/** What calls itself a workbook and is read by nobody here. */
const EXCEL_KINDS: readonly XlsKind[] = ['biff', 'encrypted', 'xml', 'mhtml']

export interface Opening {
  readonly reading: Reading
  readonly knows: (header: string) => boolean
  /** A file without a header row will do. */
  readonly headerless: boolean
  readonly folder: string
  readonly index: number
}

/** A file whose kind is known: delimited text, which may be read in several ways, or all that has only one. */
export type KnownFile =
  | { readonly text: Text; readonly delimited: DelimitedOptions }
  | { readonly source: (engine: Engine) => Promise<Source> }

export async function openSource(engine: Engine, file: InputFile, opening: Opening): Promise<Source> {
  const known = await knowFile(file, opening)
  return 'source' in known ? known.source(engine) : delimitedSource(known.text, known.delimited)
}

export async function knowFile(file: InputFile, opening: Opening): Promise<KnownFile> {
  const { reading, folder, index, knows } = opening
  const sample = await sampleOf(file)
  if (isParquet(sample.bytes)) {
    const { parquetSource } = await import('./parquet.ts')
    return { source: (engine) => parquetSource(engine, file, sample) }
  }
  const grid = {
    headerLine: reading.headerRow,
    headerless: opening.headerless || Object.values(reading.columns).some((column) => /^#\d+$/.test(column)),
    folder,
    index,
    knows,
  }
  const kind = whatIsXls(sample.bytes)
  if (kind === 'zip' && !sample.compression) {
    const { workbookSource } = await import('./books.ts')
    return { source: () => workbookSource(file, reading.inputSheet, grid) }
  }
  if (EXCEL_KINDS.includes(kind)) throw excelFileError(file.shown, kind)
  refuseBinary(file, sample.bytes)
  const encoding = reading.encoding ? encodingNamed(reading.encoding) : undefined
  const thorough = reading.thorough ?? false
  const text = await openText(file, sample, { encoding, folder, index, thorough })
  if (isJson(text.head)) {
    const { jsonSource } = await import('./json.ts')
    return { source: () => jsonSource(text, { folder, index }, reading.headerRow) }
  }
  if (kind === 'html') {
    const { htmlSource } = await import('./books.ts')
    return { source: () => htmlSource(text, grid) }
  }
  const delimited = {
    delimiter: delimiterNamed(reading.delimiter),
    quote: quoteNamed(reading.quote),
    ...grid,
    thorough,
    inPlace: reading.inPlace ?? false,
  }
  return { text, delimited }
}

const isJson = (text: string): boolean => /^\s*(\{\s*["}]|\[\s*[{\]["\d])/.test(text)

function delimiterNamed(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  const delimiter =
    { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|' }[given.toLowerCase()] ?? given
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter
  throw new CustError('usage', `--delimiter: "${given}" is not one character`, 'use , ; | or tab')
}

function quoteNamed(given: string | undefined): '"' | "'" | 'none' | undefined {
  if (given === undefined || given === '"' || given === "'" || given === 'none') return given
  throw new CustError('usage', `--quote: "${given}" is no quote`, `use " or ' or none`)
}
