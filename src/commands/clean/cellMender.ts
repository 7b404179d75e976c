/** The cells of one column, mended: most are told to be right from their bytes, the others once for each value. */
import type { RowBatch } from '../../core/rewrite.ts'
import { type SlicedText, textReader } from '../../core/texts.ts'
import type { SurelyPlain } from '../../fields/surelyPlain.ts'
import { type TidyingOf, tidied } from './cells.ts'
import type { CleanColumn } from './columns.ts'
import { type Conversion, isLeft, surelyOf } from './converters.ts'

/** What becomes of a value. */
export interface Mended {
  readonly after: string
  readonly rule: string
}

/** A column with what is written in place of some of its cells, and why. */
export interface MendedColumn {
  readonly cells: SlicedText
  /** By row; undefined where nothing changed. */
  readonly instead: (string | undefined)[] | undefined
  readonly rules: (string | undefined)[] | undefined
}

export interface CellMender {
  readonly column: CleanColumn
  readonly conversion: Conversion | undefined
  mend(batch: RowBatch): MendedColumn
  /** The same for one text. */
  mended(text: string): Mended | undefined
  /** Cells that are not what the column holds, and were left as they are. */
  readonly unread: number
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
  const tidying = tidyingOf(column)
  const known = new Map<string, Mended | null>()
  const unread = 0

  const outcome = (text: string): Mended | undefined => {
    const tidy = tidied(text, tidying)
    const applied = [...tidy.rules]
    let now = tidy.text
    const step = (next: string, rule: string) => {
      if (next !== now && !applied.includes(rule)) applied.push(rule)
      now = next
    }
    if (now !== '' && conversion && !isLeft(conversion)) step(conversion.convert(now) ?? now, conversion.rule)
    if (now !== '') for (const { rule, apply } of rules) step(apply(now), rule)
    return now === text ? undefined : { after: now, rule: applied.join(', ') }
  }

  const mended = (text: string): Mended | undefined => {
    const found = known.get(text)
    if (found !== undefined) return found ?? undefined
    const made = outcome(text)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(text, made ?? null)
    return made
  }

  return {
    column,
    conversion,
    mended,
    get unread() {
      return unread
    },
    mend(batch) {
      const cells = batch.columns[column.index] as SlicedText
      const { bytes, from, to } = cells
      const read = textReader(cells)
      let instead: (string | undefined)[] | undefined
      let reasons: (string | undefined)[] | undefined
      for (let at = 0; at < batch.length; at++) {
        const [start, end] = [from[at] as number, to[at] as number]
        if (surely(bytes, start, end)) continue
        const made = mended(read(at) ?? '')
        if (made === undefined) continue
        instead ??= new Array<string | undefined>(batch.length).fill(undefined)
        reasons ??= new Array<string | undefined>(batch.length).fill(undefined)
        instead[at] = made.after
        reasons[at] = made.rule
      }
      return { cells, instead, rules: reasons }
    },
  }
}

const isEmpty: SurelyPlain = (_, from, to) => from === to

const tidyingOf = ({ taken, shortCodes, meaning }: CleanColumn): TidyingOf => ({
  coded: taken !== 'text',
  shortCodes,
  names: meaning === 'name' || meaning === 'given' || meaning === 'surname',
})
