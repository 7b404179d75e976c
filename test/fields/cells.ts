/** Runs the SQL of a field over values, as the view does. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { join, name, type Sql, sql } from '../../src/core/sql.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import type { Engine } from '../../src/engines/engine.ts'

/** The values after the expression, as text. */
export function throughSql(
  values: readonly (string | null)[],
  expression: (text: Sql) => Sql,
): Promise<(string | null)[]> {
  return withEngine((engine) => columnOf(engine, values, expression))
}

/** Several columns, each with its own expression. */
export function columnsThroughSql(
  columns: readonly { values: readonly (string | null)[]; expression: (text: Sql) => Sql }[],
): Promise<(string | null)[][]> {
  return withEngine(async (engine) => {
    const read: (string | null)[][] = []
    for (const { values, expression } of columns) read.push(await columnOf(engine, values, expression))
    return read
  })
}

async function columnOf(
  engine: Engine,
  values: readonly (string | null)[],
  expression: (text: Sql) => Sql,
): Promise<(string | null)[]> {
  const rows = values.map((value, i) => sql`(${i}, cast(${value} as varchar))`)
  const query = sql`select cast(x as varchar) from (select i, ${expression(name('t'))} as x
    from (values ${join(rows)}) as given(i, t)) order by i`
  return (await engine.fetch(query, { x: 'text' })).x
}

async function withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const temp = mkdtempSync(joinPath(tmpdir(), 'cust-fields-'))
  const engine = await openDuckdb({ memory: undefined, threads: 1, temp })
  try {
    return await work(engine)
  } finally {
    engine.close()
    rmSync(temp, { recursive: true, force: true })
  }
}
