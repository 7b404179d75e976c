/** CSV and TSV through DuckDB's parser, told everything: its sniffer is never asked. */
import { CustError } from '../core/errors.ts'
import { join, name, sql } from '../core/sql.ts'
import { type Dialect, recognise } from './dialect.ts'
import { distinctHeaders } from './headers.ts'
import type { Prepared } from './prepare.ts'
import { columnName, type Source } from './source.ts'

export interface CsvHints {
  readonly delimiter?: string | undefined
  /** The user names columns by number, so a file without a header row can be read. */
  readonly numbered: boolean
  knows(header: string): boolean
}

export function csvSource(input: Prepared, dialect: Dialect, hints: CsvHints): Source {
  if (dialect.header === undefined && !hints.numbered) throw headerless(input, dialect)
  if (dialect.rows.length === 0) throw new CustError('input', `${input.shown}: has a header but no rows`)
  const { headers, renamed } = distinctHeaders(dialect.header ?? dialect.first.map(() => ''))
  return {
    file: {
      path: input.shown,
      format: dialect.delimiter === '\t' ? 'TSV' : 'CSV',
      encoding: input.encoding,
      ...(input.compression ? { compression: input.compression } : {}),
      columns: headers.length,
    },
    headers,
    ...(dialect.header ? { written: dialect.header } : {}),
    rows: dialect.rows,
    complete: dialect.complete,
    scan: scanOf(input, dialect, headers.length),
    notes:
      renamed.length > 0 ? [`${input.shown}: columns with the same name are now ${renamed.join(', ')}`] : [],
    read: { path: input.path, shown: input.shown, compression: input.packed, width: headers.length },
  }
}

/** The dialect of a CSV sample; throws when there is nothing in it. */
export function dialectOf(input: Prepared, hints: CsvHints): Dialect {
  const dialect = recognise(input.text, {
    delimiter: hints.delimiter,
    whole: input.whole,
    knows: hints.knows,
  })
  if (dialect === undefined) throw new CustError('input', `${input.shown}: has only blank lines`)
  return dialect
}

function headerless(input: Prepared, dialect: Dialect): CustError {
  const shown = dialect.first.map((cell) => cell.trim()).join(', ')
  return new CustError(
    'input',
    `${input.shown}: the first row looks like data, not like column names (${shown.slice(0, 100)})`,
    'name the columns by number, as in --customer #1 --date #2 --amount #3, or add a header row',
  )
}

function scanOf(input: Prepared, dialect: Dialect, width: number) {
  const columns = Array.from({ length: width }, (_, i) => sql`${name(columnName(i))}: 'VARCHAR'`)
  return sql`select * from read_csv(${input.path}, auto_detect = false, header = false, skip = ${dialect.skip},
    delim = ${dialect.delimiter}, quote = '"', escape = '"', columns = {${join(columns)}},
    compression = ${input.packed ?? 'none'}, null_padding = false, store_rejects = true)`
}
