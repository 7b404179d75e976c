/** Words in, exit code out. The only file that knows that there is a process. */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, homedir, tmpdir } from 'node:os'
import type { Writable } from 'node:stream'
import type { Asked } from './cli/asked.ts'
import { failure } from './cli/failure.ts'
import { program } from './cli/program.ts'
import { commands } from './cli/registry.ts'
import type { World } from './cli/world.ts'
import { CustError, exitCodes } from './core/errors.ts'
import type { Helper } from './core/helper.ts'

/** What main asks of the process; a test can bring its own. */
export type ProcessLike = Pick<
  NodeJS.Process,
  'argv' | 'env' | 'cwd' | 'stdin' | 'stdout' | 'stderr' | 'on' | 'exit'
> & { exitCode?: NodeJS.Process['exitCode'] }

/** The signals that end a run, and the exit codes that shells expect of them. */
const signals = { SIGINT: exitCodes.interrupted.code, SIGTERM: 143, SIGHUP: 129 } as const

/** How long handles that nobody closed may keep the process after the last byte is out. */
const GRACE_MS = 200

type Work = (world: World) => Promise<void>

/** Run the program, set the exit code of the process, and answer it. */
export async function main(process: ProcessLike, work: Work = cust): Promise<number> {
  const stopping = new AbortController()
  const ended = listen(process, stopping)
  const world = worldOf(process, stopping.signal)
  let code = 0
  try {
    await work(world)
  } catch (error) {
    code = report(error, world)
    // Whatever was left open hears of it: no unfinished file stays behind.
    stopping.abort(new CustError('interrupted', 'interrupted'))
  }
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  if (ended.code !== undefined && (code !== 0 || ended.code === exitCodes.closed.code)) code = ended.code
  process.exitCode = code
  setTimeout(() => process.exit(code), GRACE_MS).unref()
  return code
}

const cust: Work = (world) => program(world, { commands, version, perform })

async function perform(asked: Asked, world: World): Promise<void> {
  if (asked.spec.rewrites) return (await import('./cli/rewrite.ts')).rewrite(asked, world)
  return (await import('./cli/perform.ts')).perform(asked, world)
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function worldOf(process: ProcessLike, stop: AbortSignal): World {
  return {
    args: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    now: Date.now,
    helper,
    temp: tmpdir(),
    home: homedir(),
    stop,
  }
}

/** Only the built program has a file for it. */
async function helper(command: string): Promise<Helper | undefined> {
  const file = new URL('./helper.js', import.meta.url)
  if (availableParallelism() === 1 || !existsSync(file)) return undefined
  return (await import('./cli/thread.ts')).startHelper(file, command)
}

/** Stops the work at signals, at a closed pipe and at errors that nobody awaited; holds the exit code of that. */
function listen(process: ProcessLike, stopping: AbortController): { code?: number } {
  const ended: { code?: number } = {}
  const stop = (code: number, reason: CustError) => {
    ended.code ??= code
    stopping.abort(reason)
  }
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal as keyof typeof signals, () => {
      if (stopping.signal.aborted) process.exit(code)
      stop(code, new CustError('interrupted', 'interrupted'))
    })
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      stop(exitCodes.closed.code, new CustError('closed', 'the reader of the answer went away'))
    }
  })
  process.stderr.on('error', () => {})
  const stray = (error: unknown) => {
    stop(exitCodes.bug.code, new CustError('interrupted', 'interrupted'))
    process.stderr.write(failure(error, { stack: wantsStack(process.argv, process.env) }).text)
    process.exit(exitCodes.bug.code)
  }
  process.on('uncaughtException', stray)
  process.on('unhandledRejection', stray)
  return ended
}

function report(error: unknown, { args, env, stop, stderr }: World): number {
  const { text, code } = failure(error, { stack: wantsStack(args, env) })
  const quiet = stop.aborted && !(error instanceof CustError)
  if (!quiet) stderr.write(text)
  return code
}

function wantsStack(args: readonly string[], env: World['env']): boolean {
  return (
    args.includes('-v') || args.includes('--verbose') || !['', '0', undefined].includes(env['CUST_DEBUG'])
  )
}

const flushed = (stream: Writable): Promise<void> =>
  new Promise((done) => {
    if (stream.destroyed || stream.writableEnded) return done()
    stream.write('', () => done())
  })
