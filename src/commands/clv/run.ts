import type { Input, Run } from '../../core/command.ts'
import { formatDay } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import type { OptionValues } from '../../core/options.ts'
import { type PurchaseHistory, purchasesOf } from '../../core/purchases.ts'
import { absent, type Columns, type Money } from '../../core/report.ts'
import { packer, type Texts, textReader } from '../../core/texts.ts'
import { populationMean } from '../../models/clv/gammagamma.ts'
import { type Fitted, modelTitles, parameterNames } from '../../models/clv/model.ts'
import { estimates } from '../../models/clv/uncertainty.ts'
import {
  type Choice,
  calibrationEnd,
  choose,
  type Kept,
  keptText,
  type Named,
  readKept,
  type SpendFit,
  seenBy,
  spendOf,
  UNITS,
} from './fits.ts'
import type { Observed } from './histories.ts'
import { guessNearer, holdoutSheet, modelsSheet } from './holdout.ts'
import type spec from './index.ts'
import { YEAR } from './options.ts'
import { trackingSheet } from './tracking.ts'
import { hasNoMean, type Outlook, outlookOf, tiersOf, type Worth, worthOf } from './value.ts'

type Options = OptionValues<(typeof spec)['options']>

/** Everything that the sheets are made of. */
interface Valued {
  readonly history: PurchaseHistory
  readonly end: number
  readonly choice: Choice
  readonly seen: Observed
  readonly outlook: Outlook
  readonly spend: SpendFit | number | undefined
  readonly worth: Worth | undefined
  readonly kept: Kept
}

export const run: Run<typeof spec> = async (input, options) => {
  const money = options.spend !== 'none'
  const { asOf, refunds } = options
  const until = asOf === 'last' ? undefined : asOf === 'today' ? input.today : asOf
  const history = await purchasesOf(input.lines, { until, refunds, money })
  const end = until ?? history.latest
  const customers = history.purchases.start.length - 1
  input.account({ asOf: end, tally: history.tally, customers })
  const valued = value(history, end, options)
  tell(input, valued, options)
  const { judged } = valued.choice
  return {
    sheets: {
      customers: () => customersSheet(valued, options),
      parameters: () => parametersSheet(valued),
      fit: () => fitSheet(valued),
      models: judged ? () => modelsSheet(judged) : absent(UNJUDGED),
      holdout: judged ? () => holdoutSheet(judged) : absent(UNJUDGED),
      tracking: () => trackingSheet(history.purchases, { ...spanOf(valued), fitted: valued.choice.chosen }),
      definitions: () => definitionsSheet(valued, options),
    },
    saves: options.saveModel ? { saveModel: keptText(valued.kept) } : {},
  }
}

const UNJUDGED = 'there is no holdout: the data are too few or too short, or --holdout is off'

function value(history: PurchaseHistory, end: number, options: Options): Valued {
  const earlier = options.useModel ? readKept(options.useModel) : undefined
  const unit = earlier?.unit ?? options.unit
  const span = { purchases: history.purchases, first: history.first, end, unit }
  if (end < history.first) {
    throw new CustError(
      'input',
      `--as-of ${formatDay(end)} is before the first purchase, ${formatDay(history.first)}`,
    )
  }
  const choice: Choice = earlier
    ? { chosen: earlier.fitted, fits: [{ fitted: earlier.fitted, to: 'all' }], judged: undefined }
    : choose(span, options.model, calibrationEnd(span, options.holdout))
  const seen = seenBy(choice.chosen.model, span, end)
  const days = UNITS[unit]
  const outlook = outlookOf(choice.chosen, seen.histories, {
    horizon: options.horizon.days / days,
    rate: (Math.log1p(options.discount) / YEAR) * days,
    bootstrap: options.bootstrap === undefined ? undefined : { times: options.bootstrap, seed: options.seed },
  })
  const spend = options.spend === 'none' ? undefined : (earlier?.spend ?? spendFor(history, seen, options))
  const worth =
    spend === undefined
      ? undefined
      : worthOf(seen.histories, seen.meanSpend, outlook, { spend, margin: options.margin })
  const kept: Kept = {
    unit,
    asOf: earlier?.asOf ?? formatDay(end),
    fitted: choice.chosen,
    spend: typeof spend === 'object' ? spend : null,
  }
  return { history, end, choice, seen, outlook, spend, worth, kept }
}

