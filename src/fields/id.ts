/** Cells that name something: customers, orders, items. They are text, whatever they look like. */
import { type Sql, sql } from '../core/sql.ts'
import { isBlank, trimmed } from './text.ts'

export interface IdStyle {
  /** Values come as `="0123"`, `'0123` or with a TAB, to survive a spreadsheet. */
  readonly wrapped: boolean
  /** A value that hides the real one, such as `##密文` or `138****0000`. */
  readonly masked: string | undefined
  /** A word that stands for "no value". */
  readonly placeholder: string | undefined
}

const WRAPPED = /^\s*(="[^"]*"|'.*)\s*$/s
const MASKED = /^##|\*{2,}|^\$\$/
const PLACEHOLDER = /^(null|nan|n\/a|none|\\n|undefined|\(not set\)|-+|—+)$/i

/** How the ids of a sample are written. */
export function recognise(samples: readonly string[]): IdStyle {
  const values = samples.filter((value) => !isBlank(value)).map((value) => value.trim())
  return {
    wrapped: values.some((value) => WRAPPED.test(value)),
    masked: values.find((value) => MASKED.test(value)),
    placeholder: values.find((value) => PLACEHOLDER.test(value)),
  }
}

/** The id itself: trimmed, unwrapped where the sample shows wrappers, NULL when blank. */
export function idSql(text: Sql, style: Pick<IdStyle, 'wrapped'>): Sql {
  if (!style.wrapped) return trimmed(text)
  const unwrapped = sql`regexp_replace(${trimmed(text)}, ${`^(?:="([^"]*)"|'(.*))$`}, ${'\\1\\2'}, 's')`
  return trimmed(unwrapped)
}
