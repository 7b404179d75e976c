/**
 * Cells that hold an amount or a quantity. A column has one decimal mark: a value of the other style is
 * unreadable, never guessed.
 */
import { join, type Sql, sql } from '../core/sql.ts'
import { anyMark, currencyOf, isMark } from './currency.ts'
import {
  DECIMALS,
  type DecimalMark,
  decimalType,
  exactText,
  type Grouping,
  type Groups,
  type NumberForm,
  numberForms,
  numberPattern,
  numberSqlOf,
  plainDigits,
  shiftOf,
  signOf,
  type Writing,
} from './numberforms.ts'
import { examplesOf, firstOf, type Seen, weightOf } from './seen.ts'
import { isBlank, plainText, withPlain } from './text.ts'

export type { DecimalMark } from './numberforms.ts'

/** How the cells of a column are to be read. */
export interface NumberReading extends Writing {
  /** Some values are plain digits with a decimal point, or without one: these are tried first. */
  readonly hasPlain: boolean
  /** Some are not. */
  readonly hasOthers: boolean
  /** No value has anything around it, or characters that stand for plain ones. */
  readonly tidy: boolean
}

/** A currency mark, as it is written, and the one currency that it stands for. */
export interface Mark {
  readonly mark: string
  readonly currency: string | undefined
  readonly count: number
}

/** A value that both decimal marks read, differently: as it is read, and as it might be. */
export interface Ambiguous extends Seen {
  readonly readings: readonly [string, string]
}

export interface NumberStyle extends NumberReading {
  /** Share of the non-blank values that it reads. */
  readonly share: number
  /** What stands between groups of digits in most values that have them. */
  readonly grouping: Grouping | undefined
  /** A value that only this decimal mark reads. */
  readonly proof?: Seen
  /** Two values that prove different decimal marks. */
  readonly contradiction?: readonly [Seen, Seen]
  /** The first value that reads both ways, when nothing decides. */
  readonly ambiguous?: Ambiguous
  /** The most frequent first. */
  readonly marks: readonly Mark[]
  /** Its values are hundredths: 12% is 0.12, and a bare 12 is unreadable. */
  readonly percent: boolean
  /** Every value is plain digits, with a point or without: the engine's cast reads them. */
  readonly plain: boolean
  /** The longest fraction written; beyond six decimals values are rounded. */
  readonly scale: number
  /** Some value has decimals or a currency mark: hardly a count or an id. */
  readonly likelyMoney: boolean
  /** No value has a fraction. */
  readonly integer: boolean
  /** A number with more than twelve digits before the point, which is unreadable. */
  readonly tooLong?: Seen
  readonly unread: readonly Seen[]
}

const PLAIN = /^-?[0-9]+(?:\.[0-9]+)?$/
const PLAIN_WHOLE = /^-?[0-9]+$/
const plainFor = (decimal: DecimalMark): RegExp => (decimal === '.' ? PLAIN : PLAIN_WHOLE)

// One value, whatever its style ----------------------------------------------------------------

const groupingsOf: Readonly<Record<DecimalMark, readonly Grouping[]>> = {
  '.': [',', ' ', "'"],
  ',': ['.', ' ', "'"],
}

const loose: Writing = { decimal: '.', forms: numberForms, groupings: [], markPattern: anyMark }
const looseRegexp = new RegExp(numberPattern(loose, { digits: "[0-9][0-9., ']*[0-9.,]|[.,]?[0-9]+" }), 'u')

/** The digits alone, strictly in one style. */
const digitsOf = (decimal: DecimalMark): RegExp => {
  const own: readonly NumberForm[] = decimal === '.' ? ['grouped', 'lakh'] : ['grouped']
  return new RegExp(numberPattern({ decimal, forms: own, groupings: groupingsOf[decimal], markPattern: '' }))
}
const digitsRegexps = { '.': digitsOf('.'), ',': digitsOf(',') }

interface Weighed {
  readonly seen: Seen
  readonly text: string
  readonly groups: Groups
  /** The digits as each decimal mark reads them. */
  readonly digits: Readonly<Record<DecimalMark, string | undefined>>
}

function weighed(seen: Seen): Weighed | undefined {
  const text = plainText(seen.value)
  const groups = PLAIN.test(text) ? plainGroups(text) : looseRegexp.exec(text)?.groups
  if (!groups || signOf(groups) === undefined) return undefined
  if (![groups['p'], groups['q']].every((mark) => mark === undefined || isMark(mark))) return undefined
  const read = (decimal: DecimalMark) =>
    digitsRegexps[decimal].test(groups['n'] ?? '') ? plainDigits(groups['n'] ?? '', decimal) : undefined
  const digits = { '.': read('.'), ',': read(',') }
  return digits['.'] === undefined && digits[','] === undefined ? undefined : { seen, text, groups, digits }
}

