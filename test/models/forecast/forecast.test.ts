/** Methods, their bands and their backtest, against published figures. */
import { describe, expect, test, vi } from 'vitest'
import { naiveError, symmetricError } from '../../../src/models/forecast/accuracy.ts'
import { airlineMethod, smoothingMethod } from '../../../src/models/forecast/arima.ts'
import { mstlMethod, prophetMethod } from '../../../src/models/forecast/augurs.ts'
import { backtest, type Contender, forecastOf, widened } from '../../../src/models/forecast/backtest.ts'
import { chosenOf } from '../../../src/models/forecast/choice.ts'
import type { Past, Predict } from '../../../src/models/forecast/method.ts'
import { lastValue, seasonalGrowth, seasonalNaive, straightLine } from '../../../src/models/forecast/naive.ts'
import { trendVariance } from '../../../src/models/forecast/prophetTrend.ts'
import { scalesFor } from '../../../src/models/forecast/scale.ts'
import { mulberry32, poissonOf } from '../../../src/models/random.ts'
import { airPassengers, monthsFrom, nile } from './series.ts'

const past: Past = { values: airPassengers, season: 12, day: monthsFrom(1949, 168), daily: false }
const first = (length: number): Past => ({ ...past, values: airPassengers.subarray(0, length) })
const plain = (predict: Predict): Contender => ({ predict, scale: 'plain' })
const onLogs = (predict: Predict): Contender => ({ predict, scale: 'log' })

describe('AirPassengers, the 37 origins after 96 to 132 months, twelve months ahead', () => {
  const trial = { origins: Array.from({ length: 37 }, (_, i) => 96 + i), horizon: 12 }

  test('seasonal naive: a MASE of 1.210, as R 4.2 with forecast 8.20', () => {
    expect(backtest(plain(seasonalNaive), past, trial).meanMase).toBeCloseTo(1.21, 3)
  })

  test('seasonal growth on logs lies between it and the models', () => {
    const { meanMase } = backtest(onLogs(seasonalGrowth), past, trial)
    expect(meanMase).toBeGreaterThan(0.6)
    expect(meanMase).toBeLessThan(0.9)
  })

  test('MSTL on logs: at most 0.60, as R’s stlf(lambda = 0) 0.593', async () => {
    const { meanMase, coverage } = backtest(onLogs(await mstlMethod()), past, trial)
    expect(meanMase).toBeLessThanOrEqual(0.6)
    expect(meanMase).toBeCloseTo(0.596, 3)
    expect(coverage).toBeGreaterThan(0.8)
  })

  test('the airline model on logs: 0.591', async () => {
    expect(backtest(onLogs(await airlineMethod()), past, trial).meanMase).toBeCloseTo(0.591, 2)
  })

  test('Prophet is between them and the naive forecast', async () => {
    const some = { ...trial, origins: trial.origins.filter((_, i) => i % 9 === 0) }
    const { meanMase } = backtest(onLogs(await prophetMethod()), past, some)
    expect(meanMase).toBeGreaterThan(0.6)
    expect(meanMase).toBeLessThan(1.21)
  })
})

describe('AirPassengers, 1960 from the years before', () => {
  const actual = airPassengers.subarray(132)
  const mase = (point: Float64Array) =>
    actual.reduce((sum, value, i) => sum + Math.abs(value - (point[i] as number)), 0) /
    12 /
    naiveError(airPassengers.subarray(0, 132), 12)

  test('seasonal naive as R: MASE 1.571, sMAPE 10.57', () => {
    const { point } = seasonalNaive(first(132), 12)
    expect(mase(point)).toBeCloseTo(1.571, 3)
    expect(100 * symmetricError(actual, point)).toBeCloseTo(10.57, 2)
  })

  test('the last value as R: MASE 2.496, sMAPE 16.12', () => {
    const { point } = lastValue(first(132), 12)
    expect(mase(point)).toBeCloseTo(2.496, 3)
    expect(100 * symmetricError(actual, point)).toBeCloseTo(16.12, 2)
  })

  test('MSTL on logs: MASE 0.418 and sMAPE 2.75, where R’s stlf has 0.416 and 2.74; 11 of 12 in the band', async () => {
    const { point, low, high } = forecastOf(onLogs(await mstlMethod()), first(132), 12)
    expect(mase(point.map(Math.exp))).toBeCloseTo(0.418, 3)
    expect(100 * symmetricError(actual, point.map(Math.exp))).toBeCloseTo(2.75, 2)
    const held = [...actual].filter((value, i) => {
      const log = Math.log(value)
      return log >= (low[i] as number) && log <= (high[i] as number)
    })
    expect(held).toHaveLength(11)
  })

  test('the airline model as R’s arima (0,1,1)(0,1,1): MASE 0.435, sMAPE 2.82', async () => {
    const { point } = forecastOf(onLogs(await airlineMethod()), first(132), 12)
    expect(mase(point.map(Math.exp))).toBeCloseTo(0.435, 2)
    expect(100 * symmetricError(actual, point.map(Math.exp))).toBeCloseTo(2.82, 1)
  })
})

