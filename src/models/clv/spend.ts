/** What customers spend on a purchase: a fit of the Gamma-Gamma model where there is enough to fit it to. */
import { sharedFloats } from '../../core/arrays.ts'
import { type Attempt, attempt, CustError } from '../../core/errors.ts'
import { expectedSpend, fitSpend, populationMean, type SpendParameters } from './gammagamma.ts'
import type { Histories } from './histories.ts'
import type { Maximum } from './newton.ts'

export interface SpendFit {
  readonly parameters: SpendParameters
  readonly covariance: readonly (readonly number[])[] | null
  readonly logLikelihood: number
  readonly iterations: number
  readonly customers: number
  /** Customers who bought again and paid nothing, or less. */
  readonly without: number
  /** What a reader must know of the fit. */
  readonly notes: readonly string[]
}

/** Fewer say nothing of how spend is spread. */
const FEW_SPENDERS = 10

/** Customers who bought again and paid: how often, and how much on average. */
export interface Spenders {
  readonly x: Float64Array
  readonly m: Float64Array
  /** Customers who bought again and paid nothing, or less. */
  readonly without: number
}

export function spendersOf({ x }: Histories, meanSpend: Float64Array): Spenders {
  const spend = { x: sharedFloats(x.length), m: sharedFloats(x.length) }
  let [repeating, customers] = [0, 0]
  for (let row = 0; row < x.length; row++) {
    if (!((x[row] as number) > 0)) continue
    repeating++
    if (!((meanSpend[row] as number) > 0)) continue
    spend.x[customers] = x[row] as number
    spend.m[customers++] = meanSpend[row] as number
  }
  return {
    x: spend.x.subarray(0, customers),
    m: spend.m.subarray(0, customers),
    without: repeating - customers,
  }
}

/** The Gamma-Gamma model of them, or why it cannot be fitted. */
export function spendOf({ x, m, without }: Spenders): Attempt<SpendFit> {
  if (x.length < FEW_SPENDERS) {
    return { failure: new CustError('model', 'too few customers bought again and paid') }
  }
  const found = attempt(() => fitSpend({ x, m }))
  if ('failure' in found) return found
  const [p, q, v] = found.fitted.parameters as [number, number, number]
  return {
    fitted: {
      parameters: { p, q, v },
      covariance: found.fitted.covariance ?? null,
      logLikelihood: found.fitted.value,
      iterations: found.fitted.iterations,
      customers: x.length,
      without,
      notes: notesOf(found.fitted),
    },
  }
}

function notesOf({ unbounded, covariance }: Maximum): string[] {
  if (covariance) return []
  const names = unbounded.map((i) => ['p', 'q', 'v'][i]).join(' and ')
  const what = names
    ? `nothing in the data holds ${names}, which grow or shrink without bound`
    : 'the likelihood is flat at its maximum'
  return [`${what}; values hold, their intervals do not`]
}

/** What an order is worth, and what a reader must be warned of. */
export interface Spending {
  /** The mean where there is no model. */
  readonly spend: SpendFit | number
  readonly warnings: readonly string[]
}

/** The model of spend; where it is not wanted or cannot be fitted, the mean of all days on which something was paid. */
export function spendingOf(found: Attempt<SpendFit> | undefined, net: Float64Array): Spending {
  if (!found) return { spend: meanPaid(net), warnings: [] }
  if ('fitted' in found) return { spend: found.fitted, warnings: spendWarnings(found.fitted) }
  const why = found.failure.message
  return {
    spend: meanPaid(net),
    warnings: [`there is no model of spend (${why}): all orders are worth the mean`],
  }
}

export function spendWarnings({ parameters, notes }: SpendFit): string[] {
  const warnings = notes.map((note) => `Gamma-Gamma: ${note}`)
  if (populationMean(parameters) !== undefined) return warnings
  const q = parameters.q.toPrecision(3)
  return [
    ...warnings,
    `spend has no finite mean (q = ${q}): where there is no own data, values use the median`,
  ]
}

/** The mean of all days on which something was paid. */
export function meanPaid(net: Float64Array): number {
  let sum = 0
  let days = 0
  for (let i = 0; i < net.length; i++) {
    const paid = net[i] as number
    if (!(paid > 0)) continue
    sum += paid
    days++
  }
  return days === 0 ? 0 : sum / days
}

/** Value of the next order by row: of those without own spend that of anyone. */
export function orderValues(
  { x }: Histories,
  meanSpend: Float64Array,
  spend: SpendFit | number,
): Float64Array {
  const byModel = typeof spend === 'number' ? undefined : spend.parameters
  const anyone = byModel ? expectedSpend(byModel, 0, 0) : (spend as number)
  const values = sharedFloats(x.length).fill(anyone)
  for (let row = 0; row < values.length; row++) {
    const repeats = x[row] as number
    const own = meanSpend[row] as number
    if (repeats > 0 && own > 0) values[row] = byModel ? expectedSpend(byModel, repeats, own) : own
  }
  return values
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
