/** What every format of file becomes: named columns of text that the engine can scan. */
import type { Sql } from '../core/sql.ts'
import type { Compression } from './bytes.ts'
import type { Census } from './census.ts'
import type { TextRecord } from './records.ts'
import type { PassedOver, Reject } from './tabulate.ts'

/** What a file turned out to be. */
export interface FileRead {
  readonly path: string
  readonly format: 'CSV' | 'TSV' | 'JSON' | 'NDJSON' | 'Parquet' | 'Excel' | 'HTML'
  readonly encoding: string
  /** What the encoding was told from. */
  readonly evidence: string
  readonly compression?: Compression
  readonly columns: number
  /** Delimited text only. */
  readonly text?: {
    readonly delimiter: string
    readonly quote: string | undefined
    readonly escapes: 'doubled' | 'backslash'
    readonly lineEnds: 'LF' | 'CRLF' | 'CR' | 'mixed'
    /** Physical line of the header; 0: there is none. */
    readonly headerLine: number
    /** What is written above the header. */
    readonly preamble: readonly string[]
  }
  /** The worksheet that was read. */
  readonly sheet?: string
}

export interface Source {
  readonly file: FileRead
  /** The names of the columns, none twice. */
  readonly headers: readonly string[]
  /** As the file writes them. */
  readonly written: readonly string[]
  /** The first rows. */
  readonly rows: readonly TextRecord[]
  /** They are all rows that there are. */
  readonly complete: boolean
  /** A query of all rows: columns c1, c2 ..., all of them text, and `line` where the source is lined. */
  readonly scan: Sql
  /** The scan knows the physical line of every row. */
  readonly lined: boolean
  readonly notes: readonly string[]
  /** What may be wrong with how the file was understood. */
  readonly warnings: readonly string[]
  /** Records that are no rows, as far as reading has come. */
  readonly rejects: readonly Reject[]
  readonly passed: PassedOver | undefined
  /** The records that begin on these lines, as they are written. */
  asWritten(lines: ReadonlySet<number>): Promise<ReadonlyMap<number, string>>
  /** How many rows there are, told by something other than the engine's own reading. */
  readonly count: Promise<number>
  /** Of a scan that does not know lines: the line of the first row, and whether each row is one line. */
  readonly lines?: { readonly first: number; readonly isOneEach: Promise<boolean> }
  /** Where the engine reads the user's own file: what would make that reading wrong, found out meanwhile. */
  readonly irregular?: Promise<string | undefined>
}

/** The safe name of a column in a scan. */
export const columnName = (index: number): string => `c${index + 1}`

export type { Census }
