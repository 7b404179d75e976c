/** Purchases still to come for ever, discounted, and the distribution of counts: printed values and integrals. */
import { describe, expect, test } from 'vitest'
import {
  countProbability,
  discounted,
  discountedForever,
  expected,
  expectedNew,
  type Fitted,
  type ModelName,
} from '../../../src/models/clv/model.ts'
import { scaledExponentialIntegral } from '../../../src/models/clv/special.ts'
import { mulberry32 } from '../../../src/models/random.ts'
import { rowsOf as of } from './rows.ts'
import { repeats, truths } from './simulated.ts'

const fitOf = (model: ModelName, parameters: Readonly<Record<string, number>>, k = 1): Fitted => ({
  model,
  parameters,
  k,
  covariance: null,
  logLikelihood: 0,
  customers: 0,
  patterns: 0,
  iterations: 0,
  notes: [],
})

describe('printed values', () => {
  const btyd = fitOf('pareto', { r: 0.5629966, alpha: 12.559037, s: 0.4081095, beta: 10.5148048 })

  test('DERT of the Pareto/NBD (BTYD, 0.0027 a week)', () => {
    expect(discountedForever(btyd, of([7, 35, 77.86]), 0.0027)[0]).toBeCloseTo(1.864183328, 8)
    const wanted = [
      2.19915545, 2.84353441, 2.86712839, 2.44541008, 1.84050192, 1.26241647, 0.80961812, 0.49480362,
      0.2920247, 0.16792751,
    ]
    const all = discountedForever(btyd, of(...wanted.map((_, i) => [i + 1, 30, 77.86] as const)), 0.0027)
    wanted.forEach((value, i) => {
      expect(all[i]).toBeCloseTo(value, 7)
    })
  })

  test('DERT of the BG/BB (BTYD, d = 0.1)', () => {
    const fitted = fitOf('bgbb', { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.78 })
    const rate = Math.log(1.1)
    expect(discountedForever(fitted, of([3, 4, 6]), rate)[0]).toBeCloseTo(1.621379186, 8)
    const wanted = [1.802044799, 2.621156071, 3.440267343, 4.259378615, 5.078489887, 5.897601159]
    const all = discountedForever(fitted, of(...wanted.map((_, i) => [i + 1, 6, 6] as const)), rate)
    wanted.forEach((value, i) => {
      expect(all[i]).toBeCloseTo(value, 8)
    })
  })
})

describe('e^y E_s(y)', () => {
  // Abramowitz and Stegun, table 5.1 and 5.4.
  test.each([
    [1, 1, Math.E * 0.2193839344],
    [1, 0.1, Math.exp(0.1) * 1.8229239584],
    [2, 0.5, Math.exp(0.5) * 0.3266439],
    [3, 1, Math.E * 0.1096919],
    [10, 0.2, Math.exp(0.2) * 0.0887],
  ])('s = %f, y = %f', (s, y, value) => {
    expect(scaledExponentialIntegral(s, y) / value - 1).toBeCloseTo(0, s === 10 ? 2 : 5)
  })

  test('the two ways meet, and the recurrence holds, for every s', () => {
    for (const s of [0.01, 0.3, 0.999999, 1, 1.5, 2, 7.3, 60, 400.5]) {
      const [below, above] = [scaledExponentialIntegral(s, 0.5 - 1e-12), scaledExponentialIntegral(s, 0.5)]
      expect(below / above - 1).toBeCloseTo(0, 10)
      for (const y of [1e-9, 1e-4, 0.02, 0.49, 0.6, 3, 90, 5000]) {
        const [one, next] = [scaledExponentialIntegral(s, y), scaledExponentialIntegral(s + 1, y)]
        expect((s * next + y * one - 1) / 1).toBeCloseTo(0, 10)
        expect(one).toBeGreaterThan(0)
        expect(one).toBeLessThan(1 / y)
      }
    }
  })
})

