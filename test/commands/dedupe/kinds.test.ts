/** Lists of people as others keep them: few columns, families, names written whole or in many columns. */
import { describe, expect, test } from 'vitest'
import { chinese, companies, type Listing, people } from '../../../fixtures/people.ts'
import { deduped, judged, judgedOn } from '../../support/dedupe.ts'

type Person = Readonly<Record<string, string>>

/** Other columns made of those of a list of people, and of who it is. */
function made(
  list: Listing,
  columns: Readonly<Record<string, (one: Person, who: number) => string>>,
): Listing {
  return {
    header: Object.keys(columns),
    truth: list.truth,
    cells: (row) => {
      const cells = list.cells(row)
      const one = Object.fromEntries(list.header.map((name, i) => [name, cells[i] as string]))
      return Object.values(columns).map((make) => make(one, list.truth[row] as number))
    },
  }
}

const own =
  (name: string) =>
  (one: Person): string =>
    one[name] as string
const whole = (one: Person): string => `${one['first']} ${one['last']}`
const families = people({ rows: 3000, seed: 41, duplicates: 0.2, families: 0.8, sharedPhones: 0.9 })

describe('families share more than few columns tell apart', () => {
  test.each<[string, Listing, number]>([
    [
      'name, telephone and town',
      made(families, { name: whole, phone: own('phone'), city: own('city') }),
      0.85,
    ],
    [
      'names and telephone',
      made(families, { first_name: own('first'), last_name: own('last'), telephone: own('phone') }),
      0.7,
    ],
    [
      'names with a middle initial, and an address in two columns',
      made(families, {
        last_name: own('last'),
        first_name: own('first'),
        middle: (_, who) => 'ABCDEFGHJKLMNR'[(who * 7) % 14] as string,
        house_number: (one) => /\d+/.exec(one['address'] as string)?.[0] ?? '',
        street: (one) => /\d+\S* (\S+)/.exec(one['address'] as string)?.[1] ?? '',
      }),
      0.8,
    ],
    [
      'names, town and postcode',
      made(families, {
        givenname: own('first'),
        surname: own('last'),
        suburb: own('city'),
        postcode: own('postcode'),
      }),
      0.75,
    ],
  ])('%s: %#', async (_, listing, least) => {
    const { f1 } = await judgedOn(listing)
    expect(f1).toBeGreaterThanOrEqual(least)
  })
})

describe('people of whom none stands there twice stay apart', () => {
  const alone = people({ rows: 2500, seed: 42, duplicates: 0, families: 0.8, sharedPhones: 0.8 })
  test.each<[string, Listing]>([
    ['all columns', alone],
    ['as usual', people({ rows: 2500, seed: 43, duplicates: 0 })],
    [
      'families in one name column',
      made(alone, {
        name: whole,
        phone: own('phone'),
        address: own('address'),
        city: own('city'),
        postcode: own('postcode'),
      }),
    ],
    ['name, telephone and town', made(alone, { name: whole, phone: own('phone'), city: own('city') })],
  ])('%s', async (_, listing) => {
    const clusters = new Set((await deduped(listing)).sheet('rows')['cluster_id'])
    expect(clusters.size).toBeGreaterThanOrEqual(2497)
  })
})

describe('who shares a name may have the same address, made of it', () => {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '')
  const mail = (one: Person, who: number): string => {
    const [given, surname] = [plain(one['first'] as string), plain(one['last'] as string)]
    const form = [`${given}.${surname}`, `${given[0]}.${surname}`, `${surname}${given}`][who % 3]
    return `${form}@${['example.com', 'mail.com', 'post.org'][Math.floor(who / 3) % 3]}`
  }
  const columns = { first: own('first'), last: own('last'), email: mail, dob: own('dob'), city: own('city') }

  test.each([45, 46])('of whom none stands there twice: %i', async (seed) => {
    const alone = people({ rows: 2500, seed, duplicates: 0, families: 0.8 })
    const clusters = new Set((await deduped(made(alone, columns))).sheet('rows')['cluster_id'])
    expect(clusters.size).toBeGreaterThanOrEqual(2497)
  })

  test('an address that is made of a name still counts for those who stand there twice', async () => {
    const twice = people({ rows: 2500, seed: 47, duplicates: 0.3, families: 0.8 })
    const again: Record<number, string> = {}
    const kept = (one: Person, who: number) => (again[who] ??= mail(one, who))
    const { recall, precision } = await judgedOn(made(twice, { ...columns, email: kept }))
    expect(recall).toBeGreaterThan(0.95)
    expect(precision).toBeGreaterThan(0.97)
  })
})

