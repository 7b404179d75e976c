/** Ordinary least squares by Householder reflections, and what the residuals say of its assumptions. */
import { chiSquaredAbove, fAbove, tOutside, tQuantileAbove } from './distributions.ts'

export interface Coefficient {
  readonly value: number
  readonly error: number
  /** 95 %. */
  readonly low: number
  readonly high: number
  readonly t: number
  readonly p: number
  /** 1 / (1 - R2 of this column on the others); NaN for the intercept. */
  readonly inflation: number
}

export interface Regression {
  readonly rows: number
  /** The intercept, then one of each column. */
  readonly coefficients: readonly Coefficient[]
  readonly r2: number
  readonly adjustedR2: number
  readonly f: number
  readonly fDegrees: readonly [number, number]
  readonly fP: number
  /** The residual standard error. */
  readonly sigma: number
  readonly residuals: Float64Array
  readonly checks: Checks
}

export interface Checks {
  /** Do residuals spread more for some rows than for others? (Breusch and Pagan 1979, studentised by Koenker 1981) */
  readonly breuschPagan: { readonly value: number; readonly degrees: number; readonly p: number }
  /** Are neighbouring residuals alike? 2: no, 0: entirely. (Durbin and Watson 1950) */
  readonly durbinWatson: number
  /** Are residuals normal? (Jarque and Bera 1980) */
  readonly jarqueBera: { readonly value: number; readonly p: number }
}

/** What no line can be drawn through: a column that the ones before it make up, or too few rows. */
export type Refusal = { readonly collinear: number } | { readonly rows: number; readonly needed: number }

/** A column less its mean, in units of its length, is taken for made up of others where so little is left of it. */
const COLLINEAR = 1e-7

/** y on the columns and an intercept. Every value is a number. */
export function regress(
  y: Float64Array,
  columns: readonly Float64Array[],
): Regression | { readonly refusal: Refusal } {
  const [rows, degrees] = [y.length, y.length - columns.length - 1]
  if (degrees < 1) return { refusal: { rows, needed: columns.length + 2 } }
  // Centred and scaled columns are far better conditioned: the intercept is not fitted beside them.
  const scaled = columns.map(standardised)
  const none = scaled.findIndex(({ length }) => length === 0)
  if (none >= 0) return { refusal: { collinear: none } }
  const reflected = reflections(scaled.map(({ values }) => values))
  if ('collinear' in reflected) return { refusal: reflected }
  const centred = standardised(y)
  const target = centred.values.map((value) => value * centred.length)
  const slopes = backSolve(reflected, projected(reflected, target))
  const residuals = residualsOf(
    target,
    scaled.map(({ values }) => values),
    slopes,
  )
  const [rss, tss] = [squares(residuals), squares(target)]
  const estimate = { slopes, scaled, yMean: centred.mean, rss, degrees, inverse: inverseOf(reflected) }
  const f = (tss - rss) / columns.length / (rss / degrees)
  return {
    rows,
    coefficients: coefficientsOf(estimate),
    r2: 1 - rss / tss,
    adjustedR2: 1 - rss / degrees / (tss / (rows - 1)),
    f,
    fDegrees: [columns.length, degrees],
    fP: fAbove(f, columns.length, degrees),
    sigma: Math.sqrt(rss / degrees),
    residuals,
    checks: checksOf(residuals, reflected),
  }
}

interface Standardised {
  /** Less the mean, over the length. */
  readonly values: Float64Array
  readonly mean: number
  readonly length: number
}

function standardised(column: Float64Array): Standardised {
  let mean = column.reduce((sum, each) => sum + each, 0) / column.length
  mean += column.reduce((sum, each) => sum + (each - mean), 0) / column.length
  const off = column.map((each) => each - mean)
  const length = Math.sqrt(squares(off))
  // Equal values differ from their mean by rounding at most.
  const isFlat = !(length > 1e-13 * Math.abs(mean) * Math.sqrt(column.length))
  return { values: isFlat ? off : off.map((each) => each / length), mean, length: isFlat ? 0 : length }
}

const squares = (values: Float64Array): number => values.reduce((sum, each) => sum + each * each, 0)

