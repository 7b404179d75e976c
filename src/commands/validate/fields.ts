/** The columns of the input: what each means, how its cells are read, and which of its cells hold no value. */
import { CustError } from '../../core/errors.ts'
import type { ColumnLook, Look } from '../../core/look.ts'
import { FILE, LINE, type Records } from '../../core/records.ts'
import type { Role } from '../../core/roles.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Shape } from '../../core/table.ts'
import { type Meaning, meaningOf } from '../../fields/contact.ts'
import {
  type DateOrder,
  dateOrderNames,
  dateStyle,
  daySql,
  withStragglers as withOddDays,
} from '../../fields/date.ts'
import { isMasked, isPlaceholder } from '../../fields/id.ts'
import { numberSql, numberStyle, withStragglers as withOddNumbers } from '../../fields/money.ts'
import { nothingIn, standsForNone } from '../../fields/nothing.ts'
import type { Seen } from '../../fields/seen.ts'
import { isBlank, trimmedText } from '../../fields/text.ts'
import { isOneOf } from './check.ts'
import type { ColumnRules } from './rules/file.ts'
import type { KindName } from './rules/keys.ts'
import { suspectsIn } from './values.ts'

export interface Field {
  readonly header: string
  readonly role: Role | undefined
  readonly meaning: Meaning | undefined
  readonly look: ColumnLook | undefined
  /** Of the first rows. */
  readonly seen: readonly Seen[]
  /** The cell as it stands. */
  readonly cell: Sql
  /** How its cells are read; undefined: they are text. */
  readonly reading: Reading | undefined
  /** Names of something: numbers in it are no amounts. */
  readonly isName: boolean
  /** What the rules say that it holds; then it is held to it, however many cells fail. */
  readonly ruled: ColumnRules | undefined
  /** Its values that are not plainly written: each may be something else than it seems. */
  readonly suspects: readonly Seen[]
  /** Texts that stand for no value: blanks and placeholders, and values that are masked. */
  readonly nothing: readonly string[]
  readonly masked: readonly string[]
  /** The cell has a value. */
  readonly filled: Sql
}

export interface Reading {
  readonly as: 'number' | 'day'
  /** A decimal, or a date; NULL where the text is none. */
  readonly exact: Sql
  /** A double, or a day as a number. */
  readonly value: Sql
  /** Day and month read both ways, and nothing decides: the earlier of the days that a cell may mean. */
  readonly open?: boolean
}

const SAMPLE_ROWS = 3000
/** Such columns hold names, though they may be written in digits. */
const NAMING: ReadonlySet<Meaning | undefined> = new Set<Meaning>([
  ...(['id', 'phone', 'postcode', 'resident', 'company number', 'identity', 'address', 'url'] as const),
])
const NAMING_ROLES: readonly (Role | undefined)[] = ['customer', 'order', 'item', 'status', 'currency']
const DAYS: readonly (Meaning | undefined)[] = ['birth', 'date', 'updated']
const NUMBERS: readonly (Meaning | undefined)[] = ['amount', 'price', 'quantity', 'age']
/** From this share of fitting values on a header is believed. */
const FITS = 0.5

/** The fields, and the records with what their cells mean beside them. */
export async function fieldsOf(records: Records, look: Look, rules: readonly ColumnRules[]) {
  const samples = await sampleOf(records)
  const written = { ...look.given, dateOrder: look.given.dateOrder ?? provenOrder(look) }
  const fields: Field[] = []
  for (const [i, header] of records.columns.entries()) {
    const about = look.columns.find((each) => each.name === header)
    const seen = samples[i] ?? []
    const suspects = await suspectsIn(records, header)
    const ruled = rules.find(({ column }) => column.trim().toLowerCase() === header.trim().toLowerCase())
    fields.push(fieldOf(header, { about, seen, suspects, ruled, written }))
  }
  return withValues(records, fields)
}

/** Every cell is read once a query, however many checks ask for its value. */
function withValues(records: Records, fields: readonly Field[]) {
  const computed: Sql[] = []
  const named = fields.map((field, i): Field => {
    const { reading } = field
    if (!reading) return field
    const exact = name(`cust exact ${i + 1}`)
    const day = records.dialect.days(exact, records.dialect.date('1970-01-01'))
    computed.push(sql`${reading.exact} as ${exact}`)
    const value = records.dialect.real(reading.as === 'day' ? day : exact)
    return { ...field, reading: { ...reading, exact, value } }
  })
  if (computed.length === 0) return { records, fields: named }
  const from = sql`(select *, ${join(computed)} from ${records.from} as cells)`
  return { records: { ...records, from }, fields: named }
}

/** One hand wrote the dates of a file: a column that reads both ways is meant as the others are. */
function provenOrder({ columns }: Look): DateOrder | undefined {
  const orders = (['dmy', 'mdy'] as const).filter((order) =>
    columns.some(({ style, evidence }) => style === dateOrderNames[order] && evidence?.startsWith('proven')),
  )
  return orders.length === 1 ? orders[0] : undefined
}

interface Known {
  readonly written: Look['given']
  readonly about: ColumnLook | undefined
  readonly seen: readonly Seen[]
  readonly suspects: readonly Seen[]
  readonly ruled: ColumnRules | undefined
}

const meant: Readonly<Record<KindName, Meaning | undefined>> = {
  ...{ email: 'email', phone: 'phone', postcode: 'postcode', 'resident id': 'resident' },
  ...{ 'company number': 'company number', date: undefined, number: undefined, integer: undefined },
}

