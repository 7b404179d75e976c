/** From an answer to what is written: which sheets, columns and rows, by the writing flags. */
import type { AnyAnswer, AnyColumns, Free, Rows, Spec } from '../core/command.ts'
import { NO_DAY } from '../core/days.ts'
import { CustError } from '../core/errors.ts'
import type { Column, Report, Sheet } from '../core/report.ts'
import { countOfTexts, textReader } from '../core/texts.ts'
import { type FormatName, formatOfPath, formats, isNetworkFormat } from '../render/format.ts'
import type { SortKey, Writing } from './asked.ts'
import { fileOf } from './sink.ts'
import type { World } from './world.ts'

/** What is to be written, and how. */
export interface Target extends Omit<Writing, 'format'> {
  readonly format: FormatName
  readonly spec: Spec
}

/** Rows of a sheet that a document shows unless --limit says otherwise. */
const DOCUMENT_ROWS: Readonly<Partial<Record<FormatName, number>>> = { table: 20, markdown: 20, html: 1000 }

const isDocument = (format: FormatName): boolean => DOCUMENT_ROWS[format] !== undefined

/** The format asked for by flag, by the ending of the file, or by where the answer goes. */
export function formatOf({ format, output }: Writing, world: World): FormatName {
  if (format !== undefined) return format
  if (output === undefined || output === '-') return world.stdout.isTTY ? 'table' : 'csv'
  const named = formatOfPath(output)
  if (named) return named
  if (output.startsWith('/dev/')) return 'csv'
  // A folder has no ending either, but that is not what is wrong with it.
  fileOf(output, world)
  throw new CustError(
    'usage',
    `--output ${output}: the ending names no format`,
    `add --format, one of ${formats.join(', ')}`,
  )
}

/** Check names before the work. Throws CustError('usage'). */
export function checkWriting({ format, sheet, columns, sort, spec }: Target): void {
  const several = format === 'json' || format === 'xlsx' || isDocument(format)
  if (sheet === 'all' && !several) {
    throw new CustError(
      'usage',
      `--sheet all: ${format} holds one sheet`,
      'use --format json or xlsx, or name one sheet',
    )
  }
  if (sheet === 'all' && columns.length > 0) {
    throw new CustError('usage', '--columns needs one sheet', 'name it with --sheet')
  }
  if (isNetworkFormat(format)) checkNetwork(format, { sheet, columns, spec })
  const name = sheet === undefined || sheet === 'all' ? firstOf(spec) : sheet
  const known = Object.keys(spec.gives[name] ?? {})
  for (const column of columns) checkColumn('--columns', column, known)
  for (const { column } of sort) checkColumn('--sort', column, known)
}

function checkNetwork(
  format: string,
  { sheet, columns, spec }: Pick<Target, 'sheet' | 'columns' | 'spec'>,
): void {
  const drawn = spec.network?.sheet
  if (drawn === undefined) throw new CustError('usage', `--format ${format}: this command has no network`)
  if (sheet !== undefined && sheet !== drawn) {
    throw new CustError('usage', `--format ${format}: only the sheet ${drawn} is a network`)
  }
  const missing = [spec.network?.from, spec.network?.to, spec.network?.width].find(
    (key) => columns.length > 0 && !columns.includes(key as string),
  )
  if (missing !== undefined) throw new CustError('usage', `--columns: a network needs ${missing}`)
}

const firstOf = (spec: Spec): string => Object.keys(spec.gives)[0] ?? ''

function checkColumn(flag: string, column: string, known: readonly string[]): void {
  // A sheet that describes no columns has those of the input.
  if (known.includes(column) || known.length === 0) return
  throw new CustError('usage', `${flag}: there is no column ${column}`, `the sheet has: ${known.join(', ')}`)
}

/** The rows of the input that are the answer; undefined where it has columns of its own. */
export function rowsOf({ sheets }: AnyAnswer, { sheet, spec }: Target) {
  const key = sheet === undefined || sheet === 'all' ? firstOf(spec) : sheet
  const given = sheets[key]
  return isRows(given) ? { table: given.table, title: spec.titles[key] ?? { en: key, zh: key } } : undefined
}

function isRows(sheet: AnyAnswer['sheets'][string] | undefined): sheet is Rows {
  return typeof sheet === 'object' && 'table' in sheet && typeof (sheet as Rows).table.fetch === 'function'
}

/** How many rows of the answer a document shows; undefined: all. */
export function documentRowsOf({ format, limit }: Target): number | undefined {
  const shown = limit ?? DOCUMENT_ROWS[format]
  return isDocument(format) && typeof shown === 'number' ? shown : undefined
}

/** The report, and how many rows a document shows. Throws CustError('usage') for a sheet that this run lacks. */
export function reportOf(answer: AnyAnswer, target: Target, title: string) {
  const names = sheetNames(answer, target)
  const main = target.sheet === undefined || target.sheet === 'all' ? firstOf(target.spec) : target.sheet
  const document = isDocument(target.format)
  const sheets = names.map((name) => {
    const sheet = sheetOf(name, answer, target.spec)
    const told = document ? forReaders(sheet, target) : sheet
    if (name === main) return arranged(sheet, told, target, document)
    return {
      ...told,
      whole: true as const,
      ...(isDrawn(name, answer, target) ? { drawn: true as const } : {}),
    }
  })
  const documentRows = documentRowsOf(target)
  const json = target.sheet === undefined && answer.json !== undefined ? { json: answer.json } : {}
  return { report: { title, sheets, ...json } satisfies Report, documentRows }
}

