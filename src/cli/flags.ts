/** The flags that every command shares, in the form of core's options, and all flags of one command. */
import type { Spec } from '../core/command.ts'
import { CustError } from '../core/errors.ts'
import type { Option, OptionValues } from '../core/options.ts'
import { choice, flag, integer, type MostBad, mostBad, text, words } from '../core/options.ts'
import type { Role } from '../core/roles.ts'
import { roleNames, roles } from '../core/roles.ts'
import { formats } from '../render/format.ts'

const encodings = [
  ...['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'],
  'windows-1252',
]

const delimiterWords: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
}

export const reading = {
  encoding: text<string | undefined>(
    'encoding of the file (default: found out)',
    '<name>',
    undefined,
    filled,
    encodings,
  ),
  delimiter: text<string | undefined>(
    'one character, or tab (default: found out)',
    '<char>',
    undefined,
    oneCharacter,
  ),
  quote: text<string | undefined>(
    'what quotes cells: ", \' or none (default: found out)',
    '<char>',
    undefined,
    quoteMark,
    ['"', "'", 'none'],
  ),
  headerRow: integer('line on which the header stands; 0: there is none (default: found out)', undefined, {
    min: 0,
  }),
  inputSheet: text<string | undefined>(
    'worksheet to read, by name or number (default: the first with a table)',
    '<name|n>',
    undefined,
    filled,
  ),
  preset: text<string | undefined>(
    'export system that wrote the file, or none (default: found out; see cust help presets)',
    '<name>',
    undefined,
    filled,
  ),
  dateOrder: choice('how dates like 03/04/2025 are meant', undefined, ['ymd', 'dmy', 'mdy']),
  decimal: choice('the decimal mark of numbers', undefined, ['.', ',']),
  paidStatus: words('status words that mean "this line counts"'),
  excludeStatus: words('status words whose lines do not count'),
  badRows: choice('rows that cannot be read: tell some of them, count them, or stop', 'report', [
    'report',
    'skip',
    'fail',
  ]),
  maxBad: text<MostBad | undefined>(
    'stop when more rows than this cannot be read: a number, or a share like 0.1%',
    '<n|x%>',
    undefined,
    mostBad,
  ),
  rejects: text<string | undefined>(
    'write the rows that cannot be read to a file, with their lines and why',
    '<file>',
    undefined,
    filled,
  ),
}

const writingBesidesSheet = {
  format: choice('table on a terminal, csv in a pipe, else by the ending of --output', undefined, formats),
  output: text<string | undefined>(
    'write to a file; it appears whole or not at all',
    '<file>',
    undefined,
    filled,
  ),
  columns: words('only these columns, in this order'),
  limit: text<number | 'all' | undefined>(
    'rows to write (default: 20 on a terminal, else all)',
    '<n|all>',
    undefined,
    rowLimit,
  ),
  sort: text<readonly SortKey[]>('order of the rows; -column from high to low', '<a,-b>', [], sortKeys),
  bom: flag('csv and tsv with a byte order mark, for old spreadsheets'),
  excelSafe: flag('csv and tsv that a spreadsheet opens unharmed: ids as text, no formulas'),
  lang: choice('language of titles', 'en', ['en', 'zh']),
  color: choice('colours', 'auto', ['auto', 'always', 'never']),
}

const sheet = text<string | undefined>('which sheet of the answer to write', '<name|all>', undefined, filled)

export const running = {
  quiet: flag('no notes on stderr, only warnings and errors'),
  verbose: flag('more notes on stderr'),
  explain: flag(
    'print the SQL and the plan, do not run; ends at the first query whose answer decides the next',
  ),
  strict: flag('any warning ends with exit code 4'),
  memory: text<number | undefined>('most memory to use, like 500MB or 2GB', '<size>', undefined, bytes),
  threads: integer('threads to use', undefined, { min: 1, max: 1024 }),
  tempDir: text<string | undefined>('folder for temporary files', '<dir>', undefined, filled),
  progress: { ...flag('no progress bar'), default: true },
}

export interface SortKey {
  readonly column: string
  readonly descending: boolean
}

export type Reading = OptionValues<typeof reading>
export type Writing = OptionValues<typeof writingBesidesSheet> & { readonly sheet: string | undefined }
export type Running = OptionValues<typeof running>
export type ColumnFlags = Readonly<Partial<Record<Role, string>>>

export type Group = 'own' | 'columns' | 'reading' | 'writing' | 'running'

/** One flag of one command: an option with the name it is typed by and the group it is shown in. */
export interface Flag {
  readonly key: string
  /** `date-order`: after two dashes, in configuration files, and as CUST_DATE_ORDER. */
  readonly long: string
  readonly short?: string
  readonly group: Group
  readonly option: Option<unknown>
  /** Taken from a command line that was made for another command, and not shown. */
  readonly idle?: true
}

const shorts: Readonly<Record<string, string>> = { format: 'f', output: 'o', quiet: 'q', verbose: 'v' }