test('exponential smoothing of the Nile: 798.37, the local level of Durbin and Koopman (2001, section 2.2)', async () => {
  const { point, low, high } = forecastOf(
    plain(await smoothingMethod()),
    { ...past, values: nile, season: 1 },
    10,
  )
  expect(point[0]).toBeCloseTo(798.37, 0)
  expect(point[9]).toBe(point[0])
  // Of statsmodels 0.15.0, ARIMA(nile, order=(0, 1, 1)): the deviations of the first and the tenth forecast.
  const deviation = (i: number) => ((high[i] as number) - (low[i] as number)) / (2 * 1.959963984540054)
  expect(deviation(0)).toBeCloseTo(143.52, 0)
  expect(deviation(9)).toBeCloseTo(183.77, 0)
})

test('days of three years with a week and a year in them: Prophet on logs is nearer than the seasonal naive', async () => {
  // 200 (1 + 0.0006 t) x weekday x year x lognormal noise of 0.12, six origins, four weeks ahead.
  const random = mulberry32(11)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const week = [0.9, 0.85, 0.9, 0.95, 1.1, 1.35, 1.25]
  const values = Float64Array.from({ length: 1096 }, (_, t) => {
    const year = 1 + 0.25 * Math.sin((2 * Math.PI * t) / 365.25) + 0.1 * Math.cos((4 * Math.PI * t) / 365.25)
    return 200 * (1 + 0.0006 * t) * (week[t % 7] as number) * year * Math.exp(0.12 * normal())
  })
  const day = Int32Array.from({ length: 1124 }, (_, t) => 18_627 + t)
  const daily: Past = { values, season: 7, day, daily: true }
  const trial = { origins: [0, 1, 2, 3, 4, 5].map((i) => 928 + 28 * i), horizon: 28 }
  const prophet = backtest(onLogs(await prophetMethod()), daily, trial)
  const naive = backtest(onLogs(seasonalNaive), daily, trial)
  expect(prophet.meanMase).toBeLessThan(0.85 * naive.meanMase)
  expect(prophet.coverage).toBeGreaterThan(0.9)
})

