/** What is written: every format, sheet, column and language; standard output holds data and nothing else. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { outputInside, runInside } from '../support/inside.ts'
import {
  type Around,
  expectSameBytes,
  output,
  place,
  readParquet,
  runCust,
  scratch,
  startCust,
} from '../support/program.ts'

type Row = Readonly<Record<string, string>>

const tableOf = (bytes: Buffer | string, delimiter = ','): Row[] => {
  const { data, errors } = Papa.parse<Row>(bytes.toString(), {
    header: true,
    delimiter,
    skipEmptyLines: true,
  })
  expect(errors).toEqual([])
  return data
}

/** A folder with orders.csv in it. */
function shop(files: Readonly<Record<string, string>> = {}): string {
  const cwd = scratch(files)
  place(cwd, 'orders-small.csv', 'orders.csv')
  return cwd
}

const rfm = (flags: readonly string[] = [], around: Around = {}, run = outputInside) =>
  run(['rfm', 'orders.csv', ...flags], { cwd: shop(), ...around })

const rows = async (flags: readonly string[] = [], around: Around = {}, run = outputInside) =>
  tableOf(await rfm(flags, around, run))

const zip = (path: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(readFileSync(path))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  )

// Ids that numbers would spoil: 19 digits, leading zeros, a date, an exponent, a formula, a comma.
const ids = ['1234567890123456789', '000042', '2024-01', '1e5', '=1+1', 'Zoë, "Z"', '𠮷野家']
const odd = Papa.unparse(
  ids.map((id, i) => ({ 'Customer ID': id, 'Order Date': `2024-01-0${i + 1}`, Amount: `${i + 1}.10` })),
)

describe('ids survive', () => {
  const written = async (name: string, flags: readonly string[] = []) => {
    const cwd = scratch({ 'orders.csv': odd })
    await outputInside(['rfm', 'orders.csv', '-o', name, ...flags], { cwd })
    return join(cwd, name)
  }
  const sorted = (found: readonly unknown[]) => [...found].map(String).sort()
  const wanted = sorted(ids)

  test('csv and tsv', async () => {
    const [csv, tsv] = await Promise.all([written('out.csv'), written('out.tsv')])
    expect(sorted(tableOf(readFileSync(csv)).map((row) => row['customer_id']))).toEqual(wanted)
    expect(sorted(tableOf(readFileSync(tsv), '\t').map((row) => row['customer_id']))).toEqual(wanted)
  })

  test('json and ndjson, as text', async () => {
    const [json, ndjson] = await Promise.all([written('out.json'), written('out.ndjson')])
    const one = JSON.parse(readFileSync(json, 'utf8')) as { customer_id: unknown; net_amount: unknown }[]
    const lines = readFileSync(ndjson, 'utf8').trimEnd().split('\n')
    const other = lines.map((line) => JSON.parse(line) as (typeof one)[number])
    for (const found of [one, other]) {
      expect(found.every(({ customer_id: id }) => typeof id === 'string')).toBe(true)
      expect(found.every(({ net_amount: amount }) => typeof amount === 'number')).toBe(true)
      expect(sorted(found.map(({ customer_id: id }) => id))).toEqual(wanted)
    }
  })

  test('parquet, with types', async () => {
    const found = await readParquet(await written('out.parquet'))
    expect(sorted(found.map((row) => row['customer_id']))).toEqual(wanted)
    const zeros = found.find((row) => row['customer_id'] === '000042')
    expect(zeros).toMatchObject({ last_order_date: '2024-01-02', net_amount: '2.1' })
  })

  test('xlsx, as text in a workbook of one sheet each', async () => {
    const parts = zip(await written('out.xlsx'))
    const names = [...(parts['xl/workbook.xml'] ?? '').matchAll(/<sheet [^>]*name="([^"]+)"/g)].map(
      ([, name]) => name,
    )
    expect(names).toEqual(['customers', 'segments', 'heatmap', 'cuts'])
    const everything = Object.values(parts).join('')
    for (const id of ['1234567890123456789', '000042', '2024-01', '1e5', '=1+1', '𠮷野家']) {
      expect(everything).toContain(`>${id}</t>`)
      expect(everything).not.toContain(`<v>${id}</v>`)
    }
    expect(everything).not.toContain('<f>')
  })

  test('table, markdown and html', async () => {
    const paths = ['out.md', 'out.html', 'out.txt']
    const found = await Promise.all(
      paths.map(async (name) => {
        const flags = name === 'out.txt' ? ['-f', 'table'] : []
        return readFileSync(await written(name, flags), 'utf8')
      }),
    )
    for (const text of found) for (const id of ids.slice(0, 4)) expect(text).toContain(id)
    expect(found[1]).toMatch(/^<!doctype html>/i)
  })

  test('--excel-safe keeps a spreadsheet from reading numbers and formulas into them', async () => {
    const text = readFileSync(await written('out.csv', ['--excel-safe', '--bom']), 'utf8')
    expect(text.startsWith('\ufeffcustomer_id,')).toBe(true)
    expect(text).not.toMatch(/^"?=1\+1/m)
    expect(text).not.toMatch(/^(1234567890123456789|000042|2024-01|1e5),/m)
    for (const id of ids.slice(0, 4)) expect(text).toContain(`"=""${id}"""`)
  })
})

