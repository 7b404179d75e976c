/** Repeat purchases of all customers together, week by week: what was, and what the model expects. */
import type { Purchases } from '../../core/purchases.ts'
import type { Columns } from '../../core/report.ts'
import type { Groups } from '../../models/clv/histories.ts'
import { expectedNew, type Fitted } from '../../models/clv/model.ts'
import type spec from './index.ts'

const WEEK = 7

interface Tracked {
  readonly fitted: Fitted
  readonly unit: number
  readonly first: number
  readonly end: number
  /** The group of each customer. */
  readonly known: Groups | undefined
}

export function trackingSheet(
  { start, day }: Purchases,
  { fitted, unit, first, end, known }: Tracked,
): Columns<(typeof spec)['gives']['tracking']> {
  const customers = start.length - 1
  const span = end - first + 1
  const groups = known?.design ?? [[]]
  const births = groups.map(() => new Float64Array(span))
  const weeks = Math.max(1, Math.ceil(span / WEEK))
  const actual = new Float64Array(weeks)
  for (let customer = 0; customer < customers; customer++) {
    const begin = start[customer] as number
    const born = (day[begin] as number) - first
    if (born >= span) continue
    const own = births[known?.of[customer] ?? 0] as Float64Array
    own[born] = (own[born] as number) + 1
    for (let at = begin + 1; at < (start[customer + 1] as number); at++) {
      const week = Math.floor(((day[at] as number) - first) / WEEK)
      if (week < weeks) actual[week] = (actual[week] as number) + 1
    }
  }
  // What a customer buys by an age in days depends on nothing else.
  const byAge = groups.map((_, group) =>
    Float64Array.from({ length: span + WEEK }, (_, age) => expectedNew(fitted, age / unit, known, group)),
  )
  const until = (week: number) => Math.min(WEEK * (week + 1), span) - 1
  const total = Float64Array.from({ length: weeks }, (_, week) => {
    const last = until(week)
    let sum = 0
    births.forEach((own, group) => {
      const bought = byAge[group] as Float64Array
      for (let born = 0; born <= last; born++) sum += (own[born] as number) * (bought[last - born] as number)
    })
    return sum
  })
  let made = 0
  return {
    end: Int32Array.from(total, (_, week) => first + until(week)),
    actual,
    expected: total.map((sum, week) => sum - (total[week - 1] ?? 0)),
    actual_cumulative: actual.map((count) => {
      made += count
      return made
    }),
    expected_cumulative: total,
  }
}
