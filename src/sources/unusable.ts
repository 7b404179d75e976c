/** Rows that cannot be used because a cell without which they mean nothing cannot be read. */
import type { RejectLook } from '../core/look.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { trimmed } from '../fields/text.ts'
import { Irregular } from './irregular.ts'
import { notRead } from './rejects.ts'
import { columnName, type Source } from './source.ts'

/** A column with what reads its cells. */
export interface Readable {
  readonly header: string
  /** Share of its cells with a value that can be read, as far as they were seen. */
  readonly share: number
  readonly what: 'a date' | 'a number'
  /** The value of a text; NULL where it is none. */
  read(text: Sql): Sql
}

export interface Unusable {
  readonly rows: number
  /** The first of them, in the order of the file. */
  readonly rejects: readonly RejectLook[]
}

/** Throws Irregular where there are some and the source does not know their lines. */
export async function unusableRows(
  engine: Engine,
  source: Source,
  columns: readonly Readable[],
  most: number,
): Promise<Unusable> {
  const odd = columns.filter(({ share, header }) => share < 1 && source.headers.includes(header))
  if (odd.length === 0) return { rows: 0, rejects: [] }
  if (!source.lined) throw new Irregular(`${source.file.path}: cells that cannot be read`)
  const index = (header: string) => source.headers.indexOf(header)
  const text = (header: string) => name(columnName(index(header)))
  const branches = odd.map(
    ({ header, read }, i) =>
      sql`when ${trimmed(text(header))} is not null and ${read(text(header))} is null then ${i}`,
  )
  const judged = sql`select *, case ${join(branches, ' ')} end as which from (${source.scan})`
  const value = join(
    odd.map(({ header }, i) => sql`when ${i} then ${text(header)}`),
    ' ',
  )
  const found = await engine.fetch(
    sql`select line, which, case which ${value} end as value, count(*) over () as number
      from (${judged}) where which is not null order by line limit ${most}`,
    { line: 'number', which: 'number', value: 'text', number: 'number' },
  )
  const written = await source.asWritten(new Set(found.line))
  const rejects = Array.from(found.line, (line, i): RejectLook => {
    const { header, what } = odd[found.which[i] as number] as Readable
    const cell = found.value[i] ?? ''
    const { path } = source.file
    return {
      path,
      line,
      column: index(header) + 1,
      reason: notRead(cell, what),
      text: written.get(line) ?? cell,
    }
  })
  return { rows: found.number[0] ?? 0, rejects }
}