describe('what is picked', () => {
  test.each([
    ['customers', 'customer_id'],
    ['segments', 'segment'],
    ['heatmap', 'r'],
    ['cuts', 'axis'],
  ])('--sheet %s', async (sheet, first) => {
    const found = await rows(['--sheet', sheet])
    expect(found.length).toBeGreaterThan(4)
    expect(Object.keys(found[0] ?? {})[0]).toBe(first)
  })

  test('--sheet all is one object by sheet', async () => {
    const all = JSON.parse((await rfm(['--sheet', 'all', '-f', 'json'])).toString()) as Record<
      string,
      unknown[]
    >
    expect(Object.keys(all)).toEqual(['customers', 'segments', 'heatmap', 'cuts'])
    expect(all['customers']).toHaveLength((await rows()).length)
  })

  test('--columns, --sort and --limit', async () => {
    const flags = ['--columns', 'net_amount,customer_id', '--sort', '-net_amount,customer_id', '--limit', '5']
    const [found, all] = await Promise.all([rows(flags), rows()])
    const amount = (row: Row) => Number(row['net_amount'])
    const best = [...all].sort((a, b) => amount(b) - amount(a)).slice(0, 5)
    expect(found).toEqual(best.map(({ net_amount, customer_id }) => ({ net_amount, customer_id })))
  })

  test('--limit 0 is the header', async () => {
    expect((await rfm(['--limit', '0', '--columns', 'r,f'])).toString()).toBe('r,f\n')
  })

  test('a document shows 20 rows, or as many as asked for; data all of them', async () => {
    const lines = (text: Buffer) => text.toString().match(/^\| 0\d{5} \|/gm)?.length
    const [some, few, all, data] = await Promise.all([
      rfm(['-f', 'markdown']),
      rfm(['-f', 'markdown', '--limit', '3']),
      rfm(['-f', 'markdown', '--limit', 'all']),
      rows(),
    ])
    const whole = data.filter((row) => /^0\d{5}$/.test(row['customer_id'] ?? '')).length
    expect([lines(some), lines(few), lines(all)]).toEqual([20, 3, whole])
  })
})

describe('language and colour', () => {
  test('--lang zh changes what people read and not what programs read', async () => {
    const [table, markdown, csv, plain] = await Promise.all([
      rfm(['-f', 'table', '--lang', 'zh']),
      rfm(['-f', 'markdown', '--lang', 'zh']),
      rfm(['--lang', 'zh']),
      rfm(),
    ])
    for (const text of [table, markdown].map(String)) {
      expect(text).toContain('客户分层汇总')
      expect(text).not.toMatch(/Champions|Customers|Recency/)
    }
    expectSameBytes(csv, plain)
  })

  const colour = async (flags: readonly string[], env: Record<string, string> = {}, run = outputInside) =>
    (await rfm(['-f', 'table', '--heatmap', ...flags], { env }, run)).includes('\x1b[')

  test('none in a pipe, unless asked for', async () => {
    const found = await Promise.all([
      colour([], {}, output),
      colour(['--color', 'always']),
      colour(['--color', 'always'], { NO_COLOR: '1' }),
      colour(['--color', 'never'], { FORCE_COLOR: '3' }),
      colour([], { FORCE_COLOR: '1' }, output),
      colour([], { FORCE_COLOR: '1', NO_COLOR: '1' }),
    ])
    expect(found).toEqual([false, true, true, false, true, false])
  })

  test('data has none, even when asked for', async () => {
    expect(String(await rfm(['--color', 'always']))).not.toContain('\x1b')
  })
})

