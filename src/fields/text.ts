/** A cell as text: what surrounds it, and how words are compared. */
import { join, type Sql, sql } from '../core/sql.ts'

/** White space that exports put around a value, beyond what SQL's trim takes away. */
const SPACES = ' \t\r\n\u00a0\u3000\ufeff'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const WIDE_LETTERS = 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ'
const WIDE = `０１２３４５６７８９．，－＋（）／：${WIDE_LETTERS}`
const NARROW = `0123456789.,-+()/:${LETTERS}`
/** Typographic spaces and signs, each with the plain character that stands for it. */
const FANCY = '\u00a0\u2009\u202f\u3000\u2212’'
const PLAIN = "    -'"

const NOTHING_AROUND = `^[^\\s\u00a0\u3000\ufeff](?:.*[^\\s\u00a0\u3000\ufeff])?$`

/**
 * The text without white space around it; NULL when nothing is left. Most values have none around them, and
 * finding that out is several times cheaper than trimming, for ASCII by comparing the ends alone.
 */
export function trimmed(text: Sql): Sql {
  const open = [' ', '\t', '\r', '\n'].map((space) => sql`not suffix(${text}, ${space})`)
  return sql`case when ${text} >= '!' and strlen(${text}) = length(${text}) and ${join(open, ' and ')} then ${text}
    when regexp_matches(${text}, ${NOTHING_AROUND}, 's') then ${text}
    else nullif(trim(${text}, ${SPACES}), '') end`
}

/** The same text with plain digits, signs and spaces in place of fullwidth and typographic ones. */
export function plain(text: Sql): Sql {
  return sql`translate(${text}, ${WIDE + FANCY}, ${NARROW + PLAIN})`
}

const plainCharacters = new Map([...(WIDE + FANCY)].map((from, i) => [from, [...(NARROW + PLAIN)][i] ?? '']))

/** `plain` and `trimmed` for one value of a sample. */
export function plainText(value: string): string {
  if (/^[ -~]*$/.test(value)) return value.trim()
  return [...value.normalize('NFC')]
    .map((character) => plainCharacters.get(character) ?? character)
    .join('')
    .trim()
}

/**
 * An expression of the plain, trimmed text, for the slow branch of a CASE. A lambda, as DuckDB otherwise takes
 * the repeated text out of the branch and computes it for every row.
 */
export function withPlain(text: Sql, expression: (value: Sql) => Sql): Sql {
  const value = sql`v`
  return sql`list_transform([${plain(sql`trim(${text}, ${SPACES})`)}], lambda v: ${expression(value)})[1]`
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
  return value === value.trim()
}

export function isBlank(value: string): boolean {
  return value.trim() === ''
}
