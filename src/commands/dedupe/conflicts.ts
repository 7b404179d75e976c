/** What the golden rows leave out: every other value that a cluster has, so that nothing is lost unseen. */
import type { Golden } from './golden.ts'
import { formOf, type SurvivorColumn } from './survivorColumns.ts'

/** One line for each other value, as columns. */
export interface Conflicts {
  readonly cluster: Int32Array
  /** Places of columns. */
  readonly column: Int32Array
  readonly keptRow: Int32Array
  readonly otherRow: Int32Array
  /** How many rows say the other value. */
  readonly rows: Int32Array
}

/** Of the columns at these places; values of one form are no conflict. */
export function conflictsOf(
  { fields, starts, rows }: Golden,
  columns: readonly SurvivorColumn[],
  places: readonly number[],
): Conflicts {
  const found: number[] = []
  for (let cluster = 0; cluster + 1 < starts.length; cluster++) {
    const members = rows.subarray(starts[cluster], starts[cluster + 1])
    if (members.length < 2) continue
    for (const place of places) {
      const kept = fields[place]?.from[cluster] ?? -1
      if (kept < 0) continue
      for (const { row, count } of othersOf(columns[place] as SurvivorColumn, members, kept)) {
        found.push(cluster, place, kept, row, count)
      }
    }
  }
  const part = (at: number): Int32Array =>
    Int32Array.from({ length: found.length / PARTS }, (_, i) => found[i * PARTS + at] as number)
  return { cluster: part(0), column: part(1), keptRow: part(2), otherRow: part(3), rows: part(4) }
}

const PARTS = 5

function othersOf(
  column: SurvivorColumn,
  members: Int32Array,
  kept: number,
): { row: number; count: number }[] {
  const own = formOf(column, kept)
  const others = new Map<number, { row: number; count: number }>()
  for (const row of members) {
    const form = formOf(column, row)
    if (form < 0 || form === own) continue
    const known = others.get(form)
    if (known) known.count++
    else others.set(form, { row, count: 1 })
  }
  return [...others.values()]
}
