/** What is bought next and again, and who is due. */
import { beforeAll, describe, expect, test } from 'vitest'
import { receipts } from '../../fixtures/receipts.ts'
import { formatDay, parseDay } from '../../src/core/days.ts'
import { span } from '../../src/core/purchaseOptions.ts'
import { textList } from '../../src/core/texts.ts'
import type { Line } from '../support/lines.ts'
import { refusalOf } from '../support/ran.ts'
import { type Ran, type SequencesOptions, sequences, sheet } from '../support/sequences.ts'

const line = (customer: string, day: string, item: string, more: Line = {}): Line => ({
  customer,
  day: `2024-${day}`,
  item,
  problem: null,
  ...more,
})

const six = [
  line('c1', '01-05', 'A'),
  line('c1', '01-20', 'B'),
  line('c2', '01-10', 'A'),
  line('c2', '03-01', 'B'),
  line('c3', '01-15', 'A'),
  line('c4', '03-20', 'A'),
  line('c5', '03-10', 'A'),
  line('c5', '03-15', 'B'),
  line('c6', '02-10', 'A'),
  line('c6', '02-01', 'B'),
]
const march: Partial<SequencesOptions> = {
  within: span('30d'),
  asOf: parseDay('2024-03-31') as number,
  minCustomers: 1,
  all: true,
}

const rowsOf = (ran: Ran) => {
  const { item, next_item, customers, bought, share, median_days } = sheet(ran, 'next')
  return textList(item).map(
    (from, i) =>
      `${from} > ${textList(next_item)[i]}: ${bought[i]} of ${customers[i]}, ${share[i]}, ${median_days[i]} days`,
  )
}
const shop: readonly Line[] = receipts(3).map(
  ([, customer, day, item]) => ({ customer, day, item, problem: null }) as Line,
)
let usual: Ran
beforeAll(async () => {
  usual = await sequences(shop)
})

describe('next products', () => {
  test('one of four whose window is closed: 25 %, after 15 days', async () => {
    expect(rowsOf(await sequences(six, march))).toContain('A > B: 1 of 4, 0.25, 15 days')
  })

  test('the habit that was planted is shown; what is chance is counted', async () => {
    const { item, next_item, hidden } = sheet(usual, 'next')
    expect(`${textList(item)[0]} > ${textList(next_item)[0]}`).toBe('coffee machine > descaler')
    expect(hidden).toBeUndefined()
    const [, shown, rows, chance, likely] =
      /^shown (\d+) of (\d+) pairs .*hidden: (\d+) may be chance, (\d+) no likelier/.exec(
        usual.notes[1] as string,
      ) ?? []
    expect(Number(shown) + Number(chance) + Number(likely)).toBe(Number(rows))
    const all = sheet(await sequences(shop, { all: true }), 'next')
    expect(textList(all.item)).toHaveLength(Number(rows))
    expect(textList(all.hidden ?? []).filter((reason) => reason === 'may be chance')).toHaveLength(
      Number(chance),
    )
  })

  test('the order of the lines changes nothing', async () => {
    const other = await sequences(shop.toReversed())
    for (const name of ['next', 'rebuy', 'due', 'patterns'] as const)
      expect(sheet(other, name)).toEqual(sheet(usual, name))
  })

  test('lines after --as-of are unseen', async () => {
    const until = parseDay('2024-08-31') as number
    const past = shop.filter(({ day }) => (parseDay(day as string) as number) <= until)
    expect(sheet(await sequences(shop, { asOf: until }), 'next')).toEqual(
      sheet(await sequences(past, { asOf: until }), 'next'),
    )
  })
})

describe('rebuying', () => {
  test('shares of closed windows, quarters of the gaps', async () => {
    const lines = [
      line('c1', '01-01', 'A'),
      line('c1', '01-11', 'A'),
      line('c1', '02-10', 'A'),
      line('c2', '01-05', 'A'),
      line('c3', '03-25', 'A'),
      line('c3', '03-29', 'A'),
    ]
    const { rebuy_share, closed_windows, gaps, median_days, q25_days } = sheet(
      await sequences(lines, march),
      'rebuy',
    )
    expect([rebuy_share[0], closed_windows[0], gaps[0], median_days[0], q25_days[0]]).toEqual([
      0.5, 2, 3, 10, 7,
    ])
  })
})

