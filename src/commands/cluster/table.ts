/** Columns of any table as features: numbers as they are, of words one column for each common one. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import { join, name, sql } from '../../core/sql.ts'
import { extraColumn } from '../../core/table.ts'
import { type Described, type Feature, type Options, said, type Words } from './features.ts'

const NUMBER = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?%?$/
/** Part of the values that must be numbers for a column to be one of numbers. */
const NUMERIC = 0.95
/** A level of fewer rows goes with the others. */
const LEVEL = 0.02

/** With the names of the features of an earlier run only these are made, also where a level has no row now. */
export async function describeTable(
  input: Input,
  { features }: Options,
  known?: readonly string[],
): Promise<Described> {
  const { lines } = input
  const id = lines.columns.includes('customer') ? sql`customer` : sql`cast(null as varchar)`
  const selected = features.map((header, i) => sql`${name(extraColumn(header))} as ${name(`c${i}`)}`)
  const shape = Object.fromEntries(features.map((_, i) => [`c${i}`, 'text' as const]))
  const query = sql`select ${join([sql`${id} as id`, ...selected])} from ${lines.from} as lines`
  const found = await lines.fetch(query, { id: 'text', ...shape })
  const rows = found.id.length
  if (rows === 0) throw new CustError('input', 'the input has no rows')
  const tally = { read: rows, used: rows, leftOut: [] }
  input.account({ asOf: undefined, tally, customers: rows, things: 'row' })
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

function columnsOf(header: string, texts: readonly (string | null)[]): Feature[] {
  const present = texts.filter((text) => text !== null)
  if (present.length === 0) throw new CustError('input', `--features ${header}: the column is blank`)
  const numeric = present.filter((text) => NUMBER.test(text)).length
  if (numeric >= NUMERIC * present.length) return [numberFeature(header, texts)]
  const counts = new Map<string, number>()
  for (const text of present) counts.set(text, (counts.get(text) ?? 0) + 1)
  const levels = [...counts].filter(([, count]) => count >= LEVEL * texts.length)
  if (levels.length === 0) {
    const hint = 'a column of names or free text groups nobody; give one of numbers or of few words'
    throw new CustError('input', `--features ${header}: no value stands in 2 % of the rows`, hint)
  }
  const variance = levels.reduce((sum, [, count]) => {
    const part = count / present.length
    return sum + part * (1 - part)
  }, 0)
  // Together they weigh as much as a column of numbers.
  const part = 1 / Math.sqrt(variance || 1)
  return levels
    .map(([level]) => level)
    .sort()
    .map((level) => levelFeature(header, level, { texts, part }))
}

function knownColumns(
  header: string,
  texts: readonly (string | null)[],
  known: readonly string[],
): Feature[] {
  if (known.includes(header)) return [numberFeature(header, texts)]
  const prefix = levelName(header, '')
  return known
    .filter((each) => each.startsWith(prefix))
    .map((each) => levelFeature(header, each.slice(prefix.length), { texts, part: 1 }))
}

const numberFeature = (header: string, texts: readonly (string | null)[]): Feature => ({
  name: header,
  values: numbersOf(texts),
  words: plain(header),
})

const levelName = (header: string, level: string): string => `${header}=${level}`

function levelFeature(
  header: string,
  level: string,
  { texts, part }: { readonly texts: readonly (string | null)[]; readonly part: number },
): Feature {
  return {
    name: levelName(header, level),
    values: Float64Array.from(texts, (text) => (text === null ? Number.NaN : text === level ? 1 : 0)),
    words: {
      more: said(`${header} ${level}`, `${header} ${level}`),
      less: said(`not ${header} ${level}`, `非 ${header} ${level}`),
      unit: 'share',
    },
    level: { of: header, part },
  }
}

const numbersOf = (texts: readonly (string | null)[]): Float64Array =>
  Float64Array.from(texts, (text) => {
    if (text === null || !NUMBER.test(text)) return Number.NaN
    return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)
  })

const plain = (header: string): Words => ({
  more: said(`high ${header}`, `${header} 高`),
  less: said(`low ${header}`, `${header} 低`),
  unit: 'number',
})
