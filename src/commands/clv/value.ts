/** What each customer is expected to do and to bring, with intervals. */

import { CustError } from '../../core/errors.ts'
import {
  expectedSpend,
  populationMean,
  type SpendParameters,
  weightOfData,
} from '../../models/clv/gammagamma.ts'
import { collapse, type Histories } from '../../models/clv/histories.ts'
import { alive, discounted, expected, type Fitted, modelTitles, silent } from '../../models/clv/model.ts'
import { around, delta, resampled } from '../../models/clv/uncertainty.ts'
import type { SpendFit } from './fits.ts'

export interface Ahead {
  /** In the unit of the fit. */
  readonly horizon: number
  /** Continuous, per unit of the fit. */
  readonly rate: number
  readonly bootstrap: { readonly times: number; readonly seed: number } | undefined
}

/** By row of the histories. */
export interface Outlook {
  readonly alive: Float64Array
  readonly expected: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly silent: Float64Array
  readonly discounted: Float64Array
  /** Standard error of the expected orders, as a part of them. */
  readonly relativeError: Float64Array
  /** Of the expected orders of all customers together. */
  readonly total: { readonly value: number; readonly low: number; readonly high: number }
}

/** Equal histories have one outlook, which is worked out once. */
export function outlookOf(
  fitted: Fitted,
  histories: Histories,
  { horizon, rate, bootstrap }: Ahead,
): Outlook {
  const { logGaps, ...times } = histories
  const { patterns, patternOf } = collapse(fitted.model === 'cnbd' ? histories : times)
  const spread = (values: Float64Array): Float64Array =>
    Float64Array.from(patternOf, (pattern) => values[pattern] as number)
  const orders = expected(fitted, patterns, horizon)
  if (!orders.every(Number.isFinite)) throw meaningless(fitted)
  const sum = (values: Float64Array) =>
    values.reduce((all, value, row) => all + value * (patterns.weight[row] as number), 0)
  const found = bootstrap
    ? byResampling(fitted, patterns, horizon, bootstrap)
    : byDelta(fitted, patterns, horizon, orders)
  return {
    alive: spread(alive(fitted, patterns)),
    expected: spread(orders),
    low: spread(found.low),
    high: spread(found.high),
    silent: spread(silent(fitted, patterns, horizon)),
    discounted: spread(discounted(fitted, patterns, { rate, horizon })),
    relativeError: spread(found.relativeError),
    total: { value: sum(orders), ...found.total },
  }
}

function meaningless({ model, parameters }: Fitted): CustError {
  const shown = Object.entries(parameters).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
  const what = `${modelTitles[model]} gives no finite number of orders (${shown.join(', ')})`
  return new CustError('model', what, 'try another --model, or a shorter --horizon')
}

type Weighted = Histories & { readonly weight: Float64Array }

function byDelta(fitted: Fitted, patterns: Weighted, horizon: number, orders: Float64Array) {
  const { standardErrors, ofTotal } = delta(
    fitted,
    (moved) => expected(moved, patterns, horizon),
    patterns.weight,
  )
  const ranges = orders.map((value, row) => around(value, standardErrors[row] as number).low)
  const highs = orders.map((value, row) => around(value, standardErrors[row] as number).high)
  const all = orders.reduce((sum, value, row) => sum + value * (patterns.weight[row] as number), 0)
  return {
    low: ranges,
    high: highs,
    relativeError: orders.map((value, row) => (value > 0 ? (standardErrors[row] as number) / value : 0)),
    total: around(all, ofTotal),
  }
}

