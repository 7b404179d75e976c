/** What a command is: a description that loads nothing, and a run that is loaded when asked for. */

import type { Helper } from './helper.ts'
import type { Look } from './look.ts'
import type { Options, OptionValues } from './options.ts'
import type { Tally } from './orders.ts'
import type { Records } from './records.ts'
import type {
  Absent,
  Chart,
  Column,
  Columns,
  Grid,
  Json,
  Network,
  SheetDescription,
  Unit,
  UnitValues,
} from './report.ts'
import type { RewriteInput, Rewriting } from './rewrite.ts'
import type { Role } from './roles.ts'
import type { Table } from './table.ts'

export interface Example {
  readonly line: string
  readonly shows: string
}

export interface Spec<O extends Options = Options, G extends Sheets = Sheets> {
  readonly summary: string
  /** A few sentences for help: definitions and rules that a reader must know to trust the numbers. */
  readonly about?: readonly string[]
  readonly needs: readonly Role[]
  /** Roles that are used where the input has them. */
  readonly uses?: readonly Role[]
  /**
   * The answer is the rows of one file, written again: its run is a Rewrite. Named are the options for the file
   * that tells of every change, and for giving the file back by it.
   */
  readonly rewrites?: { readonly audit: string; readonly undo: string }
  /** Values of options, by key, with which a run does without some of the roles that it needs. */
  readonly spares?: Readonly<
    Record<
      string,
      | { readonly values: readonly unknown[]; readonly roles: readonly Role[] }
      /** Any value that is not empty. */
      | { readonly given: true; readonly roles: readonly Role[] }
    >
  >
  /** Words that may stand before the files, and the option that each needs: `cust cluster apply --model m.json`. */
  readonly verbs?: Readonly<Record<string, string>>
  readonly options: O
  /** The sheets of the answer; the first is the answer itself. */
  readonly gives: G
  readonly titles: { readonly [K in keyof G]: { readonly en: string; readonly zh: string } }
  /** The sheets that people read before the answer: terminal, markdown, html. */
  readonly lead: readonly (keyof G & string)[]
  /** Pictures of sheets, shown in documents after the lead sheets. */
  readonly charts?: { readonly [K in keyof G]?: readonly Chart[] }
  readonly grids?: { readonly [K in keyof G]?: Grid }
  /** The sheets that a page of html shows before the answer, besides those that lead. */
  readonly pages?: readonly (keyof G & string)[]
  /** The sheet that the network formats draw. */
  readonly network?: Network & { readonly sheet: keyof G & string }
  readonly examples: readonly Example[]
}

export type Sheets = Readonly<Record<string, SheetDescription>>

/** Identity: infers the exact type of a spec. */
export function define<const O extends Options, const G extends Sheets>(spec: Spec<O, G>): Spec<O, G> {
  return spec
}

/** What a run gets besides its options. */
export interface Input {
  /** The lines of the input (see core/orders.ts). */
  readonly lines: Table
  /**
   * The lines again, with the columns of further roles, for a run that decides by itself what it can ask.
   * Throws CustError('input') where the input lacks a needed role, or leaves open how its cells are to be read.
   */
  linesOf(asked: { readonly needs: readonly Role[]; readonly uses?: readonly Role[] }): Promise<Table>
  /** Every column of the input, by its header, as text. */
  rows(): Promise<Table>
  /** The same with the place of every row, read once and kept: for a run that asks much of it. */
  records(): Promise<Records>
  /** What was understood of the input; `exact`: with figures over all rows, however many there are. */
  look(exact: boolean): Promise<Look>
  /** Today's date as a day number. */
  readonly today: number
  /** Tell the user as of which day the answer is, and which lines it counts. */
  account(counted: Counted): void
  /** Tell the user of a decision that the numbers stand on. */
  note(line: string): void
  /** Tell the user of something that may make the numbers wrong. */
  warn(line: string): void
  /** Let the program hear of Ctrl-C amid long work; throws CustError('interrupted') after one. */
  pause(): Promise<void>
  /** A second thread of the command; undefined where the input is small, there is one core, or `--threads 1`. */
  helper(): Promise<Helper | undefined>
  /**
   * Open another file as a table, its columns found by name: `--previous old.csv`; all of them where none is named.
   * Beside them it has the physical LINE of each row (see core/records.ts), null where a large file is read whole.
   */
  open(path: string, columns?: readonly string[]): Promise<Table>
}

/** What an answer over orders stands on. */
export interface Counted {
  /** Undefined where the day does not matter. */
  readonly asOf: number | undefined
  readonly tally: Tally
  /** How many customers the answer has, or baskets or orders. */
  readonly customers: number
  readonly things?: 'basket' | 'order' | 'row'
}

/** What a run answers. */
export interface Answer<G extends Sheets = Sheets> {
  /** A function where the sheet takes work: not every format shows every sheet. */
  readonly sheets: {
    readonly [K in keyof G]: Columns<G[K]> | Absent | Rows | Rewritten | Free | (() => Columns<G[K]> | Free)
  }
  /** What JSON holds in place of sheets, where one shape says more than tables do. */
  readonly json?: Json
  /** Lead sheets to show beside the spec's own, when a flag asked for them. */
  readonly show?: readonly (keyof G & string)[]
  /** What stands in the files named by `savedFile` options, by option name. */
  readonly saves?: Readonly<Record<string, Saved>>
  /** Why a script should stop, in one line: after all is written, the run ends as one that found something. */
  readonly found?: string
}

/** Rows of the input as an answer: the engine writes them out, nothing is held. Its columns are all text. */
export interface Rows {
  readonly table: Table
}

/** Rows of the input as they are to be written again: they pass through, and nothing of them is held. */
export interface Rewritten {
  readonly rewriting: Rewriting
  /** All have passed: what is to be told of them is told now. */
  ended(): void
  /** They are not written: this sheet is the answer, known when all have passed. */
  readonly onlyTold?: string
}

/** The run of a command that rewrites rows: what its sheets hold is known when the last has passed. */
export type Rewrite<S> =
  S extends Spec<infer O, infer G>
    ? (input: RewriteInput, options: OptionValues<O>) => Promise<Answer<G>>
    : never

/** A sheet whose columns nobody knows before the input: they bring their own description. */
export interface Free {
  readonly free: readonly Column[]
}

/** A text, or rows or columns as csv. */
export type Saved = string | Rows | Free | (() => Free)

/** An answer whose exact columns were checked where it was made. */
export interface AnyAnswer {
  readonly sheets: Readonly<
    Record<string, Absent | Rows | Rewritten | Free | AnyColumns | (() => AnyColumns | Free)>
  >
  readonly json?: Json
  readonly show?: readonly string[]
  readonly saves?: Readonly<Record<string, Saved>>
  readonly found?: string
}

export type AnyColumns = { readonly [key: string]: UnitValues[Unit] | undefined }

export type Run<S> =
  S extends Spec<infer O, infer G> ? (input: Input, options: OptionValues<O>) => Promise<Answer<G>> : never
