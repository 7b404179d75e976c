/** What must hold of every model whatever the data: derivatives, ranges, monotony, and the hard cases. */
import { describe, expect, test } from 'vitest'
import { CustError } from '../../../src/core/errors.ts'
import { bgbbLikelihood } from '../../../src/models/clv/bgbb.ts'
import { bgExpected, bgLikelihood, bgSilent } from '../../../src/models/clv/bgnbd.ts'
import { cnbdExpected, cnbdLikelihood, cnbdSilent } from '../../../src/models/clv/cnbd.ts'
import { fitSpend, spendLikelihood } from '../../../src/models/clv/gammagamma.ts'
import { collapse, type Histories } from '../../../src/models/clv/histories.ts'
import {
  alive,
  discounted,
  expected,
  expectedNew,
  type Fitted,
  fitModel,
  type ModelName,
  modelNames,
  silent,
} from '../../../src/models/clv/model.ts'
import type { Slope } from '../../../src/models/clv/newton.ts'
import { paretoAlive, paretoExpected, paretoLikelihood } from '../../../src/models/clv/paretonbd.ts'
import { digamma, gaussLegendre, lnGamma, trigamma } from '../../../src/models/clv/special.ts'
import { around, delta, estimates, resampled } from '../../../src/models/clv/uncertainty.ts'
import { mulberry32 } from '../../../src/models/random.ts'
import { gammaOf } from './draws.ts'
import { rowsOf as of } from './rows.ts'
import { opportunities, simulated } from './simulated.ts'

const some = of([0, 0, 30], [1, 4, 30], [2, 20, 39], [7, 38, 39], [26, 30.9, 31], [3, 12, 12], [0, 0, 5])
const discrete = of([0, 0, 6], [1, 1, 6], [1, 5, 6], [3, 4, 6], [6, 6, 6], [2, 6, 6], [4, 5, 6])

describe('special functions', () => {
  test.each([
    // Abramowitz and Stegun, tables 6.1 and 6.2; digamma(1) is minus Euler's constant.
    [1, 0, -0.5772156649015329, 1.6449340668482264],
    [0.5, 0.5723649429247001, -1.9635100260214235, 4.934802200544679],
    [1.5, -0.12078223763524522, 0.03648997397857652, 0.9348022005446793],
    [10, 12.801827480081469, 2.251752589066721, 0.10516633568168575],
    [1e-3, 6.907178885383854, -1000.5755719318103, 1000001.6425331958],
    [1000, 5905.220423209181, 6.907255195648812, 0.0010005001666666335],
  ])('at %f', (x, gamma, first, second) => {
    expect(lnGamma(x)).toBeCloseTo(gamma, 9)
    expect(digamma(x) / first - 1).toBeCloseTo(0, 12)
    expect(trigamma(x) / second - 1).toBeCloseTo(0, 12)
  })

  test('n nodes integrate every power up to 2n - 1', () => {
    for (const n of [1, 2, 8, 24]) {
      const { nodes, weights } = gaussLegendre(n)
      for (let power = 0; power < 2 * n; power++) {
        const found = nodes.reduce((sum, node, i) => sum + (weights[i] as number) * node ** power, 0)
        expect(found * (power + 1)).toBeCloseTo(1, 12)
      }
    }
  })
})

describe('exact derivatives are those of finite differences', () => {
  const spend = { x: Float64Array.of(1, 2, 5, 1), m: Float64Array.of(20, 35.5, 12, 80) }
  const cases: readonly (readonly [string, (parameters: readonly number[]) => Slope, readonly number[]])[] = [
    ['bgnbd', bgLikelihood(some, 0), [0.3, 4.2, 0.8, 2.4]],
    ['mbgnbd', bgLikelihood(some, 1), [0.5, 6.2, 0.9, 1.6]],
    ['pareto, alpha below beta', paretoLikelihood(some), [0.55, 6, 0.6, 11.7]],
    ['pareto, alpha above beta', paretoLikelihood(some), [0.55, 20, 1.6, 3]],
    ['cnbd, k = 1', cnbdLikelihood(some, 1), [0.5, 6.2, 0.9, 1.6]],
    ['cnbd, k = 3', cnbdLikelihood(some, 3), [0.5, 2.2, 0.9, 1.6]],
    ['bgbb', bgbbLikelihood(discrete), [1.2, 0.75, 0.66, 2.8]],
    ['gamma-gamma', spendLikelihood(spend), [6.2, 3.7, 15]],
  ]
  test.each(cases)('%s', (_, slopeAt, parameters) => {
    const { gradient, hessian } = slopeAt(parameters)
    const size = parameters.length
    parameters.forEach((value, i) => {
      const step = 1e-5 * value
      const moved = (by: number) => slopeAt(parameters.map((each, j) => (i === j ? each + by : each)))
      const [up, down] = [moved(step), moved(-step)]
      expect((up.value - down.value) / (2 * step)).toBeCloseTo(gradient[i] as number, 4)
      for (let j = 0; j < size; j++) {
        const curve = ((up.gradient[j] as number) - (down.gradient[j] as number)) / (2 * step)
        expect(curve).toBeCloseTo(hessian[size * i + j] as number, 4)
        expect(hessian[size * i + j]).toBeCloseTo(hessian[size * j + i] as number, 10)
      }
    })
  })
})