function fieldOf(header: string, { about, seen, suspects, ruled, written }: Known): Field {
  const cell = name(header)
  const kind = ruled?.kind
  const meaning =
    kind === undefined ? meaningOf(header, seen) : (meant[kind] ?? readAs(kind, meaningOf(header, seen)))
  // A column that was cast only because no other has such values may hold anything: ratings, appointments.
  const role = about?.how === 'its values' ? undefined : about?.role
  const noValue = nothingIn(meaning, { header, seen, isCustomer: role === 'customer' })
  const isNothing = ({ value }: Seen) => isBlank(value) || standsForNone(trimmedText(value), noValue)
  const nothing = suspects.filter(isNothing).map(textOf)
  const masked = suspects.filter((one) => isMasked(one.value) && !isNothing(one)).map(textOf)
  const isRuledNumber = kind === 'number' || kind === 'integer'
  const isName = !isRuledNumber && (NAMING.has(meaning) || NAMING_ROLES.includes(role))
  const read = readingOf({ about, seen, isName, meaning, cell, kind, written })
  const reading = read && { ...read, value: read.exact }
  return {
    ...{ header, role, meaning, look: about, seen, cell, isName, ruled, suspects, nothing, masked },
    reading,
    filled: sql`(${cell} is not null and not ${isOneOf(cell, [...nothing, ...masked])})`,
  }
}

const textOf = ({ value }: Seen): string => value

/** A column that is ruled to hold dates or numbers keeps what its header says, as far as that goes with it. */
function readAs(kind: KindName, meaning: Meaning | undefined): Meaning | undefined {
  const fitting = kind === 'date' ? DAYS : NUMBERS
  return fitting.includes(meaning) ? meaning : undefined
}

type Readable = Pick<Field, 'seen' | 'isName' | 'meaning' | 'cell'> &
  Pick<Known, 'about' | 'written'> & { readonly kind: KindName | undefined }

/** As the first look says, else by what the header says, where enough of the values agree. */
function readingOf({
  about,
  seen,
  isName,
  meaning,
  cell,
  kind,
  written: { dateOrder, decimal },
}: Readable): Omit<Reading, 'value'> | undefined {
  const known = about?.reads
  const values = seen.filter(({ value }) => !isPlaceholder(value) && !isMasked(value))
  const number = (exact: Sql) => ({ as: 'number' as const, exact })
  const day = () =>
    known?.as === 'day' && about?.doubt !== 'undecided'
      ? { as: 'day' as const, exact: known.value(cell) }
      : { as: 'day' as const, ...daysIn(cell, values, dateOrder) }
  if (kind === 'date') return day()
  if (kind === 'number' || kind === 'integer') {
    const style = () => numberSql(cell, withOddNumbers(numberStyle(values, decimal)))
    return number(known?.as === 'number' ? known.value(cell) : style())
  }
  if (kind !== undefined) return undefined
  if (known?.as === 'day') return day()
  if (known) return isName ? undefined : number(known.value(cell))
  if (DAYS.includes(meaning)) return dateStyle(values, dateOrder).share >= FITS ? day() : undefined
  if (!NUMBERS.includes(meaning)) return undefined
  const style = numberStyle(values, decimal)
  return style.share >= FITS ? number(numberSql(cell, withOddNumbers(style))) : undefined
}

/** The days of a column; of one that reads both ways the earlier of those that a cell may mean. */
export function daysIn(
  cell: Sql,
  values: readonly Seen[],
  order: DateOrder | undefined,
): Pick<Reading, 'exact' | 'open'> {
  const style = dateStyle(values, order)
  if (style.order !== undefined || style.contradiction) return { exact: daySql(cell, withOddDays(style)) }
  const all = orders.map((each) => daySql(cell, withOddDays(dateStyle(values, each))))
  return { exact: sql`least(${join(all)})`, open: true }
}
const orders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy']

/** The values of every column in the first rows. */
async function sampleOf({ from, columns, fetch }: Records): Promise<Seen[][]> {
  const texts: Shape = Object.fromEntries(columns.map((_, i) => [`c${i}`, 'text' as const]))
  const selected = join([...columns.map((header, i) => sql`${name(header)} as ${name(`c${i}`)}`)])
  const query = sql`select ${selected}, ${name(LINE)} as line from ${from} as rows
    order by ${name(FILE)}, ${name(LINE)} limit ${SAMPLE_ROWS}`
  const found = await fetch<Shape>(query, { ...texts, line: 'number' })
  const lines = found['line'] as Float64Array
  return columns.map((_, i) => seenAt(found[`c${i}`] as (string | null)[], lines))
}

function seenAt(values: readonly (string | null)[], lines: Float64Array): Seen[] {
  const found = new Map<string, { value: string; count: number; line: number }>()
  values.forEach((value, i) => {
    if (value === null || isBlank(value)) return
    const known = found.get(value)
    if (known) known.count++
    else found.set(value, { value, count: 1, line: lines[i] as number })
  })
  return [...found.values()]
}

/** The column that was named: by its header, whatever its case, by its place, #3, or by its role, amount. */
export function fieldNamed(fields: readonly Field[], given: string, option: string): Field {
  const same = (text: string) => text.trim().toLowerCase() === given.trim().toLowerCase()
  const found =
    fields.find(({ header }) => header.trim() === given.trim()) ??
    fields.find(({ header }) => same(header)) ??
    fields[Number(/^#(\d+)$/.exec(given.trim())?.[1]) - 1] ??
    fields.find(({ role }) => role === given.trim().toLowerCase())
  if (found) return found
  const list = fields.map(({ header }) => header.trim()).join(', ')
  throw new CustError('input', `no column "${given}" (${option})`, `the file has: ${list}`)
}
