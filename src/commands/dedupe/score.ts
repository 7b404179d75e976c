/** Bits for a match of two records: log2 of the odds against every other explanation together. */
import type { Pairs } from '../../models/linkage/blocking.ts'
import type { Links } from '../../models/linkage/groups.ts'
import { logLikelihoods, type Mixture } from '../../models/linkage/mixture.ts'
import type { Comparison } from './compare.ts'
import { countsOfField, type Field } from './fields.ts'
import { type MatchRole, MOVING, STRONG } from './roles.ts'

const NAMES: readonly MatchRole[] = ['given', 'surname', 'name', 'company']
/** Without more than so many bits from something else than names, two people are not one. */
const LEAST_BESIDE_NAMES = 1
/** Agreement on a rare value counts for at most so much more than on a usual one. */
const MOST_RARE = 6 * Math.LN2

export interface Scorer {
  bitsOf(one: number, other: number): number
  partsOf(one: number, other: number): Parts
  /** The same for many pairs of a few patterns. */
  linksAmong(pairs: PatternedPairs, threshold: number): PatternedLinks
}

export interface PatternedLinks extends Links {
  /** By link: the number of its pattern. */
  readonly numbers: Int32Array
}

/** What the bits of a pair are made of. */
export interface Parts {
  readonly levels: Int8Array
  /** Logarithms of prior times likelihood: matches, those that moved, random pairs, the reasons. */
  readonly classes: Float64Array
  /** By class and column, what of it comes from the value itself. */
  readonly rarity: readonly Float64Array[]
}

export interface PatternedPairs extends Pairs {
  /** By pair. */
  readonly numbers: Int32Array
  /** By pattern and column. */
  readonly levels: Int8Array
}

/** How many rows have each value of a field, and how many have any. */
export interface Frequencies {
  /** By code. */
  readonly counts: ArrayLike<number>
  readonly filled: number
}

export function frequenciesOf(field: Field): Frequencies {
  const counts = countsOfField(field)
  return { counts, filled: counts.reduce((sum, count) => sum + count, 0) }
}

