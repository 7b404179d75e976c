/**
 * Trend and season of a series: STL (Cleveland, Cleveland, McRae, Terpenning, "STL: a seasonal-trend decomposition
 * procedure based on loess", Journal of Official Statistics 6, 1990).
 */

/** Lengths of the smoothers, n(s), n(t) and n(l) of the paper, and its loops n(i) and n(o). */
export interface StlSettings {
  readonly period: number
  readonly seasonal: number
  /** Local lines, or local means, through the same phase of every period. */
  readonly degree: 0 | 1
  readonly trend: number
  readonly lowPass: number
  readonly inner: number
  readonly outer: number
}

export interface Decomposition {
  readonly trend: Float64Array
  readonly seasonal: Float64Array
}

const nextOdd = (value: number): number => 2 * Math.floor(Math.ceil(value) / 2) + 1

/** Periods from which on a season may be seen to change; with fewer a line through its phases would follow noise. */
const CHANGES_FROM = 7
/** Bandara, Hyndman, Bergmeir (2021) take it for a first season, R's mstl does. */
const SEASONAL_WINDOW = 11

/** Settings as the paper has them (section 3), with robust loops: one odd period does not bend the season. */
export function stlSettings(period: number, length: number): StlSettings {
  const changes = length >= CHANGES_FROM * period
  // As R's s.window = "periodic".
  const seasonal = changes ? SEASONAL_WINDOW : 10 * length + 1
  const trend = nextOdd((1.5 * period) / (1 - 1.5 / seasonal))
  return { period, seasonal, degree: changes ? 1 : 0, trend, lowPass: nextOdd(period), inner: 1, outer: 5 }
}

/** Throws RangeError for less than two periods. */
export function stl(values: Float64Array, settings: StlSettings): Decomposition {
  const { length } = values
  if (length < 2 * settings.period) throw new RangeError('stl requires at least two periods')
  let seasonal = new Float64Array(length)
  let trend = new Float64Array(length)
  let weights: Float64Array | undefined
  for (let round = 0; round <= settings.outer; round++) {
    for (let step = 0; step < settings.inner; step++) {
      seasonal = seasonalOf(minus(values, trend), settings, weights)
      trend = smoothed(minus(values, seasonal), settings.trend, weights)
    }
    if (round < settings.outer) weights = robustness(minus(minus(values, trend), seasonal))
  }
  return { trend, seasonal }
}

const minus = (one: Float64Array, other: Float64Array): Float64Array<ArrayBuffer> =>
  Float64Array.from(one, (value, i) => value - (other[i] as number))

/** Steps 2 to 4 of the inner loop: every cycle-subseries is smoothed, and what is no season is taken off it. */
function seasonalOf(
  detrended: Float64Array,
  { period, seasonal, degree, lowPass }: StlSettings,
  weights: Float64Array | undefined,
): Float64Array<ArrayBuffer> {
  const { length } = detrended
  const cycles = new Float64Array(length + 2 * period)
  for (let phase = 0; phase < period; phase++) {
    const places = Math.floor((length - 1 - phase) / period) + 1
    const pick = (of: Float64Array) =>
      Float64Array.from({ length: places }, (_, i) => of[phase + i * period] as number)
    const own = pick(detrended)
    const fitted = loess(own, { width: seasonal, degree, weights: weights && pick(weights) }, [-1, places])
    fitted.forEach((value, i) => {
      cycles[phase + i * period] = value
    })
  }
  const low = smoothed(movingMean(movingMean(movingMean(cycles, period), period), 3), lowPass, undefined)
  return Float64Array.from(low, (value, i) => (cycles[i + period] as number) - value)
}

/** Means of so many neighbours; the result is shorter by all but one of them. */
function movingMean(values: Float64Array, width: number): Float64Array {
  const means = new Float64Array(values.length - width + 1)
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i] as number
    if (i >= width) sum -= values[i - width] as number
    if (i >= width - 1) means[i - width + 1] = sum / width
  }
  return means
}

/** Bisquare weights of what remains (section 2.4); none where nothing does. */
function robustness(remainder: Float64Array): Float64Array | undefined {
  const sizes = remainder.map(Math.abs)
  const sorted = sizes.toSorted()
  const half = sorted.length >> 1
  // The two middle ones, which are one where the number is odd: six medians are three times their sum.
  const limit = 3 * ((sorted[half] as number) + (sorted[sorted.length - 1 - half] as number))
  if (limit === 0) return undefined
  return sizes.map((size) => {
    if (size <= 0.001 * limit) return 1
    return size <= 0.999 * limit ? (1 - (size / limit) ** 2) ** 2 : 0
  })
}

// Loess ----------------------------------------------------------------------------------------------

const smoothed = (values: Float64Array, width: number, weights: Float64Array | undefined) =>
  loess(values, { width, degree: 1, weights }, [0, values.length - 1])

/** A trend where there is no season to be told apart: local lines through so many neighbours. */
export const localTrend = (values: Float64Array, width: number): Float64Array =>
  smoothed(values, width, undefined)

interface Smoother {
  readonly width: number
  readonly degree: 0 | 1
  readonly weights: Float64Array | undefined
}

/** Local fits to values that stand at 0, 1, 2 ..., at every whole place from one to another. */
function loess(
  values: Float64Array,
  smoother: Smoother,
  [from, to]: readonly [number, number],
): Float64Array<ArrayBuffer> {
  const fitted = new Float64Array(to - from + 1)
  const neighbours = new Float64Array(Math.min(smoother.width, values.length))
  for (let at = from; at <= to; at++) fitted[at - from] = localFit(values, at, { ...smoother, neighbours })
  return fitted
}

/** Where no neighbour has a weight the value stays as it is, or the nearest one beyond the ends. */
function localFit(
  values: Float64Array,
  at: number,
  { weights, width, degree, neighbours }: Smoother & { readonly neighbours: Float64Array },
): number {
  const { length } = neighbours
  const last = values.length - 1
  const left = Math.max(0, Math.min(at - ((length - 1) >> 1), values.length - length))
  // A window that is wider than the series reaches as far beyond it (section 2.1).
  const reach = Math.max(at - left, left + length - 1 - at) + Math.max(0, (width - values.length) >> 1)
  let [total, mean] = [0, 0]
  for (let i = 0; i < length; i++) {
    const near = tricube(Math.abs(left + i - at), reach)
    const weight = near * (weights ? (weights[left + i] as number) : 1)
    neighbours[i] = weight
    total += weight
    mean += weight * (left + i)
  }
  if (total <= 0) return values[Math.max(0, Math.min(at, last))] as number
  mean /= total
  let [level, slope, spread] = [0, 0, 0]
  for (let i = 0; i < length; i++) {
    const weight = neighbours[i] as number
    const offset = left + i - mean
    level += weight * (values[left + i] as number)
    slope += weight * offset * (values[left + i] as number)
    spread += weight * offset * offset
  }
  level /= total
  // Neighbours in one place give no slope.
  const isLine = degree === 1 && Math.sqrt(spread / total) > 0.001 * last
  return isLine ? level + ((at - mean) * slope) / spread : level
}

function tricube(distance: number, reach: number): number {
  if (distance <= 0.001 * reach) return 1
  if (distance > 0.999 * reach) return 0
  const share = distance / reach
  const left = 1 - share * share * share
  return left * left * left
}
