/** Runs `cust rules` over lines in memory, or its search over baskets. */

import type { Leveled } from '../../src/commands/rules/hierarchy.ts'
import spec from '../../src/commands/rules/index.ts'
import type { Options } from '../../src/commands/rules/read.ts'
import { run } from '../../src/commands/rules/run.ts'
import { type Found, searchAt, searchAuto } from '../../src/commands/rules/search.ts'
import type { Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import { type Baskets, gather, itemCounts, totalOf } from '../../src/models/itemsets/baskets.ts'
import { pathOf } from '../../src/models/itemsets/trie.ts'
import type { Line } from './lines.ts'
import * as any from './ran.ts'

type Gives = (typeof spec)['gives']
export type Ran = any.Ran<Gives>

export const rulesOver = (lines: Table, options: Partial<Options>): Promise<Ran> =>
  any.ranOver(spec, run, lines, options)

export const rules = (lines: readonly Line[], options: Partial<Options> = {}): Promise<Ran> =>
  any.ran(spec, run, lines, options)

export const sheet = <K extends keyof Gives & string>(ran: Ran, name: K): Columns<Gives[K]> =>
  any.sheetOf(ran, name)

const defaults = Object.fromEntries(
  Object.entries(spec.options).map(([key, option]) => [key, option.default]),
) as unknown as Options

const nothing = {
  lhs: new Set<number>(),
  rhs: new Set<number>(),
  contains: new Set<number>(),
  not: new Set<number>(),
}

/** The search over baskets, at a support or at one that it finds out. */
export function search(
  baskets: Baskets,
  names: readonly string[],
  { minCount, ...options }: Partial<Options> & { readonly minCount?: number } = {},
): Found {
  const none = new Float64Array(names.length).fill(Number.NaN)
  const known: Leveled = {
    baskets,
    names,
    counts: itemCounts(baskets, names.length),
    total: totalOf(baskets),
    totals: { units: none, money: none },
    tally: { read: 0, used: 0, leftOut: [] },
    cleaned: [],
    basketIs: 'a basket',
    isWithin: undefined,
  }
  const asked = { ...defaults, ...options }
  return minCount === undefined
    ? searchAuto(known, nothing, asked)
    : searchAt(known, nothing, asked, minCount)
}

/** The rules that are shown, as the names of their sides. */
export function shownRules({ shown, rules: all, mined }: Found, names: readonly string[]) {
  const named = (node: number) =>
    pathOf(mined, node).map((rank) => names[mined.items[rank] as number] as string)
  return shown.map((rule) => ({
    left: named(all.left[rule] as number),
    right: named(all.right[rule] as number),
  }))
}

/** Baskets from their items. */
export function basketsOf(held: readonly Iterable<number>[], items: number): Baskets {
  const lines = held.flatMap((basket, i) => [...basket].map((item) => [i, item] as const))
  const basket = Int32Array.from(lines, ([each]) => each)
  return gather({ basket, item: Int32Array.from(lines, ([, item]) => item) }, held.length, items).baskets
}
