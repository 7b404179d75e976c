/** Is there anything in the columns by which customers can be told apart? Where there is none, no answer is better than one. */
import { CustError } from '../../core/errors.ts'
import { meaningOfHeader } from '../../fields/contactWords.ts'
import { sizeOf } from './between.ts'
import type { Field } from './fields.ts'
import type { Matched } from './match.ts'
import type { MatchRole } from './roles.ts'

/** What may confirm that two of the same name are one person. */
const CONFIRMING: readonly MatchRole[] = ['email', 'phone', 'date', 'identity', 'text', 'code', 'site']

export interface Health {
  /** Linked pairs over the pairs inside of what they connect. */
  readonly transitivity: number
  /** Matches that the model expects among all pairs. */
  readonly expected: number
}

export function healthOf({ edges, inside, mixture, records, comparisons }: Matched): Health {
  // Where nothing is compared nothing is expected.
  const share = comparisons.length === 0 ? 0 : mixture.matches.prior + (mixture.moved?.prior ?? 0)
  return { transitivity: inside === 0 ? 1 : edges / inside, expected: share * sizeOf(records).pairs }
}

const LEAST_TRANSITIVITY = 0.3
const FEW_LINKS = 20
const CONFIRMS_FROM = 3
const HINT =
  'name a key with --key <column>, or what a column says with --role <column>=email (or phone, date, identity)'

/** Numbers of orders and receipts look like those of persons: alone they tell nothing, unless `told` says so. */
const isOwn = ({ role, header }: Field, told: readonly string[]): boolean =>
  role === 'email' ||
  role === 'phone' ||
  (role === 'identity' && (told.includes(header) || meaningOfHeader(header) !== 'id'))

/** A street and its numbers, in two columns, are an address. */
function confirming(fields: readonly Field[]): Field[] {
  const own = fields.filter(({ role }) => CONFIRMING.includes(role))
  const partsOf = (role: MatchRole) =>
    fields.filter((field) => field.role === role && meaningOfHeader(field.header) === 'address')
  const [streets, numbers] = [partsOf('place'), partsOf('number')]
  return streets.length > 0 && numbers.length > 0 ? [...own, ...streets, ...numbers] : own
}

/** On one day many order and register, namesakes among them. */
const isEvent = ({ role, header }: Field, told: readonly string[]): boolean =>
  role === 'date' && meaningOfHeader(header) === 'date' && !told.includes(header)

/** Before the work; `told`: headers of which somebody has said what they are. Throws CustError('model'). */
export function refuseNames(fields: readonly Field[], told: readonly string[]): void {
  const has = (some: readonly MatchRole[]) => fields.some(({ role }) => some.includes(role))
  const named = has(['given', 'surname', 'name', 'company'])
  const confirmed = named && confirming(fields).some((field) => !isEvent(field, told))
  if (confirmed || fields.some((field) => isOwn(field, told))) return
  const what = named ? 'names may agree, but' : 'there are no names, and'
  throw new CustError(
    'model',
    `no reliable match signal: ${what} no e-mail, phone, date, id or address confirms that two rows are one customer`,
    HINT,
  )
}

/** After it. Throws CustError('model'). */
export function refuseNonsense(matched: Matched): void {
  const { transitivity } = healthOf(matched)
  const { comparisons, mixture, edges } = matched
  if (edges === 0) return
  const told = (why: string) =>
    new CustError('model', `no reliable match signal: ${why} (transitivity ${transitivity.toFixed(2)})`, HINT)
  if (edges >= FEW_LINKS && transitivity < LEAST_TRANSITIVITY) {
    throw told('rows that look alike do not form groups')
  }
  const fields = confirming(comparisons.map(({ field }) => field))
  const best = Math.max(
    ...comparisons.flatMap(({ field, levels }, i) => {
      if (!fields.includes(field)) return []
      const last = levels.length - 1
      const [own, chance] = [mixture.matches.shares[i]?.[last], mixture.random.shares[i]?.[last]]
      return [Math.log2((own as number) / (chance as number))]
    }),
  )
  if (best < CONFIRMS_FROM) throw told('no e-mail, phone, date, id or address agrees where names do')
}
