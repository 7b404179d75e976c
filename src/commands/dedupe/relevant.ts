/** Which columns have to do with who somebody is: those that agree more often where something strong agrees. */
import type { Comparison } from './compare.ts'
import { type MatchRole, STRONG } from './roles.ts'

/** Only these are doubted: the others say by their meaning that they matter. */
const DOUBTED: readonly MatchRole[] = ['text', 'code', 'place', 'site', 'number', 'category']
/** So many pairs must agree in something strong before a column can be told to have nothing to do with it. */
const ENOUGH = 50
/** Agreement beyond chance, of what is possible beyond chance: Cohen's kappa. */
const LEAST = 0.1

export interface Counted {
  /** Levels by pattern and column. */
  readonly levels: Int8Array
  /** Pairs by pattern. */
  readonly pairs: Float64Array
  /** By column, how likely two random records agree exactly. */
  readonly chance: readonly number[]
}

/** Places of the columns that matter. */
export function relevantColumns(
  comparisons: readonly Comparison[],
  { levels, pairs, chance }: Counted,
): number[] {
  const width = comparisons.length
  const strong = comparisons.flatMap(({ role }, i) => (STRONG.includes(role) ? [i] : []))
  const named = comparisons.flatMap(({ role }, i) => (['surname', 'name', 'date'].includes(role) ? [i] : []))
  const isExact = (pattern: number, i: number) =>
    levels[pattern * width + i] === (comparisons[i]?.levels.length as number) - 1
  const agreed = new Float64Array(width)
  const filled = new Float64Array(width)
  for (let pattern = 0; pattern < pairs.length; pattern++) {
    const anchored =
      strong.some((i) => isExact(pattern, i)) || (named.length > 1 && named.every((i) => isExact(pattern, i)))
    if (!anchored) continue
    for (let i = 0; i < width; i++) {
      if ((levels[pattern * width + i] as number) < 0) continue
      filled[i] = (filled[i] as number) + (pairs[pattern] as number)
      if (isExact(pattern, i)) agreed[i] = (agreed[i] as number) + (pairs[pattern] as number)
    }
  }
  return comparisons.flatMap(({ role }, i) => {
    if (!DOUBTED.includes(role) || (filled[i] as number) < ENOUGH) return [i]
    const [share, u] = [(agreed[i] as number) / (filled[i] as number), chance[i] as number]
    return (share - u) / (1 - u) >= LEAST ? [i] : []
  })
}
