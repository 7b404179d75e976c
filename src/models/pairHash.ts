/** A hash of two whole numbers from -1 up, for open addressing: neighbours go far apart. */
export function pairHash(one: number, other: number): number {
  const mixed = Math.imul(one + 1, 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
