/** Where hardly two pairs are alike, some of the patterns stand for all. */
import { expect, test } from 'vitest'
import type { Observed } from '../../../src/models/linkage/observed.ts'
import { thinned } from '../../../src/models/linkage/thinned.ts'
import { mulberry32 } from '../../../src/models/random.ts'

const WIDTH = 40

/** Columns of noise, of which every hundredth pattern agrees in the first two. */
function noisy(patterns: number): Observed {
  const random = mulberry32(3)
  const levels = Int8Array.from({ length: patterns * WIDTH }, (_, i) => {
    return Math.floor((i % WIDTH < 2 ? 3 : 4) * random())
  })
  for (let pattern = 0; pattern < patterns; pattern += 100)
    levels.fill(3, pattern * WIDTH, pattern * WIDTH + 2)
  return {
    records: 2000,
    columns: Array.from({ length: WIDTH }, (_, i) => ({
      ...{ exact: 3, chance: i < 2 ? 1e-4 : 0.5, usual: 1e-4, typical: [0.1, 0.1, 0.1, 0.7] },
    })),
    reasons: Array.from({ length: 20 }, () => ({ name: '', seeds: [], freedom: [] })),
    both: [],
    moving: [],
    levels,
    proposed: new Float64Array(patterns).fill(2),
    others: new Float64Array(patterns).fill(1),
    weight: 1,
  }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
/** Patterns that agree in the first two, and their pairs. */
function agreed({ levels, proposed }: Observed): number[] {
  const weights: number[] = []
  for (let pattern = 0; pattern < proposed.length; pattern++) {
    const at = pattern * WIDTH
    if (levels[at] === 3 && levels[at + 1] === 3) weights.push(proposed[pattern] as number)
  }
  return weights
}

test('few patterns are all kept', () => {
  const observed = noisy(1000)
  expect(thinned(observed)).toBe(observed)
})

test('of many some stand for all, and what may be a match is kept as it is', () => {
  const observed = noisy(200_000)
  const found = thinned(observed)
  expect(found.proposed.length).toBeLessThan(50_000)
  expect(found.levels).toHaveLength(found.proposed.length * WIDTH)
  expect(sum(found.proposed) / 400_000).toBeCloseTo(1, 1)
  expect(sum(found.others) / 200_000).toBeCloseTo(1, 1)
  expect(agreed(found)).toEqual(agreed(observed))
})
