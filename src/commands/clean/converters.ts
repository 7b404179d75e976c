/** How the cells of each column are mended, beyond what is mended in any cell; decided once for all its rows. */

import type { RewriteInput } from '../../core/rewrite.ts'
import { readCompanyNumber } from '../../fields/companyNumber.ts'
import { type DateStyle, dateOrderNames, dateStyle, readDay } from '../../fields/date.ts'
import { bareEmail, readEmail } from '../../fields/email.ts'
import { agreesOnOrder, isIsoDate, isoDateReader, looksLikeNumbers } from '../../fields/isoDate.ts'
import { currenciesOf, numberStyle } from '../../fields/money.ts'
import { isPlainNumber, plainNumberReader } from '../../fields/plainNumber.ts'
import { readResidentId } from '../../fields/residentId.ts'
import { onlyPhoneCountry } from '../../fields/rowCountry.ts'
import type { Seen } from '../../fields/seen.ts'
import {
  isE164,
  isIsoDay,
  isSmallEmail,
  isTidyCode,
  isTidyText,
  plainNumberTest,
  type SurelyPlain,
} from '../../fields/surelyPlain.ts'
import type { CleanColumn } from './columns.ts'
import type { Evidence } from './evidence.ts'
import { countryOfColumn, isLocal, phoneReader } from './phones.ts'

export interface Converter {
  /** The rule, as the audit names it. */
  readonly rule: string
  /** The text as it should be; undefined where it cannot be read. `key`: what the cell beside it says. */
  convert(text: string, key?: string): string | undefined
  readonly surely: SurelyPlain
  /** How it is read, for the reader: day-month-year, USD, CN. */
  readonly reads?: string
  /** Cells that it leaves as they are, and why, where the user can do something about it. */
  readonly leaves?: string
  readonly beside?: Beside
}

/** Another column, whose cell says how the one of its row is read. */
export interface Beside {
  readonly index: number
  /** What its cell says; cells that say the same are read alike. */
  keyOf(text: string): string
  /** Why a text stays as it is; undefined where that needs no telling. */
  leaves(text: string, key: string): string | undefined
}

/** A column that is left as it is, and why. */
export interface Left {
  readonly left: string
  readonly surely: SurelyPlain
}

export type Conversion = Converter | Left

export const isLeft = (conversion: Conversion): conversion is Left => 'left' in conversion

/** What says how cells are read, besides their own column. */
export interface Reading {
  /** By the flag. */
  readonly country: string | undefined
  /** Without columns of countries the one whose way the headers follow. */
  readonly namedCountry: string | undefined
  /** A converter for a telephone column that is read by the countries of its rows. */
  byRow(column: CleanColumn): Converter | undefined
  /** The column of countries that belongs to a telephone column. */
  countriesOf(column: CleanColumn): CleanColumn | undefined
}

/** What is known of how the file writes dates and numbers, and the day. */
export type Written = Pick<RewriteInput, 'dateOrder' | 'decimal' | 'today'>

export function conversionOf(
  column: CleanColumn,
  evidence: Evidence,
  written: Written,
  reading: Reading,
): Conversion | undefined {
  switch (column.taken) {
    case 'email':
      return { rule: 'e-mail', convert: smallEmail, surely: isSmallEmail }
    case 'phone':
      return phones(column, reading)
    case 'date':
      return dates(column, evidence.get(column.index), written)
    case 'number':
      return numbers(column, evidence.get(column.index), written)
    case 'code':
      return codes(column)
    default:
      return undefined
  }
}

/** Which cells of a column surely are as they should be. */
export function surelyOf({ taken }: CleanColumn, conversion: Conversion | undefined): SurelyPlain {
  if (conversion) return conversion.surely
  const own = { date: isIsoDay, number: plainNumberTest(true), text: isTidyText } as const
  return own[taken as keyof typeof own] ?? isTidyCode
}

// Telephone numbers ----------------------------------------------------------------------------------------

const NO_COUNTRY = 'its numbers without a country code may be of several countries; --country decides'

function phones(column: CleanColumn, { country, namedCountry, byRow, countriesOf }: Reading): Converter {
  const followed = country === undefined ? byRow(column) : undefined
  if (followed) return followed
  const { seen } = column
  const countries = countriesOf(column)
  const likely = countries ? onlyPhoneCountry(countries.seen) : namedCountry
  const own = country ?? countryOfColumn(seen, likely)
  const shared = { rule: 'phone', convert: phoneReader(own), surely: isE164 }
  if (own !== undefined) return { ...shared, reads: own }
  return seen.some(({ value }) => isLocal(value)) ? { ...shared, leaves: NO_COUNTRY } : shared
}

// E-mail addresses -----------------------------------------------------------------------------------------

const USUAL = /^[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]+\.)+[A-Za-z]{2,24}$/
const [USUAL_LENGTH, USUAL_LOCAL] = [60, 40]

/** Most addresses are told to be one at a glance. */
function smallEmail(text: string): string | undefined {
  const usual = text.length <= USUAL_LENGTH && text.indexOf('@') <= USUAL_LOCAL && USUAL.test(text)
  return usual ? text.toLowerCase() : (readEmail(text) ?? bareEmail(text))
}