// Far ahead and for customers who are all alike the mean over p takes the place of the series.
test.each([
  { r: 0.52, alpha: 1.8, a: 0.9, b: 1.6 },
  { r: 0.52, alpha: 0.2, a: 0.05, b: 0.6 },
  { r: 1.5, alpha: 4, a: 400, b: 2000 },
  { r: 1.5, alpha: 4, a: 8e4, b: 4e5 },
])('MBG/CNBD-1 is MBG/NBD, though its sums are not hypergeometric: %o', (parameters) => {
  for (const t of [0.5, 39, 400]) {
    const [series, sums] = [bgExpected(parameters, 1, some, t), cnbdExpected(parameters, 1, some, t)]
    series.forEach((value, row) => {
      expect(value / (sums[row] as number)).toBeCloseTo(1, 8)
    })
    const none = bgSilent(parameters, 1, some, t)
    cnbdSilent(parameters, 1, some, t).forEach((value, row) => {
      expect(value).toBeCloseTo(none[row] as number, 10)
    })
  }
})

const cohort = simulated('bgnbd', { seed: 5, customers: 400, weeks: 60 })
const donors = opportunities({ seed: 6, customers: 600 })
const cohortOf = (model: ModelName): Histories => (model === 'bgbb' ? donors : cohort)
const fits = new Map<ModelName, Fitted>()
const fitOf = (model: ModelName): Fitted => {
  const known = fits.get(model) ?? fitModel(model, cohortOf(model))
  fits.set(model, known)
  return known
}

describe.each(modelNames)('%s', (model) => {
  const ofTime = model === 'bgbb' ? [1, 2, 4, 8] : [0.5, 4, 26, 104]

  test('is a plain object that survives JSON', () => {
    const fitted = fitOf(model)
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted)
  })

  test('leaves what it is given as it is, and says the same again', () => {
    const histories = cohortOf(model)
    const before = JSON.stringify(histories)
    expect(fitModel(model, histories)).toEqual(fitOf(model))
    expect(JSON.stringify(histories)).toBe(before)
  })

  test('does not depend on the order of customers, nor on equal ones being joined', () => {
    const histories = cohortOf(model)
    const turned = (values: Float64Array | undefined) => values?.slice().reverse() as Float64Array
    const { x, tx, T, logGaps } = histories
    const other = fitModel(model, {
      x: turned(x),
      tx: turned(tx),
      T: turned(T),
      ...(logGaps ? { logGaps: turned(logGaps) } : {}),
    })
    const joined = fitModel(model, collapse(histories).patterns)
    for (const [name, value] of Object.entries(fitOf(model).parameters)) {
      expect((other.parameters[name] as number) / value).toBeCloseTo(1, 6)
      expect((joined.parameters[name] as number) / value).toBeCloseTo(1, 6)
    }
  })

  test('alive is a probability, and so is silence; expected orders rise with the horizon', () => {
    const fitted = fitOf(model)
    const histories = cohortOf(model)
    for (const p of alive(fitted, histories)) expect(p >= 0 && p <= 1).toBe(true)
    let before = new Float64Array(histories.x.length)
    let quiet = new Float64Array(histories.x.length).fill(1)
    for (const t of ofTime) {
      const [orders, none] = [expected(fitted, histories, t), silent(fitted, histories, t)]
      orders.forEach((value, row) => {
        expect(value).toBeGreaterThan(before[row] as number)
        expect(none[row]).toBeLessThanOrEqual((quiet[row] as number) + 1e-12)
        // Whoever buys at all buys once: P(some) is at most the mean.
        expect(1 - (none[row] as number)).toBeLessThanOrEqual(value + 1e-9)
      })
      ;[before, quiet] = [new Float64Array(orders), new Float64Array(none)]
    }
    expect(expectedNew(fitted, ofTime[1] as number)).toBeGreaterThan(0)
  })

  test('alive falls with silence', () => {
    const fitted = fitOf(model)
    const silence =
      model === 'bgbb' ? of([2, 2, 2], [2, 2, 4], [2, 2, 6]) : of([2, 9, 9], [2, 9, 20], [2, 9, 50])
    const [now, later, late] = alive(fitted, silence)
    expect(now).toBeGreaterThan(later as number)
    expect(later).toBeGreaterThan(late as number)
  })

  test('a discount takes something off, and none takes nothing', () => {
    const [fitted, histories] = [fitOf(model), cohortOf(model)]
    const horizon = ofTime[2] as number
    const full = expected(fitted, histories, horizon)
    expect(discounted(fitted, histories, { rate: 0, horizon })).toEqual(full)
    discounted(fitted, histories, { rate: 0.01, horizon }).forEach((value, row) => {
      expect(value).toBeLessThan(full[row] as number)
      expect(value).toBeGreaterThan((full[row] as number) * Math.exp(-0.01 * horizon))
    })
  })
})

