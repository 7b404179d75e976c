/** What a file of orders says as a whole: customers, orders, money, days without any. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { Look } from '../../core/look.ts'
import { summarySql, type Tally } from '../../core/orders.ts'
import type { Role } from '../../core/roles.ts'
import { sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'
import { frequenciesOf, quantilesOf } from '../../models/frequencies.ts'

export interface Purchases {
  readonly tally: Tally
  readonly customers: number
  readonly orders: number
  /** Customers with one order. */
  readonly once: number
  readonly medianOrders: number
  readonly mostOrders: number
  /** Who has most orders, and how many the next one has. */
  readonly first: { readonly customer: string; readonly orders: number; readonly next: number }
  readonly net: number
  readonly returns: { readonly lines: number; readonly money: number }
}

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
  const question = { until: undefined, from: undefined, refunds: 'net', returns: true } as const
  const { real } = lines.dialect
  const customers = sql`(${summarySql(lines, question).rows}) as customers`
  const query = sql`select left_out, ${real(sql`orders`)} as orders, ${real(sql`count(*)`)} as customers,
      ${real(sql`sum(lines)`)} as lines, ${real(sql`sum(net)`)} as net,
      ${real(sql`sum(returns)`)} as returns, ${real(sql`sum(returned)`)} as returned, max(customer) as who
    from ${customers} group by left_out, orders order by orders, left_out`
  const shape = { left_out: 'text', orders: 'number', customers: 'number', lines: 'number' } as const
  const sums = { net: 'number', returns: 'number', returned: 'number' } as const
  const found = await lines.fetch(query, { ...shape, ...sums, who: 'text' })
  const rows = Array.from(found.orders, (orders, row) => ({
    leftOut: found.left_out[row] ?? null,
    ...{ orders, customers: found.customers[row] as number, lines: found.lines[row] as number },
    ...{ net: found.net[row] as number, returns: found.returns[row] as number },
    ...{ returned: found.returned[row] as number, who: found.who[row] ?? '' },
  }))
  const tally = tallied(rows)
  if (tally.used === 0) throw new CustError('input', 'no line of the input can be used')
  const counted = rows.filter(({ leftOut }) => leftOut === null)
  return { tally, ...ordersOf(counted) }
}

interface Row {
  readonly leftOut: string | null
  readonly orders: number
  readonly customers: number
  readonly lines: number
  readonly net: number
  readonly returns: number
  readonly returned: number
  readonly who: string
}

function tallied(rows: readonly Row[]): Tally {
  const leftOut = rows
    .flatMap(({ leftOut: reason, lines }) => (reason === null ? [] : [{ reason, lines }]))
    .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1))
  const used = rows.reduce((sum, { leftOut: reason, lines }) => sum + (reason === null ? lines : 0), 0)
  return { used, leftOut, read: leftOut.reduce((sum, { lines }) => sum + lines, used) }
}

function ordersOf(rows: readonly Row[]): Omit<Purchases, 'tally'> {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + (of(row) || 0), 0)
  const perCustomer = frequenciesOf(
    Float64Array.from(rows, ({ orders }) => orders),
    Float64Array.from(rows, ({ customers }) => customers),
  )
  const [medianOrders] = quantilesOf(perCustomer, [50])
  const [most, next] = rows.toReversed()
  const second = (most?.customers ?? 0) > 1 ? most?.orders : next?.orders
  return {
    customers: sum(({ customers }) => customers),
    orders: sum(({ orders, customers }) => orders * customers),
    once: sum(({ orders, customers }) => (orders === 1 ? customers : 0)),
    medianOrders: medianOrders as number,
    mostOrders: most?.orders ?? 0,
    first: { customer: most?.who ?? '', orders: most?.orders ?? 0, next: second ?? 0 },
    net: sum(({ net }) => net),
    returns: { lines: sum(({ returns }) => returns), money: sum(({ returned }) => returned) },
  }
}
