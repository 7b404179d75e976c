/** What columns say together: a birth date and a resident id, an amount and price times quantity, days in order. */
import type { Records } from '../../core/records.ts'
import { type Sql, sql } from '../../core/sql.ts'
import { simplifiedHeader } from '../../fields/headerCharacters.ts'
import { readSex, type Sex } from '../../fields/sex.ts'
import { type Check, isOneOf } from './check.ts'
import type { Field, Reading } from './fields.ts'
import { hasOpenCentury, isRead } from './valueChecks.ts'

/** A column as rules name it. */
export const named = ({ header }: Field): string => `\`${header.trim()}\``

/** How a relation that nobody stated holds: rows that it can be tested in, and those that keep it. */
export interface Holding {
  readonly tested: number
  readonly kept: number
}

export interface Asking {
  readonly records: Records
  holds(tested: Sql, kept: Sql): Promise<Holding>
}

/** A relation that holds in so many rows is meant; in nearly all, the others are wrong. */
const [MEANT, NEARLY_ALL] = [0.9, 0.98]
const ENOUGH_ROWS = 5

export async function crossChecks(asking: Asking, fields: readonly Field[]): Promise<Check[]> {
  return [
    ...residentChecks(fields),
    ...(await productChecks(asking, fields)),
    ...(await totalChecks(asking, fields)),
    ...(await orderedDays(asking, fields)),
  ]
}

/** The check of a relation, where it holds so often that it must be meant. */
export async function meant(
  { holds }: Asking,
  {
    tested,
    kept,
    ...check
  }: Omit<Check, 'severity' | 'dimension' | 'fails'> & { readonly tested: Sql; readonly kept: Sql },
): Promise<Check[]> {
  const { tested: rows, kept: good } = await holds(tested, kept)
  if (rows < ENOUGH_ROWS || good < MEANT * rows) return []
  const severity = good >= NEARLY_ALL * rows ? 'error' : 'warning'
  return [{ ...check, severity, dimension: 'consistency', tested, fails: sql`(${tested} and not ${kept})` }]
}

/** A column of days that are known, so that they can be compared. */
const isDay = (field: Field): field is Field & { readonly reading: Reading } =>
  isRead('day')(field) && !field.reading.open

// Persons --------------------------------------------------------------------------------------------

function residentChecks(fields: readonly Field[]): Check[] {
  const resident = fields.find(({ meaning }) => meaning === 'resident')
  if (!resident) return []
  const id = sql`upper(trim(${resident.cell}))`
  const isLong = sql`regexp_full_match(${id}, '\\d{17}[0-9X]')`
  const birth = fields.filter(isDay).find(({ meaning }) => meaning === 'birth')
  const sex = fields.find(({ meaning }) => meaning === 'sex')
  return [
    ...(birth ? [birthAgrees(resident, birth, { id, isLong })] : []),
    ...(sex ? sexAgrees(resident, sex, { id, isLong }) : []),
  ]
}

interface Id {
  readonly id: Sql
  readonly isLong: Sql
}

function birthAgrees(
  resident: Field,
  birth: Field & { readonly reading: Reading },
  { id, isLong }: Id,
): Check {
  const born = sql`try_cast(substr(${id}, 7, 4) || '-' || substr(${id}, 11, 2) || '-' || substr(${id}, 13, 2) as date)`
  const day = birth.reading.exact
  const tested = sql`(${isLong} and ${born} is not null and ${day} is not null)`
  return {
    rule: 'birth_of_resident_id',
    severity: 'error',
    dimension: 'consistency',
    columns: [birth.header, resident.header],
    en: `not the birth date in ${resident.header}`,
    zh: `与${resident.header}中的出生日期不符`,
    tested,
    fails: sql`(${tested} and ${born} <> cast(${day} as date))`,
  }
}

function sexAgrees(resident: Field, sex: Field, { id, isLong }: Id): Check[] {
  const wordsOf = (wanted: Sex) =>
    sex.seen.map(({ value }) => value).filter((value) => readSex(value) === wanted)
  const [male, female] = [wordsOf('male'), wordsOf('female')]
  if (male.length === 0 && female.length === 0) return []
  const isOdd = sql`(cast(substr(${id}, 17, 1) as integer) % 2 = 1)`
  const tested = sql`(${isLong} and ${isOneOf(sex.cell, [...male, ...female])})`
  const differs = sql`case when ${isLong} then ${isOdd} <> ${isOneOf(sex.cell, male)} else false end`
  return [
    {
      rule: 'sex_of_resident_id',
      severity: 'error',
      dimension: 'consistency',
      columns: [sex.header, resident.header],
      en: `not the sex in ${resident.header}`,
      zh: `与${resident.header}中的性别不符`,
      tested,
      fails: sql`(${tested} and ${differs})`,
    },
  ]
}

// Money ----------------------------------------------------------------------------------------------

/** Half a unit of the last digit, and a little for what doubles lose. */
const TOLERANCE = 0.005001

