/** Numbers for texts, in the order in which they come: millions of them, without a string for each. */

import { longer } from '../core/arrays.ts'

export interface Dictionary {
  /** -1 for null. */
  codeOf(text: string | null): number
  /** Of a text of at most 12 bytes of UTF-8: four words, its length and its bytes, zero where it has none. */
  codeOfShort(words: Uint32Array, at: number): number
  /** How many there are, and the texts themselves where they were kept. */
  done(): { readonly count: number; readonly words: readonly string[] | undefined }
}

const SHORT_BYTES = 12
const decoder = new TextDecoder()
const encoder = new TextEncoder()

export function textDictionary(keepsWords: boolean): Dictionary {
  const words: string[] = []
  let count = 0
  const next = (text: () => string): number => {
    if (keepsWords) words.push(text())
    return count++
  }
  const short = wordKeys(next)
  const long = byteKeys(next)
  const scratch = new Uint32Array(4)
  const letters = new Uint8Array(scratch.buffer, 4, SHORT_BYTES)
  let last: { readonly text: string; readonly code: number } | undefined
  return {
    codeOfShort: short,
    codeOf(text) {
      if (text === null) return -1
      if (last?.text === text) return last.code
      letters.fill(0)
      const { read, written } = encoder.encodeInto(text, letters)
      scratch[0] = written
      const code = read === text.length ? short(scratch, 0) : long(text)
      last = { text, code }
      return code
    },
    done: () => ({ count, words: keepsWords ? words : undefined }),
  }
}

type Next = (text: () => string) => number

/** Open addressing over keys of four words each. */
function wordKeys(next: Next): (words: Uint32Array, at: number) => number {
  let [keys, codes] = [new Uint32Array(1 << 12), new Int32Array(1 << 10)]
  let slots = new Int32Array(1 << 11)
  let size = 0
  const placeOf = (from: Uint32Array, at: number): number => {
    let hash = Math.imul((from[at + 1] as number) ^ Math.imul(from[at] as number, 0x9e3779b1), 0x85ebca6b)
    hash = Math.imul((from[at + 2] as number) ^ hash ^ (hash >>> 15), 0xc2b2ae35)
    hash = Math.imul((from[at + 3] as number) ^ hash ^ (hash >>> 13), 0x27d4eb2f)
    return (hash ^ (hash >>> 16)) & (slots.length - 1)
  }
  const grow = () => {
    keys = longer(keys, 2 * keys.length)
    codes = longer(codes, 2 * codes.length)
    slots = new Int32Array(2 * slots.length)
    for (let key = 0; key < size; key++) {
      let slot = placeOf(keys, 4 * key)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = key + 1
    }
  }
  return (words, at) => {
    const a = words[at] as number
    const b = words[at + 1] as number
    const c = words[at + 2] as number
    const d = words[at + 3] as number
    let slot = placeOf(words, at)
    for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
      const key = 4 * (held - 1)
      if (keys[key] === a && keys[key + 1] === b && keys[key + 2] === c && keys[key + 3] === d) {
        return codes[held - 1] as number
      }
      slot = (slot + 1) & (slots.length - 1)
    }
    const code = next(() => decoder.decode(new Uint8Array(words.buffer, words.byteOffset + 4 * (at + 1), a)))
    slots[slot] = size + 1
    keys.set([a, b, c, d], 4 * size)
    codes[size++] = code
    if (size === codes.length) grow()
    return code
  }
}

/** Longer texts: their bytes one after the other, and where each ends. */
function byteKeys(next: Next): (text: string) => number {
  let [bytes, ends, codes] = [new Uint8Array(1 << 16), new Uint32Array(1 << 10), new Int32Array(1 << 10)]
  let hashes = new Int32Array(1 << 10)
  let slots = new Int32Array(1 << 11)
  let [size, used] = [0, 0]
  const grow = () => {
    ends = longer(ends, 2 * ends.length)
    codes = longer(codes, 2 * codes.length)
    hashes = longer(hashes, 2 * hashes.length)
    slots = new Int32Array(2 * slots.length)
    for (let key = 0; key < size; key++) {
      let slot = (hashes[key] as number) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = key + 1
    }
  }
  return (text) => {
    if (used + 3 * text.length > bytes.length) {
      bytes = longer(bytes, Math.max(2 * bytes.length, used + 3 * text.length))
    }
    // Written behind the others: it stays there if it is new.
    const { written } = encoder.encodeInto(text, bytes.subarray(used))
    const end = used + written
    let hash = written
    for (let at = used; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    hash ^= hash >>> 13
    let slot = hash & (slots.length - 1)
    for (let held = slots[slot] as number; held !== 0; held = slots[slot] as number) {
      const key = held - 1
      const from = key === 0 ? 0 : (ends[key - 1] as number)
      if (hashes[key] === hash && isSame(bytes, { from, to: ends[key] as number }, { from: used, to: end })) {
        return codes[key] as number
      }
      slot = (slot + 1) & (slots.length - 1)
    }
    const code = next(() => text)
    slots[slot] = size + 1
    hashes[size] = hash
    codes[size] = code
    ends[size++] = end
    used = end
    if (size === ends.length) grow()
    return code
  }
}

interface Stretch {
  readonly from: number
  readonly to: number
}

function isSame(bytes: Uint8Array, one: Stretch, other: Stretch): boolean {
  if (one.to - one.from !== other.to - other.from) return false
  for (let i = 0; i < one.to - one.from; i++) if (bytes[one.from + i] !== bytes[other.from + i]) return false
  return true
}
