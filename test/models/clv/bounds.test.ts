/** Optima at a bound: recognised and told, they predict all the same; and models that cannot be fitted at all. */
import { describe, expect, test } from 'vitest'
import { CustError } from '../../../src/core/errors.ts'
import { fitEach, joining, likeliest } from '../../../src/models/clv/customers.ts'
import { expected, fitModel, type ModelName } from '../../../src/models/clv/model.ts'
import { mulberry32, type Random } from '../../../src/models/random.ts'
import { betaOf, exponentialOf, gammaOf } from './draws.ts'
import { rowsOf } from './rows.ts'
import { simulated } from './simulated.ts'

/** Times up to a year of customers who all leave at one rate. */
function leavingAlike(random: Random): [x: number, tx: number, T: number] {
  const T = 26 + 26 * random()
  const [lambda, leaves] = [gammaOf(random, 0.6, 6), Math.min(T, exponentialOf(random, 0.05))]
  let [x, tx] = [0, 0]
  for (let t = exponentialOf(random, lambda); t < leaves; t += exponentialOf(random, lambda))
    [x, tx] = [x + 1, t]
  return [x, tx, T]
}

/** Twelve opportunities of customers of whom a tenth leaves before each. */
function leavingInTurn(random: Random): [x: number, tx: number, T: number] {
  const buys = betaOf(random, 1.2, 2)
  let [x, tx] = [0, 0]
  for (let at = 1; at <= 12 && random() >= 0.1; at++) if (random() < buys) [x, tx] = [x + 1, at]
  return [x, tx, 12]
}

describe('one rate of leaving for all: its two parameters grow together', () => {
  test.each([
    ['pareto', leavingAlike, ['s', 'beta']],
    ['bgbb', leavingInTurn, ['gamma', 'delta']],
  ] as const)('%s says so and predicts as the limit does', (model, draw, names) => {
    let found = 0
    for (let seed = 1; seed <= 12; seed++) {
      const random = mulberry32(seed)
      const histories = rowsOf(...Array.from({ length: 600 }, () => draw(random)))
      const fitted = fitModel(model, histories)
      if (fitted.covariance) continue
      found++
      expect(fitted.notes.join()).toContain(`in ${names.join(' and ')}, which grow or shrink without bound`)
      const farther = { ...fitted.parameters }
      for (const name of names) farther[name] = 10 * (farther[name] as number)
      const [here, there] = [fitted, { ...fitted, parameters: farther }].map((each) =>
        expected(each, histories, 26),
      )
      const ratios = here?.map((value, row) => (there?.[row] as number) / value) ?? []
      expect(Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)))).toBeLessThan(0.005)
    }
    expect(found).toBeGreaterThan(2)
  })
})

test.each(['bgnbd', 'mbgnbd', 'pareto'] as const)(
  'all buy at one rate and nobody leaves: %s predicts the same in days and in weeks',
  (model) => {
    const random = mulberry32(3)
    const weeks = rowsOf(
      ...Array.from({ length: 160 }, (): [number, number, number] => {
        const T = Math.ceil(7 * (20 + 60 * random())) / 7
        let [x, tx] = [0, 0]
        for (let t = exponentialOf(random, 0.03); t < T; t += exponentialOf(random, 0.03))
          [x, tx] = [x + 1, Math.ceil(7 * t) / 7]
        return [x, Math.min(tx, T), T]
      }),
    )
    const days = { ...weeks, tx: weeks.tx.map((each) => 7 * each), T: weeks.T.map((each) => 7 * each) }
    const [byWeek, byDay] = [fitModel(model, weeks), fitModel(model, days)]
    expect(byWeek.covariance).toBeNull()
    const purchases = weeks.x.reduce((sum, x) => sum + x, 0)
    expect(byDay.logLikelihood + purchases * Math.log(7)).toBeCloseTo(byWeek.logLikelihood, 6)
    const [inWeeks, inDays] = [expected(byWeek, weeks, 26), expected(byDay, days, 182)]
    inWeeks.forEach((orders, row) => {
      expect((inDays[row] as number) / orders).toBeCloseTo(1, 5)
    })
    // All together go on as they did.
    const rate = purchases / weeks.T.reduce((sum, T) => sum + T, 0)
    expect(inWeeks.reduce((sum, orders) => sum + orders, 0) / (26 * rate * inWeeks.length)).toBeCloseTo(1, 1)
  },
)

describe('models of which one cannot be fitted', () => {
  const { logGaps, ...times } = simulated('mbgnbd', { seed: 1, customers: 200, weeks: 52 })
  const seen = joining(times, () => logGaps as Float64Array)
  const broken = (model: ModelName) => {
    if (model === 'pareto') throw new CustError('model', 'it cannot be fitted')
    return seen(model)
  }

  test('the others are, and it is known why', () => {
    const { fits, failures } = fitEach(['bgnbd', 'pareto', 'mbgnbd'], broken)
    expect(fits.map(({ model }) => model)).toEqual(['bgnbd', 'mbgnbd'])
    expect(failures.map(({ model, why }) => [model, why.message])).toEqual([
      ['pareto', 'it cannot be fitted'],
    ])
    expect(likeliest(['pareto', 'mbgnbd'], broken).fitted.model).toBe('mbgnbd')
  })

  test('where there is no other it is an error, and so is any other trouble', () => {
    expect(() => likeliest(['pareto'], broken)).toThrow('it cannot be fitted')
    const defect = () => {
      throw new TypeError('a defect')
    }
    expect(() => fitEach(['pareto'], defect)).toThrow(TypeError)
  })
})
