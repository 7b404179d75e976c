/** A value of a column as a decision about the column needs it. */
export interface Seen {
  readonly value: string
  /** How many cells hold it. */
  readonly count: number
  /** The physical line of the first of them, from 1. */
  readonly line: number
}
