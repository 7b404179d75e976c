/** A folder of small inputs and an engine over them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Role } from '../../src/core/roles.ts'
import { sql } from '../../src/core/sql.ts'
import { openDuckdb } from '../../src/engines/duckdb.ts'
import { type Opened, openColumns, openLines, type Reading } from '../../src/sources/open.ts'

const NEEDS: readonly Role[] = ['customer', 'date', 'amount']
const USES: readonly Role[] = ['order', 'status', 'quantity', 'item', 'currency']

export type Given = Partial<Omit<Reading, 'stdin'>> & {
  stdin?: Buffer
  needs?: readonly Role[]
  uses?: readonly Role[]
}

export async function inputs() {
  const folder = mkdtempSync(join(tmpdir(), 'cust-sources-'))
  const temp = join(folder, 'temp')
  mkdirSync(temp)
  const engine = await openDuckdb({ memory: undefined, threads: 2, temp })
  const reading = ({ stdin, needs: _, uses: __, ...given }: Given): Reading => ({
    paths: [],
    cwd: folder,
    temp,
    columns: {},
    ...given,
    stdin: Readable.from(stdin ? [stdin] : []),
  })
  return {
    folder,
    engine,
    write(file: string, content: string | Buffer): string {
      writeFileSync(join(folder, file), content)
      return file
    },
    open: (paths: readonly string[], given: Given = {}): Promise<Opened> =>
      openLines(engine, reading({ ...given, paths }), given.needs ?? NEEDS, given.uses ?? USES),
    columns: (paths: readonly string[], columns: readonly string[] | undefined, given: Given = {}) =>
      openColumns(engine, reading({ ...given, paths }), columns),
    close(): void {
      engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Inputs = Awaited<ReturnType<typeof inputs>>

/** Every line as one text, sorted: customer|day|amount|problem and what else the view has. */
export async function linesOf({ table }: Opened): Promise<string[]> {
  const columns = [...table.columns].sort()
  const cells = columns.map((column) => sql`coalesce(cast(${{ pieces: [{ name: column }] }} as varchar), '')`)
  const shape = Object.fromEntries(columns.map((column) => [column, 'text' as const]))
  const query = sql`select ${{ pieces: cells.flatMap((cell, i) => (i ? [', ', ...cell.pieces] : cell.pieces)) }} from ${table.from}`
  const fetched = await table.fetch(query, shape)
  const rows = (fetched[columns[0] ?? ''] ?? []).map((_, row) =>
    columns.map((column) => fetched[column]?.[row] ?? '').join('|'),
  )
  return rows.sort()
}

/** customer|day|amount of the usable lines, or the problem. */
export async function shortLines({ table }: Opened): Promise<string[]> {
  const { line } = await table.fetch(
    sql`select coalesce(problem, customer || '|' || cast(day as varchar) || '|' || cast(cast(amount as double) as varchar)) as line
      from ${table.from} order by 1`,
    { line: 'text' },
  )
  return line.map((each) => each ?? '').sort((a, b) => Number(a.includes(': ')) - Number(b.includes(': ')))
}
