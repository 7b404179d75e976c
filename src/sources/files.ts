/** What the user typed, as files that exist. Knows paths, not what is in the files. */
import { createWriteStream, type Stats, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { CustError } from '../core/errors.ts'

export interface InputFile {
  /** Where the bytes are. */
  readonly path: string
  /** How messages name it: as the user did. */
  readonly shown: string
}

const SMALL_BYTES = 1 << 20

/** Is it files, and so few bytes that to share the work between threads costs more than it brings? */
export function areSmall({ paths, cwd }: { paths: readonly string[]; cwd: string }): boolean {
  const sizes = paths.map((path) => sizeOf(resolve(cwd, path)))
  return sizes.reduce((sum, size) => sum + size, 0) <= SMALL_BYTES
}

function sizeOf(path: string): number {
  try {
    const stats = statSync(path)
    return stats.isFile() ? stats.size : Number.POSITIVE_INFINITY
  } catch {
    // Whoever opens it says why it cannot be.
    return Number.POSITIVE_INFINITY
  }
}

const STDIN = 'standard input'

/** Files, globs and `-`, in the order typed; a glob's matches sorted by name. */
export async function locate(
  paths: readonly string[],
  { cwd, stdin, temp }: { cwd: string; stdin: Readable; temp: string },
): Promise<InputFile[]> {
  const found: InputFile[] = []
  for (const path of paths) {
    if (path === '-') found.push(await spool(stdin, join(temp, 'stdin')))
    else found.push(...(await expand(path, cwd)))
  }
  return found
}

/** Standard input can be read once, but a run may read it again. */
async function spool(stdin: Readable, path: string): Promise<InputFile> {
  if ((await statOf(path)) === undefined) {
    const { pipeline } = await import('node:stream/promises')
    await pipeline(stdin, createWriteStream(path))
  }
  const { size } = await stat(path)
  if (size === 0) throw new CustError('input', `${STDIN}: empty`, 'pipe a file into it, or name a file')
  return { path, shown: STDIN }
}

async function expand(path: string, cwd: string): Promise<InputFile[]> {
  const absolute = resolve(cwd, path)
  const stats = await statOf(absolute)
  if (stats === undefined && /[*?[\]{}]/.test(path)) return glob(path, cwd)
  if (stats === undefined) throw new CustError('input', `${path}: no such file`, `looked in ${cwd}`)
  checkFile(path, stats)
  return [{ path: absolute, shown: path }]
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw unreadable(path, error)
    return undefined
  }
}

function checkFile(path: string, stats: Stats): void {
  if (stats.isDirectory()) {
    throw new CustError('input', `${path}: is a folder`, `name the files in it: '${join(path, '*.csv')}'`)
  }
  if (stats.isFile() && stats.size === 0) throw new CustError('input', `${path}: the file is empty`)
}

export function unreadable(path: string, cause: unknown): CustError {
  const denied = (cause as NodeJS.ErrnoException).code === 'EACCES'
  const reason = denied ? 'no permission to read it' : `cannot be read (${(cause as Error).message})`
  return new CustError('input', `${path}: ${reason}`, '', { cause })
}

async function glob(pattern: string, cwd: string): Promise<InputFile[]> {
  const { glob: search } = await import('tinyglobby')
  const matches = await search([pattern], { cwd, absolute: false, expandDirectories: false, onlyFiles: true })
  if (matches.length === 0) throw new CustError('input', `${pattern}: matches no file`, `looked in ${cwd}`)
  const files = await Promise.all(matches.sort().map((match) => expand(match, cwd)))
  return files.flat()
}

/** A name for a file made from another one. */
export function madeFrom(file: InputFile, folder: string, index: number, ending: string): string {
  return join(folder, `${index}-${basename(file.path)}${ending}`)
}
