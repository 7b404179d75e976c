/** The lines of the input: text columns of the sources, read as what their roles mean. */
import type { Role } from '../core/roles.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import { type DateReading, daySql } from '../fields/date.ts'
import { idSql, readId } from '../fields/id.ts'
import { type NumberReading, numberSql } from '../fields/money.ts'
import { type StatusWords, statusSql } from '../fields/status.ts'
import { trimmed } from '../fields/text.ts'
import { columnName, type Source } from './source.ts'

/** How the cells of a role are to be read. */
export interface Reader {
  readonly header: string
  /** All values of the column, where they are few, known and have no white space around them. */
  readonly seen?: readonly string[] | undefined
  readonly dates?: DateReading | undefined
  readonly numbers?: NumberReading | undefined
}

export type Readers = Partial<Record<Role, Reader>>

export interface Lines {
  readonly sources: readonly Source[]
  readonly readers: Readers
  readonly needs: readonly Role[]
  readonly statusWords: StatusWords
  /** Amount is price times quantity. */
  readonly computed: boolean
}

export const columnOf = (role: Role): string => (role === 'date' ? 'day' : role)

const raw = (role: Role): Sql => name(`raw ${role}`)

/** One query of all lines. The problem looks at raw text only where a value is missing. */
export function linesSql(lines: Lines): Sql {
  const roles = Object.keys(lines.readers) as Role[]
  const shown = [...roles, ...(lines.computed ? (['amount'] as const) : [])]
  const kept = roles.map(raw)
  const typed = shown.map((role) => sql`${typedSql(lines, role)} as ${name(columnOf(role))}`)
  const columns = shown.map((role) => name(columnOf(role)))
  return sql`select ${join([...columns, sql`${problemSql(lines)} as problem`])}
    from (select ${roles.length > 0 ? join([...kept, ...typed]) : sql`*`} from (${rawSql(lines.sources, lines.readers)}))`
}

/** The text columns of the roles over all files; a column that a file lacks is NULL there. */
export function rawSql(sources: readonly Source[], readers: Readers): Sql {
  const roles = Object.keys(readers) as Role[]
  const parts = sources.map((source) => {
    const columns = roles.map((role) => {
      const index = columnIndex(source, readers[role]?.header ?? '')
      return sql`${index < 0 ? sql`cast(null as varchar)` : name(columnName(index))} as ${raw(role)}`
    })
    // Lines without any role can still be counted.
    return sql`select ${columns.length > 0 ? join(columns) : name(columnName(0))} from (${source.scan})`
  })
  return join(parts, ' union all ')
}

export function columnIndex(source: Source, key: string): number {
  return source.headers.indexOf(key)
}

function typedSql({ readers, computed, statusWords }: Lines, role: Role): Sql {
  if (role === 'amount' && computed) {
    return sql`try_cast(${numberOf(readers, 'price')} * ${numberOf(readers, 'quantity')} as decimal(18, 6))`
  }
  const seen = readers[role]?.seen
  switch (role) {
    case 'date':
      return readers.date?.dates ? daySql(raw(role), readers.date.dates) : sql`cast(null as date)`
    case 'status':
      return statusSql(raw(role), statusWords, seen)
    case 'customer':
    case 'order':
    case 'item':
      return seen?.every(isBareId) ? cell(readers, role) : idSql(raw(role))
    case 'currency':
      return cell(readers, role)
    default:
      return numberOf(readers, role)
  }
}

const isBareId = (value: string): boolean => value === '' || readId(value) === value

/** The text of a cell without white space around it. */
function cell(readers: Readers, role: Role): Sql {
  return readers[role]?.seen ? sql`nullif(${raw(role)}, '')` : trimmed(raw(role))
}

function numberOf(readers: Readers, role: Role): Sql {
  const numbers = readers[role]?.numbers
  return numbers ? numberSql(raw(role), numbers) : sql`cast(null as decimal(18, 6))`
}

/** Usable lines are told by one look at typed columns; only the others are asked what is wrong with them. */
function problemSql({ needs, readers, computed }: Lines): Sql {
  const checks: { usable: Sql; problem: Sql }[] = []
  if (needs.includes('customer'))
    checks.push({ usable: sql`customer is not null`, problem: sql`'customer: none'` })
  if (needs.includes('date'))
    checks.push({ usable: sql`day is not null`, problem: noneOr('date', [cell(readers, 'date')]) })
  if (needs.includes('amount')) {
    const cells = (computed ? (['price', 'quantity'] as const) : (['amount'] as const)).map((role) =>
      cell(readers, role),
    )
    checks.push({ usable: sql`amount is not null`, problem: noneOr('amount', cells) })
  }
  if (readers.status) {
    const word = cell(readers, 'status')
    checks.push({
      usable: sql`(status is not null or ${raw('status')} is null)`,
      problem: sql`'status: ' || ${word}`,
    })
  }
  if (checks.length === 0) return sql`cast(null as varchar)`
  const usable = join(
    checks.map((check) => check.usable),
    ' and ',
  )
  const branches = checks.map((check) => sql`when not (${check.usable}) then ${check.problem}`)
  return sql`case when ${usable} then null else case ${join(branches, ' ')} end end`
}

function noneOr(what: string, cells: readonly Sql[]): Sql {
  const blank = join(
    cells.map((text) => sql`${text} is null`),
    ' or ',
  )
  return sql`case when ${blank} then ${`${what}: none`} else ${`${what}: unreadable`} end`
}
