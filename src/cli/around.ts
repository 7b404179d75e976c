/** What stands around a run: its temporary folder, how its files are to be read, the day that it is. */
import { mkdtempSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CustError } from '../core/errors.ts'
import type { Reading } from '../sources/reading.ts'
import type { Asked } from './asked.ts'
import { reasonOf } from './texts.ts'
import type { World } from './world.ts'

export function temporaryFolder({ running }: Asked, world: World): string {
  const parent = running.tempDir === undefined ? world.temp : resolve(world.cwd, running.tempDir)
  try {
    return mkdtempSync(join(parent, 'cust-'))
  } catch (error) {
    const message = `cannot make a temporary folder in ${parent}: ${reasonOf(error, 'folder')}`
    throw new CustError('usage', message, 'name another with --temp-dir <dir>', { cause: error })
  }
}

export function readingOf(asked: Asked, temp: string, world: World): Reading {
  const { paths, reading, columns, running, spec, options } = asked
  const meant = Object.entries(spec.options).map(([key, { reads }]) => reads?.(options[key]) ?? {})
  const typed = Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined))
  const given = Object.assign({}, ...meant, typed) as Partial<Reading>
  const interactive = world.stderr.isTTY === true
  const inPlace = running.explain
  return { ...given, paths, columns, temp, stdin: world.stdin, cwd: world.cwd, interactive, inPlace }
}

/** The date on the user's calendar. */
export function localDay(now: number): number {
  const date = new Date(now)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}
