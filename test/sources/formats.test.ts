/** The same orders in every format and encoding give the same lines. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/core/sql.ts'
import { type Inputs, inputs, linesOf, shortLines } from './inputs.ts'

const HEADER = ['会员号', '订单号', '下单时间', '实付金额', '订单状态', '商品名称']
const ROWS = [
  ['00123', '2035153131473293579', '2024-01-02 10:11:12', '1,234.50', '交易成功', '茶, 绿'],
  ['甲', '2035153131473293580', '2024-02-28 00:00:00', '-5', '已退款', '杯 "大"'],
  ['', '3', '2024-02-29 23:59:59', '7.25', '已完成', '两\n行'],
  ['乙', '4', '2024-02-30 10:00:00', '8', '已完成', 'x'],
  ['丙', '5', '2024-03-01 10:00:00', '?', '已完成', 'x'],
  ['丁', '6', '2024-03-01 10:00:00', '9', '不知', 'x'],
]

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csv = [HEADER, ...ROWS].map((row) => row.map(cell).join(',')).join('\n')
const objects = ROWS.map((row) => Object.fromEntries(HEADER.map((key, i) => [key, row[i] || null])))

/** Every character looked up in the decoder. */
function gb18030Table(): ReadonlyMap<string, number[]> {
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder('gb18030')
  for (let a = 0x81; a < 0xff; a++) {
    for (let b = 0x40; b < 0xff; b++) {
      const character = decoder.decode(Buffer.from([a, b]))
      if (character.length === 1 && character !== '\ufffd') table.set(character, [a, b])
    }
  }
  return table
}

const table = gb18030Table()

function gb18030(text: string): Buffer {
  return Buffer.from([...text].flatMap((c) => (c < '\u0080' ? [c.charCodeAt(0)] : (table.get(c) ?? [0x3f]))))
}

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

async function zstd(file: string): Promise<string> {
  const plain = join(space.folder, file)
  await space.engine.run(sql`copy (select * from read_csv(${plain}, auto_detect = false, header = false, delim = ${'\u0001'},
    quote = '', escape = '', strict_mode = false, columns = {c: 'VARCHAR'})) to ${`${plain}.zst`}
    (format csv, header false, quote '', escape '', delimiter ${'\u0001'}, compression zstd)`)
  return `${file}.zst`
}

const twins: Record<string, () => Promise<{ paths: string[]; stdin?: Buffer }>> = {
  'UTF-8 with BOM': async () => ({ paths: [space.write('bom.csv', `\ufeff${csv}`)] }),
  CRLF: async () => ({ paths: [space.write('crlf.csv', csv.replaceAll(/\n(?!行)/g, '\r\n'))] }),
  'CR only': async () => ({ paths: [space.write('cr.csv', csv.replaceAll(/\n(?!行)/g, '\r'))] }),
  'mixed line ends': async () => ({ paths: [space.write('mixed.csv', csv.replace('\n', '\r\n'))] }),
  TSV: async () => ({
    paths: [space.write('o.tsv', [HEADER, ...ROWS].map((row) => row.map(cell).join('\t')).join('\n'))],
  }),
  semicolons: async () => ({
    paths: [space.write('semi.csv', [HEADER, ...ROWS].map((row) => row.map(cell).join(';')).join('\n'))],
  }),
  'Excel sep= line': async () => ({
    paths: [
      space.write(
        'sep.csv',
        `sep=;\r\n${[HEADER, ...ROWS].map((row) => row.map(cell).join(';')).join('\r\n')}`,
      ),
    ],
  }),
  'UTF-16LE with BOM': async () => ({
    paths: [space.write('16le.csv', Buffer.from(`\ufeff${csv}`, 'utf16le'))],
  }),
  'UTF-16BE with BOM': async () => ({
    paths: [space.write('16be.csv', Buffer.from(`\ufeff${csv}`, 'utf16le').swap16())],
  }),
  'UTF-16LE without BOM': async () => ({ paths: [space.write('16.csv', Buffer.from(csv, 'utf16le'))] }),
  GB18030: async () => ({ paths: [space.write('gbk.csv', gb18030(csv))] }),
  gzip: async () => ({ paths: [space.write('o.csv.gz', gzipSync(csv))] }),
  'gzip by another name': async () => ({ paths: [space.write('packed.csv', gzipSync(csv))] }),
  'gzip in two members': async () => ({
    paths: [space.write('two.gz', Buffer.concat([gzipSync(csv.slice(0, 150)), gzipSync(csv.slice(150))]))],
  }),
  'gzip of GB18030': async () => ({ paths: [space.write('gbk.csv.gz', gzipSync(gb18030(csv)))] }),
  'gzip of mixed line ends': async () => ({
    paths: [space.write('mixed.csv.gz', gzipSync(csv.replace('\n', '\r\n')))],
  }),
  zstd: async () => {
    space.write('z.csv', csv)
    return { paths: [await zstd('z.csv')] }
  },
  'zstd of mixed line ends': async () => {
    space.write('zm.csv', csv.replace('\n', '\r\n'))
    return { paths: [await zstd('zm.csv')] }
  },
  'standard input': async () => ({ paths: ['-'], stdin: Buffer.from(csv) }),
  'gzip on standard input': async () => ({ paths: ['-'], stdin: gzipSync(csv) }),
  'GB18030 on standard input': async () => ({ paths: ['-'], stdin: gb18030(csv) }),
  JSON: async () => ({ paths: [space.write('o.json', JSON.stringify(objects, null, 2))] }),
  'JSON on standard input': async () => ({ paths: ['-'], stdin: Buffer.from(JSON.stringify(objects)) }),
  'JSON in UTF-16': async () => ({
    paths: [space.write('16.json', Buffer.from(JSON.stringify(objects), 'utf16le'))],
  }),
  NDJSON: async () => ({
    paths: [space.write('o.ndjson', objects.map((object) => JSON.stringify(object)).join('\n'))],
  }),
  'gzip of NDJSON': async () => ({
    paths: [space.write('o.ndjson.gz', gzipSync(objects.map((object) => JSON.stringify(object)).join('\n')))],
  }),
  Parquet: async () => {
    const source = join(space.folder, space.write('p.json', JSON.stringify(objects)))
    const target = join(space.folder, 'o.parquet')
    await space.engine.run(
      sql`copy (select * from read_json(${source}, format = 'array')) to ${target} (format parquet)`,
    )
    return { paths: ['o.parquet'] }
  },
}

