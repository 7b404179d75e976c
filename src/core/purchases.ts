/**
 * From order lines to the days on which every customer bought, for models of repeat purchase. What counts as a
 * purchase, and what is left out, is decided by the rules of orders.ts.
 */
import { type Gathered, gathering, type PurchaseCounts, type Purchases } from './daysOfPurchase.ts'
import { CustError } from './errors.ts'
import { counted, wholeText } from './numerals.ts'
import {
  countedDay,
  judgedLines,
  netAmount,
  type OrderOptions,
  reasonsOf,
  refuseMixedCurrencies,
} from './orders.ts'
import { join, name, type Sql, sql } from './sql.ts'
import { extraColumn, type Table } from './table.ts'
import { type PackedText, textReader } from './texts.ts'

export type { PurchaseCounts, Purchases } from './daysOfPurchase.ts'

/** The counts in words, for a sheet of definitions. */
export function toldCounts({
  counts,
  tally,
}: Pick<PurchaseHistory, 'counts' | 'tally'>): (readonly [what: string, count: string])[] {
  return [
    ['lines read', wholeText(tally.read)],
    ['lines used', wholeText(tally.used)],
    ['orders', wholeText(counts.orders)],
    ['orders of a day on which the customer had bought already', wholeText(counts.sameDay)],
    ['days on which something was only paid back', wholeText(counts.refundDays)],
    ['customers who were only paid back', wholeText(counts.neverBought)],
  ]
}

/** Who is left out though their lines are used; undefined where nobody is. */
export function leftOutOf({ neverBought }: PurchaseCounts): string | undefined {
  if (neverBought === 0) return undefined
  return neverBought === 1
    ? '1 customer is left out, who was only paid back and never bought'
    : `${wholeText(neverBought)} customers are left out, who were only paid back and never bought`
}

/** The days on which customers bought, and what became of the lines on the way. */
export type PurchaseHistory = Gathered

export interface PurchaseQuestion {
  /** Lines after this day are left out; none where undefined. */
  readonly until: number | undefined
  readonly refunds: OrderOptions['refunds']
  /** Without money every net is NaN. */
  readonly money: boolean
}

const SORTED = { who: 'runs', day: 'day', visits: 'number', net: 'number' } as const
const SORTED_ORDERS = { ...SORTED, lines: 'number' } as const

/**
 * Ask the engine for the lines, or orders, sorted by customer and day. It sorts them in half of the time in which it
 * groups them by day, as most days of a customer have one. Throws CustError('input') when no line is usable.
 */
export async function purchasesOf(lines: Table, question: PurchaseQuestion): Promise<PurchaseHistory> {
  if (question.money) await refuseCurrencies(lines, question)
  const gathered = gathering()
  const shape = hasOrders(lines) ? SORTED_ORDERS : SORTED
  for await (const rows of lines.batches(sortedQuery(lines, question), shape)) gathered.add(rows)
  const history = gathered.done()
  if (history.tally.used === 0)
    throw new CustError('input', 'no line of the input can be used', reasonsOf(history.tally).join('\n'))
  if (history.purchases.start.length === 1) {
    throw new CustError(
      'input',
      `nothing was bought: all ${counted(history.tally.used, 'line')} are refunds`,
      'name what was paid with --amount, or count every line with --refunds ignore',
    )
  }
  return history
}

async function refuseCurrencies(lines: Table, question: PurchaseQuestion): Promise<void> {
  if (!lines.columns.includes('currency')) return
  const query = sql`select min(currency) as low, max(currency) as high
    from (${judgedLines(lines, question)}) as judged where left_out is null`
  const { low, high } = await lines.fetch(query, { low: 'text', high: 'text' })
  refuseMixedCurrencies(low, high)
}

/** What a column that was asked for holds of each customer, as codes of words in the order of their letters. */
export interface Known {
  /** The word of each customer; -1 where the column holds nothing. */
  readonly codes: Int32Array
  readonly words: readonly string[]
}

/** What is known of customers from a column: the value of their first line that has any. */
export async function knownOf(
  lines: Table,
  { id }: Purchases,
  { column, ...question }: PurchaseQuestion & { readonly column: string },
): Promise<Known> {
  const value = name(extraColumn(column))
  const { textOrder } = lines.dialect
  const place = sql`row_number() over (partition by customer order by day, ${textOrder(value)})`
  const judged = sql`(${judgedLines(lines, question)}) as judged`
  const placed = sql`select customer, ${value} as value, ${place} as place from ${judged}
    where left_out is null and ${value} is not null`
  const query = sql`select customer as who, value from (${placed}) as placed where place = 1
    order by ${textOrder(sql`customer`)}`
  const found = await lines.fetch(query, { who: 'packed', value: 'packed' })
  const read = textReader(found.value)
  const values = Array.from({ length: found.who.starts.length - 1 }, (_, row) => read(row) as string)
  const words = [...new Set(values)].sort()
  const codeOf = new Map(words.map((word, code) => [word, code]))
  const codes = new Int32Array(id.starts.length - 1).fill(-1)
  // Both are in the order of the ids; of customers who were only paid back something may be known, too.
  let row = 0
  for (let customer = 0; customer < codes.length && row < values.length; customer++) {
    while (row < values.length && comparedBytes(found.who, row, id, customer) < 0) row++
    if (row < values.length && comparedBytes(found.who, row, id, customer) === 0) {
      codes[customer] = codeOf.get(values[row] as string) as number
    }
  }
  return { codes, words }
}

