/**
 * From order lines to the days on which every customer bought, for models of repeat purchase. What counts as a
 * purchase, and what is left out, is decided by the rules of orders.ts.
 */
import { CustError } from './errors.ts'
import { wholeText } from './numerals.ts'
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
} from './orders.ts'
import { join, name, type Sql, sql } from './sql.ts'
import { extraColumn, type Table } from './table.ts'
import { firstTexts, type PackedText, textReader } from './texts.ts'

/** The days on which each customer bought, ascending; several orders of one day are one purchase. */
export interface Purchases {
  /** Customers who bought at least once, by id. */
  readonly id: PackedText
  /** Customer c bought on `day[start[c]]` up to `day[start[c + 1] - 1]`. */
  readonly start: Uint32Array
  readonly day: Int32Array
  /** What was paid on the day, less what was paid back since then and before the next purchase. */
  readonly net: Float64Array
}

/** What became of the lines on the way to purchases. */
export interface PurchaseCounts {
  /** Orders, where each line is one if the input does not say which order it belongs to. */
  readonly orders: number
  /** Orders on a day on which the customer had bought already. */
  readonly sameDay: number
  /** Days on which something was paid back and nothing bought. */
  readonly refundDays: number
  /** Purchases that brought in nothing, and those that were paid back. */
  readonly withoutMoney: number
  /** Customers who were only paid back. */
  readonly neverBought: number
}

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

export interface PurchaseHistory {
  readonly purchases: Purchases
  readonly counts: PurchaseCounts
  readonly tally: Tally
  /** The first and the last day of any line that counts. */
  readonly first: number
  readonly latest: number
}

export interface PurchaseQuestion {
  /** Lines after this day are left out; none where undefined. */
  readonly until: number | undefined
  readonly refunds: OrderOptions['refunds']
  /** Without money every net is NaN. */
  readonly money: boolean
}

/** Ask the engine for one row per customer and day. Throws CustError('input') when no line is usable. */
export async function purchasesOf(lines: Table, question: PurchaseQuestion): Promise<PurchaseHistory> {
  if (question.money) await refuseCurrencies(lines, question)
  const rows = await lines.fetch(daysQuery(lines, question), {
    counts: 'number',
    who: 'packed',
    lines: 'number',
    day: 'day',
    visits: 'number',
    net: 'number',
  })
  // Days come first, then one row per reason for which lines are left out.
  const end = firstOf(rows.counts, 0)
  const tally = tallyOf(rows.who, rows.lines, end)
  if (tally.used === 0)
    throw new CustError('input', 'no line of the input can be used', reasonsOf(tally).join('\n'))
  const days = { who: firstTexts(rows.who, end), day: rows.day, visits: rows.visits, net: rows.net }
  return { ...gathered(days, end), tally, ...spanOf(rows.day, end) }
}

