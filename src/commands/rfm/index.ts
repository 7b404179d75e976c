import { define } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import {
  choice,
  date,
  decimals,
  flag,
  integers,
  savedFile,
  type TextFile,
  textFile,
  text as textOption,
} from '../../core/options.ts'
import { orderOptions } from '../../core/orders.ts'
import { count, day, days, money, number, optional, score, share, text, written } from '../../core/report.ts'

const schemes = ['classic11', 'rf10', 'cn8', 'pareto4'] as const

export type SchemeName = (typeof schemes)[number]

function schemeOption(given: string): SchemeName | TextFile {
  const known = schemes.find((scheme) => scheme === given)
  if (known) return known
  if (/[./\\]/.test(given)) return { path: given, text: '' }
  throw new CustError('usage', `"${given}" is not one of ${schemes.join(', ')}, nor a file such as map.json`)
}

/** `all`, or a number of days: `365d`. */
function windowOption(given: string): number | undefined {
  if (given === 'all') return undefined
  const match = /^([1-9]\d{0,4})d?$/.exec(given)
  if (match) return Number(match[1])
  throw new CustError('usage', `"${given}" is not a window; write all, or a number of days such as 365d`)
}

/** How `--split` cuts each measure into high and low for cn8. */
export type Split =
  | 'mean'
  | 'median'
  | 'score-mean'
  | { readonly r: number; readonly f: number; readonly m: number }

function splitOption(given: string): Split {
  if (given === 'mean' || given === 'median' || given === 'score-mean') return given
  const fixed = /^fixed:([^,]+),([^,]+),([^,]+)$/.exec(given)
  const [r, f, m] = (fixed ?? []).slice(1).map(Number)
  if (r !== undefined && f !== undefined && m !== undefined && [r, f, m].every((cut) => cut >= 0))
    return { r, f, m }
  throw new CustError(
    'usage',
    `"${given}" is not mean, median, score-mean or fixed:DAYS,ORDERS,MONEY such as fixed:10,3,200`,
  )
}

const positive = { min: 0 }