describe('bands', () => {
  const random = mulberry32(3)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const width = ({ low, high }: { low: Float64Array; high: Float64Array }, i: number) =>
    ((high[i] as number) - (low[i] as number)) / (2 * 1.959963984540054)

  test('of a random walk grow with the root of time, of seasons by the season', () => {
    const values = Float64Array.of(1, 3, 2, 4, 3, 5)
    const walk = lastValue({ ...past, values }, 9)
    // The steps are 2, -1, 2, -1, 2.
    expect(width(walk, 0)).toBeCloseTo(Math.sqrt(14 / 5), 10)
    expect(width(walk, 3)).toBeCloseTo(2 * Math.sqrt(14 / 5), 10)
    const seasons = seasonalNaive({ ...past, values, season: 2 }, 4)
    expect([...seasons.point]).toEqual([3, 5, 3, 5])
    expect([0, 1, 2, 3].map((i) => width(seasons, i))).toEqual(
      [1, 1, Math.SQRT2, Math.SQRT2].map((times) => expect.closeTo(times, 10)),
    )
    const line = straightLine({ ...past, values }, 2)
    expect([...line.point]).toEqual([5.8, 6.6].map((value) => expect.closeTo(value, 10)))
  })

  test('of a straight line hold 95 % of walks with a drift', () => {
    let held = 0
    for (let trial = 0; trial < 2000; trial++) {
      const values = new Float64Array(60)
      for (let i = 1; i < 60; i++) values[i] = (values[i - 1] as number) + 0.3 + normal()
      const { low, high } = straightLine({ ...past, values: values.subarray(0, 50) }, 10)
      if (values[59] === undefined) throw new Error()
      held += values[59] >= (low[9] as number) && values[59] <= (high[9] as number) ? 1 : 0
    }
    expect(held / 2000).toBeGreaterThan(0.925)
    expect(held / 2000).toBeLessThan(0.965)
  })

  test('of seasonal growth: by hand, and 95 % of seasons that walk with a drift', () => {
    const found = seasonalGrowth({ ...past, values: Float64Array.of(10, 20, 12, 26), season: 2 }, 5)
    // Growth of 2 and 6: 4 on average, 2 away from it to either side, one degree of freedom.
    expect([...found.point]).toEqual([16, 30, 20, 34, 24])
    expect([0, 2].map((i) => width(found, i))).toEqual(
      [Math.sqrt(8 * 1.5), Math.sqrt(8 * 4)].map((each) => expect.closeTo(each, 10)),
    )
    let held = 0
    for (let trial = 0; trial < 2000; trial++) {
      const values = new Float64Array(64)
      for (let i = 4; i < 64; i++) values[i] = (values[i - 4] as number) + 0.5 + normal()
      const { low, high } = seasonalGrowth({ ...past, season: 4, values: values.subarray(0, 52) }, 12)
      const last = values[63] as number
      held += last >= (low[11] as number) && last <= (high[11] as number) ? 1 : 0
    }
    expect(held / 2000).toBeGreaterThan(0.925)
    expect(held / 2000).toBeLessThan(0.965)
  })

  test('of Prophet’s trend: the variance in closed form is that of draws', () => {
    const trend = { delta: Float64Array.of(0.1, -0.3, 0.2, 0), sigmaObs: 0 }
    const [ahead, size] = [0.5, 0.15]
    const draws = Array.from({ length: 40_000 }, () => {
      let moved = 0
      for (let left = poissonOf(random, 4 * ahead); left > 0; left--) {
        const laplace = (random() < 0.5 ? -1 : 1) * -size * Math.log(1 - random())
        moved += laplace * ahead * random()
      }
      return moved
    })
    const variance = draws.reduce((sum, each) => sum + each * each, 0) / draws.length
    expect(trendVariance(trend, ahead) / variance).toBeCloseTo(1, 1)
  })

  test('of Prophet are as wide as those that augurs draws', async () => {
    const [{ Prophet }, { optimizer }] = await Promise.all([
      import('@bsull/augurs/prophet'),
      import('@bsull/augurs-prophet-wasmstan'),
    ])
    const predict = await prophetMethod()
    const own = forecastOf(onLogs(predict), first(120), 24)
    const model = new Prophet({
      optimizer: optimizer as never,
      uncertaintySamples: 4000,
      intervalWidth: 0.95,
      yearlySeasonality: { type: 'fourier', order: 5 },
      weeklySeasonality: { type: 'manual', enabled: false },
      dailySeasonality: { type: 'manual', enabled: false },
    })
    const seconds = (from: number, to: number) =>
      Array.from(past.day.subarray(from, to), (day) => day * 86_400)
    model.fit({ ds: seconds(0, 120), y: [...airPassengers.subarray(0, 120)].map(Math.log) }, { seed: 1 })
    const { yhat } = model.predict({ ds: seconds(120, 144) })
    for (const i of [0, 11, 23]) {
      expect(own.point[i]).toBeCloseTo(yhat.point[i] as number, 6)
      const drawn = (yhat.intervals?.upper[i] as number) - (yhat.intervals?.lower[i] as number)
      expect(Math.abs(((own.high[i] as number) - (own.low[i] as number)) / drawn - 1)).toBeLessThan(0.1)
    }
  })

  test('of Prophet come without a word of Stan, which tells of steps that it takes back', async () => {
    await prophetMethod()
    const { stderr, stdout } = (await import('@bytecodealliance/preview2-shim/cli')) as unknown as {
      readonly stderr: { getStderr(): { blockingWriteAndFlush(bytes: Uint8Array): void } }
      readonly stdout: { getStdout(): { write(bytes: Uint8Array): void } }
    }
    const said = [process.stderr, process.stdout].map((stream) => vi.spyOn(stream, 'write'))
    const bytes = new TextEncoder().encode('Exception thrown\n')
    stderr.getStderr().blockingWriteAndFlush(bytes)
    stdout.getStdout().write(bytes)
    const calls = said.map(({ mock }) => mock.calls.length)
    for (const spy of said) spy.mockRestore()
    expect(calls).toEqual([0, 0])
  })

  test('are widened until they hold what they promise', () => {
    const narrow: Predict = (given, horizon) => {
      const { point } = lastValue(given, horizon)
      return { point, low: point.map((value) => value - 0.1), high: point.map((value) => value + 0.1) }
    }
    const values = Float64Array.from({ length: 400 }, () => normal())
    const noise = { ...past, values, season: 1 }
    const origins = Array.from({ length: 200 }, (_, i) => 100 + i)
    const verdict = backtest(plain(narrow), noise, { origins, horizon: 1 })
    expect(verdict.coverage).toBeLessThan(0.2)
    // The difference of two normal values has a variance of two.
    expect(0.1 * verdict.widening).toBeGreaterThan(2.3)
    expect(0.1 * verdict.widening).toBeLessThan(3.3)
    const wider: Predict = (given, horizon) => widened(narrow(given, horizon), verdict)
    expect(backtest(plain(wider), noise, { origins, horizon: 1 }).coverage).toBeGreaterThanOrEqual(0.95)
    const later = Array.from({ length: 90 }, (_, i) => 305 + i)
    expect(backtest(plain(wider), noise, { origins: later, horizon: 1 }).coverage).toBeGreaterThan(0.88)
  })

  test('that were of no width become as wide as the errors', () => {
    const sure: Predict = (given, horizon) => {
      const { point } = lastValue(given, horizon)
      return { point, low: point, high: point }
    }
    const values = Float64Array.from({ length: 60 }, (_, i) => i % 3)
    const noise = { ...past, values, season: 1 }
    const verdict = backtest(plain(sure), noise, { origins: [20, 21, 22, 23], horizon: 2 })
    const { low, high } = widened(sure(noise, 2), verdict)
    expect([...low, ...high]).toEqual([0, 0, 4, 4])
  })
})

