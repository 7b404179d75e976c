/** How far forecasts were from what came. */

/**
 * The mean absolute error of a naive forecast by seasons within the past, by which MASE divides (Hyndman, Koehler,
 * "Another look at measures of forecast accuracy", International Journal of Forecasting 22, 2006).
 */
export function naiveError(past: Float64Array, season: number): number {
  let sum = 0
  for (let i = season; i < past.length; i++)
    sum += Math.abs((past[i] as number) - (past[i - season] as number))
  return sum / (past.length - season)
}

export const meanAbsoluteError = (actual: Float64Array, point: Float64Array): number =>
  actual.reduce((sum, value, i) => sum + Math.abs(value - (point[i] as number)), 0) / actual.length

/** The mean of 2 |a - f| / (|a| + |f|); two zeros are no error. */
export function symmetricError(actual: Float64Array, point: Float64Array): number {
  const errors = actual.map((value, i) => {
    const forecast = point[i] as number
    const size = Math.abs(value) + Math.abs(forecast)
    return size === 0 ? 0 : (2 * Math.abs(value - forecast)) / size
  })
  return errors.reduce((sum, error) => sum + error, 0) / errors.length
}
