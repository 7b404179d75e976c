/** What all tests share: the built program, which is what users run, and a folder for their files. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Removed when all tests have ended: files of tests share one process, and their modules. */
    scratch: string
  }
}

let folder: string | undefined

export function setup(project: TestProject): void {
  execFileSync(process.execPath, ['scripts/build.js'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  folder = mkdtempSync(join(tmpdir(), 'cust-test-'))
  project.provide('scratch', folder)
}

export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
