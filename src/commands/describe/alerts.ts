/** What looks wrong, in plain words, with how many rows it touches. */
import { formatDay } from '../../core/days.ts'
import { wholeText } from '../../core/numerals.ts'
import type { Columns } from '../../core/report.ts'
import { isPlaceholder } from '../../fields/id.ts'
import { type Described, valueTold } from './columns.ts'
import type { Whole } from './file.ts'
import type spec from './index.ts'

export interface Alert {
  /** A name for programs. */
  readonly alert: string
  readonly column?: string
  readonly count: number
  readonly en: string
  readonly zh: string
  readonly example?: string | undefined
}

export function alertsSheet(whole: Whole): Columns<(typeof spec)['gives']['alerts']> {
  const alerts = alertsOf(whole)
  return {
    alert: alerts.map(({ alert }) => alert),
    column: alerts.map(({ column }) => column ?? null),
    count: Float64Array.from(alerts, ({ count }) => count),
    share: Float64Array.from(alerts, ({ count }) => count / whole.rows),
    what: alerts.map(({ en }) => en),
    what_zh: alerts.map(({ zh }) => zh),
    example: alerts.map(({ example }) => example ?? null),
  }
}

export function alertsOf(whole: Whole): Alert[] {
  const ofColumns = whole.described.flatMap((each) =>
    [...doubts(each), ...empty(each, whole.rows), ...names(each), ...values(each)].map((alert) => ({
      ...alert,
      column: each.cell.header,
    })),
  )
  return [...ofColumns, ...mixture(whole), ...crowd(whole), ...repeats(whole)].filter(
    ({ count }) => count > 0,
  )
}

function doubts({ cell, counts }: Described): Alert[] {
  const { kind, doubt, evidence: example } = cell
  const unreadable = counts.present - counts.readable
  if (doubt === 'contradictory' && kind === 'day') {
    const [en, zh] = ['day and month stand in both orders', '日期的日月顺序前后矛盾']
    return [{ alert: 'mixed_dates', count: Math.max(1, unreadable), en, zh, example }]
  }
  if (doubt === 'undecided' && kind === 'day') {
    const [en, zh] = [
      'every date reads as day-month and as month-day: --date-order decides',
      '日月顺序无法判断，请用 --date-order 指定',
    ]
    return [{ alert: 'undecided_dates', count: counts.present, en, zh, example }]
  }
  if (doubt === 'contradictory') {
    const [en, zh] = ['some numbers have a decimal comma, others a decimal point', '小数点与小数逗号混用']
    return [{ alert: 'mixed_decimals', count: Math.max(1, unreadable), en, zh, example }]
  }
  if (doubt === 'undecided') {
    const [en, zh] = [
      'the mark in its numbers may stand before decimals or between thousands: --decimal decides',
      '数字中的分隔符可能是小数点或千分位，请用 --decimal 指定',
    ]
    return [{ alert: 'undecided_decimals', count: counts.present, en, zh, example }]
  }
  const what = kind === 'day' ? (['dates', '日期'] as const) : (['numbers', '数字'] as const)
  return [
    {
      alert: 'unreadable',
      count: unreadable,
      en: `no ${what[0]}, though the others are`,
      zh: `无法识别为${what[1]}的单元格`,
    },
  ]
}

function empty({ counts, frequent }: Described, rows: number): Alert[] {
  if (rows < 2) return []
  if (counts.present === 0) return [{ alert: 'empty', count: rows, en: 'no row has a value', zh: '整列为空' }]
  if (frequent.distinct !== 1 || counts.readable < rows) return []
  return [{ alert: 'constant', count: rows, en: 'every row has the same value', zh: '整列取值相同' }]
}

