/** The lines of the input: text columns of the sources, read as what their roles mean. */
import type { OrderStatus, Role } from '../core/roles.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import * as dates from '../fields/date.ts'
import { idSql, isBareId, maskedSql, placeholderSql, strictIdSql } from '../fields/id.ts'
import * as money from '../fields/money.ts'
import { type StatusWords, statusSql } from '../fields/status.ts'
import { folded, foldedSql, plainlyTidy, trimmed } from '../fields/text.ts'
import type { Reader, Readers } from './decide.ts'
import { headerKey } from './headers.ts'
import { columnName, type Source } from './source.ts'
import type { RowRule, System } from './systems/system.ts'

export interface Lines {
  readonly sources: readonly Source[]
  readonly readers: Readers
  readonly needs: readonly Role[]
  readonly statusWords: StatusWords
  /** Amount is price times quantity. */
  readonly computed: boolean
  /** What the export system that wrote it means by its rows. */
  readonly system?: System | undefined
  /** What other columns say of a row, whoever wrote it. */
  readonly rules?: readonly RowRule[]
  /** Columns that were asked for by their headers. */
  readonly extras?: readonly { readonly as: string; readonly header: string }[]
}

export const columnOf = (role: Role): string => (role === 'date' ? 'day' : role)

/** The text of a role, beside what it is read as. */
export const raw = (role: Role): Sql => name(`raw ${role}`)

/** What the engine is told to stop at, and what it then says. */
export const ODD_CELL = 'cust: a cell unlike those of the first rows'

const odd = sql`error(${ODD_CELL})`

/** One query of all lines. The problem looks at raw text only where a value is missing. */
export function linesSql(lines: Lines): Sql {
  const roles = Object.keys(lines.readers) as Role[]
  const shown = shownRoles(lines)
  const typed = shown.map((role) => sql`${typedSql(lines, role)} as ${name(columnOf(role))}`)
  const columns = shown.map((role) => name(columnOf(role)))
  const rules = rulesOf(lines).map((_, i) => rule(i))
  const kept = [...roles.map(raw), ...rules, ...typed, ...extrasOf(lines), sql`file`, sql`line`]
  // The raw cells are there for whoever asks what is wrong with them.
  const extras = extrasOf(lines)
  const all = [
    ...columns,
    sql`${problemSql(lines)} as problem`,
    ...extras,
    sql`file`,
    sql`line`,
    ...roles.map(raw),
  ]
  return sql`select ${join(all)}
    from (select ${join(kept)} from (${orderedSql(lines)}))`
}

/** The roles that become columns: those that are read, an amount that is computed, a status that rules tell. */
export function shownRoles(lines: Lines): Role[] {
  const { readers, computed } = lines
  const ruled = rulesOf(lines).some(({ means }) => isStatus(means))
  const roles = Object.keys(readers) as Role[]
  return [
    ...roles,
    ...(computed ? (['amount'] as const) : []),
    ...(ruled && !readers.status ? (['status'] as const) : []),
  ]
}

const extrasOf = ({ extras = [] }: Lines): Sql[] => extras.map(({ as }) => name(as))

const rule = (index: number): Sql => name(`rule ${index}`)

/** The rules of the system whose columns the input has. */
function rulesOf({ system, sources, rules = [] }: Lines): readonly RowRule[] {
  return [...(system?.rules ?? []), ...rules].filter(({ column }) =>
    sources.some((source) => indexOf(source, column) >= 0),
  )
}

function indexOf({ headers, written }: Source, column: string): number {
  const key = headerKey(column)
  return headers.findIndex((header, i) => headerKey(written[i] ?? header) === key)
}

/** The text columns of the roles over all files; a column that a file lacks is NULL there. */
function rawSql(lines: Lines): Sql {
  const { sources, readers } = lines
  const roles = Object.keys(readers) as Role[]
  const text = (index: number) => (index < 0 ? sql`cast(null as varchar)` : name(columnName(index)))
  const parts = sources.map((source, file) => {
    const columns = roles.map(
      (role) => sql`${text(source.headers.indexOf(readers[role]?.header ?? ''))} as ${raw(role)}`,
    )
    const rules = rulesOf(lines).map(({ column }, i) => sql`${text(indexOf(source, column))} as ${rule(i)}`)
    const extras = (lines.extras ?? []).map(
      ({ as, header }) => sql`${trimmed(text(source.headers.indexOf(header)))} as ${name(as)}`,
    )
    const line = source.lined ? sql`line` : sql`cast(null as bigint) as line`
    return sql`select ${join([...columns, ...rules, ...extras, sql`${file} as file`, line])} from (${source.scan})`
  })
  return join(parts, ' union all ')
}

