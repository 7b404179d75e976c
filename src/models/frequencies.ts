/** What a column of numbers looks like, from its different values and how often each is there. */

/** Different values in ascending order. */
export interface Frequencies {
  readonly values: Float64Array
  readonly counts: Float64Array
}

/** NaN where a figure takes more values than there are. */
export interface Summary {
  readonly count: number
  readonly min: number
  readonly p5: number
  readonly q1: number
  readonly median: number
  readonly q3: number
  readonly p95: number
  readonly max: number
  readonly mean: number
  /** Of a sample: with n - 1. */
  readonly sd: number
  /** Of a sample: with the correction for bias. */
  readonly skew: number
  readonly zeros: number
  readonly negatives: number
  /** Values in bins of equal width from the least to the greatest. */
  readonly bins: readonly number[]
}

export const BINS = 8
/** What the quantiles of a summary are of: hundredths. */
export const PERCENTS = [5, 25, 50, 75, 95] as const

export function frequenciesOf(values: Float64Array, counts: Float64Array): Frequencies {
  const order = Uint32Array.from(values, (_, i) => i).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  )
  return {
    values: Float64Array.from(order, (i) => values[i] as number),
    counts: Float64Array.from(order, (i) => counts[i] as number),
  }
}

export function summaryOf({ values, counts }: Frequencies): Summary {
  const count = sumOf(counts, (each) => each)
  const [p5, q1, median, q3, p95] = quantilesOf({ values, counts }, PERCENTS)
  const [min, max] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN]
  const mean = meanOf({ values, counts }, count)
  const bins = new Array<number>(BINS).fill(0)
  values.forEach((value, i) => {
    const bin = binOf(value, min, max)
    bins[bin] = (bins[bin] as number) + (counts[i] as number)
  })
  return {
    ...{ count, min, max, mean, bins },
    ...{ p5: p5 as number, q1: q1 as number, median: median as number, q3: q3 as number, p95: p95 as number },
    ...spreadOf(count, sumPowers({ values, counts }, mean)),
    zeros: sumOf(counts, (each, i) => (values[i] === 0 ? each : 0)),
    negatives: sumOf(counts, (each, i) => ((values[i] as number) < 0 ? each : 0)),
  }
}

const sumOf = (counts: Float64Array, of: (count: number, i: number) => number): number =>
  counts.reduce((sum, each, i) => sum + of(each, i), 0)

const binOf = (value: number, min: number, max: number): number =>
  max > min ? Math.min(BINS - 1, Math.floor(((value - min) * BINS) / (max - min))) : 0

/** The mean, with what rounding took from the first attempt given back. */
function meanOf({ values, counts }: Frequencies, count: number): number {
  const first = sumOf(counts, (each, i) => each * (values[i] as number)) / count
  return first + sumOf(counts, (each, i) => each * ((values[i] as number) - first)) / count
}

/** Sums of the first three powers of the distances to the mean. */
export type Powers = readonly [sum: number, squares: number, cubes: number]

function sumPowers({ values, counts }: Frequencies, mean: number): Powers {
  let [sum, squares, cubes] = [0, 0, 0]
  values.forEach((value, i) => {
    const [off, times] = [value - mean, counts[i] as number]
    sum += times * off
    squares += times * off * off
    cubes += times * off * off * off
  })
  return [sum, squares, cubes]
}

/** Standard deviation and skew. What the rounding of the mean adds to the powers is taken off. */
export function spreadOf(count: number, [sum, squares, cubes]: Powers): Pick<Summary, 'sd' | 'skew'> {
  const rest = sum / count
  const [second, third] = [squares - rest * sum, cubes - 3 * rest * squares + 2 * rest * rest * sum]
  const sd = count > 1 ? Math.sqrt(second / (count - 1)) : Number.NaN
  const skew = (count / ((count - 1) * (count - 2))) * (third / (sd * sd * sd))
  return { sd, skew: count > 2 && sd > 0 ? skew : Number.NaN }
}

/** Type-7 quantiles (Hyndman and Fan 1996), at ascending hundredths; NaN of no values. */
export function quantilesOf({ values, counts }: Frequencies, percents: readonly number[]): number[] {
  const last = sumOf(counts, (each) => each) - 1
  let [at, through] = [0, counts[0] ?? 0]
  const ranked = (rank: number): number => {
    while (rank >= through && at < values.length - 1) through += counts[++at] as number
    return values[at] as number
  }
  return percents.map((percent) => {
    if (last < 0) return Number.NaN
    const position = (last * percent) / 100
    const low = Math.floor(position)
    const below = ranked(low)
    if (low === position) return below
    // The next rank may belong to the next value; the place must not move past the lower one for good.
    const [kept, keptThrough] = [at, through]
    const above = ranked(low + 1)
    ;[at, through] = [kept, keptThrough]
    return below + (position - low) * (above - below)
  })
}

