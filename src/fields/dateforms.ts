/**
 * The ways in which a day is written. One pattern a form, read alike here and by the engine: its named groups
 * are year, month and day (y, m, d), or a number (n) that counts from some day on.
 */
import { parseDay } from '../core/days.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import { withValue } from './text.ts'

export type DateOrder = 'ymd' | 'dmy' | 'mdy'

/** What may follow the date: nothing, a plain clock time, or all that systems are known to write. */
export type Tail = 'none' | 'clock' | 'any'

interface Form {
  readonly pattern: (tail: string) => string
  /**
   * Found in every text of this form. A pattern with all its tails takes a millisecond to compile: it is not even
   * tried for a text that cannot be one.
   */
  readonly needs?: RegExp
  /** The order in which this form is read; none: it says its order itself. */
  readonly order?: DateOrder
  /** The number counts these from some day on. */
  readonly counts?: Counting
  /** The years count from another one: this year is their year 0. */
  readonly year0?: number
}

interface Counting {
  readonly perDay: number
  /** The day number that zero stands for. */
  readonly origin: number
  /** The numbers that are taken for dates: from, and below. */
  readonly from: number
  readonly below: number
}

// What follows a date --------------------------------------------------------------------------

const HOUR = '(?:[01]?[0-9]|2[0-4])'
const SECONDS = '(?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?'
const CLOCK = `${HOUR}:[0-5][0-9]${SECONDS}(?: ?[ap]\\.?m\\.?)?`
const CHINESE_CLOCK = `${HOUR} ?[时時点點](?: ?[0-5]?[0-9] ?分?(?: ?[0-5]?[0-9] ?秒)?)?`
const DAYTIME = '(?:上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후|[ap]\\.?m\\.?)'
const WEEKDAY = '\\(?(?:星期|周|週|礼拜)[一二三四五六日天]\\)?'
const ZONE_NAMES = 'utc|gmt|z|[ecmp][sd]t|bst|cet|cest|eet|eest|wet|west|msk|ist|jst|kst|hkt|sgt|ae[sd]t'
const ZONE = `(?: ?(?:(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-5][0-9])?|${ZONE_NAMES})(?: \\([^()]*\\))?)`

const tails: Readonly<Record<Tail, string>> = {
  none: '',
  clock: `(?:(?:,? +|t)(?<t>${CLOCK}))?`,
  any: `(?:,? *(?<w>${WEEKDAY}))?(?:(?:,? +(?<a>at +)?(?:(?<p>${DAYTIME}) ?)?|t)(?<t>${CLOCK}|${CHINESE_CLOCK})(?<z>${ZONE})?)?`,
}
/** After 日 no space is needed. */
const CHINESE_TAIL = `(?: *(?<w>${WEEKDAY}))?(?:(?:,? *(?:(?<p>${DAYTIME}) ?)?|t)(?<t>${CLOCK}|${CHINESE_CLOCK})(?<z>${ZONE})?)?`

// Dates of numbers -----------------------------------------------------------------------------

const YEAR = '(?<y>[1-9][0-9]{3})'
const ANY_YEAR = '(?<y>[0-9]{2}(?:[0-9]{2})?)'
const MONTH = '(?<m>[0-9]{1,2})'
const DAY = '(?<d>[0-9]{1,2})'

const separators = { '-': ' ?- ?', '/': ' ?/ ?', '.': ' ?\\. ?' } as const
type Separator = keyof typeof separators

/** What stands behind the first of three numbers. */
const threeOf = (separator: Separator): string =>
  `${separators[separator]}[0-9]{1,2}${separators[separator]}[0-9]`

type NumberForm = 'year-first' | 'day-first' | 'month-first' | 'short-year-first'

/** A date has one separator, not two kinds. */
function separated(separator: Separator): Record<`${NumberForm} ${Separator}`, Form> {
  const needs = new RegExp(`^[0-9]{1,4}${threeOf(separator)}`)
  const written = (...parts: string[]) => {
    const date = parts.join(separators[separator])
    return { needs, pattern: (tail: string) => `^${date}${tail}$` }
  }
  return {
    [`year-first ${separator}`]: written(YEAR, MONTH, DAY),
    [`day-first ${separator}`]: { ...written(DAY, MONTH, ANY_YEAR), order: 'dmy' },
    [`month-first ${separator}`]: { ...written(MONTH, DAY, ANY_YEAR), order: 'mdy' },
    [`short-year-first ${separator}`]: { ...written('(?<y>[0-9]{2})', MONTH, DAY), order: 'ymd' },
  } as Record<`${NumberForm} ${Separator}`, Form>
}

