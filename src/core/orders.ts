/**
 * From order lines to customers: the rules that every command shares, as portable SQL.
 *
 * `Input.lines` is a table with one row per record of the input and these columns (those that the
 * input has; see roles.ts): customer, "order", day, amount, refund, price, quantity, item, status,
 * currency, cost, margin, reduction, and problem, which is null for a usable line and else says why it is not.
 */
import { formatDay, NO_DAY } from './days.ts'
import { CustError } from './errors.ts'
import { wholeText } from './numerals.ts'
import { choice, isoDay, type OptionValues, text } from './options.ts'
import type { Language, Money } from './report.ts'
import { join, name, type Sql, sql } from './sql.ts'
import { extraColumn, type Table } from './table.ts'
import { firstTexts, type PackedText, textReader } from './texts.ts'

/** The day from which recency is counted: a date, or relative to the data or to the clock. */
export type AsOf = number | 'last' | 'last+1' | 'today'

/** Options that mean the same in every command over orders. */
export const orderOptions = {
  asOf: text<AsOf>(
    'the day from which recency counts: a date, last, last+1 or today',
    '<date>',
    'last+1',
    (given) => (given === 'last' || given === 'last+1' || given === 'today' ? given : isoDay(given)),
  ),
  refunds: choice(
    'refunds reduce what was spent (net), are left out (drop), or count as any line (ignore)',
    'net',
    ['net', 'drop', 'ignore'],
  ),
} as const

export type OrderOptions = OptionValues<typeof orderOptions>

/** One row per customer, sorted by customer id. No value: NaN, NO_DAY. */
export interface Customers {
  readonly id: PackedText
  readonly lastDay: Int32Array
  /** Orders that count, inside the window where there is one. */
  readonly orders: Float64Array
  /** What was paid less refunds, inside the window where there is one. */
  readonly net: Float64Array
  /** What was earned, where it was asked for. */
  readonly margin: Float64Array | undefined
}

/** Lines that are left out, and why. */
export interface LeftOut {
  readonly reason: string
  lines: number
}

/** How many lines were read, how many were used, and why the others were not. */
export interface Tally {
  readonly read: number
  readonly used: number
  readonly leftOut: readonly Readonly<LeftOut>[]
}

export interface SummaryQuestion {
  /** Lines after this day are left out; none where undefined. */
  readonly until: number | undefined
  /** Orders and money count from this day on; from the beginning where undefined. */
  readonly from: number | undefined
  readonly refunds: OrderOptions['refunds']
  /** Sum the margin too: from a margin column, or amount less cost. */
  readonly margin?: boolean
}

export interface CustomerSummary {
  readonly customers: Customers
  /** The last day of any line that counts, refunds too. */
  readonly latest: number
  readonly tally: Tally
}

/** Ask the engine for one row per customer. Throws CustError('input') when no line is usable. */
export async function summarise(lines: Table, question: SummaryQuestion): Promise<CustomerSummary> {
  const fetched = await lines.fetch(summaryQuery(lines, question), shapeOf(lines, question))
  const { who, orders, lastDay, latest, net, margin } = fetched
  // Customers come first, then one row per reason for which lines are left out.
  const end = firstOf(fetched.counts, 0)
  const tally = tallyOf(who, fetched.lines, end)
  refuseMixedCurrencies(fetched.lowCurrency ?? [], fetched.highCurrency ?? [])
  if (tally.used === 0)
    throw new CustError('input', 'no line of the input can be used', reasonsOf(tally).join('\n'))
  const customers: Customers = {
    id: firstTexts(who, end),
    lastDay: lastDay.subarray(0, end),
    orders: orders.subarray(0, end),
    net: net.subarray(0, end),
    margin: margin?.subarray(0, end),
  }
  return { customers, latest: greatest(latest.subarray(0, end)), tally }
}

type SummaryShape = {
  readonly counts: 'number'
  readonly who: 'packed'
  readonly lines: 'number'
  readonly lastDay: 'day'
  readonly latest: 'day'
  readonly orders: 'number'
  readonly net: 'number'
  readonly margin?: 'number'
  readonly lowCurrency?: 'text'
  readonly highCurrency?: 'text'
}

function shapeOf(lines: Table, { margin }: SummaryQuestion): SummaryShape {
  return {
    counts: 'number',
    who: 'packed',
    lines: 'number',
    lastDay: 'day',
    latest: 'day',
    orders: 'number',
    net: 'number',
    ...(margin ? { margin: 'number' } : {}),
    ...(lines.columns.includes('currency') ? { lowCurrency: 'text', highCurrency: 'text' } : {}),
  }
}