/** The model of spend, or where that cannot be fitted, the mean of all purchases. */
function spendFor({ purchases }: PurchaseHistory, seen: Observed, { spend }: Options): SpendFit | number {
  const fitted = spend === 'gamma-gamma' ? spendOf(seen.histories, seen.meanSpend) : undefined
  if (fitted) return fitted
  const paid = purchases.net.filter((net) => net > 0)
  return paid.length === 0 ? 0 : paid.reduce((sum, net) => sum + net, 0) / paid.length
}

const spanOf = ({ history, end, kept }: Valued) => ({ first: history.first, end, unit: UNITS[kept.unit] })

// What is told ---------------------------------------------------------------------------------------

const FEW_REPEATING = 100

function tell(input: Input, valued: Valued, options: Options): void {
  const { choice, outlook, seen, history, spend } = valued
  const { chosen, judged } = choice
  const why = options.useModel
    ? `fitted up to ${valued.kept.asOf}`
    : judged
      ? `${options.model === 'auto' ? 'best of ' : ''}${judged.models.map(({ name }) => name).join(', ')} after ${formatDay(judged.calibrationEnd)}`
      : 'no holdout'
  const range = Number.isNaN(outlook.total.low)
    ? 'without an interval'
    : `95 %: ${one(outlook.total.low)} to ${one(outlook.total.high)}`
  input.note(
    `${modelTitles[chosen.model]}${chosen.k > 1 ? ` with k = ${chosen.k}` : ''} (${why}): ${one(outlook.total.value)} orders expected in ${options.horizon.text} (${range})`,
  )
  for (const line of chosen.notes) input.warn(`${modelTitles[chosen.model]}: ${line}`)
  if (chosen.model === 'bgnbd') input.note('BG/NBD gives every one-time buyer p_alive = 1')
  const late = judged ? history.purchases.start.length - 1 - judged.histories.x.length : 0
  if (judged && late > 0) {
    input.note(
      `${wholeText(late)} customers first bought after ${formatDay(judged.calibrationEnd)}: they are scored, but no part of the holdout`,
    )
  }
  const repeating = seen.histories.x.reduce((count, x) => count + Number(x > 0), 0)
  if (repeating < FEW_REPEATING) {
    const who = repeating === 1 ? '1 customer' : `${wholeText(repeating)} customers`
    input.warn(`only ${who} bought again: that says little of the others`)
  }
  const nearer = judged && guessNearer(judged)
  if (nearer) {
    input.warn(
      `after ${formatDay(judged.calibrationEnd)} a plain guess (${nearer}) was nearer than ${judged.chosen}, by customer and in total: trust no single number here`,
    )
  }
  if (options.spend === 'gamma-gamma' && typeof spend === 'number') {
    input.warn('too few customers bought again and paid for a model of spend: all orders are worth the mean')
  }
  if (typeof spend === 'object') tellSpend(input, spend)
}

function tellSpend(input: Input, spend: SpendFit): void {
  if (hasNoMean(spend)) {
    const q = spend.parameters.q.toPrecision(3)
    input.warn(`spend has no finite mean (q = ${q}): where there is no own data, values use the median`)
  }
  if (spend.without > 0) {
    input.note(
      `${wholeText(spend.without)} customers bought again and paid nothing: they are no part of the model of spend`,
    )
  }
}

const one = (number: number): string => wholeText(Math.round(number))

// Sheets ---------------------------------------------------------------------------------------------

type Gives = (typeof spec)['gives']

const CENTS = 2

const inMoney = (values: Float64Array): Money => ({
  units: values.map((each) => Math.round(each * 10 ** CENTS)),
  scale: CENTS,
})

const TIERS = ['A', 'B', 'C'] as const

