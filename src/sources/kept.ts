/** All rows of all files, read once and kept by the engine, each with its file and its physical line. */
import { FILE, LINE, type Records, type RecordsFile } from '../core/records.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { careful, isQuick, type OpenInput, verify } from './input.ts'
import { Irregular } from './irregular.ts'
import { columnName, type Source } from './source.ts'

/** Throws Irregular where a row may be several lines, and the source does not know which. */
export async function keptRecords(engine: Engine, { sources, view }: OpenInput): Promise<Records> {
  const headers = [...new Set(sources.flatMap((source) => source.headers))]
  const parts: Sql[] = []
  let rows = 0
  for (const [i, source] of sources.entries()) {
    if (source.lines && !(await source.lines.isOneEach)) {
      throw new Irregular(`${source.file.path}: rows of several lines`)
    }
    const kept = name(`cust rows ${i + 1}`)
    await careful([source], () => engine.keep(kept, sql`select * from (${source.scan})`))
    rows += await countIn(engine, kept)
    parts.push(rowsOf(source, i, { kept, headers }))
  }
  if (isQuick(sources)) await verify(sources, rows)
  const table = await view(join(parts, ' union all '), [...headers, FILE, LINE])
  return { ...table, columns: headers, files: sources.map(fileOf) }
}

async function countIn(engine: Engine, kept: Sql): Promise<number> {
  const { rows } = await engine.fetch(sql`select count(*) as rows from ${kept}`, { rows: 'number' })
  return rows[0] ?? 0
}

function rowsOf(
  source: Source,
  file: number,
  { kept, headers }: { readonly kept: Sql; readonly headers: readonly string[] },
): Sql {
  const columns = headers.map((header) => {
    const index = source.headers.indexOf(header)
    const text = index < 0 ? sql`cast(null as varchar)` : name(columnName(index))
    return sql`${text} as ${name(header)}`
  })
  const line = source.lined ? sql`cast(line as bigint)` : sql`rowid + ${source.lines?.first ?? 1}`
  return sql`select ${join(columns)}, ${file} as ${name(FILE)}, ${line} as ${name(LINE)} from ${kept}`
}

function fileOf({ file, headers, written, rejects, passed }: Source): RecordsFile {
  return {
    path: file.path,
    headers,
    written,
    rejects: rejects.map((reject) => ({ path: file.path, column: undefined, ...reject })),
    emptyRows: passed?.emptyRows ?? 0,
    emptyLines: passed?.emptyLines ?? [],
    headerLine: file.text?.headerLine,
  }
}
