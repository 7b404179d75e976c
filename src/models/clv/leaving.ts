/**
 * When a customer of the Pareto/NBD may have left: the integral of (alpha + t)^-(r + x) (beta + t)^-(s + 1) from the
 * last purchase to the end of observation.
 *
 * The usual form takes the difference of two hypergeometric functions, which cancels (and is NaN where lambda or mu
 * are large); here the time of leaving is integrated, over ln(min(alpha, beta) + t), in which the integrand is smooth.
 */

import { addTo } from '../sums.ts'
import type { Histories } from './histories.ts'
import { gaussLegendre } from './special.ts'

export interface ParetoParameters {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

/** The logarithm of an integral, and the derivatives of it by r, alpha, s, beta; of the Hessian the upper half. */
export interface Gone {
  value: number
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

export const newGone = (): Gone => ({
  value: 0,
  gradient: new Float64Array(4),
  hessian: new Float64Array(16),
})

/** So far below the greatest value an integrand does not count. */
const NEGLIGIBLE = 40

/**
 * How many nodes an integrand needs that falls by about e^fall: against eighty nodes, over 60,000 parameters and
 * times drawn at random, the greatest error of ln J is 3e-10.
 */
function nodesFor(fall: number): number {
  if (fall < 3) return fall < 1 ? 4 : 6
  if (fall < 12) return fall < 6 ? 8 : 12
  return fall < 16 ? 16 : fall < 40 ? 24 : 48
}

interface Span {
  readonly x: number
  readonly from: number
  readonly to: number
}

/**
 * The integral itself, and those of the integrand times each derivative of its logarithm, and times each product of two
 * and second derivative: fifteen that add up over spans of time.
 */
const MOMENTS = 15

/** ln of the integrand over ln(min(alpha, beta) + t), at a time: what moments are told relative to. */
function topAt({ r, alpha, s, beta }: ParetoParameters, x: number, t: number): number {
  return -(r + x) * Math.log(alpha + t) - (s + 1) * Math.log(beta + t) + Math.log(Math.min(alpha, beta) + t)
}

/** Moments over a span relative to its beginning, near which the integrand is greatest, from a place of `into` on. */
function addMoments(
  { r, alpha, s, beta }: ParetoParameters,
  { x, from, to }: Span,
  { into, at, top, derivatives }: { into: Float64Array; at: number; top: number; derivatives: boolean },
): void {
  const [n, m] = [r + x, s + 1]
  const least = Math.min(alpha, beta)
  const low = Math.log(least + from)
  const slope = (alpha <= beta ? n : m) - 1
  const full = Math.log((least + to) / (least + from))
  const width = slope > 0 ? Math.min(full, NEGLIGIBLE / slope) : full
  const { nodes, weights } = gaussLegendre(nodesFor((n + m + 1) * width))
  // Declared one by one, as in bgnbd.ts.
  let mass = 0
  let mR = 0
  let mAlpha = 0
  let mS = 0
  let mBeta = 0
  let mRR = 0
  let mRAlpha = 0
  let mRS = 0
  let mRBeta = 0
  let mAlphaAlpha = 0
  let mAlphaS = 0
  let mAlphaBeta = 0
  let mSS = 0
  let mSBeta = 0
  let mBetaBeta = 0
  for (let i = 0; i < nodes.length; i++) {
    const w = low + width * (nodes[i] as number)
    const t = Math.exp(w) - least
    const lA = alpha <= beta ? w : Math.log(alpha + t)
    const lB = alpha <= beta ? Math.log(beta + t) : w
    const density = width * (weights[i] as number) * Math.exp(w - n * lA - m * lB - top)
    mass += density
    if (!derivatives) continue
    const iA = 1 / (alpha + t)
    const iB = 1 / (beta + t)
    const fR = -lA
    const fAlpha = -n * iA
    const fS = -lB
    const fBeta = -m * iB
    mR += density * fR
    mAlpha += density * fAlpha
    mS += density * fS
    mBeta += density * fBeta
    mRR += density * fR * fR
    mRAlpha += density * (fR * fAlpha - iA)
    mRS += density * fR * fS
    mRBeta += density * fR * fBeta
    mAlphaAlpha += density * (fAlpha * fAlpha + n * iA * iA)
    mAlphaS += density * fAlpha * fS
    mAlphaBeta += density * fAlpha * fBeta
    mSS += density * fS * fS
    mSBeta += density * (fS * fBeta - iB)
    mBetaBeta += density * (fBeta * fBeta + m * iB * iB)
  }
  addTo(into, at, mass)
  if (!derivatives) return
  addTo(into, at + 1, mR)
  addTo(into, at + 2, mAlpha)
  addTo(into, at + 3, mS)
  addTo(into, at + 4, mBeta)
  addTo(into, at + 5, mRR)
  addTo(into, at + 6, mRAlpha)
  addTo(into, at + 7, mRS)
  addTo(into, at + 8, mRBeta)
  addTo(into, at + 9, mAlphaAlpha)
  addTo(into, at + 10, mAlphaS)
  addTo(into, at + 11, mAlphaBeta)
  addTo(into, at + 12, mSS)
  addTo(into, at + 13, mSBeta)
  addTo(into, at + 14, mBetaBeta)
}

/** From moments: the derivatives of the logarithm are means over the integrand, and its covariances. */
function lnOf(moments: Float64Array, top: number, gone: Gone, derivatives: boolean): void {
  const mass = moments[0] as number
  gone.value = top + Math.log(mass)
  if (!derivatives) return
  const { gradient, hessian } = gone
  for (let i = 0; i < 4; i++) gradient[i] = (moments[1 + i] as number) / mass
  for (let i = 0, at = 5; i < 4; i++) {
    for (let j = i; j < 4; j++) {
      const product = (gradient[i] as number) * (gradient[j] as number)
      hessian[4 * i + j] = (moments[at++] as number) / mass - product
    }
  }
}

const alone = new Float64Array(MOMENTS)

/** ln of the integral over one span, into `gone`, with the derivatives where they are asked for. */
export function lnIntegral(parameters: ParetoParameters, span: Span, gone: Gone, derivatives: boolean): void {
  const top = topAt(parameters, span.x, span.from)
  alone.fill(0)
  addMoments(parameters, span, { into: alone, at: 0, top, derivatives })
  lnOf(alone, top, gone, derivatives)
}

// Of many customers ----------------------------------------------------------------------------------

/** The integrals of all rows. */
export interface Integrals {
  /** Each row once, in an order of our own; where T is not after tx there is none, and `gone` says nothing. */
  each(parameters: ParetoParameters, derivatives: boolean, take: (row: number, gone: Gone) => void): void
}

const integralsKnown = new WeakMap<Histories, Integrals>()

/** Where the same histories are asked again, what their times are is known. */
export function integrals(histories: Histories): Integrals {
  const known = integralsKnown.get(histories) ?? integralsOf(histories)
  integralsKnown.set(histories, known)
  return known
}

/** About how many nodes a row takes alone, and how many a span between two times that follow one another. */
const [NODES_ALONE, NODES_BETWEEN] = [12, 4]

/**
 * Times are days: of the customers with the same x most begin and end on days of others. For them the integrals between
 * days that follow one another are added up from the last day back to each, and a customer's is the difference of two.
 */
function integralsOf({ x, tx, T }: Histories): Integrals {
  const rowsOf = rowsByValue(x)
  const times = timesIn(tx, T).sort()
  const isWorth = (rows: Uint32Array) => rows.length * NODES_ALONE > times.length * NODES_BETWEEN
  const shared = [...rowsOf.values()].some(isWorth)
  const [begin, end] = shared ? [placesIn(times, tx), placesIn(times, T)] : []
  const [gone, moments] = [newGone(), new Float64Array(MOMENTS)]
  return {
    each(parameters, derivatives, take) {
      for (const [repeats, rows] of rowsOf) {
        const sums =
          isWorth(rows) && areApart(parameters)
            ? sumsFrom(parameters, repeats, times, derivatives)
            : undefined
        for (let i = 0; i < rows.length; i++) {
          const row = rows[i] as number
          const [from, to] = [tx[row] as number, T[row] as number]
          const first = begin?.[row] as number
          if (to > from) {
            if (sums?.between(first, end?.[row] as number, moments)) {
              lnOf(moments, sums.tops[first] as number, gone, derivatives)
            } else lnIntegral(parameters, { x: repeats, from, to }, gone, derivatives)
          }
          take(row, gone)
        }
      }
    },
  }
}

function rowsByValue(values: Float64Array): Map<number, Uint32Array> {
  const counts = new Map<number, number>()
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const rows = new Map([...counts].map(([value, count]) => [value, new Uint32Array(count)]))
  for (let row = values.length - 1; row >= 0; row--) {
    const value = values[row] as number
    const left = (counts.get(value) as number) - 1
    counts.set(value, left)
    ;(rows.get(value) as Uint32Array)[left] = row
  }
  return rows
}

function timesIn(...columns: readonly Float64Array[]): Float64Array {
  const found = new Set<number>()
  for (const values of columns) for (let row = 0; row < values.length; row++) found.add(values[row] as number)
  return Float64Array.from(found)
}

/** The places of values that are all in a sorted list. */
function placesIn(sorted: Float64Array, values: Float64Array): Uint32Array {
  const known = new Map<number, number>()
  for (let i = 0; i < sorted.length; i++) known.set(sorted[i] as number, i)
  const places = new Uint32Array(values.length)
  for (let row = 0; row < places.length; row++) places[row] = known.get(values[row] as number) as number
  return places
}

/**
 * Where customers hardly differ in their rates, parameters are large and derivatives are differences of large numbers:
 * there each integral is taken alone, to the last digit.
 */
const areApart = ({ r, s }: ParetoParameters): boolean => Math.max(r, s) < ALIKE

const ALIKE = 50

/** A difference of two sums that is less than this part of the first has lost digits that count. */
const LOST = 1e-4

/** Moments from each time to the last one, relative to the integrand there: `tops`. */
function sumsFrom(parameters: ParetoParameters, x: number, times: Float64Array, derivatives: boolean) {
  const many = derivatives ? MOMENTS : 1
  const tops = times.map((t) => topAt(parameters, x, t))
  const sums = new Float64Array(many * times.length)
  for (let i = times.length - 2; i >= 0; i--) {
    const [at, next] = [many * i, many * (i + 1)]
    const falls = Math.exp((tops[i + 1] as number) - (tops[i] as number))
    for (let k = 0; k < many; k++) sums[at + k] = falls * (sums[next + k] as number)
    const span = { x, from: times[i] as number, to: times[i + 1] as number }
    addMoments(parameters, span, { into: sums, at, top: tops[i] as number, derivatives })
  }
  return {
    tops,
    /** Moments between two of the times; false where the difference says too little. */
    between(first: number, last: number, moments: Float64Array): boolean {
      const [at, end] = [many * first, many * last]
      const falls = Math.exp((tops[last] as number) - (tops[first] as number))
      for (let k = 0; k < many; k++) moments[k] = (sums[at + k] as number) - falls * (sums[end + k] as number)
      return (moments[0] as number) > LOST * (sums[at] as number)
    },
  }
}