/** An amount is price times quantity, where it mostly is. */
async function productChecks(asking: Asking, fields: readonly Field[]): Promise<Check[]> {
  const numbers = fields.filter(isRead('number'))
  const of = (kind: 'amount' | 'price' | 'quantity') =>
    numbers
      .filter(({ role }) => role === kind)
      .concat(numbers.filter(({ role, meaning }) => role !== kind && meaning === kind))
  const [price] = of('price')
  const [quantity] = of('quantity')
  if (!price || !quantity) return []
  const checks: Check[] = []
  for (const amount of of('amount').slice(0, 4)) {
    if (amount === price || amount === quantity) continue
    const [a, p, q] = [amount, price, quantity].map(({ reading }) => reading.value) as [Sql, Sql, Sql]
    const found = await meant(asking, {
      rule: 'amount_is_price_x_quantity',
      columns: [amount.header, price.header, quantity.header],
      en: `not ${price.header} x ${quantity.header}`,
      zh: `不等于 ${price.header} × ${quantity.header}`,
      condition: `abs(${named(amount)} - ${named(price)} * ${named(quantity)}) <= 0.005`,
      tested: sql`(${a} is not null and ${p} is not null and ${q} is not null)`,
      kept: sql`(abs(${a} - ${p} * ${q}) <= ${TOLERANCE})`,
    })
    checks.push(...found)
    if (found.length > 0) break
  }
  return checks
}

const MOST_SUMMED = 6

/** A total that stands on every line of an order is the sum of another column over its lines. */
async function totalChecks({ records, holds }: Asking, fields: readonly Field[]): Promise<Check[]> {
  const order = fields.find(({ role }) => role === 'order')
  const sums = fields
    .filter(isRead('number'))
    .filter(
      ({ isName, meaning, role }) =>
        !isName && (meaning === 'amount' || role === 'amount' || meaning === undefined),
    )
    .slice(0, MOST_SUMMED)
  if (!order || sums.length < 2) return []
  const checks: Check[] = []
  for (const total of sums) {
    for (const part of sums) {
      if (total === part) continue
      const orders = sql`select ${order.cell} as id, count(*) as lines, min(${total.reading.value}) as least,
        max(${total.reading.value}) as total, sum(${part.reading.value}) as parts from ${records.from} as rows
        where ${order.filled} group by 1`
      // Told by the orders of several lines; of one line both are the same anyway.
      const several = sql`select id from (${orders}) as orders where lines > 1 and least = total`
      const equal = sql`select id from (${orders}) as orders where lines > 1 and least = total and abs(total - parts) <= ${TOLERANCE}`
      const isTested = sql`(${order.filled} and ${order.cell} in (${several}))`
      const found = await meant(
        { records, holds },
        {
          rule: 'total_is_sum_of_lines',
          columns: [total.header, part.header, order.header],
          en: `not the sum of ${part.header} over the lines of the order`,
          zh: `不等于该订单各行 ${part.header} 之和`,
          tested: isTested,
          kept: sql`(${order.cell} in (${equal}))`,
        },
      )
      checks.push(...found)
    }
  }
  return checks
}

// Days -----------------------------------------------------------------------------------------------

/** What happens to an order and to a customer, in its order. */
const STEPS: readonly RegExp[] = [
  /birth|dob|生日|出生/i,
  /order|creat|purchas|invoice|regist|sign.?up|join|bestell|commande|pedido|下单|创建|注册/i,
  /paid|pay|bezahl|paiement|付款|支付/i,
  /ship|dispatch|versand|exp[eé]di|发货/i,
  /deliver|arriv|receiv|liefer|livraison|签收|收货|到货/i,
  /clos|complet|finish|完成|成交|结束/i,
]
const stepOf = ({ header, meaning }: Field): number =>
  meaning === 'birth' ? 0 : STEPS.findLastIndex((step) => step.test(simplifiedHeader(header)))

/** A later step before an earlier one, where that is rare. */
async function orderedDays(asking: Asking, fields: readonly Field[]): Promise<Check[]> {
  const steps = fields
    .filter(isDay)
    .map((field) => ({ field, step: stepOf(field) }))
    .filter(({ step }) => step >= 0)
    .sort((a, b) => a.step - b.step)
  const checks: Check[] = []
  for (const [i, { field: early, step }] of steps.entries()) {
    const late = steps.slice(i + 1).find((each) => each.step > step)?.field
    if (!late) continue
    const [a, b] = [early.reading.value, late.reading.value]
    const isOpen = early.meaning === 'birth' ? sql` and not ${hasOpenCentury(early)}` : sql``
    checks.push(
      ...(await meant(asking, {
        rule: 'days_in_order',
        columns: [late.header, early.header],
        en: `before ${early.header}`,
        zh: `早于${early.header}`,
        condition: `${named(late)} >= ${named(early)}`,
        tested: sql`(${a} is not null and ${b} is not null${isOpen})`,
        kept: sql`(${b} >= ${a})`,
      })),
    )
  }
  return checks
}
