/** Rows that pass through a command on their way from one file to another: read as they stand, written mended. */
import type { Role } from './roles.ts'
import type { Table } from './table.ts'
import type { SlicedText } from './texts.ts'

/** Some thousand rows, as they stand in the file. It holds until the next is asked for. */
export interface RowBatch {
  readonly columns: readonly SlicedText[]
  readonly length: number
  /** The number of each row, from 1: every record below the header that is not passed over has one. */
  readonly rows: Float64Array
  /** The physical line on which each begins. */
  readonly lines: Float64Array
}

/** A row that is not written. */
export interface Gone {
  /** Its place in the batch. */
  readonly at: number
  readonly as: 'dropped' | 'rejected'
  readonly why: string
  /** The number of the cell that it is for, from 1. */
  readonly column?: number
}

/** The same rows mended. */
export interface MendedBatch {
  /** Those of the file, then those that were added. */
  readonly columns: readonly SlicedText[]
  /** For each column of the file, the rule that each word in place of a cell stands for. */
  readonly rules: readonly (readonly string[])[]
  /** In the order of rows. */
  readonly gone: readonly Gone[]
  /** What is to be told of it when all have passed. It survives structured cloning. */
  readonly told: unknown
}

/** A value of a column: how many of the first cells hold it, and the line of the first that does. */
export interface SeenCell {
  readonly value: string
  readonly count: number
  readonly line: number
}

/** Looks at rows, and keeps what it finds. */
export interface Gatherer {
  add(batch: RowBatch): void
  /** It survives structured cloning. */
  found(): unknown
}

/** What was found in a part of the rows, its lines counted from the first of the part. */
export interface Part {
  readonly found: unknown
  /** Lines of the file above it. */
  readonly above: number
}

/** What a command that rewrites rows gets besides its options. */
export interface RewriteInput {
  /** The file as the user names it. */
  readonly place: string
  /** The names of the columns, none twice. */
  readonly headers: readonly string[]
  /** What the first cells of each column hold. */
  readonly seen: readonly (readonly SeenCell[])[]
  /** The headers of the columns that play roles of an order export. */
  readonly roles: Readonly<Partial<Record<Role, string>>>
  /** What the user says of how dates and numbers are written, or the system that wrote the file. */
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy' | undefined
  readonly decimal: '.' | ',' | undefined
  /** Today's date as a day number. */
  readonly today: number
  /** All rows, from the first to the last; as often as it is asked. */
  batches(): AsyncIterable<RowBatch>
  /**
   * Let a gatherer look at all rows. Where there is a second thread, one that it makes of the same plan looks at the
   * last of them; what each found, in the order of the file.
   */
  gather(gatherer: Gatherer, plan: unknown): Promise<readonly Part[]>
  /** Would these cells be read as a row again, wherever they stand in a file? */
  isRow(cells: readonly string[]): boolean
  note(line: string): void
  warn(line: string): void
  /** Open another file as a table, its columns found by name. */
  open(path: string, columns: readonly string[]): Promise<Table>
}

/** Mends rows, batch by batch. */
export interface Mender {
  /** The columns of the file, then those that are added. */
  readonly headers: readonly string[]
  mend(batch: RowBatch): MendedBatch
}

/** How rows are to be written. */
export interface Rewriting extends Mender {
  /** Take in what is told of a batch; in the order of batches, whoever mended them. */
  tell(told: unknown): void
  /**
   * What a second thread mends in the same way by, where no row depends on those before it. It survives structured
   * cloning.
   */
  readonly plan?: unknown
}

/** What a second thread does with rows, each by a plan of the first. */
export interface RowHelp {
  gatherer(plan: unknown): Gatherer
  mender(plan: unknown, rows: Pick<RewriteInput, 'headers' | 'isRow'>): Promise<Mender>
}

/** What became of the rows. */
export interface RowsAccount {
  readonly read: number
  readonly written: number
  readonly rejected: number
  readonly dropped: number
}
