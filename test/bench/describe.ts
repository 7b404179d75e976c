/** A description of every column and of the purchases, against DuckDB's own SUMMARIZE, whose figures are rough. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { writeOrders } from '../../fixtures/bulk.ts'
import { summarizeQuery } from './bare.ts'
import { inTurn, type Measured, median } from './measured.ts'

const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]))

export async function describeEndToEnd(
  folder: string,
  cust: string,
  say: (line: string) => void,
  scales: readonly { readonly rows: number; readonly rounds: number }[] = [
    { rows: 1e6, rounds: 5 },
    { rows: 1e7, rounds: 3 },
  ],
): Promise<void> {
  say('describe end to end (CSV in, CSV out) against summarize of the same file, bare in DuckDB')
  for (const { rows, rounds } of scales) {
    const input = join(folder, `orders-${rows / 1e6}m.csv`)
    if (!existsSync(input)) writeOrders(input, rows)
    const args = [cust, 'describe', input, '-q', '-o', join(folder, 'described.csv')]
    const bare = ['--input-type=module', '-e', summarizeQuery(input, availableParallelism())]
    const [ours, theirs] = await inTurn([args, bare], rounds)
    const [own, least] = [of(ours, 'wall'), of(theirs, 'wall')]
    say(
      `  ${rows / 1e6}M rows: ${own.toFixed(2)} s / ${least.toFixed(2)} s = ${(own / least).toFixed(2)} (aim <= 3)`,
    )
    say(`    peak ${of(ours, 'peak').toFixed(0)} MB (aim <= 1200), bare ${of(theirs, 'peak').toFixed(0)} MB`)
  }
}
