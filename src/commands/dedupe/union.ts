/** A field that keeps all that any row says: tags, segments, several addresses. */
import type { GoldenField, Members } from './members.ts'
import { type SurvivorColumn, soundness } from './survivorColumns.ts'

const SEPARATORS = [';', '|', '、', '，', ','] as const

/** All different parts, those of the best row first; unsound values only where there is no sound one. */
export function unionOf(column: SurvivorColumn, { starts, rows }: Members): GoldenField {
  const count = starts.length - 1
  const separator = separatorOf(column.words)
  const words = [...column.words]
  const codesOf = new Map<string, number>()
  const [codes, from] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)]
  for (let cluster = 0; cluster < count; cluster++) {
    const own = soundRows(column, rows.subarray(starts[cluster], starts[cluster + 1]))
    const first = own[0]
    if (first === undefined) continue
    from[cluster] = first
    const values = [...new Set(own.map((row) => column.codes[row] as number))]
    if (values.length === 1) {
      codes[cluster] = values[0] as number
      continue
    }
    const text = joined(
      values.map((code) => column.words[code] as string),
      separator,
    )
    let code = codesOf.get(text)
    if (code === undefined) {
      code = words.push(text) - 1
      codesOf.set(text, code)
    }
    codes[cluster] = code
  }
  return { header: column.header, codes, from, words }
}

function soundRows(column: SurvivorColumn, rows: Int32Array): number[] {
  const most = rows.reduce((best, row) => Math.max(best, soundness(column, row)), 1)
  return [...rows].filter((row) => soundness(column, row) === most)
}

/** The sign that most values of the column have inside; a semicolon where none has any. */
function separatorOf(words: readonly string[]): string {
  const some = words.slice(0, 10_000)
  const counts = SEPARATORS.map((separator) => some.filter((word) => word.includes(separator)).length)
  const most = Math.max(...counts)
  return most === 0 ? ';' : (SEPARATORS[counts.indexOf(most)] as string)
}

function joined(values: readonly string[], separator: string): string {
  const parts = new Map<string, string>()
  for (const value of values) {
    for (const part of value.split(separator)) {
      const plain = part.trim()
      if (plain !== '' && !parts.has(plain.toLowerCase())) parts.set(plain.toLowerCase(), plain)
    }
  }
  const blank = values.some((value) => value.includes(`${separator} `)) ? ' ' : ''
  return [...parts.values()].join(separator + blank)
}
