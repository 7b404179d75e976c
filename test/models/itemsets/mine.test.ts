/** Frequent itemsets: those that other programs count, and those that trying them all finds. */
import { describe, expect, test } from 'vitest'
import { type Baskets, gather, itemCounts } from '../../../src/models/itemsets/baskets.ts'
import { kindsOf } from '../../../src/models/itemsets/kinds.ts'
import { mine } from '../../../src/models/itemsets/mine.ts'
import { mulberry32 } from '../../../src/models/random.ts'
import { needsShared, noSharedData } from '../../support/shared.ts'
import { minedSets, sizeOf, smallBaskets, supports } from './brute.ts'
import { groceries } from './groceries.ts'

const ones = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0)

describe.skipIf(noSharedData)(`groceries ${needsShared}`, () => {
  test.each([
    [99, 333, 333, 243, [88, 213, 32]],
    [50, 1001, 1001, 708, undefined],
    [10, 13_492, 13_464, 7794, [157, 2981, 6831, 3137, 376, 10]],
    [5, 49_580, 46_267, 22_725, [164, 4782, 19_226, 18_597, 5988, 785, 38]],
  ])(
    'in %i baskets: %i itemsets, %i closed, %i maximal, as arules and Borgelt count',
    (minCount, all, closed, maximal, bySize) => {
      const { baskets, names } = groceries()
      const mined = mine(baskets, names.length, { minCount })
      const kinds = kindsOf(mined)
      expect([mined.size, ones(kinds.closed), ones(kinds.maximal)]).toEqual([all, closed, maximal])
      if (bySize) expect(mined.bySize.slice(1)).toEqual(bySize)
    },
  )

  test('counting alone counts as many', () => {
    const { baskets, names } = groceries()
    const counted = mine(baskets, names.length, { minCount: 10, countOnly: true })
    expect([counted.size, counted.bySize.slice(1)]).toEqual([0, [157, 2981, 6831, 3137, 376, 10]])
  })
})

describe('small baskets drawn by chance are mined as trying all itemsets finds', () => {
  const seeds = Array.from({ length: 400 }, (_, seed) => seed + 1)

  test('all, closed and maximal, at every support', () => {
    for (const seed of seeds) {
      const small = smallBaskets(seed)
      const truth = supports(small)
      const minCount = 1 + (seed % 5)
      const frequent = truth.map((count, set) => set > 0 && count >= minCount)
      const mined = mine(small.baskets, small.items, { minCount })
      const found = minedSets(mined)
      const wanted = new Map([...truth.entries()].filter(([set]) => frequent[set]))
      expect(new Map([...found].sort(([a], [b]) => a - b)), `seed ${seed}`).toEqual(wanted)
      const { closed, maximal } = kindsOf(mined)
      ;[...found.keys()].forEach((set, node) => {
        const larger = [...truth.keys()].filter((other) => other !== set && (other & set) === set)
        expect(closed[node], `seed ${seed}, closed ${set}`).toBe(
          larger.some((o) => truth[o] === truth[set]) ? 0 : 1,
        )
        expect(maximal[node], `seed ${seed}, maximal ${set}`).toBe(larger.some((o) => frequent[o]) ? 0 : 1)
      })
    }
  })

  test('with a greatest length, without some items, and around some', () => {
    for (const seed of seeds) {
      const small = smallBaskets(seed)
      const random = mulberry32(seed)
      const truth = supports(small)
      const minCount = 1 + (seed % 4)
      const some = () =>
        new Set(Array.from({ length: small.items }, (_, item) => item).filter(() => random() < 0.3))
      const [without, focus] = [some(), some()]
      const maxLength = 1 + Math.floor(4 * random())
      const bits = (items: ReadonlySet<number>) => [...items].reduce((set, item) => set | (1 << item), 0)
      const left = (set: number) => (set & bits(without)) === 0 && sizeOf(set) <= maxLength
      const plain = minedSets(mine(small.baskets, small.items, { minCount, without, maxLength }))
      const isFrequent = (set: number) => (truth[set] as number) >= minCount
      const wanted = [...truth.keys()].filter((set) => set > 0 && isFrequent(set) && left(set))
      expect(
        [...plain.keys()].sort((a, b) => a - b),
        `seed ${seed}`,
      ).toEqual(wanted)
      const around = minedSets(mine(small.baskets, small.items, { minCount, focus }))
      const inFocus = (set: number) => (set & bits(focus)) !== 0
      const beside = (set: number) =>
        [...truth.keys()].some((other) => (other & set) === set && inFocus(other) && isFrequent(other))
      const near = [...truth.keys()].filter(
        (set) => set > 0 && isFrequent(set) && (inFocus(set) || beside(set)),
      )
      expect(
        [...around.keys()].sort((a, b) => a - b),
        `seed ${seed}, focus`,
      ).toEqual(near)
    }
  })
})

