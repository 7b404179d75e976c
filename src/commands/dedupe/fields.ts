/** The columns as they are compared: one form for each value, whatever its case, accents, width or way of writing. */

import { formatDay } from '../../core/days.ts'
import { dateStyle, readDay, withStragglers } from '../../fields/date.ts'
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

const closed: Normaliser = (text) => plainWords(text).replace(/[^\p{L}\p{N}]+/gu, '')
const emailForm: Normaliser = (text) => plainWords(text).replace(/\s+/g, '')

function dateForm(column: Column): Normaliser {
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }))
  const reading = withStragglers(dateStyle(seen.slice(0, 2000)))
  return (text) => {
    const day = readDay(text, reading)
    return day === undefined ? text.replace(/\D/g, '') : formatDay(day).replaceAll('-', '')
  }
}

/** With the code of the country, whether it was written or not; what is no number as its digits. */
function phoneForm(column: Column): Normaliser {
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }))
  const country = countryOf(seen)?.country
  return (text) => {
    const phone = readPhone(text, country)
    if (phone) return phone.e164.slice(1)
    return plainWords(text).replace(/\D/g, '').replace(/^0+/, '')
  }
}

function normaliserOf(column: Column, role: MatchRole): Normaliser {
  switch (role) {
    case 'email':
      return emailForm
    case 'date':
      return dateForm(column)
    case 'phone':
      return phoneForm(column)
    case 'code':
    case 'identity':
    case 'number':
      return closed
    default:
      return spaced
  }
}

export function fieldOf(column: Column, role: MatchRole): Field {
  const form = normaliserOf(column, role)
  const forms = column.words.map((word) => (isPlaceholder(word) || isMasked(word) ? '' : form(word)))
  const numbers = new Map<string, number>()
  const words: string[] = []
  const toNew = Int32Array.from(forms, (each) => {
    if (each === '') return -1
    const known = numbers.get(each)
    if (known !== undefined) return known
    numbers.set(each, words.length)
    words.push(each)
    return words.length - 1
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
