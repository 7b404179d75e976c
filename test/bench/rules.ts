/** Baskets to rules: whole runs against bare DuckDB, reading and mining alone, and another miner on the groceries. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { FPGrowth } from 'node-fpgrowth'
import { drawnBaskets, writeBaskets } from '../../fixtures/baskets.ts'
import { type Baskets, gather } from '../../src/models/itemsets/baskets.ts'
import { mine } from '../../src/models/itemsets/mine.ts'
import { groceries } from '../models/itemsets/groceries.ts'
import { noSharedData } from '../support/shared.ts'
import { pairsQuery, scanQuery } from './bare.ts'
import { inTurn, type Measured, measured, median } from './measured.ts'

type Say = (line: string) => void

const of = (runs: readonly Measured[], key: keyof Measured) => median(runs.map((run) => run[key]))

interface Scale {
  readonly baskets: number
  readonly items: number
  readonly supports: readonly string[]
  readonly rounds: number
  /** MB. */
  readonly most: number
}

const scales: readonly Scale[] = [
  { baskets: 1e6, items: 10_000, supports: ['0.1%', '0.02%'], rounds: 5, most: 400 },
  { baskets: 1e7, items: 20_000, supports: ['0.1%'], rounds: 1, most: 2500 },
]

export async function rulesEndToEnd(folder: string, cust: string, say: Say): Promise<void> {
  say(
    'rules end to end (CSV in, CSV out), against DuckDB alone that reads the file and groups by its two columns',
  )
  for (const { baskets, items, supports, rounds, most } of scales) {
    const input = join(folder, `baskets-${baskets / 1e6}m.csv`)
    writeBaskets(input, { baskets, items })
    const output = join(folder, 'rules.csv')
    const asModule = (text: string) => ['--input-type=module', '-e', text]
    const bare = asModule(pairsQuery(input, availableParallelism()))
    const scan = asModule(scanQuery(input, availableParallelism()))
    for (const support of supports) {
      const args = [
        cust,
        'rules',
        input,
        '-q',
        '-o',
        output,
        '--min-support',
        support,
        '--min-confidence',
        '30%',
      ]
      const [ours, grouped, scanned] = await inTurn([args, bare, scan], rounds)
      const [own, theirs, least] = [of(ours, 'wall'), of(grouped, 'wall'), of(scanned, 'wall')]
      say(`  ${baskets / 1e6}M baskets at ${support}: ${own.toFixed(2)} s`)
      say(`    / scan and group ${theirs.toFixed(2)} s = ${(own / theirs).toFixed(2)} (aim <= 2.5)`)
      say(`    / lists of items by basket ${least.toFixed(2)} s = ${(own / least).toFixed(2)}`)
      say(
        `    peak ${of(ours, 'peak').toFixed(0)} MB (aim <= ${most}), bare ${of(grouped, 'peak').toFixed(0)} MB`,
      )
    }
    // A support that no pair has leaves the reading alone.
    const reading = [
      cust,
      'rules',
      input,
      '-q',
      '-o',
      output,
      '--min-support',
      String(Math.round(baskets / 50)),
    ]
    say(`    reading alone ${(await measured(reading)).wall.toFixed(2)} s`)
  }
}

export async function mining(say: Say): Promise<void> {
  say('mining alone')
  const baskets = simulated(1e6, 10_000)
  for (const minCount of [1000, 200]) {
    const took = timed(() => mine(baskets, 10_000, { minCount }).size, 5)
    say(`  1M baskets, in ${minCount}: ${took.median.toFixed(0)} ms, ${took.answer} itemsets`)
  }
  if (noSharedData) return say('  groceries: needs ../shared/data beside the project')
  const all = groceries()
  for (const minCount of [99, 10]) {
    const own = timed(() => mine(all.baskets, all.names.length, { minCount }).size, 15)
    say(`  groceries, in ${minCount}: ${own.median.toFixed(1)} ms, ${own.answer} itemsets`)
    const other = await otherMiner(all.baskets, minCount)
    say(
      `    / node-fpgrowth ${other.took.toFixed(0)} ms = 1 / ${(other.took / own.median).toFixed(0)}, ${other.itemsets} itemsets`,
    )
  }
}

function timed(work: () => number, rounds: number): { median: number; answer: number } {
  let answer = 0
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now()
    answer = work()
    return performance.now() - begin
  })
  return { median: median(times), answer }
}

function simulated(count: number, items: number): Baskets {
  const [basket, item]: [number[], number[]] = [[], []]
  let number = 0
  for (const each of drawnBaskets({ baskets: count, items })) {
    for (const held of each) {
      basket.push(number)
      item.push(held)
    }
    number++
  }
  return gather({ basket: Int32Array.from(basket), item: Int32Array.from(item) }, count, items).baskets
}

/** Itemsets of another miner, from baskets of names. */
async function otherMiner({ start, item }: Baskets, minCount: number) {
  const baskets = Array.from({ length: start.length - 1 }, (_, basket) =>
    Array.from(item.subarray(start[basket], start[basket + 1]), String),
  )
  const times: number[] = []
  let itemsets = 0
  for (let round = 0; round < 3; round++) {
    const begin = performance.now()
    itemsets = (await new FPGrowth<string>(minCount / baskets.length).exec(baskets)).length
    times.push(performance.now() - begin)
  }
  return { took: median(times), itemsets }
}
