/** Links between two files: the best for each record, or each record at most once. */
import type { Links } from './groups.ts'

/** Links from the strongest to the weakest; of equals those whose records come first. */
function strongestFirst({ left, right, bits }: Links): number[] {
  const order = Array.from(bits.keys())
  return order.sort(
    (a, b) =>
      (bits[b] as number) - (bits[a] as number) ||
      (left[a] as number) - (left[b] as number) ||
      (right[a] as number) - (right[b] as number),
  )
}

/** The numbers of the links that are the strongest of their left record. */
export function bestLinks(links: Links): number[] {
  const done = new Set<number>()
  return strongestFirst(links).filter((i) => {
    const one = links.left[i] as number
    return !done.has(one) && done.add(one)
  })
}

/** How many rows a record stands for. */
export type Capacity = (record: number) => number

/**
 * The strongest link that both sides still have rows for, again and again: of those that are left it is the first
 * choice of both. Each with the number of rows that it links.
 */
export function oneToOneLinks(
  links: Links,
  capacity: Capacity,
): { readonly link: number; readonly rows: number }[] {
  const used = new Map<number, number>()
  const left = (record: number): number => capacity(record) - (used.get(record) ?? 0)
  return strongestFirst(links).flatMap((link) => {
    const [one, other] = [links.left[link] as number, links.right[link] as number]
    const rows = Math.min(left(one), left(other))
    if (rows <= 0) return []
    for (const record of [one, other]) used.set(record, (used.get(record) ?? 0) + rows)
    return [{ link, rows }]
  })
}
