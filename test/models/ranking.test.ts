/** Measures of ranking and calibration against printed examples and counting by hand. */
import { describe, expect, test } from 'vitest'
import { mulberry32 } from '../../src/models/random.ts'
import { brierOf, calibrationError, rankingOf, tenthsOf } from '../../src/models/ranking.ts'

describe('ranking', () => {
  test('is what the manual of scikit-learn prints', () => {
    const { auc, averagePrecision } = rankingOf(
      Float64Array.of(0.1, 0.4, 0.35, 0.8),
      Uint8Array.of(0, 0, 1, 1),
    )
    expect(auc).toBe(0.75)
    expect(averagePrecision).toBeCloseTo(0.8333333333, 10)
    expect(brierOf(Float64Array.of(0.1, 0.9, 0.8, 0.3), Uint8Array.of(0, 1, 1, 0))).toBeCloseTo(0.0375, 12)
  })

  test('is what counting pairs gives, ties half, in any order of the rows', () => {
    const random = mulberry32(3)
    for (let round = 0; round < 50; round++) {
      const n = 2 + Math.floor(40 * random())
      const score = Float64Array.from({ length: n }, () => Math.floor(8 * random()))
      const outcome = Uint8Array.from({ length: n }, () => Number(random() < 0.4))
      outcome[0] = 1
      outcome[1] = 0
      const rows = [...score.keys()]
      const [ones, zeros] = [
        rows.filter((row) => outcome[row] === 1),
        rows.filter((row) => outcome[row] === 0),
      ]
      const wins = ones.flatMap((one) =>
        zeros.map((zero) => 0.5 * (1 + Math.sign((score[one] as number) - (score[zero] as number)))),
      )
      const auc = wins.reduce((sum, each) => sum + each, 0) / wins.length
      // The precision at each score, weighted by the recall that it adds.
      const precision = ones.reduce((sum, one) => {
        const above = rows.filter((row) => (score[row] as number) >= (score[one] as number))
        return sum + above.filter((row) => outcome[row] === 1).length / above.length / ones.length
      }, 0)
      const found = rankingOf(score, outcome)
      expect(found.auc).toBeCloseTo(auc, 12)
      expect(found.averagePrecision).toBeCloseTo(precision, 12)
      expect(rankingOf(score.slice().reverse(), outcome.slice().reverse())).toEqual(found)
    }
  })

  test('tenths hold every row once, and a true probability is calibrated', () => {
    const random = mulberry32(9)
    const probability = Float64Array.from({ length: 20_003 }, () => random())
    const outcome = Uint8Array.from(probability, (p) => Number(random() < p))
    const tenths = tenthsOf(probability, outcome)
    expect(tenths.reduce((sum, { customers }) => sum + customers, 0)).toBe(20_003)
    expect(tenths.map(({ predicted }) => Math.floor(10 * predicted))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(calibrationError(tenths)).toBeLessThan(0.02)
    const wrong = tenthsOf(
      probability.map((p) => p / 2),
      outcome,
    )
    expect(calibrationError(wrong)).toBeCloseTo(0.25, 1)
  })
})