describe('twins of the same orders', () => {
  test('the original', async () => {
    const opened = await space.open([space.write('plain.csv', csv)])
    expect(opened.table.columns).toEqual(['customer', 'order', 'day', 'amount', 'item', 'status', 'problem'])
    expect((await shortLines(opened)).sort()).toEqual(
      [
        '00123|2024-01-02|1234.5',
        '甲|2024-02-28|-5.0',
        'customer: none',
        'date: unreadable',
        'amount: unreadable',
        'status: 不知',
      ].sort(),
    )
    expect(opened.files).toMatchObject([{ path: 'plain.csv', format: 'CSV', encoding: 'UTF-8', columns: 6 }])
    expect(await opened.rejects()).toMatchObject({
      count: 0,
      groups: [],
      cells: ['plain.csv:6: "2024-02-30 10:00:00" is not a date', 'plain.csv:7: "?" is not a number'],
    })
  })

  test.each(Object.keys(twins))('%s', async (twin) => {
    const expected = await linesOf(await space.open([space.write('plain.csv', csv)]))
    const { paths, stdin } = await (twins[twin] as (typeof twins)[string])()
    const opened = await space.open(paths, stdin ? { stdin } : {})
    expect(await linesOf(opened)).toEqual(expected)
    expect((await opened.rejects()).count).toBe(0)
  })

  test('what was understood is said', async () => {
    const [gbk] = (await space.open([space.write('said.csv', gb18030(csv))])).files
    expect(gbk).toMatchObject({ encoding: 'GB18030', format: 'CSV' })
    const [packed] = (await space.open([space.write('said.gz', gzipSync(JSON.stringify(objects)))])).files
    expect(packed).toMatchObject({ encoding: 'UTF-8', format: 'JSON', compression: 'gzip' })
  })

  test('the order of columns does not matter', async () => {
    const expected = await linesOf(await space.open([space.write('plain.csv', csv)]))
    const order = [3, 5, 0, 2, 4, 1]
    const shuffled = [HEADER, ...ROWS].map((row) => order.map((i) => cell(row[i] ?? '')).join(',')).join('\n')
    expect(await linesOf(await space.open([space.write('shuffled.csv', shuffled)]))).toEqual(expected)
  })

  test('two files with their columns in another order, in other encodings and dialects', async () => {
    const header = HEADER.join(',')
    const first = [header, ...ROWS.slice(0, 3).map((row) => row.map(cell).join(','))].join('\n')
    const second = [HEADER, ...ROWS.slice(3)]
      .map((row) => [...row].reverse().map(cell).join(';'))
      .join('\r\n')
    space.write('part-1.csv', gb18030(first))
    space.write('part-2.csv', second)
    const expected = await linesOf(await space.open([space.write('plain.csv', csv)]))
    const opened = await space.open(['part-*.csv'])
    expect(await linesOf(opened)).toEqual(expected)
    expect(opened.files.map(({ path }) => path)).toEqual(['part-1.csv', 'part-2.csv'])
  })
})

