/** What a forecasting method is: from values to the values that come next, with a band of 95 %. */

/** Values of equal periods, and what a method must know of the time that they stand in. */
export interface Past {
  readonly values: Float64Array
  /** Periods of a season; 1 where none is known. */
  readonly season: number
  /** The first day of every period: of the values, and of at least as many more as are asked for. */
  readonly day: Int32Array
  /** Does a day of the week have a habit? Only days themselves have. */
  readonly daily: boolean
}

export interface Forecast {
  readonly point: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

export type Predict = (past: Past, horizon: number) => Forecast

/** How much of a normal distribution lies in a band, and how many deviations wide it is to either side. */
export const LEVEL = 0.95
const WIDTH = 1.959963984540054

/** A band of normal errors around points. */
export function banded(point: Float64Array, deviation: (step: number) => number): Forecast {
  const moved = (sign: number) => point.map((value, i) => value + sign * WIDTH * deviation(i + 1))
  return { point, low: moved(-1), high: moved(1) }
}
