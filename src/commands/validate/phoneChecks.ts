/** Telephone numbers: of the country of their row where a column names it, else of that of their column. */
import type { Records } from '../../core/records.ts'
import { type Sql, sql } from '../../core/sql.ts'
import { isSurelyPhone } from '../../fields/contact.ts'
import { areSeveralPhones, countryOf, plainPattern, readPhone } from '../../fields/phone.ts'
import {
  countryColumnOf,
  followCountries,
  onlyPhoneCountry,
  type PhoneOfRow,
  phoneCountryNamed,
} from '../../fields/rowCountry.ts'
import { type Check, isOneOf, type Said } from './check.ts'
import type { Field } from './fields.ts'
import { valuesIn } from './values.ts'

interface Judging {
  readonly records: Records
  readonly field: Field
  readonly fields: readonly Field[]
  /** The country that other columns speak of. */
  readonly likely: string | undefined
}

export async function phones(judging: Judging): Promise<Check[]> {
  const { field, likely, records } = judging
  if (field.ruled?.kind === undefined && !isSurelyPhone(field.header, field.seen)) return []
  const byRow = await phonesByRow(judging)
  if (byRow) {
    const said = {
      en: 'no valid telephone number of the country of its row, nor with a country code',
      zh: '电话号码无效（按该行国家，或带国家代码）',
    }
    return checksFor(field, { cell: byRow.pair, said, wrong: byRow.rows.filter(({ isNumber }) => !isNumber) })
  }
  const country = countryOfPhones(field, likely)
  const plain = country === undefined ? undefined : plainPattern(country)
  const odd = plain === undefined ? sql`true` : sql`not regexp_full_match(${field.cell}, ${plain})`
  const values = await valuesIn(records, field.cell, { where: sql`${field.filled} and ${odd}` })
  const wrong = values
    .filter(({ value }) => !isNumberIn(value, country))
    .map(({ value }) => ({ value, areSeveral: areSeveralPhones(value, country) }))
  const where = country === undefined ? '' : ` (${country}, or with a country code)`
  const en = country === undefined ? 'no telephone number' : `no valid telephone number${where}`
  return checksFor(field, { cell: field.cell, said: { en, zh: '电话号码无效' }, wrong })
}

interface Wrong {
  readonly value: string
  /** It is none, as it is two or more. */
  readonly areSeveral: boolean
}

/** Two numbers in a cell are another matter than a wrong one: each can be called. A rule wants one number. */
function checksFor(
  { header, ruled }: Field,
  { cell, said, wrong }: { readonly cell: Sql; readonly said: Said; readonly wrong: readonly Wrong[] },
): Check[] {
  const told = { dimension: 'validity', columns: [header] } as const
  const isApart = ({ areSeveral }: Wrong) => areSeveral && ruled?.kind === undefined
  const cells = (some: readonly Wrong[]) =>
    isOneOf(
      cell,
      some.map(({ value }) => value),
    )
  const several = wrong.filter(isApart)
  const invalid: Check = {
    ...told,
    ...said,
    rule: 'phone',
    severity: 'error',
    fails: cells(wrong.filter((one) => !isApart(one))),
    believed: true,
  }
  if (several.length === 0) return [invalid]
  return [
    invalid,
    {
      ...told,
      ...{ rule: 'several_phones', severity: 'warning' },
      ...{ en: 'two telephone numbers in one cell, or more', zh: '一格内有多个电话号码' },
      fails: cells(several),
    },
  ]
}

/** Without a country only what is no number anywhere is wrong. */
const isNumberIn = (value: string, country: string | undefined): boolean =>
  country === undefined ? mayBePhone(value) : readPhone(value, country) !== undefined

function mayBePhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length
  return readPhone(value) !== undefined || (digits >= 5 && digits <= 20 && !/\p{L}{4}/u.test(value))
}

/** As the rules say, else by the numbers themselves. */
export function countryOfPhones(
  { seen, masked, ruled }: Field,
  likely: string | undefined,
): string | undefined {
  if (ruled?.country !== undefined) return ruled.country.toUpperCase()
  return (
    countryOf(
      seen.filter(({ value }) => !masked.includes(value)),
      likely,
    )?.country ?? likely
  )
}

// By the countries of their rows ---------------------------------------------------------------------------

interface NumberOfRow {
  /** The country and the number, as the pair of cells holds them. */
  readonly value: string
  readonly isNumber: boolean
  readonly areSeveral: boolean
}

/** The numbers with the countries of their rows, where a column names several and the numbers follow it. */
export async function phonesByRow({
  records,
  field,
  fields,
}: Pick<Judging, 'records' | 'field' | 'fields'>): Promise<
  { readonly pair: Sql; readonly rows: readonly NumberOfRow[] } | undefined
> {
  const countries = field.ruled?.country === undefined ? countryColumnOf(field.header, fields) : undefined
  if (countries === undefined) return undefined
  const named = await valuesIn(records, countries.cell, { where: countries.filled })
  if (onlyPhoneCountry(named) !== undefined) return undefined
  const pair = sql`(coalesce(${countries.cell}, '') || chr(31) || ${field.cell})`
  const codes = new Map(named.map(({ value }) => [value, phoneCountryNamed(value)]))
  const placed: PhoneOfRow[] = []
  const rows = (await valuesIn(records, pair, { where: field.filled })).map(({ value, count }) => {
    const at = value.indexOf(SEPARATOR)
    const [number, country] = [value.slice(at + 1), codes.get(value.slice(0, at))]
    const areSeveral = areSeveralPhones(number, country)
    if (country === undefined) return { value, areSeveral, isNumber: mayBePhone(number) }
    const e164 = readPhone(number, country)?.e164
    placed.push({ number, country, count, e164 })
    return { value, areSeveral, isNumber: e164 !== undefined }
  })
  return followCountries(placed) ? { pair, rows } : undefined
}

const SEPARATOR = '\u001f'
