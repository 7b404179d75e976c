import { ckmeans } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { mean, median, quantileSorted, quantiles } from '../../src/models/quantile.ts'
import {
  clusterCuts,
  cutScores,
  distinctQuantileCuts,
  largestTie,
  logCuts,
  percentRankCuts,
  quantileCuts,
  quantilePlusOneCuts,
  rankScores,
  scoreCounts,
} from '../../src/models/scores.ts'

const of = (...values: number[]) => Float64Array.from(values)

/** Numbers that look random and are the same everywhere. */
const mixed = (count: number, most: number) =>
  Float64Array.from({ length: count }, (_, i) => (i * 7919 + i * i * 31) % most)

describe('type-7 quantiles', () => {
  test('the worked example of Hyndman and Fan in R: quantile(c(1, 2, 3, 4, 10), c(.2, .4, .5, .6, .8))', () => {
    const sorted = [1, 2, 3, 4, 10]
    const found = [2, 4, 5, 6, 8].map((k) => quantileSorted(sorted, k, 10))
    expect(found.map((value) => Number(value.toFixed(12)))).toEqual([1.8, 2.6, 3, 3.4, 5.2])
  })

  test('between equal neighbours the cut is their very value', () => {
    for (const value of [0.1, 29.33, 1e-7, 123456.789]) {
      for (let k = 1; k < 10; k++) expect(quantileSorted([value, value, value], k, 10)).toBe(value)
    }
  })

  test('quantiles of values in any order are those of the sorted values, whatever the ties', () => {
    for (const most of [2, 3, 10, 1000, 1e9]) {
      for (let count = 1; count < 60; count++) {
        const values = mixed(count, most)
        const before = values.slice()
        const sorted = values.slice().sort()
        for (const parts of [2, 5, 10]) {
          const expected = Array.from({ length: parts - 1 }, (_, i) => quantileSorted(sorted, i + 1, parts))
          expect(quantiles(values, parts)).toEqual(expected)
        }
        expect(values).toEqual(before)
      }
    }
  })

  test('no values and impossible shares are refused', () => {
    expect(() => quantileSorted([], 1, 2)).toThrow(RangeError)
    expect(() => quantileSorted([1], 3, 2)).toThrow(RangeError)
    expect(() => quantiles(of(), 5)).toThrow(RangeError)
  })

  test('median and mean, of nothing too', () => {
    expect([median(of(3, 1, 2)), median(of(1, 2)), median(of())]).toEqual([2, 1.5, Number.NaN])
    expect([mean([1, 2, 6]), mean([])]).toEqual([3, Number.NaN])
  })
})

describe('cut points', () => {
  test('a value equal to a cut goes to the lower score, or to the higher where the edge says so', () => {
    const values = of(1, 2, 3, 4)
    expect([...cutScores(values, { values: [2, 3], edge: 'lower' })]).toEqual([1, 1, 2, 3])
    expect([...cutScores(values, { values: [2, 3], edge: 'upper' })]).toEqual([1, 2, 3, 3])
    expect([...cutScores(values, { values: [2, 3], edge: 'lower' }, true)]).toEqual([3, 3, 2, 1])
  })

  test("R's rfm adds one and compares with <", () => {
    expect(quantilePlusOneCuts(of(10, 20, 30, 40, 50, 60), 5)).toEqual({
      values: [21, 31, 41, 51],
      edge: 'upper',
    })
  })

  test('pandas.qcut([1, 1, 1, 2, 4, 56], 5, duplicates="drop") has the edges 1, 2, 4, 56', () => {
    expect(distinctQuantileCuts(of(1, 1, 1, 1, 2, 4), 5).values).toEqual([2])
    expect(distinctQuantileCuts(of(7, 7, 7), 5).values).toEqual([])
  })

  test('PERCENTRANK.INC: eight values in four tied pairs top out at 0.857, so nobody has a rank of one', () => {
    const pairs = of(1, 1, 2, 2, 3, 3, 4, 4)
    expect([...cutScores(pairs, percentRankCuts(pairs, 5))]).toEqual([1, 1, 2, 2, 3, 3, 5, 5])
  })

  test('PERCENTRANK.INC equals quantile cuts where three digits are enough', () => {
    const values = mixed(500, 97)
    expect(cutScores(values, percentRankCuts(values, 5))).toEqual(cutScores(values, quantileCuts(values, 5)))
  })

  test('clusters are those of ckmeans, and a tie is never split', () => {
    const values = mixed(300, 40)
    const scores = cutScores(values, clusterCuts(values, 4))
    const clusters = ckmeans(Array.from(values), 4)
    values.forEach((value, i) => {
      expect(clusters[(scores[i] as number) - 1]).toContain(value)
    })
    expect(clusterCuts(of(5, 5, 5), 5).values).toEqual([])
    expect(clusterCuts(of(1, 9), 5).values).toEqual([1])
  })

  test('equal steps on the logarithm', () => {
    expect(logCuts(of(1, 16), 4).values.map((cut) => Number(cut.toFixed(12)))).toEqual([2, 4, 8])
    expect(() => logCuts(of(0, 1), 3)).toThrow(RangeError)
  })
})

describe('ranks', () => {
  test('NTILE(3) of seven rows has groups of 3, 2, 2', () => {
    expect([...rankScores(of(1, 2, 3, 4, 5, 6, 7), 3)]).toEqual([1, 1, 1, 2, 2, 3, 3])
    expect([...rankScores(of(1, 2, 3, 4, 5, 6, 7), 3, true)]).toEqual([3, 3, 3, 2, 2, 1, 1])
  })

  test('ties are split by position', () => {
    expect([...rankScores(of(5, 5, 5, 5), 2)]).toEqual([1, 1, 2, 2])
  })

  test('more groups than rows', () => {
    expect([...rankScores(of(2, 1), 5)]).toEqual([2, 1])
  })
})

describe('every rule', () => {
  const rules = { quantileCuts, distinctQuantileCuts, percentRankCuts, clusterCuts, quantilePlusOneCuts }
  test.each(Object.entries(rules))('%s leaves its input as it is, rises, and repeats itself', (_, rule) => {
    const values = mixed(400, 1000)
    const before = values.slice()
    const cuts = rule(values, 5)
    expect(values).toEqual(before)
    expect(cuts).toEqual(rule(values, 5))
    expect(JSON.parse(JSON.stringify(cuts))).toEqual(cuts)
    expect([...cuts.values].sort((a, b) => a - b)).toEqual([...cuts.values])
    expect(scoreCounts(cutScores(values, cuts), 5).reduce((sum, count) => sum + count, 0)).toBe(400)
  })

  test('one customer, or all alike, is scored without a crash', () => {
    for (const rule of Object.values(rules)) {
      for (const values of [of(3), of(4, 4, 4)]) {
        expect(new Set(cutScores(values, rule(values, 5))).size).toBe(1)
      }
    }
  })

  test('the largest tie', () => {
    expect(largestTie(of(2, 1, 2, 3, 2))).toEqual({ value: 2, count: 3 })
  })
})
