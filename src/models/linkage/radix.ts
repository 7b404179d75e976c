/** Sorting by 32-bit keys in linear time. */

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
