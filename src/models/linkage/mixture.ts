/**
 * Whether two records are the same, by expectation maximisation over counts of patterns: Fellegi and Sunter,
 * "A Theory for Record Linkage" (1969); Dempster, Laird and Rubin (1977). All pairs are a mixture of matches, of
 * random pairs, and of pairs that agree for another reason: namesakes, neighbours, one household. Columns are
 * independent inside a class. What a class has no reason to explain stays at what chance gives there.
 */
import { expectation, FIRST_REASON } from './expectation.ts'
import type { Evidence, Freedom, Observed, Reason } from './observed.ts'
import {
  alikeEnough,
  floored,
  madeAtMost,
  matchShares,
  monotone,
  movedShares,
  type Shares,
  seededAt,
  shareTable,
  type Table,
  withBest,
  withExact,
} from './shares.ts'
import { thinned } from './thinned.ts'

export interface ClassFitted {
  readonly name: string
  /** Its share of all pairs. */
  readonly prior: number
  readonly shares: Shares
  readonly freedom: readonly Freedom[]
}

/** Survives JSON. */
export interface Mixture {
  readonly matches: { readonly prior: number; readonly shares: Shares }
  /** Matches of which the columns that change together have changed: there they agree by chance. */
  readonly moved: { readonly prior: number; readonly shares: Shares } | undefined
  readonly random: { readonly prior: number; readonly shares: Shares }
  readonly reasons: readonly ClassFitted[]
  readonly rounds: number
  readonly converged: boolean
}

const MOST_ROUNDS = 200
const CLOSE_ENOUGH = 1e-4
const PRIOR_RANDOM = 0.3
/** So many random pairs of other files count beside those of this one, to tell how often values agree exactly. */
const USUAL_PAIRS = 2000
const FIRST_MATCHES = 0.01
/** Matches that any file is taken to have, beside those found. */
const PRIOR_MATCHES = 0.05
const FIRST_MOVED = 0.2
/** So many have moved for each that stayed: more are people who share a name. */
const MOST_MOVED = 2
const PRIORS = { least: 1e-12, mostMatches: 0.2, mostReason: 0.5, firstReason: 0.3 }
/** Seeds of a class agree in nearly all its pairs, else it explains something else. */
const SEEDED = 0.9
const FIRST_SEEDED = 0.99
/** What may be alike in a class is, to begin with: else matches, which are alike by nature, take its pairs. */
const FIRST_ALIKE = 0.3
const FIRST_LIKELY = 0.5

export function fitMixture(all: Observed): Mixture {
  const observed = thinned(all)
  const { columns, reasons, moving } = observed
  const moves = moving.length > 1
  const pairs = pairsOf(observed)
  const both = observed.proposed.map((count, pattern) => count + (observed.others[pattern] as number))
  const chance = shareTable(observed, both, 0.5 * observed.weight)
  const agreeing = columns.map(({ chance: exact, usual }) => {
    return (exact * pairs + usual * USUAL_PAIRS) / (pairs + USUAL_PAIRS)
  })
  let u = withExact(chance, agreeing)
  let m: Table = columns.map(({ typical }) => [...typical])
  let prior = Math.min(FIRST_MATCHES, (0.1 * observed.records) / pairs)
  let moved = moves ? FIRST_MOVED * prior : 0
  prior -= moved
  let thetas = reasons.map((reason) => firstShares(observed, reason, u))
  let priors = reasons.map((reason) => firstPrior(observed, reason) / pairs)
  let [rounds, converged] = [0, false]
  for (; rounds < MOST_ROUNDS && !converged; rounds++) {
    const random = Math.max(0, 1 - prior - moved - priors.reduce((sum, each) => sum + each, 0))
    const joint = jointClasses(observed, { thetas, priors })
    const step = expectation(observed, {
      shares: [m, movedShares(m, u, moving), u, ...thetas, ...joint.map(({ shares }) => shares)],
      priors: [prior, moved, random, ...priors, ...joint.map(({ prior: each }) => each)],
    })
    const nextM = monotone(floored(matchShares(observed, step), u), u).map((shares, i) =>
      alikeEnough(shares, columns[i] as Evidence),
    )
    const share = (k: number) =>
      clamp(((step.sums[k] as number) + PRIOR_MATCHES) / pairs, PRIORS.least, PRIORS.mostMatches)
    const change = Math.max(
      Math.abs(Math.log((share(0) + (moves ? share(1) : 0)) / (prior + moved))),
      ...nextM.flatMap((shares, i) => shares.map((each, l) => Math.abs(each - (m[i]?.[l] ?? 0)))),
    )
    m = nextM
    prior = share(0)
    moved = moves ? Math.min(share(1), MOST_MOVED * prior) : 0
    u = withExact(
      shareTable(observed, step.random, PRIOR_RANDOM * observed.weight),
      columns.map(({ exact: level, usual }, i) => {
        const exact = agreeing[i] as number
        const ofMatches = (prior + (moving.includes(i) ? 0 : moved)) * (m[i]?.[level] ?? 0)
        const least = Math.max(
          0.02 * exact,
          (usual * USUAL_PAIRS) / (pairs + USUAL_PAIRS),
          2 / (pairs + USUAL_PAIRS ** 2),
        )
        return Math.max(exact - ofMatches, least)
      }),
    )
    thetas = reasons.map((reason, j) =>
      reasonShares(observed, { reason, weights: step.reasons[j] as Float64Array, u }),
    )
    priors = reasons.map((_, j) =>
      clamp((step.sums[j + FIRST_REASON] as number) / pairs, PRIORS.least, PRIORS.mostReason),
    )
    converged = change < CLOSE_ENOUGH
  }
  const random = Math.max(PRIORS.least, 1 - prior - moved - priors.reduce((sum, each) => sum + each, 0))
  return {
    matches: { prior, shares: m },
    moved: moves ? { prior: moved, shares: movedShares(m, u, moving) } : undefined,
    random: { prior: random, shares: u },
    reasons: [
      ...reasons.map(({ name, freedom }, j) => ({
        name,
        prior: priors[j] as number,
        shares: thetas[j] as Table,
        freedom,
      })),
      ...jointClasses(observed, { thetas, priors }),
    ],
    rounds,
    converged,
  }
}

