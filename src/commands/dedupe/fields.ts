/** The columns as they are compared: one form for each value, whatever its case, accents, width or way of writing. */

import { formatDay } from '../../core/days.ts'
import { loadChineseAddresses } from '../../fields/chineseAddress.ts'
import { loadChineseCompanies } from '../../fields/chineseCompany.ts'
import { type ComparedName, loadChineseNames } from '../../fields/chineseName.ts'
import { meaningOfHeader } from '../../fields/contactWords.ts'
import { type DateOrder, dateStyle, readDay, withStragglers } from '../../fields/date.ts'
import { sexOfHonorific, withoutHonorific } from '../../fields/honorific.ts'
import { isMasked, isPlaceholder } from '../../fields/id.ts'
import { countryOf, readPhone } from '../../fields/phone.ts'
import { textHash } from '../../models/linkage/hash.ts'
import { type Column, sampleOf } from './columns.ts'
import type { MatchRole } from './roles.ts'

export interface Field {
  readonly header: string
  readonly role: MatchRole
  /** By row, later by record: the number of its value, -1 where there is none. */
  readonly codes: Int32Array
  readonly words: readonly string[]
  readonly hashes: Uint32Array
  /** A number of what it holds, whatever its header and place. */
  readonly mark: number
  /** By word: names in Chinese characters, as they are compared. */
  readonly chinese?: readonly (ComparedName | undefined)[]
  /** What its column decided of how it is read. */
  readonly form?: CellForm
}

/**
 * What all cells of a column decide together: which part of a date is which, whose telephone numbers they are, whether
 * people are addressed as men and women.
 */
export interface CellForm {
  readonly addressed?: boolean | undefined
  readonly order?: DateOrder | undefined
  readonly country?: string | undefined
}

type Normaliser = (text: string) => string

/** Lower case, without accents, plain width; CJK stays as it is. */
export function plainWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase()
}

/** Letters and digits with one space between them. */
const spaced: Normaliser = (text) =>
  plainWords(text)
    .replace(/[’'`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const LEGAL =
  /\b(?:inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|co|company|pty|gmbh|mbh|ag|kg|ohg|ug|se|sa|sas|sarl|srl|spa|bv|nv|ab|oy|as)\b/g

/** Without its legal form, which is written or not. */
const companyForm: Normaliser = (text) => {
  const words = spaced(text.replaceAll('&', ' and ').replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1'))
  return words.replace(LEGAL, ' ').replace(/\s+/g, ' ').trim() || words
}

const SHORT_WORDS: Readonly<Record<string, string>> = {
  ...{
    street: 'st',
    road: 'rd',
    avenue: 'ave',
    av: 'ave',
    drive: 'dr',
    lane: 'ln',
    court: 'ct',
    place: 'pl',
  },
  ...{
    boulevard: 'blvd',
    square: 'sq',
    terrace: 'tce',
    ter: 'tce',
    highway: 'hwy',
    parade: 'pde',
    crescent: 'cres',
  },
  ...{
    apartment: 'apt',
    unit: 'apt',
    suite: 'ste',
    floor: 'fl',
    north: 'n',
    south: 's',
    east: 'e',
    west: 'w',
  },
  ...{ university: 'univ', department: 'dept', institute: 'inst', apartment: 'apt' },
  ...{ strasse: 'str', straße: 'str', platz: 'pl', number: 'no', mount: 'mt', saint: 'st' },
}

/** Kinds of streets by their usual short forms; German ones at the end of their words. */
const addressForm: Normaliser = (text) =>
  spaced(text)
    .split(' ')
    .map((word) => SHORT_WORDS[word] ?? word.replace(/(?:strasse|straße)$/, 'str'))
    .join(' ')

const siteForm: Normaliser = (text) =>
  plainWords(text)
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\d?\./, '')
    .replace(/[/?#].*$/, '')

/** What follows the five digits of a ZIP code is written or not. */
const postcodeForm: Normaliser = (text) => closed(text.replace(/^(\d{5})[-\s]?\d{4}$/, '$1'))

const closed: Normaliser = (text) => plainWords(text).replace(/[^\p{L}\p{N}]+/gu, '')
/** What has no @ is none: `no_email.com` stands with many. */
const emailForm: Normaliser = (text) => (/[@＠]/.test(text) ? plainWords(text).replace(/\s+/g, '') : '')

/** How the cells of a column become what is compared. */
interface Form {
  readonly normalise: Normaliser
  readonly form?: CellForm
}

function dateForm(column: Column, given?: CellForm): Form {
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }))
  const style = dateStyle(seen.slice(0, 2000), given?.order)
  const reading = withStragglers(style)
  const normalise: Normaliser = (text) => {
    const day = readDay(text, reading)
    return day === undefined ? text.replace(/\D/g, '') : formatDay(day).replaceAll('-', '')
  }
  return { normalise, form: { order: style.order } }
}

/** With the code of the country, whether it was written or not; what is no number as its digits. */
function phoneForm(column: Column, given?: CellForm): Form {
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }))
  const country = given ? given.country : countryOf(seen)?.country
  const normalise: Normaliser = (text) => {
    const phone = readPhone(text, country)
    if (phone) return phone.e164.slice(1)
    return plainWords(text).replace(/\D/g, '').replace(/^0+/, '')
  }
  return { normalise, form: { country } }
}

