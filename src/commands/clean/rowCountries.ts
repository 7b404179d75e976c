/** Which telephone columns are read by the country that another column names in their row. */
import type { RewriteInput, RowBatch } from '../../core/rewrite.ts'
import { textReader } from '../../core/texts.ts'
import { isMasked } from '../../fields/id.ts'
import { readPhone } from '../../fields/phone.ts'
import {
  countryColumnOf,
  followCountries,
  isPlainElsewhere,
  onlyPhoneCountry,
  type PhoneOfRow,
  phoneCountryNamed,
} from '../../fields/rowCountry.ts'
import { isE164 } from '../../fields/surelyPlain.ts'
import { tidied } from './cells.ts'
import type { CleanColumn } from './columns.ts'
import type { Converter } from './converters.ts'
import { countryOfColumn, isLocal, phoneReader } from './phones.ts'

/** A telephone column, and the column of countries that it follows. */
export type RowCountries = ReadonlyMap<number, CleanColumn>

/** A cell of a column as it will be written. */
export type Written = (column: CleanColumn, text: string) => string

/** So many rows tell it. */
const ENOUGH = 5000

export async function rowCountries(
  input: RewriteInput,
  columns: readonly CleanColumn[],
  written: Written,
): Promise<RowCountries> {
  const pairs = columns.flatMap((phones) => {
    const countries = phones.taken === 'phone' ? countryColumnOf(phones.header, columns) : undefined
    return countries ? [{ phones, countries, rows: new Map<string, PhoneOfRow>() }] : []
  })
  if (pairs.length === 0) return new Map()
  let read = 0
  for await (const batch of input.batches()) {
    for (const { phones, countries, rows } of pairs) {
      const named = cellsOf(batch, countries).map((text) => phoneCountryNamed(written(countries, text)))
      gather(rows, cellsOf(batch, phones), named)
    }
    read += batch.length
    if (read >= ENOUGH) break
  }
  const believed = pairs.filter(({ rows }) => followCountries([...rows.values()]))
  return new Map(believed.map(({ phones, countries }) => [phones.index, countries]))
}

function cellsOf(batch: RowBatch, { index, nothing, taken }: CleanColumn): string[] {
  const cells = batch.columns[index]
  const read = cells && textReader(cells)
  const length = Math.min(batch.length, ENOUGH)
  const tidying = { coded: taken !== 'text', ...nothing }
  return Array.from({ length }, (_, at) => tidied(read?.(at) ?? '', tidying).text)
}

function gather(
  rows: Map<string, PhoneOfRow>,
  phones: readonly string[],
  countries: readonly (string | undefined)[],
): void {
  phones.forEach((number, at) => {
    const country = countries[at]
    if (country === undefined || number === '' || isMasked(number)) return
    const key = `${country} ${number}`
    const known = rows.get(key)
    const e164 = known ? known.e164 : readPhone(number, country)?.e164
    rows.set(key, { number, country, e164, count: (known?.count ?? 0) + 1 })
  })
}

// How they are read --------------------------------------------------------------------------------------

/** Rows that name no country, and those that name one that is not known. */
const [NONE, UNKNOWN] = ['', '?']

const NO_COUNTRY = 'numbers without a country code stay where their row names no country'
const NOT_THERE = 'numbers without a country code stay where they do not exist in the country of their row'
const NOT_ONE =
  'numbers without a country code stay where they look like those of another country than their row'

/** Where the first rows all name one country, those that name none are read as the column alone would be. */
export function phonesByRow({ seen }: CleanColumn, countries: CleanColumn, written: Written): Converter {
  const only = onlyPhoneCountry(countries.seen)
  const whole = only && countryOfColumn(seen, only)
  const fallback = whole === only ? only : undefined
  const readers = new Map([
    [NONE, phoneReader(fallback)],
    [UNKNOWN, phoneReader(undefined)],
  ])
  const readerOf = (country: string) => {
    const known = readers.get(country)
    if (known) return known
    const read = phoneReader(country)
    const reader = (text: string) => {
      const number = read(text)
      return number !== undefined && isPlainElsewhere(text, number) ? undefined : number
    }
    readers.set(country, reader)
    return reader
  }
  return {
    rule: 'phone',
    reads: fallback ?? countries.header,
    convert: (text, country = NONE) => readerOf(country)(text),
    surely: isE164,
    beside: {
      index: countries.index,
      keyOf(text) {
        const word = written(countries, text)
        return word === '' ? NONE : (phoneCountryNamed(word) ?? UNKNOWN)
      },
      leaves(text, country) {
        if (!isLocal(text) || (country === NONE && fallback !== undefined)) return undefined
        if (country === NONE || country === UNKNOWN) return NO_COUNTRY
        return phoneReader(country)(text) === undefined ? NOT_THERE : NOT_ONE
      },
    },
  }
}
