/** How many rows each check fails, in one pass over the rows; and which they are, kept for all that follows. */
import { FILE, LINE, type Records } from '../../core/records.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Check, Dimension } from './check.ts'
import type { Field } from './fields.ts'

export interface Measured {
  readonly check: Check
  readonly fails: number
  /** Rows that it could be tested in. */
  readonly tested: number
  /** Among the failing rows: true for those that fail it. */
  readonly failed: Sql
}

export interface Measures {
  readonly rows: number
  readonly checks: readonly Measured[]
  /** Cells with a value, by column. */
  readonly filled: ReadonlyMap<string, number>
  /** Rows that fail any check, with all their columns. */
  readonly failing: Sql
  /** Rows that any check of a column and a dimension was tested in. */
  tested(column: string, dimension: Dimension): number
}

/** A test that more values fail is no test of this column. */
const MOST_FAILING = 0.5

export async function measure(
  records: Records,
  fields: readonly Field[],
  checks: readonly Check[],
): Promise<Measures> {
  const pairs = pairsOf(checks)
  const { rows, counts } = await countAll(records, [
    ...fields.map(({ filled }) => filled),
    ...checks.map(({ fails }) => fails),
    ...checks.map((check) => testedBy(check, fields)),
    ...pairs.map(({ own }) => anyOf(own.map((check) => testedBy(check, fields)))),
  ])
  const at = (place: number) => counts[place] ?? 0
  const [f, c] = [fields.length, checks.length]
  const measured = checks.map((check, i): Measured => {
    const [fails, tested] = [at(f + i), at(f + c + i)]
    const isDoubtful = check.believed && fails > MOST_FAILING * tested
    return { check: isDoubtful ? doubted(check) : check, fails, tested, failed: name(`cust fails ${i + 1}`) }
  })
  return {
    rows,
    filled: new Map(fields.map(({ header }, i) => [header, at(i)])),
    checks: measured,
    failing: await keepFailing(records, measured),
    tested: (column, dimension) => {
      const place = pairs.findIndex((pair) => pair.column === column && pair.dimension === dimension)
      return place < 0 ? 0 : at(f + 2 * c + place)
    },
  }
}

const testedBy = (check: Check, fields: readonly Field[]): Sql =>
  check.tested ?? fields.find(({ header }) => header === check.columns[0])?.filled ?? sql`true`

/** The checks of each column and dimension; looks that give no verdict are none of them. */
function pairsOf(checks: readonly Check[]) {
  const pairs = new Map<string, { column: string; dimension: Dimension; own: Check[] }>()
  for (const check of checks) {
    const [column] = check.columns
    if (column === undefined || check.severity === 'note') continue
    const key = JSON.stringify([column, check.dimension])
    const pair = pairs.get(key) ?? { column, dimension: check.dimension, own: [] }
    pair.own.push(check)
    pairs.set(key, pair)
  }
  return [...pairs.values()]
}

export const anyOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0
    ? sql`false`
    : sql`(${join(
        conditions.map((each) => sql`coalesce(${each}, false)`),
        ' or ',
      )})`

/** More likely the column holds something else than most of its values are wrong. */
const doubted = (check: Check): Check => ({
  ...check,
  severity: 'note',
  en: `${check.en}: so are most, the column may hold something else`,
  zh: `${check.zh}（大多数如此，该列可能是其他内容）`,
})

/** Each condition is asked of each row once more, and never again. */
async function keepFailing(records: Records, measured: readonly Measured[]): Promise<Sql> {
  const some = measured.filter(({ fails }) => fails > 0)
  const flags = some.map(({ check, failed }) => sql`coalesce(${check.fails}, false) as ${failed}`)
  const judged = sql`select ${join([sql`*`, ...flags])} from ${records.from} as rows`
  const isFailing = anyOf(some.map(({ failed }) => failed))
  return records.keep(sql`select * from (${judged}) as judged where ${isFailing}`)
}

/** The engine takes so many conditions at once. */
const AT_ONCE = 200

/** All rows, and for each condition those for which it holds. */
export async function countAll(records: Records, conditions: readonly Sql[]) {
  const counts: number[] = []
  let rows = 0
  for (let i = 0; i < Math.max(1, conditions.length); i += AT_ONCE) {
    const found = await countSome(records, conditions.slice(i, i + AT_ONCE))
    rows = found.rows
    counts.push(...found.counts)
  }
  return { rows, counts }
}

async function countSome({ from, fetch, dialect }: Records, conditions: readonly Sql[]) {
  const parts = conditions.map((condition, i) => {
    return sql`${dialect.real(sql`count(case when ${condition} then 1 end)`)} as ${name(`n${i}`)}`
  })
  const shape = Object.fromEntries(conditions.map((_, i) => [`n${i}`, 'number' as const]))
  const all = sql`${dialect.real(sql`count(*)`)} as number`
  const found = await fetch(sql`select ${join([all, ...parts])} from ${from} as rows`, {
    number: 'number',
    ...shape,
  })
  const counts = found as Readonly<Record<string, Float64Array>>
  return { rows: found.number[0] ?? 0, counts: conditions.map((_, i) => counts[`n${i}`]?.[0] ?? 0) }
}

// Rows -----------------------------------------------------------------------------------------------

/** Among the failing rows: does it fail a check that makes it bad? */
export const isBad = ({ checks }: Measures): Sql =>
  anyOf(
    checks.filter(({ check, fails }) => check.severity === 'error' && fails > 0).map(({ failed }) => failed),
  )

/** Rows that fail a check which makes them bad. Throws where the others are not all the rest. */
export async function countBad(records: Records, measures: Measures): Promise<number> {
  const bad = { ...records, from: measures.failing }
  const counted = (await countAll(bad, [isBad(measures)])).counts[0] ?? 0
  const good = await countAll(records, [isGood(measures)])
  if (good.rows !== measures.rows || good.counts[0] !== good.rows - counted) {
    throw new Error(`${good.rows} rows were read, ${good.counts[0]} are good and ${counted} are bad`)
  }
  return counted
}

/** Among all rows. */
export const isGood = (measures: Measures): Sql => {
  const place = sql`${name(FILE)} * 1000000000000 + ${name(LINE)}`
  return sql`(${place} not in (select ${place} from ${measures.failing} as failing where ${isBad(measures)}))`
}

/** Columns whose every row has the same value. */
export async function constantColumns(
  { from, fetch, dialect }: Records,
  fields: readonly Field[],
): Promise<Field[]> {
  if (fields.length === 0) return []
  const parts = fields.map(({ cell }, i) => {
    const isSame = sql`count(${cell}) = count(*) and min(${cell}) = max(${cell})`
    return sql`${dialect.real(sql`case when ${isSame} then 1 else 0 end`)} as ${name(`n${i}`)}`
  })
  const shape = Object.fromEntries(fields.map((_, i) => [`n${i}`, 'number' as const]))
  const found = await fetch(sql`select ${join(parts)} from ${from} as rows`, shape)
  return fields.filter((_, i) => found[`n${i}`]?.[0] === 1)
}
