/** Keys: which column names the rows, which rows have the same key, and keys that differ in nothing that counts. */
import type { Records } from '../../core/records.ts'
import { join, name, sql } from '../../core/sql.ts'
import { SPACES } from '../../fields/text.ts'
import { type Check, isOneOf } from './check.ts'
import type { Field } from './fields.ts'
import { countAll } from './measure.ts'

export interface Keyed {
  readonly field: Field
  readonly filled: number
  readonly distinct: number
}

/** A column of which so many values are different is meant to name its rows. */
const MEANT = 0.9
/** A line of an order repeats its order. */
const HAS_LINES: readonly Field['role'][] = ['item', 'quantity', 'price']

/** Exact counts of the columns that may be keys. */
export async function keysIn(records: Records, fields: readonly Field[]): Promise<Keyed[]> {
  const named = fields.filter(mayBeKey)
  if (named.length === 0) return []
  const { from, fetch, dialect } = records
  const parts = named.flatMap(({ cell, filled }, i) => [
    sql`${dialect.real(sql`count(case when ${filled} then 1 end)`)} as ${name(`f${i}`)}`,
    sql`${dialect.real(sql`count(distinct case when ${filled} then ${cell} end)`)} as ${name(`d${i}`)}`,
  ])
  const shape = Object.fromEntries(
    named.flatMap((_, i) => [`f${i}`, `d${i}`]).map((key) => [key, 'number' as const]),
  )
  const found = await fetch(sql`select ${join(parts)} from ${from} as rows`, shape)
  return named.map((field, i) => {
    return { field, filled: found[`f${i}`]?.[0] ?? 0, distinct: found[`d${i}`]?.[0] ?? 0 }
  })
}

/** Columns of addresses and names may tell rows apart; they are not there to do so. */
const NO_KEYS: readonly Field['meaning'][] = [
  'email',
  'phone',
  'name',
  'given',
  'surname',
  'company',
  'address',
  'source',
]

function mayBeKey({ meaning, role, header }: Field): boolean {
  if (/cluster|group|parent|batch/i.test(header) || NO_KEYS.includes(meaning)) return false
  return meaning === 'id' || meaning === 'resident' || role === 'order' || role === 'customer'
}

/** Orders of customers that are told apart by their names. */
const isNamedCustomer = ({ role, meaning }: Field): boolean =>
  role === 'customer' && (meaning === 'name' || meaning === 'company')

/** Shares of different values that differ by less are alike: a few mistakes are among them. */
const ALIKE = 0.05

/** The column that names the rows: of several the one with the fewest repeats, the first of those alike. */
export function keyOf(keys: readonly Keyed[], fields: readonly Field[]): Keyed | undefined {
  const meant = keys.filter(({ field, filled, distinct }) => {
    if (filled < 2 || distinct < MEANT * filled) return false
    // Orders with lines repeat their id, and so may the customers of orders.
    return distinct === filled || !(hasLines(fields) || isForeign(field, fields))
  })
  const share = ({ distinct, filled }: Keyed) => distinct / filled
  const best = Math.max(...meant.map(share))
  return meant.find((each) => share(each) > best - ALIKE)
}

/** An export of lines may name the order on its first line alone. */
const hasLines = (fields: readonly Field[]): boolean => fields.some(({ role }) => HAS_LINES.includes(role))

const PERSON: readonly Field['meaning'][] = [
  'name',
  'given',
  'surname',
  'email',
  'phone',
  'company',
  'address',
  'birth',
]

/** A customer beside a date and an amount is who bought, beside a date and no word of the person who did something. */
const isForeign = ({ role, header }: Field, fields: readonly Field[]): boolean =>
  role === 'customer' &&
  fields.some((each) => each.role === 'date') &&
  (fields.some((each) => each.role === 'amount') ||
    !fields.some((each) => each.header !== header && PERSON.includes(each.meaning)))

