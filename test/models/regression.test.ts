/** Least squares against the certified values of NIST and what R prints. */
import { describe, expect, test } from 'vitest'
import { type Regression, regress } from '../../src/models/regression.ts'
import { longley, mtcars } from './published.ts'

/** Digits in which two numbers agree. */
const digits = (got: number, wanted: number): number => -Math.log10(Math.abs(got - wanted) / Math.abs(wanted))

function fitted(y: Float64Array, columns: readonly Float64Array[]): Regression {
  const found = regress(y, columns)
  if ('refusal' in found) throw new Error(JSON.stringify(found.refusal))
  return found
}

describe('Longley, as certified by NIST (StRD)', () => {
  const { employed, ...predictors } = longley
  const found = fitted(employed, Object.values(predictors))
  const certified = [
    [-3482258.63459582, 890420.383607373],
    [15.0618722713733, 84.9149257747669],
    [-0.035819179292591, 0.0334910077722432],
    [-2.02022980381683, 0.488399681651699],
    [-1.03322686717359, 0.214274163161675],
    [-0.0511041056535807, 0.22607320006937],
    [1829.15146461355, 455.478499142212],
  ] as const

  test.each(certified.map((each, i) => [i, ...each] as const))('B%s', (i, value, error) => {
    const coefficient = found.coefficients[i]
    expect(digits(coefficient?.value as number, value)).toBeGreaterThan(9)
    expect(digits(coefficient?.error as number, error)).toBeGreaterThan(9)
  })

  test('the fit', () => {
    expect(digits(found.sigma, 304.854073561965)).toBeGreaterThan(9)
    expect(digits(found.r2, 0.995479004577296)).toBeGreaterThan(12)
    expect(digits(found.f, 330.285339234588)).toBeGreaterThan(9)
    expect(found.fDegrees).toEqual([6, 9])
  })
})

describe('mtcars, as R prints it', () => {
  const { mpg, wt, hp, disp, drat } = mtcars

  test('summary(lm(mpg ~ wt + hp))', () => {
    const { coefficients, r2, adjustedR2, f, fP, sigma } = fitted(mpg, [wt, hp])
    const told = coefficients.map(({ value, error, t }) => [value.toFixed(5), error.toFixed(5), t.toFixed(3)])
    expect(told).toEqual([
      ['37.22727', '1.59879', '23.285'],
      ['-3.87783', '0.63273', '-6.129'],
      ['-0.03177', '0.00903', '-3.519'],
    ])
    expect([r2.toFixed(4), adjustedR2.toFixed(4), f.toFixed(2), sigma.toFixed(3)]).toEqual([
      '0.8268',
      '0.8148',
      '69.21',
      '2.593',
    ])
    expect(fP.toExponential(3)).toBe('9.109e-12')
    expect(coefficients.map(({ p }) => p.toPrecision(3))).toEqual(['2.57e-20', '0.00000112', '0.00145'])
  })

  test('summary(lm(mpg ~ wt)) and confint', () => {
    const { coefficients, fP } = fitted(mpg, [wt])
    expect(coefficients.map(({ low, high }) => [low.toFixed(6), high.toFixed(6)])).toEqual([
      ['33.450500', '41.119753'],
      ['-6.486308', '-4.202635'],
    ])
    expect(fP.toExponential(3)).toBe('1.294e-10')
  })

  test('car::vif of mpg ~ disp + hp + wt + drat', () => {
    const { coefficients } = fitted(mpg, [disp, hp, wt, drat])
    expect(coefficients.slice(1).map(({ inflation }) => inflation.toFixed(6))).toEqual([
      '8.209402',
      '2.894373',
      '5.096601',
      '2.279547',
    ])
  })

  test('lmtest::bptest of mpg ~ disp + hp, car::durbinWatsonTest of mpg ~ disp + wt', () => {
    const { value, degrees, p } = fitted(mpg, [disp, hp]).checks.breuschPagan
    expect([value.toFixed(4), degrees, p.toFixed(4)]).toEqual(['4.0861', 2, '0.1296'])
    expect(fitted(mpg, [disp, wt]).checks.durbinWatson.toFixed(6)).toBe('1.276569')
  })
})

describe('laws', () => {
  const { mpg, wt, hp } = mtcars

  test('units change coefficients by their factor and nothing else', () => {
    const [plain, other] = [fitted(mpg, [wt, hp]), fitted(mpg, [wt.map((each) => 1e6 * each + 3e8), hp])]
    expect(digits(other.r2, plain.r2)).toBeGreaterThan(9)
    expect(
      digits((other.coefficients[1]?.value as number) * 1e6, plain.coefficients[1]?.value as number),
    ).toBeGreaterThan(9)
  })

  test('residuals are at right angles to every column', () => {
    const { residuals } = fitted(mpg, [wt, hp])
    for (const column of [wt, hp, wt.map(() => 1)])
      expect(
        Math.abs(residuals.reduce((sum, each, i) => sum + each * (column[i] as number), 0)),
      ).toBeLessThan(1e-9)
  })

  test('a residual spread that is that of a coin is Jarque and Bera’s n / 6 x 1', () => {
    // Residuals of -1 and 1 in turn: no skew, a kurtosis of 1, so n / 6 x (0 + 4 / 4).
    const x = Float64Array.from({ length: 400 }, (_, i) => Math.floor(i / 4))
    const y = x.map((each, i) => each + ([1, -1, -1, 1][i % 4] as number))
    expect(fitted(y, [x]).checks.jarqueBera.value).toBeCloseTo(400 / 6, 9)
    expect(fitted(y, [x]).checks.breuschPagan.p).toBeCloseTo(1, 9)
  })

  test('what cannot be told apart is refused', () => {
    const both = wt.map((each, i) => 2 * each - (hp[i] as number))
    expect(regress(mpg, [wt, hp, both])).toEqual({ refusal: { collinear: 2 } })
    expect(regress(mpg, [wt.map(() => 0.1)])).toEqual({ refusal: { collinear: 0 } })
    expect(regress(mpg.slice(0, 3), [wt.slice(0, 3), hp.slice(0, 3)])).toEqual({
      refusal: { rows: 3, needed: 4 },
    })
  })
})