const plainGroups = (text: string): Groups =>
  text.startsWith('-') ? { b: '-', n: text.slice(1) } : { n: text }

const seenOf = (values: readonly Weighed[]): Seen[] => values.map(({ seen }) => seen)
const weight = (values: readonly Weighed[]): number => weightOf(seenOf(values))

// Deciding -------------------------------------------------------------------------------------

/** How the numbers of a column are written; what the user says of the decimal mark decides where it is given. */
export function numberStyle(seen: readonly Seen[], given?: DecimalMark): NumberStyle {
  const present = seen.filter(({ value }) => !isBlank(value))
  const all = present.flatMap((each) => weighed(each) ?? [])
  const percent = 2 * weight(all.filter(({ groups }) => groups['r'])) > weight(all)
  const values = all.filter(({ groups }) => percent === (groups['r'] !== undefined))
  const { decimal, ...found } = decimalFrom(values, given)
  const inStyle = values.filter(({ digits }) => digits[decimal] !== undefined)
  const read = inStyle.filter((value) => exactOf(value, decimal) !== undefined)
  const fitting = new Set(read)
  const tooLong = firstOf(seenOf(inStyle.filter((value) => !fitting.has(value))))
  const known = new Set(seenOf(read))
  return {
    decimal,
    ...found,
    ...readingOf(read, decimal),
    ...natureOf(read, decimal),
    ...(tooLong ? { tooLong } : {}),
    percent,
    plain: present.length > 0 && present.every(({ value }) => PLAIN.test(value)),
    share: present.length === 0 ? 0 : weight(read) / weightOf(present),
    unread: examplesOf(present.filter((each) => !known.has(each))),
  }
}

/** A number of so many characters has not too many digits. */
const SURELY_EXACT = 12

/** The share of values that are numbers: `numberStyle(seen).share`, and sooner where all are written plainly. */
export function numberShare(seen: readonly Seen[]): number {
  const plain =
    seen.length > 0 && seen.every(({ value }) => value.length <= SURELY_EXACT && PLAIN.test(value))
  return plain ? 1 : numberStyle(seen).share
}

interface DecimalFound {
  readonly decimal: DecimalMark
  readonly proof?: Seen
  readonly contradiction?: readonly [Seen, Seen]
  readonly ambiguous?: Ambiguous
}

/** A value proves a decimal mark when the other does not read it. */
function decimalFrom(values: readonly Weighed[], given: DecimalMark | undefined): DecimalFound {
  const proving = (decimal: DecimalMark) =>
    values.filter(({ digits }) => digits[decimal] !== undefined && digits[other(decimal)] === undefined)
  const decimal = given ?? (weight(proving(',')) > weight(proving('.')) ? ',' : '.')
  const [proof, counter] = [firstOf(seenOf(proving(decimal))), firstOf(seenOf(proving(other(decimal))))]
  const contradiction: readonly [Seen, Seen] | undefined =
    proof && counter ? (proof.line < counter.line ? [proof, counter] : [counter, proof]) : undefined
  const ambiguous = given || proof || counter ? undefined : ambiguousIn(values, decimal)
  return {
    decimal,
    ...(proof && !given ? { proof } : {}),
    ...(contradiction ? { contradiction } : {}),
    ...(ambiguous ? { ambiguous } : {}),
  }
}

const other = (decimal: DecimalMark): DecimalMark => (decimal === '.' ? ',' : '.')

function ambiguousIn(values: readonly Weighed[], decimal: DecimalMark): Ambiguous | undefined {
  const open = values.filter(({ digits }) => digits['.'] !== digits[','])
  if (open.every(({ text }) => text.includes(',')) && open.some(isPointed)) return undefined
  const first = firstOf(seenOf(open))
  const value = open.find(({ seen }) => seen === first)
  if (!first || !value) return undefined
  const readings = [exactOf(value, decimal) ?? '', exactOf(value, other(decimal)) ?? ''] as const
  return { ...first, readings }
}

/** Where this money is spent, a comma never stands before decimals: NT$1,280 is above one thousand. */
const pointed = new Set(['CNY', 'JPY', 'KRW', 'TWD', 'HKD', 'SGD', 'MYR', 'THB', 'INR', 'PHP', 'GBP'])

function isPointed({ groups }: Weighed): boolean {
  return [groups['p'], groups['q']].some(
    (mark) => mark !== undefined && (/^[¥￥]$/.test(mark) || pointed.has(currencyOf(mark) ?? '')),
  )
}

