/** The sheets of the answer. */
import { formatDay } from '../../core/days.ts'
import { wholeText } from '../../core/numerals.ts'
import type { OptionValues } from '../../core/options.ts'
import type { Columns, Money } from '../../core/report.ts'
import type { Apart } from './apart.ts'
import { startOf } from './calendar.ts'
import type { Days } from './days.ts'
import { type Foreseen, type Judged, SCALES } from './forecasting.ts'
import type spec from './index.ts'
import { changes, type Metric, metrics, type Periods, valuesOf } from './periods.ts'
import { sparkline } from './sparkline.ts'
import { weekdaysOf } from './weekdays.ts'

type Gives = (typeof spec)['gives']
type Options = OptionValues<(typeof spec)['options']>

export interface Told {
  readonly days: Days
  readonly end: number
  readonly periods: Periods
  /** Of the metric that was asked for; NaN is none. */
  readonly values: Float64Array
  readonly apart: Apart
  readonly foreseen: Foreseen | undefined
}

const CENTS = 100
const rounded = (values: Float64Array): Float64Array =>
  values.map((value) => Math.round(value * CENTS) / CENTS)

/** Whole minor units divided by counts, to the unit. */
function averages({ units, scale }: Money, counts: Float64Array): Money {
  const finer = 10 ** Math.max(0, 2 - scale)
  const of = units.map((each, i) => {
    const count = counts[i] as number
    return count > 0 ? Math.round((each * finer) / count) : Number.NaN
  })
  return { units: of, scale: Math.max(2, scale) }
}

export function periodsSheet({ periods, values, apart }: Told): Columns<Gives['periods']> {
  const { start, revenue, orders, customers, unfinished, whole } = periods
  const { change, yearOnYear } = changes(values, periods)
  const placed = (part: Float64Array) => {
    const all = new Float64Array(start.length).fill(Number.NaN)
    all.set(part, whole.from)
    return all
  }
  const effect = (part: Float64Array) => (apart.scale === 'log' ? placed(part) : rounded(placed(part)))
  return {
    period: start,
    revenue,
    orders,
    customers,
    average_order: averages(revenue, orders),
    change,
    year_on_year: yearOnYear,
    trend: rounded(placed(apart.trend)),
    season: effect(apart.season),
    weekday: apart.weekday && effect(apart.weekday),
    unfinished,
  }
}

/** First days of so many periods from the first one that is not whole. */
const daysAhead = ({ by, start, whole }: Periods, horizon: number): Int32Array =>
  Int32Array.from({ length: horizon }, (_, i) => startOf(by, start[0] as number, whole.to + i))

export function forecastSheet({ periods }: Told, { used, forecast }: Foreseen): Columns<Gives['forecast']> {
  const { point, low, high } = forecast
  return {
    period: daysAhead(periods, point.length),
    value: rounded(point),
    low: rounded(low),
    high: rounded(high),
    method: Array.from(point, () => titleOf(used)),
  }
}

export const titleOf = ({ title, contender }: Judged): string =>
  contender.scale === 'plain' ? title : `${title} on ${SCALES[contender.scale]}`

