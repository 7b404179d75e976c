/** The cells of the input as text and as what they mean: what every query of this command is asked of. */
import { CustError } from '../../core/errors.ts'
import type { ColumnLook, Look } from '../../core/look.ts'
import type { Role } from '../../core/roles.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'
import { trimmed } from '../../fields/text.ts'

export type Kind = 'number' | 'day' | 'text'

export interface Cell {
  readonly header: string
  readonly role: Role | undefined
  readonly type: string
  readonly doubt: ColumnLook['doubt']
  readonly evidence: string | undefined
  /** Different values as far as they were seen; of all rows, or of the first ones. */
  readonly seen: { readonly distinct: number; readonly isAll: boolean }
  readonly kind: Kind
  /** The text of a cell without white space around it; NULL for none. */
  text(cell: Sql): Sql
  /** What a cell means; NULL where it is unreadable, too. */
  value(cell: Sql): Sql
}

export interface Cells {
  readonly table: Pick<Table, 'from' | 'fetch' | 'dialect'>
  readonly columns: readonly Cell[]
}

/** Names, though they may be written in digits. */
const NAMES: readonly (Role | undefined)[] = ['customer', 'order', 'item', 'status', 'currency']

export function cellsOf(table: Table, { columns }: Pick<Look, 'columns'>): Cells {
  return { table, columns: columns.map(cellOf) }
}

function cellOf(look: ColumnLook): Cell {
  const { name: header, role, type, doubt, evidence, distinct, exact, reads } = look
  const reading = reads?.as === 'number' && NAMES.includes(role) ? undefined : reads
  const value = reading ? (cell: Sql) => reading.value(cell) : trimmed
  return {
    header,
    role,
    type,
    doubt,
    evidence,
    seen: { distinct, isAll: exact },
    kind: reading?.as ?? 'text',
    text: trimmed,
    value,
  }
}

/** The column that was named, by its header whatever its case, or by its place: #3. */
export function cellNamed({ columns }: Cells, given: string, option: string): Cell {
  const same = (text: string) => text.trim().toLowerCase() === given.trim().toLowerCase()
  const found =
    columns.find(({ header }) => header.trim() === given.trim()) ??
    columns.find(({ header }) => same(header)) ??
    columns[Number(/^#(\d+)$/.exec(given.trim())?.[1]) - 1]
  if (found) return found
  const list = columns.map(({ header }) => header.trim()).join(', ')
  throw new CustError('input', `no column "${given}" (${option})`, `the file has: ${list}`)
}

/** What a cell means as a double; a day by its number. */
export function realOf({ table: { dialect } }: Cells, { kind, value }: Cell, cell: Sql): Sql {
  const meant = value(cell)
  return dialect.real(kind === 'day' ? dialect.days(meant, dialect.date('1970-01-01')) : meant)
}

/** Columns of some cells, row by row, in the order of the input: numbers, or text where a column holds none. */
export async function fetchRows(cells: Cells, columns: readonly Cell[]): Promise<Fetched[]> {
  const selected = columns.map((cell, i) => {
    const held = name(cell.header)
    return sql`${cell.kind === 'text' ? cell.text(held) : realOf(cells, cell, held)} as ${name(`c${i}`)}`
  })
  const shape = Object.fromEntries(
    columns.map(({ kind }, i) => [`c${i}`, kind === 'text' ? ('coded' as const) : ('number' as const)]),
  )
  const query = sql`select ${join(selected)} from ${cells.table.from} as rows`
  const found = await cells.table.fetch(query, shape, 'as read')
  return columns.map((cell, i): Fetched => {
    const values = found[`c${i}`]
    return values instanceof Float64Array
      ? { cell, numbers: values }
      : { cell, ...(values as { codes: Int32Array; words: readonly string[] }) }
  })
}

export type Fetched = { readonly cell: Cell } & (
  | { readonly numbers: Float64Array }
  | { readonly codes: Int32Array; readonly words: readonly string[] }
)
