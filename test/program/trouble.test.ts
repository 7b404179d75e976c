/** What goes wrong is told in one clear message with the right code, and leaves nothing behind. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeOrders } from '../../fixtures/bulk.ts'
import { mulberry32 } from '../../fixtures/random.ts'
import { runInside } from '../support/inside.ts'
import {
  type Around,
  cust,
  fixture,
  place,
  type Ran,
  runCust,
  scratch,
  start,
  startCust,
} from '../support/program.ts'

const OLD = 'what was there before\n'

/** One message that starts with `cust:`, no trace of the program's inside, nothing left, no answer. */
function expectMessage({ code, stdout, stderr, left }: Ran, wanted: number, message: RegExp): void {
  const told = stderr.split('\n').filter((line) => line.startsWith('cust: '))
  expect(told, stderr).toHaveLength(1)
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/^\s+at |unexpected:|node:internal/m)
  expect({ code, stdout: stdout.toString(), left }).toEqual({ code: wanted, stdout: '', left: [] })
}

/** A message is followed by what to do next. */
const ADVICE = /^cust: .*\n {2}\S/m

const unfinished = (folder: string) => readdirSync(folder).filter((name) => name.includes('cust-tmp'))

/** Run into `out.csv`, which must stay as it was. */
async function runOver(
  args: readonly string[],
  { cwd = scratch(), ...around }: Around = {},
  run = runInside,
): Promise<Ran> {
  if (!existsSync(join(cwd, 'orders.csv'))) place(cwd, 'orders-small.csv', 'orders.csv')
  writeFileSync(join(cwd, 'out.csv'), OLD)
  const ran = await run(['rfm', ...args, '-o', 'out.csv'], { cwd, ...around })
  expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toBe(OLD)
  expect(unfinished(cwd)).toEqual([])
  return ran
}

const random = mulberry32(11)
const noise = Buffer.from(Array.from({ length: 4000 }, () => Math.floor(random() * 256)))
const [header = '', ...rows] = readFileSync(fixture('orders-small.csv'), 'utf8').split('\n')

test.each([
  ['a word', 2, ['orders.csv', '--bin', '5'], ADVICE],
  ['an input', 3, ['nowhere.csv'], ADVICE],
  ['what is learnt late in the work', 3, ['orders.csv', '--as-of', '1990-01-01'], /^cust: /m],
] as const)('the built program ends as the one in this process: %s', async (_, code, args, message) => {
  const [built, here] = [await runOver(args, {}, runCust), await runOver(args)]
  expectMessage(built, code, message)
  // Each was in a folder of its own.
  const told = ({ stderr }: Ran) => stderr.replace(/in-\w+/g, '')
  expect(told(built)).toBe(told(here))
})

describe('an input that cannot be used is 3', () => {
  const without = (text: string) => text.replace('Amount', 'Remark').replace('Unit Price', 'Colour')
  test.each<[string, string | Buffer, RegExp]>([
    ['nothing in it', '', /x\.csv: the file is empty/],
    ['line ends only', '\n\n\n', /x\.csv/],
    ['a header and no rows', `${header}\n`, /x\.csv: has a header but no rows/],
    ['random bytes', noise, /x\.csv: is a binary file/],
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), noise]), /x\.csv: is a PNG/],
    ['a workbook', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), noise]), /cannot be read as an Excel/],
    ['a torn gzip', gzipSync(rows.join('\n')).subarray(0, 900), /x\.csv/],
    [
      'no amount',
      [without(header), ...rows.map((row) => row.replace(/[\d.]+,[\d.]+$/, 'a,b'))].join('\n'),
      /no column found for the amount\n {2}name it with --amount <column>/,
    ],
    [
      'two amounts',
      'customer,date,Amount (EUR),Amount (USD)\na,2024-01-01,5,6\n',
      /ambiguous: several columns may be the amount: Amount \(EUR\).*\n {2}name the right one with --amount/,
    ],
    ['no usable row', `${header}\n1,a,2024-01-01,Cancelled,x,1,5,5\n`, /no line of the input can be used/],
    ['only refunds', 'customer,date,amount\na,2024-01-01,-5\n', /none of 1 customers? has a positive net/],
  ])('%s', async (_, content, message) => {
    const cwd = scratch({ 'x.csv': content })
    expectMessage(await runOver(['x.csv'], { cwd }), 3, message)
  })

  test.each([
    ['a missing file', ['nowhere.csv'], /cust: nowhere\.csv: no such file\n {2}looked in /],
    ['a folder', ['.'], /cust: \.: is a folder\n {2}\S/],
    ['a pattern that matches nothing', ['no*.csv'], /cust: no\*\.csv: matches no file/],
    ['standard input without a byte', ['-'], /cust: standard input: .*empty\n {2}\S/],
    [
      'a column that is not there',
      ['orders.csv', '--customer', 'Buyer'],
      /no column "Buyer".*\n {2}the file has: Order ID/,
    ],
    [
      'an earlier answer that is missing',
      ['orders.csv', '--previous', 'last.csv'],
      /cust: last\.csv: no such file/,
    ],
    ['an earlier answer that is none', ['orders.csv', '--previous', 'orders.csv'], /orders\.csv: no column/],
    ['a day before all orders', ['orders.csv', '--as-of', '1990-01-01'], /after the as-of day/],
  ])('%s', async (_, args, message) => {
    expectMessage(await runOver(args), 3, message)
  })
})

