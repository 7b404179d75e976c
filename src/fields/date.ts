/**
 * Cells that hold a day. The calendar day is taken as it is written, whatever time or zone follows.
 * Which part of 03/04/2024 is the day is decided for the column: from all its values, or by the user.
 */
import { formatDay, parseDay } from '../core/days.ts'
import { join, type Sql, sql } from '../core/sql.ts'
import {
  type DateOrder,
  daySqlOf,
  type FormName,
  formNames,
  isCounted,
  orderOf,
  type Reading,
  readAs,
  type Tail,
} from './dateforms.ts'
import { examplesOf, firstOf, type Seen, weightOf } from './seen.ts'
import { isBlank, plainText, withPlain } from './text.ts'

export type { DateOrder } from './dateforms.ts'

export const dateOrderNames: Readonly<Record<DateOrder, string>> = {
  ymd: 'year-month-day',
  dmy: 'day-month-year',
  mdy: 'month-day-year',
}

/** `iso` is what the engine's own cast reads, several times faster than a pattern. */
export type DateForm = 'iso' | FormName

/** How the cells of a column are to be read. */
export interface DateReading {
  /** Tried in this order. */
  readonly forms: readonly DateForm[]
  /** What follows the dates. */
  readonly tail: Tail
  /** No value has anything around it, or characters that stand for plain ones. */
  readonly tidy: boolean
  readonly hasTime: boolean
}

export interface DateStyle extends DateReading {
  /** Share of the non-blank values that it reads. */
  readonly share: number
  /** Undefined: the values do not decide between two orders. */
  readonly order: DateOrder | undefined
  /** A value that only this order reads. */
  readonly proof?: Seen
  /** No value decides it, but all together do: read another way they fall on few days of many years. */
  readonly bySpread?: true
  /** Two values that no order reads both. */
  readonly contradiction?: readonly [Seen, Seen]
  /** A value that reads both ways, when nothing decides. */
  readonly ambiguous?: Seen
  /** The order in which the days go up or down most evenly by line: a hint, no proof. */
  readonly sorted?: DateOrder
  readonly unread: readonly Seen[]
  readonly hasOffset: boolean
  /** Nothing but ISO dates and times that the engine's own cast reads. */
  readonly iso: boolean
  /** The days are counted by numbers, which might as well count something else. */
  readonly counted: boolean
}

// ISO, which the engine's cast reads -----------------------------------------------------------

/** The very texts that the shapes of `isoShaped` and the cast let through. */
const ISO = /^([1-9]\d{3})([-/])(\d\d)\2(\d\d)$/
const ISO_TIME =
  /^([1-9]\d{3})(-)(\d\d)-(\d\d)[ T](?!24)(?:[01]\d|2[0-3]|[ \t\n\v\f\r]\d):[0-5]\d:(?:[0-5]\d|\d[ .Z])$/

function readIso(value: string): Reading | undefined {
  const time = value.length > 10
  const match = (time ? ISO_TIME : ISO).exec(value)
  const day = match ? parseDay(`${match[1]}-${match[3]}-${match[4]}`) : undefined
  if (day === undefined) return undefined
  return { form: 'year-first -', day, tail: 'none', hasTime: time, hasOffset: false }
}

/** A cast alone would take 24:00:00 for the next day, and years before 1000. What is likely comes first. */
function isoSql(text: Sql, hasTime: boolean): Sql {
  const days = sql`${text} like '____-__-__'`
  const times = sql`(${text} like '____-__-__ __:__:__' or ${text} like '____-__-__T__:__:__')
    and not suffix(${text}, '24:00:00')`
  return sql`case when ${text} >= '1' and ${text} < ':'
      and (${join(hasTime ? [times, days] : [days, times], ' or ')} or ${text} like '____/__/__')
    then cast(try_cast(${text} as timestamp) as date) end`
}

// Deciding -------------------------------------------------------------------------------------

/** A value of the column with everything that it may mean. */
interface Weighed {
  readonly seen: Seen
  readonly iso: boolean
  readonly readings: readonly Reading[]
}

function weighed(seen: Seen): Weighed {
  const iso = readIso(seen.value)
  if (iso) return { seen, iso: true, readings: [iso] }
  const text = plainText(seen.value)
  const readings = /\d/.test(text) ? formNames.flatMap((form) => readAs(form, text, 'any') ?? []) : []
  return { seen, iso: false, readings }
}

const readingIn = ({ readings }: Weighed, order: DateOrder | undefined): Reading | undefined =>
  readings.find(({ form }) => orderOf(form) === undefined || orderOf(form) === order)

const weight = (values: readonly Weighed[]): number => weightOf(values.map(({ seen }) => seen))

