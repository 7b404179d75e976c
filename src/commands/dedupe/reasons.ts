/** Why two records agree that are not the same customer: namesakes, neighbours, one household. */
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

export function reasonsOf(comparisons: readonly Comparison[]): Pick<Observed, 'reasons' | 'both'> {
  const columns = comparisons.map((comparison, i) => ({ i, ...comparison, place: isPlace(comparison) }))
  const names = columns.filter(({ role }) => NAMES.includes(role))
  const seeds = names.some(({ role }) => role === 'given' || role === 'surname')
    ? names.filter(({ role }) => role !== 'name')
    : names
  const reasons: Reason[] = []
  const add = (
    name: string,
    own: readonly number[],
    freedom: (column: (typeof columns)[number]) => Freedom,
    likely: readonly number[] = [],
  ) => {
    reasons.push({
      name,
      seeds: own,
      likely,
      freedom: columns.map((column) => (own.includes(column.i) ? 'free' : freedom(column))),
    })
  }
  if (seeds.length > 0) {
    add(
      'namesakes',
      seeds.map(({ i }) => i),
      ({ role }) => (role === 'email' ? 'below exact' : NAMES.includes(role) ? 'free' : 'pinned'),
    )
  }
  // Addresses are made from names: where names are alike, so are these.
  const [whole, company] = (['name', 'company'] as const).map((own) =>
    columns.find(({ role }) => role === own),
  )
  const has = (own: MatchRole) => columns.some(({ role }) => role === own)
  if (has('email')) {
    for (const { i, field } of names.filter(({ role }) => role === 'given' || role === 'surname')) {
      add(`same ${field.header}`, [i], ({ role }) => (role === 'email' ? 'below exact' : 'pinned'))
    }
  }
  for (const [own, named] of [
    [seeds.some(({ role }) => role === 'name') ? whole : undefined, ['email']],
    [company, ['email', 'site']],
  ] as const) {
    if (!own || !named.some(has)) continue
    const alike: readonly MatchRole[] = [own.role, ...named]
    add(`${own.field.header} alike`, [], ({ role }) => (alike.includes(role) ? 'below exact' : 'pinned'))
  }
  for (const { i, field } of columns.filter(({ place }) => place)) {
    add(`same ${field.header}`, [i], ({ role, place }) =>
      place ? 'free' : role === 'phone' || role === 'name' ? 'below exact' : 'pinned',
    )
  }
  const surname = columns.find(({ role }) => role === 'surname')
  const address = columns.find(({ role }) => role === 'text')
  if (address && (surname || (whole && !company))) {
    const shared = columns
      .filter(({ role, place }) => place || role === 'phone' || role === 'email')
      .map(({ i }) => i)
    add(
      'one household',
      surname ? [surname.i, address.i] : [address.i],
      ({ i, role }) => (shared.includes(i) ? 'free' : role === 'name' ? 'below exact' : 'pinned'),
      shared,
    )
  }
  if (company) {
    add('one chain', [company.i], ({ role }) =>
      role === 'email' || role === 'site' ? 'free' : role === 'phone' ? 'below exact' : 'pinned',
    )
  }
  // Namesakes come first where there are any, then the places.
  const places = columns.filter(({ place }) => place)
  const first = reasons.findIndex(({ seeds: [seed] }) => seed === places[0]?.i)
  const both = seeds.length > 0 ? places.map((_, k) => [0, first + k] as const) : []
  return { reasons, both }
}
