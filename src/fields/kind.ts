/** What kind of cells a column holds, for a first look at any file. Nothing here depends on headers. */
import { type DateStyle, dateStyle, mayBeDates } from './date.ts'
import { isDamagedId, isPlaceholder, readId } from './id.ts'
import { type NumberStyle, numberStyle } from './money.ts'
import { type Seen, weightOf } from './seen.ts'
import { isBlank, plainText, trimmedText } from './text.ts'

export type Kind =
  | 'empty'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'email'
  | 'phone'
  | 'url'
  | 'id'
  | 'text'

export interface KindFound {
  readonly kind: Kind
  /** Share of the cells with a value that are of this kind. */
  readonly share: number
  /** How the dates or numbers are written, where it is a kind of these. */
  readonly dates?: DateStyle
  readonly numbers?: NumberStyle
}

/** So much of a column is of the kind that the column is said to have. */
const MOST = 0.9

/** The kind of a column. Blanks and words that stand for none, such as N/A, do not count. */
export function kindOf(seen: readonly Seen[]): KindFound {
  const values = seen.filter(({ value }) => !isBlank(value) && !isPlaceholder(value))
  if (values.length === 0) return { kind: 'empty', share: 1 }
  const found = addressKind(values) ?? booleanKind(values) ?? dateKind(values) ?? codeKind(values)
  return found ?? numberKind(values) ?? wordKind(values)
}

type Test = (value: string) => boolean

const shareOf = (values: readonly Seen[], test: Test): number =>
  weightOf(values.filter(({ value }) => test(trimmedText(value)))) / weightOf(values)

function kindByTest(values: readonly Seen[], kind: Kind, test: Test): KindFound | undefined {
  const share = shareOf(values, test)
  return share >= MOST ? { kind, share } : undefined
}

// Kinds by their look --------------------------------------------------------------------------

const isEmail: Test = (value) => /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}$/.test(value)
const isUrl: Test = (value) => /^(?:[a-z][a-z0-9+]*:\/\/|www\.)[^\s/]+\.[^\s]+$/i.test(value)

function addressKind(values: readonly Seen[]): KindFound | undefined {
  return kindByTest(values, 'email', isEmail) ?? kindByTest(values, 'url', isUrl)
}

/** Two words that are opposites. 0 and 1 may as well be counts. */
const opposites = [
  'true false',
  'yes no',
  'y n',
  't f',
  'on off',
  '是 否',
  '对 错',
  'ja nein',
  'oui non',
  'sí no',
]

function booleanKind(values: readonly Seen[]): KindFound | undefined {
  const words = new Set(values.map(({ value }) => plainText(value).toLowerCase()))
  const pair = opposites.some((each) => [...words].every((word) => each.split(' ').includes(word)))
  return pair ? { kind: 'boolean', share: 1 } : undefined
}

/** Numbers that might be days are numbers here: only a header can say that they are days. */
function dateKind(values: readonly Seen[]): KindFound | undefined {
  if (!mayBeDates(values, MOST)) return undefined
  const dates = dateStyle(values)
  if (dates.share < MOST || dates.counted) return undefined
  return { kind: dates.hasTime ? 'datetime' : 'date', share: dates.share, dates }
}

// Numbers that are names -----------------------------------------------------------------------

/** A telephone number that begins with the code of its country. */
export const namesCountry: Test = (value) => /^(?:\+|00|\((?:\+|00)|\+\()[1-9]/.test(value)

/** With a country code, in groups, or as Chinese mobile phones are; no address of a computer. */
const isPhone: Test = (value) => {
  const digits = value.replace(/\D/g, '').length
  if (digits < 7 || digits > 15 || !/^\+?[(\d][-\d ()./]*\d$/.test(value)) return false
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(value)) return false
  return /^(?:\+|00[1-9])/.test(value) || /^(?:86)?1[3-9]\d{9}$/.test(value) || isGrouped(value)
}

/** An area code in brackets or with its zero, or three groups: neither thousands nor a date. */
const isGrouped: Test = (value) =>
  /^\(\d{2,5}\) ?\d{3,8}(?:[- ]\d{2,5})*$|^0\d{2,3}[- ]\d{7,8}$|^\d{2,5}(?:[-.]\d{2,5}){2,}$/.test(value)

const isLong: Test = (value) => /^\d{16,}$/.test(value)
const isZeroLed: Test = (value) => /^0\d+$/.test(value)
const isWrapped: Test = (value) => /^[='"]/.test(value)
/** One word of letters and digits, such as A-1001, a UUID, or 112-7654321-7654321. */
const isCode: Test = (value) =>
  /^#?[\p{L}\p{N}]+(?:[-_/.:|]?[\p{L}\p{N}])*$/u.test(value) &&
  /\d/.test(value) &&
  (/[\p{L}#]/u.test(value) || /\d{6}/.test(value))

/** One zero in front, or one wrapper, tells that all are names: as numbers they would lose it. */
function codeKind(values: readonly Seen[]): KindFound | undefined {
  const phone = kindByTest(values, 'phone', isPhone)
  if (phone) return phone
  const ids = values.map((each) => ({ ...each, value: readId(each.value) ?? '' }))
  const isNumeral: Test = (value) => /^\d+$/.test(value) || isDamagedId(value)
  const named = shareOf(ids, isZeroLed) > 0 || shareOf(ids, isLong) > 0 || shareOf(ids, isDamagedId) >= MOST
  const wrapped = shareOf(values, isWrapped) > 0
  if (!named && !wrapped) return undefined
  return kindByTest(ids, 'id', (value) => isNumeral(value) || isCode(value))
}

// Numbers and words ----------------------------------------------------------------------------

function numberKind(values: readonly Seen[]): KindFound | undefined {
  const numbers = numberStyle(values)
  if (numbers.share < MOST) return undefined
  const { share, percent, marks, integer } = numbers
  const kind = percent ? 'percent' : marks.length > 0 ? 'money' : integer ? 'integer' : 'decimal'
  return { kind, share, numbers }
}

/** What is left: digits too long for a number, codes, or words. */
function wordKind(values: readonly Seen[]): KindFound {
  const isName: Test = (value) => /^\d+$/.test(value) || isCode(value)
  return kindByTest(values, 'id', isName) ?? { kind: 'text', share: 1 }
}
