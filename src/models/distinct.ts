/** The different values of a column: what depends on them alone is worked out once for each. */
import { longer } from '../core/arrays.ts'

export interface Distinct {
  readonly values: Float64Array
  /** The place of each row's value among them. */
  readonly of: Int32Array
}

/** How often each value is there, or the sum of the weights of its rows. */
export function countsOf({ values, of }: Distinct, weight: Float64Array | undefined): Float64Array {
  const counts = new Float64Array(values.length)
  for (let row = 0; row < of.length; row++) {
    const which = of[row] as number
    counts[which] = (counts[which] as number) + (weight ? (weight[row] as number) : 1)
  }
  return counts
}

const FIRST_SIZE = 256

/** By open addressing, in the order of first sight: a Map takes five times as long. No value may be NaN. */
export function distinctOf(column: Float64Array): Distinct {
  const of = new Int32Array(column.length)
  let values = new Float64Array(FIRST_SIZE)
  let count = 0
  // A place holds the number of its value, which are counted from 1.
  let table = new Int32Array(2 * FIRST_SIZE)
  for (let row = 0; row < column.length; row++) {
    const value = column[row] as number
    const place = placeOf(value, table, values)
    let number = table[place] as number
    if (number === 0) {
      values[count++] = value
      number = count
      table[place] = number
      if (count === values.length) {
        values = longer(values, 2 * count)
        table = tableOf(values, count)
      }
    }
    of[row] = number - 1
  }
  return { values: values.slice(0, count), of }
}

function tableOf(values: Float64Array, count: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(4 * count)
  for (let i = 0; i < count; i++) table[placeOf(values[i] as number, table, values)] = i + 1
  return table
}

function placeOf(value: number, table: Int32Array, values: Float64Array): number {
  const last = table.length - 1
  let place = hashOf(value) & last
  while (table[place] !== 0 && values[(table[place] as number) - 1] !== value) place = (place + 1) & last
  return place
}

const bits = new Float64Array(1)
const words = new Uint32Array(bits.buffer)

function hashOf(value: number): number {
  // Adding zero makes one of both zeros.
  bits[0] = value + 0
  const hash = Math.imul((words[0] as number) ^ Math.imul(words[1] as number, 0x85ebca6b), 0x9e3779b1)
  return hash ^ (hash >>> 15)
}
