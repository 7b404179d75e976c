/**
 * What is bought one after the other, by PrefixSpan (Pei et al. 2001) with a limit on the days between two steps:
 * as the first match of a beginning may be too early for its end, all visits at which it can end are followed.
 */
import { customersOfVisits, type Histories } from './histories.ts'

export interface PatternOptions {
  /** Customers who must have the pattern. */
  readonly least: number
  /** Items of a pattern, over all steps. */
  readonly maxLength: number
  /** Days between two steps; without a limit where undefined. */
  readonly maxGap?: number | undefined
  readonly budget?: number
}

/** Steps one after the other, each of items that were bought together, by rising number. */
export interface Pattern {
  readonly steps: readonly (readonly number[])[]
  readonly customers: number
  /** No longer pattern of the answer that holds it has as many customers. */
  readonly closed: boolean
}

export interface Patterns {
  readonly patterns: readonly Pattern[]
  /** There are more than the budget; then they are not all here, and `closed` means nothing. */
  readonly exceeded: boolean
}

export function sequentialPatterns(histories: Histories, options: PatternOptions): Patterns {
  const search: Search = {
    histories,
    options,
    owner: customersOfVisits(histories),
    found: [],
    exceeded: false,
    scratch: {
      seenBy: new Int32Array(histories.items).fill(-1),
      customers: new Int32Array(histories.items),
      visits: new Int32Array(histories.items),
    },
  }
  const everything = Int32Array.from(histories.day, (_, visit) => visit)
  for (const { item, ends } of extensions(search, everything)) {
    grow(search, [[item]], ends)
  }
  return { patterns: search.exceeded ? [] : withClosed(search.found), exceeded: search.exceeded }
}

interface Found {
  readonly steps: readonly (readonly number[])[]
  readonly customers: number
}

interface Search {
  readonly histories: Histories
  readonly options: PatternOptions
  /** The customer of each visit. */
  readonly owner: Int32Array
  readonly found: Found[]
  exceeded: boolean
  /** Of each item: the customer it was last counted for, the customers and the visits counted; zero between uses. */
  readonly scratch: {
    readonly seenBy: Int32Array
    readonly customers: Int32Array
    readonly visits: Int32Array
  }
}

/** Notes a pattern that can end at these visits, and those that go on from it. */
function grow(search: Search, steps: readonly (readonly number[])[], ends: Int32Array): void {
  const { found, options } = search
  if (search.exceeded) return
  found.push({ steps, customers: customersOf(search, ends) })
  if (found.length > (options.budget ?? Number.POSITIVE_INFINITY)) search.exceeded = true
  const length = steps.reduce((sum, step) => sum + step.length, 0)
  if (length >= options.maxLength) return
  const last = steps.at(-1) as readonly number[]
  const highest = last.at(-1) as number
  for (const { item, ends: further } of extensions(search, ends, highest)) {
    grow(search, [...steps.slice(0, -1), [...last, item]], further)
  }
  for (const { item, ends: further } of extensions(search, reachable(search, ends))) {
    grow(search, [...steps, [item]], further)
  }
}

function customersOf({ owner }: Search, ends: Int32Array): number {
  let [count, last] = [0, -1]
  for (const visit of ends) {
    if (owner[visit] === last) continue
    last = owner[visit] as number
    count++
  }
  return count
}

/** The visits that come after one of these, not later than the gap allows. Both are in rising order. */
function reachable({ histories, options, owner }: Search, ends: Int32Array): Int32Array {
  const { visit, day } = histories
  const gap = options.maxGap ?? Number.POSITIVE_INFINITY
  const later: number[] = []
  for (let i = 0; i < ends.length; i++) {
    const from = ends[i] as number
    const customer = owner[from] as number
    // From the next end on, that one is nearer.
    const isLast = i + 1 === ends.length || owner[ends[i + 1] as number] !== customer
    const to = isLast ? (visit[customer + 1] as number) - 1 : (ends[i + 1] as number)
    for (let at = from + 1; at <= to; at++) {
      if ((day[at] as number) - (day[from] as number) <= gap) later.push(at)
    }
  }
  return Int32Array.from(later)
}

interface Extension {
  readonly item: number
  readonly ends: Int32Array
}

/** Items above a number that enough customers have at these visits, with the visits at which they have them. */
function extensions(
  { histories, options, owner, scratch }: Search,
  visits: Int32Array,
  above = -1,
): Extension[] {
  const { start, item } = histories
  const { seenBy, customers, visits: count } = scratch
  const touched: number[] = []
  for (const visit of visits) {
    const customer = owner[visit] as number
    for (let at = start[visit] as number; at < (start[visit + 1] as number); at++) {
      const each = item[at] as number
      if (each <= above) continue
      if (count[each] === 0) touched.push(each)
      count[each] = (count[each] as number) + 1
      if (seenBy[each] === customer) continue
      seenBy[each] = customer
      customers[each] = (customers[each] as number) + 1
    }
  }
  const kept = touched.filter((each) => (customers[each] as number) >= options.least).sort((a, b) => a - b)
  const ends = new Map(kept.map((each) => [each, new Int32Array(count[each] as number)]))
  for (const each of touched) {
    seenBy[each] = -1
    customers[each] = 0
    count[each] = 0
  }
  for (const visit of visits) {
    for (let at = start[visit] as number; at < (start[visit + 1] as number); at++) {
      const each = item[at] as number
      const own = each > above ? ends.get(each) : undefined
      if (!own) continue
      own[count[each] as number] = visit
      count[each] = (count[each] as number) + 1
    }
  }
  for (const each of kept) count[each] = 0
  return kept.map((each) => ({ item: each, ends: ends.get(each) as Int32Array }))
}

// Closed -------------------------------------------------------------------------------------------------

/** Every shorter pattern that one holds is looked up: they are few, as patterns are short. */
function withClosed(found: readonly Found[]): Pattern[] {
  const open = new Set<string>()
  const customersOfKey = new Map(found.map(({ steps, customers }) => [keyOf(steps), customers]))
  for (const { steps, customers } of found) {
    for (const shorter of within(steps)) {
      const key = keyOf(shorter)
      if (customersOfKey.get(key) === customers) open.add(key)
    }
  }
  return found.map((pattern) => ({ ...pattern, closed: !open.has(keyOf(pattern.steps)) }))
}

const keyOf = (steps: readonly (readonly number[])[]): string =>
  steps.map((step) => step.join(' ')).join(' > ')

/** All patterns that are left when some items go, but not all. */
function within(steps: readonly (readonly number[])[]): (readonly (readonly number[])[])[] {
  const places = steps.flatMap((step, i) => step.map((item) => [i, item] as const))
  return Array.from({ length: 2 ** places.length - 2 }, (_, i) => i + 1).map((mask) => {
    const left = steps.map(() => [] as number[])
    places.forEach(([step, item], place) => {
      if ((mask >> place) & 1) left[step]?.push(item)
    })
    return left.filter((step) => step.length > 0)
  })
}
