/** What the orders of a customer say, as features. */
import type { Input } from '../../core/command.ts'
import { judgedLines } from '../../core/orders.ts'
import { lastDay } from '../../core/purchaseOptions.ts'
import { leftOutOf, type Purchases, purchasesOf } from '../../core/purchases.ts'
import { join, type Sql, sql } from '../../core/sql.ts'
import { textList } from '../../core/texts.ts'
import { type Described, type Options, words } from './features.ts'

const ORDER_WORDS = {
  recency_days: words(
    'days since the last purchase',
    '距上次购买天数',
    ['long gone', 'recent'],
    ['久未购买', '近期活跃'],
  ),
  orders: words('purchase days', '购买天数', ['frequent', 'rare'], ['高频', '低频']),
  spend: words('spent', '消费总额', ['big spenders', 'small spenders'], ['高消费', '低消费']),
  order_value: words(
    'spent per purchase day',
    '客单价',
    ['large baskets', 'small baskets'],
    ['大单', '小单'],
  ),
  tenure_days: words(
    'days since the first purchase',
    '首购距今天数',
    ['long-standing', 'new'],
    ['老客户', '新客户'],
  ),
  gap_days: words(
    'days between purchases',
    '购买间隔天数',
    ['long gaps', 'short gaps'],
    ['间隔长', '间隔短'],
  ),
  gap_variation: words('variation of the gaps', '间隔变异', ['irregular', 'regular'], ['不规律', '规律']),
  items: words('different items', '商品种数', ['broad choice', 'narrow choice'], ['品类广', '品类窄']),
  refund_share: words(
    'share paid back',
    '退款占比',
    ['often returning goods', 'keeping goods'],
    ['多退货', '少退货'],
  ),
} as const

export async function describeCustomers(input: Input, options: Options): Promise<Described> {
  const until = lastDay(options, input.today)
  const history = await purchasesOf(input.lines, { until, refunds: options.refunds, money: true })
  const { purchases, latest } = history
  const end = until ?? latest
  const customers = purchases.start.length - 1
  input.account({ asOf: end, tally: history.tally, customers })
  const left = leftOutOf(history.counts)
  if (left !== undefined) input.note(left)
  const seen = seenOf(purchases, end)
  const more = await furtherOf(input, textList(purchases.id), { until, refunds: options.refunds })
  const columns: Partial<Record<keyof typeof ORDER_WORDS, Float64Array>> = { ...seen, ...more }
  const features = Object.entries(ORDER_WORDS).flatMap(([key, of]) => {
    const values = columns[key as keyof typeof ORDER_WORDS]
    return values ? [{ name: key, values, words: of }] : []
  })
  return { id: textList(purchases.id), features, revenue: seen.spend }
}

function seenOf({ start, day, net }: Purchases, end: number) {
  const customers = start.length - 1
  const column = () => new Float64Array(customers)
  const seen = {
    recency_days: column(),
    orders: column(),
    spend: column(),
    order_value: column(),
    tenure_days: column(),
    gap_days: column(),
    gap_variation: column(),
  }
  for (let c = 0; c < customers; c++) {
    const [from, to] = [start[c] as number, start[c + 1] as number]
    const [first, last, n] = [day[from] as number, day[to - 1] as number, to - from]
    let [spend, squares] = [0, 0]
    for (let at = from; at < to; at++) {
      spend += net[at] as number
      if (at > from) squares += ((day[at] as number) - (day[at - 1] as number)) ** 2
    }
    const gaps = n - 1
    // Of who bought once the time since then is all that is known of a gap.
    const gap = gaps > 0 ? (last - first) / gaps : end - first
    seen.recency_days[c] = end - last
    seen.orders[c] = n
    seen.spend[c] = spend
    seen.order_value[c] = spend / n
    seen.tenure_days[c] = end - first
    seen.gap_days[c] = gap
    seen.gap_variation[c] = gaps > 1 && gap > 0 ? Math.sqrt(Math.max(squares / gaps - gap * gap, 0)) / gap : 0
  }
  return seen
}

/** What only the engine can say: different items, and what part was paid back. */
async function furtherOf(
  { lines }: Input,
  ids: readonly (string | null)[],
  question: { readonly until: number | undefined; readonly refunds: Options['refunds'] },
): Promise<Partial<Record<'items' | 'refund_share', Float64Array>>> {
  const has = (column: string) => lines.columns.includes(column)
  const { real } = lines.dialect
  const items: Sql = has('item') ? real(sql`count(distinct item)`) : real(sql`0`)
  const back = has('refund')
    ? sql`case when amount < 0 then -amount else abs(coalesce(refund, 0)) end`
    : sql`case when amount < 0 then -amount else 0 end`
  const sums = join([
    sql`${items} as items`,
    sql`${real(sql`sum(${back})`)} as refunded`,
    sql`${real(sql`sum(case when amount > 0 then amount else 0 end)`)} as paid`,
  ])
  const judged = sql`(${judgedLines(lines, question)}) as judged`
  const query = sql`select customer as who, ${sums} from ${judged} where left_out is null group by customer order by ${lines.dialect.textOrder(sql`customer`)}`
  const found = await lines.fetch(query, { who: 'text', items: 'number', refunded: 'number', paid: 'number' })
  const rowOf = new Map(found.who.map((who, row) => [who, row]))
  const of = (value: (row: number) => number) => Float64Array.from(ids, (id) => value(rowOf.get(id) ?? -1))
  const share = of((row) => {
    const paid = found.paid[row] ?? 0
    return paid > 0 ? Math.min(1, (found.refunded[row] ?? 0) / paid) : 0
  })
  return {
    ...(has('item') ? { items: of((row) => found.items[row] ?? 0) } : {}),
    refund_share: share,
  }
}
