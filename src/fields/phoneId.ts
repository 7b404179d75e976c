/** Telephone numbers that name customers: the ways of writing one number become one, in the engine. */
import { join, type Sql, sql } from '../core/sql.ts'
import { isSurelyPhone } from './contact.ts'
import { idSql, isMasked } from './id.ts'
import { countryOf, type Dialling, diallingOf, readPhone } from './phone.ts'
import type { Seen } from './seen.ts'
import { plain, plainText, withValue } from './text.ts'

/** So many of its numbers must be of the country of a column; each cell is asked again. */
const AGREED = 0.6
/** So many values tell how the numbers of a column are written. */
const ENOUGH = 300

export interface PhoneIds {
  /** The country in which numbers without a code are dialled; undefined: those stay as they are. */
  readonly home: Dialling | undefined
  /** A number as E.164 rather than as it is dialled at home. */
  readonly international: boolean
}

/** Undefined where the column does not hold telephone numbers. */
export function phoneIdsOf(
  header: string,
  seen: readonly Seen[],
): Omit<PhoneIds, 'international'> | undefined {
  const values = seen.filter(({ value }) => !isMasked(value)).slice(0, ENOUGH)
  if (!isSurelyPhone(header, values) && !areNumbers(values)) return undefined
  const found = countryOf(values)
  const country = found && found.share >= AGREED ? found.country : undefined
  const texts = values.map(({ value }) => value)
  return { home: country === undefined ? undefined : diallingOf(country, texts) }
}

/** Without a header that says so: mobiles of China, or numbers with a code. */
function areNumbers(values: readonly Seen[]): boolean {
  const numbers = values.filter(({ value }) => /^(?:\+[1-9]|(?:86)?1[3-9]\d{9}$)/.test(bareDigits(value)))
  const read = numbers.filter(({ value }) => readPhone(value, 'CN') !== undefined)
  return values.length > 0 && read.length >= AGREED * values.length
}

const bareDigits = (value: string): string => plainText(value).replace(/[ ().-]/g, '')

/** The id of a text: a number in one form, whatever its blanks, dashes and codes; anything else as it stands. */
export function phoneIdSql(text: Sql, ids: PhoneIds): Sql {
  const id = idSql(text)
  const number = (digits: Sql) => withValue(digits, 'digits', (each) => numberSql(each, ids))
  const cluttered = withValue(plain(id), 'written', (written) => {
    const without = CLUTTER.reduce(
      (less, [pattern, kept]) => sql`regexp_replace(${less}, ${pattern}, ${kept}, 'i')`,
      written,
    )
    const digits = sql`regexp_replace(${without}, '[^0-9+]', '', 'g')`
    return sql`case when regexp_full_match(${written}, ${NUMBER}, 'i') then ${number(digits)} end`
  })
  // What is to be taken away is mostly blanks and dashes, several times faster without patterns.
  return sql`case when regexp_full_match(${text}, ${phoneIdPattern(ids)}) then ${text}
    when regexp_full_match(${text}, '[+]?[0-9][-0-9 ]*[0-9]') then coalesce(${number(sql`translate(${text}, ' -', '')`)}, ${text})
    else coalesce(${cluttered}, ${id}) end`
}

/** What is no part of a number: a label, the zero that is dialled at home behind a code, the .0 of a float. */
const CLUTTER = [
  ['^(?:tel|phone|mobile|电话|手机): *', ''],
  ['^((?:[+]|00|[(][+]|[(]00).*)[(]0[)]', '\\1'],
  ['^([+]?[0-9]{7,})[.]0$', '\\1'],
] as const
const NUMBER = '(?:(?:tel|phone|mobile|电话|手机): *)?[+(]*[0-9][-0-9 ()./]*'

/** What ids look like that are in this form as they stand; most are, and one look tells. */
export const phoneIdPattern = ({ home, international }: PhoneIds): string => {
  if (home === undefined) return '[+][1-9][0-9]{6,14}'
  if (international) return `[+]${home.code}${home.national}`
  return home.plain === undefined ? home.bare : home.plain
}

/** Digits, with + or 00 where a code comes first; NULL where they are no number that is known. */
function numberSql(digits: Sql, { home, international }: PhoneIds): Sql {
  const plus = sql`case when prefix(${digits}, '+') then ${digits} else '+' || substr(${digits}, 3) end`
  const abroad = sql`when regexp_full_match(${digits}, ${ABROAD}) then ${plus}`
  if (home === undefined) return sql`case ${abroad} end`
  const { code, trunk, national, bare } = home
  const before = trunk === '' ? '' : `(?:${trunk})?`
  const local = [...(trunk === '' ? [] : [`${trunk}(${national})`]), `(${bare})`, `${code}(${bare})`]
  const branch = (way: string) => {
    const number = sql`regexp_extract(${digits}, ${`^${way}$`}, 1)`
    return sql`when regexp_full_match(${digits}, ${way}) then ${homeNumber(number, home, international)}`
  }
  const branches = [branch(`(?:[+]|00)${code}${before}(${national})`), abroad, ...local.map(branch)]
  return sql`case ${join(branches, ' ')} end`
}

const ABROAD = '(?:[+]|00)[1-9][0-9]{6,14}'

function homeNumber(number: Sql, { code, trunk, plain: bare }: Dialling, international: boolean): Sql {
  if (international) return sql`${`+${code}`} || ${number}`
  if (bare === undefined) return number
  return withValue(number, 'number', (each) => {
    return sql`case when regexp_full_match(${each}, ${bare}) then ${each} else ${trunk} || ${each} end`
  })
}
