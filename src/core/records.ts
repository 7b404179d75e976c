/** Every row of the input with its place, and what of the input is no row. */
import type { RejectLook } from './look.ts'
import type { Sql } from './sql.ts'
import type { Table } from './table.ts'

/** The physical line of a row, from 1, among the columns of the records. */
export const LINE = 'cust line'
/** Which file it stands in, from 0. */
export const FILE = 'cust file'

export interface Records extends Table {
  readonly files: readonly RecordsFile[]
  /** Keep what a query answers, in its order, and answer what stands after `from` for it. */
  keep(query: Sql): Promise<Sql>
}

export interface RecordsFile {
  readonly path: string
  /** The headers as the file writes them, and as they are told apart: `id`, `id_2`. */
  readonly written: readonly string[]
  readonly headers: readonly string[]
  /** Records that cannot be taken apart. */
  readonly rejects: readonly RejectLook[]
  /** Rows of nothing but empty cells, which are passed over, and the lines of the first of them. */
  readonly emptyRows: number
  readonly emptyLines: readonly number[]
  readonly headerLine: number | undefined
}
