/** From matched records to clusters of rows, with names that stay whatever the order of the rows. */
import { unionOf } from '../../models/linkage/groups.ts'
import { hashOfTwo } from '../../models/linkage/hash.ts'
import type { Column } from './columns.ts'
import { compareIds } from './ids.ts'
import type { Matched } from './match.ts'
import { type Members, membersOf } from './members.ts'

export interface RowClusters extends Members {
  /** By row, numbered in the order of their first rows. */
  readonly clusters: Int32Array
  readonly count: number
  /** By cluster. */
  readonly ids: readonly string[]
  /** Groups that were too large to be believed, as rows; their rows stand alone. */
  readonly held: readonly Int32Array[]
}

export interface Naming {
  /** The column that names rows. */
  readonly id: Column | undefined
  readonly maxCluster: number
  /** Bits that two rows must have more than. */
  readonly threshold: number
  /** Pairs of rows that are one customer whatever speaks against it. */
  readonly together?: { readonly left: ArrayLike<number>; readonly right: ArrayLike<number> } | undefined
}

export function rowClusters(matched: Matched, { id, maxCluster, threshold, together }: Naming): RowClusters {
  const { records, scorer, clusters: ofRecord } = matched
  const rows = records.ofRow.length
  // What is too empty to be told from others is not even the same as its own copy.
  const more = copyBits(matched)
  const alone = Uint8Array.from(records.rows, (count, record) =>
    count > 1 && scorer.bitsOf(record, record) + more <= threshold ? 1 : 0,
  )
  // Copies do not make a group suspicious: those that differ count.
  const sizes = new Int32Array(records.count)
  for (let record = 0; record < records.count; record++) {
    const cluster = ofRecord[record] as number
    sizes[cluster] = (sizes[cluster] as number) + 1
  }
  const numbers = new Map<number, number>()
  const clusters = new Int32Array(rows)
  const large = new Map<number, number[]>()
  const boundTo = boundRows(together)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const record = records.ofRow[row] as number
    const root = ofRecord[record] as number
    const isLarge = (sizes[root] as number) > maxCluster
    if (isLarge) addTo(large, root, row)
    const bound = boundTo(row)
    const standsAlone = bound === undefined && (isLarge || alone[record] === 1)
    // Of a group that is held back only what is bound stays together.
    const key = isLarge && bound !== undefined ? -1 - bound : root
    const known = standsAlone ? undefined : numbers.get(key)
    clusters[row] = known ?? count
    if (known !== undefined) continue
    if (!standsAlone) numbers.set(key, count)
    count++
  }
  const members = membersOf(clusters, count)
  const held = [...large.values()].map((list) => Int32Array.from(list))
  return { clusters, count, ...members, ids: namesOf(members, matched, id), held }
}

function addTo(lists: Map<number, number[]>, key: number, row: number): void {
  const known = lists.get(key)
  if (known) known.push(row)
  else lists.set(key, [row])
}

/** Of rows that are bound to others: a row that stands for all of them. */
function boundRows(together: Naming['together']): (row: number) => number | undefined {
  if (!together || together.left.length === 0) return () => undefined
  const rows = [...new Set([...Array.from(together.left), ...Array.from(together.right)])]
  const places = new Map(rows.map((row, place) => [row, place]))
  const union = unionOf(rows.length)
  for (let i = 0; i < together.left.length; i++) {
    union.join(
      places.get(together.left[i] as number) as number,
      places.get(together.right[i] as number) as number,
    )
  }
  return (row) => {
    const place = places.get(row)
    return place === undefined ? undefined : rows[union.rootOf(place)]
  }
}

/** Copies are no pairs of records: where there are many, the next two equal rows are the likelier to be copies. */
function copyBits({ records, mixture }: Matched): number {
  let copies = 0
  for (const rows of records.rows) copies += (rows * (rows - 1)) / 2
  const pairs = (records.count * (records.count - 1)) / 2
  const prior = mixture.matches.prior + (mixture.moved?.prior ?? 0)
  return Math.max(0, Math.log2(copies / (pairs + copies) / prior))
}

/** The smallest id of its rows; without ids a number of its content. */
function namesOf({ starts, rows }: Members, { records }: Matched, id: Column | undefined): string[] {
  const taken = new Map<string, number>()
  return Array.from({ length: starts.length - 1 }, (_, cluster) => {
    const own = rows.subarray(starts[cluster], starts[cluster + 1])
    const name = (id && smallestId(own, id)) ?? contentName(own, records)
    const times = taken.get(name) ?? 0
    taken.set(name, times + 1)
    return times === 0 ? name : `${name}-${times + 1}`
  })
}

function smallestId(rows: Int32Array, { codes, words }: Column): string | undefined {
  let best: string | undefined
  for (const row of rows) {
    const code = codes[row] as number
    const word = code < 0 ? undefined : (words[code] as string)
    if (word !== undefined && (best === undefined || compareIds(word, best) < 0)) best = word
  }
  return best
}

/** Records stand in the order of their content: the first of them stands for the cluster. */
function contentName(rows: Int32Array, { ofRow, fields }: Matched['records']): string {
  let first = Number.MAX_SAFE_INTEGER
  for (const row of rows) first = Math.min(first, ofRow[row] as number)
  const part = (seed: number) => {
    const hash = fields.reduce((sum, { codes, hashes, mark }) => {
      const code = codes[first] as number
      return code < 0 ? sum : hashOfTwo(sum, hashOfTwo(hashes[code] as number, mark))
    }, seed)
    return hash.toString(16).padStart(8, '0')
  }
  return `g${part(1)}${part(2).slice(0, 4)}`
}

/** The records of some rows with the number of their rows: copies are not compared one by one. */
export function recordsAmong({ records }: Pick<Matched, 'records'>, rows: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const record = records.ofRow[row] as number
    counts.set(record, (counts.get(record) ?? 0) + 1)
  }
  return counts
}

/** By row, the probability that belongs to its mean bits to the others of its cluster; NaN where it is alone. */
export function matchProbabilities(matched: Matched, { starts, rows }: Members): Float64Array {
  const { records, scorer } = matched
  const all = new Float64Array(records.ofRow.length).fill(Number.NaN)
  for (let cluster = 0; cluster + 1 < starts.length; cluster++) {
    const own = rows.subarray(starts[cluster], starts[cluster + 1])
    if (own.length < 2) continue
    const counts = [...recordsAmong(matched, own)]
    const means = new Map<number, number>()
    for (const [record, copies] of counts) {
      let sum = copies > 1 ? (copies - 1) * scorer.bitsOf(record, record) : 0
      for (const [other, count] of counts) {
        if (other !== record) sum += count * scorer.bitsOf(Math.min(record, other), Math.max(record, other))
      }
      means.set(record, sum / (own.length - 1))
    }
    for (const row of own) all[row] = probabilityOf(means.get(records.ofRow[row] as number) as number)
  }
  return all
}

export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits)
export const bitsOfProbability = (p: number): number => Math.log2(p / (1 - p))