/** Percentiles of what refits to resampled customers expect. */
function byResampling(
  fitted: Fitted,
  patterns: Weighted,
  horizon: number,
  { times, seed }: { readonly times: number; readonly seed: number },
) {
  const fits = resampled(fitted.model, patterns, { times, seed })
  const draws = fits.map((each) => expected(each, patterns, horizon))
  const totals = Float64Array.from(draws, (draw) =>
    draw.reduce((sum, value, row) => sum + value * (patterns.weight[row] as number), 0),
  )
  const [low, high, relativeError] = [0, 1, 2].map(() => new Float64Array(patterns.x.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let row = 0; row < patterns.x.length; row++) {
    const values = Float64Array.from(draws, (draw) => draw[row] as number)
    const range = middle95(values)
    low[row] = range.low
    high[row] = range.high
    const mean = values.reduce((sum, value) => sum + value, 0) / times
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (times - 1)
    relativeError[row] = mean > 0 ? Math.sqrt(square) / mean : 0
  }
  return { low, high, relativeError, total: middle95(totals) }
}

function middle95(values: Float64Array): { low: number; high: number } {
  const sorted = values.slice().sort()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number
  return { low: at(0.025), high: at(0.975) }
}

// Money ----------------------------------------------------------------------------------------------

export interface Worth {
  readonly orderValue: Float64Array
  readonly clv: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly dataWeight: Float64Array
}

/**
 * Value of each customer: margin x expected value of an order x discounted expected orders. Both are taken as
 * independent, so that the squares of their relative errors add up.
 */
export function worthOf(
  { x }: Histories,
  meanSpend: Float64Array,
  outlook: Outlook,
  { spend, margin }: { readonly spend: SpendFit | number; readonly margin: number },
): Worth {
  const byModel = typeof spend === 'number' ? undefined : spend
  const orderValue = x.map((repeats, row) => {
    const own = meanSpend[row] as number
    if (byModel) return expectedSpend(byModel.parameters, repeats, own)
    return repeats > 0 && own > 0 ? own : (spend as number)
  })
  const clv = orderValue.map((value, row) => margin * value * (outlook.discounted[row] as number))
  const error = clv.map((_, row) =>
    Math.hypot(
      outlook.relativeError[row] as number,
      byModel ? spendError(byModel, x[row] as number, meanSpend[row] as number) : 0,
    ),
  )
  const range = (row: number) => around(clv[row] as number, (clv[row] as number) * (error[row] as number))
  return {
    orderValue,
    clv,
    low: clv.map((_, row) => range(row).low),
    high: clv.map((_, row) => range(row).high),
    dataWeight: x.map((repeats, row) => {
      if (!byModel) return repeats > 0 && (meanSpend[row] as number) > 0 ? 1 : 0
      return (meanSpend[row] as number) > 0 ? weightOfData(byModel.parameters, repeats) : 0
    }),
  }
}

const STEP = 1e-4

/** Standard error of the expected spend as a part of it, by the delta method. */
function spendError({ parameters, covariance }: SpendFit, x: number, m: number): number {
  if (!covariance) return Number.NaN
  const names = ['p', 'q', 'v'] as const
  const ln = (moved: SpendParameters) => Math.log(expectedSpend(moved, x, m))
  const gradient = names.map((name) => {
    const at = (by: number) => ln({ ...parameters, [name]: parameters[name] * Math.exp(by) })
    return (at(STEP) - at(-STEP)) / (2 * STEP)
  })
  let variance = 0
  gradient.forEach((one, i) => {
    gradient.forEach((other, j) => {
      variance += one * other * (covariance[i]?.[j] as number)
    })
  })
  return Math.sqrt(Math.max(variance, 0))
}

/** A: the customers who make up the first half of the value; B: the next three tenths; C: the rest. */
export function tiersOf(value: Float64Array): Uint8Array {
  const order = [...value.keys()].sort(
    (one, other) => (value[other] as number) - (value[one] as number) || one - other,
  )
  const total = value.reduce((sum, each) => sum + each, 0)
  const tiers = new Uint8Array(value.length)
  let before = 0
  for (const row of order) {
    tiers[row] = before < 0.5 * total ? 0 : before < 0.8 * total ? 1 : 2
    before += value[row] as number
  }
  return tiers
}

export const hasNoMean = ({ parameters }: SpendFit): boolean => populationMean(parameters) === undefined
