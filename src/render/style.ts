import type { Language } from '../core/report.ts'

/** How an answer is written: all that a renderer knows besides the report. */
export interface Style {
  readonly language: Language
  /** 0: no colour; 1, 2, 3: 16, 256 or all colours. */
  readonly color: 0 | 1 | 2 | 3
  /** Columns of the terminal; undefined: never cut. */
  readonly width: number | undefined
  /** Begin csv and tsv with U+FEFF, which Excel needs to see UTF-8. */
  readonly bom: boolean
  /** Rows that follow others of the same columns: csv and tsv without their first line. */
  readonly headless?: boolean
  /** Keep Excel from reading ids as numbers, and text as formulas, in csv and tsv. */
  readonly excelSafe: boolean
  /** Rows shown of a sheet in table, markdown and html, unless it is shown whole; undefined: all. */
  readonly documentRows: number | undefined
}
