/** What each customer is expected to do and to bring, with intervals. */

import { sharedFloats } from '../../core/arrays.ts'
import { CustError } from '../../core/errors.ts'
import type { Joined, Patterns } from '../../models/clv/customers.ts'
import { weightOfData } from '../../models/clv/gammagamma.ts'
import { alive, discounted, expected, type Fitted, modelTitles, silent } from '../../models/clv/model.ts'
import type { Observed } from '../../models/clv/observed.ts'
import { orderValues, type SpendFit, spendErrors } from '../../models/clv/spend.ts'
import { around, resampled, Z95 } from '../../models/clv/uncertainty.ts'
import { areFinite, sumOfProducts } from '../../models/sums.ts'
import type { Errors } from './beside.ts'

export interface Ahead {
  /** In the unit of the fit. */
  readonly horizon: number
  /** Continuous, per unit of the fit. */
  readonly rate: number
}

/** How intervals are found: by refits to resampled customers, or from the errors by the delta method. */
export type Intervals =
  | { readonly bootstrap: { readonly times: number; readonly seed: number } }
  | { readonly errors: () => Errors | Promise<Errors> }

/** By row of the histories; what only values are made of, by pattern. */
export interface Outlook {
  readonly alive: Float64Array
  readonly expected: Float64Array
  readonly silent: Float64Array
  readonly patternOf: Int32Array
  readonly discounted: Float64Array
  /** Expected orders by pattern, and of all customers together. */
  readonly orders: Float64Array
  readonly total: number
}

/** Equal histories have one outlook, which is worked out once. Throws CustError('model') where it is no number. */
export function outlookOf(
  fitted: Fitted,
  { patterns, patternOf, spread }: Joined,
  { horizon, rate }: Ahead,
): Outlook {
  const orders = expected(fitted, patterns, horizon)
  if (!areFinite(orders)) throw meaningless(fitted)
  return {
    alive: spread(alive(fitted, patterns)),
    expected: spread(orders),
    silent: spread(silent(fitted, patterns, horizon)),
    patternOf,
    discounted: discounted(fitted, patterns, { rate, horizon }),
    orders,
    total: sumOfProducts(orders, patterns.weight),
  }
}

/** How sure the expected orders are: by row, and as a part of them by pattern. */
export interface Sureness {
  readonly low: Float64Array
  readonly high: Float64Array
  /** Standard error as a part of the expected orders. */
  readonly relativeError: Float64Array
  /** Of all customers together. */
  readonly total: Interval
}

interface Interval {
  readonly low: number
  readonly high: number
}

export async function surenessOf(
  fitted: Fitted,
  { patterns, spread }: Joined,
  { orders, horizon, ...intervals }: Pick<Outlook, 'orders'> & Pick<Ahead, 'horizon'> & Intervals,
): Promise<Sureness> {
  const found =
    'bootstrap' in intervals
      ? byResampling(fitted, patterns, horizon, intervals.bootstrap)
      : byDelta(orders, patterns.weight, await intervals.errors())
  return { ...found, low: spread(found.low), high: spread(found.high) }
}

function meaningless({ model, parameters }: Fitted): CustError {
  const shown = Object.entries(parameters).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
  const what = `${modelTitles[model]} gives no finite number of orders (${shown.join(', ')})`
  return new CustError('model', what, 'try another --model, or a shorter --horizon')
}

function byDelta(orders: Float64Array, weight: Float64Array, { standardErrors, ofTotal }: Errors) {
  const column = () => new Float64Array(orders.length)
  const found = { low: column(), high: column(), relativeError: column() }
  let all = 0
  for (let row = 0; row < orders.length; row++) {
    const value = orders[row] as number
    const error = standardErrors[row] as number
    const { low, high } = around(value, error)
    found.low[row] = low
    found.high[row] = high
    found.relativeError[row] = value > 0 ? error / value : 0
    all += value * (weight[row] as number)
  }
  return { ...found, total: around(all, ofTotal) }
}

/** Percentiles of what refits to resampled customers expect. */
function byResampling(
  fitted: Fitted,
  patterns: Patterns,
  horizon: number,
  { times, seed }: { readonly times: number; readonly seed: number },
) {
  const fits = resampled(fitted.model, patterns, { times, seed })
  const draws = fits.map((each) => expected(each, patterns, horizon))
  const totals = Float64Array.from(draws, (draw) => sumOfProducts(draw, patterns.weight))
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
  readonly dataWeight: Float64Array
}

/** Value of each customer: margin x expected value of an order x discounted expected orders. */
export function worthOf(
  { histories, meanSpend }: Pick<Observed, 'histories' | 'meanSpend'>,
  { patternOf, discounted }: Pick<Outlook, 'patternOf' | 'discounted'>,
  { spend, margin }: { readonly spend: SpendFit | number; readonly margin: number },
): Worth {
  const { x } = histories
  const orderValue = orderValues(histories, meanSpend, spend)
  const [clv, dataWeight] = [sharedFloats(x.length), sharedFloats(x.length)]
  for (let row = 0; row < x.length; row++) {
    clv[row] = margin * (orderValue[row] as number) * (discounted[patternOf[row] as number] as number)
    if (!isKnown(x[row] as number, meanSpend[row] as number)) continue
    dataWeight[row] = typeof spend === 'number' ? 1 : weightOfData(spend.parameters, x[row] as number)
  }
  return { orderValue, clv, dataWeight }
}

/** Whether what a customer spends on an order is known. */
const isKnown = (repeats: number, own: number): boolean => repeats > 0 && own > 0

/**
 * Intervals of the values. Orders and what they are worth are taken as independent, so that the squares of their
 * relative errors add up.
 */
export function worthIntervals(
  { histories, meanSpend }: Pick<Observed, 'histories' | 'meanSpend'>,
  { clv, spend }: { readonly clv: Float64Array; readonly spend: SpendFit | number },
  { patternOf, relativeError }: Pick<Outlook, 'patternOf'> & Pick<Sureness, 'relativeError'>,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const errorOf = typeof spend === 'number' ? () => 0 : spendErrors(spend)
  const ofAnyone = errorOf(0, 0)
  const [low, high] = [sharedFloats(clv.length), sharedFloats(clv.length)]
  for (let row = 0; row < clv.length; row++) {
    const repeats = histories.x[row] as number
    const own = meanSpend[row] as number
    const value = clv[row] as number
    const ofOrders = relativeError[patternOf[row] as number] as number
    const ofSpend = isKnown(repeats, own) ? errorOf(repeats, own) : ofAnyone
    const factor = Math.exp(Z95 * Math.sqrt(ofOrders * ofOrders + ofSpend * ofSpend))
    low[row] = value === 0 ? 0 : value / factor
    high[row] = value === 0 ? 0 : value * factor
  }
  return { low, high }
}
