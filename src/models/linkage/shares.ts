/** How often the pairs of a class have which level in a column. */
import type { Step } from './expectation.ts'
import type { Evidence, Observed } from './observed.ts'

/** Shares of the levels by column. */
export type Shares = readonly (readonly number[])[]

export type Table = number[][]

/** Typical pairs that stand beside the observed ones. */
const PRIOR_PAIRS = 5
/** So many pairs of other files stand beside those of this one, to tell how often values are alike: hardly ever. */
const USUAL_ALIKE = 20
const ALIKE = 0.05
/** A column that disagrees speaks against a match with six bits at most. */
const MOST_AGAINST = 64

/** Of weighted patterns: the share of each level among the pairs that have one. */
export function shareTable({ columns, levels }: Observed, weights: Float64Array, prior: number): Table {
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
  const sum = sumOf(values)
  return values.map((value) => value / sum)
}

/** The same with the exact level known: the others share what it leaves. */
export function withExact(table: Table, exact: readonly number[]): Table {
  return table.map((shares, i) => {
    const last = shares.length - 1
    const known = Math.min(exact[i] as number, 1 - 1e-9)
    const below = 1 - (shares[last] as number)
    return shares.map((share, level) => (level === last ? known : (share / below) * (1 - known)))
  })
}

/** Where columns change together, they tell of those pairs where they have not. */
export function matchShares(observed: Observed, { matches, moved }: Step): Table {
  const { columns, levels, moving } = observed
  const width = columns.length
  const table = columns.map(({ typical, steady = PRIOR_PAIRS }) => typical.map((share) => steady * share))
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
export function alikeEnough(
  shares: readonly number[],
  { typical, mostDifferent = 1, unlike = 1 }: Evidence,
): number[] {
  const [different, usual] = [sumOf(shares.slice(0, unlike)), sumOf(typical.slice(0, unlike))]
  if (different <= mostDifferent) return [...shares]
  const own = (mostDifferent - usual) / (different - usual)
  return shares.map((share, level) => own * share + (1 - own) * (typical[level] as number))
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

export const movedShares = (m: Table, u: Table, moving: readonly number[]): Table =>
  m.map((shares, i) => (moving.includes(i) ? (u[i] as number[]) : shares))

/** No level speaks against a match with more than six bits. */
export function floored(m: Table, u: Table): Table {
  return m.map((shares, i) =>
    normalised(shares.map((share, level) => Math.max(share, (u[i]?.[level] as number) / MOST_AGAINST))),
  )
}

/** Better agreement never speaks less for a match: neighbouring levels that do are taken together. */
export function monotone(m: Table, u: Table): Table {
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

/**
 * The lowest `levels` as they are among these pairs. The better ones as chance has them: the more often, the more of
 * the pairs have a part of it in common, as members of a family have; the best one, the same throughout, no more.
 */
export function withBest(own: readonly number[], chance: readonly number[], levels: number): number[] {
  const last = chance.length - 1
  const [common, usual] = [sumOf(own.slice(1, levels)), sumOf(chance.slice(1, levels))]
  const more = usual > 0 ? Math.max(1, common / usual) : 1
  const better = chance.map((share, level) => (level < levels || level === last ? share : share * more))
  const [below, left] = [sumOf(own.slice(0, levels)), 1 - sumOf(better.slice(levels))]
  return better.map((share, level) => (level < levels ? ((own[level] as number) / below) * left : share))
}

/** Of the level below the exact one at most so much: the others share what is taken from it. */
export function madeAtMost(shares: readonly number[], most: number): number[] {
  const place = shares.length - 2
  const own = shares[place] as number
  if (own <= most) return [...shares]
  return shares.map((share, level) => (level === place ? most : (share / (1 - own)) * (1 - most)))
}

export function seededAt(shares: readonly number[], exact: number): number[] {
  const last = shares.length - 1
  const below = 1 - (shares[last] as number)
  return shares.map((share, level) =>
    level === last ? exact : below > 0 ? (share / below) * (1 - exact) : (1 - exact) / last,
  )
}
