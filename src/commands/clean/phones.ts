/** Telephone numbers as E.164, and the country in which a column dials those that do not name theirs. */
import { isMasked } from '../../fields/id.ts'
import { namesCountry } from '../../fields/kind.ts'
import { type CountryFound, countryOf, numbersIn, plainReader, readPhone } from '../../fields/phone.ts'
import type { Seen } from '../../fields/seen.ts'

/** The number as E.164, with its extension as RFC 3966 writes it; undefined where it cannot be read. */
export function phoneReader(country: string | undefined): (text: string) => string | undefined {
  const readPlain = plainReader(country)
  return (text) => {
    // No such number is doubtful.
    const plain = readPlain(text)
    if (plain !== undefined) return plain
    const phone = readPhone(text, country)
    if (phone === undefined || isDoubtful(text, phone.e164)) return undefined
    if (phone.extension === undefined) return phone.e164
    const whole = `${phone.e164};ext=${phone.extension}`
    const again = readPhone(whole, country)
    return again?.e164 === phone.e164 && again.extension === phone.extension ? whole : undefined
  }
}

/** Nearly any ten digits are a Chinese number without its zero; who dials one writes the zero. */
const isDoubtful = (text: string, e164: string): boolean =>
  e164.startsWith('+86') &&
  /^\+86(?!1[3-9]|[48]00|9)/.test(e164) &&
  !namesCountry(text) &&
  !/^\D*(?:0|86)/.test(text.normalize('NFKC'))

/** Below this share the local numbers of a column are not of one country. */
const AGREED = 0.8
/** So many cells tell it. */
const ENOUGH = 150

/**
 * Undefined where the numbers do not agree on one. They must still do so when they are written with its code: what
 * is left then would otherwise be taken for numbers of another country the next time. `likely`: the country of the
 * addresses, which decides where several fit.
 */
export function countryOfColumn(seen: readonly Seen[], likely?: string): string | undefined {
  const cells = seen
    .filter(({ value }) => !isMasked(value))
    .slice(0, ENOUGH)
    .flatMap((each) => Array.from({ length: Math.min(each.count, ENOUGH) }, () => each))
    .flatMap((each) => numbersIn(each.value).map((value) => ({ ...each, value })))
    .slice(0, ENOUGH)
  const country = dialledIn(cells, likely)
  if (country === undefined) return undefined
  const read = phoneReader(country)
  const after = cells.map((each) => ({ ...each, value: read(each.value) ?? each.value }))
  const left = after.filter(({ value }) => !namesCountry(value))
  const next = left.length === 0 ? country : dialledIn(after, likely)
  if (next === undefined || next === country) return country
  const other = phoneReader(next)
  return left.some(({ value }) => other(value) !== undefined) ? undefined : country
}

/** A number that does not name its country. */
export const isLocal = (value: string): boolean =>
  !namesCountry(value) &&
  !isMasked(value) &&
  /^[\d ().+/-]+$/.test(value) &&
  value.replace(/\D/g, '').length > 6

/** Codes that are no chance. */
const SOME = 0.1

/** Where some numbers name their country, and mostly one, it is that one or none. */
function dialledIn(cells: readonly Seen[], likely: string | undefined): string | undefined {
  const coded = cells.filter(({ value }) => namesCountry(value))
  const local = cells.filter(({ value }) => !namesCountry(value) && value.replace(/\D/g, '').length > 6)
  const named = coded.length > SOME * cells.length ? agreed(countryOf(coded)) : undefined
  if (coded.length > SOME * cells.length && named === undefined) return homeAmong(coded, local, likely)
  if (local.length < coded.length) return named
  const found = agreed(countryOf(local, named ?? likely))
  if (found === undefined || (named !== undefined && named !== found)) return undefined
  const read = phoneReader(found)
  return local.filter(({ value }) => read(value) !== undefined).length >= AGREED * local.length
    ? found
    : undefined
}

/**
 * Where numbers name several countries, those that name none are dialled at home, if that is one of them: all must
 * exist there, and at most few in any other that is named.
 */
function homeAmong(
  coded: readonly Seen[],
  local: readonly Seen[],
  likely: string | undefined,
): string | undefined {
  const countries = new Set(coded.flatMap((each) => countryOf([each])?.country ?? []))
  const shares = [...countries].map((country) => {
    const read = phoneReader(country)
    return { country, share: local.filter(({ value }) => read(value) !== undefined).length / local.length }
  })
  const fitting = shares.filter(({ share }) => share >= FITS)
  const [home] = fitting
  if (fitting.length !== 1 || home === undefined || home.share < 1) return undefined
  return countryOf([...local, ...coded], likely)?.country === home.country ? home.country : undefined
}

/** Where so many exist they may be of that country. */
const FITS = 0.5

const agreed = (found: CountryFound | undefined): string | undefined =>
  found && found.share >= AGREED ? found.country : undefined
