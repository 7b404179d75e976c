import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import {
  chinese,
  companies,
  germans,
  identical,
  type Listing,
  namesakes,
  people,
  products,
  randomRows,
  townList,
} from '../fixtures/people.ts'

type Pair = [Record<string, string>, Record<string, string>]

/** The records of all true clusters of two, by column. */
function pairsOf(listing: Listing): Pair[] {
  const groups = new Map<number, Record<string, string>[]>()
  listing.truth.forEach((cluster, row) => {
    const cells = listing.cells(row)
    const record = Object.fromEntries(listing.header.map((name, i) => [name, cells[i] as string]))
    groups.set(cluster, [...(groups.get(cluster) ?? []), record])
  })
  return [...groups.values()].filter(({ length }) => length === 2) as Pair[]
}

const shareOf = <T>(list: readonly T[], is: (each: T) => boolean): number =>
  list.filter(is).length / list.length
const column = (listing: Listing, name: string): string[] =>
  Array.from(listing.truth, (_, row) => listing.cells(row)[listing.header.indexOf(name)] as string)

function expectRate(
  pairs: readonly Pair[],
  rate: number,
  is: (a: Record<string, string>, b: Record<string, string>) => boolean,
) {
  const slack = 4 * Math.sqrt((rate * (1 - rate)) / pairs.length) + 0.01
  expect(Math.abs(shareOf(pairs, ([a, b]) => is(a, b)) - rate)).toBeLessThan(slack)
}

const either = (pair: readonly Record<string, string>[], field: string, form: RegExp): boolean =>
  pair.some((record) => form.test(record[field] as string))

describe('Chinese customers', () => {
  const listing = chinese({ rows: 40_000, seed: 5, duplicates: 0.2, mails: true, residents: true })
  const pairs = pairsOf(listing)

  test('have Chinese headers', () => {
    expect(listing.header).toEqual(['客户编号', '姓名', '手机', '邮箱', '地址', '生日', '身份证号'])
    expect(chinese({ rows: 10 }).header).toEqual(['客户编号', '姓名', '手机', '地址', '生日'])
  })

  test.each<[string, number, (a: Record<string, string>, b: Record<string, string>) => boolean]>([
    ['an honorific', 0.05, (a, b) => either([a, b], '姓名', /(先生|女士|小姐)$/)],
    ['a space in the name', 0.05, (a, b) => either([a, b], '姓名', / /)],
    ['+86 with spaces', 0.2 * 0.95, (a, b) => either([a, b], '手机', /^\+86 \d{3} \d{4} \d{4}$/)],
    ['full-width digits in the mobile', 0.08 * 0.95, (a, b) => either([a, b], '手机', /^[０-９]{11}$/)],
    ['full-width digits in the address', 0.8 * 0.2, (a, b) => either([a, b], '地址', /[０-９]/)],
    ['号楼 for 栋', 0.8 * 0.2, (a, b) => either([a, b], '地址', /号楼/)],
    ['no 室', 0.8 * 0.2, (a, b) => either([a, b], '地址', /[0-9０-９]$/)],
    ['a date otherwise', 0.9 * 0.6, (a, b) => either([a, b], '生日', /[/.年]|^\d{8}$/)],
  ])('%s: %f', (_, rate, is) => expectRate(pairs, rate, is))

  test('mobiles and numbers of identity cards are valid', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    const ids = column(listing, '身份证号').filter((id) => id !== '')
    const sound = (id: string): boolean =>
      '10X98765432'[weights.reduce((sum, weight, i) => sum + weight * Number(id[i]), 0) % 11] === id[17]
    expect(ids.length).toBeGreaterThan(20_000)
    expect(ids.every(sound)).toBe(true)
    const mobiles = column(listing, '手机')
      .filter((each) => each !== '')
      .slice(0, 500)
    expect(mobiles.every((each) => parsePhoneNumberFromString(each.normalize('NFKC'), 'CN')?.isValid())).toBe(
      true,
    )
  })
})

test('Germans write ü or ue, Straße or Str., and have valid telephones', () => {
  const listing = germans({ rows: 20_000, duplicates: 0.3 })
  const pairs = pairsOf(listing)
  const umlauts = pairs.filter((pair) => either(pair, 'last', /^[A-Za-z]*[äöüß][a-zß]*$/))
  expect(
    umlauts.filter((pair) => either(pair, 'last', /ae|oe|ue|ss/)).length / umlauts.length,
  ).toBeGreaterThan(0.2)
  const stayed = pairs.filter(
    ([a, b]) => a['postcode'] === b['postcode'] && either([a, b], 'address', /straße/),
  )
  expectRate(stayed, 0.3, (a, b) => either([a, b], 'address', /str\./))
  const phones = column(listing, 'phone')
    .filter((each) => each !== '')
    .slice(0, 300)
  expect(phones.filter((each) => parsePhoneNumberFromString(each, 'DE')?.isValid()).length).toBe(
    phones.length,
  )
})

test('businesses: legal forms come and go, chains have one name in many towns', () => {
  const listing = companies({ rows: 20_000, duplicates: 0.3 })
  const pairs = pairsOf(listing)
  expectRate(
    pairs,
    0.1 * 0.85,
    (a, b) => a['email'] !== b['email'] && a['email']?.toLowerCase() === b['email']?.toLowerCase(),
  )
  expectRate(pairs, 0.3 * 0.9, (a, b) => either([a, b], 'phone', /^\(0\d\) \d{4} \d{4}$/))
  const chain = Array.from(listing.truth, (_, row) => listing.cells(row)).filter(
    (cells) => cells[1] === 'Metro Mart',
  )
  expect(new Set(chain.map((cells) => cells[6])).size).toBeGreaterThan(30)
  const phones = column(listing, 'phone')
    .filter((each) => each !== '')
    .slice(0, 300)
  expect(phones.every((each) => parsePhoneNumberFromString(each, 'AU')?.isValid())).toBe(true)
})

test('Australian mobiles are valid', () => {
  const phones = column(people({ rows: 600 }), 'phone').filter((each) => each !== '')
  expect(phones.every((each) => parsePhoneNumberFromString(each, 'AU')?.isValid())).toBe(true)
})

test('an estate shares its address, a clan its name and telephone too', () => {
  const listing = people({ rows: 2000, duplicates: 0, estate: 300, clan: 20 })
  const rows = Array.from(listing.truth, (person, row) => ({ person, cells: listing.cells(row) }))
  const inside = rows.filter(({ person }) => person < 300)
  expect(new Set(inside.map(({ cells }) => cells[5])).size).toBe(1)
  const clan = rows.filter(({ person }) => person < 20)
  expect(new Set(clan.map(({ cells }) => cells[2])).size).toBe(1)
  expect(new Set(clan.map(({ cells }) => cells[4]).filter((phone) => phone !== '')).size).toBe(1)
})

test('lists in which nobody, or everybody, is the same', () => {
  for (const apart of [namesakes(500), products(500), randomRows(500), townList()])
    expect(new Set(apart.truth).size).toBe(apart.truth.length)
  const same = identical(50)
  expect(new Set(same.truth).size).toBe(1)
  expect(new Set(Array.from(same.truth, (_, row) => same.cells(row).slice(1).join())).size).toBe(1)
})
