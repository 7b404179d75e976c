/** What a file of orders says as a whole: customers, orders, money, days without any. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { Look } from '../../core/look.ts'
import { countedDay, judgedLines, netAmount, paidBack, type Tally } from '../../core/orders.ts'
import type { Role } from '../../core/roles.ts'
import { name, type Sql, sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'
import { frequenciesOf, quantilesOf } from '../../models/frequencies.ts'

export interface Purchases {
  readonly tally: Tally
  readonly customers: number
  readonly orders: number
  /** Customers with one order. */
  readonly once: number
  readonly medianOrders: number
  /** Who has most orders, and how many the next one has; named where that is far fewer. */
  readonly first: { readonly customer: string | undefined; readonly orders: number; readonly next: number }
  readonly net: number
  readonly returns: { readonly lines: number; readonly money: number }
  /** No two lines have the same customer and order: none is there twice. */
  readonly isKeyed: boolean
}

/** A customer with so many times the orders of the next one is hardly one. */
const STANDS_OUT = 5

const USES: readonly Role[] = ['order', 'refund', 'status']

/** Undefined where the input has no customer, day or amount; why, where it has them but leaves open how they are read. */
export async function purchasesIn(input: Input, look: Look): Promise<Purchases | string | undefined> {
  const roles = new Set(look.columns.map(({ role }) => role))
  const hasAmount = roles.has('amount') || (roles.has('price') && roles.has('quantity'))
  if (!roles.has('customer') || !roles.has('date') || !hasAmount) return undefined
  try {
    const lines = await input.linesOf({ needs: ['customer', 'date', 'amount'], uses: USES })
    return await purchasesOf(lines)
  } catch (error) {
    if (error instanceof CustError && error.kind === 'input') return error.message
    throw error
  }
}

/** Throws CustError('input') where no line can be used. */
export async function purchasesOf(lines: Table): Promise<Purchases> {
  const { tally, ...money } = await moneyOf(lines)
  if (tally.used === 0) throw new CustError('input', 'no line of the input can be used')
  return { tally, ...money, ...(await ordersOf(lines, tally)) }
}

const judgedSql = (lines: Table): Sql =>
  sql`(${judgedLines(lines, { until: undefined, refunds: 'net' })}) as judged`

/** What the lines come to, and why others are left out. */
async function moneyOf(lines: Table): Promise<Pick<Purchases, 'tally' | 'net' | 'returns'>> {
  const { real } = lines.dialect
  const hasRefund = lines.columns.includes('refund')
  const back = paidBack(hasRefund)
  const query = sql`select left_out, ${real(sql`count(*)`)} as lines,
      ${real(sql`sum(${netAmount('net', hasRefund)})`)} as net, ${real(sql`sum(${back})`)} as money,
      ${real(sql`count(case when ${back} > 0 then 1 end)`)} as returns
    from ${judgedSql(lines)} group by left_out`
  const sums = { net: 'number', money: 'number', returns: 'number' } as const
  const found = await lines.fetch(query, { left_out: 'text', lines: 'number', ...sums })
  const used = found.left_out.indexOf(null)
  const of = (values: Float64Array) => values[used] ?? 0
  return {
    tally: tallied(found.left_out, found.lines),
    net: of(found.net),
    returns: { lines: of(found.returns), money: of(found.money) },
  }
}

function tallied(reasons: readonly (string | null)[], lines: Float64Array): Tally {
  const leftOut = reasons
    .flatMap((reason, i) => (reason === null ? [] : [{ reason, lines: lines[i] as number }]))
    .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1))
  const read = lines.reduce((sum, each) => sum + each, 0)
  return { read, used: leftOut.reduce((left, each) => left - each.lines, read), leftOut }
}

type Orders = Omit<Purchases, 'tally' | 'net' | 'returns'>

/**
 * How many customers have how many orders. There may be as many orders as lines: their ids are held as digests, a
 * third of the memory of the texts, and a customer is named only when one stands out.
 */
async function ordersOf(lines: Table, { read }: Tally): Promise<Orders> {
  const { real, digest } = lines.dialect
  const order = lines.columns.includes('order')
    ? sql`case when ${name('order')} is not null then ${digest([name('order')])} end`
    : sql`null`
  const visit = countedDay('net', lines.columns.includes('refund'))
  const byOrder = sql`select ${digest([sql`customer`])} as who, ${order} as which, count(*) as lines,
      count(${visit}) as visits from ${judgedSql(lines)} where left_out is null group by 1, 2`
  // Lines that name no order are an order each; those that only pay back are none.
  const orders = sql`sum(case when which is null then visits when visits > 0 then 1 else 0 end)`
  const byCustomer = sql`select who, ${orders} as orders, sum(case when which is null then lines else 1 end) as keys
    from (${byOrder}) as orders group by who`
  const query = sql`select ${real(sql`orders`)} as orders, ${real(sql`count(*)`)} as customers,
      ${real(sql`sum(keys)`)} as keys, max(cast(who as varchar)) as who
    from (${byCustomer}) as customers group by customers.orders order by customers.orders`
  const found = await lines.fetch(query, {
    orders: 'number',
    customers: 'number',
    keys: 'number',
    who: 'text',
  })
  const sum = (of: (row: number) => number) => found.orders.reduce((total, _, row) => total + of(row), 0)
  const [perCustomer, last] = [frequenciesOf(found.orders, found.customers), found.orders.length - 1]
  const isAlone = found.customers[last] === 1
  const first = { orders: found.orders[last] as number, next: found.orders[isAlone ? last - 1 : last] ?? 0 }
  const isKeyed = lines.columns.includes('order') && sum((row) => found.keys[row] as number) === read
  return {
    customers: sum((row) => found.customers[row] as number),
    orders: sum((row) => (found.orders[row] as number) * (found.customers[row] as number)),
    once: sum((row) => (found.orders[row] === 1 ? (found.customers[row] as number) : 0)),
    medianOrders: quantilesOf(perCustomer, [50])[0] as number,
    first: {
      ...first,
      customer: isAlone ? await nameOf(lines, found.who[last] as string, first) : undefined,
    },
    isKeyed,
  }
}

/** Who stands out by so many orders? Undefined where nobody does. */
async function nameOf(
  lines: Table,
  who: string,
  { orders, next }: { readonly orders: number; readonly next: number },
): Promise<string | undefined> {
  if (orders < STANDS_OUT * next) return undefined
  const digest = sql`cast(${lines.dialect.digest([sql`customer`])} as varchar)`
  const query = sql`select min(customer) as customer from ${lines.from} as lines
    where customer is not null and ${digest} = ${who}`
  const { customer } = await lines.fetch(query, { customer: 'text' })
  return customer[0] ?? undefined
}
