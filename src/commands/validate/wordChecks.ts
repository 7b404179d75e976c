/** Words: one in several spellings, columns of two kinds of words, names of an odd length. */
import type { Look } from '../../core/look.ts'
import type { Records } from '../../core/records.ts'
import { join, name, sql } from '../../core/sql.ts'
import { type Meaning, meaningOfHeader } from '../../fields/contactWords.ts'
import { dateStyle } from '../../fields/date.ts'
import { isMasked, isPlaceholder } from '../../fields/id.ts'
import { numberSql, numberStyle, withStragglers as withOddNumbers } from '../../fields/money.ts'
import { weightOf } from '../../fields/seen.ts'
import { distinguishing, fingerprint } from '../../fields/spelling.ts'
import { folded } from '../../fields/text.ts'
import { type Check, isOneOf } from './check.ts'
import { daysIn, type Field } from './fields.ts'
import { valuesIn } from './values.ts'

/** Columns of so many different values at most hold words of a kind; of so small a share of the rows, categories. */
const [MOST_WORDS, MOST_SHARE] = [1000, 0.2]

/** One word in several spellings, in columns that hold words of a kind. */
export async function spellingChecks(records: Records, fields: readonly Field[]): Promise<Check[]> {
  const checks: Check[] = []
  for (const field of fields.filter(mayBeCategory)) {
    const values = await valuesIn(records, field.cell, { where: field.filled, most: MOST_WORDS + 1 })
    const rows = values.reduce((sum, { count }) => sum + count, 0)
    if (values.length > MOST_WORDS) continue
    // In a short list, or a text, only case and blanks are surely no difference.
    const isCategory = values.length <= MOST_SHARE * rows
    const spellings = new Map<string, { value: string; count: number }[]>()
    for (const each of values) {
      const words = isCategory ? fingerprint(each.value) : folded(each.value)
      const key = isCategory ? `${words}: ${distinguishing(each.value)}` : words
      if (words !== '') spellings.set(key, [...(spellings.get(key) ?? []), each])
    }
    // The most frequent spelling comes first, and is taken for the right one.
    const rare = new Map(
      [...spellings.values()].flatMap(([right, ...others]) =>
        others
          .filter(({ count }) => count <= (right?.count ?? 0))
          .map(({ value }) => [value, right?.value ?? ''] as const),
      ),
    )
    if (rare.size === 0) continue
    checks.push({
      rule: 'spelling',
      severity: 'warning',
      dimension: 'validity',
      columns: [field.header],
      en: 'another spelling of a more frequent value',
      zh: '同一取值的不同写法',
      fails: isOneOf(field.cell, [...rare.keys()]),
      shown: (value) => `${value} → ${rare.get(value) ?? value}`,
    })
  }
  return checks
}

/** Two persons may have names that are nearly alike. */
const FREE: readonly Field['meaning'][] = [
  ...(['note', 'email', 'phone', 'url', 'resident', 'company number', 'identity', 'postcode'] as const),
  ...(['given', 'surname', 'name', 'company', 'address'] as const),
]

const mayBeCategory = ({ reading, meaning, isName, role }: Field): boolean =>
  reading === undefined && !FREE.includes(meaning) && (!isName || role === 'status' || role === 'currency')

// Kinds ----------------------------------------------------------------------------------------------

/** From this share of numbers on a column is meant to hold numbers; where nearly all are, it is read so. */
const [MEANT, NEARLY_ALL] = [0.7, 0.9]

/** Columns of no known meaning that hold mostly numbers, or mostly dates, and something else. */
export function mixedKinds(fields: readonly Field[], { given }: Look): Check[] {
  return fields.flatMap((field): Check[] => {
    if (field.reading || field.meaning !== undefined || field.role !== undefined) return []
    const values = field.seen.filter(({ value }) => !isPlaceholder(value) && !isMasked(value))
    const [numbers, dates] = [numberStyle(values, given.decimal), dateStyle(values, given.dateOrder)]
    const isMixed = ({ share }: { share: number }) => share >= MEANT && share < NEARLY_ALL
    if (isMixed(dates) && !dates.counted)
      return [mixed(field, ['dates', '日期'], daysIn(field.cell, values, given.dateOrder).exact)]
    if (isMixed(numbers))
      return [mixed(field, ['numbers', '数字'], numberSql(field.cell, withOddNumbers(numbers)))]
    return []
  })
}

