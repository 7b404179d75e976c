/**
 * What is bought next: of the customers who bought A, the share who buy B on a later day within so many, counted
 * from their first A. Whoever's window is still open at the end of the data is in neither part of the share.
 */
import { upperTail } from '../hypergeometric.ts'
import { pairHash } from '../pairHash.ts'
import { customersIn, type Histories } from './histories.ts'

export interface NextOptions {
  /** Days after the first purchase of an item that count. */
  readonly within: number
  /** The last day of observation. */
  readonly end: number
  /** Pairs of items that fewer customers bought one after the other are not kept. */
  readonly least: number
}

export interface NextItems {
  /** Pair p is `from[p]`, then `to[p]`; by falling count. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Customers who bought the one and, in time, the other. */
  readonly bought: Int32Array
  /** Customers whose window after their first purchase of each item is closed. */
  readonly anchors: Int32Array
  /** The same for their first purchase of anything, and how many of those bought each item in time. */
  readonly everyone: number
  readonly base: Int32Array
  /** P of as many or more if the first item meant nothing (Fisher's exact test against everyone's first window). */
  readonly p: Float64Array
  /** Pairs that could have been found: the others have p = 1. */
  readonly tests: number
  /** Half of the buyers took at most so many days. */
  readonly medianDays: Float64Array
}

export function nextItems(histories: Histories, options: NextOptions): NextItems {
  const { items } = histories
  const [anchors, base] = [new Int32Array(items), new Int32Array(items)]
  const pairs = pairCounter(items)
  let everyone = 0
  walk(histories, options, {
    anchor: (item) => bump(anchors, item),
    first: () => everyone++,
    follows: (item) => bump(base, item),
    pair: (from, to) => pairs.add(from, to),
  })
  const kept = pairs.atLeast(options.least)
  const places = new Map(kept.map(({ from, to }, i) => [from * items + to, i]))
  const days = daysOfPairs(histories, options, places, kept)
  const p = Float64Array.from(kept, ({ from, to, count }) => {
    const [own, all] = [anchors[from] as number, base[to] as number]
    return upperTail(count, { total: own + everyone, marked: count + all, drawn: own })
  })
  const often = (counts: Int32Array) =>
    counts.reduce((sum, count) => sum + (count >= options.least ? 1 : 0), 0)
  return {
    from: Int32Array.from(kept, ({ from }) => from),
    to: Int32Array.from(kept, ({ to }) => to),
    bought: Int32Array.from(kept, ({ count }) => count),
    anchors,
    everyone,
    base,
    p,
    tests: Math.max(kept.length, often(anchors) * (often(base) - 1)),
    medianDays: days,
  }
}

const bump = (counts: Int32Array, at: number): void => {
  counts[at] = (counts[at] as number) + 1
}

interface Listener {
  /** A customer's first purchase of the item, whose window is closed. */
  anchor(item: number): void
  /** A customer's first purchase, whose window is closed. */
  first(): void
  /** The item was bought within the window of the first purchase. */
  follows(item: number): void
  /** The second item was bought within the window of the first one, so many days later. */
  pair(from: number, to: number, days: number): void
}

/** Tells, customer by customer, what followed what. Time: for each first purchase of an item what is in its window. */
function walk(histories: Histories, { within, end }: NextOptions, listener: Listener): void {
  const { visit, day, start, item, items } = histories
  const [seenBy, followedIn] = [new Int32Array(items).fill(-1), new Int32Array(items).fill(-1)]
  let window = 0
  const following = (from: number, to: number, each: (item: number, days: number) => void) => {
    window++
    for (let later = from + 1; later < to; later++) {
      const days = (day[later] as number) - (day[from] as number)
      if (days > within) break
      for (let at = start[later] as number; at < (start[later + 1] as number); at++) {
        const other = item[at] as number
        if (followedIn[other] === window) continue
        followedIn[other] = window
        each(other, days)
      }
    }
  }
  for (let customer = 0; customer < customersIn(histories); customer++) {
    const [begin, to] = [visit[customer] as number, visit[customer + 1] as number]
    if (begin === to) continue
    if ((day[begin] as number) + within <= end) {
      listener.first()
      following(begin, to, listener.follows)
    }
    for (let from = begin; from < to && (day[from] as number) + within <= end; from++) {
      const anchors: number[] = []
      for (let at = start[from] as number; at < (start[from + 1] as number); at++) {
        const each = item[at] as number
        if (seenBy[each] === customer) continue
        seenBy[each] = customer
        anchors.push(each)
        listener.anchor(each)
      }
      if (anchors.length === 0) continue
      following(from, to, (other, days) => {
        for (const anchor of anchors) if (anchor !== other) listener.pair(anchor, other, days)
      })
    }
  }
}

function daysOfPairs(
  histories: Histories,
  options: NextOptions,
  places: ReadonlyMap<number, number>,
  kept: readonly Pair[],
): Float64Array {
  const start = new Uint32Array(kept.length + 1)
  kept.forEach(({ count }, i) => {
    start[i + 1] = (start[i] as number) + count
  })
  const [next, all] = [start.slice(), new Int32Array(start[kept.length] as number)]
  const nothing = () => {}
  walk(histories, options, {
    anchor: nothing,
    first: nothing,
    follows: nothing,
    pair: (from, to, days) => {
      const place = places.get(from * histories.items + to)
      if (place === undefined) return
      all[next[place] as number] = days
      next[place] = (next[place] as number) + 1
    },
  })
  return Float64Array.from(kept, (_, i) => middle(all.subarray(start[i], start[i + 1]).sort()))
}

function middle(sorted: Int32Array): number {
  const half = (sorted.length - 1) / 2
  return ((sorted[Math.floor(half)] as number) + (sorted[Math.ceil(half)] as number)) / 2
}

// Counting pairs ---------------------------------------------------------------------------------------

interface Pair {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Open addressing: 12 bytes for each of at most four slots a pair. */
function pairCounter(items: number) {
  let [from, to, counts] = [
    new Int32Array(1 << 12).fill(-1),
    new Int32Array(1 << 12),
    new Int32Array(1 << 12),
  ]
  let size = 0
  const slotOf = (a: number, b: number): number => {
    let slot = pairHash(a, b) & (from.length - 1)
    while (from[slot] !== -1 && (from[slot] !== a || to[slot] !== b)) slot = (slot + 1) & (from.length - 1)
    return slot
  }
  const grow = () => {
    const [a, b, c] = [from, to, counts]
    from = new Int32Array(2 * a.length).fill(-1)
    to = new Int32Array(2 * a.length)
    counts = new Int32Array(2 * a.length)
    for (let i = 0; i < a.length; i++) {
      if (a[i] === -1) continue
      const slot = slotOf(a[i] as number, b[i] as number)
      from[slot] = a[i] as number
      to[slot] = b[i] as number
      counts[slot] = c[i] as number
    }
  }
  return {
    add(a: number, b: number): void {
      const slot = slotOf(a, b)
      if (from[slot] === -1) {
        from[slot] = a
        to[slot] = b
        if (++size * 2 > from.length) {
          grow()
          counts[slotOf(a, b)] = 1
          return
        }
      }
      counts[slot] = (counts[slot] as number) + 1
    },
    atLeast(least: number): Pair[] {
      const pairs: Pair[] = []
      for (let slot = 0; slot < from.length; slot++) {
        const count = counts[slot] as number
        if (from[slot] !== -1 && count >= least)
          pairs.push({ from: from[slot] as number, to: to[slot] as number, count })
      }
      return pairs.sort((x, y) => y.count - x.count || x.from * items + x.to - (y.from * items + y.to))
    },
  }
}
