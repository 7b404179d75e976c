import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeOrders } from '../fixtures/bulk.ts'
import { englishHeaders, englishRow } from '../fixtures/exports.ts'
import { bigShop, smallShop, writeFixtures } from '../fixtures/files.ts'
import { encodeGb18030 } from '../fixtures/gb18030.ts'
import { writeParquet } from '../fixtures/parquet.ts'
import { linesOf, type Order, simulateShop } from '../fixtures/shop.ts'

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url))
const fixture = (name: string): string => join(folder, name)
const text = (name: string): Promise<string> => readFile(fixture(name), 'utf8')
const parse = (csv: string, delimiter = ','): string[][] =>
  Papa.parse<string[]>(csv, { delimiter, skipEmptyLines: true }).data

let temporary = ''
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'cust-fixtures-'))
})
afterAll(() => rm(temporary, { recursive: true }))

describe('the generator', () => {
  it('gives the committed bytes again', async () => {
    const again = join(temporary, 'again')
    await writeFixtures(again)
    const written = (await readdir(again)).sort()
    const here = await readdir(folder, { withFileTypes: true })
    const committed = here
      .filter((entry) => entry.isFile() && !/\.(ts|md)$|^\./.test(entry.name))
      .map(({ name }) => name)
      .sort()
    expect(written).toEqual(committed)
    // The parquet file names the version of its writer; its rows are compared below.
    for (const name of written.filter((name) => !name.endsWith('.parquet'))) {
      const same = (await readFile(join(again, name))).equals(await readFile(fixture(name)))
      expect(same, name).toBe(true)
    }
  }, 30_000)

  it('writes the same parquet bytes from run to run', async () => {
    const [first, second] = [join(temporary, 'first.parquet'), join(temporary, 'second.parquet')]
    await writeParquet(fixture('orders-small.csv'), first)
    await writeParquet(fixture('orders-small.csv'), second)
    expect((await readFile(first)).equals(await readFile(second))).toBe(true)
  })

  it('gives another shop for another seed', () => {
    const amounts = (seed: number) => linesOf(simulateShop({ seed, customers: 20 })).map((line) => line.cents)
    expect(amounts(1)).toEqual(amounts(1))
    expect(amounts(1)).not.toEqual(amounts(2))
  })
})

describe('the twins of orders-small.csv', async () => {
  const csv = await text('orders-small.csv')
  const [headers = [], ...rows] = parse(csv)
  const fromObject = (object: Record<string, string | number | null>): string[] =>
    headers.map((header) => {
      const value = object[header] ?? ''
      return ['Unit Price', 'Amount'].includes(header) ? Number(value).toFixed(2) : String(value)
    })

  it('has the rows of the simulated shop', () => {
    expect(headers).toEqual(englishHeaders)
    expect(rows).toEqual(linesOf(simulateShop(smallShop)).map(englishRow))
  })

  it('tsv', async () => {
    expect(parse(await text('orders-small.tsv'), '\t')).toEqual([headers, ...rows])
  })

  it('semicolons, decimal commas, German dates', async () => {
    const [head, ...german] = parse(await text('orders-small-semicolon.csv'), ';')
    const iso = (cell: string) => cell.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1')
    const point = (cell: string, column: number) => (column > 4 ? cell.replace(',', '.') : iso(cell))
    expect(head).toEqual(headers)
    expect(german.map((row) => row.map(point))).toEqual(rows)
    expect(german[0]?.[2]).toMatch(/^\d\d\.\d\d\.\d{4}$/)
  })

  it('utf-16', async () => {
    const bytes = await readFile(fixture('orders-small-utf16.csv'))
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe])
    expect(new TextDecoder('utf-16le').decode(bytes)).toBe(csv)
  })

  it('gzip', async () => {
    const bytes = await readFile(fixture('orders-small.csv.gz'))
    expect(gunzipSync(bytes).toString()).toBe(csv)
    expect([...bytes.subarray(0, 8)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
  })

  it('json and ndjson', async () => {
    const objects = JSON.parse(await text('orders-small.json'))
    const lines = (await text('orders-small.ndjson')).trimEnd().split('\n')
    expect(objects.map(fromObject)).toEqual(rows)
    expect(lines.map((line) => JSON.parse(line))).toEqual(objects)
  })

  it('parquet, with types', async () => {
    const instance = await DuckDBInstance.create()
    const connection = await instance.connect()
    const reader = await connection.runAndReadAll(`from '${fixture('orders-small.parquet')}'`)
    const cells = reader.getRowsJson().map((row) => row.map((cell) => String(cell ?? '')))
    expect(reader.columnNames()).toEqual(headers)
    const types = reader.columnTypes().map(String)
    expect(types.slice(2, 3)).toEqual(['DATE'])
    expect(types.slice(5)).toEqual(['INTEGER', 'DECIMAL(18,2)', 'DECIMAL(18,2)'])
    expect(cells).toEqual(rows)
    connection.closeSync()
    instance.closeSync()
  })
})

