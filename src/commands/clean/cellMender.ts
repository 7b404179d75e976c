/** The cells of one column, mended: most are told to be right from their bytes, the others once for each value. */
import type { RowBatch } from '../../core/rewrite.ts'
import { type SlicedText, textReader } from '../../core/texts.ts'
import { isTidyCode, type SurelyPlain } from '../../fields/surelyPlain.ts'
import { byteTable } from './byteTable.ts'
import { type TidyingOf, tidied } from './cells.ts'
import type { CleanColumn } from './columns.ts'
import { type Conversion, type Converter, isLeft, surelyOf } from './converters.ts'

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

/** So many values are remembered; then it begins anew. */
const MOST_REMEMBERED = 50_000
/** Of so many cells fewer were known: to remember them costs more than it spares. */
const SELDOM = 0.2
/** So many cells tell it. */
const ENOUGH = 10_000

export function cellMender(
  column: CleanColumn,
  conversion: Conversion | undefined,
  rules: readonly Rule[],
): CellMender {
  const surely: SurelyPlain = rules.length > 0 ? isEmpty : surelyOf(column, conversion)
  const mended = outcomeOf(column, conversion, rules)
  const known = byteTable()
  let outcomes: Outcomes = { words: [], rules: [] }
  let [asked, found] = [0, 0]

  const codeOf = (
    { bytes, from, to }: SlicedText,
    at: number,
    read: (at: number) => string | null,
  ): number => {
    const text = read(at) ?? ''
    const made = mended(text, isTidyCode(bytes, from[at] as number, to[at] as number))
    if (made === undefined) return 0
    outcomes.rules.push(made.rule)
    return outcomes.words.push(made.after)
  }

  return {
    column,
    conversion,
    mended: (text) => mended(text, false),
    mend(batch) {
      const remembers = asked < ENOUGH || found >= SELDOM * asked
      if (!remembers || known.size > MOST_REMEMBERED) {
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
        let code = remembers ? known.find(bytes, start, end) : -1
        if (remembers) asked++
        if (code >= 0) found++
        else {
          code = codeOf(cells, at, read)
          if (remembers) known.keep(code)
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
): (text: string, isTidy: boolean) => Mended | undefined {
  const tidying = tidyingOf(column)
  const converter = conversion && !isLeft(conversion) ? conversion : undefined
  return (text, isTidy) => {
    if (isTidy && rules.length === 0) return converter && converted(text, converter)
    const tidy = tidied(text, tidying)
    const applied = [...tidy.rules]
    let now = tidy.text
    const step = (next: string, rule: string) => {
      if (next !== now && !applied.includes(rule)) applied.push(rule)
      now = next
    }
    if (now !== '' && converter) step(converter.convert(now) ?? now, converter.rule)
    if (now !== '') for (const { rule, apply } of rules) step(apply(now), rule)
    return now === text ? undefined : { after: now, rule: applied.join(', ') }
  }
}

function converted(text: string, { convert, rule }: Converter): Mended | undefined {
  const after = convert(text)
  return after === undefined || after === text ? undefined : { after, rule }
}

const isEmpty: SurelyPlain = (_, from, to) => from === to

const tidyingOf = ({ taken, nothing }: CleanColumn): TidyingOf => ({ coded: taken !== 'text', ...nothing })
