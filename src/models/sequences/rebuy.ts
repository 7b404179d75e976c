/** How long it takes until an item is bought again, those counted who have not done so yet. */
import { customersIn, type Histories } from './histories.ts'

export interface Rebuying {
  /** Customers who bought each item. */
  readonly customers: Int32Array
  /** Those whose window after their first purchase of it is closed, and those of them who bought it again in time. */
  readonly anchors: Int32Array
  readonly rebought: Int32Array
  /** Days between two purchases of the item by a customer, of item i `gap[start[i]]` up to `gap[start[i + 1] - 1]`, rising. */
  readonly start: Uint32Array
  readonly gap: Int32Array
  /**
   * The day by which half have bought again, by Kaplan and Meier (1958): times since a customer's last purchase that
   * are still open count as far as they go. NaN where so many never do.
   */
  readonly medianOfAll: Float64Array
}

export function rebuying(histories: Histories, { within, end }: { within: number; end: number }): Rebuying {
  const { items } = histories
  const [customers, anchors, rebought] = [0, 1, 2].map(() => new Int32Array(items)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  const [closed, open]: [number[][], number[][]] = [
    Array.from({ length: items }, () => []),
    Array.from({ length: items }, () => []),
  ]
  eachItem(histories, (item, days) => {
    customers[item] = (customers[item] as number) + 1
    const [first, second] = days as [number, number | undefined]
    if (first + within <= end) {
      anchors[item] = (anchors[item] as number) + 1
      if (second !== undefined && second - first <= within) rebought[item] = (rebought[item] as number) + 1
    }
    for (let i = 1; i < days.length; i++) closed[item]?.push((days[i] as number) - (days[i - 1] as number))
    open[item]?.push(end - (days.at(-1) as number))
  })
  const start = new Uint32Array(items + 1)
  closed.forEach((gaps, item) => {
    start[item + 1] = (start[item] as number) + gaps.length
  })
  const gap = new Int32Array(start[items] as number)
  closed.forEach((gaps, item) => {
    gap.set(Int32Array.from(gaps).sort(), start[item])
  })
  const medianOfAll = Float64Array.from(closed, (gaps, item) => medianSurvival(gaps, open[item] as number[]))
  return { customers, anchors, rebought, start, gap, medianOfAll }
}

/** Calls with the days on which a customer bought an item, for every item of every customer. */
function eachItem(histories: Histories, call: (item: number, days: readonly number[]) => void): void {
  const { visit, day, start, item } = histories
  for (let customer = 0; customer < customersIn(histories); customer++) {
    const days = new Map<number, number[]>()
    for (let at = visit[customer] as number; at < (visit[customer + 1] as number); at++) {
      for (let i = start[at] as number; i < (start[at + 1] as number); i++) {
        const each = item[i] as number
        const own = days.get(each)
        if (own) own.push(day[at] as number)
        else days.set(each, [day[at] as number])
      }
    }
    for (const [each, own] of days) call(each, own)
  }
}

const ROUNDING = 1e-12

/** The first time at which the Kaplan-Meier estimate of "not yet" is at most a half. */
export function medianSurvival(events: readonly number[], open: readonly number[]): number {
  const times = [...events].sort((a, b) => a - b)
  const censored = [...open].sort((a, b) => a - b)
  let [atRisk, survival, gone] = [events.length + open.length, 1, 0]
  for (let i = 0; i < times.length; ) {
    const time = times[i] as number
    while (gone < censored.length && (censored[gone] as number) < time) {
      gone++
      atRisk--
    }
    let now = 0
    while (times[i + now] === time) now++
    survival *= 1 - now / atRisk
    // Products of parts such as 23/24 miss a half by rounding.
    if (survival <= 0.5 + ROUNDING) return time
    atRisk -= now
    i += now
  }
  return Number.NaN
}