/** Does what a row means depend on the other rows of its order? */
export function needsWholeOrders(system: System | undefined): boolean {
  return system !== undefined && (system.fillDown !== undefined || (system.amounts ?? 'line') !== 'line')
}

/** The further lines of an order as its first one is, where the system writes what belongs to it only once. */
function orderedSql(lines: Lines): Sql {
  const { system, readers } = lines
  if (!system || !needsWholeOrders(system) || !readers.order) return rawSql(lines)
  const order = trimmed(raw('order'))
  const roles = Object.keys(readers) as Role[]
  const filled = (role: Role) => trimmed(raw(role))
  // Joined rows may stand on one line: what they hold tells them apart.
  const place = join([sql`file`, sql`line`, ...roles.map((role) => sql`${raw(role)} nulls last`)])
  const columns = roles.map((role) => {
    const isWhole = ORDER_AMOUNTS.includes(role) && (system.amounts ?? 'line') !== 'line'
    const whole = isWhole && wholeAmount(role, { order, place })
    const down = system.fillDown?.includes(role)
    const text = down ? filledDown(filled(role), order) : raw(role)
    return sql`${whole || text} as ${raw(role)}`
  })
  // What the rules look at belongs to the order too.
  const rules = rulesOf(lines).map((_, i) =>
    system.fillDown ? sql`${filledDown(trimmed(rule(i)), order)} as ${rule(i)}` : rule(i),
  )
  const others = [...rules, ...extrasOf(lines), sql`file`, sql`line`]
  return sql`select ${join([...columns, ...others])} from (${rawSql(lines)})`
}

const filledDown = (filled: Sql, order: Sql): Sql =>
  sql`coalesce(${filled}, max(${filled}) over (partition by ${order}))`

const ORDER_AMOUNTS: readonly Role[] = ['amount', 'refund', 'cost', 'margin', 'reduction']

/** The amount of an order counts on one of its lines, the first that has any; on the others nothing more was paid. */
function wholeAmount(role: Role, { order, place }: { order: Sql; place: Sql }): Sql {
  const blank = sql`case when ${trimmed(raw(role))} is null then 1 else 0 end`
  const first = sql`row_number() over (partition by ${order} order by ${blank}, ${place}) = 1`
  return sql`case when ${order} is null or ${first} then ${raw(role)} else '0' end`
}

const isStatus = (means: RowRule['means']): means is OrderStatus => means !== 'other' && means !== 'out'

/** Below zero where the money went out. */
function signed(lines: Lines, amount: Sql): Sql {
  const out = rulesOf(lines).flatMap(({ is, means }, i) => (means === 'out' ? [fitsRule(is, rule(i))] : []))
  return out.length === 0
    ? amount
    : sql`case when ${join(out, ' or ')} then -abs(${amount}) else ${amount} end`
}

function typedSql(lines: Lines, role: Role): Sql {
  const { readers, computed, statusWords, system } = lines
  if (role === 'amount' && computed) {
    const product = sql`${numberOf(readers, 'price')} * ${numberOf(readers, 'quantity')}`
    return signed(lines, sql`try_cast(${product} as decimal(18, 6))`)
  }
  if (role === 'amount') return signed(lines, numberOf(readers, role))
  const reader = readers[role]
  switch (role) {
    case 'date':
      return dayOf(readers)
    case 'status':
      if (!reader) return ruled(lines, sql`cast(null as varchar)`)
      return ruled(lines, statusSql(raw(role), statusWords, reader.seen))
    case 'currency':
      return sql`upper(${cell(readers, role)})`
    case 'customer':
      return keyOf(reader, role, system?.guests ?? [])
    case 'order':
    case 'item':
      return idOf(reader, role)
    default:
      return numberOf(readers, role)
  }
}

function dayOf({ date }: Readers): Sql {
  if (!date?.dates) return sql`cast(null as date)`
  if (date.strict) return dates.strictDaySql(raw('date'), date.dates, odd)
  return dates.daySql(raw('date'), date.all ? date.dates : dates.withStragglers(date.dates))
}

function numberOf(readers: Readers, role: Role): Sql {
  const { numbers, strict, all } = readers[role] ?? {}
  if (!numbers) return sql`cast(null as decimal(18, 6))`
  if (strict) return money.strictNumberSql(raw(role), numbers, odd)
  return money.numberSql(raw(role), all ? numbers : money.withStragglers(numbers))
}

