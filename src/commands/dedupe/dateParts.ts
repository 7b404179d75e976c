/** A birth date in three columns, year, month and day, is one fact. */
import { type Column, sampleOf } from './columns.ts'
import { type Field, fieldWith } from './fields.ts'

type Part = 'year' | 'month' | 'day'

const SAYS: Readonly<Record<Part, RegExp>> = {
  year: /year|^b_?y(?:ear)?$|^yob$|^dob_?y|jahr|^a[nñ]n?o\b|ann[ée]e|年/i,
  month: /month|^b_?m(?:onth)?$|^mob$|^dob_?m|monat|^mese?\b|^mois\b|月/i,
  day: /day|^b_?d(?:ay)?$|^dob_?d|tag$|^d[ií]a\b|^giorno\b|^jour\b|日/i,
}
const RANGES: Readonly<Record<Part, readonly [number, number]>> = {
  year: [1850, 2050],
  month: [1, 12],
  day: [1, 31],
}
const PARTS = ['year', 'month', 'day'] as const
/** So many of the values must be numbers of the part. */
const FITS = 0.95

function isPart(column: Column, part: Part): boolean {
  if (!SAYS[part].test(column.header)) return false
  const [least, most] = RANGES[part]
  let [fits, all] = [0, 0]
  for (const { word, count } of sampleOf(column)) {
    const value = /^\d{1,4}$/.test(word.trim()) ? Number(word) : Number.NaN
    all += count
    if (value >= least && value <= most) fits += count
  }
  return all > 0 && fits >= FITS * all
}

/** What is not known differs from whatever is. */
const UNKNOWN = ['????', '??', '??']
const NOTHING = UNKNOWN.join('')

/** A number that is no year, month or day is one that was mistyped; noughts and nines stand for none. */
function partOf(word: string, part: Part): string {
  const unknown = UNKNOWN[PARTS.indexOf(part)] as string
  const text = word.trim()
  const isKnown = /^\d+$/.test(text) && text.length <= unknown.length && !/^(?:0+|9{2,})$/.test(text)
  return isKnown ? text.padStart(unknown.length, '0') : unknown
}

/** The three columns as one field of dates; undefined where there are none, or more than one of a kind. */
export function dateOfParts(
  columns: readonly Column[],
): { readonly field: Field; readonly parts: readonly Column[] } | undefined {
  const found = PARTS.map((part) => columns.filter((column) => isPart(column, part)))
  if (found.some(({ length }) => length !== 1)) return undefined
  const parts = found.map(([column]) => column as Column)
  const numbers = new Map<string, number>()
  const words: string[] = []
  const texts = parts.map(({ words: own }, i) => own.map((word) => partOf(word, PARTS[i] as Part)))
  const rows = parts[0]?.rows ?? 0
  const codes = new Int32Array(rows).fill(-1)
  for (let row = 0; row < rows; row++) {
    const own = parts.map(({ codes: each }, i) => (texts[i] as string[])[each[row] as number] ?? UNKNOWN[i])
    const word = own.join('')
    if (word === NOTHING) continue
    const code = numbers.get(word) ?? words.length
    if (code === words.length) {
      numbers.set(word, code)
      words.push(word)
    }
    codes[row] = code
  }
  const header = parts.map((part) => part.header).join(', ')
  return { field: fieldWith({ header, role: 'date', codes, words }), parts }
}
