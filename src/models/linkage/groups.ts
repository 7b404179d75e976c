/**
 * From weights of pairs to groups of records. Connected records are a component; inside one, all pairs count:
 * average linkage (Sokal and Michener 1958) on clipped weights, so that one false link joins no two families.
 */

import { descendingOrder, radixOrder } from '../order.ts'

export interface Links {
  readonly left: Int32Array
  readonly right: Int32Array
  /** Bits for a match; above 0: linked. */
  readonly bits: Float64Array
}

/** Bits outside are taken for these: one contradictory pair must not outvote four good ones, nor one perfect pair. */
const CLIPPED = { least: -4, most: 8 }
/** Larger components are taken apart by raising what a link must have, so many bits at a time. */
const LARGEST = 600
const STEP = 1.5

/** Union and find, by path halving; the smallest record stands for its component. */
export interface Union {
  rootOf(record: number): number
  join(one: number, other: number): void
}

export function unionOf(records: number): Union {
  const parent = new Int32Array(records)
  for (let i = 0; i < records; i++) parent[i] = i
  const rootOf = (record: number): number => {
    let at = record
    while (parent[at] !== at) {
      const above = parent[parent[at] as number] as number
      parent[at] = above
      at = above
    }
    return at
  }
  return {
    rootOf,
    join(one, other) {
      const [a, b] = [rootOf(one), rootOf(other)]
      if (a < b) parent[b] = a
      else parent[a] = b
    },
  }
}

/** Components of two records or more, each in ascending order, by their smallest record. */
export function componentsOf(records: number, { left, right }: Pick<Links, 'left' | 'right'>): Int32Array[] {
  const union = unionOf(records)
  for (let i = 0; i < left.length; i++) union.join(left[i] as number, right[i] as number)
  const members = new Map<number, number[]>()
  const linked = new Uint8Array(records)
  for (let i = 0; i < left.length; i++) {
    linked[left[i] as number] = 1
    linked[right[i] as number] = 1
  }
  for (let record = 0; record < records; record++) {
    if (linked[record] === 0) continue
    const root = union.rootOf(record)
    const list = members.get(root)
    if (list) list.push(record)
    else members.set(root, [record])
  }
  return [...members.values()].map((list) => Int32Array.from(list))
}

/** Components that are small enough to look at every pair: larger ones are rebuilt from their stronger links. */
export function smallComponents(records: number, links: Links): Int32Array[] {
  const small: Int32Array[] = []
  let rest = links
  let least = 0
  while (rest.left.length > 0) {
    const components = componentsOf(records, rest)
    const large = components.filter(({ length }) => length > LARGEST)
    for (const component of components) if (component.length <= LARGEST) small.push(component)
    if (large.length === 0) break
    const inside = new Uint8Array(records)
    for (const component of large) for (const record of component) inside[record] = 1
    least += STEP
    const stronger = linksWhere(
      rest,
      (i) => inside[rest.left[i] as number] === 1 && (rest.bits[i] as number) > least,
    )
    // What must be together is never taken apart.
    if (stronger.left.length > 0 && stronger.bits.every((each) => each === ALWAYS)) {
      for (const component of large) small.push(component)
      break
    }
    // Links that are all equally strong: there is nothing by which it could be taken apart but its size.
    if (stronger.left.length === 0) {
      small.push(
        ...limitedComponents(
          records,
          linksWhere(rest, (i) => inside[rest.left[i] as number] === 1),
        ),
      )
      break
    }
    rest = stronger
  }
  return small.sort((a, b) => (a[0] as number) - (b[0] as number))
}

