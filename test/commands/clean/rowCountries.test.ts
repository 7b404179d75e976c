/** Telephone numbers of several countries in one column, read by the country of their row. */
import { describe, expect, test } from 'vitest'
import { mulberry32 } from '../../../fixtures/random.ts'
import { cleaned, holds, room } from '../../support/clean.ts'

const table = (...lines: string[]) => `${lines.join('\n')}\n`
const headers = 'Name,Billing Country,Billing Phone,Shipping Country,Shipping Phone'
/** As a shop writes its orders; the telephone numbers of an order may be of two countries. */
const orders = [
  '#1,US,(212) 555-1234,DE,030 901820',
  '#2,GB,020 7946 0018,CN,13800138000',
  '#3,DE,0151 23456789,US,(415) 555-2671',
  '#4,CN,138 0013 8000,GB,07400 123456',
  '#5,US,+44 20 7946 0018,中国,139 0013 9000',
  '#6,Germany,0171 1234567,USA,650-253-0000',
]

test('a number is read by the country of its row, of the same address', async () => {
  const { column, audit, told } = await cleaned(table(headers, ...orders))
  expect(column('Billing Phone')).toEqual([
    ...[
      '+12125551234',
      '+442079460018',
      '+4915123456789',
      '+8613800138000',
      '+442079460018',
      '+491711234567',
    ],
  ])
  expect(column('Shipping Phone')).toEqual([
    ...['+4930901820', '+8613800138000', '+14155552671', '+447400123456', '+8613900139000', '+16502530000'],
  ])
  expect(audit.filter(({ rule }) => rule === 'phone')).toHaveLength(12)
  expect(told).not.toContain('left')
})

test('it stays, and is told, where the row names no country, or one in which it does not exist', async () => {
  const odd = [
    '#7,,020 7946 0018,,030 901820',
    '#8,Atlantis,020 7946 0019,N/A,13800138001',
    '#9,US,030 901820,DE,2125551234',
  ]
  const { column, told } = await cleaned(table(headers, ...orders, ...orders.slice(0, 4), ...odd))
  expect(column('Billing Phone').slice(-3)).toEqual(['020 7946 0018', '020 7946 0019', '030 901820'])
  expect(column('Shipping Phone').slice(-3)).toEqual(['030 901820', '13800138001', '2125551234'])
  const left = (which: string, why: string) => `"${which} Phone" is left in part: ${why}`
  const stay = 'numbers without a country code stay where'
  expect(told).toContain(left('Billing', `${stay} their row names no country (2, the first in line 12)`))
  expect(told).toContain(
    left('Billing', `${stay} they do not exist in the country of their row (1, the first in line 14)`),
  )
  expect(told).toContain(
    left(
      'Shipping',
      `${stay} they look like those of another country than their row (1, the first in line 14)`,
    ),
  )
})

test('--country reads all by one', async () => {
  const { column } = await cleaned(table(headers, ...orders), '--country', 'GB')
  expect(column('Shipping Phone').slice(0, 4)).toEqual([
    ...['030 901820', '13800138000', '(415) 555-2671', '+447400123456'],
  ])
})

describe('a column is read as without countries', () => {
  const phones = ['13800138000', '13900139000', '13700137000', '13600136000']

  test('where its numbers are not of the countries that stand beside them', async () => {
    const rows = phones.map((phone, i) => `${i},${['US', 'DE', 'FR', 'GB'][i]},${phone}`)
    const { column } = await cleaned(table('id,nationality,phone', ...rows))
    expect(column('phone')).toEqual(phones.map((phone) => `+86${phone}`))
  })

  test('where two columns of countries may be meant', async () => {
    const rows = phones.map((phone, i) => `${i},US,${i % 2 ? 'CN' : 'DE'},${phone}`)
    const { column } = await cleaned(table('id,Billing Country,Shipping Country,Phone', ...rows))
    expect(column('Phone')).toEqual(phones.map((phone) => `+86${phone}`))
  })
})

