/** What a file that calls itself an Excel workbook really is. */
import { open } from 'node:fs/promises'
import { CustError } from '../core/errors.ts'
import { type InputFile, unreadable } from './files.ts'

export type XlsKind = 'zip' | 'biff' | 'encrypted' | 'html' | 'xml' | 'mhtml' | 'text' | 'other'

const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** Told from the first bytes of a file, the more the better. */
export function whatIsXls(bytes: Uint8Array): XlsKind {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (start.subarray(0, 2).toString('latin1') === 'PK') return 'zip'
  if (start.subarray(0, 8).equals(COMPOUND)) return isEncrypted(start) ? 'encrypted' : 'biff'
  // The first record of Excel 2 to 4, which had no container.
  if (start[0] === 0x09 && [0, 2, 4].includes(start[1] ?? 1) && (start[3] === 0 || start[2] === 0))
    return 'biff'
  const text = textOf(start)
  if (text === undefined) return 'other'
  if (/^\s*MIME-Version:/i.test(text)) return 'mhtml'
  if (/schemas-microsoft-com:office:spreadsheet/.test(text) && /<(\w+:)?Workbook[\s>]/.test(text))
    return 'xml'
  if (/<(!doctype\s+html|html|table|head|body|meta)[\s>]/i.test(text) && /^\s*</.test(text)) return 'html'
  return 'text'
}

const START = 1 << 16
const ENTRIES = 4096

/** Bytes enough to tell what a file is: its beginning, and of a container also the names in it. */
export async function firstBytes({ path, shown }: InputFile): Promise<Buffer> {
  try {
    const handle = await open(path)
    try {
      const part = async (at: number, length: number) => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at)
        return buffer.subarray(0, bytesRead)
      }
      const start = await part(0, START)
      if (start.length < 512 || !start.subarray(0, 8).equals(COMPOUND)) return start
      // MS-CFB 2.2: the size of a sector as a power of two, and the number of the one with the names.
      const sector = 2 ** Math.min(start.readUInt16LE(30), 16)
      return Buffer.concat([start, await part((start.readUInt32LE(48) + 1) * sector, ENTRIES)])
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw unreadable(shown, error)
  }
}

/** A workbook under a password is a stream of this name in a container. */
function isEncrypted(bytes: Buffer): boolean {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
}

/** Markup and separators are ASCII in all encodings but UTF-16; undefined for what is no text. */
function textOf(bytes: Buffer): string | undefined {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe
  const text = bytes.toString(marked ? 'utf16le' : 'latin1').replace(/^(\ufeff|ï»¿)/, '')
  return text.includes('\0') ? undefined : text
}

const SAVE = 'open it in Excel, WPS or LibreOffice and save it as .xlsx or as CSV UTF-8'

const errors: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  biff: ['is an Excel 97-2003 workbook (.xls), which is not read', SAVE],
  encrypted: ['is protected by a password', 'open it in Excel and save it without the password'],
  html: ['is an HTML page, not an Excel workbook', SAVE],
  xml: ['is an XML spreadsheet of Excel 2003, which is not read', SAVE],
  mhtml: ['is a web archive (MHTML) of Excel, which is not read', SAVE],
  text: ['is a table of text, not an Excel workbook', 'name it .csv or .txt'],
  xlsb: ['is a binary Excel workbook (.xlsb), which is not read', SAVE],
  ods: ['is an OpenDocument spreadsheet (.ods), which is not read', SAVE],
  'other zip': ['is a zip file without a workbook in it', 'unpack it and give the files in it'],
  other: ['is not an Excel workbook', SAVE],
}

/** Why a file cannot be read as .xlsx. */
export function excelFileError(shown: string, kind: XlsKind | 'xlsb' | 'ods' | 'other zip'): CustError {
  const [what, hint] = errors[kind] ?? (errors['other'] as readonly [string, string])
  return new CustError('input', `${shown}: ${what}`, hint)
}
