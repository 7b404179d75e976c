/** Orders of keys and of numbers in linear time: what a sort with a comparison takes ten times as long for. */

const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS

/**
 * The order of the keys from small to large; equal ones keep theirs, or that of `before`, an order by another key.
 * Three passes over eleven bits each.
 */
export function radixOrder(keys: Uint32Array, before?: Uint32Array): Uint32Array {
  const { length } = keys
  let from = new Uint32Array(length)
  for (let i = 0; i < length; i++) from[i] = before ? (before[i] as number) : i
  let to = new Uint32Array(length)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const next = new Uint32Array(DIGITS)
    for (let i = 0; i < length; i++) {
      const digit = ((keys[i] as number) >>> shift) & (DIGITS - 1)
      next[digit] = (next[digit] as number) + 1
    }
    // All have one digit here: they stand in their order already.
    if (length > 0 && next[((keys[0] as number) >>> shift) & (DIGITS - 1)] === length) continue
    let sum = 0
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = next[digit] as number
      next[digit] = sum
      sum += count
    }
    for (let i = 0; i < length; i++) {
      const item = from[i] as number
      const digit = ((keys[item] as number) >>> shift) & (DIGITS - 1)
      const place = next[digit] as number
      to[place] = item
      next[digit] = place + 1
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** The order of numbers from small to large; equal ones keep theirs. None may be NaN. */
export const ascendingOrder = (values: Float64Array): Uint32Array => orderOf(values, 0)

/** The order of numbers from large to small; equal ones keep theirs. None may be NaN. */
export const descendingOrder = (values: Float64Array): Uint32Array => orderOf(values, ALL_BITS)

const SIGN = 0x80000000
const ALL_BITS = 0xffffffff

/**
 * The bits of a double stand in the order of the numbers, once the sign of those from zero on, and all bits of those
 * below, are turned (Herf 2001, Radix Tricks). `turned`: bits to turn besides, for the other way round.
 */
function orderOf(values: Float64Array, turned: number): Uint32Array {
  const [high, low] = [new Uint32Array(values.length), new Uint32Array(values.length)]
  const double = new Float64Array(1)
  const parts = new Uint32Array(double.buffer)
  const [first, second] = isLittleEndian() ? [0, 1] : [1, 0]
  for (let i = 0; i < values.length; i++) {
    // Adding zero makes one of both zeros.
    double[0] = (values[i] as number) + 0
    const upper = parts[second] as number
    const mask = upper >= SIGN ? ALL_BITS : 0
    high[i] = upper ^ (mask | SIGN) ^ turned
    low[i] = (parts[first] as number) ^ mask ^ turned
  }
  return radixOrder(high, radixOrder(low))
}

const isLittleEndian = (): boolean => new Uint8Array(Uint32Array.of(1).buffer)[0] === 1
