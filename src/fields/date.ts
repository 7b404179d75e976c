/**
 * Cells that hold a day. The calendar day is taken as it is written, whatever time or zone follows.
 * Which part of 03/04/2024 is the day is decided for the column: from its values, or by the user.
 */
import { parseDay } from '../core/days.ts'
import { join, type Sql, sql } from '../core/sql.ts'
import { isBlank, plainText, withPlain } from './text.ts'

export type DateOrder = 'ymd' | 'dmy' | 'mdy'

export const dateOrderNames: Readonly<Record<DateOrder, string>> = {
  ymd: 'year-month-day',
  dmy: 'day-month-year',
  mdy: 'month-day-year',
}

export interface DateStyle {
  /** Share of the non-blank values that are dates in some order. */
  readonly share: number
  /** Undefined: two orders read equally many values. */
  readonly order: DateOrder | undefined
  /** A value that only the chosen order reads. */
  readonly proof: string | undefined
  /** A value that is no date, or one that ambiguity is about. */
  readonly example: string | undefined
}

/** How a column's dates are to be read. */
export interface DateReader {
  readonly order: DateOrder | undefined
  /** The sample holds nothing but plain ISO dates and times: the patterns are for stragglers. */
  readonly iso: boolean
  /** The sample is all there is, plain throughout. */
  readonly all?: boolean
}

const CLOCK = '(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?(?: *[AaPp][Mm])?'
const ZONE = '(?: *(?:Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?'
const TIME = `(?:[T ] *${CLOCK}${ZONE})?`

/** One way of writing a date: a pattern with three groups, and where year, month and day are in them. */
interface Form {
  readonly pattern: string
  readonly iso: string
  /** The orders that read this form; undefined: it says its order itself. */
  readonly order?: DateOrder
}

const PARTS = '([0-9]{1,2}) *[-/.] *([0-9]{1,2}) *[-/.] *'

const forms: readonly Form[] = [
  {
    pattern: `^([0-9]{4}) *[-/.年] *([0-9]{1,2}) *[-/.月] *([0-9]{1,2}) *日?${TIME}$`,
    iso: '\\1-\\2-\\3',
  },
  { pattern: `^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{6})?${TIME}$`, iso: '\\1-\\2-\\3' },
  ...yearLast('dmy', '\\2-\\1'),
  ...yearLast('mdy', '\\1-\\2'),
  { pattern: `^([0-6][0-9])[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})${TIME}$`, iso: '20\\1-\\2-\\3', order: 'ymd' },
  { pattern: `^([7-9][0-9])[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})${TIME}$`, iso: '19\\1-\\2-\\3', order: 'ymd' },
]

/** Two-digit years follow the POSIX rule moved by one: 70 to 99 are 19xx. */
function yearLast(order: DateOrder, monthAndDay: string): Form[] {
  return [
    { pattern: `^${PARTS}([0-9]{4})${TIME}$`, iso: `\\3-${monthAndDay}`, order },
    { pattern: `^${PARTS}([0-6][0-9])${TIME}$`, iso: `20\\3-${monthAndDay}`, order },
    { pattern: `^${PARTS}([7-9][0-9])${TIME}$`, iso: `19\\3-${monthAndDay}`, order },
  ]
}

const compiled = forms.map((form) => ({ ...form, regexp: new RegExp(form.pattern) }))

/** A value as a day number, when dates without a four-digit first part are in this order. */
export function readDay(value: string, order: DateOrder | undefined): number | undefined {
  const text = plainText(value)
  for (const form of compiled) {
    if (form.order !== undefined && form.order !== order) continue
    const match = form.regexp.exec(text)
    if (!match) continue
    const iso = form.iso.replace(/\\(\d)/g, (_, group: string) =>
      (match[Number(group)] ?? '').padStart(2, '0'),
    )
    return parseDay(iso)
  }
  return undefined
}

const orders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy']

