/** What a column of a customer file means: by its header, never against its values, else by its values alone. */
import { readCompanyNumber } from './companyNumber.ts'
import { type Meaning, meaningOfHeader } from './contactWords.ts'
import { dateStyle } from './date.ts'
import { readEmail } from './email.ts'
import { isMasked, isPlaceholder } from './id.ts'
import { type KindFound, kindOf, namesCountry } from './kind.ts'
import { numberShare } from './money.ts'
import { readResidentId } from './residentId.ts'
import { type Seen, weightOf } from './seen.ts'
import { readSex } from './sex.ts'
import { recognise } from './status.ts'
import { isBlank, plainText } from './text.ts'

export type { Meaning } from './contactWords.ts'

/** So many values tell what a column means. */
const ENOUGH = 1000
/** Below this share of fitting values a header is not believed. */
const FITS = 0.5
/** Headers of addresses are believed earlier: hardly anything else looks like one. */
const FITS_EMAIL = 0.3
/** Without a header to go by, so many values must fit. */
const PLAINLY = 0.6

/** Undefined: neither the header nor the values say. An empty column means what its header says. */
export function meaningOf(header: string, seen: readonly Seen[]): Meaning | undefined {
  const values = seen
    .filter(({ value }) => !isBlank(value) && !isPlaceholder(value) && !isMasked(value))
    .slice(0, ENOUGH)
  const named = refined(meaningOfHeader(header), values)
  if (values.length === 0) return named
  const byValues = meaningOfValues(values)
  if (byValues && identifying.has(byValues)) return byValues
  if (named && fits(named, values)) return named
  return byValues
}

/** These are told by their values whatever the header says: a check digit or an @ is no chance. */
const identifying = new Set<Meaning>(['email', 'resident', 'company number'])

/** Words that mean different things in different files. */
function refined(named: Meaning | undefined, values: readonly Seen[]): Meaning | undefined {
  const texts = values.slice(0, 300).map(({ value }) => value)
  if (named === 'region' && texts.length > 0 && recognise(texts).share >= FITS) return 'status'
  // Nombre, nome and imię are what people put above whole names, too.
  if (named === 'given' && values.length >= SOME && shareOf(values, isOfWords) >= WHOLE) return 'name'
  return named
}

/** Hardly anywhere have nearly all people two given names. */
const WHOLE = 0.9
const SOME = 5
const isOfWords: Test = (value) => /\p{L}[.,]?\s+(?:\p{L}|')/u.test(value.trim())

type Test = (value: string) => boolean

const shareOf = (values: readonly Seen[], test: Test): number =>
  weightOf(values.filter(({ value }) => test(plainText(value)))) / weightOf(values)

const hasDigits =
  (count: number): Test =>
  (value) =>
    value.replace(/\D/g, '').length >= count
const hasLetters: Test = (value) => /\p{L}/u.test(value)
const isResident: Test = (value) => readResidentId(value) !== undefined
const isResidentShape: Test = (value) => /^(?:\d{15}|\d{17}[\dXx])$/.test(value)

/** Can these values mean this? */
function fits(meaning: Meaning, values: readonly Seen[]): boolean {
  switch (meaning) {
    case 'email':
      return shareOf(values, (value) => value.includes('@')) >= FITS_EMAIL
    case 'phone':
      return shareOf(values, hasDigits(5)) >= FITS
    case 'birth':
    case 'date':
    case 'updated':
      return dateStyle(values).share >= FITS
    case 'amount':
    case 'price':
    case 'quantity':
    case 'age':
      return numberShare(values) >= FITS
    case 'postcode':
      return shareOf(values, (value) => /\d/.test(value) && value.length <= 10) >= FITS
    case 'resident':
      return shareOf(values, isResidentShape) >= FITS
    case 'company number':
    case 'identity':
      return shareOf(values, hasDigits(4)) >= FITS
    case 'sex':
      return isSexColumn(values)
    case 'id':
      return kindOf(values).kind !== 'boolean'
    case 'given':
    case 'surname':
    case 'name':
    case 'company':
    case 'city':
    case 'district':
    case 'region':
      return shareOf(values, hasLetters) >= FITS && shareOf(values, (value) => value.includes('@')) < FITS
    default:
      return true
  }
}

const isSexColumn = (values: readonly Seen[]): boolean =>
  shareOf(values, (value) => readSex(value) !== undefined) >= FITS || values.length <= 4

/**
 * Of a column of telephone numbers: its header says so, or most name their country. Digits in groups alone may be
 * numbers of policies and parts, which are neither right nor wrong as telephone numbers.
 */
export const isSurelyPhone = (header: string, seen: readonly Seen[]): boolean =>
  meaningOfHeader(header) === 'phone' || shareOf(seen, namesCountry) >= FITS

// By values ------------------------------------------------------------------------------------

function meaningOfValues(values: readonly Seen[]): Meaning | undefined {
  if (shareOf(values, (value) => readEmail(value) !== undefined) > PLAINLY) return 'email'
  if (shareOf(values, isResident) > PLAINLY) return 'resident'
  if (shareOf(values, (value) => readCompanyNumber(value) !== undefined) > PLAINLY) return 'company number'
  return meaningOfKind(kindOf(values))
}

function meaningOfKind({ kind }: KindFound): Meaning | undefined {
  if (kind === 'date' || kind === 'datetime') return 'date'
  if (kind === 'phone' || kind === 'url' || kind === 'id') return kind
  return kind === 'money' ? 'amount' : undefined
}
