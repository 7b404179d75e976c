import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOf, distinctOf } from '../../src/models/distinct.ts'
import { areFinite, greatestOf, sumOf, sumOfProducts } from '../../src/models/sums.ts'

describe('the different values of a column', () => {
  test('stand in the order of first sight, and each row finds its own', () => {
    const { values, of } = distinctOf(Float64Array.of(3, 0.5, 3, -0, 0, 0.5))
    expect([...values]).toEqual([3, 0.5, -0])
    expect([...of]).toEqual([0, 1, 0, 2, 2, 1])
  })

  test('are those of a set, however many there are', () => {
    const some = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ noNaN: true })), {
      maxLength: 3000,
    })
    fc.assert(
      fc.property(some, (given) => {
        const { values, of } = distinctOf(Float64Array.from(given))
        expect(new Set(values)).toEqual(new Set(given))
        expect(values.length).toBe(new Set(given).size)
        expect(Array.from(of, (which) => (values[which] as number) + 0)).toEqual(
          given.map((each) => each + 0),
        )
      }),
      { numRuns: 50 },
    )
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
