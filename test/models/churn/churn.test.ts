/** What is seen of customers before a cut, their rhythm, and the parts of a score. */
import { describe, expect, test } from 'vitest'
import { contributions, nearestLinear, reasonGroups } from '../../../src/models/churn/contributions.ts'
import { featureNames, logged, seenUntil, silentAfter } from '../../../src/models/churn/features.ts'
import { nextOrders } from '../../../src/models/churn/rhythm.ts'
import type { PurchaseDays } from '../../../src/models/clv/observed.ts'
import { mulberry32, type Random } from '../../../src/models/random.ts'
import { normalOf } from '../clv/draws.ts'

const of = (...customers: readonly (readonly (readonly [day: number, net: number])[])[]): PurchaseDays => ({
  start: Uint32Array.from([0, ...customers.map((_, i) => customers.slice(0, i + 1).flat().length)]),
  day: Int32Array.from(customers.flat(), ([day]) => day),
  net: Float64Array.from(customers.flat(), ([, net]) => net),
})

/** Customers who buy on days drawn at random, up to a day. */
function drawn(random: Random, customers: number, span: number): (readonly [number, number])[][] {
  return Array.from({ length: customers }, () => {
    const days = new Set(
      Array.from({ length: 1 + Math.floor(6 * random()) }, () => Math.floor(span * random())),
    )
    return [...days]
      .sort((one, other) => one - other)
      .map((day) => [day, Math.round(100 * random())] as const)
  })
}

describe('what is seen before a cut', () => {
  test('is what counting gives', () => {
    const purchases = of(
      [
        [0, 10],
        [10, 20],
        [40, 30],
        [95, 99],
      ],
      [[60, 7]],
      [[91, 5]],
    )
    const seen = seenUntil(purchases, { until: 90, window: 40, money: true })
    expect([...seen.customer]).toEqual([0, 1])
    const rows = [0, 1].map((row) =>
      Object.fromEntries(seen.names.map((name, i) => [name, seen.raw[i]?.[row]])),
    )
    expect(rows[0]).toEqual({
      recency: 50,
      orders: 3,
      age: 90,
      active_time: 40,
      mean_gap: 20,
      recency_in_gaps: 2.5,
      gap_deviation: 10,
      longest_gap: 30,
      orders_in_window: 0,
      orders_in_window_before: 1,
      spend: 60,
      order_value: 20,
    })
    expect(rows[1]).toEqual({
      recency: 30,
      orders: 1,
      age: 30,
      active_time: 0,
      mean_gap: 30,
      recency_in_gaps: 1,
      gap_deviation: 0,
      longest_gap: 0,
      orders_in_window: 1,
      orders_in_window_before: 0,
      spend: 7,
      order_value: 7,
    })
    expect([...silentAfter(purchases, seen.customer, { until: 90, window: 40 })]).toEqual([0, 1])
    expect([...silentAfter(purchases, seen.customer, { until: 90, window: 4 })]).toEqual([1, 1])
  })

  test('does not change with anything after it, and the outcome not with anything after the window', () => {
    const random = mulberry32(5)
    for (let round = 0; round < 200; round++) {
      const customers = drawn(random, 12, 300)
      const cut = { until: Math.floor(300 * random()), window: 1 + Math.floor(90 * random()), money: true }
      const upTo = (day: number) => customers.map((days) => days.filter(([on]) => on <= day))
      /** Other days and amounts after a day, and customers who had not come before it. */
      const altered = (day: number) => [
        ...upTo(day).map((days) =>
          days.length === 0
            ? [[day + 1, 3] as const]
            : [...days, [day + 1 + Math.floor(50 * random()), 1e6] as const],
        ),
        [[day + 2, 8] as const],
      ]
      const plain = seenUntil(of(...customers), cut)
      expect(seenUntil(of(...altered(cut.until)), cut)).toEqual(plain)
      const outcome = silentAfter(of(...customers), plain.customer, cut)
      const later = of(...altered(cut.until + cut.window))
      expect(silentAfter(later, seenUntil(later, cut).customer, cut)).toEqual(outcome)
    }
  })

  test('money is no part of it where there is none', () => {
    const { names, raw } = seenUntil(
      of([
        [0, Number.NaN],
        [5, Number.NaN],
      ]),
      { until: 9, window: 3, money: false },
    )
    expect(names).toEqual(featureNames.slice(0, -2))
    expect(raw.flatMap((column) => [...column]).every(Number.isFinite)).toBe(true)
  })
})

