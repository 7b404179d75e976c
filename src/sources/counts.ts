/** How many cells of every column have a value, and how many different ones; how many rows are there twice. */
import type { Look } from '../core/look.ts'
import { join, name, sql } from '../core/sql.ts'
import { seenHere } from './evidence.ts'
import type { Looking } from './look.ts'
import { rowsSql } from './rows.ts'
import { columnName, type Source } from './source.ts'

/** Share missing and number of different values. */
export interface Counts {
  readonly missing: number
  readonly distinct: number
  readonly exact: boolean
}

export async function countsOf(
  looking: Looking,
  headers: readonly string[],
  rows: number,
): Promise<Map<string, Counts>> {
  const { sources, exact, engine } = looking
  const complete = sources.every((source) => source.complete)
  if (!exact || complete) return countsHere(sources, headers, complete)
  const table = rowsSql(sources, headers)
  const counts = headers.flatMap((_, i) => [
    sql`count(${name(columnName(i))}) as ${name(`present${i}`)}`,
    sql`count(distinct ${name(columnName(i))}) as ${name(`distinct${i}`)}`,
  ])
  const shape = Object.fromEntries(
    headers.flatMap((_, i) => [
      [`present${i}`, 'number' as const],
      [`distinct${i}`, 'number' as const],
    ]),
  )
  const found = await engine.fetch(sql`select ${join(counts)} from (${table})`, shape)
  const of = (key: string): number => found[key]?.[0] as number
  return new Map(
    headers.map((header, i) => {
      const missing = rows === 0 ? 0 : 1 - of(`present${i}`) / rows
      return [header, { missing, distinct: of(`distinct${i}`), exact: true }]
    }),
  )
}

function countsHere(
  sources: readonly Source[],
  headers: readonly string[],
  exact: boolean,
): Map<string, Counts> {
  const rows = sources.reduce((sum, source) => sum + source.rows.length, 0)
  return new Map(
    headers.map((header) => {
      const seen = seenHere(sources, header)
      const present = seen.reduce((sum, { count }) => sum + count, 0)
      const distinct = new Set(seen.map(({ value }) => value.trim())).size
      return [header, { missing: rows === 0 ? 0 : 1 - present / rows, distinct, exact }]
    }),
  )
}

/** Only of files that were read here whole: over all rows of a large one it would take longer than the rest. */
export function duplicatesIn({ sources, cast }: Looking): Pick<Look, 'duplicateRows' | 'sharedOrders'> {
  if (!sources.every((source) => source.complete))
    return { duplicateRows: undefined, sharedOrders: undefined }
  const rows = sources.flatMap((source) => source.rows.map(({ cells }) => cells.join('\u0000')))
  const orders = seenHere(sources, cast.order?.header ?? '')
  const shared = orders.reduce((sum, { count }) => sum + count - 1, 0)
  return { duplicateRows: rows.length - new Set(rows).size, sharedOrders: cast.order ? shared : undefined }
}
