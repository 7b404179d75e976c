/** The levels of each column with what they count, the values that they compare, and both as a script for DuckDB. */
import type { Free } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { nicknameGroups } from '../../fields/nicknames.ts'
import type { Comparison } from './compare.ts'
import { type Deduped, rowName, textColumn } from './customers.ts'
import type { Field } from './fields.ts'
import { FUNCTIONS, type Names, quoted, stepsOf } from './levelsSql.ts'
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

/** No two alike, whatever their case: the engine tells no case. */
function namesIn(comparisons: readonly Comparison[]): ReadonlyMap<Field, Names> {
  const taken = new Set([ID])
  const free = (wanted: string): string => {
    let name = wanted
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${wanted}_${i}`
    taken.add(name.toLowerCase())
    return name
  }
  return new Map(
    fieldsIn(comparisons).map((field, i) => [
      field,
      {
        value: free(field.header),
        chinese: free(`${field.header} (parts)`),
        made: free(`${field.header} (made of the name)`),
        weights: `weights_${i + 1}`,
      },
    ]),
  )
}

const namesOf = (names: ReadonlyMap<Field, Names>) => (field: Field) => names.get(field) as Names

/** What may be tried on two rows: the conditions of all columns, the first that holds decides. */
export function levelsSheet(found: Weighed) {
  const { comparisons, mixture } = found.matched
  const names = namesOf(namesIn(comparisonsIn(found)))
  const rows = placesIn(found).flatMap((i) => {
    const comparison = comparisons[i] as Comparison
    const steps = [...stepsOf(comparison, names), { level: 0, sql: 'true' }]
    return steps.map(({ level, sql }) => {
      const [matches, chance] = [mixture.matches.shares[i]?.[level], mixture.random.shares[i]?.[level]]
      const share = { matches: matches ?? Number.NaN, chance: chance ?? Number.NaN }
      return { column: comparison.field.header, level, name: nameOf(comparison, level), sql, ...share }
    })
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

const nameOf = ({ levels }: Comparison, level: number): string =>
  level < 0 ? 'no evidence' : (levels[level] as string)

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
      ...(parts ? [textColumn(names.chinese, parts)] : []),
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
export function levelsScript(found: Compared): string {
  const comparisons = comparisonsIn(found)
  if (comparisons.length === 0) {
    throw new CustError('model', 'there are no levels, as no columns were compared', 'leave out --sql')
  }
  const all = namesIn(comparisons)
  const names = namesOf(all)
  const levels = comparisons.map((comparison) => {
    const { value } = names(comparison.field)
    const steps = stepsOf(comparison, names).map(({ level, sql }) => `    when ${sql} then ${level}`)
    return `  case\n${steps.join('\n')}\n    else 0 end as ${quoted(value)}`
  })
  const weights = comparisons.flatMap(({ field, role }) =>
    role === 'company' && !field.chinese ? [weightsOf(names(field))] : [],
  )
  return `${HEAD}
set variable short_forms = map {${shortForms()}};
${FUNCTIONS}
${weights.join('')}create or replace view levels as select id_left, id_right,
${levels.join(',\n')}
from pairs
join compared l on l.id = pairs.id_left
join compared r on r.id = pairs.id_right;
`
}

const HEAD = `-- How alike two rows are, column by column: the levels that cust dedupe compares, for DuckDB 1.3 or later.
-- compared.csv is the sheet "compared" of the same run, pairs.csv any two ids in columns id_left and id_right:
--   create table compared as from read_csv('compared.csv', all_varchar = true);
--   create table pairs as select id_left, id_right from read_csv('pairs.csv', all_varchar = true);
-- Levels are -1 for no evidence, 0 for different and so on; their names and bits are the sheet "levels".`

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

const shortForms = (): string =>
  [...nicknameGroups()]
    .map(([form, heads]) => `${literal(form)}: [${heads.map(literal).join(', ')}]`)
    .join(', ')

/** The logarithm of how few of all names have a word. */
const weightsOf = ({ value, weights }: Names): string => `set variable ${weights} = (
  with names as (select distinct ${quoted(value)} as a from compared where a is not null),
    words as (select unnest(words_of(a)) as word from names)
  select map(list(word), list(weight)) from (
    select word, ln(((select count(*) from names) + 1) / count(*)) as weight from words group by word));
`
