import { expect, test } from 'vitest'
import type { Observed } from '../../../src/models/linkage/observed.ts'
import { alikeEnough, madeAtMost, matchShares } from '../../../src/models/linkage/shares.ts'

/** Ten matches that differ in the only column. */
const differing = (steady?: number): Observed => ({
  records: 100,
  columns: [{ exact: 1, chance: 0.01, usual: 0.01, typical: [0.1, 0.9], steady }],
  ...{ reasons: [], both: [], moving: [], weight: 1 },
  levels: Int8Array.of(0),
  proposed: Float64Array.of(10),
  others: Float64Array.of(0),
})

const different = (observed: Observed): number => {
  const [none, matches] = [Float64Array.of(0), Float64Array.of(10)]
  const step = { matches, moved: none, random: none, reasons: [], sums: [10, 0, 0] }
  return matchShares(observed, step)[0]?.[0] as number
}

test('what hardly ever differs takes many matches to be held for worthless', () => {
  expect(different(differing())).toBeCloseTo(10.5 / 15)
  expect(different(differing(20))).toBeCloseTo(12 / 30)
})

test('a value made of others is the same at most as often as chance has it', () => {
  expect(madeAtMost([0.5, 0.1, 0.4], 0.2)).toEqual([0.5, 0.1, 0.4])
  const [none, made, same] = madeAtMost([0.4, 0.5, 0.1], 0.2) as [number, number, number]
  expect(made).toBe(0.2)
  expect(none / same).toBeCloseTo(4)
  expect(none + made + same).toBeCloseTo(1)
})

test('where too many differ, typical shares are mixed in until no more do than may', () => {
  const evidence = { exact: 2, chance: 0, usual: 0, typical: [0.1, 0.2, 0.7], mostDifferent: 0.12 }
  expect(alikeEnough([0.11, 0.2, 0.69], evidence)).toEqual([0.11, 0.2, 0.69])
  const mixed = alikeEnough([0.6, 0.1, 0.3], evidence)
  expect(mixed[0]).toBeCloseTo(0.12)
  expect(mixed.every((share) => share > 0 && share < 1)).toBe(true)
  expect(mixed.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
})
