import { describe, expect, test } from 'vitest'
import { NO_DAY } from '../../src/core/days.ts'
import { type Gathered, gathering, type SortedLines } from '../../src/core/daysOfPurchase.ts'
import { packer, textList } from '../../src/core/texts.ts'
import { mulberry32 } from '../../src/models/random.ts'

/** A line, sorted as the engine sorts them; without a day it is left out and `who` is the reason. */
type Row = readonly [who: string, day: number | undefined, net: number, visits?: number]

function linesOf(rows: readonly Row[]): SortedLines {
  const who = packer()
  for (const [text] of rows) who.add(text)
  return {
    who: { texts: who.done(), starts: Uint32Array.from({ length: rows.length + 1 }, (_, row) => row) },
    day: Int32Array.from(rows, ([, day]) => day ?? NO_DAY),
    lines: new Float64Array(rows.length).fill(1),
    visits: Float64Array.from(rows, ([, , , visits = 1]) => visits),
    net: Float64Array.from(rows, ([, , net]) => net),
  }
}

function gathered(...batches: readonly (readonly Row[])[]): Gathered {
  const all = gathering()
  for (const batch of batches) all.add(linesOf(batch))
  return all.done()
}

const told = ({ purchases: { id, start, day, net }, ...rest }: Gathered) => ({
  ...rest,
  customers: textList(id).map((who, i) => {
    const [from, to] = [start[i] as number, start[i + 1] as number]
    return [who, [...day.subarray(from, to)], [...net.subarray(from, to)]]
  }),
})

const shop: readonly Row[] = [
  ['', 3, 5],
  ['a', 1, 0.1],
  ['a', 1, 0.2],
  ['a', 4, 7],
  ['a', 6, -2, 0],
  ['b', 2, -1, 0],
  ['b', 3, 10],
  ['c', 2, -1, 0],
  ['unpaid', 9, 1],
  ['unpaid', undefined, 1],
  ['unpaid', undefined, 1],
  ['without', undefined, 1],
]

describe('days of purchase', () => {
  test('are those of each customer, with what was paid back taken off the purchase before, else the next', () => {
    expect(told(gathered(shop))).toEqual({
      customers: [
        ['', [3], [5]],
        ['a', [1, 4], [0.3, 5]],
        ['b', [3], [9]],
        ['unpaid', [9], [1]],
      ],
      counts: { orders: 6, sameDay: 1, refundDays: 3, withoutMoney: 0, neverBought: 1 },
      // A customer may be called what a reason is called.
      tally: {
        read: 12,
        used: 9,
        leftOut: [
          { reason: 'unpaid', lines: 2 },
          { reason: 'without', lines: 1 },
        ],
      },
      first: 1,
      latest: 9,
    })
  })

  test('do not depend on where the batches end', () => {
    const whole = told(gathered(shop))
    for (let cut = 0; cut <= shop.length; cut++) {
      expect(told(gathered(shop.slice(0, cut), [], shop.slice(cut)))).toEqual(whole)
    }
  })

  test('sums are those of the decimals, in any order', () => {
    const random = mulberry32(5)
    const units = Array.from({ length: 500 }, () => Math.floor(1e9 * random()) - 4e8)
    const amounts = [...units.map((each) => each / 1e6), 123_456_789.123456, -23_456_789.000001]
    const sum = (units.reduce((all, each) => all + each, 0) + 100_000_000_123_455) / 1e6
    for (const order of [amounts, amounts.toReversed(), amounts.toSorted((a, b) => a - b)]) {
      const { purchases } = gathered(order.map((net): Row => ['a', 1, net]))
      expect([...purchases.net]).toEqual([sum])
    }
  })

  test('nothing is gathered from nothing', () => {
    const { purchases, tally, latest } = gathered()
    expect([purchases.start.length, purchases.id.starts.length, tally.read, latest]).toEqual([
      1,
      1,
      0,
      NO_DAY,
    ])
  })

  test('many customers with long names', () => {
    const rows = Array.from({ length: 20_000 }, (_, i): Row => [`${'名'.repeat(i % 50)}${1e5 + i}`, i, i])
    const found = told(gathered(rows))
    expect(found.customers).toEqual(rows.map(([who, day, net]) => [who, [day], [net]]))
  })
})
