import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { failure } from '../../src/cli/failure.ts'
import { CustError, exitCodes } from '../../src/core/errors.ts'
import { cust } from './worlds.ts'

/** The message and the hint of a usage error. */
async function complaint(args: readonly string[], changes = {}): Promise<string> {
  const error = await cust(args, changes).then(
    () => new Error('no error'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof CustError) || error.kind !== 'usage') throw error
  return `${error.message} | ${error.hint}`
}

test('a command without flags has all defaults', async () => {
  const { asked } = await cust(['rfm', 'a.csv', '-'])
  expect(asked).toMatchObject({
    command: 'rfm',
    paths: ['a.csv', '-'],
    options: {
      bins: 5,
      scheme: 'classic11',
      rCuts: undefined,
      keep: [],
      heatmap: false,
      map: undefined,
      saveCuts: undefined,
    },
    columns: {},
    reading: { encoding: undefined, delimiter: undefined, paidStatus: [], excludeStatus: [] },
    writing: { format: undefined, output: undefined, sheet: undefined, columns: [], limit: undefined },
    running: { quiet: false, strict: false, memory: undefined, threads: undefined, progress: true },
  })
  expect(asked.writing).toMatchObject({ sort: [], bom: false, excelSafe: false, lang: 'en', color: 'auto' })
  expect(await asked.load()).toBeTypeOf('function')
})

test('flags are parsed to what they mean, wherever they stand', async () => {
  const words = '-q --bins=4 a.csv --customer 会员号 --amount #3 --r-cuts 1,2.5 --keep a --keep b,c -f json'
  const more =
    '--sort -orders,customer_id --limit all --memory 500MB --delimiter tab --no-progress --map m.json'
  const { asked } = await cust(['rfm', ...words.split(' '), ...more.split(' '), '--heatmap'])
  expect(asked.paths).toEqual(['a.csv'])
  expect(asked.options).toMatchObject({ bins: 4, rCuts: [1, 2.5], keep: ['a', 'b', 'c'], heatmap: true })
  expect(asked.options['map']).toEqual({ path: 'm.json', text: '' })
  expect(asked.columns).toEqual({ customer: '会员号', amount: '#3' })
  expect(asked.reading.delimiter).toBe('\t')
  expect(asked.writing).toMatchObject({ format: 'json', limit: 'all' })
  expect(asked.writing.sort).toEqual([
    { column: 'orders', descending: true },
    { column: 'customer_id', descending: false },
  ])
  expect(asked.running).toMatchObject({ quiet: true, memory: 500_000_000, progress: false })
})

test('after -- everything is a file', async () => {
  expect((await cust(['rfm', '--', '--bins'])).asked.paths).toEqual(['--bins'])
})

test('the last of two values wins, and a switch can be taken back', async () => {
  const { asked } = await cust(['rfm', 'a.csv', '--bins', '3', '--bins', '4', '--strict', '--no-strict'])
  expect([asked.options['bins'], asked.running.strict]).toEqual([4, false])
})

test.each([
  ['rfm a.csv --bin 4', 'unknown flag --bin | did you mean --bins?'],
  ['rfm a.csv --date_order ymd', 'unknown flag --date_order | did you mean --date-order?'],
  ['rfm a.csv --xyzzyx', 'unknown flag --xyzzyx | see: cust rfm --help'],
  ['rfm a.csv --bins 0', '--bins: "0" is not a whole number from 1 to 10 | '],
  ['rfm a.csv --scheme=cn9', '--scheme: "cn9" is not one of classic11, cn8 | '],
  ['rfm a.csv --sheet custmers', '--sheet: "custmers" is not one of customers, segments, all | '],
  ['rfm a.csv --memory lots', '--memory: "lots" is not a size like 500MB or 2GB | '],
  ['rfm a.csv --delimiter ab', /^--delimiter: "ab" is not one character/],
  ['rfm a.csv --limit -1', /^--limit: "-1" is not a whole number/],
  ['rfm a.csv --output', '--output: a value is missing | see: cust rfm --help'],
  ['rfm a.csv --output --format csv', '--output: a value is missing | see: cust rfm --help'],
  ['rfm a.csv --strict=yes', '--strict takes no value | write --strict, or --no-strict to unset it'],
  ['rfm a.csv --support 1', /^unknown flag --support/],
  ['rmf a.csv', 'unknown command "rmf" | did you mean cust rfm?'],
  ['orders.csv', 'unknown command "orders.csv" | did you mean: cust rfm orders.csv'],
  ['frobnicate', 'unknown command "frobnicate" | see: cust --help'],
  ['--format csv', 'unknown flag --format | flags stand after the command: cust rfm orders.csv --format'],
  ['--halp', 'unknown flag --halp | did you mean --help?'],
  ['help exit-code', 'no help on "exit-code" | did you mean exit-codes?'],
  ['completion tcsh', /^no completion for "tcsh" \| use one of: cust completion bash/],
  ['__proto__', /^unknown command "__proto__"/],
  ['rfm a.csv --output=', '--output: the value is empty | '],
])('%s is a usage error that helps', async (line, expected) => {
  const said = await complaint(line.split(' '))
  if (typeof expected === 'string') expect(said).toBe(expected)
  else expect(said).toMatch(expected)
})

