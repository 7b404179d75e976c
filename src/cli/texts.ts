/** The small files that options of a command name. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CustError } from '../core/errors.ts'
import type { TextFile } from '../core/options.ts'
import type { Asked } from './asked.ts'
import type { World } from './world.ts'

/** Options that name a small file get its text. */
export function withTexts({ spec, options }: Asked, world: World): Asked['options'] {
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

/** Why the system refuses, in words. */
export function reasonOf(error: unknown, what: 'file' | 'folder'): string {
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
