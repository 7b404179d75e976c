import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Commands } from '../../src/cli/asked.ts'
import { completionScript } from '../../src/cli/completion.ts'
import { commands, cust, folder } from './worlds.ts'

/** With a verb, which none of the commands here has. */
const withVerb = {
  ...commands,
  basket: { ...commands['basket'], spec: { ...commands['basket']?.spec, verbs: { apply: 'model' } } },
} as Commands

/** What bash offers after these words, the last of which is being typed. */
function offered(words: readonly string[], known = commands): string[] {
  const cwd = folder()
  for (const name of ['orders.csv', 'my orders.csv']) writeFileSync(join(cwd, name), '')
  const list = words.map((word) => `'${word}'`).join(' ')
  const script = `source /dev/stdin <<'SCRIPT'
${completionScript('bash', known)}
SCRIPT
complete -p cust >/dev/null || exit 1
COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _cust; printf '%s\\n' "\${COMPREPLY[@]}"`
  const said = execFileSync('bash', ['--norc', '-c', script], { cwd, encoding: 'utf8' })
  return said.split('\n').filter((line) => line !== '')
}

test('cust completion bash prints what bash can load', async () => {
  expect((await cust(['completion', 'bash'])).out).toBe(completionScript('bash', commands))
})

test.each([
  [['cust', 'rf'], ['rfm']],
  [['cust', 'rfm', '--sch'], ['--scheme']],
  [
    ['cust', 'rfm', '--scheme', ''],
    ['classic11', 'cn8'],
  ],
  [['cust', 'rfm', '--format', 'x'], ['xlsx']],
  [['cust', 'rfm', '-f', 'n'], ['ndjson']],
  [['cust', 'rfm', 'orders.csv', '--sheet', 's'], ['segments']],
  [['cust', 'rfm', '--sort', '-o'], ['-orders']],
  [['cust', 'rfm', '--no-c'], ['--no-config']],
  [['cust', 'rfm', 'o'], ['orders.csv']],
  [['cust', 'rfm', 'my'], ['my orders.csv']],
  [['cust', 'rfm', '--output', 'o'], ['orders.csv']],
  [['cust', 'rfm', '--bins', ''], []],
  [['cust', 'help', 'exit'], ['exit-codes']],
  [['cust', 'completion', 'z'], ['zsh']],
])('bash: %j', (words, expected) => {
  expect(offered(words)).toEqual(expected)
})

test('a verb stands before the files only', () => {
  expect(offered(['cust', 'basket', 'ap'], withVerb)).toEqual(['apply'])
  expect(offered(['cust', 'basket', ''], withVerb).sort()).toEqual(['apply', 'my orders.csv', 'orders.csv'])
  expect(offered(['cust', 'basket', 'apply', ''], withVerb).sort()).toEqual(['my orders.csv', 'orders.csv'])
  expect(offered(['cust', 'basket', '--su'], withVerb)).toEqual(['--support'])
  for (const shell of ['zsh', 'fish'] as const) {
    expect(completionScript(shell, withVerb)).toContain('apply')
    expect(completionScript(shell, commands)).not.toContain('apply')
  }
})

test('choices after --format are all formats', () => {
  expect(offered(['cust', 'rfm', '--format', ''])).toHaveLength(11)
})

test.each(['zsh', 'fish'] as const)('%s names every command and flag', (shell) => {
  const script = completionScript(shell, commands)
  for (const word of ['rfm', 'basket', 'scheme', 'no-progress', 'classic11', 'customer']) {
    expect(script).toContain(word)
  }
  const quotes = script.replaceAll(`'\\''`, '').split(`'`).length - 1
  expect(quotes % 2).toBe(0)
})