function spanOf(day: Int32Array, end: number): { first: number; latest: number } {
  let [first, latest] = [day[0] as number, day[0] as number]
  for (let row = 1; row < end; row++) {
    const at = day[row] as number
    if (at < first) first = at
    if (at > latest) latest = at
  }
  return { first, latest }
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

function daysQuery(lines: Table, question: PurchaseQuestion): Sql {
  const { dialect, columns } = lines
  const hasRefund = columns.includes('refund')
  const visit = visitOf(question, columns)
  const net = question.money ? netAmount(question.refunds, hasRefund) : sql`cast(null as double precision)`
  const judged = sql`(${judgedLines(lines, question)}) as judged`
  const days = columns.includes('order') ? byOrder({ judged, visit, net }) : byLine({ judged, visit, net })
  const shown = join([
    sql`${dialect.real(sql`case when left_out is null then 1 else 0 end`)} as counts`,
    // On each day of theirs: to tell the first one by a window takes as long as all else together.
    sql`coalesce(left_out, customer) as who`,
    sql`${dialect.real(sql`lines`)} as lines`,
    sql`day`,
    sql`${dialect.real(sql`visits`)} as visits`,
    sql`${dialect.real(sql`coalesce(net, 0)`)} as net`,
  ])
  return sql`select ${shown} from (${days}) as days
    order by ${dialect.textOrder(sql`customer`)} nulls last, ${dialect.textOrder(sql`left_out`)} nulls last, day`
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

const WHO = sql`case when left_out is null then customer end`

function byLine({ judged, visit, net }: Judged): Sql {
  return sql`select left_out, ${WHO} as customer, case when left_out is null then day end as day,
    count(*) as lines, count(${visit}) as visits, sum(${net}) as net from ${judged} group by 1, 2, 3`
}

/** The lines of an order are one purchase, and what is paid back of it is taken off it, whenever that was. */
function byOrder({ judged, visit, net }: Judged): Sql {
  const order = name('order')
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
  const orders = sql`select ${WHO} as customer, ${reason} as order_id, ${loose} as loose, ${sums}
    from ${judged} group by 1, 2, 3`
  const columns = join([
    sql`case when customer is null then order_id end as left_out`,
    sql`customer`,
    sql`case when customer is not null then coalesce(visit, latest) end as day`,
    sql`sum(lines) as lines`,
    sql`sum(case when order_id is null then visits when visit is not null then 1 else 0 end) as visits`,
    sql`sum(net) as net`,
  ])
  return sql`select ${columns} from (${orders}) as orders group by 1, 2, 3`
}

// Days of purchase -----------------------------------------------------------------------------------

interface Days {
  /** The customer, whose days stand together. */
  readonly who: PackedText
  readonly day: Int32Array
  readonly visits: Float64Array
  readonly net: Float64Array
}

/**
 * Days without a purchase go: what was paid back on them is taken off the purchase before, else the next one. The bytes
 * of `who` are used up.
 */
function gathered(
  { who, day, visits, net }: Days,
  end: number,
): Pick<PurchaseHistory, 'purchases' | 'counts'> {
  const kept = {
    starts: new Uint32Array(end + 1),
    start: new Uint32Array(end + 1),
    day: new Int32Array(end),
    net: new Float64Array(end),
  }
  let [customers, size, orders, refundDays, neverBought, withoutMoney] = [0, 0, 0, 0, 0, 0]
  // Ids move to the front of the bytes that they stand in: there may be many days, and no second room for them.
  const { bytes } = who
  let written = 0
  for (let row = 0; row < end; ) {
    const begin = size
    const own = row
    let ahead = 0
    let next = row
    for (; next < end && (next === row || comparedBytes(who, next - 1, who, next) === 0); next++) {
      const amount = net[next] as number
      if ((visits[next] as number) > 0) {
        orders += visits[next] as number
        kept.day[size] = day[next] as number
        kept.net[size++] = amount + ahead
        ahead = 0
      } else {
        refundDays++
        if (size > begin) kept.net[size - 1] = (kept.net[size - 1] as number) + amount
        else ahead += amount
      }
    }
    row = next
    if (size === begin) {
      neverBought++
      continue
    }
    for (let at = begin; at < size; at++) if (!((kept.net[at] as number) > 0)) withoutMoney++
    const [from, to] = [who.starts[own] as number, who.starts[own + 1] as number]
    bytes.copyWithin(written, from, to)
    written += to - from
    kept.start[customers++] = begin
    kept.starts[customers] = written
  }
  kept.start[customers] = size
  return {
    purchases: {
      id: {
        // A copy, so that the room that the ids of all days took is free.
        bytes: bytes.slice(0, written),
        starts: kept.starts.slice(0, customers + 1),
        missing: new Set(),
      },
      start: kept.start.slice(0, customers + 1),
      day: kept.day.subarray(0, size),
      net: kept.net.subarray(0, size),
    },
    counts: { orders, sameDay: orders - size, refundDays, withoutMoney, neverBought },
  }
}
