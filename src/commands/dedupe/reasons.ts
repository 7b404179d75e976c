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
  const hasGiven = names.some(({ role }) => role === 'given')
  const reasons: Reason[] = []
  const add = (
    name: string,
    own: readonly number[],
    freedom: (column: (typeof columns)[number]) => Freedom,
  ) => {
    reasons.push({
      name,
      seeds: own,
      freedom: columns.map((column) => (own.includes(column.i) ? 'free' : freedom(column))),
    })
  }
  if (seeds.length > 0) {
    add(
      'namesakes',
      seeds.map(({ i }) => i),
      ({ role }) => (role === 'email' && hasGiven ? 'below exact' : NAMES.includes(role) ? 'free' : 'pinned'),
    )
  }
  for (const { i, field } of columns.filter(({ place }) => place)) {
    add(`same ${field.header}`, [i], ({ role, place }) =>
      place ? 'free' : role === 'phone' || role === 'name' ? 'below exact' : 'pinned',
    )
  }
  const surname = columns.find(({ role }) => role === 'surname')
  const address = columns.find(({ role }) => role === 'text')
  if (surname && address) {
    add('one household', [surname.i, address.i], ({ role, place }) =>
      place || role === 'phone' ? 'free' : role === 'name' ? 'below exact' : 'pinned',
    )
  }
  const company = columns.find(({ role }) => role === 'company')
  if (company) {
    add('one chain', [company.i], ({ role }) =>
      role === 'email' || role === 'site' ? 'free' : role === 'phone' ? 'below exact' : 'pinned',
    )
  }
  // Namesakes come first where there are any, then the places.
  const places = columns.filter(({ place }) => place)
  const both = seeds.length > 0 ? places.map((_, k) => [0, k + 1] as const) : []
  return { reasons, both }
}
