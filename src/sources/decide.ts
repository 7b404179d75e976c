/** How the cells of each role are to be read: decided from evidence over all rows, or refused. */
import { CustError } from '../core/errors.ts'
import type { Role } from '../core/roles.ts'
import { roles } from '../core/roles.ts'
import type { Engine } from '../engines/engine.ts'
import * as date from '../fields/date.ts'
import * as id from '../fields/id.ts'
import * as money from '../fields/money.ts'
import type { Seen } from '../fields/seen.ts'
import { isTidy } from '../fields/text.ts'
import type { CustomerForm } from './customerForm.ts'
import { seenEverywhere, seenHere } from './evidence.ts'
import { Irregular } from './irregular.ts'
import type { Cast } from './roles.ts'
import type { Source } from './source.ts'

/** How the cells of a role are to be read. */
export interface Reader {
  readonly header: string
  readonly dates?: date.DateStyle
  readonly numbers?: money.NumberStyle
  /** The style was decided from every value; else values may come in forms that nobody has seen. */
  readonly all: boolean
  /** Only what the first rows show is read; anything else begins the run again, the thorough way. */
  readonly strict: boolean
  /** The ids are brought to one form; undefined: they stay as they are. */
  readonly form?: CustomerForm | undefined
  /** Some values may hide the real one or stand for none: they are looked for in every row. */
  readonly hides?: boolean
  /** All values of the column, where they are few, known and have no white space around them. */
  readonly seen?: readonly string[] | undefined
}

export type Readers = Partial<Record<Role, Reader>>

export interface Deciding {
  readonly engine: Engine
  readonly sources: readonly Source[]
  /** The input in a message. */
  readonly place: string
  readonly dateOrder: date.DateOrder | undefined
  /** For dates that do not tell it. */
  readonly fallback: date.DateOrder | undefined
  readonly decimal: money.DecimalMark | undefined
  /** Customers that stand for nobody, in the system that wrote the file. */
  readonly guests: readonly string[]
  /** How customers that are named in several ways become one. */
  formOf(header: string, seen: readonly Seen[]): Promise<CustomerForm | undefined>
  /** A person is there to read a warning. */
  readonly interactive: boolean
  warn(line: string): void
}

export async function decideReaders(deciding: Deciding, cast: Cast): Promise<Readers> {
  const entries: (readonly [Role, Reader])[] = []
  for (const role of Object.keys(cast) as Role[]) {
    entries.push([role, await readerOf(deciding, role, cast[role]?.header ?? '')])
  }
  return Object.fromEntries(entries)
}

async function readerOf(deciding: Deciding, role: Role, header: string): Promise<Reader> {
  const { sources } = deciding
  const complete = sources.every((source) => source.complete)
  const here = seenHere(sources, header)
  const known = complete && isTidyColumn(sources, header) ? { seen: here.map(({ value }) => value) } : {}
  const quick = !complete && sources.every((source) => !source.lined)
  switch (roles[role].kind) {
    case 'day': {
      const first = date.dateStyle(here, deciding.dateOrder)
      if (quick && first.iso && here.length > 0) return { header, dates: first, all: false, strict: true }
      const dates = await dateStyleOf(deciding, header, complete ? here : undefined)
      return { header, dates, all: complete, strict: false, ...known }
    }
    case 'money':
    case 'number': {
      const first = money.numberStyle(here, deciding.decimal)
      if (quick && first.plain && here.length > 0 && deciding.decimal !== ',') {
        return { header, numbers: first, all: false, strict: true }
      }
      const numbers = await numberStyleOf(deciding, header, complete ? first : undefined)
      warnOfNumbers(deciding, role, header, numbers)
      return { header, numbers, all: complete, strict: false, ...known }
    }
    default: {
      if (role === 'customer' || role === 'order') warnOfRounded(deciding, role, header, here)
      const form = role === 'customer' ? await deciding.formOf(header, here) : undefined
      return {
        header,
        form,
        all: complete,
        strict: quick && roles[role].kind === 'text',
        hides: role === 'customer' && hidesSome(deciding, here, complete || quick),
        ...known,
      }
    }
  }
}

/** No cell has white space around its value or instead of it. */
function isTidyColumn(sources: readonly Source[], header: string): boolean {
  return sources.every((source) => {
    const index = source.headers.indexOf(header)
    return index < 0 || source.rows.every(({ cells }) => isTidy(cells[index] ?? ''))
  })
}

// Dates ----------------------------------------------------------------------------------------------

