/** Rows as a file of one plain form for the engine, each with the line on which the user finds it. */
import { open } from 'node:fs/promises'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { TextRecord } from './records.ts'
import { columnName } from './source.ts'

export interface CanonicalWriter {
  write(rows: readonly TextRecord[]): Promise<void>
  /** How many rows were written, and a query of them. */
  end(): Promise<{ readonly count: number; readonly scan: Sql }>
}

const BLOCK_CHARACTERS = 1 << 20
/** The engine takes lines of this length without being told. */
const USUAL_LINE = 1_000_000

export async function canonicalWriter(path: string, width: number): Promise<CanonicalWriter> {
  const handle = await open(path, 'w')
  let [block, count, longest] = ['', 0, 0]
  const flush = async () => {
    const text = block
    block = ''
    if (text !== '') await handle.write(text)
  }
  return {
    async write(rows) {
      for (const { cells, line } of rows) {
        let text = String(line)
        for (let i = 0; i < width; i++) text += `,${quoted(cells[i] ?? '')}`
        block += `${text}\n`
        if (text.length > longest) longest = text.length
        if (block.length >= BLOCK_CHARACTERS) await flush()
      }
      count += rows.length
    },
    async end() {
      await flush()
      await handle.close()
      return { count, scan: scanOf(path, width, longest) }
    },
  }
}

const SPECIAL = /[",\r\n]|^\s|\s$/

const quoted = (cell: string): string => (SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

function scanOf(path: string, width: number, longest: number): Sql {
  const texts = Array.from({ length: width }, (_, i) => sql`${name(columnName(i))}: 'VARCHAR'`)
  const columns = join([sql`${name('line')}: 'BIGINT'`, ...texts])
  const long = 4 * longest + 1024
  const room = longest > USUAL_LINE ? sql`, max_line_size = ${long}, buffer_size = ${2 * long}` : sql``
  return sql`select * from read_csv(${path}, auto_detect = false, header = false, delim = ',', quote = '"',
    escape = '"', new_line = '\\n', columns = {${columns}}, null_padding = false${room})`
}
