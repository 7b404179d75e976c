/** A first look at an input: what each file is, what each column holds, and what was guessed from what. */
import type { CellReading, ColumnLook, FileLook, Look, RejectLook } from '../core/look.ts'
import { type Role, roleNames } from '../core/roles.ts'
import type { Sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import * as date from '../fields/date.ts'
import { isMinguo } from '../fields/dateforms.ts'
import { type KindFound, kindOf } from '../fields/kind.ts'
import * as money from '../fields/money.ts'
import type { Seen } from '../fields/seen.ts'
import { type Counts, countsOf, duplicatesIn } from './counts.ts'
import { type Kinds, usedRoles } from './everyCell.ts'
import { seenEverywhere, seenHere } from './evidence.ts'
import type { Reading } from './reading.ts'
import type { Cast, Played } from './roles.ts'
import type { Source } from './source.ts'
import type { System } from './systems/system.ts'
import { type Readable, unusableRows } from './unusable.ts'

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
  const files: FileLook[] = []
  const rejects: RejectLook[] = []
  for (const [i, source] of sources.entries()) {
    const unusable = await unusableRows(looking.engine, source, readablesIn(looking, columns), LISTED)
    const broken = source.rejects
      .slice(0, LISTED)
      .map((reject) => ({ path: source.file.path, column: undefined, ...reject }))
    rejects.push(...[...broken, ...unusable.rejects].sort((a, b) => a.line - b.line))
    files.push(fileLook(source, (rowsOf[i] as number) - unusable.rows, source.rejects.length + unusable.rows))
  }
  return {
    files,
    system: looking.system && { name: looking.system.name, title: looking.system.title },
    columns: columns.map(({ look }) => look),
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    ...duplicatesIn(looking),
    currencies: currenciesIn(looking, columns),
    offsets: offsetsIn(columns),
    rejects: rejects.slice(0, LISTED),
    rejected: files.reduce((sum, { rejected }) => sum + rejected, 0),
    given: { dateOrder: looking.reading.dateOrder, decimal: looking.reading.decimal },
    pins: pinsOf(looking, columns),
  }
}

// Files ----------------------------------------------------------------------------------------------

function fileLook({ file, passed }: Source, rows: number, rejected: number): FileLook {
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
    rejected,
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
  const known = inRole(role, here, looking.kinds.get(header) ?? kindOf(here))
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
    reads: dates ? dayReading(looking, dates) : numbers && numberReading(looking, numbers),
    doubt: doubtOf(dates, numbers),
    missing: counts?.missing ?? 1,
    distinct: counts?.distinct ?? 0,
    exact: counts?.exact ?? true,
    examples: here.slice(0, EXAMPLES).map(({ value }) => value.trim().slice(0, EXAMPLE_CHARACTERS)),
  }
  return { look, role, ...(dates ? { dates } : {}), ...(numbers ? { numbers } : {}) }
}

/** Of a large file nobody has seen every cell: what is unlike the first ones is read the slower way. */
function dayReading({ sources }: Looking, style: date.DateStyle): CellReading {
  const rest = (text: Sql) => date.daySql(text, date.withStragglers(style))
  if (sources.every((source) => source.complete))
    return { as: 'day', value: (text) => date.daySql(text, style) }
  return { as: 'day', value: style.iso ? (text) => date.strictDaySql(text, style, rest(text)) : rest }
}

function numberReading({ sources }: Looking, style: money.NumberStyle): CellReading {
  if (money.isPrecise(style)) return { as: 'number', value: money.preciseNumberSql }
  const complete = sources.every((source) => source.complete)
  const rest = (text: Sql) => money.numberSql(text, complete ? style : money.withStragglers(style))
  if (complete || !style.plain || style.decimal === ',') return { as: 'number', value: rest }
  return { as: 'number', value: (text) => money.strictNumberSql(text, style, rest(text)) }
}

function doubtOf(dates?: date.DateStyle, numbers?: money.NumberStyle): ColumnLook['doubt'] {
  if (dates?.contradiction || numbers?.contradiction) return 'contradictory'
  return (dates && dates.order === undefined) || (!dates && numbers?.ambiguous) ? 'undecided' : undefined
}

/** Half of the cells are enough where the header says what they are. */
const HALF = 0.5

/** A column that plays the date or the amount is one, though many of its cells are none. */
function inRole(role: Role | undefined, seen: readonly Seen[], found: KindFound): KindFound {
  if (role === undefined || found.dates) return found
  if (role === 'date') {
    const dates = date.dateStyle(seen)
    return dates.share < HALF
      ? found
      : { kind: dates.hasTime ? 'datetime' : 'date', share: dates.share, dates }
  }
  if (found.numbers || !NUMBERS.includes(role)) return found
  const numbers = money.numberStyle(seen)
  return numbers.share < HALF
    ? found
    : { kind: numbers.marks.length > 0 ? 'money' : 'decimal', share: numbers.share, numbers }
}

const NUMBERS: readonly Role[] = ['amount', 'price', 'quantity']

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

/** Days that are counted, not written. */
const COUNTED: Readonly<Partial<Record<date.DateForm, string>>> = {
  'unix seconds': 'Unix seconds',
  'unix milliseconds': 'Unix milliseconds',
  'unix microseconds': 'Unix microseconds',
  serial: 'day numbers of a spreadsheet',
}

interface Told {
  readonly style?: string | undefined
  readonly evidence?: string | undefined
}

const MINGUO = 'years of the Republic (民國): 113 is 2024'

function datesTold({ order, proof, bySpread, contradiction, ambiguous, iso, forms }: date.DateStyle): Told {
  const counted = forms.map((form) => COUNTED[form]).find((name) => name !== undefined)
  if (counted) return { style: counted, evidence: `numbers in the range of ${counted}` }
  const [one, other] = contradiction ?? []
  if (one && other) return { style: 'contradictory', evidence: `${at(one)} and ${at(other)}` }
  if (order === undefined) {
    return { style: 'day and month cannot be told apart', evidence: ambiguous && at(ambiguous) }
  }
  const style = date.dateOrderNames[order]
  if (forms.some((form) => form !== 'iso' && isMinguo(form))) return { style, evidence: MINGUO }
  if (bySpread)
    return { style, evidence: 'the days fill months; read another way they are few, of many years' }
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

const howTold = (played: Played | undefined): ColumnLook['how'] => played && told[played.how]
const told = { named: 'named', header: 'its header', values: 'its values', system: 'the system' } as const

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

/** The columns without which a row is not usable, where it is plain what they hold. */
function readablesIn({ cast }: Looking, columns: readonly ColumnDetail[]): Readable[] {
  const used = usedRoles(cast)
  return columns.flatMap(({ look, role, dates, numbers }): Readable[] => {
    if (role === undefined || !used.includes(role) || cast[role]?.how === 'values') return []
    if (dates && !dates.contradiction) {
      return [
        { header: look.name, share: dates.share, what: 'a date', read: (text) => date.daySql(text, dates) },
      ]
    }
    if (!numbers || numbers.contradiction) return []
    return [
      {
        header: look.name,
        share: numbers.share,
        what: 'a number',
        read: (text) => money.numberSql(text, numbers),
      },
    ]
  })
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
