/** How good clusters are, from one figure each that the field knows. */
import { type Clusters, nearestCentres } from './hamerly.ts'
import { type Points, squaredDistance } from './points.ts'

/**
 * Mean over rows of (b - a) / max(a, b): a the mean distance to the other rows of the cluster, b that to those of the
 * nearest other one; 0 for a cluster of one (Rousseeuw 1987). Time: rows squared.
 */
export function silhouette({ rows, width, values }: Points, labels: Int32Array, k: number): number {
  const sizes = new Int32Array(k)
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1
  const sums = new Float64Array(rows * k)
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other < row; other++) {
      const distance = Math.sqrt(squaredDistance(values, row * width, values, other * width, width))
      const [own, its] = [row * k + (labels[other] as number), other * k + (labels[row] as number)]
      sums[own] = (sums[own] as number) + distance
      sums[its] = (sums[its] as number) + distance
    }
  }
  let total = 0
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number
    if ((sizes[label] as number) < 2) continue
    const a = (sums[row * k + label] as number) / ((sizes[label] as number) - 1)
    let b = Number.POSITIVE_INFINITY
    for (let c = 0; c < k; c++) {
      if (c !== label && (sizes[c] as number) > 0)
        b = Math.min(b, (sums[row * k + c] as number) / (sizes[c] as number))
    }
    if (Number.isFinite(b) && Math.max(a, b) > 0) total += (b - a) / Math.max(a, b)
  }
  return total / rows
}

/** Between over within the clusters, each by its degrees of freedom (Calinski, Harabasz 1974); higher is better. NaN where nothing is within. */
export function calinskiHarabasz(points: Points, { k, inertia }: Clusters): number {
  if (inertia === 0) return Number.NaN
  const within = inertia / (points.rows - k)
  return (totalInertia(points) - inertia) / (k - 1) / within
}

/** Sum of squared distances of all rows to their mean. */
export function totalInertia({ rows, width, values }: Points): number {
  const mean = new Float64Array(width)
  values.forEach((value, at) => {
    mean[at % width] = (mean[at % width] as number) + value / rows
  })
  let sum = 0
  for (let row = 0; row < rows; row++) sum += squaredDistance(values, row * width, mean, 0, width)
  return sum
}

/** Mean over clusters of the worst (s_i + s_j) / d_ij, s the mean distance to the centre (Davies, Bouldin 1979). */
export function daviesBouldin(
  { rows, width, values }: Points,
  { k, centres, labels, sizes }: Clusters,
): number {
  const spread = new Float64Array(k)
  for (let row = 0; row < rows; row++) {
    const label = labels[row] as number
    const distance = Math.sqrt(squaredDistance(values, row * width, centres, label * width, width))
    spread[label] = (spread[label] as number) + distance / (sizes[label] as number)
  }
  let sum = 0
  for (let i = 0; i < k; i++) {
    let worst = 0
    for (let j = 0; j < k; j++) {
      if (i === j) continue
      const apart = Math.sqrt(squaredDistance(centres, i * width, centres, j * width, width))
      worst = Math.max(worst, ((spread[i] as number) + (spread[j] as number)) / apart)
    }
    sum += worst
  }
  return sum / k
}

/** How alike two partitions of the same rows are: 1 the same, 0 as by chance (Hubert, Arabie 1985). */
export function adjustedRand(one: Int32Array, other: Int32Array): number {
  const [a, b] = [1 + one.reduce((x, y) => Math.max(x, y), 0), 1 + other.reduce((x, y) => Math.max(x, y), 0)]
  const table = new Float64Array(a * b)
  one.forEach((label, row) => {
    const at = label * b + (other[row] as number)
    table[at] = (table[at] as number) + 1
  })
  const pairs = (count: number) => (count * (count - 1)) / 2
  const summed = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + pairs(count), 0)
  const rows = Array.from({ length: a }, (_, i) =>
    table.subarray(i * b, (i + 1) * b).reduce((x, y) => x + y, 0),
  )
  const columns = Array.from({ length: b }, (_, j) =>
    rows.reduce((sum, _count, i) => sum + (table[i * b + j] as number), 0),
  )
  const [both, inOne, inOther, all] = [summed(table), summed(rows), summed(columns), pairs(one.length)]
  const chance = (inOne * inOther) / all
  const most = (inOne + inOther) / 2
  return most === chance ? 1 : (both - chance) / (most - chance)
}

/** Labels of rows by the centres of clusters of other rows. */
export const labelsBy = (points: Points, { centres }: Clusters): Int32Array =>
  nearestCentres(points, centres).labels
