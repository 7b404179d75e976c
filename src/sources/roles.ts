/** Which column plays which role: as the user says, else by its header, and never against its values. */
import { CustError } from '../core/errors.ts'
import { commonRoles, type Role, roleNames, roles } from '../core/roles.ts'
import { dateStyle } from '../fields/date.ts'
import { numberShare, numberStyle } from '../fields/money.ts'
import type { Seen } from '../fields/seen.ts'
import * as status from '../fields/status.ts'
import { headerKey, isItemKind, isSideMoney, rankOf } from './headers.ts'
import type { System } from './systems/system.ts'

/** A column of the input: its header and what its first cells hold. */
export interface Column {
  readonly header: string
  /** The header as it is written, which another column may have too. */
  readonly written: string
  readonly seen: readonly Seen[]
}

export interface Played {
  readonly header: string
  readonly how: 'named' | 'system' | 'header' | 'values'
}

export type Cast = Partial<Record<Role, Played>>

export interface Casting {
  /** The input in a message: `orders.csv`. */
  readonly place: string
  readonly columns: readonly Column[]
  readonly needs: readonly Role[]
  readonly uses: readonly Role[]
  readonly named: Readonly<Partial<Record<Role, string>>>
  /** The user says which status words count: then the words need not be known. */
  readonly statusGiven: boolean
  readonly system?: System | undefined
  readonly note: (line: string) => void
  /** Look for a date and an amount by their values even where nobody needs them. */
  readonly byValues?: boolean
}

/** Below this share of fitting values a column does not play a role, whatever its name. */
const FITS = 0.5
/** So many values tell what kind a column is; how it is written is decided from all of the sample. */
const ENOUGH = 300

export function castRoles(casting: Casting): Cast {
  const cast: Cast = {}
  for (const role of roleNames) {
    const header = casting.named[role] === undefined ? undefined : namedColumn(casting, role)
    if (header !== undefined) cast[role] = { header, how: 'named' }
  }
  const sought = roleNames.filter((role) => commonRoles.includes(role) || casting.uses.includes(role))
  for (const role of sought) if (isOpen(cast, casting, role)) castBySystem(cast, casting, role)
  for (const role of sought) if (isOpen(cast, casting, role)) castByHeader(cast, casting, role)
  for (const role of ['date', 'amount'] as const) {
    if ((casting.needs.includes(role) || casting.byValues) && isOpen(cast, casting, role))
      castByValues(cast, casting, role)
  }
  for (const role of casting.needs) if (!cast[role] && !isComputed(cast, role)) throw missing(casting, role)
  return cast
}

/** An amount can stand as price times quantity. */
export function isComputed(cast: Cast, role: Role): boolean {
  return role === 'amount' && !cast.amount && cast.price !== undefined && cast.quantity !== undefined
}

function isOpen(cast: Cast, { named, system }: Casting, role: Role): boolean {
  return cast[role] === undefined && named[role] !== 'none' && system?.roles[role]?.length !== 0
}

// Named by the user ----------------------------------------------------------------------------

function namedColumn(casting: Casting, role: Role): string | undefined {
  const given = casting.named[role] as string
  if (given.trim() === 'none') return undefined
  for (const choice of [given, ...given.split('|')]) {
    const column = columnNamed(casting.columns, choice.trim())
    if (column) return column.header
  }
  const kind = role === 'item' && casting.columns.find(({ written }) => isItemKind(given, written))
  if (kind) return kind.header
  throw new CustError(
    'input',
    `${casting.place}: no column "${given}" (--${role})`,
    `the file has: ${headerList(casting.columns)}`,
  )
}

/** By `#3`, by the very header, else by its key. */
export function columnNamed(columns: readonly Column[], given: string): Column | undefined {
  const number = /^#(\d+)$/.exec(given)
  const same = columns.find((column) => column.header.trim() === given)
  if (same) return same
  if (number) return columns[Number(number[1]) - 1]
  return columns.find((column) => headerKey(column.header) === headerKey(given))
}

// By system ------------------------------------------------------------------------------------

function castBySystem(cast: Cast, casting: Casting, role: Role): void {
  for (const header of casting.system?.roles[role] ?? []) {
    const key = headerKey(header)
    const column = casting.columns.find(({ written }) => headerKey(written) === key)
    if (!column || !fits(casting, role, column.seen)) continue
    cast[role] = { header: column.header, how: 'system' }
    return
  }
}

// By header ------------------------------------------------------------------------------------

