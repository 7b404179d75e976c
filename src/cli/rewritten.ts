/** Rows on their way: read, mended, written as they come or by way of the engine, with their receipt. */
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CustError } from '../core/errors.ts'
import type { RejectLook } from '../core/look.ts'
import type { Rewriting } from '../core/rewrite.ts'
import type { Engine } from '../engines/engine.ts'
import type { BatchFormat } from '../render/batches.ts'
import { AUDIT_VERSION, type AuditWriter, auditWriter } from '../sources/audit.ts'
import { piecesOf } from '../sources/bytes.ts'
import type { ReadBatch } from '../sources/rowBatch.ts'
import type { PassedOver } from '../sources/tabulate.ts'
import { spooledTable, type WrittenFile } from '../sources/written.ts'
import { type Mate, mateOf, mendedInOrder } from './abreast.ts'
import { type BatchWork, batchWork, type Writing } from './mended.ts'
import { styleOf, writeReport, writeRows } from './outputs.ts'
import { reportOf, type Target } from './report.ts'
import type { Session } from './rewrite.ts'
import type { Sink } from './sink.ts'

/** What became of every row. */
export interface Account {
  readonly read: number
  readonly written: number
  readonly dropped: number
  /** Records that could not be taken apart, and rows that a rule rejected. */
  readonly unusable: readonly RejectLook[]
  readonly rejected: readonly RejectLook[]
  readonly passed: PassedOver
}

export interface Flow {
  /** Let all rows pass, and write them unless they are only told of. */
  write(): Promise<void>
  account(): Account
  /** Write what is known at the end only; and, in place of rows, this sheet. */
  finish(onlyTold: string | undefined): Promise<void>
}

export async function flowOf(session: Session, rewriting: Rewriting, onlyTold: boolean): Promise<Flow> {
  const { file, target, outputs, asked, temp } = session
  const auditSink = outputs.saves.get(asked.spec.rewrites?.audit ?? '')
  const direct = isDirect(target)
  const again = direct && isPlain(target) && file.dialect
  const whole = again ? undefined : () => piecesOf(file.input)
  const audit = auditSink && (await auditWriter(join(temp, 'changes.csv'), whole))
  const pass = file.pass(audit !== undefined)
  const counts = { written: 0, dropped: 0, unusable: [] as RejectLook[], rejected: [] as RejectLook[] }
  const hash = createHash('sha256')
  const writing: Writing = {
    path: file.file.path,
    headers: file.headers,
    dialect: file.dialect,
    title: titleOf(target),
    as: onlyTold ? undefined : direct ? directly(session) : SPOOLED,
    audit: audit && { dialect: again || undefined },
  }

  const pour = async (write: (chunk: string | Uint8Array) => Promise<void>) => {
    const work = batchWork(rewriting, writing)
    const mate = await mateFor(session, rewriting, { writing, own: work })
    for (const chunk of work.head()) await write(chunk)
    for await (const mended of mendedInOrder(sound(pass.batches, session, counts.unusable), work, mate)) {
      rewriting.tell(mended.told)
      counts.written += mended.written
      counts.dropped += mended.dropped
      counts.rejected.push(...mended.rejected)
      if (mended.audit) await audit?.add(mended.audit)
      for (const chunk of mended.chunks) await write(chunk)
    }
    for (const chunk of work.end()) await write(chunk)
  }

  const write = async () => {
    if (onlyTold) return await pour(async () => {})
    const sink = direct ? (outputs.main as Sink) : await spoolSink(spoolOf(temp))
    await pour((chunk) => {
      if (audit && direct) hash.update(chunk)
      return sink.write(chunk)
    })
    if (!direct) await sink.commit()
  }

  const finish = async (onlyTold: string | undefined) => {
    if (onlyTold !== undefined) await writeTold(session, onlyTold)
    else if (!direct) await fromSpool(session, rewriting, hash)
    for (const [option, sink] of outputs.saves) {
      if (sink !== auditSink) await sink.write((session.answer.saves?.[option] as string | undefined) ?? '')
    }
    if (audit && auditSink) await writeAudit(audit, auditSink)
  }

  const writeAudit = async (writer: AuditWriter, sink: Sink) => {
    const delimiter = target.format === 'tsv' ? '\t' : ','
    const written = { delimiter, bom: target.bom, sha256: hash.digest('hex') }
    const head = {
      ...{ audit: AUDIT_VERSION, file: basename(file.file.path), rows: pass.rows(), columns: file.headers },
      ...{ sha256: (again && pass.hash()) || (await hashOf(file)), written },
      ...(again ? { dialect: again } : {}),
    }
    for await (const chunk of writer.text(head)) await sink.write(chunk)
  }

  return {
    write,
    account: () => ({ ...counts, read: pass.rows(), passed: pass.passed() }),
    finish,
  }
}