describe('a wrong word on the command line is 2', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown flag', ['orders.csv', '--bin', '5'], /unknown flag --bin\n {2}did you mean --bins\?/],
    [
      'a file that looks like a flag',
      ['-x.csv'],
      /unknown flag -x\.csv\n {2}if it is a file, write \.\/-x\.csv/,
    ],
    ['no file', [], /no file given\n {2}for example: cust rfm orders\.csv/],
    ['an empty file name', [''], /a file name is empty\n {2}\S/],
    ['standard input twice', ['-', '-'], /standard input \(-\) is given twice\n {2}\S/],
    [
      'a flag without its value',
      ['orders.csv', '--bins'],
      /--bins: a value is missing\n {2}see: cust rfm --help/,
    ],
    ['no bins', ['orders.csv', '--bins', '0'], /--bins: "0" is not a whole number from 1 to 10/],
    [
      'rows below none',
      ['orders.csv', '--limit', '-1'],
      /--limit: "-1" is not a whole number of at least 0, or all/,
    ],
    [
      'a day that no calendar has',
      ['orders.csv', '--as-of', '2024-02-30'],
      /--as-of: "2024-02-30" is not a date; write it as/,
    ],
    [
      'weights of nothing',
      ['orders.csv', '--weights', '0,0,0'],
      /--weights takes three numbers.*\n {2}such as/,
    ],
    [
      'a sheet that does not exist',
      ['orders.csv', '--sheet', 'sum'],
      /--sheet: "sum" is not one of customers, segments/,
    ],
    [
      'a sheet that this run lacks',
      ['orders.csv', '--sheet', 'transitions'],
      /--sheet transitions: this run has none\n {2}give --previous/,
    ],
    [
      'a column that does not exist',
      ['orders.csv', '--columns', 'x'],
      /--columns: there is no column x\n {2}the sheet has: customer_id/,
    ],
    [
      'all sheets in a format of one',
      ['orders.csv', '--sheet', 'all'],
      /--sheet all: csv holds one sheet\n {2}use/,
    ],
    ['memory without a unit', ['orders.csv', '--memory', '5'], /--memory: "5" is not a size like 500MB/],
    [
      'no folder for temporary files',
      ['orders.csv', '--temp-dir', 'no'],
      /cannot make a temporary folder in .*no: there is no such folder\n {2}name another/,
    ],
    [
      'cuts that are missing',
      ['orders.csv', '--use-cuts', 'no.json'],
      /cannot read no\.json: there is no such file\n {2}looked in/,
    ],
    ['cuts that are a folder', ['orders.csv', '--use-cuts', '.'], /cannot read \.: it is a folder/],
    [
      'a map that is missing',
      ['orders.csv', '--scheme', 'no.json'],
      /cannot read no\.json: there is no such file/,
    ],
    [
      'a scheme that does not exist',
      ['orders.csv', '--scheme', 'x'],
      /--scheme: "x" is not one of classic11/,
    ],
    [
      'a place for the cuts that does not exist',
      ['orders.csv', '--save-cuts', 'no/x.json'],
      /cannot write no\/x\.json: the folder no does not exist\n {2}create it/,
    ],
    [
      'the cuts in the place of the answer',
      ['orders.csv', '--save-cuts', './out.csv'],
      /cannot write \.\/out\.csv: .*\n {2}write to another file/,
    ],
  ])('%s', async (_, args, message) => {
    expectMessage(await runOver(args), 2, message)
  })

  test.each([
    ['{', /broken\.json is not JSON/],
    ['{}', /broken\.json cannot be used/],
    ['[]', /broken\.json/],
  ])('cuts and maps that hold %s', async (content, message) => {
    const run = (flag: string) =>
      runOver(['orders.csv', flag, 'broken.json'], { cwd: scratch({ 'broken.json': content }) })
    const [cuts, map] = await Promise.all([run('--use-cuts'), run('--scheme')])
    expectMessage(cuts, 2, message)
    expectMessage(map, 2, message)
  })

  test.each([
    ['{ "bnis": 4 }', /cust\.config\.json: "bnis" is not a flag\n {2}did you mean "bins"\?/],
    ['{ "bins": 4,', /cust\.config\.json:1:13: this is not JSON/],
    ['{ "bins": "many" }', /cust\.config\.json: "bins": "many" is not a whole number/],
  ])('a configuration of %s', async (content, message) => {
    expectMessage(
      await runOver(['orders.csv'], { cwd: scratch({ 'cust.config.json': content }) }),
      2,
      message,
    )
  })

  test.each([
    ['rmf', /unknown command "rmf"\n {2}did you mean cust rfm\?/],
    ['frobnicate', /unknown command "frobnicate"\n {2}see: cust --help/],
    ['orders.csv', /unknown command "orders\.csv"\n {2}did you mean: cust rfm orders\.csv/],
    ['--output', /unknown flag --output\n {2}flags stand after the command/],
  ])('the command %s', async (word, message) => {
    expectMessage(await runInside([word]), 2, message)
  })
})

