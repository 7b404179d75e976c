/** Gives back a file that was rewritten: from what it became, and the receipt of what was done to it. */
import { createHash } from 'node:crypto'
import { CustError } from '../core/errors.ts'
import {
  AUDIT_VERSION,
  type AuditHead,
  auditColumns,
  BASE64,
  BYTES,
  SOURCE,
  type WrittenAs,
} from './audit.ts'
import { piecesOf } from './bytes.ts'
import { type Dialect, recordWriter } from './dialect.ts'
import { encodeText } from './encoders.ts'
import { type InputFile, locate } from './files.ts'
import type { Reading } from './reading.ts'
import { AS_WRITTEN } from './rowBatch.ts'
import { type Notation, type SplitRecord, splitter } from './split.ts'

/** What undoing needs of the run. */
export type Undoing = Pick<Reading, 'cwd' | 'stdin' | 'temp' | 'paths'>

/** The bytes of the file before. Throws CustError('input') where one of the two is not what it should be. */
export async function* undone(reading: Undoing, auditPath: string): AsyncGenerator<Buffer> {
  const [cleaned, ...more] = await locate(reading.paths, reading)
  const [audit] = await locate([auditPath], reading)
  if (cleaned === undefined || audit === undefined || more.length > 0) {
    throw new CustError('usage', '--undo takes one file', 'name the file that was written beside the audit')
  }
  const entries = entriesOf(audit)
  try {
    const head = headOf((await entries.next()).value, audit)
    await checkCleaned(cleaned, audit, head)
    const parts = head.dialect ? rewritten(cleaned, head, head.dialect, entries) : unpackedFrom(entries)
    yield* asItWas(parts, head, audit)
  } finally {
    await entries.return(undefined)
  }
}

/** Nobody gets to see the end of what is not the file. */
async function* asItWas(
  parts: AsyncGenerator<Buffer>,
  { file, sha256 }: AuditHead,
  audit: InputFile,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  for await (const part of parts) {
    hash.update(part)
    yield part
  }
  if (hash.digest('hex') !== sha256) throw damaged(audit, `what it gives back is not ${file} as it was read`)
}

const damaged = (audit: InputFile, what: string): CustError =>
  new CustError('input', `${audit.shown}: ${what}`, 'give the file as --audit wrote it, unchanged')

async function checkCleaned(cleaned: InputFile, audit: InputFile, { written }: AuditHead): Promise<void> {
  const hash = createHash('sha256')
  for await (const piece of piecesOf(cleaned)) hash.update(piece)
  if (hash.digest('hex') === written.sha256) return
  throw new CustError(
    'input',
    `${cleaned.shown}: is not the file that ${audit.shown} tells of, or was changed since it was written`,
    'undo needs the very file that cust clean wrote beside the audit; the input itself was never changed',
  )
}

// The audit --------------------------------------------------------------------------------------------

interface Entry {
  readonly row: number
  readonly column: string
  readonly before: string
  readonly rule: string
}

const PLAIN: Notation = {
  delimiter: ',',
  quote: '"',
  escapes: 'doubled',
  cr: false,
  blanksBeforeQuote: false,
}

async function* recordsIn(
  file: InputFile,
  { delimiter, bom }: WrittenAs,
): AsyncGenerator<readonly SplitRecord[]> {
  const records = splitter({ ...PLAIN, delimiter })
  const decoder = new TextDecoder('utf-8', { ignoreBOM: !bom })
  for await (const piece of piecesOf(file)) yield records.push(decoder.decode(piece, { stream: true }))
  yield [...records.push(decoder.decode()), ...records.end()]
}

async function* entriesOf(audit: InputFile): AsyncGenerator<Entry, undefined> {
  let first = true
  for await (const some of recordsIn(audit, { delimiter: ',', bom: false })) {
    for (const { cells } of some) {
      if (first && cells.join() !== auditColumns.join()) throw damaged(audit, 'is no audit of cust clean')
      if (!first) yield entryOf(cells, audit)
      first = false
    }
  }
}

