/**
 * The ways in which a number is written: one pattern from the forms that a column has, read alike here and by
 * the engine. Numbers stay text until they are exact decimals; none passes through a double.
 */
import { join, name, type Sql, sql } from '../core/sql.ts'
import { withValue } from './text.ts'

export type DecimalMark = '.' | ','
export type Grouping = ',' | '.' | ' ' | "'"

/** What a number may have besides digits and one decimal mark. */
export type NumberForm =
  | 'grouped'
  | 'lakh'
  | 'mark'
  | 'sign'
  | 'brackets'
  | 'sign behind'
  | 'myriad'
  | 'exponent'
  | 'percent'

export const numberForms: readonly NumberForm[] = [
  ...(['grouped', 'lakh', 'mark', 'sign', 'brackets', 'sign behind'] as const),
  ...(['myriad', 'exponent', 'percent'] as const),
]

/** How the numbers of a column are written. */
export interface Writing {
  readonly decimal: DecimalMark
  readonly forms: readonly NumberForm[]
  readonly groupings: readonly Grouping[]
  /** The pattern of its currency marks. */
  readonly markPattern: string
}

const myriads: Readonly<Record<string, number>> = {
  千: 3,
  万: 4,
  萬: 4,
  十万: 5,
  百万: 6,
  千万: 7,
  亿: 8,
  億: 8,
  万亿: 12,
}
const MYRIADS = Object.keys(myriads)
  .sort((a, b) => b.length - a.length)
  .join('|')

const quoted = (character: string): string => (character === '.' ? '\\.' : character)

// The pattern ----------------------------------------------------------------------------------

/** The digits, with one kind of separator between groups. */
function digitsPattern({ decimal, forms: own, groupings }: Writing): string {
  const whole = own.includes('grouped')
    ? groupings.map((group) => `[1-9][0-9]{0,2}(?:${quoted(group)}[0-9]{3})+`)
    : []
  if (own.includes('lakh')) whole.push('[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}')
  const point = quoted(decimal)
  return `(?:${[...whole, '[0-9]+'].join('|')})(?:${point}[0-9]*)?|${point}[0-9]+`
}

/**
 * Groups: n the digits, e an exponent, k a Chinese unit, and the signs, which together must be one of a
 * minus, a plus or a pair of brackets: a b before, c d between mark and digits, f g h i behind. A column of
 * percents has % (r) everywhere; `loosely` is for finding out what a value has.
 */
export function numberPattern(writing: Writing, loosely?: { readonly digits: string }): string {
  const digits = loosely?.digits ?? digitsPattern(writing)
  const has = (trait: NumberForm, pattern: string) => (writing.forms.includes(trait) ? pattern : '')
  const mark = (key: string) => has('mark', `(?<${key}>${writing.markPattern})`)
  const signed = (bracket: string, sign: string) =>
    has('brackets', `(?<${bracket}>\\(?) ?`) + has('sign', `(?<${sign}>[-+]?) ?`)
  const before = writing.forms.includes('mark') ? `(?:${mark('p')} ?)?${signed('c', 'd')}` : ''
  const behind = (key: string) => has('sign behind', `(?: ?(?<${key}>[-+]))?`)
  const closing = (key: string) => has('brackets', `(?: ?(?<${key}>\\)))?`)
  return [
    `^${signed('a', 'b')}${before}(?<n>${digits})`,
    has('exponent', '(?:[eE](?<e>[-+]?[0-9]{1,2}))?'),
    has('myriad', `(?: ?(?<k>${MYRIADS}))?`),
    has('percent', `(?: ?(?<r>%))${loosely ? '?' : ''}`),
    `${closing('f')}${behind('g')}`,
    has('mark', `(?: ?${mark('q')})?${behind('h')}${closing('i')}`),
    '$',
  ].join('')
}

const SIGNS = ['a', 'b', 'c', 'd', 'f', 'g', 'h', 'i'] as const

/** A minus or nothing, for what the sign groups hold together. */
const signs: Readonly<Record<string, string>> = { '': '', '+': '', '-': '-', '()': '-' }

// One value ------------------------------------------------------------------------------------

export type Groups = Readonly<Record<string, string | undefined>>

/** Signs behind the digits. A dash right behind a decimal mark stands for no cents: 6,- is six. */
const BEHIND: readonly string[] = ['g', 'h']

/** The sign of a match; undefined when it has two. */
export function signOf(groups: Groups): string | undefined {
  const isWhole = /[.,]$/.test(groups['n'] ?? '')
  return signs[SIGNS.map((key) => (isWhole && BEHIND.includes(key) ? '' : (groups[key] ?? ''))).join('')]
}

/** The digits with a point, and nothing between them. */
export function plainDigits(digits: string, decimal: DecimalMark): string {
  return decimal === '.' ? digits.replace(/[^0-9.]/g, '') : digits.replace(/[^0-9,]/g, '').replace(',', '.')
}

/** How far the point moves to the right. */
export function shiftOf({ e, k, r }: Groups): number {
  return Number(e ?? 0) + (k ? (myriads[k] ?? 0) : 0) - (r ? 2 : 0)
}

