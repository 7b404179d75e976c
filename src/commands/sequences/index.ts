import { define } from '../../core/command.ts'
import { flag, integer, names, text as textOption } from '../../core/options.ts'
import { purchaseOptions, type Span, span } from '../../core/purchaseOptions.ts'
import { count, day, days, number, optional, share, text } from '../../core/report.ts'

export default define({
  summary: 'What is bought next, what is bought again and when, and who is due now',
  about: [
    'Next: of the customers who bought A, the share who buy B on a later day within --within, counted from their first A. Whoever’s window is still open at the last day of observation is left out, whether B was bought or not: else the recent ones would make every share too small or too large. Beside it stands the same share from everybody’s first purchase of anything. Lift is the one over the other; q is the false discovery rate of Fisher’s exact test of the two, over all pairs of items that enough customers bought. Shown are pairs with a lift above 1 and q of at most 5 %; the others are counted (--all).',
    'Customers who buy much buy anything more: a lift of little more than 1 may say no more than that.',
    'Rebuy: the share who buy the same item again in time, and quarters of the days between two purchases of it. Those are of customers who did come back; the last column counts those who have not yet by how long they have not (Kaplan and Meier 1958), and is blank where fewer than half ever do.',
    'Due: who bought A at least the median of the days ago, not longer than --within, and not B since (for rebuying: A itself). Of several reasons for an item the one with the greatest share is told.',
    'Patterns: items bought one after the other, or together (+), by so many customers, no two steps further apart than --max-gap (PrefixSpan, Pei et al. 2001). Only patterns that no longer one holds with as many customers, unless --all.',
    'What a customer bought on a day is one visit. Cancelled, unpaid and refunded lines, lines without an item and lines with no or a negative quantity are out.',
  ],
  needs: ['customer', 'date', 'item'],
  uses: ['quantity', 'amount', 'price', 'refund', 'status'],
  options: {
    within: textOption<Span | undefined>(
      'days after a purchase that count (default: 90d, at most a third of the data)',
      '<90d>',
      undefined,
      span,
    ),
    minCustomers: integer('least customers of a pair or pattern', 10, { min: 1 }),
    maxGap: textOption<Span | undefined>(
      'most days between two steps of a pattern (default: as --within)',
      '<90d>',
      undefined,
      span,
    ),
    maxLen: integer('most items of a pattern', 4, { min: 1, max: 8 }),
    not: names('items that are left out'),
    all: flag('show pairs that may be chance and patterns that are not closed, too'),
    top: integer('only so many pairs, those with the highest lift', undefined, { min: 1 }),
    asOf: purchaseOptions.asOf,
    budget: integer('give up beyond so many patterns', 1_000_000, { min: 1 }),
  },
  gives: {
    next: {
      item: text('Who bought', '已购'),
      next_item: text('then buys', '随后购买'),
      customers: count('Customers', '客户数'),
      bought: count('of them', '其中购买'),
      share: share('Share', '占比'),
      base_share: share('Anyone', '基准占比'),
      lift: number('Lift', '提升度'),
      q_value: number('q', 'q 值'),
      median_days: number('Median days', '中位天数'),
      hidden: optional(text('Hidden', '隐藏原因')),
    },
    rebuy: {
      item: text('Item', '商品'),
      customers: count('Customers', '客户数'),
      closed_windows: count('with a closed window', '窗口已结束'),
      rebuy_share: share('Bought again', '复购占比'),
      gaps: count('Gaps', '间隔数'),
      q25_days: number('A quarter within', '下四分位天数'),
      median_days: number('Half within', '中位天数'),
      q75_days: number('Three quarters within', '上四分位天数'),
      median_days_of_all: number('Half of all within', '全体中位天数'),
    },
    due: {
      customer_id: text('Customer', '客户'),
      item: text('Due', '应购商品'),
      because: text('as bought', '依据'),
      last_date: day('Last on', '最近购买日'),
      days_since: days('Days since', '距今天数'),
      usual_days: number('Usual days', '通常天数'),
      share: share('Share who buy', '购买占比'),
    },
    patterns: {
      pattern: text('Pattern', '序列'),
      items: count('Items', '项数'),
      steps: count('Steps', '步数'),
      customers: count('Customers', '客户数'),
      share: share('Share', '占比'),
      closed: text('Closed', '闭序列'),
    },
  },
  titles: {
    next: { en: 'Next products', zh: '下一购买' },
    rebuy: { en: 'Bought again', zh: '复购间隔' },
    due: { en: 'Due now', zh: '当前应购' },
    patterns: { en: 'Sequences', zh: '购买序列' },
  },
  lead: [],
  network: { sheet: 'next', from: 'item', to: 'next_item', width: 'lift' },
  examples: [
    { line: 'cust sequences orders.csv', shows: 'what is bought next, highest lift first' },
    { line: 'cust sequences orders.csv --within 60d --sheet due', shows: 'who is due to buy what' },
    {
      line: 'cust sequences orders.csv --sheet rebuy',
      shows: 'after how many days each item is bought again',
    },
    {
      line: 'cust sequences orders.csv --sheet patterns --max-gap 60d',
      shows: 'what is bought one after the other',
    },
  ],
})
