import { expect, test } from 'vitest'
import { mulberry32 } from '../../../fixtures/random.ts'
import { spokenFor } from '../../../src/models/linkage/answered.ts'
import { type Bonds, bondsBetween, boundLinks, contradictionIn } from '../../../src/models/linkage/bonds.ts'
import { ALWAYS, averageLinked, NEVER, smallComponents } from '../../../src/models/linkage/groups.ts'
import { fitMixture } from '../../../src/models/linkage/mixture.ts'
import type { Observed } from '../../../src/models/linkage/observed.ts'

const bonds = (pairs: readonly (readonly [number, number, 0 | 1])[]): Bonds => ({
  left: Int32Array.from(pairs, ([left]) => left),
  right: Int32Array.from(pairs, ([, right]) => right),
  same: Uint8Array.from(pairs, ([, , same]) => same),
})

test('a pair apart that others put together, with the shortest way', () => {
  expect(
    contradictionIn(
      bonds([
        [1, 2, 1],
        [2, 3, 1],
        [1, 4, 0],
      ]),
    ),
  ).toBeUndefined()
  expect(
    contradictionIn(
      bonds([
        [1, 2, 1],
        [3, 2, 1],
        [3, 1, 0],
      ]),
    ),
  ).toEqual({ apart: 2, together: [0, 1] })
  expect(
    contradictionIn(
      bonds([
        [2, 1, 0],
        [1, 2, 1],
      ]),
    ),
  ).toEqual({ apart: 0, together: [1] })
  const long = bonds([
    [1, 2, 1],
    [2, 3, 1],
    [3, 4, 1],
    [4, 5, 1],
    [2, 5, 1],
    [1, 5, 0],
  ])
  expect(contradictionIn(long)).toEqual({ apart: 5, together: [0, 4] })
})

/** Everything that follows: repeated until nothing new does. */
function closure(records: number, { left, right, same }: Bonds): boolean[][] {
  const together = Array.from({ length: records }, (_, i) =>
    Array.from({ length: records }, (_, j) => i === j),
  )
  const set = (i: number, j: number) => {
    ;(together[i] as boolean[])[j] = true
  }
  same.forEach((is, i) => {
    if (is === 0) return
    set(left[i] as number, right[i] as number)
    set(right[i] as number, left[i] as number)
  })
  for (let k = 0; k < records; k++) {
    for (let i = 0; i < records; i++) {
      for (let j = 0; j < records; j++) if (together[i]?.[k] && together[k]?.[j]) set(i, j)
    }
  }
  return together
}

test('contradictions are found where there are any, and bonds hold in groups where there is none', () => {
  const random = mulberry32(8)
  const seen = { contradictions: 0, groups: 0 }
  for (let round = 0; round < 400; round++) {
    const size = 4 + Math.floor(random() * 12)
    const pairs = Array.from({ length: Math.floor(random() * 9) }, () => {
      const one = Math.floor(random() * size)
      const other = (one + 1 + Math.floor(random() * (size - 1))) % size
      return [one, other, random() < 0.6 ? 1 : 0] as const
    })
    const given = bonds(pairs)
    const together = closure(size, given)
    const isBad = pairs.some(([one, other, same]) => same === 0 && together[one]?.[other])
    const found = contradictionIn(given)
    expect(found !== undefined).toBe(isBad)
    if (found) {
      seen.contradictions++
      const [one, other] = [given.left[found.apart] as number, given.right[found.apart] as number]
      const way = bonds(
        found.together.map((place) => [given.left[place] as number, given.right[place] as number, 1]),
      )
      expect(closure(size, way)[one]?.[other]).toBe(true)
      continue
    }
    seen.groups++
    const bond = bondsBetween(given)
    const bits = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) {
        const own = bond(j, i) ?? random() * 20 - 12
        expect(bond(i, j)).toBe(bond(j, i))
        bits[i * size + j] = own
        bits[j * size + i] = own
      }
    }
    const groups = averageLinked(size, bits)
    for (const [one, other, same] of pairs) expect(groups[one] === groups[other]).toBe(same === 1)
  }
  expect(seen.contradictions).toBeGreaterThan(50)
  expect(seen.groups).toBeGreaterThan(100)
})

