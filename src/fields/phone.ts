/** Cells that hold a telephone number: read as E.164, by the rules of the country that it is dialled in. */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import { readId } from './id.ts'
import type { Seen } from './seen.ts'
import { plainText } from './text.ts'

export interface Phone {
  /** `+8613800138000`. */
  readonly e164: string
  readonly extension?: string
}

/** A telephone number that exists by its country's plan; undefined for any other text. */
export function readPhone(value: string, country?: string): Phone | undefined {
  const plainly = plainAtHome(value, country)
  if (plainly) return plainly
  const number = bareNumber(value)
  return number === '' ? undefined : (plainNumber(number, country) ?? numberByLibrary(number, country))
}

/** So the code of a country is dialled from most of them, and written in all. */
const ABROAD = /^00(?=[1-9]\d{7})/

/** Without what surrounds it: a protecting apostrophe, `tel:`, the .0 of a column that was read as numbers. */
function bareNumber(value: string): string {
  if (/^\+?\d{7,15}$/.test(value)) return value.replace(ABROAD, '+')
  const text = plainText(readId(value) ?? '')
    .replace(/^(?:tel|phone|mobile|电话|手机)[:：]\s*/i, '')
    .replace(/^(\+?\d{7,})\.0$/, '$1')
    .replace(/^(?:\((?:\+|00)([1-9]\d{0,2})\)|\+\(([1-9]\d{0,2})\))/, '+$1$2 ')
  return text.length > 40 || !/^[+(\d]/.test(text) ? '' : text.replace(ABROAD, '+')
}

/** Is there a plan of telephone numbers for this code of two letters? */
export const isPhoneCountry = (code: string): boolean => countryCodeOf(code) !== undefined

/** `44` of GB. */
export function callingCodeOf(country: string): string | undefined {
  const code = countryCodeOf(country)
  return code && getCountryCallingCode(code)
}

const countryCodes = new Map<string, CountryCode | undefined>()

function countryCodeOf(country: string | undefined): CountryCode | undefined {
  if (country === undefined) return undefined
  if (!countryCodes.has(country)) {
    const code = country.toUpperCase()
    countryCodes.set(country, isSupportedCountry(code) ? code : undefined)
  }
  return countryCodes.get(country)
}

// Several in one cell ----------------------------------------------------------------------------

/** What people write between two numbers; a blank alone stands inside of one, too. */
const BETWEEN = /\s*(?:[/;,|&、，；／\n]|\bor\b|\boder\b|或者?)\s*/i
/** A number that stands by itself has so many digits; beside a blank alone, so many. */
const [BY_ITSELF, BY_BLANK] = [7, 9]

/** The numbers of a cell that holds several, such as `13812345678/13912345678`; else the cell as it is. */
export function numbersIn(value: string): readonly string[] {
  const hold = (parts: readonly string[], digits: number) =>
    parts.length > 1 && parts.every((part) => part.replace(/\D/g, '').length >= digits)
  const parts = value.split(BETWEEN).filter((part) => part !== '')
  if (hold(parts, BY_ITSELF)) return parts
  const words = value.trim().split(/\s+/)
  return hold(words, BY_BLANK) ? words : [value]
}

/** The last digits of a second number, which begins as the first does: `010-62345678/79`. */
const SHORT_SECOND = /^(.*\d{5})\s*[/／]\s*\d{1,4}$/

/** Two numbers or more, each of which exists, where the whole is none. */
export function areSeveralPhones(value: string, country?: string): boolean {
  const first = SHORT_SECOND.exec(value)?.[1]
  if (first !== undefined) return readPhone(first, country) !== undefined
  const numbers = numbersIn(value)
  return numbers.length > 1 && numbers.every((each) => readPhone(each, country) !== undefined)
}

// By the library -------------------------------------------------------------------------------

/** What follows a number as its extension where the library does not see one: `-801`, `转801`. */
const EXTENSION = /^(.*\d)\s*(?:[-–]|转|轉|分机|#)\s*(\d{1,6})$/

/** No switchboard has extensions of more digits: what follows is another number. */
const LONGEST_EXTENSION = 7

/** The answer of the library alone: the measure of what is read faster. */
export function numberByLibrary(number: string, country?: string): Phone | undefined {
  const whole = parsed(number, country)
  if (whole) return whole
  const match = EXTENSION.exec(number)
  const main = match ? parsed(match[1] as string, country) : undefined
  return main && !main.extension ? { e164: main.e164, extension: match?.[2] as string } : undefined
}

function parsed(number: string, country: string | undefined): Phone | undefined {
  const defaultCountry = countryCodeOf(country)
  const found = parsePhoneNumberFromString(number, {
    extract: false,
    ...(defaultCountry ? { defaultCountry } : {}),
  })
  if (!found?.isValid() || (found.ext?.length ?? 0) > LONGEST_EXTENSION) return undefined
  return found.ext ? { e164: found.number, extension: found.ext } : { e164: found.number }
}

// By patterns ----------------------------------------------------------------------------------

/** The plan of a country as patterns, each compiled once: most numbers are told to be valid by two of them. */
interface Plan {
  readonly code: string
  readonly national: RegExp
  readonly types: RegExp
  /** What is dialled before a national number. */
  readonly trunk: RegExp | undefined
  /** What is dialled before the code of another country. */
  readonly abroad: RegExp | undefined
  /** National numbers that are valid as they stand. */
  readonly plain: RegExp | undefined
}

/** What the library knows of a country and its types do not tell. */
interface NumberingPlan {
  callingCode(): string
  nationalNumberPattern(): string
  nationalPrefix(): string | undefined
  nationalPrefixForParsing(): string | undefined
  IDDPrefix(): string | undefined
  types(): readonly unknown[] | undefined
  type(type: string): { pattern(): string } | undefined
}

const TYPES = [
  ...['FIXED_LINE', 'MOBILE', 'TOLL_FREE', 'PREMIUM_RATE', 'PERSONAL_NUMBER', 'VOICEMAIL', 'UAN', 'PAGER'],
  ...['VOIP', 'SHARED_COST'],
]
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`)
const start = (pattern: string | undefined): RegExp | undefined =>
  pattern ? new RegExp(`^(?:${pattern})`) : undefined

const patternsOf = (plan: NumberingPlan, types: readonly string[]): string[] =>
  types.flatMap((type) => plan.type(type)?.pattern() ?? [])

const plans = new Map<CountryCode, Plan>()

function planOf(country: CountryCode): Plan {
  const known = plans.get(country)
  if (known) return known
  const metadata = new Metadata()
  metadata.selectNumberingPlan(country)
  const plan = metadata.numberingPlan as unknown as NumberingPlan
  const patterns = patternsOf(plan, TYPES)
  const plain = PLAIN[country] && patternsOf(plan, PLAIN[country])
  const compiled = {
    code: plan.callingCode(),
    national: whole(plan.nationalNumberPattern()),
    types: whole(patterns.join('|') || '(?!)'),
    trunk: start(plan.nationalPrefixForParsing()),
    abroad: start(plan.IDDPrefix()),
    plain: plain && whole(plain.join('|')),
  }
  plans.set(country, compiled)
  return compiled
}

/** The first among those that share a code. */
const MAIN = ['US', 'GB', 'RU', 'IT', 'AU', 'NO', 'FI', 'MA', 'GP', 'RE', 'CW', 'SH'] as const
let mainCountries: ReadonlyMap<string, CountryCode> | undefined

/** The country of a calling code; of several the one whose plan they share. */
function mainCountryOf(code: string): CountryCode | undefined {
  mainCountries ??= new Map([
    ...getCountries().map((country) => [getCountryCallingCode(country) as string, country] as const),
    ...MAIN.map((country) => [getCountryCallingCode(country) as string, country] as const),
  ])
  return mainCountries.get(code)
}

/** A plainly written number that the patterns tell to be valid; undefined where the library has to be asked. */
export function plainNumber(number: string, country?: string): Phone | undefined {
  if (!/^\+?\(?\d[\d ().-]*$/.test(number)) return undefined
  const digits = number.replace(/\D/g, '')
  if (number.startsWith('+')) return abroad(digits)
  const code = countryCodeOf(country)
  return code === undefined ? undefined : atHome(digits, planOf(code))
}

/** Most numbers of a country with such a pattern are told by it alone. */
function plainAtHome(digits: string, country: string | undefined): Phone | undefined {
  const e164 = plainReader(country)(digits)
  return e164 === undefined ? undefined : { e164 }
}

const plainReaders = new Map<string | undefined, (digits: string) => string | undefined>()

/** Reads the numbers of a country that are valid as they stand, as E.164; undefined for any other text. */
export function plainReader(country: string | undefined): (digits: string) => string | undefined {
  const known = plainReaders.get(country)
  if (known) return known
  const code = countryCodeOf(country)
  const plan = code !== undefined && code in PLAIN ? planOf(code) : undefined
  const prefix = `+${plan?.code}`
  // The patterns of some countries let the empty text through.
  const read = (digits: string) => (digits !== '' && plan?.plain?.test(digits) ? prefix + digits : undefined)
  plainReaders.set(country, read)
  return read
}

function abroad(digits: string): Phone | undefined {
  for (const length of [1, 2, 3]) {
    const country = mainCountryOf(digits.slice(0, length))
    if (country === undefined) continue
    const plan = planOf(country)
    const national = digits.slice(length)
    return plan.trunk?.test(national) ? undefined : numbered(national, plan)
  }
  return undefined
}

function atHome(digits: string, plan: Plan): Phone | undefined {
  if (plan.plain?.test(digits)) return { e164: `+${plan.code}${digits}` }
  if (plan.abroad?.test(digits)) return undefined
  const trunk = plan.trunk?.exec(digits)
  if (!trunk && digits.startsWith(plan.code)) return undefined
  if (!trunk) return numbered(digits, plan)
  if (trunk.length > 1 && trunk.slice(1).some((group) => group !== undefined)) return undefined
  return plan.national.test(digits) ? undefined : numbered(digits.slice(trunk[0].length), plan)
}

function numbered(national: string, { code, national: general, types }: Plan): Phone | undefined {
  return general.test(national) && types.test(national) ? { e164: `+${code}${national}` } : undefined
}

/** Countries whose plain numbers begin with nothing that is dialled before a number. */
const PLAIN: Readonly<Record<string, readonly string[]>> = { CN: ['MOBILE'], US: TYPES, CA: TYPES }

/** A pattern of numbers that are valid as they stand, for an engine that has many of them to look through. */
export function plainPattern(country: string): string | undefined {
  const types = PLAIN[country]
  const code = countryCodeOf(country)
  if (!types || !code) return undefined
  const metadata = new Metadata()
  metadata.selectNumberingPlan(code)
  const plan = metadata.numberingPlan as unknown as NumberingPlan
  return `(?:\\+${plan.callingCode()})?(?:${patternsOf(plan, types).join('|')})`
}

/** What an engine has to know of the plan in which a column is dialled, as patterns of digits. */
export interface Dialling {
  /** `86` of China. */
  readonly code: string
  /** What is dialled before a national number within the country; the empty text where nothing is. */
  readonly trunk: string
  readonly national: string
  /** National numbers that are told without what is dialled before them. */
  readonly bare: string
  /** National numbers that are written with nothing before them; undefined: all. */
  readonly plain: string | undefined
}

/** The plan of a country, and how the numbers of a column are written in it; `like`: some of them. */
export function diallingOf(country: string, like: readonly string[]): Dialling | undefined {
  const code = countryCodeOf(country)
  if (code === undefined) return undefined
  const metadata = new Metadata()
  metadata.selectNumberingPlan(code)
  const plan = metadata.numberingPlan as unknown as NumberingPlan
  const trunk = plan.nationalPrefix() ?? ''
  const national = `(?:${plan.nationalNumberPattern()})`
  const types = `(?:${patternsOf(plan, PLAIN[country] ?? []).join('|') || NEVER})`
  const numbers = like.flatMap((text) => readPhone(text, country)?.e164 ?? [])
  const isWritten = shareOf(numbers, (e164) => isWrittenWith(trunk, e164)) > 0
  // Nearly any ten digits are a Chinese number without its zero.
  const bare = country === 'CN' ? `(?:${types}|[48]00[0-9]{7})` : national
  return { code: plan.callingCode(), trunk, national, bare, plain: isWritten ? types : undefined }
}

/** A pattern of nothing, for engines that know no lookahead. */
const NEVER = '[^0-9]'

function isWrittenWith(trunk: string, e164: string): boolean {
  const phone = parsePhoneNumberFromString(e164)
  if (phone === undefined || trunk === '' || WITHOUT_ZERO.has(phone.country ?? '')) return false
  return phone.formatNational().replace(/\D/g, '') === `${trunk}${phone.nationalNumber}`
}

// The country of a column ----------------------------------------------------------------------

/** Tried where the numbers themselves name no country; the earlier one among equals. */
const CANDIDATES = [
  ...['CN', 'US', 'GB', 'DE', 'FR', 'AU', 'JP', 'IN', 'BR', 'ES', 'IT', 'NL', 'SE', 'CH', 'AT', 'BE', 'PL'],
  ...['NZ', 'IE', 'ZA', 'MX', 'KR', 'SG', 'HK', 'TW', 'MY', 'TH', 'ID', 'PH', 'VN', 'TR', 'RU', 'UA', 'AE'],
] as const
const CN_MOBILE = /^(?:\+?86|0086)?1[3-9]\d{9}$/
/** So many values tell it. */
const ENOUGH = 500

export interface CountryFound {
  readonly country: string
  /** Share of the numbers that are valid there. */
  readonly share: number
}

/**
 * The country in which the numbers of a column without a country code are dialled; undefined where two fit about
 * as well. `likely`: what else is known, such as the country of the addresses, decides between these.
 */
export function countryOf(seen: readonly Seen[], likely?: string): CountryFound | undefined {
  const numbers = seen
    .flatMap(({ value }) => numbersIn(value).map(bareNumber))
    .filter((number) => number.replace(/\D/g, '').length > 6)
    .slice(0, ENOUGH)
  if (numbers.length === 0) return undefined
  const local = numbers.filter((number) => !number.startsWith('+'))
  const named = local.length === 0 ? mostFrequent(numbers) : mobilesOfChina(local)
  if (named) return named.share < 0.5 ? undefined : named
  const codes = new Set(numbers.map(byCode).filter((country) => country !== undefined))
  return byPlan(local, likely, codes)
}

const byCode = (number: string): string | undefined => {
  const found = number.startsWith('+') ? parsePhoneNumberFromString(number, { extract: false }) : undefined
  return found?.isValid() ? mainCountryOf(found.countryCallingCode) : undefined
}

function mostFrequent(numbers: readonly string[]): CountryFound {
  const found = numbers.map(byCode)
  const shares = [...new Set(found)].map((country = '') => ({
    country,
    share: country === '' ? 0 : found.filter((one) => one === country).length / numbers.length,
  }))
  return shares.reduce((best, each) => (each.share > best.share ? each : best))
}

/** Eleven digits of a Chinese mobile are rarely anything else: a whole column of them never is. */
function mobilesOfChina(local: readonly string[]): CountryFound | undefined {
  const mobiles = local.filter((number) => CN_MOBILE.test(number.replace(/[ -]/g, ''))).length
  return mobiles < local.length * 0.6 ? undefined : { country: 'CN', share: mobiles / local.length }
}

/** So much likelier than the second, in natural logarithms for each number. */
const CLEAR = 0.11
/** Such is the weight of what else is known. */
const FAVOUR = 1.2 * CLEAR
/** A plan in which fewer numbers are valid is not that of the column. */
const FITS = 0.5
/** The share of numbers that are mistaken in a column. */
const MISTAKEN = 0.1
/** Of equally fitting plans the one whose way of writing in groups is followed so much more often. */
const CLEARLY_WRITTEN = 0.2
/** A zero in front is allowed there, and seldom written. */
const WITHOUT_ZERO = new Set<string>(['IN'])

/** Who dials it within its country writes a zero in front. */
export function isDialledWithZero(e164: string): boolean {
  const phone = parsePhoneNumberFromString(e164)
  return phone !== undefined && !WITHOUT_ZERO.has(phone.country ?? '') && /^\D?0/.test(phone.formatNational())
}

/** So few digits are dialled within one town: any plan of loose rules would take them for its own. */
const isWithoutArea = (number: string): boolean =>
  number.replace(/\D/g, '').length < 8 && !/^\(?0/.test(number)

function byPlan(
  local: readonly string[],
  likely: string | undefined,
  codes: ReadonlySet<string>,
): CountryFound | undefined {
  const zeros = local.filter((number) => /^\(?0/.test(number)).length > local.length / 2
  const named = [...(likely && countryCodeOf(likely) ? [likely] : []), ...codes]
  const candidates = new Set(shareOf(local, isWithoutArea) > 0.5 ? named : [...named, ...CANDIDATES])
  const chance = Array.from({ length: CHANCES }, (_, i) => chanceNumber(local[i % local.length] ?? '', i))
  const shares = [...candidates].map((country) => {
    const favour =
      (country === likely ? 2 : codes.has(country) ? 1 : 0) - Number(zeros && WITHOUT_ZERO.has(country))
    const share = shareOf(local, (number) => readPhone(number, country) !== undefined)
    // What else is known says that its plan is no chance.
    const allowed =
      share < FITS || country === likely
        ? 0
        : shareOf(chance, (one) => plainNumber(one, country) !== undefined)
    return { country, share, score: likelihood(share, allowed) + favour * FAVOUR }
  })
  if (shares.length === 0) return undefined
  const best = Math.max(...shares.map(({ score }) => score))
  const fitting = shares.filter(({ share }) => share >= FITS)
  const equals = fitting.filter(({ score }) => score >= best - CLEAR)
  const only = equals.length > 1 ? bestWritten(local, equals) : equals[0]
  const found = only && (plainlyWritten(local, fitting, only) ?? only)
  return found && { country: found.country, share: found.share }
}

/** So many numbers tell how many a plan allows. */
const CHANCES = 100
/** A plan that allows no more is not loose; one that allows more may yet refuse some. */
const [STRICT, LOOSEST] = [0.5, 0.99]

/**
 * How much likelier a number of the column is under a plan than by chance, in natural logarithms: nearly any digits
 * are a German number, and that all are valid there says little where most are valid in a plan that allows few.
 */
function likelihood(share: number, byChance: number): number {
  const allowed = Math.min(Math.max(byChance, STRICT), LOOSEST)
  return share * Math.log((1 - MISTAKEN) / allowed) + (1 - share) * Math.log(MISTAKEN / (1 - allowed))
}

/** A number that is written as this one, with other digits behind its zeros. */
function chanceNumber(number: string, place: number): string {
  // Knuth's multiplier keeps the first digits of neighbours apart.
  let state = Math.imul(place + 1, 0x9e3779b1) >>> 0
  let isFirst = true
  return number.replace(/\d/g, (digit) => {
    if (isFirst && digit === '0') return digit
    // Numerical Recipes' generator: the same digits every time.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const drawn = Math.floor((state / 2 ** 32) * (isFirst ? 9 : 10)) + Number(isFirst)
    isFirst = false
    return String(drawn)
  })
}

function bestWritten(local: readonly string[], equals: readonly CountryFound[]): CountryFound | undefined {
  const written = equals
    .map((found) => ({ found, share: shareOf(local, (number) => isGroupedAs(number, found.country)) }))
    .sort((a, b) => b.share - a.share)
  const [best, second] = written
  return best && best.share - (second?.share ?? 0) > CLEARLY_WRITTEN ? best.found : undefined
}

/** So many of the first numbers tell how all are written. */
const WRITTEN = 100
/** Three groups are usual in many countries. */
const GROUPS = 4

/**
 * The plan whose many groups most numbers are written in, where those of the likeliest are seldom seen: a loose plan
 * takes the mobile numbers of France for its own, but nobody there writes them in pairs.
 */
function plainlyWritten(
  local: readonly string[],
  fitting: readonly CountryFound[],
  likeliest: CountryFound,
): CountryFound | undefined {
  const first = local.slice(0, WRITTEN)
  const grouped = first.filter((number) => (number.match(/\d+/g)?.length ?? 0) >= GROUPS)
  if (grouped.length <= first.length / 2) return undefined
  const written = ({ country }: CountryFound) =>
    grouped.filter((number) => isGroupedAs(number, country)).length / first.length
  if (written(likeliest) > CLEARLY_WRITTEN) return undefined
  const ways = fitting.filter((found) => written(found) > 0.5)
  return ways.length === 1 ? ways[0] : undefined
}

/** Is the number in groups, and in those that are usual in the country? */
function isGroupedAs(number: string, country: string): boolean {
  const defaultCountry = countryCodeOf(country)
  if (!defaultCountry || /^\d+$/.test(number)) return false
  const usual = parsePhoneNumberFromString(number, { extract: false, defaultCountry })?.formatNational()
  return usual?.match(/\d+/g)?.join() === number.match(/\d+/g)?.join()
}

const shareOf = (numbers: readonly string[], test: (number: string) => boolean): number =>
  numbers.filter(test).length / numbers.length
