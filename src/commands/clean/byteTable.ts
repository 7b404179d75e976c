/** Numbers by the bytes of texts: what is known of a text is found again without making a string of it. */

import { longer } from '../../core/arrays.ts'

export interface ByteTable {
  /** The number of the text from one place up to another; -1 where it is not known. */
  find(bytes: Uint8Array, from: number, to: number): number
  /** Keep a number for the text that was looked for last. */
  keep(number: number): void
  readonly size: number
  clear(): void
}

const FIRST_SLOTS = 1 << 10
const [OFFSET, PRIME] = [0x811c9dc5 | 0, 0x01000193]

/** `alike`: bytes that count as one another, each with the one that stands for them. */
export function byteTable(alike?: Uint8Array): ByteTable {
  let slots = new Int32Array(FIRST_SLOTS)
  let [starts, hashes, numbers] = [new Int32Array(512), new Int32Array(512), new Int32Array(512)]
  let arena = new Uint8Array(1 << 13)
  let [size, end] = [0, 0]
  const last = { bytes: arena as Uint8Array, from: 0, to: 0, hash: 0, slot: 0 }
  const plain = alike ?? Uint8Array.from({ length: 256 }, (_, byte) => byte)

  const equals = (entry: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = starts[entry] as number
    const stop = entry + 1 < size ? (starts[entry + 1] as number) : end
    if (stop - start !== to - from) return false
    for (let at = from, own = start; at < to; at++, own++) {
      if (arena[own] !== plain[bytes[at] as number]) return false
    }
    return true
  }

  const grow = (): void => {
    const more = new Int32Array(2 * slots.length)
    for (let entry = 0; entry < size; entry++) {
      let slot = (hashes[entry] as number) & (more.length - 1)
      while (more[slot] !== 0) slot = (slot + 1) & (more.length - 1)
      more[slot] = entry + 1
    }
    slots = more
  }

  return {
    get size() {
      return size
    },
    find(bytes, from, to) {
      let hash = OFFSET
      for (let at = from; at < to; at++)
        hash = Math.imul(hash ^ (plain[bytes[at] as number] as number), PRIME)
      hash ^= hash >>> 15
      let slot = hash & (slots.length - 1)
      for (let entry = slots[slot] as number; entry !== 0; entry = slots[slot] as number) {
        if (hashes[entry - 1] === hash && equals(entry - 1, bytes, from, to))
          return numbers[entry - 1] as number
        slot = (slot + 1) & (slots.length - 1)
      }
      last.bytes = bytes
      last.from = from
      last.to = to
      last.hash = hash
      last.slot = slot
      return -1
    },
    keep(number) {
      const { bytes, from, to, hash, slot } = last
      if (size === starts.length) {
        starts = longer(starts, 2 * size)
        hashes = longer(hashes, 2 * size)
        numbers = longer(numbers, 2 * size)
      }
      if (end + to - from > arena.length) arena = longer(arena, Math.max(2 * arena.length, end + to - from))
      starts[size] = end
      hashes[size] = hash
      numbers[size] = number
      for (let at = from; at < to; at++) arena[end++] = plain[bytes[at] as number] as number
      slots[slot] = ++size
      if (2 * size > slots.length) grow()
    },
    clear() {
      slots = new Int32Array(FIRST_SLOTS)
      last.slot = last.hash & (FIRST_SLOTS - 1)
      size = 0
      end = 0
    },
  }
}
