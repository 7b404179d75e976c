/** Which method is used: the simplest of those that are as good as the best, and never worse than the yardstick. */

interface Judged {
  /** By origin; the same origins for all. */
  readonly mase: Float64Array
  readonly meanMase: number
}

/**
 * `verdicts` go from simple to elaborate, the yardstick first. As good is who lies within one standard error of the
 * best: of the differences at the same origins, which overlap, so that it is a rule and no test.
 */
export function chosenOf(verdicts: readonly Judged[]): number {
  const yardstick = (verdicts[0] as Judged).meanMase
  const eligible = [...verdicts.keys()].filter((i) => i === 0 || (verdicts[i] as Judged).meanMase < yardstick)
  const best = eligible.reduce((one, other) =>
    (verdicts[other] as Judged).meanMase < (verdicts[one] as Judged).meanMase ? other : one,
  )
  return eligible.find((i) => isAsGood(verdicts[i] as Judged, verdicts[best] as Judged)) ?? 0
}

function isAsGood(one: Judged, best: Judged): boolean {
  if (one === best) return true
  const differences = one.mase.map((value, i) => value - (best.mase[i] as number)).filter(Number.isFinite)
  const { length } = differences
  if (length < 2) return false
  const mean = differences.reduce((sum, each) => sum + each, 0) / length
  const squares = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0)
  return mean <= Math.sqrt(squares / (length - 1) / length)
}
