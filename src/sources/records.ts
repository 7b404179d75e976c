/** A record of a file as it stands there, before anything is decided about its cells. */
export interface TextRecord {
  readonly cells: readonly string[]
  /** The physical line on which it begins, from 1; the row of a worksheet. */
  readonly line: number
}
