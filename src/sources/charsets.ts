/** The encodings that text comes in, and what people call them. */
import { CustError } from '../core/errors.ts'

export const charsetNames = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  gb18030: 'GB18030',
  big5: 'Big5',
  shift_jis: 'Shift-JIS',
  'euc-jp': 'EUC-JP',
  'euc-kr': 'EUC-KR',
  'windows-1252': 'Windows-1252',
} as const

export type Encoding = keyof typeof charsetNames

/** Other names of an encoding, without case, blanks, hyphens and underscores. */
const otherNames: Readonly<Record<Encoding, readonly string[]>> = {
  'utf-8': ['utf8sig', 'utf8bom', 'utf8mb4', 'cp65001', '65001', 'ascii', 'usascii'],
  'utf-16le': ['utf16', 'unicode', 'ucs2', 'cp1200'],
  'utf-16be': ['cp1201'],
  gb18030: ['gbk', 'gb2312', 'gb231280', 'cp936', 'ms936', 'windows936', '936', 'euccn', 'xgbk'],
  big5: ['big5hkscs', 'cp950', 'ms950', 'windows950', '950', 'bigfive', 'xxbig5'],
  shift_jis: ['sjis', 'xsjis', 'cp932', 'ms932', 'windows31j', 'windows932', '932', 'mskanji'],
  'euc-jp': ['xeucjp', 'ujis', 'cp51932', 'eucjpms'],
  'euc-kr': ['cp949', 'ms949', 'uhc', 'windows949', '949', 'ksc56011987', 'ksc5601', 'ksx1001', 'korean'],
  'windows-1252': [
    ...[
      'cp1252',
      '1252',
      'latin1',
      'l1',
      'iso88591',
      'iso8859',
      'iso885915',
      'latin9',
      'ansi',
      'westerneuropean',
    ],
  ],
}

const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '')

const byName = new Map(
  Object.entries(otherNames).flatMap(([encoding, names]) =>
    [plain(encoding), ...names].map((name) => [name, encoding as Encoding] as const),
  ),
)

/** The value of --encoding. */
export function encodingNamed(given: string): Encoding {
  const encoding = byName.get(plain(given))
  if (encoding) return encoding
  const known = Object.keys(charsetNames)
  throw new CustError(
    'usage',
    `--encoding: "${given}" is not known`,
    `use ${known.slice(0, -1).join(', ')} or ${known.at(-1)}`,
  )
}
