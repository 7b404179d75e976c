/** The whole story of a run, readable top to bottom: open, ask, tell, write. */
import { rmSync } from 'node:fs'
import type { AnyAnswer, Counted, Input, Spec } from '../core/command.ts'
import { CustError } from '../core/errors.ts'
import type { Role } from '../core/roles.ts'
import { openDuckdb } from '../engines/duckdb.ts'
import type { Engine } from '../engines/engine.ts'
import { areSmall } from '../sources/files.ts'
import { Irregular } from '../sources/irregular.ts'
import { type Opened, openColumns, openLines, type Reading } from '../sources/open.ts'
import { localDay, readingOf, temporaryFolder } from './around.ts'
import type { Asked } from './asked.ts'
import { refuseBadRows, unreadableIn } from './badRows.ts'
import { explainRun, keepingStatements } from './explain.ts'
import { checkApart, type Outputs, openOutputs, outputsOf, write, writeRejects } from './outputs.ts'
import { showProgress } from './progress.ts'
import { checkWriting, formatOf, type Target } from './report.ts'
import { type Told, tell } from './tell.ts'
import { withTexts } from './texts.ts'
import { accountOf, passedTold, systemTold, understoodOf } from './told.ts'
import type { World } from './world.ts'

/** Run a command and write its answer. Throws CustError; then nothing is half-written. */
export async function perform(asked: Asked, world: World): Promise<void> {
  const target = { ...asked.writing, format: formatOf(asked.writing, world), spec: asked.spec }
  checkWriting(target)
  const options = await withTexts(asked, world)
  const temp = temporaryFolder(asked, world)
  try {
    await within(temp, { ...asked, options }, target, world)
  } finally {
    rmSync(temp, { recursive: true, force: true })
  }
}

