/** How two columns go together: numbers by Pearson and Spearman, categories by Cramér. */
import { chiSquaredAbove, chiSquaredShift, tOutside } from './distributions.ts'

export interface Association {
  readonly rows: number
  readonly value: number
  /** 95 %. */
  readonly low: number
  readonly high: number
  readonly p: number
}

const Z95 = 1.959963984540054
const none = (rows: number): Association => ({
  rows,
  value: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  p: Number.NaN,
})

/** Rows in which both are numbers; the columns themselves where these are all. */
export function pairedRows(x: Float64Array, y: Float64Array): readonly [Float64Array, Float64Array] {
  const [a, b] = [new Float64Array(x.length), new Float64Array(x.length)]
  let size = 0
  for (let i = 0; i < x.length; i++) {
    const [one, other] = [x[i] as number, y[i] as number]
    if (Number.isNaN(one) || Number.isNaN(other)) continue
    a[size] = one
    b[size++] = other
  }
  return size === x.length ? [x, y] : [a.subarray(0, size), b.subarray(0, size)]
}

/** Pearson's r, its interval by Fisher's z (1921), its p by Student's t. */
export function pearson(x: Float64Array, y: Float64Array): Association {
  return associated(productMoment(x, y), x.length, 1)
}

/** Spearman's rank correlation with average ranks; the interval after Bonett and Wright (2000). */
export const spearman = (x: Float64Array, y: Float64Array): Association =>
  spearmanOfRanks(averageRanks(x), averageRanks(y))

/** The same of ranks that are known. */
export function spearmanOfRanks(x: Float64Array, y: Float64Array): Association {
  const value = productMoment(x, y)
  return associated(value, x.length, 1 + (value * value) / 2)
}

function associated(value: number, rows: number, variance: number): Association {
  if (rows < 3 || Number.isNaN(value)) return none(rows)
  const t = value * Math.sqrt((rows - 2) / ((1 - value) * (1 + value)))
  const reach = Z95 * Math.sqrt(variance / (rows - 3))
  const z = Math.atanh(value)
  const [low, high] = Math.abs(value) === 1 ? [value, value] : [Math.tanh(z - reach), Math.tanh(z + reach)]
  return { rows, value, low: rows > 3 ? low : -1, high: rows > 3 ? high : 1, p: tOutside(t, rows - 2) }
}

/** NaN where one of them does not vary. */
export function productMoment(x: Float64Array, y: Float64Array): number {
  const [a, b] = [centred(x), centred(y)]
  let [both, one, other] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    both += (a[i] as number) * (b[i] as number)
    one += (a[i] as number) ** 2
    other += (b[i] as number) ** 2
  }
  if (!(one > 0 && other > 0)) return Number.NaN
  return Math.max(-1, Math.min(1, both / Math.sqrt(one * other)))
}

function centred(values: Float64Array): Float64Array {
  const first = values.reduce((sum, each) => sum + each, 0) / values.length
  const mean = first + values.reduce((sum, each) => sum + (each - first), 0) / values.length
  // Equal values are exactly at their mean, whatever rounding says.
  return values.every((each) => each === values[0])
    ? new Float64Array(values.length)
    : values.map((each) => each - mean)
}

/**
 * Ranks from 1 up; equal values share the mean of theirs. Each is looked for among the different ones in order: to sort
 * numbers and search takes a fifth of the time of sorting places.
 */
export function averageRanks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort()
  const ranks = new Float64Array(values.length)
  let different = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    sorted[different] = sorted[from] as number
    ranks[different++] = (from + to + 1) / 2
    from = to
  }
  const [heads, means] = [sorted.subarray(0, different), ranks.slice(0, different)]
  for (let i = 0; i < values.length; i++) ranks[i] = means[placeOf(values[i] as number, heads)] as number
  return ranks
}

/** Where a value stands among different ones in ascending order, of which it is one. */
function placeOf(value: number, heads: Float64Array): number {
  let [low, high] = [0, heads.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((heads[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

// Categories -----------------------------------------------------------------------------------------

/**
 * Cramér's V with the bias correction of Bergsma (2013): the value and its interval are of the same scale. The
 * interval holds the shifts of the chi-squared under which what is seen is not among the 2.5 % on either side
 * (Smithson 2003). `x` and `y` number categories from 0 up, -1 for none.
 */
export function cramersV(x: Int32Array, y: Int32Array): Association {
  const { rows, chiSquared, across, down } = contingency(x, y)
  const degrees = (across - 1) * (down - 1)
  if (rows < 2 || degrees < 1) return none(rows)
  const fewer = (count: number) => count - (count - 1) ** 2 / (rows - 1)
  const most = Math.min(fewer(across), fewer(down)) - 1
  const scaled = (squared: number) =>
    most > 0 ? Math.min(1, Math.sqrt(Math.max(0, squared) / most)) : Number.NaN
  return {
    rows,
    value: scaled(chiSquared / rows - degrees / (rows - 1)),
    low: scaled(chiSquaredShift(chiSquared, degrees, 0.975) / rows),
    high: scaled(chiSquaredShift(chiSquared, degrees, 0.025) / rows),
    p: chiSquaredAbove(chiSquared, degrees),
  }
}

function contingency(x: Int32Array, y: Int32Array) {
  const sizeOf = (codes: Int32Array) => codes.reduce((most, each) => Math.max(most, each), -1) + 1
  const [down, across] = [sizeOf(x), sizeOf(y)]
  const cells = new Float64Array(down * across)
  const [ofX, ofY] = [new Float64Array(down), new Float64Array(across)]
  let rows = 0
  for (let i = 0; i < x.length; i++) {
    const [one, other] = [x[i] as number, y[i] as number]
    if (one < 0 || other < 0) continue
    rows++
    ofX[one] = (ofX[one] as number) + 1
    ofY[other] = (ofY[other] as number) + 1
    cells[one * across + other] = (cells[one * across + other] as number) + 1
  }
  // Where each is as often as independence has it the sum of squares over what is expected is the number of rows.
  let chiSquared = 0
  ofX.forEach((a, one) => {
    ofY.forEach((b, other) => {
      const expected = (a * b) / rows
      if (expected > 0) chiSquared += ((cells[one * across + other] as number) - expected) ** 2 / expected
    })
  })
  const present = (counts: Float64Array) => counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  return { rows, chiSquared, across: present(ofX), down: present(ofY) }
}
