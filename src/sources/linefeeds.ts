/** One kind of line end for a whole file: DuckDB's strict reader stops at a mix. */
import { open } from 'node:fs/promises'

const QUOTE = 0x22
const [LF, CR] = [10, 13]

/** Write a CSV file again with LF outside quotes; the number of physical lines stays. */
export async function normaliseLineEnds(
  chunks: AsyncIterable<Buffer>,
  { delimiter, path }: { delimiter: string; path: string },
): Promise<void> {
  const rewrite = lineEndRewriter(delimiter.charCodeAt(0))
  const handle = await open(path, 'w')
  try {
    for await (const chunk of chunks) await handle.write(rewrite(chunk))
  } finally {
    await handle.close()
  }
}

/** Quotes count only where a quoted cell can begin, so that 5" pipes stay what they are. */
function lineEndRewriter(delimiter: number): (chunk: Buffer) => Buffer {
  let [quoted, atStart, afterCR] = [false, true, false]
  return (chunk) => {
    const out = Buffer.allocUnsafe(chunk.length)
    let size = 0
    for (const byte of chunk) {
      if (quoted) {
        out[size++] = byte
        // A doubled quote closes and opens again: the state after it is the same.
        if (byte === QUOTE) [quoted, atStart] = [false, true]
        continue
      }
      if (byte === LF && afterCR) {
        afterCR = false
        continue
      }
      afterCR = byte === CR
      out[size++] = byte === CR ? LF : byte
      quoted = byte === QUOTE && atStart
      atStart = byte === delimiter || byte === LF || byte === CR
    }
    return out.subarray(0, size)
  }
}
