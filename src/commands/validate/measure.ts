/** How many rows each check fails, in one pass over the rows; and which they are. */
import { FILE, LINE, type Records } from '../../core/records.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Check, Example, Finding } from './check.ts'
import type { Field } from './fields.ts'

export interface Measured {
  readonly check: Check
  readonly fails: number
  /** Rows that it could be tested in. */
  readonly tested: number
}

export interface Measures {
  readonly rows: number
  readonly checks: readonly Measured[]
  /** Cells with a value, by column. */
  readonly filled: ReadonlyMap<string, number>
}

const counted = (condition: Sql): Sql => sql`count(case when ${condition} then 1 end)`

export const testedBy = (check: Check, fields: readonly Field[]): Sql =>
  check.tested ?? fields.find(({ header }) => header === check.columns[0])?.filled ?? sql`true`

/** Does the row fail a check that makes it bad? */
export function isBad(checks: readonly Check[]): Sql {
  const errors = checks.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return sql`false`
  return sql`(${join(
    errors.map(({ fails }) => sql`coalesce(${fails}, false)`),
    ' or ',
  )})`
}

/** The engine takes so many conditions at once. */
const AT_ONCE = 60
/** A test that more values fail is no test of this column. */
const MOST_FAILING = 0.5

export async function measure(
  records: Records,
  fields: readonly Field[],
  checks: readonly Check[],
): Promise<Measures> {
  const conditions = [
    ...fields.map(({ filled }) => filled),
    ...checks.flatMap((check) => [check.fails, testedBy(check, fields)]),
  ]
  const counts: number[] = []
  let rows = 0
  for (let i = 0; i < Math.max(1, conditions.length); i += AT_ONCE) {
    const found = await countAll(records, conditions.slice(i, i + AT_ONCE))
    rows = found.rows
    counts.push(...found.counts)
  }
  const ofChecks = counts.slice(fields.length)
  return {
    rows,
    filled: new Map(fields.map(({ header }, i) => [header, counts[i] ?? 0])),
    checks: checks.map((check, i) => {
      const [fails, tested] = [ofChecks[2 * i] ?? 0, ofChecks[2 * i + 1] ?? 0]
      return {
        check: check.believed && fails > MOST_FAILING * tested ? doubted(check) : check,
        fails,
        tested,
      }
    }),
  }
}

/** More likely the column holds something else than most of its values are wrong. */
const doubted = (check: Check): Check => ({
  ...check,
  severity: 'note',
  en: `${check.en}: so are most, the column may hold something else`,
  zh: `${check.zh}（大多数如此，该列可能是其他内容）`,
})

/** Rows that fail a check which makes them bad. */
export async function countBad(records: Records, checks: readonly Check[]): Promise<number> {
  if (!checks.some(({ severity }) => severity === 'error')) return 0
  return (await countAll(records, [isBad(checks)])).counts[0] ?? 0
}

/** All rows, and for each condition those for which it holds. */
export async function countAll({ from, fetch, dialect }: Records, conditions: readonly Sql[]) {
  const parts = conditions.map((condition, i) => sql`${dialect.real(counted(condition))} as ${name(`n${i}`)}`)
  const shape = Object.fromEntries(conditions.map((_, i) => [`n${i}`, 'number' as const]))
  const query = sql`select ${join([sql`${dialect.real(sql`count(*)`)} as number`, ...parts])} from ${from} as rows`
  const found = await fetch(query, { number: 'number', ...shape })
  const counts = found as Readonly<Record<string, Float64Array>>
  return { rows: found.number[0] ?? 0, counts: conditions.map((_, i) => counts[`n${i}`]?.[0] ?? 0) }
}

// Where --------------------------------------------------------------------------------------------

/** Lines that are told, and values that are shown. */
const [TOLD_LINES, SHOWN] = [200, 5]
const MOST_CHARACTERS = 60

/** Where the rows are that fail a check, with some of their values. */
export async function findingOf(records: Records, { check, fails, tested }: Measured): Promise<Finding> {
  const { from, fetch, dialect, files } = records
  const [column] = check.columns
  const value = column === undefined ? sql`cast(null as varchar)` : name(column)
  const query = sql`select ${dialect.real(name(FILE))} as file, ${dialect.real(name(LINE))} as line, ${value} as value
    from ${from} as rows where ${check.fails} order by ${name(FILE)}, ${name(LINE)} limit ${TOLD_LINES}`
  const found = await fetch(query, { file: 'number', line: 'number', value: 'text' })
  const examples = [...found.line.slice(0, SHOWN)].map((line, i): Example => {
    const text = found.value[i] ?? ''
    const file = files[found.file[i] as number]?.path ?? ''
    return { file, line, value: clipped(check.shown ? check.shown(text) : text) }
  })
  const { rule, severity, dimension, en, zh } = check
  const share = tested === 0 ? 0 : fails / tested
  const lines =
    files.length > 1 ? placesOf(found, records) : rangesOf([...found.line], fails > found.line.length)
  return { rule, severity, dimension, en, zh, column, count: fails, share, lines, examples }
}

export const clipped = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text

function placesOf({ file, line }: { file: Float64Array; line: Float64Array }, { files }: Records): string {
  const places = [...line.slice(0, SHOWN)].map((each, i) => `${files[file[i] as number]?.path}:${each}`)
  return places.join(', ') + (line.length > SHOWN ? ', ...' : '')
}

const MOST_RANGES = 6

/** `2-5, 9, ...`. */
export function rangesOf(lines: readonly number[], hasMore = false): string {
  const ranges: [number, number][] = []
  for (const line of lines) {
    const last = ranges.at(-1)
    if (last && line === last[1] + 1) last[1] = line
    else ranges.push([line, line])
  }
  const told = ranges.slice(0, MOST_RANGES).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  return told.join(', ') + (hasMore || ranges.length > MOST_RANGES ? ', ...' : '')
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