export async function keyChecks(
  records: Records,
  fields: readonly Field[],
  { keys, key }: { readonly keys: readonly Keyed[]; readonly key: Keyed | undefined },
): Promise<Check[]> {
  const checks: Check[] = []
  if (key && key.distinct < key.filled) checks.push(repeated(records, key.field))
  if (key && !hasLines(fields)) checks.push(missing(key.field))
  for (const each of keys) checks.push(...(await lookalikes(records, each)))
  // However many names are written in two ways, each way counts as a customer.
  for (const field of fields.filter(isNamedCustomer)) {
    checks.push(...(await lookalikes(records, { field, distinct: Number.POSITIVE_INFINITY })))
  }
  return checks
}

function repeated({ from }: Records, { cell, filled, header }: Field): Check {
  const twice = sql`select ${cell} from ${from} as rows where ${filled} group by 1 having count(*) > 1`
  return {
    rule: 'duplicate_key',
    severity: 'error',
    dimension: 'uniqueness',
    columns: [header],
    en: 'the same key as another row',
    zh: '主键重复',
    fails: sql`(${filled} and ${cell} in (${twice}))`,
  }
}

function missing({ cell, filled, header, masked }: Field): Check {
  return {
    rule: 'missing_key',
    severity: 'error',
    dimension: 'completeness',
    columns: [header],
    tested: sql`true`,
    en: 'a row without its key',
    zh: '缺少主键',
    fails: sql`(not ${filled} and not ${isOneOf(cell, masked)})`,
  }
}

/** More pairs are a way of numbering, not mistakes. */
const MOST_ALIKE = 0.05

/** Keys that differ only by case, zeros in front, or blanks. */
async function lookalikes(
  records: Records,
  { field, distinct }: Pick<Keyed, 'field' | 'distinct'>,
): Promise<Check[]> {
  const { from, fetch, dialect } = records
  const { cell, filled, header } = field
  if (!(await mayBeAlike(records, field))) return []
  const plain = sql`ltrim(lower(replace(trim(${cell}, ${SPACES}), ' ', '')), '0')`
  const alike = sql`select ${plain} from ${from} as rows where ${filled} group by 1 having count(distinct ${cell}) > 1`
  const number = sql`select ${dialect.real(sql`count(*)`)} as number from (${alike}) as alike`
  const found = (await fetch(number, { number: 'number' })).number[0] ?? 0
  if (found === 0 || found > MOST_ALIKE * distinct) return []
  return [
    {
      rule: 'similar_keys',
      severity: 'warning',
      dimension: 'uniqueness',
      columns: [header],
      en: 'differs from another key only by case, zeros in front, or blanks',
      zh: '与另一主键仅大小写、前导零或空格不同',
      fails: sql`(${filled} and ${plain} in (${alike}))`,
    },
  ]
}

/** Most keys are all of one case, and none has a zero in front or a blank. */
async function mayBeAlike(records: Records, { cell, suspects }: Field): Promise<boolean> {
  if (suspects.some(({ value }) => /\s/.test(value))) return true
  const asked = [
    sql`starts_with(${cell}, '0')`,
    sql`contains(${cell}, ' ')`,
    sql`${cell} <> lower(${cell})`,
    sql`${cell} <> upper(${cell})`,
  ]
  const { counts } = await countAll(records, asked)
  const [zeros = 0, blanks = 0, upper = 0, lower = 0] = counts
  return zeros + blanks > 0 || (upper > 0 && lower > 0)
}

// Rows -----------------------------------------------------------------------------------------------

/** Rows that are the same as another one. Where a key tells all rows apart there is none. */
export function duplicateRows(records: Records, key: Keyed | undefined, rows: number): Check[] {
  if (records.columns.length < 2 || (key && key.distinct === rows)) return []
  const { from, dialect, columns } = records
  const digest = dialect.digest(columns.map(name))
  const twice = sql`select ${digest} from ${from} as rows group by 1 having count(*) > 1`
  return [
    {
      rule: 'duplicate_row',
      severity: 'warning',
      dimension: 'uniqueness',
      columns: [],
      tested: sql`true`,
      en: 'the same as another row, in every column',
      zh: '与另一行完全相同',
      fails: sql`(${digest} in (${twice}))`,
    },
  ]
}
