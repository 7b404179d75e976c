/** Telephone numbers that are read by the country that another column names in their row. */
import { type Meaning, wordsOf } from './contactWords.ts'
import { countryNamed } from './countryName.ts'
import { namesCountry } from './kind.ts'
import { callingCodeOf, isDialledWithZero, isPhoneCountry, plainPattern } from './phone.ts'
import { type Seen, weightOf } from './seen.ts'

// The column of countries ------------------------------------------------------------------------

interface Column {
  readonly header: string
  readonly meaning: Meaning | undefined
  readonly seen: readonly Seen[]
}

/** Which of several addresses a column speaks of. */
const addresses: readonly RegExp[] = [
  /\b(?:billing|bill|invoice)\b|账单|发票|付款/,
  /\b(?:shipping|ship|delivery|recipient)\b|收货|收件|配送|寄送/,
  /\b(?:mailing|postal)\b|邮寄/,
  /\b(?:sender|origin|return)\b|寄件|发货|发件/,
  /\bhome\b|家庭/,
  /\b(?:business|work|office|company)\b|公司|办公/,
  /\bother\b|其他/,
  /\b(?:nationality|birth)\b|国籍|出生/,
]

const addressOf = (header: string): number => {
  const words = wordsOf(header)
  return addresses.findIndex((pattern) => pattern.test(words))
}

/** So much of a column of countries are known ones. */
const KNOWN = 0.5

/**
 * The column of countries that belongs to a telephone column: of the same address where there are several, else the
 * only one.
 */
export function countryColumnOf<T extends Column>(header: string, columns: readonly T[]): T | undefined {
  const naming = columns.filter(({ meaning, seen }) => {
    const known = seen.filter(({ value }) => phoneCountryNamed(value) !== undefined)
    return meaning === 'country' && known.length > 0 && weightOf(known) >= KNOWN * weightOf(seen)
  })
  const own = addressOf(header)
  const same = naming.find((column) => addressOf(column.header) === own)
  if (same) return same
  return new Set(naming.map((column) => addressOf(column.header))).size === 1 ? naming[0] : undefined
}

/** The code of a country whose telephone numbers are known. */
export function phoneCountryNamed(word: string): string | undefined {
  const code = countryNamed(word)
  return code !== undefined && isPhoneCountry(code) ? code : undefined
}

/** The only country that these cells name; undefined where there are several, or a word that names none. */
export function onlyPhoneCountry(seen: readonly Seen[]): string | undefined {
  const found = new Set(seen.map(({ value }) => phoneCountryNamed(value)))
  const [first] = found
  return found.size === 1 ? first : undefined
}

// Whether it is to be believed ------------------------------------------------------------------------

export interface PhoneOfRow {
  readonly number: string
  readonly country: string
  readonly count: number
  /** As it is read in that country. */
  readonly e164: string | undefined
}

/** From this share of numbers that exist in the country of their row its column is believed. */
const BELIEVED = 0.8

/**
 * Do these numbers belong to the countries of their rows? Those that name their country count as the others do: the
 * answer is the same when all are written so.
 */
export function followCountries(rows: readonly PhoneOfRow[]): boolean {
  const numbers = rows.filter(
    ({ number, e164 }) => e164 !== undefined || number.replace(/\D/g, '').length > 6,
  )
  const sum = (some: readonly PhoneOfRow[]) => some.reduce((all, { count }) => all + count, 0)
  const fitting = numbers.filter(({ country, e164 }) => e164?.startsWith(`+${callingCodeOf(country)}`))
  return fitting.length > 0 && sum(fitting) >= BELIEVED * sum(numbers)
}

/** Countries whose numbers are written with nothing in front. */
const PLAIN = ['US', 'CA', 'CN'] as const
let plainNumbers: readonly { readonly code: string; readonly pattern: RegExp }[] | undefined

/**
 * Written without the zero that its country dials in front, as numbers of another are: nearly any ten digits are a
 * German number, and those of a customer from New York are none.
 */
export function isPlainElsewhere(text: string, e164: string): boolean {
  if (namesCountry(text)) return false
  plainNumbers ??= PLAIN.map((country) => ({
    code: callingCodeOf(country) as string,
    pattern: new RegExp(`^(?:${plainPattern(country)})$`),
  }))
  const digits = text.normalize('NFKC').replace(/\D/g, '')
  if (digits.startsWith('0')) return false
  const elsewhere = plainNumbers.some(
    ({ code, pattern }) => !e164.startsWith(`+${code}`) && pattern.test(digits),
  )
  return elsewhere && isDialledWithZero(e164)
}