function names({ cell, counts, frequent }: Described): Alert[] {
  const nobody = frequent.top.filter(({ value }) => typeof value === 'string' && isPlaceholder(value))
  return [
    {
      alert: 'leading_zeros',
      count: counts.signs.zeroLed,
      en: 'a spreadsheet drops the zeros in front: import as text',
      zh: '用电子表格直接打开会丢失前导零，请按文本导入',
    },
    {
      alert: 'long_ids',
      count: counts.signs.long,
      en: 'a spreadsheet keeps only 15 digits: import as text',
      zh: '超过 15 位数字，用电子表格打开会丢失末尾数字，请按文本导入',
    },
    {
      alert: 'rounded_ids',
      count: counts.signs.rounded,
      en: 'a spreadsheet has lost the last digits: export again',
      zh: '已被电子表格转换为科学计数，末尾数字已丢失，请重新导出',
    },
    {
      alert: 'mojibake',
      count: counts.signs.garbled,
      en: 'wrongly decoded letters: export again as UTF-8',
      zh: '写入前已乱码，请以 UTF-8 重新导出',
    },
    ...(cell.role === 'customer' || cell.kind !== 'text'
      ? nobody.map((top) => ({
          alert: 'nobody',
          count: top.count,
          en: 'stands for no customer: its lines are out',
          zh: '不是真实客户，相关行不计入',
          example: valueTold(cell, top),
        }))
      : []),
  ]
}

function values({ counts, outliers }: Described): Alert[] {
  const alerts: Alert[] = [
    {
      alert: 'future_dates',
      count: counts.signs.future,
      en: 'days that have not come yet',
      zh: '日期晚于今天',
      ...(counts.signs.future > 0 ? { example: formatDay(counts.max) } : {}),
    },
  ]
  if (!outliers) return alerts
  const { fences, count } = outliers
  const range = `${plain(fences.low)} .. ${plain(fences.high)}`
  const { en: by, zh } = BEYOND[fences.by]
  return [...alerts, { alert: 'outliers', count, en: `beyond ${range}: ${by}`, zh: `超出 ${range}：${zh}` }]
}

const BEYOND = {
  median: {
    en: '3.5 robust standard deviations from the median',
    zh: '距中位数超过 3.5 个稳健标准差',
  },
  quartiles: {
    en: '3 quartile ranges beyond the quartiles, as more than half are equal',
    zh: '超出四分位 3 倍间距（过半取值相同）',
  },
  tails: {
    en: '3 times the range of the middle 90 % beyond it, as nearly all are equal',
    zh: '超出中间 90 % 范围的 3 倍间距（绝大多数取值相同）',
  },
} as const

/** To five digits, as people compare. */
const plain = (value: number): string => String(Number(value.toPrecision(5)))

function mixture({ purchases, currencies, rows }: Whole): Alert[] {
  if (!purchases || currencies.length < 2) return []
  const codes = currencies.join(', ')
  return [
    {
      alert: 'mixed_currencies',
      count: rows,
      en: `amounts are added as they are: ${codes}`,
      zh: `多种货币的金额直接相加：${codes}`,
    },
  ]
}

// One customer that is many --------------------------------------------------------------------------

/** Its share of all orders, among so many customers. */
const CROWD = { share: 0.02, customers: 20 }

function crowd({ purchases }: Whole): Alert[] {
  if (!purchases || purchases.customers < CROWD.customers) return []
  const { first, orders } = purchases
  if (first.customer === undefined || first.orders < CROWD.share * orders) return []
  const often = `${wholeText(first.orders)} orders, the next customer ${wholeText(first.next)}`
  return [
    {
      alert: 'crowd',
      count: first.orders,
      en: `guests, a till or a test rather than a person: ${often}`,
      zh: `不像一个人，可能是游客、收银台或测试账号：${wholeText(first.orders)} 单，次多者 ${wholeText(first.next)} 单`,
      example: first.customer,
    },
  ]
}

function repeats({ repeated }: Whole): Alert[] {
  return [
    {
      alert: 'repeated_rows',
      count: repeated,
      en: 'rows that are the same as another one',
      zh: '与其他行完全相同的行',
    },
  ]
}
