/** The cells of one column, mended: most are told to be right from their bytes, the others once for each value. */
import type { RowBatch } from '../../core/rewrite.ts'
import { type SlicedText, textReader } from '../../core/texts.ts'
import { isTidyCode, type SurelyPlain } from '../../fields/surelyPlain.ts'
import { type ByteTable, byteTable } from './byteTable.ts'
import { type TidyingOf, tidied } from './cells.ts'
import type { CleanColumn } from './columns.ts'
import { type Beside, type Conversion, type Converter, isLeft, surelyOf } from './converters.ts'

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
  /** Cells that stay as they are, and why, where that is told of each. */
  readonly left?: readonly LeftCell[]
}

export interface LeftCell {
  readonly at: number
  readonly why: string
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
/** What a table of bytes answers for a text that it does not know. */
const NEW = -1
/** The code of a text that stays for the first of the reasons; those of the others are below. */
const STAYS = -2

export function cellMender(
  column: CleanColumn,
  conversion: Conversion | undefined,
  rules: readonly Rule[],
): CellMender {
  const surely: SurelyPlain = rules.length > 0 ? isEmpty : surelyOf(column, conversion)
  const mended = outcomeOf(column, conversion, rules)
  const beside = conversion && !isLeft(conversion) ? conversion.beside : undefined
  const alike = beside === undefined ? undefined : rowsAlike(beside)
  const all = remembered('')
  let outcomes: Outcomes = { words: [], rules: [] }
  /** Why texts stay, and those that are only made tidy, by code. */
  const reasons: string[] = []
  const mendedInPart = new Map<number, string>()
  let [asked, found] = [0, 0]
  let doubtful = new Int32Array(0)

  const codeOf = ({ bytes, from, to }: SlicedText, at: number, text: string, key: string): number => {
    const made = mended(text, isTidyCode(bytes, from[at] as number, to[at] as number), key)
    const why = beside?.leaves(made?.after ?? text, key)
    if (made === undefined) return why === undefined ? 0 : STAYS - reasonOf(why)
    outcomes.rules.push(made.rule)
    const code = outcomes.words.push(made.after)
    if (why !== undefined) mendedInPart.set(code, why)
    return code
  }
  const reasonOf = (why: string): number =>
    reasons.includes(why) ? reasons.indexOf(why) : reasons.push(why) - 1
  const whyOf = (code: number): string | undefined =>
    code < 0 ? reasons[STAYS - code] : mendedInPart.get(code)

  return {
    column,
    conversion,
    mended: (text) => mended(text, false, ''),
    mend(batch) {
      const remembers = asked < ENOUGH || found >= SELDOM * asked
      if (!remembers || all.known.size + (alike?.size() ?? 0) > MOST_REMEMBERED) {
        all.known.clear()
        alike?.clear()
        outcomes = { words: [], rules: [] }
        mendedInPart.clear()
      }
      const cells = batch.columns[column.index] as SlicedText
      const { bytes, from, to } = cells
      const read = textReader(cells)
      const groupOf = alike?.of(batch)
      const left: LeftCell[] = []
      let codes: Int32Array | undefined
      if (doubtful.length < batch.length) doubtful = new Int32Array(batch.length)
      const count = doubtfulCells(cells, batch.length, surely, doubtful)
      for (let i = 0; i < count; i++) {
        const at = doubtful[i] as number
        const { known, key } = groupOf ? groupOf(at) : all
        let code = remembers ? known.find(bytes, from[at] as number, to[at] as number) : NEW
        if (remembers) asked++
        if (code !== NEW) found++
        else {
          code = codeOf(cells, at, read(at) ?? '', key)
          if (remembers) known.keep(code)
        }
        if (code === 0) continue
        const why = beside && whyOf(code)
        if (why !== undefined) left.push({ at, why })
        if (code < 0) continue
        codes ??= new Int32Array(batch.length)
        codes[at] = code
      }
      return { cells, codes, outcomes, left }
    },
  }
}

/**
 * Puts down the places of the cells that are not told to be right, and answers how many there are. A loop of its own,
 * which every column shares: one that did all else, too, would be compiled again for each.
 */
function doubtfulCells(
  { bytes, from, to }: SlicedText,
  length: number,
  surely: SurelyPlain,
  places: Int32Array,
): number {
  let count = 0
  for (let at = 0; at < length; at++) {
    if (!surely(bytes, from[at] as number, to[at] as number)) places[count++] = at
  }
  return count
}

// What is remembered --------------------------------------------------------------------------------

/** Codes by text of cells that are read alike. */
interface Remembered {
  readonly key: string
  readonly known: ByteTable
}

const remembered = (key: string): Remembered => ({ key, known: byteTable() })

/** Rows by what the cell of another column says in them. */
function rowsAlike({ index, keyOf }: Beside) {
  const groups: Remembered[] = []
  const byKey = new Map<string, number>()
  const places = byteTable()
  const placeOf = (text: string): number => {
    const key = keyOf(text)
    const known = byKey.get(key)
    if (known !== undefined) return known
    byKey.set(key, groups.length)
    return groups.push(remembered(key)) - 1
  }
  return {
    of(batch: RowBatch): (at: number) => Remembered {
      if (places.size > MOST_REMEMBERED) places.clear()
      const cells = batch.columns[index] as SlicedText
      const { bytes, from, to } = cells
      const read = textReader(cells)
      return (at) => {
        let place = places.find(bytes, from[at] as number, to[at] as number)
        if (place === NEW) {
          place = placeOf(read(at) ?? '')
          places.keep(place)
        }
        return groups[place] as Remembered
      }
    },
    size: () => groups.reduce((sum, { known }) => sum + known.size, 0),
    clear() {
      for (const { known } of groups) known.clear()
    },
  }
}

// What becomes of a text ------------------------------------------------------------------------------

function outcomeOf(
  column: CleanColumn,
  conversion: Conversion | undefined,
  rules: readonly Rule[],
): (text: string, isTidy: boolean, key: string) => Mended | undefined {
  const tidying = tidyingOf(column)
  const converter = conversion && !isLeft(conversion) ? conversion : undefined
  return (text, isTidy, key) => {
    if (isTidy && rules.length === 0) return converter && converted(text, converter, key)
    const tidy = tidied(text, tidying)
    const applied = [...tidy.rules]
    let now = tidy.text
    const step = (next: string, rule: string) => {
      if (next !== now && !applied.includes(rule)) applied.push(rule)
      now = next
    }
    if (now !== '' && converter) step(converter.convert(now, key) ?? now, converter.rule)
    if (now !== '') for (const { rule, apply } of rules) step(apply(now), rule)
    return now === text ? undefined : { after: now, rule: applied.join(', ') }
  }
}

function converted(text: string, { convert, rule }: Converter, key: string): Mended | undefined {
  const after = convert(text, key)
  return after === undefined || after === text ? undefined : { after, rule }
}

const isEmpty: SurelyPlain = (_, from, to) => from === to

const tidyingOf = ({ taken, nothing }: CleanColumn): TidyingOf => ({ coded: taken !== 'text', ...nothing })
