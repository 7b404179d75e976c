/** Who is one customer at scale, and whether the intervals of `--labels` hold what they promise. */
import { describe, expect, test } from 'vitest'
import { writeCsv } from '../../fixtures/people/listing.ts'
import { chinese, type Listing, people } from '../../fixtures/people.ts'
import { deduped, type Ran, type Sheet } from '../support/dedupe.ts'
import { output, scratch } from '../support/program.ts'

/** By the program, as a user runs it: figures of its evaluation by their names. */
async function evaluated(listing: Listing): Promise<Map<string, number>> {
  const cwd = scratch()
  writeCsv(`${cwd}/customers.csv`, listing)
  const words = ['dedupe', 'customers.csv', '--evaluate', 'true_cluster', '--sheet', 'evaluation']
  const csv = await output([...words, '--format', 'csv', '--quiet'], { cwd })
  const lines = csv.toString().trim().split(/\r?\n/).slice(1)
  return new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(',')),
      Number(line.slice(line.lastIndexOf(',') + 1)),
    ]),
  )
}

describe('F1 with nothing set', () => {
  test.each<[string, () => Listing, number]>([
    ['100,000 people', () => people({ rows: 100_000, seed: 21, truth: true }), 0.98],
    ['20,000 Chinese customers', () => chinese({ rows: 20_000, seed: 22, truth: true }), 0.985],
    ['1,000,000 people', () => people({ rows: 1_000_000, seed: 23, truth: true }), 0.95],
  ])('%s', async (_, listing, least) => {
    expect((await evaluated(listing())).get('F1')).toBeGreaterThanOrEqual(least)
  })
})

// By the labels --------------------------------------------------------------------------------------------------

const RUNS = 40
const PAIRS = 200
const EVERY = 100_000
/** Of 40 intervals of 95 % 38 hold what they should, 34 or more in 99 of 100 such tests, by the binomial. */
const FEWEST = 34

interface Pair {
  readonly key: string
  readonly bits: number
  readonly same: boolean
  readonly line: string
}

/** Pairs of a review as somebody fills them in who knows the truth. */
function filled(review: Sheet, customerOf: ReadonlyMap<string, number>): Pair[] {
  const { id_left = [], id_right = [], bits = [], stratum = [], stratum_pairs = [] } = review
  return id_left.flatMap((left, i) => {
    const [one, other] = [String(left), String(id_right[i])]
    const same = customerOf.get(one) === customerOf.get(other)
    const line = [one, other, same ? 'y' : 'n', stratum[i], stratum_pairs[i]].join(',')
    const isDrawn = String(stratum[i]).startsWith('bits')
    return isDrawn ? [{ key: [one, other].sort().join(' '), bits: Number(bits[i]), same, line }] : []
  })
}

/** What the labels say of a list, and what is true of the pairs that they were drawn from. */
async function judgedBy(seed: number) {
  const listing = people({ rows: 1500, seed, duplicates: 0.25, families: 0.6, sharedPhones: 0.8 })
  const customers = Array.from(
    listing.truth,
    (person, row) => [listing.cells(row)[0] as string, person] as const,
  )
  const reviewed = (ran: Ran) => filled(ran.saved('review') as Sheet, new Map(customers))
  const answered = reviewed(await deduped(listing, { review: 'r.csv', reviewPairs: PAIRS }))
  const drawnFrom = reviewed(await deduped(listing, { review: 'r.csv', reviewPairs: EVERY }))
  const labels = ['id_left,id_right,same,stratum,stratum_pairs', ...answered.map(({ line }) => line)]
  const told = await deduped(
    listing,
    { labels: 'labels.csv', review: 'r.csv', reviewPairs: EVERY },
    { 'labels.csv': `${labels.join('\n')}\n` },
  )
  const known = new Set(drawnFrom.map(({ key }) => key))
  const linked = reviewed(told).filter(({ key, bits }) => bits > 0 && known.has(key))
  const right = linked.filter(({ same }) => same).length
  const { measure = [], low = [], high = [] } = told.sheet('labels')
  const holds = (what: string, truth: number): boolean => {
    const at = measure.indexOf(what)
    return Number(low[at]) <= truth + 1e-9 && truth <= Number(high[at]) + 1e-9
  }
  return {
    precision: holds('precision', right / linked.length),
    recall: holds('recall', right / drawnFrom.filter(({ same }) => same).length),
  }
}

test(`${PAIRS} answers on each of ${RUNS} lists: intervals hold the truth as often as they say`, async () => {
  const held = { precision: 0, recall: 0 }
  for (let seed = 101; seed <= 100 + RUNS; seed++) {
    const { precision, recall } = await judgedBy(seed)
    held.precision += Number(precision)
    held.recall += Number(recall)
  }
  process.stdout.write(`of ${RUNS}: precision ${held.precision}, recall ${held.recall}\n`)
  expect(Math.min(held.precision, held.recall)).toBeGreaterThanOrEqual(FEWEST)
})
