/** How the dates and numbers of a column are written, where no one way of reading fits, or more than one does. */
import { formatDay } from '../../core/days.ts'
import type { ColumnLook, Look } from '../../core/look.ts'
import { type DateOrder, dateStyle, readDay } from '../../fields/date.ts'
import type { Seen } from '../../fields/seen.ts'
import type { Finding, Said } from './check.ts'
import type { Field } from './fields.ts'

/** Day and month in both orders or in either, decimal comma and point. */
export function styleFindings({ columns }: Look, fields: readonly Field[]): Finding[] {
  return [...contradictions(columns, fields), ...openDates(fields)]
}

const ofColumn = (column: string, example: string | undefined) => ({
  ...{ dimension: 'consistency' as const, column, count: 1, share: Number.NaN, lines: '' },
  examples: example === undefined ? [] : [{ file: '', line: undefined, value: example }],
})

function contradictions(columns: Look['columns'], fields: readonly Field[]): Finding[] {
  return columns.flatMap((column: ColumnLook): Finding[] => {
    const { name, doubt, reads, evidence } = column
    if (doubt !== 'contradictory' || !reads) return []
    const seen = fields.find(({ header }) => header === name)?.seen ?? []
    const said =
      reads.as === 'day'
        ? { rule: 'mixed_dates', ...(byMark(seen) ?? bothOrders) }
        : {
            rule: 'mixed_decimals',
            en: 'some numbers have a decimal comma, others a decimal point',
            zh: '小数点与小数逗号混用',
          }
    return [{ ...said, severity: 'error', ...ofColumn(name, evidence) }]
  })
}

const bothOrders: Said = {
  en: 'day and month stand in both orders',
  zh: '日期的日月顺序前后矛盾',
}

/** What comes first in each order. */
const first: Readonly<Record<DateOrder, Said>> = {
  dmy: { en: 'the day', zh: '日' },
  mdy: { en: 'the month', zh: '月' },
  ymd: { en: 'the year', zh: '年' },
}

/** Two systems wrote the column, each with a mark of its own between day and month: 13/01/2024 and 01-25-2024. */
function byMark(seen: readonly Seen[]): Said | undefined {
  const orders = ['/', '-', '.'].flatMap((mark) => {
    const parts = (value: string) => /^\d{1,2}([-./])\d{1,2}\1\d{2,4}(?!\d)/.exec(value.trim())?.[1] === mark
    const style = dateStyle(seen.filter(({ value }) => parts(value)))
    return style.share > 0 ? [{ mark, order: style.contradiction ? undefined : style.order }] : []
  })
  const decided = orders.flatMap(({ mark, order }) => (order ? [{ mark, order }] : []))
  if (decided.length < orders.length || new Set(decided.map(({ order }) => order)).size < 2) return undefined
  const en = decided.map(({ mark, order }) => `with ${mark} ${first[order].en} comes first`).join(', ')
  const zh = decided.map(({ mark, order }) => `用 ${mark} 分隔的${first[order].zh}在前`).join('，')
  return {
    en: `day and month stand in both orders: ${en}, as if two systems wrote the column`,
    zh: `日期的日月顺序前后矛盾：${zh}，像是由两个系统写入`,
  }
}

/** Nothing can be asked of such days before somebody says what they are. */
function openDates(fields: readonly Field[]): Finding[] {
  return fields.flatMap(({ header, reading, look, seen }): Finding[] => {
    if (!reading?.open) return []
    const open = seen.find(({ value }) => readBothWays(value).length > 1)
    if (!open) return []
    const [told, ways] = [open.value.trim(), readBothWays(open.value)]
    return [
      {
        ...{ rule: 'undecided_dates', severity: 'warning', ...ofColumn(header, look?.evidence) },
        en: `${told} is ${waysIn('en', ways, ', ')}, and no cell decides: --date-order does`,
        zh: `${told} 可读作 ${waysIn('zh', ways, ' 或 ')}，无法判断，请用 --date-order 指定`,
      },
    ]
  })
}

const waysIn = (language: keyof Said, ways: ReturnType<typeof readBothWays>, between: string): string =>
  ways
    .map(({ order, day }) =>
      language === 'en' ? `${day} where ${first[order].en} comes first` : `${day}（${first[order].zh}在前）`,
    )
    .join(between)

/** The different days that a text may be. */
function readBothWays(value: string): { readonly order: DateOrder; readonly day: string }[] {
  const found = (['dmy', 'mdy', 'ymd'] as const).flatMap((order) => {
    const day = readDay(value, dateStyle([{ value, count: 1, line: 1 }], order))
    return day === undefined ? [] : [{ order, day: formatDay(day) }]
  })
  return found.filter(({ day }, i) => found.findIndex((other) => other.day === day) === i)
}
