/** `--review` draws pairs for somebody to look at, `--labels` takes the answers: here those of the truth. */
import { describe, expect, test } from 'vitest'
import { type Listing, people } from '../../../fixtures/people.ts'
import { deduped, judged, type Ran, type Sheet } from '../../support/dedupe.ts'
import { shuffled, withRows } from '../../support/listings.ts'

const listing = people({ rows: 800, seed: 21, duplicates: 0.2 })
const first = deduped(listing, { review: 'review.csv' })

const reviewOf = (ran: Ran): Sheet => ran.saved('review') as Sheet

/** By id the customer that it is. */
const customersOf = ({ truth, cells, header }: Listing): Map<string, number> =>
  new Map(
    Array.from(truth, (customer, row) => [cells(row)[header.indexOf('customer_id')] as string, customer]),
  )

/** A review as a file, its pairs answered; `undefined` leaves one open. */
function labelsFrom(
  review: Sheet,
  answer: (left: string, right: string, place: number) => string | undefined,
): string {
  const columns = ['id_left', 'id_right', 'stratum', 'stratum_pairs'].map((key) => review[key] ?? [])
  const lines = (columns[0] ?? []).map((left, i) => {
    const [, right, stratum, pairs] = columns.map((column) => column[i])
    return [left, right, stratum, pairs, answer(String(left), String(right), i) ?? ''].join(',')
  })
  return `${['id_left,id_right,stratum,stratum_pairs,same', ...lines].join('\n')}\n`
}

function answered(review: Sheet, list: Listing): string {
  const customers = customersOf(list)
  return labelsFrom(review, (left, right) => (customers.get(left) === customers.get(right) ? 'y' : 'n'))
}

const withLabels = (list: Listing, labels: string, more: object = {}) =>
  deduped(list, { labels: 'labels.csv', ...more }, { 'labels.csv': labels })

const clusterById = (ran: Ran): Map<unknown, unknown> => {
  const { customer_id = [], cluster_id = [] } = ran.sheet('rows')
  return new Map(customer_id.map((id, row) => [id, cluster_id[row]]))
}

describe('the review', () => {
  test('has pairs that are open, none twice, the open ones before the clear ones', async () => {
    const { id_left = [], id_right = [], same = [], p = [] } = reviewOf(await first)
    expect(id_left.length).toBe(100)
    expect(new Set(id_left.map((left, i) => [left, id_right[i]].sort().join(' '))).size).toBe(100)
    expect(same.every((answer) => answer === null || answer === '')).toBe(true)
    const open = (from: number) =>
      p.slice(from, from + 20).reduce<number>((sum, each) => sum + Number(each) * (1 - Number(each)), 0)
    expect(open(0)).toBeGreaterThan(open(80))
  })

  test('is the same in any order of the rows', async () => {
    const other = reviewOf(await deduped(withRows(listing, shuffled(800, 7)), { review: 'review.csv' }))
    const told = ({ id_left = [], id_right = [], stratum = [] }: Sheet) =>
      id_left.map((left, i) => [left, id_right[i], stratum[i]].join(' ')).sort()
    expect(told(other)).toEqual(told(reviewOf(await first)))
  })
})

describe('the labels', () => {
  const labels = first.then((ran) => answered(reviewOf(ran), listing))
  const second = labels.then((text) => withLabels(listing, text))

  test('hold: who is one customer is in one cluster, and who is not is not', async () => {
    const clusters = clusterById(await second)
    const lines = (await labels).trim().split('\n').slice(1)
    const kinds = { y: 0, n: 0 }
    for (const line of lines) {
      const [left, right, , , same] = line.split(',') as [string, string, string, string, 'y' | 'n']
      kinds[same]++
      expect(clusters.get(left) === clusters.get(right), line).toBe(same === 'y')
    }
    expect(kinds.y).toBeGreaterThan(15)
    expect(kinds.n).toBeGreaterThan(15)
  })

  test('make it no worse, and tell how right it is', async () => {
    const [before, after] = await Promise.all([first, second])
    const f1 = (ran: Ran) => judged(ran.sheet('rows')['cluster_id'] ?? [], listing.truth).f1
    expect(f1(after)).toBeGreaterThanOrEqual(f1(before))
    const { measure = [], share = [], low = [], high = [] } = after.sheet('labels')
    expect(measure.slice(0, 2)).toEqual(['precision', 'recall'])
    for (const i of [0, 1]) {
      expect(Number(low[i])).toBeLessThanOrEqual(Number(share[i]))
      expect(Number(share[i])).toBeLessThanOrEqual(Number(high[i]))
      expect(Number(share[i])).toBeGreaterThan(0.85)
    }
    // How often such an interval holds the truth: test/long/dedupe.test.ts.
    expect(after.notes.join('\n')).toMatch(/by the labels, precision of the links: \d+\.\d% \(\d/)
  })

  test('tell where to cut for a precision', async () => {
    const ran = await withLabels(listing, await labels, { threshold: { precision: 0.99 } })
    expect(ran.notes.join('\n')).toMatch(
      /threshold: -?\d+\.\d\d bits .* from which 99\.0% of the links are right/,
    )
    const { id_left = [], id_right = [] } = ran.sheet('pairs')
    const customers = customersOf(listing)
    const right = id_left.filter(
      (left, i) => customers.get(String(left)) === customers.get(String(id_right[i])),
    )
    expect(id_left.length).toBeGreaterThan(150)
    expect(right.length / id_left.length).toBeGreaterThanOrEqual(0.97)
  })

  test('too few of them tell no precision', async () => {
    const few = labelsFrom(reviewOf(await first), (_, __, place) => (place < 10 ? 'y' : undefined))
    await expect(withLabels(listing, few, { threshold: { precision: 0.99 } })).rejects.toThrow(
      /needs \d+ more answers "y" and 10 more answers "n"/,
    )
  })

  test.each([
    ['of an id that is not there', 'id_left,id_right,same\nC1000001,nobody,y\n', /labels\.csv:2: .*nobody/],
    ['that is no answer', 'id_left,id_right,same\nC1000001,C1000002,perhaps\n', /labels\.csv:2: .*perhaps/],
    ['without its column', 'id_left,id_right\nC1000001,C1000002\n', /same/],
  ])('an answer %s is an error with its line', async (_, text, message) => {
    await expect(withLabels(listing, text)).rejects.toThrow(message)
  })

  test('that contradict each other are an error, not a guess', async () => {
    const [a, b, c] = [0, 1, 2].map((row) => listing.cells(row)[0])
    const text = `id_left,id_right,same\n${a},${b},y\n${b},${c},y\n${a},${c},n\n`
    await expect(withLabels(listing, text)).rejects.toThrow(
      'labels.csv:4: this pair is "n", but line 2 and line 3 make it "y"',
    )
  })
})
