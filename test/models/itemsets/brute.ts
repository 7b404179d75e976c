/** Itemsets by trying them all, and small baskets drawn by chance. */

import type { Baskets } from '../../../src/models/itemsets/baskets.ts'
import { gather } from '../../../src/models/itemsets/baskets.ts'
import type { Mined } from '../../../src/models/itemsets/mine.ts'
import { pathOf } from '../../../src/models/itemsets/trie.ts'
import { mulberry32 } from '../../../src/models/random.ts'

export interface Small {
  readonly baskets: Baskets
  readonly items: number
  /** The items of each basket, as bits. */
  readonly masks: readonly number[]
  readonly weights: readonly number[]
}

/** Up to 9 items and 40 baskets, dense or sparse, some of them alike, weighted or not. */
export function smallBaskets(seed: number): Small {
  const random = mulberry32(seed)
  const items = 1 + Math.floor(9 * random())
  const density = random()
  const count = 1 + Math.floor(40 * random())
  const masks = Array.from({ length: count }, () => {
    let mask = 0
    for (let item = 0; item < items; item++) if (random() < density) mask |= 1 << item
    return mask
  })
  const lines: [number, number][] = masks.flatMap((mask, basket) =>
    itemsOf(mask).map((item) => [basket, item] as [number, number]),
  )
  const shuffled = lines.map((line) => [random(), line] as const).sort(([a], [b]) => a - b)
  const { baskets } = gather(
    {
      basket: Int32Array.from(shuffled, ([, [basket]]) => basket),
      item: Int32Array.from(shuffled, ([, [, item]]) => item),
    },
    count,
    items,
  )
  const weighted = random() < 0.3
  const weights = masks.map(() => (weighted ? 1 + Math.floor(4 * random()) : 1))
  return {
    baskets: weighted ? { ...baskets, weight: Int32Array.from(weights) } : baskets,
    items,
    masks,
    weights,
  }
}

export const itemsOf = (mask: number): number[] =>
  Array.from({ length: 16 }, (_, item) => item).filter((item) => (mask >> item) & 1)

export const sizeOf = (mask: number): number => itemsOf(mask).length

/** In how many baskets each set of items is, by its bits. */
export function supports({ items, masks, weights }: Small): number[] {
  return Array.from({ length: 1 << items }, (_, set) =>
    masks.reduce((sum, mask, basket) => sum + ((mask & set) === set ? (weights[basket] as number) : 0), 0),
  )
}

/** What was mined, by bits, with its counts. */
export const minedSets = (mined: Mined): Map<number, number> =>
  new Map(
    Array.from({ length: mined.size }, (_, node) => [
      pathOf(mined, node).reduce((set, rank) => set | (1 << (mined.items[rank] as number)), 0),
      mined.count[node] as number,
    ]),
  )
