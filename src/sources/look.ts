/** A first look at an input: what each file is, what each column holds, and what was guessed from what. */
import type { ColumnLook, FileLook, Look, RejectLook } from '../core/look.ts'
import { type Role, roleNames } from '../core/roles.ts'
import { join, name, sql } from '../core/sql.ts'
import type { Table } from '../core/table.ts'
import type { Engine } from '../engines/engine.ts'
import * as date from '../fields/date.ts'
import { kindOf } from '../fields/kind.ts'
import * as money from '../fields/money.ts'
import type { Seen } from '../fields/seen.ts'
import type { Kinds } from './everyCell.ts'
import { seenEverywhere, seenHere } from './evidence.ts'
import type { Reading } from './reading.ts'
import type { Cast, Played } from './roles.ts'
import { columnName, type Source } from './source.ts'
import type { System } from './systems/system.ts'

export interface Looking {
  readonly engine: Engine
  readonly reading: Reading
  readonly sources: readonly Source[]
  readonly cast: Cast
  readonly kinds: Kinds
  readonly system: System | undefined
  /** Count over all rows, however many there are. */
  readonly exact: boolean
}

/** Rejects that are listed; all are counted. */
const LISTED = 1000

export async function lookAt(looking: Looking): Promise<Look> {
  const { sources } = looking
  const headers = [...new Set(sources.flatMap((source) => source.headers))]
  const rowsOf = await Promise.all(sources.map(({ count }) => count))
  const rows = rowsOf.reduce((sum, count) => sum + count, 0)
  const counted = await countsOf(looking, headers, rows)
  const columns: ColumnDetail[] = []
  for (const header of headers) columns.push(await columnLook(looking, header, counted.get(header)))
  const rejects = sources.flatMap(({ file, rejects: found }) =>
    found.map((reject): RejectLook => ({ path: file.path, column: undefined, ...reject })),
  )
  return {
    files: sources.map((source, i) => fileLook(source, rowsOf[i] as number)),
    system: looking.system && { name: looking.system.name, title: looking.system.title },
    columns: columns.map(({ look }) => look),
    rows,
    ...duplicatesIn(looking),
    currencies: currenciesIn(looking, columns),
    offsets: offsetsIn(columns),
    rejects: rejects.slice(0, LISTED),
    rejected: rejects.length,
    pins: pinsOf(looking, columns),
  }
}

// Files ----------------------------------------------------------------------------------------------

function fileLook({ file, passed, rejects }: Source, rows: number): FileLook {
  const { text } = file
  return {
    path: file.path,
    format: file.format,
    encoding: file.encoding,
    evidence: file.evidence,
    compression: file.compression,
    delimiter: text?.delimiter,
    quote: text?.quote,
    escape: text?.escapes,
    lineEnds: text?.lineEnds,
    headerLine: text?.headerLine,
    preamble: text?.preamble ?? [],
    footers: (passed?.footers ?? []).map(({ cells }) => cells.join(text?.delimiter ?? ' ').trim()),
    sheet: file.sheet,
    rows,
    rejected: rejects.length,
    blankLines: passed?.blankLines ?? 0,
    emptyRows: passed?.emptyRows ?? 0,
    repeatedHeaders: passed?.repeatedHeaders ?? 0,
    comments: passed?.comments ?? 0,
  }
}

// Columns --------------------------------------------------------------------------------------------

interface ColumnDetail {
  readonly look: ColumnLook
  readonly role: Role | undefined
  readonly dates?: date.DateStyle
  readonly numbers?: money.NumberStyle
}

/** Share missing and number of different values. */
interface Counts {
  readonly missing: number
  readonly distinct: number
  readonly exact: boolean
}

const EXAMPLES = 3
const EXAMPLE_CHARACTERS = 40

