/** Typed arrays that grow, and those that threads share. */

type Growable = Uint8Array | Uint32Array | Int32Array | Float64Array

/** Zeros in memory that is not copied for another thread. */
export const sharedFloats = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(8 * length))

export const sharedIntegers = (length: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(4 * length))

/** Numbers in such memory, by their places. In a loop: from() asks an iterator for each of a million. */
export function filledFloats(length: number, of: (place: number) => number): Float64Array {
  const values = sharedFloats(length)
  for (let place = 0; place < length; place++) values[place] = of(place)
  return values
}

export function filledIntegers(length: number, of: (place: number) => number): Int32Array {
  const values = sharedIntegers(length)
  for (let place = 0; place < length; place++) values[place] = of(place)
  return values
}

/** A copy with room for more; what is new is zero. */
export function longer<T extends Growable>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length)
  copy.set(array as never)
  return copy
}
