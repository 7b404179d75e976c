/** What each customer is expected to do and to bring, with intervals. */
import { sharedFloats } from '../../core/arrays.ts'
import { CustError } from '../../core/errors.ts'
import type { Joined, Patterns } from '../../models/clv/customers.ts'
import { weightOfData } from '../../models/clv/gammagamma.ts'
import type { Histories } from '../../models/clv/histories.ts'
import { alive, discounted, expected, type Fitted, modelTitles, silent } from '../../models/clv/model.ts'
import { orderValues, type SpendFit, spendErrors } from '../../models/clv/spend.ts'
import { around, resampled, Z95 } from '../../models/clv/uncertainty.ts'
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
  readonly low: Float64Array
  readonly high: Float64Array
  readonly silent: Float64Array
  readonly patternOf: Int32Array
  readonly discounted: Float64Array
  /** Standard error of the expected orders, as a part of them. */
  readonly relativeError: Float64Array
  /** Of the expected orders of all customers together. */
  readonly total: { readonly value: number; readonly low: number; readonly high: number }
}

/** Equal histories have one outlook, which is worked out once. */
export async function outlookOf(
  fitted: Fitted,
  { patterns, patternOf, spread }: Joined,
  { horizon, rate, ...intervals }: Ahead & Intervals,
): Promise<Outlook> {
  const orders = expected(fitted, patterns, horizon)
  if (!orders.every(Number.isFinite)) throw meaningless(fitted)
  const sum = (values: Float64Array) =>
    values.reduce((all, value, row) => all + value * (patterns.weight[row] as number), 0)
  const outlook = {
    alive: spread(alive(fitted, patterns)),
    expected: spread(orders),
    silent: spread(silent(fitted, patterns, horizon)),
    patternOf,
    discounted: discounted(fitted, patterns, { rate, horizon }),
  }
  const found =
    'bootstrap' in intervals
      ? byResampling(fitted, patterns, horizon, intervals.bootstrap)
      : byDelta(orders, patterns.weight, await intervals.errors())
  return {
    ...outlook,
    low: spread(found.low),
    high: spread(found.high),
    relativeError: found.relativeError,
    total: { value: sum(orders), ...found.total },
  }
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
    const [value, error] = [orders[row] as number, standardErrors[row] as number]
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
  histories: Histories,
  meanSpend: Float64Array,
  { patternOf, discounted, relativeError }: Pick<Outlook, 'patternOf' | 'discounted' | 'relativeError'>,
  { spend, margin }: { readonly spend: SpendFit | number; readonly margin: number },
): Worth {
  const byModel = typeof spend === 'number' ? undefined : spend
  const errorOf = byModel ? spendErrors(byModel) : () => 0
  const ofAnyone = errorOf(0, 0)
  const orderValue = orderValues(histories, meanSpend, spend)
  const { x } = histories
  const column = () => sharedFloats(x.length)
  const worth = { orderValue, clv: column(), low: column(), high: column(), dataWeight: column() }
  for (let row = 0; row < x.length; row++) {
    const [repeats, own] = [x[row] as number, meanSpend[row] as number]
    const known = repeats > 0 && own > 0
    const pattern = patternOf[row] as number
    const clv = margin * (orderValue[row] as number) * (discounted[pattern] as number)
    const [ofOrders, ofSpend] = [relativeError[pattern] as number, known ? errorOf(repeats, own) : ofAnyone]
    const factor = Math.exp(Z95 * Math.sqrt(ofOrders * ofOrders + ofSpend * ofSpend))
    worth.clv[row] = clv
    worth.low[row] = clv === 0 ? 0 : clv / factor
    worth.high[row] = clv === 0 ? 0 : clv * factor
    worth.dataWeight[row] = !known ? 0 : byModel ? weightOfData(byModel.parameters, repeats) : 1
  }
  return worth
}
