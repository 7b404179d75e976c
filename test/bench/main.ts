/**
 * `npm run bench`: whole processes, ratios against something named, measured in the same run.
 * The machine's speed drifts, so commands are run in turn and medians are quoted.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeOrders, writeTwin } from '../../fixtures/bulk.ts'
import { encodeGb18030 } from '../../fixtures/gb18030.ts'
import { countQuery, sameQuery, shortestQuery } from './bare.ts'
import { cleanEndToEnd } from './clean.ts'
import { clustering } from './cluster.ts'
import { clvEndToEnd, clvFits } from './clv.ts'
import { dedupeEndToEnd } from './dedupe.ts'
import { describeEndToEnd } from './describe.ts'
import { inTurn, type Measured, machine, measured, median } from './measured.ts'
import { mining, rulesEndToEnd } from './rules.ts'
import { validateEndToEnd } from './validate.ts'

const cust = fileURLToPath(new URL('../../bin/cust.js', import.meta.url))
const small = fileURLToPath(new URL('../../fixtures/orders-small.csv', import.meta.url))
const say = (line: string) => process.stdout.write(`${line}\n`)
const figure = (value: number, digits = 2) => value.toFixed(digits)
const medianOf = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]))

async function startUp(): Promise<void> {
  say('start-up: CPU time against bare `node -e 0`, median of 15')
  const cases = [
    ['cust --help', [cust, '--help'], 1.5],
    ['cust rfm orders-small.csv', [cust, 'rfm', small, '-q'], 4.5],
  ] as const
  for (const [name, args, aim] of cases) {
    const [ours, bare] = await inTurn([args, ['-e', '0']], 15)
    const [own, base] = [medianOf(ours, 'cpu'), medianOf(bare, 'cpu')]
    say(
      `  ${name}: ${figure(own * 1000, 0)} ms / ${figure(base * 1000, 0)} ms = ${figure(own / base)} (aim <= ${aim})`,
    )
  }
}

interface Scale {
  readonly rows: number
  readonly rounds: number
}

async function atScale(folder: string, { rows, rounds }: Scale, hasOrder: boolean): Promise<number> {
  const millions = rows / 1e6
  const input = join(folder, `orders-${millions}m.csv`)
  const [bareFile, threads] = [join(folder, 'bare.csv'), availableParallelism()]
  const args = [
    cust,
    'rfm',
    input,
    '-q',
    '-o',
    join(folder, 'rfm.csv'),
    ...(hasOrder ? [] : ['--order', 'none']),
  ]
  const asModule = (text: string) => ['--input-type=module', '-e', text]
  const same = asModule(sameQuery(args, bareFile, threads))
  const shortest = asModule(shortestQuery(input, bareFile, threads, hasOrder))
  const [ours, theirs, least] = await inTurn([args, same, shortest], rounds)
  const own = medianOf(ours, 'wall')
  const against = (runs: readonly Measured[]) =>
    `${figure(medianOf(runs, 'wall'))} s = ${figure(own / medianOf(runs, 'wall'))}`
  say(`  ${millions}M rows${hasOrder ? ', with order ids' : ''}: ${figure(own)} s`)
  say(`    / the same query bare ${against(theirs)} (aim <= 1.5)`)
  say(`    / the shortest query by hand, which trusts every cell ${against(least)}`)
  say(
    `    peak ${figure(medianOf(ours, 'peak'), 0)} MB (aim <= 1200); bare ${figure(medianOf(theirs, 'peak'), 0)} MB`,
  )
  return own
}

async function littleMemory(folder: string): Promise<void> {
  const input = join(folder, 'orders-10m.csv')
  for (const [name, more] of [
    ['', ['--order', 'none']],
    [', with order ids', []],
  ] as const) {
    const args = [cust, 'rfm', input, '-q', '-o', join(folder, 'rfm.csv'), '--memory', '500MB', ...more]
    const { wall, peak } = await measured(args)
    say(`  10M rows${name}, --memory 500MB: peak ${figure(peak, 0)} MB (aim <= 500), ${figure(wall)} s`)
  }
}

async function firstLook(folder: string): Promise<void> {
  const input = join(folder, 'orders-10m.csv')
  const bare = ['--input-type=module', '-e', countQuery(input, availableParallelism())]
  const [ours, theirs] = await inTurn([[cust, 'inspect', input, '-q', '-f', 'json'], bare], 5)
  const [own, least] = [medianOf(ours, 'wall'), medianOf(theirs, 'wall')]
  say('inspect of 10M rows against count(*) with explicit columns, bare in DuckDB')
  say(
    `  ${figure(own)} s / ${figure(least)} s = ${figure(own / least)} (aim <= 2), peak ${figure(medianOf(ours, 'peak'), 0)} MB`,
  )
}

/** The same 10M rows, with Chinese headers and products, in GB18030 and in UTF-8. */
async function twins(folder: string): Promise<void> {
  say('10M rows in GB18030 against the same in UTF-8')
  const [gb, utf8] = [join(folder, 'gb18030.csv'), join(folder, 'utf8.csv')]
  const input = join(folder, 'orders-10m.csv')
  writeTwin(input, utf8, (text) => Buffer.from(text))
  writeTwin(input, gb, encodeGb18030)
  const commands = [
    ['inspect', ['-f', 'json']],
    ['rfm', ['-o', join(folder, 'rfm.csv'), '--order', 'none']],
  ] as const
  for (const [command, more] of commands) {
    const [ours, theirs] = await inTurn(
      [
        [cust, command, gb, '-q', ...more],
        [cust, command, utf8, '-q', ...more],
      ],
      5,
    )
    const [own, twin] = [medianOf(ours, 'wall'), medianOf(theirs, 'wall')]
    say(
      `  ${command}: ${figure(own)} s / ${figure(twin)} s = ${figure(own / twin)} (aim <= 1.5), peak ${figure(medianOf(ours, 'peak'), 0)} MB`,
    )
  }
}

async function scale(folder: string): Promise<void> {
  say('rfm end to end (CSV in, CSV out) against the same summary query run bare in DuckDB (CSV in, CSV out)')
  const scales: readonly Scale[] = [
    { rows: 1e6, rounds: 5 },
    { rows: 1e7, rounds: 5 },
  ]
  for (const { rows } of scales) writeOrders(join(folder, `orders-${rows / 1e6}m.csv`), rows)
  for (const hasOrder of [false, true]) {
    const [one, ten] = [
      await atScale(folder, scales[0] as Scale, hasOrder),
      await atScale(folder, scales[1] as Scale, hasOrder),
    ]
    say(`  growth from 1M to 10M rows: x ${figure(ten / one, 1)}`)
  }
  await littleMemory(folder)
}

say(machine())
await startUp()
const folder = mkdtempSync(join(tmpdir(), 'cust-bench-'))
try {
  await scale(folder)
  await firstLook(folder)
  await twins(folder)
  await describeEndToEnd(folder, cust, say)
  await validateEndToEnd(folder, cust, say)
  await cleanEndToEnd(folder, cust, say)
  await dedupeEndToEnd(folder, cust, say)
  clvFits(say)
  await clvEndToEnd(folder, cust, say)
  await rulesEndToEnd(folder, cust, say)
  await mining(say)
  await clustering(folder, say)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
