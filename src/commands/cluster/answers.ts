/** Cells of surveys that hold several answers. */
import { type Seen, weightOf } from '../../fields/seen.ts'

/** What surveys put between the answers of one cell. */
const SEPARATORS = ['┋', ';', '；', '|', '、', ',', '，']
/** Part of the cells that hold several answers, for a column to be one of them. */
const SEVERAL = 0.05

/** Each once, however often it is named. */
export function answersOf(text: string, separator: string | undefined): readonly string[] {
  if (separator === undefined) return [text]
  const parts = text.split(separator).map((part) => part.trim())
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** Several answers stand in a cell where some hold the sign, and there are fewer answers than different cells. */
export function separatorOf(seen: readonly Seen[]): string | undefined {
  const all = weightOf(seen)
  return SEPARATORS.find((sign) => {
    const answers = new Set<string>()
    let holding = 0
    for (const { value, count } of seen) {
      const own = answersOf(value, sign)
      if (own.length > 1) holding += count
      for (const answer of own) answers.add(answer)
    }
    return holding >= SEVERAL * all && answers.size < seen.length
  })
}
