/** What is known of customers, as groups: levels of each column, the rare ones together, numbers in four parts. */
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import type { Known } from '../../core/purchases.ts'
import type { Groups } from '../../models/clv/histories.ts'
import { quantileSorted } from '../../models/quantile.ts'

/** How the values of a column become levels; survives JSON. */
export interface Coding {
  readonly column: string
  /** The level that others are compared with: that of most customers, of numbers the lowest part. */
  readonly reference: string
  /** Levels with an effect of their own. */
  readonly levels: readonly string[]
  /** Bounds between parts, where the column holds numbers. */
  readonly cuts?: readonly number[]
}

/** Groups by customer. */
export type KnownGroups = Groups & { readonly codings: readonly Coding[] }

const BLANK = '(blank)'
const OTHER = '(other)'
/** Fewer customers than these say little of a level. */
const FEW = 30
const SMALL_SHARE = 0.01
const MOST_LEVELS = 10
/** Numbers of so many values are categories. */
const FEW_NUMBERS = 12
const PARTS = 4

const isNumber = (word: string): boolean => /^[-+]?\d+(\.\d+)?$/.test(word)

/** Decide on the levels of a column. Throws CustError('input') where it tells no customers apart. */
export function codingOf(column: string, known: Known): Coding {
  const cuts = cutsOf(known)
  const label = labelOf({ column, reference: '', levels: [], ...(cuts ? { cuts } : {}) })
  const counts = new Map<string, number>()
  for (const code of known.codes) {
    const level = label(code < 0 ? undefined : (known.words[code] as string))
    counts.set(level, (counts.get(level) ?? 0) + 1)
  }
  const least = Math.max(FEW, SMALL_SHARE * known.codes.length)
  const ranked = [...counts].sort(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))
  const large = ranked.filter(([, count]) => count >= least).slice(0, MOST_LEVELS)
  const rest = ranked.slice(large.length).reduce((sum, [, count]) => sum + count, 0)
  const shown = cuts ? inOrder(cuts, large) : large.map(([level]) => level)
  const [reference, ...levels] = [...shown, ...(rest >= FEW ? [OTHER] : [])]
  if (reference === undefined || reference === OTHER || levels.length === 0) {
    const why =
      reference === OTHER || reference === undefined
        ? 'no value is that of many'
        : `nearly all have ${reference}`
    throw new CustError(
      'input',
      `--covariates ${column}: it tells no groups of customers apart: ${why}`,
      `a value counts from ${wholeText(Math.ceil(least))} customers on`,
    )
  }
  return { column, reference, levels, ...(cuts ? { cuts } : {}) }
}

/** Parts of numbers from the lowest to the highest, then what is no number. */
function inOrder(cuts: readonly number[], large: readonly (readonly [string, number])[]): string[] {
  const parts = Array.from({ length: cuts.length + 1 }, (_, part) => partLabel(cuts, part))
  const names = large.map(([level]) => level)
  return [...parts.filter((part) => names.includes(part)), ...names.filter((level) => !parts.includes(level))]
}

function partLabel(cuts: readonly number[], part: number): string {
  const [low, high] = [cuts[part - 1], cuts[part]]
  if (low === undefined) return `up to ${high}`
  return high === undefined ? `over ${low}` : `over ${low} up to ${high}`
}

function cutsOf({ codes, words }: Known): number[] | undefined {
  if (words.length <= FEW_NUMBERS || !words.every(isNumber)) return undefined
  const numbers = Float64Array.from(
    codes.filter((code) => code >= 0),
    (code) => Number(words[code]),
  ).sort()
  const cuts = Array.from({ length: PARTS - 1 }, (_, i) => quantileSorted(numbers, i + 1, PARTS))
  // Between whole numbers any cut divides them alike.
  return [...new Set(numbers.every(Number.isInteger) ? cuts.map(Math.floor) : cuts)]
}

/** The level of a word; undefined: the column holds nothing. */
function labelOf({ cuts }: Coding): (word: string | undefined) => string {
  return (word) => {
    if (word === undefined) return BLANK
    if (!cuts) return word
    if (!isNumber(word)) return OTHER
    return partLabel(cuts, cuts.filter((cut) => Number(word) > cut).length)
  }
}

/** The groups of customers under codings; columns of the design are the levels, `channel=web`. */
export function groupsOf(codings: readonly Coding[], known: readonly Known[]): KnownGroups {
  const names = codings.flatMap(({ column, levels }) => levels.map((level) => `${column}=${level}`))
  const customers = known[0]?.codes.length ?? 0
  const places = codings.map((coding, i) => placesOf(coding, (known[i] as Known).words))
  const found = new Map<string, number>()
  const design: number[][] = []
  const of = new Float64Array(customers)
  for (let customer = 0; customer < customers; customer++) {
    const own = places.map((place, i) => place((known[i] as Known).codes[customer] as number))
    const key = own.join(' ')
    let group = found.get(key)
    if (group === undefined) {
      group = design.length
      found.set(key, group)
      design.push(codings.flatMap(({ levels }, i) => levels.map((_, level) => Number(own[i] === level))))
    }
    of[customer] = group
  }
  return { of, design, names, codings }
}

/** The level of a code, by its place; -1 for the reference, and for what no level stands for. */
function placesOf(coding: Coding, words: readonly string[]): (code: number) => number {
  const label = labelOf(coding)
  const place = (word: string | undefined): number => {
    const level = label(word)
    if (level === coding.reference) return -1
    const own = coding.levels.indexOf(level)
    return own >= 0 ? own : coding.levels.indexOf(OTHER)
  }
  const byCode = words.map(place)
  const blank = place(undefined)
  return (code) => (code < 0 ? blank : (byCode[code] as number))
}

/** P of a chi-squared with twice as many degrees of freedom as there are effects, two a column, being larger. */
export function likelihoodRatioP(gain: number, effects: number): number {
  let [term, sum] = [1, 1]
  for (let i = 1; i < effects; i++) {
    term *= Math.max(gain, 0) / i
    sum += term
  }
  return Math.min(1, Math.exp(-Math.max(gain, 0)) * sum)
}