const pairsOf = ({ records, pairs = (records * (records - 1)) / 2 }: Observed): number => pairs

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

// Other reasons to agree -------------------------------------------------------------------------------------

function firstShares({ columns }: Observed, { seeds, likely = [], freedom }: Reason, u: Table): Table {
  return u.map((shares, i) => {
    if (seeds.includes(i)) return seededAt(shares, FIRST_SEEDED)
    if (likely.includes(i)) return seededAt(shares, FIRST_LIKELY)
    const alike = { pinned: 1, unlike: columns[i]?.unlike ?? 1, 'below exact': shares.length - 1, free: 1 }
    return alikeAt(shares, alike[freedom[i] ?? 'pinned'], FIRST_ALIKE)
  })
}

/** Of the lowest `levels` so much is alike, all but the first of them equally; the better ones as they are. */
function alikeAt(shares: readonly number[], levels: number, alike: number): number[] {
  if (levels < 2) return [...shares]
  const below = shares.slice(0, levels).reduce((sum, share) => sum + share, 0)
  return shares.map((share, level) => {
    if (level >= levels) return share
    return below * (level === 0 ? 1 - alike : alike / (levels - 1))
  })
}

/** Half of the proposed pairs that agree exactly on all seeds. */
function firstPrior(observed: Observed, { seeds }: Reason): number {
  const { columns, levels, proposed } = observed
  const width = columns.length
  let agreed = 0
  for (let pattern = 0; pattern < proposed.length; pattern++) {
    const all = seeds.every((i) => levels[pattern * width + i] === columns[i]?.exact)
    if (all) agreed += proposed[pattern] as number
  }
  const pairs = pairsOf(observed)
  return clamp(agreed / 2, 1e-9 * pairs, PRIORS.firstReason * pairs)
}

interface Weighted {
  readonly reason: Reason
  readonly weights: Float64Array
  readonly u: Table
}

function reasonShares(observed: Observed, { reason, weights, u }: Weighted): Table {
  const free = shareTable(observed, weights, PRIOR_RANDOM)
  return u.map((chance, i) => {
    const freedom = reason.freedom[i]
    const own = free[i] as number[]
    const last = own.length - 1
    if (reason.seeds.includes(i)) return (own[last] as number) < SEEDED ? seededAt(own, SEEDED) : own
    if (freedom === 'free') return own
    if (freedom === 'below exact') {
      const most = observed.columns[i]?.madeByChance
      return seededAt(most === undefined ? own : madeAtMost(own, most), chance[last] as number)
    }
    return freedom === 'unlike' ? withBest(own, chance, observed.columns[i]?.unlike ?? 1) : [...chance]
  })
}

interface Reasons {
  readonly thetas: readonly Table[]
  readonly priors: readonly number[]
}

/** Both reasons at once, as often as chance has it: what the first does not explain is explained by the second. */
function jointClasses({ reasons, both }: Observed, { thetas, priors }: Reasons) {
  return both.map(([one, other]) => {
    const [first, second] = [reasons[one] as Reason, reasons[other] as Reason]
    const bySecond = first.freedom.map((each, i) => each === 'pinned' && second.freedom[i] !== 'pinned')
    return {
      name: `${first.name}, ${second.name}`,
      prior: (priors[one] as number) * (priors[other] as number),
      shares: bySecond.map((second, i) => thetas[second ? other : one]?.[i] as number[]),
      freedom: bySecond.map((isSecond, i) => (isSecond ? second : first).freedom[i] as Freedom),
    }
  })
}

// Score ----------------------------------------------------------------------------------------------------

/** Natural logarithms of prior times likelihood of a pattern, one entry a class: matches, those that moved, random, reasons. */
export function logLikelihoods(mixture: Mixture): (levels: ArrayLike<number>, at: number) => Float64Array {
  const moved = mixture.moved ?? { prior: 0, shares: mixture.matches.shares }
  const classes = [mixture.matches, moved, mixture.random, ...mixture.reasons]
  const tables = classes.map(({ shares }) => shares.map((column) => column.map(Math.log)))
  const priors = classes.map(({ prior }) => Math.log(prior))
  return (levels, at) =>
    Float64Array.from(tables, (table, k) => {
      let sum = priors[k] as number
      for (let i = 0; i < table.length; i++) {
        const level = levels[at + i] as number
        if (level >= 0) sum += (table[i] as number[])[level] as number
      }
      return sum
    })
}