describe('an output that cannot be written is 2, told before the work', () => {
  test.each([
    [
      'a missing folder',
      'no/such/out.csv',
      /cannot write no\/such\/out\.csv: the folder no\/such does not exist\n {2}create it/,
    ],
    ['a folder', 'sub', /cannot write sub: it is a folder\n {2}name a file in it/],
    ['a folder with an ending', 'sub.csv', /cannot write sub\.csv: it is a folder\n {2}\S/],
    [
      'a file as a folder',
      'orders.csv/out.csv',
      /cannot write orders\.csv\/out\.csv: orders\.csv is not a folder/,
    ],
    [
      'an ending that names no format',
      'out.docs',
      /--output out\.docs: the ending names no format\n {2}add --format/,
    ],
    [
      'the input itself',
      './orders.csv',
      /cannot write \.\/orders\.csv: orders\.csv is read by this run\n {2}\S/,
    ],
  ])('%s', async (_, path, message) => {
    const cwd = scratch()
    place(cwd, 'orders-small.csv', 'orders.csv')
    for (const folder of ['sub', 'sub.csv']) mkdirSync(join(cwd, folder))
    const before = readFileSync(join(cwd, 'orders.csv'))
    expectMessage(await runInside(['rfm', 'orders.csv', '-o', path], { cwd }), 2, message)
    expect(readdirSync(cwd).sort()).toEqual(['orders.csv', 'sub', 'sub.csv'])
    expect(readFileSync(join(cwd, 'orders.csv')).equals(before)).toBe(true)
  })
})

test('two outputs do not share standard output', async () => {
  const cwd = scratch()
  place(cwd, 'orders-small.csv', 'orders.csv')
  const message = /cannot write \S+: this run writes something else to it\n {2}write to another file/
  for (const flags of [
    ['--rejects', '-'],
    ['-o', '-', '--rejects', '/dev/stdout'],
    ['-o', 'out.csv', '--rejects', '-', '--save-cuts', '-'],
  ]) {
    const ran = await runInside(['rfm', 'orders.csv', ...flags], { cwd })
    expectMessage(ran, 2, message)
    expect(ran.stdout.toString()).toBe('')
  }
  const apart = await runInside(['rfm', 'orders.csv', '-o', 'out.csv', '--save-cuts', '-'], { cwd })
  expect(apart.code).toBe(0)
  expect(JSON.parse(apart.stdout.toString())).toBeTypeOf('object')
  expect(readdirSync(cwd).sort()).toEqual(['orders.csv', 'out.csv'])
})

// A disk of a few kilobytes ------------------------------------------------------------------------------

function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'cust-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
}

const disk = smallDisk()
afterAll(() => {
  if (disk === undefined) return
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true })
})

