/** Tails against mpmath at forty digits, against closed forms, and quantiles against published tables. */
import { describe, expect, test } from 'vitest'
import {
  chiSquaredAbove,
  chiSquaredShift,
  fAbove,
  shiftedChiSquaredBelow,
  tOutside,
  tQuantileAbove,
} from '../../src/models/distributions.ts'
import { normalAbove } from '../../src/models/normal.ts'

const near = (got: number, wanted: number, relative = 1e-11) =>
  expect(Math.abs(got - wanted) / wanted).toBeLessThan(relative)

describe('tails are those of mpmath', () => {
  test.each([
    [2, 5, 0.10193947882985836],
    [0.1, 1, 0.9365489651388929],
    [1.5, 30.5, 0.1438957802341746],
    [40, 3, 3.4380680789158526e-5],
    [9.5, 29, 2.0855939924765327e-10],
    [-3, 1000, 0.0027667090442381925],
    [2.5, 1e6, 0.012419489502163246],
  ])('t of %s at %s degrees', (t, degrees, p) => near(tOutside(t, degrees), p))

  test.each([
    [69.21, 2, 29, 9.11096911501968e-12],
    [0.5, 3, 7, 0.6940363875688137],
    [1, 1, 1, 0.5],
    [1.2, 300, 5000, 0.012134289526328227],
    [330.285339234588, 6, 9, 4.98403052872481e-10],
  ])('F of %s at %s and %s', (f, above, below, p) => near(fAbove(f, above, below), p))

  test.each([
    [3.84, 1, 0.050043521248705106],
    [0.5, 9, 0.9999695662588389],
    [138.29, 9, 2.325111844037597e-25],
    [1050, 1000, 0.1324740568214771],
    [900, 1000, 0.9892827619087102],
    [20.5, 2, Math.exp(-10.25)],
  ])('chi-squared of %s at %s', (x, degrees, p) => near(chiSquaredAbove(x, degrees), p))

  test.each([
    [10, 4, 5, 0.6382288595823109],
    [138.29, 9, 100, 0.9178567068511139],
    [1, 2, 30, 1.4748557658235062e-6],
  ])('chi-squared of %s at %s, moved by %s', (x, degrees, shift, p) =>
    near(shiftedChiSquaredBelow(x, degrees, shift), p),
  )
})

describe('laws', () => {
  // A shifted chi-squared of one degree is the square of a normal whose mean is the root of the shift.
  test.each([1, 7, 400, 90_000])('one degree, moved by %s', (shift) => {
    for (const off of [-2, 0, 1.5]) {
      const root = Math.sqrt(shift) + off
      if (root <= 0) continue
      const wanted = normalAbove(-off) - normalAbove(root + Math.sqrt(shift))
      near(shiftedChiSquaredBelow(root * root, 1, shift), wanted, 1e-9)
    }
  })

  test('the shift is the one at which x has so much below', () => {
    const shift = chiSquaredShift(138.29, 9, 0.975)
    near(shiftedChiSquaredBelow(138.29, 9, shift), 0.975, 1e-9)
    expect(chiSquaredShift(3, 9, 0.025)).toBeGreaterThan(0)
    expect(chiSquaredShift(3, 9, 0.975)).toBe(0)
  })

  test('a t of many degrees is normal; its square is an F', () => {
    near(tOutside(2, 1e8), 2 * normalAbove(2), 1e-6)
    near(tOutside(2.3, 17), fAbove(2.3 ** 2, 1, 17))
  })

  test('no value has no tail; the infinite has none left', () => {
    expect(tOutside(Number.NaN, 5)).toBeNaN()
    expect(tOutside(Number.POSITIVE_INFINITY, 5)).toBe(0)
    expect(tOutside(0, 5)).toBe(1)
  })
})

// E.g. Abramowitz and Stegun, table 26.10; NIST/SEMATECH e-Handbook 1.3.6.7.2.
test.each([
  [0.025, 1, 12.706],
  [0.025, 2, 4.303],
  [0.025, 5, 2.571],
  [0.025, 9, 2.262],
  [0.025, 29, 2.045],
  [0.025, 120, 1.98],
  [0.005, 10, 3.169],
  [0.001, 3, 10.215],
])('the published t exceeded by %s at %s degrees is %s', (p, degrees, t) => {
  expect(tQuantileAbove(p, degrees)).toBeCloseTo(t, 3)
  near(tOutside(tQuantileAbove(p, degrees), degrees), 2 * p)
  expect(tQuantileAbove(1 - p, degrees)).toBeCloseTo(-t, 3)
})
