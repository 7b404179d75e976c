/** Which values of a column are sound, and which say the same: looked up only where a cluster has several rows. */
import { type Meaning, meaningOf } from '../../fields/contact.ts'
import { type DateReading, dateStyle, readDay, withStragglers } from '../../fields/date.ts'
import { emailKey, readEmail } from '../../fields/email.ts'
import { isMasked, isPlaceholder } from '../../fields/id.ts'
import { countryOf, readPhone } from '../../fields/phone.ts'
import { postcodeCountries, readPostcode } from '../../fields/postcode.ts'
import { readResidentId } from '../../fields/residentId.ts'
import type { Seen } from '../../fields/seen.ts'
import { type Column, sampleOf } from './columns.ts'
import { plainWords } from './fields.ts'
import type { SurvivorColumn } from './survivorColumns.ts'

/** What a value says, for comparing; undefined where it is not sound. */
type Reader = (value: string) => string | undefined

/** The columns as survivorship needs them. `clusters`: by row, of `count` ones. */
export function survivorColumns(
  columns: readonly Column[],
  clusters: Int32Array | Uint32Array,
  count: number,
): SurvivorColumn[] {
  const sizes = new Uint32Array(count)
  for (const cluster of clusters) sizes[cluster] = (sizes[cluster] as number) + 1
  return columns.map((column) => {
    const needed = new Uint8Array(column.words.length)
    for (let row = 0; row < clusters.length; row++) {
      const code = column.codes[row] as number
      if (code >= 0 && (sizes[clusters[row] as number] as number) > 1) needed[code] = 1
    }
    return survivorColumn(column, needed)
  })
}

function survivorColumn(column: Column, needed: Uint8Array): SurvivorColumn {
  const { header, codes, words } = column
  const seen = sampleOf(column).map(({ word, count }, i) => ({ value: word, count, line: i + 1 }))
  const meaning = meaningOf(header, seen)
  const read = readerOf(meaning, seen)
  const [sound, forms] = [new Uint8Array(words.length).fill(1), new Int32Array(words.length)]
  const numbers = new Map<string, number>()
  words.forEach((word, code) => {
    forms[code] = code
    if (needed[code] === 0) return
    const form = isPlaceholder(word) || isMasked(word) ? undefined : read(word)
    if (form === undefined) sound[code] = 0
    const key = form ?? word
    const first = numbers.get(key) ?? code
    numbers.set(key, first)
    forms[code] = first
  })
  return { header, codes, words, meaning, sound, forms }
}

const words: Reader = (value) =>
  plainWords(value)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim() || undefined

function readerOf(meaning: Meaning | undefined, seen: readonly Seen[]): Reader {
  switch (meaning) {
    case 'email':
      return (value) => readEmail(value) && emailKey(value)
    case 'phone':
      return phoneReader(countryOf(seen)?.country)
    case 'resident':
      return (value) => (readResidentId(value) ? value.toUpperCase().trim() : undefined)
    case 'postcode':
      return postcodeReader(postcodeCountries(seen)[0])
    case 'birth':
    case 'date':
    case 'updated':
      return dayReader(withStragglers(dateStyle(seen.slice(0, 2000))))
    default:
      return words
  }
}

const phoneReader =
  (country: string | undefined): Reader =>
  (value) =>
    readPhone(value, country)?.e164

/** Where the country is not known, any code is as good as another. */
const postcodeReader = (country: string | undefined): Reader =>
  country === undefined ? words : (value) => readPostcode(value, country)

const dayReader =
  (reading: DateReading): Reader =>
  (value) => {
    const day = readDay(value, reading)
    return day === undefined ? undefined : `${day}${/\d:\d\d/.exec(value) ? value : ''}`
  }
