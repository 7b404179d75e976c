/** Models judged by what they did not see: fitted up to a day, compared with what was bought after it. */

import type { Columns } from '../../core/report.ts'
import type { Histories } from '../../models/clv/histories.ts'
import { sumOf } from '../../models/sums.ts'
import type spec from './index.ts'

/** Expected purchases by customer, and who says so. */
export interface Forecast {
  readonly name: string
  readonly predicted: Float64Array
}

export interface Score {
  readonly customers: number
  readonly actual: number
  readonly predicted: number
  readonly mae: number
  readonly rmse: number
}

/** How far a forecast is off for some of the customers. */
export function scoreOf(
  predicted: Float64Array,
  actual: Float64Array,
  rows: readonly number[] | undefined,
): Score {
  const customers = rows?.length ?? actual.length
  let sum = 0
  let expected = 0
  let absolute = 0
  let square = 0
  for (let i = 0; i < customers; i++) {
    const row = rows ? (rows[i] as number) : i
    const real = actual[row] as number
    const said = predicted[row] as number
    sum += real
    expected += said
    absolute += Math.abs(said - real)
    square += (said - real) ** 2
  }
  const n = Math.max(customers, 1)
  return {
    customers,
    actual: sum,
    predicted: expected,
    mae: absolute / n,
    rmse: Math.sqrt(square / n),
  }
}

/** What anyone can say without a model; a model that does not beat them is worth nothing. */
export function naiveForecasts({ x, T }: Histories, ahead: number): Forecast[] {
  const [mean, time] = [sumOf(x) / x.length, sumOf(T) / x.length]
  return [
    { name: 'as many as before', predicted: x.slice() },
    {
      name: 'own rate',
      predicted: x.map((each, row) => (each === 0 ? 0 : (each / (T[row] as number)) * ahead)),
    },
    { name: 'mean rate of all', predicted: x.map(() => (time > 0 ? (mean / time) * ahead : 0)) },
    { name: 'nobody returns', predicted: new Float64Array(x.length) },
  ]
}

/** The forecast with the best ranks by MAE, RMSE and error of the total; among equals the first. */
export function bestOf<F extends Forecast>(forecasts: readonly F[], actual: Float64Array): F {
  const scores = forecasts.map(({ predicted }) => scoreOf(predicted, actual, undefined))
  const ranks = new Float64Array(forecasts.length)
  for (const measure of [
    ({ mae }: Score) => mae,
    ({ rmse }: Score) => rmse,
    (score: Score) => Math.abs(score.predicted - score.actual),
  ]) {
    scores.forEach((score, i) => {
      const mine = measure(score)
      const better = scores.filter((other) => !(measure(other) >= mine)).length
      ranks[i] = (ranks[i] as number) + (Number.isFinite(mine) ? better : scores.length)
    })
  }
  return forecasts[ranks.indexOf(Math.min(...ranks))] as F
}

const MOST_FREQUENCY = 7
const GROUPS = 10
const BY_TENTH = 'by tenth of the prediction'

interface Group {
  readonly part: string
  readonly name: string
  readonly rows: readonly number[] | undefined
}

/** All, by repeat purchases before, and by tenths of what is predicted (a calibration curve). */
function groupsOf({ x }: Histories, predicted: Float64Array): Group[] {
  const rows = [...x.keys()]
  const byFrequency = Array.from({ length: MOST_FREQUENCY + 1 }, (_, count) => ({
    part: 'by repeat purchases',
    name: count === MOST_FREQUENCY ? `${count} or more` : String(count),
    rows: rows.filter((row) => Math.min(x[row] as number, MOST_FREQUENCY) === count),
  }))
  const ordered = rows.sort(
    (one, other) => (predicted[one] as number) - (predicted[other] as number) || one - other,
  )
  const cut = (i: number) => Math.round((i * ordered.length) / GROUPS)
  const byDecile = Array.from({ length: GROUPS }, (_, i) => ({
    part: BY_TENTH,
    name: String(i + 1),
    rows: ordered.slice(cut(i), cut(i + 1)),
  }))
  return [{ part: 'all', name: '', rows: undefined }, ...byFrequency, ...byDecile].filter(
    (group) => group.rows === undefined || group.rows.length > 0,
  )
}

