/** Columns that are filled in the first line of each order only, as merged cells of a spreadsheet are. */
import type { Look } from '../../core/look.ts'
import { LINE, type Records } from '../../core/records.ts'
import type { Role } from '../../core/roles.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Check, Severity } from './check.ts'
import type { Field } from './fields.ts'
import { countAll } from './measure.ts'

/** More of a column are blank than are forgotten; fewer than in a column that is hardly used. */
const [LEAST, MOST] = [0.1, 0.98]
/** So many orders have the value in their first line, and in no other. */
const NEARLY_ALL = 0.98
/** Fewer orders tell nothing. */
const ENOUGH = 3
/** Without these a row counts for nothing, so that none would be without them by chance. */
const NEEDED: readonly (Role | undefined)[] = ['order', 'customer', 'date']

export async function firstLineChecks(
  records: Records,
  fields: readonly Field[],
  { system }: Look,
): Promise<Check[]> {
  // What such a system writes once is read so.
  if (system) return []
  const gappy = fields.filter(({ look }) => look && look.missing > LEAST && look.missing < MOST)
  const order = fields.find(({ role }) => role === 'order')
  if (gappy.length === 0 || order === undefined) return []
  const found = gappy.includes(order)
    ? await blankTogether({ records, fields, gappy, order })
    : await inFirstLines(records, gappy, order)
  return found.map(checkOf)
}

interface Columns {
  readonly records: Records
  readonly fields: readonly Field[]
  readonly gappy: readonly Field[]
  readonly order: Field
}

/** The order itself is blank below its first line, and so is what else belongs to it. */
async function blankTogether({ records, fields, gappy, order }: Columns): Promise<Field[]> {
  const others = gappy.filter((field) => field !== order)
  const differ = others.map(({ filled }) => sql`(${filled} <> ${order.filled})`)
  const { counts } = await countAll(records, differ)
  const same = others.filter((_, i) => counts[i] === 0)
  const roles = (some: readonly Field[]) => some.map(({ role }) => role)
  // Sales over the counter name no customer, and yet their day.
  const needed = roles(fields).includes('date') ? 'date' : 'customer'
  return roles(same).includes(needed) ? [order, ...same] : []
}

/** Every line names its order, and one line of each has the value: the first. */
async function inFirstLines(
  { from, fetch, dialect }: Records,
  gappy: readonly Field[],
  order: Field,
): Promise<Field[]> {
  const firsts = gappy.map(({ filled }, i) => {
    const at = sql`min(case when ${filled} then ${name(LINE)} end)`
    const isFirst = sql`count(case when ${filled} then 1 end) = 1 and ${at} = min(${name(LINE)})`
    return sql`case when ${isFirst} then 1 else 0 end as ${name(`f${i}`)}`
  })
  const orders = sql`select count(*) as lines, ${join(firsts)} from ${from} as rows where ${order.filled} group by ${order.cell}`
  const sum = (value: Sql) => dialect.real(sql`coalesce(sum(${value}), 0)`)
  const sums = gappy.map((_, i) => sql`${sum(name(`f${i}`))} as ${name(`f${i}`)}`)
  const query = sql`select ${dialect.real(sql`count(*)`)} as orders, ${sum(sql`case when lines > 1 then 1 else 0 end`)} as several,
    ${join(sums)} from (${orders}) as orders`
  const shape = Object.fromEntries(gappy.map((_, i) => [`f${i}`, 'number' as const]))
  const found: Record<string, Float64Array> = await fetch(query, {
    orders: 'number',
    several: 'number',
    ...shape,
  })
  const [all, several] = [found['orders']?.[0] ?? 0, found['several']?.[0] ?? 0]
  if (several < ENOUGH) return []
  return gappy.filter((_, i) => (found[`f${i}`]?.[0] ?? 0) >= NEARLY_ALL * all)
}

function checkOf({ header, filled, role }: Field): Check {
  const severity: Severity = NEEDED.includes(role) ? 'warning' : 'note'
  return {
    rule: 'first_line_only',
    severity,
    dimension: 'completeness',
    columns: [header],
    tested: sql`true`,
    en: 'only the first line of each order has a value, as merged cells leave it: the lines below have none',
    zh: '只有每个订单的首行有值（如合并单元格），其下各行为空',
    fails: sql`(not ${filled})`,
  }
}
