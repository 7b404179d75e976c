/** From order lines to days, by the rules of orders.ts: the engine answers one row a day. */
import { NO_DAY } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import {
  countedDay,
  firstOf,
  judgedLines,
  netAmount,
  type OrderOptions,
  reasonsOf,
  refuseMixedCurrencies,
  type Tally,
  tallyOf,
} from '../../core/orders.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'

/** The days with a line that counts, ascending. */
export interface Days {
  readonly day: Int32Array
  readonly net: Float64Array
  readonly orders: Float64Array
  /** Customers who bought on the day; for the first time in its week, its month, or ever. */
  readonly customers: Float64Array
  readonly inWeek: Float64Array
  readonly inMonth: Float64Array
  readonly ever: Float64Array
  /** Does the input name customers? */
  readonly named: boolean
  readonly tally: Tally
}

export interface DaysQuestion {
  /** Lines after this day are left out; none where undefined. */
  readonly until: number | undefined
  readonly refunds: OrderOptions['refunds']
}

/** Throws CustError('input') when no line is usable. */
export async function daysOf(lines: Table, question: DaysQuestion): Promise<Days> {
  const rows = await lines.fetch(daysQuery(lines, question), {
    counts: 'number',
    reason: 'packed',
    day: 'day',
    lines: 'number',
    net: 'number',
    orders: 'number',
    customers: 'number',
    in_week: 'number',
    in_month: 'number',
    ever: 'number',
    low: 'text',
    high: 'text',
  })
  // Days come first, then one row per reason for which lines are left out.
  const end = firstOf(rows.counts, 0)
  const tally = tallyOf(rows.reason, rows.lines, end)
  refuseMixedCurrencies(rows.low.slice(0, end), rows.high.slice(0, end))
  if (tally.used === 0 || rows.day[0] === NO_DAY)
    throw new CustError('input', 'no line of the input can be used', reasonsOf(tally).join('\n'))
  return {
    day: rows.day.subarray(0, end),
    net: rows.net.subarray(0, end),
    orders: rows.orders.subarray(0, end),
    customers: rows.customers.subarray(0, end),
    inWeek: rows.in_week.subarray(0, end),
    inMonth: rows.in_month.subarray(0, end),
    ever: rows.ever.subarray(0, end),
    named: lines.columns.includes('customer'),
    tally,
  }
}

// The query ------------------------------------------------------------------------------------------

const COUNTS = ['lines', 'net', 'orders', 'customers', 'in_week', 'in_month', 'ever'] as const

type Counts = Readonly<Partial<Record<(typeof COUNTS)[number], Sql>>>

function daysQuery(lines: Table, question: DaysQuestion): Sql {
  const { real, textOrder } = lines.dialect
  const parts = [moneyPart(), ordersPart(), looseOrdersPart()]
  if (lines.columns.includes('customer')) parts.push(customersPart(lines))
  const sums = COUNTS.map((key) => sql`${real(sql`sum(${name(key)})`)} as ${name(key)}`)
  const counts = real(sql`case when left_out is null then 1 else 0 end`)
  return sql`with cells as (${cellsSql(lines, question)})
    select ${counts} as counts, left_out as reason, day, ${join(sums)}, min(low) as low, max(high) as high
    from (${join(parts, ' union all ')}) as parts group by left_out, day
    order by ${textOrder(sql`left_out`)} nulls first, day`
}

/** Lines are read once: what a customer bought with an order on a day. */
function cellsSql(lines: Table, question: DaysQuestion): Sql {
  const has = (column: string) => lines.columns.includes(column)
  const hasRefund = has('refund')
  const used = (column: Sql) => sql`case when left_out is null then ${column} end`
  const text = (column: string) => (has(column) ? used(name(column)) : sql`cast(null as varchar)`)
  const columns = join([
    sql`left_out`,
    sql`${text('customer')} as customer`,
    sql`${text('order')} as order_id`,
    sql`${used(sql`day`)} as day`,
    sql`count(*) as lines`,
    sql`count(${used(countedDay(question.refunds, hasRefund))}) as visits`,
    sql`sum(${used(netAmount(question.refunds, hasRefund))}) as net`,
    sql`min(${text('currency')}) as low`,
    sql`max(${text('currency')}) as high`,
  ])
  return sql`select ${columns} from (${judgedLines(lines, question)}) as judged group by 1, 2, 3, 4`
}

const NO_TEXT = sql`cast(null as varchar)`

/** A part of the sums; what it does not count is 0. */
function part(counts: Counts, from: Sql, { left = NO_TEXT, low = NO_TEXT, high = NO_TEXT } = {}): Sql {
  const columns = COUNTS.map((key) => sql`${counts[key] ?? sql`0`} as ${name(key)}`)
  return sql`select ${left} as left_out, day, ${join(columns)}, ${low} as low, ${high} as high from ${from}`
}

const moneyPart = (): Sql =>
  part({ lines: sql`lines`, net: sql`coalesce(net, 0)` }, sql`cells`, {
    left: sql`left_out`,
    low: sql`low`,
    high: sql`high`,
  })

/** An order counts once, on the first day on which something of it was bought. */
function ordersPart(): Sql {
  const firsts = sql`select min(day) as day from cells where order_id is not null and visits > 0
    group by customer, order_id`
  return part({ orders: sql`count(*)` }, sql`(${firsts}) as firsts group by day`)
}

/** Lines that name no order are an order each. */
const looseOrdersPart = (): Sql =>
  part({ orders: sql`visits` }, sql`cells where left_out is null and order_id is null`)

/**
 * The customers of a week are those who buy for the first time in it: so many a day that their sum over the days of
 * a period is the number of different customers in it.
 */
function customersPart({ dialect }: Table): Sql {
  const days = sql`select customer, day from cells where customer is not null and visits > 0 group by 1, 2`
  const before = sql`select day, lag(day) over (partition by customer order by day) as before from (${days}) as days`
  // The first day of our calendar was a Monday.
  const sinceMonday = (day: Sql) => dialect.days(day, dialect.date('0001-01-01'))
  const week = (day: Sql) => sql`(${sinceMonday(day)} - ${sinceMonday(day)} % 7)`
  const month = (day: Sql) => sql`(12 * extract(year from ${day}) + extract(month from ${day}))`
  const isFirst = (of: (day: Sql) => Sql) =>
    sql`sum(case when before is null or ${of(sql`before`)} < ${of(sql`day`)} then 1 else 0 end)`
  return part(
    {
      customers: sql`count(*)`,
      in_week: isFirst(week),
      in_month: isFirst(month),
      ever: sql`sum(case when before is null then 1 else 0 end)`,
    },
    sql`(${before}) as befores group by day`,
  )
}
