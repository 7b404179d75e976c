/** From days to periods: sums, what is whole, what came before. */
import { formatDay } from '../../core/days.ts'
import { exactMoney } from '../../core/orders.ts'
import type { Money } from '../../core/report.ts'
import { type By, startOf, YEAR_OF } from './calendar.ts'
import type { Days } from './days.ts'

export const metrics = ['revenue', 'orders', 'customers', 'aov'] as const
export type Metric = (typeof metrics)[number]

export interface Periods {
  readonly by: By
  /** The first day of each. */
  readonly start: Int32Array
  readonly revenue: Money
  readonly orders: Float64Array
  /** Undefined where the input names none. */
  readonly customers: Float64Array | undefined
  /** Whole are those from `from` up to, not with, `to`. */
  readonly whole: { readonly from: number; readonly to: number }
  /** Why one is not whole. */
  readonly unfinished: readonly (string | null)[]
}

/** Every period from the first day with a line up to the last day of observation; those without an order hold 0. */
export function periodsOf(days: Days, by: By, end: number): Periods {
  const first = startOf(by, days.day[0] as number)
  const starts = [first]
  for (let next = startOf(by, first, 1); next <= end; next = startOf(by, first, starts.length))
    starts.push(next)
  const start = Int32Array.from(starts)
  const place = placesOf(days.day, start)
  const summed = (values: Float64Array) => {
    const sums = new Float64Array(start.length)
    values.forEach((value, i) => {
      const at = place[i] as number
      sums[at] = (sums[at] as number) + value
    })
    return sums
  }
  const net = exactMoney(days.net)
  const whole = wholeOf(days.day, { by, start, end })
  return {
    by,
    start,
    revenue: { units: summed(net.units), scale: net.scale },
    orders: summed(days.orders),
    customers: days.named ? summed(customersBy(days, by)) : undefined,
    whole,
    unfinished: starts.map((_, i) => {
      if (i >= whole.to) return `to ${formatDay(end)}`
      return i < whole.from ? `from ${formatDay(days.day[0] as number)}` : null
    }),
  }
}

const customersBy = ({ customers, inWeek, inMonth }: Days, by: By): Float64Array =>
  by === 'day' ? customers : by === 'week' ? inWeek : inMonth

/** The period of each day; both ascend. */
function placesOf(day: Int32Array, start: Int32Array): Int32Array {
  let at = 0
  return day.map((each) => {
    while (at + 1 < start.length && (start[at + 1] as number) <= each) at++
    return at
  })
}

/**
 * The last is whole where the data reach its end; the first unless a tenth of it or more is silent in the beginning,
 * for longer than the data ever are after.
 */
function wholeOf(
  day: Int32Array,
  { by, start, end }: Pick<Periods, 'by' | 'start'> & { readonly end: number },
): Periods['whole'] {
  const to = start.length - (startOf(by, end, 1) - 1 <= end ? 0 : 1)
  const first = start[0] as number
  const silent = (day[0] as number) - first
  const gaps = day.map((each, i) => (i === 0 ? 0 : each - (day[i - 1] as number) - 1))
  const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0)
  const isLate = silent > longest && 10 * silent >= startOf(by, first, 1) - first
  return { from: Math.min(isLate ? 1 : 0, to), to }
}

/** The values of a metric; NaN is none. Undefined where the input does not tell. */
export function valuesOf(
  { revenue, orders, customers }: Omit<Periods, 'by'>,
  metric: Metric,
): Float64Array | undefined {
  const money = () => revenue.units.map((units) => units / 10 ** revenue.scale)
  if (metric === 'orders') return orders
  if (metric === 'customers') return customers
  if (metric === 'revenue') return money()
  return money().map((value, i) => ((orders[i] as number) > 0 ? value / (orders[i] as number) : Number.NaN))
}

/** Growth of each whole period since the one so many before; NaN where there is none, or nothing to grow from. */
export function growth(
  values: Float64Array,
  { whole }: Pick<Periods, 'whole'>,
  periods: number,
): Float64Array {
  return values.map((value, i) => {
    if (i - periods < whole.from || i >= whole.to) return Number.NaN
    const earlier = values[i - periods] as number
    return earlier > 0 ? value / earlier - 1 : Number.NaN
  })
}

export const changes = (values: Float64Array, periods: Periods) => ({
  change: growth(values, periods, 1),
  yearOnYear: growth(values, periods, YEAR_OF[periods.by]),
})
