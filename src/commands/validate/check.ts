/** What a check is: a condition over the rows, and what is said where rows fail it. */
import { type Sql, sql } from '../../core/sql.ts'

/** An error makes a row bad; a warning and a note do not. */
export type Severity = 'error' | 'warning' | 'note'
export type Dimension = 'completeness' | 'validity' | 'uniqueness' | 'consistency'

export interface Said {
  readonly en: string
  readonly zh: string
}

export interface Check extends Said {
  /** A name for programs and for --ignore: `email`, `duplicate_key`; what a rule of the user is called. */
  readonly rule: string
  readonly severity: Severity
  readonly dimension: Dimension
  /** The columns that it looks at; the first is the one that is told. None: the row as a whole. */
  readonly columns: readonly string[]
  /** True for a row that fails. */
  readonly fails: Sql
  /** The rows that are tested; undefined: those with a value in the first column. */
  readonly tested?: Sql
  /** What is shown of a value: a proposal beside it, or the value in part. */
  readonly shown?: (value: string) => string
  /** The same as a rule that a user may write. */
  readonly condition?: string
  /** Tests that find more than they pass are likely no test of this column: said as a note. */
  readonly believed?: true
}

/** Something that was found: of rows, or of the file as a whole. */
export interface Finding extends Said {
  readonly rule: string
  readonly severity: Severity
  readonly dimension: Dimension
  readonly column: string | undefined
  /** Rows, or other things that it touches. */
  readonly count: number
  readonly share: number
  /** The lines of the first ones, in ranges: `2-5, 9`. */
  readonly lines: string
  readonly examples: readonly Example[]
}

export interface Example {
  readonly file: string
  readonly line: number | undefined
  readonly value: string
}

/** Is the cell one of these texts? */
export function isOneOf(cell: Sql, values: readonly string[]): Sql {
  if (values.length === 0) return sql`false`
  if (values.length <= FEW) return sql`coalesce(${cell} in (${literals(values)}), false)`
  // Engines look through a list one by one, and into a table at once.
  return sql`coalesce(${cell} in (select text from (values ${tuples(values)}) as listed(text)), false)`
}

const FEW = 8

const tuples = (values: readonly string[]): Sql => ({
  pieces: values.flatMap((literal, i) => (i === 0 ? ['(', { literal }, ')'] : [', (', { literal }, ')'])),
})

/** Texts with commas between them, however many. */
export function literals(values: readonly string[]): Sql {
  return { pieces: values.flatMap((literal, i) => (i === 0 ? [{ literal }] : [', ', { literal }])) }
}
