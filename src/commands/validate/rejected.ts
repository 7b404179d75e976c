/** The rows that are bad, with what is wrong with them, and the rows that are not. */
import { FILE, LINE, type Records } from '../../core/records.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'
import { ruleOfReject } from './fileChecks.ts'
import { isBad, isGood, type Measured, type Measures } from './measure.ts'

const [LINE_OUT, COLUMN, RULE, VALUE] = ['_line', '_column', '_rule', '_value'] as const
const BETWEEN = ' | '

/** The rows that no error was found in, every cell as it stands. */
export function validRows(records: Records, measures: Measures): Table {
  const selected = join(records.columns.map(name))
  // A join gives rows in any order.
  const from = sql`(select ${selected} from ${records.from} as rows where ${isGood(measures)}
    order by ${name(FILE)}, ${name(LINE)})`
  return { ...records, from }
}

/** The others, in their order, and the records that are no rows: these stand whole under _value. */
export function rejectedRows(records: Records, measures: Measures): Table {
  const parts = [badRows(records, measures), ...brokenRecords(records)]
  const own = records.columns.map(name)
  const place = name(LINE_OUT)
  const selected = [...own, sql`cast(${place} as varchar) as ${place}`, ...[COLUMN, RULE, VALUE].map(name)]
  const from = sql`(select ${join(selected)} from (${join(parts, ' union all ')}) as bad
    order by ${name(FILE)}, bad.${place})`
  return { ...records, from, columns: [...records.columns, LINE_OUT, COLUMN, RULE, VALUE] }
}

function badRows({ columns }: Records, measures: Measures): Sql {
  const errors = measures.checks.filter(({ check, fails }) => check.severity === 'error' && fails > 0)
  const listed = (of: (measured: Measured) => Sql) => {
    if (errors.length === 0) return sql`''`
    const told = errors.map((each) => sql`case when ${each.failed} then ${of(each)} end`)
    return sql`concat_ws(${BETWEEN}, ${join(told)})`
  }
  const value = ([column]: readonly string[]) =>
    column === undefined ? sql`''` : sql`coalesce(${name(column)}, '')`
  return sql`select ${join(columns.map(name))}, ${name(FILE)}, ${name(LINE)} as ${name(LINE_OUT)},
    ${listed(({ check }) => sql`${check.columns[0] ?? ''}`)} as ${name(COLUMN)},
    ${listed(({ check }) => sql`${check.rule}`)} as ${name(RULE)},
    ${listed(({ check }) => value(check.columns))} as ${name(VALUE)}
    from ${measures.failing} as failing where ${isBad(measures)}`
}

function brokenRecords({ files, columns }: Records): Sql[] {
  const values = files.flatMap(({ rejects }, file) =>
    rejects.map((reject) => sql`(${file}, ${reject.line}, ${ruleOfReject(reject)}, ${reject.text})`),
  )
  if (values.length === 0) return []
  const none = columns.map((column) => sql`cast(null as varchar) as ${name(column)}`)
  return [
    sql`select ${join(none)}, file as ${name(FILE)}, line as ${name(LINE_OUT)}, '' as ${name(COLUMN)},
      rule as ${name(RULE)}, text as ${name(VALUE)} from (values ${join(values)}) as broken(file, line, rule, text)`,
  ]
}
