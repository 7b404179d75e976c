/** From what the user typed to lines under role names. Nothing is read before a query asks for it. */
import { CustError } from '../core/errors.ts'
import type { Look } from '../core/look.ts'
import { LINE, type Records } from '../core/records.ts'
import { commonRoles, type Role } from '../core/roles.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import { extraColumn, type Table } from '../core/table.ts'
import type { Engine } from '../engines/engine.ts'
import { dateOrderNames } from '../fields/date.ts'
import { idSql } from '../fields/id.ts'
import { kindOf } from '../fields/kind.ts'
import { type CustomerForm, customerForm } from './customerForm.ts'
import { type Deciding, decideReaders, type Readers } from './decide.ts'
import { directionOf } from './direction.ts'
import { readEveryCell } from './everyCell.ts'
import { headerKey, isKnownHeader } from './headers.ts'
import {
  careful,
  columnsOver,
  countOf,
  isQuick,
  type OpenInput,
  openInput,
  placeOf,
  verify,
} from './input.ts'
import { Irregular } from './irregular.ts'
import { keptRecords } from './kept.ts'
import { columnOf, type Lines, linesSql, needsWholeOrders, shownRoles } from './lines.ts'
import { lookAt } from './look.ts'
import { withoutNetRefund } from './netRefund.ts'
import type { Reading } from './reading.ts'
import { type Rejects, rejectsOf } from './rejects.ts'
import {
  type Cast,
  type Column,
  castRoles,
  columnNamed,
  headerList,
  isComputed,
  type Played,
} from './roles.ts'
import { rowsTable } from './rows.ts'
import { columnName, type FileRead, type Source } from './source.ts'
import { recogniseSystem, systemNamed } from './systems/index.ts'
import type { System } from './systems/system.ts'
import type { PassedOver } from './tabulate.ts'
import { bringTogether, checkAlike } from './together.ts'

export type { Reading } from './reading.ts'
export type { RejectGroup, Rejects } from './rejects.ts'
export type { FileRead } from './source.ts'

export interface Opened {
  /** The lines; its columns are those of the roles that the input has, and `problem`. */
  readonly table: Table
  /** The lines again, with the columns of these roles. Throws CustError('input') where they cannot be read. */
  linesOf(asked: { readonly needs: readonly Role[]; readonly uses?: readonly Role[] }): Promise<Table>
  /** Every column, by its header, as text. */
  rows(): Promise<Table>
  /** The same with the place of every row, read once and kept. */
  records(): Promise<Records>
  look(exact: boolean): Promise<Look>
  readonly files: readonly FileRead[]
  /** The export system that wrote them, where it is recognised. */
  readonly system: System | undefined
  readonly roles: Readonly<Partial<Record<Role, Played>>>
  /** Which part of a date is which, with the value that proves it. */
  readonly dateOrder: string | undefined
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  /** What changes the figures, and is told without being asked for: customers named in several ways, money paid back. */
  readonly said: readonly string[]
  /** Records that belong to no row and are no mistake: how many of which kind. */
  passed(): readonly (readonly [count: number, what: string])[]
  /** Hold the rows that a query has read against those that the files hold; see verify. */
  verify(rows: number | undefined): Promise<void>
  /** Rows of all files, as the files themselves tell. */
  count(): Promise<number>
  /**
   * What could not be taken apart into lines or read; asked after a query has run. Without `cells` those that
   * cannot be read are not looked for.
   */
  rejects(cells?: boolean): Promise<Rejects>
}

/** Open order lines. */
export async function openLines(
  engine: Engine,
  reading: Reading,
  needs: readonly Role[],
  uses: readonly Role[],
  extras: readonly string[] = [],
): Promise<Opened> {
  const input = await openInput(engine, reading, { knows: isKnownHeader, headerless: needs.length === 0 })
  if (needs.length === 0) checkAlike(input.sources)
  const notes = input.sources.flatMap((source) => source.notes)
  const warnings = [...twice(input.sources), ...input.sources.flatMap((source) => source.warnings)]
  const system = systemOf(reading, input.sources)
  const opening: Opening = {
    engine,
    reading,
    input,
    system,
    notes,
    warnings,
    forms: new Map(),
    said: [],
  }
  const { table, sources, readers, roles } = await linesIn(opening, { needs, uses, extras })
  return {
    table,
    linesOf: async (asked) => (await linesIn(opening, { uses: [], extras: [], ...asked })).table,
    rows: () => rowsTable(sources, input.view),
    records: () => keptRecords(engine, input),
    look: (exact) => look(opening, exact),
    files: input.sources.map(({ file }) => file),
    system: opening.system,
    roles,
    dateOrder: dateOrderOf(readers, reading),
    notes,
    warnings,
    said: opening.said,
    passed: () => passedOver(sources),
    verify: (rows) => verify(sources, rows),
    count: () => countOf(sources),
    rejects: (cells = true) => rejectsOf({ sources, table, headers: headersOf(readers) }, cells),
  }
}