describe('what must not matter does not', () => {
  const small = smallBaskets(77)
  const lines: [number, number][] = small.masks.flatMap((mask, basket) =>
    Array.from({ length: small.items }, (_, item) => [basket, item] as [number, number]).filter(
      ([, item]) => (mask >> item) & 1,
    ),
  )
  const gathered = (rows: readonly (readonly [number, number])[], of: (item: number) => number): Baskets =>
    gather(
      {
        basket: Int32Array.from(rows, ([basket]) => basket),
        item: Int32Array.from(rows, ([, item]) => of(item)),
      },
      small.masks.length,
      small.items,
    ).baskets
  const sets = (baskets: Baskets, of = (item: number) => item) =>
    new Map(
      [...minedSets(mine(baskets, small.items, { minCount: 2 }))]
        .map(([set, count]) => {
          const back = Array.from({ length: small.items }, (_, item) => item).filter(
            (item) => (set >> of(item)) & 1,
          )
          return [back.reduce((bits, item) => bits | (1 << item), 0), count] as const
        })
        .sort(([a], [b]) => a - b),
    )
  const truth = sets(gathered(lines, (item) => item))

  test('the order of the lines', () => {
    expect(sets(gathered([...lines].reverse(), (item) => item))).toEqual(truth)
  })

  test('a line that is there twice, which is counted', () => {
    expect(sets(gathered([...lines, ...lines], (item) => item))).toEqual(truth)
    const doubled = { basket: Int32Array.of(0, 0, 1), item: Int32Array.of(3, 3, 3) }
    expect(gather(doubled, 2, 4).repeated).toBe(1)
  })

  test('what the items are called', () => {
    const other = (item: number) => small.items - 1 - item
    expect(sets(gathered(lines, other), other)).toEqual(truth)
  })
})

describe('where it would not end', () => {
  const wide: Baskets = {
    start: Uint32Array.from({ length: 21 }, (_, basket) => 60 * basket),
    item: Int32Array.from({ length: 1200 }, (_, at) => at % 60),
  }

  test('mining stops at the budget, whether it holds the itemsets or not', () => {
    for (const countOnly of [false, true]) {
      const mined = mine(wide, 60, { minCount: 5, budget: 10_000, countOnly })
      expect(mined.stopped).toBe('budget')
      expect(mined.bySize.reduce((sum, count) => sum + count, 0)).toBe(10_001)
    }
  })

  test('or when it has worked enough', () => {
    expect(mine(wide, 60, { minCount: 5, work: 100 }).stopped).toBe('work')
  })

  test('a greatest length keeps it short', () => {
    expect(mine(wide, 60, { minCount: 5, maxLength: 2 }).size).toBe(60 + (60 * 59) / 2)
  })
})

test('items are counted by the baskets that hold them, as often as a basket counts', () => {
  const baskets = {
    start: Uint32Array.of(0, 2, 3),
    item: Int32Array.of(0, 1, 1),
    weight: Int32Array.of(3, 1),
  }
  expect([...itemCounts(baskets, 3)]).toEqual([3, 4, 0])
})
