/** What is scored: recency, frequency and monetary value of the customers that have a net purchase. */
import { NO_DAY } from '../../core/days.ts'
import { type Customers, exactMoney } from '../../core/orders.ts'
import type { Money } from '../../core/report.ts'

export type Monetary = 'sum' | 'avg' | 'margin'

export interface Measures {
  /** Days from the last order to the as-of day, of every customer; NaN without an order. */
  readonly recency: Float64Array
  readonly orders: Float64Array
  readonly net: Money
  /** M in money, of every customer. */
  readonly monetary: Float64Array
  /** The rows that are scored. */
  readonly scored: Uint32Array
}

/**
 * Recency, orders and money of every customer, and who is scored: those with an order and, unless
 * refunds count as any line, a positive net amount.
 */
export function measure(customers: Customers, asOf: number, monetary: Monetary, everyone: boolean): Measures {
  const { lastDay, orders } = customers
  const recency = new Float64Array(lastDay.length)
  lastDay.forEach((day, row) => {
    recency[row] = day === NO_DAY ? Number.NaN : asOf - day
  })
  const net = exactMoney(customers.net)
  const counts = (row: number) => (orders[row] as number) > 0 && (everyone || (net.units[row] as number) > 0)
  return {
    recency,
    orders,
    net,
    monetary: monetaryValues(customers, monetary),
    scored: rowsThat(counts, lastDay.length),
  }
}

function rowsThat(counts: (row: number) => boolean, length: number): Uint32Array {
  const rows = new Uint32Array(length)
  let found = 0
  for (let row = 0; row < length; row++) if (counts(row)) rows[found++] = row
  return rows.subarray(0, found)
}

function monetaryValues({ net, margin, orders }: Customers, monetary: Monetary): Float64Array {
  if (monetary === 'sum') return net
  return margin && monetary === 'margin' ? margin : net.map((amount, row) => amount / (orders[row] as number))
}

/** The values of the scored rows. */
export function ofRows(values: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i] as number] as number
  return picked
}

/** Money rounded half up to the scale of the data, at least cents: means and medians. */
export function roundedMoney(values: Float64Array, scale: number): Money {
  const decimals = Math.max(scale, 2)
  return { units: values.map((value) => Math.floor(value * 10 ** decimals + 0.5)), scale: decimals }
}
