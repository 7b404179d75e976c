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

/** Rows in which both are numbers. */
export function pairedRows(x: Float64Array, y: Float64Array): readonly [Float64Array, Float64Array] {
  const both = Uint32Array.from(x.keys()).filter((i) => !Number.isNaN((x[i] as number) + (y[i] as number)))
  return [Float64Array.from(both, (i) => x[i] as number), Float64Array.from(both, (i) => y[i] as number)]
}

/** Pearson's r, its interval by Fisher's z (1921), its p by Student's t. */
export function pearson(x: Float64Array, y: Float64Array): Association {
  return associated(productMoment(x, y), x.length, 1)
}

/** Spearman's rank correlation with average ranks; the interval after Bonett and Wright (2000). */
export function spearman(x: Float64Array, y: Float64Array): Association {
  const value = productMoment(averageRanks(x), averageRanks(y))
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

/** Ranks from 1 up; equal values share the mean of theirs. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number))
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++
    for (let i = from; i < to; i++) ranks[order[i] as number] = (from + to + 1) / 2
    from = to
  }
  return ranks
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
  const cells = new Map<number, number>()
  const [ofX, ofY] = [new Map<number, number>(), new Map<number, number>()]
  const size = y.reduce((most, each) => Math.max(most, each), 0) + 1
  let rows = 0
  const more = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1)
  x.forEach((each, i) => {
    const other = y[i] as number
    if (each < 0 || other < 0) return
    rows++
    more(ofX, each)
    more(ofY, other)
    more(cells, each * size + other)
  })
  // Where each is as often as independence has it the sum of squares over what is expected is the number of rows.
  let chiSquared = 0
  for (const [one, a] of ofX) {
    for (const [other, b] of ofY) {
      const expected = (a * b) / rows
      chiSquared += ((cells.get(one * size + other) ?? 0) - expected) ** 2 / expected
    }
  }
  return { rows, chiSquared, across: ofX.size, down: ofY.size }
}