function customersSheet(valued: Valued, { top }: Options): Columns<Gives['customers']> {
  const { history, seen, outlook, worth, end } = valued
  const { start, day, id } = history.purchases
  const rows = seen.customer.length
  const tiers = tiersOf(worth?.clv ?? outlook.expected)
  const shown = top === undefined ? undefined : best(worth?.clv ?? outlook.expected, top)
  const count = shown?.length ?? rows
  const at = (i: number): number => (shown ? (shown[i] as number) : i)
  const customer = (i: number): number => seen.customer[at(i)] as number
  const begin = (i: number): number => start[customer(i)] as number
  /** The last purchase that was observed: there may be later ones. */
  const last = (i: number): number => {
    let place = (start[customer(i) + 1] as number) - 1
    while ((day[place] as number) > end) place--
    return place
  }
  const numbers = (of: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => of(i))
  const days = (of: (i: number) => number) => Int32Array.from({ length: count }, (_, i) => of(i))
  const picked = (values: Float64Array) => (shown ? numbers((i) => values[at(i)] as number) : values)
  return {
    customer_id: idsOf(id, count, customer, shown === undefined && rows === start.length - 1),
    orders: numbers((i) => last(i) - begin(i) + 1),
    first_order_date: days((i) => day[begin(i)] as number),
    last_order_date: days((i) => day[last(i)] as number),
    tenure_days: numbers((i) => end - (day[begin(i)] as number)),
    p_alive: picked(outlook.alive),
    expected_orders: picked(outlook.expected),
    expected_orders_low: picked(outlook.low),
    expected_orders_high: picked(outlook.high),
    p_no_order: picked(outlook.silent),
    expected_order_value: worth && inMoney(picked(worth.orderValue)),
    clv: worth && inMoney(picked(worth.clv)),
    clv_low: worth && inMoney(picked(worth.low)),
    clv_high: worth && inMoney(picked(worth.high)),
    data_weight: worth && picked(worth.dataWeight),
    tier: { codes: shown ? Uint8Array.from(shown, (row) => tiers[row] as number) : tiers, words: [...TIERS] },
  }
}

/** The rows of the greatest values, the greatest first. */
function best(values: Float64Array, most: number): number[] {
  const order = [...values.keys()].sort(
    (one, other) => (values[other] as number) - (values[one] as number) || one - other,
  )
  return order.slice(0, most)
}

function idsOf(id: Texts, count: number, customer: (i: number) => number, all: boolean): Texts {
  if (all) return id
  const read = textReader(id)
  const ids = packer()
  for (let i = 0; i < count; i++) ids.add(read(customer(i)))
  return ids.done()
}

const fittedToText = ({ choice }: Valued, to: Named['to']): string =>
  to === 'calibration' && choice.judged ? `up to ${formatDay(choice.judged.calibrationEnd)}` : 'all'

interface ParameterLine {
  readonly model: string
  readonly parameter: string
  readonly values: readonly [estimate: number, error: number, low: number, high: number]
  readonly to: string
}

const NONE = Number.NaN

function parametersSheet(valued: Valued): Columns<Gives['parameters']> {
  const lines: ParameterLine[] = valued.choice.fits.flatMap(({ fitted, to }) => {
    const where = { model: fitted.model, to: fittedToText(valued, to) }
    const regular =
      fitted.model === 'cnbd' ? [{ parameter: 'k', values: [fitted.k, NONE, NONE, NONE] as const }] : []
    const each = inOrder(fitted).map(({ name, value, standardError, low, high }) => ({
      parameter: name,
      values: [value, standardError, low, high] as const,
    }))
    const likelihood = {
      parameter: 'log_likelihood',
      values: [fitted.logLikelihood, NONE, NONE, NONE] as const,
    }
    return [...each, ...regular, likelihood].map((line) => ({ ...where, ...line }))
  })
  const { spend } = valued
  if (typeof spend === 'object') {
    const where = { model: 'gamma-gamma', to: 'all' }
    for (const { name, value, standardError, low, high } of estimates({
      ...spend,
      parameters: { ...spend.parameters },
    })) {
      lines.push({ ...where, parameter: name, values: [value, standardError, low, high] })
    }
    lines.push({ ...where, parameter: 'log_likelihood', values: [spend.logLikelihood, NONE, NONE, NONE] })
  }
  const column = (i: 0 | 1 | 2 | 3) => Float64Array.from(lines, ({ values }) => values[i])
  return {
    model: lines.map(({ model }) => model),
    parameter: lines.map(({ parameter }) => parameter),
    estimate: column(0),
    std_error: column(1),
    ci_low: column(2),
    ci_high: column(3),
    fitted_to: lines.map(({ to }) => to),
  }
}

