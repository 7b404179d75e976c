/**
 * Frequent itemsets, by occurrence lists and conditional databases in arrays: LCM (Uno, Kiyomi, Arimura 2004) with
 * the prefixes of FP-growth (Han, Pei, Yin 2000) as rows, of which equal ones are one row that counts more.
 *
 * A database is one array of rows: the negated number of baskets that are like it, then its items by rising rank.
 * The itemsets with item i as the least frequent one are found among the parts of the rows before i.
 */
import { type Baskets, itemCounts } from './baskets.ts'
import { databaseOf, emptyLevel, index, type Level, merger, sizeScratch } from './database.ts'
import { addNode, childFinder, emptyTrie, type Itemsets, type Trie } from './trie.ts'

export interface MiningOptions {
  /** Itemsets in fewer baskets are not frequent; at least 1. */
  readonly minCount: number
  /** The most items of an itemset. */
  readonly maxLength?: number | undefined
  /** Items that take no part. */
  readonly without?: ReadonlySet<number> | undefined
  /** Only itemsets with at least one of these, and of the others those that are frequent together with one. */
  readonly focus?: ReadonlySet<number> | undefined
  /** Gives up beyond so many itemsets. */
  readonly budget?: number | undefined
  /** Gives up after so many items of rows were looked at: what time is, told the same on every machine. */
  readonly work?: number | undefined
  /** Only count: no itemset is held. */
  readonly countOnly?: boolean | undefined
}

export interface Mined extends Itemsets {
  /** Items by rank: `items[rank]` is a number of the baskets. */
  readonly items: Int32Array
  /** In how many baskets the item of each rank is. */
  readonly itemCount: Int32Array
  /** Itemsets found, by size: `bySize[2]` pairs. */
  readonly bySize: readonly number[]
  /** What ran out: then not all itemsets were found. */
  readonly stopped: 'budget' | 'work' | undefined
}

/** Ranks by falling count, ties by number; those in focus come last. */
export function mine(baskets: Baskets, items: number, options: MiningOptions): Mined {
  const {
    minCount,
    without,
    focus,
    budget = Number.POSITIVE_INFINITY,
    work = Number.POSITIVE_INFINITY,
  } = options
  const counts = itemCounts(baskets, items)
  const inFocus = (item: number) => (focus?.has(item) ? 1 : 0)
  const ranked = Int32Array.from(
    [...counts.keys()]
      .filter((item) => (counts[item] as number) >= minCount && !without?.has(item))
      .sort((a, b) => inFocus(a) - inFocus(b) || (counts[b] as number) - (counts[a] as number) || a - b),
  )
  const maxLength = options.maxLength ?? Number.POSITIVE_INFINITY
  const state: State = {
    minCount,
    maxLength,
    budget,
    work,
    worked: 0,
    found: 0,
    bySize: [],
    stopped: undefined,
    trie: options.countOnly ? undefined : emptyTrie(),
    levels: [],
    guided: undefined,
  }
  const level = databaseOf(baskets, ranked, items, maxLength)
  const common = ranked.findIndex((item) => inFocus(item) === 1)
  if (focus === undefined) grow(state, level, ranked, counts, 0, ranked.length)
  else if (common >= 0) growInFocus(state, level, { ranked, counts, common })
  const trie = state.trie ?? emptyTrie()
  const itemCount = ranked.map((item) => counts[item] as number)
  const { bySize, stopped } = state
  return { ...trie, items: ranked, itemCount, bySize: Array.from(bySize, (found) => found ?? 0), stopped }
}

interface State {
  readonly minCount: number
  readonly maxLength: number
  readonly budget: number
  readonly work: number
  worked: number
  found: number
  readonly bySize: number[]
  stopped: 'budget' | 'work' | undefined
  readonly trie: Trie | undefined
  /** Reused by every itemset of a size. */
  readonly levels: Level[]
  guided: Guide | undefined
}

/** Where only some itemsets are wanted: the child of a node of them, -1 for one that is not. */
type Guide = (node: number, item: number) => number

