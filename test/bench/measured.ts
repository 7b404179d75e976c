/** Runs a program as a whole process and tells its wall time, CPU time and peak memory. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

export interface Measured {
  /** Seconds. */
  readonly wall: number
  /** Seconds of user and system time. */
  readonly cpu: number
  /** Megabytes; NaN where the system does not tell. */
  readonly peak: number
}

// The program tells its own figures when it ends: nobody else knows them on every system.
const EPILOGUE = `process.on('exit', () => { const u = process.resourceUsage(); require('node:fs').writeSync(2,
  '\\n#used ' + JSON.stringify({ cpu: (u.userCPUTime + u.systemCPUTime) / 1e6, peak: u.maxRSS / 1024 })) })`

const preload = `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'
const require = createRequire(process.cwd() + '/'); ${EPILOGUE}`)}`

/** Run node with these arguments. Throws when it fails. */
export async function measured(args: readonly string[]): Promise<Measured> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    told += text
  })
  const code = await new Promise((done) => child.on('close', done))
  const wall = (performance.now() - started) / 1000
  const used = /#used (.*)/.exec(told)?.[1]
  if (code !== 0 || used === undefined) throw new Error(`${args.join(' ')} ended with ${code}:\n${told}`)
  return { wall, ...(JSON.parse(used) as { cpu: number; peak: number }) }
}

/** Commands in turn, A B A B ..., so that a machine that slows down slows them all. */
export async function inTurn<const C extends readonly (readonly string[])[]>(
  commands: C,
  rounds: number,
): Promise<{ readonly [K in keyof C]: readonly Measured[] }> {
  const runs: Measured[][] = commands.map(() => [])
  for (let round = 0; round <= rounds; round++) {
    for (const [i, command] of commands.entries()) {
      const run = await measured(command)
      // The first round warms the page cache.
      if (round > 0) runs[i]?.push(run)
    }
  }
  return runs as unknown as { readonly [K in keyof C]: readonly Measured[] }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
}

/** What machine this is, for the reader of the figures. */
export function machine(): string {
  const cpu = existsSync('/proc/cpuinfo')
    ? /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]
    : ''
  return `${process.platform} ${process.arch}, node ${process.version}${cpu ? `, ${cpu}` : ''}`
}