function exactOf({ groups, digits }: Weighed, decimal: DecimalMark): string | undefined {
  const [sign, number] = [signOf(groups), digits[decimal]]
  return sign === undefined || number === undefined ? undefined : exactText(sign, number, shiftOf(groups))
}

// What reads a column --------------------------------------------------------------------------

function readingOf(
  values: readonly Weighed[],
  decimal: DecimalMark,
): Omit<NumberReading, 'decimal'> & Pick<NumberStyle, 'marks' | 'grouping'> {
  const plain = values.filter(({ seen }) => plainFor(decimal).test(seen.value))
  const others = values.filter(({ seen }) => !plainFor(decimal).test(seen.value))
  const marks = marksOf(others)
  const groupings = countedBy(others, ({ groups }) => groupingIn(groups['n'] ?? '', decimal))
  return {
    hasPlain: plain.length > 0,
    hasOthers: others.length > 0,
    tidy: values.every(({ seen, text }) => seen.value === text),
    forms: numberForms.filter((form) => others.some(({ groups }) => hasForm(form, groups, decimal))),
    groupings: [...groupings.keys()],
    grouping: [...groupings.keys()][0],
    marks,
    markPattern: marks
      .map(({ mark }) => mark.replace(/[$.]/g, '\\$&'))
      .sort((a, b) => b.length - a.length)
      .join('|'),
  }
}

/** How many cells have what is looked for, the most frequent first. */
function countedBy<K>(values: readonly Weighed[], key: (value: Weighed) => K | undefined): Map<K, number> {
  const counts = new Map<K, number>()
  for (const value of values) {
    const found = key(value)
    if (found !== undefined) counts.set(found, (counts.get(found) ?? 0) + value.seen.count)
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1]))
}

function groupingIn(digits: string, decimal: DecimalMark): Grouping | undefined {
  return groupingsOf[decimal].find((grouping) => digits.includes(grouping))
}

const LAKH = /^[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}/

function hasForm(form: NumberForm, groups: Groups, decimal: DecimalMark): boolean {
  const digits = groups['n'] ?? ''
  switch (form) {
    case 'lakh':
      return decimal === '.' && LAKH.test(digits)
    case 'grouped':
      return groupingIn(digits, decimal) !== undefined && !hasForm('lakh', groups, decimal)
    case 'mark':
      return groups['p'] !== undefined || groups['q'] !== undefined
    case 'sign':
      return Boolean(groups['b'] || groups['d'])
    case 'brackets':
      return Boolean(groups['a'] || groups['c'])
    case 'sign behind':
      return Boolean(groups['g'] || groups['h'])
    case 'myriad':
      return groups['k'] !== undefined
    case 'exponent':
      return groups['e'] !== undefined
    case 'percent':
      return groups['r'] !== undefined
  }
}

function marksOf(values: readonly Weighed[]): Mark[] {
  const before = countedBy(values, ({ groups }) => groups['p'])
  const behind = countedBy(values, ({ groups }) => groups['q'])
  const marks = [...new Set([...before.keys(), ...behind.keys()])]
  return marks
    .map((mark) => ({
      mark,
      currency: currencyOf(mark),
      count: (before.get(mark) ?? 0) + (behind.get(mark) ?? 0),
    }))
    .sort((a, b) => b.count - a.count)
}

/** Different currencies among marks, by code where a mark has one. ¥ is at home in two. */
export function currenciesOf(marks: readonly Mark[]): string[] {
  const found = new Set(marks.map(({ mark, currency }) => currency ?? mark.replace('￥', '¥')))
  // In Taipei and Hong Kong a bare $ and 元 are theirs.
  if (found.has('TWD') !== found.has('HKD') && !found.has('¥')) {
    found.delete('$')
    if (marks.every(({ mark, currency }) => currency !== 'CNY' || mark === '元')) found.delete('CNY')
  }
  if (found.has('CNY') !== found.has('JPY')) found.delete('¥')
  return [...found]
}

function natureOf(
  values: readonly Weighed[],
  decimal: DecimalMark,
): Pick<NumberStyle, 'scale' | 'likelyMoney' | 'integer'> {
  const scale = values.reduce(
    (most, { digits }) => Math.max(most, digits[decimal]?.split('.')[1]?.length ?? 0),
    0,
  )
  const isMoney = ({ groups }: Weighed) =>
    !groups['r'] && Boolean(groups['p'] || groups['q'] || /[.,]/.test(groups['n'] ?? ''))
  return {
    scale,
    likelyMoney: values.some(isMoney),
    integer: values.length > 0 && values.every((value) => !exactOf(value, decimal)?.includes('.')),
  }
}