// Itemsets ---------------------------------------------------------------------------------------------

/** Itemsets whose last ranked item is one of those from `from` up to `to`. */
function grow(
  state: State,
  level: Level,
  ranked: Int32Array,
  counts: Int32Array,
  from: number,
  to: number,
): void {
  for (let rank = from; rank < to && !state.stopped; rank++) {
    const guide = state.guided ? state.guided(-1, rank) : 0
    if (guide < 0) continue
    const node = found(state, -1, rank, counts[ranked[rank] as number] as number, 1)
    if (state.maxLength > 1) extend(state, level, rank, { node, guide, depth: 1 })
  }
}

/** Those with an item in focus first; then, of the others, those that were found beside one. */
function growInFocus(
  state: State,
  level: Level,
  {
    ranked,
    counts,
    common,
  }: { readonly ranked: Int32Array; readonly counts: Int32Array; readonly common: number },
): void {
  if (!state.trie) throw new RangeError('a focus needs the itemsets, not their count only')
  grow(state, level, ranked, counts, common, ranked.length)
  state.guided = guideOf(state.trie, common)
  grow(state, level, ranked, counts, 0, common)
}

function guideOf(trie: Trie, common: number): Guide {
  const guide = emptyTrie()
  const places = new Map<number, number>()
  const guideNode = new Int32Array(trie.size).fill(-2)
  for (let node = 0; node < trie.size; node++) {
    const [above, item] = [trie.parent[node] as number, trie.item[node] as number]
    if (item >= common) {
      // Of several in focus the first will do: what is beside two of them is beside one.
      if (above < 0) guideNode[node] = -1
      continue
    }
    const from = guideNode[above] as number
    if (from < -1) continue
    const key = (from + 1) * common + item
    const known = places.get(key)
    const place = known ?? addNode(guide, from, item, 0)
    if (known === undefined) places.set(key, place)
    guideNode[node] = place
  }
  return childFinder(guide)
}

function found(state: State, parent: number, rank: number, count: number, size: number): number {
  state.bySize[size] = (state.bySize[size] ?? 0) + 1
  if (++state.found > state.budget) state.stopped = 'budget'
  return state.trie ? addNode(state.trie, parent, rank, count) : -1
}

interface Place {
  readonly node: number
  readonly guide: number
  /** Items of the itemset. */
  readonly depth: number
}

/** All itemsets that have one item of a database, and those before it, beside the items of the node. */
function extend(state: State, level: Level, item: number, place: Place): void {
  const scanned = countBefore(level, item)
  state.worked += scanned
  if (state.worked > state.work) state.stopped = 'work'
  if (scanned === 0 || state.stopped) return
  const next = levelAt(state, place.depth)
  const kept = keepFrequent(state, level, next, item, place)
  if (kept.nodes.length < 2 || place.depth + 1 >= state.maxLength || state.stopped) return
  if (
    state.guided === undefined &&
    kept.nodes.length <= MOST_BITS &&
    kept.nodes.length << kept.nodes.length <= 8 * scanned
  ) {
    byMasks(state, level, item, { ...kept, next, depth: place.depth + 1 })
    return
  }
  project(level, next, item, { scanned, items: kept.nodes.length })
  for (let code = 1; code < kept.nodes.length && !state.stopped; code++) {
    extend(state, next, code, {
      node: kept.nodes[code] as number,
      guide: kept.guides[code] as number,
      depth: place.depth + 1,
    })
  }
}

function levelAt(state: State, depth: number): Level {
  while (state.levels.length < depth) state.levels.push(emptyLevel())
  return state.levels[depth - 1] as Level
}

/** Counts, in `counts`, the baskets of every item before `item` in its rows; answers how many cells were read. */
function countBefore({ cells, rows, first, counts }: Level, item: number): number {
  counts.fill(0, 0, item)
  let scanned = 0
  for (let i = first[item] as number; i < (first[item + 1] as number); i++) {
    const row = rows[i] as number
    const times = -(cells[row] as number)
    let at = row + 1
    for (let each = cells[at] as number; each !== item; each = cells[++at] as number) {
      counts[each] = (counts[each] as number) + times
    }
    scanned += at - row - 1
  }
  return scanned
}

