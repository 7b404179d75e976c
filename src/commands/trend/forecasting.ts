/** Which methods are tried, on which past, and which one is used. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import { airlineMethod, airlineNeeds, SMOOTHING_NEEDS, smoothingMethod } from '../../models/forecast/arima.ts'
import { mstlMethod, prophetMethod } from '../../models/forecast/augurs.ts'
import {
  type Contender,
  forecastOf,
  type Trial,
  trialAt,
  type Verdict,
  verdictOn,
  widened,
} from '../../models/forecast/backtest.ts'
import { chosenOf } from '../../models/forecast/choice.ts'
import type { Forecast, Past, Predict } from '../../models/forecast/method.ts'
import { lastValue, seasonalGrowth, seasonalNaive, straightLine } from '../../models/forecast/naive.ts'
import { type ScaleName, scales, scalesFor } from '../../models/forecast/scale.ts'
import { type By, SEASON_OF } from './calendar.ts'

interface Method {
  readonly title: string
  /** Values that it needs. */
  readonly least: number
  load(): Promise<Predict>
  /** The scales on which it is tried. */
  readonly scales: readonly ScaleName[]
}

export interface Judged {
  readonly title: string
  readonly contender: Contender
  readonly verdict: Verdict
}

export interface Foreseen {
  readonly judged: readonly Judged[]
  readonly used: Judged
  readonly forecast: Forecast
  readonly season: number
  readonly origins: readonly number[]
  /** Methods that were not tried, with why. */
  readonly left: readonly string[]
}

export interface Question {
  readonly values: Float64Array
  readonly by: By
  /** First days of the periods, those ahead too. */
  readonly day: Int32Array
  readonly horizon: number
}

const TWO_YEARS: Readonly<Record<By, number>> = { month: 24, week: 104, day: 730 }
const LEAST_ORIGINS = 3
const MOST_ORIGINS = 24
const NAIVE_NEEDS = 2

/** Throws CustError('model') where no method can be judged. */
export async function foresee(
  { values, by, day, horizon }: Question,
  pause: Input['pause'],
): Promise<Foreseen> {
  if (values.some((value) => Number.isNaN(value)))
    throw new CustError('model', 'there is no average order to forecast')
  const room = values.length - horizon - LEAST_ORIGINS + 1
  if (room < NAIVE_NEEDS) throw tooFew(values.length, by, horizon)
  const season = room > SEASON_OF[by] && values.length >= 2 * SEASON_OF[by] ? SEASON_OF[by] : 1
  const past: Past = { values, season, day, daily: by === 'day' }
  const all = methodsFor(past, by, room)
  const offered = all.filter(({ least }) => least <= room)
  const origins = originsFor(values.length, horizon, Math.max(...offered.map(({ least }) => least)))
  const left = all
    .filter(({ least }) => least > room)
    .map(({ title, least }) => `${title} (it takes ${wholeText(least + horizon + LEAST_ORIGINS - 1)} ${by}s)`)
  const judged: Judged[] = []
  for (const method of offered) {
    const predict = await method.load()
    for (const scale of method.scales) {
      const verdict = await verdictOf({ predict, scale }, past, { origins, horizon, pause })
      if (verdict) judged.push({ title: method.title, contender: { predict, scale }, verdict })
      else left.push(`${method.title} on ${SCALES[scale]} (it could not be fitted)`)
    }
  }
  const used = judged[chosenOf(judged.map(({ verdict }) => verdict))] as Judged
  const forecast = unscaled(widened(forecastOf(used.contender, past, horizon), used.verdict), used, values)
  return { judged, used, forecast, season, origins, left }
}

export const SCALES: Readonly<Record<ScaleName, string>> = {
  log: 'log y',
  log1p: 'log(1 + y)',
  plain: 'y',
}