/** The strongest links first, as long as a component stays small enough: a link that would make it larger is none. */
function limitedComponents(records: number, { left, right, bits }: Links): Int32Array[] {
  const byRecords = radixOrder(Uint32Array.from(left), radixOrder(Uint32Array.from(right)))
  const byStrength = descendingOrder(Float64Array.from(byRecords, (i) => bits[i] as number))
  const union = unionOf(records)
  const sizes = new Uint32Array(records).fill(1)
  const kept = Array.from(byStrength, (place) => byRecords[place] as number).filter((i) => {
    const [one, other] = [union.rootOf(left[i] as number), union.rootOf(right[i] as number)]
    const size = (sizes[one] as number) + (sizes[other] as number)
    if (one === other || size > LARGEST) return false
    union.join(one, other)
    sizes[union.rootOf(one)] = size
    return true
  })
  return componentsOf(records, {
    left: Int32Array.from(kept, (i) => left[i] as number),
    right: Int32Array.from(kept, (i) => right[i] as number),
  })
}

export function linksWhere({ left, right, bits }: Links, keeps: (i: number) => boolean): Links {
  const kept: number[] = []
  for (let i = 0; i < left.length; i++) if (keeps(i)) kept.push(i)
  return {
    left: Int32Array.from(kept, (i) => left[i] as number),
    right: Int32Array.from(kept, (i) => right[i] as number),
    bits: Float64Array.from(kept, (i) => bits[i] as number),
  }
}

/** Whatever the bits say: never together, or always. */
export const NEVER = Number.NEGATIVE_INFINITY
export const ALWAYS = Number.POSITIVE_INFINITY

/**
 * Groups of a component, as numbers from 0 up. `bits[i * size + j]`, the same both ways. The two groups with the
 * highest mean weight are merged while it is above 0; of equals those whose first members come first. Of what must
 * be together and apart at once the latter holds. O(size^2) for groups of a few, O(size^3) at worst.
 */
export function averageLinked(size: number, bits: Float64Array): Int32Array {
  const sums = bits.map((weight) =>
    weight === NEVER
      ? NEVER
      : weight === ALWAYS
        ? ALWAYS
        : Math.min(CLIPPED.most, Math.max(CLIPPED.least, weight)),
  )
  const counts = new Int32Array(size).fill(1)
  const parent = Int32Array.from({ length: size }, (_, i) => i)
  const alive = Array.from({ length: size }, (_, i) => i)
  const best = new Int32Array(size)
  const meanOf = (i: number, j: number): number =>
    (sums[i * size + j] as number) / ((counts[i] as number) * (counts[j] as number))
  const seek = (i: number) => {
    let [found, most] = [-1, Number.NEGATIVE_INFINITY]
    for (const j of alive) {
      if (j === i) continue
      const mean = meanOf(i, j)
      if (mean > most) [found, most] = [j, mean]
    }
    best[i] = found
  }
  for (const i of alive) seek(i)
  while (alive.length > 1) {
    let [one, most] = [-1, 0]
    for (const i of alive) {
      const j = best[i] as number
      if (j < 0) continue
      const mean = meanOf(i, j)
      if (mean > most) [one, most] = [i, mean]
    }
    if (one < 0) break
    const pair = [one, best[one] as number]
    const [kept, gone] = [Math.min(...pair), Math.max(...pair)]
    parent[gone] = kept
    alive.splice(alive.indexOf(gone), 1)
    for (const j of alive) {
      if (j === kept) continue
      const joined = addedWeights(sums[kept * size + j] as number, sums[gone * size + j] as number)
      sums[kept * size + j] = joined
      sums[j * size + kept] = joined
    }
    counts[kept] = (counts[kept] as number) + (counts[gone] as number)
    for (const i of alive) if (i === kept || best[i] === kept || best[i] === gone) seek(i)
    // A group that grew may have become the best of another.
    for (const i of alive) {
      if (i !== kept && (best[i] as number) >= 0 && meanOf(i, kept) > meanOf(i, best[i] as number))
        best[i] = kept
    }
  }
  return numbered(parent)
}

const addedWeights = (one: number, other: number): number =>
  one === NEVER || other === NEVER ? NEVER : one + other

function numbered(parent: Int32Array): Int32Array {
  const numbers = new Map<number, number>()
  return Int32Array.from(parent, (_, i) => {
    let root = i
    while (parent[root] !== root) root = parent[root] as number
    const known = numbers.get(root)
    if (known !== undefined) return known
    numbers.set(root, numbers.size)
    return numbers.size - 1
  })
}