export function scorerOf(
  comparisons: readonly Comparison[],
  mixture: Mixture,
  frequencies = comparisons.map(({ field }) => frequenciesOf(field)),
): Scorer {
  const width = comparisons.length
  const exact = comparisons.map(({ levels }) => levels.length - 1)
  const logs = logLikelihoods(mixture)
  const rare = comparisons.map(({ field, role }, i) => {
    const usual = mixture.random.shares[i]?.[exact[i] as number] as number
    const logs = raritiesOf(frequencies[i] as Frequencies, role, usual)
    return (record: number) => logs[field.codes[record] as number] as number
  })
  const unlike = comparisons.map((comparison) => comparison.unlike)
  const beside = comparisons.map(({ role }) => !NAMES.includes(role))
  const ratios = comparisons.map((_, i) =>
    (mixture.matches.shares[i] as number[]).map((share, level) =>
      Math.log2(share / (mixture.random.shares[i]?.[level] as number)),
    ),
  )
  // By class: does the value itself decide how likely exact agreement is? Those that moved, random, the reasons.
  const decides = [
    comparisons.map(({ role }) => MOVING.includes(role)),
    comparisons.map(() => true),
    ...mixture.reasons.map(({ freedom }) => freedom.map((each) => each !== 'free')),
  ]
  const classes = decides.length + 1
  const parts = new Float64Array(classes)
  /** `base`: of the levels alone, from `at` on. */
  const bitsFrom = (
    base: Float64Array,
    at: number,
    levels: Int8Array,
    from: number,
    record: number,
  ): number => {
    for (let k = 0; k < classes; k++) parts[k] = base[at + k] as number
    let evidence = 0
    for (let i = 0; i < width; i++) {
      const level = levels[from + i] as number
      if (level < 0) continue
      // An e-mail that is only alike is made of a name that is the same.
      if (beside[i] && level >= (unlike[i] as number)) evidence += Math.max(0, ratios[i]?.[level] as number)
      if (level !== exact[i]) continue
      const more = (rare[i] as (record: number) => number)(record)
      for (let k = 1; k < classes; k++) if (decides[k - 1]?.[i]) parts[k] = (parts[k] as number) + more
    }
    const bits = (logSum(parts, 0, 2) - logSum(parts, 2, classes)) / Math.LN2
    return evidence < LEAST_BESIDE_NAMES ? Math.min(bits, -1) : bits
  }
  const own = new Int8Array(width)
  return {
    bitsOf(one, other) {
      for (let i = 0; i < width; i++) own[i] = (comparisons[i] as Comparison).levelOf(one, other)
      return bitsFrom(logs(own, 0), 0, own, 0, one)
    },
    partsOf(one, other) {
      const levels = Int8Array.from(comparisons, ({ levelOf }) => levelOf(one, other))
      const rarity = Array.from({ length: classes }, (_, k) =>
        Float64Array.from(comparisons, (_, i) => {
          const counts = k > 0 && levels[i] === exact[i] && decides[k - 1]?.[i]
          return counts ? (rare[i] as (record: number) => number)(one) : 0
        }),
      )
      const base = logs(levels, 0)
      const own = base.map((sum, k) => (rarity[k] as Float64Array).reduce((total, each) => total + each, sum))
      return { levels, classes: own, rarity }
    },
    linksAmong({ left, right, numbers, levels }, threshold) {
      const patterns = width === 0 ? 0 : levels.length / width
      const base = new Float64Array(patterns * classes)
      const hopeless = new Uint8Array(patterns)
      for (let pattern = 0; pattern < patterns; pattern++) {
        base.set(logs(levels, pattern * width), pattern * classes)
        let agreed = 0
        for (let i = 0; i < width; i++) if (levels[pattern * width + i] === exact[i]) agreed++
        const at = pattern * classes
        const usual = logSum(base, at, at + 2) - logSum(base, at + 2, at + classes)
        if (usual + agreed * MOST_RARE <= threshold * Math.LN2) hopeless[pattern] = 1
      }
      const found: number[] = []
      const bits: number[] = []
      for (let pair = 0; pair < left.length; pair++) {
        const pattern = numbers[pair] as number
        if (hopeless[pattern] === 1) continue
        const score = bitsFrom(base, pattern * classes, levels, pattern * width, left[pair] as number)
        if (score <= threshold) continue
        found.push(pair)
        bits.push(score)
      }
      return {
        left: Int32Array.from(found, (pair) => left[pair] as number),
        right: Int32Array.from(found, (pair) => right[pair] as number),
        bits: Float64Array.from(bits, (each) => each - threshold),
        numbers: Int32Array.from(found, (pair) => numbers[pair] as number),
      }
    },
  }
}

/** Records of one customer may share so many: of names any two, of an e-mail all that one customer is likely to have. */
const OWN = { usual: 2, strong: 8 }

/** Days come about equally often: one that nobody else has in this file is had by half a record more, as it were. */
const UNSEEN_DATES = 0.5

/**
 * How much likelier than for the usual value it is that a record of somebody else has this one, as a logarithm, by
 * value. An e-mail or phone is never rarer than usual, and more common only where it has many records.
 */
export function raritiesOf({ counts, filled }: Frequencies, role: MatchRole, usual: number): Float64Array {
  if (role === 'text') return new Float64Array(counts.length)
  const strong = STRONG.includes(role)
  const least = strong ? 0 : -MOST_RARE
  const own = strong ? OWN.strong : OWN.usual
  const unseen = role === 'date' ? UNSEEN_DATES : 0
  return Float64Array.from(counts, (count) =>
    Math.max(least, Math.log(Math.max(unseen, count - own) / Math.max(1, filled) / usual)),
  )
}

function logSum(values: Float64Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let k = from; k < to; k++) most = Math.max(most, values[k] as number)
  let sum = 0
  for (let k = from; k < to; k++) sum += Math.exp((values[k] as number) - most)
  return most + Math.log(sum)
}
