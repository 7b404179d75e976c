/** Cohorts drawn from a model with known parameters: first purchases in the first half of the time. */
import type { Histories } from '../../../src/models/clv/histories.ts'
import { mulberry32, type Random } from '../../../src/models/random.ts'
import { betaOf, exponentialOf, gammaOf } from './draws.ts'

export const truths = {
  bgnbd: { r: 0.5, alpha: 6, a: 0.8, b: 2.5 },
  mbgnbd: { r: 0.6, alpha: 6, a: 0.8, b: 2.5 },
  pareto: { r: 0.55, alpha: 8, s: 0.7, beta: 12 },
} as const

export type Simulated = keyof typeof truths

export interface CohortSize {
  readonly seed: number
  readonly customers: number
  readonly weeks: number
}

/** Times of purchase after the first, in weeks, up to a time. */
export function repeats(model: Simulated, random: Random, until: number): number[] {
  const lambda = gammaOf(random, truths[model].r, truths[model].alpha)
  const times: number[] = []
  if (model === 'pareto') {
    const { s, beta } = truths.pareto
    const leaves = Math.min(until, exponentialOf(random, gammaOf(random, s, beta)))
    for (let t = exponentialOf(random, lambda); t < leaves; t += exponentialOf(random, lambda)) times.push(t)
    return times
  }
  const { a, b } = truths[model]
  const p = betaOf(random, a, b)
  if (model === 'mbgnbd' && random() < p) return times
  for (let t = exponentialOf(random, lambda); t < until; t += exponentialOf(random, lambda)) {
    times.push(t)
    if (random() < p) break
  }
  return times
}

/** What is seen of a cohort up to the end of its time, and how often each customer buys in as much time after it. */
export function cohort(
  model: Simulated,
  { seed, customers, weeks }: CohortSize,
  ahead = 0,
): { histories: Histories; later: Float64Array } {
  const random = mulberry32(seed)
  const column = () => new Float64Array(customers)
  const [x, tx, T, logGaps, later] = [column(), column(), column(), column(), column()]
  for (let row = 0; row < customers; row++) {
    const age = weeks * (0.5 + 0.5 * random())
    const times = repeats(model, random, age + ahead)
    const seen = times.filter((t) => t <= age)
    x[row] = seen.length
    tx[row] = seen.at(-1) ?? 0
    T[row] = age
    logGaps[row] = seen.reduce((sum, t, i) => sum + Math.log(t - (seen[i - 1] ?? 0)), 0)
    later[row] = times.length - seen.length
  }
  return { histories: { x, tx, T, logGaps }, later }
}

export const simulated = (model: Simulated, size: CohortSize): Histories => cohort(model, size).histories

/** Customers of the BG/BB with parameters near those of the paper's donors, after six opportunities. */
export function opportunities({ seed, customers }: Omit<CohortSize, 'weeks'>): Histories {
  const random = mulberry32(seed)
  const [n, x, tx] = [6, new Float64Array(customers), new Float64Array(customers)]
  for (let row = 0; row < customers; row++) {
    const [buys, leaves] = [betaOf(random, 1.2, 0.75), betaOf(random, 0.66, 2.8)]
    for (let at = 1; at <= n && random() >= leaves; at++) {
      if (random() >= buys) continue
      x[row] = (x[row] as number) + 1
      tx[row] = at
    }
  }
  return { x, tx, T: new Float64Array(customers).fill(n) }
}

export type KnownModel = 'pareto' | 'bgnbd' | 'mbgnbd'

/** Effects of what is known of the customers of `known`. */
export const knownTruth = {
  'purchase: gender=f': 0.5,
  'purchase: channel=web': -0.3,
  'dropout: gender=f': 0.4,
  'dropout: channel=web': 0.6,
} as const

/** A cohort in four groups by two things that are known; times are whole days, in weeks. */
export function known(
  model: KnownModel,
  { seed, customers, weeks, samePart = false }: CohortSize & { readonly samePart?: boolean },
): Histories & Required<Pick<Histories, 'groups'>> {
  const random = mulberry32(seed)
  const column = () => new Float64Array(customers)
  const [x, tx, T, of] = [column(), column(), column(), column()]
  const design = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ]
  for (let row = 0; row < customers; row++) {
    const group = Math.floor(4 * random())
    const [z1 = 0, z2 = 0] = design[group] as number[]
    const buys = knownTruth['purchase: gender=f'] * z1 + knownTruth['purchase: channel=web'] * z2
    const leaves = knownTruth['dropout: gender=f'] * z1 + knownTruth['dropout: channel=web'] * z2
    const age = Math.floor(7 * weeks * (0.5 + 0.5 * random())) / 7
    const lambda = gammaOf(random, truths.pareto.r, truths.pareto.alpha / Math.exp(buys))
    const mu = gammaOf(random, truths.pareto.s, truths.pareto.beta / Math.exp(leaves))
    const p = samePart ? 0.3 : betaOf(random, truths.bgnbd.a * Math.exp(leaves), truths.bgnbd.b)
    const life = model === 'pareto' ? Math.min(age, exponentialOf(random, mu)) : age
    let [count, last] = [0, 0]
    const leavesAtOnce = model === 'mbgnbd' && random() < p
    for (
      let t = exponentialOf(random, lambda);
      t < life && !leavesAtOnce;
      t += exponentialOf(random, lambda)
    ) {
      count++
      last = t
      if (model !== 'pareto' && random() < p) break
    }
    x[row] = count
    tx[row] = last
    T[row] = age
    of[row] = group
  }
  return { x, tx, T, groups: { of, design, names: ['gender=f', 'channel=web'] } }
}
