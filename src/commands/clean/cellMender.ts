/** The cells of one column, mended: most are told to be right from their bytes, the others once for each value. */
import type { RowBatch } from '../../core/rewrite.ts'
import { type SlicedText, textReader } from '../../core/texts.ts'
import type { SurelyPlain } from '../../fields/surelyPlain.ts'
import { byteTable } from './byteTable.ts'
import { type TidyingOf, tidied } from './cells.ts'
import type { CleanColumn } from './columns.ts'
import { type Conversion, isLeft, surelyOf } from './converters.ts'

/** What becomes of a value. */
export interface Mended {
  readonly after: string
  readonly rule: string
}

/** Texts that stand in place of others, and by which rule each does. Only added to. */
export interface Outcomes {
  readonly words: string[]
  readonly rules: string[]
}

/** A column, and by row the outcome that stands in place of its cell, from 1; 0 where none does. */
export interface MendedColumn {
  readonly cells: SlicedText
  readonly codes: Int32Array | undefined
  readonly outcomes: Outcomes
}

export interface CellMender {
  readonly column: CleanColumn
  readonly conversion: Conversion | undefined
  mend(batch: RowBatch): MendedColumn
  /** The same for one text. */
  mended(text: string): Mended | undefined
}

/** Further rules for a text, after all others: name and address forms, simplified characters, categories. */
export interface Rule {
  readonly rule: string
  apply(text: string): string
}

/** So many values are remembered; a column of more is a column of different ones. */
const MOST_REMEMBERED = 50_000

export function cellMender(
  column: CleanColumn,
  conversion: Conversion | undefined,
  rules: readonly Rule[],
): CellMender {
  const surely: SurelyPlain = rules.length > 0 ? isEmpty : surelyOf(column, conversion)
  const mended = outcomeOf(column, conversion, rules)
  const known = byteTable()
  let outcomes: Outcomes = { words: [], rules: [] }

  const codeOf = (text: string): number => {
    const made = mended(text)
    if (made === undefined) return 0
    outcomes.rules.push(made.rule)
    return outcomes.words.push(made.after)
  }

  return {
    column,
    conversion,
    mended,
    mend(batch) {
      if (known.size > MOST_REMEMBERED) {
        known.clear()
        outcomes = { words: [], rules: [] }
      }
      const cells = batch.columns[column.index] as SlicedText
      const { bytes, from, to } = cells
      const read = textReader(cells)
      let codes: Int32Array | undefined
      for (let at = 0; at < batch.length; at++) {
        const [start, end] = [from[at] as number, to[at] as number]
        if (surely(bytes, start, end)) continue
        let code = known.find(bytes, start, end)
        if (code < 0) {
          code = codeOf(read(at) ?? '')
          known.keep(code)
        }
        if (code === 0) continue
        codes ??= new Int32Array(batch.length)
        codes[at] = code
      }
      return { cells, codes, outcomes }
    },
  }
}

function outcomeOf(
  column: CleanColumn,
  conversion: Conversion | undefined,
  rules: readonly Rule[],
): (text: string) => Mended | undefined {
  const tidying = tidyingOf(column)
  return (text) => {
    const tidy = tidied(text, tidying)
    const applied = [...tidy.rules]
    let now = tidy.text
    const step = (next: string, rule: string) => {
      if (next !== now && !applied.includes(rule)) applied.push(rule)
      now = next
    }
    if (now !== '' && conversion && !isLeft(conversion)) {
      step(conversion.convert(now) ?? now, conversion.rule)
    }
    if (now !== '') for (const { rule, apply } of rules) step(apply(now), rule)
    return now === text ? undefined : { after: now, rule: applied.join(', ') }
  }
}

const isEmpty: SurelyPlain = (_, from, to) => from === to

const tidyingOf = ({ taken, shortCodes, meaning }: CleanColumn): TidyingOf => ({
  coded: taken !== 'text',
  shortCodes,
  names: meaning === 'name' || meaning === 'given' || meaning === 'surname',
})
