/** Ids that stay from night to night: a customer keeps the id under which most of its rows were known. */
import { textDigest } from '../../models/linkage/hash.ts'
import type { RowClusters } from './clusters.ts'
import type { Column } from './columns.ts'
import type { Field } from './fields.ts'
import { compareIds } from './ids.ts'

/** The customers of an earlier run, their rows by what names them. */
export interface Before {
  readonly groups: readonly { readonly id: string; readonly rows: readonly string[] }[]
  /** Rows that were a customer of their own, under their own name. */
  readonly alone: readonly string[]
}

export interface Lineage {
  /** By cluster. */
  readonly ids: readonly string[]
  readonly changes: readonly Change[]
  /** Rows that the earlier run did not have, and those that only it had. */
  readonly added: number
  readonly gone: number
}

/** Rows that went from one customer to another of which either had others, too. */
export interface Change {
  readonly kind: 'merged' | 'split' | 'merged and split'
  readonly before: string
  readonly after: string
  readonly keys: readonly string[]
}

/** What a row is known by from one file to the next: its id, or what it says in the compared columns. */
export function rowKeys(rows: number, id: Column | undefined, content: Content): string[] {
  const contents = id && id.filled === rows ? undefined : contentKeys(content)
  return Array.from({ length: rows }, (_, row) => {
    const code = id?.codes[row] ?? -1
    return id && code >= 0 ? (id.words[code] as string) : `#${contents?.[content.ofRow[row] as number]}`
  })
}

interface Content {
  readonly ofRow: Int32Array
  readonly count: number
  readonly fields: readonly Field[]
}

/** By record; whatever the order of the columns. */
function contentKeys({ count, fields }: Content): string[] {
  const byHeader = [...fields].sort((a, b) => (a.header < b.header ? -1 : 1))
  return Array.from({ length: count }, (_, record) => {
    const cells = byHeader.map(({ header, codes, words }) => {
      const code = codes[record] as number
      return code < 0 ? '' : `${header}=${words[code]}`
    })
    return textDigest(JSON.stringify(cells))
  })
}

export function beforeOf({ starts, rows, ids }: RowClusters, keys: readonly string[]): Before {
  const groups: { id: string; rows: string[] }[] = []
  const alone: string[] = []
  ids.forEach((id, cluster) => {
    const own = Array.from(rows.subarray(starts[cluster], starts[cluster + 1]), (row) => keys[row] as string)
    if (own.length === 1 && own[0] === id) alone.push(id)
    else groups.push({ id, rows: own.sort() })
  })
  return { groups: groups.sort((a, b) => (a.id < b.id ? -1 : 1)), alone: alone.sort() }
}

// From before to now -----------------------------------------------------------------------------------------

interface Overlap {
  readonly before: number
  readonly after: number
  readonly keys: string[]
}

export function lineageOf(clusters: RowClusters, keys: readonly string[], before: Before): Lineage {
  const earlier = [...before.groups, ...before.alone.map((id) => ({ id, rows: [id] }))]
  const { overlaps, added, gone } = overlapsOf(clusters, keys, earlier)
  const fromOf = Array.from(earlier, (): Overlap[] => [])
  const intoOf = Array.from(clusters.ids, (): Overlap[] => [])
  for (const overlap of overlaps) {
    fromOf[overlap.before]?.push(overlap)
    intoOf[overlap.after]?.push(overlap)
  }
  const names = earlier.map(({ id }) => id)
  const isSplit = ({ before: from }: Overlap) => (fromOf[from]?.length ?? 0) > 1
  const isMerged = ({ after }: Overlap) => (intoOf[after]?.length ?? 0) > 1
  const [changed, plain] = [[] as Overlap[], [] as Overlap[]]
  for (const overlap of overlaps) (isSplit(overlap) || isMerged(overlap) ? changed : plain).push(overlap)
  const ids = keptIds(clusters.ids, { changed, plain, names })
  const changes = changed.map(
    (overlap): Change => ({
      kind: !isMerged(overlap) ? 'split' : isSplit(overlap) ? 'merged and split' : 'merged',
      before: names[overlap.before] as string,
      after: ids[overlap.after] as string,
      keys: overlap.keys.sort(compareIds),
    }),
  )
  changes.sort((a, b) => compareIds(a.after, b.after) || compareIds(a.before, b.before))
  return { ids, changes, added, gone }
}

type Earlier = readonly { readonly rows: readonly string[] }[]

/** Rows of one name count as often as both times have them. */
function overlapsOf({ clusters }: RowClusters, keys: readonly string[], earlier: Earlier) {
  const known = new Map<string, number[]>()
  earlier.forEach(({ rows }, before) => {
    for (const key of rows) {
      const places = known.get(key)
      if (places) places.push(before)
      else known.set(key, [before])
    }
  })
  const found = new Map<number, Overlap>()
  let added = 0
  keys.forEach((key, row) => {
    const before = known.get(key)?.shift()
    if (before === undefined) {
      added++
      return
    }
    const after = clusters[row] as number
    const pair = before * keys.length + after
    const overlap = found.get(pair) ?? { before, after, keys: [] }
    overlap.keys.push(key)
    found.set(pair, overlap)
  })
  let gone = 0
  for (const places of known.values()) gone += places.length
  return { overlaps: [...found.values()], added, gone }
}

interface Overlaps {
  readonly changed: readonly Overlap[]
  /** Of a customer that took no rows from others and lost none to them. */
  readonly plain: readonly Overlap[]
  /** Of the earlier customers. */
  readonly names: readonly string[]
}

/** The largest overlaps first; a customer that nobody was takes its own name, or one that nobody has. */
function keptIds(own: readonly string[], { changed, plain, names }: Overlaps): string[] {
  const ids = new Array<string | undefined>(own.length)
  const taken = new Set<string>()
  const isOwn = ({ before, after }: Overlap): number => Number(names[before] === own[after])
  const inOrder = [...changed].sort(
    (a, b) =>
      b.keys.length - a.keys.length ||
      isOwn(b) - isOwn(a) ||
      compareIds(names[a.before] as string, names[b.before] as string) ||
      compareIds(own[a.after] as string, own[b.after] as string),
  )
  for (const { before, after } of [...plain, ...inOrder]) {
    const name = names[before] as string
    if (ids[after] !== undefined || taken.has(name)) continue
    ids[after] = name
    taken.add(name)
  }
  const nameless = own.flatMap((_, cluster) => (ids[cluster] === undefined ? [cluster] : []))
  nameless.sort((a, b) => compareIds(own[a] as string, own[b] as string))
  for (const cluster of nameless) {
    const name = freeName(own[cluster] as string, taken)
    taken.add(name)
    ids[cluster] = name
  }
  return ids as string[]
}

/** Names of earlier customers that are no more are free again: who bears one has a row of that name. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted
  for (let i = 2; taken.has(name); i++) name = `${wanted}-${i}`
  return name
}
