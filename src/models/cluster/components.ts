/** The axes along which rows differ most (Pearson 1901), by the rotations of Jacobi (1846). */
import type { Points } from './points.ts'

export interface Components {
  /** Of each axis, the weight of each column; the greatest is positive. */
  readonly axes: readonly Float64Array[]
  /** Part of the variance along each axis. */
  readonly share: readonly number[]
}

/** The first axes, at most as many as there are columns. */
export function componentsOf(points: Points, count: number): Components {
  const { width } = points
  const matrix = covariance(points)
  const vectors = Array.from({ length: width }, (_, i) =>
    Float64Array.from({ length: width }, (_, j) => (i === j ? 1 : 0)),
  )
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(matrix) > 0; sweep++) {
    for (let p = 0; p < width; p++) for (let q = p + 1; q < width; q++) rotate(matrix, vectors, p, q)
  }
  const values = matrix.map((row, i) => row[i] as number)
  const total = values.reduce((sum, value) => sum + value, 0)
  const order = [...values.keys()]
    .sort((a, b) => (values[b] as number) - (values[a] as number))
    .slice(0, count)
  return {
    axes: order.map((i) => upright(Float64Array.from(vectors, (row) => row[i] as number))),
    share: order.map((i) => (total > 0 ? (values[i] as number) / total : 0)),
  }
}

const MOST_SWEEPS = 60

function covariance({ rows, width, values }: Points): Float64Array[] {
  const mean = new Float64Array(width)
  values.forEach((value, at) => {
    mean[at % width] = (mean[at % width] as number) + value / rows
  })
  const matrix = Array.from({ length: width }, () => new Float64Array(width))
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      const a = (values[row * width + i] as number) - (mean[i] as number)
      for (let j = 0; j <= i; j++) {
        const b = (values[row * width + j] as number) - (mean[j] as number)
        ;(matrix[i] as Float64Array)[j] = ((matrix[i] as Float64Array)[j] as number) + (a * b) / rows
      }
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = 0; j < i; j++) (matrix[j] as Float64Array)[i] = matrix[i]?.[j] as number
  return matrix
}

function offDiagonal(matrix: readonly Float64Array[]): number {
  let sum = 0
  for (let i = 0; i < matrix.length; i++)
    for (let j = 0; j < i; j++) sum += Math.abs(matrix[i]?.[j] as number)
  return sum < 1e-14 ? 0 : sum
}

function rotate(matrix: Float64Array[], vectors: Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [matrix[p] as Float64Array, matrix[q] as Float64Array]
  const off = rowP[q] as number
  if (off === 0) return
  const theta = ((rowQ[q] as number) - (rowP[p] as number)) / (2 * off)
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  for (const row of [...matrix, ...vectors]) {
    const [a, b] = [row[p] as number, row[q] as number]
    row[p] = cosine * a - sine * b
    row[q] = sine * a + cosine * b
  }
  for (let j = 0; j < matrix.length; j++) {
    const [a, b] = [rowP[j] as number, rowQ[j] as number]
    rowP[j] = cosine * a - sine * b
    rowQ[j] = sine * a + cosine * b
  }
}

function upright(axis: Float64Array): Float64Array {
  const greatest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0)
  return greatest < 0 ? axis.map((value) => -value) : axis
}

/** Where each row stands along an axis, from the origin of the points. */
export function along({ rows, width, values }: Points, axis: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    axis.reduce((sum, weight, i) => sum + weight * (values[row * width + i] as number), 0),
  )
}