// Codes ------------------------------------------------------------------------------------------------

/** Numbers that check digits prove are written in capitals; a resident's of 15 digits keeps its length. */
function codes({ meaning }: CleanColumn): Converter | undefined {
  const upper = (reads: (text: string) => unknown) => (text: string) =>
    reads(text) === undefined ? text : text.toUpperCase()
  // Small letters are all that it would change.
  const surely: SurelyPlain = (bytes, from, to) => {
    for (let at = from; at < to; at++) if ((bytes[at] as number) >= 0x61) return false
    return isTidyCode(bytes, from, to)
  }
  if (meaning === 'resident') return { rule: 'capitals', convert: upper(readResidentId), surely }
  if (meaning === 'company number') return { rule: 'capitals', convert: upper(readCompanyNumber), surely }
  return undefined
}

// Dates ------------------------------------------------------------------------------------------------

/** Below this share of cells that can be read a column is left as it is. */
const AGREED = 0.8
const YEAR = 366

function dates(
  { seen, namedDate }: CleanColumn,
  evidence: readonly Seen[] | undefined,
  { dateOrder, today }: Written,
): Conversion | undefined {
  const left = (why: string): Left => ({ left: why, surely: isIsoDay })
  if (evidence === undefined) return seen.length === 0 ? undefined : left('too many different values')
  if (evidence.every(({ value }) => isIsoDate(value))) return undefined
  const style = dateStyle(evidence, dateOrder)
  const doubt = dateOrder ? undefined : doubtOf(style)
  if (doubt !== undefined) return left(doubt)
  if (style.share < AGREED) return left('too few of its cells are dates')
  if (looksLikeNumbers(style) && !namedDate) return left('its numbers may be something else than days')
  const short = namedDate || dateOrder ? undefined : evidence.find(({ value }) => THREE_PAIRS.test(value))
  if (short)
    return left(`${short.value} (line ${short.line}) may be something else than a day; --date-order decides`)
  const late = futureByTwoDigits(evidence, style, today + YEAR)
  if (late) return left(`the century of ${late.value} (line ${late.line}) is open`)
  const convert = isoDateReader(style)
  const order = style.forms.some((form) => /^(?:day|month)-first/.test(form)) && style.order
  return { rule: 'date', convert, surely: isIsoDay, ...(order ? { reads: dateOrderNames[order] } : {}) }
}

function doubtOf(style: DateStyle): string | undefined {
  if (agreesOnOrder(style)) return undefined
  const { contradiction, ambiguous } = style
  const hint = '--date-order decides'
  if (contradiction) {
    const [one, other] = contradiction.map(({ value, line }) => `${value} (line ${line})`)
    return `the order of day and month contradicts itself: ${one} and ${other}; ${hint}`
  }
  return `the order of day and month cannot be told, as from ${ambiguous?.value} (line ${ambiguous?.line}); ${hint}`
}

/** Sizes and versions are written so, too: 12/14/16. */
const THREE_PAIRS = /^\d{1,2}([-./])\d{1,2}\1\d{1,2}$/

/** A year of two digits that lies ahead: it may be of the century before. */
function futureByTwoDigits(evidence: readonly Seen[], style: DateStyle, latest: number): Seen | undefined {
  return evidence.find(({ value }) => {
    if (/\d{4}/.test(value.replace(/\d{1,2}:\d.*$/, ''))) return false
    const day = readDay(value, style)
    return day !== undefined && day > latest
  })
}

// Numbers ----------------------------------------------------------------------------------------------

/** Rooms and units are named so, too: 1E5. */
const BARE_EXPONENT = /^\d+E\d+$/i

function numbers(
  { meaning }: CleanColumn,
  evidence: readonly Seen[] | undefined,
  { decimal }: Written,
): Conversion | undefined {
  const left = (why: string): Left => ({ left: why, surely: plainNumberTest(true) })
  if (evidence === undefined) return left('too many ways of writing')
  if (decimal !== ',' && evidence.every(({ value }) => isPlainNumber(value))) return undefined
  const style = numberStyle(evidence, decimal)
  const { contradiction, ambiguous, marks } = style
  if (style.percent) return left('its numbers are percents')
  if (contradiction && decimal === undefined) {
    const [one, other] = contradiction.map(({ value, line }) => `${value} (line ${line})`)
    return left(`it has two decimal marks: ${one} and ${other}; --decimal decides`)
  }
  if (ambiguous && evidence.some(({ value }) => !isPlainNumber(value))) {
    return left(
      `it may use either decimal mark, as in ${ambiguous.value} (line ${ambiguous.line}); --decimal decides`,
    )
  }
  const currencies = currenciesOf(marks)
  if (currencies.length > 1) return left(`it has several currencies: ${currencies.join(', ')}`)
  if (style.share < AGREED) return left('too few of its cells are numbers')
  const named = meaning === undefined && evidence.find(({ value }) => BARE_EXPONENT.test(value))
  if (named) return left(`its cells may be names, as ${named.value} (line ${named.line})`)
  const [currency] = currencies
  return {
    rule: 'number',
    convert: plainNumberReader(style),
    surely: plainNumberTest(style.decimal === '.'),
    ...(currency ? { reads: currency } : {}),
  }
}
