/**
 * k-means without doubt: from given centres to where Lloyd's algorithm (1982) ends, by the bounds of Hamerly (2010),
 * which spare most rows most distances.
 */
import { onGrid, type Points, squaredDistance } from './points.ts'

export interface Clusters {
  readonly k: number
  /** Centre c is `centres[c * width]` up to `centres[(c + 1) * width - 1]`. */
  readonly centres: Float64Array
  readonly labels: Int32Array
  /** Rows of each cluster. */
  readonly sizes: Int32Array
  /** Sum of squared distances of the rows to their centres. */
  readonly inertia: number
  readonly iterations: number
  /** Clusters that had lost all their rows and were begun anew. */
  readonly repaired: number
}

export interface Finish {
  readonly iterations?: number
  /** Centres that move less, squared and together, as part of the variance of a column, stand still. */
  readonly still?: number
}

/** `k` centres, each as wide as the points. No cluster ends empty where there are as many different rows. */
export function finishClusters(
  points: Points,
  start: Float64Array,
  { iterations: most = 300, still: part = 1e-5 }: Finish = {},
): Clusters {
  const state = begun(points, start)
  const still = part * meanVariance(points)
  let [iterations, goesOn] = [0, true]
  while (goesOn && iterations < most) {
    iterations++
    const squares = move(state)
    const changed = assign(state)
    goesOn = repair(state) || (changed && squares > still)
  }
  const { centres, labels, sizes, k, repaired } = state
  return { k, centres, labels, sizes, inertia: inertiaOf(points, centres, labels), iterations, repaired }
}

interface State {
  readonly points: Points
  readonly k: number
  readonly centres: Float64Array
  readonly labels: Int32Array
  /** At most the distance of a row to its own centre is `upper`, at least that to the next one `lower`. */
  readonly upper: Float64Array
  readonly lower: Float64Array
  readonly sizes: Int32Array
  /** Of the rows of each cluster, exact (see points.ts). */
  readonly sums: Float64Array
  /** How far each centre went, and half the way to the nearest other one. */
  readonly moved: Float64Array
  readonly half: Float64Array
  repaired: number
}

function begun(points: Points, start: Float64Array): State {
  const { rows, width } = points
  const k = start.length / width
  const state: State = {
    points,
    k,
    centres: start.slice(),
    labels: new Int32Array(rows),
    upper: new Float64Array(rows),
    lower: new Float64Array(rows),
    sizes: new Int32Array(k),
    sums: new Float64Array(k * width),
    moved: new Float64Array(k),
    half: new Float64Array(k),
    repaired: 0,
  }
  for (let row = 0; row < rows; row++) {
    const label = search(state, row)
    state.labels[row] = label
    add(state, row, label, 1)
  }
  repair(state)
  return state
}

/** The nearest centre of a row; both bounds are then exact. Of equal ones the first. */
function search({ points: { width, values }, k, centres, upper, lower }: State, row: number): number {
  let nearest = 0
  let best = Number.POSITIVE_INFINITY
  let second = Number.POSITIVE_INFINITY
  const from = row * width
  for (let c = 0; c < k; c++) {
    let distance = 0
    const to = c * width
    for (let i = 0; i < width; i++) {
      const difference = (values[from + i] as number) - (centres[to + i] as number)
      distance += difference * difference
    }
    if (distance < best) {
      second = best
      best = distance
      nearest = c
    } else if (distance < second) second = distance
  }
  upper[row] = Math.sqrt(best)
  lower[row] = Math.sqrt(second)
  return nearest
}

function add(
  { points: { width, values }, sums, sizes }: State,
  row: number,
  label: number,
  times: 1 | -1,
): void {
  sizes[label] = (sizes[label] as number) + times
  for (let i = 0; i < width; i++) {
    sums[label * width + i] =
      (sums[label * width + i] as number) + times * (values[row * width + i] as number)
  }
}

function meanVariance({ rows, width, values }: Points): number {
  let total = 0
  for (let i = 0; i < width; i++) {
    let sum = 0
    let squares = 0
    for (let at = i; at < values.length; at += width) {
      sum += values[at] as number
      squares += (values[at] as number) ** 2
    }
    total += squares / rows - (sum / rows) ** 2
  }
  return total / width
}

