/** One pass over a file that the engine reads as it stands: are all its dates and numbers like the first ones? */
import type { Role } from '../core/roles.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { type DateStyle, strictDaySql } from '../fields/date.ts'
import type { KindFound } from '../fields/kind.ts'
import { careful, verify } from './input.ts'
import { Irregular } from './irregular.ts'
import type { Cast } from './roles.ts'
import { columnName, type Source } from './source.ts'

/** What the columns hold, by the first rows. */
export type Kinds = ReadonlyMap<string, KindFound>

interface Known {
  readonly cast: Cast
  readonly kinds: Kinds
  /** Look at every column, not only at those that decide whether a row can be used. */
  readonly exact: boolean
}

/** Throws Irregular where they are not, or where the rows are not as many as the file holds. */
export async function readEveryCell(engine: Engine, sources: readonly Source[], known: Known): Promise<void> {
  let rows = 0
  for (const source of sources) rows += await cellsOf(engine, source, known)
  await verify(sources, rows)
}

async function cellsOf(engine: Engine, source: Source, { cast, kinds, exact }: Known): Promise<number> {
  const used = new Set(usedRoles(cast).map((role) => cast[role]?.header))
  const odd = source.headers.flatMap((header, i) =>
    exact || used.has(header) ? oddCells(kinds.get(header), name(columnName(i)), firstCell(source, i)) : [],
  )
  const sum = odd.length > 0 ? join(odd, ' + ') : sql`0`
  const query = sql`select count(*) as rows, ${sum} as odd from (${source.scan})`
  const found = await careful([source], () => engine.fetch(query, { rows: 'number', odd: 'number' }))
  if (found.odd[0] !== 0) throw new Irregular(`${source.file.path}: cells unlike those of its first rows`)
  return found.rows[0] as number
}

const firstCell = ({ rows }: Source, column: number): string =>
  rows.map(({ cells }) => cells[column] ?? '').find((cell) => cell !== '') ?? ''

/** A row without these is not usable. */
export const usedRoles = (cast: Cast): readonly Role[] =>
  cast.amount ? ['date', 'amount'] : ['date', 'price', 'quantity']

/** How many cells of a column are not like the first ones, as aggregates. */
function oddCells(kind: KindFound | undefined, text: Sql, first: string): Sql[] {
  const { dates, numbers } = kind ?? {}
  if (dates?.iso) return [sql`(count(${text}) - count(${readableDay(text, dates, first)}))`]
  if (!numbers?.plain) return []
  // The cheapest test of a number. That it takes words such as NaN for numbers shows in the greatest of them.
  const number = sql`try_cast(${text} as double)`
  const finite = sql`(case when isfinite(coalesce(max(${number}), 0)) then 0 else 1 end)`
  const points = numbers.integer ? [sql`count(case when contains(${text}, '.') then 1 end)`] : []
  return [sql`(count(${text}) - count(${number}))`, finite, ...points]
}

/** Most columns of days hold nothing but 2024-02-29, which one look tells. */
function readableDay(text: Sql, dates: DateStyle, first: string): Sql {
  return /^\d{4}-\d\d-\d\d$/.test(first) && !dates.hasTime
    ? sql`case when ${text} like '____-__-__' then try_cast(${text} as timestamp) end`
    : strictDaySql(text, dates, sql`null`)
}
