/** Rows that cannot be read are told with their places, written to a file where asked, and never too many. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runInside } from '../support/inside.ts'
import { expectSameBytes, runCust, scratch } from '../support/program.ts'

const ORDERS = `Customer ID,Order ID,Order Date,Amount
A,1,2024-01-02,10
B,2,2024-01-13x,20
C,3,2024-01-14,30
D,4,2024-01-15
E,5,2024-01-16,abc
F,6,2024-01-17,"5
0"
G,7,2024-01-18,70
`
const PLACES = [
  'o.csv:5: 3 fields, header has 4',
  'o.csv:3: "2024-01-13x" is not a date',
  'o.csv:6: "abc" is not a number',
  'o.csv:7: "5␊0" is not a number',
]

const run = (...args: string[]) => {
  const cwd = scratch({ 'o.csv': ORDERS })
  return runInside(['rfm', 'o.csv', ...args], { cwd }).then((ran) => ({ ...ran, cwd }))
}

test('the built program tells what the one in this process does', async () => {
  const cwd = scratch({ 'o.csv': ORDERS })
  const words = (name: string) => ['rfm', 'o.csv', '-f', 'csv', '--rejects', name]
  const [built, here] = [await runCust(words('a.csv'), { cwd }), await runInside(words('b.csv'), { cwd })]
  expect(built).toEqual(here)
  const [a, b] = ['a.csv', 'b.csv'].map((name) => readFileSync(join(cwd, name)))
  expectSameBytes(a as Buffer, b as Buffer)
})

describe('rows that cannot be read', () => {
  test('are told with their places and left out', async () => {
    const { code, stdout, stderr } = await run('-f', 'csv')
    expect(code).toBe(0)
    expect(stdout.toString().match(/^[A-G],/gm)).toEqual(['A,', 'C,', 'G,'])
    expect(stderr.split('\n').filter((line) => line.startsWith('warning: o.csv'))).toEqual(
      PLACES.map((place) => `warning: ${place}`),
    )
    expect(stderr).toContain(
      'left out 4: 2 with an unreadable amount, 1 with an unreadable date, 1 with fewer fields than the header',
    )
  })

  test('are only counted with --bad-rows skip', async () => {
    const { code, stderr } = await run('-f', 'csv', '--bad-rows', 'skip')
    expect({ code, places: /warning: o\.csv/.test(stderr) }).toEqual({ code: 0, places: false })
    expect(stderr).toContain('left out 4')
  })

  test.each([
    [['--bad-rows', 'fail'], /4 of 7 rows \(57\.14 %\) cannot be read: more than --bad-rows fail allows/],
    [['--max-bad', '50%'], /more than --max-bad allows\n {2}o\.csv:5: 3 fields, header has 4/],
    [['--max-bad', '3'], /more than --max-bad allows/],
  ])('are an error under %j, and nothing is written', async (flags, message) => {
    const { code, stderr, stdout, cwd, left } = await run(...flags, '-o', 'x.csv', '--rejects', 'r.csv')
    expect({ code, stdout: stdout.toString(), left }).toEqual({ code: 3, stdout: '', left: [] })
    expect(stderr).toMatch(message)
    expect(stderr.match(/Customer ID/g)).toHaveLength(1)
    expect(existsSync(join(cwd, 'x.csv'))).toBe(false)
    // Whoever is to mend them finds them in the file.
    expect(readFileSync(join(cwd, 'r.csv'), 'utf8').split('\n').length).toBeGreaterThan(4)
  })

  test.each([[['--max-bad', '60%']], [['--max-bad', '4']]])('are few enough under %j', async (flags) => {
    expect((await run(...flags)).code).toBe(0)
  })

  test('are written as they stand by --rejects, with line, field and reason', async () => {
    const { cwd, code } = await run('--rejects', 'r.csv')
    expect(code).toBe(0)
    expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toBe(`file,line,field,reason,text
o.csv,3,3,"""2024-01-13x"" is not a date","B,2,2024-01-13x,20"
o.csv,5,,"3 fields, header has 4","D,4,2024-01-15"
o.csv,6,4,"""abc"" is not a number","E,5,2024-01-16,abc"
o.csv,7,4,"""5\n0"" is not a number","F,6,2024-01-17,""5\n0"""
`)
  })

  test('the file they are written to is none that is read', async () => {
    const { code, stderr, cwd } = await run('--rejects', 'o.csv')
    expect(code).toBe(2)
    expect(stderr).toContain('cannot write o.csv: o.csv is read by this run')
    expect(readFileSync(join(cwd, 'o.csv'), 'utf8')).toBe(ORDERS)
  })

  test.each([
    [['--bad-rows', 'nope'], 'is not one of report, skip, fail'],
    [['--max-bad', 'few'], 'is not a number of rows, nor a share like 0.1%'],
  ])('%j is a usage error', async (flags, message) => {
    const { code, stderr } = await run(...flags)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  test('inspect lists them and counts the rows that are left', async () => {
    const cwd = scratch({ 'o.csv': ORDERS })
    const { stdout } = await runInside(['inspect', 'o.csv', '-f', 'json'], { cwd })
    const { rows, rejected, rejects } = JSON.parse(stdout.toString())
    expect({ rows, rejected }).toEqual({ rows: 3, rejected: 4 })
    expect(
      rejects.map(({ line, column }: { line: number; column: number | null }) => [line, column]),
    ).toEqual([
      [3, 3],
      [5, null],
      [6, 4],
      [7, 4],
    ])
  })
})
