/** Which pairs are looked at, of strata of bits: few that say much, and of every stratum a fair pick. */

export interface Stratum {
  /** How many pairs it has. */
  readonly pairs: number
  /** The sum of p (1 - p) over them: what is not known of them. */
  readonly doubt: number
}

/**
 * How many pairs each stratum gives, about `total` in all: half of them where there is most doubt, half by the root
 * of how many pairs there are, for errors add up by squares; of each stratum at least a few. A stratum that has
 * fewer gives all, and leaves its rest to the others.
 */
export function sharedOut(strata: readonly Stratum[], total: number): number[] {
  const least = Math.floor(total / (2 * strata.length))
  const doubts = sumOf(strata, ({ doubt }) => doubt)
  const roots = sumOf(strata, ({ pairs }) => Math.sqrt(pairs))
  const weights = strata.map(
    ({ pairs, doubt }) => (doubts > 0 ? doubt / doubts : 0) + (roots > 0 ? Math.sqrt(pairs) / roots : 0),
  )
  const taken = strata.map(({ pairs }) => Math.min(pairs, least))
  let rest = total - sumOf(taken, (each) => each)
  while (rest > 0) {
    const open = strata.map(({ pairs }, i) => (pairs > (taken[i] as number) ? (weights[i] as number) : 0))
    const next = mostWanting(open, taken)
    if (next < 0) break
    taken[next] = (taken[next] as number) + 1
    rest--
  }
  return taken
}

const sumOf = <T>(list: readonly T[], of: (each: T) => number): number =>
  list.reduce((sum, each) => sum + of(each), 0)

/** One after the other, as seats are given by Webster's method; -1 where nobody wants any. */
function mostWanting(weights: readonly number[], taken: readonly number[]): number {
  let [best, most] = [-1, 0]
  weights.forEach((weight, i) => {
    const want = weight / (2 * (taken[i] as number) + 1)
    if (want > most) [best, most] = [i, want]
  })
  return best
}

/** So many of `count` places, evenly apart, so that each is as likely as any other. `start` is from 0 to 1. */
export function evenly(count: number, taken: number, start: number): number[] {
  const step = count / taken
  return Array.from({ length: taken }, (_, i) => Math.min(count - 1, Math.floor((i + start) * step)))
}