const COMPACT_DATE = '(?<y>19[0-9]{2}|20[0-9]{2})(?<m>[0-9]{2})(?<d>[0-9]{2})'
const COMPACT = /^(?:19|20)[0-9]{6}/
const COMPACT_CLOCK = '[ t]?(?<t>[01][0-9][0-5][0-9][0-5][0-9]|2[0-3][0-5][0-9][0-5][0-9])(?:\\.[0-9]{1,9})?'
const CHINESE_DATE = '^(?<y>[0-9]{2}(?:[0-9]{2})?) ?[年년] ?(?<m>[0-9]{1,2}) ?[月월] ?(?<d>[0-9]{1,2})'

/** Years of the Republic, as Taiwan writes them: 113/03/05 and 民國113年3月5日 are 2024-03-05. */
const MINGUO = { year0: 1911 }
const REPUBLIC = '(?:中[華华])?民[國国] ?'
const MINGUO_YEAR = '(?<y>0[1-9][0-9]|1[0-4][0-9])'
/** With a dot or a dash three numbers may be a version or a size: there month and day have two digits. */
const TWO_DIGITS = '(?<m>[0-9]{2})%(?<d>[0-9]{2})'

const minguo = (separator: Separator, rest: string): Form => {
  const date = `${MINGUO_YEAR}%${rest}`.replaceAll('%', separators[separator])
  const needs = new RegExp(`[0-9]{3}${threeOf(separator)}`)
  return { needs, pattern: (tail) => `^(?:${REPUBLIC})?${date}${tail}$`, ...MINGUO }
}

// Dates with the name of the month -------------------------------------------------------------

/** English, German, French and Spanish, whole and cut short. */
const monthWords: readonly string[] = [
  'jan january januar jänner jaenner janvier janv enero ene',
  'feb february februar feber février fevrier févr fevr fév febrero',
  'mar march märz maerz mär mrz mars marzo',
  'apr april avril avr abril abr',
  'may mai mayo',
  'jun june juni juin junio',
  'jul july juli juillet juil julio',
  'aug august août aout agosto ago',
  'sep sept september septembre septiembre setiembre',
  'oct october okt oktober octobre octubre',
  'nov november novembre noviembre',
  'dec december dez dezember décembre decembre déc dic diciembre',
]
const months = new Map(
  monthWords.flatMap((words, i) => words.split(' ').map((word) => [word, i + 1] as const)),
)

const NAME = '(?<m>\\p{L}{3,10})'
const ORDINAL = '(?:st|nd|rd|th|er|\\.|º)?'
const BEGINS_WITH_DAY = /^(?:mon|tue|wed|thu|fri|sat|sun)/i
const BEGINS_WITH_DAY_OR_NUMBER = /^(?:[0-9]|mon|tue|wed|thu|fri|sat|sun)/i
const ENGLISH_DAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? +'

// Dates that are counted -----------------------------------------------------------------------

const SECONDS_PER_DAY = 86_400
const YEAR_2040 = 2_208_988_800

function unixTime(digits: number, perSecond: number): Form {
  const counts = {
    perDay: SECONDS_PER_DAY * perSecond,
    origin: 0,
    from: 10 ** (digits - 1),
    below: YEAR_2040 * perSecond,
  }
  return { pattern: () => `^(?<n>[0-9]{${digits}})(?:\\.(?<f>[0-9]{1,9}))?$`, counts }
}

/** Day 1 of a spreadsheet is 1900-01-01, and it believes in 1900-02-29: its day 25,569 is 1970-01-01. */
const serial: Form = {
  pattern: () => '^(?<n>[2-8][0-9]{4})(?:[.,](?<f>[0-9]{1,15}))?$',
  counts: { perDay: 1, origin: -25_569, from: 20_000, below: 80_001 },
}

// All forms ------------------------------------------------------------------------------------

