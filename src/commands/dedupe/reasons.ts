/** Why two records agree that are not the same customer: namesakes, neighbours, one household, one telephone. */
import { meaningOfHeader } from '../../fields/contactWords.ts'
import type { Freedom, Observed, Reason } from '../../models/linkage/observed.ts'
import type { Comparison } from './compare.ts'
import type { MatchRole } from './roles.ts'

const PLACES: readonly MatchRole[] = ['category', 'place', 'number', 'text']
const NAMES: readonly MatchRole[] = ['given', 'surname', 'name']

/** Codes that many share, such as postcodes, are places. */
function isPlace({ role, field }: Comparison): boolean {
  if (role !== 'code') return PLACES.includes(role)
  const filled = field.codes.reduce((sum, code) => sum + (code >= 0 ? 1 : 0), 0)
  return /post.?code|zip|plz|邮编|邮政/i.test(field.header) || field.words.length < 0.3 * filled
}

/** House numbers tell an address from an occupation. */
const NUMBERED = 0.3

function isAddress({ role, field }: Comparison): boolean {
  if (role !== 'text') return false
  const numbered = field.words.reduce((sum, word) => sum + (/\d/.test(word) ? 1 : 0), 0)
  return numbered > NUMBERED * field.words.length || meaningOfHeader(field.header) === 'address'
}

interface Column extends Comparison {
  readonly i: number
  readonly place: boolean
  /** How likely two random records agree exactly. */
  readonly chance: number
}

/** Who shares one name only lives in one town at times: in so many kinds of them. */
const MOST_TOWNS = 2

type FreedomOf = (column: Column) => Freedom

/** By column, `chances`: how likely two random records agree exactly. */
export function reasonsOf(
  comparisons: readonly Comparison[],
  chances: readonly number[],
): Pick<Observed, 'reasons' | 'both'> {
  const columns = comparisons.map((comparison, i): Column => {
    return { i, ...comparison, place: isPlace(comparison), chance: chances[i] as number }
  })
  const reasonOf = (name: string, seeds: readonly Column[], freedom: FreedomOf): Reason => ({
    name,
    seeds: seeds.map(({ i }) => i),
    freedom: columns.map((column) => (seeds.includes(column) ? 'free' : freedom(column))),
  })
  const places = columns.filter(({ place }) => place)
  const named = namesakes(columns).map(([name, seeds, freedom]) => reasonOf(name, seeds, freedom))
  const near = places.map((column) => reasonOf(`same ${column.field.header}`, [column], besidePlaces))
  const others = [...alike(columns), ...chains(columns)].map((each) => reasonOf(...each))
  const towns = places
    .filter(({ role }) => role === 'place' || role === 'code')
    .sort((a, b) => a.chance - b.chance)
    .slice(0, MOST_TOWNS)
  const homes = households(columns).map(([name, seeds, freedom]) => {
    const reason = reasonOf(name, seeds, freedom)
    return {
      ...reason,
      likely: columns
        .filter((column, i) => isShared(column) && reason.freedom[i] === 'free')
        .map(({ i }) => i),
    }
  })
  return {
    reasons: [...named, ...near, ...others, ...homes],
    both: named.flatMap((_, k) =>
      places.flatMap((place, l) =>
        k === 0 || towns.includes(place) ? [[k, named.length + l] as const] : [],
      ),
    ),
  }
}

type Told = readonly [name: string, seeds: readonly Column[], freedom: FreedomOf]

const isOf = (own: MatchRole) => (column: Column) => column.role === own
const isPart = ({ role }: Column): boolean => role === 'given' || role === 'surname'

/** Who bears one name. Addresses are made from names: where names are alike, so are these. */
function namesakes(columns: readonly Column[]): Told[] {
  const names = columns.filter(({ role }) => NAMES.includes(role))
  const parts = names.filter(isPart)
  const seeds = parts.length > 0 ? parts : names
  if (seeds.length === 0) return []
  const whole: Told = [
    'namesakes',
    seeds,
    ({ role }) => (role === 'email' ? 'below exact' : NAMES.includes(role) ? 'free' : 'pinned'),
  ]
  if (!columns.some(isOf('email'))) return [whole]
  const each = parts.map((column): Told => {
    return [
      `same ${column.field.header}`,
      [column],
      ({ role }) => (role === 'email' ? 'below exact' : 'pinned'),
    ]
  })
  return [whole, ...each]
}

/** Neighbours may be relatives, who have a word of their names in common. */
const besidePlaces: FreedomOf = ({ role, place }) => {
  if (place) return 'free'
  return role === 'name' ? 'unlike' : role === 'phone' ? 'below exact' : 'pinned'
}

/** Where whole names are alike, addresses that are made from them are. */
function alike(columns: readonly Column[]): Told[] {
  const has = (own: MatchRole) => columns.some(isOf(own))
  const [whole, company] = [columns.find(isOf('name')), columns.find(isOf('company'))]
  const told: Told[] = []
  for (const [own, named] of [
    [columns.some(isPart) ? undefined : whole, ['email']],
    [company, ['email', 'site']],
  ] as const) {
    if (!own || !named.some(has)) continue
    const roles: readonly MatchRole[] = [own.role, ...named]
    told.push([
      `${own.field.header} alike`,
      [],
      ({ role }) => (roles.includes(role) ? 'below exact' : 'pinned'),
    ])
  }
  return told
}

/** What a family shares. */
const isShared = ({ role, place }: Column): boolean => place || role === 'phone' || role === 'email'

/** A family at one address, or where there is none, in one town; and whoever answers one telephone. */
function households(columns: readonly Column[]): Told[] {
  const [surname, whole, company] = (['surname', 'name', 'company'] as const).map((own) =>
    columns.find(isOf(own)),
  )
  if (!surname && (!whole || company)) return []
  const own: FreedomOf = (column) =>
    isShared(column) ? 'free' : column.role === 'name' ? 'unlike' : 'pinned'
  const anyName: FreedomOf = (column) =>
    column.role === 'surname' || column.role === 'company' ? 'free' : own(column)
  const elsewhere: FreedomOf = (column) => (column.place ? 'pinned' : anyName(column))
  const told: Told[] = []
  const home = columns.find(isAddress) ?? mostTelling(columns.filter(({ place }) => place))
  if (home) told.push(['one household', surname ? [surname, home] : [home], own])
  const phone = columns.find(isOf('phone'))
  if (phone) told.push(['one telephone', [phone], anyName])
  if (phone && home) told.push(['one telephone, elsewhere', [phone], elsewhere])
  return told
}

const mostTelling = (columns: readonly Column[]): Column | undefined =>
  columns.reduce<Column | undefined>(
    (best, column) => (!best || column.chance < best.chance ? column : best),
    undefined,
  )

/** What kind of a business it is, which all its shops are of. */
const isTrait = ({ role, field }: Column): boolean =>
  (role === 'category' || role === 'place') && meaningOfHeader(field.header) === undefined

/** Shops of one company. */
function chains(columns: readonly Column[]): Told[] {
  const company = columns.find(isOf('company'))
  if (!company) return []
  const freedom: FreedomOf = (column) => {
    if (column.role === 'email' || column.role === 'site' || isTrait(column)) return 'free'
    return column.role === 'phone' ? 'below exact' : 'pinned'
  }
  return [['one chain', [company], freedom]]
}