async function columnLook(
  looking: Looking,
  header: string,
  counts: Counts | undefined,
): Promise<ColumnDetail> {
  const { cast, sources } = looking
  const here = seenHere(sources, header)
  const role = roleNames.find((each) => cast[each]?.header === header)
  const known = looking.kinds.get(header) ?? kindOf(here)
  const { kind } = known
  const dates = known.dates && (await datesOver(looking, header, known.dates))
  const numbers = known.numbers && (await numbersOver(looking, header, known.numbers))
  const told = dates ? datesTold(dates) : numbers ? numbersTold(numbers) : {}
  const look: ColumnLook = {
    name: header,
    role,
    how: role && howTold(cast[role]),
    type: kind,
    style: told.style,
    evidence: told.evidence,
    missing: counts?.missing ?? 1,
    distinct: counts?.distinct ?? 0,
    exact: counts?.exact ?? true,
    examples: here.slice(0, EXAMPLES).map(({ value }) => value.trim().slice(0, EXAMPLE_CHARACTERS)),
  }
  return { look, role, ...(dates ? { dates } : {}), ...(numbers ? { numbers } : {}) }
}

/** Of a large file only the first rows are known; where these leave something open, all are asked. */
async function datesOver(
  { engine, sources, reading }: Looking,
  header: string,
  known: date.DateStyle,
): Promise<date.DateStyle> {
  if (known.iso) return known
  const complete = sources.every((source) => source.complete)
  const seen = complete ? seenHere(sources, header) : await seenEverywhere(engine, sources, header, 'date')
  return date.dateStyle(seen, reading.dateOrder)
}

async function numbersOver(
  { engine, sources, reading }: Looking,
  header: string,
  known: money.NumberStyle,
): Promise<money.NumberStyle> {
  const complete = sources.every((source) => source.complete)
  if (complete && reading.decimal === undefined) return known
  if (known.plain && reading.decimal === undefined) return known
  const seen = complete ? seenHere(sources, header) : await seenEverywhere(engine, sources, header, 'number')
  return money.numberStyle(seen, reading.decimal)
}

interface Told {
  readonly style?: string | undefined
  readonly evidence?: string | undefined
}

function datesTold({ order, proof, contradiction, ambiguous, iso }: date.DateStyle): Told {
  const [one, other] = contradiction ?? []
  if (one && other) return { style: 'contradictory', evidence: `${at(one)} and ${at(other)}` }
  if (order === undefined) {
    return { style: 'day and month cannot be told apart', evidence: ambiguous && at(ambiguous) }
  }
  const style = date.dateOrderNames[order]
  return { style, evidence: proof ? `proven by ${at(proof)}` : iso ? 'ISO dates' : undefined }
}

function numbersTold({
  decimal,
  grouping,
  proof,
  contradiction,
  ambiguous,
  marks,
  percent,
}: money.NumberStyle): Told {
  const [one, other] = contradiction ?? []
  if (one && other) return { style: 'contradictory', evidence: `${at(one)} and ${at(other)}` }
  const digits = `${grouping ? `1${grouping}234` : '1234'}${decimal}56`
  const style = [marks.map(({ mark }) => mark).join(', '), digits, percent ? '%' : '']
    .filter((part) => part !== '')
    .join(' ')
  if (ambiguous) return { style, evidence: `either decimal mark fits (${at(ambiguous)})` }
  return { style, evidence: proof && `proven by ${at(proof)}` }
}

const at = ({ value, line }: Seen): string => (line > 0 ? `${value.trim()} (line ${line})` : value.trim())

const howTold = (played: Played | undefined): string | undefined =>
  played && { named: 'named', header: 'its header', values: 'its values', system: 'the system' }[played.how]

// Counting -------------------------------------------------------------------------------------------

async function countsOf(
  looking: Looking,
  headers: readonly string[],
  rows: number,
): Promise<Map<string, Counts>> {
  const { sources, exact, engine } = looking
  const complete = sources.every((source) => source.complete)
  if (!exact || complete) return countsHere(sources, headers, complete)
  const table = rowsSql(sources, headers)
  const counts = headers.flatMap((_, i) => [
    sql`count(${name(columnName(i))}) as ${name(`present${i}`)}`,
    sql`count(distinct ${name(columnName(i))}) as ${name(`distinct${i}`)}`,
  ])
  const shape = Object.fromEntries(
    headers.flatMap((_, i) => [
      [`present${i}`, 'number' as const],
      [`distinct${i}`, 'number' as const],
    ]),
  )
  const found = await engine.fetch(sql`select ${join(counts)} from (${table})`, shape)
  const of = (key: string): number => found[key]?.[0] as number
  return new Map(
    headers.map((header, i) => {
      const missing = rows === 0 ? 0 : 1 - of(`present${i}`) / rows
      return [header, { missing, distinct: of(`distinct${i}`), exact: true }]
    }),
  )
}

