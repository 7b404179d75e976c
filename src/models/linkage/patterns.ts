/** How many pairs agree in which way: the levels of all columns as one number, and a count for each such number. */
import { longer } from '../../core/arrays.ts'

/** Level of no evidence: a value is missing on either side. */
export const MISSING = -1

/** Levels of K columns as one number: level l of a column with levels 0 to L counts as l + 1 of L + 2. */
export interface Radix {
  readonly strides: readonly number[]
  readonly sizes: readonly number[]
}

/** Throws RangeError where the levels do not fit into 2^53. */
export function radixOf(levels: readonly number[]): Radix {
  const sizes = levels.map((most) => most + 2)
  let stride = 1
  const strides = sizes.map((size) => {
    const own = stride
    stride *= size
    return own
  })
  if (stride > Number.MAX_SAFE_INTEGER) throw new RangeError('more levels than a number can hold')
  return { strides, sizes }
}

/** The levels of a pattern, column by column. */
export function levelsOf({ strides, sizes }: Radix, pattern: number): number[] {
  return strides.map((stride, i) => (Math.floor(pattern / stride) % (sizes[i] as number)) - 1)
}

/** Numbers of the distinct patterns, in the order in which they come first. */
export interface Patterns {
  /** Of each pair, the number of its pattern. */
  numbersOf(patterns: Float64Array): Int32Array
  /** The distinct patterns so far. */
  distinct(): Float64Array
}

export function patternTable(): Patterns {
  let slots = new Int32Array(1 << 16)
  let held = new Float64Array(1 << 15)
  let size = 0
  const placeOf = (pattern: number): number => {
    const high = Math.floor(pattern / 2 ** 32)
    const mixed = Math.imul((pattern >>> 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & (slots.length - 1)
  }
  const insert = (number: number) => {
    let slot = placeOf(held[number] as number)
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = number + 1
  }
  const numberOf = (pattern: number): number => {
    let slot = placeOf(pattern)
    for (let at = slots[slot] as number; at !== 0; at = slots[slot] as number) {
      if (held[at - 1] === pattern) return at - 1
      slot = (slot + 1) & (slots.length - 1)
    }
    slots[slot] = size + 1
    held[size++] = pattern
    if (size === held.length) {
      held = longer(held, 2 * size)
      slots = new Int32Array(4 * size)
      for (let number = 0; number < size; number++) insert(number)
    }
    return size - 1
  }
  return {
    numbersOf(patterns) {
      const numbers = new Int32Array(patterns.length)
      for (let i = 0; i < numbers.length; i++) numbers[i] = numberOf(patterns[i] as number)
      return numbers
    },
    distinct: () => held.slice(0, size),
  }
}

/** How often each number occurs. */
export function countsOf(numbers: Int32Array, distinct: number): Float64Array {
  const counts = new Float64Array(distinct)
  for (let i = 0; i < numbers.length; i++)
    counts[numbers[i] as number] = (counts[numbers[i] as number] as number) + 1
  return counts
}
