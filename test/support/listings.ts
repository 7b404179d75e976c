/** Lists of invented customers, written otherwise: the rows or columns in another order, other headers, more rows. */
import type { Listing } from '../../fixtures/people.ts'
import { mulberry32 } from '../../src/models/random.ts'

/** Numbers from 0 up in an order of chance. */
export function shuffled(count: number, seed: number): number[] {
  const random = mulberry32(seed)
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j] as number, order[i] as number]
  }
  return order
}

export function withRows(listing: Listing, order: readonly number[]): Listing {
  return {
    header: listing.header,
    truth: Uint32Array.from(order, (row) => listing.truth[row] as number),
    cells: (row) => listing.cells(order[row] as number),
  }
}

export function withOrder(listing: Listing, order: readonly number[]): Listing {
  const at = (cells: readonly string[]) => order.map((i) => cells[i] as string)
  return { ...listing, header: at(listing.header), cells: (row) => at(listing.cells(row)) }
}

export const withHeaders = (listing: Listing, names: Readonly<Record<string, string>>): Listing => ({
  ...listing,
  header: listing.header.map((name) => names[name] ?? name),
})

/** Further rows, each a customer of its own unless told. */
export function withMore(
  listing: Listing,
  rows: readonly (readonly string[])[],
  truth?: readonly number[],
): Listing {
  const { length } = listing.truth
  const next = listing.truth.reduce((most, each) => Math.max(most, each), 0) + 1
  const more = rows.map((_, i) => next + (truth?.[i] ?? i))
  return {
    header: listing.header,
    truth: Uint32Array.from([...listing.truth, ...more]),
    cells: (row) => (row < length ? listing.cells(row) : (rows[row - length] as readonly string[])),
  }
}
