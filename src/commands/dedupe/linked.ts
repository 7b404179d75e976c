/** Which row of the master each row of a file is. */
import { isPlaceholder } from '../../fields/id.ts'
import { bestLinks, oneToOneLinks } from '../../models/linkage/best.ts'
import type { Links } from '../../models/linkage/groups.ts'
import type { Chosen } from './choose.ts'
import type { Column } from './columns.ts'
import { compareIds } from './ids.ts'
import type { Known } from './known.ts'
import type { Matched } from './match.ts'
import { membersOf } from './members.ts'

/** Of the two files together; rows of the master come after those of the file. */
export interface Linked {
  /** The columns of the file. */
  readonly own: readonly Column[]
  /** Those that both files have, over the rows of both. */
  readonly columns: readonly Column[]
  readonly known: readonly Known[]
  readonly chosen: Chosen
  readonly matched: Matched
  readonly threshold: number
  readonly rows: { readonly own: number; readonly master: number }
  /** The columns that name rows. */
  readonly ids: { readonly own: Column | undefined; readonly master: Column | undefined }
  readonly links: RowLinks
}

/** By row of the file. */
export interface RowLinks {
  /** The row of the master, counted from its own first; -1: none. */
  readonly master: Int32Array
  /** Bits of the link, infinite where a key made it. */
  readonly bits: Float64Array
}

interface Linking {
  readonly matched: Matched
  readonly rows: Linked['rows']
  /** Columns over both files of which a shared value is a link, whatever else is said. */
  readonly keys: readonly Column[]
  readonly own: Side
  readonly master: Side
  readonly oneToOne: boolean
}

/** One of the files: all its columns, and the one that names its rows. */
export interface Side {
  readonly columns: readonly Column[]
  readonly id: Column | undefined
}

export function linksOfRows({ matched, rows, keys, oneToOne, ...sides }: Linking): RowLinks {
  const { records } = matched
  const [ownOrder, masterOrder] = [rowOrder(sides.own), rowOrder(sides.master)]
  const links = leftIsOwn(matched.links, records.sources as Uint8Array)
  const master = new Int32Array(rows.own).fill(-1)
  const bits = new Float64Array(rows.own).fill(Number.NaN)
  const isFree = new Uint8Array(rows.master).fill(1)
  const link = (row: number, other: number, strength: number) => {
    master[row] = other
    bits[row] = strength
    if (oneToOne) isFree[other] = 0
  }
  for (const column of keys) {
    for (const [row, other] of sharedValues(column, rows.own, { ownOrder, masterOrder })) {
      if (master[row] === -1 && isFree[other] === 1) link(row, other, Number.POSITIVE_INFINITY)
    }
  }
  const members = membersOf(records.ofRow, records.count)
  const rowsOf = (record: number) =>
    Array.from(members.rows.subarray(members.starts[record], members.starts[record + 1]))
  const unlinked = (record: number) =>
    rowsOf(record)
      .filter((row) => master[row] === -1)
      .sort(ownOrder)
  const inMaster = (record: number) =>
    rowsOf(record)
      .map((row) => row - rows.own)
      .filter((row) => isFree[row] === 1)
      .sort(masterOrder)
  const isOwn = (record: number): boolean => records.sources?.[record] === 0
  if (oneToOne) {
    const capacity = (record: number) => (isOwn(record) ? unlinked(record) : inMaster(record)).length
    for (const { link: i, rows: count } of oneToOneLinks(links, remembered(capacity))) {
      const [own, others] = [unlinked(links.left[i] as number), inMaster(links.right[i] as number)]
      for (let k = 0; k < count; k++) link(own[k] as number, others[k] as number, links.bits[i] as number)
    }
    return { master, bits }
  }
  for (const i of bestLinks(links)) {
    const [other] = inMaster(links.right[i] as number)
    for (const row of unlinked(links.left[i] as number)) link(row, other as number, links.bits[i] as number)
  }
  return { master, bits }
}

/** How many rows there were before any was linked. */
function remembered(count: (record: number) => number): (record: number) => number {
  const counts = new Map<number, number>()
  return (record) => {
    const known = counts.get(record) ?? count(record)
    counts.set(record, known)
    return known
  }
}

type Order = (one: number, other: number) => number

const wordOf = ({ words, codes }: Column, row: number): string => words[codes[row] ?? -1] ?? ''

/** By the id, then by all that the rows say: where they stand decides only between rows that are the same. */
function rowOrder({ columns, id }: Side): Order {
  const byId: Order = (a, b) => (id ? compareIds(wordOf(id, a), wordOf(id, b)) : 0)
  return (a, b) => {
    const order = byId(a, b)
    if (order !== 0) return order
    const column = columns.find((each) => wordOf(each, a) !== wordOf(each, b))
    return column ? (wordOf(column, a) < wordOf(column, b) ? -1 : 1) : a - b
  }
}

/** Records have the order of their content: which of two is of the file does not follow from it. */
function leftIsOwn({ left, right, bits }: Links, sources: Uint8Array): Links {
  const [own, other] = [Int32Array.from(left), Int32Array.from(right)]
  left.forEach((record, i) => {
    if (sources[record] === 0) return
    own[i] = right[i] as number
    other[i] = record
  })
  return { left: own, right: other, bits }
}

/** Rows of both files that share a value: the first with the first, and what is left over with the first. */
function* sharedValues(
  column: Column,
  own: number,
  { ownOrder, masterOrder }: { readonly ownOrder: Order; readonly masterOrder: Order },
): Generator<readonly [number, number]> {
  const masters = rowsByCode(column, own, column.codes.length)
  for (const [code, rows] of rowsByCode(column, 0, own)) {
    const others = masters.get(code)?.map((row) => row - own)
    if (!others) continue
    others.sort(masterOrder)
    for (const [time, row] of rows.sort(ownOrder).entries())
      yield [row, others[time] ?? (others[0] as number)]
  }
}

function rowsByCode({ codes, words }: Column, from: number, to: number): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (let row = from; row < to; row++) {
    const code = codes[row] as number
    if (code < 0 || isPlaceholder(words[code] as string)) continue
    const known = found.get(code)
    if (known) known.push(row)
    else found.set(code, [row])
  }
  return found
}
