/** Who is one customer: how right it is where the truth is known, what must not matter, and what must not happen. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withChanged, withColumns } from '../../fixtures/people/listing.ts'
import {
  chinese,
  companies,
  csvText,
  germans,
  identical,
  type Listing,
  namesakes,
  people,
  products,
  randomRows,
  townList,
} from '../../fixtures/people.ts'
import { deduped, judged, judgedOn, type Ran } from '../support/dedupe.ts'
import { shuffled, withHeaders, withMore, withOrder, withRows } from '../support/listings.ts'
import { runCust, scratch } from '../support/program.ts'
import { refusalOf } from '../support/ran.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'

const clustersIn = (ran: Ran): string[] => ran.sheet('rows')['cluster_id'] as string[]

describe.skipIf(noSharedData)(`files that others made ${needsShared}`, () => {
  test.each([
    ['febrl1.csv', 1],
    ['fake1000.csv', 0.965],
  ])('%s: F1 of at least %s with nothing set', async (file, least) => {
    const ran = await deduped(readFileSync(`${sharedData}${file}`, 'utf8'), { evaluate: ['true_cluster'] })
    const { measure, value } = ran.sheet('evaluation')
    const f1 = value?.[measure?.indexOf('F1') as number] as number
    expect(f1).toBeGreaterThanOrEqual(least)
    const { cluster_id = [], true_cluster = [] } = ran.sheet('rows')
    expect(f1).toBeCloseTo(judged(cluster_id, true_cluster).f1, 12)
  })
})

describe('invented customers', () => {
  test.each<[string, Listing, number]>([
    ['English', people({ rows: 5000 }), 0.98],
    ['German', germans({ rows: 4000, seed: 2 }), 0.97],
    ['Chinese', chinese({ rows: 5000 }), 0.985],
    ['businesses', companies({ rows: 3000 }), 0.97],
    [
      'with large families and an estate',
      people({ rows: 3000, seed: 3, families: 0.7, sharedPhones: 0.8, estate: 0.1 }),
      0.96,
    ],
  ])('%s: %#', async (_, listing, least) => {
    expect((await judgedOn(listing)).f1).toBeGreaterThanOrEqual(least)
  })

  test('two merged systems, everybody in both: at least 98 % of the pairs are found', async () => {
    const { recall, precision } = await judgedOn(people({ rows: 4000, systems: true }))
    expect(recall).toBeGreaterThanOrEqual(0.98)
    expect(precision).toBeGreaterThanOrEqual(0.98)
  })
})

// What must not matter ------------------------------------------------------------------------------------------

/** Small enough that all pairs are looked at, and so large that some are drawn. */
const [small, list] = [500, 1500].map((rows) => people({ rows, seed: 5, duplicates: 0.2 })) as [
  Listing,
  Listing,
]

/** What is told of each row, by its id. */
function marksOf(ran: Ran): Record<string, unknown> {
  const { customer_id = [], cluster_id, cluster_size, match_p, is_golden } = ran.sheet('rows')
  const told = customer_id.map((id, row) => [
    id,
    [cluster_id, cluster_size, match_p, is_golden].map((column) => column?.[row]),
  ])
  return Object.fromEntries(told)
}

describe('what must not matter', () => {
  const first = deduped(list)
  const usual = new Map([
    [small, deduped(small).then(marksOf)],
    [list, first.then(marksOf)],
  ])
  const meant = {
    first: 'Given Name',
    last: 'Surname',
    email: 'E-Mail',
    phone: 'Mobile',
    address: 'Street address',
    city: 'Town',
    postcode: 'Zip',
    dob: 'Date of birth',
  }

  const disguised = (one: Listing) =>
    withRows(withOrder(withHeaders(one, meant), shuffled(9, 3)), shuffled(one.truth.length, 4))

  test.each<[string, Listing, Listing]>([
    ['a second run', small, small],
    ['the order of the rows', small, withRows(small, shuffled(500, 1))],
    ['the order of the columns', small, withOrder(small, shuffled(9, 2))],
    ['the headers, while they mean the same', small, withHeaders(small, meant)],
    ['all of these', small, disguised(small)],
    ['all of these, in a longer list', list, disguised(list)],
  ])('%s', async (_, one, other) => {
    expect(marksOf(await deduped(other))).toEqual(await usual.get(one))
  })

  test.each<[string, Listing]>([
    [
      'the full name besides',
      withColumns(list, ['full_name'], (row) => [list.cells(row).slice(1, 3).join(' ')]),
    ],
    ['the e-mail twice', withColumns(list, ['email2'], (row) => [list.cells(row)[3] as string])],
  ])('%s: F1 changes by less than 0.005', async (_, other) => {
    const { f1 } = judged(clustersIn(await first), list.truth)
    expect(Math.abs((await judgedOn(other)).f1 - f1)).toBeLessThan(0.005)
  })

  test('a second run of the program writes the same bytes', async () => {
    const cwd = scratch({ 'customers.csv': csvText(small) })
    const outputs = ['a', 'b'].map(async (name) => {
      const { code } = await runCust(
        [
          'dedupe',
          'customers.csv',
          '-o',
          `${name}.csv`,
          '--golden',
          `${name}-golden.csv`,
          '--pairs',
          `${name}-pairs.csv`,
        ],
        { cwd },
      )
      expect(code).toBe(0)
      return ['', '-golden', '-pairs'].map((part) => readFileSync(`${cwd}/${name}${part}.csv`, 'utf8'))
    })
    const [one, other] = await Promise.all(outputs)
    expect(other).toEqual(one)
  })
})

