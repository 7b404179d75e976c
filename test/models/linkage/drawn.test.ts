/** Pairs that stand for all others. */
import { describe, expect, test } from 'vitest'
import { notProposed, randomPairs } from '../../../src/models/linkage/drawn.ts'

describe('drawn pairs', () => {
  test.each([2, 3, 50, 799, 800, 801, 802, 862, 893, 894, 895, 896, 1500, 30_000])(
    'of %i records: none twice, the smaller first, as many as are wanted or nearly all',
    (records) => {
      const { left, right } = randomPairs(records)
      const all = (records * (records - 1)) / 2
      expect(left.length).toBeGreaterThanOrEqual(Math.min(400_000, all - records / 2))
      expect(left.length).toBeLessThanOrEqual(Math.min(400_000, all))
      const seen = new Set<number>()
      let wrong = 0
      left.forEach((one, i) => {
        const other = right[i] as number
        if (one < 0 || one >= other || other >= records) wrong++
        seen.add(one * records + other)
      })
      expect(wrong).toBe(0)
      expect(seen.size).toBe(left.length)
    },
    10_000,
  )

  test('those that were proposed are left out', () => {
    const drawn = { left: Int32Array.of(0, 0, 1, 2, 5), right: Int32Array.of(1, 3, 2, 4, 9) }
    const proposed = { left: Int32Array.of(0, 1, 2), right: Int32Array.of(3, 9, 4) }
    expect([...notProposed(drawn, proposed)]).toEqual([0, 2, 4])
  })
})