test('where the rows name one country only, those that name none are of it', async () => {
  const rows = ['020 7946 0018', '020 7946 0019', '020 7946 0020', '07400 123456']
  const text = table('id,Country,Phone', ...rows.map((phone, i) => `${i},${i === 3 ? '' : 'GB'},${phone}`))
  expect((await cleaned(text)).column('Phone')).toEqual([
    ...['+442079460018', '+442079460019', '+442079460020', '+447400123456'],
  ])
})

test('a spelling that a mapping corrects is the country of its row', async () => {
  const here = room()
  try {
    const rows = ['0151 23456789,Germanny', '020 7946 0018,UK', '0171 1234567,Germany', '(212) 555-1234,US']
    here.write('in.csv', table('Phone,Country', ...rows))
    here.write('map.csv', table('column,value,proposed', 'Country,Germanny,Germany'))
    const read = () => here.read('out.csv').toString().split('\n')[1]
    await here.run('clean', 'in.csv', '-o', 'out.csv')
    expect(read()).toBe('0151 23456789,Germanny')
    await here.run('clean', 'in.csv', '-o', 'out.csv', '--use-mapping', 'map.csv')
    expect(read()).toBe('+4915123456789,Germany')
  } finally {
    here.close()
  }
})

test('far below the first rows, too, and of every row in many rows', async () => {
  const make = [
    (i: number) => [`US,(212) 555-${1000 + (i % 9000)}`, `+1212555${1000 + (i % 9000)}`],
    (i: number) => [`DE,0151 ${20000000 + i}`, `+49151${20000000 + i}`],
    (i: number) => [`CN,138${10000000 + i}`, `+86138${10000000 + i}`],
    (i: number) => [`,138${10000000 + i}`, `138${10000000 + i}`],
  ]
  const all = Array.from({ length: 40_000 }, (_, i) => (make[i % make.length] as (i: number) => string[])(i))
  const { column, told } = await cleaned(table('Country,Phone', ...all.map(([row]) => row as string)))
  expect(column('Phone')).toEqual(all.map(([, wanted]) => wanted))
  expect(told).toContain('their row names no country (10,000, the first in line 5)')
})

test('undo gives the bytes back, twice is once, and the audit tells every change', async () => {
  const odd = [
    '#7,,020 7946 0018,,030 901820',
    '#8,US,030 901820,DE, 2125551234',
    '#9,HK,２３４５ ６７８９,IT,06 6982',
  ]
  const text = table(headers, ...orders, ...orders, ...odd)
  expect(await holds(Buffer.from(text), 'shop.csv')).toEqual([])
  expect(await holds(Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`), 'shop.csv')).toEqual([])
})

/** Rows of some countries, of which a share holds the number of another. */
function mixedRows(seed: number): string {
  const random = mulberry32(seed)
  const upTo = (count: number) => Math.floor(random() * count)
  const digits = (count: number) => Array.from({ length: count }, () => upTo(10)).join('')
  const numbers: [string, () => string][] = [
    ['US', () => `(212) 5${digits(2)}-${digits(4)}`],
    ['USA', () => `2125${digits(6)}`],
    ['GB', () => `07400 ${digits(6)}`],
    ['UK', () => `718${digits(7)}`],
    ['DE', () => `030 ${digits(6)}`],
    ['中国', () => `138${digits(8)}`],
    ['IT', () => `06 ${digits(4)}`],
    ['', () => `020 7946 ${digits(4)}`],
    ['N/A', () => `+44 7400 ${digits(6)}`],
  ]
  const few = numbers.filter(() => random() < 0.5)
  const noise = random() / 2
  const any = (some: typeof numbers) => some[upTo(some.length)] ?? (numbers[0] as [string, () => string])
  const rows = Array.from({ length: 60 }, (_, i) => {
    const own = any(few)
    return `${i},${own[0]},${random() < noise ? any(numbers)[1]() : own[1]()}`
  })
  return table('id,Country,Phone', ...rows)
}

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'and so it is of rows from seed %d',
  async (seed) => {
    expect(await holds(Buffer.from(mixedRows(seed)), 'mixed.csv')).toEqual([])
  },
)
