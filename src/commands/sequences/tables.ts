/** The sheets of the answer. */
import type { ItemDays } from '../../core/itemLines.ts'
import type { OptionValues } from '../../core/options.ts'
import type { Columns } from '../../core/report.ts'
import { listText } from '../../core/texts.ts'
import { quantileSorted } from '../../models/quantile.ts'
import type { Histories } from '../../models/sequences/histories.ts'
import type { Pattern } from '../../models/sequences/patterns.ts'
import type { Rebuying } from '../../models/sequences/rebuy.ts'
import { dueNow, type Habit } from './due.ts'
import type spec from './index.ts'
import type { Pairs } from './pairs.ts'

type Gives = (typeof spec)['gives']
type Options = OptionValues<(typeof spec)['options']>

export interface Told {
  readonly histories: Histories
  readonly bought: ItemDays
  readonly pairs: Pairs
  readonly again: Rebuying
  readonly within: number
  readonly end: number
}

const orNone = (value: number): number => (Number.isFinite(value) ? value : Number.NaN)

export function nextSheet({ bought: { items }, pairs }: Told, { all, top }: Options): Columns<Gives['next']> {
  const { next, share, baseShare, q, reason } = pairs
  const rows = top === undefined ? pairs.shown : pairs.shown.slice(0, top)
  const numbers = (of: (pair: number) => number) => Float64Array.from(rows, of)
  const [from, to] = [(pair: number) => next.from[pair] as number, (pair: number) => next.to[pair] as number]
  return {
    item: rows.map((pair) => items[from(pair)] as string),
    next_item: rows.map((pair) => items[to(pair)] as string),
    customers: numbers((pair) => next.anchors[from(pair)] as number),
    bought: numbers((pair) => next.bought[pair] as number),
    share: numbers((pair) => share[pair] as number),
    base_share: numbers((pair) => baseShare[pair] as number),
    lift: numbers((pair) => orNone((share[pair] as number) / (baseShare[pair] as number))),
    q_value: numbers((pair) => q[pair] as number),
    median_days: numbers((pair) => next.medianDays[pair] as number),
    hidden: all ? rows.map((pair) => reason[pair] ?? null) : undefined,
  }
}

/** Items by customers who bought them again, then by their letters. */
export function rebuySheet({ bought: { items }, again }: Told): Columns<Gives['rebuy']> {
  const rows = [...items.keys()].filter((item) => (again.customers[item] as number) > 0)
  rows.sort((a, b) => (again.rebought[b] as number) - (again.rebought[a] as number) || a - b)
  const numbers = (of: (item: number) => number) => Float64Array.from(rows, of)
  const quarter = (k: number) =>
    numbers((item) => {
      const gaps = gapsOf(again, item)
      return gaps.length === 0 ? Number.NaN : quantileSorted(gaps, k, 4)
    })
  return {
    item: rows.map((item) => items[item] as string),
    customers: numbers((item) => again.customers[item] as number),
    closed_windows: numbers((item) => again.anchors[item] as number),
    rebuy_share: numbers((item) =>
      orNone((again.rebought[item] as number) / (again.anchors[item] as number)),
    ),
    gaps: numbers((item) => gapsOf(again, item).length),
    q25_days: quarter(1),
    median_days: quarter(2),
    q75_days: quarter(3),
    median_days_of_all: numbers((item) => again.medianOfAll[item] as number),
  }
}

const gapsOf = ({ start, gap }: Rebuying, item: number): Int32Array =>
  gap.subarray(start[item], start[item + 1])

export function dueSheet(
  { histories, bought, pairs, again, within, end }: Told,
  options: Options,
): Columns<Gives['due']> {
  const habits = [...habitsOfPairs(pairs), ...habitsOfItems(again, options)]
  const due = dueNow(histories, habits, { within, end })
  return {
    customer_id: due.map(({ customer }) => bought.customers[customer] as string),
    item: due.map(({ habit }) => bought.items[habit.to] as string),
    because: due.map(({ habit }) => bought.items[habit.from] as string),
    last_date: Int32Array.from(due, ({ last }) => last),
    days_since: Int32Array.from(due, ({ since }) => since),
    usual_days: Float64Array.from(due, ({ habit }) => habit.days),
    share: Float64Array.from(due, ({ habit }) => habit.share),
  }
}

const habitsOfPairs = ({ next, share, reason }: Pairs): Habit[] =>
  [...reason.keys()]
    .filter((pair) => reason[pair] === null)
    .map((pair) => ({
      from: next.from[pair] as number,
      to: next.to[pair] as number,
      days: next.medianDays[pair] as number,
      share: share[pair] as number,
    }))

/** Items that enough customers bought again. */
const habitsOfItems = (again: Rebuying, { minCustomers }: Options): Habit[] =>
  [...again.rebought.keys()]
    .filter((item) => (again.rebought[item] as number) >= minCustomers)
    .map((item) => ({
      from: item,
      to: item,
      days: quantileSorted(gapsOf(again, item), 1, 2),
      share: (again.rebought[item] as number) / (again.anchors[item] as number),
    }))

/** An item that holds what stands between steps is in quotes. */
const quoted = (item: string): string => (item.includes(' > ') ? `"${item.replaceAll('"', '""')}"` : item)

/** By customers, the shorter ones first, then by the letters. */
export function patternsSheet(
  { bought }: Told,
  patterns: readonly Pattern[],
  { all }: Options,
): Columns<Gives['patterns']> {
  const rows = patterns
    .filter(({ closed }) => all || closed)
    .map(({ steps, ...rest }) => {
      const stepText = (step: readonly number[]) =>
        listText(
          step.map((item) => quoted(bought.items[item] as string)),
          ' + ',
        )
      const text = steps.map(stepText).join(' > ')
      return { ...rest, text, steps: steps.length, items: steps.reduce((sum, step) => sum + step.length, 0) }
    })
    .sort((a, b) => b.customers - a.customers || a.items - b.items || (a.text < b.text ? -1 : 1))
  const numbers = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of)
  return {
    pattern: rows.map(({ text }) => text),
    items: numbers(({ items }) => items),
    steps: numbers(({ steps }) => steps),
    customers: numbers(({ customers }) => customers),
    share: numbers(({ customers }) => customers / bought.customers.length),
    closed: rows.map(({ closed }) => (closed ? 'yes' : null)),
  }
}