describe('what is told on stderr', () => {
  const told = async (flags: readonly string[], run = runInside) => {
    const { code, stderr, stdout } = await run(['rfm', 'orders.csv', ...flags], { cwd: shop() })
    return { code, stdout, lines: stderr.trimEnd().split('\n') }
  }

  test('what was understood, what is counted, then warnings', async () => {
    const { lines } = await told([], runCust)
    expect(lines[0]).toMatch(
      /^orders\.csv: CSV, UTF-8, \d+ rows; customer = Customer ID, order = Order ID, date = /,
    )
    expect(lines[1]).toMatch(
      /^as of 2024-12-29 \(more than a week ago\): \d+ customers from \d+ rows; left out \d+: .*11 cancelled/,
    )
    for (const line of lines.slice(2)) expect(line).toMatch(/^warning: /)
  })

  test('-q leaves the warnings only; -v adds lines; neither changes the answer', async () => {
    const [usual, quiet, verbose] = await Promise.all([told([]), told(['-q']), told(['-v'])])
    expect(quiet.lines).toEqual(usual.lines.slice(2))
    expect(verbose.lines).toEqual(expect.arrayContaining(usual.lines))
    expectSameBytes(quiet.stdout, usual.stdout)
    expectSameBytes(verbose.stdout, usual.stdout)
  })

  test('a header of two lines is told in one, and blanks around it are not', async () => {
    const cwd = scratch({ 'x.csv': 'customer , date,"Amount\n(USD)"\na,2024-01-01,5\n' })
    const { stderr } = await runInside(['rfm', 'x.csv'], { cwd })
    const [first, second] = stderr.split('\n')
    expect(first).toBe(
      'x.csv: CSV, UTF-8, 1 row; customer = customer, date = date (year-month-day), amount = Amount␊(USD)',
    )
    expect(second).toBe('as of 2024-01-02 (more than a week ago): 1 customer from 1 row; nothing left out')
  })

  test('--strict turns a warning into 4, and the answer is written', async () => {
    const cwd = shop()
    const [{ code, stderr }, usual] = await Promise.all([
      runCust(['rfm', 'orders.csv', '--strict', '-o', 'out.csv'], { cwd }),
      rfm(),
    ])
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^cust: 1 warning under --strict$/m)])
    expectSameBytes(readFileSync(join(cwd, 'out.csv')), usual)
  })

  test('--strict without a warning is 0', async () => {
    const { code, lines } = await told(['--strict', '--scheme', 'cn8', '--bins', '1'])
    expect([code, lines.length]).toEqual([0, 3])
    expect(lines[2]).toMatch(/^R high: days <= the mean \([\d.]+\); F high: orders >= .*; M high: money >= /)
  })

  test('--explain prints SQL, gives no answer and writes no file', async () => {
    const cwd = shop()
    const sql = String(await outputInside(['rfm', 'orders.csv', '--explain', '-o', 'out.csv'], { cwd }))
    expect(sql).toMatch(/^create [\s\S]+;\n\nselect [\s\S]+;\n\n-- /)
    expect(sql).not.toContain('customer_id,')
    expect(existsSync(join(cwd, 'out.csv'))).toBe(false)
    expect(String(await outputInside(['rfm', 'orders.csv', '--explain'], { cwd }))).toBe(sql)
  })
})

