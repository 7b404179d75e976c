/**
 * The whole program in this process: words in; exit code, bytes and messages out. A run takes a sixth of what the
 * built program takes; what only a process of its own shows (signals, pipes, second threads, the bundle) is asked of
 * that one, in `program.ts`.
 */
import { EventEmitter } from 'node:events'
import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { inject } from 'vitest'
import { perform } from '../../src/cli/perform.ts'
import { program } from '../../src/cli/program.ts'
import { commands } from '../../src/cli/registry.ts'
import { rewrite } from '../../src/cli/rewrite.ts'
import type { World } from '../../src/cli/world.ts'
import { main, type ProcessLike } from '../../src/main.ts'
import { type Around, outputBy, type Ran } from './program.ts'

const base = inject('scratch')

function collecting(): { readonly stream: Writable; bytes(): Buffer } {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  return { stream, bytes: () => Buffer.concat(chunks) }
}

/** As `runCust`, without a process. */
export async function runInside(
  args: readonly string[],
  { cwd = base, input, env = {} }: Around = {},
): Promise<Ran> {
  const temp = mkdtempSync(join(base, 'temp-'))
  const [out, err] = [collecting(), collecting()]
  const stdin = new PassThrough()
  stdin.on('error', () => {})
  stdin.end(input)
  const fake = Object.assign(new EventEmitter(), {
    argv: ['node', 'cust', ...args],
    env,
    cwd: () => cwd,
    stdin,
    stdout: out.stream,
    stderr: err.stream,
    exit: () => {},
  })
  const work = (world: World) =>
    program(
      { ...world, temp, home: base },
      {
        commands,
        version: () => '0',
        perform: (asked, around) => (asked.spec.rewrites ? rewrite : perform)(asked, around),
      },
    )
  const code = await main(fake as unknown as ProcessLike, work)
  return { code, signal: null, stdout: out.bytes(), stderr: err.bytes().toString(), left: readdirSync(temp) }
}

/** As `output`, without a process. */
export const outputInside = outputBy(runInside)
