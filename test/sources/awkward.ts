/** Tables of awkward texts, written in any dialect and encoding, and damaged. */
import Papa from 'papaparse'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { encodeLegacy } from '../../fixtures/legacy.ts'
import { between, chance, pick, type Random } from '../../fixtures/random.ts'

export interface Table {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface Written {
  readonly bytes: Buffer
  /** How, for the message of a test that fails. */
  readonly how: string
}

const HEADERS = [
  'id',
  'name',
  'note',
  'city',
  'amount',
  'code',
  'when',
  'remark',
  '编号',
  '姓名',
  '备注',
  '金额',
]
const WORDS = [
  ...[
    'tea',
    'green tea',
    'O’Hara',
    "d'Arc",
    'a@b.example',
    '00042',
    '007',
    '1,234.50',
    '12.5',
    '3/4',
    '2024-01-02',
  ],
  ...[
    'say "hi"',
    '"quoted"',
    "'single'",
    'two\nlines',
    'cr\r\nlf',
    'a,b',
    'a;b',
    'a|b',
    'tab\there',
    ' blank ',
  ],
  ...[
    '客户',
    '王小明',
    '上海市 浦东新区',
    '备注：无',
    '6917926768823643751',
    '=1+1',
    '-5',
    '+44 20',
    '#1',
    '\\',
    '\\"',
  ],
]
const FAR = ['😀', '👨‍👩‍👧', 'Ünïcödé', '日本語', '한국어', 'عربى', '𠮷野家']

export function awkwardTable(random: Random, far: boolean): Table {
  const width = between(random, 2, 6)
  const headers = shuffledHeaders(random).slice(0, width)
  const words = far ? [...WORDS, ...FAR] : WORDS
  const rows = Array.from({ length: between(random, 2, 12) }, () => {
    const row = headers.map(() => (chance(random, 0.15) ? '' : pick(random, words)))
    // A row of nothing is none.
    if (row.every((cell) => cell.trim() === '')) row[0] = 'x'
    return row
  })
  return { headers, rows }
}

function shuffledHeaders(random: Random): string[] {
  return HEADERS.map((header) => [random(), header] as const)
    .sort(([a], [b]) => a - b)
    .map(([, header]) => header)
}

const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with BOM', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['GB18030', (text) => encodeGb18030(text)],
]

export function written({ headers, rows }: Table, random: Random, far: boolean): Written {
  const delimiter = pick(random, [',', ';', '\t', '|'])
  const newline = pick(random, ['\n', '\r\n'])
  const quotes = chance(random, 0.3)
  const [name, encode] = pick(random, far ? encodings.slice(0, 4) : encodings)
  const text = Papa.unparse(
    { fields: [...headers], data: rows.map((row) => [...row]) },
    { delimiter, newline, quotes },
  )
  const how = `${name}, ${JSON.stringify({ delimiter, newline, quotes })}\n${JSON.stringify(text)}`
  return { bytes: encode(chance(random, 0.5) ? text + newline : text), how }
}

/** The same bytes with one flipped, or cut off. */
export function damaged(bytes: Buffer, random: Random): Buffer {
  if (chance(random, 0.4)) return bytes.subarray(0, between(random, 1, bytes.length - 1))
  const copy = Buffer.from(bytes)
  const at = between(random, 0, copy.length - 1)
  copy[at] = chance(random, 0.5)
    ? between(random, 0, 255)
    : (copy[at] as number) ^ (1 << between(random, 0, 7))
  return copy
}

export const legacyEncodings = ['big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1252'] as const
export { encodeLegacy }
