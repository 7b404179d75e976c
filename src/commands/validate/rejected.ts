/** The rows that are bad, with what is wrong with them, and the rows that are not. */
import { FILE, LINE, type Records } from '../../core/records.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'
import type { Check } from './check.ts'
import { ruleOfReject } from './fileChecks.ts'
import { countAll, isBad } from './measure.ts'

const ADDED = ['_line', '_column', '_rule', '_value'] as const
const BETWEEN = ' | '

/** The rows that no error was found in, every cell as it stands. */
export function validRows(records: Records, checks: readonly Check[]): Table {
  const selected = join(records.columns.map(name))
  const from = sql`(select ${selected} from ${records.from} as rows where not ${isBad(checks)})`
  return { ...records, from }
}

/** The others, in their order, and the records that are no rows: these stand whole under _value. */
export function rejectedRows(records: Records, checks: readonly Check[]): Table {
  const errors = checks.filter(({ severity }) => severity === 'error')
  const listed = (of: (check: Check) => Sql) =>
    sql`concat_ws(${BETWEEN}, ${join(errors.map((check) => sql`case when ${check.fails} then ${of(check)} end`))})`
  const own = records.columns.map(name)
  const place = [name(FILE), sql`${name(LINE)} as ${name('_line')}`]
  const told: readonly [string, Sql][] = [
    ['_column', listed(({ columns }) => sql`${columns[0] ?? ''}`)],
    ['_rule', listed(({ rule }) => sql`${rule}`)],
    [
      '_value',
      listed(({ columns: [column] }) =>
        column === undefined ? sql`''` : sql`coalesce(${name(column)}, '')`,
      ),
    ],
  ]
  const rows = sql`select ${join([...own, ...place, ...told.map(([as, value]) => sql`${value} as ${name(as)}`)])}
    from ${records.from} as rows where ${isBad(checks)}`
  const parts = errors.length === 0 ? [] : [rows]
  const broken = brokenRecords(records)
  if (broken) parts.push(broken)
  const none = sql`select ${join([...own, name(FILE), name(LINE), ...['', '', ''].map((text) => sql`${text}`)])} from ${records.from} as rows where false`
  const all =
    parts.length === 0
      ? sql`select *, ${name(LINE)} as _line, '' as _column, '' as _rule, '' as _value from (${none}) as none`
      : join(parts, ' union all ')
  const selected = join([
    ...own,
    sql`cast(${name('_line')} as varchar) as ${name('_line')}`,
    ...ADDED.slice(1).map(name),
  ])
  const from = sql`(select ${selected} from (${all}) as bad order by ${name(FILE)}, bad.${name('_line')})`
  return { ...records, from, columns: [...records.columns, ...ADDED] }
}

function brokenRecords({ files, columns }: Records): Sql | undefined {
  const values = files.flatMap(({ rejects }, file) =>
    rejects.map((reject) => sql`(${file}, ${reject.line}, ${ruleOfReject(reject)}, ${reject.text})`),
  )
  if (values.length === 0) return undefined
  const none = columns.map((column) => sql`cast(null as varchar) as ${name(column)}`)
  return sql`select ${join(none)}, file as ${name(FILE)}, line as ${name('_line')}, '' as ${name('_column')},
    rule as ${name('_rule')}, text as ${name('_value')} from (values ${join(values)}) as broken(file, line, rule, text)`
}

/** Every row is either good or bad. Throws where the engine does not agree. */
export async function checkAccount(records: Records, checks: readonly Check[], bad: number): Promise<void> {
  const { rows, counts } = await countAll(records, [sql`not ${isBad(checks)}`])
  if (rows !== (counts[0] ?? 0) + bad) {
    throw new Error(`${rows} rows were read, ${counts[0]} are good and ${bad} are bad`)
  }
}
