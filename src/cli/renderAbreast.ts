/** The rows of a large sheet, written by two threads: some of them by each, and all in their order. */
import { setImmediate as turn } from 'node:timers/promises'
import { Handed, type Helper, HelperLost } from '../core/helper.ts'
import type { Sheet } from '../core/report.ts'
import { type BatchFormat, batchRenderer } from '../render/batches.ts'
import type { Style } from '../render/format.ts'
import { apart, partOf } from '../render/parts.ts'
import { rowCount } from '../render/rows.ts'
import { inOrder } from './inOrder.ts'

/** What the second thread is called that only writes rows. */
export const WRITES_ROWS = 'writes rows'

/** Of fewer cells the second thread would come too late. */
export const MANY_CELLS = 2_000_000
const CELLS_OF_PART = 250_000
/** So many parts the other thread has: one that it works on, and the next. */
const IN_HAND = 2

interface RowsTask {
  readonly sheet: Sheet
  readonly format: BatchFormat
  readonly style: Style
}

type Chunks = Iterable<string | Uint8Array>

/** Formats of which a part can be written without those before it. */
export const isWrittenInParts = (format: string): format is BatchFormat =>
  format === 'csv' || format === 'tsv' || format === 'ndjson'

export const cellsOf = (sheet: Sheet): number => sheet.columns.length * rowCount(sheet)

/** Chunks of all rows; each holds until the next is asked for. */
export async function* renderAbreast(
  { sheet, format, style }: RowsTask,
  helper: Helper,
  cellsOfPart = CELLS_OF_PART,
): AsyncGenerator<string | Uint8Array> {
  const renderer = batchRenderer(format, style)
  const own = (part: Sheet): Chunks => renderer.rows(part)
  let [parts, inHand] = [0, 0]
  const offer = (part: Sheet): Promise<Chunks> | undefined => {
    // The header stands above the first.
    if (parts++ === 0 || inHand === IN_HAND) return undefined
    inHand++
    const { sheet: copy, memory } = apart(part)
    const task: RowsTask = { sheet: copy, format, style: { ...style, headless: true } }
    return helper
      .ask(task, memory)
      .catch((error: unknown) => {
        if (!(error instanceof HelperLost)) throw error
        return kept(own(part))
      })
      .finally(() => inHand--) as Promise<Chunks>
  }
  for await (const chunks of inOrder(partsOf(sheet, cellsOfPart), { offer, own, kept })) yield* chunks
}

async function* partsOf(sheet: Sheet, cellsOfPart: number): AsyncGenerator<Sheet> {
  const count = rowCount(sheet)
  const size = Math.ceil(cellsOfPart / sheet.columns.length)
  for (let from = 0; from < count; from += size) {
    yield partOf(sheet, from, Math.min(from + size, count))
    // What the other thread has done is heard of only in between.
    await turn()
  }
}

const kept = (chunks: Chunks): Chunks =>
  Array.from(chunks, (chunk) => (typeof chunk === 'string' ? chunk : new Uint8Array(chunk)))

/** The other end. */
export function writtenRows({ sheet, format, style }: RowsTask): Handed {
  const chunks = [...kept(batchRenderer(format, style).rows(sheet))]
  return new Handed(
    chunks,
    chunks.flatMap((chunk) => (typeof chunk === 'string' ? [] : [chunk.buffer as ArrayBuffer])),
  )
}
