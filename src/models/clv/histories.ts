/** What the models know of customers: when they bought again, and how long they have been watched. */
import { sumOf } from '../sums.ts'

/**
 * One entry a customer, or a group of customers whose entries are equal. Times are in any one unit, counted from
 * the first purchase.
 */
export interface Histories {
  /** Repeat purchases: days of purchase less one. */
  readonly x: Float64Array
  /** Time of the last purchase; 0 where x is 0. */
  readonly tx: Float64Array
  /** Time to the end of observation; at least tx. */
  readonly T: Float64Array
  /** Customers that the entry stands for; one where undefined. */
  readonly weight?: Float64Array | undefined
  /** Sum of the logarithms of the times between purchases, for models of regular buyers; 0 where x is 0. */
  readonly logGaps?: Float64Array | undefined
  /** What is known of customers that does not change; with it equal entries are of one group. */
  readonly groups?: Groups | undefined
}

/** Customers in groups by what is known of them: each group is a row of a design of zeros and ones. */
export interface Groups {
  /** The group of each entry: a row of the design. */
  readonly of: Float64Array
  readonly design: readonly (readonly number[])[]
  /** Columns of the design, `channel=web`. */
  readonly names: readonly string[]
}

/** Some of the entries, in the order given. */
export function pickHistories(
  { x, tx, T, weight, logGaps, groups }: Histories,
  rows: ArrayLike<number>,
): Histories {
  const pick = (values: Float64Array) => {
    const picked = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i] as number] as number
    return picked
  }
  return {
    x: pick(x),
    tx: pick(tx),
    T: pick(T),
    weight: weight && pick(weight),
    logGaps: logGaps && pick(logGaps),
    groups: groups && { ...groups, of: pick(groups.of) },
  }
}

export const weightOf = ({ weight }: Histories, row: number): number => (weight ? (weight[row] as number) : 1)

export function totalWeight({ x, weight }: Histories): number {
  if (!weight) return x.length
  return sumOf(weight)
}

export interface Collapsed {
  readonly patterns: Histories & { readonly weight: Float64Array }
  /** The pattern of each row that was given. */
  readonly patternOf: Int32Array
}

/** Join equal entries: times are days, so that many customers share one (CDNOW: 2,357 are 1,016). */
export function collapse(histories: Histories): Collapsed {
  const { x, tx, T, logGaps, groups } = histories
  const of = groups?.of
  const size = tableSize(x.length)
  const table = new Int32Array(size)
  const patternOf = new Int32Array(x.length)
  const first = new Int32Array(x.length)
  const weight = new Float64Array(x.length)
  // Beside one another, as they are compared: rows of equal entries lie far apart.
  const times = new Float64Array(3 * x.length)
  const isSame = (pattern: number, row: number): boolean => {
    const at = 3 * pattern
    const one = first[pattern] as number
    return (
      times[at] === x[row] &&
      times[at + 1] === tx[row] &&
      times[at + 2] === T[row] &&
      logGaps?.[one] === logGaps?.[row] &&
      of?.[one] === of?.[row]
    )
  }
  let patterns = 0
  for (let row = 0; row < x.length; row++) {
    let slot = hashOf(x[row] as number, tx[row] as number, T[row] as number) & (size - 1)
    // A place without a pattern holds zero.
    let found = (table[slot] as number) - 1
    while (found >= 0 && !isSame(found, row)) {
      slot = (slot + 1) & (size - 1)
      found = (table[slot] as number) - 1
    }
    if (found < 0) {
      found = patterns++
      table[slot] = patterns
      first[found] = row
      times[3 * found] = x[row] as number
      times[3 * found + 1] = tx[row] as number
      times[3 * found + 2] = T[row] as number
    }
    patternOf[row] = found
    weight[found] = (weight[found] as number) + weightOf(histories, row)
  }
  const patternsOnly = pickHistories(histories, first.subarray(0, patterns))
  return { patterns: { ...patternsOnly, weight: weight.slice(0, patterns) }, patternOf }
}

/** The distinct pairs of x and T among the entries, and the one of each entry. */
interface Ages {
  readonly x: Float64Array
  readonly T: Float64Array
  readonly of: Int32Array
}

const agesKnown = new WeakMap<Histories, Ages>()

function agesOf(histories: Histories): Ages {
  const known = agesKnown.get(histories)
  if (known) return known
  const { x, T } = histories
  const { patterns, patternOf } = collapse({ x, tx: new Float64Array(x.length), T })
  const ages = { x: patterns.x, T: patterns.T, of: patternOf }
  agesKnown.set(histories, ages)
  return ages
}

/**
 * Values times a function of x and T alone, by row. Of customers who are ones still nothing else matters for what is to
 * come, and histories that differ in nothing but the last purchase are many: of 350,000 some 20,000 are different
 * without it.
 */
export function timesByAge(
  values: Float64Array,
  histories: Histories,
  of: (x: number, T: number) => number,
): Float64Array {
  const ages = agesOf(histories)
  const each = ages.x.map((x, i) => of(x, ages.T[i] as number))
  const products = new Float64Array(values.length)
  for (let row = 0; row < products.length; row++) {
    products[row] = (values[row] as number) * (each[ages.of[row] as number] as number)
  }
  return products
}

function tableSize(rows: number): number {
  let size = 16
  while (size < 2 * rows) size *= 2
  return size
}

const bits = new Float64Array(1)
const words = new Uint32Array(bits.buffer)

/** Of a sum that hardly two entries share: of three numbers each the bits would take thrice the time. */
function hashOf(x: number, tx: number, T: number): number {
  bits[0] = x + 1 + Math.SQRT2 * tx + Math.E * T
  let hash = Math.imul((words[0] as number) ^ (words[1] as number), 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
