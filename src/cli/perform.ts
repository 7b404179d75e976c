/** The whole story of a run, readable top to bottom: open, ask, tell, write. */
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { AnyAnswer, Counted, Input } from '../core/command.ts'
import { CustError } from '../core/errors.ts'
import type { RejectLook } from '../core/look.ts'
import type { TextFile } from '../core/options.ts'
import type { Sheet } from '../core/report.ts'
import type { Table } from '../core/table.ts'
import type { Engine } from '../engines/engine.ts'
import { type Format, render, type Style } from '../render/format.ts'
import { visible } from '../render/visible.ts'
import { Irregular } from '../sources/irregular.ts'
import { type Opened, openColumns, openLines, type Reading } from '../sources/open.ts'
import type { Asked } from './asked.ts'
import { refuseBadRows, rejectsReport, unreadableIn } from './badRows.ts'
import { colorLevel } from './colors.ts'
import { explainRun, keepingStatements } from './explain.ts'
import { showProgress } from './progress.ts'
import { checkWriting, documentRowsOf, formatOf, reportOf, rowsOf, type Target } from './report.ts'
import { renderRows, rowsQuery } from './rows.ts'
import { fileOf, openSink, reserve, type Sink } from './sink.ts'
import { accountOf, passedTold, systemTold, understoodOf } from './told.ts'
import type { World } from './world.ts'

/** Run a command and write its answer. Throws CustError; then nothing is half-written. */
export async function perform(asked: Asked, world: World): Promise<void> {
  const target = { ...asked.writing, format: formatOf(asked.writing, world), spec: asked.spec }
  checkWriting(target)
  const options = withTexts(asked, world)
  const temp = temporaryFolder(asked, world)
  try {
    await within(temp, { ...asked, options }, target, world)
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

async function within(temp: string, asked: Asked, target: Target, world: World): Promise<void> {
  const outputs = asked.running.explain ? undefined : openOutputs(asked, target, world)
  const { openDuckdb } = await import('../engines/duckdb.ts')
  const { memory, threads } = asked.running
  const engine = keepingStatements(await openDuckdb({ memory, threads, temp }))
  const reading = readingOf(asked, temp, world)
  const interrupt = () => {
    engine.interrupt()
    // Whoever reads it would wait for its end.
    reading.stdin.destroy()
  }
  world.stop.addEventListener('abort', interrupt, { once: true })
  const endProgress = showProgress(engine.progress, world, asked.running)
  const told = tell(asked, world, endProgress)
  try {
    const { session, answer } = await withCare(async (thorough) => {
      const careful = { ...reading, thorough }
      const opened = await openLines(engine, careful, asked.spec.needs, asked.spec.uses ?? [])
      checkApart(opened, asked, world)
      const begun = { engine, opened, reading: careful, told, world }
      return { session: begun, answer: outputs && (await answered(asked, begun, outputs)) }
    })
    if (!outputs || !answer) return await explainRun(asked, inputOf(session), engine, world)
    endProgress()
    await write(answer, asked, target, outputs, session)
    if (asked.running.strict && told.warnings > 0) {
      throw new CustError('found', `${told.warnings} warning${told.warnings === 1 ? '' : 's'} under --strict`)
    }
  } catch (error) {
    await Promise.all((outputs ? outputsOf(outputs) : []).map((output) => output.abort()))
    throw world.stop.aborted ? world.stop.reason : error
  } finally {
    endProgress()
    world.stop.removeEventListener('abort', interrupt)
    engine.close()
  }
}

/** Files that are regular are read as they stand; a run that finds one that is not begins again. */
async function withCare<T>(run: (thorough: boolean) => Promise<T>): Promise<T> {
  try {
    return await run(false)
  } catch (error) {
    if (error instanceof Irregular) return await run(true)
    throw error
  }
}

interface Session {
  readonly engine: Engine
  readonly opened: Opened
  readonly reading: Reading
  readonly told: Told
  readonly world: World
}

// Before the run -----------------------------------------------------------------------------------

function temporaryFolder({ running }: Asked, world: World): string {
  const parent = running.tempDir === undefined ? world.temp : resolve(world.cwd, running.tempDir)
  try {
    return mkdtempSync(join(parent, 'cust-'))
  } catch (error) {
    const message = `cannot make a temporary folder in ${parent}: ${reasonOf(error, 'folder')}`
    throw new CustError('usage', message, 'name another with --temp-dir <dir>', { cause: error })
  }
}

/** Options that name a small file get its text. */
function withTexts({ spec, options }: Asked, world: World): Asked['options'] {
  const entries = Object.entries(options).map(([key, value]) => {
    const names = spec.options[key]?.opens === 'text' && typeof value === 'object' && value !== null
    return [key, names ? textOf(value as TextFile, world) : value] as const
  })
  return Object.fromEntries(entries)
}

function textOf({ path }: TextFile, world: World): TextFile {
  try {
    return { path, text: readFileSync(resolve(world.cwd, path), 'utf8').replace(/^\uFEFF/, '') }
  } catch (error) {
    const message = `cannot read ${path}: ${reasonOf(error, 'file')}`
    throw new CustError('usage', message, `looked in ${world.cwd}`, { cause: error })
  }
}

function reasonOf(error: unknown, what: 'file' | 'folder'): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: `there is no such ${what}`,
    ENOTDIR: 'it is not a folder',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left on the device',
  }
  return reasons[code] ?? message
}