export default define({
  summary: 'Score every customer by recency, frequency and monetary value, and name the segment',
  about: [
    'R is the days from the last order to the as-of day, F the number of orders, M the net amount.',
    'Cuts are type-7 quantiles; a value equal to a cut goes to the lower score. Ties are never split: customers with the same value have the same score, whatever the order of the rows, the currency unit or other columns.',
    'Without an order column every line is an order. Lines with a negative amount are refunds: by default they reduce M and never count for R or F. What a refund column says was paid back is taken off the amount of its line. Customers without a positive net amount are listed as no_net_purchase and not scored.',
    'The as-of day is the day after the last day in the data unless --as-of says otherwise; later lines are left out and counted. With --window 365d, F and M count the last 365 days only; R looks at everything.',
    'Maps: classic11 (R by the rounded mean of F and M; every cell once), rf10 (R by F), cn8 (eight classes by high or low R, F, M; see --split), pareto4 (no published definition; here: the biggest spenders who make 80 % of net revenue are Vital, the rest Tail; Active up to the median recency, Lapsing beyond), or a JSON file { "segments": [{ "name": "VIP", "zh": "贵宾", "r": "4-5", "f": "4-5", "m": "*" }], "default": "Others" } which must cover every cell of scores once, or state a default. "fm" is the rounded mean of F and M.',
    'classic11 and rf10 speak of five levels: with more bins a score s of b counts as level ceil(5 s / b); fewer than five bins are refused.',
    'Compatible scores: r-rfm (R package rfm 0.3.0: quantiles plus 1, its vignette map; differs from the default for values just above a cut, 3 of 995 customers of its own data), pandas (qcut with duplicates dropped), ntile (SQL, splits ties by customer id), klaviyo3 (terciles, six groups), excel (bands of PERCENTRANK.INC, which keeps three digits of a rank).',
  ],
  needs: ['customer', 'date', 'amount'],
  uses: ['order', 'refund', 'status', 'currency', 'cost', 'margin'],
  options: {
    ...orderOptions,
    bins: integers('scores per axis: one number, or three for R, F, M (default 5)', undefined, {
      min: 1,
      max: 10,
    }),
    method: choice('how cuts are found', 'quantile', ['quantile', 'fixed', 'ntile', 'kmeans', 'log']),
    rCuts: decimals('your own cuts for R, in days, ascending', undefined, positive),
    fCuts: decimals('your own cuts for F, in orders, ascending', undefined, positive),
    mCuts: decimals('your own cuts for M, in money, ascending', undefined, positive),
    monetary: choice('what M is: net amount, per order, or margin', 'sum', ['sum', 'avg', 'margin']),
    window: textOption('days that F and M look back, or all', '<all|365d>', undefined, windowOption),
    weights: decimals('weights of R, F, M in rfm_weighted', [1, 1, 1], positive),
    scheme: {
      ...textOption<SchemeName | TextFile | undefined>(
        'segment map (default classic11)',
        `<${schemes.join('|')}|file>`,
        undefined,
        schemeOption,
        schemes,
      ),
      opens: 'text' as const,
    },
    split: textOption<Split>(
      'high and low for cn8: mean, median, score-mean or fixed:R,F,M',
      '<rule>',
      'mean',
      splitOption,
      ['mean', 'median', 'score-mean', 'fixed:'],
    ),
    compat: choice('score as another tool does', undefined, [
      'r-rfm',
      'pandas',
      'ntile',
      'klaviyo3',
      'excel',
    ]),
    saveCuts: savedFile('write the cuts to a file, for --use-cuts'),
    useCuts: textFile('score with the cuts of an earlier run'),
    previous: textOption<string | undefined>(
      'an earlier answer, to see who moved',
      '<file>',
      undefined,
      (path) => path,
    ),
    compareAsOf: date('score as of this earlier day too, to see who moved'),
    heatmap: flag('show customers and mean spend by R and F'),
  },
  gives: {
    customers: {
      customer_id: text('Customer', '客户'),
      last_order_date: day('Last order', '最近下单'),
      recency_days: days('Recency (days)', '距上次消费（天）'),
      orders: count('Orders', '消费次数'),
      net_amount: money('Spent', '消费金额'),
      monetary: optional(money('Monetary', '价值指标')),
      r: score('R', 'R'),
      f: score('F', 'F'),
      m: score('M', 'M'),
      rfm_score: text('RFM', 'RFM'),
      rfm_weighted: number('Weighted (0-100)', '加权得分（0-100）'),
      segment: written('en', text('Segment', '客户分层（英文）')),
      segment_zh: written('zh', text('Segment (Chinese)', '客户分层')),
      segment_prev: optional(text('Before', '上期分层')),
      move: optional(text('Move', '变化')),
    },
    segments: {
      segment: written('en', text('Segment', '客户分层（英文）')),
      segment_zh: written('zh', text('Segment (Chinese)', '客户分层')),
      customers: count('Customers', '客户数'),
      customers_pct: share('Share', '客户占比'),
      orders: count('Orders', '订单数'),
      revenue: money('Revenue', '消费金额'),
      revenue_pct: share('Share of revenue', '金额占比'),
      aov: money('Average order', '客单价'),
      recency_median: days('Median recency (days)', '距上次消费中位数（天）'),
      orders_median: number('Median orders', '消费次数中位数'),
      net_median: money('Median spent', '消费金额中位数'),
      action: written('en', text('Action', '建议动作（英文）')),
      action_zh: written('zh', text('Action (Chinese)', '建议动作')),
    },
    heatmap: {
      r: score('R', 'R'),
      f: score('F', 'F'),
      customers: count('Customers', '客户数'),
      customers_pct: share('Share', '客户占比'),
      mean_amount: money('Mean spent', '平均消费金额'),
    },
    transitions: {
      from: text('From', '上期分层'),
      to: text('To', '本期分层'),
      customers: count('Customers', '客户数'),
      row_pct: share('Share of From', '占上期比例'),
      customers_same_cuts: optional(count('With the earlier cuts', '按上期切点')),
    },
    cuts: {
      axis: text('Axis', '维度'),
      score: score('Score', '得分'),
      rule: text('Values', '取值范围'),
      cut: number('Cut', '切点'),
      customers: count('Customers', '客户数'),
      customers_pct: share('Share', '客户占比'),
    },
  },
  titles: {
    customers: { en: 'Customers', zh: '客户' },
    segments: { en: 'Segments', zh: '客户分层汇总' },
    heatmap: { en: 'Mean spent by R and F', zh: 'R 与 F 的平均消费金额' },
    transitions: { en: 'Who moved', zh: '分层变化' },
    cuts: { en: 'Cuts', zh: '切点' },
  },
  lead: ['segments'],
  grids: { heatmap: { down: 'r', across: 'f', value: 'mean_amount' } },
  examples: [
    { line: 'cust rfm orders.csv', shows: 'a summary by segment and the first customers' },
    { line: 'cust rfm orders.csv -o rfm.xlsx', shows: 'everything as a workbook, one sheet each' },
    { line: 'cust rfm orders.csv --scheme cn8 --lang zh', shows: '八分类，中文标题' },
    {
      line: 'cust rfm orders.csv --as-of 2024-12-31 --previous last-month.csv',
      shows: 'who moved since last month',
    },
    {
      line: 'cust rfm orders.csv --customer 会员号 --amount 实付金额 --sheet cuts',
      shows: 'columns by name; the cut points',
    },
  ],
})
