/** From what the user typed to lines under role names. Nothing is read before a query asks for it. */
import { mkdir, readdir } from 'node:fs/promises'
import { basename, join as joinPath } from 'node:path'
import type { Readable } from 'node:stream'
import { CustError } from '../core/errors.ts'
import type { Role } from '../core/roles.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Fetched, Shape, Table } from '../core/table.ts'
import type { Engine } from '../engines/engine.ts'
import * as date from '../fields/date.ts'
import * as id from '../fields/id.ts'
import * as money from '../fields/money.ts'
import { seenIn } from '../fields/seen.ts'
import { isTidy } from '../fields/text.ts'
import { csvSource, dialectOf } from './csv.ts'
import { type Encoding, encodingNamed } from './encoding.ts'
import { type InputFile, locate } from './files.ts'
import { headerKey, isKnownHeader } from './headers.ts'
import { columnIndex, columnOf, type Lines, linesSql, type Readers, rawSql } from './lines.ts'
import { prepare, withAlikeLineEnds } from './prepare.ts'
import { type Rejects, rejectsOf, troubleOf } from './rejects.ts'
import { type Cast, type Column, castRoles, columnNamed, isComputed, type Played } from './roles.ts'
import { columnName, type FileRead, type Source } from './source.ts'

export type { RejectGroup, Rejects } from './rejects.ts'
export type { FileRead } from './source.ts'

/** What the user typed. */
export interface Reading {
  /** Files, globs, `-`. */
  readonly paths: readonly string[]
  /** Read for `-`. */
  readonly stdin: Readable
  readonly cwd: string
  /** An existing folder for spooled and transcoded files, removed by the caller. */
  readonly temp: string
  readonly encoding?: string
  readonly delimiter?: string
  readonly dateOrder?: date.DateOrder
  readonly decimal?: money.DecimalMark
  /** `--customer 会员号`, `#3`, `a|b` (the first that exists), `none` (do not use that role). */
  readonly columns: Readonly<Partial<Record<Role, string>>>
  /** Only lines with these status words count. */
  readonly paidStatus?: readonly string[]
  /** Lines with these status words are out, as cancelled. */
  readonly excludeStatus?: readonly string[]
}

export interface Opened {
  /** The lines; its columns are those of the roles that the input has, and `problem`. */
  readonly table: Table
  readonly files: readonly FileRead[]
  readonly roles: Readonly<Partial<Record<Role, Played>>>
  /** Which part of a date is which, with the value that proves it. */
  readonly dateOrder: string | undefined
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  /** What could not be taken apart into lines; asked after a query has run. */
  rejects(): Promise<Rejects>
}

/** Open order lines. */
export async function openLines(
  engine: Engine,
  reading: Reading,
  needs: readonly Role[],
  uses: readonly Role[],
): Promise<Opened> {
  const input = await openInput(engine, reading, isKnownHeader)
  const notes = input.sources.flatMap((source) => source.notes)
  const warnings = twice(input.sources)
  const columns = columnsOver(input.sources)
  const place = placeOf(input.files)
  const statusGiven = Boolean(reading.paidStatus?.length || reading.excludeStatus?.length)
  const wanted = statusGiven && !needs.includes('status') ? [...needs, 'status' as const] : needs
  const cast = castRoles({
    place,
    columns,
    needs: wanted,
    uses,
    named: reading.columns,
    statusGiven,
    note: (line) => notes.push(`${place}: ${line}`),
  })
  const computed = wanted.includes('amount') && isComputed(cast, 'amount')
  const played = rolesOfView(cast, new Set([...wanted, ...uses]), computed)
  if (computed)
    notes.push(`${place}: amount is ${cast.price?.header.trim()} x ${cast.quantity?.header.trim()}`)
  const dates = await decideDates(engine, { input, reading, place }, cast.date && played.date)
  if (dates.warning) warnings.push(dates.warning)
  const readers = readersOf({ reading, columns, place, warnings, order: dates.order }, played)
  warnAboutGaps(input.sources, readers, warnings)
  const lines: Omit<Lines, 'sources'> = {
    readers,
    needs: wanted,
    statusWords: { paid: reading.paidStatus, excluded: reading.excludeStatus },
    computed,
  }
  const shown = [...(Object.keys(readers) as Role[]), ...(computed ? (['amount'] as const) : [])]
  const table = await input.table(
    (sources) => linesSql({ ...lines, sources }),
    [...shown.map(columnOf), 'problem'],
  )
  return {
    table,
    files: input.sources.map(({ file }) => file),
    roles: played,
    dateOrder: dates.said,
    notes,
    warnings,
    rejects: () =>
      rejectsOf(
        engine,
        input.current().map(({ read }) => read),
      ),
  }
}