// Reading --------------------------------------------------------------------------------------

const compiled = new Map<string, RegExp>()

function regexpOf(writing: Writing): RegExp {
  const pattern = numberPattern(writing)
  const known = compiled.get(pattern)
  if (known) return known
  const regexp = new RegExp(pattern, 'u')
  compiled.set(pattern, regexp)
  return regexp
}

/** The parts of a plain, trimmed text that is a number in this style. */
export const numberGroups = (text: string, reading: NumberReading): Groups | undefined =>
  regexpOf(reading).exec(text)?.groups

/** Is this a number, whatever its decimal mark? */
export function isNumber(value: string): boolean {
  return weighed({ value, count: 1, line: 1 }) !== undefined
}

/** A value as an exact decimal, such as -1234.5; undefined when it is none in this style. */
export function readNumber(value: string, reading: NumberReading): { readonly text: string } | undefined {
  if (reading.hasPlain && plainFor(reading.decimal).test(value)) {
    return exactly(plainGroups(value), value.replace('-', ''))
  }
  if (!reading.hasOthers) return undefined
  const groups = regexpOf(reading).exec(reading.tidy ? value : plainText(value))?.groups
  return groups && exactly(groups, plainDigits(groups['n'] ?? '', reading.decimal))
}

function exactly(groups: Groups, digits: string): { readonly text: string } | undefined {
  const sign = signOf(groups)
  const text = sign === undefined ? undefined : exactText(sign, digits, shiftOf(groups))
  return text === undefined ? undefined : { text }
}

/**
 * The number of a text column as an exact decimal; NULL when it is none in this style. Plain numbers take the
 * engine's cast, several times cheaper than the pattern. Alone it would take `1_000`, and a dash with a space.
 */
export function numberSql(text: Sql, reading: NumberReading): Sql {
  const { decimal, hasPlain, hasOthers, tidy } = reading
  const cast = sql`case when regexp_matches(${text}, ${plainFor(decimal).source})
    then try_cast(${text} as ${decimalType}) end`
  if (!hasOthers) return hasPlain ? cast : sql`cast(null as ${decimalType})`
  const matched = tidy ? numberSqlOf(reading, text) : withPlain(text, (value) => numberSqlOf(reading, value))
  return hasPlain ? sql`coalesce(${cast}, ${matched})` : matched
}

/**
 * The number of a column that is believed to be plain: anything else that is not blank is `otherwise`, which
 * may raise an error. Exponents and spaces around do no harm and are let through; a first point is not, as
 * it may stand between thousands.
 */
export function strictNumberSql(
  text: Sql,
  { integer, decimal }: Pick<NumberStyle, 'integer' | 'decimal'>,
  otherwise: Sql,
): Sql {
  const odd = ['_', ...(integer || decimal === ',' ? ['.'] : [])].map(
    (mark) => sql`not contains(${text}, ${mark})`,
  )
  // The cast takes white space at both ends, and a dash with nothing else for zero.
  const open = [' ', '\t', '\r', '\n'].map((space) => sql`not suffix(${text}, ${space})`)
  const signed = sql`(${text} >= '0' or ${join(open, ' and ')})`
  return sql`coalesce(case when ${join([...odd, signed], ' and ')} then try_cast(${text} as ${decimalType}) end,
    case when ${text} <> '' then ${otherwise} end)`
}

const PRECISE = /^[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/
const preciseForms: readonly NumberForm[] = ['exponent', 'sign']

/** Has a column more decimals than amounts do, and nothing that the engine's own cast would not read? */
export function isPrecise({ decimal, forms, scale, percent }: NumberStyle): boolean {
  const has = scale > DECIMALS || forms.includes('exponent')
  return has && !percent && decimal === '.' && forms.every((form) => preciseForms.includes(form))
}

/** A number of such a column, as a double. */
export function preciseNumberSql(text: Sql): Sql {
  return sql`case when regexp_matches(${text}, ${PRECISE.source}) then try_cast(${text} as double precision) end`
}

/** The same for a column of which only some values were seen: also what others are likely to have. */
export function withStragglers(style: NumberStyle): NumberReading {
  const own = numberForms.filter((form) => form !== 'percent' && form !== 'myriad')
  return {
    decimal: style.decimal,
    forms: [...new Set([...style.forms, ...own])].filter((form) => form !== 'lakh' || style.decimal === '.'),
    groupings: groupingsOf[style.decimal],
    markPattern: [style.markPattern, '[A-Z]{0,3}\\p{Sc}', '[元圆块]']
      .filter((pattern) => pattern !== '')
      .join('|'),
    hasPlain: true,
    hasOthers: true,
    tidy: false,
  }
}
