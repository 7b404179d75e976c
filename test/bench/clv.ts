/** Fits of simulated customers, and the command from a file of orders to a file of values. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fitSpend, type Spend } from '../../src/models/clv/gammagamma.ts'
import { collapse, type Histories } from '../../src/models/clv/histories.ts'
import { fitModel, type ModelName } from '../../src/models/clv/model.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { gammaOf } from '../models/clv/draws.ts'
import { opportunities, repeats } from '../models/clv/simulated.ts'
import { inTurn, type Measured, measured, median } from './measured.ts'

const WEEKS = 104
const DAY = 86_400_000

/** Customers who first buy in the first year of two, as days of purchase. */
function* customers(count: number): Generator<readonly number[]> {
  const random = mulberry32(11)
  for (let i = 0; i < count; i++) {
    const begin = Math.floor(365 * random())
    const days = new Set([begin])
    for (const week of repeats('pareto', random, WEEKS - begin / 7)) days.add(begin + Math.floor(7 * week))
    yield [...days]
  }
}

function histories(count: number): Histories {
  const [x, tx, T, logGaps] = [0, 1, 2, 3].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  let row = 0
  for (const days of customers(count)) {
    const first = days[0] as number
    x[row] = days.length - 1
    tx[row] = ((days.at(-1) as number) - first) / 7
    T[row] = (7 * WEEKS - first) / 7
    logGaps[row] = days.slice(1).reduce((sum, day, i) => sum + Math.log((day - (days[i] as number)) / 7), 0)
    row++
  }
  return { x, tx, T, logGaps }
}

export function clvFits(say: (line: string) => void): void {
  say(
    'clv: fits of simulated Pareto/NBD customers, from histories to parameters (aim for a million: BG/NBD <= 500 ms, Pareto/NBD <= 2000 ms)',
  )
  for (const count of [2357, 100_000, 1_000_000]) {
    const { logGaps, ...times } = histories(count)
    const began = performance.now()
    const { patterns } = collapse(times)
    const joined = performance.now() - began
    say(`  ${count} customers: ${patterns.x.length} patterns, joined in ${joined.toFixed(0)} ms`)
    const regular = collapse({ ...times, logGaps }).patterns
    for (const model of ['bgnbd', 'mbgnbd', 'pareto', 'cnbd'] as const satisfies readonly ModelName[]) {
      timed(say, model, () => fitModel(model, model === 'cnbd' ? regular : patterns))
    }
    const donors = collapse(opportunities({ seed: 5, customers: count })).patterns
    timed(say, 'bgbb', () => fitModel('bgbb', donors))
    const spend = spendOfRepeats(times.x)
    timed(say, 'gamma-gamma', () => {
      const { value, iterations } = fitSpend(spend)
      return { logLikelihood: value, iterations }
    })
  }
}

interface Fit {
  readonly logLikelihood: number
  readonly iterations: number
}

function timed(say: (line: string) => void, model: string, work: () => Fit): void {
  const start = performance.now()
  const { iterations, logLikelihood } = work()
  const took = performance.now() - start
  say(
    `    ${model}: ${took.toFixed(0)} ms, ${iterations} iterations, log-likelihood ${logLikelihood.toFixed(2)}`,
  )
}

/** Mean spend of customers who bought again, as the Gamma-Gamma model has it. */
function spendOfRepeats(x: Float64Array): Spend {
  const random = mulberry32(3)
  const repeats = x.filter((each) => each > 0)
  return {
    x: repeats,
    m: repeats.map((each) => gammaOf(random, 6 * each, each * gammaOf(random, 4, 15) || 1)),
  }
}

/** Orders of so many customers as a CSV file. */
async function writeCohort(path: string, count: number): Promise<number> {
  const file = createWriteStream(path)
  file.write('customer_id,order_date,amount\n')
  let [rows, part] = [0, '']
  let customer = 0
  for (const days of customers(count)) {
    customer++
    for (const day of days) {
      const date = new Date(Date.UTC(2023, 0, 1) + day * DAY).toISOString().slice(0, 10)
      part += `C${String(customer).padStart(8, '0')},${date},${((rows * 7919) % 20000) / 100}\n`
      rows++
    }
    if (part.length > 1 << 20) {
      if (!file.write(part)) await once(file, 'drain')
      part = ''
    }
  }
  file.end(part)
  await finished(file)
  return rows
}

const bareSummary = (input: string, output: string) => `
import { DuckDBInstance } from '@duckdb/node-api'
const connection = await (await DuckDBInstance.create(':memory:', { threads: '${availableParallelism()}' })).connect()
await connection.run(\`copy (select customer_id, min(cast(order_date as date)) as first, max(cast(order_date as date)) as last,
  count(distinct order_date) as days, sum(cast(amount as decimal(18, 6))) as net
  from read_csv('${input}', auto_detect = false, header = true, columns = {'customer_id': 'VARCHAR', 'order_date': 'VARCHAR', 'amount': 'VARCHAR'})
  group by 1 order by 1) to '${output}' (header)\`)`

/** The command against the plainest summary of the same file. */
export async function clvEndToEnd(folder: string, cust: string, say: (line: string) => void): Promise<void> {
  const input = join(folder, 'cohort.csv')
  const rows = await writeCohort(input, 1_000_000)
  const args = [cust, 'clv', input, '-q', '-o', join(folder, 'clv.csv')]
  const bare = ['--input-type=module', '-e', bareSummary(input, join(folder, 'summary.csv'))]
  const cases = [
    ['--model mbgnbd --holdout off', [...args, '--model', 'mbgnbd', '--holdout', 'off']],
    ['auto: three models, a holdout', args],
  ] as const
  say(
    `clv of 1,000,000 customers, ${rows} rows, CSV in, CSV out, against the plainest summary bare in DuckDB`,
  )
  for (const [name, own] of cases) {
    const [ours, theirs] = await inTurn([own, bare], 2)
    const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]))
    const ratio = of(ours, 'wall') / of(theirs, 'wall')
    say(
      `  ${name}: ${of(ours, 'wall').toFixed(2)} s / ${of(theirs, 'wall').toFixed(2)} s = ${ratio.toFixed(2)}, peak ${of(ours, 'peak').toFixed(0)} MB`,
    )
  }
  await atScale(folder, cust, say)
}

/** Ten times as many customers, once: the run must end within 4 GB. */
async function atScale(folder: string, cust: string, say: (line: string) => void): Promise<void> {
  const input = join(folder, 'large.csv')
  const rows = await writeCohort(input, 10_000_000)
  const flags = ['-q', '--model', 'mbgnbd', '--holdout', 'off', '-o', join(folder, 'large-clv.csv')]
  const { wall, peak } = await measured([cust, 'clv', input, ...flags])
  say(
    `  10,000,000 customers, ${rows} rows, --model mbgnbd --holdout off: ${wall.toFixed(0)} s, peak ${peak.toFixed(0)} MB (within 4096)`,
  )
}
