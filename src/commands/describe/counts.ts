/** Columns that hold many different values, in one pass: how many cells there are, and which look wrong. */
import { join, name, type Sql, sql } from '../../core/sql.ts'
import { type Cell, type Cells, realOf } from './cells.ts'
import { conditionsOf, NO_SIGNS, type Signs } from './signs.ts'

export interface Counts {
  /** Cells with a value. */
  readonly present: number
  /** Of these, those that can be read as what the column holds. */
  readonly readable: number
  /** The least and the greatest number or day. */
  readonly min: number
  readonly max: number
  readonly signs: Signs
}

export interface Counted extends Counts {
  /** About how many different values. */
  readonly roughly: number
}

type Aggregate = readonly [key: string, aggregate: Sql]

export async function countsOf(cells: Cells, columns: readonly Cell[], today: number): Promise<Counted[]> {
  if (columns.length === 0) return []
  const { dialect, fetch, from } = cells.table
  const read = columns.flatMap((cell, i) => [
    sql`${cell.text(name(cell.header))} as ${name(`t${i}`)}`,
    sql`${cell.kind === 'text' ? cell.value(name(cell.header)) : realOf(cells, cell, name(cell.header))} as ${name(`v${i}`)}`,
  ])
  const asked = columns.map((cell, i) => aggregatesOf(cells, cell, { i, today }))
  const selected = asked.flat().map(([key, aggregate]) => sql`${dialect.real(aggregate)} as ${name(key)}`)
  const shape = Object.fromEntries(asked.flat().map(([key]) => [key, 'number' as const]))
  const query = sql`select ${join(selected)} from (select ${join(read)} from ${from} as rows) as cells`
  const found = await fetch(query, shape)
  return columns.map((_, i): Counted => {
    const of = (key: string, none: number) => found[`${key}${i}`]?.[0] ?? none
    return {
      ...{ present: of('present', 0), readable: of('readable', 0), roughly: of('roughly', 0) },
      ...{ min: of('min', Number.NaN), max: of('max', Number.NaN) },
      signs: Object.fromEntries(Object.keys(NO_SIGNS).map((sign) => [sign, of(sign, 0)])) as unknown as Signs,
    }
  })
}

function aggregatesOf(
  { table: { dialect } }: Cells,
  cell: Cell,
  { i, today }: { readonly i: number; readonly today: number },
): Aggregate[] {
  const [text, value] = [name(`t${i}`), name(`v${i}`)]
  const isText = cell.kind === 'text'
  const conditions = Object.entries(conditionsOf(cell, { text, real: value }, today))
  return [
    [`present${i}`, sql`count(${text})`],
    [`readable${i}`, sql`count(${value})`],
    [`roughly${i}`, dialect.roughDistinct(value)],
    ...(isText
      ? []
      : ([
          [`min${i}`, sql`min(${value})`],
          [`max${i}`, sql`max(${value})`],
        ] as const)),
    ...conditions.map(([sign, is]) => [`${sign}${i}`, sql`count(case when ${is} then 1 end)`] as const),
  ]
}
