/** The table as a whole: facts, in words and as numbers. */
import { formatDay } from '../../core/days.ts'
import { percent, wholeText } from '../../core/numerals.ts'
import { reasonsOf } from '../../core/orders.ts'
import type { Columns } from '../../core/report.ts'
import { name, sql } from '../../core/sql.ts'
import type { Cells } from './cells.ts'
import type { Described } from './columns.ts'
import type spec from './index.ts'
import type { Purchases } from './purchases.ts'

/** Rows that are the same as another one, counted without the first of each. */
export async function repeatedRows({ table, columns }: Cells, rows: number): Promise<number> {
  const digest = table.dialect.digest(columns.map(({ header }) => name(header)))
  const query = sql`select ${table.dialect.real(sql`count(*)`)} as different
    from (select distinct ${digest} from ${table.from} as rows) as digests`
  const { different } = await table.fetch(query, { different: 'number' })
  return rows - (different[0] ?? 0)
}

interface Fact {
  readonly en: string
  readonly zh: string
  readonly value: string
  /** Where it holds words. */
  readonly valueZh?: string
  readonly number?: number
}

/** The days that a column holds, and those of its span that it does not. */
interface Span {
  readonly first: number
  readonly last: number
  readonly empty: number
  /** The longest run of them: its first day, and how many. */
  readonly gap: { readonly from: number; readonly days: number }
}

/** Of the column that plays the date. */
export function spanOf(described: readonly Described[]): Span | undefined {
  const date = described.find(({ cell }) => cell.role === 'date' && cell.kind === 'day')
  const days = date?.frequent.frequencies?.values
  const [first, last] = [days?.[0], days?.at(-1)]
  if (!days || first === undefined || last === undefined) return undefined
  let gap = { from: first, days: 0 }
  days.forEach((day, i) => {
    const before = days[i - 1] ?? day
    if (day - before - 1 > gap.days) gap = { from: before + 1, days: day - before - 1 }
  })
  return { first, last, empty: last - first + 1 - days.length, gap }
}

export interface Whole {
  readonly rows: number
  readonly described: readonly Described[]
  readonly repeated: number
  readonly purchases: Purchases | undefined
  /** Of the amounts. */
  readonly currencies: readonly string[]
}

export function fileSheet(whole: Whole): Columns<(typeof spec)['gives']['file']> {
  const span = spanOf(whole.described)
  const facts = [
    ...factsOfTable(whole),
    ...(span ? factsOfSpan(span) : []),
    ...(whole.purchases ? factsOfPurchases(whole.purchases) : []),
  ]
  return {
    fact: facts.map(({ en }) => en),
    fact_zh: facts.map(({ zh }) => zh),
    value: facts.map(({ value }) => value),
    value_zh: facts.map(({ value, valueZh }) => valueZh ?? value),
    number: Float64Array.from(facts, ({ number = Number.NaN }) => number),
  }
}

const counted = (en: string, zh: string, number: number): Fact => ({
  en,
  zh,
  value: wholeText(number),
  number,
})
const part = (en: string, zh: string, number: number): Fact => ({ en, zh, value: percent(number), number })
const decimals = (en: string, zh: string, number: number): Fact => ({
  ...{ en, zh, number },
  value: number.toFixed(2).replace(/^-?\d+/, (digits) => wholeText(Number(digits))),
})

function factsOfTable({ rows, described, repeated }: Whole): Fact[] {
  const cells = rows * described.length
  const present = described.reduce((sum, { counts }) => sum + counts.present, 0)
  return [
    counted('rows', '行数', rows),
    counted('columns', '列数', described.length),
    part('cells without a value', '缺失单元格', cells === 0 ? 0 : 1 - present / cells),
    counted('rows that repeat another', '重复行', repeated),
  ]
}

function factsOfSpan({ first, last, empty, gap }: Span): Fact[] {
  const [days, from] = [wholeText(gap.days), formatDay(gap.from)]
  const longest =
    gap.days > 0 ? { value: `${days} from ${from}`, valueZh: `${days}（自 ${from}）` } : { value: '0' }
  return [
    { en: 'first day', zh: '最早日期', value: formatDay(first) },
    { en: 'last day', zh: '最晚日期', value: formatDay(last) },
    counted('days from first to last, both counted', '跨度（天）', last - first + 1),
    counted('days without a row', '无数据天数', empty),
    { en: 'longest gap, days', zh: '最长空档（天）', ...longest, number: gap.days },
  ]
}

function factsOfPurchases({ tally, returns, ...all }: Purchases): Fact[] {
  const [en, zh] = ['left out', '未计入']
  const [value, valueZh] = [reasonsOf(tally).join(', '), reasonsOf(tally, 'zh').join('，')]
  const out = { en, zh, value, valueZh, number: tally.read - tally.used }
  return [
    counted('lines that count', '有效行', tally.used),
    ...(tally.leftOut.length > 0 ? [out] : []),
    counted('customers', '客户数', all.customers),
    counted('orders', '订单数', all.orders),
    decimals('orders per customer', '客均订单数', all.orders / all.customers),
    decimals('orders per customer, median', '客均订单数（中位）', all.medianOrders),
    counted('most orders of a customer', '单个客户最多订单', all.first.orders),
    part('customers with one order', '一次性客户占比', all.once / all.customers),
    decimals('revenue less returns', '净收入', all.net),
    decimals('revenue per order', '单均收入', all.net / all.orders),
    counted('lines that pay back', '退款行', returns.lines),
    decimals('paid back', '退款金额', returns.money),
  ]
}
