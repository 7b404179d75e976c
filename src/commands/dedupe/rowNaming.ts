/** What rows are called in files that come back: by their ids, or by what they say, whatever their order. */
import { hashOfTwo, textHash } from '../../models/linkage/hash.ts'
import type { Column } from './columns.ts'

export interface RowNaming {
  /** The id where only this row has it, else a number of all that the row says. */
  nameOf(row: number): string
  /** The rows that a name may mean: ids as the file has them, `row 17`, or numbers of content. */
  rowsOf(name: string): readonly number[]
}

export function rowNaming(columns: readonly Column[], id: Column | undefined): RowNaming {
  const rows = columns[0]?.rows ?? 0
  const content = contentOf(columns)
  let [byId, byContent] = [undefined, undefined] as [Rows | undefined, Rows | undefined]
  return {
    nameOf(row) {
      const code = id?.codes[row] ?? -1
      return id && code >= 0 && id.counts[code] === 1 ? (id.words[code] as string) : content(row)
    },
    rowsOf(name) {
      byId ??= id ? rowsBy(rows, (row) => id.words[id.codes[row] as number]?.trim()) : new Map()
      const known = byId.get(name)
      if (known) return known
      const place = /^row (\d{1,9})$/.exec(name)?.[1]
      if (place !== undefined) return Number(place) >= 1 && Number(place) <= rows ? [Number(place) - 1] : []
      if (!CONTENT.test(name)) return []
      byContent ??= rowsBy(rows, content)
      return byContent.get(name) ?? []
    },
  }
}

type Rows = ReadonlyMap<string, readonly number[]>

function rowsBy(rows: number, nameOf: (row: number) => string | undefined): Rows {
  const found = new Map<string, number[]>()
  for (let row = 0; row < rows; row++) {
    const name = nameOf(row)
    if (name === undefined) continue
    const known = found.get(name)
    if (known) known.push(row)
    else found.set(name, [row])
  }
  return found
}

const CONTENT = /^r[0-9a-f]{16}$/
/** Two numbers of 32 bits. */
const SEEDS = [1, 2]

/** The same whatever the order of rows and columns. A letter before it: no spreadsheet takes it for a number. */
function contentOf(columns: readonly Column[]): (row: number) => string {
  const marks = columns.map(({ header }) => textHash(header))
  return (row) => {
    const parts = SEEDS.map((seed) => {
      let sum = 0
      columns.forEach(({ codes, words }, i) => {
        const code = codes[row] as number
        const cell = code < 0 ? seed : hashOfTwo(textHash(words[code] as string), seed)
        sum = (sum + hashOfTwo(cell, marks[i] as number)) >>> 0
      })
      return sum.toString(16).padStart(8, '0')
    })
    return `r${parts.join('')}`
  }
}
