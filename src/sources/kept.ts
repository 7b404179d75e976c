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
  const files: RecordsFile[] = []
  let rows = 0
  for (const [i, source] of sources.entries()) {
    if (source.lines && !(await source.lines.isOneEach)) {
      throw new Irregular(`${source.file.path}: rows of several lines`)
    }
    const kept = name(`cust rows ${i + 1}`)
    await careful([source], () => engine.keep(kept, sql`select * from (${source.scan})`))
    rows += await countIn(engine, kept)
    files.push(fileOf(source, source.lines ? await emptyRows(engine, source, kept) : undefined))
    parts.push(rowsOf(source, i, { kept, headers }))
  }
  if (isQuick(sources)) await verify(sources, rows)
  const table = await view(join(parts, ' union all '), [...headers, FILE, LINE])
  let more = 0
  const keep: Records['keep'] = async (query) => {
    const kept = name(`cust kept ${++more}`)
    await careful(sources, () => engine.keep(kept, query))
    return kept
  }
  return { ...table, columns: headers, files, keep }
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
  const held = source.lines ? sql`where not ${isEmptyRow(source)}` : sql``
  const selected = sql`${join(columns)}, ${file} as ${name(FILE)}, ${lineOf(source)} as ${name(LINE)}`
  return sql`select ${selected} from ${kept} ${held}`
}

const lineOf = ({ lined, lines }: Source): Sql =>
  lined ? sql`cast(line as bigint)` : sql`rowid + ${lines?.first ?? 1}`

/** A row of nothing but empty cells, which elsewhere is passed over before it comes here. */
const isEmptyRow = ({ headers }: Source): Sql =>
  sql`(coalesce(${join(headers.map((_, i) => name(columnName(i))))}, '') = '')`

/** Lines of empty rows that are told. */
const MOST_LINES = 1000

async function emptyRows(engine: Engine, source: Source, kept: Sql) {
  const query = sql`select cast(${lineOf(source)} as double) as line, cast(count(*) over () as double) as number
    from ${kept} where ${isEmptyRow(source)} order by 1 limit ${MOST_LINES}`
  const { line, number } = await engine.fetch(query, { line: 'number', number: 'number' })
  return { emptyRows: number[0] ?? 0, emptyLines: [...line] }
}

type Empty = Pick<RecordsFile, 'emptyRows' | 'emptyLines'>

function fileOf({ file, headers, written, rejects, passed }: Source, empty: Empty | undefined): RecordsFile {
  return {
    path: file.path,
    headers,
    written,
    rejects: rejects.map((reject) => ({ path: file.path, column: undefined, ...reject })),
    emptyRows: empty?.emptyRows ?? passed?.emptyRows ?? 0,
    emptyLines: empty?.emptyLines ?? (passed?.emptyLines ?? []).toSorted((a, b) => a - b),
    headerLine: file.text?.headerLine,
  }
}
