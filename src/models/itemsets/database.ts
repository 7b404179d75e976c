/**
 * Baskets as a database for mining: one array of rows, each the negated number of baskets that are like it, then its
 * items by rising rank; and of each item the rows that hold it.
 */
import { type Baskets, basketsIn } from './baskets.ts'

/** The database of an itemset: its rows, and which of them each item is in. */
export interface Level {
  cells: Int32Array
  /** Rows of item i, by their first cell: `rows[first[i]]` up to `rows[first[i + 1] - 1]`, without those it begins. */
  rows: Int32Array
  first: Int32Array
  /** The rank of each item of this database. */
  ranks: Int32Array
  /** Scratch: baskets of each item in the rows of one of them; its number in the next database, or -1. */
  counts: Int32Array
  codes: Int32Array
  /** Scratch of merging equal rows. */
  slots: Int32Array
}

export const emptyLevel = (): Level => ({
  cells: new Int32Array(0),
  rows: new Int32Array(0),
  first: new Int32Array(1),
  ranks: new Int32Array(0),
  counts: new Int32Array(0),
  codes: new Int32Array(0),
  slots: new Int32Array(0),
})

// The whole database -----------------------------------------------------------------------------------

export function databaseOf(baskets: Baskets, ranked: Int32Array, items: number, maxLength: number): Level {
  const level = emptyLevel()
  sizeScratch(level, ranked.length)
  level.ranks = Int32Array.from(ranked.keys())
  if (maxLength < 2) return level
  const rankOf = new Int32Array(items).fill(-1)
  ranked.forEach((item, rank) => {
    rankOf[item] = rank
  })
  const { start, item, weight } = baskets
  const cells = new Int32Array(item.length + basketsIn(baskets))
  const merge = merger(level, cells, basketsIn(baskets))
  let size = 0
  for (let basket = 0; basket < basketsIn(baskets); basket++) {
    const from = size
    cells[size++] = -(weight ? (weight[basket] as number) : 1)
    for (let at = start[basket] as number; at < (start[basket + 1] as number); at++) {
      const rank = rankOf[item[at] as number] as number
      if (rank >= 0) size = inserted(cells, from, size, rank)
    }
    size = size - from < 3 ? from : merge(from, size)
  }
  level.cells = cells
  index(level, size, ranked.length)
  return level
}

/** Insertion by rising rank: baskets are short. */
function inserted(cells: Int32Array, from: number, size: number, rank: number): number {
  let at = size
  for (; at - 1 > from && (cells[at - 1] as number) > rank; at--) cells[at] = cells[at - 1] as number
  cells[at] = rank
  return size + 1
}

export function sizeScratch(level: Level, items: number): void {
  if (level.counts.length < items) {
    level.counts = new Int32Array(Math.max(items, 2 * level.counts.length))
    level.codes = new Int32Array(level.counts.length)
    level.ranks = new Int32Array(level.counts.length)
    level.first = new Int32Array(level.counts.length + 1)
  }
}

/** Rows that are equal become one. Answers a function that ends a row and says where the next one begins. */
export function merger(level: Level, cells: Int32Array, rows: number): (from: number, end: number) => number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(8, 2 * rows)))
  if (level.slots.length < wanted) level.slots = new Int32Array(wanted)
  else level.slots.fill(0, 0, wanted)
  const { slots } = level
  const mask = wanted - 1
  let [ended, merged] = [0, 0]
  return (from, end) => {
    // Where hardly any are equal, looking for them costs more than it saves.
    if (++ended > TRIAL && merged * 20 < ended) return end
    let hash = end - from
    for (let at = from + 1; at < end; at++)
      hash = Math.imul(hash ^ (cells[at] as number), 0x9e3779b1) ^ (hash >>> 15)
    let slot = (hash ^ (hash >>> 16)) & mask
    for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
      // Slots hold a place plus one.
      if (isSameRow(cells, held - 1, from, end)) {
        cells[held - 1] = (cells[held - 1] as number) + (cells[from] as number)
        merged++
        return from
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = from + 1
    return end
  }
}

const TRIAL = 20_000

/** The row ends where another begins, at a negative cell; `end` is where the new one ends. */
function isSameRow(cells: Int32Array, held: number, from: number, end: number): boolean {
  const length = end - from
  for (let i = 1; i < length; i++) if (cells[held + i] !== cells[from + i]) return false
  return held + length === from || (cells[held + length] as number) < 0
}

/** Notes the rows of each item. A row is no use to the item that it begins with: nothing is before it. */
export function index(level: Level, size: number, items: number): void {
  const { cells, first } = level
  first.fill(0, 0, items + 1)
  let entries = 0
  for (let at = 0; at < size; at++) {
    if ((cells[at] as number) < 0) {
      at++
      continue
    }
    const item = cells[at] as number
    first[item + 1] = (first[item + 1] as number) + 1
    entries++
  }
  for (let item = 0; item < items; item++)
    first[item + 1] = (first[item + 1] as number) + (first[item] as number)
  if (level.rows.length < entries)
    level.rows = new Int32Array(Math.max(entries, Math.min(2 * level.rows.length, 1 << 20)))
  const { rows } = level
  let row = 0
  for (let at = 0; at < size; at++) {
    if ((cells[at] as number) < 0) {
      row = at++
      continue
    }
    const item = cells[at] as number
    rows[first[item] as number] = row
    first[item] = (first[item] as number) + 1
  }
  // Filling moved every start to the next one's.
  for (let item = items; item > 0; item--) first[item] = first[item - 1] as number
  first[0] = 0
}
