/**
 * How the cells of a text stand in it: delimiter, quote, escape, line ends. Every candidate is tried on the
 * first part of the text and judged by what it gives: rows of one width, and cells that look like cells
 * (after van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type patterns",
 * Data Mining and Knowledge Discovery 33, 2019).
 */
import { type Notation, type SplitRecord, splitAll } from './split.ts'

export interface Hints {
  readonly delimiter?: string | undefined
  readonly quote?: Notation['quote'] | 'none' | undefined
  /** The text ends where the file ends. */
  readonly whole: boolean
  /** Is this a header that somebody looks for? */
  knows(header: string): boolean
}

const USUAL = [',', ';', '\t', '|'] as const
const RARE = ['^', ':', '~', '\u0001', '\u001f', '¦', '§', '，', '；', '#', '*', '!'] as const
/** So much of a text tells how it is written. */
const JUDGED_CHARACTERS = 64 * 1024

/** The notation that explains a text best. */
export function recogniseNotation(text: string, hints: Hints): Notation {
  const part = text.slice(0, JUDGED_CHARACTERS)
  const whole = hints.whole && part.length === text.length
  let best: { notation: Notation; merit: number } | undefined
  const sound = new Set<string>()
  for (const notation of candidates(part, hints)) {
    // Where doubled quotes explain every record, they are no mere characters, and a backslash is one.
    const { quote, escapes, delimiter } = notation
    if (sound.has(delimiter) && (quote === undefined || escapes === 'backslash')) continue
    if (best !== undefined && best.merit >= mostMerit(part, notation)) continue
    const all = splitAll(part, notation)
    const records = judged(all, whole)
    if (quote === '"' && escapes === 'doubled' && isSound(records)) sound.add(delimiter)
    const merit = meritOf(records, notation) + knownIn(all, hints)
    if (best === undefined || merit > best.merit + 1e-9) best = { notation, merit }
  }
  return best?.notation ?? { ...PLAIN, delimiter: ',' }
}

/** The end of the file may have cut the last record. */
function isSound(records: readonly SplitRecord[]): boolean {
  const width = records[0]?.cells.length ?? 0
  const isWhole = ({ cells, flaw }: SplitRecord, i: number) =>
    flaw === undefined && (cells.length === width || (i === records.length - 1 && cells.length < width))
  return width > 1 && records.length > 1 && records.every(isWhole)
}

const PLAIN = { quote: '"', escapes: 'doubled', cr: false, blanksBeforeQuote: false } as const

/** The likelier ones come first: among equals the first wins. */
function candidates(text: string, { delimiter, quote }: Hints): Notation[] {
  const delimiters = delimiter === undefined ? presentDelimiters(text) : [delimiter]
  const found: Notation[] = []
  for (const one of delimiters) {
    for (const marks of quotings(text, one, quote)) {
      for (const cr of lineEndings(text)) found.push({ ...marks, delimiter: one, cr })
    }
  }
  return found
}

function presentDelimiters(text: string): string[] {
  const usual = USUAL.filter((each) => text.includes(each))
  const rare = RARE.filter((each) => text.includes(each))
  // A delimiter that does not occur stands for a text of one column.
  const absent = [...USUAL, ...RARE].find((each) => !text.includes(each)) ?? '\u0000'
  return [...usual, ...rare, absent]
}

type Quoting = Pick<Notation, 'quote' | 'escapes' | 'blanksBeforeQuote'>

function quotings(text: string, delimiter: string, given: Hints['quote']): Quoting[] {
  const found: Quoting[] = []
  const add = (quote: '"' | "'") => {
    found.push({ ...PLAIN, quote })
    const border = `[\\r\\n${escaped(delimiter)}]`
    if (new RegExp(`(?:^|${border}) +${quote}`).test(text))
      found.push({ ...PLAIN, quote, blanksBeforeQuote: true })
    if (text.includes(`\\${quote}`)) found.push({ ...PLAIN, quote, escapes: 'backslash' })
  }
  if (given !== "'" && given !== 'none') add('"')
  if (given === "'" || (given === undefined && singlesQuote(text, delimiter))) add("'")
  if (given === 'none' || (given === undefined && text.includes('"')))
    found.push({ ...PLAIN, quote: undefined })
  if (text.includes(`\\${delimiter}`)) found.push({ ...PLAIN, escapes: 'backslash' })
  return found
}

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&')

/** Single quotes that open and close cells, and not only one before a number as Excel puts it. */
function singlesQuote(text: string, delimiter: string): boolean {
  const border = escaped(delimiter)
  return new RegExp(`(?:^|[\\r\\n${border}])'[^'\\r\\n]*'(?=[\\r\\n${border}]|$)`).test(text)
}

function lineEndings(text: string): boolean[] {
  if (!/\r(?!\n)./s.test(text)) return [false]
  return text.includes('\n') ? [false, true] : [true]
}