export function methodsSheet({ judged, used, origins }: Foreseen): Columns<Gives['methods']> {
  const numbers = (of: (each: Judged) => number) => Float64Array.from(judged, of)
  return {
    method: judged.map(({ title }) => title),
    scale: judged.map(({ contender }) => SCALES[contender.scale]),
    origins: numbers(() => origins.length),
    mase: numbers(({ verdict }) => verdict.meanMase),
    smape: numbers(({ verdict }) => verdict.smape),
    coverage: numbers(({ verdict }) => verdict.coverage),
    widened: numbers(({ verdict }) => verdict.widening),
    chosen: judged.map((each) => (each === used ? 'yes' : null)),
  }
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const WEEKDAYS_ZH = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日']

export function weekdaysSheet({ days, end }: Told, { metric }: Options): Columns<Gives['weekdays']> {
  const { days: number, mean, index } = weekdaysOf(days, metric, end)
  return { weekday: WEEKDAYS, weekday_zh: WEEKDAYS_ZH, days: number, mean: rounded(mean), index }
}

const TITLES: Readonly<Record<Metric, readonly [en: string, zh: string]>> = {
  revenue: ['Revenue', '销售额'],
  orders: ['Orders', '订单数'],
  customers: ['Customers', '客户数'],
  aov: ['Average order', '客单价'],
}

export function summarySheet({ periods }: Told): Columns<Gives['summary']> {
  const { from, to } = periods.whole
  const rows = metrics.flatMap((metric) => {
    const values = valuesOf(periods, metric)
    if (!values) return []
    const whole = values.subarray(from, to)
    const known = whole.filter((value) => !Number.isNaN(value))
    const { change, yearOnYear } = changes(values, periods)
    const last = (of: Float64Array) => (to > from ? (of[to - 1] as number) : Number.NaN)
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length
    return [{ metric, last: last(values), change: last(change), year: last(yearOnYear), mean, whole }]
  })
  const numbers = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of)
  return {
    metric: rows.map(({ metric }) => TITLES[metric][0]),
    metric_zh: rows.map(({ metric }) => TITLES[metric][1]),
    last: rounded(numbers(({ last }) => last)),
    change: numbers(({ change }) => change),
    year_on_year: numbers(({ year }) => year),
    mean: rounded(numbers(({ mean }) => mean)),
    course: rows.map(({ whole }) => sparkline(whole)),
  }
}

const LEAST_SHOWN = 36

/** The past beside its trend, or its end beside the forecast. */
export function curveSheet({ periods, values, apart, foreseen }: Told): Columns<Gives['curve']> {
  const { start, whole } = periods
  const past = values.subarray(whole.from, whole.to)
  const days = start.subarray(whole.from, whole.to)
  if (!foreseen) return { period: days, actual: past, trend: apart.trend }
  const { point, low, high } = foreseen.forecast
  const shown = Math.min(past.length, Math.max(LEAST_SHOWN, 2 * foreseen.season, 4 * point.length))
  const none = (length: number) => new Float64Array(length).fill(Number.NaN)
  const after = (part: Float64Array) => Float64Array.of(...none(shown), ...rounded(part))
  return {
    period: Int32Array.of(...days.slice(-shown), ...daysAhead(periods, point.length)),
    actual: Float64Array.of(...past.slice(-shown), ...none(point.length)),
    forecast: after(point),
    low: after(low),
    high: after(high),
  }
}

export function definitionsSheet(told: Told, { metric, refunds }: Options): Columns<Gives['definitions']> {
  const { days, end, periods, apart, foreseen } = told
  const { by, whole } = periods
  const total = days.orders.reduce((sum, each) => sum + each, 0)
  const lines: (readonly [string, string])[] = [
    ['period', by],
    ['metric', metric],
    ['first day of the data', formatDay(days.day[0] as number)],
    ['last day of observation', formatDay(end)],
    ['whole periods', wholeText(whole.to - whole.from)],
    ['lines read', wholeText(days.tally.read)],
    ['lines used', wholeText(days.tally.used)],
    ['orders', wholeText(total)],
    ['refunds', refunds],
    ['year on year', by === 'month' ? 'the same month of the year before' : '52 weeks before'],
    ['trend and season', `${apart.how}, on ${SCALES[apart.scale]}`],
    ['season is', apart.scale === 'log' ? 'a factor of the trend' : 'what it adds to the trend'],
    ...(foreseen ? forecastLines(foreseen) : []),
  ]
  return { definition: lines.map(([what]) => what), value: lines.map(([, value]) => value) }
}

function forecastLines({ used, season, left, origins }: Foreseen): (readonly [string, string])[] {
  return [
    ['forecast', titleOf(used)],
    ['the forecast is', used.contender.scale === 'plain' ? 'a mean' : 'a median'],
    ['season of the forecast', season === 1 ? 'none' : `${season} periods`],
    ['origins of the backtest', `after ${origins.map((origin) => wholeText(origin)).join(', ')} periods`],
    ...left.map((what) => ['not tried', what] as const),
  ]
}
