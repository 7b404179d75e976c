/** Columns of any table as features: numbers as they are, of words one column for each common one. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import { join, name, sql } from '../../core/sql.ts'
import { type DictionaryText, extraColumn } from '../../core/table.ts'
import { isNumber, numberStyle, readNumber } from '../../fields/money.ts'
import type { Seen } from '../../fields/seen.ts'
import { answersOf, separatorOf } from './answers.ts'
import { type Described, type Feature, type Options, said, type Words } from './features.ts'

const PLAIN = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/
/** Part of the values that must be numbers for a column to be one of numbers. */
const NUMERIC = 0.95
/** A level of fewer rows goes with the others. */
const LEVEL = 0.02

/** A feature of an earlier run. */
export interface Known {
  readonly name: string
  readonly separator: string | undefined
}

/** With the features of an earlier run only these are made, also where a level has no row now. */
export async function describeTable(
  input: Input,
  { features }: Options,
  known?: readonly Known[],
): Promise<Described> {
  const { lines } = input
  const isNamed = lines.columns.includes('customer')
  const id = isNamed ? sql`customer` : sql`cast(null as varchar)`
  const selected = features.map((header, i) => sql`${name(extraColumn(header))} as ${name(`c${i}`)}`)
  const shape = Object.fromEntries(features.map((_, i) => [`c${i}`, 'coded' as const]))
  const query = sql`select ${join([sql`${id} as id`, ...selected])} from ${lines.from} as lines`
  const found = await lines.fetch(query, { id: 'text', ...shape }, 'as read')
  const rows = found.id.length
  if (rows === 0) throw new CustError('input', 'the input has no rows')
  const columns = features.flatMap((header, i) => {
    const cells = cellsOf((found as unknown as Record<string, DictionaryText>)[`c${i}`] as DictionaryText)
    return known ? knownColumns(header, cells, known) : columnsOf(header, cells)
  })
  return {
    things: 'row',
    id: isNamed ? found.id : Array.from({ length: rows }, (_, row) => wholeText(row + 1)),
    features: columns,
    revenue: undefined,
  }
}

/** A column: the different texts, how many cells hold each, and which one each row has; -1 for none. */
interface Cells {
  readonly codes: Int32Array
  readonly seen: readonly Seen[]
  /** Cells that hold a text. */
  readonly filled: number
}

function cellsOf({ codes, words }: DictionaryText): Cells {
  const counts = new Float64Array(words.length)
  let filled = 0
  for (const code of codes) {
    if (code < 0) continue
    counts[code] = (counts[code] as number) + 1
    filled++
  }
  const seen = words.map((value, code) => ({ value, count: counts[code] as number, line: code + 1 }))
  return { codes, seen, filled }
}

/** What each row has, from what each text is. */
function valuesOf({ codes, seen }: Cells, of: (text: string) => number): Float64Array {
  const values = Float64Array.from(seen, ({ value }) => of(value))
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : (values[code] as number)))
}

function columnsOf(header: string, cells: Cells): Feature[] {
  const { codes, seen, filled } = cells
  if (filled === 0) throw new CustError('input', `--features ${header}: the column is blank`)
  const read = readerOf(header, cells)
  if (read) return [numberFeature(header, cells, read)]
  const separator = separatorOf(seen)
  const counts = new Map<string, number>()
  for (const { value, count } of seen) {
    for (const answer of answersOf(value, separator)) counts.set(answer, (counts.get(answer) ?? 0) + count)
  }
  const levels = [...counts].filter(([, count]) => count >= LEVEL * codes.length)
  if (levels.length === 0) {
    const hint = 'a column of names or free text groups nobody; give one of numbers or of few words'
    throw new CustError('input', `--features ${header}: no value stands in 2 % of the rows`, hint)
  }
  const variance = levels.reduce((sum, [, count]) => {
    const part = count / filled
    return sum + part * (1 - part)
  }, 0)
  // Together they weigh as much as a column of numbers.
  const part = 1 / Math.sqrt(variance || 1)
  return levels
    .map(([level]) => level)
    .sort()
    .map((level) => levelFeature(header, level, { cells, part, separator }))
}

function knownColumns(header: string, cells: Cells, known: readonly Known[]): Feature[] {
  if (known.some(({ name: each }) => each === header))
    return [numberFeature(header, cells, readerOf(header, cells) ?? plainNumber)]
  const prefix = levelName(header, '')
  return known
    .filter((each) => each.name.startsWith(prefix))
    .map(({ name: each, separator }) =>
      levelFeature(header, each.slice(prefix.length), { cells, part: 1, separator }),
    )
}

// Numbers ----------------------------------------------------------------------------------------------

type Read = (text: string) => number

const plainNumber: Read = (text) => (PLAIN.test(text) ? Number(text) : Number.NaN)

/** How a column of numbers is read, whatever its marks and signs; undefined where it is none. */
function readerOf(header: string, { seen, filled }: Cells): Read | undefined {
  const isMostly = (test: (text: string) => boolean) => {
    let held = 0
    for (const { value, count } of seen) if (test(value)) held += count
    return filled > 0 && held >= NUMERIC * filled
  }
  if (isMostly((text) => PLAIN.test(text))) return plainNumber
  if (!isMostly(isNumber)) return undefined
  const style = numberStyle(seen)
  if (style.contradiction) {
    const [one, other] = style.contradiction.map(({ value }) => `"${value}"`)
    const problem = `--features ${header}: ${one} and ${other} have different decimal marks`
    throw new CustError('input', problem, 'write all of its numbers in one way')
  }
  return (text) => Number(readNumber(text, style)?.text ?? Number.NaN)
}

const numberFeature = (header: string, cells: Cells, read: Read): Feature => ({
  name: header,
  values: valuesOf(cells, read),
  words: plain(header),
})

const plain = (header: string): Words => ({
  more: said(`high ${header}`, `${header} 高`),
  less: said(`low ${header}`, `${header} 低`),
  unit: 'number',
})

// Categories -------------------------------------------------------------------------------------------

interface Leveled {
  readonly cells: Cells
  readonly part: number
  readonly separator: string | undefined
}

const levelName = (header: string, level: string): string => `${header}=${level}`

function levelFeature(header: string, level: string, { cells, part, separator }: Leveled): Feature {
  return {
    name: levelName(header, level),
    values: valuesOf(cells, (text) => (answersOf(text, separator).includes(level) ? 1 : 0)),
    words: {
      more: said(`${header} ${level}`, `${header} ${level}`),
      less: said(`not ${header} ${level}`, `非 ${header} ${level}`),
      unit: 'share',
    },
    level: { of: header, part, separator },
  }
}
