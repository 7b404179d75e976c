/** What each day of the week is worth beside the mean of all seven. */
import { weekdayOf } from './calendar.ts'
import type { Days } from './days.ts'
import type { Metric } from './periods.ts'

export interface Weekdays {
  /** How many of each the data have, from Monday on. */
  readonly days: Float64Array
  readonly mean: Float64Array
  /** The mean divided by that of the seven; NaN where a weekday is missing. */
  readonly index: Float64Array
}

/** Days without an order count as 0; of the average order the orders of all such days are taken together. */
export function weekdaysOf(days: Days, metric: Metric, end: number): Weekdays {
  const [number, sum, orders] = [new Float64Array(7), new Float64Array(7), new Float64Array(7)]
  const add = (to: Float64Array, at: number, value: number) => {
    to[at] = (to[at] as number) + value
  }
  for (let day = days.day[0] as number; day <= end; day++) add(number, weekdayOf(day), 1)
  const values = metric === 'orders' ? days.orders : metric === 'customers' ? days.customers : days.net
  days.day.forEach((day, i) => {
    add(sum, weekdayOf(day), values[i] as number)
    add(orders, weekdayOf(day), days.orders[i] as number)
  })
  const mean = sum.map((value, i) => value / ((metric === 'aov' ? orders : number)[i] as number))
  const level = mean.reduce((total, value) => total + value, 0) / 7
  return { days: number, mean, index: mean.map((value) => value / level) }
}