const list = people({ rows: 3000, seed: 44, duplicates: 0.25 })

describe('one fact in many columns', () => {
  const parts = { first_name: own('first'), surname: own('last'), dob: own('dob'), city: own('city') }
  const usual = judgedOn(made(list, parts)).then(({ f1 }) => f1)

  test.each(['first_and_surname', 'family_name_2'])('a full name beside its parts: %s', async (header) => {
    const { f1 } = await judgedOn(made(list, { [header]: whole, ...parts }))
    expect(Math.abs(f1 - (await usual))).toBeLessThan(0.01)
  })

  test('a birth date in three columns, of which the day is often missing', async () => {
    const part = (place: number) => (one: Person) => one['dob']?.split('-')[place] ?? ''
    const { dob: _, ...others } = parts
    const day = (one: Person, who: number) => (who % 3 === 0 ? '' : part(2)(one))
    const { f1 } = await judgedOn(made(list, { ...others, día: day, mes: part(1), año: part(0) }))
    expect(f1).toBeGreaterThan((await usual) - 0.015)
  })

  test('two surnames, of which the second is left out, or stands first', async () => {
    const second = (who: number) => list.cells((who * 7) % 3000)[2] as string
    const times = new Map<number, number>()
    const names = Array.from(list.truth, (who, row) => {
      const again = times.get(who) ?? 0
      times.set(who, again + 1)
      const [one, two] = [list.cells(row)[2] as string, second(who)]
      if (again === 0) return [one, two]
      return (
        [
          [one, two],
          [one, ''],
          [two, one],
          [`${one} ${two}`, ''],
        ] as const
      )[row % 4] as [string, string]
    })
    let row = -1
    const listing = made(list, {
      nombre: (one) => {
        row++
        return one['first'] as string
      },
      apellido_paterno: () => names[row % 3000]?.[0] as string,
      apellido_materno: () => names[row % 3000]?.[1] as string,
      fecha_nacimiento: own('dob'),
      ciudad: own('city'),
    })
    const found = await deduped(listing)
    const { f1 } = judged(found.sheet('rows')['cluster_id'] as string[], list.truth)
    expect(f1).toBeGreaterThanOrEqual(0.925)
  })
})

test.each<[string, Listing]>([
  [
    'English names and dates',
    made(list, { first: own('first'), last: own('last'), dob: own('dob'), city: own('city') }),
  ],
  ['Chinese names and telephones', chinese({ rows: 1500, seed: 48 })],
])('headers that say nothing: %s', async (_, listing) => {
  const bare = { ...listing, header: listing.header.map((_, i) => `V${i + 1}`) }
  expect((await judgedOn(bare)).f1).toBeCloseTo((await judgedOn(listing)).f1, 2)
})

test('businesses under the header of a name are no persons', async () => {
  const businesses = companies({ rows: 600, seed: 49 })
  const header = businesses.header.map((name) => (name === 'company' ? 'Site name' : name))
  expect(header).toContain('Site name')
  expect((await judgedOn({ ...businesses, header })).f1).toBe((await judgedOn(businesses)).f1)
})

test('an initial agrees with a name that begins with it, not with another name of one letter', async () => {
  const name = (one: Person, who: number) => `${one['first']} ${'ABCDEFGH'[who % 8]}. ${one['last']}`
  const initials = (one: Person, who: number) =>
    `${one['first']?.[0]}. ${'ABCDEFGH'[who % 8]}. ${one['last']}`
  const times = new Map<number, number>()
  const isAgain = Array.from(list.truth, (who) => {
    times.set(who, (times.get(who) ?? 0) + 1)
    return (times.get(who) ?? 0) > 1
  })
  let row = -1
  const listing = made(list, {
    name: (one, who) => {
      row++
      return isAgain[row % 3000] || who % 2 === 0 ? initials(one, who) : name(one, who)
    },
    affiliation: (_, who) => `University of ${list.cells((who * 13) % 300)[6]}`,
    city: own('city'),
  })
  expect((await judgedOn(listing)).f1).toBeGreaterThanOrEqual(0.935)
})
