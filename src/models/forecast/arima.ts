/** Moving averages of differences, by exact maximum likelihood (Box, Jenkins 1976). */
import { banded, type Predict } from './method.ts'

/** ARIMA (0,1,1)(0,1,1) of one season, the airline model. Loads the package. */
export const airlineMethod = (): Promise<Predict> => movingAverage({ seasonal: true })

/** The package wants two seasons after the differences are taken. */
export const airlineNeeds = (season: number): number => 3 * season + 1

/** ARIMA (0,1,1): exponential smoothing with the weight that is likeliest (Muth 1960). Loads the package. */
export const smoothingMethod = (): Promise<Predict> => movingAverage({ seasonal: false })

/** The package wants ten values after the difference is taken. */
export const SMOOTHING_NEEDS = 11

async function movingAverage({ seasonal }: { readonly seasonal: boolean }): Promise<Predict> {
  const { default: Arima } = await import('arima')
  const order = { p: 0, d: 1, q: 1, P: 0, D: seasonal ? 1 : 0, Q: seasonal ? 1 : 0, verbose: false }
  return ({ values, season }, horizon) => {
    const model = new Arima({ ...order, s: seasonal ? season : 0 })
    try {
      const [point, variance] = model.train([...values]).predict(horizon)
      return banded(Float64Array.from(point), (step) => Math.sqrt(Math.max(0, variance[step - 1] as number)))
    } finally {
      model.destroy()
    }
  }
}