/** The yardstick, then from simple to elaborate: smoothing is as simple as its limit, the last value, and less rash. */
function methodsFor({ values, season }: Past, by: By, room: number): Method[] {
  const scaled = scalesFor(values)
  const simple: readonly ScaleName[] = scaled[0] === 'log' ? ['log'] : ['plain']
  const ready = (predict: Predict) => () => Promise.resolve(predict)
  const naive = { title: 'last value', least: NAIVE_NEEDS, load: ready(lastValue), scales: simple }
  const line = { title: 'straight line', least: NAIVE_NEEDS + 1, load: ready(straightLine), scales: simple }
  const smoothing = {
    title: 'exponential smoothing',
    least: SMOOTHING_NEEDS,
    load: smoothingMethod,
    scales: simple,
  }
  if (season === 1) return [naive, smoothing, line]
  return [
    { title: 'seasonal naive', least: season + 1, load: ready(seasonalNaive), scales: simple },
    // What the elaborate methods find out better, where they have enough to.
    ...(room < airlineNeeds(season)
      ? [{ title: 'seasonal growth', least: season + 2, load: ready(seasonalGrowth), scales: simple }]
      : []),
    smoothing,
    naive,
    line,
    { title: 'airline', least: airlineNeeds(season), load: airlineMethod, scales: scaled },
    { title: 'MSTL', least: 2 * season + 1, load: mstlMethod, scales: scaled },
    { title: 'Prophet', least: TWO_YEARS[by], load: prophetMethod, scales: scaled },
  ]
}

/** Evenly from where every method has enough, but not before the middle, to the last that the horizon allows. */
function originsFor(length: number, horizon: number, least: number): number[] {
  const last = length - horizon
  const first = Math.min(Math.max(least, Math.ceil(length / 2)), last - LEAST_ORIGINS + 1)
  const step = Math.ceil((last - first + 1) / MOST_ORIGINS)
  const origins: number[] = []
  for (let origin = last; origin >= first; origin -= step) origins.unshift(origin)
  return origins
}

/** Undefined where the method finds no forecast. */
async function verdictOf(
  contender: Contender,
  past: Past,
  { origins, horizon, pause }: Plan,
): Promise<Verdict | undefined> {
  const trials: Trial[] = []
  for (const origin of origins) {
    const trial = trialOf(contender, past, { origin, horizon })
    if (!trial) return undefined
    trials.push(trial)
    await pause()
  }
  return verdictOn(trials)
}

interface Plan {
  readonly origins: readonly number[]
  readonly horizon: number
  readonly pause: Input['pause']
}

function trialOf(...given: Parameters<typeof trialAt>): Trial | undefined {
  try {
    return trialAt(...given)
  } catch {
    return undefined
  }
}

/** On the scale of the data; what was never below zero stays above it. */
function unscaled({ point, low, high }: Forecast, { contender }: Judged, values: Float64Array): Forecast {
  const least = values.some((value) => value < 0) ? Number.NEGATIVE_INFINITY : 0
  const back = (part: Float64Array) =>
    part.map((value) => Math.max(least, scales[contender.scale].from(value)))
  return { point: back(point), low: back(low), high: back(high) }
}

function tooFew(length: number, by: By, horizon: number): CustError {
  const most = length - LEAST_ORIGINS + 1 - NAIVE_NEEDS
  const shorter = by === 'month' ? 'week or day' : 'day'
  const hints = [
    ...(most > 0 ? [`--forecast ${most} is the most that can be judged`] : []),
    ...(by === 'day' ? [] : [`count by ${shorter} (--by day)`]),
    ...(most <= 0 && by === 'day' ? [`give more: ${horizon + LEAST_ORIGINS - 1 + NAIVE_NEEDS} days do`] : []),
  ]
  const periods = `${wholeText(length)} whole ${by}${length === 1 ? '' : 's'}`
  return new CustError(
    'model',
    `${periods} cannot tell ${wholeText(horizon)} ahead: a forecast is judged by its own past`,
    hints.join('; or '),
  )
}