function sheetNames({ sheets, show = [] }: AnyAnswer, { sheet, format, spec }: Target): string[] {
  const present = Object.keys(spec.gives).filter((name) => !isAbsent(sheets[name]))
  if (sheet === 'all' || (sheet === undefined && format === 'xlsx')) return present
  if (sheet !== undefined) return [sheet]
  if (isNetworkFormat(format) && spec.network) return [spec.network.sheet]
  if (!isDocument(format)) return [firstOf(spec)]
  const pages = format === 'html' ? (spec.pages ?? []) : []
  const before = [...spec.lead, ...Object.keys(spec.charts ?? {}), ...show, ...pages]
  return [...new Set([...before.filter((name) => present.includes(name)), firstOf(spec)])]
}

/** Beside the answer a charted sheet is a picture, unless it leads or was asked for. */
const isDrawn = (name: string, { show = [] }: AnyAnswer, { sheet, spec }: Target): boolean =>
  sheet === undefined &&
  spec.charts?.[name] !== undefined &&
  !spec.lead.includes(name) &&
  !show.includes(name)

function isFree(sheet: object): sheet is Free {
  return 'free' in sheet && Array.isArray(sheet.free)
}

function isAbsent(sheet: AnyAnswer['sheets'][string] | undefined): sheet is { absent: string } {
  return sheet !== undefined && 'absent' in sheet && typeof sheet.absent === 'string'
}

function sheetOf(name: string, { sheets }: AnyAnswer, spec: Spec): Sheet {
  const given = sheets[name]
  if (given === undefined) throw new Error(`the run gave no sheet ${name}`)
  const values = typeof given === 'function' ? given() : given
  if (isAbsent(values)) throw new CustError('usage', `--sheet ${name}: this run has none`, values.absent)
  const columns = isFree(values) ? [...values.free] : columnsOf(values as AnyColumns, spec.gives[name] ?? {})
  const grid = spec.grids?.[name]
  const charts = spec.charts?.[name]
  const title = spec.titles[name] ?? { en: name, zh: name }
  return {
    name,
    title,
    columns,
    length: lengthOf(columns),
    ...(grid ? { grid } : {}),
    ...(charts ? { charts } : {}),
    ...(spec.network?.sheet === name ? { network: spec.network } : {}),
  }
}

function columnsOf(values: AnyColumns, described: Spec['gives'][string]): Column[] {
  return Object.entries(described).flatMap(([key, { unit, title, list, prose }]) =>
    values[key] === undefined
      ? []
      : [
          {
            key,
            unit,
            title,
            values: values[key],
            ...(list ? { list } : {}),
            ...(prose ? { prose } : {}),
          } as Column,
        ],
  )
}

export function lengthOf([first]: readonly Column[]): number {
  if (!first) return 0
  if (first.unit === 'money') return first.values.units.length
  if (first.unit === 'text') return countOfTexts(first.values)
  return (first.values as ArrayLike<unknown>).length
}

/** Documents leave out details, and the columns that are written in the other language. */
function forReaders(sheet: Sheet, { spec, lang }: Target): Sheet {
  const described = spec.gives[sheet.name] ?? {}
  const isShown = ({ key }: Column) => (described[key]?.language ?? lang) === lang && !described[key]?.detail
  return { ...sheet, columns: sheet.columns.filter(isShown) }
}

/** The rows and columns asked for; columns named by the user are shown in any language. */
function arranged(sheet: Sheet, told: Sheet, { columns, sort, limit }: Target, document: boolean): Sheet {
  const rows = arrangedRows(sheet, sort, document || typeof limit !== 'number' ? undefined : limit)
  const shown =
    columns.length === 0
      ? told.columns
      : columns.map((key) => {
          const column = sheet.columns.find((one) => one.key === key)
          if (column) return column
          throw new CustError('usage', `--columns: this run has no column ${key}`)
        })
  return { ...sheet, columns: shown, ...(rows ? { rows } : {}) }
}

function arrangedRows(
  sheet: Sheet,
  sort: readonly SortKey[],
  limit: number | undefined,
): Uint32Array | undefined {
  if (sort.length === 0 && limit === undefined) return undefined
  const rows = Uint32Array.from({ length: sheet.length }, (_, row) => row)
  if (sort.length > 0) {
    const compares = sort.map((key) => comparison(sheet, key))
    rows.sort((a, b) => compares.reduce((order, compare) => order || compare(a, b), 0) || a - b)
  }
  return limit === undefined ? rows : rows.slice(0, limit)
}

/** Rows without a value come last, whichever way the others go. */
function comparison(sheet: Sheet, { column: key, descending }: SortKey): (a: number, b: number) => number {
  const column = sheet.columns.find((one) => one.key === key)
  if (!column) throw new CustError('usage', `--sort: this run has no column ${key}`)
  const value = sortValue(column)
  const sign = descending ? -1 : 1
  return (a, b) => {
    const [x, y] = [value(a), value(b)]
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1
    return x < y ? -sign : x > y ? sign : 0
  }
}

function sortValue(column: Column): (row: number) => string | number | undefined {
  const number = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? undefined : value
  switch (column.unit) {
    case 'text': {
      const read = textReader(column.values)
      return (row) => read(row) ?? undefined
    }
    case 'money':
      return (row) => number(column.values.units[row])
    case 'day':
      return (row) => (column.values[row] === NO_DAY ? undefined : column.values[row])
    case 'score':
      return (row) => column.values[row] || undefined
    default:
      return (row) => number(column.values[row])
  }
}
