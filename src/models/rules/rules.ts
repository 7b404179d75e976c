/** From frequent itemsets to rules: every way to take an itemset apart, and which shorter rules say as much. */
import { longer } from '../../core/arrays.ts'
import { childFinder, type Itemsets, nodeOf, pathOf, sizesOf } from '../itemsets/trie.ts'
import { measures, oddsInterval, type RuleCounts } from './measures.ts'

/** A part of one as whole numbers, so that 16 of 20 are 80 %. */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

export interface RuleOptions {
  readonly total: number
  readonly minConfidence: Ratio
  /** More than one item on the right. */
  readonly manyRight?: boolean
  /** Which ways to take an itemset apart are wanted, by the ranks on the left and on the right. */
  readonly wanted?: ((left: readonly number[], right: readonly number[]) => boolean) | undefined
  /** Itemsets whose rules are true by themselves, such as of a thing and its kind: none is made of them. */
  readonly trivial?: ((ranks: readonly number[]) => boolean) | undefined
}

/** Rules with the confidence that was asked for. Rule r has `left[r]` => `right[r]`, nodes of the itemsets. */
export interface Rules {
  readonly size: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly both: Int32Array
  /** The greatest confidence of a shorter rule with the same right side, the one without a left side included. */
  readonly bestBaskets: Int32Array
  readonly bestOf: Int32Array
  /** The greatest upper end of the odds interval of such a rule; 1 for the one without a left side. */
  readonly highest: Float64Array
  /** P values of all rules that were looked at, whatever their confidence: so many tests were made. */
  readonly tests: Float64Array
  /** How many items each of them had. */
  readonly testSizes: Uint8Array
  /** Which of the tests is the rule's. */
  readonly test: Int32Array
  /** Rules with the confidence that was asked for, of trivial itemsets. */
  readonly trivial: number
}

/** Itemsets must hold every subset of theirs, but for those that `wanted` never asks for. */
export function rulesOf(itemsets: Itemsets, options: RuleOptions): Rules {
  const walk: Walk = {
    itemsets,
    options,
    child: childFinder(itemsets),
    tests: numbers(Float64Array),
    testSizes: numbers(Uint8Array),
    kept: kept(),
    trivial: 0,
  }
  const sizes = sizesOf(itemsets)
  const splits = splitsBefore(sizes, options.manyRight === true)
  const entries: Entries = {
    first: splits,
    bestBaskets: new Int32Array(splits[sizes.length] as number),
    bestOf: new Int32Array(splits[sizes.length] as number),
    highest: new Float64Array(splits[sizes.length] as number),
  }
  // Shorter ones first: what is best among the rules of its subsets is then known.
  for (const node of bySize(sizes)) if ((sizes[node] as number) > 1) takeApart(walk, entries, node)
  const { left, right, both, bestBaskets, bestOf, highest, test } = walk.kept
  return {
    size: left.size(),
    left: left.done(),
    right: right.done(),
    both: both.done(),
    bestBaskets: bestBaskets.done(),
    bestOf: bestOf.done(),
    highest: highest.done(),
    test: test.done(),
    tests: walk.tests.done(),
    testSizes: walk.testSizes.done(),
    trivial: walk.trivial,
  }
}

/** Rules of each size that could be made of `items` items: `possible[3]` of three. */
export function possibleRules(items: number, longest: number, manyRight: boolean): readonly number[] {
  let itemsets = items
  return Array.from({ length: longest + 1 }, (_, size) => {
    if (size < 2) return 0
    itemsets *= (items - size + 1) / size
    return itemsets * (manyRight ? 2 ** size - 2 : size)
  })
}

interface Walk {
  readonly itemsets: Itemsets
  readonly options: RuleOptions
  readonly child: ReturnType<typeof childFinder>
  readonly tests: Growing<Float64Array>
  readonly testSizes: Growing<Uint8Array>
  readonly kept: ReturnType<typeof kept>
  trivial: number
}

/**
 * What is known of the shorter rules of each way to take an itemset apart: entry `first[node]` and on. With one
 * item on the right there is an entry for each, by its place on the path; else one for each mask of places.
 */
interface Entries {
  readonly first: Float64Array
  readonly bestBaskets: Int32Array
  readonly bestOf: Int32Array
  readonly highest: Float64Array
}

function splitsBefore(sizes: Uint16Array, many: boolean): Float64Array {
  const first = new Float64Array(sizes.length + 1)
  for (let node = 0; node < sizes.length; node++) {
    const size = sizes[node] as number
    first[node + 1] = (first[node] as number) + (size < 2 ? 0 : many ? 2 ** size : size)
  }
  return first
}

function bySize(sizes: Uint16Array): Int32Array {
  const starts = new Int32Array(1 + sizes.reduce((most, size) => Math.max(most, size), 0) + 1)
  for (const size of sizes) starts[size + 1] = (starts[size + 1] ?? 0) + 1
  for (let size = 1; size < starts.length; size++)
    starts[size] = (starts[size] as number) + (starts[size - 1] as number)
  const order = new Int32Array(sizes.length)
  for (let node = 0; node < sizes.length; node++) {
    const size = sizes[node] as number
    order[starts[size] as number] = node
    starts[size] = (starts[size] as number) + 1
  }
  return order
}

