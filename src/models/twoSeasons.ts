/**
 * Trend and two seasons: each by STL on what the other leaves, in turn (MSTL of Bandara, Hyndman, Bergmeir, "MSTL: a
 * seasonal-trend decomposition algorithm for time series with multiple seasonal patterns", 2021).
 */
import { localTrend, stl, stlSettings } from './stl.ts'

export interface TwoSeasons {
  readonly trend: Float64Array
  readonly short: Float64Array
  readonly long: Float64Array
}

export interface Lengths {
  readonly short: number
  readonly long: number
  /** A long season has few values of each phase: it is drawn smooth through so many neighbours. */
  readonly smooth: number
}

const ROUNDS = 2

/** Throws RangeError for less than two long seasons. */
export function twoSeasons(values: Float64Array, lengths: Lengths): TwoSeasons {
  const { length } = values
  let [trend, short, long] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  // The short season changes no faster than over a long one.
  const slowly = 2 * Math.floor(lengths.long / lengths.short / 2) + 1
  const shortly = { ...stlSettings(lengths.short, length), seasonal: slowly }
  for (let round = 0; round < ROUNDS; round++) {
    short = Float64Array.from(stl(minus(values, long), shortly).seasonal)
    const found = stl(minus(values, short), stlSettings(lengths.long, length))
    trend = Float64Array.from(found.trend)
    long = smoothed(found.seasonal, lengths)
  }
  return { trend, short, long }
}

const minus = (one: Float64Array, other: Float64Array): Float64Array =>
  one.map((value, i) => value - (other[i] as number))

/** Round the season and over its ends: its last phases are neighbours of its first. */
function smoothed(seasonal: Float64Array, { long, smooth }: Lengths): Float64Array<ArrayBuffer> {
  const { length } = seasonal
  const around = Float64Array.from(
    { length: length + 2 * smooth },
    (_, i) => seasonal[within(i - smooth, { length, long })] as number,
  )
  return Float64Array.from(localTrend(around, smooth).subarray(smooth, smooth + length))
}

/** Beyond an end the same phase one season further in stands in. */
function within(at: number, { length, long }: { readonly length: number; readonly long: number }): number {
  if (at < 0) return at + long
  return at >= length ? at - long : at
}
