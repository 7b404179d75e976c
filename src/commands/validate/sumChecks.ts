/** A total beside its parts: subtotal, tax and shipping, less a discount. */
import { join, type Sql, sql } from '../../core/sql.ts'
import { simplifiedHeader } from '../../fields/headerCharacters.ts'
import type { Check } from './check.ts'
import { type Asking, meant, named } from './crossChecks.ts'
import type { Field, Reading } from './fields.ts'
import { countAll } from './measure.ts'
import { isRead } from './valueChecks.ts'

type Numeric = Field & { readonly reading: Reading }

interface Part {
  readonly field: Numeric
  readonly sign: '+' | '-'
}

const TOTAL =
  /(?<!sub[ _-]?)total(?! ?items)|gesamt|summe|montant ttc|importe total|合计|总[额价计]|总金额|应付|实付|应收|实收/i
const SUBTRACTED = /discount|rebate|coupon|voucher|rabatt|nachlass|remise|descuento|折扣|优惠|减免|抵扣/i
const NO_PARTS: readonly Field['meaning'][] = ['price', 'quantity', 'age']

/** Totals and parts that are tried; more columns are no bill. */
const [MOST_TOTALS, MOST_PARTS] = [3, 7]
const [FEWEST_SUMMED, MOST_SUMMED] = [2, 4]
/** So many rows tell which columns are the parts. */
const ENOUGH = 2000
const MEANT = 0.9
/** Parts are rounded each by itself: the last digit may be one off, and doubles lose a little. */
const TOLERANCE = 0.010001

export async function sumChecks(asking: Asking, fields: readonly Field[]): Promise<Check[]> {
  const numbers = fields.filter(isRead('number')).filter(({ isName }) => !isName)
  const totals = numbers.filter(({ header }) => TOTAL.test(simplifiedHeader(header)))
  const checks: Check[] = []
  for (const total of totals.slice(0, MOST_TOTALS)) {
    const parts = partsAmong(numbers.filter((field) => field !== total))
    const found = await summed(asking, total, parts)
    if (found) checks.push(...(await sumCheck(asking, total, found)))
  }
  return checks
}

function partsAmong(fields: readonly Numeric[]): Part[] {
  return fields
    .filter(({ meaning, role }) => !NO_PARTS.includes(meaning) && role !== 'price' && role !== 'quantity')
    .slice(0, MOST_PARTS)
    .map((field) => ({ field, sign: signOf(field) }))
    .sort((a, b) => Number(a.sign === '-') - Number(b.sign === '-'))
}

/** What is taken off is written with its sign by some, and without by others. */
function signOf({ header, seen }: Numeric): Part['sign'] {
  const isNegative = seen.some(({ value }) => /^\s*[-−(]/.test(value))
  return SUBTRACTED.test(simplifiedHeader(header)) && !isNegative ? '-' : '+'
}

/** The fewest parts whose sum is the total in the first rows; of as many those that keep most. */
async function summed(
  { records }: Asking,
  total: Numeric,
  parts: readonly Part[],
): Promise<readonly Part[] | undefined> {
  const some = { ...records, from: sql`(select * from ${records.from} as rows limit ${ENOUGH})` }
  for (let size = FEWEST_SUMMED; size <= Math.min(MOST_SUMMED, parts.length); size++) {
    const choices = choicesOf(parts, size).filter(([first]) => first?.sign === '+')
    if (choices.length === 0) return undefined
    const sums = choices.map((choice) => sumOf(total, choice))
    const { counts } = await countAll(
      some,
      sums.flatMap(({ tested, kept }) => [tested, sql`(${tested} and ${kept})`]),
    )
    const shares = choices.map((_, i) => (counts[2 * i + 1] ?? 0) / Math.max(1, counts[2 * i] ?? 0))
    const best = Math.max(...shares)
    if (best >= MEANT) return choices[shares.indexOf(best)]
  }
  return undefined
}

function choicesOf(parts: readonly Part[], size: number): (readonly Part[])[] {
  if (size === 0) return [[]]
  return parts.flatMap((part, i) => choicesOf(parts.slice(i + 1), size - 1).map((rest) => [part, ...rest]))
}

/** An empty part adds nothing; one that cannot be read leaves the sum open. */
function sumOf(total: Numeric, parts: readonly Part[]): { readonly tested: Sql; readonly kept: Sql } {
  const value = total.reading.value
  const known = parts.map(({ field }) => sql`(${field.reading.value} is not null or not ${field.filled})`)
  const filled = join(
    parts.map(({ field }) => sql`${field.reading.value}`),
    ', ',
  )
  const terms = parts.map(({ field, sign }) => {
    const term = sql`coalesce(${field.reading.value}, 0)`
    return sign === '-' ? sql`(-${term})` : term
  })
  return {
    tested: sql`(${value} is not null and coalesce(${filled}) is not null and ${join(known, ' and ')})`,
    kept: sql`(abs(${value} - (${join(terms, ' + ')})) <= ${TOLERANCE})`,
  }
}

function sumCheck(asking: Asking, total: Numeric, parts: readonly Part[]): Promise<Check[]> {
  const told = (name: (field: Field) => string, minus: string) =>
    parts.map(({ field, sign }, i) => `${i === 0 ? '' : sign === '-' ? minus : ' + '}${name(field)}`).join('')
  const shown = told(({ header }) => header.trim(), ' - ')
  return meant(asking, {
    rule: 'total_is_sum_of_parts',
    columns: [total.header, ...parts.map(({ field }) => field.header)],
    en: `not ${shown}`,
    zh: `不等于 ${shown}`,
    condition: `abs(${named(total)} - (${told(named, ' - ')})) <= 0.01`,
    ...sumOf(total, parts),
  })
}
