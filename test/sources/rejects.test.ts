/** Nothing is dropped without being counted and told, with the line of the user's own file. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeLegacy } from '../../fixtures/legacy.ts'
import { sql } from '../../src/core/sql.ts'
import { Irregular } from '../../src/sources/irregular.ts'
import { type Inputs, inputs, shortLines } from './inputs.ts'

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

const GOOD = 'a,2024-01-02,1'

/** More than is read to see what a file is, in rows with a long cell. */
const LARGE = 15_000
const WIDE = `${GOOD},${'x'.repeat(300)}`

async function rejected(file: string, content: string | Buffer) {
  const opened = await space.open([space.write(file, content)], { uses: [] })
  const lines = await shortLines(opened)
  return { lines, ...(await opened.rejects()) }
}

describe('ragged lines', () => {
  test('a quoted newline before them does not shift the number', async () => {
    const { lines, count, groups } = await rejected(
      'ragged.csv',
      `customer,date,amount\n"a\nb",2024-01-02,1\n${GOOD}\n\n\n${GOOD},x,y\nshort,1\n${GOOD},\n`,
    )
    expect(lines).toHaveLength(3)
    expect(count).toBe(2)
    expect(groups).toContainEqual({
      reason: 'with more fields than the header',
      count: 1,
      examples: ['ragged.csv:7: 5 fields, header has 3'],
    })
    expect(groups).toContainEqual({
      reason: 'with fewer fields than the header',
      count: 1,
      examples: ['ragged.csv:8: 2 fields, header has 3'],
    })
  })

  test.each<[string, (text: string) => string | Buffer]>([
    ['LF', (text) => text],
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['CR', (text) => text.replaceAll('\n', '\r')],
    ['mixed', (text) => text.replace('\n', '\r\n')],
    ['BOM', (text) => `\ufeff${text}`],
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['gzip', (text) => gzipSync(text)],
    ['gzip of mixed line ends', (text) => gzipSync(text.replace('\n', '\r\n'))],
  ])('line numbers with %s', async (kind, written) => {
    const text = `\ncustomer,date,amount\n客户,2024-01-02,1\n\nx,y\n${GOOD}\nx\n${GOOD}\n`
    const { lines, groups } = await rejected(`${kind}.csv`, written(text))
    expect(lines).toEqual(['a|2024-01-02|1.0', 'a|2024-01-02|1.0', '客户|2024-01-02|1.0'])
    expect(groups.map(({ examples }) => examples)).toEqual([
      [`${kind}.csv:5: 2 fields, header has 3`, `${kind}.csv:7: 1 fields, header has 3`],
    ])
  })

  test('rows and rejects are the records, however often the table is asked', async () => {
    const records = Array.from({ length: 20_000 }, (_, i) =>
      i % 100 === 7 ? `c${i},x` : `c${i},2024-01-02,${i},${'x'.repeat(250)}`,
    )
    const file = space.write('many.csv', `customer,date,amount,note\n${records.join('\n')}\n`)
    const opened = await space.open([file], { uses: [], thorough: true })
    for (let asked = 0; asked < 3; asked++) {
      const { n } = await opened.table.fetch(
        sql`select count(*) as n, sum(amount) from ${opened.table.from}`,
        {
          n: 'number',
          s: 'number',
        },
      )
      const { count, groups } = await opened.rejects()
      expect([n[0], count]).toEqual([19_800, 200])
      expect(groups[0]?.examples).toHaveLength(5)
      expect(groups[0]?.examples[0]).toBe('many.csv:9: 2 fields, header has 4')
    }
  })

  test('several files are told apart', async () => {
    space.write('x1.csv', `customer,date,amount\n${GOOD}\nx\n${GOOD}\n`)
    space.write('x2.csv', `customer,date,amount\n${GOOD}\n${GOOD}\ny,1\n`)
    const opened = await space.open(['x1.csv', 'x2.csv'], { uses: [] })
    expect(await shortLines(opened)).toHaveLength(4)
    const { groups } = await opened.rejects()
    expect(groups[0]?.examples).toEqual([
      'x1.csv:3: 1 fields, header has 3',
      'x2.csv:4: 2 fields, header has 3',
    ])
  })
})

describe('quotes', () => {
  test('one that is not closed is told with its lines', async () => {
    const { lines, groups } = await rejected(
      'open.csv',
      `customer,date,amount\n${GOOD}\n"b,2024-01-02,1\n${GOOD}\n`,
    )
    expect(lines).toHaveLength(2)
    expect(groups).toEqual([
      {
        reason: 'with a quote that is not closed',
        count: 1,
        examples: ['open.csv:3: a quote that is not closed'],
      },
    ])
  })

  test('one in a large file begins the run again, and then takes its own line and no other', async () => {
    const rows = Array.from({ length: LARGE }, (_, i) => (i === 10_000 ? `"c${i},2024-01-02,1,x` : WIDE))
    const file = space.write('swallowed.csv', `customer,date,amount,note\n${rows.join('\n')}\n`)
    const quick = await space.open([file], { uses: [] })
    await expect(shortLines(quick)).rejects.toThrow(Irregular)
    const opened = await space.open([file], { uses: [], thorough: true })
    expect(await shortLines(opened)).toHaveLength(LARGE - 1)
    expect((await opened.rejects()).groups).toEqual([
      {
        reason: 'with a quote that is not closed',
        count: 1,
        examples: ['swallowed.csv:10002: a quote that is not closed'],
      },
    ])
  })

  test('so do bytes that are none of the encoding of a large file', async () => {
    const row = encodeLegacy('gb18030', `客户${WIDE.slice(1)}\n`)
    const bytes = Buffer.concat([Buffer.from('customer,date,amount,note\n'), ...Array(LARGE).fill(row)])
    bytes.fill(0xff, bytes.length - row.length, bytes.length - row.length + 1)
    const file = space.write('broken.csv', bytes)
    const quick = await space.open([file], { uses: [] })
    await expect(quick.verify(LARGE)).rejects.toThrow(Irregular)
    const opened = await space.open([file], { uses: [], thorough: true })
    expect(await shortLines(opened)).toHaveLength(LARGE - 1)
    const { groups } = await opened.rejects()
    expect(groups.map(({ examples }) => examples)).toEqual([
      [`broken.csv:${LARGE + 1}: bytes that its encoding does not have`],
    ])
  })

  test('inside a cell they are text', async () => {
    const file = space.write(
      'inch.csv',
      'customer\tdate\tamount\titem\na\t2024-01-02\t1\tInch 5" pipe "L"\r\na\t2024-01-02\t1\tx\n',
    )
    const { item } = await (await space.open([file])).table.fetch(
      sql`select item from ${(await space.open([file])).table.from} order by 1`,
      { item: 'text' },
    )
    expect(item).toEqual(['Inch 5" pipe "L"', 'x'])
  })
})
