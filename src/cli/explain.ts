/** --explain: the SQL that a run would ask, and the engine's plan for it, without running it. */
import type { Input } from '../core/command.ts'
import { CustError } from '../core/errors.ts'
import { render, type Sql, sql } from '../core/sql.ts'
import type { Fetched, Shape, Table } from '../core/table.ts'
import { packer } from '../core/texts.ts'
import type { Engine } from '../engines/engine.ts'
import type { Asked } from './asked.ts'
import type { World } from './world.ts'

/**
 * Print, as one script that the engine could run, what reads the input and every query up to the first whose
 * answer decides the next; the plans stand in comments.
 */
export async function explainRun(
  asked: Asked,
  input: Input,
  engine: Pick<Engine, 'explain'> & { readonly statements: readonly Sql[] },
  world: World,
): Promise<void> {
  const queries: Sql[] = []
  const run = await asked.load()
  try {
    await run(recordingAll(input, queries), asked.options)
  } catch (error) {
    // Without rows a run ends early; that it does is no news.
    if (!(error instanceof CustError) || error.kind !== 'input' || queries.length === 0) throw error
  }
  const text = (query: Sql) => `${render(query, input.lines.dialect).trim()};\n`
  for (const statement of engine.statements) world.stdout.write(text(statement))
  for (const query of queries) {
    const plan = await engine.explain(query)
    world.stdout.write(`\n${text(query)}\n${plan.trimEnd().replace(/^/gm, '-- ')}\n`)
  }
}

/** An engine that keeps what it was told to do. */
export function keepingStatements(engine: Engine): Engine & { readonly statements: readonly Sql[] } {
  const statements: Sql[] = []
  const run = (statement: Sql) => {
    statements.push(statement)
    return engine.run(statement)
  }
  const keep = (as: Sql, query: Sql) => {
    statements.push(sql`create temp table ${as} as ${query}`)
    return engine.keep(as, query)
  }
  return { ...engine, run, keep, statements }
}

function recordingAll(input: Input, queries: Sql[]): Input {
  return {
    ...input,
    lines: recording(input.lines, queries),
    linesOf: async (roles) => recording(await input.linesOf(roles), queries),
    rows: async () => recording(await input.rows(), queries),
    records: async () => {
      const records = await input.records()
      return { ...records, ...recording(records, queries) }
    },
    warn: () => {},
  }
}

function recording(lines: Table, queries: Sql[]): Table {
  return {
    ...lines,
    fetch: async <S extends Shape>(query: Sql, shape: S) => {
      queries.push(query)
      return emptyColumns(shape)
    },
    batches: async function* <S extends Shape>(query: Sql, shape: S) {
      queries.push(query)
      yield emptyColumns(shape)
    },
  }
}

function emptyColumns<S extends Shape>(shape: S): Fetched<S> {
  const columns = Object.entries(shape).map(([key, kind]) => {
    if (kind === 'text') return [key, []]
    if (kind === 'packed') return [key, packer().done()]
    if (kind === 'runs') return [key, { texts: packer().done(), starts: new Uint32Array(1) }]
    if (kind === 'coded') return [key, { codes: new Int32Array(0), words: [] }]
    if (kind === 'groups') return [key, { codes: new Int32Array(0), groups: 0 }]
    return [key, kind === 'day' ? new Int32Array(0) : new Float64Array(0)]
  })
  return Object.fromEntries(columns) as Fetched<S>
}
