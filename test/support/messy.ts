/** Files as messy as they come, from a seed: every way of writing one, and every way of breaking one. */
import iconv from 'iconv-lite'
import { mulberry32 } from '../../fixtures/random.ts'

type Chance = () => number

const pick = <T>(random: Chance, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const times = (random: Chance, most: number): number => Math.floor(random() * (most + 1))

const encodings = [
  'utf-8',
  'utf-8',
  'utf-8',
  'gb18030',
  'windows-1252',
  'utf-16le',
  'utf-16be',
  'big5',
  'shift_jis',
  'euc-kr',
]
const marks: Readonly<Record<string, string>> = { 'utf-8': 'efbbbf', 'utf-16le': 'fffe', 'utf-16be': 'feff' }

const words: Readonly<Record<string, readonly string[]>> = {
  'utf-8': ['北京市', 'Zoë', '张三', 'naïve', '😀', 'Ⅻ', 'ﬁn'],
  gb18030: ['北京市朝阳区', '张三', '已发货', '上海', '收货人', '㐀', '𠮷'],
  'windows-1252': ['Zoë', 'Müller', '€', 'façade', 'Señor'],
  'utf-16le': ['北京', 'Zoë', '😀'],
  'utf-16be': ['東京', 'Zoë', '😀'],
  big5: ['臺北市', '陳志強', '訂單', '客戶'],
  shift_jis: ['東京都', '注文番号', 'お客様', 'ｱｲｳ'],
  'euc-kr': ['서울시', '주문번호', '고객'],
}

/** Kinds of columns, each with clean and dirty cells. */
const kinds: readonly (readonly [header: string, cell: (random: Chance, row: number) => string])[] = [
  ['id', (_, row) => String(1000 + row)],
  [
    'email',
    (random, row) =>
      pick(random, [
        '',
        ' ',
        'N/A',
        `a${row}@example.com`,
        ` Bob${row}@Example.COM `,
        'ｂ＠example.com',
        'nobody',
        'mailto:c@example.com',
        '<d@example.com>,',
        'e@example.com.',
        '/',
      ]),
  ],
  [
    'phone',
    (random) =>
      pick(random, [
        '+12125551234',
        '(212) 555-1234',
        '13800138000',
        '+86 138 0013 8000',
        '１３８００１３８０００',
        '-',
        'x12',
        '/',
        '13800138000/13900139000',
        '13900001111;13700002222',
        '07911 123456',
        '+44 7911 123457',
        '010-62345678/79',
      ]),
  ],
  [
    'signup_date',
    (random) =>
      pick(random, [
        '2024-03-05',
        '05/03/2024',
        '25/03/2024',
        '2024年3月5日',
        '',
        'unknown',
        '/',
        '3.4.2023',
      ]),
  ],
  ['amount', (random) => pick(random, ['12', '1,234.50', '$5.00', '(3.10)', '-7', '€ 1.234,50', 'null', ''])],
  [
    'name',
    (random) => pick(random, ['Ann', ' Bob  Lee', 'Eve\u00a0', 'anonymous', '"Q"', "O'Neil", '　Max']),
  ],
  [
    'note',
    (random) =>
      pick(random, [
        '',
        'ok',
        'a, b; c',
        'line\nbreak',
        'tab\there',
        'q"uote',
        '#1',
        'a\r\nb',
        '\\N',
        '/',
        '(No value)',
        'x\ry',
      ]),
  ],
  ['city', (random) => pick(random, ['Paris', 'paris', 'PARIS ', 'New York', 'Köln', ''])],
]

export interface Messy {
  readonly bytes: Buffer
  readonly told: string
}

/** A file, its name in `told`. */
export function messyFile(seed: number): Messy {
  const random = mulberry32(seed)
  const encoding = pick(random, encodings)
  const delimiter = pick(random, [',', ',', ';', '\t', '|'])
  const lineEnd = pick(random, ['\n', '\n', '\r\n', '\r\n', '\r'])
  const habit = pick(random, ['need', 'need', 'all', 'some', 'text'])
  const columns = Array.from({ length: 2 + times(random, 6) }, () => pick(random, kinds))
  const rows = pick(random, [0, 1, 2, 5, 20, 60])
  const write = (cell: string, i: number) => {
    const needs = /["\r\n]/.test(cell) || cell.includes(delimiter)
    const quoted = `"${cell.replaceAll('"', '""')}"`
    if (habit === 'all' || needs) return quoted
    if (habit === 'text') return i % 2 === 0 && cell !== '' ? quoted : cell
    return habit === 'some' && random() < 0.3 ? quoted : cell
  }
  const record = (cells: readonly string[]) => cells.map(write).join(delimiter)
  const lines: string[] = []
  // Without rows nobody can tell lines above the header from it.
  for (let i = rows > 0 ? times(random, 1) * times(random, 3) : 0; i > 0; i--)
    lines.push(pick(random, ['', 'Export of customers', `a${delimiter}`]))
  lines.push(
    record(columns.map(([header]) => pick(random, [header, header, ` ${header} `, header.toUpperCase()]))),
  )
  for (let row = 0; row < rows; row++) {
    const cells = columns.map(([, cell]) =>
      random() < 0.1 ? pick(random, words[encoding] ?? []) : cell(random, row),
    )
    lines.push(record(cells))
    if (random() < 0.05) lines.push(broken(random, cells, delimiter, lines))
  }
  if (random() < 0.3)
    lines.push(
      pick(random, [
        '',
        `Total${delimiter}${rows}`,
        `合计${delimiter}1`,
        '3 records',
        delimiter.repeat(columns.length - 1),
      ]),
    )
  const ends = lines.map((line, i) => {
    const odd = random() < 0.02 ? pick(random, ['\n', '\r\n', '\r']) : lineEnd
    return i === lines.length - 1 && random() < 0.4 ? line : line + odd
  })
  const text = ends.join('')
  const mark = random() < 0.4 ? Buffer.from(marks[encoding] ?? '', 'hex') : Buffer.alloc(0)
  const bytes = damaged(random, Buffer.concat([mark, iconv.encode(text, encoding)]), encoding)
  return {
    bytes,
    told: `seed ${seed}: ${encoding}, ${JSON.stringify(delimiter)}, ${JSON.stringify(lineEnd)}, ${habit}`,
  }
}

/** A record that is none, or not what it should be. */
function broken(
  random: Chance,
  cells: readonly string[],
  delimiter: string,
  lines: readonly string[],
): string {
  return pick(random, [
    '',
    cells.slice(1).join(delimiter),
    [...cells, 'more'].join(delimiter),
    [...cells, ''].join(delimiter),
    cells.map(() => '').join(delimiter),
    `# remark`,
    `"never closed${delimiter}${cells.slice(1).join(delimiter)}`,
    `"closed"late${delimiter}${cells.slice(1).join(delimiter)}`,
    lines[0] ?? '',
    lines.at(-1) ?? '',
    cells.map(() => 'N/A').join(delimiter),
    cells.map((_, i) => (i === 1 ? 'a\u0000b' : 'x')).join(delimiter),
  ])
}

function damaged(random: Chance, bytes: Buffer, encoding: string): Buffer {
  if (bytes.length < 40 || random() > 0.15 || encoding.startsWith('utf-16')) return bytes
  const changed = Buffer.from(bytes)
  for (let i = times(random, 3); i >= 0; i--)
    changed[20 + Math.floor(random() * (bytes.length - 20))] = 0x80 + times(random, 127)
  return changed
}