/** A file that was given more than once counts as often: hardly what anyone means. */
function twice(sources: readonly Source[]): string[] {
  const paths = sources.map(({ file }) => file.path)
  const repeated = new Set(paths.filter((path, i) => paths.indexOf(path) < i))
  return [...repeated].map((path) => `${path}: given more than once; its lines count each time`)
}

/** Open a table whose columns are found by their headers, every value as it is written. */
export async function openColumns(
  engine: Engine,
  reading: Reading,
  columns: readonly string[],
): Promise<Table> {
  const keys = new Set(columns.map(headerKey))
  const input = await openInput(engine, reading, (header) => keys.has(headerKey(header)))
  const found = columnsOver(input.sources)
  const headers = columns.map((column) => {
    const match = columnNamed(found, column)
    if (match) return match.header
    throw new CustError(
      'input',
      `${placeOf(input.files)}: no column "${column}"`,
      `the file has: ${found.map(({ header }) => header.trim()).join(', ')}`,
    )
  })
  return input.table((sources) => columnsSql(sources, columns, headers), columns)
}

function columnsSql(sources: readonly Source[], columns: readonly string[], headers: readonly string[]): Sql {
  const parts = sources.map((source) => {
    const selected = columns.map((column, i) => {
      const index = columnIndex(source, headers[i] ?? '')
      const text = name(columnName(index))
      // An answer written for a spreadsheet comes back with its ids wrapped.
      return sql`${index < 0 ? sql`cast(null as varchar)` : id.idSql(text)} as ${name(column)}`
    })
    return sql`select ${join(selected)} from (${source.scan})`
  })
  return join(parts, ' union all ')
}

// The files ------------------------------------------------------------------------------------

/** Named alike in every run: `--explain` shows it. */
async function numberedFolder(temp: string): Promise<string> {
  const others = (await readdir(temp)).filter((entry) => entry.startsWith('input-'))
  const folder = joinPath(temp, `input-${others.length + 1}`)
  await mkdir(folder)
  return folder
}

interface OpenInput {
  readonly files: readonly InputFile[]
  /** As first opened. */
  readonly sources: readonly Source[]
  /** As they are read now. */
  current(): readonly Source[]
  /** A view over the sources. */
  table(query: (sources: readonly Source[]) => Sql, columns: readonly string[]): Promise<Table>
}

async function openInput(
  engine: Engine,
  reading: Reading,
  knows: (header: string) => boolean,
): Promise<OpenInput> {
  const folder = await numberedFolder(reading.temp)
  const files = await locate(reading.paths, { cwd: reading.cwd, stdin: reading.stdin, folder })
  const open = (thorough: boolean) => openSources(engine, files, { reading, knows, folder, thorough })
  const sources = await open(false)
  let current = sources
  const table: OpenInput['table'] = async (query, columns) => {
    const view = name(`cust ${basename(folder)}`)
    const show = () => engine.run(sql`create or replace temp view ${view} as ${query(current)}`)
    const again = async () => {
      current = alikeHeaders(await open(true))
      await show()
    }
    await show()
    const fetch = carefulFetch(engine, () => current, again)
    return { from: view, columns, dialect: engine.dialect, fetch }
  }
  return { files, sources, current: () => current, table }
}

/**
 * Compressed files are unpacked by the engine, unseen by us. When it meets bytes or line ends that it does
 * not take, they are unpacked here, put right, and the query is run again.
 */
function carefulFetch(engine: Engine, current: () => readonly Source[], again: () => Promise<void>) {
  return async <S extends Shape>(query: Sql, shape: S): Promise<Fetched<S>> => {
    const isPacked = () => current().some(({ read }) => read.compression !== undefined)
    try {
      const answer = await engine.fetch(query, shape)
      const trouble = await troubleOf(
        engine,
        current().map(({ read }) => read),
      )
      if (trouble === undefined) return answer
      if (trouble.kind !== 'encoding' || !isPacked()) throw trouble.error
    } catch (error) {
      if (!isPacked() || !isLineEndError(error)) throw explained(error, current())
    }
    await again()
    return carefulFetch(engine, current, again)(query, shape)
  }
}

function isLineEndError(error: unknown): boolean {
  return error instanceof CustError && /state machine reached an invalid state/.test(error.message)
}

/** Names the file as the user did, not by where we put it. */
function explained(error: unknown, sources: readonly Source[]): unknown {
  if (!(error instanceof CustError)) return error
  const file = sources.find(({ read }) => read.path !== read.shown && error.message.includes(read.path))
  if (!file) return error
  return new CustError(error.kind, error.message.replaceAll(file.read.path, file.read.shown), error.hint, {
    cause: error,
  })
}

