/** What the orders of a customer say, as features. */
import type { Input } from '../../core/command.ts'
import { judgedLines } from '../../core/orders.ts'
import { lastDay } from '../../core/purchaseOptions.ts'
import { leftOutOf, type Purchases, purchasesOf } from '../../core/purchases.ts'
import { join, type Sql, sql } from '../../core/sql.ts'
import { textList } from '../../core/texts.ts'
import { type Described, type Options, said, type Words } from './features.ts'

const ORDER_WORDS: Readonly<Record<OrderFeature, Words>> = {
  recency_days: {
    more: said('long gone', '久未购买', 'have not bought for long', '久未购买'),
    less: said('recent', '近期活跃', 'bought lately', '近期购买过'),
    unit: 'days',
    meaning: { en: 'days since the last purchase', zh: '距上次购买天数' },
  },
  orders: {
    more: said('frequent', '高频', 'buy often', '购买频繁'),
    less: said('rare', '低频', 'buy seldom', '购买很少'),
    unit: 'times',
    meaning: { en: 'days with a purchase', zh: '购买天数' },
  },
  spend: {
    more: said('big spenders', '高消费', 'spend much', '消费高'),
    less: said('small spenders', '低消费', 'spend little', '消费低'),
    unit: 'money',
    meaning: { en: 'what was spent, less what was paid back', zh: '消费总额（减退款）' },
  },
  order_value: {
    more: said('large baskets', '大单', 'spend much at a time', '每次消费高'),
    less: said('small baskets', '小单', 'spend little at a time', '每次消费低'),
    unit: 'money',
    meaning: { en: 'spent per day with a purchase', zh: '每个购买日的消费' },
  },
  tenure_days: {
    more: said('long-standing', '老客户', 'first bought long ago', '首购已久'),
    less: said('new', '新客户', 'first bought lately', '首购不久'),
    unit: 'days',
    meaning: { en: 'days since the first purchase', zh: '首购距今天数' },
  },
  gap_days: {
    more: said('slow to return', '复购慢', 'take long to come back', '复购间隔长'),
    less: said('quick to return', '复购快', 'come back soon', '复购间隔短'),
    unit: 'days',
    meaning: { en: 'mean days between two purchases', zh: '平均购买间隔天数' },
  },
  gap_variation: {
    more: said('irregular', '不规律', 'buy at irregular times', '购买间隔不规律'),
    less: said('regular', '规律', 'buy at regular times', '购买间隔规律'),
    unit: 'number',
    meaning: { en: 'standard deviation of these days over their mean', zh: '购买间隔的变异系数' },
  },
  items: {
    more: said('broad choice', '品类广', 'buy many different items', '购买的商品种类多'),
    less: said('narrow choice', '品类窄', 'buy few different items', '购买的商品种类少'),
    unit: 'number',
    meaning: { en: 'different items bought', zh: '购买过的商品种数' },
  },
  refund_share: {
    more: said('often paid back', '多退款', 'have much paid back', '退款占比高'),
    less: said('seldom paid back', '少退款', 'have little paid back', '退款占比低'),
    unit: 'share',
    meaning: { en: 'part of what was paid that was paid back', zh: '退款占实付的比例' },
  },
  discount_share: {
    more: said('bargain hunters', '爱优惠', 'buy at large discounts', '享受的优惠多'),
    less: said('full price', '少优惠', 'buy at small discounts', '享受的优惠少'),
    unit: 'share',
    meaning: { en: 'part of the full price that discounts took off', zh: '优惠占原价的比例' },
  },
}

type OrderFeature =
  | 'recency_days'
  | 'orders'
  | 'spend'
  | 'order_value'
  | 'tenure_days'
  | 'gap_days'
  | 'gap_variation'
  | 'items'
  | 'refund_share'
  | 'discount_share'

/** How much fewer gaps vary is chance: of three it is off by half as often as not. */
const LEAST_GAPS = 4

