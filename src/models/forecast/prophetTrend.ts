/** How far Prophet's trend may go astray. */

/** What Prophet found, in its own units: changes of the slope, and the deviation of single values. */
export interface ProphetTrend {
  readonly delta: Float64Array
  readonly sigmaObs: number
}

/**
 * Taylor and Letham (2018, section 3.1.4): the future has changes as often as the past, S in the span of it, each
 * Laplace with the mean size of the past ones, lambda. A change of d at s moves the trend by d (t - s) at t, the
 * variance of d is 2 lambda^2, and changes come as a Poisson process: over the time t ahead their variance is
 * S 2 lambda^2 t^3 / 3.
 */
export function trendVariance({ delta }: ProphetTrend, ahead: number): number {
  if (delta.length === 0) return 0
  const size = delta.reduce((sum, each) => sum + Math.abs(each), 0) / delta.length
  return (delta.length * 2 * size * size * ahead ** 3) / 3
}