interface Opening {
  readonly reading: Reading
  readonly knows: (header: string) => boolean
  readonly folder: string
  readonly thorough: boolean
}

async function openSources(engine: Engine, files: readonly InputFile[], opening: Opening): Promise<Source[]> {
  const sources: Source[] = []
  for (const [index, file] of files.entries())
    sources.push(await openSource(engine, file, { ...opening, index }))
  return alikeHeaders(sources)
}

async function openSource(
  engine: Engine,
  file: InputFile,
  { reading, knows, folder, thorough, index }: Opening & { readonly index: number },
): Promise<Source> {
  const encoding: Encoding | undefined = reading.encoding ? encodingNamed(reading.encoding) : undefined
  const input = await prepare(file, { folder, encoding, thorough, index })
  if (input.kind === 'parquet') return (await import('./parquet.ts')).parquetSource(engine, input)
  if (input.kind === 'json') return (await import('./json.ts')).jsonSource(engine, input)
  const numbered = Object.values(reading.columns).some((column) => /^#\d+$/.test(column))
  const hints = { delimiter: delimiterNamed(reading.delimiter), numbered, knows }
  const dialect = dialectOf(input, hints)
  const even = await withAlikeLineEnds(input, { delimiter: dialect.delimiter, folder, index })
  return csvSource(even, dialect, hints)
}

function delimiterNamed(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  const delimiter =
    { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|' }[given.toLowerCase()] ?? given
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter
  throw new CustError('usage', `--delimiter: "${given}" is not one character`, 'use , ; | or tab')
}

/** The same column has the same name in every file, as the first file writes it. */
function alikeHeaders(sources: readonly Source[]): Source[] {
  const written = new Map<string, string>()
  return sources.map((source) => {
    const headers = source.headers.map((header) => {
      const key = headerKey(header) || header
      if (!written.has(key)) written.set(key, header)
      return written.get(key) as string
    })
    return { ...source, headers }
  })
}

function placeOf(files: readonly InputFile[]): string {
  const first = files[0]?.shown ?? ''
  return files.length > 1 ? `${first} and ${files.length - 1} more` : first
}

// The columns ----------------------------------------------------------------------------------

/** The columns of all files together, with the values of the samples that are not blank. */
function columnsOver(sources: readonly Source[]): Column[] {
  const columns = new Map<string, { values: string[]; written: string; tidy: boolean }>()
  for (const source of sources) {
    source.headers.forEach((header, i) => {
      const written = source.written?.[i] ?? header
      const column = columns.get(header) ?? { values: [], written, tidy: true }
      for (const row of source.rows) {
        const cell = row[i] ?? ''
        if (!isTidy(cell)) column.tidy = false
        if (cell.trim() !== '') column.values.push(cell)
      }
      columns.set(header, column)
    })
  }
  const complete = sources.every((source) => source.complete)
  return [...columns].map(([header, { values, written, tidy }]) => ({
    header,
    written,
    values,
    seen: complete && tidy,
  }))
}

function rolesOfView(cast: Cast, asked: ReadonlySet<Role>, computed: boolean): Cast {
  const kept = (Object.keys(cast) as Role[]).filter(
    (role) => asked.has(role) || (computed && (role === 'price' || role === 'quantity')),
  )
  return Object.fromEntries(kept.map((role) => [role, cast[role]])) as Cast
}

interface Deciding {
  readonly reading: Reading
  readonly columns: readonly Column[]
  readonly place: string
  readonly warnings: string[]
  readonly order: date.DateOrder | undefined
}

function readersOf(deciding: Deciding, played: Cast): Readers {
  const entries = (Object.keys(played) as Role[]).map((role) => {
    const header = played[role]?.header ?? ''
    const column = deciding.columns.find((each) => each.header === header)
    const known = column ?? { header, written: header, values: [], seen: false }
    const seen = known.seen ? known.values : undefined
    return [role, { header, seen, ...styleOf(deciding, role, known) }] as const
  })
  return Object.fromEntries(entries)
}

function styleOf(
  deciding: Deciding,
  role: Role,
  column: Column,
): Omit<Readers[Role] & object, 'header' | 'seen'> {
  switch (role) {
    case 'date':
      return { dates: dateReading(deciding.order, column) }
    case 'customer':
    case 'order':
    case 'item':
      warnAboutIds(deciding, role, column)
      return {}
    case 'status':
    case 'currency':
      return {}
    default:
      return { numbers: numberReading(deciding, role, column) }
  }
}

function dateReading(order: date.DateOrder | undefined, { values, complete }: Column): date.DateReading {
  const style = date.dateStyle(seenIn(values), order)
  return complete ? style : date.withStragglers(style)
}

function warnAboutIds({ place, warnings }: Deciding, role: Role, { header, values }: Column): void {
  const style = id.recognise(values)
  const hidden = style.masked ?? style.placeholder
  if (role === 'customer' && hidden !== undefined) {
    const what = style.masked ? 'masked' : 'placeholder'
    warnings.push(
      `${place}: "${header.trim()}" holds ${what} values such as ${hidden}: they count as one customer each`,
    )
  }
}

function numberReading(
  { place, reading, warnings }: Deciding,
  role: Role,
  column: Column,
): money.NumberReading {
  const style = money.numberStyle(seenIn(column.values), reading.decimal)
  const header = column.header.trim()
  if (style.scale > 6) {
    warnings.push(`${place}: "${header}" has more than six decimals; they are rounded to six`)
  }
  if (style.ambiguous !== undefined) {
    const mark = style.decimal === '.' ? 'point' : 'comma'
    warnings.push(
      `${place}: "${header}" may use either decimal mark (${style.ambiguous.value.trim()}); read with a decimal ${mark}; --decimal , or --decimal . decides`,
    )
  }
  const currencies = money.currenciesOf(style.marks)
  if (role === 'amount' && currencies.length > 1) {
    warnings.push(
      `${place}: "${header}" has several currencies (${currencies.join(', ')}), added up as they are`,
    )
  }
  return column.complete ? style : money.withStragglers(style)
}

function warnAboutGaps(sources: readonly Source[], readers: Readers, warnings: string[]): void {
  for (const [role, { header }] of Object.entries(readers)) {
    for (const source of sources) {
      if (columnIndex(source, header) >= 0) continue
      warnings.push(
        `${source.file.path}: has no column "${header.trim()}" (${role}): it is blank for all its lines`,
      )
    }
  }
}

// The order of dates ---------------------------------------------------------------------------

interface DecidedDates {
  readonly order: date.DateOrder | undefined
  readonly said: string | undefined
  readonly warning?: string
}

async function decideDates(
  engine: Engine,
  { input, reading, place }: { input: OpenInput; reading: Reading; place: string },
  played: Played | undefined,
): Promise<DecidedDates> {
  if (played === undefined) return { order: undefined, said: undefined }
  if (reading.dateOrder)
    return { order: reading.dateOrder, said: `${date.dateOrderNames[reading.dateOrder]} (as given)` }
  const values = columnsOver(input.sources).find(({ header }) => header === played.header)?.values ?? []
  const style = date.dateStyle(seenIn(values))
  if (values.length === 0) return { order: 'ymd', said: undefined }
  const order = style.order ?? (await orderOfAll(engine, input.sources, { header: played.header, values }))
  if (order === undefined) throw undecided(place, played, style)
  const proof = style.proof
    ? `, proven by ${style.proof.value.trim()}`
    : style.order
      ? ''
      : ', proven by later rows'
  const said = date.dateOrderNames[order] + proof
  if (style.order === undefined || style.share > 0.999 || style.order === 'ymd') return { order, said }
  const warning = `${place}: "${played.header.trim()}" mixes date orders; read as ${said}; others, such as ${style.unread[0]?.value.trim()}, are unreadable`
  return { order, said, warning }
}

function undecided(
  place: string,
  { header }: Played,
  { ambiguous, contradiction }: date.DateStyle,
): CustError {
  return new CustError(
    'input',
    `${place}: the order of day and month in "${header.trim()}" cannot be told: every date reads both ways (${(ambiguous ?? contradiction?.[0])?.value.trim()})`,
    'say it with --date-order dmy, mdy or ymd',
  )
}

/** When the sample does not decide, all rows are asked: one pass over the column. */
async function orderOfAll(
  engine: Engine,
  sources: readonly Source[],
  { header, values }: { readonly header: string; readonly values: readonly string[] },
): Promise<date.DateOrder | undefined> {
  const orders = ['ymd', 'dmy', 'mdy'] as const
  const seen = seenIn(values)
  const counts = orders.map((order) => {
    const reading = date.withStragglers(date.dateStyle(seen, order))
    return sql`count(${date.daySql(name('raw date'), reading)})`
  })
  const found = await engine.fetch(
    sql`select ${join(counts)} from (${rawSql(sources, { date: { header } })})`,
    {
      ymd: 'number',
      dmy: 'number',
      mdy: 'number',
    },
  )
  const most = Math.max(...orders.map((order) => found[order][0] ?? 0))
  const best = orders.filter((order) => found[order][0] === most)
  return best.length === 1 ? best[0] : undefined
}
