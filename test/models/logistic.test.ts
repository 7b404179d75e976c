/** Logistic regression against a fit that R prints, its own likelihood, and known truth. */
import { describe, expect, test } from 'vitest'
import { CustError } from '../../src/core/errors.ts'
import { fitLogistic, predictLogistic, probabilitiesOf } from '../../src/models/logistic.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { normalOf } from './clv/draws.ts'

// Henderson and Velleman (1981): weight of 32 cars, and whether they have a manual gearbox.
const weight = Float64Array.of(
  ...[2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424],
  ...[5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78],
)
const manual = Uint8Array.from('11100000000000000111000001111111', Number)

describe('logistic regression', () => {
  test('without a ridge, is what R prints of glm(am ~ wt, binomial, mtcars)', () => {
    const { means, deviations, weights, covariance } = fitLogistic([weight], manual, 0)
    const [mean, deviation] = [means[0] as number, deviations[0] as number]
    const [b0, b1] = weights as [number, number]
    const slope = b1 / deviation
    expect(slope).toBeCloseTo(-4.024, 3)
    expect(b0 - slope * mean).toBeCloseTo(12.04, 3)
    // R takes the weights of the last step but one: its errors are the same to a thousandth.
    expect(Math.abs(Math.sqrt(covariance[1]?.[1] as number) / deviation - 1.436)).toBeLessThan(0.002)
    const [v0, v01, v1] = [covariance[0]?.[0], covariance[0]?.[1], covariance[1]?.[1]] as [
      number,
      number,
      number,
    ]
    const k = mean / deviation
    expect(Math.abs(Math.sqrt(v0 - 2 * k * v01 + k * k * v1) - 4.51)).toBeLessThan(0.002)
  })

  test('no other weights have a higher penalised likelihood', () => {
    const { means, deviations, weights } = fitLogistic([weight], manual)
    const value = ([b0, b1]: readonly number[]) =>
      manual.reduce(
        (sum, y, row) => {
          const z =
            (b0 as number) +
            ((b1 as number) * ((weight[row] as number) - (means[0] as number))) / (deviations[0] as number)
          return sum + (y ? z : 0) - Math.log1p(Math.exp(z))
        },
        -((b1 as number) ** 2) / 2,
      )
    const best = value(weights)
    for (const [i, by] of [
      [0, 1e-3],
      [0, -1e-3],
      [1, 1e-3],
      [1, -1e-3],
    ] as const) {
      expect(value(weights.map((each, j) => (i === j ? each + by : each)))).toBeLessThan(best)
    }
  })

  test('finds the truth: intervals of 95 % hold it in 90 to 99 of 100 draws', () => {
    const truth = [-0.5, 1, -0.7]
    let inside = 0
    for (let seed = 1; seed <= 100; seed++) {
      const random = mulberry32(seed)
      const columns = [0, 1].map(() => Float64Array.from({ length: 500 }, () => normalOf(random)))
      const outcome = Uint8Array.from({ length: 500 }, (_, row) => {
        const z = columns.reduce(
          (sum, column, i) => sum + (truth[i + 1] as number) * (column[row] as number),
          truth[0] as number,
        )
        return random() < 1 / (1 + Math.exp(-z)) ? 1 : 0
      })
      const fitted = fitLogistic(columns, outcome, 1e-6)
      const { logit, error } = predictLogistic(fitted, [Float64Array.of(1), Float64Array.of(1)])
      const real = truth.reduce((sum, each) => sum + each, 0)
      inside += Number(Math.abs((logit[0] as number) - real) < 1.96 * (error[0] as number))
    }
    expect(inside).toBeGreaterThanOrEqual(90)
    expect(inside).toBeLessThanOrEqual(99)
  })

  test('outcomes that a column separates give finite weights, by the ridge', () => {
    const x = Float64Array.from({ length: 40 }, (_, row) => row)
    const { weights } = fitLogistic(
      [x, new Float64Array(40).fill(3)],
      Uint8Array.from(x, (each) => Number(each >= 20)),
    )
    expect(weights.every(Number.isFinite)).toBe(true)
    expect(weights[1]).toBeGreaterThan(2)
    expect(weights[2]).toBeCloseTo(0, 12)
  })

  test('a full step that leaps over the maximum is halved: few rows differ, by far', () => {
    for (const [rows, few] of [
      [200, 4],
      [528, 3],
    ] as const) {
      const x = Float64Array.from({ length: rows }, (_, row) => Number(row < few))
      const outcome = Uint8Array.from(x, (own, row) => Number(own === 1 ? row === 0 : row % 8 > 0))
      const fitted = fitLogistic([x], outcome)
      const expected = probabilitiesOf(predictLogistic(fitted, [x]).logit)
      const sum = (values: Iterable<number>) => [...values].reduce((all, each) => all + each, 0)
      // The intercept is free, so that as many are expected as there are.
      expect(sum(expected)).toBeCloseTo(sum(outcome), 6)
    }
  })

  test('one outcome only is refused', () => {
    expect(() => fitLogistic([weight], new Uint8Array(32))).toThrow(CustError)
  })
})