export function firstOf(values: Float64Array, wanted: number): number {
  const found = values.indexOf(wanted)
  return found === -1 ? values.length : found
}

function greatest(days: Int32Array): number {
  let most = NO_DAY
  for (const day of days) if (day > most) most = day
  return most
}

/** The last day of any line that counts. Only a window needs it before the summary, which tells it too. */
export async function latestDay(lines: Table, refunds: OrderOptions['refunds']): Promise<number> {
  const judged = judgedLines(lines, { until: undefined, refunds })
  const query = sql`select max(day) as latest from (${judged}) as judged where left_out is null`
  const { latest } = await lines.fetch(query, { latest: 'day' })
  return latest[0] ?? NO_DAY
}

/** The as-of day, once the last day of the data is known. Throws CustError('input') when there is none. */
export function asOfDay(asOf: AsOf, latest: number, today: number): number {
  if (asOf === 'today') return today
  if (typeof asOf === 'number') return asOf
  if (latest === NO_DAY) throw new CustError('input', 'no order is left to count from')
  return asOf === 'last' ? latest : latest + 1
}

/** The last day whose orders count, if the as-of day fixes it: later lines are left out and counted. */
export function fixedEnd(asOf: AsOf, today: number): number | undefined {
  if (asOf === 'today') return today
  return typeof asOf === 'number' ? asOf : undefined
}

/** Every line with why it is left out; null where it counts. `also`: further reasons, as branches of a case. */
export function judgedLines(
  lines: Table,
  { until, refunds }: Pick<SummaryQuestion, 'until' | 'refunds'>,
  also: readonly Sql[] = [],
): Sql {
  const has = (column: string) => lines.columns.includes(column)
  // A line that was never paid may well lack the day on which it was.
  const rules = has('status') ? [sql`when status in (${'cancelled'}, ${'unpaid'}) then status`] : []
  rules.push(sql`when problem is not null then problem`)
  if (has('status')) {
    // Where a column says what was paid back, it says so of a refunded order too: the order was bought.
    if (refunds !== 'ignore' && !has('refund')) {
      const bought = has('amount') ? sql` and amount > 0` : sql``
      rules.push(sql`when status = ${'refunded'}${bought} then ${'refunded'}`)
    }
  }
  if (refunds === 'drop' && has('amount')) rules.push(sql`when ${isRefund(has('refund'))} then ${'refund'}`)
  if (until !== undefined) {
    rules.push(sql`when day > ${lines.dialect.date(formatDay(until))} then ${'after the as-of day'}`)
  }
  rules.push(...also)
  const passed = [
    ...['customer', 'order', 'day', 'amount', 'refund', 'currency', 'cost', 'margin'],
    ...['item', 'quantity', 'price', 'reduction'],
  ]
  const extra = lines.columns.filter((column) => column.startsWith(extraColumn('')))
  const columns = [...passed.filter(has), ...extra].map(name)
  const leftOut = sql`case ${join(rules, ' ')} end as left_out`
  return sql`select ${join([leftOut, ...columns])} from ${lines.from} as lines`
}

/** A line that only pays back: a negative amount, or nothing paid and something refunded. */
function isRefund(hasRefund: boolean): Sql {
  return hasRefund ? sql`(amount < 0 or (amount = 0 and coalesce(refund, 0) <> 0))` : sql`amount < 0`
}

/** Refund lines are no visit: their day does not count, unless refunds are to count as any line. */
export function countedDay(refunds: OrderOptions['refunds'], hasRefund: boolean): Sql {
  if (refunds === 'ignore') return sql`day`
  return hasRefund
    ? sql`case when amount >= 0 and not ${isRefund(true)} then day end`
    : sql`case when amount >= 0 then day end`
}

/** What a line brought in. Exports write what was paid back with either sign; it is taken off all the same. */
export function netAmount(refunds: OrderOptions['refunds'], hasRefund: boolean): Sql {
  return refunds === 'net' && hasRefund ? sql`(amount - abs(coalesce(refund, 0)))` : sql`amount`
}

/** What a line gave back: a negative amount, or what stands in a refund column, with either sign. */
export function paidBack(hasRefund: boolean): Sql {
  const negative = sql`case when amount < 0 then -amount else 0 end`
  return hasRefund ? sql`(${negative} + abs(coalesce(refund, 0)))` : sql`(${negative})`
}