/** Are the rows written as they come? */
function isDirect({ format, sort, limit, columns }: Target): boolean {
  const inOrder = sort.length === 0 && columns.length === 0 && typeof limit !== 'number'
  return inOrder && ['csv', 'tsv', 'json', 'ndjson'].includes(format)
}

/** Can the cells be read back from what is written? */
const isPlain = ({ format, excelSafe }: Target): boolean =>
  !excelSafe && (format === 'csv' || format === 'tsv')

const spoolOf = (temp: string): string => join(temp, 'rows.csv')

const plainStyle = { language: 'en', color: 0, width: undefined, bom: false, excelSafe: false } as const

const SPOOLED: Writing['as'] = { format: 'csv', style: { ...plainStyle, documentRows: undefined } }

const directly = ({ target, world }: Session): Writing['as'] => ({
  format: target.format as BatchFormat,
  style: { ...styleOf(target, world), documentRows: undefined },
})

const titleOf = ({ spec }: Target): Writing['title'] => spec.titles['rows'] ?? { en: 'rows', zh: 'rows' }

/**
 * A second thread where there is use in one: rows of an array of JSON hang together by their commas, and those that an
 * engine has read share no bytes.
 */
async function mateFor(
  { helper, file }: Session,
  { plan }: Rewriting,
  work: { readonly writing: Writing; readonly own: BatchWork },
): Promise<Mate | undefined> {
  if (plan === undefined || !file.halves || work.writing.as?.format === 'json') return undefined
  const other = await helper.start()
  return other && mateOf(other, { plan, ...work })
}

async function spoolSink(path: string): Promise<Sink> {
  const handle: FileHandle = await open(path, 'w')
  return {
    write: async (chunk) => void (await handle.writeFile(chunk)),
    commit: () => handle.close(),
    abort: () => handle.close(),
  }
}

async function hashOf({ input }: WrittenFile): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of piecesOf(input)) hash.update(piece)
  return hash.digest('hex')
}

// Rows -----------------------------------------------------------------------------------------------

/** More bad records than this are a file that was misunderstood. */
const MOST_REJECTS = 200_000

/** The batches, as long as nobody says stop; records that cannot be used are kept apart. */
async function* sound(
  batches: AsyncIterable<ReadBatch>,
  { file, world }: Session,
  unusable: RejectLook[],
): AsyncGenerator<ReadBatch> {
  const { path } = file.file
  for await (const batch of batches) {
    world.stop.throwIfAborted()
    for (const reject of batch.rejects) unusable.push({ path, column: undefined, ...reject })
    if (unusable.length > MOST_REJECTS) throw tooMany(unusable)
    yield batch
  }
}

function tooMany([first]: readonly RejectLook[]): CustError {
  const what = `${first?.path}:${first?.line}: ${first?.reason}; and so on in more than 200,000 records`
  return new CustError('input', what, 'say how the file is written with --delimiter, --quote or --header-row')
}

// By way of the engine, and in place of rows -----------------------------------------------------------

async function fromSpool(
  { engine, temp, target, outputs: { main }, world }: Session,
  { headers }: Rewriting,
  hash: Hash,
): Promise<void> {
  const database = await engine()
  const table = await spooledTable(database, spoolOf(temp), headers)
  const title = target.spec.titles['rows'] ?? { en: 'rows', zh: 'rows' }
  const writing = { engine: database, world }
  if ('path' in main) {
    await writeRows({ table, title }, target, main, writing)
    for await (const piece of piecesOf({ path: main.path, shown: main.path })) hash.update(piece)
    return
  }
  const write: Sink['write'] = (chunk) => {
    hash.update(chunk)
    return main.write(chunk)
  }
  await writeRows({ table, title }, target, { ...main, write }, writing)
}

async function writeTold(session: Session, onlyTold: string): Promise<void> {
  const { answer, target, asked, outputs, world, engine } = session
  const told = { ...target, sheet: target.sheet ?? onlyTold }
  const report = reportOf(answer, told, `cust ${asked.command}`)
  const writeParquet: Engine['writeParquet'] = async (...given) => (await engine()).writeParquet(...given)
  await writeReport(report, told, outputs.main, { engine: { writeParquet }, world })
}