describe('the rhythm of customers', () => {
  const rhythmOf = (...given: Parameters<typeof nextOrders>) => {
    const next = nextOrders(...given)
    if (!next) throw new Error('no rhythm')
    return next
  }
  const [LAST, MEAN, BETWEEN, WITHIN] = [1500, 3.4, 0.5, 0.8]

  /** Gaps whose logarithms are normal around a mean of the customer; all go on beyond the last day. */
  function rhythmic(seed: number, customers: number) {
    const random = mulberry32(seed)
    const all = Array.from({ length: customers }, () => {
      const own = MEAN + Math.sqrt(BETWEEN) * normalOf(random)
      const days = [Math.floor((LAST - 100) * random())]
      while ((days.at(-1) as number) <= LAST) {
        const gap = Math.exp(own + Math.sqrt(WITHIN) * normalOf(random))
        days.push((days.at(-1) as number) + Math.max(1, Math.round(gap)))
      }
      return days.map((day) => [day, 1] as const)
    })
    return {
      purchases: of(...all),
      customer: Int32Array.from(all.keys()),
      next: all.map((days) => days.at(-1)?.[0] as number),
    }
  }

  const { purchases, customer, next } = rhythmic(7, 2000)
  const found = rhythmOf(purchases, customer, LAST)

  test('mean and variances are near the truth: open gaps, which are long, are in none', () => {
    const { mean, between, within } = found.rhythm
    expect(MEAN - mean).toBeGreaterThan(0)
    expect(MEAN - mean).toBeLessThan(0.15)
    expect(Math.abs(between - BETWEEN)).toBeLessThan(0.08)
    expect(Math.abs(within - WITHIN)).toBeLessThan(0.08)
  })

  test('four fifths of the next orders come between low and high, half by the day', () => {
    const share = (is: (row: number) => boolean) => [...customer].filter(is).length / customer.length
    expect(
      share(
        (row) =>
          (next[row] as number) >= (found.low[row] as number) &&
          (next[row] as number) <= (found.high[row] as number),
      ),
    ).toBeCloseTo(0.8, 1)
    expect(Math.abs(share((row) => (next[row] as number) <= (found.day[row] as number)) - 0.5)).toBeLessThan(
      0.06,
    )
    expect([...found.low].every((day) => day > LAST)).toBe(true)
  })

  test('the usual gap lies between the own one and that of all, nearer to the own one the more gaps there are', () => {
    const once = rhythmOf(
      of(
        [[0, 1]],
        [
          [0, 1],
          [9, 1],
        ],
        [
          [0, 1],
          [9, 1],
          [18, 1],
          [27, 1],
          [36, 1],
        ],
        [
          [0, 1],
          [90, 1],
          [190, 1],
        ],
      ),
      Int32Array.of(0, 1, 2, 3),
      200,
    )
    const [none, one, four] = once.usualGap as unknown as [number, number, number]
    expect(none).toBeCloseTo(Math.exp(once.rhythm.mean), 12)
    expect(one).toBeLessThan(none)
    expect(four).toBeLessThan(one)
    expect(four).toBeGreaterThan(9)
  })

  test('of customers who came back once at most nothing is said', () => {
    expect(
      nextOrders(
        of(
          [[0, 1]],
          [
            [0, 1],
            [9, 1],
          ],
        ),
        Int32Array.of(0, 1),
        20,
      ),
    ).toBeUndefined()
  })
})

describe('the parts of a score', () => {
  test('add up to the score less its mean, and a linear one is read exactly', () => {
    const random = mulberry32(2)
    const purchases = of(...drawn(random, 300, 200))
    const seen = seenUntil(purchases, { until: 200, window: 30, money: true })
    const columns = logged(seen)
    const score = columns[0]?.map((_, row) =>
      columns.reduce((sum, column, i) => sum + (i - 3) * (column[row] as number), 1),
    ) as Float64Array
    const linear = nearestLinear(columns, score)
    expect(linear.explained).toBeGreaterThan(0.9999)
    const parts = contributions(linear, seen.names, columns)
    score.forEach((value, row) => {
      const sum = reasonGroups.reduce(
        (all, group) => all + (parts[group][row] as number),
        linear.weights[0] as number,
      )
      expect(Math.abs(sum - value)).toBeLessThan(0.05)
    })
  })

  test('what has no spread has no part', () => {
    const linear = nearestLinear(
      [Float64Array.of(1, 1, 1), Float64Array.of(0, 1, 2)],
      Float64Array.of(5, 7, 9),
    )
    expect(linear.weights[1]).toBe(0)
    expect(linear.explained).toBeCloseTo(1, 4)
  })
})
