/**
 * The receipt of a rewriting: every cell that was changed, every row that was left out, and what else is needed to
 * give the file back byte for byte. A CSV file like any other; its first row holds how the file was written.
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Change, MendedBatch } from '../core/rewrite.ts'
import { textReader } from '../core/texts.ts'
import type { Dialect } from './dialect.ts'
import { recordWriter } from './dialect.ts'
import { encodeText } from './encoders.ts'
import { AS_WRITTEN, type Kept, type ReadBatch } from './rowBatch.ts'

export const auditColumns = ['row', 'line', 'column', 'before', 'after', 'rule'] as const

/** What the first row says. */
export interface AuditHead {
  /** Version of the form. */
  readonly audit: number
  readonly file: string
  /** SHA-256 of the bytes of the file, and of the file that was written. */
  readonly sha256: string
  readonly written: WrittenAs & { readonly sha256: string }
  readonly rows: number
  readonly columns: readonly string[]
  /** None: the file itself stands in the audit. */
  readonly dialect?: Dialect
}

/** How the cleaned file is written. */
export interface WrittenAs {
  readonly delimiter: string
  readonly bom: boolean
}

export const AUDIT_VERSION = 1
/** Rules of rows that are no changes. */
export const [SOURCE, BYTES, BASE64] = ['source', 'source bytes', ', base64']

export interface AuditWriter {
  add(read: ReadBatch, mended: MendedBatch): Promise<void>
  /** The whole text, when all is known. */
  text(head: AuditHead): AsyncGenerator<string | Uint8Array>
}

const BLOCK_CHARACTERS = 1 << 18
/** A longer text is told in several rows. */
const MOST_CHARACTERS = 1_000_000

/** `whole`: chunks of the file itself, where it cannot be written again from rows. */
export async function auditWriter(
  path: string,
  columns: readonly string[],
  source: Dialect | { readonly whole: () => AsyncIterable<Buffer> },
): Promise<AuditWriter> {
  const handle = await open(path, 'w')
  const dialect = 'whole' in source ? undefined : source
  const names = columns.map(quoted)
  let block = ''
  const flush = async () => {
    const text = block
    block = ''
    if (text !== '') await handle.write(text)
  }
  const keep = (row: number, line: number, as: string, raw: string | Buffer): void => {
    const [text, rule] = printable(raw) ? [raw, as] : [bytesOf(raw, dialect).toString('base64'), as + BASE64]
    for (const part of partsOf(text)) block += `${row},${line},,${quoted(part)},,${quoted(rule)}\n`
  }
  return {
    async add(read, mended) {
      const rawOf = rowWriter(read, dialect)
      const events = merged(read, mended)
      for (const event of events) {
        if (event.kept) keep(event.kept.row, event.kept.line, event.kept.as, event.kept.raw)
        else if (event.change) {
          const { at, column, before, after, rule } = event.change
          block += `${read.rows[at]},${read.lines[at]},${names[column]},${quoted(before)},${quoted(after)},${quoted(rule)}\n`
        } else if (event.gone) {
          const { at, as, why } = event.gone
          keep(read.rows[at] as number, read.lines[at] as number, `${as}: ${why}`, rawOf(at))
        }
        if (block.length >= BLOCK_CHARACTERS) await flush()
      }
    },
    async *text(head) {
      await flush()
      await handle.close()
      yield `${auditColumns.join(',')}\n0,0,,${quoted(JSON.stringify(head))},,${SOURCE}\n`
      if ('whole' in source) yield* wholeOf(source.whole())
      yield* createReadStream(path)
    },
  }
}

async function* wholeOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const { createGzip } = await import('node:zlib')
  const { Readable } = await import('node:stream')
  const gzip = createGzip({ chunkSize: MOST_CHARACTERS / 2 })
  const packed = Readable.from(chunks).pipe(gzip)
  for await (const chunk of packed) yield `0,0,,${(chunk as Buffer).toString('base64')},,${BYTES}\n`
}

// What happened, in the order of rows --------------------------------------------------------------

interface Event {
  readonly row: number
  readonly kept?: Kept
  readonly change?: Change
  readonly gone?: MendedBatch['gone'][number]
}

/** Of one row: its changes, then how it was written, then what follows it. A row that is gone stands for itself. */
function* merged(read: ReadBatch, mended: MendedBatch): Generator<Event> {
  const { gone } = mended
  const changes = mended.changes()[Symbol.iterator]()
  let change: Change | undefined = changes.next().value
  let [out, kept] = [0, 0]
  const left = new Set(gone.map(({ at }) => at))
  const rowOf = (at: number | undefined) =>
    at === undefined ? Number.POSITIVE_INFINITY : (read.rows[at] as number)
  for (;;) {
    const rows = [rowOf(change?.at), rowOf(gone[out]?.at), read.kept[kept]?.row ?? Number.POSITIVE_INFINITY]
    const row = Math.min(...rows)
    if (row === Number.POSITIVE_INFINITY) return
    if (rows[0] === row && change) {
      if (!left.has(change.at)) yield { row, change }
      change = changes.next().value
    } else if (rows[1] === row) yield { row, gone: gone[out++] as MendedBatch['gone'][number] }
    else {
      const one = read.kept[kept++] as Kept
      if (one.as !== AS_WRITTEN || !isGone(one.row, read, gone, out)) yield { row, kept: one }
    }
  }
}

/** The row that was told last is gone: how it is written was told with it. */
function isGone(row: number, read: ReadBatch, gone: MendedBatch['gone'], out: number): boolean {
  const last = gone[out - 1]
  return last !== undefined && read.rows[last.at] === row
}

/** A row as it is written. */
export function rowWriter(read: ReadBatch, dialect: Dialect | undefined): (at: number) => string | Buffer {
  const written = new Map(read.kept.filter(({ as }) => as === AS_WRITTEN).map(({ row, raw }) => [row, raw]))
  const readers = read.columns.map(textReader)
  const write = dialect ? recordWriter(dialect) : (cells: readonly string[]) => cells.map(quoted).join(',')
  return (at: number): string | Buffer =>
    written.get(read.rows[at] as number) ?? write(readers.map((cell) => cell(at) ?? ''))
}

// Cells ------------------------------------------------------------------------------------------------

const SPECIAL = /[",\r\n\ufeff]|^\s|\s$/

const quoted = (text: string): string => (SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Can the text stand in a file of text, and come back as it was? */
function printable(raw: string | Buffer): raw is string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a NUL is what is looked for
  return typeof raw === 'string' && !/[\u0000\ufffd\ud800-\udfff]/u.test(raw)
}

const bytesOf = (raw: string | Buffer, dialect: Dialect | undefined): Buffer =>
  typeof raw === 'string' ? encodeText(raw, dialect?.encoding ?? 'utf-8') : raw

function partsOf(text: string): string[] {
  const parts: string[] = []
  for (let at = 0; at === 0 || at < text.length; ) {
    let end = at + MOST_CHARACTERS
    // No character is cut in two.
    if (/^[\udc00-\udfff]/.test(text.slice(end, end + 1))) end++
    parts.push(text.slice(at, end))
    at = end
  }
  return parts
}
