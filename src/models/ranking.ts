/** How well scores rank, and how true probabilities are, against what came out. */

import { ascendingOrder, descendingOrder } from './order.ts'

export interface Ranking {
  /** Area under the receiver operating characteristic; ties count half. NaN with one outcome only. */
  readonly auc: number
  /** Average precision, the area under the precision-recall curve by steps; equal scores are one step. */
  readonly averagePrecision: number
}

/** Judge scores, the higher the likelier the outcome 1 (Hanley, McNeil 1982: the AUC is Mann and Whitney's U). */
export function rankingOf(score: Float64Array, outcome: Uint8Array): Ranking {
  const order = ascendingOrder(score)
  const n = order.length
  let ones = 0
  for (const each of outcome) ones += each
  const zeros = n - ones
  let [pairs, precision, onesAbove, rowsAbove, zerosBelow] = [0, 0, 0, 0, zeros]
  for (let to = n - 1; to >= 0; ) {
    let from = to
    let tiedOnes = 0
    while (from >= 0 && score[order[from] as number] === score[order[to] as number]) {
      tiedOnes += outcome[order[from] as number] as number
      from--
    }
    const tied = to - from
    const tiedZeros = tied - tiedOnes
    zerosBelow -= tiedZeros
    pairs += tiedOnes * (zerosBelow + tiedZeros / 2)
    onesAbove += tiedOnes
    rowsAbove += tied
    precision += (tiedOnes * onesAbove) / rowsAbove
    to = from
  }
  return { auc: pairs / (ones * zeros), averagePrecision: precision / ones }
}

/** Rows by value, the greatest first, as many as are wanted; equal ones in the order of the rows. */
export const greatestFirst = (values: Float64Array, most = values.length): Uint32Array =>
  descendingOrder(values).subarray(0, most)

/** Mean squared error of probabilities (Brier 1950). */
export function brierOf(probability: Float64Array, outcome: Uint8Array): number {
  let sum = 0
  for (let row = 0; row < outcome.length; row++)
    sum += ((probability[row] as number) - (outcome[row] as number)) ** 2
  return sum / outcome.length
}

export interface Tenth {
  readonly customers: number
  readonly predicted: number
  readonly observed: number
}

const TENTHS = 10

/** Rows in ten parts of one size by score, the lowest first: mean of the prediction and of the outcome in each. */
export function tenthsOf(probability: Float64Array, outcome: Uint8Array): Tenth[] {
  const order = ascendingOrder(probability)
  const cut = (i: number): number => Math.round((i * order.length) / TENTHS)
  return Array.from({ length: TENTHS }, (_, i) => {
    const rows = order.subarray(cut(i), cut(i + 1))
    let [predicted, observed] = [0, 0]
    for (const row of rows) {
      predicted += probability[row] as number
      observed += outcome[row] as number
    }
    const n = rows.length
    return { customers: n, predicted: predicted / n, observed: observed / n }
  }).filter(({ customers }) => customers > 0)
}

/** Expected calibration error: |observed - predicted| of the tenths, weighted by their rows. */
export function calibrationError(tenths: readonly Tenth[]): number {
  const rows = tenths.reduce((sum, { customers }) => sum + customers, 0)
  return tenths.reduce(
    (sum, { customers, predicted, observed }) => sum + (customers / rows) * Math.abs(observed - predicted),
    0,
  )
}
