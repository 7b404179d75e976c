/** Hashes of content, the same on every machine: what is sampled or sorted by them does not depend on the order of rows. */

/** 32 bits. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mixedHash(hash ^ text.length)
}

/** 64 bits in hexadecimal digits, which stand for a text where it must not be read. */
export const textDigest = (text: string): string => hexOf(textHash(text)) + hexOf(textHash(`\u0001${text}`))

const hexOf = (hash: number): string => hash.toString(16).padStart(8, '0')

/** The finaliser of MurmurHash3: every bit of the number decides half of the others. */
export function mixedHash(number: number): number {
  let hash = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Of two in their order. */
export const hashOfTwo = (one: number, other: number): number =>
  mixedHash(Math.imul(one, 0x9e3779b1) + mixedHash(other + 0x7f4a7c15))