/** An input with what was understood of it; what is decided later is told with the rest. */
interface Opening {
  readonly engine: Engine
  readonly reading: Reading
  readonly input: OpenInput
  readonly system: System | undefined
  readonly notes: string[]
  readonly warnings: string[]
  /** How customers are named, by the header of their column, where several names become one. */
  readonly forms: Map<string, CustomerForm | undefined>
  readonly said: string[]
}

interface Wanted {
  readonly needs: readonly Role[]
  readonly uses: readonly Role[]
  readonly extras: readonly string[]
}

/** The lines of an input, with the columns of some roles. */
async function linesIn(opening: Opening, { needs, uses, extras }: Wanted) {
  const { engine, reading, input, system, notes, warnings } = opening
  const statusGiven = Boolean(reading.paidStatus?.length || reading.excludeStatus?.length)
  const wanted = statusGiven && !needs.includes('status') ? [...needs, 'status' as const] : needs
  const together = await bringTogether(engine, input.sources, wanted, { system, named: reading.columns })
  const { sources, system: meaning } = together
  const added = sources.filter((source) => !input.sources.includes(source))
  notes.push(...added.flatMap((source) => source.notes), ...together.notes)
  warnings.push(...together.warnings)
  warnings.push(...added.flatMap((source) => source.warnings))
  const place = placeOf(input.files)
  if (needs.length > 0 && sources.every(({ complete, rows }) => complete && rows.length === 0)) {
    throw new CustError('input', `${place}: has a header but no rows`, rejectedTold(sources))
  }
  const columns = columnsOver(sources)
  const casting = {
    place,
    columns,
    needs: wanted,
    uses,
    named: reading.columns,
    statusGiven,
    system: meaning,
  }
  const note = (line: string) => notes.push(`${place}: ${line}`)
  const cast = withoutNetRefund(castRoles({ ...casting, note }), sources, (line) =>
    warnings.push(`${place}: ${line}`),
  )
  const computed = [...wanted, ...uses].includes('amount') && isComputed(cast, 'amount')
  const roles = rolesOfView(cast, new Set([...wanted, ...uses]), computed)
  if (computed) notes.push(`${place}: amount is ${cast.price?.header} x ${cast.quantity?.header}`)
  if (needsWholeOrders(meaning) && isQuick(sources)) throw new Irregular('what a row means depends on others')
  const warn = (line: string) => warnings.push(line)
  const formOf: Deciding['formOf'] = async (header, seen) => {
    if (!opening.forms.has(header)) {
      const form = await careful(sources, () => customerForm({ engine, sources, header, seen }))
      opening.forms.set(header, form)
      if (form) opening.said.push(form.told)
    }
    return opening.forms.get(header)
  }
  const readers = await decideReaders(
    { ...decidingOf(engine, reading, meaning), sources, place, warn, formOf },
    roles,
  )
  warnAboutGaps(sources, readers, warnings)
  const direction = roles.amount || computed ? directionOf(columns) : undefined
  if (direction && !opening.said.includes(direction.told)) {
    opening.said.push(direction.told)
    if (direction.doubt) warn(`${place}: ${direction.doubt}`)
  }
  const lines: Lines = {
    sources,
    readers,
    ...(direction ? { rules: direction.rules } : {}),
    needs: wanted,
    statusWords: { paid: reading.paidStatus, excluded: reading.excludeStatus, own: meaning?.status },
    computed,
    system: meaning,
    extras: extraHeaders(columns, extras, place),
  }
  const table = await input.view(linesSql(lines), [
    ...shownRoles(lines).map(columnOf),
    'problem',
    ...extras.map(extraColumn),
  ])
  return { table, sources, readers, roles }
}

/** The headers of the columns that were asked for by name. Throws CustError('input') where one is missing. */
function extraHeaders(
  columns: readonly Column[],
  extras: readonly string[],
  place: string,
): NonNullable<Lines['extras']> {
  return extras.map((extra) => {
    const column = columnNamed(columns, extra)
    if (column) return { as: extraColumn(extra), header: column.header }
    throw new CustError('input', `${place}: no column "${extra}"`, `the file has: ${headerList(columns)}`)
  })
}

function headersOf(readers: Readers): Partial<Record<Role, string>> {
  return Object.fromEntries(Object.entries(readers).map(([role, { header }]) => [role, header]))
}

export function passedOver(
  sources: readonly Pick<Source, 'file' | 'passed'>[],
): (readonly [number, string])[] {
  const sum = (count: (passed: PassedOver) => number): number =>
    sources.reduce((all, { passed }) => all + (passed ? count(passed) : 0), 0)
  const above = sources.reduce((all, { file }) => all + (file.text?.preamble.length ?? 0), 0)
  return [
    [above, 'above the header'],
    [sum(({ blankLines }) => blankLines), 'blank'],
    [sum(({ emptyRows }) => emptyRows), 'of empty cells'],
    [sum(({ repeatedHeaders }) => repeatedHeaders), 'that repeat the header'],
    [sum(({ comments }) => comments), 'of comments'],
    [sum(({ footers }) => footers.length), 'below the rows'],
  ]
}

