/** Trend and season, against statsmodels 0.15.0 (`STL`, which is the Fortran of the paper in Cython). */
import { describe, expect, test } from 'vitest'
import { localTrend, stl, stlSettings } from '../../src/models/stl.ts'
import { airPassengers } from './forecast/series.ts'

const logs = airPassengers.map(Math.log)
const settings = { period: 12, seasonal: 11, degree: 1, trend: 21, lowPass: 13 } as const
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

  test('equals statsmodels with a season that stays, STL(y, 12, seasonal=301, seasonal_deg=0, trend=19, robust)', () => {
    const { trend, seasonal } = stl(logs.subarray(0, 30), {
      ...{ period: 12, seasonal: 301, degree: 0, trend: 19, lowPass: 13, inner: 1, outer: 5 },
    })
    expectNear(at(trend, [0, 10, 29]), [4.807108443, 4.859563231, 5.134315111])
    expectNear(at(seasonal, [0, 10, 29]), [-0.09201840689, -0.2415153532, 0.06549277115])
  })

  test('has the windows of R: trend 21 and low pass 13 for twelve months, a season that stays in short series', () => {
    expect(stlSettings(12, 144)).toMatchObject({ seasonal: 11, degree: 1, trend: 21, lowPass: 13 })
    expect(stlSettings(12, 30)).toMatchObject({ seasonal: 301, degree: 0, trend: 19, lowPass: 13 })
  })

  test('wants two periods', () => {
    expect(() => stl(logs.subarray(0, 23), stlSettings(12, 23))).toThrow('at least two periods')
  })
})

describe('what was put in comes out', () => {
  const week = [0.1, -0.2, 0, 0.05, 0.15, -0.05, -0.05]

  test.each([20, 70])('a line and a week, exactly, in %i days', (days) => {
    const values = Float64Array.from({ length: days }, (_, i) => 3 + 0.01 * i + (week[i % 7] as number))
    const { trend, seasonal } = stl(values, stlSettings(7, days))
    for (let i = 0; i < values.length; i++) {
      expect(Math.abs((trend[i] as number) - 3 - 0.01 * i)).toBeLessThan(days === 70 ? 1e-6 : 0.02)
      expect(Math.abs((seasonal[i] as number) - (week[i % 7] as number))).toBeLessThan(
        days === 70 ? 1e-6 : 0.02,
      )
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