async function within(temp: string, asked: Asked, target: Target, world: World): Promise<void> {
  const outputs = asked.running.explain ? undefined : openOutputs(asked, target, world)
  const reading = readingOf(asked, temp, world)
  const { memory, threads = areSmall(reading) ? 1 : undefined } = asked.running
  const engine = keepingStatements(await openDuckdb({ memory, threads, temp }))
  const interrupt = () => {
    engine.interrupt()
    // Whoever reads it would wait for its end.
    reading.stdin.destroy()
  }
  world.stop.addEventListener('abort', interrupt, { once: true })
  // A signal may have come while the engine was opened.
  if (world.stop.aborted) interrupt()
  const endProgress = showProgress(engine.progress, world, asked.running)
  const told = tell(asked, world, endProgress)
  try {
    const { session, answer } = await withCare(async (thorough) => {
      const careful = { ...reading, thorough }
      const opened = await openLines(engine, careful, ...rolesOf(asked), extrasOf(asked)).catch((error) => {
        throw withSpares(error, asked)
      })
      checkApart(opened, asked, world)
      const begun = { engine, opened, reading: careful, told, world, command: asked.command, threads }
      return { session: begun, answer: outputs && (await answered(asked, begun, outputs)) }
    })
    if (!outputs || !answer) return await explainRun(asked, inputOf(session), engine, world)
    endProgress()
    await write(answer, asked, target, outputs, session)
    if (answer.found !== undefined) throw new CustError('found', answer.found)
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

/** A missing column may be spared: by which flags. */
function withSpares(error: unknown, { spec }: Asked): unknown {
  if (!(error instanceof CustError)) return error
  const [, missing] = /no column found for the (\w+)/.exec(error.message) ?? []
  const flags = Object.entries(spec.spares ?? {}).flatMap(([key, spare]) => {
    if (!spare.roles.some((role) => role === missing)) return []
    return 'values' in spare ? spare.values.map((value) => `--${key} ${String(value)}`) : [`--${key}`]
  })
  if (flags.length === 0) return error
  const hint = [error.hint, `or do without: ${flags.join(', ')}`].join('\n')
  return new CustError(error.kind, error.message, hint, { cause: error })
}

type Spare = NonNullable<Spec['spares']>[string]

/** The roles that the run needs, and those that it uses where they are. */
function rolesOf({ spec, options }: Asked): [needs: readonly Role[], uses: readonly Role[]] {
  const spared = Object.entries(spec.spares ?? {}).flatMap(([key, spare]) =>
    isSpared(spare, options[key]) ? spare.roles : [],
  )
  return [spec.needs.filter((role) => !spared.includes(role)), [...(spec.uses ?? []), ...spared]]
}

const isSpared = (spare: Spare, value: unknown): boolean =>
  'values' in spare ? spare.values.includes(value) : (value as readonly unknown[]).length > 0

/** The columns that options name by their headers. */
function extrasOf({ spec, options }: Asked): readonly string[] {
  const named = Object.entries(spec.options).flatMap(([key, { names }]) =>
    names === 'columns' ? (options[key] as readonly string[]) : [],
  )
  return [...new Set(named)]
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
  readonly command: string
  /** Undefined: as many as there are. */
  readonly threads: number | undefined
  readonly world: World
}

// The run --------------------------------------------------------------------------------------------

const silent: Pick<Input, 'account' | 'note' | 'warn'> = { account: () => {}, note: () => {}, warn: () => {} }

function inputOf({ engine, opened, reading, world, command, threads }: Session, telling = silent): Input {
  return {
    ...telling,
    lines: opened.table,
    linesOf: opened.linesOf,
    rows: opened.rows,
    records: opened.records,
    look: opened.look,
    today: localDay(world.now()),
    pause: () => heard(world),
    helper: async () => (threads === 1 ? undefined : world.helper?.(command)),
    open: (path, columns) => openColumns(engine, { ...reading, paths: [path], columns: {} }, columns),
  }
}

/** Signals are heard between two turns of the loop of events, which work without a wait in it holds up. */
async function heard({ stop }: World): Promise<void> {
  await new Promise((done) => setImmediate(done))
  stop.throwIfAborted()
}

async function answered(asked: Asked, session: Session, outputs: Outputs | undefined): Promise<AnyAnswer> {
  const { opened, told, world } = session
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
  let understood = false
  try {
    const run = await asked.load()
    const answer = await run(input, asked.options)
    await heard(world)
    await opened.verify(counted?.tally.read)
    const unreadable = counted && unreadableIn(counted.tally)
    const rejects = await opened.rejects(unreadable !== 0)
    const rows = (await opened.count()) + rejects.count
    tellUnderstood(opened, rows, told)
    understood = true
    const bad = rejects.count + (unreadable ?? 0)
    const examples = [...rejects.groups.flatMap((group) => group.examples), ...rejects.cells]
    if (outputs?.rejects) {
      await writeRejects(await rejects.all(), outputs.rejects)
      await outputs.rejects.commit()
    }
    refuseBadRows({ bad, rows, examples }, asked.reading)
    if (counted) told.note(accountOf(counted, rejects, input.today))
    for (const line of notes) told.note(line)
    for (const line of opened.notes) told.detail(line)
    for (const line of opened.warnings) told.warn(line)
    // A run that names such rows itself tells of them in its answer.
    const isToldHere = asked.reading.badRows !== 'skip' && !('rejects' in asked.spec.options)
    if (isToldHere) for (const line of examples) told.warn(line)
    for (const line of warnings) told.warn(line)
    return answer
  } catch (error) {
    // A query that a signal stops may end with any error.
    if (!understood && error instanceof CustError && !world.stop.aborted) {
      told.note(understoodOf(opened))
    }
    throw error
  }
}

function tellUnderstood(opened: Opened, rows: number, told: Told): void {
  const lines = [systemTold(opened), understoodOf(opened, rows), passedTold(opened), ...opened.said]
  for (const line of lines) if (line !== undefined) told.note(line)
}