function castByHeader(cast: Cast, casting: Casting, role: Role): void {
  const taken = new Set(Object.values(cast).map(({ header }) => header))
  const ranked = casting.columns
    .map((column) => ({ column, rank: rankOf(column.written, role) }))
    .filter(({ column, rank }) => rank !== undefined && !taken.has(column.header))
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
  const best = ranked.find(({ column }) => fits(casting, role, column.seen))
  if (best === undefined) {
    explainMisfit(casting, role, ranked[0]?.column)
    return
  }
  const alike = ranked.filter(
    (one) => one === best || (one.rank === best.rank && fits(casting, role, one.column.seen)),
  )
  const twins = alike.filter(({ column }) => column !== best.column && isTwin(column, best.column))
  const different = alike.filter((one) => !twins.includes(one))
  // The total and the tax in it: only one of them is what was paid.
  const paid = different.filter(({ column }) => role !== 'amount' || !isSideMoney(column.written))
  const equals = paid.length > 0 ? paid : different
  if (twins.length > 0) {
    casting.note(`${role}: the columns "${best.column.written.trim()}" hold the same; the first is used`)
  }
  const [only] = equals
  if (equals.length === 1 && only) cast[role] = { header: only.column.header, how: 'header' }
  else if (casting.needs.includes(role))
    throw ambiguous(
      casting,
      role,
      equals.map(({ column }) => column),
    )
}

/** A column that is there twice, as joined tables have it. */
function isTwin(column: Column, first: Column): boolean {
  const same = (seen: Column['seen']) => JSON.stringify(seen)
  return column.written.trim() === first.written.trim() && same(column.seen) === same(first.seen)
}

function explainMisfit(casting: Casting, role: Role, column: Column | undefined): void {
  if (column === undefined || !casting.uses.includes(role)) return
  const reason =
    role === 'status' ? `few of its words are known: ${samples(column)}` : `not its kind: ${samples(column)}`
  casting.note(`the column "${column.header.trim()}" is not used as ${role}: ${reason}`)
}

function samples({ seen }: Column): string {
  return (
    seen
      .slice(0, 3)
      .map(({ value }) => `"${value.trim().slice(0, 30)}"`)
      .join(', ') || 'all blank'
  )
}

/** Can these values play the role? A column without any value can play none. */
export function fits(
  { statusGiven, system }: Pick<Casting, 'statusGiven' | 'system'>,
  role: Role,
  seen: readonly Seen[],
): boolean {
  const first = seen.slice(0, ENOUGH)
  switch (roles[role].kind) {
    case 'day':
      return dateStyle(first).share >= FITS
    case 'money':
    case 'number':
      return numberShare(first) >= FITS && !(role === 'refund' && isFlag(first))
    case 'status':
      return (
        statusGiven ||
        status.recognise(
          first.map(({ value }) => value),
          system?.status,
        ).share >= FITS
      )
    default:
      return seen.length > 0
  }
}

/** Ones and noughts say whether, not how much; noughts alone say nothing. */
function isFlag(seen: readonly Seen[]): boolean {
  const values = seen.map(({ value }) => value.trim())
  return values.includes('1') && values.every((value) => value === '0' || value === '1')
}

// By values ------------------------------------------------------------------------------------

function castByValues(cast: Cast, casting: Casting, role: 'date' | 'amount'): void {
  const taken = new Set(Object.values(cast).map(({ header }) => header))
  const fitting = casting.columns.filter(
    ({ header, written, seen }) =>
      !taken.has(header) && isPlainly(role, seen) && !(role === 'amount' && isSideMoney(written)),
  )
  const [only] = fitting
  if (only === undefined || fitting.length > 1 || isComputed(cast, role)) return
  cast[role] = { header: only.header, how: 'values' }
  casting.note(`${role}: the column "${only.header.trim()}", as the only one with such values`)
}

/** Without a header to go by, nearly all values must fit, and ids and counts must not pass for money. */
function isPlainly(role: 'date' | 'amount', seen: readonly Seen[]): boolean {
  if (role === 'date') return seen.length > 0 && dateStyle(seen).share > 0.95
  const style = numberStyle(seen)
  return style.share > 0.95 && style.likelyMoney
}

// Errors ---------------------------------------------------------------------------------------

function ambiguous(casting: Casting, role: Role, columns: readonly Column[]): CustError {
  const names = columns.map(
    ({ header }) => `${header.trim()} (#${casting.columns.findIndex((c) => c.header === header) + 1})`,
  )
  return new CustError(
    'input',
    `${casting.place}: ambiguous: several columns may be the ${role}: ${names.join(', ')}`,
    `name the right one with --${role} <column>`,
  )
}

function missing(casting: Casting, role: Role): CustError {
  const unfit = casting.columns.find(
    ({ written, seen }) => rankOf(written, role) !== undefined && !fits(casting, role, seen),
  )
  const reason = unfit
    ? ` ("${unfit.header.trim()}" does not hold ${roles[role].kind === 'day' ? 'dates' : 'such values'}: ${samples(unfit)})`
    : ''
  return new CustError(
    'input',
    `${casting.place}: no column found for the ${role}${reason}`,
    `name it with --${role} <column>; the file has: ${headerList(casting.columns)}`,
  )
}

export function headerList(columns: readonly Column[]): string {
  return columns.map(({ header }, i) => `${header.trim()} (#${i + 1})`).join(', ')
}
