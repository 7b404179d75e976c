/** False discovery rates: the worked example of the paper, and what chance leaves. */
import { expect, test } from 'vitest'
import { falseDiscoveryRates, searchedP } from '../../src/models/discovery.ts'
import { mulberry32 } from '../../src/models/random.ts'

// Benjamini and Hochberg (1995), table 1: 15 tests of which the first four are believed at 5 %.
const paper = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
]

test('of the fifteen tests of the paper four are believed at 5 %, whatever their order', () => {
  const believed = (p: readonly number[]) =>
    [...falseDiscoveryRates(Float64Array.from(p))].filter((q) => q <= 0.05)
  expect(believed(paper)).toHaveLength(4)
  expect(believed(paper.toReversed())).toHaveLength(4)
  expect(falseDiscoveryRates(Float64Array.from(paper))[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
})

test('rates never fall as p values rise, and are at most one', () => {
  const random = mulberry32(3)
  const p = Float64Array.from({ length: 500 }, () => random() ** 3).sort()
  const q = falseDiscoveryRates(p)
  q.forEach((each, i) => {
    expect(each).toBeLessThanOrEqual(1)
    if (i > 0) expect(each).toBeGreaterThanOrEqual(q[i - 1] as number)
  })
})

test('in a search each layer has its part of the level, however many its tests stand for', () => {
  const p = searchedP(Float64Array.of(1e-6, 1e-6, 0.4), Uint8Array.of(2, 3, 2), [0, 0, 1000, 50_000])
  expect([...p].map((each) => Number(each.toPrecision(9)))).toEqual([0.002, 0.1, 1])
})