test('links between records that are apart go, those between records that are together come', () => {
  const links = {
    left: Int32Array.of(0, 1, 2),
    right: Int32Array.of(1, 2, 3),
    bits: Float64Array.of(3, 4, 5),
  }
  const found = boundLinks(
    links,
    bonds([
      [2, 1, 0],
      [2, 3, 1],
      [0, 5, 1],
    ]),
  )
  expect([...found.left]).toEqual([0, 2, 0])
  expect([...found.right]).toEqual([1, 3, 5])
  expect([...found.bits]).toEqual([3, ALWAYS, ALWAYS])
})

test('records that must be together are taken apart by no size', () => {
  const size = 1500
  const chain = {
    left: Int32Array.from({ length: size - 1 }, (_, i) => i),
    right: Int32Array.from({ length: size - 1 }, (_, i) => i + 1),
    bits: new Float64Array(size - 1).fill(ALWAYS),
  }
  expect(smallComponents(size, chain).map(({ length }) => length)).toEqual([size])
  expect(NEVER).toBeLessThan(0)
})

test('an answer speaks for ten pairs of its pattern, where there are so many', () => {
  const answered = { same: Float64Array.of(0, 1, 3, 2), different: Float64Array.of(0, 0, 1, 0) }
  expect(spokenFor(70, answered, 0)).toEqual({ open: 70, same: 0, different: 0 })
  expect(spokenFor(70, answered, 1)).toEqual({ open: 60, same: 10, different: 0 })
  // Four answers to eight pairs: two pairs each.
  expect(spokenFor(8, answered, 2)).toEqual({ open: 0, same: 6, different: 2 })
  // Pairs that were not proposed count as they are.
  expect(spokenFor(0, answered, 3)).toEqual({ open: 0, same: 2, different: 0 })
  expect(spokenFor(9, undefined, 3)).toEqual({ open: 9, same: 0, different: 0 })
})

/** Two columns with two levels each, in all four ways. */
const observed = (proposed: readonly number[]): Observed => ({
  records: 2000,
  columns: [1, 1].map((exact) => ({ exact, chance: 0.001, usual: 0.5, typical: [0.2, 0.8] })),
  reasons: [],
  both: [],
  moving: [],
  levels: Int8Array.of(1, 1, 1, 0, 0, 1, 0, 0),
  proposed: Float64Array.from(proposed),
  others: Float64Array.of(0, 0, 0, 1_990_000),
  weight: 5,
})

test('answers to all patterns are what the mixture comes to', () => {
  const given = observed([300, 100, 80, 9520])
  const told = { same: Float64Array.of(30, 10, 0, 0), different: Float64Array.of(0, 0, 8, 952) }
  const { matches } = fitMixture({ ...given, answered: told })
  // 400 matches: all agree in the first column, 300 in the second. Five typical pairs stand beside them, and the
  // chance of a pair without an answer that agrees in nothing.
  const pairs = (2000 * 1999) / 2
  expect(Math.abs(matches.prior * pairs - 400)).toBeLessThan(0.1)
  // No level speaks against a match with more than six bits.
  expect(matches.shares[0]?.[1]).toBeCloseTo(64 / 65, 3)
  expect(matches.shares[1]?.[1]).toBeCloseTo((300 + 4) / 405, 2)
  const without = fitMixture(given)
  expect(Math.abs(without.matches.prior * pairs - 400)).toBeGreaterThan(1)
  expect(
    fitMixture({ ...given, answered: { same: new Float64Array(4), different: new Float64Array(4) } }),
  ).toEqual(without)
})