function entryOf(cells: readonly string[], audit: InputFile): Entry {
  const [row = '', , column = '', before = '', , rule = ''] = cells
  if (cells.length !== auditColumns.length || !/^\d+$/.test(row))
    throw damaged(audit, 'is cut or was changed')
  return { row: Number(row), column, before, rule }
}

function headOf(entry: Entry | undefined, audit: InputFile): AuditHead {
  if (entry?.rule !== SOURCE)
    throw damaged(audit, 'is no audit of cust clean: its first row does not say of what')
  const head = parsed(entry.before)
  if (head?.audit === AUDIT_VERSION) return head
  throw damaged(audit, 'was written by another version of cust')
}

function parsed(text: string): AuditHead | undefined {
  try {
    return JSON.parse(text) as AuditHead
  } catch {
    return undefined
  }
}

// The file itself in the audit -------------------------------------------------------------------------

async function* unpackedFrom(entries: AsyncGenerator<Entry, undefined>): AsyncGenerator<Buffer> {
  const { createGunzip } = await import('node:zlib')
  const { Readable } = await import('node:stream')
  async function* packed() {
    for await (const { rule, before } of entries) {
      if (rule !== BYTES) return
      yield Buffer.from(before, 'base64')
    }
  }
  yield* Readable.from(packed()).pipe(createGunzip())
}

// The file written again from rows -----------------------------------------------------------------------

const BLOCK_CHARACTERS = 1 << 18

async function* rewritten(
  cleaned: InputFile,
  head: AuditHead,
  dialect: Dialect,
  entries: AsyncGenerator<Entry, undefined>,
): AsyncGenerator<Buffer> {
  const places = new Map(head.columns.map((name, i) => [name, i]))
  const write = recordWriter(dialect)
  const rows = cellsOf(cleaned, head)
  const groups = grouped(entries)
  let group = await groups.next()
  yield Buffer.from(dialect.mark, 'hex')
  let block = ''
  for (let row = 0; row <= head.rows; row++) {
    const told = group.value?.row === row ? group.value.entries : []
    if (told.length > 0) group = await groups.next()
    if (block.length >= BLOCK_CHARACTERS) {
      yield encodeText(block, dialect.encoding)
      block = ''
    }
    const pieces: (string | Buffer)[] = told.filter(({ column }) => column === '').map(rawOf)
    if (row > 0 && !told.some(({ rule }) => isGone(rule))) {
      const { value: cells } = await rows.next()
      if (cells === undefined)
        throw new CustError('input', `${cleaned.shown}: has fewer rows than its audit says`)
      for (const { column, before } of told) if (column !== '') cells[places.get(column) ?? -1] = before
      if (!told.some(({ rule }) => bare(rule) === AS_WRITTEN))
        pieces.unshift(write(cells.slice(0, places.size)))
    }
    for (const piece of pieces) {
      if (typeof piece === 'string') block += piece
      else {
        yield encodeText(block, dialect.encoding)
        yield piece
        block = ''
      }
    }
  }
  yield encodeText(block, dialect.encoding)
  const { done } = await rows.next()
  if (!done) throw new CustError('input', `${cleaned.shown}: has more rows than its audit says`)
}

const bare = (rule: string): string => (rule.endsWith(BASE64) ? rule.slice(0, -BASE64.length) : rule)
const isGone = (rule: string): boolean => /^(?:dropped|rejected): /.test(rule)
const rawOf = ({ rule, before }: Entry): string | Buffer =>
  rule.endsWith(BASE64) ? Buffer.from(before, 'base64') : before

async function* grouped(entries: AsyncGenerator<Entry, undefined>) {
  let group: { row: number; entries: Entry[] } | undefined
  for await (const entry of entries) {
    if (group && group.row !== entry.row) yield group
    if (group?.row !== entry.row) group = { row: entry.row, entries: [] }
    group.entries.push(entry)
  }
  if (group) yield group
}

/** The rows of the cleaned file, below its header. */
async function* cellsOf(cleaned: InputFile, { written }: AuditHead): AsyncGenerator<string[], undefined> {
  let header = true
  for await (const some of recordsIn(cleaned, written)) {
    for (const { cells } of some) {
      if (!header) yield [...cells]
      header = false
    }
  }
}
