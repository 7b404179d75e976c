/** The whole story of a run that writes the rows of a file again: open, ask, mend and write, tell. And back again. */
import { rmSync } from 'node:fs'
import type { AnyAnswer, Rewritten } from '../core/command.ts'
import { CustError } from '../core/errors.ts'
import type { Helper } from '../core/helper.ts'
import type { RewriteInput } from '../core/rewrite.ts'
import type { Engine } from '../engines/engine.ts'
import { areSmall } from '../sources/files.ts'
import { openColumns, passedOver, type Reading } from '../sources/open.ts'
import { openWritten, type WrittenFile } from '../sources/written.ts'
import { localDay, readingOf, temporaryFolder } from './around.ts'
import type { Asked } from './asked.ts'
import { refuseBadRows } from './badRows.ts'
import { gathered } from './gathered.ts'
import { checkApart, type Outputs, openOutputs, outputsOf, writeRejects } from './outputs.ts'
import { showProgress } from './progress.ts'
import { checkWriting, formatOf, type Target } from './report.ts'
import { type Account, type Flow, flowOf } from './rewritten.ts'
import { commitTogether } from './sink.ts'
import { type Told, tell } from './tell.ts'
import { withTexts } from './texts.ts'
import { passedTold, systemTold, understoodOf } from './told.ts'
import { undo } from './undo.ts'
import type { World } from './world.ts'

