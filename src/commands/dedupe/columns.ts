/** Columns of the input as numbers of their distinct values. */
import { textHash } from '../../models/linkage/hash.ts'

export interface Column {
  readonly header: string
  /** By row: the number of its value, -1 where there is none. */
  readonly codes: Int32Array
  readonly words: readonly string[]
  /** Rows of each value. */
  readonly counts: Int32Array
  readonly rows: number
  readonly filled: number
  readonly distinct: number
}

export function columnOf(header: string, codes: Int32Array, words: readonly string[]): Column {
  const counts = new Int32Array(words.length)
  let filled = 0
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code < 0) continue
    counts[code] = (counts[code] as number) + 1
    filled++
  }
  const distinct = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  return { header, codes, words, counts, rows: codes.length, filled, distinct }
}

const SAMPLE = 20_000

interface Sampled {
  readonly word: string
  readonly count: number
}

/** Some values with their counts, chosen and sorted by their content: the same in whatever order the rows come. */
export function sampleOf(column: Column): readonly Sampled[] {
  const held = sampled.get(column) ?? sampleFrom(column)
  sampled.set(column, held)
  return held
}

const sampled = new WeakMap<Column, readonly Sampled[]>()

function sampleFrom({ words, counts }: Column): readonly Sampled[] {
  const below = words.length <= SAMPLE ? 2 ** 32 : (2 ** 32 * SAMPLE) / words.length
  const sample: (Sampled & { readonly hash: number })[] = []
  words.forEach((word, code) => {
    const [count, hash] = [counts[code] as number, textHash(word)]
    if (count > 0 && hash < below) sample.push({ word, count, hash })
  })
  return sample.sort((a, b) => a.hash - b.hash || (a.word < b.word ? -1 : 1))
}
