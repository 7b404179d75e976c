/** The same orders give the same bytes, whatever holds them and however they are run. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeOrders } from '../../fixtures/bulk.ts'
import { englishHeaders } from '../../fixtures/exports.ts'
import { mulberry32 } from '../../fixtures/random.ts'

import { MANY_CELLS } from '../../src/cli/renderAbreast.ts'
import { outputInside, runInside } from '../support/inside.ts'
import { expectSameBytes, fixture, output, readParquet, scratch } from '../support/program.ts'
import { shuffled } from './shuffled.ts'

const small = readFileSync(fixture('orders-small.csv'))
const [header = '', ...rows] = small.toString().trimEnd().split('\n')
const csvOf = (lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`

const answer = (args: readonly string[], around = {}) => outputInside(['rfm', ...args], around)
const built = (args: readonly string[], around = {}) => output(['rfm', ...args], around)

let usual: Buffer
beforeAll(async () => {
  usual = await built([fixture('orders-small.csv')])
})

test('the answer has a row for every customer', () => {
  const ids = new Set(rows.map((row) => row.split(',')[1]))
  expect(ids.size).toBeGreaterThan(50)
  expect(usual.toString().split('\n').length).toBeGreaterThan(50)
})

describe('in any clothes', () => {
  test.each([
    ['tabs', 'orders-small.tsv'],
    ['semicolons, decimal commas, 31.12.2024', 'orders-small-semicolon.csv'],
    ['UTF-16', 'orders-small-utf16.csv'],
    ['gzip', 'orders-small.csv.gz'],
    ['JSON', 'orders-small.json'],
    ['NDJSON', 'orders-small.ndjson'],
    ['Parquet', 'orders-small.parquet'],
  ])('%s', async (_, name) => {
    expectSameBytes(await answer([fixture(name)]), usual, name)
  })

  test('cells that hold nothing, or dates, words and amounts that are nearly plain', async () => {
    const lines = [
      ['a', '2024-01-01', '10.5', 'paid', 'USD'],
      ['  ', '2024-01-05', '5.25', 'paid', 'usd'],
      ['\u00a0', '2024-01-05', '5.25', 'paid', 'USD'],
      ['b', '  ', '5.25', 'paid', 'USD'],
      ['b', '２０２４-01-05', ' ', 'paid', '  '],
      ['b', '2024-01-05 24:00:00', '3', ' ', 'USD'],
      ['b', '2024- 1- 6', '4', 'ｐａｉｄ', 'USD'],
      ['b', '2024-01-07 23:59:60', '4', 'wc\u2003completed', 'USD'],
      ['c', '2024-01-08', '4', 'PAID\r\n', 'USD'],
    ]
    const names = ['customer', 'date', 'amount', 'status', 'currency']
    const objects = lines.map((line) => Object.fromEntries(line.map((cell, i) => [names[i], cell])))
    const cwd = scratch({
      'odd.csv': Papa.unparse({ fields: names, data: lines }),
      'odd.ndjson': objects.map((object) => `${JSON.stringify(object)}\n`).join(''),
    })
    const run = async (name: string) => {
      const { stdout, stderr } = await runInside(['rfm', name], { cwd })
      return [stdout.toString(), stderr.split('\n')[1]]
    }
    const [csv, ndjson] = await Promise.all([run('odd.csv'), run('odd.ndjson')])
    expect(csv).toEqual(ndjson)
    expect(csv[0]).toContain('b,2024-01-07,')
  })

  test('Zstandard', async () => {
    const folder = scratch()
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const source = `read_csv('${fixture('orders-small.csv')}', all_varchar = true)`
    await connection.run(`copy (from ${source}) to '${join(folder, 'orders.csv.zst')}' (compression zstd)`)
    connection.closeSync()
    instance.closeSync()
    expectSameBytes(await answer(['orders.csv.zst'], { cwd: folder }), usual)
  })

  test('a Chinese export in GB18030 is the one in UTF-8', async () => {
    const [utf8, gbk] = await Promise.all([
      answer([fixture('orders-zh.csv')]),
      answer([fixture('orders-zh-gbk.csv')]),
    ])
    expect(utf8.toString()).toContain('𠮷')
    expectSameBytes(gbk, utf8)
  })

  test.each([
    ['plain', small],
    ['gzip', gzipSync(small)],
    ['Parquet', readFileSync(fixture('orders-small.parquet'))],
  ])('through standard input: %s', async (_, input) => {
    expectSameBytes(await built(['-'], { input }), usual)
  })

  test.each([
    ['CRLF', csvOf(rows).replaceAll('\n', '\r\n')],
    ['no line end at the end', csvOf(rows).trimEnd()],
    ['a byte order mark', `\ufeff${csvOf(rows)}`],
    ['blanks around the headers', [header.replaceAll(',', ' , '), ...rows, ''].join('\n')],
    ['blank lines at the end', `${csvOf(rows)}\n\n`],
    [
      'quotes around every cell',
      Papa.unparse(Papa.parse(csvOf(rows).trimEnd()).data as string[][], { quotes: true }),
    ],
  ])('%s', async (_, text) => {
    const cwd = scratch({ 'orders.csv': text })
    expectSameBytes(await answer(['orders.csv'], { cwd }), usual)
  })

  test.each(['my orders 客户.csv', "it's 100%", 'a[1].csv', '-x.csv'])(
    'in a file called %s',
    async (name) => {
      const cwd = scratch({ [name]: small })
      expectSameBytes(await answer(['--', name], { cwd }), usual)
    },
  )
})

describe('in any pieces', () => {
  const half = Math.floor(rows.length / 2)
  const halves = { 'jan.csv': csvOf(rows.slice(0, half)), 'jul.csv': csvOf(rows.slice(half)) }

  test.each([
    ['two halves', ['jan.csv', 'jul.csv']],
    ['the later half first', ['jul.csv', 'jan.csv']],
    ['a pattern', ['j*.csv']],
  ])('%s are the whole', async (_, paths) => {
    expectSameBytes(await answer(paths, { cwd: scratch(halves) }), usual)
  })

  test('a half on standard input beside a file', async () => {
    const around = { cwd: scratch(halves), input: halves['jan.csv'] }
    expectSameBytes(await answer(['-', 'jul.csv'], around), usual)
  })
})

describe('in any order', () => {
  test.each([1, 2])('rows shuffled (seed %i)', async (seed) => {
    const cwd = scratch({ 'orders.csv': csvOf(shuffled(rows, mulberry32(seed))) })
    expectSameBytes(await answer(['orders.csv'], { cwd }), usual)
  })

  test('columns turned round, and one more that tells the rows apart', async () => {
    const data = Papa.parse<string[]>(csvOf(rows).trimEnd()).data
    const turned = data.map((cells, i) => [i === 0 ? 'Line ID' : `line-${i}`, ...[...cells].reverse()])
    const cwd = scratch({ 'orders.csv': Papa.unparse(turned) })
    expectSameBytes(await answer(['orders.csv'], { cwd }), usual)
  })
})

test('in any currency unit: cents score as euros do', async () => {
  const { data } = Papa.parse<Record<string, string>>(csvOf(rows).trimEnd(), { header: true })
  const cents = data.map((row) => ({ ...row, Amount: (Number(row['Amount']) / 100).toFixed(4) }))
  const cwd = scratch({ 'orders.csv': Papa.unparse(cents, { columns: [...englishHeaders] }) })
  const columns = ['--columns', 'customer_id,recency_days,orders,r,f,m,rfm_score,segment']
  const [one, other] = await Promise.all([
    answer([fixture('orders-small.csv'), ...columns]),
    answer(['orders.csv', ...columns], { cwd }),
  ])
  expectSameBytes(other, one)
})

describe('on any machine', () => {
  test.concurrent.each(['csv', 'tsv', 'json', 'ndjson', 'markdown', 'html', 'xlsx', 'parquet', 'table'])(
    '%s: again, in this process by one thread, by the built program by two',
    async (format) => {
      const words = [fixture('orders-small.csv'), '-f', format, '--threads']
      const [one, two] = await Promise.all([answer([...words, '1']), built([...words, '2'])])
      expect(one.length).toBeGreaterThan(1000)
      expectSameBytes(two, one, format)
    },
  )

  test('many rows, so that threads really share them, and little memory', async () => {
    const cwd = scratch()
    writeOrders(join(cwd, 'orders.csv'), 300_000, 5)
    const flags = [
      ['--threads', '1'],
      ['--threads', '2'],
      ['--threads', '2', '--memory', '300MB'],
    ]
    const runs = flags.map((some) => built(['orders.csv', ...some], { cwd }))
    const [one, two, little] = (await Promise.all(runs)) as [Buffer, Buffer, Buffer]
    expect(one.length).toBeGreaterThan(1_000_000)
    expectSameBytes(two, one)
    expectSameBytes(little, one)
  })

  test('so many customers that two threads write them', async () => {
    const rows = Array.from(
      { length: 180_000 },
      (_, i) => `C${i},2024-0${1 + (i % 9)}-1${i % 10},${i % 977}.5`,
    )
    const cwd = scratch({ 'orders.csv': `customer,date,amount\n${rows.join('\n')}\n` })
    const [one, two] = (await Promise.all(
      ['1', '2'].map((threads) => built(['orders.csv', '--threads', threads], { cwd })),
    )) as [Buffer, Buffer]
    const cells = one.toString().split('\n').length * (one.toString().split('\n')[0] ?? '').split(',').length
    expect(cells).toBeGreaterThan(MANY_CELLS)
    expectSameBytes(two, one)
  })

  test('many customers: parquet has the rows of csv in their order', async () => {
    const cwd = scratch()
    writeOrders(join(cwd, 'orders.csv'), 120_000, 5)
    const columns = ['--columns', 'customer_id,recency_days,net_amount,segment']
    const [csv] = await Promise.all([
      answer(['orders.csv', ...columns], { cwd }),
      answer(['orders.csv', ...columns, '-o', 'out.parquet'], { cwd }),
    ])
    const wanted = Papa.parse<Record<string, string>>(csv.toString().trimEnd(), { header: true }).data
    const found = await readParquet(join(cwd, 'out.parquet'))
    expect(wanted.length).toBeGreaterThan(8192)
    expect(found.map((row) => row['customer_id'])).toEqual(wanted.map((row) => row['customer_id']))
    expect(found.map((row) => String(row['recency_days']))).toEqual(wanted.map((row) => row['recency_days']))
    expect(found.map((row) => Number(row['net_amount']))).toEqual(
      wanted.map((row) => Number(row['net_amount'])),
    )
    expect(found.map((row) => row['segment'])).toEqual(wanted.map((row) => row['segment']))
  })

  test('to a file as to standard output, and in another time zone and locale', async () => {
    const cwd = scratch()
    const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
    await Promise.all([
      answer([fixture('orders-small.csv'), '-o', 'out.csv'], { cwd }),
      built([fixture('orders-small.csv'), '-o', 'there.csv'], { cwd, env }),
    ])
    expectSameBytes(readFileSync(join(cwd, 'out.csv')), usual)
    expectSameBytes(readFileSync(join(cwd, 'there.csv')), usual)
  })
})