/** How the dates of a sample are written. */
export function recognise(samples: readonly string[]): DateStyle {
  const values = counted(samples)
  if (values.size > 0 && [...values.keys()].every((value) => parseDay(value) !== undefined)) {
    return { share: 1, order: 'ymd', proof: undefined, example: undefined }
  }
  const total = sum(values.values())
  const readable = new Map(orders.map((order) => [order, countOf(values, order)]))
  const most = Math.max(...readable.values())
  const share = total === 0 ? 0 : most / total
  // What says its order itself needs no proof.
  if (countOf(values, undefined) === most) {
    return { share, order: 'ymd', proof: undefined, example: firstUnread(values, undefined) }
  }
  const [order, ...rivals] = orders.filter((each) => readable.get(each) === most)
  if (order === undefined || rivals.length > 0) {
    return { share, order: undefined, proof: undefined, example: firstUnread(values, undefined) }
  }
  return { share, order, proof: proofOf(values, order), example: firstUnread(values, order) }
}

const ISO_SHAPED = /^(?:.{4}-..-..|.{4}\/..\/..|.{4}-..-.....:..:..)$/s

/** Has every value the shape that the engine's own cast reads? */
export function isIso(samples: readonly string[]): boolean {
  return samples.every((value) => ISO_SHAPED.test(value))
}

const ISO = /^[0-9]{4}([-/])[0-9]{2}\1[0-9]{2}(?: (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])?$/

/** Does the engine's own cast say the last word on every value? */
export function isPlainIso(samples: readonly string[]): boolean {
  return samples.every((value) => ISO.test(value) && (value[4] === '-' || value.length === 10))
}

/** The values that are not blank, and how often each is there. */
function counted(samples: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of samples) if (!isBlank(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0)

function countOf(values: ReadonlyMap<string, number>, order: DateOrder | undefined): number {
  return sum([...values].map(([value, count]) => (readDay(value, order) === undefined ? 0 : count)))
}

function firstUnread(values: ReadonlyMap<string, number>, order: DateOrder | undefined): string | undefined {
  return [...values.keys()].find((value) => readDay(value, order) === undefined)
}

function proofOf(values: ReadonlyMap<string, number>, order: DateOrder): string | undefined {
  const others = orders.filter((other) => other !== order)
  return [...values.keys()].find(
    (value) =>
      readDay(value, order) !== undefined && others.every((other) => readDay(value, other) === undefined),
  )
}

/**
 * The day of a text column; NULL when it is not a real date in this order. Plain ISO dates and timestamps
 * take the engine's cast, several times faster than a pattern: the cast to a timestamp, as the one to a date
 * takes rubbish after it. Then come the patterns, and last the patterns on a tidied text, which do for both
 * where hardly any value needs them: every pattern costs time before the first row is read.
 */
export function daySql(text: Sql, { order, iso, all }: DateReader): Sql {
  const cast = sql`cast(try_cast(${text} as timestamp) as date)`
  if (iso && all) return sql`case when ${isoShaped(text)} then ${cast} end`
  const own = forms.filter((form) => form.order === undefined || form.order === order)
  // What the column is likely to hold is tried first.
  const likely = order === 'dmy' || order === 'mdy' ? [...own].reverse() : own
  const written = iso ? sql`` : sql`else case ${branchesOf(likely, text)} end`
  const tidied = withPlain(text, (value) => sql`case ${branchesOf(own, value)} end`)
  return sql`coalesce(case when ${isoShaped(text)} then ${cast} ${written} end,
    ${tidied})`
}

function isoShaped(text: Sql): Sql {
  // To the engine 24:00:00 is the next day.
  return sql`${text} like '____-__-__' or ${text} like '____/__/__'
    or (${text} like '____-__-_____:__:__' and ${text} not like '___________24%')`
}

function branchesOf(own: readonly Form[], text: Sql): Sql {
  const branches = own.map(
    ({ pattern, iso }) => sql`when regexp_matches(${text}, ${pattern})
      then try_cast(regexp_replace(${text}, ${pattern}, ${iso}) as date)`,
  )
  return join(branches, ' ')
}
