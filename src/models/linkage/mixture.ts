/**
 * Whether two records are the same, by expectation maximisation over counts of patterns: Fellegi and Sunter,
 * "A Theory for Record Linkage" (1969); Dempster, Laird and Rubin (1977). All pairs are a mixture of matches, of
 * random pairs, and of pairs that agree for another reason: namesakes, neighbours, one household. Columns are
 * independent inside a class. What a class has no reason to explain stays at what chance gives there.
 */
import { type Answered, spokenFor } from './answered.ts'

/** How much of a column a class explains: nothing, its levels below the exact one, or all of them. */
export type Freedom = 'pinned' | 'below exact' | 'free'

export interface Evidence {
  /** The level of exact agreement: levels are 0 to this one. */
  readonly exact: number
  /** Chance that two random records that both have a value agree exactly: known from counts of values. */
  readonly chance: number
  /** What that chance is in files of such a column: a few records do not tell it. */
  readonly usual: number
  /** Shares of the levels among matches that are typical of such a column, from level 0 up. */
  readonly typical: readonly number[]
  /** At most this share of the matches differs in it; else members of a household would do for one person. */
  readonly mostDifferent?: number
}

export interface Reason {
  readonly name: string
  /** Columns that agree in such pairs. */
  readonly seeds: readonly number[]
  readonly freedom: readonly Freedom[]
}

export interface Observed {
  /** Records, and so pairs of them; between two files, the records of the smaller one. */
  readonly records: number
  /** Pairs that might be matches, where not all are: those between two files. */
  readonly pairs?: number
  readonly columns: readonly Evidence[]
  readonly reasons: readonly Reason[]
  /** Two of the reasons that may both hold, by chance: namesakes in one town. */
  readonly both: readonly (readonly [number, number])[]
  /** Columns that change together, as who moves has another street, town and postcode; fewer than two: none do. */
  readonly moving: readonly number[]
  /** Levels by pattern and column, -1 for missing: `levels[pattern * columns + column]`. */
  readonly levels: Int8Array
  /** Proposed pairs of each pattern. */
  readonly proposed: Float64Array
  /** Pairs of each pattern that were not proposed: of some of them drawn, each standing for as many as it must. */
  readonly others: Float64Array
  /** How many pairs a drawn one stands for. */
  readonly weight: number
  /** Pairs of each pattern of which somebody has said what they are. */
  readonly answered?: Answered
}

/** Shares of the levels by column. */
export type Shares = readonly (readonly number[])[]

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
/** Typical pairs that stand beside the observed ones. */
const PRIOR_PAIRS = 5
const PRIOR_RANDOM = 0.3
/** So many random pairs of other files count beside those of this one, to tell how often values agree exactly. */
const USUAL_PAIRS = 2000
/** And so many to tell how often they are alike: hardly ever. */
const USUAL_ALIKE = 20
const ALIKE = 0.05
const FIRST_MATCHES = 0.01
/** Matches that any file is taken to have, beside those found. */
const PRIOR_MATCHES = 0.05
const FIRST_MOVED = 0.2
const PRIORS = { least: 1e-12, mostMatches: 0.2, mostReason: 0.5, firstReason: 0.3 }
/** Seeds of a class agree in nearly all its pairs, else it explains something else. */
const SEEDED = 0.9
const FIRST_SEEDED = 0.99
/** A column that disagrees speaks against a match with six bits at most. */
const MOST_AGAINST = 64

type Table = number[][]

