import { describe, expect, test } from 'vitest'
import { countsOf, distinctOf } from '../../src/models/distinct.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { areFinite, greatestOf, sumOf, sumOfProducts } from '../../src/models/sums.ts'

describe('the different values of a column', () => {
  test('stand in the order of first sight, and each row finds its own', () => {
    const { values, of } = distinctOf(Float64Array.of(3, 0.5, 3, -0, 0, 0.5))
    expect([...values]).toEqual([3, 0.5, -0])
    expect([...of]).toEqual([0, 1, 0, 2, 2, 1])
  })

  test('are those of a set, however many there are', () => {
    const random = mulberry32(4)
    for (const kinds of [1, 10, 300, 100_000]) {
      const given = Float64Array.from({ length: 3000 }, () => Math.floor(kinds * random()) / 7 - 20)
      const { values, of } = distinctOf(given)
      expect([...values]).toEqual([...new Set(given)])
      expect(given.every((value, row) => values[of[row] as number] === value)).toBe(true)
    }
  })

  test('are counted, or their weights added up', () => {
    const distinct = distinctOf(Float64Array.of(7, 2, 7))
    expect([...countsOf(distinct, undefined)]).toEqual([2, 1])
    expect([...countsOf(distinct, Float64Array.of(0.5, 3, 2))]).toEqual([2.5, 3])
  })
})

test('sums in loops are those of the methods', () => {
  const values = Float64Array.of(1.5, 2, 0.25)
  expect(sumOf(values)).toBe(3.75)
  expect(sumOfProducts(values, undefined)).toBe(3.75)
  expect(sumOfProducts(values, Float64Array.of(2, 0, 4))).toBe(4)
  expect([greatestOf(values), greatestOf(new Float64Array(0))]).toEqual([2, 0])
  expect(areFinite(values)).toBe(true)
  expect(areFinite(Float64Array.of(1, Number.NaN))).toBe(false)
  expect(areFinite(Float64Array.of(Number.NEGATIVE_INFINITY))).toBe(false)
})