const forms = {
  ...separated('-'),
  ...separated('/'),
  ...separated('.'),
  chinese: { needs: /[年년]/, pattern: () => `${CHINESE_DATE}(?: ?[日号號일]${CHINESE_TAIL})?$` },
  'minguo /': minguo('/', `${MONTH}%${DAY}`),
  'minguo .': minguo('.', TWO_DIGITS),
  'minguo -': minguo('-', TWO_DIGITS),
  'minguo chinese': {
    needs: /年/,
    pattern: () => `^${MINGUO_YEAR} ?年 ?${MONTH} ?月 ?${DAY}(?: ?[日號号]${CHINESE_TAIL})?$`,
    ...MINGUO,
  },
  'minguo named': {
    needs: /年/,
    pattern: () =>
      `^${REPUBLIC}(?<y>[1-9][0-9]{0,2}) ?年 ?${MONTH} ?月 ?${DAY}(?: ?[日號号]${CHINESE_TAIL})?$`,
    ...MINGUO,
  },
  compact: {
    needs: COMPACT,
    pattern: (tail: string) => `^${COMPACT_DATE}${tail}$`,
  },
  'compact time': {
    needs: COMPACT,
    pattern: () => `^${COMPACT_DATE}${COMPACT_CLOCK}(?<z>${ZONE})?$`,
  },
  'day month-name': {
    needs: BEGINS_WITH_DAY_OR_NUMBER,
    pattern: (tail: string) =>
      `^(?:${ENGLISH_DAY})?${DAY}${ORDINAL}(?: +(?:of|de|del) +| ?[-/.,]? ?)${NAME}\\.?,?(?: +(?:de|del) +| ?[-/]? ?)${ANY_YEAR}${tail}$`,
  },
  'month-name day': {
    needs: /^\p{L}{3}.*[0-9]{2}/u,
    pattern: (tail: string) =>
      `^(?:${ENGLISH_DAY})?${NAME}\\.?(?: ?[-/]? ?)${DAY}${ORDINAL}(?:,? +|,| ?[-/] ?)${ANY_YEAR}${tail}$`,
  },
  'year month-name': {
    needs: /^[0-9]{4}[-/ .]?\p{L}{3}/u,
    pattern: (tail: string) => `^${YEAR}[-/ .]?${NAME}\\.?[-/ .]?${DAY}${tail}$`,
  },
  'year at the end': {
    needs: BEGINS_WITH_DAY,
    pattern: () => `^(?:${ENGLISH_DAY})${NAME} +${DAY} +(?<t>${CLOCK})(?<z>${ZONE})? +${YEAR}$`,
  },
  'unix seconds': unixTime(10, 1),
  'unix milliseconds': unixTime(13, 1e3),
  'unix microseconds': unixTime(16, 1e6),
  serial,
} as const satisfies Record<string, Form>

export type FormName = keyof typeof forms

const formOf = (form: FormName): Form => forms[form]
export const formNames = Object.keys(forms) as FormName[]
export const orderOf = (form: FormName): DateOrder | undefined => formOf(form).order
export const isCounted = (form: FormName): boolean => formOf(form).counts !== undefined
/** Are its years those of the Republic of China? */
export const isMinguo = (form: FormName): boolean => formOf(form).year0 !== undefined

// Reading one value ----------------------------------------------------------------------------

/** A value as one form reads it. */
export interface Reading {
  readonly form: FormName
  readonly day: number
  /** The shortest tail that reads it. */
  readonly tail: Tail
  readonly hasTime: boolean
  readonly hasOffset: boolean
}

const compiled = new Map<string, RegExp>()

function regexpOf(form: FormName, tail: Tail): RegExp {
  const key = `${form}|${tail}`
  const known = compiled.get(key)
  if (known) return known
  const regexp = new RegExp(formOf(form).pattern(tails[tail]), 'iu')
  compiled.set(key, regexp)
  return regexp
}

/** A plain, trimmed text as a day in this form. */
export function readAs(form: FormName, text: string, tail: Tail): Reading | undefined {
  const { counts, needs, year0 } = formOf(form)
  if (needs?.test(text) === false) return undefined
  const groups = regexpOf(form, tail).exec(text)?.groups
  if (!groups) return undefined
  const day = counts ? countedDay(counts, Number(groups['n'])) : writtenDay(groups, year0)
  if (day === undefined) return undefined
  return { form, day, ...timeOf(groups, counts) }
}

/** A day with the time of day and the offset that stand behind it, as they are written. */
export interface Written {
  readonly day: number
  readonly year: string
  readonly clock: string | undefined
  /** Morning or afternoon, beside the clock. */
  readonly half: string | undefined
  readonly zone: string | undefined
  /** Of a number that counts: what it counts in a day, and where in the day it stands. */
  readonly counted: { readonly perDay: number; readonly units: number; readonly fraction: string } | undefined
}

/** A plain, trimmed text with all that it says in this form. */
export function writtenAs(form: FormName, text: string): Written | undefined {
  const groups = regexpOf(form, 'any').exec(text)?.groups
  if (!groups) return undefined
  const { counts, year0 } = formOf(form)
  const [number, fraction = ''] = [Number(groups['n']), groups['f']]
  const day = counts ? countedDay(counts, number) : writtenDay(groups, year0)
  if (day === undefined) return undefined
  const { t: clock, p: half, z: zone, y: year = '' } = groups
  const units = counts ? number - Math.floor(number / counts.perDay) * counts.perDay : 0
  return { day, year, clock, half, zone, counted: counts && { perDay: counts.perDay, units, fraction } }
}

