/** What is seen of customers before a cut, their rhythm, and the parts of a score. */
import { describe, expect, test } from 'vitest'
import { contributions, reasonGroups, silenceParts } from '../../../src/models/churn/contributions.ts'
import { featureNames, logged, seenUntil, silentAfter } from '../../../src/models/churn/features.ts'
import { nextOrders } from '../../../src/models/churn/rhythm.ts'
import { fitModel, silent } from '../../../src/models/clv/model.ts'
import type { PurchaseDays } from '../../../src/models/clv/observed.ts'
import { fitLogistic, predictLogistic } from '../../../src/models/logistic.ts'
import { mulberry32, type Random } from '../../../src/models/random.ts'
import { normalOf } from '../clv/draws.ts'
import { cohort } from '../clv/simulated.ts'

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
  test('of a regression add up to its score less that of the mean row that has just bought', () => {
    const random = mulberry32(2)
    const seen = seenUntil(of(...drawn(random, 300, 200)), { until: 200, window: 30, money: true })
    const columns = logged(seen)
    const outcome = Uint8Array.from(seen.customer, () => Number(random() < 0.6))
    const fitted = fitLogistic(columns, outcome)
    const parts = contributions(fitted, seen.names, columns)
    const recencies = seen.names.flatMap((name, i) => (name.startsWith('recency') ? [i] : []))
    const fresh = recencies.reduce(
      (all, i) =>
        all +
        ((fitted.weights[i + 1] as number) * (fitted.means[i] as number)) / (fitted.deviations[i] as number),
      0,
    )
    predictLogistic(fitted, columns).logit.forEach((value, row) => {
      const sum = reasonGroups.reduce(
        (all, group) => all + (parts[group][row] as number),
        fitted.weights[0] as number,
      )
      expect(sum - value).toBeCloseTo(fresh, 9)
    })
  })

  test.each(['bgnbd', 'mbgnbd', 'pareto'] as const)(
    'of %s: silence raises the risk, buying often lowers it, and they add up',
    (model) => {
      const { histories } = cohort(model, { seed: 3, customers: 2000, weeks: 104 })
      const fitted = fitModel(model, histories)
      const parts = silenceParts(fitted, histories, 13)
      const logit = silent(fitted, histories, 13).map((p) => Math.log(p / (1 - p)))
      const sums = logit.map(
        (_, row) =>
          (parts.recency[row] as number) + (parts.frequency[row] as number) + (parts.tenure[row] as number),
      )
      const off = logit.map((value, row) => value - (sums[row] as number))
      // What they add up to is the score but for a constant.
      expect(Math.max(...off) - Math.min(...off)).toBeLessThan(1e-8)
      const rows = [...histories.x.keys()]
      const silentTime = (row: number) => (histories.T[row] as number) - (histories.tx[row] as number)
      expect(Math.min(...parts.recency)).toBeGreaterThanOrEqual(-1e-12)
      const just = rows.filter((row) => silentTime(row) < 0.2)
      expect(just.length).toBeGreaterThan(3)
      for (const row of just) expect(parts.recency[row]).toBeLessThan(1)
      const often = rows.filter((row) => (histories.x[row] as number) > 0.3 * (histories.T[row] as number))
      expect(often.length).toBeGreaterThan(5)
      for (const row of often) expect(parts.frequency[row]).toBeLessThan(0)
    },
  )
})
