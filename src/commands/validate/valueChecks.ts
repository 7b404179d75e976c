/** Numbers and days: those that are none, those that cannot be, and those far from all others. */
import { formatDay, parseDay } from '../../core/days.ts'
import type { Records } from '../../core/records.ts'
import { type Sql, sql } from '../../core/sql.ts'
import { simplifiedHeader } from '../../fields/headerCharacters.ts'
import { type Fences, fencesOf, frequenciesOf } from '../../models/frequencies.ts'
import type { Check } from './check.ts'
import type { Field, Reading } from './fields.ts'

type Read = Field & { readonly reading: Reading }

export const isRead =
  (as: Reading['as']) =>
  (field: Field): field is Read =>
    field.reading?.as === as

/** Whole numbers under a header that says nothing may be sizes, rooms or models: 12B is one, too. */
const mayBeCode = ({ look, meaning, role, ruled }: Field): boolean =>
  look?.type === 'integer' && meaning === undefined && role === undefined && ruled?.kind === undefined

/** A cell with a value that cannot be read as what its column holds. */
export function unreadable(fields: readonly Field[]): Check[] {
  return fields.flatMap((field): Check[] => {
    if (!field.reading || field.isName) return []
    const isDay = field.reading.as === 'day'
    return [
      {
        rule: isDay ? 'date' : 'number',
        severity: mayBeCode(field) ? 'warning' : 'error',
        dimension: 'validity',
        columns: [field.header],
        ...(isDay
          ? { en: 'no date, or none that exists', zh: '不是日期，或日期不存在' }
          : { en: 'no number', zh: '不是数字' }),
        fails: sql`(${field.filled} and ${field.reading.exact} is null)`,
        ...(isDay ? { shown: serialShown } : {}),
        believed: true,
      },
    ]
  })
}

/** Days since 1899-12-30, of 1954 to 2064: what a spreadsheet leaves of a date among texts. */
const SERIAL = /^[2-5]\d{4}(?:\.\d+)?$/
const EPOCH = parseDay('1899-12-30') as number

function serialShown(value: string): string {
  const text = value.trim()
  return SERIAL.test(text) ? `${text} → ${formatDay(EPOCH + Math.floor(Number(text)))}?` : value
}

// Days -----------------------------------------------------------------------------------------------

const FIRST_DAY = parseDay('1900-01-01') as number
const OLDEST = 120 * 365.25
/** Words of days that lie ahead by their nature. */
const AHEAD =
  /due|expir|valid|until|end|next|plan|forecast|deliver|renew|clos(?:e|ing)[ _]?date|expect|estimat|target|appoint|schedul|reorder|到期|截止|有效|失效|预计|预约|计划|交货|下次|结束/i
/** What happened to a customer or an order. */
const PAST =
  /birth|dob|creat|order|purchas|paid|payment|regist|join|sign|update|modif|invoice|transaction|生日|出生|创建|下单|付款|支付|注册|更新|成交/i
/** So many days ahead are no mistake but a plan. */
const PLANNED = 0.05

/** A year of two digits may be of either century. */
export const hasOpenCentury = ({ cell }: Pick<Field, 'cell'>): Sql =>
  sql`(not regexp_full_match(${cell}, '.*[0-9]{4}.*'))`

export interface Counted {
  /** The share of the rows with a value for which a condition holds. */
  share(field: Field, condition: Sql): Promise<number>
}

export async function dayChecks(
  fields: readonly Field[],
  { today, share }: Counted & { readonly today: number },
) {
  const checks: Check[] = []
  for (const field of fields.filter(isRead('day'))) {
    const { header, meaning, role, reading } = field
    const isBirth = meaning === 'birth'
    const told = { dimension: 'validity', columns: [header] } as const
    const words = simplifiedHeader(header)
    const past = isBirth || role === 'date' || PAST.test(words)
    // A clock elsewhere may be a day ahead.
    const future = sql`coalesce(${reading.value} > ${today + 1}, false)`
    if (!AHEAD.test(words) || isBirth) {
      const planned = !past && (await share(field, future)) > PLANNED
      const said = { en: 'a day that has not come yet', zh: '日期晚于今天' }
      if (!planned) {
        checks.push({
          ...told,
          ...said,
          rule: 'future_date',
          severity: past ? 'error' : 'warning',
          fails: isBirth ? sql`(${future} and not ${hasOpenCentury(field)})` : future,
        })
      }
      if (isBirth) {
        checks.push({
          ...told,
          rule: 'future_date',
          severity: 'note',
          en: 'a birth that has not come yet, but for the century: its year has two digits',
          zh: '年份只有两位数，世纪不明，按字面晚于今天',
          fails: sql`(${future} and ${hasOpenCentury(field)})`,
        })
      }
    }
    checks.push({
      ...told,
      ...{ rule: 'early_date', severity: 'error', believed: true },
      ...{ en: 'a day before 1900', zh: '日期早于 1900 年' },
      fails: sql`coalesce(${reading.value} < ${FIRST_DAY}, false)`,
    })
    if (isBirth) {
      checks.push({
        ...told,
        ...{ rule: 'old', severity: 'warning', believed: true },
        ...{ en: 'born more than 120 years ago', zh: '出生于 120 多年前' },
        fails: sql`coalesce(${reading.value} >= ${FIRST_DAY} and ${reading.value} < ${Math.round(today - OLDEST)}, false)`,
      })
    }
  }
  return checks
}

