/** Sums over millions of rows in plain loops: the methods of typed arrays make an object for each number. */

export function sumOf(values: Float64Array): number {
  let sum = 0
  for (let row = 0; row < values.length; row++) sum += values[row] as number
  return sum
}

/** Of the products of two columns; of the first alone where there is no second. */
export function sumOfProducts(values: Float64Array, others: Float64Array | undefined): number {
  if (!others) return sumOf(values)
  let sum = 0
  for (let row = 0; row < values.length; row++) sum += (values[row] as number) * (others[row] as number)
  return sum
}

/** The greatest of values from zero on; 0 where there is none. */
export function greatestOf(values: Float64Array): number {
  let greatest = 0
  for (let row = 0; row < values.length; row++) greatest = Math.max(greatest, values[row] as number)
  return greatest
}

/** Adds to one of several sums. */
export function addTo(sums: Float64Array, place: number, value: number): void {
  sums[place] = (sums[place] as number) + value
}

export function areFinite(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if (!Number.isFinite(values[row])) return false
  return true
}
