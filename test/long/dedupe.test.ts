/** Who is one customer at scale, and whether the intervals of `--labels` hold what they promise. */
import { describe, expect, test } from 'vitest'
import { writeCsv } from '../../fixtures/people/listing.ts'
import { chinese, csvText, type Listing, people } from '../../fixtures/people.ts'
import { deduped } from '../support/dedupe.ts'
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
/** Of 40 intervals of 95 % so few hold what they should once in ten thousand times, by the binomial. */
const FEWEST = 32

type Texts = readonly (string | null)[]

/** The review as somebody fills it in who knows the truth. */
function filled(review: Readonly<Record<string, readonly unknown[]>>, truthOf: Map<string, number>): string {
  const keys = ['id_left', 'id_right', 'stratum', 'stratum_pairs'] as const
  const [left, right, stratum, pairs] = keys.map((key) => review[key] as readonly unknown[])
  const rows = (left as Texts).map((id, i) => {
    const other = (right as Texts)[i] as string
    const same = truthOf.get(id as string) === truthOf.get(other) ? 'y' : 'n'
    return [id, other, same, stratum?.[i], pairs?.[i]].join(',')
  })
  return `id_left,id_right,same,stratum,stratum_pairs\n${rows.join('\n')}\n`
}

/** Links of records, not of rows: the pairs whose share that is right the precision tells. */
function linksRight(
  pairs: Readonly<Record<string, readonly unknown[]>>,
  truthOf: Map<string, number>,
): number {
  const linked = (pairs['id_left'] as string[]).flatMap((id, i) =>
    (pairs['bits']?.[i] as number) > 0 ? [[id, pairs['id_right']?.[i] as string] as const] : [],
  )
  const right = linked.filter(([one, other]) => truthOf.get(one) === truthOf.get(other))
  return right.length / linked.length
}

test(`precision by ${PAIRS} answers: its interval holds the truth in the nominal share of ${RUNS} lists`, async () => {
  let holds = 0
  for (let seed = 1; seed <= RUNS; seed++) {
    const listing = people({
      rows: 1500,
      seed: 100 + seed,
      duplicates: 0.25,
      families: 0.6,
      sharedPhones: 0.8,
    })
    const truthOf = new Map(
      Array.from(listing.truth, (person, row) => [listing.cells(row)[0] as string, person] as const),
    )
    const text = csvText(listing)
    const drawn = await deduped(text, { review: 'review.csv', reviewPairs: PAIRS })
    const review = drawn.saved('review') as Readonly<Record<string, readonly unknown[]>>
    const told = await deduped(text, { labels: 'review.csv' }, { 'review.csv': filled(review, truthOf) })
    const { low = [], high = [], measure = [] } = told.sheet('labels')
    const at = measure.indexOf('precision')
    const truth = linksRight(told.sheet('pairs'), truthOf)
    if ((low[at] as number) <= truth + 1e-9 && truth <= (high[at] as number) + 1e-9) holds++
  }
  expect(holds).toBeGreaterThanOrEqual(FEWEST)
})