function dot(a: Float64Array, b: Float64Array, from = 0): number {
  let sum = 0
  for (let i = from; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

// The decomposition ----------------------------------------------------------------------------------

/** X = QR, Q as the vectors of its reflections (Golub and Van Loan, Matrix Computations, 5.2.1). */
interface Reflected {
  readonly vectors: readonly Float64Array[]
  /** Columns of R: `triangle[j][i]`, i <= j. */
  readonly triangle: readonly Float64Array[]
}

function reflections(columns: readonly Float64Array[]): Reflected | { readonly collinear: number } {
  const [vectors, triangle]: [Float64Array[], Float64Array[]] = [[], []]
  for (const [j, column] of columns.entries()) {
    const work = column.slice()
    vectors.forEach((vector, i) => {
      reflect(vector, work, i)
    })
    const left = Math.sqrt(dot(work, work, j))
    if (!(left > COLLINEAR)) return { collinear: j }
    const pivot = (work[j] as number) > 0 ? -left : left
    const above = work.slice(0, j + 1)
    above[j] = pivot
    work[j] = (work[j] as number) - pivot
    const length = Math.sqrt(dot(work, work, j))
    vectors.push(work.map((each, i) => (i < j ? 0 : each / length)))
    triangle.push(above)
  }
  return { vectors, triangle }
}

function reflect(vector: Float64Array, onto: Float64Array, from: number): void {
  const twice = 2 * dot(vector, onto, from)
  for (let i = from; i < onto.length; i++) onto[i] = (onto[i] as number) - twice * (vector[i] as number)
}

/** The part of Q'y that belongs to the columns. */
function projected({ vectors }: Reflected, y: Float64Array): Float64Array {
  const work = y.slice()
  vectors.forEach((vector, i) => {
    reflect(vector, work, i)
  })
  return work.slice(0, vectors.length)
}

function backSolve({ triangle }: Reflected, right: Float64Array): Float64Array {
  const x = right.slice()
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < x.length; j++)
      x[i] = (x[i] as number) - (triangle[j]?.[i] as number) * (x[j] as number)
    x[i] = (x[i] as number) / (triangle[i]?.[i] as number)
  }
  return x
}

/** The columns of the inverse of R. */
function inverseOf(reflected: Reflected): Float64Array[] {
  const size = reflected.triangle.length
  return reflected.triangle.map((_, j) => {
    const unit = new Float64Array(size)
    unit[j] = 1
    return backSolve(reflected, unit)
  })
}

function residualsOf(y: Float64Array, columns: readonly Float64Array[], slopes: Float64Array): Float64Array {
  const left = y.slice()
  columns.forEach((column, j) => {
    const slope = slopes[j] as number
    for (let i = 0; i < left.length; i++) left[i] = (left[i] as number) - slope * (column[i] as number)
  })
  return left
}

// The estimates --------------------------------------------------------------------------------------

interface Estimate {
  readonly slopes: Float64Array
  readonly scaled: readonly Standardised[]
  readonly yMean: number
  readonly rss: number
  readonly degrees: number
  readonly inverse: readonly Float64Array[]
}

function coefficientsOf({ slopes, scaled, yMean, rss, degrees, inverse }: Estimate): Coefficient[] {
  const sigma = Math.sqrt(rss / degrees)
  const reach = tQuantileAbove(0.025, degrees)
  const rows = scaled[0]?.values.length as number
  const told = (value: number, error: number, inflation: number): Coefficient => {
    const t = value / error
    const [low, high] = [value - reach * error, value + reach * error]
    return { value, error, low, high, t, p: tOutside(t, degrees), inflation }
  }
  // How far the mean row lies from zero, in units of each column.
  const mean = Float64Array.from(scaled, (column) => column.mean / column.length)
  const atZero = inverse.map((column) => dot(column, mean))
  const intercept = yMean - dot(slopes, mean)
  const slopesTold = scaled.map((column, j) => {
    const inflation = inverse.reduce((sum, each) => sum + (each[j] as number) ** 2, 0)
    const error = (sigma * Math.sqrt(inflation)) / column.length
    return told((slopes[j] as number) / column.length, error, inflation)
  })
  return [
    told(intercept, sigma * Math.sqrt(1 / rows + squares(Float64Array.from(atZero))), Number.NaN),
    ...slopesTold,
  ]
}

// Checks ---------------------------------------------------------------------------------------------

function checksOf(residuals: Float64Array, reflected: Reflected): Checks {
  const degrees = reflected.vectors.length
  const spread = standardised(residuals.map((each) => each * each))
  const explained = spread.length > 0 ? squares(projected(reflected, spread.values)) : 0
  const value = residuals.length * explained
  const normal = jarqueBera(residuals)
  return {
    breuschPagan: { value, degrees, p: chiSquaredAbove(value, degrees) },
    durbinWatson:
      residuals.reduce(
        (sum, each, i) => (i === 0 ? 0 : sum + (each - (residuals[i - 1] as number)) ** 2),
        0,
      ) / squares(residuals),
    jarqueBera: { value: normal, p: chiSquaredAbove(normal, 2) },
  }
}

function jarqueBera(residuals: Float64Array): number {
  const moment = (power: number) => residuals.reduce((sum, each) => sum + each ** power, 0) / residuals.length
  const variance = moment(2)
  const [skew, excess] = [moment(3) / variance ** 1.5, moment(4) / variance ** 2 - 3]
  return (residuals.length / 6) * (skew ** 2 + excess ** 2 / 4)
}
