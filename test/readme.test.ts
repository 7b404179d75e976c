import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commands } from '../src/cli/registry.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const noTerminal = spawnSync('script', ['--version']).status !== 0

describe('the README', () => {
  test.skipIf(noTerminal)(
    'shows what its first command prints on a terminal (needs script of util-linux)',
    () => {
      const [, flags, shown] =
        /npm ci && npx cust (rfm fixtures\/orders\.csv[^\n]*)\n```\n\n```text\n([\s\S]*?)\n```/.exec(
          readme,
        ) ?? []
      const line = `stty cols 112; node bin/cust.js ${flags} --color never`
      const printed = execFileSync('script', ['-qc', line, '/dev/null'], { cwd: root, encoding: 'utf8' })
      // A slow machine draws a bar first; what is cleared does not stay.
      const stays = printed.split('\n').map((line) => line.split('\r\x1b[K').at(-1)?.trimEnd())
      expect(stays.join('\n').trimEnd()).toBe(shown)
    },
  )

  test('has no gap left to fill', () => {
    expect(readme).not.toMatch(/\b[A-Z]+_[A-Z]+\b(?<!CUST_[A-Z]*)/)
  })

  test('names every command', () => {
    for (const command of Object.keys(commands)) expect(readme).toContain(`cust ${command} `)
  })

  test('names every room and package of the house', () => {
    const { dependencies } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    ) as {
      dependencies: Record<string, string>
    }
    for (const name of Object.keys(dependencies)) expect(readme).toContain(name)
  })
})
