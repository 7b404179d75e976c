/** A helper as a thread of this process. The two ends of it: that of who asks, and that of who does. */
import { getHeapStatistics } from 'node:v8'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { type Help, type Helper, HelperLost, handedOver } from '../core/helper.ts'
import { commands } from './registry.ts'
import { WRITES_ROWS, writtenRows } from './renderAbreast.ts'

interface Asked {
  readonly id: number
  readonly task: unknown
}

interface Done {
  readonly id: number
  readonly answer?: unknown
  readonly error?: unknown
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: unknown): void
}

/** `file`: what the thread runs, which calls `serve`. */
export function startHelper(file: URL, command: string): Helper {
  const worker = new Worker(file, {
    workerData: command,
    // What this process was started with is for it alone.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20) },
  })
  worker.unref()
  const waiting = new Map<number, Waiting>()
  let gone: HelperLost | undefined
  const lose = (cause?: unknown) => {
    gone ??= new HelperLost('the helping thread has ended', { cause })
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
  }
  worker.on('error', lose)
  worker.on('exit', () => lose())
  worker.on('message', ({ id, answer, error }: Done) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(answer)
    else asked?.reject(error)
    if (waiting.size === 0) worker.unref()
  })
  let tasks = 0
  return {
    ask: (task, memory = []) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone)
        const id = tasks++
        waiting.set(id, { resolve, reject })
        // Nobody else may keep the process while it waits.
        worker.ref()
        worker.postMessage({ id, task } satisfies Asked, memory)
      }),
    end: () => void worker.terminate(),
  }
}

/** Inside of the thread: do what is asked, one after the other, until it is ended. */
export async function serve(): Promise<void> {
  const port = parentPort
  const perform = await helpOf(String(workerData))
  if (!port) throw new Error('no thread, nobody to serve')
  let last = Promise.resolve()
  port.on('message', ({ id, task }: Asked) => {
    last = last.then(async () => {
      try {
        const { answer, memory } = handedOver(await perform(task))
        port.postMessage({ id, answer } satisfies Done, memory)
      } catch (error) {
        port.postMessage({
          id,
          error: error instanceof Error ? error : new Error(String(error)),
        } satisfies Done)
      }
    })
  })
}

type Perform = ReturnType<Help>

async function helpOf(command: string): Promise<Perform> {
  if (command === WRITES_ROWS) return writtenRows as Perform
  const { help, rows } = commands[command] ?? {}
  if (help) return (await help()).help()
  if (rows) return (await import('./rowHelp.ts')).helpWithRows((await rows()).rowHelp)
  throw new Error(`no helper knows ${command}`)
}