/** How the dates of a column are written; what the user says of their order decides where it is given. */
export function dateStyle(seen: readonly Seen[], given?: DateOrder): DateStyle {
  const present = seen.filter(({ value }) => !isBlank(value)).map(weighed)
  const values = withoutStrayNumbers(present)
  const { order, rivals, ...found } = orderFrom(values, given)
  const read = values.filter((value) => readingIn(value, order))
  const readings = read.flatMap((value) => readingIn(value, order) ?? [])
  const readable =
    order === undefined ? values.filter((value) => rivals.some((each) => readingIn(value, each))) : read
  const unread = values.filter((value) => !readable.includes(value))
  return {
    share: present.length === 0 ? 0 : weight(readable) / weight(present),
    order,
    ...found,
    ...(rivals.length > 1 ? hintOf(values, rivals) : {}),
    unread: examplesOf(unread.map((value) => value.seen)),
    forms: formsOf(read, order),
    tail: longestTail(readings),
    tidy: read.every(({ iso, seen: { value } }) => iso || value === plainText(value)),
    hasTime: readings.some((reading) => reading.hasTime),
    hasOffset: readings.some((reading) => reading.hasOffset),
    iso: present.length > 0 && present.every((value) => value.iso),
    counted: readings.some(({ form }) => isCounted(form)),
  }
}

/** Can so much of these values be dates at all? It looks no further once it is plain that it cannot. */
export function mayBeDates(values: readonly Seen[], share: number): boolean {
  const total = weightOf(values)
  let readable = total
  for (const seen of values) {
    if (readable / total < share) return false
    if (weighed(seen).readings.length === 0) readable -= seen.count
  }
  return readable / total >= share
}

/** Numbers are days only where at least every second value of the column is such a number. */
function withoutStrayNumbers(values: readonly Weighed[]): Weighed[] {
  const total = weight(values)
  const usual = formNames.filter(
    (form) =>
      isCounted(form) &&
      2 * weight(values.filter(({ readings }) => readings.some((each) => each.form === form))) >= total,
  )
  return values.map((value) => ({
    ...value,
    readings: value.readings.filter(({ form }) => !isCounted(form) || usual.includes(form)),
  }))
}

function formsOf(values: readonly Weighed[], order: DateOrder | undefined): DateForm[] {
  const counts = new Map<DateForm, number>()
  for (const value of values) {
    const form = value.iso ? 'iso' : readingIn(value, order)?.form
    if (form) counts.set(form, (counts.get(form) ?? 0) + value.seen.count)
  }
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([form]) => form)
  return [...byCount.filter((form) => form === 'iso'), ...byCount.filter((form) => form !== 'iso')]
}

function longestTail(readings: readonly Reading[]): Tail {
  if (readings.some(({ tail }) => tail === 'any')) return 'any'
  return readings.some(({ tail }) => tail === 'clock') ? 'clock' : 'none'
}

// The order of the parts -----------------------------------------------------------------------

const orders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy']

interface OrderFound {
  readonly order: DateOrder | undefined
  /** The orders between which nothing decides. */
  readonly rivals: readonly DateOrder[]
  readonly proof?: Seen
  readonly bySpread?: true
  readonly contradiction?: readonly [Seen, Seen]
  readonly ambiguous?: Seen
}

/** A date that says its order itself proves nothing about the others. */
function orderFrom(values: readonly Weighed[], given: DateOrder | undefined): OrderFound {
  const open = values.filter(
    ({ readings }) => readings.length > 0 && readings.every(({ form }) => orderOf(form) !== undefined),
  )
  if (open.length === 0) return { order: given ?? 'ymd', rivals: [] }
  const weights = orders.map((order) => weight(open.filter((value) => readingIn(value, order))))
  const best = orders.filter((_, i) => weights[i] === Math.max(...weights))
  const contradiction = contradictionIn(open)
  const contradicted = contradiction ? { contradiction } : {}
  if (given) return { order: given, rivals: [], ...contradicted }
  const [order] = best
  if (order === undefined || best.length > 1) {
    const spread = contradiction ? undefined : orderBySpread(open, best)
    if (spread) return { order: spread, rivals: [], bySpread: true }
    const ambiguous = firstOf(
      open.filter((value) => best.every((each) => readingIn(value, each))).map(({ seen }) => seen),
    )
    return { order: undefined, rivals: best, ...contradicted, ...(ambiguous ? { ambiguous } : {}) }
  }
  const proof = proofOf(
    open,
    order,
    orders.filter((_, i) => weights[i] === secondLargest(weights)),
  )
  return { order, rivals: [], ...contradicted, ...(proof ? { proof } : {}) }
}

/**
 * Of 18.05.23 and its like the order in which days fill the months of few years: read the other way round such dates
 * fall on a few days of three decades. Undefined where they are too few to show it.
 */
function orderBySpread(values: readonly Weighed[], rivals: readonly DateOrder[]): DateOrder | undefined {
  const [order, ...others] = rivals.filter((each) =>
    fillMonths(values.flatMap((value) => readingIn(value, each)?.day ?? [])),
  )
  return others.length === 0 ? order : undefined
}

/** So many days of the month, so many times the years, and some of them at its beginning and at its end. */
const [FEWEST_DAYS, DAYS_PER_YEAR] = [8, 4]
const [BEGINNING, END] = [7, 25]

