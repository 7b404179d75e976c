/** How much of each pattern belongs to which class, by Bayes. */
import { spokenFor } from './answered.ts'
import type { Observed } from './observed.ts'
import type { Table } from './shares.ts'

export interface Step {
  /** Proposed pairs of each pattern that are matches: hardly any are not proposed. */
  readonly matches: Float64Array
  readonly moved: Float64Array
  /** All pairs of each pattern, proposed or not, that agree for each other reason, or for none. */
  readonly reasons: readonly Float64Array[]
  readonly random: Float64Array
  /** Sums by class: matches, those that moved, random, reasons. */
  readonly sums: readonly number[]
}

interface Classes {
  readonly shares: readonly Table[]
  readonly priors: readonly number[]
}

/** Classes: matches, those that moved, random, then the reasons. */
export function expectation(observed: Observed, { shares, priors }: Classes): Step {
  const { columns, levels, proposed, others, answered } = observed
  const width = columns.length
  const classes = shares.length
  const parts = Array.from({ length: classes }, () => new Float64Array(proposed.length))
  const sums = new Array<number>(classes).fill(0)
  const likelihood = new Float64Array(classes)
  for (let pattern = 0; pattern < proposed.length; pattern++) {
    let total = 0
    for (let k = 0; k < classes; k++) {
      let product = priors[k] as number
      const table = shares[k] as Table
      for (let i = 0; i < width; i++) {
        const level = levels[pattern * width + i] as number
        if (level >= 0) product *= (table[i] as number[])[level] as number
      }
      likelihood[k] = product
      total += product
    }
    if (total === 0) continue
    const { open, same, different } = spokenFor(proposed[pattern] as number, answered, pattern)
    const all = open + (others[pattern] as number)
    for (let k = 0; k < classes; k++) {
      const own = likelihood[k] as number
      let part = ((k < RANDOM ? open : all) * own) / total
      if (k < RANDOM && same > 0) part += (same * own) / sumOf(likelihood, 0, RANDOM)
      if (k >= RANDOM && different > 0) part += (different * own) / sumOf(likelihood, RANDOM, classes)
      ;(parts[k] as Float64Array)[pattern] = part
      sums[k] = (sums[k] as number) + part
    }
  }
  const [matches, moved, random] = parts as [Float64Array, Float64Array, Float64Array]
  return { matches, moved, random, reasons: parts.slice(FIRST_REASON), sums }
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k++) sum += values[k] as number
  return sum
}

const RANDOM = 2
export const FIRST_REASON = 3
