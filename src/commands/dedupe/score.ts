/** Bits for a match of two records: log2 of the odds against every other explanation together. */
import { logLikelihoods, type Mixture } from '../../models/linkage/mixture.ts'
import type { Comparison } from './compare.ts'
import { countsOfField } from './fields.ts'
import { type MatchRole, MOVING } from './roles.ts'

const NAMES: readonly MatchRole[] = ['given', 'surname', 'name']
/** Without more than so many bits from something else than names, two people are not one. */
const LEAST_BESIDE_NAMES = 1
/** Agreement on a rare value counts for at most so much more than on a usual one. */
const MOST_RARE = 6 * Math.LN2

export interface Scorer {
  bitsOf(one: number, other: number): number
  /** The same where the levels are known already. */
  bitsWith(one: number, other: number, levels: Int8Array): number
  levelsInto(one: number, other: number, levels: Int8Array): void
}

export function scorerOf(comparisons: readonly Comparison[], mixture: Mixture): Scorer {
  const width = comparisons.length
  const exact = comparisons.map(({ levels }) => levels.length - 1)
  const logs = logLikelihoods(mixture)
  const rare = comparisons.map((comparison, i) =>
    rarityOf(comparison, mixture.random.shares[i]?.[exact[i] as number] as number),
  )
  const beside = comparisons.map(({ role }) => !NAMES.includes(role))
  const ratios = comparisons.map((_, i) =>
    (mixture.matches.shares[i] as number[]).map((share, level) =>
      Math.log2(share / (mixture.random.shares[i]?.[level] as number)),
    ),
  )
  // By class: does the value itself decide how likely exact agreement is? Random pairs, then the reasons.
  const decides = [
    comparisons.map(({ role }) => MOVING.includes(role)),
    comparisons.map(() => true),
    ...mixture.reasons.map(({ freedom }) => freedom.map((each) => each !== 'free')),
  ]
  const own = new Int8Array(width)
  const levelsInto = (one: number, other: number, levels: Int8Array) => {
    for (let i = 0; i < width; i++) levels[i] = (comparisons[i] as Comparison).levelOf(one, other)
  }
  const bitsWith = (one: number, _: number, levels: Int8Array): number => {
    const parts = logs(levels, 0)
    let evidence = 0
    for (let i = 0; i < width; i++) {
      const level = levels[i] as number
      if (level < 0) continue
      if (beside[i]) evidence += Math.max(0, ratios[i]?.[level] as number)
      if (level !== exact[i]) continue
      const more = (rare[i] as (record: number) => number)(one)
      for (let k = 0; k < decides.length; k++)
        if (decides[k]?.[i]) parts[k + 1] = (parts[k + 1] as number) + more
    }
    const bits = (logSum(parts.subarray(0, 2)) - logSum(parts.subarray(2))) / Math.LN2
    return evidence < LEAST_BESIDE_NAMES ? Math.min(bits, -1) : bits
  }
  return {
    levelsInto,
    bitsWith,
    bitsOf(one, other) {
      levelsInto(one, other, own)
      return bitsWith(one, other, own)
    },
  }
}

/** How much likelier than of the usual value it is that two random records agree on this one, as a logarithm. */
function rarityOf({ field, role }: Comparison, usual: number): (record: number) => number {
  if (role === 'text') return () => 0
  const counts = countsOfField(field)
  const filled = counts.reduce((sum, count) => sum + count, 0)
  const logs = Float64Array.from(counts, (count) => Math.max(-MOST_RARE, Math.log(count / filled / usual)))
  return (record) => logs[field.codes[record] as number] as number
}

function logSum(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) most = Math.max(most, value)
  let sum = 0
  for (const value of values) sum += Math.exp(value - most)
  return most + Math.log(sum)
}