function decidingOf(engine: Engine, reading: Reading, system: System | undefined) {
  const { dateOrder, decimal, interactive = false } = reading
  const [fallback, guests] = [system?.dateOrder, system?.guests ?? []]
  return { engine, dateOrder, fallback, guests, decimal, interactive }
}

/** Where no row is left, what became of the others is all there is to tell. */
function rejectedTold(sources: readonly Source[]): string {
  const shown = sources.flatMap(({ file, rejects }) =>
    rejects.map(({ line, reason }) => `${file.path}:${line}: ${reason}`),
  )
  return shown.slice(0, 5).join('\n')
}

/** As the user says, else by the headers of the first file that tells. */
function systemOf({ preset }: Reading, sources: readonly Source[]): System | undefined {
  if (preset === 'none') return undefined
  if (preset !== undefined) return systemNamed(preset)
  const found = sources.flatMap(({ written }) => recogniseSystem(written) ?? [])
  // Of several files that belong together, the one that says who bought when speaks for all.
  return found.find(({ roles }) => roles.date?.length) ?? found[0]
}

function dateOrderOf({ date }: Readers, { dateOrder }: Reading): string | undefined {
  const style = date?.dates
  if (style?.order === undefined) return undefined
  const name = dateOrderNames[style.order]
  if (dateOrder) return `${name} (as given)`
  if (style.bySpread) return `${name}, as the days fill months`
  return style.proof ? `${name}, proven by ${style.proof.value.trim()}` : name
}

/** A file that was given more than once counts as often: hardly what anyone means. */
function twice(sources: readonly Source[]): string[] {
  const paths = sources.map(({ file }) => file.path)
  const repeated = new Set(paths.filter((path, i) => paths.indexOf(path) < i))
  return [...repeated].map((path) => `${path}: given more than once; its lines count each time`)
}

function rolesOfView(cast: Cast, asked: ReadonlySet<Role>, computed: boolean): Cast {
  const kept = (Object.keys(cast) as Role[]).filter(
    (role) => asked.has(role) || (computed && (role === 'price' || role === 'quantity')),
  )
  return Object.fromEntries(kept.map((role) => [role, cast[role]])) as Cast
}

function warnAboutGaps(sources: readonly Source[], readers: Readers, warnings: string[]): void {
  for (const [role, { header }] of Object.entries(readers)) {
    for (const source of sources) {
      if (source.headers.includes(header)) continue
      warnings.push(`${source.file.path}: has no column "${header}" (${role}): it is blank for all its lines`)
    }
  }
}

// A first look ---------------------------------------------------------------------------------------

/** Every role that can be told; where a file is large, every date and number in it is read once. */
async function look({ engine, reading, input, system }: Opening, exact: boolean): Promise<Look> {
  const { sources } = input
  const columns = columnsOver(sources)
  const asked = { place: placeOf(input.files), columns, needs: [], uses: commonRoles, statusGiven: false }
  const cast = castRoles({ ...asked, named: reading.columns, system, note: () => {}, byValues: true })
  const kinds = new Map(columns.map(({ header, seen }) => [header, kindOf(seen)] as const))
  if (isQuick(sources)) await readEveryCell(engine, sources, { cast, kinds, exact })
  return lookAt({ engine, reading, sources, cast, kinds, exact, system })
}

// Columns by name ------------------------------------------------------------------------------------

/** Open a table whose columns are found by their headers, every value as it is written; all where none is named. */
export async function openColumns(
  engine: Engine,
  reading: Reading,
  wanted: readonly string[] | undefined,
): Promise<Table> {
  const keys = new Set(wanted?.map(headerKey))
  const knows = wanted ? (header: string) => keys.has(headerKey(header)) : isKnownHeader
  const input = await openInput(engine, reading, { knows, headerless: false })
  const found = columnsOver(input.sources)
  const columns = wanted ?? found.map(({ header }) => header)
  const headers = columns.map((column) => {
    const match = columnNamed(found, column)
    if (match) return match.header
    throw new CustError(
      'input',
      `${placeOf(input.files)}: no column "${column}"`,
      `the file has: ${found.map(({ header }) => header).join(', ')}`,
    )
  })
  return input.view(columnsSql(input.sources, columns, headers), columns)
}

function columnsSql(sources: readonly Source[], columns: readonly string[], headers: readonly string[]): Sql {
  const parts = sources.map((source) => {
    const selected = columns.map((column, i) => {
      const index = source.headers.indexOf(headers[i] ?? '')
      // An answer written for a spreadsheet comes back with its ids wrapped.
      const text = index < 0 ? sql`cast(null as varchar)` : idSql(name(columnName(index)))
      return sql`${text} as ${name(column)}`
    })
    const line = source.lined ? sql`cast(line as bigint)` : sql`cast(null as bigint)`
    return sql`select ${join(selected)}, ${line} as ${name(LINE)} from (${source.scan})`
  })
  return join(parts, ' union all ')
}
