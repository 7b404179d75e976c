/** Typed arrays that grow. */

type Growable = Uint8Array | Uint32Array | Int32Array | Float64Array

/** A copy with room for more; what is new is zero. */
export function longer<T extends Growable>(array: T, length: number): T {
  const copy = new (array.constructor as new (length: number) => T)(length)
  copy.set(array as never)
  return copy
}
