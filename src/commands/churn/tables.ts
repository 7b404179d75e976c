/** The sheets of the answer. */
import { filledFloats, filledIntegers } from '../../core/arrays.ts'
import { formatDay, NO_DAY } from '../../core/days.ts'
import { counted, percent } from '../../core/numerals.ts'
import { type PurchaseHistory, toldCounts } from '../../core/purchases.ts'
import { type Columns, intoCents } from '../../core/report.ts'
import { textsAt } from '../../core/texts.ts'
import { featureOf } from '../../models/churn/features.ts'
import { greatestFirst } from '../../models/ranking.ts'
import type spec from './index.ts'
import type { Judged, Verdict } from './judged.ts'
import { reasonsOf } from './reasons.ts'
import type { Risks } from './risks.ts'
import type { Window } from './window.ts'
import { contactOf, type Options, type Worth } from './worth.ts'

type Gives = (typeof spec)['gives']

export interface Found {
  readonly risks: Risks
  readonly window: Window
  readonly worth: Worth | undefined
}

interface Told extends Found {
  readonly history: PurchaseHistory
  readonly end: number
}

export function customersSheet(
  { risks, history, worth, window, end }: Told,
  options: Options,
): Columns<Gives['customers']> {
  const { seen, next, risk } = risks
  const rows = greatestFirst(worth?.atRisk ?? risk, options.top)
  const { id } = history.purchases
  const numbers = (of: (row: number) => number) => filledFloats(rows.length, (i) => of(rows[i] as number))
  const days = (of: (row: number) => number) => filledIntegers(rows.length, (i) => of(rows[i] as number))
  const picked = (values: Float64Array) => numbers((row) => values[row] as number)
  const recency = featureOf(seen, 'recency')
  const last = (row: number) => end - (recency[row] as number)
  const nextDay = (values: Float64Array | undefined) => days((row) => dayOf(values?.[row] ?? Number.NaN))
  const usual = (row: number) => next?.usualGap[row] ?? Number.NaN
  const contact = contactOf(risks, worth, options)
  const reasons = reasonsOf(risks, rows, window.days)
  const customers = days((row) => seen.customer[row] as number)
  return {
    customer_id: textsAt(id, customers),
    orders: picked(featureOf(seen, 'orders')),
    last_order_date: days(last),
    days_since_order: picked(recency),
    risk: picked(risk),
    risk_low: picked(risks.low),
    risk_high: picked(risks.high),
    usual_gap_days: numbers((row) => Math.round(10 * usual(row)) / 10),
    days_overdue: numbers((row) => Math.round((recency[row] as number) - usual(row))),
    next_order_date: nextDay(next?.day),
    next_order_from: nextDay(next?.low),
    next_order_to: nextDay(next?.high),
    expected_value: worth && intoCents(picked(worth.value)),
    value_at_risk: worth && intoCents(picked(worth.atRisk)),
    contact: contact && Array.from(rows, (row) => (contact(row) ? 'yes' : 'no')),
    reasons: reasons.en,
    reasons_zh: reasons.zh,
  }
}

/** A day far beyond any calendar that people use is none. */
const LAST_DAY = 2_932_896
const dayOf = (day: number): number => (day <= LAST_DAY ? day : NO_DAY)

export function modelsSheet(judged: Judged, { used }: Risks): Columns<Gives['models']> {
  const { verdicts, customers, churned } = judged
  const numbers = (of: (verdict: Verdict) => number) => Float64Array.from(verdicts, of)
  return {
    model: verdicts.map(({ title }) => title),
    customers: numbers(() => customers),
    churned_pct: numbers(() => churned),
    auc: numbers(({ ranking }) => ranking.auc),
    pr_auc: numbers(({ ranking }) => ranking.averagePrecision),
    pr_auc_return: numbers(({ returning }) => returning),
    brier: numbers(({ brier }) => brier),
    calibration_error: numbers(({ calibrationError }) => calibrationError),
    lift: numbers(({ lift }) => lift),
    lift_ceiling: numbers(() => Math.min(1 / churned, MOST_LIFT)),
    chosen: verdicts.map(({ contender }) => (contender === used ? 'yes' : null)),
  }
}

/** All who stay away may be in one tenth: then a tenth has ten times their share. */
const MOST_LIFT = 10

export function calibrationSheet(
  { verdicts, churned }: Judged,
  { used }: Risks,
): Columns<Gives['calibration']> {
  const lines = verdicts.flatMap(({ title, tenths, contender }) =>
    tenths.map((tenth, i) => ({ title, ...tenth, tenth: i + 1, chosen: contender === used ? 'yes' : null })),
  )
  const numbers = (of: (line: (typeof lines)[number]) => number) => Float64Array.from(lines, of)
  return {
    model: lines.map(({ title }) => title),
    tenth: numbers(({ tenth }) => tenth),
    customers: numbers(({ customers }) => customers),
    predicted: numbers(({ predicted }) => predicted),
    observed: numbers(({ observed }) => observed),
    lift: numbers(({ observed }) => observed / churned),
    lift_ceiling: numbers(() => Math.min(1 / churned, MOST_LIFT)),
    chosen: lines.map(({ chosen }) => chosen),
  }
}

export function weightsSheet({ regression, seen }: Risks): Columns<Gives['weights']> {
  if (!regression) throw new Error('only a regression has weights')
  const { weights, covariance, means, deviations } = regression
  const error = (i: number) => Math.sqrt(covariance[i]?.[i] as number)
  return {
    feature: ['intercept', ...seen.names],
    weight: Float64Array.from(weights),
    std_error: Float64Array.from(weights, (_, i) => error(i)),
    mean: Float64Array.from(weights, (_, i) => (i === 0 ? Number.NaN : (means[i - 1] as number))),
    deviation: Float64Array.from(weights, (_, i) => (i === 0 ? Number.NaN : (deviations[i - 1] as number))),
  }
}

export function definitionsSheet(
  { risks, history, window, end }: Omit<Told, 'worth'>,
  options: Options,
): Columns<Gives['definitions']> {
  const { judged, next, used, title } = risks
  const { first } = history
  const rounded = (value: number) => String(Number(value.toPrecision(6)))
  const rhythm = next?.rhythm
  const lines: (readonly [string, string])[] = [
    ['risk', `probability of no order in the next ${counted(window.days, 'day')}`],
    ['window', window.why],
    ['forecast', title],
    ['first day of the data', formatDay(first)],
    ['last day of observation', formatDay(end)],
    ['forecasts judged after', judged ? formatDay(judged.cut) : 'not judged'],
    ...(judged && !judged.withoutRegression
      ? ([
          ['regression that is judged learnt from what followed', formatDay(judged.cut - window.days)],
        ] as const)
      : []),
    ...(used === 'logistic'
      ? ([['regression that is used learnt from what followed', formatDay(end - window.days)]] as const)
      : []),
    ...toldCounts(history),
    ['refunds', options.refunds],
    ['horizon of the expected value', options.horizon.text],
    ['margin', `${rounded(100 * options.margin)} %`],
    ['usual gap of all customers (days)', rhythm ? Math.exp(rhythm.mean).toFixed(1) : 'not seen'],
    [
      'own part of the usual gap after one gap',
      rhythm ? percent(rhythm.between / (rhythm.between + rhythm.within || 1)) : 'not seen',
    ],
  ]
  return { definition: lines.map(([what]) => what), value: lines.map(([, is]) => is) }
}
