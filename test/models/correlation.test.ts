/** Correlations and comparisons against R, simple-statistics and closed forms. */
import { sampleCorrelation, sampleRankCorrelation, sampleVariance } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { differenceOf, etaSquared, groupsOf, together } from '../../src/models/comparison.ts'
import { averageRanks, cramersV, pairedRows, pearson, spearman } from '../../src/models/correlation.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { hairByEye, mtcars } from './published.ts'

const { mpg, wt, cyl, am } = mtcars

/** One number a row, from a table of counts. */
function rowsOfTable(table: readonly (readonly number[])[]) {
  const cells = table.flatMap((row, x) =>
    row.flatMap((count, y) => Array.from({ length: count }, () => [x, y])),
  )
  return [
    Int32Array.from(cells, ([x]) => x as number),
    Int32Array.from(cells, ([, y]) => y as number),
  ] as const
}

describe('numbers', () => {
  test('cor.test(mtcars$mpg, mtcars$wt)', () => {
    const { value, low, high, p, rows } = pearson(mpg, wt)
    expect([value, low, high].map((each) => each.toFixed(7))).toEqual([
      '-0.8676594',
      '-0.9338264',
      '-0.7440872',
    ])
    expect([p.toExponential(3), rows]).toEqual(['1.294e-10', 32])
  })

  test("cor.test(method = 'spearman', exact = FALSE)", () => {
    const { value, p } = spearman(mpg, wt)
    expect(value.toFixed(6)).toBe('-0.886422')
    expect(p.toExponential(3)).toBe('1.488e-11')
  })

  test('both are those of simple-statistics, with ties and far from zero', () => {
    const random = mulberry32(5)
    const x = Float64Array.from({ length: 500 }, () => 1e6 + Math.round(20 * random()))
    const y = x.map((each) => each / 3 + Math.round(9 * random()))
    expect(pearson(x, y).value).toBeCloseTo(sampleCorrelation([...x], [...y]), 10)
    expect(spearman(x, y).value).toBeCloseTo(sampleRankCorrelation([...x], [...y]), 10)
  })

  test('ranks of equal values are the mean of theirs', () => {
    expect([...averageRanks(Float64Array.of(3, 1, 3, 2, 3))]).toEqual([4, 1, 4, 2, 4])
  })

  test('the interval of Fisher covers the truth in 95 of 100 samples', () => {
    const random = mulberry32(11)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    let [covered, ranksCovered] = [0, 0]
    for (let sample = 0; sample < 2000; sample++) {
      const x = Float64Array.from({ length: 40 }, normal)
      const y = x.map((each) => 0.6 * each + 0.8 * normal())
      const [one, other] = [pearson(x, y), spearman(x, y)]
      if (one.low < 0.6 && 0.6 < one.high) covered++
      // The rank correlation of a normal pair: 6 / pi asin(rho / 2).
      const truth = (6 / Math.PI) * Math.asin(0.3)
      if (other.low < truth && truth < other.high) ranksCovered++
    }
    expect(Math.abs(covered / 2000 - 0.95)).toBeLessThan(0.015)
    expect(Math.abs(ranksCovered / 2000 - 0.95)).toBeLessThan(0.02)
  })

  test('a column that does not vary has none; rows without a value are out', () => {
    expect(
      pearson(
        mpg,
        wt.map(() => 0.1),
      ).value,
    ).toBeNaN()
    const [x, y] = pairedRows(Float64Array.of(1, Number.NaN, 3), Float64Array.of(4, 5, Number.NaN))
    expect([...x, ...y]).toEqual([1, 4])
    expect(pearson(mpg, mpg)).toMatchObject({ value: 1, low: 1, high: 1, p: 0 })
  })
})

describe('categories', () => {
  test('hair and eyes: chisq.test has 138.29 at 9 degrees, p < 2.2e-16; V less its bias', () => {
    const { value, p, rows, low, high } = cramersV(...rowsOfTable(hairByEye))
    // Bergsma (2013): phi squared less (r - 1)(c - 1) / (n - 1), over the lesser of r and c less its own bias.
    const corrected = Math.sqrt((138.2898 / 592 - 9 / 591) / (4 - 9 / 591 - 1))
    expect(value).toBeCloseTo(corrected, 6)
    expect(rows).toBe(592)
    expect(p).toBeLessThan(2.2e-16)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
  })

  test('independent categories: none, and the interval begins at none', () => {
    const { value, low, p } = cramersV(
      ...rowsOfTable([
        [20, 30],
        [40, 60],
      ]),
    )
    expect([value, low, p]).toEqual([0, 0, 1])
  })

  test('the same twice: one', () => {
    expect(
      cramersV(
        ...rowsOfTable([
          [300, 0],
          [0, 200],
        ]),
      ).value,
    ).toBeCloseTo(1, 2)
  })

  test('its interval covers the truth in 95 of 100 samples', () => {
    const random = mulberry32(3)
    // Two coins that agree in 65 of 100: phi = V = 0.3.
    let covered = 0
    for (let sample = 0; sample < 1000; sample++) {
      const x = Int32Array.from({ length: 200 }, () => (random() < 0.5 ? 0 : 1))
      const y = x.map((each) => (random() < 0.65 ? each : 1 - each))
      const { low, high } = cramersV(x, y)
      if (low < 0.3 && 0.3 < high) covered++
    }
    expect(Math.abs(covered / 1000 - 0.95)).toBeLessThan(0.025)
  })
})

describe('groups', () => {
  const [automatic, manual] = groupsOf(mpg, Int32Array.from(am), 2)

  test('t.test(mpg ~ am), after Welch', () => {
    if (!automatic || !manual) throw new Error('two groups')
    expect([automatic.mean.toFixed(5), manual.mean.toFixed(5)]).toEqual(['17.14737', '24.39231'])
    const { value, low, high, p, effect } = differenceOf(automatic, manual)
    expect([low.toFixed(6), high.toFixed(6), p.toFixed(6)]).toEqual(['-11.280194', '-3.209684', '0.001374'])
    expect(value).toBeCloseTo(automatic.mean - manual.mean, 12)
    // effsize::cohen.d has -1.477947; Hedges' factor of 30 degrees is 0.974798 (1 - 3 / 119 nearly).
    expect(effect / -1.477947).toBeCloseTo(1 - 3 / 119, 4)
  })

  test('aov(mpg ~ cyl): 824.8 between, 301.3 within', () => {
    const groups = groupsOf(
      mpg,
      Int32Array.from(cyl, (each) => each / 2 - 2),
      3,
    )
    expect(etaSquared(groups)).toBeCloseTo(824.78 / (824.78 + 301.26), 4)
    expect(together(groups).squares / 31).toBeCloseTo(sampleVariance([...mpg]), 9)
  })

  test('a group of one has a difference and no interval', () => {
    const one = { count: 1, mean: 4, squares: 0 }
    const { value, low, p } = differenceOf(one, { count: 3, mean: 2, squares: 2 })
    expect([value, low, p]).toEqual([2, Number.NaN, Number.NaN])
  })
})
