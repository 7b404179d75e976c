/** Cells that only code can judge: addresses, telephone numbers, numbers with a check digit, postcodes. */
import type { Records } from '../../core/records.ts'
import { type Sql, sql } from '../../core/sql.ts'
import { isShapedAsCompanyNumber, readCompanyNumber } from '../../fields/companyNumber.ts'
import type { Meaning } from '../../fields/contact.ts'
import { countryOfColumns } from '../../fields/countryName.ts'
import { bareEmail, proposedEmail, readEmail } from '../../fields/email.ts'
import { postcodeCountries, readPostcode } from '../../fields/postcode.ts'
import { maskedResidentId, readResidentId } from '../../fields/residentId.ts'
import { type Seen, weightOf } from '../../fields/seen.ts'
import { type Check, isOneOf } from './check.ts'
import { countryColumn } from './countries.ts'
import type { Field } from './fields.ts'
import { phones } from './phoneChecks.ts'
import { valuesIn } from './values.ts'

export async function contactChecks(records: Records, fields: readonly Field[]): Promise<Check[]> {
  const likely = likelyCountry(fields)
  const checks: Check[] = []
  for (const field of fields) {
    const judge = judges[field.meaning as Meaning]
    const country = field.ruled?.country?.toUpperCase() ?? likely
    if (judge) checks.push(...(await judge({ records, field, fields, likely: country })))
  }
  return checks
}

interface Judging {
  readonly records: Records
  readonly field: Field
  readonly fields: readonly Field[]
  /** The country that other columns speak of. */
  readonly likely: string | undefined
}

const judges: Readonly<Partial<Record<Meaning, (judging: Judging) => Promise<Check[]>>>> = {
  email: emails,
  phone: phones,
  resident: residents,
  'company number': companies,
  postcode: postcodes,
}

/** By the column of countries, else by the headers and postcodes: the country whose mobiles stand there. */
export function likelyCountry(fields: readonly Field[]): string | undefined {
  const column = countryColumn(fields)
  if (column) return column.only
  return countryOfColumns(fields)
}

/** The different values, without those that hold none. */
async function valuesOf({ records, field }: Judging, where?: Sql): Promise<Seen[]> {
  const asked = where ? sql`${field.filled} and ${where}` : field.filled
  return valuesIn(records, field.cell, { where: asked })
}

const failing = (values: readonly Seen[], is: (value: string) => boolean): string[] =>
  values.filter(({ value }) => !is(value)).map(({ value }) => value)

const PLAIN_EMAIL = '[a-z0-9_%+-]+(?:\\.[a-z0-9_%+-]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\\.[a-z]{2,10}'

async function emails(judging: Judging): Promise<Check[]> {
  const { field, records } = judging
  const odd = await valuesOf(judging, sql`not regexp_full_match(${field.cell}, ${PLAIN_EMAIL})`)
  const none = failing(odd, (value) => readEmail(value) !== undefined)
  const around = field.ruled?.kind === undefined ? none.filter((value) => bareEmail(value)) : []
  const wrong = none.filter((value) => !around.includes(value))
  const domain = sql`lower(trim(split_part(${field.cell}, '@', 2)))`
  const domains = await valuesIn(records, domain, { where: field.filled })
  const typos = domains.map(({ value }) => value).filter((each) => proposedEmail(`x@${each}`) !== undefined)
  const shared = { dimension: 'validity', columns: [field.header], believed: true } as const
  return [
    {
      ...shared,
      rule: 'email',
      severity: 'error',
      ...{ en: 'no valid e-mail address', zh: '邮箱格式不正确' },
      fails: isOneOf(field.cell, wrong),
    },
    ...(around.length === 0 ? [] : [emailAround(field, around)]),
    {
      ...shared,
      rule: 'email_domain',
      severity: 'warning',
      ...{ en: 'probably a slip in the domain', zh: '邮箱域名疑似拼写错误' },
      fails:
        typos.length === 0
          ? sql`false`
          : sql`(${isOneOf(domain, typos)} and not ${isOneOf(field.cell, none)})`,
      shown: (value) => `${value} → ${proposedEmail(value) ?? value}`,
    },
  ]
}

const emailAround = (field: Field, values: readonly string[]): Check => ({
  rule: 'email_around',
  severity: 'warning',
  dimension: 'validity',
  columns: [field.header],
  en: 'an address with something around it, such as mailto: or a comma',
  zh: '邮箱前后有多余字符（如 mailto:、逗号）',
  fails: isOneOf(field.cell, values),
  shown: (value) => `${value} → ${bareEmail(value) ?? value}`,
})

async function residents(judging: Judging): Promise<Check[]> {
  const { field } = judging
  const wrong = failing(await valuesOf(judging), (value) => readResidentId(value) !== undefined)
  return [
    {
      rule: 'resident_id',
      severity: 'error',
      dimension: 'validity',
      columns: [field.header],
      en: 'no valid resident id: length, region, birth date or check digit',
      zh: '身份证号无效：长度、地区、出生日期或校验码有误',
      fails: isOneOf(field.cell, wrong),
      shown: maskedResidentId,
      believed: true,
    },
  ]
}

async function companies(judging: Judging): Promise<Check[]> {
  const { field } = judging
  const values = await valuesOf(judging)
  // Other numbers of companies may stand in the column: those of this shape have this check.
  const shaped =
    weightOf(values.filter(({ value }) => isShapedAsCompanyNumber(value))) > 0.5 * weightOf(values)
  if (!shaped) return []
  const wrong = failing(values, (value) => readCompanyNumber(value) !== undefined)
  return [
    {
      rule: 'company_number',
      severity: 'error',
      dimension: 'validity',
      columns: [field.header],
      en: 'no valid unified social credit identifier',
      zh: '统一社会信用代码无效',
      fails: isOneOf(field.cell, wrong),
      believed: true,
    },
  ]
}

async function postcodes(judging: Judging): Promise<Check[]> {
  const { field, fields, likely, records } = judging
  const told = {
    rule: 'postcode',
    severity: 'error',
    dimension: 'validity',
    columns: [field.header],
  } as const
  const column = countryColumn(fields)
  if (column && column.only === undefined && field.ruled?.country === undefined) {
    const pair = sql`(${column.field.cell} || chr(31) || ${field.cell})`
    const pairs = await valuesIn(records, pair, { where: field.filled })
    const wrong = failing(pairs, (value) => {
      const [country = '', code = ''] = value.split('\u001f')
      const known = column.codeOf(country)
      return known === undefined || readPostcode(code, known) !== undefined
    })
    const said = { en: 'no postcode of the country of its row', zh: '邮编与该行国家不符' }
    const tested = sql`(${field.filled} and ${column.field.filled})`
    return [{ ...told, ...said, tested, fails: isOneOf(pair, wrong), believed: true }]
  }
  const countries = likely ? [likely] : postcodeCountries(field.seen)
  if (countries.length === 0) return []
  const wrong = failing(await valuesOf(judging), (value) =>
    countries.some((each) => readPostcode(value, each)),
  )
  const said = { en: `no postcode${likely ? ` of ${likely}` : ' like the others'}`, zh: '邮编格式不正确' }
  return [{ ...told, ...said, fails: isOneOf(field.cell, wrong), believed: true }]
}