/** A fit that was kept as JSON may have its parameters in any order. */
function inOrder(fitted: Fitted) {
  const known = new Map(estimates(fitted).map((each) => [each.name, each]))
  return parameterNames(fitted.model).flatMap((name) => known.get(name) ?? [])
}

function fitSheet(valued: Valued): Columns<Gives['fit']> {
  const { choice, spend } = valued
  const lines = choice.fits.map(({ fitted, to }) => ({
    ...fitted,
    free: parameterNames(fitted.model).length,
    to: fittedToText(valued, to),
    notes: fitted.k > 1 ? [`k = ${fitted.k}`, ...fitted.notes] : fitted.notes,
  }))
  const others =
    typeof spend === 'object'
      ? [{ ...spend, model: 'gamma-gamma', patterns: spend.customers, free: 3, to: 'all', notes: [] }]
      : []
  const all = [...lines, ...others]
  return {
    model: all.map(({ model }) => model),
    fitted_to: all.map(({ to }) => to),
    log_likelihood: Float64Array.from(all, ({ logLikelihood }) => logLikelihood),
    aic: Float64Array.from(all, ({ logLikelihood, free }) => 2 * free - 2 * logLikelihood),
    customers: Float64Array.from(all, ({ customers }) => customers),
    patterns: Float64Array.from(all, ({ patterns }) => patterns),
    iterations: Float64Array.from(all, ({ iterations }) => iterations),
    converged: all.map(({ covariance }) => (covariance ? 'yes' : 'at a bound')),
    note: all.map(({ notes }) => notes.join('; ') || null),
  }
}

function definitionsSheet(valued: Valued, options: Options): Columns<Gives['definitions']> {
  const { history, end, kept, choice, spend } = valued
  const { counts, first, tally } = history
  const lines: (readonly [string, string])[] = [
    ['unit of time of the parameters', kept.unit],
    ['first day of the data', formatDay(first)],
    ['last day of observation', formatDay(end)],
    ['last day of the calibration', choice.judged ? formatDay(choice.judged.calibrationEnd) : 'no holdout'],
    ['lines read', wholeText(tally.read)],
    ['lines used', wholeText(tally.used)],
    ['orders', wholeText(counts.orders)],
    ['orders of a day on which the customer had bought already', wholeText(counts.sameDay)],
    ['days on which something was only paid back', wholeText(counts.refundDays)],
    ['customers who were only paid back', wholeText(counts.neverBought)],
    ['first order', 'where a history begins; no repeat purchase, and no part of the mean spend'],
    ['refunds', options.refunds],
    ['horizon', options.horizon.text],
    ['discount rate per year', `${Number((100 * options.discount).toPrecision(6))} %`],
    ['margin', `${Number((100 * options.margin).toPrecision(6))} %`],
  ]
  if (options.spend !== 'none')
    lines.push(['purchases that brought in nothing', wholeText(counts.withoutMoney)])
  if (typeof spend === 'object') {
    const mean = populationMean(spend.parameters)
    lines.push([
      'expected value of an order of anyone',
      mean === undefined ? 'no finite mean' : mean.toFixed(CENTS),
    ])
    lines.push(['customers in the model of spend', wholeText(spend.customers)])
  }
  return { definition: lines.map(([what]) => what), value: lines.map(([, is]) => is) }
}
