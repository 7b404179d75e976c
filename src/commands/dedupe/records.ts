/** Rows that say the same in every compared column are one record; records stand in the order of their content. */
import { hashOfTwo, mixedHash } from '../../models/linkage/hash.ts'
import { radixOrder } from '../../models/order.ts'
import { type Field, fieldWith } from './fields.ts'

export interface Records {
  readonly count: number
  /** By row: its record. */
  readonly ofRow: Int32Array
  /** The first row of each record. */
  readonly first: Int32Array
  /** Rows of each record. */
  readonly rows: Int32Array
  readonly fields: readonly Field[]
  /** By record: the file that it is of, where there are two. */
  readonly sources: Uint8Array | undefined
}

/** What keeps rows from being one record, whatever they say. */
export interface Unlike {
  /** By row the file that it is of, 0 or 1: rows of two files are no one record. */
  readonly sources?: Uint8Array | undefined
  /** Rows that are records of their own. */
  readonly apart?: readonly number[] | undefined
}

export function recordsOf(
  rows: number,
  fields: readonly Field[],
  { sources, apart = [] }: Unlike = {},
): Records {
  const sorted = [...fields].sort((a, b) => a.mark - b.mark || a.words.length - b.words.length)
  const [high, low] = [new Uint32Array(rows), new Uint32Array(rows)]
  for (const { codes, hashes, mark } of sorted) {
    for (let row = 0; row < rows; row++) {
      const code = codes[row] as number
      if (code < 0) continue
      const mixed = hashOfTwo(hashes[code] as number, mark)
      high[row] = ((high[row] as number) + mixed) >>> 0
      low[row] = ((low[row] as number) + mixedHash(mixed + 0x5bd1e995)) >>> 0
    }
  }
  for (let row = 0; sources && row < rows; row++)
    high[row] = ((high[row] as number) + (sources[row] as number)) >>> 0
  apart.forEach((row, i) => {
    low[row] = ((low[row] as number) + 1 + i) >>> 0
  })
  const order = radixOrder(high, radixOrder(low))
  const same = (one: number, other: number) =>
    sources?.[one] === sources?.[other] && sorted.every(({ codes }) => codes[one] === codes[other])
  const ofRow = new Int32Array(rows)
  const first: number[] = []
  const sizes: number[] = []
  order.forEach((row, i) => {
    const before = order[i - 1]
    const isSame =
      before !== undefined && high[before] === high[row] && low[before] === low[row] && same(before, row)
    if (!isSame) {
      first.push(row)
      sizes.push(0)
    }
    ofRow[row] = first.length - 1
    sizes[first.length - 1] = (sizes[first.length - 1] as number) + 1
  })
  const heads = Int32Array.from(first)
  const own = sorted.map((field) => fieldWith({ ...field, codes: codesAt(field.codes, heads) }))
  return {
    count: heads.length,
    ofRow,
    first: heads,
    rows: Int32Array.from(sizes),
    fields: own,
    sources: sources && Uint8Array.from(heads, (row) => sources[row] as number),
  }
}

function codesAt(codes: Int32Array, rows: Int32Array): Int32Array {
  const some = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) some[i] = codes[rows[i] as number] as number
  return some
}