async function dateStyleOf(
  deciding: Deciding,
  header: string,
  here: readonly Seen[] | undefined,
): Promise<date.DateStyle> {
  const { engine, sources, dateOrder, fallback } = deciding
  const seen = here ?? (await seenEverywhere(engine, sources, header, 'date'))
  const style = date.dateStyle(seen, dateOrder)
  if (style.contradiction && dateOrder === undefined)
    throw contradictory(deciding, header, style.contradiction)
  if (style.order !== undefined || style.ambiguous === undefined) return style
  const order = fallback ?? orderOfUndecided(deciding, header, style, style.ambiguous)
  return date.dateStyle(seen, order)
}

function contradictory(
  { place, sources }: Deciding,
  header: string,
  [one, other]: readonly [Seen, Seen],
): Error {
  // Line numbers take the thorough way.
  if (sources.some((source) => !source.lined)) return new Irregular(`${place}: two orders of day and month`)
  return new CustError(
    'input',
    `${place}: the order of day and month in "${header}" contradicts itself: ${at(one)} and ${at(other)} cannot both be dates`,
    'say it with --date-order dmy, mdy or ymd; lines that do not fit are then left out and counted',
  )
}

const at = ({ value, line }: Seen): string => `${value.trim()} (line ${line})`

/** With a person to read it a warning, else an error: a job must not guess. */
function orderOfUndecided(
  deciding: Deciding,
  header: string,
  style: date.DateStyle,
  value: Seen,
): date.DateOrder {
  const { place, interactive, warn } = deciding
  const what = `${place}: the order of day and month in "${header}" cannot be told: every date reads both ways (${value.value.trim()})`
  if (!interactive) throw new CustError('input', what, 'say it with --date-order dmy, mdy or ymd')
  const order = style.sorted ?? 'dmy'
  const why = style.sorted ? ', in which the rows are more nearly sorted' : ''
  warn(`${what}; read as ${date.dateOrderNames[order]}${why}; --date-order decides`)
  return order
}

// Numbers --------------------------------------------------------------------------------------------

async function numberStyleOf(
  deciding: Deciding,
  header: string,
  known: money.NumberStyle | undefined,
): Promise<money.NumberStyle> {
  const { engine, sources, decimal, place } = deciding
  const style = known ?? money.numberStyle(await seenEverywhere(engine, sources, header, 'number'), decimal)
  if (style.contradiction === undefined || decimal !== undefined) return style
  if (sources.some((source) => !source.lined)) throw new Irregular(`${place}: two decimal marks`)
  const [one, other] = style.contradiction
  throw new CustError(
    'input',
    `${place}: "${header}" has two decimal marks: ${at(one)} and ${at(other)}`,
    'say which one with --decimal . or --decimal , ; lines that do not fit are then left out and counted',
  )
}

function warnOfNumbers(
  { place, warn, decimal }: Deciding,
  role: Role,
  header: string,
  style: money.NumberStyle,
): void {
  if (style.ambiguous && decimal === undefined) {
    const shown = style.ambiguous.value.trim()
    const read = style.decimal === '.' ? 'a decimal point' : 'a decimal comma'
    warn(
      `${place}: "${header}" may use either decimal mark (${shown}); read with ${read}; --decimal , or --decimal . decides`,
    )
  }
  if (style.scale > MOST_DECIMALS) {
    warn(`${place}: "${header}" has more than six decimals; they are rounded to six`)
  }
  const currencies = money.currenciesOf(style.marks)
  if (role === 'amount' && currencies.length > 1) {
    warn(`${place}: "${header}" has several currencies (${currencies.join(', ')}), added up as they are`)
  }
}

const MOST_DECIMALS = 6

/** Of rows that nobody has seen some may; where only the first were seen, a cheaper look finds that others do. */
function hidesSome({ guests }: Deciding, seen: readonly Seen[], known: boolean): boolean {
  return !known || seen.some(({ value }) => id.isMasked(value) || id.isPlaceholder(value, guests))
}

// Ids ------------------------------------------------------------------------------------------------

function warnOfRounded(
  { place, warn }: Deciding,
  role: 'customer' | 'order',
  header: string,
  seen: readonly Seen[],
): void {
  const damaged = seen.find(({ value }) => id.isDamagedId(value))
  if (damaged) {
    warn(
      `${place}: "${header}" holds ids that a spreadsheet has rounded, such as ${at(damaged)}: different ${role}s may share one`,
    )
  }
}
