/** What customers spend on a purchase: a fit of the Gamma-Gamma model where there is enough to fit it to. */
import { expectedSpend, fitSpend, populationMean, type SpendParameters } from './gammagamma.ts'
import type { Histories } from './histories.ts'

export interface SpendFit {
  readonly parameters: SpendParameters
  readonly covariance: readonly (readonly number[])[] | null
  readonly logLikelihood: number
  readonly iterations: number
  readonly customers: number
  /** Customers who bought again and paid nothing, or less. */
  readonly without: number
}

/** Fewer say nothing of how spend is spread. */
const FEW_SPENDERS = 10

/** The Gamma-Gamma model of customers who bought again and paid; undefined where they are too few. */
export function spendOf({ x }: Histories, meanSpend: Float64Array): SpendFit | undefined {
  const repeating = [...x.keys()].filter((row) => (x[row] as number) > 0)
  const rows = repeating.filter((row) => (meanSpend[row] as number) > 0)
  if (rows.length < FEW_SPENDERS) return undefined
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number)
  const found = fitSpend({ x: pick(x), m: pick(meanSpend) })
  const [p, q, v] = found.parameters as [number, number, number]
  return {
    parameters: { p, q, v },
    covariance: found.covariance ?? null,
    logLikelihood: found.value,
    iterations: found.iterations,
    customers: rows.length,
    without: repeating.length - rows.length,
  }
}

/** The model of spend; where it is not wanted or cannot be fitted, the mean of all days on which something was paid. */
export function spendOrMean(
  histories: Histories,
  meanSpend: Float64Array,
  { net, byModel }: { readonly net: Float64Array; readonly byModel: boolean },
): SpendFit | number {
  return (byModel ? spendOf(histories, meanSpend) : undefined) ?? meanPaid(net)
}

/** The mean of all days on which something was paid. */
export function meanPaid(net: Float64Array): number {
  let [sum, days] = [0, 0]
  for (const paid of net) {
    if (!(paid > 0)) continue
    sum += paid
    days++
  }
  return days === 0 ? 0 : sum / days
}

export const hasNoMean = ({ parameters }: SpendFit): boolean => populationMean(parameters) === undefined

/** Value of the next order by row: of those without own spend that of anyone. */
export function orderValues(
  { x }: Histories,
  meanSpend: Float64Array,
  spend: SpendFit | number,
): Float64Array {
  const byModel = typeof spend === 'number' ? undefined : spend.parameters
  const anyone = byModel ? expectedSpend(byModel, 0, 0) : (spend as number)
  return x.map((repeats, row) => {
    const own = meanSpend[row] as number
    if (!(repeats > 0 && own > 0)) return anyone
    return byModel ? expectedSpend(byModel, repeats, own) : own
  })
}

/**
 * Standard error of the expected spend as a part of it, by the delta method: by the logarithms of p, q, v the
 * logarithm of p (v + x m) / (p x + q - 1) has the slopes 1 - p x / (p x + q - 1), -q / (p x + q - 1), v / (v + x m).
 * The median of a population without a mean is taken to be as sure as its mean would be.
 */
export function spendErrors({ parameters, covariance }: SpendFit): (x: number, m: number) => number {
  const { p, q, v } = parameters
  if (!covariance) return () => Number.NaN
  const [[pp = 0, pq = 0, pv = 0] = [], [, qq = 0, qv = 0] = [], [, , vv = 0] = []] = covariance
  return (x, m) => {
    const all = p * x + Math.max(q - 1, 1e-6)
    const [byP, byQ, byV] = [1 - (p * x) / all, -q / all, x === 0 ? 1 : v / (v + x * m)]
    const variance =
      byP * byP * pp +
      byQ * byQ * qq +
      byV * byV * vv +
      2 * (byP * byQ * pq + byP * byV * pv + byQ * byV * qv)
    return Math.sqrt(Math.max(variance, 0))
  }
}
