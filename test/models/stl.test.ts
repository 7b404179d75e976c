/** Trend and season, against statsmodels 0.15.0 (`STL`, which is the Fortran of the paper in Cython). */
import { describe, expect, test } from 'vitest'
import { localTrend, mstl, stl, stlSettings } from '../../src/models/stl.ts'
import { airPassengers } from './forecast/series.ts'

const logs = airPassengers.map(Math.log)
const settings = { period: 12, seasonal: 11, trend: 21, lowPass: 13 }
const at = (values: Float64Array, places: readonly number[]) => places.map((place) => values[place] as number)

function expectNear(found: readonly number[], wanted: readonly number[]): void {
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i] as number, 8)
  })
}

describe('stl', () => {
  const places = [0, 1, 50, 100, 143]

  test('equals statsmodels, not robust: STL(log y, 12, seasonal=11, trend=21).fit(2, 0)', () => {
    const { trend, seasonal } = stl(logs, { ...settings, inner: 2, outer: 0 })
    expectNear(at(trend, places), [4.80443531, 4.809844229, 5.386799129, 5.883403418, 6.192016028])
    expectNear(
      at(seasonal, places),
      [-0.09136262555, -0.02156016352, 0.04432242013, -0.004757464099, -0.1246856599],
    )
  })

  test('equals statsmodels, robust: fit(1, 15)', () => {
    const { trend, seasonal } = stl(logs, { ...settings, inner: 1, outer: 15 })
    expectNear(at(trend, places), [4.803838421, 4.809769549, 5.365817502, 5.881790531, 6.190928138])
    expectNear(
      at(seasonal, places),
      [-0.0722546546, -0.03048194398, 0.02494601348, -0.005985274357, -0.1185737999],
    )
  })

  test('equals statsmodels where a window is wider than the series, with an outlier', () => {
    const short = logs.slice(0, 30)
    short[10] = (short[10] as number) + 1
    const robust = stl(short, { ...settings, inner: 1, outer: 15 })
    expectNear(at(robust.trend, [0, 10, 29]), [4.934528635, 4.965763847, 5.061615568])
    expectNear(at(robust.seasonal, [0, 10, 29]), [-0.2164904095, 0.6795582392, 0.1196970864])
    const wide = stl(short, { ...settings, trend: 45, inner: 2, outer: 0 })
    expectNear(at(wide.trend, [0, 10, 29]), [4.92844978, 4.955554676, 5.055658798])
    expectNear(at(wide.seasonal, [0, 10, 29]), [-0.2361687165, 0.6911528867, 0.1205117706])
  })

  test('has the windows of R for twelve months: trend 21, low pass 13', () => {
    expect(stlSettings(12, 11)).toMatchObject({ trend: 21, lowPass: 13 })
  })

  test('wants two periods', () => {
    expect(() => stl(logs.subarray(0, 23), stlSettings(12, 11))).toThrow('at least two periods')
  })
})

describe('seasons that were put in come out', () => {
  const week = [0.1, -0.2, 0, 0.05, 0.15, -0.05, -0.05]

  test('a line and a week, exactly', () => {
    const values = Float64Array.from({ length: 70 }, (_, i) => 3 + 0.01 * i + (week[i % 7] as number))
    const { trend, seasonal } = mstl(values, [7])
    for (let i = 0; i < values.length; i++) {
      expect(trend[i]).toBeCloseTo(3 + 0.01 * i, 6)
      expect(seasonal[0]?.[i]).toBeCloseTo(week[i % 7] as number, 6)
    }
  })

  test('a week within a year', () => {
    const year = (i: number) => 0.3 * Math.sin((2 * Math.PI * i) / 365)
    const values = Float64Array.from({ length: 1100 }, (_, i) => 3 + year(i) + (week[i % 7] as number))
    const { seasonal } = mstl(values, [7, 365])
    for (let i = 100; i < 1000; i++) {
      expect(Math.abs((seasonal[0]?.[i] as number) - (week[i % 7] as number))).toBeLessThan(0.01)
      expect(Math.abs((seasonal[1]?.[i] as number) - year(i))).toBeLessThan(0.03)
    }
  })

  test('a line is its own local trend', () => {
    const line = Float64Array.from({ length: 20 }, (_, i) => 5 - 2 * i)
    localTrend(line, 7).forEach((value, i) => {
      expect(value).toBeCloseTo(5 - 2 * i, 10)
    })
    expect([...localTrend(Float64Array.of(4), 7)]).toEqual([4])
  })
})
