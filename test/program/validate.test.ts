/** `cust validate` as a script meets it: exit codes, files, lines of large files. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { outputInside, runInside } from '../support/inside.ts'
import { place, runCust, scratch } from '../support/program.ts'

const HEADER = 'id,email,amount,day'
const row = (i: number) =>
  `C${10_000 + i},user${i}@example.com,${(i % 90) + 1}.50,2025-0${1 + (i % 9)}-1${i % 9}`

test('exit code 4 when something is wrong, with the answer and the files written', async () => {
  const cwd = scratch({ 'c.csv': `${HEADER}\n${row(1)}\nC2,broken,1.00,2025-01-01\n${row(3)}\n` })
  const words = ['validate', 'c.csv', '--rejects', 'bad.csv', '--valid', 'good.csv', '-o', 'answer.csv']
  const { code, stderr } = await runCust(words, { cwd })
  expect(code).toBe(4)
  expect(stderr).toContain('cust: 1 of 3 rows is bad (33.33 %)')
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
  expect(read('answer.csv')).toContain('error,错误,email,email,1,')
  expect(read('bad.csv')).toBe(
    `${HEADER},_line,_column,_rule,_value\nC2,broken,1.00,2025-01-01,3,email,email,broken\n`,
  )
  expect(read('good.csv')).toBe(`${HEADER}\n${row(1)}\n${row(3)}\n`)
})

test('exit code 0 under the limit, 4 above it', async () => {
  const cwd = scratch({ 'c.csv': `${HEADER}\n${row(1)}\nC2,broken,1.00,2025-01-01\n` })
  expect((await runInside(['validate', 'c.csv', '--max-bad', '50%'], { cwd })).code).toBe(0)
  expect((await runInside(['validate', 'c.csv', '--max-bad', '49%'], { cwd })).code).toBe(4)
})

test.each([
  [2, ['c.csv', '--rule', 'amount >']],
  [2, ['c.csv', '--rules', 'none.yaml']],
  [2, ['c.csv', '--valid', 'c.csv']],
  [3, ['none.csv']],
] as const)('exit code %i for what cannot be asked or read: %j', async (code, words) => {
  const content = `${HEADER}\n${row(1)}\n`
  const cwd = scratch({ 'c.csv': content })
  expect((await runInside(['validate', ...words], { cwd })).code).toBe(code)
  expect(readFileSync(join(cwd, 'c.csv'), 'utf8')).toBe(content)
})

test('a file that has a header alone has no rows', async () => {
  const cwd = scratch({ 'c.csv': `${HEADER}\n` })
  const { code, stdout } = await runInside(['validate', 'c.csv', '--valid', 'good.csv'], { cwd })
  expect({ code, stdout: stdout.toString() }).toMatchObject({
    code: 4,
    stdout: expect.stringContaining('no_rows'),
  })
  expect(readFileSync(join(cwd, 'good.csv'), 'utf8')).toBe(`${HEADER}\n`)
})

/** More than a reader takes apart by itself, so that the engine reads it as it stands where it can. */
const large = Array.from({ length: 80_000 }, (_, i) => row(i).replace('@', '.of-a-long-name@mail.'))

async function linesIn(rows: readonly string[]) {
  const cwd = scratch({ 'large.csv': `${HEADER}\n${rows.join('\n')}\n` })
  const words = ['validate', 'large.csv', '-f', 'json', '--valid', 'good.csv', '--rejects', 'bad.csv']
  const { stdout } = await runInside(words, { cwd })
  const answer = JSON.parse(stdout.toString()) as {
    rows: number
    findings: { rule: string; lines: string }[]
  }
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
  const found = answer.findings.map(({ rule, lines }) => `${rule} ${lines}`)
  return { found: [answer.rows, ...found], good: read('good.csv'), bad: read('bad.csv') }
}

test('lines of a large file that the engine reads as it stands', async () => {
  const rows = [...large]
  rows[70_000] = 'C80000,broken,1.00,2025-01-01'
  rows[75_000] = ',,,'
  const { found, good, bad } = await linesIn(rows)
  expect(found).toEqual([79_999, 'email 70002', 'empty_row 75002'])
  const kept = rows.filter((_, i) => i !== 70_000 && i !== 75_000)
  expect(good === `${HEADER}\n${kept.join('\n')}\n`).toBe(true)
  expect(bad.split('\n')[1]).toBe('C80000,broken,1.00,2025-01-01,70002,email,email,broken')
})

test('lines of a large file with a text of several lines', async () => {
  const rows = [...large]
  rows[70_000] = 'C80000,broken,1.00,2025-01-01'
  rows[60_001] = 'C70001,"user@exam\nple.com",1.00,2025-01-01'
  const { found } = await linesIn(rows)
  expect(found).toEqual([80_000, 'email 60003, 70003'])
})

test('rules of today hold tomorrow, or say what differs', async () => {
  const cwd = scratch()
  place(cwd, 'orders.csv')
  await outputInside(['validate', 'orders.csv', '--init', 'rules.yaml', '-o', 'today.json', '-q'], { cwd })
  await outputInside(['validate', 'orders.csv', '--rules', 'rules.yaml', '--only-rules', '-q'], { cwd })
  const changed = readFileSync(join(cwd, 'orders.csv'), 'utf8').replace('Completed', 'Lost')
  const next = scratch({
    'orders.csv': changed,
    'rules.yaml': readFileSync(join(cwd, 'rules.yaml')),
    'today.json': readFileSync(join(cwd, 'today.json')),
  })
  const words = [
    'validate',
    'orders.csv',
    '--rules',
    'rules.yaml',
    '--previous',
    'today.json',
    '--sheet',
    'changes',
  ]
  const { code, stdout } = await runInside(words, { cwd: next })
  expect(code).toBe(4)
  expect(stdout.toString()).toContain('Status,values,0,1,1')
})

test('--explain shows the queries and writes nothing', async () => {
  const cwd = scratch()
  place(cwd, 'orders.csv')
  const printed = await outputInside(['validate', 'orders.csv', '--explain', '--valid', 'good.csv'], { cwd })
  expect(printed.toString()).toContain('select')
  expect(existsSync(join(cwd, 'good.csv'))).toBe(false)
})

const small = `${HEADER}\n${row(2)}\nC9,broken,1.00,2025-01-01\n`

test('several files at once, and standard input', async () => {
  const cwd = scratch({ 'a.csv': `${HEADER}\n${row(1)}\n`, 'b.csv': small })
  const several = await runInside(['validate', 'a.csv', 'b.csv'], { cwd })
  expect(several.stdout.toString()).toContain('b.csv:3')
  expect((await runInside(['validate', '-'], { cwd, input: small })).code).toBe(4)
})

test.each(['b.xlsx', 'b.json', 'b.parquet'])('another kind of file: %s', async (file) => {
  const cwd = scratch({ 'b.csv': small })
  await outputInside(['convert', 'b.csv', '-o', file], { cwd })
  const { code, stdout } = await runInside(['validate', file, '--rejects', 'bad.csv'], { cwd })
  expect({ code, stdout: stdout.toString() }).toMatchObject({
    code: 4,
    stdout: expect.stringContaining('email'),
  })
  expect(readFileSync(join(cwd, 'bad.csv'), 'utf8').split('\n')).toHaveLength(3)
})
