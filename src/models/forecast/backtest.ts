/**
 * Rolling backtest: at origins in the past every method sees what came before and is held to what came after
 * (Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16, 2000).
 */
import { meanAbsoluteError, naiveError, symmetricError } from './accuracy.ts'
import type { Forecast, Past, Predict } from './method.ts'
import { type ScaleName, scales } from './scale.ts'

export interface Contender {
  readonly predict: Predict
  readonly scale: ScaleName
}

export interface Verdict {
  /** By origin; NaN where the past had no error to divide by. */
  readonly mase: Float64Array
  readonly meanMase: number
  readonly smape: number
  /** Share of values within their band of 95 %. */
  readonly coverage: number
  /** By how much bands must be multiplied to hold 95 %; 1 where they do. */
  readonly widening: number
  /** What 95 % of the errors are within, on the scale of the method. */
  readonly error: number
}

/** On its own scale. */
export function forecastOf({ predict, scale }: Contender, past: Past, horizon: number): Forecast {
  const found = predict({ ...past, values: past.values.map(scales[scale].to) }, horizon)
  for (const part of [found.point, found.low, found.high]) {
    if (part.length !== horizon || !part.every(Number.isFinite)) throw new Error('the forecast is no number')
  }
  return found
}

export interface Trial {
  readonly mase: number
  readonly smape: number
  readonly misses: readonly Miss[]
}

/** The forecast from one origin beside what came after it. Throws what the method throws. */
export function trialAt(
  contender: Contender,
  past: Past,
  { origin, horizon }: { readonly origin: number; readonly horizon: number },
): Trial {
  const { to, from } = scales[contender.scale]
  const before = past.values.subarray(0, origin)
  const actual = past.values.subarray(origin, origin + horizon)
  const forecast = forecastOf(contender, { ...past, values: before }, horizon)
  const point = forecast.point.map(from)
  const error = naiveError(before, past.season)
  return {
    mase: error > 0 ? meanAbsoluteError(actual, point) / error : Number.NaN,
    smape: symmetricError(actual, point),
    misses: missesOf(actual.map(to), forecast),
  }
}

export function verdictOn(trials: readonly Trial[]): Verdict {
  const misses = trials.flatMap(({ misses: own }) => own)
  const mase = Float64Array.from(trials, (trial) => trial.mase)
  return {
    mase,
    meanMase: meanOf(mase.filter((value) => !Number.isNaN(value))),
    smape: meanOf(trials.map(({ smape }) => smape)),
    coverage: misses.filter(({ share }) => share <= 1).length / misses.length,
    widening: Math.max(1, conformal(misses.map(({ share }) => share))),
    error: conformal(misses.map(({ error }) => error)),
  }
}

/** All of it at once. */
export function backtest(
  contender: Contender,
  past: Past,
  { origins, horizon }: { readonly origins: readonly number[]; readonly horizon: number },
): Verdict {
  return verdictOn(origins.map((origin) => trialAt(contender, past, { origin, horizon })))
}

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

interface Miss {
  readonly error: number
  /** The error with the end of the band on its side as 1. */
  readonly share: number
}

function missesOf(actual: Float64Array, { point, low, high }: Forecast): Miss[] {
  return Array.from(actual, (value, i) => {
    const middle = point[i] as number
    const error = Math.abs(value - middle)
    const width = value < middle ? middle - (low[i] as number) : (high[i] as number) - middle
    return { error, share: error === 0 ? 0 : error / width }
  })
}

const [HELD, OF] = [19, 20]

/**
 * Split conformal prediction (Lei et al., "Distribution-free predictive inference for regression", Journal of the
 * American Statistical Association 113, 2018): the ceil(95 % (n + 1))-th score of n. Where that is beyond them all,
 * the largest is what is known.
 */
function conformal(scores: readonly number[]): number {
  const sorted = Float64Array.from(scores).sort()
  const place = Math.ceil((HELD * (sorted.length + 1)) / OF)
  return sorted[Math.min(place, sorted.length) - 1] as number
}

/** A band as wide as the backtest asks for, to either side; one that was of no width is as wide as the errors. */
export function widened(
  { point, low, high }: Forecast,
  { widening, error }: Pick<Verdict, 'widening' | 'error'>,
): Forecast {
  const times = Number.isFinite(widening) ? widening : 1
  const least = Number.isFinite(widening) ? 0 : error
  const moved = (end: Float64Array, sign: number) =>
    end.map((value, i) => {
      const middle = point[i] as number
      return middle + sign * Math.max(least, times * Math.abs(value - middle))
    })
  return { point, low: moved(low, -1), high: moved(high, 1) }
}
