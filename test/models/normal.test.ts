/** The normal distribution against printed tables, and against itself. */
import { describe, expect, test } from 'vitest'
import { normalAbove, normalQuantileAbove } from '../../src/models/normal.ts'

describe('the normal distribution', () => {
  test.each([
    // Abramowitz and Stegun, table 26.1 and 26.2 (-log10 of the tail: 5: 6.54265, 10: 23.11805).
    [0, 0.5],
    [1, 0.15865525393145705],
    [2, 0.02275013194817921],
    [3, 0.0013498980316300946],
    [-1, 0.8413447460685429],
    [5, 10 ** -6.54265],
    [10, 10 ** -23.11805],
  ])('above %f', (z, p) => {
    expect(normalAbove(z) / p - 1).toBeCloseTo(0, 4)
    if (Math.abs(z) <= 3) expect(normalAbove(z) / p - 1).toBeCloseTo(0, 13)
  })

  test.each([
    // Fisher and Yates, table I.
    [0.025, 1.959963984540054],
    [0.005, 2.5758293035489004],
    [0.5, 0],
  ])('the quantile at %f', (p, z) => {
    expect(normalQuantileAbove(p)).toBeCloseTo(z, 13)
  })

  test('each is the inverse of the other, far into the tail', () => {
    for (let ln = -600; ln < 0; ln += 0.7) {
      const p = Math.exp(ln)
      expect(normalAbove(normalQuantileAbove(p)) / p - 1).toBeCloseTo(0, 11)
      if (p > 1e-3) expect(normalQuantileAbove(1 - p)).toBeCloseTo(-normalQuantileAbove(p), 10)
    }
  })
})
