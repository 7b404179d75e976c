/** Rows that pass through a command on their way from one file to another: read as they stand, written mended. */
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

/** One cell that is no longer as it was. */
export interface Change {
  /** Its place in the batch. */
  readonly at: number
  readonly column: number
  readonly before: string
  readonly after: string
  readonly rule: string
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
  /** In the order of rows, and of columns within a row. */
  readonly changes: readonly Change[]
  /** In the order of rows. */
  readonly gone: readonly Gone[]
}
