/**
 * Methods of the package augurs: MSTL (Bandara, Hyndman, Bergmeir 2021: STL, then exponential smoothing of what is no
 * season), and Prophet (Taylor, Letham, "Forecasting at scale", The American Statistician 72, 2018).
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { banded, LEVEL, type Past, type Predict } from './method.ts'
import { type ProphetTrend, trendVariance } from './prophetTrend.ts'

/**
 * The package would fetch its machine code over the network, which does not reach files: it is handed over.
 * This is the only file of a model that is read.
 */
function machineCode(module: '@bsull/augurs/mstl' | '@bsull/augurs/prophet'): {
  module: Uint8Array<ArrayBuffer>
} {
  const script = createRequire(import.meta.url).resolve(module)
  return { module: readFileSync(script.replace(/\.js$/, '_bg.wasm')) }
}

/** Loads the package. */
export async function mstlMethod(): Promise<Predict> {
  const { MSTL, initSync } = await import('@bsull/augurs/mstl')
  initSync(machineCode('@bsull/augurs/mstl'))
  return ({ values, season }, horizon) => {
    const model = MSTL.ets([season])
    try {
      model.fit(values)
      const { point, intervals } = model.predict(horizon, LEVEL)
      if (!intervals) throw new Error('MSTL gave no intervals')
      return {
        point: Float64Array.from(point),
        low: Float64Array.from(intervals.lower),
        high: Float64Array.from(intervals.upper),
      }
    } finally {
      model.free()
    }
  }
}

const SECONDS_A_DAY = 86_400
/** More than five waves a year cannot be told apart in twelve values. */
const WAVES_OF_MONTHS = 5
const WAVES = 10

/** Loads the packages. Points are of the greatest posterior; the band is exact for that, where Prophet would draw. */
export async function prophetMethod(): Promise<Predict> {
  const [{ Prophet, initSync }, { optimizer }] = await Promise.all([
    import('@bsull/augurs/prophet'),
    import('@bsull/augurs-prophet-wasmstan'),
  ])
  initSync(machineCode('@bsull/augurs/prophet'))
  await silenceStan()
  return (past, horizon) => {
    let trend: ProphetTrend | undefined
    const watched: typeof optimizer.optimize = (...asked) => {
      const found = optimizer.optimize(...asked)
      trend = found.params
      return found
    }
    const model = new Prophet({
      optimizer: { optimize: watched as never },
      uncertaintySamples: 0,
      yearlySeasonality: { type: 'fourier', order: past.season === 12 ? WAVES_OF_MONTHS : WAVES },
      weeklySeasonality: { type: 'manual', enabled: past.daily },
      dailySeasonality: { type: 'manual', enabled: false },
    })
    try {
      const { length } = past.values
      model.fit({ ds: seconds(past, 0, length), y: [...past.values] }, { seed: 1 })
      const { yhat } = model.predict({ ds: seconds(past, length, length + horizon) })
      return bandOf(Float64Array.from(yhat.point), past, trend as unknown as ProphetTrend)
    } finally {
      model.free()
    }
  }
}

interface Streams {
  readonly stderr: { getStderr(): object }
  readonly stdout: { getStdout(): object }
}

/** Stan prints "Exception thrown" of each step that it takes back, in the midst of what the program says. */
async function silenceStan(): Promise<void> {
  // Its types name the interfaces alone, not what the module gives.
  const { stderr, stdout } = (await import('@bytecodealliance/preview2-shim/cli')) as unknown as Streams
  for (const stream of [stderr.getStderr(), stdout.getStdout()]) {
    Object.assign(stream, { write: () => {}, blockingWriteAndFlush: () => {} })
  }
}

const seconds = ({ day }: Past, from: number, to: number): number[] =>
  Array.from(day.subarray(from, to), (each) => each * SECONDS_A_DAY)

function bandOf(point: Float64Array, { values, day }: Past, trend: ProphetTrend) {
  const [first, last] = [day[0] as number, day[values.length - 1] as number]
  // Prophet's own units: values by the largest, time by the span of the past.
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  const ahead = (step: number) => ((day[values.length - 1 + step] as number) - last) / (last - first)
  return banded(point, (step) => largest * Math.sqrt(trend.sigmaObs ** 2 + trendVariance(trend, ahead(step))))
}