describe('who is due', () => {
  const due = async (options: Partial<SequencesOptions> = {}) => {
    const { customer_id, item, because, days_since, usual_days } = sheet(
      await sequences(shop, options),
      'due',
    )
    return textList(customer_id).map((customer, i) => ({
      customer: customer as string,
      item: textList(item)[i] as string,
      because: textList(because)[i] as string,
      since: days_since[i] as number,
      usual: usual_days[i] as number,
    }))
  }

  test('whoever bought the one a usual time ago, and has not bought the other since', async () => {
    const rows = await due()
    const end = parseDay('2024-12-31') as number
    const lasts = new Map<string, number>()
    for (const { customer, item, day } of shop) {
      const key = `${customer} ${item}`
      lasts.set(key, Math.max(lasts.get(key) ?? Number.NEGATIVE_INFINITY, parseDay(day as string) as number))
    }
    const last = (customer: string, item: string) =>
      lasts.get(`${customer} ${item}`) ?? Number.NEGATIVE_INFINITY
    expect(rows.some(({ item, because }) => item === 'descaler' && because === 'coffee machine')).toBe(true)
    for (const { customer, item, because, since, usual } of rows) {
      expect(end - last(customer, because)).toBe(since)
      expect(since).toBeGreaterThanOrEqual(usual)
      expect(since).toBeLessThanOrEqual(90)
      if (item !== because) expect(last(customer, item)).toBeLessThanOrEqual(last(customer, because))
    }
    expect(new Set(rows.map(({ customer, item }) => `${customer} ${item}`)).size).toBe(rows.length)
  })
})

describe('patterns', () => {
  const visits = [
    ['A', 'AB', 'C'],
    ['A', 'C', 'B'],
    ['AB', 'C'],
    ['B', 'A', 'C'],
    ['A', 'B'],
  ]
  const lines = visits.flatMap((own, customer) =>
    own.flatMap((items, day) => [...items].map((item) => line(`c${customer}`, `01-0${day + 1}`, item))),
  )
  const patterns = async (options: Partial<SequencesOptions>) => {
    const { pattern, customers } = sheet(
      await sequences(lines, { within: span('2d'), ...options }),
      'patterns',
    )
    return textList(pattern).map((text, i) => `${text} ${customers[i]}`)
  }

  test('closed ones, or all', async () => {
    expect(await patterns({ minCustomers: 4 })).toEqual(['A 5', 'B 5', 'A > C 4'])
    expect(await patterns({ minCustomers: 4, all: true })).toEqual(['A 5', 'B 5', 'C 4', 'A > C 4'])
    expect(await patterns({ minCustomers: 2 })).toContain('A + B > C 2')
  })

  test('no two steps further apart than the gap', async () => {
    // The fourth customer has another visit between B and C.
    expect(await patterns({ minCustomers: 3 })).toContain('B > C 3')
    expect(await patterns({ minCustomers: 2, maxGap: span('1d'), all: true })).toContain('B > C 2')
  })

  test('beyond the budget none is given', async () => {
    const ran = sequences(shop, { budget: 100, minCustomers: 2 }).then((done) => sheet(done, 'patterns'))
    expect(await refusalOf(ran)).toMatch(/input: more than 100 patterns of 2 customers/)
  })
})

test('a window longer than the data is refused', async () => {
  expect(await refusalOf(sequences(six, { within: span('1y') }))).toMatch(
    /^usage: --within 1y: the data are of 76 days/,
  )
})

test('items can be left out, if they are there', async () => {
  expect(rowsOf(await sequences(six, { ...march, not: ['B'] }))).toEqual([])
  expect(await refusalOf(sequences(six, { not: ['D'] }))).toBe('usage: --not: no item "D"')
})

test('what was cancelled or is of nothing is out and counted', async () => {
  const status = six.map((each) => ({ ...each, status: 'paid' }))
  const ran = await sequences(
    [
      ...status,
      line('c1', '01-06', 'B', { status: 'cancelled' }),
      { ...line('c1', '01-06', '', { status: 'paid' }), item: null },
    ],
    march,
  )
  expect(ran.counted?.tally.leftOut).toEqual([
    { reason: 'cancelled', lines: 1 },
    { reason: 'item: none', lines: 1 },
  ])
  expect(formatDay(ran.counted?.asOf as number)).toBe('2024-03-31')
  expect(rowsOf(ran)).toEqual(rowsOf(await sequences(six, march)))
})