function readingOf({ paths, reading, columns, running }: Asked, temp: string, world: World): Reading {
  const given = Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined))
  const interactive = world.stderr.isTTY === true
  const inPlace = running.explain
  return { ...given, paths, columns, temp, stdin: world.stdin, cwd: world.cwd, interactive, inPlace }
}

interface Outputs {
  /** A path for Parquet, a sink for all else. */
  readonly main: Sink | ReturnType<typeof reserve>
  /** Files named by options of the command, by option. */
  readonly saves: ReadonlyMap<string, Sink>
  /** Rows that cannot be read, where --rejects names a file. */
  readonly rejects: Sink | undefined
}

/** Open every output before the work: a target that cannot be written is told at once. */
function openOutputs({ spec, options, reading }: Asked, { format, output }: Target, world: World): Outputs {
  const main = format === 'parquet' ? reserve(output, world) : openSink(output, world)
  const saves = new Map(
    savedPaths({ spec, options }).map(([key, path]) => [key, openSink(path, world)] as const),
  )
  const rejects = reading.rejects === undefined ? undefined : openSink(reading.rejects, world)
  return { main, saves, rejects }
}

/** The files named by options of the command, by option. */
function savedPaths({ spec, options }: Pick<Asked, 'spec' | 'options'>): (readonly [string, string])[] {
  const named = Object.keys(spec.options).filter(
    (key) => spec.options[key]?.saves && options[key] !== undefined,
  )
  return named.map((key) => [key, options[key] as string])
}

/** No output may take the place of another, or of a file that is read: its content would be lost. */
function checkApart({ files }: Opened, asked: Asked, world: World): void {
  const taken = new Map(files.map(({ path }) => [realPath(path, world), `${path} is read by this run`]))
  const outputs = [asked.writing.output, asked.reading.rejects, ...savedPaths(asked).map(([, path]) => path)]
  for (const output of outputs) {
    const file = output === undefined ? undefined : fileOf(output, world)
    if (file === undefined) continue
    const why = taken.get(file)
    if (why !== undefined) {
      throw new CustError('usage', `cannot write ${output}: ${why}`, 'write to another file')
    }
    taken.set(file, 'this run writes something else to it')
  }
}

function realPath(path: string, { cwd }: World): string | undefined {
  try {
    return realpathSync(resolve(cwd, path))
  } catch {
    return undefined
  }
}

const outputsOf = ({ main, saves, rejects }: Outputs) => [
  ...saves.values(),
  ...(rejects ? [rejects] : []),
  main,
]

// The run --------------------------------------------------------------------------------------------

const silent: Pick<Input, 'account' | 'note' | 'warn'> = { account: () => {}, note: () => {}, warn: () => {} }

function inputOf({ engine, opened, reading, world }: Session, telling = silent): Input {
  return {
    ...telling,
    lines: opened.table,
    rows: opened.rows,
    look: opened.look,
    today: localDay(world.now()),
    open: (path, columns) => openColumns(engine, { ...reading, paths: [path], columns: {} }, columns),
  }
}