function takeApart(walk: Walk, entries: Entries, node: number): void {
  const { itemsets, options, child } = walk
  const path = pathOf(itemsets, node)
  // The subsets that lack one item, by its place.
  const isTrivial = options.trivial?.(path) === true
  const without = path.map((_, place) => nodeOf(child, -1, path.toSpliced(place, 1)))
  if (!options.manyRight) {
    for (let place = 0; place < path.length; place++) {
      const rightNode = child(-1, path[place] as number)
      split(walk, entries, {
        node,
        path,
        isTrivial,
        without,
        rightMask: 1 << place,
        leftNode: without[place] as number,
        rightNode,
      })
    }
    return
  }
  const all = (1 << path.length) - 1
  const nodes = nodesOfMasks(child, path)
  for (let mask = 1; mask < all; mask++) {
    const [leftNode, rightNode] = [nodes[all ^ mask] as number, nodes[mask] as number]
    split(walk, entries, { node, path, isTrivial, without, rightMask: mask, leftNode, rightNode })
  }
}

function nodesOfMasks(child: Walk['child'], path: readonly number[]): Int32Array {
  const nodes = new Int32Array(1 << path.length).fill(-1)
  for (let mask = 1; mask < nodes.length; mask++) {
    const last = 31 - Math.clz32(mask)
    const before = mask ^ (1 << last)
    const above = nodes[before] as number
    nodes[mask] = before !== 0 && above < 0 ? -1 : child(above, path[last] as number)
  }
  return nodes
}

interface Split {
  readonly node: number
  readonly path: readonly number[]
  readonly isTrivial: boolean
  readonly without: readonly number[]
  readonly rightMask: number
  readonly leftNode: number
  readonly rightNode: number
}

function split(walk: Walk, entries: Entries, apart: Split): void {
  const { itemsets, options, tests, kept: rules } = walk
  const { node, leftNode, rightNode } = apart
  if (leftNode < 0 || rightNode < 0) return
  const counts: RuleCounts = {
    both: itemsets.count[node] as number,
    left: itemsets.count[leftNode] as number,
    right: itemsets.count[rightNode] as number,
    total: options.total,
  }
  const { numerator, denominator } = options.minConfidence
  const isConfident = counts.both * denominator >= numerator * counts.left
  if (apart.isTrivial) {
    if (isConfident) walk.trivial++
    return
  }
  const shorter = bestOfShorter(entries, options, apart, counts)
  note(entries, entryOf(entries, options, node, apart.rightMask), shorter, counts)
  if (options.wanted && !isWanted(options.wanted, apart)) return
  const test = tests.add(measures.fisherP(counts))
  walk.testSizes.add(apart.path.length)
  if (!isConfident) return
  rules.left.add(leftNode)
  rules.right.add(rightNode)
  rules.both.add(counts.both)
  rules.bestBaskets.add(shorter.baskets)
  rules.bestOf.add(shorter.of)
  rules.highest.add(shorter.highest)
  rules.test.add(test)
}

function isWanted(wanted: NonNullable<RuleOptions['wanted']>, { path, rightMask }: Split): boolean {
  const isRight = (_: number, place: number) => ((rightMask >> place) & 1) === 1
  return wanted(
    path.filter((item, place) => !isRight(item, place)),
    path.filter(isRight),
  )
}

function entryOf({ first }: Entries, { manyRight }: RuleOptions, node: number, mask: number): number {
  return (first[node] as number) + (manyRight ? mask : 31 - Math.clz32(mask))
}

interface Best {
  readonly baskets: number
  readonly of: number
  readonly highest: number
}

/** The best of the rules that lack some of the left side, all of it included. */
function bestOfShorter(
  entries: Entries,
  options: RuleOptions,
  { path, without, rightMask }: Split,
  { right, total }: RuleCounts,
): Best {
  let [baskets, of, highest] = [right, total, 1]
  const places = [...path.keys()].filter((place) => ((rightMask >> place) & 1) === 0)
  if (places.length === 1) return { baskets, of, highest }
  for (const place of places) {
    const node = without[place] as number
    if (node < 0) continue
    const below = (1 << place) - 1
    const entry = entryOf(entries, options, node, (rightMask & below) | ((rightMask >> 1) & ~below))
    const [some, all] = [entries.bestBaskets[entry] as number, entries.bestOf[entry] as number]
    // Nothing is known of rules that are not wanted.
    if (all === 0) continue
    if (some * of > baskets * all) [baskets, of] = [some, all]
    highest = Math.max(highest, entries.highest[entry] as number)
  }
  return { baskets, of, highest }
}

/** The rule itself among them, for the longer ones. */
function note(entries: Entries, entry: number, { baskets, of, highest }: Best, counts: RuleCounts): void {
  const isBetter = counts.both * of > baskets * counts.left
  entries.bestBaskets[entry] = isBetter ? counts.both : baskets
  entries.bestOf[entry] = isBetter ? counts.left : of
  entries.highest[entry] = Math.max(highest, oddsInterval(counts).high)
}

// Arrays that grow -----------------------------------------------------------------------------------

interface Growing<T> {
  /** Answers the place of the value. */
  add(value: number): number
  size(): number
  done(): T
}

function numbers<T extends Int32Array | Float64Array | Uint8Array>(
  make: new (length: number) => T,
): Growing<T> {
  let values = new make(1024)
  let size = 0
  return {
    add(value) {
      if (size === values.length) values = longer(values, 2 * size)
      values[size] = value
      return size++
    },
    size: () => size,
    done: () => values.slice(0, size) as T,
  }
}

const kept = () => ({
  left: numbers(Int32Array),
  right: numbers(Int32Array),
  both: numbers(Int32Array),
  bestBaskets: numbers(Int32Array),
  bestOf: numbers(Int32Array),
  highest: numbers(Float64Array),
  test: numbers(Int32Array),
})
