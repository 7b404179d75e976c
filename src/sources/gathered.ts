/** Records that a reader of ours gives, written plainly for the engine: JSON, worksheets, tables in HTML. */
import { join as joinPath } from 'node:path'
import { CustError } from '../core/errors.ts'
import { canonicalWriter } from './canonical.ts'
import { distinctHeaders } from './headers.ts'
import { recogniseLayout } from './layout.ts'
import type { TextRecord } from './records.ts'
import type { FileRead, Source } from './source.ts'
import type { SplitRecord } from './split.ts'
import { type PassedOver, type Reject, tabulator } from './tabulate.ts'

export interface Place {
  readonly folder: string
  readonly index: number
}

export interface Gathered {
  readonly file: FileRead
  readonly headers: readonly string[]
  readonly written: readonly string[]
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  readonly rejects: readonly Reject[]
  readonly passed: PassedOver | undefined
}

/** Rows that are kept for decisions about columns. */
const SAMPLE_ROWS = 3000
/** Up to here all rows are kept, and every decision stands on all of them. */
const FEW_ROWS = 50_000

/** Write records, and answer them as a source; `about` is asked when all have been read. */
export async function gatheredSource(
  records: AsyncIterable<readonly TextRecord[]>,
  { width, place, about }: { width: number; place: Place; about(): Gathered },
): Promise<Source> {
  const writer = await canonicalWriter(joinPath(place.folder, `${place.index}-rows.csv`), width)
  const rows: TextRecord[] = []
  for await (const batch of records) {
    for (const record of batch) if (rows.length < FEW_ROWS) rows.push(record)
    await writer.write(batch)
  }
  const { count, scan } = await writer.end()
  const complete = count === rows.length
  if (!complete) rows.length = SAMPLE_ROWS
  // Their cells stand apart, not in a text: the cell that is wrong speaks for its row.
  const asWritten = async () => new Map<number, string>()
  return { ...about(), rows, complete, scan, lined: true, count: Promise.resolve(count), asWritten }
}

export interface SheetLike {
  readonly shown: string
  readonly file: Omit<FileRead, 'columns'>
  readonly headerLine: number | undefined
  readonly headerless: boolean
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  knows(header: string): boolean
}

/** Records of a grid of cells, whose header stands somewhere among the first of them. */
export async function gridSource(
  records: AsyncIterable<readonly TextRecord[]>,
  sheet: SheetLike,
  place: Place,
): Promise<Source> {
  const all: SplitRecord[] = []
  for await (const batch of records) for (const record of batch) all.push(asSplit(record))
  const widest = all.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  // Rows end at their last cell, so the short ones are no mistake.
  const even = all.map((record) => ({ ...record, cells: padded(record.cells, widest) }))
  const layout = recogniseLayout(even, { headerLine: sheet.headerLine, knows: sheet.knows })
  if (layout === undefined) throw new CustError('input', `${sheet.shown}: has no rows`)
  if (layout.header === undefined && !sheet.headerless && sheet.headerLine !== 0) {
    throw new CustError(
      'input',
      `${sheet.shown}: the first row looks like data, not like column names`,
      'name the columns by number, as in --customer #1, or say which row is the header with --header-row',
    )
  }
  const table = tabulator({ layout, resplit: () => [] })
  const [first, last] = [table.push(even.slice(layout.skip)), table.end()]
  const rows = [...first.rows, ...last.rows]
  const written = Array.from({ length: layout.width }, (_, i) => (layout.header?.cells[i] ?? '').trim())
  const { headers, renamed } = distinctHeaders(written)
  const renames =
    renamed.length > 0 ? [`${sheet.shown}: columns with the same name are now ${renamed.join(', ')}`] : []
  const about = (): Gathered => ({
    file: { ...sheet.file, columns: layout.width },
    headers,
    written,
    notes: [...sheet.notes, ...renames],
    warnings: sheet.warnings,
    rejects: [...first.rejects, ...last.rejects],
    passed: table.passed,
  })
  return gatheredSource(once(rows), { width: layout.width, place, about })
}

async function* once(rows: readonly TextRecord[]): AsyncGenerator<readonly TextRecord[]> {
  yield rows
}

function asSplit({ cells, line }: TextRecord): SplitRecord {
  return { cells, line, raw: cells.join('\t'), ending: '\n', lines: 1, multiline: false }
}

const padded = (cells: readonly string[], width: number): string[] =>
  Array.from({ length: width }, (_, i) => cells[i] ?? '')