describe('uncertainty', () => {
  test('the error of a total is that of the sum, weights and all', () => {
    const { patterns } = collapse(cohort)
    const fitted = fitModel('bgnbd', patterns)
    const one = delta(fitted, (moved) => expected(moved, patterns, 26), patterns.weight)
    const all = delta(fitted, (moved) =>
      Float64Array.of(expected(moved, cohort, 26).reduce((a, b) => a + b, 0)),
    )
    expect(one.ofTotal / (all.standardErrors[0] as number)).toBeCloseTo(1, 6)
  })

  test('resampling spreads as the standard errors say, and is the same again for a seed', () => {
    const { patterns } = collapse(cohort)
    const fitted = fitModel('mbgnbd', patterns)
    const draws = resampled('mbgnbd', patterns, { times: 60, seed: 3 }).map(
      ({ parameters }) => parameters['r'] as number,
    )
    const mean = draws.reduce((sum, each) => sum + each, 0) / draws.length
    const spread = Math.sqrt(draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (draws.length - 1))
    const error = estimates(fitted)[0]?.standardError as number
    expect(spread / error).toBeGreaterThan(0.6)
    expect(spread / error).toBeLessThan(1.7)
    const again = resampled('mbgnbd', patterns, { times: 2, seed: 3 }).map(
      ({ parameters }) => parameters['r'],
    )
    expect(again).toEqual(draws.slice(0, 2))
  })

  test('intervals of what is positive are positive', () => {
    expect(around(2, 5).low).toBeGreaterThan(0)
    expect(around(0, 0)).toEqual({ low: 0, high: 0 })
  })
})

describe('hard cases', () => {
  const finite = (values: Float64Array) => values.every(Number.isFinite)

  test('many purchases, long times, heterogeneity of any kind', () => {
    const random = mulberry32(9)
    for (let round = 0; round < 400; round++) {
      const x = Math.floor(500 * random() ** 3)
      const T = 20_000 * random() ** 2 + 1e-3
      const histories = of([x, x === 0 ? 0 : T * random(), T])
      const by = () => 10 ** (8 * random() - 3)
      const [r, alpha, s, beta] = [by() / 1e3 + 1e-3, by(), by() / 1e3 + 1e-3, by()]
      const t = 1000 * random()
      const bg = { r, alpha, a: s, b: by() / 1e3 + 1e-3 }
      expect(finite(bgExpected(bg, 0, histories, t)), JSON.stringify([bg, histories, t])).toBe(true)
      expect(finite(bgExpected(bg, 1, histories, t))).toBe(true)
      const pareto = { r, alpha, s, beta }
      expect(finite(paretoExpected(pareto, histories, t)), JSON.stringify([pareto, histories, t])).toBe(true)
      const [p = -1] = paretoAlive(pareto, histories)
      expect(p >= 0 && p <= 1).toBe(true)
    }
  })

  test('nobody bought again, one customer, all on one day', () => {
    const refused = (histories: Histories) => {
      try {
        fitModel('bgnbd', histories)
      } catch (error) {
        return error instanceof CustError ? `${error.kind}: ${error.message}` : error
      }
      return 'fitted'
    }
    expect(refused(of([0, 0, 5], [0, 0, 9]))).toMatch(/^model: none of 2 customers bought on a second day/)
    expect(refused(of([0, 0, 5]))).toMatch(/^model: the only customer did not buy/)
    expect(refused(of([0, 0, 0], [0, 0, 0]))).toMatch(/^model: none of 2/)
  })

  test.each(modelNames)('%s of a few customers says that it is at a bound, and predicts', (model) => {
    const few = model === 'bgbb' ? of([1, 1, 2], [0, 0, 2]) : of([1, 3, 8], [0, 0, 7], [2, 6, 7])
    const fitted = fitModel(model, few)
    expect(fitted.notes.join()).toMatch(/without bound|flat at its maximum/)
    expect(fitted.covariance).toBeNull()
    expect(finite(expected(fitted, few, 10))).toBe(true)
    expect(finite(alive(fitted, few))).toBe(true)
  })

  test('spend of customers who all pay the same', () => {
    const same = { x: Float64Array.of(1, 2, 3, 4), m: Float64Array.of(10, 10, 10, 10) }
    expect(fitSpend(same).parameters.every(Number.isFinite)).toBe(true)
  })
})

describe('the search for a maximum', () => {
  test('ends where rounding hides whether the likelihood rises', () => {
    const random = mulberry32(7)
    const histories = simulated('pareto', { seed: 7, customers: 100_000, weeks: 104 })
    const x = histories.x.filter((each) => each > 0)
    const m = x.map((each) => gammaOf(random, 6 * each, each * gammaOf(random, 4, 15)))
    const { iterations, parameters } = fitSpend({ x, m })
    expect(iterations).toBeLessThan(20)
    ;[6, 4, 15].forEach((truth, i) => {
      expect(Math.abs((parameters[i] as number) / truth - 1)).toBeLessThan(0.15)
    })
  })
})
