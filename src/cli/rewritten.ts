/** Rows on their way: read, mended, written as they come or by way of the engine, with their receipt. */
import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CustError } from '../core/errors.ts'
import type { RejectLook } from '../core/look.ts'
import type { Column, Sheet } from '../core/report.ts'
import type { Rewriting } from '../core/rewrite.ts'
import type { Texts } from '../core/texts.ts'
import type { Engine } from '../engines/engine.ts'
import { renderBatches } from '../render/batches.ts'
import type { Style } from '../render/format.ts'
import { AUDIT_VERSION, type AuditWriter, auditWriter, rowWriter } from '../sources/audit.ts'
import { piecesOf } from '../sources/bytes.ts'
import type { ReadBatch } from '../sources/rowBatch.ts'
import type { PassedOver } from '../sources/tabulate.ts'
import { spooledTable, type WrittenFile } from '../sources/written.ts'
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
  /** Let all rows pass and write them. */
  write(): Promise<void>
  /** Let all rows pass. */
  drain(): Promise<void>
  account(): Account
  /** Write what is known at the end only; and, in place of rows, this sheet. */
  finish(onlyTold: string | undefined): Promise<void>
}

export async function flowOf(session: Session, rewriting: Rewriting): Promise<Flow> {
  const { file, target, outputs, asked, temp } = session
  const auditSink = outputs.saves.get(asked.spec.rewrites?.audit ?? '')
  const direct = isDirect(target)
  const again = direct && isPlain(target) && file.dialect
  const source = again || { whole: () => piecesOf(file.input) }
  const audit = auditSink && (await auditWriter(join(temp, 'changes.csv'), file.headers, source))
  const pass = file.pass(audit !== undefined)
  const counts = { written: 0, dropped: 0, unusable: [] as RejectLook[], rejected: [] as RejectLook[] }
  const hash = createHash('sha256')
  const flowing = sheetsOf(session, rewriting, { batches: pass.batches, audit, counts })

  const write = async () => {
    const sink = direct ? (outputs.main as Sink) : await spoolSink(spoolOf(temp))
    const format = direct ? (target.format as 'csv') : 'csv'
    const style = direct ? directStyle(session) : spoolStyle
    for await (const chunk of renderBatches(format, flowing, style)) {
      if (audit && direct) hash.update(chunk)
      await sink.write(chunk)
    }
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
    drain: async () => {
      for await (const _ of flowing);
    },
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

const spoolStyle: Style = {
  ...{ language: 'en', color: 0, width: undefined, bom: false, excelSafe: false, documentRows: undefined },
}

const directStyle = ({ target, world }: Session): Style => ({
  ...styleOf(target, world),
  documentRows: undefined,
})

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

interface Flowing {
  readonly batches: AsyncIterable<ReadBatch>
  readonly audit: AuditWriter | undefined
  readonly counts: {
    written: number
    dropped: number
    readonly unusable: RejectLook[]
    readonly rejected: RejectLook[]
  }
}

/** More bad records than this are a file that was misunderstood. */
const MOST_REJECTS = 200_000

async function* sheetsOf(
  { file, world, target }: Session,
  rewriting: Rewriting,
  { batches, audit, counts }: Flowing,
): AsyncGenerator<Sheet> {
  const path = file.file.path
  const title = target.spec.titles['rows'] ?? { en: 'rows', zh: 'rows' }
  const sheet = (texts: readonly Texts[], length: number, rows?: Uint32Array): Sheet => {
    const columns = rewriting.headers.map((key, i): Column => {
      return { key, unit: 'text', title: { en: key, zh: key }, values: texts[i] ?? [] }
    })
    return { name: 'rows', title, columns, length, ...(rows ? { rows } : {}) }
  }
  yield sheet([], 0)
  for await (const batch of batches) {
    world.stop.throwIfAborted()
    const mended = rewriting.mend(batch)
    for (const reject of batch.rejects) counts.unusable.push({ path, column: undefined, ...reject })
    if (counts.unusable.length > MOST_REJECTS) throw tooMany(counts.unusable)
    const raw = rowWriter(batch, file.dialect)
    for (const { at, as, why, column } of mended.gone) {
      if (as === 'dropped') counts.dropped++
      else
        counts.rejected.push({
          path,
          line: batch.lines[at] as number,
          column,
          reason: why,
          text: raw(at).toString().trimEnd(),
        })
    }
    await audit?.add(batch, mended)
    const kept = mended.gone.length === 0 ? undefined : keptRows(batch.length, mended.gone)
    counts.written += kept?.length ?? batch.length
    yield sheet(mended.columns, batch.length, kept)
  }
}

function tooMany([first]: readonly RejectLook[]): CustError {
  const what = `${first?.path}:${first?.line}: ${first?.reason}; and so on in more than 200,000 records`
  return new CustError('input', what, 'say how the file is written with --delimiter, --quote or --header-row')
}

function keptRows(length: number, gone: readonly { readonly at: number }[]): Uint32Array {
  const left = new Set(gone.map(({ at }) => at))
  return Uint32Array.from({ length }, (_, at) => at).filter((at) => !left.has(at))
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