export const DIGITS = 12
export const DECIMALS = 6

/** A decimal as the engine keeps it: rounded to six decimals, undefined beyond twelve digits before the point. */
export function exactText(sign: string, digits: string, shift: number): string | undefined {
  const [whole = '', fraction = ''] = digits.split('.')
  const zeros = '0'.repeat(Math.abs(shift) + 1)
  const all = zeros + whole + fraction + zeros
  const point = zeros.length + whole.length + shift
  const units = BigInt(all.slice(0, point) + all.slice(point).padEnd(DECIMALS, '0').slice(0, DECIMALS))
  const value = units + ((all[point + DECIMALS] ?? '0') >= '5' ? 1n : 0n)
  if (value >= 10n ** BigInt(DIGITS + DECIMALS)) return undefined
  const text = String(value).padStart(DECIMALS + 1, '0')
  const decimals = text.slice(-DECIMALS).replace(/0+$/, '')
  return `${value === 0n ? '' : sign}${text.slice(0, -DECIMALS)}${decimals && '.'}${decimals}`
}

// The engine -----------------------------------------------------------------------------------

export const decimalType = sql`decimal(18, 6)`

/** The number of a plain, trimmed text as a decimal; NULL when it is none of this form. */
export function numberSqlOf(writing: Writing, text: Sql): Sql {
  const { pattern, groups } = forEngine(numberPattern(writing))
  const found = sql`regexp_extract(${text}, ${pattern}, [${join(groups.map((group) => sql`${group}`))}])`
  return withValue(found, 'part', (part) => {
    const group = (key: string) => sql`${part}.${name(key)}`
    const signGroups = SIGNS.filter((key) => groups.includes(key)).map((key) => {
      const isWhole = sql`suffix(${group('n')}, ${writing.decimal})`
      return BEHIND.includes(key) ? sql`case when ${isWhole} then '' else ${group(key)} end` : group(key)
    })
    const digits = plainDigitsSql(writing, group('n'))
    const moved = ['e', 'k', 'r'].some((key) => groups.includes(key))
    const number = moved ? movedSql(digits, shiftSql(groups, group)) : digits
    return sql`case when ${group('n')} <> '' then try_cast(${signSql(signGroups)} || ${number} as ${decimalType}) end`
  })
}

/** The pattern with numbered groups, only those that the number needs, and their names. */
function forEngine(pattern: string): { pattern: string; groups: string[] } {
  const groups: string[] = []
  const numbered = pattern.replace(/\(\?<(\w)>/g, (_, group: string) => {
    if ('pq'.includes(group)) return '(?:'
    groups.push(group)
    return '('
  })
  return { pattern: numbered, groups }
}

function signSql(groups: readonly Sql[]): Sql {
  if (groups.length === 0) return sql`''`
  const all = groups.reduce((left, right) => sql`${left} || ${right}`)
  const branches = Object.entries(signs).map(([written, sign]) => sql`when ${written} then ${sign}`)
  return sql`case ${all} ${join(branches, ' ')} end`
}

function plainDigitsSql({ decimal, forms: own, groupings }: Writing, digits: Sql): Sql {
  const grouped = own.includes('grouped') || own.includes('lakh')
  const between = grouped ? [...new Set([...groupings, ...(own.includes('lakh') ? [','] : [])])].join('') : ''
  if (decimal === ',') return sql`translate(${digits}, ${`,${between}`}, '.')`
  return grouped ? sql`translate(${digits}, ${`.${between}`}, '.')` : digits
}

/** NULL for what is no number of places to move, and so for the number. */
function shiftSql(groups: readonly string[], group: (key: string) => Sql): Sql {
  const parts: Sql[] = []
  if (groups.includes('e')) parts.push(sql`coalesce(try_cast(nullif(${group('e')}, '') as integer), 0)`)
  if (groups.includes('k')) {
    const branches = Object.entries(myriads).map(([unit, places]) => sql`when ${unit} then ${places}`)
    parts.push(sql`case ${group('k')} ${join(branches, ' ')} else 0 end`)
  }
  if (groups.includes('r')) parts.push(sql`case when ${group('r')} = '%' then -2 else 0 end`)
  return parts.reduce((left, right) => sql`${left} + ${right}`)
}

/** More places than an exponent of two digits and a unit move the point. */
const ROOM = 120

/** The digits with the point moved, as text: the engine's own exponents round twice. */
function movedSql(digits: Sql, shift: Sql): Sql {
  const zeros = '0'.repeat(ROOM)
  return withValue(digits, 'digits', (number) => {
    const whole = sql`case when contains(${number}, '.') then strpos(${number}, '.') - 1 else length(${number}) end`
    const all = sql`${zeros} || replace(${number}, '.', '') || ${zeros}`
    const point = sql`${ROOM} + ${whole} + ${shift}`
    return sql`left(${all}, cast(${point} as integer)) || '.' || substring(${all}, cast(${point} as integer) + 1)`
  })
}
