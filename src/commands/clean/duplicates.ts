/** Rows that repeat an earlier one in every cell, told by digests of 128 bits: no two rows share one by chance. */
import { longer } from '../../core/arrays.ts'
import type { RowStep } from './rows.ts'

export function duplicateStep(width: number): RowStep {
  const seen = digestSet()
  return (working) => {
    for (let at = 0; at < working.batch.length; at++) {
      if (working.isGone(at)) continue
      const digest = [1, 2, 3, 4]
      for (let column = 0; column < width; column++) mix(digest, working.text(column, at))
      if (!seen.add(digest)) working.remove({ at, as: 'dropped', why: 'exact duplicate' })
    }
  }
}

/** Four streams with multipliers of their own; the end of a cell is mixed in, so that its neighbour cannot slide over. */
const MULTIPLIERS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const
const END = 0x1ffff

function mix(digest: number[], text: string): void {
  let [a, b, c, d] = digest as [number, number, number, number]
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : END
    a = Math.imul(a ^ unit, MULTIPLIERS[0])
    b = Math.imul(b ^ unit ^ (a >>> 15), MULTIPLIERS[1])
    c = Math.imul(c ^ unit ^ (b >>> 13), MULTIPLIERS[2])
    d = Math.imul(d ^ unit ^ (c >>> 16), MULTIPLIERS[3])
    a ^= d >>> 14
  }
  digest[0] = a
  digest[1] = b
  digest[2] = c
  digest[3] = d
}

const WORDS = 4

function digestSet() {
  let slots = new Int32Array(1 << 12)
  let digests = new Int32Array(WORDS << 11)
  let size = 0
  const slotOf = (at: number): number => {
    const [a, b] = [digests[at] as number, digests[at + 1] as number]
    return (a ^ (b >>> 7)) & (slots.length - 1)
  }
  const isSame = (entry: number, digest: readonly number[]): boolean => {
    for (let i = 0; i < WORDS; i++) if (digests[WORDS * entry + i] !== digest[i]) return false
    return true
  }
  const grow = (): void => {
    slots = new Int32Array(2 * slots.length)
    for (let entry = 0; entry < size; entry++) {
      let slot = slotOf(WORDS * entry)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = entry + 1
    }
  }
  return {
    /** False where it is there already. */
    add(digest: readonly number[]): boolean {
      if (WORDS * (size + 1) > digests.length) digests = longer(digests, 2 * digests.length)
      digests.set(digest, WORDS * size)
      let slot = slotOf(WORDS * size)
      for (let entry = slots[slot] as number; entry !== 0; entry = slots[slot] as number) {
        if (isSame(entry - 1, digest)) return false
        slot = (slot + 1) & (slots.length - 1)
      }
      slots[slot] = ++size
      if (2 * size > slots.length) grow()
      return true
    },
  }
}
