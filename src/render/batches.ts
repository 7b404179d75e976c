/** Answers of any length, some thousand rows at a time, in the formats that take one row after the other. */
import type { Sheet } from '../core/report.ts'
import { csv, tsv } from './csv.ts'
import { arrayWriter, ndjson } from './json.ts'
import type { Style } from './style.ts'

export type BatchFormat = 'csv' | 'tsv' | 'json' | 'ndjson'

export const isBatchFormat = (format: string): format is BatchFormat =>
  ['csv', 'tsv', 'json', 'ndjson'].includes(format)

/** Sheets of the same columns as one, the first of which may have no rows. A chunk holds until the next is asked for. */
export async function* renderBatches(
  format: BatchFormat,
  sheets: AsyncIterable<Sheet>,
  style: Style,
): AsyncGenerator<string | Uint8Array> {
  if (format === 'json') {
    const array = arrayWriter()
    for await (const sheet of sheets) yield* array.rows(sheet)
    return yield array.end()
  }
  const write = { csv, tsv, ndjson }[format]
  let headless = false
  for await (const sheet of sheets) {
    yield* write({ title: '', sheets: [sheet] }, { ...style, headless })
    headless = true
  }
}
