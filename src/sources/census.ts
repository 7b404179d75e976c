/**
 * Counts the records of a plainly written CSV file and looks for what would make it none, at the speed of
 * memory: an account of the file that does not come from the engine that reads it.
 */
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'

export interface Census {
  /** Records that are not blank, the header among them. */
  readonly records: number
  readonly blankLines: number
  /** Every byte is of a character. */
  readonly valid: boolean
  readonly nul: boolean
  /** Lines end in more than one way. */
  readonly mixedLineEnds: boolean
  /** The last quote is not closed. */
  readonly openQuote: boolean
  /** A line ends within quotes: there are more lines than records. */
  readonly quotedLineEnds: boolean
}

const CHUNK_BYTES = 4 << 20
const [LF, CR, QUOTE] = [10, 13, 0x22]

/** Read a file of UTF-8 with double quotes, if any, doubled inside. */
export async function takeCensus(path: string, delimiter: string): Promise<Census> {
  const handle = await open(path)
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  const count = recordCounter(delimiter)
  let [carry, valid] = [0, true]
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, carry, buffer.length - carry)
      const length = carry + bytesRead
      count.add(buffer.subarray(carry, length))
      const open = bytesRead === 0 ? 0 : openTail(buffer, length)
      valid &&= isUtf8(buffer.subarray(0, length - open))
      if (bytesRead === 0 || !valid) return { ...count.end(), valid }
      buffer.copyWithin(0, length - open, length)
      carry = open
    }
  } finally {
    await handle.close()
  }
}

/** Length of the unfinished UTF-8 character at the end. */
export function openTail(bytes: Buffer, length = bytes.length): number {
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** What is known at some byte of a file. */
interface Count {
  records: number
  blankLines: number
  lf: number
  crlf: number
  cr: number
  nul: boolean
  /** The byte before. */
  last: number
  /** Inside quotes. */
  quoted: boolean
  /** The byte before closed a quoted cell: a quote that follows opens it again. */
  closed: boolean
  /** The record has a byte. */
  filled: boolean
  quotedLineEnds: boolean
}

const START: Readonly<Count> = {
  ...{ records: 0, blankLines: 0, lf: 0, crlf: 0, cr: 0, nul: false },
  ...{ last: LF, quoted: false, closed: false, filled: false },
  quotedLineEnds: false,
}

export interface RecordCounter {
  add(bytes: Buffer): void
  end(): Omit<Census, 'valid'>
}

/** Most parts of most files have lines and nothing else to look at: those are counted by searching line ends. */
export function recordCounter(delimiter: string): RecordCounter {
  const count: Count = { ...START }
  return {
    add(bytes) {
      if (bytes.length === 0) return
      const plain = !count.quoted && count.last !== CR && !bytes.includes(QUOTE) && !bytes.includes(0)
      if (!plain || !countLines(count, bytes)) countBytes(count, bytes, delimiter.charCodeAt(0))
      count.last = bytes[bytes.length - 1] as number
    },
    end() {
      const { records, blankLines, lf, crlf, cr, nul, last, quoted, filled, quotedLineEnds } = count
      const kinds = [lf, crlf, cr + Number(last === CR && !quoted)].filter((lines) => lines > 0).length
      return {
        records: records + Number(filled),
        blankLines,
        nul,
        mixedLineEnds: kinds > 1,
        openQuote: quoted,
        quotedLineEnds,
      }
    },
  }
}

/** Counts bytes without quotes; answers false, and counts nothing, where a CR stands without an LF. */
function countLines(count: Count, bytes: Buffer): boolean {
  let [lines, returns, blank, from] = [0, 0, 0, 0]
  let filled = count.filled
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, from)) {
    lines++
    const end = at > from && bytes[at - 1] === CR ? at - 1 : at
    if (end < at) returns++
    if (end === from && !filled) blank++
    filled = false
    from = at + 1
  }
  if (returns === 0 ? bytes.includes(CR) : countOf(bytes, CR) > returns) return false
  count.lf += lines - returns
  count.crlf += returns
  count.blankLines += blank
  count.records += lines - blank
  count.filled = filled || from < bytes.length
  count.closed = false
  return true
}

function countOf(bytes: Buffer, wanted: number): number {
  let count = 0
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) count++
  return count
}

/** The bytes that mean something. */
const telling = new Uint8Array(256)
for (const byte of [LF, CR, QUOTE, 0]) telling[byte] = 1

function countBytes(count: Count, bytes: Buffer, delimiter: number): void {
  let { records, blankLines, lf, crlf, cr, nul, quoted, quotedLineEnds } = count
  // The record began at this place, or before these bytes and holds something already.
  let [start, begun] = [0, count.filled]
  let closedBefore = count.closed ? 0 : -1
  if (count.last === CR && !quoted && bytes[0] !== LF) cr++
  for (let at = 0; ; at++) {
    while (at < bytes.length && telling[bytes[at] as number] === 0) at++
    if (at >= bytes.length) break
    const byte = bytes[at] as number
    const before = at === 0 ? count.last : (bytes[at - 1] as number)
    if (byte === QUOTE) {
      if (quoted) {
        quoted = false
        closedBefore = at + 1
      } else if (closedBefore === at || before === delimiter || before === LF || before === CR) quoted = true
    } else if (byte === 0) nul = true
    else if (quoted) quotedLineEnds = true
    else if (byte === LF && before === CR) {
      crlf++
      start = at + 1
    } else {
      if (byte === LF) lf++
      else if (at + 1 < bytes.length && bytes[at + 1] !== LF) cr++
      if (begun || at > start) records++
      else blankLines++
      begun = false
      start = at + 1
    }
  }
  const closed = closedBefore === bytes.length
  const filled = begun || start < bytes.length
  Object.assign(count, { records, blankLines, lf, crlf, cr, nul, quoted, closed, filled, quotedLineEnds })
}
