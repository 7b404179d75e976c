/**
 * Duplicates among a million and five million customers, end to end, against DuckDB alone that only compares a
 * million pairs with its own functions; and how the time is spent.
 */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { people, writeCsv } from '../../fixtures/people.ts'
import { columnOf } from '../../src/commands/dedupe/columns.ts'
import { fieldsOf } from '../../src/commands/dedupe/fields.ts'
import { match } from '../../src/commands/dedupe/match.ts'
import { roleOf } from '../../src/commands/dedupe/roles.ts'
import { compareQuery } from './bare.ts'
import { inTurn, type Measured, measured, median } from './measured.ts'

const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]))
const SEED = 9

export async function dedupeEndToEnd(
  folder: string,
  cust: string,
  say: (line: string) => void,
  rounds = 3,
): Promise<void> {
  say('dedupe end to end (CSV in, CSV out)')
  const [one, five] = [join(folder, 'people-1m.csv'), join(folder, 'people-5m.csv')]
  writeCsv(one, people({ rows: 1e6, seed: SEED }))
  const args = (input: string) => [cust, 'dedupe', input, '-q', '-o', join(folder, 'marked.csv')]
  const compared = (await stages(say)) / 1e6
  const bare = ['--input-type=module', '-e', compareQuery(one, availableParallelism())]
  const [ours, theirs] = await inTurn([args(one), bare], rounds)
  const [own, least] = [of(ours, 'wall'), of(theirs, 'wall')]
  say(`  1M rows: ${own.toFixed(1)} s (aim <= 60), peak ${of(ours, 'peak').toFixed(0)} MB (aim <= 2500)`)
  say(
    `    / DuckDB alone comparing 1M pairs, of which cust compares ${compared.toFixed(1)}M: ${least.toFixed(1)} s = ${(own / least).toFixed(2)}`,
  )
  writeCsv(five, people({ rows: 5e6, seed: SEED }))
  const { wall, peak } = await measured(args(five))
  say(`  5M rows: ${wall.toFixed(0)} s, peak ${peak.toFixed(0)} MB (aim <= 8000)`)
}

/** Where the time of a million rows goes; answers how many pairs were compared. */
async function stages(say: (line: string) => void, rows = 1e6): Promise<number> {
  const listing = people({ rows, seed: SEED })
  const codes = listing.header.map(() => new Int32Array(rows))
  const words = listing.header.map((): string[] => [])
  const known = listing.header.map(() => new Map<string, number>())
  for (let row = 0; row < rows; row++) {
    listing.cells(row).forEach((cell, i) => {
      const own = known[i] as Map<string, number>
      const code = cell === '' ? -1 : (own.get(cell) ?? own.size)
      if (code === own.size) {
        own.set(cell, code)
        words[i]?.push(cell)
      }
      ;(codes[i] as Int32Array)[row] = code
    })
  }
  const columns = listing.header.map((header, i) =>
    columnOf(header, codes[i] as Int32Array, words[i] as string[]),
  )
  const started = performance.now()
  const fields = []
  for (const column of columns) {
    const role = roleOf(column)
    if (role !== 'row id' && role !== 'skip') fields.push(...(await fieldsOf(column, role)))
  }
  const prepared = performance.now() - started
  const found = await match(rows, fields, { perRecord: 8, threshold: 0, now: () => performance.now() })
  const all = { 'read the cells': prepared, ...found.stages }
  const total = Object.values(all).reduce((sum, each) => sum + each, 0)
  const told = Object.entries(all).map(([stage, time]) => `${stage} ${((100 * time) / total).toFixed(0)} %`)
  say(`  of ${(total / 1000).toFixed(1)} s in the models: ${told.join(', ')}`)
  return found.proposed.left.length
}