function timeOf(
  { t, z, w, p, a, f }: Readonly<Record<string, string | undefined>>,
  counts: Counting | undefined,
): Omit<Reading, 'form' | 'day'> {
  const wordy = [z, w, p, a].some((group) => group !== undefined) || /[时時点點]/.test(t ?? '')
  const tail = wordy ? 'any' : t === undefined ? 'none' : 'clock'
  const hasTime = counts ? counts.perDay > 1 || f !== undefined : t !== undefined
  return { tail, hasTime, hasOffset: z !== undefined }
}

function countedDay({ perDay, origin, from, below }: Counting, count: number): number | undefined {
  return count >= from && count < below ? Math.floor(count / perDay) + origin : undefined
}

function writtenDay(
  { y, m, d }: Readonly<Record<string, string | undefined>>,
  year0: number | undefined,
): number | undefined {
  const month = /^\d/.test(m ?? '') ? Number(m) : months.get((m ?? '').toLowerCase())
  if (month === undefined) return undefined
  const two = (part: string | number | undefined) => String(part).padStart(2, '0')
  const year = year0 === undefined ? wholeYear(y ?? '') : String(year0 + Number(y))
  return year < '1000' ? undefined : parseDay(`${year}-${two(month)}-${two(d)}`)
}

/** Two-digit years follow the POSIX rule moved by one: 70 to 99 are 19xx. */
function wholeYear(year: string): string {
  return year.length === 2 ? (year < '70' ? '20' : '19') + year : year
}

// Reading a column -----------------------------------------------------------------------------

/** The day of a plain, trimmed text in the first form that matches it; NULL when none does. */
export function daySqlOf(all: readonly FormName[], text: Sql, tail: Tail): Sql {
  const [form, ...others] = all
  if (form === undefined) return sql`cast(null as date)`
  const { pattern, groups } = forEngine(formOf(form).pattern(tails[tail]))
  const found = sql`regexp_extract(${text}, ${pattern}, [${join(groups.map((group) => sql`${group}`))}], 'i')`
  return withValue(found, 'part', (part) => {
    const group = (key: string) => sql`${part}.${name(key)}`
    const { counts } = formOf(form)
    const matched = sql`${group(counts ? 'n' : 'd')} <> ''`
    const day = counts ? countedSql(counts, group('n')) : writtenSql(form, group)
    const rest = others.length > 0 ? sql`else ${daySqlOf(others, text, tail)}` : sql``
    return sql`case when ${matched} then ${day} ${rest} end`
  })
}

/** The pattern with numbered groups, only those that a day needs, and their names. */
function forEngine(pattern: string): { pattern: string; groups: string[] } {
  const groups: string[] = []
  const numbered = pattern.replace(/\(\?<(\w)>/g, (_, group: string) => {
    if (!'ymdn'.includes(group)) return '(?:'
    groups.push(group)
    return '('
  })
  return { pattern: numbered, groups }
}

/** `try`, as there are days such as 30 February: the engine then looks for them one by one. */
function writtenSql(form: FormName, group: (key: string) => Sql): Sql {
  const whole = (key: string) => sql`cast(${group(key)} as integer)`
  const year = group('y')
  const century = sql`case when strlen(${year}) = 2 then case when ${year} < '70' then 2000 else 1900 end
    when ${year} >= '1000' then 0 end`
  const { year0 } = formOf(form)
  const fourDigits = form.startsWith('year') || form.startsWith('compact')
  const named = form.includes('month-name') || form === 'year at the end'
  return sql`try(make_date(${fourDigits ? whole('y') : sql`${whole('y')} + ${year0 ?? century}`},
    ${named ? namedSql(group('m')) : whole('m')}, ${whole('d')}))`
}

function namedSql(word: Sql): Sql {
  const words = join([...months.keys()].map((each) => sql`${each}`))
  const numbers = join([...months.values()].map((each) => sql`${each}`))
  return sql`([${numbers}])[list_position([${words}], lower(${word}))]`
}

function countedSql({ perDay, origin, from, below }: Counting, count: Sql): Sql {
  const number = sql`cast(${count} as bigint)`
  return sql`case when ${number} >= ${from} and ${number} < ${below}
    then cast('1970-01-01' as date) + cast(${number} // ${perDay} + ${origin} as integer) end`
}
