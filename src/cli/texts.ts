/** The small files that options of a command name. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CustError } from '../core/errors.ts'
import type { Settings, TextFile } from '../core/options.ts'
import type { Asked } from './asked.ts'
import type { World } from './world.ts'

/** Options that name a small file get its text, or what it says. */
export async function withTexts({ spec, options }: Asked, world: World): Promise<Asked['options']> {
  const entries: [string, unknown][] = []
  for (const [key, value] of Object.entries(options)) {
    const opens = typeof value === 'object' && value !== null ? spec.options[key]?.opens : undefined
    if (opens === 'text') entries.push([key, textOf(value as TextFile, world)])
    else if (opens === 'settings') entries.push([key, await settingsOf(value as Settings, world)])
    else entries.push([key, value])
  }
  return Object.fromEntries(entries)
}

/** What reads settings is loaded where a run has some. */
async function settingsOf({ path }: Settings, world: World): Promise<Settings> {
  const { text } = textOf({ path, text: '' }, world)
  const { readSettings } = await import('../sources/settings.ts')
  return readSettings(path, text)
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
