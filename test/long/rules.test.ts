/** Rules at scale: what chance makes of forty shops, what habits make of forty others, and what would not end. */
import { describe, expect, test } from 'vitest'
import { itemCounts } from '../../src/models/itemsets/baskets.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { groceries } from '../models/itemsets/groceries.ts'
import { refusalOf } from '../support/ran.ts'
import { basketsOf, search, shownRules } from '../support/rules.ts'
import { needsShared, noSharedData } from '../support/shared.ts'
import { independentBaskets, plantedShop } from '../support/shops.ts'

const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1)

describe.skipIf(noSharedData)(
  `independent baskets with the frequencies of the groceries ${needsShared}`,
  () => {
    const shops = () => {
      const { baskets, names } = groceries()
      const chances = Float64Array.from(itemCounts(baskets, names.length), (count) => count / 9835)
      return seeds.map((seed) => ({
        held: basketsOf(independentBaskets(chances, 9835, seed), names.length),
        names,
      }))
    }

    test.each([undefined, 10, 20, 99])(
      'at most 3 of 40 show any rule, in at least %s baskets',
      (minCount) => {
        const showing = shops().filter(
          ({ held, names }) =>
            search(held, names, minCount === undefined ? {} : { minCount }).shown.length > 0,
        )
        expect(showing.length).toBeLessThanOrEqual(3)
      },
    )
  },
)

describe('planted habits', () => {
  test('are all found in every one of 40 shops, and of what is shown at most 5 % is not of them', () => {
    let [shown, others] = [0, 0]
    for (const seed of seeds) {
      const { baskets, items, rules } = plantedShop(seed)
      const names = Array.from({ length: items }, (_, item) => String(item))
      const found = shownRules(search(basketsOf(baskets, items), names), names)
      for (const { left, right } of rules) {
        const isIt = (rule: (typeof found)[number]) =>
          rule.right[0] === String(right) &&
          rule.left
            .map(Number)
            .sort((a, b) => a - b)
            .join() === left.join()
        expect(found.some(isIt), `seed ${seed}: ${left} => ${right}`).toBe(true)
      }
      const isPlanted = (rule: (typeof found)[number]) => {
        const set = [...rule.left, ...rule.right].map(Number)
        return rules.some(({ left, right }) => set.every((item) => item === right || left.includes(item)))
      }
      shown += found.length
      others += found.filter((rule) => !isPlanted(rule)).length
    }
    expect(shown).toBeGreaterThan(40 * 12)
    expect(others / shown).toBeLessThanOrEqual(0.05)
  })
})

test('a hundred thousand baskets and thirty of four hundred alike end with advice', async () => {
  const random = mulberry32(5)
  const normal = Array.from({ length: 100_000 }, () =>
    Array.from({ length: 1 + Math.floor(9 * random()) }, () => Math.floor(2000 * random() * random())),
  )
  const wholesale = Array.from({ length: 30 }, () =>
    Array.from({ length: 410 }, (_, i) => 3 * i).filter(() => random() < 0.98),
  )
  const names = Array.from({ length: 2000 }, (_, item) => `p${item}`)
  const baskets = basketsOf([...normal, ...wholesale], names.length)
  const begin = async () => search(baskets, names, { minCount: 20 })
  expect(await refusalOf(begin())).toMatch(/^input: more than 5,000,000 itemsets.*the widest 30 baskets hold/)
  const hint = await begin().catch((error: { hint: string }) => error.hint)
  expect(hint).toMatch(/--max-len 2 gives [\d,]+ itemsets\n--max-basket \d+ leaves 30 baskets out/)
  // What is advised is true.
  const [, least] = /--min-support (\d+) gives/.exec(hint as string) ?? []
  expect(search(baskets, names, { minCount: Number(least) }).rules.size).toBeGreaterThanOrEqual(0)
})
