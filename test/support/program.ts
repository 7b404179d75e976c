/** The built program as a user meets it: a process of its own, scratch folders, nothing of this machine's settings. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, inject } from 'vitest'

export const cust = fileURLToPath(new URL('../../bin/cust.js', import.meta.url))
const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: Buffer
  readonly stderr: string
  /** What the run left in its folder for temporary files. */
  readonly left: readonly string[]
}

export interface Around {
  readonly cwd?: string
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

export interface Started {
  readonly child: ChildProcess
  readonly temp: string
  readonly done: Promise<Ran>
}

// Folders ----------------------------------------------------------------------------------------------

const base = inject('scratch')

/** A new folder with these files, removed after the tests. */
export function scratch(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = mkdtempSync(join(base, 'in-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** Copy a fixture into a folder, under another name where one is given. */
export function place(folder: string, fixture: string, name = fixture): void {
  cpSync(join(fixtures, fixture), join(folder, name))
}

export const fixture = (name: string): string => join(fixtures, name)

// Runs -------------------------------------------------------------------------------------------------

const SETTINGS = /^(CUST_.*|NO_COLOR|FORCE_COLOR|CLICOLOR.*|COLORTERM|XDG_.*|NODE_OPTIONS|VITEST.*)$/

function environment(temp: string, env: Around['env'] = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !SETTINGS.test(entry[0]),
  )
  return { ...Object.fromEntries(inherited), HOME: base, TMPDIR: temp, ...env }
}

/** Start any program as `cust` is run here. */
export function start(words: readonly string[], { cwd = base, input, env }: Around = {}): Started {
  const temp = mkdtempSync(join(base, 'temp-'))
  const [program = '', ...args] = words
  const child = spawn(program, args, { cwd, env: environment(temp, env) })
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  // A run that stops early does not read all of its input.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const done = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const stderr = Buffer.concat(err).toString()
      resolve({ code, signal, stdout: Buffer.concat(out), stderr, left: readdirSync(temp) })
    })
  })
  return { child, temp, done }
}

export const startCust = (args: readonly string[], around: Around = {}): Started =>
  start([process.execPath, cust, ...args], around)

// Tests ask for runs freely; so many go at once.
const TOGETHER = 3
let running = 0
const waiting: (() => void)[] = []

/** Run the program to its end. */
export async function runCust(args: readonly string[], around: Around = {}): Promise<Ran> {
  if (running >= TOGETHER) await new Promise<void>((go) => waiting.push(go))
  running++
  try {
    return await startCust(args, around).done
  } finally {
    running--
    waiting.shift()?.()
  }
}

type Run = (args: readonly string[], around?: Around) => Promise<Ran>

/** Run, and answer stdout; a run that fails, or leaves something behind, fails the test. */
export const outputBy =
  (run: Run) =>
  async (args: readonly string[], around: Around = {}): Promise<Buffer> => {
    const { code, stderr, stdout, left } = await run(args, around)
    expect({ code, stderr: code === 0 ? '' : stderr, left }, args.join(' ')).toEqual({
      code: 0,
      stderr: '',
      left: [],
    })
    return stdout
  }

export const output = outputBy(runCust)

/** Bytes are long: a difference is told by its first place. */
export function expectSameBytes(found: Buffer, wanted: Buffer, what = ''): void {
  if (found.equals(wanted)) return
  const at = wanted.findIndex((byte, i) => byte !== found[i])
  const near = (bytes: Buffer) =>
    bytes.subarray(Math.max(0, at - 60), at < 0 ? undefined : at + 60).toString()
  expect(near(found), `${what}: bytes differ at ${at}`).toBe(near(wanted))
  expect(found.length, `${what}: length`).toBe(wanted.length)
}

/** The rows of a Parquet file, in its order. */
export async function readParquet(path: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const result = await connection.runAndReadAll(`from '${path}'`)
    return result.getRowObjectsJson() as Record<string, unknown>[]
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
