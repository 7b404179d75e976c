/** All rows of all files, every value as it is written. */
import { join, name, sql } from '../core/sql.ts'
import type { Table } from '../core/table.ts'
import { columnName, type Source } from './source.ts'

/** All rows as columns c1, c2 ... in the order of the headers, blank cells as none. */
export function rowsSql(sources: readonly Source[], headers: readonly string[]) {
  const parts = sources.map((source) => {
    const columns = headers.map((header, i) => {
      const index = source.headers.indexOf(header)
      const text = index < 0 ? sql`cast(null as varchar)` : name(columnName(index))
      return sql`${text} as ${name(columnName(i))}`
    })
    return sql`select ${join(columns)} from (${source.scan})`
  })
  return join(parts, ' union all ')
}

/** Every column by its header, as it stands. */
export function rowsTable(
  sources: readonly Source[],
  view: (query: ReturnType<typeof rowsSql>, columns: readonly string[]) => Promise<Table>,
): Promise<Table> {
  const headers = [...new Set(sources.flatMap((source) => source.headers))]
  const named = headers.map((header, i) => sql`${name(columnName(i))} as ${name(header)}`)
  return view(sql`select ${join(named)} from (${rowsSql(sources, headers)})`, headers)
}
