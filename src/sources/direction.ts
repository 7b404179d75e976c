/** A column that says which way the money of a row went, as bills of Alipay and WeChat do: amounts have no sign there. */
import { type Seen, weightOf } from '../fields/seen.ts'
import { folded, isBlank } from '../fields/text.ts'
import type { Column } from './roles.ts'
import type { RowRule } from './systems/system.ts'

const received = new Set(['收入', '收', '收款', '入账', 'income', 'money in'])
const paid = new Set(['支出', '支', '付款', '出账', 'expense', 'money out'])
const neither = ['不计收支', '/', '其他', '中性交易', 'neutral']

export interface Direction {
  readonly rules: readonly RowRule[]
  readonly told: string
  /** What may be wrong with it. */
  readonly doubt?: string
}

/** Undefined where no column holds such words alone, or nothing was received. */
export function directionOf(columns: readonly Column[]): Direction | undefined {
  for (const { written, seen } of columns) {
    const found = wordsOf(seen)
    if (found) return directed(written, found)
  }
  return undefined
}

interface Words {
  readonly received: readonly Seen[]
  readonly paid: readonly Seen[]
}

function wordsOf(seen: readonly Seen[]): Words | undefined {
  const values = seen.filter(({ value }) => !isBlank(value))
  const among = (words: { has(word: string): boolean }) =>
    values.filter(({ value }) => words.has(folded(value)))
  const found = { received: among(received), paid: among(paid) }
  const known = found.received.length + found.paid.length + among(new Set(neither)).length
  return known === values.length && found.received.length > 0 && found.paid.length > 0 ? found : undefined
}

function directed(column: string, words: Words): Direction {
  const out = words.paid.map(({ value }) => value.trim()).join(', ')
  const isBill = weightOf(words.paid) > weightOf(words.received)
  const doubt = `most rows are ${out} in "${column.trim()}": who was paid is no customer`
  return {
    rules: [
      { column, is: [...paid], means: 'out' },
      { column, is: neither, means: 'other', reason: 'neither received nor paid' },
    ],
    told: `what is ${out} in "${column.trim()}" is money paid back: it is taken off what was received`,
    ...(isBill ? { doubt } : {}),
  }
}