function idOf(reader: Reader | undefined, role: Role): Sql {
  if (reader?.seen?.every(isBareId)) return sql`nullif(${raw(role)}, '')`
  return reader?.strict ? strictIdSql(raw(role), odd) : idSql(raw(role))
}

/** A name that hides the real one, or stands for none, is no customer. */
function keyOf(reader: Reader | undefined, role: Role, guests: readonly string[]): Sql {
  const key = reader?.form ? reader.form.id(raw(role)) : idOf(reader, role)
  if (reader?.hides) {
    const none = sql`${maskedSql(raw(role))} or ${placeholderSql(raw(role), guests)}`
    return sql`case when ${none} then null else ${key} end`
  }
  if (!reader?.strict) return key
  // None of the first rows holds such a name: a look for the likely ones is cheap, and finds that others do.
  const likely = [...LIKELY, ...guests]
  const isHidden = sql`contains(${raw(role)}, '*')`
  // As a list of words to compare: an "in" of many would become a join of all rows.
  const isNone = sql`list_contains([${join(likely.map((word) => sql`${word}`))}], ${raw(role)})`
  const plain =
    reader.form || likely.some(beginsAsUsual)
      ? sql``
      : sql`when ${usual(raw(role))} and not ${isHidden} then ${raw(role)}`
  return sql`case ${plain} when ${isHidden} or ${isNone} then ${odd} else ${key} end`
}

/** Most ids begin with a digit or one of the first letters, and none of the words that stand for no id does. */
const beginsAsUsual = (word: string): boolean => /^[0-9A-F]/.test(word)

const usual = (text: Sql): Sql =>
  sql`(${text} >= '0' and ${text} < ':' or ${text} >= 'A' and ${text} < 'G') and ${plainlyTidy(text)}`

const LIKELY = [
  'null',
  'NULL',
  'None',
  'none',
  'N/A',
  'NaN',
  '-',
  '/',
  'guest',
  'Guest',
  '(not set)',
  '无',
  '匿名',
]

/** What other columns say of a row wins over its status word. */
function ruled(lines: Lines, status: Sql): Sql {
  const rules = rulesOf(lines)
  const branches = rules.flatMap(({ is, means }, i) =>
    !isStatus(means) ? [] : [sql`when ${fitsRule(is, rule(i))} then ${means}`],
  )
  return branches.length > 0 ? sql`case ${join(branches, ' ')} else ${status} end` : status
}

function fitsRule(is: RowRule['is'], text: Sql): Sql {
  if (is === 'filled') return sql`${trimmed(text)} is not null`
  if (is === 'blank') return sql`${trimmed(text)} is null`
  if ('pattern' in is) return sql`regexp_matches(${trimmed(text)}, ${is.pattern})`
  return sql`${foldedSql(text)} in (${join(is.map((word) => sql`${folded(word)}`))})`
}

/** The text of a cell without white space around it. */
function cell(readers: Readers, role: Role): Sql {
  return readers[role]?.seen ? sql`nullif(${raw(role)}, '')` : trimmed(raw(role))
}

/** Usable lines are told by one look at typed columns; only the others are asked what is wrong with them. */
function problemSql(lines: Lines): Sql {
  const { needs, readers, computed } = lines
  const checks: { usable: Sql; problem: Sql }[] = []
  rulesOf(lines).forEach(({ is, means, reason }, i) => {
    if (means !== 'other') return
    const usable = sql`not coalesce(${fitsRule(is, rule(i))}, false)`
    checks.push({ usable, problem: sql`${reason ?? 'no sale'}` })
  })
  if (needs.includes('customer')) {
    const hidden = readers.customer?.hides
      ? sql`when ${maskedSql(raw('customer'))} then 'customer: hidden'`
      : sql``
    const problem = sql`case ${hidden} when true then 'customer: none' end`
    checks.push({ usable: sql`customer is not null`, problem })
  }
  if (needs.includes('date'))
    checks.push({ usable: sql`day is not null`, problem: noneOr('date', [cell(readers, 'date')]) })
  if (needs.includes('amount')) {
    const cells = (computed ? (['price', 'quantity'] as const) : (['amount'] as const)).map((role) =>
      cell(readers, role),
    )
    checks.push({ usable: sql`amount is not null`, problem: noneOr('amount', cells) })
  }
  if (readers.refund) {
    const blank = sql`${cell(readers, 'refund')} is null`
    checks.push({ usable: sql`(refund is not null or ${blank})`, problem: sql`'refund: unreadable'` })
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
