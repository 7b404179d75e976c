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

/** Some values with their counts, chosen by their content: the same in whatever order the rows come. */
export function sampleOf({ words, counts }: Column): { readonly word: string; readonly count: number }[] {
  const below = words.length <= SAMPLE ? 2 ** 32 : (2 ** 32 * SAMPLE) / words.length
  const sample: { word: string; count: number }[] = []
  words.forEach((word, code) => {
    const count = counts[code] as number
    if (count > 0 && (below >= 2 ** 32 || textHash(word) < below)) sample.push({ word, count })
  })
  return sample
}
