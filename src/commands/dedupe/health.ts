/** Is there anything in the columns by which customers can be told apart? Where there is none, no answer is better than one. */
import { CustError } from '../../core/errors.ts'
import { sizeOf } from './between.ts'
import type { Matched } from './match.ts'
import { type MatchRole, STRONG } from './roles.ts'

/** What may confirm that two of the same name are one person. */
const CONFIRMING: readonly MatchRole[] = ['email', 'phone', 'date', 'identity', 'text', 'code', 'site']

export interface Health {
  /** Linked pairs over the pairs inside of what they connect. */
  readonly transitivity: number
  /** Matches that the model expects among all pairs. */
  readonly expected: number
}

export function healthOf({ edges, inside, mixture, records }: Matched): Health {
  const share = mixture.matches.prior + (mixture.moved?.prior ?? 0)
  return { transitivity: inside === 0 ? 1 : edges / inside, expected: share * sizeOf(records).pairs }
}

const LEAST_TRANSITIVITY = 0.3
const FEW_LINKS = 20
const CONFIRMS_FROM = 3
const HINT =
  'name a key with --key <column>, or what a column says with --role <column>=email (or phone, date, identity)'

/** Before the work. Throws CustError('model'). */
export function refuseNames(roles: ReadonlySet<MatchRole>): void {
  const has = (some: readonly MatchRole[]) => some.some((role) => roles.has(role))
  const named = has(['given', 'surname', 'name', 'company'])
  if (has(STRONG) || (named && has(CONFIRMING))) return
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
  const best = Math.max(
    ...comparisons.flatMap(({ role, levels }, i) => {
      if (!CONFIRMING.includes(role)) return []
      const last = levels.length - 1
      const [own, chance] = [mixture.matches.shares[i]?.[last], mixture.random.shares[i]?.[last]]
      return [Math.log2((own as number) / (chance as number))]
    }),
  )
  if (best < CONFIRMS_FROM) throw told('no e-mail, phone, date, id or address agrees where names do')
}
