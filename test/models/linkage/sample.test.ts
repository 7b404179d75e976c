import { expect, test } from 'vitest'
import { mulberry32 } from '../../../fixtures/random.ts'
import { evenly, sharedOut } from '../../../src/models/linkage/sample.ts'

test('as many as are wanted, of no stratum more than it has, and of each a few', () => {
  const random = mulberry32(3)
  for (let round = 0; round < 200; round++) {
    const strata = Array.from({ length: 10 }, () => {
      const pairs = Math.floor(random() ** 4 * 3000)
      return { pairs, doubt: random() * 0.25 * pairs }
    })
    const total = 20 + Math.floor(random() * 300)
    const taken = sharedOut(strata, total)
    const all = strata.reduce((sum, { pairs }) => sum + pairs, 0)
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(Math.min(total, all))
    taken.forEach((each, i) => {
      const { pairs } = strata[i] as { pairs: number }
      expect(each).toBeLessThanOrEqual(pairs)
      expect(each).toBeGreaterThanOrEqual(Math.min(pairs, Math.floor(total / 20)))
    })
  }
})

test('more where there is more doubt, and more where there are more pairs', () => {
  const [much, little, many, few] = sharedOut(
    [
      { pairs: 500, doubt: 100 },
      { pairs: 500, doubt: 10 },
      { pairs: 50_000, doubt: 1 },
      { pairs: 500, doubt: 1 },
    ],
    200,
  ) as [number, number, number, number]
  expect(much).toBeGreaterThan(little)
  expect(many).toBeGreaterThan(few)
  expect(sharedOut([{ pairs: 0, doubt: 0 }], 10)).toEqual([0])
})

test('every place is as likely as any other, whatever the start', () => {
  const [count, taken, starts] = [37, 9, 3700]
  const hits = new Float64Array(count)
  for (let i = 0; i < starts; i++) {
    const places = evenly(count, taken, (i + 0.5) / starts)
    expect(new Set(places).size).toBe(taken)
    for (const place of places) hits[place] = (hits[place] as number) + 1
  }
  for (const each of hits) expect(Math.abs(each / starts - taken / count)).toBeLessThan(0.002)
  expect(evenly(5, 5, 0.99)).toEqual([0, 1, 2, 3, 4])
  expect(evenly(5, 0, 0.5)).toEqual([])
})
