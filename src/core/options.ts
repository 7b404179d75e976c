/**
 * Options as data: help, default, placeholder and parser of a flag, and through them its type.
 * Parsers throw CustError('usage') with what was expected; the flag's name is added by the caller.
 */
import { parseDay } from './days.ts'
import { CustError } from './errors.ts'

export interface Option<T> {
  readonly help: string
  /** What help shows after the flag, `<n>`; a switch has none. */
  readonly placeholder?: string
  readonly default: T
  /** Words a shell can complete. */
  readonly choices?: readonly string[]
  /** The value names a file: the run gets its text, or what it says as settings, or opens it as a table. */
  readonly opens?: 'text' | 'settings' | 'table'
  /** The value names columns of the input by their headers: the lines have them as text (see table.ts). */
  readonly names?: 'columns'
  /** What a value says of how the file is to be read, where no reading flag says otherwise. */
  readonly reads?: (value: unknown) => { readonly delimiter?: string; readonly headerRow?: number }
  /** The value names a file that the run fills (see Answer.saves). */
  readonly saves?: true
  /** `--no-flag` may be typed, too: `parse` gets "false". */
  readonly negatable?: true
  /** Two values may follow the flag, `--explain A B`: a list of both. */
  readonly pairs?: true
  /** Repeated flags collect into a list. */
  readonly repeats?: true
  parse(text: string): T
}

export type Options = Readonly<Record<string, Option<unknown>>>

export type OptionValues<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never
}

interface Range {
  readonly min?: number
  readonly max?: number
}

const usage = (message: string): CustError => new CustError('usage', message)

function inRange(text: string, { min = -Infinity, max = Infinity }: Range, what: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(value) && value >= min && value <= max) return value
  const range = max === Infinity ? (min === -Infinity ? '' : ` of at least ${min}`) : ` from ${min} to ${max}`
  throw usage(`"${text}" is not ${what}${range}`)
}

function wholeNumber(text: string, range: Range): number {
  const value = inRange(text, range, 'a whole number')
  if (!Number.isInteger(value)) throw usage(`"${text}" is not a whole number`)
  return value
}

/** A whole number. */
export function integer<T extends number | undefined>(
  help: string,
  initial: T,
  range: Range = {},
): Option<number | T> {
  return { help, placeholder: '<n>', default: initial, parse: (text) => wholeNumber(text, range) }
}

/** A number, whole or not. */
export function decimal<T extends number | undefined>(
  help: string,
  initial: T,
  range: Range = {},
): Option<number | T> {
  return { help, placeholder: '<x>', default: initial, parse: (text) => inRange(text, range, 'a number') }
}

/** Numbers with commas between them. */
export function decimals<T extends readonly number[] | undefined>(
  help: string,
  initial: T,
  range: Range = {},
): Option<readonly number[] | T> {
  const parse = (text: string) => text.split(',').map((part) => inRange(part, range, 'a number'))
  return { help, placeholder: '<x,y,...>', default: initial, parse }
}

/** Whole numbers with commas between them. */
export function integers<T extends readonly number[] | undefined>(
  help: string,
  initial: T,
  range: Range = {},
): Option<readonly number[] | T> {
  const parse = (text: string) => text.split(',').map((part) => wholeNumber(part, range))
  return { help, placeholder: '<n,m,...>', default: initial, parse }
}

/** One word of a list. */
export function choice<const C extends readonly string[], T extends C[number] | undefined>(
  help: string,
  initial: T,
  choices: C,
): Option<C[number] | T> {
  const parse = (text: string): C[number] => {
    if (choices.includes(text)) return text
    throw usage(`"${text}" is not one of ${choices.join(', ')}`)
  }
  return { help, placeholder: `<${choices.join('|')}>`, default: initial, choices, parse }
}

/** Free text; `parse` may refuse it or give it a meaning. */
export function text<T>(
  help: string,
  placeholder: string,
  initial: T,
  parse: (text: string) => T,
  choices?: readonly string[],
): Option<T> {
  return { help, placeholder, default: initial, parse, ...(choices ? { choices } : {}) }
}

/** A list of words, `a,b`; the flag may be repeated. */
export function words(help: string): Option<readonly string[]> {
  const parse = (given: string) =>
    given
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
  return { help, placeholder: '<a,b>', default: [], repeats: true, parse }
}

/** Names that may hold commas: each as it is typed; the flag may be repeated. */
export const names = (help: string): Option<readonly string[]> => ({
  help,
  placeholder: '<a,b>',
  default: [],
  repeats: true,
  parse: (given) => [given],
})

/** Columns of the input beyond those of its roles, by their headers. */
export const columnNames = (help: string): Option<readonly string[]> => ({ ...words(help), names: 'columns' })

/** A calendar date, as a day number. */
export function date(help: string): Option<number | undefined> {
  return { help, placeholder: '<date>', default: undefined, parse: isoDay }
}

/** A date as typed on the command line, or an error that says how to write it. */
export function isoDay(given: string): number {
  const day = parseDay(given)
  if (day === undefined) throw usage(`"${given}" is not a date; write it as 2025-12-31`)
  return day
}

/** A switch: off unless given. */
export function flag(help: string): Option<boolean> {
  return { help, default: false, parse: (given) => truth(given) }
}

function truth(given: string): boolean {
  if (['true', '1', 'yes', 'on', ''].includes(given)) return true
  if (['false', '0', 'no', 'off'].includes(given)) return false
  throw usage(`"${given}" is not yes or no`)
}

/** A file whose text the run gets, in place of its path. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/** A small file of settings. Before the run it is read, and the value becomes its text. */
export function textFile(help: string): Option<TextFile | undefined> {
  return {
    help,
    placeholder: '<file>',
    default: undefined,
    opens: 'text',
    parse: (path) => ({ path, text: '' }),
  }
}

/** A file that the run writes beside its answer, named by the user. */
export function savedFile(help: string): Option<string | undefined> {
  return { help, placeholder: '<file>', default: undefined, saves: true, parse: (path) => path }
}

/** How many rows may be bad: a number of them, or a share of all. */
export type MostBad = { readonly rows: number } | { readonly share: number }

export function mostBad(given: string): MostBad {
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(given)?.[1]
  if (share !== undefined && Number(share) <= 100) return { share: Number(share) / 100 }
  if (/^\d{1,15}$/.test(given)) return { rows: Number(given) }
  throw usage(`"${given}" is not a number of rows, nor a share like 0.1%`)
}

/** What a file of settings says, with the place of each of its parts. */
export interface Settings {
  readonly path: string
  /** Lists, records by key, texts, numbers, true, false and null. */
  readonly content: unknown
  /** `rules.yaml:7`, for the part that these keys and places lead to. */
  place(...keys: readonly (string | number)[]): string
}

/** A file of settings, YAML or JSON. Before the run it is read, and the value becomes what it says. */
export function settingsFile(help: string): Option<Settings | undefined> {
  return {
    help,
    placeholder: '<file>',
    default: undefined,
    opens: 'settings',
    parse: (path) => ({ path, content: null, place: () => path }),
  }
}