describe('the choice', () => {
  const judged = (...mase: number[]) => ({
    mase: Float64Array.from(mase),
    meanMase: mase.reduce((sum, each) => sum + each, 0) / mase.length,
  })

  test('is the simplest as good as the best', () => {
    expect(chosenOf([judged(1.2, 1.3, 1.25), judged(0.8, 0.9, 1), judged(0.79, 0.91, 0.97)])).toBe(1)
    expect(chosenOf([judged(1.2, 1.3, 1.25), judged(1, 1.1, 1.05), judged(0.5, 0.6, 0.5)])).toBe(2)
  })

  test('is never worse than the yardstick, even within a standard error', () => {
    expect(chosenOf([judged(1, 2, 1), judged(2, 1.1, 1), judged(0.1, 2.9, 0.9)])).not.toBe(1)
    expect(chosenOf([judged(1, 1), judged(1, 1.1)])).toBe(0)
    expect(chosenOf([judged(Number.NaN), judged(Number.NaN)])).toBe(0)
  })
})

test('the same values give the same forecast, and stay as they are', async () => {
  for (const predict of [await mstlMethod(), await airlineMethod(), await prophetMethod()]) {
    const values = airPassengers.slice(0, 60)
    const one = forecastOf(onLogs(predict), { ...past, values }, 6)
    expect(forecastOf(onLogs(predict), { ...past, values }, 6)).toEqual(one)
    expect(values).toEqual(airPassengers.slice(0, 60))
  }
})

test('logs where all is above zero, both ways where there are zeros, neither below', () => {
  expect(scalesFor(Float64Array.of(1, 2))).toEqual(['log'])
  expect(scalesFor(Float64Array.of(1, 0))).toEqual(['log1p', 'plain'])
  expect(scalesFor(Float64Array.of(1, -1, 0))).toEqual(['plain'])
})
