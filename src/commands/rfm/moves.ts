/** Who moved: the segments of an earlier answer or an earlier day beside those of today. */
import { CustError } from '../../core/errors.ts'
import { name, type Sql, sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'
import type { Segment } from './segments.ts'

/** Segment names by customer id. */
export type Before = ReadonlyMap<string, string>

/** Segments as they were, by name, from a table with the columns customer_id and segment. */
export async function earlierSegments(table: Table, path: string): Promise<Before> {
  const [id, segment]: Sql[] = ['customer_id', 'segment'].map(name)
  const query = sql`select ${id as Sql}, ${segment as Sql} from ${table.from} as earlier`
  const fetched = await table.fetch(query, { id: 'text', segment: 'text' })
  const before = new Map<string, string>()
  fetched.id.forEach((customer, i) => {
    const was = fetched.segment[i]
    if (customer === null || typeof was !== 'string') return
    if (before.has(customer)) {
      throw new CustError('input', `${path} has the customer ${customer} twice`, 'give an answer of cust rfm')
    }
    before.set(customer, was)
  })
  return before
}

export interface Now {
  readonly id: readonly (string | null)[]
  /** The segment's number in `ranked`, per customer. */
  readonly codes: Uint16Array
  /** All segments, best first. */
  readonly ranked: readonly Segment[]
}

export interface Moves {
  readonly before: (string | null)[]
  readonly move: (string | null)[]
  /** Customers of the earlier answer who are not in this one, by id. */
  readonly gone: readonly string[]
  /** Earlier segments that the map of today does not know. */
  readonly strangers: readonly string[]
}

/** The move of every customer: up, down, same or new; those who left are listed as gone. */
export function movesOf(before: Before, { id, codes, ranked }: Now): Moves {
  const rank = new Map(ranked.map((segment, i) => [segment.name, i]))
  const here = new Set<string>()
  const was = id.map((customer) => {
    if (customer === null) return null
    here.add(customer)
    return before.get(customer) ?? null
  })
  const move = was.map((segment, row) => {
    if (segment === null) return 'new'
    const earlier = rank.get(segment)
    if (earlier === undefined) return null
    const now = codes[row] as number
    return now === earlier ? 'same' : now < earlier ? 'up' : 'down'
  })
  const gone = [...before.keys()].filter((customer) => !here.has(customer)).sort()
  const strangers = [...new Set(before.values())].filter((segment) => !rank.has(segment)).sort()
  return { before: was, move, gone, strangers }
}

interface Pair {
  readonly from: string
  readonly to: string
  customers: number
  sameCuts: number
}

/**
 * Customers by earlier and present segment, in the order of the map, those who are new or gone last.
 * `fixed` are the present segments by the earlier cuts: what moved because the customer did, not the others.
 */
export function transitionsSheet(
  before: Before,
  now: Now,
  moves: Moves,
  fixed: readonly string[] | undefined,
) {
  const names = now.ranked.map((segment) => segment.name)
  const order = [...names, ...moves.strangers, 'new', 'gone']
  const pairs = new Map<string, Pair>()
  const pairOf = (from: string, to: string): Pair => {
    const key = JSON.stringify([from, to])
    const pair = pairs.get(key) ?? { from, to, customers: 0, sameCuts: 0 }
    pairs.set(key, pair)
    return pair
  }
  now.id.forEach((_, row) => {
    const from = moves.before[row] ?? 'new'
    pairOf(from, names[now.codes[row] as number] as string).customers++
    if (fixed) pairOf(from, fixed[row] as string).sameCuts++
  })
  for (const customer of moves.gone) {
    const pair = pairOf(before.get(customer) as string, 'gone')
    pair.customers++
    if (fixed) pair.sameCuts++
  }
  const place = (segment: string) => order.indexOf(segment)
  const rows = [...pairs.values()].sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to))
  const totals = new Map<string, number>()
  for (const { from, customers } of rows) totals.set(from, (totals.get(from) ?? 0) + customers)
  return {
    from: rows.map(({ from }) => from),
    to: rows.map(({ to }) => to),
    customers: Float64Array.from(rows, ({ customers }) => customers),
    row_pct: Float64Array.from(rows, ({ from, customers }) => customers / (totals.get(from) as number)),
    customers_same_cuts: fixed ? Float64Array.from(rows, ({ sameCuts }) => sameCuts) : undefined,
  }
}