interface Kept {
  /** The nodes of the frequent items, by their number in the next database. */
  readonly nodes: readonly number[]
  readonly guides: readonly number[]
}

/** Notes every frequent itemset of the node and one item before `item`. */
function keepFrequent(
  state: State,
  level: Level,
  next: Level,
  item: number,
  { node, guide, depth }: Place,
): Kept {
  const [nodes, guides]: [number[], number[]] = [[], []]
  sizeScratch(next, item)
  for (let each = 0; each < item; each++) {
    level.codes[each] = -1
    const count = level.counts[each] as number
    if (count < state.minCount) continue
    const rank = level.ranks[each] as number
    const wanted = state.guided ? state.guided(guide, rank) : 0
    if (wanted < 0) continue
    level.codes[each] = nodes.length
    next.ranks[nodes.length] = rank
    nodes.push(found(state, node, rank, count, depth + 1))
    guides.push(wanted)
    if (state.stopped) break
  }
  return { nodes, guides }
}

/** The database of the item: what is frequent before it in its rows. */
function project(
  { cells, rows, first, codes }: Level,
  next: Level,
  item: number,
  { scanned, items }: { readonly scanned: number; readonly items: number },
): void {
  const [begin, end] = [first[item] as number, first[item + 1] as number]
  const most = scanned + end - begin
  if (next.cells.length < most)
    next.cells = new Int32Array(Math.max(most, Math.min(2 * next.cells.length, 1 << 20)))
  const to = next.cells
  const merge = merger(next, to, end - begin)
  let size = 0
  for (let i = begin; i < end; i++) {
    const row = rows[i] as number
    const from = size
    to[size++] = cells[row] as number
    for (let at = row + 1, each = cells[at] as number; each !== item; each = cells[++at] as number) {
      const code = codes[each] as number
      if (code >= 0) to[size++] = code
    }
    size = size - from < 3 ? from : merge(from, size)
  }
  index(next, size, items)
}

// Few items: every subset has a counter ----------------------------------------------------------------------

const MOST_BITS = 12
const counters = new Int32Array(1 << MOST_BITS)

interface Masked extends Kept {
  readonly next: Level
  readonly depth: number
}

function byMasks(state: State, { cells, rows, first, codes }: Level, item: number, kept: Masked): void {
  const bits = kept.nodes.length
  counters.fill(0, 0, 1 << bits)
  for (let i = first[item] as number; i < (first[item + 1] as number); i++) {
    const row = rows[i] as number
    let mask = 0
    for (let at = row + 1, each = cells[at] as number; each !== item; each = cells[++at] as number) {
      const code = codes[each] as number
      if (code >= 0) mask |= 1 << code
    }
    counters[mask] = (counters[mask] as number) - (cells[row] as number)
  }
  for (let bit = 1; bit < 1 << bits; bit <<= 1) {
    for (let mask = 0; mask < 1 << bits; mask++) {
      if ((mask & bit) === 0) counters[mask] = (counters[mask] as number) + (counters[mask | bit] as number)
    }
  }
  for (let code = 1; code < bits; code++)
    masksBelow(state, kept, code, 1 << code, kept.nodes[code] as number, kept.depth)
}

/** The frequent sets of a mask and one item of a lower number, and so on. */
function masksBelow(
  state: State,
  kept: Masked,
  code: number,
  mask: number,
  node: number,
  depth: number,
): void {
  if (depth >= state.maxLength) return
  for (let lower = 0; lower < code && !state.stopped; lower++) {
    const count = counters[mask | (1 << lower)] as number
    if (count < state.minCount) continue
    const child = found(state, node, kept.next.ranks[lower] as number, count, depth + 1)
    if (lower > 0) masksBelow(state, kept, lower, mask | (1 << lower), child, depth + 1)
  }
}
