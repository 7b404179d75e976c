/** The airline model of Box and Jenkins (1976), ARIMA (0,1,1)(0,1,1) of one season, by exact maximum likelihood. */
import { banded, type Predict } from './method.ts'

/** Loads the package. */
export async function airlineMethod(): Promise<Predict> {
  const { default: Arima } = await import('arima')
  return ({ values, season }, horizon) => {
    const model = new Arima({ p: 0, d: 1, q: 1, P: 0, D: 1, Q: 1, s: season, verbose: false })
    try {
      const [point, variance] = model.train([...values]).predict(horizon)
      return banded(Float64Array.from(point), (step) => Math.sqrt(Math.max(0, variance[step - 1] as number)))
    } finally {
      model.destroy()
    }
  }
}

/** The package wants two seasons after the differences are taken. */
export const airlineNeeds = (season: number): number => 3 * season + 1