/** Who bought once has no gap, who bought little too few to say how much they vary. */
const LACKING: readonly string[] = ['gap_days', 'gap_variation'] satisfies OrderFeature[]

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
  const columns: Partial<Record<OrderFeature, Float64Array>> = { ...seen, ...more }
  const features = Object.entries(ORDER_WORDS).flatMap(([key, of]) => {
    const values = columns[key as OrderFeature]
    const mayLack = LACKING.includes(key) ? { mayLack: true as const } : {}
    const useless = key === 'gap_variation' && isChance(seen) ? { useless: 'no more than chance' } : {}
    return values ? [{ name: key, values, words: of, ...mayLack, ...useless }] : []
  })
  return { things: 'customer', id: textList(purchases.id), features, revenue: seen.spend }
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
    const gap = gaps > 0 ? (last - first) / gaps : Number.NaN
    seen.recency_days[c] = end - last
    seen.orders[c] = n
    seen.spend[c] = spend
    seen.order_value[c] = spend / n
    seen.tenure_days[c] = end - first
    seen.gap_days[c] = gap
    seen.gap_variation[c] =
      gaps >= LEAST_GAPS ? Math.sqrt(Math.max(squares / gaps - gap * gap, 0)) / gap : Number.NaN
  }
  return seen
}

/**
 * Do the gaps of customers vary unlike, or is it chance? A coefficient of variation c of m gaps has a variance of about
 * c^2 (1/2 + c^2) / m. Half of what is seen at the least must be more than that: noise brought to scale splits groups.
 */
function isChance({ gap_variation: variation, orders }: ReturnType<typeof seenOf>): boolean {
  const known = [...variation.keys()].filter((c) => !Number.isNaN(variation[c]))
  if (known.length === 0) return false
  const sumOf = (of: (c: number) => number) => known.reduce((sum, c) => sum + of(c), 0) / known.length
  const middle = sumOf((c) => variation[c] as number)
  const seen = sumOf((c) => ((variation[c] as number) - middle) ** 2)
  const chance = sumOf((c) => (middle ** 2 * (0.5 + middle ** 2)) / ((orders[c] as number) - 1))
  return seen < 2 * chance
}

/** What only the engine can say: different items, and what part was paid back. */
async function furtherOf(
  { lines }: Input,
  ids: readonly (string | null)[],
  question: { readonly until: number | undefined; readonly refunds: Options['refunds'] },
): Promise<Partial<Record<OrderFeature, Float64Array>>> {
  const has = (column: string) => lines.columns.includes(column)
  const { real } = lines.dialect
  const items: Sql = has('item') ? real(sql`count(distinct item)`) : real(sql`0`)
  const back = has('refund')
    ? sql`case when amount < 0 then -amount else abs(coalesce(refund, 0)) end`
    : sql`case when amount < 0 then -amount else 0 end`
  // Exports write what was taken off with either sign.
  const taken: Sql = has('reduction')
    ? real(sql`sum(case when amount > 0 then abs(coalesce(reduction, 0)) else 0 end)`)
    : real(sql`0`)
  const sums = join([
    sql`${items} as items`,
    sql`${real(sql`sum(${back})`)} as refunded`,
    sql`${real(sql`sum(case when amount > 0 then amount else 0 end)`)} as paid`,
    sql`${taken} as taken`,
  ])
  const judged = sql`(${judgedLines(lines, question)}) as judged`
  const query = sql`select customer as who, ${sums} from ${judged} where left_out is null group by customer order by ${lines.dialect.textOrder(sql`customer`)}`
  const found = await lines.fetch(query, {
    who: 'text',
    items: 'number',
    refunded: 'number',
    paid: 'number',
    taken: 'number',
  })
  const rowOf = new Map(found.who.map((who, row) => [who, row]))
  const of = (value: (row: number) => number) => Float64Array.from(ids, (id) => value(rowOf.get(id) ?? -1))
  const share = of((row) => {
    const paid = found.paid[row] ?? 0
    return paid > 0 ? Math.min(1, (found.refunded[row] ?? 0) / paid) : 0
  })
  return {
    ...(has('item') ? { items: of((row) => found.items[row] ?? 0) } : {}),
    refund_share: share,
    ...(has('reduction') ? { discount_share: of((row) => partOf(found.taken[row], found.paid[row])) } : {}),
  }
}

/** Of the full price: what was paid is what is left of it. */
const partOf = (taken = 0, paid = 0): number => (taken + paid > 0 ? taken / (taken + paid) : 0)