describe('settings', () => {
  const bins = async (around: Around, flags: readonly string[] = [], run = outputInside) => {
    const found = await rows(['--sheet', 'cuts', '--scheme', 'cn8', ...flags], around, run)
    return found.filter((row) => row['axis'] === 'R' && row['score'] !== '').length
  }

  test('flag before environment before project file before user file', async () => {
    const project = { 'cust.config.json': '{ "format": "csv", "rfm": { "bins": 4 } }' }
    const home = scratch()
    const folder = join(home, 'cust')
    mkdirSync(folder)
    writeFileSync(join(folder, 'config.json'), '{ "bins": 6 }')
    const env = { XDG_CONFIG_HOME: home }
    const found = await Promise.all([
      bins({ cwd: shop(project), env: { ...env, CUST_BINS: '3' } }, ['--bins', '2']),
      bins({ cwd: shop(project), env: { ...env, CUST_BINS: '3' } }, [], output),
      bins({ cwd: shop(project), env }, [], output),
      bins({ env }, [], output),
      bins({ cwd: shop(project), env: { ...env, CUST_BINS: '3' } }, ['--no-config']),
    ])
    // cn8 adds a row for its split of high and low.
    const extra = (found[4] as number) - 5
    expect(found.map((count) => count - extra)).toEqual([2, 3, 4, 6, 5])
  })

  test('an environment variable that makes no sense is named', async () => {
    const { code, stderr } = await runInside(['rfm', 'orders.csv'], { cwd: shop(), env: { CUST_BINS: 'x' } })
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^cust: CUST_BINS: "x" is not a whole number/)])
  })
})

describe('runs that build on runs', () => {
  test('what is saved is there, whole, though the reader of the answer goes away', async () => {
    const cwd = shop()
    await outputInside(['rfm', 'orders.csv', '--save-cuts', 'whole.json'], { cwd })
    const { child, done } = startCust(['rfm', 'orders.csv', '--save-cuts', 'cuts.json'], { cwd })
    child.stdout?.destroy()
    expect((await done).code).toBe(141)
    const [whole, cuts] = ['whole.json', 'cuts.json'].map((name) => readFileSync(join(cwd, name)))
    expectSameBytes(cuts as Buffer, whole as Buffer)
    expect(readdirSync(cwd).filter((name) => name.includes('cust-tmp'))).toEqual([])
  })

  test('saved cuts score the same, and another month by the same scale', async () => {
    const cwd = shop()
    const first = await outputInside(['rfm', 'orders.csv', '--save-cuts', 'cuts.json'], { cwd })
    expect(JSON.parse(readFileSync(join(cwd, 'cuts.json'), 'utf8'))).toMatchObject({ cust: 'rfm cuts' })
    expectSameBytes(await outputInside(['rfm', 'orders.csv', '--use-cuts', 'cuts.json'], { cwd }), first)
    const flags = ['--as-of', '2024-06-30', '--use-cuts', 'cuts.json']
    const earlier = tableOf(await outputInside(['rfm', 'orders.csv', ...flags], { cwd }))
    const rule = (found: Row[]) =>
      new Map(found.filter((row) => row['r']).map((row) => [row['recency_days'], row['r']]))
    const [now, then] = [rule(tableOf(first)), rule(earlier)]
    const shared = [...then].filter(([days]) => now.has(days))
    expect(shared.length).toBeGreaterThan(3)
    for (const [days, score] of shared) expect(score).toBe(now.get(days))
  })

  test.each(['csv', 'tsv', 'json', 'ndjson', 'parquet'])(
    '--previous reads an earlier answer in %s',
    async (format) => {
      const cwd = shop()
      await outputInside(['rfm', 'orders.csv', '--as-of', '2024-06-30', '-o', `last.${format}`], { cwd })
      const found = tableOf(
        await outputInside(['rfm', 'orders.csv', '--previous', `last.${format}`], { cwd }),
      )
      const earlier = await rows(['--as-of', '2024-06-30', '--columns', 'customer_id,segment'])
      const before = new Map(earlier.map((row) => [row['customer_id'], row['segment']]))
      expect(before.size).toBeGreaterThan(40)
      for (const row of found) expect(row['segment_prev']).toBe(before.get(row['customer_id']) ?? '')
      const moves = new Set(found.map((row) => row['move']))
      expect([...moves].sort()).toEqual(['down', 'new', 'same', 'up'])
    },
  )

  test('--compare-as-of is --previous of that day', async () => {
    const cwd = shop()
    await outputInside(['rfm', 'orders.csv', '--as-of', '2024-06-30', '-o', 'last.csv'], { cwd })
    const [day, file] = await Promise.all([
      outputInside(['rfm', 'orders.csv', '--compare-as-of', '2024-06-30'], { cwd }),
      outputInside(['rfm', 'orders.csv', '--previous', 'last.csv'], { cwd }),
    ])
    expectSameBytes(day, file)
  })

  test('the answer may replace the one it is compared with', async () => {
    const cwd = shop()
    await outputInside(['rfm', 'orders.csv', '--as-of', '2024-06-30', '-o', 'last.csv'], { cwd })
    await outputInside(['rfm', 'orders.csv', '--previous', 'last.csv', '-o', 'last.csv'], { cwd })
    expect(tableOf(readFileSync(join(cwd, 'last.csv')))[0]).toHaveProperty('move')
    expect(readdirSync(cwd).sort()).toEqual(['last.csv', 'orders.csv'])
  })
})

