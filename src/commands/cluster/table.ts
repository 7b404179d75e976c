/** Columns of any table as features: numbers as they are, of words one column for each common one. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import { join, name, sql } from '../../core/sql.ts'
import { extraColumn } from '../../core/table.ts'
import { isNumber, numberStyle, readNumber } from '../../fields/money.ts'
import { seenIn } from '../../fields/seen.ts'
import { type Described, type Feature, type Options, said, type Words } from './features.ts'

const PLAIN = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/
/** Part of the values that must be numbers for a column to be one of numbers. */
const NUMERIC = 0.95
/** A level of fewer rows goes with the others. */
const LEVEL = 0.02
/** What surveys put between the answers of one cell. */
const SEPARATORS = ['┋', ';', '；', '|', '、', ',', '，']
/** Part of the cells that hold several answers, for a column to be one of them. */
const SEVERAL = 0.05

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
  const id = lines.columns.includes('customer') ? sql`customer` : sql`cast(null as varchar)`
  const selected = features.map((header, i) => sql`${name(extraColumn(header))} as ${name(`c${i}`)}`)
  const shape = Object.fromEntries(features.map((_, i) => [`c${i}`, 'text' as const]))
  const query = sql`select ${join([sql`${id} as id`, ...selected])} from ${lines.from} as lines`
  const found = await lines.fetch(query, { id: 'text', ...shape })
  const rows = found.id.length
  if (rows === 0) throw new CustError('input', 'the input has no rows')
  const columns = features.flatMap((header, i) => {
    const texts = (found as Record<string, (string | null)[]>)[`c${i}`] ?? []
    return known ? knownColumns(header, texts, known) : columnsOf(header, texts)
  })
  const named = found.id.some((each) => each !== null)
  return {
    things: 'row',
    id: named ? found.id : Array.from({ length: rows }, (_, row) => wholeText(row + 1)),
    features: columns,
    revenue: undefined,
  }
}

const present = (texts: readonly (string | null)[]): string[] => texts.filter((text) => text !== null)

function columnsOf(header: string, texts: readonly (string | null)[]): Feature[] {
  const there = present(texts)
  if (there.length === 0) throw new CustError('input', `--features ${header}: the column is blank`)
  const read = readerOf(header, there)
  if (read) return [numberFeature(header, texts, read)]
  const separator = separatorOf(there)
  const answers = (text: string) => answersOf(text, separator)
  const counts = countsOf(there.flatMap(answers))
  const levels = [...counts].filter(([, count]) => count >= LEVEL * texts.length)
  if (levels.length === 0) {
    const hint = 'a column of names or free text groups nobody; give one of numbers or of few words'
    throw new CustError('input', `--features ${header}: no value stands in 2 % of the rows`, hint)
  }
  const variance = levels.reduce((sum, [, count]) => {
    const part = count / there.length
    return sum + part * (1 - part)
  }, 0)
  // Together they weigh as much as a column of numbers.
  const part = 1 / Math.sqrt(variance || 1)
  return levels
    .map(([level]) => level)
    .sort()
    .map((level) => levelFeature(header, level, { texts, part, separator }))
}

const countsOf = (texts: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

/** Each once, however often it is named. */
function answersOf(text: string, separator: string | undefined): readonly string[] {
  if (separator === undefined) return [text]
  const parts = text.split(separator).map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** Several answers stand in a cell where some hold the sign, and there are fewer answers than different cells. */
function separatorOf(texts: readonly string[]): string | undefined {
  const cells = countsOf(texts)
  return SEPARATORS.find((sign) => {
    const answers = new Set<string>()
    let holding = 0
    for (const [text, count] of cells) {
      const own = answersOf(text, sign)
      if (own.length > 1) holding += count
      for (const answer of own) answers.add(answer)
    }
    return holding >= SEVERAL * texts.length && answers.size < cells.size
  })
}

function knownColumns(header: string, texts: readonly (string | null)[], known: readonly Known[]): Feature[] {
  if (known.some(({ name: each }) => each === header))
    return [numberFeature(header, texts, readerOf(header, present(texts)) ?? plainNumber)]
  const prefix = levelName(header, '')
  return known
    .filter((each) => each.name.startsWith(prefix))
    .map(({ name: each, separator }) =>
      levelFeature(header, each.slice(prefix.length), { texts, part: 1, separator }),
    )
}

type Read = (text: string) => number

const numberFeature = (header: string, texts: readonly (string | null)[], read: Read): Feature => ({
  name: header,
  values: Float64Array.from(texts, (text) => (text === null ? Number.NaN : read(text))),
  words: plain(header),
})

const levelName = (header: string, level: string): string => `${header}=${level}`

interface Leveled {
  readonly texts: readonly (string | null)[]
  readonly part: number
  readonly separator: string | undefined
}

function levelFeature(header: string, level: string, { texts, part, separator }: Leveled): Feature {
  const has = (text: string) => (answersOf(text, separator).includes(level) ? 1 : 0)
  return {
    name: levelName(header, level),
    values: Float64Array.from(texts, (text) => (text === null ? Number.NaN : has(text))),
    words: {
      more: said(`${header} ${level}`, `${header} ${level}`),
      less: said(`not ${header} ${level}`, `非 ${header} ${level}`),
      unit: 'share',
    },
    level: { of: header, part, separator },
  }
}

const plainNumber: Read = (text) => (PLAIN.test(text) ? Number(text) : Number.NaN)

/** How a column of numbers is read, whatever its marks and signs; undefined where it is none. */
function readerOf(header: string, texts: readonly string[]): Read | undefined {
  const plain = texts.filter((text) => PLAIN.test(text)).length
  if (plain >= NUMERIC * texts.length) return plainNumber
  if (texts.filter(isNumber).length < NUMERIC * texts.length) return undefined
  const style = numberStyle(seenIn(texts))
  if (style.contradiction) {
    const [one, other] = style.contradiction.map(({ value }) => `"${value}"`)
    const problem = `--features ${header}: ${one} and ${other} have different decimal marks`
    throw new CustError('input', problem, 'write all of its numbers in one way')
  }
  return (text) => Number(readNumber(text, style)?.text ?? Number.NaN)
}

const plain = (header: string): Words => ({
  more: said(`high ${header}`, `${header} 高`),
  less: said(`low ${header}`, `${header} 低`),
  unit: 'number',
})
