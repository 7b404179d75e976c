/** Who is one customer, at sizes that take minutes; how often the intervals of labels hold what is true. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withColumns } from '../../fixtures/people/listing.ts'
import { chinese, type Listing, people, writeCsv } from '../../fixtures/people.ts'
import { deduped, judgedOn, type Sheet } from '../support/dedupe.ts'
import { runCust, scratch } from '../support/program.ts'

const marked = (listing: Listing): Listing =>
  withColumns(listing, ['true_cluster'], (row) => [String(listing.truth[row])])

test.each<[string, () => Listing, number]>([
  ['100,000 people', () => people({ rows: 100_000, seed: 31 }), 0.98],
  ['20,000 Chinese', () => chinese({ rows: 20_000, seed: 32 }), 0.985],
])('%s', async (_, make, least) => {
  const { f1, precision, recall } = await judgedOn(make())
  process.stdout.write(
    `F1 ${f1.toFixed(4)}, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}\n`,
  )
  expect(f1).toBeGreaterThanOrEqual(least)
})

test('a million people of whom one row in ten repeats another, by the program', async () => {
  const cwd = scratch({})
  writeCsv(join(cwd, 'people.csv'), marked(people({ rows: 1_000_000, seed: 9 })))
  const args = ['people.csv', '--evaluate', 'true_cluster', '--sheet', 'evaluation', '-f', 'json', '-q']
  const { code, stdout, stderr } = await runCust(['dedupe', ...args], { cwd })
  expect(code, stderr).toBe(0)
  const found = JSON.parse(stdout.toString()) as { measure: string; value: number }[]
  const f1 = found.find(({ measure }) => measure === 'F1')?.value as number
  process.stdout.write(`F1 ${f1.toFixed(4)}\n`)
  expect(f1).toBeGreaterThanOrEqual(0.95)
})

describe('answers to a hundred pairs of a review', () => {
  const SEEDS = 24

  /** Links of a list, answered by the truth, and what the labels say of their precision. */
  async function judgedBy(seed: number): Promise<{ low: number; high: number; truth: number }> {
    const listing = people({ rows: 1200, seed: 100 + seed, duplicates: 0.2 })
    const id = listing.header.indexOf('customer_id')
    const customers = new Map(
      Array.from(listing.truth, (customer, row) => [listing.cells(row)[id] as string, customer]),
    )
    const isSame = (left: unknown, right: unknown) =>
      customers.get(String(left)) === customers.get(String(right))
    const review = (await deduped(listing, { review: 'review.csv' })).saved('review') as Sheet
    const { id_left = [], id_right = [], stratum = [], stratum_pairs = [] } = review
    const lines = id_left.map((left, i) =>
      [left, id_right[i], stratum[i], stratum_pairs[i], isSame(left, id_right[i]) ? 'y' : 'n'].join(','),
    )
    const labels = `${['id_left,id_right,stratum,stratum_pairs,same', ...lines].join('\n')}\n`
    const ran = await deduped(listing, { labels: 'labels.csv' }, { 'labels.csv': labels })
    const pairs = ran.sheet('pairs')
    const right = pairs['id_left']?.filter((left, i) => isSame(left, pairs['id_right']?.[i])) ?? []
    const { low, high } = ran.sheet('labels')
    const truth = right.length / (pairs['id_left']?.length as number)
    return { low: low?.[0] as number, high: high?.[0] as number, truth }
  }

  test(`of ${SEEDS} lists the interval of the precision holds the true one of 9 in 10 at least`, async () => {
    let holds = 0
    for (let seed = 0; seed < SEEDS; seed++) {
      const { low, high, truth } = await judgedBy(seed)
      if (low <= truth + 1e-9 && truth <= high + 1e-9) holds++
    }
    process.stdout.write(`${holds} of ${SEEDS}\n`)
    expect(holds).toBeGreaterThanOrEqual(Math.floor(0.9 * SEEDS))
  })
})
