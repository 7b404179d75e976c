/** What the cells of a column hold, as decisions about the column need it: value, how often, on which line. */
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import type { Seen } from '../fields/seen.ts'
import { columnName, type Source } from './source.ts'

/** Of the rows that were read here. */
export function seenHere(sources: readonly Source[], header: string): Seen[] {
  const counts = new Map<string, { count: number; line: number }>()
  for (const source of sources) {
    const index = source.headers.indexOf(header)
    if (index < 0) continue
    for (const { cells, line } of source.rows) {
      const value = cells[index] ?? ''
      if (value.trim() === '') continue
      const known = counts.get(value)
      if (known) known.count++
      else counts.set(value, { count: 1, line })
    }
  }
  return [...counts].map(([value, { count, line }]) => ({ value, count, line }))
}

/** Kinds of cells, and what of them decides how they are read. */
export type EvidenceOf = 'date' | 'number'

/** More different values than this tell nothing new. */
const MOST_VALUES = 200_000

/**
 * Of all rows, by the engine. Numbers that differ in nothing but their digits say the same, so one stands for
 * all of them (a zero differs: no group of thousands begins with it); of dates only the day says anything,
 * so one time of day stands for all.
 */
export async function seenEverywhere(
  engine: Engine,
  sources: readonly Source[],
  header: string,
  of: EvidenceOf,
): Promise<Seen[]> {
  const parts = sources.flatMap((source) => {
    const index = source.headers.indexOf(header)
    if (index < 0) return []
    const line = source.lined ? name('line') : sql`0`
    return [sql`select ${name(columnName(index))} as value, ${line} as line from (${source.scan})`]
  })
  if (parts.length === 0) return []
  const shape = of === 'date' ? dayShape(sql`value`) : numberShape(sql`value`)
  const query = sql`select min(value) as value, count(*) as count, min(line) as line
    from (${join(parts, ' union all ')}) where value is not null group by ${shape}
    order by count(*) desc, min(value) limit ${MOST_VALUES}`
  const found = await engine.fetch(query, { value: 'text', count: 'number', line: 'number' })
  return found.value.flatMap((value, i) =>
    value === null || value.trim() === ''
      ? []
      : [{ value, count: found.count[i] as number, line: found.line[i] as number }],
  )
}

const numberShape = (value: Sql): Sql => sql`translate(${value}, '23456789', '11111111')`

const dayShape = (value: Sql): Sql => sql`regexp_replace(${value}, '[0-9]{1,2}:[0-9]{2}.*$', '')`
