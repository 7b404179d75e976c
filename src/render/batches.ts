/** Answers of any length, some thousand rows at a time, in the formats that take one row after the other. */
import type { Sheet } from '../core/report.ts'
import { csv, tsv } from './csv.ts'
import { arrayWriter, ndjson } from './json.ts'
import type { Style } from './style.ts'

export type BatchFormat = 'csv' | 'tsv' | 'json' | 'ndjson'

export const isBatchFormat = (format: string): format is BatchFormat =>
  ['csv', 'tsv', 'json', 'ndjson'].includes(format)

/** Writes sheets of the same columns as one. */
export interface BatchRenderer {
  /** Chunks of the rows of a sheet; each holds until the next is asked for. */
  rows(sheet: Sheet): Iterable<string | Uint8Array>
  /** What stands behind the last rows. */
  end(): Iterable<string>
}

/** `headless`: rows that follow others. Rows of an array of JSON do so only where this has written the ones before. */
export function batchRenderer(format: BatchFormat, style: Style): BatchRenderer {
  if (format === 'json') {
    const array = arrayWriter()
    return { rows: (sheet) => array.rows(sheet), end: () => [array.end()] }
  }
  const write = { csv, tsv, ndjson }[format]
  let headless = style.headless ?? false
  return {
    rows(sheet) {
      const own = { ...style, headless }
      headless = true
      return write({ title: '', sheets: [sheet] }, own)
    },
    end: () => [],
  }
}

/** Sheets of the same columns as one, the first of which may have no rows. A chunk holds until the next is asked for. */
export async function* renderBatches(
  format: BatchFormat,
  sheets: AsyncIterable<Sheet>,
  style: Style,
): AsyncGenerator<string | Uint8Array> {
  const renderer = batchRenderer(format, style)
  for await (const sheet of sheets) yield* renderer.rows(sheet)
  yield* renderer.end()
}
