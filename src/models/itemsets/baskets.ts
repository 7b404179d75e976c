/** Baskets as arrays: which items were bought together, by the numbers of the items. */

export interface Baskets {
  /** Basket b holds `item[start[b]]` up to `item[start[b + 1] - 1]`: each item once, in any order. */
  readonly start: Uint32Array
  readonly item: Int32Array
  /** How many times a basket counts, whole numbers; once where undefined. */
  readonly weight?: Int32Array | undefined
}

export const basketsIn = ({ start }: Baskets): number => start.length - 1

/** How many baskets there are, each as often as it counts. */
export function totalOf(baskets: Baskets): number {
  const { weight } = baskets
  return weight ? weight.reduce((sum, each) => sum + each, 0) : basketsIn(baskets)
}

/** How many baskets hold each of `items` items. */
export function itemCounts({ start, item, weight }: Baskets, items: number): Int32Array {
  const counts = new Int32Array(items)
  if (!weight) {
    for (const each of item) counts[each] = (counts[each] as number) + 1
    return counts
  }
  for (let basket = 0; basket < weight.length; basket++) {
    const times = weight[basket] as number
    for (let at = start[basket] as number; at < (start[basket + 1] as number); at++) {
      const each = item[at] as number
      counts[each] = (counts[each] as number) + times
    }
  }
  return counts
}

/** Some of the baskets, in their order. */
export function basketsWhere(baskets: Baskets, isKept: (basket: number) => boolean): Baskets {
  const { start, item, weight } = baskets
  const kept = Uint32Array.from({ length: basketsIn(baskets) }, (_, basket) => basket).filter(isKept)
  const [starts, items] = [new Uint32Array(kept.length + 1), new Int32Array(item.length)]
  let size = 0
  kept.forEach((basket, i) => {
    const own = item.subarray(start[basket], start[basket + 1])
    items.set(own, size)
    size += own.length
    starts[i + 1] = size
  })
  const weights = weight && Int32Array.from(kept, (basket) => weight[basket] as number)
  return { start: starts, item: items.slice(0, size), weight: weights }
}

/** How many items each basket has. */
export const widthsOf = ({ start }: Baskets): Uint32Array =>
  Uint32Array.from({ length: start.length - 1 }, (_, b) => (start[b + 1] as number) - (start[b] as number))

/** Line after line, which basket and which item it names. */
export interface BasketLines {
  readonly basket: Int32Array
  readonly item: Int32Array
}

export interface Gathered {
  readonly baskets: Baskets
  /** Lines whose item their basket had already. */
  readonly repeated: number
}

/** Lines to baskets, whatever the order of the lines, by counting: O(lines + baskets + items). */
export function gather({ basket, item }: BasketLines, baskets: number, items: number): Gathered {
  const start = new Uint32Array(baskets + 1)
  for (const each of basket) start[each + 1] = (start[each + 1] as number) + 1
  for (let b = 0; b < baskets; b++) start[b + 1] = (start[b + 1] as number) + (start[b] as number)
  const next = start.slice(0, baskets)
  const held = new Int32Array(item.length)
  for (let line = 0; line < item.length; line++) {
    const owner = basket[line] as number
    held[next[owner] as number] = item[line] as number
    next[owner] = (next[owner] as number) + 1
  }
  const size = withoutRepeats(start, held, items)
  const all = { start, item: size === held.length ? held : held.slice(0, size) }
  return { baskets: all, repeated: item.length - size }
}

/** Keeps the first of equal items of each basket, in place; answers how many are left. */
function withoutRepeats(start: Uint32Array, held: Int32Array, items: number): number {
  const seenIn = new Int32Array(items).fill(-1)
  let size = 0
  let from = 0
  for (let basket = 0; basket + 1 < start.length; basket++) {
    const end = start[basket + 1] as number
    for (let at = from; at < end; at++) {
      const each = held[at] as number
      if (seenIn[each] === basket) continue
      seenIn[each] = basket
      held[size++] = each
    }
    from = end
    start[basket + 1] = size
  }
  return size
}
