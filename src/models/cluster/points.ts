/** Rows of numbers, one after the other, and what is drawn from them whatever their order. */
import { mulberry32 } from '../random.ts'

export interface Points {
  readonly rows: number
  /** Numbers of a row. */
  readonly width: number
  /** Row r is `values[r * width]` up to `values[(r + 1) * width - 1]`. */
  readonly values: Float64Array
}

/**
 * Numbers are kept to so many parts of one: sums of them are then whole numbers of these parts, exact up to sums of
 * 5e8, and do not depend on the order of the rows.
 */
const PARTS = 2 ** 24

export const onGrid = (value: number): number => Math.round(value * PARTS) / PARTS

/** Columns to points, put on the grid. */
export function pointsOf(columns: readonly Float64Array[]): Points {
  const [width, rows] = [columns.length, columns[0]?.length ?? 0]
  const values = new Float64Array(rows * width)
  columns.forEach((column, i) => {
    for (let row = 0; row < rows; row++) values[row * width + i] = onGrid(column[row] as number)
  })
  return { rows, width, values }
}

export const rowOf = ({ width, values }: Points, row: number): Float64Array =>
  values.subarray(row * width, (row + 1) * width)

export function squaredDistance(
  a: Float64Array,
  from: number,
  b: Float64Array,
  to: number,
  width: number,
): number {
  let sum = 0
  for (let i = 0; i < width; i++) {
    const difference = (a[from + i] as number) - (b[to + i] as number)
    sum += difference * difference
  }
  return sum
}

/** At most so many rows, drawn by what they hold: the same ones whatever the order of the rows, in rising order of theirs. */
export function sampleOf(points: Points, most: number, seed: number): Points {
  const chosen =
    points.rows <= most
      ? Uint32Array.from({ length: points.rows }, (_, row) => row)
      : drawn(points, most, seed)
  const { width } = points
  const sorted = chosen.sort((a, b) => comparedRows(points, a, b))
  const values = new Float64Array(sorted.length * width)
  sorted.forEach((row, i) => {
    values.set(rowOf(points, row), i * width)
  })
  return { rows: sorted.length, width, values }
}

export function comparedRows({ width, values }: Points, a: number, b: number): number {
  for (let i = 0; i < width; i++) {
    const difference = (values[a * width + i] as number) - (values[b * width + i] as number)
    if (difference !== 0) return difference
  }
  return 0
}

/** How many different rows there are, counted up to `most`. */
export function differentRows(points: Points, most: number): number {
  const found: number[] = []
  for (let row = 0; row < points.rows && found.length < most; row++) {
    if (!found.some((other) => comparedRows(points, other, row) === 0)) found.push(row)
  }
  return found.length
}

/** The rows with the smallest hash of their numbers and of how many equal rows came before. */
function drawn(points: Points, most: number, seed: number): Uint32Array {
  const hashes = hashesOf(points, seed)
  const limit = smallest(hashes, most)
  const rows = new Uint32Array(most)
  let [size, atLimit] = [0, most]
  for (const hash of hashes) if (hash < limit) atLimit--
  for (let row = 0; row < points.rows; row++) {
    const hash = hashes[row] as number
    if (hash < limit || (hash === limit && atLimit-- > 0)) rows[size++] = row
  }
  return rows
}

const HASHES = 2 ** 52

/** The one with so many up to it: hashes are even, so only those below a bound need to be sorted. */
function smallest(hashes: Float64Array, most: number): number {
  for (let bound = (1.2 * most * HASHES) / hashes.length; ; bound *= 2) {
    const low = hashes.filter((hash) => hash < bound)
    if (low.length >= most) return low.sort()[most - 1] as number
  }
}

/** Slots of a table hold a row plus one, and how many rows equal to it were seen. */
function hashesOf(points: Points, seed: number): Float64Array {
  const { rows } = points
  const plain = plainHashes(points, seed)
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, 2 * rows))))
  const seen = new Uint32Array(slots.length)
  const mask = slots.length - 1
  const isOther = (one: number, other: number) =>
    plain[one] !== plain[other] || comparedRows(points, one, other) !== 0
  const hashes = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    let slot = (plain[row] as number) & mask
    while (slots[slot] !== 0 && isOther((slots[slot] as number) - 1, row)) slot = (slot + 1) & mask
    if (slots[slot] === 0) slots[slot] = row + 1
    const before = seen[slot] as number
    seen[slot] = before + 1
    const high = mixed((plain[row] as number) ^ before)
    hashes[row] = (high >>> 0) * 2 ** 20 + (mixed(high ^ 0x9e3779b9) >>> 12)
  }
  return hashes
}

/** Of the numbers of each row alone. */
function plainHashes({ rows, width, values }: Points, seed: number): Int32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  const salt = Math.floor(mulberry32(seed)() * 2 ** 32)
  const hashes = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    let hash = salt
    for (let i = 2 * row * width; i < 2 * (row + 1) * width; i++) hash = mixed(hash ^ (bits[i] as number))
    hashes[row] = hash
  }
  return hashes
}

/** The finaliser of MurmurHash3. */
function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