function fillMonths(dayNumbers: readonly number[]): boolean {
  const [years, days] = [new Set<number>(), new Set<number>()]
  for (const number of dayNumbers) {
    const [year, , day] = formatDay(number).split('-').map(Number) as [number, number, number]
    years.add(year % 100)
    days.add(day)
  }
  if (days.size < Math.max(FEWEST_DAYS, DAYS_PER_YEAR * years.size)) return false
  // Who knows no more than a year writes 01/01/95.
  if (years.size === 1 && years.has(1)) return false
  return Math.min(...days) <= BEGINNING && Math.max(...days) >= END
}

const secondLargest = (weights: readonly number[]): number | undefined =>
  [...weights].sort((a, b) => b - a)[1]

/** A value that no other order reads; else, where values exclude the others only together, one of these. */
function proofOf(
  values: readonly Weighed[],
  order: DateOrder,
  nearest: readonly DateOrder[],
): Seen | undefined {
  const without = (others: readonly DateOrder[]) =>
    firstOf(
      values
        .filter((value) => readingIn(value, order) && others.every((other) => !readingIn(value, other)))
        .map(({ seen }) => seen),
    )
  return without(orders.filter((other) => other !== order)) ?? without(nearest.slice(0, 1))
}

/** The first two values, by line, that have no order in common. */
function contradictionIn(values: readonly Weighed[]): readonly [Seen, Seen] | undefined {
  const firsts = new Map<string, Seen>()
  for (const value of values) {
    const key = orders.filter((order) => readingIn(value, order)).join()
    const known = firsts.get(key)
    firsts.set(key, known && known.line < value.seen.line ? known : value.seen)
  }
  const kinds = [...firsts].sort((a, b) => a[1].line - b[1].line)
  for (const [orders2, second] of kinds) {
    const rival = kinds.find(
      ([orders1]) => !orders1.split(',').some((order) => orders2.split(',').includes(order)),
    )
    if (rival) return rival[1].line < second.line ? [rival[1], second] : [second, rival[1]]
  }
  return undefined
}

/** Exports are mostly written in the order of time: the right reading goes steadily up, or down. */
function hintOf(values: readonly Weighed[], rivals: readonly DateOrder[]): { sorted?: DateOrder } {
  const byLine = [...values].sort((a, b) => a.seen.line - b.seen.line)
  const steady = rivals.map((order) => {
    const days = byLine.flatMap((value) => readingIn(value, order)?.day ?? [])
    const steps = days.slice(1).map((day, i) => Math.sign(day - (days[i] as number)))
    return Math.abs(steps.reduce((total, step) => total + step, 0))
  })
  const most = Math.max(...steady)
  const [sorted, ...others] = rivals.filter((_, i) => steady[i] === most)
  return sorted !== undefined && others.length === 0 ? { sorted } : {}
}

// Reading --------------------------------------------------------------------------------------

/** Is this a date, whatever the order of its parts? A bare number is none. */
export function isDate(value: string): boolean {
  return weighed({ value, count: 1, line: 1 }).readings.some(({ form }) => !isCounted(form))
}

/** A value as a day number. */
export function readDay(value: string, { forms, tail, tidy }: DateReading): number | undefined {
  const iso = forms.includes('iso') ? readIso(value) : undefined
  if (iso) return iso.day
  const text = tidy ? value : plainText(value)
  for (const form of forms) {
    const day = form === 'iso' ? undefined : readAs(form, text, tail)?.day
    if (day !== undefined) return day
  }
  return undefined
}

/** The day of a text column; NULL when it is not a date in one of the forms. */
export function daySql(text: Sql, { forms, tail, tidy, hasTime }: DateReading): Sql {
  const patterns = forms.filter((form) => form !== 'iso')
  const cast = forms.includes('iso') ? isoSql(text, hasTime) : undefined
  if (patterns.length === 0) return cast ?? sql`cast(null as date)`
  const matched = tidy
    ? daySqlOf(patterns, text, tail)
    : withPlain(text, (value) => daySqlOf(patterns, value, tail))
  return cast ? sql`coalesce(${cast}, ${matched})` : matched
}

/**
 * The day of a column that is believed to hold nothing but ISO dates: anything else that is not blank is
 * `otherwise`, which may raise an error.
 */
export function strictDaySql(text: Sql, { hasTime }: Pick<DateReading, 'hasTime'>, otherwise: Sql): Sql {
  return sql`coalesce(${isoSql(text, hasTime)}, case when ${text} <> '' then ${otherwise} end)`
}

const stragglers: readonly DateForm[] = ['year-first -', 'year-first /', 'year-first .', 'chinese', 'compact']

/** The same for a column of which only some values were seen: also the usual forms that others may have. */
export function withStragglers(style: DateStyle): DateReading {
  const own = (['-', '/', '.'] as const).map((separator): DateForm | undefined =>
    style.order === 'dmy'
      ? `day-first ${separator}`
      : style.order === 'mdy'
        ? `month-first ${separator}`
        : undefined,
  )
  const usual = [...own.flatMap((form) => form ?? []), 'iso' as const, ...stragglers]
  const forms = [...new Set([...style.forms, ...usual])]
  return { forms, tail: 'any', tidy: false, hasTime: style.hasTime }
}
