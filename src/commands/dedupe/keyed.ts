/** Who is one customer where no model is needed: all rows say the same, or a key says it. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { isPlaceholder } from '../../fields/id.ts'
import { unionOf } from '../../models/linkage/groups.ts'
import type { Column } from './columns.ts'
import { type Field, fieldWith } from './fields.ts'
import type { Matched } from './match.ts'
import type { Records } from './records.ts'

const SURE = 60

interface Keyed<T> {
  readonly input: Pick<Input, 'note'>
  readonly keys: readonly Column[]
  readonly keyed: () => T
}

/** Where nothing else tells who is who, the keys do. */
export async function orByKeys<T>(compared: () => Promise<T>, { input, keys, keyed }: Keyed<T>): Promise<T> {
  try {
    return await compared()
  } catch (error) {
    if (keys.length === 0 || !(error instanceof CustError && error.kind === 'model')) throw error
    input.note(`rows are joined by --key alone: ${error.message}`)
    return keyed()
  }
}

/** Rows of two files, none of which is like another but by a key. */
export function apartIn(sources: Uint8Array): Matched {
  const each = Int32Array.from(sources.keys())
  const rows = new Int32Array(sources.length).fill(1)
  return without({ ofRow: each, first: each, rows, count: sources.length, fields: [], sources })
}

/** Rows are one customer where they share the value of a key, and only there: each customer is one record. */
export function byKeys(fields: readonly Field[], keys: readonly Column[]): Matched {
  const rows = keys[0]?.rows ?? 0
  const each = Int32Array.from({ length: rows }, (_, row) => row)
  const own = { ofRow: each, first: each, rows: new Int32Array(rows).fill(1) }
  const roots = joinedByKeys(each, { ...own, count: rows, fields: [], sources: undefined }, keys)
  const numbers = new Map<number, number>()
  const [first, sizes]: [number[], number[]] = [[], []]
  const ofRow = roots.map((root, row) => {
    const record = numbers.get(root) ?? numbers.size
    if (record === numbers.size) {
      numbers.set(root, record)
      first.push(row)
      sizes.push(0)
    }
    sizes[record] = (sizes[record] as number) + 1
    return record
  })
  const counted = { count: first.length, first: Int32Array.from(first), rows: Int32Array.from(sizes) }
  const told = [
    ...keys.map((key) =>
      fieldWith({ ...key, role: 'identity', codes: leastCodes(key, ofRow, first.length) }),
    ),
    ...fields.map((field) => fieldWith({ ...field, codes: codesAlone(field, counted) })),
  ]
  return without({ ofRow, ...counted, fields: told, sources: undefined })
}

/** By record, the first of its values in the order of the alphabet: the same in any order of the rows. */
function leastCodes({ codes, words }: Column, ofRow: Int32Array, count: number): Int32Array {
  const least = new Int32Array(count).fill(-1)
  codes.forEach((code, row) => {
    if (code < 0 || isPlaceholder(words[code] as string)) return
    const [record, before] = [ofRow[row] as number, least[ofRow[row] as number] as number]
    if (before < 0 || (words[code] as string) < (words[before] as string)) least[record] = code
  })
  return least
}

/** Of the records of one row. */
const codesAlone = ({ codes }: Field, { first, rows }: Pick<Records, 'first' | 'rows'>): Int32Array =>
  first.map((row, record) => (rows[record] === 1 ? (codes[row] as number) : -1))

/** Nothing is compared: each record is a customer. */
export function without(records: Records): Matched {
  const none = { left: new Int32Array(), right: new Int32Array() }
  return {
    records,
    comparisons: [],
    mixture: {
      matches: { prior: 1, shares: [] },
      moved: undefined,
      random: { prior: 1, shares: [] },
      reasons: [],
      rounds: 0,
      converged: true,
    },
    scorer: {
      bitsOf: (one, other) => (one === other ? SURE : -SURE),
      partsOf: () => ({ levels: new Int8Array(), classes: new Float64Array(3), rarity: [] }),
      linksAmong: () => ({ ...none, bits: new Float64Array(), numbers: new Int32Array() }),
    },
    proposed: { ...none, keys: [] },
    clusters: Int32Array.from({ length: records.count }, (_, record) => record),
    links: { ...none, bits: new Float64Array() },
    threshold: 0,
    near: undefined,
    edges: 0,
    inside: 0,
    shared: [],
    irrelevant: [],
    stages: {},
  }
}

/** Records that share a value of a key are together, whatever else they say. */
export function joinedByKeys(clusters: Int32Array, { ofRow }: Records, keys: readonly Column[]): Int32Array {
  if (keys.length === 0) return clusters
  const union = unionOf(clusters.length)
  clusters.forEach((root, record) => {
    union.join(root, record)
  })
  for (const { codes, words } of keys) {
    const first = new Int32Array(words.length).fill(-1)
    codes.forEach((code, row) => {
      if (code < 0 || isPlaceholder(words[code] as string)) return
      const record = ofRow[row] as number
      if (first[code] === -1) first[code] = record
      else union.join(first[code] as number, record)
    })
  }
  return clusters.map((_, record) => union.rootOf(record))
}
