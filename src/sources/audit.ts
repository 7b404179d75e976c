/**
 * The receipt of a rewriting: every cell that was changed, every row that was left out, and what else is needed to
 * give the file back byte for byte. A CSV file like any other; its first row holds how the file was written.
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { MendedBatch } from '../core/rewrite.ts'
import { type SlicedText, textReader } from '../core/texts.ts'
import { type AuditBytes, auditBytes, quoted } from './auditBytes.ts'
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

/** What is changed in a batch, as rows of the audit. They hold until those of the next are asked for. */
export type AuditRows = (read: ReadBatch, mended: MendedBatch) => Uint8Array

export interface AuditWriter {
  add(rows: Uint8Array): Promise<void>
  /** The whole text, when all is known. */
  text(head: AuditHead): AsyncGenerator<string | Uint8Array>
}

/** A longer text is told in several rows. */
const MOST_CHARACTERS = 1_000_000

/** No dialect: the file cannot be written again from rows. */
export function auditRows(columns: readonly string[], dialect: Dialect | undefined): AuditRows {
  const names = columns.map((name) => Buffer.from(`${quoted(name)},`))
  const out = auditBytes()
  const keep = (row: number, line: number, as: string, raw: string | Buffer): void => {
    const [text, rule] = printable(raw) ? [raw, as] : [bytesOf(raw, dialect).toString('base64'), as + BASE64]
    for (const part of partsOf(text)) out.text(`${row},${line},,${quoted(part)},,${quoted(rule)}\n`)
  }
  return (read, mended) => {
    const events = rowEvents(read, mended, { keep, rawOf: rowWriter(read, dialect) })
    const change = changeWriter(mended, names, out)
    for (let at = 0; at < read.length; at++) {
      const row = read.rows[at] as number
      events.before(row)
      if (!events.isGone(at)) change(at, row, read.lines[at] as number)
      events.of(at, row)
    }
    events.before(Number.POSITIVE_INFINITY)
    return out.take().bytes
  }
}

/** `whole`: chunks of the file itself, where it cannot be written again from rows. */
export async function auditWriter(
  path: string,
  whole: (() => AsyncIterable<Buffer>) | undefined,
): Promise<AuditWriter> {
  const handle = await open(path, 'w')
  return {
    async add(rows) {
      for (let at = 0; at < rows.length; ) at += (await handle.write(rows, at)).bytesWritten
    },
    async *text(head) {
      await handle.close()
      yield `${auditColumns.join(',')}\n0,0,,${quoted(JSON.stringify(head))},,${SOURCE}\n`
      if (whole) yield* wholeOf(whole())
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

interface Telling {
  keep(row: number, line: number, as: string, raw: string | Buffer): void
  rawOf(at: number): string | Buffer
}

/** Of one row: its changes, then how it was written, then what follows it. A row that is gone stands for itself. */
function rowEvents(read: ReadBatch, { gone }: MendedBatch, { keep, rawOf }: Telling) {
  let next = 0
  const left = new Map(gone.map((one) => [one.at, one]))
  const upTo = (row: number, isTold: (one: Kept) => boolean): void => {
    for (; next < read.kept.length; next++) {
      const one = read.kept[next] as Kept
      if (!isTold(one) || one.row > row) return
      keep(one.row, one.line, one.as, one.raw)
    }
  }
  return {
    isGone: (at: number) => left.has(at),
    /** Records that stand before a row. */
    before: (row: number) => upTo(row, (one) => one.row < row),
    of(at: number, row: number) {
      const out = left.get(at)
      if (out) {
        keep(row, read.lines[at] as number, `${out.as}: ${out.why}`, rawOf(at))
        if (read.kept[next]?.row === row && read.kept[next]?.as === AS_WRITTEN) next++
      }
      upTo(row, (one) => one.row === row)
    },
  }
}

/** Writes the changes of a row: what stands for a word is made once, the text before is copied. */
function changeWriter(
  { columns, rules }: MendedBatch,
  names: readonly Buffer[],
  out: AuditBytes,
): (at: number, row: number, line: number) => void {
  const touched = names.flatMap((name, i) => {
    const cells = columns[i] as SlicedText
    const { instead } = cells
    if (instead === undefined) return []
    return [{ name, cells, codes: instead.codes, behind: behindOf(instead.words, rules[i] ?? []) }]
  })
  return (at, row, line) => {
    for (const { name, cells, codes, behind } of touched) {
      const code = codes[at] as number
      if (code === 0) continue
      out.number(row)
      out.number(line)
      out.bytes(name)
      out.cell(cells.bytes, cells.from[at] as number, cells.to[at] as number)
      out.bytes(behind(code - 1))
    }
  }
}

const known = new WeakMap<readonly string[], Buffer[]>()

/** `,after,rule` and the line end, for each word. */
function behindOf(words: readonly string[], rules: readonly string[]): (i: number) => Buffer {
  const ready = known.get(words) ?? []
  known.set(words, ready)
  return (i) => {
    const bytes = ready[i] ?? Buffer.from(`,${quoted(words[i] as string)},${quoted(rules[i] ?? '')}\n`)
    ready[i] = bytes
    return bytes
  }
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