describe.skipIf(disk === undefined)('a full disk is 1 (needs root and mount)', () => {
  const folder = disk ?? ''

  test.each(['csv', 'xlsx', 'parquet', 'html'])('under --output, as %s', async (format) => {
    const out = join(folder, 'out')
    writeFileSync(out, OLD)
    writeFileSync(join(folder, 'other'), Buffer.alloc(48_000))
    const args = ['rfm', fixture('orders.csv'), '-f', format, '--limit', 'all', '-o', out]
    expectMessage(await runCust(args), 1, /no space left on the device.*\n {2}\S/)
    expect(readdirSync(folder).sort()).toEqual(['other', 'out'])
    expect(readFileSync(out, 'utf8')).toBe(OLD)
  })

  test('under --temp-dir, where standard input is kept', async () => {
    const input = readFileSync(fixture('orders.csv'))
    const ran = await runCust(['rfm', '-', '--temp-dir', folder], { input })
    expectMessage(ran, 1, ADVICE)
    expect(ran.stderr).toMatch(/no space left/i)
    expect(readdirSync(folder).filter((name) => name.startsWith('cust-'))).toEqual([])
  })

  test('behind standard output', async () => {
    const script = '"$0" "$1" rfm "$2" > "$3"'
    const words = [
      'bash',
      '-c',
      script,
      process.execPath,
      cust,
      fixture('orders.csv'),
      join(folder, 'answer'),
    ]
    const { code, stderr } = await start(words).done
    expect(code).toBe(1)
    expect(stderr).toMatch(/^cust: cannot write standard output: no space left on the device\n {2}\S/m)
  })
})

// Signals and pipes --------------------------------------------------------------------------------------

describe('in the middle of a big input', () => {
  const folder = scratch()
  beforeAll(() => writeOrders(join(folder, 'big.csv'), 2_000_000))

  async function until(happened: () => boolean): Promise<void> {
    for (let i = 0; i < 2000 && !happened(); i++) await sleep(5)
    expect(happened()).toBe(true)
  }

  test.each([
    ['Ctrl-C', 'SIGINT', 130, 'csv'],
    ['an end by the system', 'SIGTERM', 143, 'parquet'],
    ['a closed terminal', 'SIGHUP', 129, 'xlsx'],
  ] as const)('%s is quiet and leaves the old file', async (_, signal, code, format) => {
    const out = join(folder, `${signal}.${format}`)
    writeFileSync(out, OLD)
    const args = ['rfm', 'big.csv', '-o', out]
    const { child, temp, done } = startCust(args, { cwd: folder })
    await until(() => readdirSync(temp).length > 0)
    await sleep(300)
    expect(readdirSync(temp).length).toBeGreaterThan(0)
    child.kill(signal)
    const ran = await done
    // On a fast machine the answer may be known already, and said; the file is still not written.
    expect(ran.stderr).not.toMatch(/^cust:|^\s+at /m)
    expect({ code: ran.code, stdout: ran.stdout.toString(), left: ran.left }).toEqual({
      code,
      stdout: '',
      left: [],
    })
    expect(readFileSync(out, 'utf8')).toBe(OLD)
    expect(unfinished(folder)).toEqual([])
  })

  test('Ctrl-C while standard input is still coming', async () => {
    // The sleeper has no part in what is told: nobody waits for its end.
    const script = '(cat "$2"; exec sleep 5 2> /dev/null) | exec "$0" "$1" rfm - -o "$3"'
    const out = join(folder, 'piped.csv')
    const words = ['bash', '-c', script, process.execPath, cust, fixture('orders-small.csv'), out]
    const { child, temp, done } = start(words, { cwd: folder })
    await until(() => readdirSync(temp).length > 0)
    await sleep(200)
    // The terminal sends Ctrl-C to every process of the pipeline; here only cust is meant.
    const [pid = ''] = execFileSync('pgrep', ['-P', String(child.pid), 'node'])
      .toString()
      .split('\n')
    process.kill(Number(pid), 'SIGINT')
    await until(() => readdirSync(temp).length === 0)
    child.kill()
    await done
    expect(existsSync(out)).toBe(false)
    expect(unfinished(folder)).toEqual([])
  })

  test('a reader that has seen enough is 141, and nobody complains', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: bash reads it
    const script = '"$0" "$1" rfm "$2" -q | head -1; echo ${PIPESTATUS[0]}'
    // Enough for an answer of a megabyte, which no pipe holds.
    writeOrders(join(folder, 'less.csv'), 300_000)
    const ran = await start(['bash', '-c', script, process.execPath, cust, 'less.csv'], { cwd: folder }).done
    expect(ran.stdout.toString()).toMatch(/^customer_id,[\w,]+\n141\n$/)
    expect({ stderr: ran.stderr, left: ran.left }).toEqual({ stderr: '', left: [] })
  })
})

test('a closed standard output harms nothing', async () => {
  const script = '"$0" "$1" rfm "$2" >&-'
  const ran = await start(['bash', '-c', script, process.execPath, cust, fixture('orders-small.csv')]).done
  expect(ran.stderr).not.toMatch(/^cust: |^\s+at /m)
  expect({ left: ran.left, code: ran.code }).toEqual({ left: [], code: 0 })
})