test('the columns that pin a file for one command are taken by every other', async () => {
  const { asked } = await cust(['rfm', 'a.csv', '--item', 'sku', '--customer', 'id'])
  expect(asked.columns).toEqual({ item: 'sku', customer: 'id' })
})

test('no file is an error with an example, and stdin must be named', async () => {
  expect(await complaint(['rfm'])).toBe('no file given | for example: cust rfm orders.csv')
  expect(await complaint(['rfm'], { stdin: new PassThrough() })).toContain('cust rfm -')
})

test('help: examples come before usage, flags stand in groups, lines fit', async () => {
  for (const words of [
    ['rfm', '--help'],
    ['rfm', 'a.csv', '-h'],
    ['help', 'rfm'],
  ]) {
    const { out } = await cust(words)
    const order = ['Score every customer', 'Examples:', 'Usage:', '--bins <n>', '--customer <column>']
    const all = [...order, 'Reading:', 'Writing:', 'Running:', '--no-config', 'Sheets', 'R is recency.']
    const places = all.map((part) => out.indexOf(part))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(out).toContain('scores per axis (default: 5)')
    expect(out).not.toContain('--item')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  }
})

test('bare cust, --help and help are the same page', async () => {
  const { out } = await cust([])
  expect(out.indexOf('Examples:')).toBeLessThan(out.indexOf('Usage:'))
  expect(out).toMatch(/rfm +Score every customer/)
  expect((await cust(['--help'])).out).toBe(out)
  expect((await cust(['help'])).out).toBe(out)
})

test('help knows the exit codes, the formats and the configuration', async () => {
  const { out } = await cust(['help', 'exit-codes'])
  for (const { code, meaning } of Object.values(exitCodes)) {
    expect(out).toMatch(new RegExp(`^ +${code} `, 'm'))
    expect(out.replace(/\s+/g, ' ')).toContain(meaning)
  }
  expect((await cust(['help', 'formats'])).out).toContain('parquet')
  expect((await cust(['help', 'config'])).out).toContain('cust.config.json')
})

test('--version', async () => {
  expect((await cust(['--version'])).out).toBe('1.2.3\n')
})

test('failures: text, hint and code of each kind', () => {
  const show = (error: unknown, stack = false) => failure(error, { stack })
  expect(show(new CustError('input', 'a.csv:3: bad', 'one\ntwo'))).toEqual({
    text: 'cust: a.csv:3: bad\n  one\n  two\n',
    code: 3,
  })
  expect(show(new CustError('closed', 'x'))).toEqual({ text: '', code: 141 })
  expect(show(new CustError('interrupted', 'x'))).toEqual({ text: '', code: 130 })
  expect(show(new TypeError('oops')).text).toMatch(/^cust: unexpected: oops\n {2}this is a defect/)
  expect(show(new TypeError('oops')).text).not.toContain('    at ')
  expect(show(new TypeError('oops'), true).text).toContain('    at ')
  expect(show(new RangeError('Invalid string length'))).toMatchObject({ code: 1 })
  expect(show(new RangeError('Invalid string length')).text).toContain('not enough memory')
  expect(show(new CustError('input', 'evil\x1b[2J\u009b.csv')).text).toBe('cust: evil\\u001b[2J\\u009b.csv\n')
})
