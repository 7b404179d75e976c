import type { Sheet } from '../core/report.ts'
import type { Sql } from '../core/sql.ts'
import type { Dialect, Fetched, Shape } from '../core/table.ts'

/** A database that answers queries. One file per engine implements it. */
export interface Engine {
  readonly dialect: Dialect
  /** Run a query and bring its columns here, in the order of the shape. Throws CustError. */
  fetch<S extends Shape>(query: Sql, shape: S, order?: 'as read'): Promise<Fetched<S>>
  /** The same for an answer of any length: some thousand rows at a time. */
  batches<S extends Shape>(query: Sql, shape: S, order?: 'as read'): AsyncIterable<Fetched<S>>
  /** Run a statement that answers nothing: create a view, set a setting. Throws CustError. */
  run(statement: Sql): Promise<void>
  /** Keep the answer of a query under a name until the engine is closed; its `rowid` counts the rows from 0. */
  keep(as: Sql, query: Sql): Promise<void>
  /** The plan of a query, as text. */
  explain(query: Sql): Promise<string>
  /** Write a sheet as a Parquet file at a path that does not exist yet. */
  writeParquet(sheet: Sheet, path: string): Promise<void>
  /** Write what a query answers as a Parquet file, in the order of the query. */
  copyParquet(query: Sql, path: string): Promise<void>
  /** Share of the running query that is done, 0 to 1; undefined while nobody knows. */
  progress(): number | undefined
  /** Stop the running query, and begin no other: all promises reject with CustError('interrupted'). */
  interrupt(): void
  close(): void
}

export interface EngineSettings {
  /** Bytes that the whole process may use; undefined: the engine's default. */
  readonly memory: number | undefined
  readonly threads: number | undefined
  /** An existing folder for temporary files, removed by the caller. */
  readonly temp: string
}