function countsHere(
  sources: readonly Source[],
  headers: readonly string[],
  exact: boolean,
): Map<string, Counts> {
  const rows = sources.reduce((sum, source) => sum + source.rows.length, 0)
  return new Map(
    headers.map((header) => {
      const seen = seenHere(sources, header)
      const present = seen.reduce((sum, { count }) => sum + count, 0)
      const distinct = new Set(seen.map(({ value }) => value.trim())).size
      return [header, { missing: rows === 0 ? 0 : 1 - present / rows, distinct, exact }]
    }),
  )
}

/** All rows as columns c1, c2 ... in the order of the headers, blank cells as none. */
export function rowsSql(sources: readonly Source[], headers: readonly string[]) {
  const parts = sources.map((source) => {
    const columns = headers.map((header, i) => {
      const index = source.headers.indexOf(header)
      const text = index < 0 ? sql`cast(null as varchar)` : name(columnName(index))
      return sql`${text} as ${name(columnName(i))}`
    })
    return sql`select ${join(columns)} from (${source.scan})`
  })
  return join(parts, ' union all ')
}

/** Only of files that were read here whole: over all rows of a large one it would take longer than the rest. */
function duplicatesIn({ sources, cast }: Looking): Pick<Look, 'duplicateRows' | 'sharedOrders'> {
  if (!sources.every((source) => source.complete))
    return { duplicateRows: undefined, sharedOrders: undefined }
  const rows = sources.flatMap((source) => source.rows.map(({ cells }) => cells.join('\u0000')))
  const orders = seenHere(sources, cast.order?.header ?? '')
  const shared = orders.reduce((sum, { count }) => sum + count - 1, 0)
  return { duplicateRows: rows.length - new Set(rows).size, sharedOrders: cast.order ? shared : undefined }
}

function currenciesIn({ sources, cast }: Looking, columns: readonly ColumnDetail[]): string[] {
  const named = seenHere(sources, cast.currency?.header ?? '').map(({ value }) => value.trim().toUpperCase())
  const marked = money.currenciesOf(columns.find(({ role }) => role === 'amount')?.numbers?.marks ?? [])
  return [...new Set([...named, ...marked])].sort()
}

function offsetsIn(columns: readonly ColumnDetail[]): string[] {
  const examples = columns.flatMap(({ dates, look }) => (dates?.hasOffset ? look.examples : []))
  const offsets = examples.flatMap((example) => /(?:Z|UTC|[+-]\d{2}:?\d{2})$/.exec(example)?.[0] ?? [])
  return [...new Set(offsets)].sort()
}

// Pins -----------------------------------------------------------------------------------------------

function pinsOf({ sources, cast, system }: Looking, columns: readonly ColumnDetail[]): string[] {
  const [first] = sources
  const { text, encoding, sheet } = first?.file ?? {}
  const dates = columns.find(({ role }) => role === 'date')?.dates
  const numbers = columns.find(({ role }) => role === 'amount' || role === 'price')?.numbers
  const pins: (readonly [flag: string, value: string | undefined])[] = [
    ['--encoding', text && encoding?.toLowerCase()],
    ['--delimiter', text && (text.delimiter === '\t' ? 'tab' : text.delimiter)],
    ['--quote', text && (text.quote ?? 'none')],
    ['--header-row', text && String(text.headerLine)],
    ['--input-sheet', sheet],
    ['--preset', system?.name ?? 'none'],
    ...roleNames.map((role) => [`--${role}`, cast[role]?.header] as const),
    ['--date-order', dates?.contradiction ? undefined : dates?.order],
    ['--decimal', numbers?.contradiction ? undefined : numbers?.decimal],
  ]
  return pins.flatMap(([flag, value]) => (value === undefined ? [] : [flag, value]))
}

/** Every column by its header, as it stands. */
export function rowsTable(
  sources: readonly Source[],
  view: (query: ReturnType<typeof rowsSql>, columns: readonly string[]) => Promise<Table>,
): Promise<Table> {
  const headers = [...new Set(sources.flatMap((source) => source.headers))]
  const named = headers.map((header, i) => sql`${name(columnName(i))} as ${name(header)}`)
  return view(sql`select ${join(named)} from (${rowsSql(sources, headers)})`, headers)
}
