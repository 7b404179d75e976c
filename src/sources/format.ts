/** Which format a file has, by its content, and who reads it. */
import { CustError } from '../core/errors.ts'
import type { Engine } from '../engines/engine.ts'
import { isParquet, refuseBinary, sampleOf } from './bytes.ts'
import { encodingNamed } from './charsets.ts'
import { delimitedSource } from './delimited.ts'
import type { InputFile } from './files.ts'
import type { Reading } from './reading.ts'
import type { Source } from './source.ts'
import { openText } from './text.ts'
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

export async function openSource(engine: Engine, file: InputFile, opening: Opening): Promise<Source> {
  const { reading, folder, index, knows } = opening
  const sample = await sampleOf(file)
  if (isParquet(sample.bytes)) return (await import('./parquet.ts')).parquetSource(engine, file, sample)
  const grid = {
    headerLine: reading.headerRow,
    headerless: opening.headerless || Object.values(reading.columns).some((column) => /^#\d+$/.test(column)),
    folder,
    index,
    knows,
  }
  const kind = whatIsXls(sample.bytes)
  if (kind === 'zip' && !sample.compression) {
    return (await import('./books.ts')).workbookSource(file, reading.inputSheet, grid)
  }
  if (EXCEL_KINDS.includes(kind)) throw excelFileError(file.shown, kind)
  refuseBinary(file, sample.bytes)
  const encoding = reading.encoding ? encodingNamed(reading.encoding) : undefined
  const thorough = reading.thorough ?? false
  const text = await openText(file, sample, { encoding, folder, index, thorough })
  if (isJson(text.head))
    return (await import('./json.ts')).jsonSource(text, { folder, index }, reading.headerRow)
  if (kind === 'html') return (await import('./books.ts')).htmlSource(text, grid)
  return delimitedSource(text, {
    delimiter: delimiterNamed(reading.delimiter),
    quote: quoteNamed(reading.quote),
    ...grid,
    thorough,
    inPlace: reading.inPlace ?? false,
  })
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
