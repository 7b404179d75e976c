/**
 * Frequent itemsets as a prefix tree in three arrays, 12 bytes an itemset: node n stands for the itemset of its
 * parent and one more item. Items are numbered by rank, and along a path the ranks fall.
 */
import { longer } from '../../core/arrays.ts'
import { pairHash } from '../pairHash.ts'

export interface Itemsets {
  /** How many there are; the arrays may be longer. */
  readonly size: number
  /** -1 for an itemset of one item. A parent comes before its children. */
  readonly parent: Int32Array
  readonly item: Int32Array
  readonly count: Int32Array
}

export interface Trie {
  size: number
  parent: Int32Array
  item: Int32Array
  count: Int32Array
}

export const emptyTrie = (): Trie => {
  const [parent, item, count] = [0, 1, 2].map(() => new Int32Array(1024)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  return { size: 0, parent, item, count }
}

/** Adds an itemset and answers its node. */
export function addNode(trie: Trie, parent: number, item: number, count: number): number {
  const node = trie.size++
  if (node === trie.parent.length) {
    trie.parent = longer(trie.parent, 2 * node)
    trie.item = longer(trie.item, 2 * node)
    trie.count = longer(trie.count, 2 * node)
  }
  trie.parent[node] = parent
  trie.item[node] = item
  trie.count[node] = count
  return node
}

/** The items of a node, by falling rank. */
export function pathOf({ parent, item }: Itemsets, node: number): number[] {
  const path: number[] = []
  for (let at = node; at >= 0; at = parent[at] as number) path.push(item[at] as number)
  return path.reverse()
}

/** How many items each itemset has. */
export function sizesOf({ size, parent }: Itemsets): Uint16Array {
  const sizes = new Uint16Array(size)
  for (let node = 0; node < size; node++) {
    const above = parent[node] as number
    sizes[node] = above < 0 ? 1 : (sizes[above] as number) + 1
  }
  return sizes
}

/** Finds the child of a node by its item; -1 where there is none. The node above all is -1. */
export type ChildFinder = (node: number, item: number) => number

/** An index of parents and items, by open addressing: 4 bytes for each of at most four slots an itemset. */
export function childFinder({ size, parent, item }: Itemsets): ChildFinder {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * size)))).fill(-1)
  const mask = slots.length - 1
  for (let node = 0; node < size; node++) {
    let slot = pairHash(parent[node] as number, item[node] as number) & mask
    while (slots[slot] !== -1) slot = (slot + 1) & mask
    slots[slot] = node
  }
  return (above, wanted) => {
    let slot = pairHash(above, wanted) & mask
    for (;;) {
      const node = slots[slot] as number
      if (node < 0 || (parent[node] === above && item[node] === wanted)) return node
      slot = (slot + 1) & mask
    }
  }
}

/** Goes down from a node by items of falling rank; -1 where the way ends. */
export function nodeOf(child: ChildFinder, from: number, items: ArrayLike<number>): number {
  let node = from
  for (let i = 0; i < items.length; i++) {
    node = child(node, items[i] as number)
    if (node < 0) return -1
  }
  return node
}