function summaryQuery(lines: Table, question: SummaryQuestion): Sql {
  const byLine = lineColumns(lines, question)
  const judged = sql`(${judgedLines(lines, question)}) as judged`
  const who = sql`case when left_out is null then customer end`
  if (!lines.columns.includes('order')) {
    const columns = join([
      sql`count(*) as lines`,
      sql`count(${byLine.visit}) as orders`,
      sql`max(${byLine.last}) as last_day`,
      ...summed(byLine),
    ])
    return answered(
      sql`select left_out, ${who} as customer, ${columns} from ${judged} group by 1, 2`,
      lines,
      byLine,
    )
  }
  // The lines of an order are one visit: first to orders, then to customers. Two groupings spill to disk
  // where count(distinct) would run out of memory; as the orders may be as many as the lines, their rows are
  // kept narrow: only lines that are left out have no customer, so the reason can stand in the order's place.
  const which = sql`coalesce(left_out, ${name('order')})`
  const loose = sql`count(case when ${name('order')} is null then ${byLine.visit} end)`
  const columns = join([sql`count(*) as lines`, sql`${loose} as loose`, ...visits(byLine), ...summed(byLine)])
  const orders = sql`select ${who} as customer, ${which} as order_id, ${columns} from ${judged} group by 1, 2`
  const byOrder = orderColumns(byLine)
  const sums = join([
    sql`sum(lines) as lines`,
    // Lines that name no order are an order each.
    sql`count(case when order_id is not null then ${byOrder.visit} end) + sum(loose) as orders`,
    sql`max(${byOrder.last}) as last_day`,
    ...summed(byOrder),
  ])
  const reason = sql`case when customer is null then order_id end`
  return answered(
    sql`select ${reason} as left_out, customer, ${sums} from (${orders}) as orders group by 1, 2`,
    lines,
    byOrder,
  )
}

/** What is summed up, of lines or of orders; what a run does not need is not asked of the engine. */
interface SummaryColumns {
  readonly visit: Sql
  readonly last: Sql
  readonly latest: Sql
  readonly net: Sql
  readonly margin: Sql | undefined
  readonly lowCurrency: Sql | undefined
  readonly highCurrency: Sql | undefined
}

function lineColumns(
  { columns, dialect }: Table,
  { from, refunds, margin }: SummaryQuestion,
): SummaryColumns {
  const inWindow = (value: Sql): Sql =>
    from === undefined ? value : sql`case when day >= ${dialect.date(formatDay(from))} then ${value} end`
  const counted = countedDay(refunds, columns.includes('refund'))
  const kept = netAmount(refunds, columns.includes('refund'))
  const earned = columns.includes('margin') ? name('margin') : sql`${kept} - ${name('cost')}`
  const currency = columns.includes('currency') ? name('currency') : undefined
  return {
    visit: inWindow(counted),
    last: counted,
    latest: sql`day`,
    net: inWindow(kept),
    margin: margin ? inWindow(earned) : undefined,
    lowCurrency: currency,
    highCurrency: currency,
  }
}

/** The same columns of the orders that the lines were summed up to. */
function orderColumns({ visit, last, margin, lowCurrency }: SummaryColumns): SummaryColumns {
  return {
    visit: sql`visit`,
    last: visit === last ? sql`visit` : sql`last_day`,
    latest: sql`latest`,
    net: sql`net`,
    margin: margin && sql`margin`,
    lowCurrency: lowCurrency && sql`low_currency`,
    highCurrency: lowCurrency && sql`high_currency`,
  }
}

/** The day of an order, and where a window counts another than the last one, that too. */
function visits({ visit, last }: SummaryColumns): Sql[] {
  return visit === last
    ? [sql`max(${visit}) as visit`]
    : [sql`max(${visit}) as visit`, sql`max(${last}) as last_day`]
}

function summed({ latest, net, margin, lowCurrency, highCurrency }: SummaryColumns): Sql[] {
  return [
    sql`max(${latest}) as latest`,
    sql`sum(${net}) as net`,
    ...(margin ? [sql`sum(${margin}) as margin`] : []),
    ...(lowCurrency && highCurrency
      ? [sql`min(${lowCurrency}) as low_currency`, sql`max(${highCurrency}) as high_currency`]
      : []),
  ]
}

