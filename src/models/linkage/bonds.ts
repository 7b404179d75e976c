/** What is known for certain of pairs of records: that they are one customer, or that they are not. */
import { ALWAYS, type Links, linksWhere, NEVER } from './groups.ts'

export interface Bonds {
  readonly left: Int32Array
  readonly right: Int32Array
  /** By pair: 1 together, 0 apart. */
  readonly same: Uint8Array
}

/** Places of pairs: one that is apart, and those that put the same two together, in their order. */
export interface Contradiction {
  readonly apart: number
  readonly together: readonly number[]
}

type Neighbours = Map<number, (readonly [record: number, place: number])[]>

/** The first pair apart that others put together, if there is one, by as few of them as do. */
export function contradictionIn({ left, right, same }: Bonds): Contradiction | undefined {
  const neighbours: Neighbours = new Map()
  const add = (from: number, to: number, place: number) => {
    const known = neighbours.get(from)
    if (known) known.push([to, place])
    else neighbours.set(from, [[to, place]])
  }
  same.forEach((together, place) => {
    if (together === 0) return
    add(left[place] as number, right[place] as number, place)
    add(right[place] as number, left[place] as number, place)
  })
  for (let apart = 0; apart < same.length; apart++) {
    if (same[apart] === 1) continue
    const together = wayBetween(left[apart] as number, right[apart] as number, neighbours)
    if (together) return { apart, together: together.sort((a, b) => a - b) }
  }
  return undefined
}

/** Breadth first: places of the pairs that lead from one record to the other. */
function wayBetween(from: number, to: number, neighbours: Neighbours): number[] | undefined {
  const cameBy = new Map<number, readonly [before: number, place: number]>([[from, [from, -1]]])
  for (const record of cameBy.keys()) {
    for (const [next, place] of neighbours.get(record) ?? []) {
      if (!cameBy.has(next)) cameBy.set(next, [record, place])
    }
    if (cameBy.has(to)) break
  }
  if (!cameBy.has(to)) return undefined
  const way: number[] = []
  for (let at = to; at !== from; ) {
    const [before, place] = cameBy.get(at) as readonly [number, number]
    way.push(place)
    at = before
  }
  return way
}

/** ALWAYS or NEVER for the two records of a bond, undefined for all others. */
export function bondsBetween({
  left,
  right,
  same,
}: Bonds): (one: number, other: number) => number | undefined {
  const known = new Map<string, number>()
  same.forEach((together, place) => {
    const bits = together === 1 ? ALWAYS : NEVER
    known.set(`${left[place]} ${right[place]}`, bits)
    known.set(`${right[place]} ${left[place]}`, bits)
  })
  const touched = new Set([...left, ...right])
  return (one, other) => (touched.has(one) ? known.get(`${one} ${other}`) : undefined)
}

/** Links as the bonds have them: none between records that are apart, and one between all that are together. */
export function boundLinks(links: Links, bonds: Bonds): Links {
  const bond = bondsBetween(bonds)
  const free = linksWhere(links, (i) => bond(links.left[i] as number, links.right[i] as number) === undefined)
  const together = [...bonds.same.keys()].filter((place) => bonds.same[place] === 1)
  return {
    left: Int32Array.from([...free.left, ...together.map((place) => bonds.left[place] as number)]),
    right: Int32Array.from([...free.right, ...together.map((place) => bonds.right[place] as number)]),
    bits: Float64Array.from([...free.bits, ...together.map(() => ALWAYS)]),
  }
}
