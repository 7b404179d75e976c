/** Postcodes: whether one has the shape of its country. That it exists is not known here. */
import { readCode } from './id.ts'
import { type Seen, weightOf } from './seen.ts'

interface PostcodeForm {
  readonly shape: RegExp
  /** How the parts are written. */
  readonly written?: (code: string) => string
}

const split = (at: number, mark: string) => (code: string) => `${code.slice(0, at)}${mark}${code.slice(at)}`
const digits = (count: number): PostcodeForm => ({ shape: new RegExp(`^\\d{${count}}$`) })

/** Shapes without spaces and hyphens, as the postal services publish them. */
const forms: Readonly<Record<string, PostcodeForm>> = {
  // The first digits of China go from 01 to 86.
  CN: { shape: /^(?:0[1-7]|[1-7]\d|8[0-6])\d{4}$/ },
  US: { shape: /^\d{5}(?:\d{4})?$/, written: (code) => (code.length > 5 ? split(5, '-')(code) : code) },
  GB: {
    shape:
      /^(?:GIR0AA|(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRVWXY]))\d[ABD-HJLNP-UW-Z]{2})$/,
    written: (code) => split(code.length - 3, ' ')(code),
  },
  CA: { shape: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/, written: split(3, ' ') },
  JP: { shape: /^\d{7}$/, written: split(3, '-') },
  NL: { shape: /^[1-9]\d{3}[A-Z]{2}$/, written: split(4, ' ') },
  IE: { shape: /^(?:D6W|[AC-FHKNPRTV-Y]\d{2})[0-9AC-FHKNPRTV-Y]{4}$/, written: split(3, ' ') },
  SE: { shape: /^[1-9]\d{4}$/, written: split(3, ' ') },
  PL: { shape: /^\d{5}$/, written: split(2, '-') },
  BR: { shape: /^\d{8}$/, written: split(5, '-') },
  PT: { shape: /^[1-9]\d{6}$/, written: split(4, '-') },
  TW: { shape: /^\d{3}(?:\d{2,3})?$/ },
  DE: { shape: /^(?:0[1-9]|[1-9]\d)\d{3}$/ },
  FR: { shape: /^(?:0[1-9]|[1-8]\d|9[0-8])\d{3}$/ },
  ES: { shape: /^(?:0[1-9]|[1-4]\d|5[0-2])\d{3}$/ },
  IN: { shape: /^[1-8]\d{5}$/ },
  AU: { shape: /^(?:0[289]|[1-9]\d)\d{2}$/ },
  NZ: digits(4),
  CH: { shape: /^[1-9]\d{3}$/ },
  AT: { shape: /^[1-9]\d{3}$/ },
  BE: { shape: /^[1-9]\d{3}$/ },
  DK: digits(4),
  NO: digits(4),
  ZA: digits(4),
  IT: digits(5),
  MX: digits(5),
  KR: digits(5),
  FI: digits(5),
  SG: digits(6),
  RU: { shape: /^[1-6]\d{5}$/ },
}

/** The postcode as its country writes it; undefined where it has another shape. */
export function readPostcode(value: string, country: string): string | undefined {
  const form = forms[country.toUpperCase()]
  const code = bare(value)
  if (!form?.shape.test(code)) return undefined
  return form.written ? form.written(code) : code
}

export const knowsPostcodes = (country: string): boolean => forms[country.toUpperCase()] !== undefined

/** Without a hyphen between two parts, and the .0 that is left of a column that was read as numbers. */
const bare = (value: string): string =>
  readCode(value)
    .replace(/^(\d{3,8})\.0$/, '$1')
    .replace(/(?<=[A-Z0-9])-(?=[A-Z0-9])/g, '')

/** A column is of a country when so many of its postcodes have the shape. */
const MOST = 0.8

/** The countries whose shape most postcodes of a column have, in the order of the share. */
export function postcodeCountries(seen: readonly Seen[]): string[] {
  const total = weightOf(seen)
  if (total === 0) return []
  return Object.keys(forms)
    .map((country) => ({
      country,
      share: weightOf(seen.filter(({ value }) => readPostcode(value, country) !== undefined)) / total,
    }))
    .filter(({ share }) => share >= MOST)
    .sort((a, b) => b.share - a.share)
    .map(({ country }) => country)
}

/** Nowhere else have postcodes such letters. */
const LETTERED: readonly string[] = ['GB', 'CA', 'NL', 'IE']

/** The country that a column of postcodes can only be of: digits alone may be of many. */
export function onlyPostcodeCountry(seen: readonly Seen[]): string | undefined {
  const lettered = postcodeCountries(seen).filter((country) => LETTERED.includes(country))
  return lettered.length === 1 ? lettered[0] : undefined
}
