/** A cell as text: what surrounds it, and how words are compared. */
import { join, name, type Sql, sql } from '../core/sql.ts'

/** White space and invisible marks that exports put around a value, beyond what SQL's trim takes away. */
export const SPACES =
  ' \t\r\n\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200e\u200f' +
  '\u2028\u2029\u202f\u205f\u2060\u3000\ufeff'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const WIDE_LETTERS = 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ'
const WIDE = `０１２３４５６７８９．，－＋（）／：％＄${WIDE_LETTERS}`
const NARROW = `0123456789.,-+()/:%$${LETTERS}`
/** Typographic spaces, dashes and apostrophes, each with the plain character that stands for it. */
const FANCY =
  '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2010\u2011\u2012\u2013\u2212\u2018\u2019\u02bc'
const PLAIN = `${' '.repeat(15)}-----'''`
/** Marks of direction and width, which some systems put around every part of a date. */
const INVISIBLE = '\u200b\u200e\u200f\u2060\ufeff'

const NOTHING_AROUND = `^[^${SPACES}](?:.*[^${SPACES}])?$`
const AROUND = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, 'g')

/**
 * Is this text without white space around it, and ASCII? Told by comparing its ends alone: for most values
 * the answer is yes, and several times cheaper than trimming them.
 */
export function plainlyTidy(text: Sql): Sql {
  const open = [' ', '\t', '\r', '\n'].map((space) => sql`not suffix(${text}, ${space})`)
  return sql`${text} >= '!' and strlen(${text}) = length(${text}) and ${join(open, ' and ')}`
}

/** The text without white space around it; NULL when nothing is left. */
export function trimmed(text: Sql): Sql {
  return sql`case when ${plainlyTidy(text)} then ${text}
    when regexp_matches(${text}, ${NOTHING_AROUND}, 's') then ${text}
    else ${stripped(text)} end`
}

/** The same, the long way. */
export function stripped(text: Sql): Sql {
  return sql`nullif(trim(${text}, ${SPACES}), '')`
}

/** `trimmed` for one value: the empty text when nothing is left. */
export function trimmedText(value: string): string {
  return /^[!-~]*$/.test(value) ? value : value.replace(AROUND, '')
}

/** The same text with plain digits, signs and spaces in place of fullwidth and typographic ones. */
export function plain(text: Sql): Sql {
  return sql`translate(${text}, ${WIDE + FANCY + INVISIBLE}, ${NARROW + PLAIN})`
}

const plainCharacters = new Map(
  [...(WIDE + FANCY + INVISIBLE)].map((from, i) => [from, [...(NARROW + PLAIN)][i] ?? '']),
)

/** `plain` and `trimmed` for one value. */
export function plainText(value: string): string {
  const text = trimmedText(value)
  if (/^[ -~]*$/.test(text)) return text
  return [...text].map((character) => plainCharacters.get(character) ?? character).join('')
}

/**
 * An expression of the plain, trimmed text, for the slow branch of a CASE. A lambda, as DuckDB otherwise takes
 * the repeated text out of the branch and computes it for every row.
 */
export function withPlain(text: Sql, expression: (value: Sql) => Sql): Sql {
  return withValue(plain(sql`trim(${text}, ${SPACES})`), 'plain', expression)
}

/** An expression of a value that is computed once, and only where the expression is asked for. */
export function withValue(value: Sql, as: string, expression: (value: Sql) => Sql): Sql {
  const parameter = name(as)
  return sql`list_transform([${value}], lambda ${parameter}: ${expression(parameter)})[1]`
}

/** A word as it is compared: case, width, and the separators that differ between exports do not count. */
export function folded(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
}

/** `folded` in SQL, for the characters that words of an export are written with. */
export function foldedSql(text: Sql): Sql {
  return sql`trim(regexp_replace(${plain(sql`lower(${text})`)}, '[\\s_-]+', ' ', 'g'))`
}

/** Has a value nothing around it that `trimmed` would take away? */
export function isTidy(value: string): boolean {
  return value === trimmedText(value)
}

export function isBlank(value: string): boolean {
  return trimmedText(value) === ''
}
