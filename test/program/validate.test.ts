/** `cust validate` as a script meets it: exit codes, files, lines of large files. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { output, place, runCust, scratch } from '../support/program.ts'

const HEADER = 'id,email,amount,day'
const row = (i: number) =>
  `C${10_000 + i},user${i}@example.com,${(i % 90) + 1}.50,2025-0${1 + (i % 9)}-1${i % 9}`

test.concurrent('exit code 4 when something is wrong, with the answer and the files written', async () => {
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

test.concurrent('exit code 0 under the limit, 2 and 3 for what cannot be asked or read', async () => {
  const cwd = scratch({ 'c.csv': `${HEADER}\n${row(1)}\nC2,broken,1.00,2025-01-01\n` })
  expect((await runCust(['validate', 'c.csv', '--max-bad', '50%'], { cwd })).code).toBe(0)
  expect((await runCust(['validate', 'c.csv', '--max-bad', '49%'], { cwd })).code).toBe(4)
  expect((await runCust(['validate', 'c.csv', '--rule', 'amount >'], { cwd })).code).toBe(2)
  expect((await runCust(['validate', 'c.csv', '--rules', 'none.yaml'], { cwd })).code).toBe(2)
  expect((await runCust(['validate', 'none.csv'], { cwd })).code).toBe(3)
  expect((await runCust(['validate', 'c.csv', '--valid', 'c.csv'], { cwd })).code).toBe(2)
  expect(readFileSync(join(cwd, 'c.csv'), 'utf8')).toContain('broken')
})

test.concurrent('a file that has a header alone has no rows', async () => {
  const cwd = scratch({ 'c.csv': `${HEADER}\n` })
  const { code, stdout } = await runCust(['validate', 'c.csv', '--valid', 'good.csv'], { cwd })
  expect({ code, stdout: stdout.toString() }).toMatchObject({
    code: 4,
    stdout: expect.stringContaining('no_rows'),
  })
  expect(readFileSync(join(cwd, 'good.csv'), 'utf8')).toBe(`${HEADER}\n`)
})

test.concurrent('lines of a large file that the engine reads as it stands, and of one with texts of several lines', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => row(i))
  rows[50_000] = 'C60000,broken,1.00,2025-01-01'
  rows[55_000] = ',,,'
  const several = [...rows]
  several[40_000] = 'C50000,"a@b.com",1.00,"2025-01-01"'
  several[40_001] = 'C50001,"user@exam\nple.com",1.00,2025-01-01'
  const cwd = scratch({
    'plain.csv': `${HEADER}\n${rows.join('\n')}\n`,
    'several.csv': `${HEADER}\n${several.join('\n')}\n`,
  })
  const linesOf = async (file: string) => {
    const { stdout } = await runCust(['validate', file, '-f', 'json'], { cwd })
    const { findings, rows: counted } = JSON.parse(stdout.toString())
    return [
      counted,
      ...findings.map(({ rule, lines }: { rule: string; lines: string }) => `${rule} ${lines}`),
    ]
  }
  expect(await linesOf('plain.csv')).toEqual([59_999, 'email 50002', 'empty_row 55002'])
  await runCust(['validate', 'plain.csv', '--valid', 'good.csv', '--rejects', 'bad.csv'], { cwd })
  const kept = rows.filter((_, i) => i !== 50_000 && i !== 55_000)
  expect(readFileSync(join(cwd, 'good.csv'), 'utf8') === `${HEADER}\n${kept.join('\n')}\n`).toBe(true)
  expect(await linesOf('several.csv')).toEqual([59_999, 'email 40003, 50003', 'empty_row 55003'])
})

test.concurrent('rules of today hold tomorrow, or say what differs', async () => {
  const cwd = scratch()
  place(cwd, 'orders.csv')
  await output(['validate', 'orders.csv', '--init', 'rules.yaml', '-o', 'today.json', '-q'], { cwd })
  await output(['validate', 'orders.csv', '--rules', 'rules.yaml', '--only-rules', '-q'], { cwd })
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
  const { code, stdout } = await runCust(words, { cwd: next })
  expect(code).toBe(4)
  expect(stdout.toString()).toContain('Status,values,0,1,1')
})

test.concurrent('--explain shows the queries and writes nothing', async () => {
  const cwd = scratch()
  place(cwd, 'orders.csv')
  const printed = await output(['validate', 'orders.csv', '--explain', '--valid', 'good.csv'], { cwd })
  expect(printed.toString()).toContain('select')
  expect(existsSync(join(cwd, 'good.csv'))).toBe(false)
})

test.concurrent('other kinds of files: several at once, a worksheet, JSON, standard input', async () => {
  const cwd = scratch({
    'a.csv': `${HEADER}\n${row(1)}\n`,
    'b.csv': `${HEADER}\n${row(2)}\nC9,broken,1.00,2025-01-01\n`,
  })
  const several = await runCust(['validate', 'a.csv', 'b.csv', '--rejects', 'bad.csv'], { cwd })
  expect(several.stdout.toString()).toContain('b.csv:3')
  await output(['convert', 'b.csv', '-o', 'b.xlsx'], { cwd })
  await output(['convert', 'b.csv', '-o', 'b.json'], { cwd })
  await output(['convert', 'b.csv', '-o', 'b.parquet'], { cwd })
  for (const file of ['b.xlsx', 'b.json', 'b.parquet']) {
    const { code, stdout } = await runCust(['validate', file, '--rejects', 'bad.csv'], { cwd })
    expect({ file, code, stdout: stdout.toString() }).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('email'),
    })
    expect(readFileSync(join(cwd, 'bad.csv'), 'utf8').split('\n')).toHaveLength(3)
  }
  const input = readFileSync(join(cwd, 'b.csv'))
  expect((await runCust(['validate', '-'], { cwd, input })).code).toBe(4)
})