function formOf(column: Column, role: MatchRole, given?: CellForm): Form {
  if (role === 'date') return dateForm(column, given)
  if (role === 'phone') return phoneForm(column, given)
  if (role === 'code' && meaningOfHeader(column.header) === 'postcode') return { normalise: postcodeForm }
  return { normalise: plainForm(role) }
}

function plainForm(role: MatchRole): Normaliser {
  switch (role) {
    case 'email':
      return emailForm
    case 'company':
      return companyForm
    case 'text':
      return addressForm
    case 'site':
      return siteForm
    case 'code':
    case 'identity':
    case 'number':
      return closed
    default:
      return spaced
  }
}

/**
 * What a column says, as one field, or as several where its cells have parts: a Chinese address has a town.
 * `given`: what an earlier file decided of how its cells are read.
 */
export async function fieldsOf(column: Column, role: MatchRole, given?: CellForm): Promise<Field[]> {
  const isHan = hanShare(column) > 0.3
  if (isHan && role === 'text') return chineseAddressFields(column)
  if (isHan && (role === 'name' || role === 'company')) return [await chineseField(column, role)]
  if (role === 'name' || role === 'given') return nameFields(column, role, given)
  const { normalise, form } = formOf(column, role, given)
  const field = fieldBy(column, role, normalise)
  return [form ? { ...field, form } : field]
}

/** So many of the names begin with a form of address. */
const ADDRESSED = 0.05

/** The name, and whether it is that of a man or of a woman, where that is written before it. */
function nameFields(column: Column, role: 'name' | 'given', given?: CellForm): Field[] {
  const own = fieldBy(column, role, (text) => spaced(withoutHonorific(text)))
  const sex = fieldBy(column, 'category', (text) => sexOfHonorific(text) ?? '')
  const told = sex.codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0)
  const addressed = given?.addressed ?? (sex.words.length > 1 && told > ADDRESSED * column.filled)
  if (!addressed) return [own]
  return [
    { ...own, form: { addressed } },
    { ...sex, header: `${column.header} (form of address)` },
  ]
}

const HAN = /[\u3400-\u9fff]/

function hanShare(column: Column): number {
  let [han, all] = [0, 0]
  for (const { word, count } of sampleOf(column)) {
    all += count
    if (HAN.test(word)) han += count
  }
  return all === 0 ? 0 : han / all
}

/** Simplified, without forms of address or legal forms; other words as everywhere. */
async function chineseField(column: Column, role: 'name' | 'company'): Promise<Field> {
  if (role === 'company') {
    const companies = await loadChineseCompanies()
    return fieldBy(column, role, (text) => (HAN.test(text) ? companies.key(text) : companyForm(text)))
  }
  const names = await loadChineseNames()
  const field = fieldBy(column, role, (text) => {
    // Marks may stand between a name and a form of address.
    const name = names.read(plainWords(text)) ?? names.read(spaced(text))
    return name ? name.surname + name.given : spaced(text)
  })
  return { ...field, chinese: field.words.map((word) => names.read(word)) }
}

/** The town, and the street with its numbers. */
async function chineseAddressFields(column: Column): Promise<Field[]> {
  const addresses = await loadChineseAddresses()
  const town = fieldBy(column, 'place', (text) => {
    const { city, district } = addresses.read(text)
    return [city, district].filter((part) => part !== '').join(' ')
  })
  const street = fieldBy(column, 'text', (text) => (HAN.test(text) ? addresses.key(text) : addressForm(text)))
  return [{ ...town, header: `${column.header} (town)` }, street]
}

function fieldBy(column: Column, role: MatchRole, form: Normaliser): Field {
  const numbers = new Map<string, number>()
  const words: string[] = []
  const toNew = new Int32Array(column.words.length)
  column.words.forEach((word, code) => {
    const each = isPlaceholder(word) || isMasked(word) ? '' : form(word)
    let number = each === '' ? -1 : numbers.get(each)
    if (number === undefined) {
      number = words.length
      numbers.set(each, number)
      words.push(each)
    }
    toNew[code] = number
  })
  const codes = column.codes.map((code) => (code < 0 ? -1 : (toNew[code] as number)))
  return fieldWith({ header: column.header, role, codes, words })
}

export function fieldWith(field: Omit<Field, 'hashes' | 'mark'>): Field {
  const hashes = Uint32Array.from(field.words, textHash)
  let mark = 0
  for (let row = 0; row < field.codes.length; row++) {
    const code = field.codes[row] as number
    if (code >= 0) mark = (mark + (hashes[code] as number)) >>> 0
  }
  return { ...field, hashes, mark }
}

/** Rows of each value. */
export function countsOfField({ codes, words }: Field): Int32Array {
  const counts = new Int32Array(words.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code >= 0) counts[code] = (counts[code] as number) + 1
  }
  return counts
}
