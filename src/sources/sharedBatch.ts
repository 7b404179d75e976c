/** Batches of rows in memory that two threads share: what one has read, the other takes up without a copy. */
import type { Kept, ReadBatch } from './rowBatch.ts'

/** A batch whose cells all stand in the same bytes. It survives structured cloning, and shares its memory then. */
export interface SharedBatch {
  readonly bytes: Uint8Array
  readonly width: number
  readonly length: number
  /** Where the cells stand, column by column. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly rows: Float64Array
  readonly lines: Float64Array
  readonly between: number | undefined
  readonly kept: readonly Kept[]
}

/** Room for one batch at a time. */
export interface SharedRoom {
  /** The batch, which holds until the next; undefined where its columns stand in bytes of their own. */
  take(batch: ReadBatch): SharedBatch | undefined
}

export function sharedRoom(): SharedRoom {
  const bytesOf = growing()
  const [fromOf, toOf, rowsOf, linesOf] = [growing(), growing(), growing(), growing()]
  return {
    take({ columns, length, rows, lines, kept }) {
      const [first] = columns
      if (first === undefined || columns.some(({ bytes }) => bytes !== first.bytes)) return undefined
      const width = columns.length
      const bytes = new Uint8Array(bytesOf(first.bytes.length), 0, first.bytes.length)
      const from = new Int32Array(fromOf(4 * width * length), 0, width * length)
      const to = new Int32Array(toOf(4 * width * length), 0, width * length)
      bytes.set(first.bytes)
      columns.forEach((column, i) => {
        from.set(column.from, i * length)
        to.set(column.to, i * length)
      })
      const own = {
        rows: new Float64Array(rowsOf(8 * length), 0, length),
        lines: new Float64Array(linesOf(8 * length), 0, length),
      }
      own.rows.set(rows)
      own.lines.set(lines)
      return { bytes, width, length, from, to, ...own, between: first.between, kept }
    },
  }
}

/** Memory of so many bytes; the same again as long as it is large enough. */
function growing(): (size: number) => SharedArrayBuffer {
  let memory = new SharedArrayBuffer(0)
  return (size) => {
    if (memory.byteLength < size) memory = new SharedArrayBuffer(size + (size >> 2))
    return memory
  }
}

/** What can be mended of it; records that cannot be used stay with who has read them. */
export function batchFrom(batch: SharedBatch): ReadBatch {
  const { bytes, width, length, from, to, rows, lines, between, kept } = batch
  const columns = Array.from({ length: width }, (_, i) => ({
    bytes,
    from: from.subarray(i * length, (i + 1) * length),
    to: to.subarray(i * length, (i + 1) * length),
    instead: undefined,
    between,
  }))
  return { columns, length, rows, lines, kept: kept.map(withBuffer), rejects: [] }
}

/** A clone of a Buffer is none. */
const withBuffer = (one: Kept): Kept => ({
  ...one,
  raw: typeof one.raw === 'string' ? one.raw : Buffer.from(one.raw),
})