/** Run a command that rewrites, and write its answer. Throws CustError; then nothing is half-written. */
export async function rewrite(asked: Asked, world: World): Promise<void> {
  const temp = temporaryFolder(asked, world)
  try {
    const back = asked.options[asked.spec.rewrites?.undo ?? '']
    if (typeof back === 'string') return await undo(back, asked, { world, temp })
    const target = { ...asked.writing, format: formatOf(asked.writing, world), spec: asked.spec }
    checkWriting(target)
    if (asked.running.explain) {
      const hint = 'its columns are told by --dry-run'
      throw new CustError('usage', `--explain: cust ${asked.command} asks no query`, hint)
    }
    await within(temp, { ...asked, options: await withTexts(asked, world) }, target, world)
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

async function within(temp: string, asked: Asked, target: Target, world: World): Promise<void> {
  const outputs = openOutputs(asked, target, world)
  const reading = readingOf(asked, temp, world)
  const engine = lazyEngine(asked, temp, reading, world)
  const endProgress = showProgress(() => undefined, world, asked.running)
  const told = tell(asked, world, endProgress)
  const helper = lazyHelper(asked, reading, world)
  try {
    const file = await openWritten(reading, engine.open)
    checkApart({ files: [file.file] }, asked, world)
    // It loads what it needs while the first rows are looked at here.
    if (file.halves) await helper.start()
    const lines = { notes: [] as string[], warnings: [] as string[] }
    const input = inputOf(file, { reading, engine: engine.open, helper, world, lines })
    const answer = await (await asked.load())(input, asked.options)
    const session: Session = {
      asked,
      target,
      outputs,
      file,
      answer,
      engine: engine.open,
      helper,
      temp,
      world,
    }
    await passThrough(session, { told, lines, endProgress })
    if (asked.running.strict && told.warnings > 0) {
      throw new CustError('found', `${told.warnings} warning${told.warnings === 1 ? '' : 's'} under --strict`)
    }
  } catch (error) {
    await Promise.all(outputsOf(outputs).map((output) => output.abort()))
    throw world.stop.aborted ? world.stop.reason : error
  } finally {
    endProgress()
    helper.end()
    engine.close()
  }
}

export interface Session {
  readonly asked: Asked
  readonly target: Target
  readonly outputs: Outputs
  readonly file: WrittenFile
  readonly answer: AnyAnswer
  readonly engine: () => Promise<Engine>
  readonly helper: LazyHelper
  readonly temp: string
  readonly world: World
}

interface LazyHelper {
  start(): Promise<Helper | undefined>
  end(): void
}

/** A second thread for those who ask for it; none for little work, or where one thread is to do it all. */
function lazyHelper({ command, running }: Asked, reading: Reading, world: World): LazyHelper {
  let started: Helper | undefined
  const { threads = areSmall(reading) ? 1 : undefined } = running
  return {
    async start() {
      if (threads !== 1) started ??= await world.helper?.(command)
      return started
    },
    end: () => started?.end(),
  }
}

/** Most files are read without an engine: it is not even loaded for them. */
function lazyEngine({ running }: Asked, temp: string, reading: Reading, world: World) {
  let opened: Promise<Engine> | undefined
  const interrupt = () => {
    reading.stdin.destroy()
    opened?.then((engine) => engine.interrupt()).catch(() => {})
  }
  world.stop.addEventListener('abort', interrupt, { once: true })
  if (world.stop.aborted) interrupt()
  const open = async () => {
    const { openDuckdb } = await import('../engines/duckdb.ts')
    return openDuckdb({ memory: running.memory, threads: running.threads, temp })
  }
  return {
    open: () => {
      opened ??= open()
      return opened
    },
    close: () => {
      world.stop.removeEventListener('abort', interrupt)
      opened?.then((engine) => engine.close()).catch(() => {})
    },
  }
}

// The run --------------------------------------------------------------------------------------------

interface Around {
  readonly reading: Reading
  readonly engine: () => Promise<Engine>
  readonly helper: LazyHelper
  readonly world: World
  readonly lines: { readonly notes: string[]; readonly warnings: string[] }
}

function inputOf(file: WrittenFile, { reading, engine, helper, world, lines }: Around): RewriteInput {
  const roles = Object.entries(file.roles).map(([role, { header }]) => [role, header])
  return {
    place: file.file.path,
    headers: file.headers,
    seen: file.seen,
    roles: Object.fromEntries(roles),
    dateOrder: reading.dateOrder ?? file.system?.dateOrder,
    decimal: reading.decimal,
    today: localDay(world.now()),
    batches: () => stopping(file.pass(false).batches, world),
    gather: async (gatherer, plan) => {
      const around = { file, helper: file.halves && (await helper.start()), gatherer, plan }
      return gathered({ ...around, stopping: (batches) => stopping(batches, world) })
    },
    isRow: file.isRow,
    note: (line) => lines.notes.push(line),
    warn: (line) => lines.warnings.push(line),
    open: async (path, columns) =>
      openColumns(await engine(), { ...reading, paths: [path], columns: {} }, columns),
  }
}

/** The batches of a pass, as long as nobody says stop. */
async function* stopping<T>(batches: AsyncIterable<T>, { stop }: World): AsyncGenerator<T> {
  for await (const batch of batches) {
    stop.throwIfAborted()
    yield batch
  }
}

interface Telling {
  readonly told: Told
  readonly lines: Around['lines']
  endProgress(): void
}

async function passThrough(session: Session, { told, lines, endProgress }: Telling): Promise<void> {
  const { file, asked, outputs, answer } = session
  const { rewriting, ended, onlyTold } = rewrittenOf(answer)
  const flow: Flow = await flowOf(session, rewriting, onlyTold !== undefined)
  await flow.write()
  endProgress()
  ended()
  const account = flow.account()
  checkAccount(account)
  const opened = {
    files: [file.file],
    roles: file.roles,
    system: file.system,
    dateOrder: undefined,
    passed: () => passedOver([{ file: file.file, passed: account.passed }]),
  }
  for (const line of [systemTold(opened), understoodOf(opened, account.read), passedTold(opened)]) {
    if (line !== undefined) told.note(line)
  }
  const examples = account.unusable
    .slice(0, SHOWN)
    .map(({ line, reason }) => `${file.file.path}:${line}: ${reason}`)
  refuseBadRows({ bad: account.unusable.length, rows: account.read, examples }, asked.reading)
  told.note(rowsTold(account))
  for (const line of lines.notes) told.note(line)
  for (const line of file.notes) told.detail(line)
  for (const line of file.warnings) told.warn(line)
  if (asked.reading.badRows !== 'skip') for (const line of examples) told.warn(line)
  for (const line of lines.warnings) told.warn(line)
  if (outputs.rejects) await writeRejects([...account.unusable, ...account.rejected], outputs.rejects)
  await flow.finish(onlyTold)
  await commitTogether(outputsOf(outputs))
}

const SHOWN = 5

function rewrittenOf({ sheets }: AnyAnswer): Rewritten {
  const found = Object.values(sheets).find((sheet) => typeof sheet === 'object' && 'rewriting' in sheet)
  if (found === undefined) throw new Error('the run gave no rows to be written again')
  return found as Rewritten
}

function checkAccount({ read, written, unusable, rejected, dropped }: Account): void {
  const found = written + unusable.length + rejected.length + dropped
  if (found !== read) throw new Error(`${read} rows were read, ${found} are accounted for`)
}

/** `1,000 rows: 990 written, 4 rejected, 6 dropped`. */
function rowsTold({ read, written, unusable, rejected, dropped }: Account): string {
  const count = (number: number) => number.toLocaleString('en-US')
  const rejects = unusable.length + rejected.length
  return `${count(read)} row${read === 1 ? '' : 's'}: ${count(written)} written, ${count(rejects)} rejected, ${count(dropped)} dropped`
}