// Traps ----------------------------------------------------------------------------------------------------------

describe('columns and values that say nothing', () => {
  const f1Of = async (settings: object) => {
    const listing = people({ rows: 2500, seed: 6, ...settings })
    return (await judgedOn(listing)).f1
  }

  const usual = f1Of({})

  test.each([
    ['half of the rows in one postcode', { onePostcode: 1250 }],
    ['guest@ on a fifth of the rows', { guests: 500 }],
    ['an empty column and a constant one', { idle: true }],
  ])('%s', async (_, settings) => {
    expect(await f1Of(settings)).toBeGreaterThanOrEqual((await usual) - 0.015)
  })
})

describe('no signal, no answer', () => {
  test.each<[string, Listing]>([
    ['rows of chance', randomRows(2000)],
    ['products', products(2000)],
    ['towns', townList()],
    ['names and towns alone', namesakes(2000)],
  ])('%s', async (_, listing) => {
    expect(await refusalOf(deduped(listing))).toMatch(/^model: no reliable match signal: /)
  })

  test('lines of receipts', async () => {
    const receipts = readFileSync(new URL('../../fixtures/receipts.csv', import.meta.url), 'utf8')
    expect(await refusalOf(deduped(receipts))).toMatch(/^model: no reliable match signal: there are no names/)
  })

  test('the program ends with 5 there, with 3 without rows', async () => {
    const cwd = scratch({ 'towns.csv': csvText(townList()), 'none.csv': 'id,name,email\n' })
    const [towns, none] = await Promise.all(
      ['towns.csv', 'none.csv'].map((file) => runCust(['dedupe', file], { cwd })),
    )
    expect([towns?.code, none?.code]).toEqual([5, 3])
    expect(towns?.stderr).toMatch(/name a key with --key/)
    expect(none?.stdout.toString()).toBe('')
  })
})

describe('few, all alike, all different', () => {
  test('one record on every row is one customer', async () => {
    expect(new Set(clustersIn(await deduped(identical(300))))).toEqual(new Set(['1']))
  })

  const header = 'customer_id,first,last,email,phone,address,city,postcode,dob'
  const ann = 'Ann,Lee,ann.lee@mail.example,0412345678,5 High Street,Perth,6000,1980-02-03'
  test('one row', async () => {
    const { cluster_id, cluster_size, match_p, is_golden } = (await deduped(`${header}\n7,${ann}\n`)).sheet(
      'rows',
    )
    expect({ cluster_id, cluster_size, match_p, is_golden }).toEqual({
      cluster_id: ['7'],
      cluster_size: [1],
      match_p: [Number.NaN],
      is_golden: [1],
    })
  })

  test('two rows that say the same, and two that do not', async () => {
    expect(clustersIn(await deduped(`${header}\n7,${ann}\n8,${ann}\n`))).toEqual(['7', '7'])
    const bob = 'Bob,Ray,bob@other.example,0298765432,17 Low Road,Sydney,2000,1955-11-30'
    expect(clustersIn(await deduped(`${header}\n7,${ann}\n8,${bob}\n`))).toEqual(['7', '8'])
  })
})

describe('people who are alike', () => {
  test('namesakes of one town with birthdays of their own are not merged', async () => {
    const listing = withColumns(namesakes(2000), ['dob'], (row) => [
      new Date(Date.UTC(1930, 0, 1) + 86_400_000 * 12 * row).toISOString().slice(0, 10),
    ])
    const ran = await deduped(listing)
    expect(new Set(clustersIn(ran)).size).toBe(2000)
  })

  test('a household of four with one telephone and one address is four persons', async () => {
    const home = ['0412999888', '77 Cedar Crescent', 'Perth', '6000'] as const
    const four = [
      ['Ann', '1980-02-03'],
      ['Tom', '1978-11-21'],
      ['Lucy', '2008-06-14'],
      ['Ben', '2011-01-30'],
    ].map(
      ([first, dob], i) =>
        [`F${i}`, first, 'Lee-Winter', `${first}@family.example`, ...home, dob] as string[],
    )
    const ran = await deduped(withMore(people({ rows: 600, seed: 9 }), four))
    const clusters = clustersIn(ran)
    expect(new Set(clusters.slice(-4)).size).toBe(4)
    const { household_id = [], cluster_id } = ran.sheet('households')
    expect(new Set(household_id.slice(-4)).size).toBe(1)
    expect(cluster_id).toEqual(clusters)
  })

  test('the names of a pair in the wrong columns are no two persons', async () => {
    const base = people({ rows: 600, seed: 10 })
    const [id = '', first = '', last = '', ...rest] = base.cells(0)
    const swapped = withMore(base, [[`${id}9`, last, first, ...rest]])
    const clusters = clustersIn(await deduped(swapped))
    expect(clusters.at(-1)).toBe(clusters[0])
  })

  test('no cell is changed', async () => {
    const messy = withChanged(small, (cells, row) => {
      if (row % 7 === 0) cells[1] = `  ${cells[1]}`
      if (row % 11 === 0) cells[5] = `"${cells[5]}", rear`
    })
    const rows = (await deduped(messy)).sheet('rows')
    for (const [i, header] of messy.header.entries()) {
      const wanted = Array.from(messy.truth, (_, row) => messy.cells(row)[i] || null)
      expect(rows[header]).toEqual(wanted)
    }
  })
})