// Numbers --------------------------------------------------------------------------------------------

/** Money that is often zero, or taken off. */
const PARTS =
  /discount|refund|tax|fee|shipping|postage|tip|credit|point|balance|退款|优惠|运费|服务费|手续费|折扣|税|积分|红包|返点|余额/i
/** What a customer comes to: who has not bought yet has none. */
const SUMS = /spen[dt]|lifetime|ltv|orders|count|累计|次数|订单数|总消费|消费总/i
/** What so many rows have is usual. */
const USUAL = 0.2

/** Amounts, prices and ages with the wrong sign: said, as refunds and gifts may be meant. */
export async function signChecks(fields: readonly Field[], { share }: Counted): Promise<Check[]> {
  const numbers = fields.filter(isRead('number')).map((field) => ({ field, kind: kindOf(field) }))
  const hasAmount = numbers.some(({ kind }) => kind === 'amount')
  const checks: Check[] = []
  for (const { field, kind } of numbers) {
    if (kind === undefined || PARTS.test(simplifiedHeader(field.header))) continue
    const value = field.reading.value
    const told = { dimension: 'validity', columns: [field.header] } as const
    const isWrong = kind === 'price' || kind === 'age'
    const negative = sql`coalesce(${value} < 0, false)`
    // The lines of a refund are told by their amount. No age is below zero, however many are.
    const isUnusual = kind === 'age' || (await share(field, negative)) <= USUAL
    if ((isWrong || kind === 'amount' || !hasAmount) && isUnusual) {
      const said = isWrong
        ? { en: 'less than zero', zh: '小于零' }
        : { en: 'less than zero: a refund, or a mistake', zh: '小于零：退款或错误' }
      checks.push({
        ...told,
        ...said,
        rule: 'negative',
        severity: isWrong ? 'error' : 'note',
        fails: negative,
      })
    }
    const zero = sql`coalesce(${value} = 0, false)`
    const isSum = SUMS.test(simplifiedHeader(field.header))
    const isAsked = !isSum && (kind === 'amount' || (kind !== 'age' && !hasAmount))
    if (isAsked && (await share(field, zero)) <= USUAL) {
      const said = { en: 'zero: a gift, or a mistake', zh: '等于零：赠品或错误' }
      checks.push({ ...told, ...said, rule: 'zero', severity: 'note', fails: zero })
    }
    if (kind === 'age') checks.push(tooOld(field.header, field.reading))
  }
  return checks
}

function kindOf({ role, meaning }: Field) {
  const kind = role === 'amount' || role === 'price' || role === 'quantity' ? role : meaning
  return kind === 'amount' || kind === 'price' || kind === 'quantity' || kind === 'age' ? kind : undefined
}

function tooOld(header: string, { value }: Reading): Check {
  return {
    rule: 'age',
    severity: 'error',
    dimension: 'validity',
    columns: [header],
    ...{ en: 'older than 120', zh: '年龄大于 120' },
    fails: sql`coalesce(${value} > 120, false)`,
  }
}

/** So few values, or so few different ones, have no usual range. */
const [ENOUGH, ENOUGH_DIFFERENT] = [50, 12]
/** Where so many lie outside, the range is no usual one. */
const MOST_OUTSIDE = 0.01
const MEASURED: readonly (Field['meaning'] | 'none')[] = ['amount', 'price', 'quantity', 'age', 'none']

export async function outlierChecks(
  records: Records,
  fields: readonly Field[],
  { share }: Counted,
): Promise<Check[]> {
  const checks: Check[] = []
  for (const field of fields.filter(isRead('number'))) {
    if (field.isName || !MEASURED.includes(field.meaning ?? 'none')) continue
    const { values, counts } = await frequenciesIn(records, field.reading.value)
    if (counts.reduce((sum, count) => sum + count, 0) < ENOUGH || values.length < ENOUGH_DIFFERENT) continue
    const fences = fencesOf({ values, counts })
    const fails = outside(field.reading.value, fences)
    if ((await share(field, fails)) > MOST_OUTSIDE) continue
    const range = `${plain(fences.low)} .. ${plain(fences.high)}`
    checks.push({
      rule: 'outlier',
      severity: 'note',
      dimension: 'validity',
      columns: [field.header],
      en: `beyond ${range}: unusual, not wrong`,
      zh: `超出 ${range}：少见，不一定有误`,
      fails,
    })
  }
  return checks
}

function outside(value: Sql, { low, high, scale }: Fences): Sql {
  const least = scale === 'ratio' ? sql`${value} > 0 and ` : sql``
  return sql`coalesce(${value} > ${high} or (${least}${value} < ${low}), false)`
}

/** To five digits, as people compare. */
const plain = (value: number): string => String(Number(value.toPrecision(5)))

export async function frequenciesIn({ from, fetch, dialect }: Records, value: Sql) {
  const query = sql`select ${value} as value, ${dialect.real(sql`count(*)`)} as number from ${from} as rows
    where ${value} is not null group by 1 order by 1`
  const found = await fetch(query, { value: 'number', number: 'number' })
  return frequenciesOf(found.value, found.number)
}