/** Three numbers, as days are written: 2025/13/40, 5-7-2023. */
const DAY_SHAPE = /^\s*(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{2,4})(?:[ T].*)?\s*$/
/** From this share of such cells on a header that speaks of days is believed. */
const SHAPED = 0.8

/**
 * Columns that hold days by their header and by the shape of their cells, but so many that do not exist, or in so many
 * ways, that they are read as none: the cells that are no day in any order are wrong.
 */
export function unreadDays(fields: readonly Field[]): Check[] {
  return fields.flatMap((field): Check[] => {
    const { header, cell, filled, reading, meaning } = field
    const values = field.seen.filter(({ value }) => value.trim() !== '' && !isPlaceholder(value))
    if (reading || meaning !== undefined || !isDay(meaningOfHeader(header)) || values.length === 0) return []
    const shaped = values.filter(({ value }) => DAY_SHAPE.test(value))
    if (weightOf(shaped) < SHAPED * weightOf(values)) return []
    const days = (['ymd', 'dmy', 'mdy'] as const).map((order) => daysIn(cell, values, order).exact)
    return [
      {
        rule: 'date',
        severity: 'error',
        dimension: 'validity',
        columns: [header],
        en: 'no date, or none that exists',
        zh: '不是日期，或日期不存在',
        fails: sql`(${filled} and coalesce(${join(days)}) is null)`,
      },
    ]
  })
}

const isDay = (meaning: Meaning | undefined): boolean =>
  meaning === 'birth' || meaning === 'date' || meaning === 'updated'

function mixed(
  { header, filled }: Field,
  [en, zh]: readonly [string, string],
  value: ReturnType<typeof sql>,
): Check {
  return {
    rule: 'mixed_types',
    severity: 'warning',
    dimension: 'validity',
    columns: [header],
    en: `no ${en}, though most are`,
    zh: `不是${zh}，而大多数是`,
    fails: sql`(${filled} and ${value} is null)`,
  }
}

// Lengths --------------------------------------------------------------------------------------------

/** A form that so many names have is meant. */
const ONE_FORM = 0.99
const ENOUGH_NAMES = 50

/** Ids of another length than nearly all. Plain numbers grow longer by themselves. */
export async function lengthChecks(
  { from, fetch, dialect }: Records,
  fields: readonly Field[],
): Promise<Check[]> {
  const checks: Check[] = []
  for (const { header, cell, filled, meaning, role } of fields) {
    const isNumbered = meaning === 'id' || meaning === 'identity' || role === 'order'
    // Articles and guests are named as anyone likes.
    if (!isNumbered || role === 'item' || role === 'customer') continue
    const grows = sql`count(case when regexp_full_match(${cell}, '[1-9][0-9]*|0') then 1 end)`
    const query = sql`select ${dialect.real(sql`length(${cell})`)} as ${name('length')}, ${dialect.real(sql`count(*)`)} as number,
      ${dialect.real(grows)} as grow from ${from} as rows where ${filled} group by 1`
    const found = await fetch(query, { length: 'number', number: 'number', grow: 'number' })
    const all = found.number.reduce((sum, each) => sum + each, 0)
    const most = found.number.indexOf(Math.max(...found.number))
    const count = found.number[most] ?? 0
    if (all < ENOUGH_NAMES || count < ONE_FORM * all || count === all || (found.grow[most] ?? 0) > 0) continue
    const length = found.length[most] as number
    checks.push({
      rule: 'length',
      severity: 'warning',
      dimension: 'validity',
      columns: [header],
      en: `not ${length} characters long as the others`,
      zh: `长度不是其他值的 ${length} 个字符`,
      fails: sql`(${filled} and length(${cell}) <> ${length})`,
    })
  }
  return checks
}