/** Without blank ones, and without the last one where the end of the part or of the file cuts it. */
function judged(records: readonly SplitRecord[], whole: boolean): SplitRecord[] {
  const last = records.at(-1)
  const torn = !whole || (last?.flaw === 'a quote that is not closed' && !last.multiline)
  const kept = torn && records.length > 1 ? records.slice(0, -1) : records
  return kept.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

/** Between 0 and 1: rows of one width, and cells that look like cells. */
function meritOf(records: readonly SplitRecord[], notation: Notation): number {
  const { delimiter, escapes } = notation
  if (records.length === 0) return 0
  const sound = records.filter(({ flaw }) => flaw === undefined)
  const { width, rows } = mostFrequent(sound.map(({ cells }) => cells.length))
  const regular = (rows / records.length) ** 2 * (width > 1 ? (width - 1) / width : LONE_COLUMN)
  const usual = (USUAL as readonly string[]).includes(delimiter) ? 1 : UNUSUAL
  const odd = quotingDoubt(notation, records) * (escapes === 'backslash' ? ESCAPED : 1)
  return regular * typed(sound) * usual * odd
}

/** What `meritOf` and `knownIn` can give at the most, without taking the text apart. */
function mostMerit(text: string, { delimiter, quote, escapes }: Notation): number {
  if (!text.includes(delimiter)) return LONE_COLUMN + MOST_KNOWN
  const usual = (USUAL as readonly string[]).includes(delimiter) ? 1 : UNUSUAL
  const bare = quote === undefined && NEEDS_QUOTES.includes(delimiter) ? BARE : 1
  return usual * bare * (escapes === 'backslash' ? ESCAPED : 1) + MOST_KNOWN
}

/** The most known headers in one of the first records. */
function knownIn(records: readonly SplitRecord[], { knows }: Hints): number {
  const first = records.slice(0, HEADER_WITHIN)
  return Math.min(MOST_KNOWN, Math.max(0, ...first.map(({ cells }) => cells.filter(knows).length)))
}

/** Text holds these too often to go without quotes; quotes that do not fit are then a mistake, not a style. */
const NEEDS_QUOTES: readonly string[] = [',', ';']
const BARE = 0.4
/** An apostrophe is a letter far more often than a quote, unless nearly every cell stands in two of them. */
const SINGLE = 0.5
const MOST_CELLS = 0.8
/** A backslash is seldom an escape. */
const ESCAPED = 0.85

function quotingDoubt({ quote, delimiter }: Notation, records: readonly SplitRecord[]): number {
  if (quote === undefined) return NEEDS_QUOTES.includes(delimiter) ? BARE : 1
  if (quote === '"') return 1
  const raw = records.flatMap((record) => record.raw.split(delimiter)).filter((cell) => cell.trim() !== '')
  const quoted = raw.filter((cell) => /^\s*'|'\s*$/.test(cell)).length
  return quoted >= MOST_CELLS * raw.length ? 1 : SINGLE
}

/** One column is the weakest explanation of all. */
const LONE_COLUMN = 0.05
/** Where both explain a text, a usual delimiter is the likelier one. */
const UNUSUAL = 0.6
const HEADER_WITHIN = 30
/** Two known headers are proof enough; more of them do not outweigh what else speaks for a notation. */
const MOST_KNOWN = 2

/** The width that most records have, the greater one among equals. */
export function mostFrequent(widths: readonly number[]): { readonly width: number; readonly rows: number } {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  let best = { width: 1, rows: 0 }
  for (const [width, rows] of counts) {
    if (rows > best.rows || (rows === best.rows && width > best.width)) best = { width, rows }
  }
  return best
}

const TYPED_RECORDS = 100

/** The share of cells that are of a kind: empty, a number, a date, a word or a name, an address. */
function typed(records: readonly SplitRecord[]): number {
  let [cells, known] = [0, 0]
  for (const record of records.slice(0, TYPED_RECORDS)) {
    for (const cell of record.cells) {
      cells++
      if (isOfAKind(cell.trim())) known++
    }
  }
  return cells === 0 ? 0 : 0.05 + (0.95 * known) / cells
}

const NUMBER =
  /^[-+(]?[^\d\s\w]{0,3} ?\d[\d ,.'’%]*(?:[eE][+-]?\d+)?[)-]?(?: ?(?:%|\p{Sc}|[A-Z]{3}|元|万|亿))?$/u
const MOMENT = /^\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?(?:[T ]\d{1,2}:\d{2}(?::\d{2})?.*)?$/
const CLOCK = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?$/
/** Letters of any script, digits, and what stands between them in names, codes, addresses and sentences. */
const WORDS =
  /^[\p{L}\p{N}#@$&+_(（【《“][\p{L}\p{M}\p{N}\p{Pd} .,!?&@+/\\'’"“”()（）【】《》、，。：:#%_*=°·•×™®©-]*$/u

function isOfAKind(cell: string): boolean {
  return cell === '' || NUMBER.test(cell) || MOMENT.test(cell) || CLOCK.test(cell) || WORDS.test(cell)
}
