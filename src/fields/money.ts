/**
 * Cells that hold an amount or a quantity. A column has one decimal mark: a value of the other style is
 * unreadable, never guessed.
 */
import { type Sql, sql } from '../core/sql.ts'
import { isBlank, plainText, withPlain } from './text.ts'

export type DecimalMark = '.' | ','

export interface MoneyStyle {
  /** Share of the non-blank values that are numbers in this style. */
  readonly share: number
  readonly decimal: DecimalMark
  /** A value that both styles read, differently, when none decides between them. */
  readonly ambiguous: string | undefined
  /** Currency marks seen: `$`, `EUR`. */
  readonly marks: readonly string[]
  /** Some value has decimals or a currency mark: hardly a count or an id. */
  readonly likelyMoney: boolean
  readonly example: string | undefined
}

const MARK = '(?:[A-Z]{0,3}\\p{Sc}|元|圆|块|[A-Z]{3})'

function numberPattern(decimal: DecimalMark): string {
  const [group, point] = decimal === '.' ? [',', '\\.'] : ['\\.', ',']
  return `(?:(?:[1-9][0-9]{0,2}(?:${group}[0-9]{3})+|[1-9][0-9]{0,2}(?:[ '][0-9]{3})+|[0-9]+)(?:${point}[0-9]*)?|${point}[0-9]+)`
}

function moneyPattern(decimal: DecimalMark): string {
  const value = numberPattern(decimal)
  return `^(?:[-+]? *${MARK}? *${value} *${MARK}?|${MARK} *[-+]${value}|${MARK}? *${value} *${MARK}? *-|\\( *${MARK}? *${value} *${MARK}? *\\))$`
}

const patterns = { '.': moneyPattern('.'), ',': moneyPattern(',') }
const regexps = { '.': new RegExp(patterns['.'], 'u'), ',': new RegExp(patterns[','], 'u') }
const marksRegexp = new RegExp(MARK, 'gu')
/** What the engine's cast reads beyond the pattern: exponents. */
const EXPONENT = /^[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$/

function reads(value: string, decimal: DecimalMark): boolean {
  return regexps[decimal].test(value) || (decimal === '.' && EXPONENT.test(value))
}

/** Plain numbers of which one has other than three decimals: the point can be nothing but a decimal mark. */
function provesPoint(values: readonly string[]): boolean {
  return values.some((value) => /\.(?:[0-9]{1,2}|[0-9]{4,})$/.test(value)) && isPlain(values)
}

/** What the long way round says of such a sample. */
function plainStyle(values: readonly string[]): MoneyStyle {
  const likelyMoney = values.length > 0
  return { share: 1, decimal: '.', ambiguous: undefined, marks: [], likelyMoney, example: undefined }
}

/** How the numbers of a sample are written; the user's `--decimal` decides where it is given. */
export function recognise(samples: readonly string[], given?: DecimalMark): MoneyStyle {
  const present = samples.filter((value) => !isBlank(value))
  if (given !== ',' && provesPoint(present)) return plainStyle(present)
  const values = present.map(plainText)
  const readable = { '.': 0, ',': 0 }
  for (const value of values) {
    if (reads(value, '.')) readable['.']++
    if (reads(value, ',')) readable[',']++
  }
  const decimal = given ?? (readable[','] > readable['.'] ? ',' : '.')
  const undecided = given === undefined && readable[','] === readable['.']
  return {
    share: values.length === 0 ? 0 : readable[decimal] / values.length,
    decimal,
    ambiguous: undecided ? values.find((value) => /[.,]/.test(value) && reads(value, decimal)) : undefined,
    marks: [...new Set(values.flatMap((value) => value.match(marksRegexp) ?? []))],
    likelyMoney: values.some((value) => /[.,]/.test(value) || value.search(marksRegexp) >= 0),
    example: values.find((value) => !reads(value, decimal)),
  }
}

/** How a column's numbers are to be read. */
export interface NumberReader {
  readonly decimal: DecimalMark
  /** The sample holds nothing but plain digits with a decimal point: the patterns are for stragglers. */
  readonly plain: boolean
  /** The sample is all there is: there are no stragglers. */
  readonly all?: boolean
}

/** Is every value one that the engine's own cast reads? */
export function isPlain(samples: readonly string[]): boolean {
  return samples.every((value) => /^-?[0-9]+(\.[0-9]+)?$/.test(value))
}

/**
 * The number of a text column as an exact decimal; NULL when it is none in this style. The engine's cast comes
 * first, then the pattern, and last the pattern on a tidied text, which does for both where hardly any value
 * needs it: each is several times dearer than the one before.
 */
export function numberSql(text: Sql, { decimal, plain, all }: NumberReader): Sql {
  if (decimal === '.' && plain && all) return sql`try_cast(${text} as decimal(18, 6))`
  const written = numberOf(text, decimal)
  const tidied = withPlain(text, (value) => numberOf(value, decimal))
  if (decimal === '.') {
    const patterned = plain ? sql`` : sql`${written}, `
    return sql`coalesce(try_cast(${text} as decimal(18, 6)), ${patterned}${tidied})`
  }
  return sql`coalesce(case when contains(${text}, '.') or contains(${text}, ',') then ${written}
    else try_cast(${text} as decimal(18, 6)) end, ${tidied})`
}

function numberOf(text: Sql, decimal: DecimalMark): Sql {
  const sign = sql`case when contains(${text}, '-') or contains(${text}, '(') then '-' else '' end`
  const digits = sql`regexp_replace(${text}, ${decimal === '.' ? '[^0-9.]' : '[^0-9,]'}, '', 'g')`
  const number = decimal === '.' ? digits : sql`replace(${digits}, ',', '.')`
  return sql`case when regexp_matches(${text}, ${patterns[decimal]})
    then try_cast(${sign} || ${number} as decimal(18, 6)) end`
}