describe('for ever is what a long horizon comes to', () => {
  const few = of([0, 0, 30], [1, 4, 30], [3, 12, 20])
  const many = of([0, 0, 30], [1, 4, 30], [7, 38, 39], [26, 30.9, 31], [100, 300, 301], [0, 0, 0.5])
  const cases: readonly (readonly [string, Fitted])[] = [
    ['bgnbd, a < 1', fitOf('bgnbd', { r: 0.25, alpha: 4.4, a: 0.79, b: 2.43 })],
    ['bgnbd, a = 1', fitOf('bgnbd', { r: 0.5, alpha: 2, a: 1, b: 3 })],
    ['bgnbd, a > 1', fitOf('bgnbd', { r: 2, alpha: 20, a: 3, b: 1.5 })],
    ['mbgnbd', fitOf('mbgnbd', { r: 0.52, alpha: 6.2, a: 0.89, b: 1.62 })],
    ['mbgnbd, a + b < 1', fitOf('mbgnbd', { r: 0.11, alpha: 2.24, a: 0.31, b: 0.5 })],
    ['pareto, s < 1', fitOf('pareto', { r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7 })],
    ['pareto, s = 1', fitOf('pareto', { r: 0.55, alpha: 10.6, s: 1, beta: 11.7 })],
    ['pareto, s > 1', fitOf('pareto', { r: 3, alpha: 2, s: 5.5, beta: 200 })],
    ['cnbd, k = 2', fitOf('cnbd', { r: 0.9, alpha: 4, a: 1.4, b: 3 }, 2)],
  ]
  test.each(cases)('%s', (_, fitted) => {
    const rows = fitted.model === 'cnbd' ? few : many
    for (const rate of fitted.model === 'cnbd' ? [0.05, 1] : [0.002, 0.05, 1]) {
      const found = discountedForever(fitted, rows, rate)
      // The integral of e^(-u) E(u / rate), by Simpson's rule over ln u.
      const sum = new Float64Array(rows.x.length)
      const [low, high, steps] = [-25, 3.7, 1200]
      for (let i = 0; i <= steps; i++) {
        const u = Math.exp(low + ((high - low) * i) / steps)
        const weight = (((high - low) / steps) * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2)) / 3
        if (fitted.model === 'cnbd' && i % 4 !== 0) continue
        const own = fitted.model === 'cnbd' ? (high - low) / (steps / 4) : weight
        expected(fitted, rows, u / rate).forEach((each, row) => {
          sum[row] = (sum[row] as number) + own * u * Math.exp(-u) * each
        })
      }
      found.forEach((value, row) => {
        expect(value / (sum[row] as number) - 1, `rate ${rate}, row ${row}`).toBeCloseTo(0, 6)
      })
      const [near, far] = [1, 12].map((times) => discounted(fitted, rows, { rate, horizon: times / rate }))
      found.forEach((value, row) => {
        expect(near?.[row]).toBeLessThan(value)
        expect((far?.[row] as number) / value - 1).toBeCloseTo(0, 2)
      })
    }
    const [low, high] = [discountedForever(fitted, rows, 1), discountedForever(fitted, rows, 0.1)]
    low.forEach((value, row) => {
      expect(value).toBeLessThan(high[row] as number)
    })
  })

  test('is finite where beta is huge (7721) and log(1.1) is taken per week', () => {
    const fitted = fitOf('pareto', { r: 0.8, alpha: 60, s: 40, beta: 7721 })
    const found = discountedForever(fitted, of([1, 20, 145]), Math.log(1.1))
    expect(found[0]).toBeGreaterThan(0)
    expect(found[0]).toBeLessThan(1)
  })

  test('without a discount it is refused', () => {
    expect(() => discountedForever(cases[0]?.[1] as Fitted, few, 0)).toThrow(RangeError)
  })
})

describe('how many purchases a new customer makes', () => {
  const fitted = { bgnbd: fitOf('bgnbd', truths.bgnbd), mbgnbd: fitOf('mbgnbd', truths.mbgnbd) }
  test.each(['bgnbd', 'mbgnbd'] as const)(
    '%s: adds up to one, to the mean, and to what is drawn',
    (model) => {
      const t = 30
      const all = Array.from({ length: 400 }, (_, n) => countProbability(fitted[model], n, t))
      expect(all.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9)
      expect(all.reduce((sum, each, n) => sum + n * each, 0)).toBeCloseTo(expectedNew(fitted[model], t), 8)
      const random = mulberry32(6)
      const draws = 40_000
      const counts = new Float64Array(6)
      for (let i = 0; i < draws; i++) {
        const n = repeats(model, random, t).length
        if (n < counts.length) counts[n] = (counts[n] as number) + 1
      }
      counts.forEach((count, n) => {
        const p = all[n] as number
        expect(Math.abs(count / draws - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws))
      })
    },
  )
})
