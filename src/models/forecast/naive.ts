/**
 * Forecasts that need no model, and the variance of their errors: Hyndman, Athanasopoulos, "Forecasting: principles
 * and practice" (3rd edition, 2021), sections 5.2 and 5.5.
 */
import { mean } from '../quantile.ts'
import { banded, type Forecast, type Past } from './method.ts'

/** As a season before. */
export function seasonalNaive({ values, season }: Past, horizon: number): Forecast {
  const begin = values.length - season
  const point = Float64Array.from({ length: horizon }, (_, i) => values[begin + (i % season)] as number)
  const errors = Float64Array.from(
    { length: begin },
    (_, i) => (values[i + season] as number) - (values[i] as number),
  )
  const deviation = rootMeanSquare(errors, errors.length)
  return banded(point, (step) => deviation * Math.sqrt(Math.floor((step - 1) / season) + 1))
}

/**
 * As a season before, and as much more as seasons have grown: a random walk of each phase with one drift for all, the
 * mean of all differences over a season. With two seasons it is what can be known of both growth and season.
 */
export function seasonalGrowth({ values, season }: Past, horizon: number): Forecast {
  const begin = values.length - season
  const growth = Float64Array.from(
    { length: begin },
    (_, i) => (values[i + season] as number) - (values[i] as number),
  )
  const drift = mean(growth)
  const times = (step: number) => Math.floor((step - 1) / season) + 1
  const point = Float64Array.from(
    { length: horizon },
    (_, i) => (values[begin + (i % season)] as number) + times(i + 1) * drift,
  )
  const deviation = rootMeanSquare(
    growth.map((each) => each - drift),
    begin - 1,
  )
  return banded(point, (step) => deviation * Math.sqrt(times(step) * (1 + times(step) / begin)))
}

/** As the last value. */
export const lastValue = (past: Past, horizon: number): Forecast =>
  seasonalNaive({ ...past, season: 1 }, horizon)

/** On the straight line through the first and the last value: a random walk with drift. */
export function straightLine({ values }: Past, horizon: number): Forecast {
  const steps = values.length - 1
  const last = values[steps] as number
  const drift = (last - (values[0] as number)) / steps
  const point = Float64Array.from({ length: horizon }, (_, i) => last + (i + 1) * drift)
  const errors = Float64Array.from(
    { length: steps },
    (_, i) => (values[i + 1] as number) - (values[i] as number) - drift,
  )
  const deviation = rootMeanSquare(errors, steps - 1)
  return banded(point, (step) => deviation * Math.sqrt(step * (1 + step / steps)))
}

const rootMeanSquare = (errors: Float64Array, degrees: number): number =>
  degrees < 1 ? 0 : Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / degrees)
