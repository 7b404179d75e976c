/** Small symmetric matrices, row by row. */

/** Cholesky factor of a symmetric matrix, row by row; undefined where it is not positive definite. */
function cholesky(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number
      for (let k = 0; k < j; k++) sum -= (factor[i * size + k] as number) * (factor[j * size + k] as number)
      if (i === j) {
        // Flat within rounding is no hill.
        if (!(sum > 1e-14 * Math.abs(matrix[i * size + i] as number))) return undefined
        factor[i * size + i] = Math.sqrt(sum)
      } else factor[i * size + j] = sum / (factor[j * size + j] as number)
    }
  }
  return factor
}

/** x of matrix x = right, for a positive definite matrix; undefined where it is none. */
export function solve(matrix: Float64Array, right: Float64Array): number[] | undefined {
  const size = right.length
  const factor = cholesky(matrix, size)
  if (!factor) return undefined
  const x = Array.from(right)
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (factor[i * size + k] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (factor[i * size + i] as number)
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++)
      x[i] = (x[i] as number) - (factor[k * size + i] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (factor[i * size + i] as number)
  }
  return x
}

/** The inverse of a positive definite matrix; undefined where it is none. */
export function inverse(matrix: Float64Array, size: number): number[][] | undefined {
  const rows: number[][] = []
  for (let i = 0; i < size; i++) {
    const unit = new Float64Array(size)
    unit[i] = 1
    const row = solve(matrix, unit)
    if (!row) return undefined
    rows.push(row)
  }
  return rows
}