/** Every centre to the mean of its rows. Answers the sum of squares of how far they went. */
function move(state: State): number {
  const { points, k, centres, sums, sizes, moved, half } = state
  const { width } = points
  let total = 0
  for (let c = 0; c < k; c++) {
    let squares = 0
    for (let i = c * width; i < (c + 1) * width; i++) {
      const mean = (sums[i] as number) / (sizes[c] as number)
      squares += (mean - (centres[i] as number)) ** 2
      centres[i] = mean
    }
    moved[c] = Math.sqrt(squares)
    total += squares
  }
  for (let c = 0; c < k; c++) {
    let nearest = Number.POSITIVE_INFINITY
    for (let other = 0; other < k; other++) {
      if (other === c) continue
      nearest = Math.min(nearest, squaredDistance(centres, c * width, centres, other * width, width))
    }
    half[c] = Math.sqrt(nearest) / 2
  }
  return total
}

/** The bounds give way by how far the centres went; rows that they leave in doubt are looked at. Did any change? */
function assign(state: State): boolean {
  const { points, centres, labels, upper, lower, half, moved } = state
  const { width, values, rows } = points
  const [most, next] = moved.slice().sort().reverse() as unknown as [number, number]
  const farthest = moved.indexOf(most)
  let changed = false
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number
    upper[row] = (upper[row] as number) + (moved[label] as number)
    lower[row] = (lower[row] as number) - (label === farthest ? (next ?? 0) : most)
    const enough = Math.max(lower[row] as number, half[label] as number)
    if ((upper[row] as number) < enough) continue
    upper[row] = Math.sqrt(squaredDistance(values, row * width, centres, label * width, width))
    if ((upper[row] as number) < enough) continue
    const nearest = search(state, row)
    if (nearest === label) continue
    add(state, row, label, -1)
    add(state, row, nearest, 1)
    labels[row] = nearest
    changed = true
  }
  return changed
}

/** An empty cluster begins anew at the row that is farthest from its centre, if any row is away from it. */
function repair(state: State): boolean {
  const { points, k, centres, labels, upper, lower, sizes } = state
  const { width, rows, values } = points
  let changed = false
  for (let c = 0; c < k; c++) {
    if (sizes[c] !== 0) continue
    let farthest = -1
    let most = 0
    for (let row = 0; row < rows; row++) {
      if ((sizes[labels[row] as number] as number) < 2) continue
      const distance = squaredDistance(values, row * width, centres, (labels[row] as number) * width, width)
      const isFarther = distance > most || (distance === most && most > 0 && isBefore(points, row, farthest))
      if (!isFarther) continue
      farthest = row
      most = distance
    }
    if (farthest < 0) continue
    add(state, farthest, labels[farthest] as number, -1)
    add(state, farthest, c, 1)
    labels[farthest] = c
    centres.set(values.subarray(farthest * width, (farthest + 1) * width), c * width)
    // Nothing is known any more of who is near whom.
    upper.fill(Number.POSITIVE_INFINITY)
    lower.fill(Number.NEGATIVE_INFINITY)
    upper[farthest] = 0
    state.repaired++
    changed = true
  }
  return changed
}

function isBefore({ width, values }: Points, row: number, other: number): boolean {
  for (let i = 0; i < width; i++) {
    const difference = (values[row * width + i] as number) - (values[other * width + i] as number)
    if (difference !== 0) return difference < 0
  }
  return false
}

export function inertiaOf(
  { rows, width, values }: Points,
  centres: Float64Array,
  labels: Int32Array,
): number {
  let sum = 0
  for (let row = 0; row < rows; row++) {
    sum += onGrid(squaredDistance(values, row * width, centres, (labels[row] as number) * width, width))
  }
  return sum
}

/** Labels of any rows by given centres, with the distances to the nearest and the next one. */
export function nearestCentres(points: Points, centres: Float64Array) {
  const k = centres.length / points.width
  const [labels, runnerUp] = [new Int32Array(points.rows), new Int32Array(points.rows)]
  const [distance, next] = [new Float64Array(points.rows), new Float64Array(points.rows)]
  for (let row = 0; row < points.rows; row++) {
    let nearest = 0
    let other = 0
    let best = Number.POSITIVE_INFINITY
    let second = Number.POSITIVE_INFINITY
    for (let c = 0; c < k; c++) {
      const d = squaredDistance(points.values, row * points.width, centres, c * points.width, points.width)
      if (d < best) {
        other = nearest
        second = best
        nearest = c
        best = d
      } else if (d < second) {
        other = c
        second = d
      }
    }
    labels[row] = nearest
    runnerUp[row] = other
    distance[row] = Math.sqrt(best)
    next[row] = Math.sqrt(second)
  }
  return { labels, runnerUp, distance, next }
}
