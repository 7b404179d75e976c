import type { Quoting, Sql } from './sql.ts'
import type { PackedText } from './texts.ts'

/** The few things that engines say differently; all else in a query is portable SQL. */
export interface Dialect extends Quoting {
  readonly name: string
  /** A literal date. */
  date(iso: string): Sql
  /** Whole days from `earlier` to `later`. */
  days(later: Sql, earlier: Sql): Sql
  /** A double, for every division and every mean. */
  real(value: Sql): Sql
  /** About how many different values; exact where the engine cannot guess. */
  roughDistinct(value: Sql): Sql
  /** A number that equal rows of these columns share, and hardly any others. */
  digest(columns: readonly Sql[]): Sql
  /** Text that sorts and compares by code point, whatever the collation of the database. */
  textOrder(value: Sql): Sql
}

/**
 * What a query answers: one entry a column. Text of which there may be millions is best left packed; where a few
 * words repeat, coded; where it only tells rows apart, groups; and where equal ones stand together, runs.
 */
export type Shape = Readonly<
  Record<string, 'text' | 'packed' | 'coded' | 'groups' | 'runs' | 'day' | 'number'>
>

/** Text as numbers of words, in the order in which the words came; -1 for no value. */
export interface DictionaryText {
  readonly codes: Int32Array
  readonly words: readonly string[]
}

/** Rows that hold the same text have the same number, from 0 up to `groups`; -1 for no value. */
export interface Groups {
  readonly codes: Int32Array
  readonly groups: number
}

/** Rows `starts[i]` up to `starts[i + 1] - 1` hold text `i`; the next ones may hold the same. */
export interface Runs {
  readonly texts: PackedText
  readonly starts: Uint32Array
}

/** The columns of an answer, each as long as it has rows. No value: null, NO_DAY, NaN. */
export type Fetched<S extends Shape> = {
  readonly [K in keyof S]: Values[Exclude<S[K], undefined>]
}

interface Values {
  text: (string | null)[]
  packed: PackedText
  coded: DictionaryText
  groups: Groups
  runs: Runs
  day: Int32Array
  number: Float64Array
}

/** The name, in the lines, of a column that was asked for by its header: no role has a space in its name. */
export const extraColumn = (header: string): string => `extra ${header}`

/** A query not yet run: the usable and unusable lines of the input, under role names. */
export interface Table {
  /** What stands after `from`. */
  readonly from: Sql
  /** The columns that exist, by role name (see roles.ts) or, for plain tables, by header. */
  readonly columns: readonly string[]
  readonly dialect: Dialect
  /**
   * Run a query over it. Columns of the query must stand in the order of the shape. Rows come in any order that
   * the query leaves open, unless those of the input are asked for.
   */
  fetch<S extends Shape>(query: Sql, shape: S, order?: 'as read'): Promise<Fetched<S>>
  /** The same some thousand rows at a time, which hold until the next: for whoever needs not hold them all. */
  batches<S extends Shape>(query: Sql, shape: S, order?: 'as read'): AsyncIterable<Fetched<S>>
}
