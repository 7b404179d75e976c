/** What somebody has said of pairs, as evidence of how much agreement counts. */

/** Answers by pattern: how many pairs of it match, and how many do not. */
export interface Answered {
  readonly same: Float64Array
  readonly different: Float64Array
}

export function answersByPattern(numbers: Int32Array, same: Uint8Array, patterns: number): Answered {
  const counts = { same: new Float64Array(patterns), different: new Float64Array(patterns) }
  numbers.forEach((pattern, i) => {
    const own = same[i] === 1 ? counts.same : counts.different
    own[pattern] = (own[pattern] as number) + 1
  })
  return counts
}

/**
 * An answer speaks for so many pairs of its own pattern, as long as there are so many: pairs that are chosen to be
 * looked at are not like all others, but inside of a pattern they are.
 */
const SPEAKS_FOR = 10

export interface Spoken {
  /** Pairs of which nobody has said anything. */
  readonly open: number
  readonly same: number
  readonly different: number
}

export function spokenFor(found: number, answered: Answered | undefined, pattern: number): Spoken {
  const [same, different] = [answered?.same[pattern] ?? 0, answered?.different[pattern] ?? 0]
  const answers = same + different
  if (answers === 0) return { open: found, same, different }
  const each = Math.min(SPEAKS_FOR, Math.max(1, found / answers))
  return { open: Math.max(0, found - each * answers), same: each * same, different: each * different }
}

/** Some answers are wrong, however sure the model is. */
const WRONG = 0.02

export interface Told {
  readonly same: Uint8Array
  /** By answer: pairs that it stands for. */
  readonly weights: Float64Array
}

/** By how much the answers surprise whoever believes these bits: minus the logarithm of how likely they are. */
export function surpriseOf(bits: ArrayLike<number>, { same, weights }: Told): number {
  let sum = 0
  same.forEach((together, i) => {
    const p = WRONG + (1 - 2 * WRONG) / (1 + 2 ** -(bits[i] as number))
    sum -= (weights[i] as number) * Math.log(together === 1 ? p : 1 - p)
  })
  return sum
}
