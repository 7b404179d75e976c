/** What every format of file becomes: named columns of text that the engine can scan. */
import type { Sql } from '../core/sql.ts'
import type { Compression } from './bytes.ts'

export interface FileRead {
  readonly path: string
  readonly format: 'CSV' | 'TSV' | 'JSON' | 'NDJSON' | 'Parquet'
  readonly encoding: string
  readonly compression?: Compression
  readonly columns: number
}

export interface Source {
  readonly file: FileRead
  /** The names of the columns, none twice. */
  readonly headers: readonly string[]
  /** As the file writes them, where that differs. */
  readonly written?: readonly string[]
  /** The first rows, as a decision about columns needs them. */
  readonly rows: readonly (readonly string[])[]
  /** They are all rows that there are. */
  readonly complete: boolean
  /** A query of all rows: columns c1, c2 ..., all of them text. */
  readonly scan: Sql
  readonly notes: readonly string[]
  /** The file as the engine reads it. */
  readonly read: ReadFile
}

export interface ReadFile {
  /** Where the engine finds it. */
  readonly path: string
  /** How the user knows it. */
  readonly shown: string
  readonly compression: Compression | undefined
  /** CSV: columns of the header. Other formats have no ragged rows. */
  readonly width: number | undefined
}

/** The safe name of a column in a scan. */
export const columnName = (index: number): string => `c${index + 1}`
