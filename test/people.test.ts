import { expect, test } from 'vitest'
import { csvText, people } from '../fixtures/people.ts'

/** Rows of each true cluster that stands there more than once, as cells by column. */
function groupsOf(listing: ReturnType<typeof people>): Record<string, string>[][] {
  const groups = new Map<number, Record<string, string>[]>()
  listing.truth.forEach((cluster, row) => {
    const cells = listing.cells(row)
    const record = Object.fromEntries(listing.header.map((name, i) => [name, cells[i] as string]))
    groups.set(cluster, [...(groups.get(cluster) ?? []), record])
  })
  return [...groups.values()].filter(({ length }) => length > 1)
}

const shareOf = <T>(list: readonly T[], is: (each: T) => boolean): number =>
  list.filter(is).length / list.length

const listing = people({ rows: 40_000, seed: 3, duplicates: 0.2 })
const groups = groupsOf(listing)
const pairs = groups.filter(({ length }) => length === 2) as [
  Record<string, string>,
  Record<string, string>,
][]

test('a fifth of the rows are further records, in groups of up to five', () => {
  expect(groups.reduce((sum, { length }) => sum + length - 1, 0)).toBe(8000)
  expect(Math.max(...groups.map(({ length }) => length))).toBeLessThanOrEqual(5)
  expect(new Set(listing.truth).size).toBe(32_000)
})

test('with a tenth there are as many pairs as in the sets of the reference', () => {
  const { truth } = people({ rows: 100_000 })
  const counts = new Map<number, number>()
  for (const cluster of truth) counts.set(cluster, (counts.get(cluster) ?? 0) + 1)
  const found = [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
  expect(Math.abs(found - 10_919)).toBeLessThan(120)
})

/** The order of the two records of a pair is chance, so a rate is that of either direction. */
test.each<[string, number, (a: Record<string, string>, b: Record<string, string>) => boolean]>([
  // 1 - 0.2 - 0.1 - 0.05 - 0.1 of the 0.85 that have one.
  ['the same e-mail', 0.55 * 0.85, (a, b) => a['email'] !== '' && a['email'] === b['email']],
  [
    'an e-mail in capitals',
    0.1 * 0.85,
    (a, b) => a['email'] !== b['email'] && a['email']?.toLowerCase() === b['email']?.toLowerCase(),
  ],
  [
    'a telephone written from abroad',
    0.3 * 0.9,
    (a, b) => [a, b].filter(({ phone }) => phone?.startsWith('+')).length === 1,
  ],
  ['another surname or a slip in it, or names swapped', 1 - 0.81 * 0.98, (a, b) => a['last'] !== b['last']],
  ['an initial', 0.05, (a, b) => [a, b].some(({ first, last }) => first?.length === 1 || last?.length === 1)],
  ['another postcode, having moved', 0.25, (a, b) => a['postcode'] !== b['postcode']],
  ['the same date of birth', 0.75 * 0.8, (a, b) => a['dob'] !== '' && a['dob'] === b['dob']],
  ['no date of birth in one of two', 0.75 * 0.15, (a, b) => (a['dob'] === '') !== (b['dob'] === '')],
])('%s: %f of the pairs', (_, rate, is) => {
  const slack = 4 * Math.sqrt((rate * (1 - rate)) / pairs.length) + 0.006
  expect(Math.abs(shareOf(pairs, ([a, b]) => is(a, b)) - rate)).toBeLessThan(slack)
})

test('namesakes abound, and no e-mail or telephone of strangers is the same', () => {
  const first = new Map<number, readonly string[]>()
  listing.truth.forEach((cluster, row) => {
    if (!first.has(cluster)) first.set(cluster, listing.cells(row))
  })
  const records = [...first.values()]
  const count = (key: (cells: readonly string[]) => string): number => {
    const keys = records.map(key).filter((each) => each !== '')
    return 1 - new Set(keys).size / keys.length
  }
  expect(count((cells) => `${cells[1]} ${cells[2]}`)).toBeGreaterThan(0.15)
  expect(count((cells) => cells[3] as string)).toBeLessThan(0.001)
  // Families share their telephone: of 30 % of the people, a third of the families.
  expect(count((cells) => cells[4] as string)).toBeGreaterThan(0.02)
})

test('the order of the rows and the ids do not tell who belongs together', () => {
  const places = new Map<number, number[]>()
  listing.truth.forEach((cluster, row) => {
    places.set(cluster, [...(places.get(cluster) ?? []), row])
  })
  const gaps = [...places.values()]
    .filter(({ length }) => length === 2)
    .map(([a, b]) => (b as number) - (a as number))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  // Two random places out of n lie n / 3 apart.
  expect(mean / 40_000).toBeCloseTo(1 / 3, 1)
})

test('the same seed gives the same list, another seed another one', () => {
  const text = csvText(people({ rows: 500, seed: 7 }))
  expect(csvText(people({ rows: 500, seed: 7 }))).toBe(text)
  expect(csvText(people({ rows: 500, seed: 8 }))).not.toBe(text)
  expect(text.split('\n')).toHaveLength(502)
})

test('variants: two systems, one postcode, one guest, columns of noise, the truth beside', () => {
  const wide = people({
    rows: 6000,
    systems: true,
    onePostcode: 1500,
    guests: 600,
    noise: 33,
    updated: true,
    truth: true,
  })
  expect(wide.header.slice(9, 12)).toEqual(['source', 'updated_at', 'x1'])
  expect(wide.header).toHaveLength(9 + 2 + 33 + 1)
  const rows = Array.from(wide.truth, (_, row) => wide.cells(row))
  expect(rows.filter((cells) => cells[9] === 'crm')).toHaveLength(3000)
  expect(rows.every((cells, row) => cells.at(-1) === String(wide.truth[row]))).toBe(true)
  expect(shareOf(rows, (cells) => cells[3] === 'guest@shop.com')).toBeCloseTo(0.1, 1)
  expect(shareOf(rows, (cells) => cells[7] === '2000')).toBeGreaterThan(0.22)
})