describe('where it goes', () => {
  test.each([
    ['out.csv', /^customer_id,/],
    ['out.tsv', /^customer_id\t/],
    ['out.json', /^\[/],
    ['out.ndjson', /^\{"customer_id":/],
    ['out.jsonl', /^\{"customer_id":/],
    ['out.md', /^# /],
    ['out.html', /^<!doctype html>/i],
    ['OUT.CSV', /^customer_id,/],
  ])('%s says its format by its ending', async (name, start) => {
    const cwd = shop()
    expect((await outputInside(['rfm', 'orders.csv', '-o', name], { cwd })).length).toBe(0)
    expect(readFileSync(join(cwd, name), 'utf8')).toMatch(start)
    expect(readdirSync(cwd).sort()).toEqual([name, 'orders.csv'].sort())
  })

  test('--format is stronger than the ending, and - is standard output', async () => {
    const cwd = shop()
    await outputInside(['rfm', 'orders.csv', '-o', 'out.csv', '-f', 'json'], { cwd })
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toMatch(/^\[/)
    expect(String(await rfm(['-o', '-']))).toMatch(/^customer_id,/)
  })
})

describe('a file in two parts', () => {
  test.each(['clv', 'churn', 'rfm'])('%s answers as over the whole', async (command) => {
    const cwd = shop()
    const [head = '', ...lines] = readFileSync(join(cwd, 'orders.csv'), 'utf8').trimEnd().split('\n')
    for (const [name, is] of [
      ['one.csv', 0],
      ['two.csv', 1],
    ] as const) {
      const part = lines.filter((_, i) => Math.floor(i / 7) % 2 === is)
      writeFileSync(join(cwd, name), `${[head, ...part].join('\n')}\n`)
    }
    const whole = await outputInside([command, 'orders.csv'], { cwd })
    expectSameBytes(await outputInside([command, 'two.csv', 'one.csv'], { cwd }), whole)
  })
})

describe('documents show charts', () => {
  test('in the terminal and in html, and a run without a holdout goes without them', async () => {
    const run = (flags: readonly string[]) => outputInside(['clv', 'orders.csv', ...flags], { cwd: shop() })
    const text = (await run(['-f', 'table', '--limit', '3'])).toString()
    expect(text).toContain('Repeat purchases, cumulative')
    expect(text).toContain('. equal')
    const html = (await run(['-f', 'html'])).toString()
    expect(html.match(/<svg /g)).toHaveLength(3)
    const plain = (await run(['-f', 'table', '--limit', '3', '--holdout', 'off'])).toString()
    expect(plain).toContain('Repeat purchases by week')
    expect(plain).not.toContain('. equal')
    expect(plain).toContain('Customers')
  })
})

describe('columns beyond the roles', () => {
  test('are found by their headers, in every way of reading, and a missing one is refused', async () => {
    const text = Papa.unparse(
      Array.from({ length: 400 }, (_, i) => ({
        customer: `c${i % 80}`,
        date: `2024-${String(1 + ((7 * i) % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
        amount: (10 + (i % 9)).toFixed(2),
        Kanal: i % 80 < 45 ? 'web' : 'Laden, Mitte',
      })),
    )
    const cwd = scratch({ 'orders.csv': text, 'odd.csv': `${text}\n\n"total",,,\n` })
    const flags = ['--covariates', 'kanal', '--model', 'pareto', '--holdout', 'off', '--sheet', 'parameters']
    const plain = (await outputInside(['clv', 'orders.csv', ...flags], { cwd })).toString()
    expect(plain).toContain('"purchase: kanal=Laden, Mitte"')
    expect((await outputInside(['clv', 'odd.csv', ...flags], { cwd })).toString()).toBe(plain)
    const { code, stderr } = await runInside(['clv', 'orders.csv', '--covariates', 'gender'], { cwd })
    expect(code).toBe(3)
    expect(stderr.toString()).toContain('orders.csv: no column "gender"\n  the file has: customer (#1)')
  })
})
