/** How right clusters are where the truth is known: over pairs of rows, and over whole clusters. */
import { membersOf } from './members.ts'

export interface Evaluation {
  /** Rows whose truth is known; no other counts anywhere. */
  readonly rows: number
  /** Pairs of rows that are together in both. */
  readonly truePositives: number
  /** Pairs that are together in the clusters found, and in truth. */
  readonly predictedPairs: number
  readonly truePairs: number
  /** Null where there is nothing to divide by. */
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
  /** Clusters in truth, those of at least two rows, and how many of each were found exactly. */
  readonly clusters: number
  readonly clustersRight: number
  readonly groups: number
  readonly groupsRight: number
}

type Codes = Int32Array | Uint32Array

const pairsOf = (count: number): number => (count * (count - 1)) / 2

function pairsIn(counts: Iterable<number>): number {
  let sum = 0
  for (const count of counts) sum += pairsOf(count)
  return sum
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)

/**
 * With n_ij rows of found cluster i in true cluster j: true positives are the sum of C(n_ij, 2), found pairs that
 * of C(n_i, 2), true pairs that of C(n_j, 2), and F1 = 2 TP / (found + true). A truth below 0 is not known.
 */
export function evaluate(predicted: Codes, truth: Codes): Evaluation {
  const found = countsOf(predicted, truth)
  const real = countsOf(truth, truth)
  const right = { pairs: 0, clusters: 0, groups: 0 }
  eachCell(predicted, truth, (rows, one, other) => {
    right.pairs += pairsOf(rows)
    if (rows !== found[one] || rows !== real[other]) return
    right.clusters++
    if (rows > 1) right.groups++
  })
  const [truePositives, predictedPairs, truePairs] = [right.pairs, pairsIn(found), pairsIn(real)]
  return {
    rows: real.reduce((sum, count) => sum + count, 0),
    truePositives,
    predictedPairs,
    truePairs,
    precision: ratio(truePositives, predictedPairs),
    recall: ratio(truePositives, truePairs),
    f1: ratio(2 * truePositives, predictedPairs + truePairs),
    clusters: real.filter((count) => count > 0).length,
    clustersRight: right.clusters,
    groups: real.filter((count) => count > 1).length,
    groupsRight: right.groups,
  }
}

/** Rows of each code, of rows whose truth is known. */
function countsOf(codes: Codes, truth: Codes): Float64Array {
  const counts = new Float64Array(1 + largest(codes))
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if ((truth[row] as number) >= 0) counts[code] = (counts[code] as number) + 1
  }
  return counts
}

/** Calls back with rows, found and true cluster wherever the two share rows whose truth is known. */
function eachCell(
  predicted: Codes,
  truth: Codes,
  visit: (rows: number, found: number, real: number) => void,
): void {
  const known = Int32Array.from(truth.keys()).filter((row) => (truth[row] as number) >= 0)
  const { starts, rows } = membersOf(truth, 1 + largest(truth), known)
  const counts = new Float64Array(1 + largest(predicted))
  for (let real = 0; real + 1 < starts.length; real++) {
    const [start, end] = [starts[real] as number, starts[real + 1] as number]
    for (let i = start; i < end; i++) {
      const found = predicted[rows[i] as number] as number
      counts[found] = (counts[found] as number) + 1
    }
    for (let i = start; i < end; i++) {
      const found = predicted[rows[i] as number] as number
      if ((counts[found] as number) > 0) visit(counts[found] as number, found, real)
      counts[found] = 0
    }
  }
}

function largest(codes: Codes): number {
  let most = -1
  for (const code of codes) most = Math.max(most, code)
  return most
}

/** The share of the true pairs among pairs that were looked at, each given once: the most that any score can find. */
export function blockingRecall(left: Codes, right: Codes, truth: Codes): number | null {
  let seen = 0
  for (let pair = 0; pair < left.length; pair++) {
    const [one, other] = [truth[left[pair] as number] as number, truth[right[pair] as number] as number]
    if (one >= 0 && one === other) seen++
  }
  return ratio(seen, pairsIn(countsOf(truth, truth)))
}