describe('the Chinese export', async () => {
  const utf8 = new TextDecoder().decode(await readFile(fixture('orders-zh.csv')))
  const [headers, ...rows] = parse(utf8)

  it('is the same text in GB18030', async () => {
    const bytes = await readFile(fixture('orders-zh-gbk.csv'))
    expect(new TextDecoder('gb18030', { fatal: true }).decode(bytes)).toBe(utf8)
    expect(bytes.includes(encodeGb18030('㐂'))).toBe(true)
    expect(bytes.includes(encodeGb18030('𠮷'))).toBe(true)
  })

  it('starts with a byte order mark', async () => {
    const bytes = await readFile(fixture('orders-zh.csv'))
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it('has the lines of orders.csv', async () => {
    const [, ...english] = parse(await text('orders.csv'))
    const common = ([, , time, , , ...numbers]: string[]) => [time?.slice(0, 10), ...numbers]
    expect(headers?.[1]).toBe('买家会员名')
    expect(rows.map(common)).toEqual(english.map(common))
    expect(new Set(rows.map((row) => row[1])).size).toBe(new Set(english.map((row) => row[1])).size)
  })

  it('has order numbers that a double cannot tell apart', () => {
    const numbers = new Set(rows.map((row) => row[0]))
    expect(new Set([...numbers].map(Number)).size).toBeLessThan(numbers.size / 100)
  })
})

describe('the GB18030 encoder', () => {
  it('agrees with the decoder on one, two and four bytes', () => {
    const words = 'Ann, "Q" é ü 茶 㐂 𠮷 € 😀'
    expect(new TextDecoder('gb18030', { fatal: true }).decode(encodeGb18030(words))).toBe(words)
    expect(encodeGb18030('茶').length).toBe(2)
    expect([...encodeGb18030('𠮷')]).toEqual([0x95, 0x34, 0xb2, 0x35])
    expect(encodeGb18030('㐂').length).toBe(4)
  })
})

describe('the shop', () => {
  const orders = simulateShop(bigShop)
  const lines = linesOf(orders)
  const withStatus = (status: Order['status']) => orders.filter((order) => order.status === status).length
  const ids = new Set(orders.flatMap((order) => order.customer?.id ?? []))
  const paid = orders.filter((order) => order.status === 'Completed')

  it('is as big as it says', () => {
    expect(orders.length).toBeGreaterThan(3_800)
    expect(orders.length).toBeLessThan(4_600)
    expect(ids.size).toBe(1_200)
  })

  it('has orders of every status', () => {
    expect(withStatus('Cancelled')).toBeGreaterThan(50)
    expect(withStatus('Pending')).toBeGreaterThan(20)
    expect(withStatus('Refunded')).toBeGreaterThan(20)
  })

  it('has refunds after the order that bring back no more than was bought', () => {
    const refunded = orders.filter((order) => order.refunds.length > 0)
    expect(refunded.length).toBeGreaterThan(100)
    for (const { day, items, refunds } of refunded)
      for (const refund of refunds) {
        const bought = items.find((item) => item.product === refund.item.product)
        expect(refund.day).toBeGreaterThan(day)
        expect(-refund.item.quantity).toBeLessThanOrEqual(bought?.quantity ?? 0)
        expect(refund.item.cents).toBe(bought?.cents)
      }
  })

  it('has guests, samples and orders of several lines', () => {
    expect(orders.filter((order) => !order.customer).length).toBe(96)
    expect(lines.filter((line) => line.cents === 0).length).toBe(36)
    expect(orders.filter((order) => order.items.length > 1).length).toBeGreaterThan(300)
  })

  it('has customers with several orders on one day', () => {
    const days = paid.filter((order) => order.customer).map((order) => `${order.customer?.id} ${order.day}`)
    expect(days.length - new Set(days).size).toBeGreaterThan(50)
  })

  it('has ids that break a careless reader', () => {
    expect(ids).toContain("O'Neil, Ann")
    expect(ids).toContain('José "Pepe" García')
    expect([...ids].filter((id) => id.startsWith('00')).length).toBeGreaterThan(1_000)
  })

  it('has one-timers, regulars, big spenders that left and buyers that just came', () => {
    const journeys = [...ids].map((id) => paid.filter((order) => order.customer?.id === id))
    const spent = (journey: Order[]) =>
      journey.flatMap((order) => order.items).reduce((sum, item) => sum + item.cents * item.quantity, 0)
    const [start, end] = [orders[0]?.day ?? 0, orders.at(-1)?.day ?? 0]
    const last = (journey: Order[]) => journey.at(-1)?.day ?? 0
    expect(end - start).toBe(730)
    expect(journeys.filter((journey) => journey.length === 1).length).toBeGreaterThan(400)
    expect(journeys.filter((journey) => journey.length >= 10).length).toBeGreaterThan(50)
    expect(journeys.filter((j) => spent(j) > 200_000 && last(j) < start + 366).length).toBeGreaterThan(10)
    expect(journeys.filter((j) => j.length > 1 && (j[0]?.day ?? 0) > end - 90).length).toBeGreaterThan(50)
  })
})

describe('broken.csv', () => {
  it('has the rows that its description names', async () => {
    const raw = await text('broken.csv')
    const rows = parse(raw)
    expect(raw).toContain('\n\n')
    expect([...new Set(rows.map((row) => row.length))].sort()).toEqual([10, 7, 8])
    expect(rows.find((row) => row[0] === 'B004')?.[1]).toBe('Tea House\nUpstairs')
  })
})

describe('writeOrders', () => {
  it('writes so many rows, the same for the same seed', async () => {
    const path = join(temporary, 'bulk.csv')
    writeOrders(path, 100_000, 3)
    const first = await readFile(path, 'utf8')
    writeOrders(path, 100_000, 3)
    expect((await readFile(path, 'utf8')) === first).toBe(true)
    writeOrders(path, 100_000, 4)
    expect((await readFile(path, 'utf8')) === first).toBe(false)
    const [header, ...rows] = first.trimEnd().split('\n')
    expect(header).toBe('order_id,customer_id,order_date,product,quantity,unit_price,amount,country')
    expect(rows.length).toBe(100_000)
    const shape = /^O\d{9},C\d{7},202[234]-\d\d-\d\d,P\d{4},[1-5],\d+\.\d\d,\d+\.\d\d,[A-Z]{2}$/
    expect(rows.filter((row) => !shape.test(row))).toEqual([])
    const customers = new Set(rows.map((row) => row.split(',')[1])).size
    expect(customers).toBeGreaterThan(9_400)
    expect(customers).toBeLessThan(9_900)
  }, 30_000)

  it('writes a header for no rows', async () => {
    const path = join(temporary, 'none.csv')
    writeOrders(path, 0)
    expect((await readFile(path, 'utf8')).split('\n').length).toBe(2)
  })
})
