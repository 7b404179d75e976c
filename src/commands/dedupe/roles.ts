/** What a column says of a customer, for matching: by its header, English or Chinese, and by what it holds. */

import { looksChineseName } from '../../fields/chineseName.ts'
import { type Meaning, meaningOf } from '../../fields/contact.ts'
import { meaningOfHeader } from '../../fields/contactWords.ts'
import { simplifiedHeader } from '../../fields/headerCharacters.ts'
import { isMasked, isPlaceholder } from '../../fields/id.ts'
import { isGivenName } from '../../fields/nicknames.ts'
import { namesOrganisation } from '../../fields/organisation.ts'
import { type Column, sampleOf } from './columns.ts'
import type { MatchRole } from './roleNames.ts'

export type { MatchRole } from './roleNames.ts'

/** What columns of a customer file are as evidence. Those that are none say when or where a row was written. */
const meant: Readonly<Partial<Record<Meaning, MatchRole>>> = {
  email: 'email',
  phone: 'phone',
  birth: 'date',
  date: 'date',
  given: 'given',
  surname: 'surname',
  postcode: 'code',
  resident: 'identity',
  'company number': 'identity',
  identity: 'identity',
  name: 'name',
  company: 'company',
  url: 'site',
  sex: 'category',
  updated: 'skip',
  amount: 'skip',
  price: 'skip',
  quantity: 'skip',
  currency: 'skip',
  status: 'skip',
  source: 'skip',
  note: 'skip',
}

const PLACES: readonly Meaning[] = ['city', 'district', 'region', 'country']

/** Shares of the filled cells. */
interface Profile {
  readonly numbers: number
  readonly digits: number
  /** Words, two ideograms counting as one; characters, ideograms counting twice. */
  readonly words: number
  readonly length: number
}

const NUMBER = /^[-+]?[\d,]+(?:\.\d+)?$/
const IDEOGRAMS = /[\u3400-\u9fff]/g

function profileOf(column: Column): Profile {
  let [weight, numbers, digits, words, length] = [0, 0, 0, 0, 0]
  for (const { word, count } of sampleOf(column)) {
    if (isPlaceholder(word) || isMasked(word)) continue
    const text = word.trim()
    const ideograms = text.match(IDEOGRAMS)?.length ?? 0
    weight += count
    if (NUMBER.test(text)) numbers += count
    if (/\p{Nd}/u.test(text)) digits += count
    words += count * Math.max(text.split(/\s+/).length, ideograms / 2)
    length += count * (text.length + ideograms)
  }
  const of = (sum: number) => (weight > 0 ? sum / weight : 0)
  return { numbers: of(numbers), digits: of(digits), words: of(words), length: of(length) }
}

/** What changes together when somebody moves. */
export const MOVING: readonly MatchRole[] = ['text', 'place', 'code']

/** What hardly two customers share. */
export const STRONG: readonly MatchRole[] = ['email', 'phone', 'identity']

const LEAST_FILLED = 0.05

/** These are believed even where all rows say the same. */
const SURE: readonly MatchRole[] = ['email', 'phone', 'identity', 'given', 'surname', 'name', 'date']

/** The first rule that fits. */
export function roleOf(column: Column): MatchRole {
  const { filled, distinct, rows } = column
  if (filled < LEAST_FILLED * rows) return 'skip'
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }))
  const meaning = meaningOf(column.header, seen)
  const it = profileOf(column)
  const isId = meaning === 'id'
  if (isRowId(column, isId, it)) return 'row id'
  const named = meaning === 'date' && isOfOrder(column) ? 'skip' : meaning && meant[meaning]
  if (distinct < 2) return named && SURE.includes(named) ? named : 'skip'
  if (named === 'name' && isOfOrganisations(column)) return 'company'
  if (named) return named
  if (meaning === 'address' && it.words > 1.3) return 'text'
  if (it.numbers > 0.8) return it.length >= 6 && distinct > 0.1 * filled ? 'code' : 'number'
  if (distinct < Math.max(30, Math.min(400, 0.02 * filled)) && it.words < 3.5) return 'category'
  if (meaning && PLACES.includes(meaning)) return 'place'
  const name = meaning === undefined ? namedByValues(column, it) : undefined
  if (name) return name
  if (it.digits > 0.8 && it.words < 1.6 && it.length < 16) return isId ? 'identity' : 'code'
  return it.words >= 1.8 || it.length > 18 ? 'text' : 'place'
}

/** The day of an order says who bought on it as little as its amount does. */
const isOfOrder = ({ header }: Column): boolean =>
  /order|purchas|invoice|payment|paid|shipp|deliver|bestell|rechnung|kauf|commande|pedido|下单|订单|付款|支付|发货|成交/i.test(
    simplifiedHeader(header),
  )

/** So many of them say so. */
const ORGANISATIONS = 0.3

/** Businesses stand in a column of names where customers are businesses. */
function isOfOrganisations(column: Column): boolean {
  let [all, told] = [0, 0]
  for (const { word, count } of sampleOf(column)) {
    if (isPlaceholder(word) || isMasked(word)) continue
    all += count
    if (namesOrganisation(word)) told += count
  }
  return told > ORGANISATIONS * all
}

/** Of names so many are usual ones: of Chinese ones those with a known surname, which places seldom begin with. */
const USUAL = { given: 0.4, chinese: 0.8 }

/** Names under a header that says nothing. */
function namedByValues(column: Column, { words, digits }: Profile): 'given' | 'name' | undefined {
  if (words > 1.9 || digits > 0.1) return undefined
  let [all, given, chinese] = [0, 0, 0]
  for (const { word, count } of sampleOf(column)) {
    if (isPlaceholder(word) || isMasked(word)) continue
    all += count
    if (isGivenName(word)) given += count
    if (looksChineseName(word)) chinese += count
  }
  if (given > USUAL.given * all) return 'given'
  return chinese > USUAL.chinese * all ? 'name' : undefined
}

/** Every row its own, or a number that only counts rows. */
function isRowId(column: Column, isId: boolean, { words, digits }: Profile): boolean {
  const unique = column.distinct === column.filled && column.filled === column.rows
  if (isId && unique && words < 1.5) return true
  if (unique && digits > 0.95 && countsUp(column)) return true
  return isId && column.distinct > 0.5 * column.filled && countsUp(column)
}

function countsUp({ words, distinct }: Column): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const word of words) {
    if (!/^\d{1,15}$/.test(word.trim())) return false
    const value = Number(word)
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return most - least < 3 * distinct
}

/** Beside given names that no header tells stand surnames, of which no header tells either. */
export function withSurname(columns: readonly Column[], roles: readonly MatchRole[]): readonly MatchRole[] {
  const isUntold = (place: number) => meaningOfHeader(columns[place]?.header ?? '') === undefined
  const [first, last] = [roles.indexOf('given'), roles.lastIndexOf('given')]
  if (first < 0 || !isUntold(first) || roles.some((role) => role === 'surname' || role === 'name'))
    return roles
  const isSurname = (place: number) =>
    roles[place] === 'place' && isUntold(place) && profileOf(columns[place] as Column).words < 1.5
  const beside = [last + 1, first - 1].find(isSurname)
  return roles.map((role, place) => (place === beside ? 'surname' : role))
}
