/** Words that stand for no value, by what their column holds: Nan and Null are names, NA is a country. */
import type { Meaning } from './contactWords.ts'
import { isPlaceholder } from './id.ts'
import { type Seen, weightOf } from './seen.ts'

export interface NothingIn {
  /** NA is a code here. */
  readonly shortCodes: boolean
  /** Persons are named here: Null and Na are surnames, Nan is a given name. */
  readonly names: boolean
  /** Customers are told apart here: a guest is none of them. Elsewhere it is what a customer is. */
  readonly persons: boolean
  /** A slash is a value here: the root of paths, or the word for neither in a column such as 收/支. */
  readonly slashes: boolean
}

const named = new Set<Meaning>(['name', 'given', 'surname'])
const persons = new Set<Meaning>(['name', 'given', 'surname', 'id', 'email', 'phone', 'company', 'address'])
const coded = new Set<Meaning>(['country', 'region', 'currency'])
/** So much of a column are codes of two letters. */
const MOST = 0.8

interface NamedColumn {
  readonly header: string
  readonly seen: readonly Seen[]
  readonly isCustomer: boolean
}

export function nothingIn(
  meaning: Meaning | undefined,
  { header, seen, isCustomer }: NamedColumn,
): NothingIn {
  return {
    shortCodes: hasShortCodes(seen, meaning),
    names: meaning !== undefined && named.has(meaning),
    persons: isCustomer || (meaning !== undefined && persons.has(meaning)),
    slashes: /[/／]/.test(header) || seen.some(({ value }) => /^\s*[/／]+[^/／\s]/.test(value)),
  }
}

function hasShortCodes(seen: readonly Seen[], meaning: Meaning | undefined): boolean {
  if (meaning && coded.has(meaning)) return true
  const values = seen.filter(({ value }) => value.trim() !== '' && !isPlaceholder(value))
  const short = values.filter(({ value }) => /^[A-Z]{2}$/.test(value.trim()))
  return values.length > 0 && weightOf(short) >= MOST * weightOf(values)
}

const NOBODY = /^(?:guest|anonymous|匿名|游客|遊客)/i

/** Does the text, without blanks around it, stand for no value in such a column? */
export function standsForNone(text: string, { shortCodes, names, persons, slashes }: NothingIn): boolean {
  if (!isPlaceholder(text)) return false
  if (shortCodes && /^na$/i.test(text)) return false
  if (slashes && /^[/／]/.test(text)) return false
  if (!persons && NOBODY.test(text) && !text.includes('@')) return false
  return !(
    names &&
    /^(?:na|nan|N[ui]ll?|None|Guest)$/i.test(text) &&
    !/^(?:null|NULL|none|NONE|nil|NIL|nan|NaN|NAN)$/.test(text)
  )
}
