/** Two groups and several: how far means lie apart, and how far for the spread within. */
import { lnGamma } from './clv/special.ts'
import { tOutside, tQuantileAbove } from './distributions.ts'

export interface Group {
  readonly count: number
  readonly mean: number
  /** Squared distances to the mean, added up. */
  readonly squares: number
}

export interface Difference {
  readonly value: number
  /** 95 %, after Welch (1947): the spreads need not be equal. */
  readonly low: number
  readonly high: number
  readonly p: number
  /** Standard deviations apart, with the correction for small groups (Hedges 1981). */
  readonly effect: number
}

/** How much greater the mean of one is than that of another. */
export function differenceOf(one: Group, other: Group): Difference {
  const value = one.mean - other.mean
  const [a, b] = [squaredError(one), squaredError(other)]
  const error = Math.sqrt(a + b)
  const degrees = (a + b) ** 2 / (a ** 2 / (one.count - 1) + b ** 2 / (other.count - 1))
  if (!(degrees > 0)) {
    const nan = Number.NaN
    return { value, low: nan, high: nan, p: nan, effect: hedgesG(one, other) }
  }
  const reach = tQuantileAbove(0.025, degrees) * error
  return {
    value,
    low: value - reach,
    high: value + reach,
    p: tOutside(value / error, degrees),
    effect: hedgesG(one, other),
  }
}

/** NaN for a group of one. */
const squaredError = ({ count, squares }: Group): number =>
  count > 1 ? squares / (count - 1) / count : Number.NaN

function hedgesG(one: Group, other: Group): number {
  const degrees = one.count + other.count - 2
  const pooled = Math.sqrt((one.squares + other.squares) / degrees)
  if (!(pooled > 0)) return Number.NaN
  return ((one.mean - other.mean) / pooled) * smallSample(degrees)
}

/** Where logarithms of gammas would cancel, his approximation is exact to twelve digits. */
const MANY = 1e5

function smallSample(degrees: number): number {
  if (degrees < 2) return Number.NaN
  if (degrees > MANY) return 1 - 3 / (4 * degrees - 1)
  return Math.exp(lnGamma(degrees / 2) - lnGamma((degrees - 1) / 2)) / Math.sqrt(degrees / 2)
}

/** All groups as one. */
export function together(groups: readonly Group[]): Group {
  const count = groups.reduce((sum, each) => sum + each.count, 0)
  const mean = groups.reduce((sum, each) => sum + each.count * each.mean, 0) / count
  const squares = groups.reduce((sum, each) => sum + each.squares + each.count * (each.mean - mean) ** 2, 0)
  return { count, mean, squares }
}

/** The share of all spread that lies between the groups. */
export function etaSquared(groups: readonly Group[]): number {
  const within = groups.reduce((sum, each) => sum + each.squares, 0)
  return 1 - within / together(groups).squares
}

/** The values of each group; `group` numbers them from 0 up, -1 for none. NaN is no value. */
export function groupsOf(values: Float64Array, group: Int32Array, groups: number): Group[] {
  const [count, sum, squares] = [new Float64Array(groups), new Float64Array(groups), new Float64Array(groups)]
  const each = (of: (at: number, value: number) => void) => {
    for (let i = 0; i < values.length; i++) {
      const [at, value] = [group[i] as number, values[i] as number]
      if (at >= 0 && !Number.isNaN(value)) of(at, value)
    }
  }
  each((at, value) => {
    count[at] = (count[at] as number) + 1
    sum[at] = (sum[at] as number) + value
  })
  const mean = sum.map((total, at) => total / (count[at] as number))
  each((at, value) => {
    squares[at] = (squares[at] as number) + (value - (mean[at] as number)) ** 2
  })
  return Array.from(count, (size, at) => ({
    count: size,
    mean: mean[at] as number,
    squares: squares[at] as number,
  }))
}
