/** What was understood of an input, before any question is asked of it. */
import type { Role } from './roles.ts'
import type { Sql } from './sql.ts'

export interface Look {
  readonly files: readonly FileLook[]
  /** The export system that wrote it, where it is recognised. */
  readonly system: { readonly name: string; readonly title: string } | undefined
  readonly columns: readonly ColumnLook[]
  /** Usable data rows of all files. */
  readonly rows: number
  /** Rows that are the same as an earlier one; undefined where they were not counted. */
  readonly duplicateRows: number | undefined
  /** Rows whose order id an earlier row has too; undefined where there is none, or it was not counted. */
  readonly sharedOrders: number | undefined
  readonly currencies: readonly string[]
  /** How the user says that days and numbers are written, which decides where the cells leave it open. */
  readonly given: {
    readonly dateOrder: 'ymd' | 'dmy' | 'mdy' | undefined
    readonly decimal: '.' | ',' | undefined
  }
  /** Offsets from UTC that dates are written with. */
  readonly offsets: readonly string[]
  readonly rejects: readonly RejectLook[]
  /** How many there are; the list may be shorter. */
  readonly rejected: number
  /** Flags that say what was guessed, for runs that must not guess: `--delimiter`, `;`. */
  readonly pins: readonly string[]
}

export interface FileLook {
  readonly path: string
  readonly format: string
  readonly encoding: string
  /** What the encoding was told from. */
  readonly evidence: string
  readonly compression: string | undefined
  readonly delimiter: string | undefined
  readonly quote: string | undefined
  readonly escape: string | undefined
  readonly lineEnds: string | undefined
  /** Physical line of the header; 0: there is none; undefined: the format has none. */
  readonly headerLine: number | undefined
  readonly preamble: readonly string[]
  readonly footers: readonly string[]
  readonly sheet: string | undefined
  readonly rows: number
  readonly rejected: number
  /** Records that are no rows and no mistake. */
  readonly blankLines: number
  readonly emptyRows: number
  readonly repeatedHeaders: number
  readonly comments: number
}

export interface ColumnLook {
  readonly name: string
  readonly role: Role | undefined
  /** What made it play that role. */
  readonly how: 'named' | 'its header' | 'its values' | 'the system' | undefined
  readonly type: string
  /** How its numbers or dates are written: `1,234.50`, `day-month-year`. */
  readonly style: string | undefined
  /** What the style was told from. */
  readonly evidence: string | undefined
  /** How its cells are read, where they are numbers or days; undefined: they are text. */
  readonly reads: CellReading | undefined
  /** 'contradictory': no one style reads all its cells; 'undecided': more than one does. */
  readonly doubt: 'contradictory' | 'undecided' | undefined
  /** Share of rows without a value, 0 to 1. */
  readonly missing: number
  readonly distinct: number
  /** The shares and numbers are those of all rows, not of the first ones. */
  readonly exact: boolean
  readonly examples: readonly string[]
}

export interface CellReading {
  readonly as: 'number' | 'day'
  /** The value of a text; NULL where it is none. */
  value(text: Sql): Sql
}

export interface RejectLook {
  readonly path: string
  readonly line: number
  readonly column: number | undefined
  readonly reason: string
  readonly text: string
}
