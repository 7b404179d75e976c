/** Tables of awkward texts, written in any dialect and encoding, damaged, and read again. */
import Papa from 'papaparse'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { between, chance, mulberry32, pick, type Random } from '../../fixtures/random.ts'
import { CustError } from '../../src/core/errors.ts'
import { join, name, sql } from '../../src/core/sql.ts'
import type { Inputs } from './inputs.ts'

interface Table {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

interface Written {
  readonly bytes: Buffer
  /** How, for the message of a test that fails. */
  readonly how: string
  /** The rows that stand in full in the first bytes. */
  rowsWithin(length: number): number
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

function awkwardTable(random: Random, far: boolean): Table {
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

function written({ headers, rows }: Table, random: Random, far: boolean): Written {
  const delimiter = pick(random, [',', ';', '\t', '|'])
  const newline = pick(random, ['\n', '\r\n'])
  const quotes = chance(random, 0.3)
  const [name, encode] = pick(random, far ? encodings.slice(0, 4) : encodings)
  const style = { delimiter, newline, quotes }
  const text = (most = rows.length) =>
    Papa.unparse({ fields: [...headers], data: rows.slice(0, most).map((row) => [...row]) }, style)
  const how = `${name}, ${JSON.stringify(style)}\n${JSON.stringify(text())}`
  return {
    bytes: encode(chance(random, 0.5) ? text() + newline : text()),
    how,
    rowsWithin: (length) => rows.filter((_, i) => encode(text(i + 1) + newline).length <= length).length,
  }
}

/** The same bytes with one flipped, or cut off. */
function damaged(bytes: Buffer, random: Random): { readonly bytes: Buffer; readonly cut: boolean } {
  if (chance(random, 0.4))
    return { bytes: bytes.subarray(0, between(random, 1, bytes.length - 1)), cut: true }
  const copy = Buffer.from(bytes)
  const at = between(random, 0, copy.length - 1)
  copy[at] = chance(random, 0.5)
    ? between(random, 0, 255)
    : (copy[at] as number) ^ (1 << between(random, 0, 7))
  return { bytes: copy, cut: false }
}

interface Found {
  readonly table: Table
  /** Everything that came out of the file, as rows or otherwise. */
  readonly text: string
  /** Was there a warning, or a record that was passed over? Rejects are part of the text. */
  readonly told: boolean
}

async function read(space: Inputs, bytes: Buffer): Promise<Found> {
  space.write('t.csv', bytes)
  const opened = await space.open(['t.csv'], { needs: [], uses: [] })
  const { columns, from } = await opened.rows()
  const shape = Object.fromEntries(columns.map((_, i) => [`c${i}`, 'text' as const]))
  const fetched = await space.engine.fetch(sql`select ${join(columns.map(name))} from ${from}`, shape)
  const rows = (fetched['c0'] ?? []).map((_, i) => columns.map((_, k) => fetched[`c${k}`]?.[i] ?? ''))
  const rejects = await (await opened.rejects()).all()
  const passed = opened.passed().some(([count, what]) => count > 0 && what !== 'above the header')
  const above = opened.files[0]?.text?.preamble ?? []
  const text = [...columns, ...rows.flat(), ...rejects.map((reject) => reject.text), ...above].join('\n')
  return {
    table: { headers: columns, rows },
    text,
    told: passed || rejects.length + opened.warnings.length > 0,
  }
}

/** Write a table and read it again: what is not as before, if anything. */
export async function roundTrip(space: Inputs, seed: number): Promise<string | undefined> {
  const random = mulberry32(seed)
  const far = seed % 2 === 0
  const table = awkwardTable(random, far)
  const { bytes, how } = written(table, random, far)
  const { table: found } = await read(space, bytes)
  const same = JSON.stringify(found) === JSON.stringify(table)
  return same ? undefined : `seed ${seed}: ${how}\nread as ${JSON.stringify(found)}`
}

/** Write a table, damage it, and read it: what is lost without a word, if anything. */
export async function damageTold(space: Inputs, seed: number): Promise<string | undefined> {
  const random = mulberry32(seed)
  const far = seed % 2 === 0
  const table = awkwardTable(random, far)
  const { bytes, how, rowsWithin } = written(table, random, far)
  const { bytes: broken, cut } = damaged(bytes, random)
  try {
    const found = await read(space, broken)
    if (found.told) return undefined
    const lost = cut ? notKept(table, found.table, rowsWithin(broken.length)) : notFound(table, found.text)
    return lost.length === 0 ? undefined : `seed ${seed}: ${how}\nlost ${JSON.stringify(lost)}`
  } catch (error) {
    if (error instanceof CustError && error.kind === 'input') return undefined
    throw new Error(`seed ${seed}: ${how}`, { cause: error })
  }
}

/** What stood before the cut is as it was, whatever became of the row that the cut goes through. */
function notKept(table: Table, found: Table, rows: number): readonly (readonly string[])[] {
  return table.rows.filter((row, i) => i < rows && JSON.stringify(row) !== JSON.stringify(found.rows[i]))
}

/** A flipped byte may belong to two cells, hardly to more. */
const MOST_TOUCHED = 2

function notFound({ headers, rows }: Table, text: string): string[] {
  const there = bare(text)
  const lost = [...headers, ...rows.flat()].filter((cell) => !there.includes(bare(cell)))
  return lost.length > MOST_TOUCHED ? lost : []
}

/** Without what belongs to the notation and may be taken for a part of it once it is damaged. */
const bare = (text: string): string => text.replace(/["'\s\\;,|\t]/g, '')