// Outliers -------------------------------------------------------------------------------------------

/** Beyond which values are outliers. */
export interface Fences {
  readonly low: number
  readonly high: number
  /**
   * 'median': so many robust standard deviations from it; 'quartiles': so many of their ranges beyond them, where more
   * than half are equal; 'tails': the same of the outer twentieths, where the quartiles are equal, too.
   */
  readonly by: 'median' | 'quartiles' | 'tails'
  /** What is no more than zero has no ratio: it lies within. */
  readonly scale: Scale
}

/** Amounts and the like are compared by their ratio: what is rare is so many times more. */
export type Scale = 'ratio' | 'distance'

/** What fences are made of: quantiles of the values, and the median distance to the median on their scale. */
export interface Middle extends Quantiles {
  readonly distance: number
}

interface Quantiles {
  readonly p5: number
  readonly q1: number
  readonly median: number
  readonly q3: number
  readonly p95: number
}

/**
 * Ratios, where logarithms lie no less evenly about their median than the values themselves (Bowley 1901). A refund or
 * a gift among many amounts leaves them amounts.
 */
export function scaleOf({ p5, q1, median, q3, p95 }: Quantiles): Scale {
  if (!(p5 > 0)) return 'distance'
  const [low, high] = q3 > q1 ? [q1, q3] : [p5, p95]
  const plain = Math.abs(unevenness(low, median, high))
  const ofLogs = Math.abs(unevenness(Math.log(low), Math.log(median), Math.log(high)))
  return ofLogs <= plain + ROUNDING ? 'ratio' : 'distance'
}

const ROUNDING = 1e-12

const unevenness = (low: number, middle: number, high: number): number =>
  high > low ? (high + low - 2 * middle) / (high - low) : 0

/** Robust standard deviations from the median (Iglewicz and Hoaglin 1993). */
const ROBUST_SDS = 3.5
/** The median distance to the median of a normal, as a part of its standard deviation. */
const NORMAL_MAD = 1.4826
const RANGES = 3

export function fencesFrom({ distance, ...quantiles }: Middle): Fences {
  const { p5, q1, median, q3, p95 } = quantiles
  const scale = scaleOf(quantiles)
  const onScale = (value: number) => (scale === 'ratio' ? Math.log(value) : value)
  const back = (value: number) => (scale === 'ratio' ? Math.exp(value) : value)
  if (distance > 0) {
    const reach = ROBUST_SDS * NORMAL_MAD * distance
    return { low: back(onScale(median) - reach), high: back(onScale(median) + reach), by: 'median', scale }
  }
  const [by, low, high] = q3 > q1 ? (['quartiles', q1, q3] as const) : (['tails', p5, p95] as const)
  // What is equal has no range: anything else lies beyond, and rounding must not move it there.
  if (low === high) return { low, high, by, scale }
  const reach = RANGES * (onScale(high) - onScale(low))
  return { low: back(onScale(low) - reach), high: back(onScale(high) + reach), by, scale }
}

export function fencesOf({ values, counts }: Frequencies): Fences {
  const [p5, q1, median, q3, p95] = quantilesOf({ values, counts }, PERCENTS) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const quantiles = { p5, q1, median, q3, p95 }
  const isRatio = scaleOf(quantiles) === 'ratio'
  const judged = isRatio ? values.findIndex((value) => value > 0) : 0
  const distances = values
    .subarray(judged)
    .map((value) => (isRatio ? Math.abs(Math.log(value) - Math.log(median)) : Math.abs(value - median)))
  const [distance] = quantilesOf(frequenciesOf(distances, counts.subarray(judged)), [50])
  return fencesFrom({ ...quantiles, distance: distance as number })
}

/** How many values lie beyond. */
export const countOutside = ({ values, counts }: Frequencies, { low, high, scale }: Fences): number =>
  sumOf(counts, (each, i) => {
    const value = values[i] as number
    return value > high || (value < low && (scale === 'distance' || value > 0)) ? each : 0
  })
