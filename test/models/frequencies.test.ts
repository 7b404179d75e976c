/** Every figure of a summary against simple-statistics, which sees the values one by one. */
import { mean, median, quantile, sampleSkewness, sampleStandardDeviation } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import {
  countOutside,
  type Frequencies,
  fencesOf,
  frequenciesOf,
  summaryOf,
} from '../../src/models/frequencies.ts'
import { mulberry32 } from '../../src/models/random.ts'

function counted(values: readonly number[]): Frequencies {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return frequenciesOf(Float64Array.from(counts.keys()), Float64Array.from(counts.values()))
}

const close = (got: number, wanted: number) =>
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1e-300, Math.abs(wanted)))

const random = mulberry32(8)
const draws: Readonly<Record<string, number[]>> = {
  'cents with a long tail': Array.from(
    { length: 5000 },
    () => Math.round(100 * Math.exp(3 * random())) / 100,
  ),
  quantities: Array.from({ length: 1000 }, () => Math.floor(-Math.log(1 - random()) * 2) - 1),
  'years, far from zero': Array.from({ length: 300 }, () => 1947 + Math.floor(16 * random())),
  five: [1, 2, 3, 4, 10],
  'refunds among amounts': Array.from({ length: 400 }, (_, i) => (i % 40 === 0 ? -5 : 10 + (i % 77) ** 2)),
  'one far out': [...Array.from({ length: 99 }, (_, i) => i / 10), 1e6],
}

describe.each(Object.entries(draws))('%s', (_, values) => {
  const summary = summaryOf(counted(values))
  test('mean, standard deviation and skew', () => {
    close(summary.mean, mean(values))
    close(summary.sd, sampleStandardDeviation(values))
    close(summary.skew, sampleSkewness(values))
  })
  test('quantiles', () => {
    const { min, p5, q1, p95, q3, max } = summary
    const wanted = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map((p) => quantile(values, p))
    ;[min, p5, q1, summary.median, q3, p95, max].forEach((each, i) => {
      close(each, wanted[i] as number)
    })
  })
  test('counts', () => {
    expect(summary.count).toBe(values.length)
    expect(summary.zeros).toBe(values.filter((each) => each === 0).length)
    expect(summary.negatives).toBe(values.filter((each) => each < 0).length)
    expect(summary.bins.reduce((sum, each) => sum + each, 0)).toBe(values.length)
  })
  test('fences are robust distances from the median, of logarithms where these are more even', () => {
    const fences = fencesOf(counted(values))
    const bowley = (of: (value: number) => number) => {
      const [q1, middle, q3] = [0.25, 0.5, 0.75].map((part) => of(quantile(values, part))) as [
        number,
        number,
        number,
      ]
      return Math.abs((q3 + q1 - 2 * middle) / (q3 - q1))
    }
    const isRatio = quantile(values, 0.05) > 0 && bowley(Math.log) <= bowley((value) => value)
    const scale = (value: number) => (isRatio ? Math.log(value) : value)
    const judged = values.filter((each) => !isRatio || each > 0)
    const middle = scale(median(values))
    const reach = 3.5 * 1.4826 * median(judged.map((each) => Math.abs(scale(each) - middle)))
    expect(fences).toMatchObject({ by: 'median', scale: isRatio ? 'ratio' : 'distance' })
    close(scale(fences.high) - scale(fences.low), 2 * reach)
    expect(countOutside(counted(values), fences)).toBe(
      judged.filter((each) => Math.abs(scale(each) - middle) > reach * (1 + 1e-12)).length,
    )
  })
})

test('where more than half are equal the fences are quartiles', () => {
  const values = [...Array.from({ length: 60 }, () => 1), ...Array.from({ length: 39 }, () => 2), 90]
  const { low, high, by } = fencesOf(counted(values))
  expect(by).toBe('quartiles')
  // Quartiles of 1 and 2, three times their ratio beyond.
  close(low, 1 / 8)
  close(high, 16)
  expect(fencesOf(counted(values.map((each) => each - 1)))).toMatchObject({
    low: -3,
    high: 4,
    by: 'quartiles',
  })
})

test('where three quarters are equal the fences are the tails', () => {
  const values = [...Array.from({ length: 85 }, () => 1), ...Array.from({ length: 14 }, () => 2), 90]
  // From 1 to 2, three times their ratio beyond; of a few others any is beyond.
  expect(fencesOf(counted(values)).by).toBe('tails')
  close(fencesOf(counted(values)).high, 16)
  expect(countOutside(counted(values), fencesOf(counted(values)))).toBe(1)
  const few = [...Array.from({ length: 98 }, () => 3.3), 3.1, 4]
  expect(countOutside(counted(few), fencesOf(counted(few)))).toBe(2)
})

test.each([10, 0.1, 1 / 3, 59.7])('%s everywhere: nothing is beyond, not even by rounding', (value) => {
  for (const count of [1, 50]) {
    const same = counted(Array.from({ length: count }, () => value))
    expect(countOutside(same, fencesOf(same))).toBe(0)
  }
})

test('numbers of rows are even as they are: none is an outlier', () => {
  const rows = counted(Array.from({ length: 1000 }, (_, i) => i + 1))
  expect(fencesOf(rows).scale).toBe('distance')
  expect(countOutside(rows, fencesOf(rows))).toBe(0)
})

test('of one value, and of none', () => {
  const one = summaryOf(counted([7]))
  expect([one.min, one.median, one.max, one.mean, one.sd, one.skew]).toEqual([
    7,
    7,
    7,
    7,
    Number.NaN,
    Number.NaN,
  ])
  expect(one.bins).toEqual([1, 0, 0, 0, 0, 0, 0, 0])
  const nothing = summaryOf(counted([]))
  expect([nothing.count, nothing.min, nothing.median, nothing.mean]).toEqual([
    0,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ])
  expect(summaryOf(counted([3, 3, 3])).skew).toBeNaN()
})
