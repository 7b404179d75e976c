/** Which itemsets say more than the others: the closed and the maximal ones. */
import { childFinder, type Itemsets, nodeOf, pathOf } from './trie.ts'

export interface Kinds {
  /** 1: no itemset with one item more is in as many baskets. */
  readonly closed: Uint8Array
  /** 1: no itemset with one item more is frequent. */
  readonly maximal: Uint8Array
}

/** Of all frequent itemsets, all subsets of which are there. Time: itemsets times the square of their size. */
export function kindsOf(itemsets: Itemsets): Kinds {
  const { size, parent, count } = itemsets
  const [closed, maximal] = [new Uint8Array(size).fill(1), new Uint8Array(size).fill(1)]
  const child = childFinder(itemsets)
  for (let node = 0; node < size; node++) {
    const path = pathOf(itemsets, node)
    let above = -1
    for (let left = 0; left < path.length; left++) {
      // The subset without item `left`: as far as it the same way, then past it.
      const subset =
        left === path.length - 1 ? (parent[node] as number) : nodeOf(child, above, path.slice(left + 1))
      above = child(above, path[left] as number)
      if (subset < 0) continue
      maximal[subset] = 0
      if (count[subset] === count[node]) closed[subset] = 0
    }
  }
  return { closed, maximal }
}