export interface Judged {
  readonly histories: Histories
  readonly actual: Float64Array
  readonly models: readonly Forecast[]
  readonly naive: readonly Forecast[]
  readonly chosen: string
}

/** A guess that beats the chosen model by MAE, by RMSE and in total; undefined where there is none. */
export function guessNearer({ models, naive, actual, chosen }: Judged): string | undefined {
  const model = models.find(({ name }) => name === chosen)
  if (!model) return undefined
  const own = scoreOf(model.predicted, actual, undefined)
  const off = ({ predicted }: Score) => Math.abs(predicted - own.actual)
  const better = naive.find(({ predicted }) => {
    const guess = scoreOf(predicted, actual, undefined)
    return guess.mae < own.mae && guess.rmse < own.rmse && off(guess) < off(own)
  })
  return better?.name
}

interface Line {
  readonly forecast: Forecast
  readonly group: Group
  readonly score: Score
}

const scoresIn = (lines: readonly Line[]) => ({
  actual: Float64Array.from(lines, ({ score }) => score.actual),
  predicted: Float64Array.from(lines, ({ score }) => score.predicted),
  error_pct: Float64Array.from(lines, ({ score }) =>
    score.actual === 0 ? Number.NaN : score.predicted / score.actual - 1,
  ),
  mae: Float64Array.from(lines, ({ score }) => score.mae),
  rmse: Float64Array.from(lines, ({ score }) => score.rmse),
})

/** Every forecast over all customers, and which one is taken. */
export function modelsSheet({
  actual,
  models,
  naive,
  chosen,
}: Judged): Columns<(typeof spec)['gives']['models']> {
  const everyone: Group = { part: 'all', name: '', rows: undefined }
  const lines = [...models, ...naive].map(
    (forecast): Line => ({
      forecast,
      group: everyone,
      score: scoreOf(forecast.predicted, actual, undefined),
    }),
  )
  return {
    model: lines.map(({ forecast }) => forecast.name),
    ...scoresIn(lines),
    chosen: lines.map(({ forecast }) => (forecast.name === chosen ? 'yes' : null)),
  }
}

/** What the chosen model says of a customer, and what came, by tenth of what it says. */
export function calibrationSheet({
  histories,
  actual,
  models,
  chosen,
}: Judged): Columns<(typeof spec)['gives']['calibration']> {
  const { predicted } = models.find(({ name }) => name === chosen) as Forecast
  const tenths = groupsOf(histories, predicted)
    .filter(({ part }) => part === BY_TENTH)
    .map(({ name, rows }) => ({ tenth: Number(name), ...scoreOf(predicted, actual, rows) }))
  return {
    tenth: Float64Array.from(tenths, ({ tenth }) => tenth),
    customers: Float64Array.from(tenths, ({ customers }) => customers),
    predicted: Float64Array.from(tenths, (score) => score.predicted / score.customers),
    actual: Float64Array.from(tenths, (score) => score.actual / score.customers),
  }
}

/** Every forecast over all customers, then the models in parts. */
export function holdoutSheet(judged: Judged): Columns<(typeof spec)['gives']['holdout']> {
  const { histories, actual, models, naive } = judged
  const lines = [...models, ...naive].flatMap((forecast) => {
    const groups = groupsOf(histories, forecast.predicted).slice(0, models.includes(forecast) ? undefined : 1)
    return groups.map(
      (group): Line => ({ forecast, group, score: scoreOf(forecast.predicted, actual, group.rows) }),
    )
  })
  lines.sort((one, other) => Number(one.group.rows !== undefined) - Number(other.group.rows !== undefined))
  return {
    model: lines.map(({ forecast }) => forecast.name),
    part: lines.map(({ group }) => group.part),
    group: lines.map(({ group }) => group.name),
    customers: Float64Array.from(lines, ({ score }) => score.customers),
    ...scoresIn(lines),
  }
}