/** The date on the user's calendar. */
function localDay(now: number): number {
  const date = new Date(now)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

async function writeRejects(all: readonly RejectLook[], sink: Sink): Promise<void> {
  const style = { language: 'en', color: 0, width: undefined, bom: false, excelSafe: false } as const
  for await (const chunk of render('csv', rejectsReport(all), { ...style, documentRows: undefined })) {
    await sink.write(chunk)
  }
  await sink.commit()
}

async function answered(asked: Asked, session: Session, outputs: Outputs | undefined): Promise<AnyAnswer> {
  const { opened, told } = session
  let counted: Counted | undefined
  const notes: string[] = []
  const warnings: string[] = []
  const input = inputOf(session, {
    account: (given) => {
      counted = given
    },
    note: (line) => notes.push(line),
    // What was understood comes first, then what may be wrong with it.
    warn: (line) => warnings.push(line),
  })
  try {
    const run = await asked.load()
    const answer = await run(input, asked.options)
    await opened.verify(counted?.tally.read)
    const rejects = await opened.rejects()
    const rows = (await opened.count()) + rejects.count
    const system = systemTold(opened)
    if (system) told.note(system)
    told.note(understoodOf(opened, rows))
    const passed = passedTold(opened)
    if (passed) told.note(passed)
    const bad = rejects.count + (counted ? unreadableIn(counted.tally) : 0)
    const examples = [...rejects.groups.flatMap((group) => group.examples), ...rejects.cells]
    if (outputs?.rejects) await writeRejects(await rejects.all(), outputs.rejects)
    refuseBadRows({ bad, rows, examples }, asked.reading)
    if (counted) told.note(accountOf(counted, rejects, input.today))
    for (const line of notes) told.note(line)
    for (const line of opened.notes) told.detail(line)
    for (const line of opened.warnings) told.warn(line)
    if (asked.reading.badRows !== 'skip') for (const line of examples) told.warn(line)
    for (const line of warnings) told.warn(line)
    return answer
  } catch (error) {
    if (error instanceof CustError && error.kind !== 'interrupted') told.note(understoodOf(opened))
    throw error
  }
}

// Telling ----------------------------------------------------------------------------------------------

interface Told {
  readonly warnings: number
  /** One of the two lines that say what was understood. */
  note(line: string): void
  /** More of it, for --verbose. */
  detail(line: string): void
  warn(line: string): void
}

function tell({ running }: Asked, { stderr }: World, clear: () => void): Told {
  let warnings = 0
  const print = (line: string) => {
    clear()
    stderr.write(`${visible(line)}\n`)
  }
  return {
    get warnings() {
      return warnings
    },
    note: (line) => {
      if (!running.quiet) print(line)
    },
    detail: (line) => {
      if (running.verbose && !running.quiet) print(line)
    },
    warn: (line) => {
      warnings++
      print(`warning: ${line}`)
    },
  }
}

// Writing ------------------------------------------------------------------------------------------------

async function write(
  answer: AnyAnswer,
  asked: Asked,
  target: Target,
  outputs: Outputs,
  { engine, world }: Session,
): Promise<void> {
  const { main, saves } = outputs
  const rows = rowsOf(answer, target)
  if (rows) await writeRows(rows, target, main, { engine, world })
  else await writeReport(reportOf(answer, target, `cust ${asked.command}`), target, main, { engine, world })
  for (const [option, sink] of saves) await sink.write(answer.saves?.[option] ?? '')
  for (const sink of saves.values()) await sink.commit()
  await main.commit()
}

type Main = Outputs['main']
type Writing = Pick<Session, 'engine' | 'world'>

async function writeReport(
  { report, documentRows }: ReturnType<typeof reportOf>,
  target: Target,
  main: Main,
  { engine, world }: Writing,
): Promise<void> {
  if ('path' in main) {
    const [sheet] = report.sheets
    if (sheet) await engine.writeParquet(sheet, main.path)
    return
  }
  const style = { ...styleOf(target, world), documentRows }
  for await (const chunk of render(target.format as Format, report, style)) await main.write(chunk)
}

async function writeRows(
  { table, title }: { readonly table: Table; readonly title: Sheet['title'] },
  target: Target,
  main: Main,
  { engine, world }: Writing,
): Promise<void> {
  if ('path' in main) return engine.copyParquet(rowsQuery(table, target), main.path)
  const style = { ...styleOf(target, world), documentRows: documentRowsOf(target) }
  const chunks = renderRows(target.format as Format, { engine, table, target, style, title })
  for await (const chunk of chunks) await main.write(chunk)
}

function styleOf(target: Target, world: World): Omit<Style, 'documentRows'> {
  const { lang: language, bom, excelSafe } = target
  const onScreen = target.output === undefined
  const color = onScreen || target.color === 'always' ? colorLevel(target.color, world) : 0
  // Some terminals say that they have no columns.
  const width = onScreen && world.stdout.isTTY === true ? world.stdout.columns || 80 : undefined
  return { language, color, width, bom, excelSafe }
}
