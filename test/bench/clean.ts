/** Rows mended, against the same rows read and written bare: by DuckDB, every cell a text, and by papaparse. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { copyQuery, parseAndWrite } from './bare.ts'
import { inTurn, type Measured, median } from './measured.ts'
import { writeCustomers } from './validate.ts'

const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]))

export async function cleanEndToEnd(
  folder: string,
  cust: string,
  say: (line: string) => void,
  { rows, rounds } = { rows: 1e6, rounds: 3 },
): Promise<void> {
  say(
    'clean end to end (CSV in, CSV out; every telephone number changes) against the same rows read and written',
  )
  const input = join(folder, `customers-${rows / 1e6}m.csv`)
  if (!existsSync(input)) writeCustomers(input, rows)
  const [output, audit] = [join(folder, 'clean.csv'), join(folder, 'changes.csv')]
  const args = [cust, 'clean', input, '-q', '-o', output]
  const asModule = (text: string) => ['--input-type=module', '-e', text]
  const [ours, told, engine, parser] = await inTurn(
    [
      args,
      [...args, '--audit', audit],
      asModule(copyQuery(input, output, availableParallelism())),
      asModule(parseAndWrite(input, output)),
    ],
    rounds,
  )
  const [inEngine, inNode] = [of(engine, 'wall'), of(parser, 'wall')]
  say(`  ${rows / 1e6}M rows bare: papaparse ${inNode.toFixed(2)} s, DuckDB ${inEngine.toFixed(2)} s`)
  for (const [name, runs] of [
    ['clean', ours],
    ['clean with its audit', told],
  ] as const) {
    const own = of(runs, 'wall')
    const ratios = `${(own / inNode).toFixed(2)} x papaparse (aim <= 3), ${(own / inEngine).toFixed(2)} x DuckDB`
    say(`  ${name}: ${own.toFixed(2)} s = ${ratios}, peak ${of(runs, 'peak').toFixed(0)} MB`)
  }
}