/** The summary in the order and the types in which it is fetched: customers by id, then what was left out. */
function answered(summary: Sql, { dialect }: Table, { margin, lowCurrency }: SummaryColumns): Sql {
  const columns = join([
    sql`${dialect.real(sql`case when left_out is null then 1 else 0 end`)} as counts`,
    sql`coalesce(left_out, customer) as who`,
    sql`${dialect.real(sql`lines`)} as lines`,
    sql`last_day`,
    sql`latest`,
    sql`${dialect.real(sql`orders`)} as orders`,
    sql`${dialect.real(sql`coalesce(net, 0)`)} as net`,
    ...(margin ? [sql`${dialect.real(sql`margin`)} as margin`] : []),
    ...(lowCurrency ? [sql`low_currency`, sql`high_currency`] : []),
  ])
  return sql`select ${columns} from (${summary}) as summary
    order by ${dialect.textOrder(sql`customer`)} nulls last, ${dialect.textOrder(sql`left_out`)} nulls last`
}

export function tallyOf(who: PackedText, lines: Float64Array, end: number): Tally {
  let used = 0
  for (let row = 0; row < end; row++) used += lines[row] as number
  const reason = textReader(who)
  const leftOut = Array.from(lines.subarray(end), (count, i) => ({
    reason: reason(end + i) ?? '',
    lines: count,
  }))
  return tallied(used, leftOut)
}

/** The reasons by how many lines they leave out. */
export function tallied(used: number, leftOut: readonly Readonly<LeftOut>[]): Tally {
  const sorted = [...leftOut].sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1))
  return { read: sorted.reduce((sum, one) => sum + one.lines, used), used, leftOut: sorted }
}

export function refuseMixedCurrencies(...columns: readonly (readonly (string | null)[])[]): void {
  const seen = new Set<string>()
  for (const column of columns) for (const currency of column) if (currency !== null) seen.add(currency)
  if (seen.size < 2) return
  throw new CustError(
    'input',
    `amounts in several currencies cannot be added: ${[...seen].sort().join(', ')}`,
    'convert them first, split the file by currency, or say that they are one with --currency none',
  )
}

const WORDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'customer: none': { en: 'without a customer', zh: '缺客户' },
  'customer: hidden': { en: 'with a masked customer', zh: '客户已脱敏' },
  'date: none': { en: 'without a date', zh: '缺日期' },
  'date: unreadable': { en: 'with an unreadable date', zh: '日期无法识别' },
  'amount: none': { en: 'without an amount', zh: '缺金额' },
  'item: none': { en: 'without an item', zh: '缺商品' },
  'order: none': { en: 'without an order', zh: '缺订单号' },
  'quantity: none': { en: 'with no or a negative quantity', zh: '数量缺失或为负' },
  'amount: unreadable': { en: 'with an unreadable amount', zh: '金额无法识别' },
  'refund: unreadable': { en: 'with an unreadable refund', zh: '退款无法识别' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  unpaid: { en: 'unpaid', zh: '未付款' },
  refunded: { en: 'refunded', zh: '已退款' },
  refund: { en: 'refund lines', zh: '退款行' },
}

/** Why lines were left out, in words: "20 cancelled", "3 without a customer". */
export function reasonsOf(tally: Tally, language: Language = 'en'): string[] {
  return tally.leftOut.map(({ reason, lines }) => {
    const [, status] = /^status: (.*)$/s.exec(reason) ?? []
    const unknown = { en: `with the unknown status "${status}"`, zh: `状态未知（${status}）` }
    const words = status === undefined ? (WORDS[reason]?.[language] ?? reason) : unknown[language]
    return language === 'zh' ? `${words} ${wholeText(lines)} 行` : `${wholeText(lines)} ${words}`
  })
}

/**
 * Exact money from the doubles that an engine answers: each is the double nearest to a decimal of at
 * most six places, so the smallest scale that gives every one back is the scale of the data.
 */
export function exactMoney(values: Float64Array): Money {
  for (let scale = 0; scale < 6; scale++) {
    const units = unitsAt(values, scale)
    if (units) return { units, scale }
  }
  return { units: values.map((value) => Math.round(value * 1e6)), scale: 6 }
}

function unitsAt(values: Float64Array, scale: number): Float64Array | undefined {
  const factor = 10 ** scale
  const units = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const whole = Math.round(value * factor)
    if (whole / factor !== value && !Number.isNaN(value)) return undefined
    units[i] = whole
  }
  return units
}
