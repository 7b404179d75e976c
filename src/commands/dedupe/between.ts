/** Two files, of which only pairs of both are looked at. */
import type { Pairs } from '../../models/linkage/blocking.ts'
import { componentsOf, type Links } from '../../models/linkage/groups.ts'
import type { Field } from './fields.ts'
import type { Records } from './records.ts'

/** The records of one of the files, in their order. */
export const recordsIn = (sources: Uint8Array, which: number): Int32Array =>
  Int32Array.from([...sources.keys()].filter((record) => sources[record] === which))

/** Records, and pairs that might be matches; between two files, the records of the smaller one. */
export function sizeOf({ count, sources }: Pick<Records, 'count' | 'sources'>): {
  readonly smaller: number
  readonly pairs: number
} {
  if (!sources) return { smaller: count, pairs: (count * (count - 1)) / 2 }
  const second = sources.reduce((sum, source) => sum + source, 0)
  return { smaller: Math.min(second, count - second), pairs: second * (count - second) }
}

/** The chance that two records of different files that have a value have the same, and one that counts. */
export function chanceBetween(
  { codes, words }: Field,
  sources: Uint8Array,
  counts: (code: number) => boolean = () => true,
): number {
  const [first, second] = [new Int32Array(words.length), new Int32Array(words.length)]
  codes.forEach((code, record) => {
    const own = sources[record] === 1 ? second : first
    if (code >= 0) own[code] = (own[code] as number) + 1
  })
  const sum = (own: Int32Array): number => own.reduce((total, count) => total + count, 0)
  const all = sum(first) * sum(second)
  if (all === 0) return 0
  const same = first.reduce(
    (total, count, code) => total + (counts(code) ? count * (second[code] as number) : 0),
    0,
  )
  return same / all
}

/** Each record of the one file with every so manyth of the other, shifted from one to the next. */
export function pairsBetween(sources: Uint8Array, wanted: number): Pairs {
  const [first, second] = [recordsIn(sources, 0), recordsIn(sources, 1)]
  const stride = Math.max(1, Math.ceil((first.length * second.length) / wanted))
  const [left, right]: [number[], number[]] = [[], []]
  first.forEach((one, i) => {
    for (let j = i % stride; j < second.length; j += stride) {
      const other = second[j] as number
      left.push(Math.min(one, other))
      right.push(Math.max(one, other))
    }
  })
  return { left: Int32Array.from(left), right: Int32Array.from(right) }
}

/** Pairs of both files inside of what the links connect. */
export function pairsInside({ count, sources }: Records, links: Links): number {
  let inside = 0
  for (const members of componentsOf(count, links)) {
    const second = members.reduce((sum, record) => sum + (sources?.[record] as number), 0)
    inside += second * (members.length - second)
  }
  return inside
}