/** UTF-8 is in the order of its code points. */
function comparedBytes(one: PackedText, i: number, other: PackedText, j: number): number {
  const [begin, end] = [one.starts[i] as number, one.starts[i + 1] as number]
  const [from, to] = [other.starts[j] as number, other.starts[j + 1] as number]
  for (let at = 0; at < Math.min(end - begin, to - from); at++) {
    const difference = (one.bytes[begin + at] as number) - (other.bytes[from + at] as number)
    if (difference !== 0) return difference
  }
  return end - begin - (to - from)
}

// The query ------------------------------------------------------------------------------------------

const hasOrders = ({ columns }: Table): boolean => columns.includes('order')

function sortedQuery(lines: Table, question: PurchaseQuestion): Sql {
  const { dialect, columns } = lines
  const hasRefund = columns.includes('refund')
  const visit = visitOf(question, columns)
  const net = question.money ? netAmount(question.refunds, hasRefund) : sql`cast(null as double precision)`
  const judged = sql`(${judgedLines(lines, question)}) as judged`
  const rows = hasOrders(lines) ? byOrder({ judged, visit, net }) : byLine({ judged, visit, net })
  const counted = hasOrders(lines) ? [name('lines')] : []
  const shown = join([
    sql`case when left_out is null then 0 else 1 end as apart`,
    sql`coalesce(left_out, customer) as who`,
    sql`day`,
    sql`cast(visits as integer) as visits`,
    sql`${dialect.real(sql`coalesce(net, 0)`)} as net`,
    ...counted.map((column) => sql`cast(${column} as integer) as ${column}`),
  ])
  const wanted = join([name('who'), name('day'), name('visits'), name('net'), ...counted])
  const order = join([dialect.textOrder(sql`who`), sql`day`, sql`visits`, sql`net`, ...counted])
  // Nothing is left open in the order, so that threads and engines cannot differ.
  return sql`select ${wanted} from (select ${shown} from (${rows}) as bought) as sorted
    order by apart, ${order}`
}

/** The day of a line that is a purchase. Where money does not matter, an amount that cannot be read is no reason. */
function visitOf({ refunds, money }: PurchaseQuestion, columns: readonly string[]): Sql {
  if (money) return countedDay(refunds, columns.includes('refund'))
  const counts = columns.includes('amount') && refunds !== 'ignore'
  return counts ? sql`case when coalesce(amount, 0) >= 0 then day end` : sql`day`
}

interface Judged {
  readonly judged: Sql
  /** The day of a line that is a purchase; null for one that only pays back. */
  readonly visit: Sql
  readonly net: Sql
}

const DAY = sql`case when left_out is null then day end as day`

function byLine({ judged, visit, net }: Judged): Sql {
  const bought = sql`case when ${visit} is not null then 1 else 0 end`
  return sql`select left_out, customer, ${DAY}, ${bought} as visits, ${net} as net from ${judged}`
}

/** The lines of an order are one purchase, and what is paid back of it is taken off it, whenever that was. */
function byOrder({ judged, visit, net }: Judged): Sql {
  const order = name('order')
  const who = sql`case when left_out is null then customer end`
  const reason = sql`coalesce(left_out, ${order})`
  // Lines that name no order are an order each.
  const loose = sql`case when left_out is null and ${order} is null then day end`
  const sums = join([
    sql`count(*) as lines`,
    sql`count(${visit}) as visits`,
    sql`max(${visit}) as visit`,
    sql`max(day) as latest`,
    sql`sum(${net}) as net`,
  ])
  const orders = sql`select ${who} as customer, ${reason} as order_id, ${loose} as loose, ${sums}
    from ${judged} group by 1, 2, 3`
  const columns = join([
    sql`case when customer is null then order_id end as left_out`,
    sql`customer`,
    sql`case when customer is not null then coalesce(visit, latest) end as day`,
    sql`lines`,
    sql`case when order_id is null then visits when visit is not null then 1 else 0 end as visits`,
    sql`net`,
  ])
  return sql`select ${columns} from (${orders}) as orders`
}
