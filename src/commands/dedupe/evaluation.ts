/** How right clusters are where the truth is known: over pairs of rows, and over whole clusters. */

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
  const cells = cellsOf(predicted, truth, found.length)
  const [truePositives, predictedPairs, truePairs] = [pairsIn(cells.counts), pairsIn(found), pairsIn(real)]
  const right = cells.counts.map((count, cell) => {
    const exact =
      count === found[cells.predicted[cell] as number] && count === real[cells.truth[cell] as number]
    return exact ? count : 0
  })
  return {
    rows: real.reduce((sum, count) => sum + count, 0),
    truePositives,
    predictedPairs,
    truePairs,
    precision: ratio(truePositives, predictedPairs),
    recall: ratio(truePositives, truePairs),
    f1: ratio(2 * truePositives, predictedPairs + truePairs),
    clusters: real.filter((count) => count > 0).length,
    clustersRight: right.filter((count) => count > 0).length,
    groups: real.filter((count) => count > 1).length,
    groupsRight: right.filter((count) => count > 1).length,
  }
}

/** Rows of each code, of rows whose truth is known. */
function countsOf(codes: Codes, truth: Codes): Float64Array {
  let most = -1
  for (const code of codes) most = Math.max(most, code)
  const counts = new Float64Array(most + 1)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if ((truth[row] as number) >= 0) counts[code] = (counts[code] as number) + 1
  }
  return counts
}

interface Cells {
  readonly counts: number[]
  readonly predicted: number[]
  readonly truth: number[]
}

/** Rows by found and true cluster at once, only those that any has. */
function cellsOf(predicted: Codes, truth: Codes, found: number): Cells {
  const cells: Cells = { counts: [], predicted: [], truth: [] }
  const places = new Map<number, number>()
  for (let row = 0; row < predicted.length; row++) {
    const [one, other] = [predicted[row] as number, truth[row] as number]
    if (other < 0) continue
    const key = other * found + one
    const place = places.get(key)
    if (place === undefined) {
      places.set(key, cells.counts.length)
      cells.counts.push(1)
      cells.predicted.push(one)
      cells.truth.push(other)
    } else cells.counts[place] = (cells.counts[place] as number) + 1
  }
  return cells
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
