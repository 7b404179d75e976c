/** Of very many patterns some stand for the rest: where hardly two pairs are alike, most of them tell the same. */
import { mixedHash } from './hash.ts'
import type { Observed } from './observed.ts'

/** Levels that are looked at in each round, once for each class. */
const MOST_LEVELS = 40_000_000

/**
 * Those that agree so much that they may be matches are all kept. Which of the others are follows from what they are,
 * and each counts for as many as it stands for.
 */
export function thinned(observed: Observed): Observed {
  const { columns, levels, proposed, others, answered, reasons, both } = observed
  const width = columns.length
  const most = Math.floor(MOST_LEVELS / (Math.max(1, width) * (reasons.length + both.length + 3)))
  if (proposed.length <= most) return observed
  const isTelling = tellingIn(observed)
  let telling = 0
  for (let pattern = 0; pattern < proposed.length; pattern++) if (isTelling(pattern)) telling++
  const share = Math.max(LEAST_SHARE, Math.min(1, (most - telling) / (proposed.length - telling)))
  const kept: number[] = []
  const weights: number[] = []
  for (let pattern = 0; pattern < proposed.length; pattern++) {
    if (isTelling(pattern)) weights.push(1)
    else if (hashOf(levels, pattern * width, width) < share * 2 ** 32) weights.push(1 / share)
    else continue
    kept.push(pattern)
  }
  const some = (counts: Float64Array) => Float64Array.from(kept, (pattern) => counts[pattern] as number)
  const weighted = (counts: Float64Array) => some(counts).map((count, i) => count * (weights[i] as number))
  const own = new Int8Array(kept.length * width)
  kept.forEach((pattern, i) => {
    own.set(levels.subarray(pattern * width, (pattern + 1) * width), i * width)
  })
  return {
    ...observed,
    levels: own,
    proposed: weighted(proposed),
    others: weighted(others),
    ...(answered ? { answered: { same: some(answered.same), different: some(answered.different) } } : {}),
  }
}

const LEAST_SHARE = 1 / 64

/** So much of what it takes to find one pair among all must agree exactly. */
const TELLING = 0.6

/** What agrees more often by chance tells of no match. */
const RARE = 0.05

function tellingIn({ columns, levels, answered, records, pairs }: Observed): (pattern: number) => boolean {
  const width = columns.length
  const bits = columns.map(({ chance, usual }) => {
    const often = Math.max(chance, usual)
    return often < RARE ? -Math.log2(often) : 0
  })
  const enough = TELLING * Math.log2(pairs ?? (records * (records - 1)) / 2)
  return (pattern) => {
    if ((answered?.same[pattern] ?? 0) + (answered?.different[pattern] ?? 0) > 0) return true
    let sum = 0
    for (let i = 0; i < width; i++) {
      if (levels[pattern * width + i] === columns[i]?.exact) sum += bits[i] as number
    }
    return sum >= enough
  }
}

function hashOf(levels: Int8Array, from: number, width: number): number {
  let hash = width
  for (let i = from; i < from + width; i++) hash = mixedHash(Math.imul(hash, 31) + (levels[i] as number) + 2)
  return hash
}