describe('encodings', () => {
  const line = (i: number) => `c${i},2024-01-02,${i % 10},item number ${i} ${'x'.repeat(250)}`
  const head = `customer,date,amount,item\n${Array.from({ length: 5000 }, (_, i) => line(i)).join('\n')}\n`

  test('a Chinese character after more than a megabyte of ASCII', async () => {
    expect(head.length).toBeGreaterThan(1 << 20)
    const late = Buffer.concat([Buffer.from(head), gb18030('甲,2024-01-02,5,订单商品数量\n')])
    for (const file of [space.write('late.csv', late), space.write('late.csv.gz', gzipSync(late))]) {
      const opened = await space.open([file])
      const { n } = await opened.table.fetch(
        sql`select count(*) as n from ${opened.table.from} where customer = '甲' and problem is null`,
        { n: 'number' },
      )
      expect(n[0]).toBe(1)
      expect((await opened.rejects()).count).toBe(0)
    }
  })

  test('a late byte of another encoding', async () => {
    const late = Buffer.concat([Buffer.from(head), Buffer.from('Jos\xe9,2024-01-02,5,x\n', 'latin1')])
    for (const [name, content] of [
      ['latin.csv', late],
      ['latin.csv.gz', gzipSync(late)],
    ] as const) {
      const opened = await space.open([space.write(name, content)], { thorough: true })
      const { n } = await opened.table.fetch(
        sql`select count(*) as n from ${opened.table.from} where customer = 'José'`,
        { n: 'number' },
      )
      expect(n[0], name).toBe(1)
    }
  })

  test('a character cut at every border of a chunk', async () => {
    // Chunks of a megabyte: two borders and more.
    const text = `customer,date,amount,note\n${`客户,2024-01-02,1,${'客'.repeat(60)}\n`.repeat(12_000)}`
    expect(Buffer.byteLength(text)).toBeGreaterThan(2 << 20)
    for (const shift of [0, 1, 2]) {
      const file = space.write(
        'cut.csv',
        `${'x'.repeat(shift)}${text}`.replace(/^x+/, (x) => `#${x}`),
      )
      const opened = await space.open([file], { columns: { customer: '#1' } })
      const { n } = await opened.table.fetch(
        sql`select count(*) as n from ${opened.table.from} where customer = '客户'`,
        { n: 'number' },
      )
      expect(n[0]).toBe(12_000)
    }
  })

  test('the user names the encoding', async () => {
    const file = space.write('named.csv', gb18030('customer,date,amount\n甲,2024-01-02,5\n'))
    expect(await shortLines(await space.open([file], { encoding: 'gbk' }))).toEqual(['甲|2024-01-02|5.0'])
    await expect(space.open([file], { encoding: 'utf-8' })).rejects.toMatchObject({ kind: 'input' })
    await expect(space.open([file], { encoding: 'klingon' })).rejects.toMatchObject({ kind: 'usage' })
  })
})

test('a JSON key that only later rows have is found', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => ({
    customer: `c${i}`,
    date: '2024-01-02',
    note: 'x'.repeat(60),
  }))
  const text = JSON.stringify([...rows, { customer: 'z', date: '2024-01-02', amount: '5' }])
  const opened = await space.open([space.write('late.json', text)], { columns: { amount: 'amount' } })
  expect(await shortLines(opened)).toContain('z|2024-01-02|5.0')
})

test('long numbers of JSON stay text, nested values become columns', async () => {
  const text = '[{"customer":2035153131473293579,"date":"2024-01-02","amount":12.50,"item":{"sku":"A1"}}]'
  const opened = await space.open([space.write('long.json', text)], { columns: { item: 'item.sku' } })
  const row = await opened.table.fetch(sql`select customer, item from ${opened.table.from}`, {
    c: 'text',
    i: 'text',
  })
  expect(row).toEqual({ c: ['2035153131473293579'], i: ['A1'] })
})

test('broken JSON is told with its line, and lists in envelopes are found', async () => {
  const broken = '{"customer":"a","date":"2024-01-02","amount":1}\n{"customer":\n'
  const opened = await space.open([space.write('broken.ndjson', broken)])
  expect(await shortLines(opened)).toEqual(['a|2024-01-02|1.0'])
  expect((await opened.rejects()).groups[0]?.examples[0]).toMatch(/^broken\.ndjson:2: /)
  const listed = '{"orders":[{"customer":"a","date":"2024-01-02","amount":1}]}'
  expect(await shortLines(await space.open([space.write('doc.json', listed)]))).toEqual(['a|2024-01-02|1.0'])
  writeFileSync(join(space.folder, 'cut.json'), readFileSync(join(space.folder, 'long.json')).subarray(0, 40))
  await expect(space.open(['cut.json'])).rejects.toMatchObject({ kind: 'input' })
})