export function fitMixture(observed: Observed): Mixture {
  const { columns, reasons, moving } = observed
  const moves = moving.length > 1
  const pairs = pairsOf(observed)
  const all = observed.proposed.map((count, pattern) => count + (observed.others[pattern] as number))
  const chance = shareTable(observed, all, 0.5 * observed.weight)
  const agreeing = columns.map(({ chance: exact, usual }) => {
    return (exact * pairs + usual * USUAL_PAIRS) / (pairs + USUAL_PAIRS)
  })
  let u = withExact(chance, agreeing)
  let m: Table = columns.map(({ typical }) => [...typical])
  let prior = Math.min(FIRST_MATCHES, (0.1 * observed.records) / pairs)
  let moved = moves ? FIRST_MOVED * prior : 0
  prior -= moved
  let thetas = reasons.map((reason) => firstShares(reason, u))
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
    moved = moves ? share(1) : 0
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

// Shares of levels -----------------------------------------------------------------------------------------

/** Of weighted patterns: the share of each level among the pairs that have one. */
function shareTable({ columns, levels }: Observed, weights: Float64Array, prior: number): Table {
  const width = columns.length
  const table = columns.map(({ exact }) =>
    Array.from(
      { length: exact + 1 },
      (_, level) => prior + USUAL_ALIKE * (level === 0 ? 1 - ALIKE : ALIKE / exact),
    ),
  )
  for (let pattern = 0; pattern < weights.length; pattern++) {
    const weight = weights[pattern] as number
    if (weight === 0) continue
    for (let i = 0; i < width; i++) {
      const level = levels[pattern * width + i] as number
      if (level >= 0) (table[i] as number[])[level] = (table[i]?.[level] as number) + weight
    }
  }
  return table.map(normalised)
}

function normalised(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}

/** The same with the exact level known: the others share what it leaves. */
function withExact(table: Table, exact: readonly number[]): Table {
  return table.map((shares, i) => {
    const last = shares.length - 1
    const known = Math.min(exact[i] as number, 1 - 1e-9)
    const below = 1 - (shares[last] as number)
    return shares.map((share, level) => (level === last ? known : (share / below) * (1 - known)))
  })
}

/** Where columns change together, they tell of those pairs where they have not. */
function matchShares(observed: Observed, { matches, moved }: Step): Table {
  const { columns, levels, moving } = observed
  const width = columns.length
  const table = columns.map(({ typical }) => typical.map((share) => PRIOR_PAIRS * share))
  const changes = columns.map((_, i) => moving.length > 1 && moving.includes(i))
  for (let pattern = 0; pattern < matches.length; pattern++) {
    const [stayed, gone] = [matches[pattern] as number, moved[pattern] as number]
    if (stayed + gone < 1e-12) continue
    for (let i = 0; i < width; i++) {
      const level = levels[pattern * width + i] as number
      const weight = changes[i] ? stayed : stayed + gone
      if (level >= 0) (table[i] as number[])[level] = (table[i]?.[level] as number) + weight
    }
  }
  return table.map(normalised)
}

/** Where too many differ, as many of the typical shares are mixed in as it takes. */
function alikeEnough(shares: readonly number[], { typical, mostDifferent = 1 }: Evidence): number[] {
  const [different, usual] = [shares[0] as number, typical[0] as number]
  if (different <= mostDifferent) return [...shares]
  const own = (mostDifferent - usual) / (different - usual)
  return shares.map((share, level) => own * share + (1 - own) * (typical[level] as number))
}

const movedShares = (m: Table, u: Table, moving: readonly number[]): Table =>
  m.map((shares, i) => (moving.includes(i) ? (u[i] as number[]) : shares))

/** No level speaks against a match with more than six bits. */
function floored(m: Table, u: Table): Table {
  return m.map((shares, i) =>
    normalised(shares.map((share, level) => Math.max(share, (u[i]?.[level] as number) / MOST_AGAINST))),
  )
}

/** Better agreement never speaks less for a match: neighbouring levels that do are taken together. */
function monotone(m: Table, u: Table): Table {
  return m.map((shares, i) => {
    const blocks: { m: number; u: number; levels: number }[] = []
    shares.forEach((share, level) => {
      blocks.push({ m: share, u: u[i]?.[level] as number, levels: 1 })
      for (;;) {
        const [last, before] = [blocks.at(-1), blocks.at(-2)]
        if (!last || !before || before.m / before.u <= last.m / last.u) break
        blocks.pop()
        blocks.pop()
        blocks.push({ m: last.m + before.m, u: last.u + before.u, levels: last.levels + before.levels })
      }
    })
    const ratios = blocks.flatMap((block) => new Array<number>(block.levels).fill(block.m / block.u))
    return normalised(ratios.map((ratio, level) => ratio * (u[i]?.[level] as number)))
  })
}

// Other reasons to agree -------------------------------------------------------------------------------------

function firstShares({ seeds }: Reason, u: Table): Table {
  return u.map((shares, i) => (seeds.includes(i) ? seededAt(shares, FIRST_SEEDED) : [...shares]))
}

function seededAt(shares: readonly number[], exact: number): number[] {
  const last = shares.length - 1
  const below = 1 - (shares[last] as number)
  return shares.map((share, level) =>
    level === last ? exact : below > 0 ? (share / below) * (1 - exact) : (1 - exact) / last,
  )
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
    return freedom === 'below exact' ? seededAt(own, chance[last] as number) : [...chance]
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

// Expectation ----------------------------------------------------------------------------------------------

interface Step {
  /** Proposed pairs of each pattern that are matches: hardly any are not proposed. */
  readonly matches: Float64Array
  readonly moved: Float64Array
  /** All pairs of each pattern, proposed or not, that agree for each other reason, or for none. */
  readonly reasons: readonly Float64Array[]
  readonly random: Float64Array
  /** Sums by class: matches, those that moved, random, reasons. */
  readonly sums: readonly number[]
}

interface Classes {
  readonly shares: readonly Table[]
  readonly priors: readonly number[]
}

/** Classes: matches, those that moved, random, then the reasons. */
function expectation(observed: Observed, { shares, priors }: Classes): Step {
  const { columns, levels, proposed, others, answered } = observed
  const width = columns.length
  const classes = shares.length
  const parts = Array.from({ length: classes }, () => new Float64Array(proposed.length))
  const sums = new Array<number>(classes).fill(0)
  const likelihood = new Float64Array(classes)
  for (let pattern = 0; pattern < proposed.length; pattern++) {
    let total = 0
    for (let k = 0; k < classes; k++) {
      let product = priors[k] as number
      const table = shares[k] as Table
      for (let i = 0; i < width; i++) {
        const level = levels[pattern * width + i] as number
        if (level >= 0) product *= (table[i] as number[])[level] as number
      }
      likelihood[k] = product
      total += product
    }
    if (total === 0) continue
    const { open, same, different } = spokenFor(proposed[pattern] as number, answered, pattern)
    const all = open + (others[pattern] as number)
    for (let k = 0; k < classes; k++) {
      const own = likelihood[k] as number
      let part = ((k < RANDOM ? open : all) * own) / total
      if (k < RANDOM && same > 0) part += (same * own) / sumOf(likelihood, 0, RANDOM)
      if (k >= RANDOM && different > 0) part += (different * own) / sumOf(likelihood, RANDOM, classes)
      ;(parts[k] as Float64Array)[pattern] = part
      sums[k] = (sums[k] as number) + part
    }
  }
  const [matches, moved, random] = parts as [Float64Array, Float64Array, Float64Array]
  return { matches, moved, random, reasons: parts.slice(FIRST_REASON), sums }
}

function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k++) sum += values[k] as number
  return sum
}

const RANDOM = 2
const FIRST_REASON = 3

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
