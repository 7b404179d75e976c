/** The levels of each column with what they count, the values that they compare, and both as a script for DuckDB. */
import type { Free } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { type Quoting, render, sql } from '../../core/sql.ts'
import { nicknameGroups } from '../../fields/nicknames.ts'
import type { Comparison } from './compare.ts'
import { type Deduped, freeName, rowName, textColumn } from './customers.ts'
import { NO_EVIDENCE } from './explain.ts'
import type { Field } from './fields.ts'
import { levelsScript, type Names, stepsOf } from './levelsSql.ts'
import type { Matched } from './match.ts'
import type { Records } from './records.ts'

interface Compared extends Pick<Deduped, 'known'> {
  readonly matched: Pick<Matched, 'comparisons'>
}

interface Weighed extends Compared {
  readonly matched: Pick<Matched, 'comparisons' | 'mixture'>
}

interface Rows extends Compared, Pick<Deduped, 'id'> {
  readonly matched: Pick<Matched, 'comparisons'> & { readonly records: Pick<Records, 'ofRow'> }
}

/** Numbers of the comparisons, as their columns stand in the file. */
function placesIn({ known, matched: { comparisons } }: Compared): number[] {
  const headers = known.flatMap(({ fields }) => fields.map(({ header }) => header))
  const places = comparisons.map(({ field }) => headers.indexOf(field.header))
  return Array.from(places.keys()).sort((a, b) => (places[a] as number) - (places[b] as number) || a - b)
}

const comparisonsIn = (found: Compared): Comparison[] =>
  placesIn(found).map((place) => found.matched.comparisons[place] as Comparison)

/** The fields that the conditions look at: what is compared, and names that stand crosswise with it. */
function fieldsIn(comparisons: readonly Comparison[]): Field[] {
  const crossed = comparisons.flatMap(({ crossing }) => (crossing ? [crossing.given, crossing.surname] : []))
  return [...new Set([...comparisons.map(({ field }) => field), ...crossed])]
}

const ID = 'id'
/** Names that the script needs. */
const TAKEN = [ID, 'id_left', 'id_right']

/** No two alike, whatever their case: the engine tells no case. */
function namesIn(comparisons: readonly Comparison[]): ReadonlyMap<Field, Names> {
  const taken = new Set(TAKEN)
  const free = (wanted: string): string => {
    const name = freeName(wanted, { has: (each) => taken.has(each.toLowerCase()) })
    taken.add(name.toLowerCase())
    return name
  }
  return new Map(
    fieldsIn(comparisons).map((field, i) => [
      field,
      {
        value: free(field.header),
        parts: free(`${field.header} (parts)`),
        made: free(`${field.header} (made of the name)`),
        weights: `weights_${i + 1}`,
      },
    ]),
  )
}

const namesOf = (names: ReadonlyMap<Field, Names>) => (field: Field) => names.get(field) as Names

/** What may be tried on two rows: the conditions of all columns, the first that holds decides. */
export function levelsSheet(found: Weighed, quoting: Quoting) {
  const { comparisons, mixture } = found.matched
  const names = namesOf(namesIn(comparisonsIn(found)))
  const rows = placesIn(found).flatMap((i) => {
    const comparison = comparisons[i] as Comparison
    const column = names(comparison.field).value
    const steps = [...stepsOf(comparison, names), { level: 0, when: sql`true` }]
    return steps.map(({ level, when }) => ({
      ...{ column, level, name: level < 0 ? NO_EVIDENCE : (comparison.levels[level] as string) },
      matches: mixture.matches.shares[i]?.[level] ?? Number.NaN,
      chance: mixture.random.shares[i]?.[level] ?? Number.NaN,
      sql: render(when, quoting),
    }))
  })
  return {
    column: rows.map(({ column }) => column),
    level: Int32Array.from(rows, ({ level }) => level),
    name: rows.map(({ name }) => name),
    matches: Float64Array.from(rows, ({ matches }) => matches),
    chance: Float64Array.from(rows, ({ chance }) => chance),
    bits: Float64Array.from(rows, ({ level, matches, chance }) =>
      level < 0 ? 0 : Math.log2(matches / chance),
    ),
    sql: rows.map(({ sql }) => sql),
  }
}

/** Every row as it is compared: one form for each value, whatever its case, accents or way of writing. */
export function comparedSheet(found: Rows): Free {
  const { ofRow } = found.matched.records
  const comparisons = comparisonsIn(found)
  const valuesOf = ({ codes }: Field, told: (code: number) => string | null): (string | null)[] =>
    Array.from(ofRow, (record) => {
      const code = codes[record] as number
      return code < 0 ? null : told(code)
    })
  const ids = Array.from(ofRow, (_, row) => rowName(found, row))
  const columns = [...namesIn(comparisons)].flatMap(([field, names]) => {
    const { words, chinese } = field
    const mails = comparisons.find((comparison) => comparison.field === field)?.made
    const word = valuesOf(field, (code) => words[code] as string)
    const parts = chinese && valuesOf(field, (code) => partsOf(chinese[code]))
    const made = mails && valuesOf(field, (code) => String(mails.made[code]))
    return [
      textColumn(names.value, word),
      ...(parts ? [textColumn(names.parts, parts)] : []),
      ...(made ? [textColumn(names.made, made)] : []),
    ]
  })
  return { free: [textColumn(ID, ids), ...columns] }
}

/** Surname, given name, and how they sound. */
function partsOf(name: NonNullable<Field['chinese']>[number]): string | null {
  if (name === undefined) return null
  return [name.surname, name.given, name.surnameSound, name.givenSounds.join(' ')].join('|')
}

/** A script that tells the levels of any pairs of ids, for DuckDB. Throws CustError('model') where there are none. */
export function levelsText(found: Compared, quoting: Quoting): string {
  const comparisons = comparisonsIn(found)
  if (comparisons.length === 0) {
    throw new CustError('model', '--sql: nothing was compared, so there are no levels', 'leave out --sql')
  }
  const names = namesOf(namesIn(comparisons))
  const columns = comparisons.map((comparison) => ({
    value: names(comparison.field).value,
    steps: stepsOf(comparison, names),
  }))
  const firms = comparisons.filter(({ field, role }) => role === 'company' && !field.chinese)
  const script = { columns, firms: firms.map(({ field }) => names(field)), shortForms: nicknameGroups() }
  return render(levelsScript(script), quoting)
}