/** Every flag of a command, in the order in which help shows them. */
export function flagsOf(spec: Spec): Flag[] {
  return [
    ...inGroup('own', spec.options),
    ...columnFlags(spec),
    // What a command says of its bad rows it says itself.
    ...inGroup('reading', reading).filter(({ key }) => !(key in spec.options) && !isAnswered(key, spec)),
    ...inGroup('writing', writingOf(spec)),
    ...inGroup('running', running).filter(({ key }) => !(key in spec.options)),
  ]
}

/** Told by the answer of a command that names the bad rows itself. */
const isAnswered = (key: string, spec: Spec): boolean => key === 'badRows' && 'rejects' in spec.options

/** Those that help and completion show. */
export const shownFlags = (spec: Spec): Flag[] => flagsOf(spec).filter(({ idle }) => !idle)

function inGroup(group: Group, options: Readonly<Record<string, Option<unknown>>>): Flag[] {
  return Object.entries(options).map(([key, option]) => {
    // A flag of one letter is typed with one dash, too.
    const short = key.length === 1 ? key : group === 'own' ? undefined : shorts[key]
    return { key, long: longName(key), group, option, ...(short === undefined ? {} : { short }) }
  })
}

/** Every role can be named, so that what pins a file for one command pins it for all. */
function columnFlags(spec: Spec): Flag[] {
  // Price times quantity stands in for a missing amount.
  const factors: readonly Role[] = spec.needs.includes('amount') ? ['price', 'quantity'] : []
  const used = new Set<string>([...spec.needs, ...factors, ...(spec.uses ?? [])])
  const free = roleNames.filter((role) => !(role in spec.options))
  const options = free.map((role) => [role, columnOption(role, spec.needs.includes(role))] as const)
  return inGroup('columns', Object.fromEntries(options)).map((flag) =>
    used.has(flag.key) ? flag : { ...flag, idle: true },
  )
}

function columnOption(role: Role, needed: boolean): Option<string | undefined> {
  const { help } = roles[role]
  return text<string | undefined>(needed ? `${help} (needed)` : help, '<column>', undefined, filled)
}

function writingOf(spec: Spec): Readonly<Record<string, Option<unknown>>> {
  const names = [...Object.keys(spec.gives), 'all']
  const keys = Object.keys(Object.values(spec.gives)[0] ?? {})
  const { format, output, columns, ...others } = writingBesidesSheet
  const named = choice(sheet.help, undefined, names)
  return {
    format,
    output,
    sheet: { ...named, placeholder: '<name|all>' },
    columns: { ...columns, choices: keys },
    ...others,
    sort: { ...others.sort, choices: keys.flatMap((key) => [key, `-${key}`]) },
  }
}

/** `dateOrder` as it is typed: `date-order`. */
export function longName(key: string): string {
  return key.replace(/_/g, '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** A flag that takes no value. */
export function isSwitch({ option }: Flag): boolean {
  return option.placeholder === undefined
}

/** How help and completion show a flag: a switch that is on by default is shown by its off form. */
export function shownName(flag: Flag): string {
  return isSwitch(flag) && flag.option.default === true ? `--no-${flag.long}` : `--${flag.long}`
}

/** The value names a file. */
export function takesFile({ option }: Flag): boolean {
  return option.opens !== undefined || option.saves === true || option.placeholder === '<file>'
}

/** The value of a flag from the texts it was given, or an error that starts with `where`. */
export function parseFlag({ option }: Flag, texts: readonly string[], where: string): unknown {
  try {
    if (option.repeats) return texts.flatMap((given) => option.parse(given))
    return option.parse(texts[texts.length - 1] ?? '')
  } catch (error) {
    if (!(error instanceof CustError) || error.kind !== 'usage') throw error
    throw new CustError('usage', `${where}: ${error.message}`, error.hint, { cause: error })
  }
}

function filled(given: string): string {
  if (given.trim() === '') throw new CustError('usage', 'the value is empty')
  return given
}

function oneCharacter(given: string): string {
  const character = delimiterWords[given] ?? given
  if ([...character].length === 1) return character
  throw new CustError('usage', `"${given}" is not one character, tab, comma, semicolon, pipe or space`)
}

function quoteMark(given: string): string {
  const mark = { double: '"', single: "'" }[given] ?? given
  if (['"', "'", 'none'].includes(mark)) return mark
  throw new CustError('usage', `"${given}" is not ", ' or none`)
}

function rowLimit(given: string): number | 'all' {
  if (given === 'all') return 'all'
  if (/^\d{1,15}$/.test(given)) return Number(given)
  throw new CustError('usage', `"${given}" is not a whole number of at least 0, or all`)
}

function sortKeys(given: string): readonly SortKey[] {
  return given.split(',').map((part) => {
    const descending = part.trim().startsWith('-')
    const column = part.trim().slice(descending ? 1 : 0)
    if (column === '') throw new CustError('usage', `"${given}" is not a list of columns like orders,-spent`)
    return { column, descending }
  })
}

const multiples: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
}

function bytes(given: string): number {
  const [, amount, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]i?)?b\s*$/i.exec(given) ?? []
  const size = Math.floor(Number(amount) * (multiples[unit.toLowerCase()] ?? 1))
  if (size >= 1) return size
  throw new CustError('usage', `"${given}" is not a size like 500MB or 2GB`)
}
