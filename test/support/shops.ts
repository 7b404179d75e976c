/** Simulated shops whose rules are known: none, or those that were planted. */
import { mulberry32 } from '../../src/models/random.ts'

/** Each item in each basket by its own chance, whatever else is in it. */
export function independentBaskets(chances: ArrayLike<number>, baskets: number, seed: number): number[][] {
  const random = mulberry32(seed)
  return Array.from({ length: baskets }, () =>
    Array.from({ length: chances.length }, (_, item) => item).filter(
      (item) => random() < (chances[item] as number),
    ),
  )
}

export interface Planted {
  readonly baskets: readonly (readonly number[])[]
  readonly items: number
  /** Who has all of `left` has `right` four times in five. */
  readonly rules: readonly { readonly left: readonly number[]; readonly right: number }[]
}

const ITEMS = 120
const RULES = 12

/** 120 items, bought by chance, and twelve habits among items of their own: six of one item on the left, six of two. */
export function plantedShop(seed: number, baskets = 10_000): Planted {
  const random = mulberry32(seed)
  const rules = Array.from({ length: RULES }, (_, rule) => {
    const first = 3 * rule
    return { left: rule % 2 === 0 ? [first] : [first, first + 1], right: first + 2 }
  })
  const chance = (item: number) => (item < 3 * RULES ? 0.04 : 0.2 / (1 + item - 3 * RULES) ** 0.7)
  const held = Array.from({ length: baskets }, () => {
    const basket = new Set(
      Array.from({ length: ITEMS }, (_, item) => item).filter((item) => random() < chance(item)),
    )
    for (const { left, right } of rules) {
      // A habit of two items needs both: some buy both as one.
      if (left.length === 2 && random() < 0.02) for (const item of left) basket.add(item)
      if (left.every((item) => basket.has(item)) && random() < 0.8) basket.add(right)
    }
    return [...basket]
  })
  return { baskets: held, items: ITEMS, rules }
}
