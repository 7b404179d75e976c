/** Pairs that stand for all that were not proposed. */
import type { Pairs } from './blocking.ts'

const ALL_UP_TO = 800
export const DRAWN = { few: 400_000, many: 1_500_000, manyFrom: 200_000 }

/** Records lie in the order of hashes: each with the one so many places on is as good as a draw. */
export function randomPairs(records: number): Pairs {
  const wanted = records > DRAWN.manyFrom ? DRAWN.many : DRAWN.few
  const all = (records * (records - 1)) / 2
  const most = Math.min(all, records <= ALL_UP_TO ? all : wanted)
  const left = new Int32Array(most)
  const right = new Int32Array(most)
  const golden = (Math.sqrt(5) - 1) / 2
  const half = Math.floor((records - 1) / 2)
  const shifts = records <= ALL_UP_TO ? Math.floor(records / 2) : Math.min(half, Math.ceil(wanted / records))
  const used = new Set<number>()
  let size = 0
  for (let i = 1; used.size < shifts && size < most; i++) {
    const shift = records <= ALL_UP_TO ? i : 1 + Math.floor(((i * golden) % 1) * half)
    if (used.has(shift)) continue
    used.add(shift)
    for (let record = 0; record < records && size < most; record++) {
      const other = (record + shift) % records
      if (2 * shift === records && other < record) continue
      left[size] = Math.min(record, other)
      right[size++] = Math.max(record, other)
    }
  }
  return { left: left.subarray(0, size), right: right.subarray(0, size) }
}

/** Which of the drawn pairs were not proposed: their places. The proposed ones are in ascending order. */
export function notProposed(drawn: Pairs, { left, right }: Pairs): Int32Array {
  const last = left.length === 0 ? 0 : (left[left.length - 1] as number)
  const starts = new Int32Array(last + 2)
  for (const one of left) starts[one + 1] = (starts[one + 1] as number) + 1
  for (let one = 0; one <= last; one++)
    starts[one + 1] = (starts[one + 1] as number) + (starts[one] as number)
  const isProposed = (one: number, other: number): boolean => {
    if (one > last) return false
    for (let at = starts[one] as number; at < (starts[one + 1] as number); at++)
      if (right[at] === other) return true
    return false
  }
  const places = new Int32Array(drawn.left.length)
  let size = 0
  for (let i = 0; i < places.length; i++)
    if (!isProposed(drawn.left[i] as number, drawn.right[i] as number)) places[size++] = i
  return places.subarray(0, size)
}
