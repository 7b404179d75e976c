/**
 * How right links are, by answers to a sample of pairs that was drawn from strata. Each stratum has its own share of
 * matches, with the interval of Wilson (1927); those of sums and ratios follow from the limits of their parts (Zou
 * and Donner 2008, "Construction of confidence intervals about effect measures: a general approach").
 */

export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** Pairs that were drawn from a stratum, on one side of the threshold. */
export interface Cell {
  /** Pairs that it stands for. */
  readonly pairs: number
  readonly same: number
  readonly different: number
}

const Z95 = 1.959963984540054
/** Half of the quantiles at 5 % of chi squared with 2, 4 and 6 degrees of freedom: how few may have given 1, 2, 3 hits. */
const FEWEST = [0.05129329438755058, 0.3553615106986621, 0.8176914471112553]
const FEW_TRIES = 50

/**
 * The share of `hits` in a population of which `tries` were drawn, at 95 %. Where all were, it is known. Next to
 * none and all Wilson's interval is too narrow: there its limit is that of a Poisson count (Brown, Cai and DasGupta
 * 2001, "Interval estimation for a binomial proportion", modified Wilson interval).
 */
export function wilson(hits: number, tries: number, population = Number.POSITIVE_INFINITY): Interval {
  if (tries === 0) return { estimate: Number.NaN, low: 0, high: 1 }
  const estimate = hits / tries
  if (tries >= population) return { estimate, low: estimate, high: estimate }
  // What is not drawn is all that is uncertain.
  const n = Number.isFinite(population) ? (tries * (population - 1)) / (population - tries) : tries
  const square = Z95 * Z95
  const centre = (estimate + square / (2 * n)) / (1 + square / n)
  const half = (Z95 * Math.sqrt((estimate * (1 - estimate)) / n + square / (4 * n * n))) / (1 + square / n)
  const misses = tries - hits
  return {
    estimate,
    low: Math.max(hits / population, Math.min(centre - half, fewest(hits, tries)), 0),
    high: Math.min(1 - misses / population, Math.max(centre + half, 1 - fewest(misses, tries)), 1),
  }
}

function fewest(hits: number, tries: number): number {
  const isFew = hits <= (tries <= FEW_TRIES ? 2 : 3)
  return hits === 0 ? 0 : isFew ? (FEWEST[hits - 1] as number) / tries : 1
}

export const shareOf = ({ pairs, same, different }: Cell): Interval => wilson(same, same + different, pairs)

/** How many of all pairs match. */
export function matchesIn(cells: readonly Cell[]): Interval {
  let [estimate, below, above] = [0, 0, 0]
  for (const cell of cells) {
    if (cell.pairs === 0) continue
    const share = shareOf(cell)
    estimate += cell.pairs * share.estimate
    below += (cell.pairs * (share.estimate - share.low)) ** 2
    above += (cell.pairs * (share.high - share.estimate)) ** 2
  }
  return { estimate, low: Math.max(0, estimate - Math.sqrt(below)), high: estimate + Math.sqrt(above) }
}

/** The share of matches among linked pairs; undefined where a cell has no answer. */
export function precisionOf(linked: readonly Cell[]): Interval | undefined {
  const pairs = linked.reduce((sum, cell) => sum + cell.pairs, 0)
  if (pairs === 0 || !areAnswered(linked)) return undefined
  const { estimate, low, high } = matchesIn(linked)
  return { estimate: estimate / pairs, low: low / pairs, high: Math.min(1, high / pairs) }
}

/** The share of linked pairs among matches, of those pairs that could be drawn. */
export function recallOf(linked: readonly Cell[], others: readonly Cell[]): Interval | undefined {
  if (!areAnswered(linked) || !areAnswered(others)) return undefined
  const [found, missed] = [matchesIn(linked), matchesIn(others)]
  const share = (own: number, rest: number) => (own + rest > 0 ? own / (own + rest) : Number.NaN)
  const estimate = share(found.estimate, missed.estimate)
  if (Number.isNaN(estimate)) return undefined
  const away = (own: number, rest: number) => share(own, rest) - estimate
  const below = Math.hypot(away(found.low, missed.estimate), away(found.estimate, missed.high))
  const above = Math.hypot(away(found.high, missed.estimate), away(found.estimate, missed.low))
  return { estimate, low: Math.max(0, estimate - below), high: Math.min(1, estimate + above) }
}

export const areAnswered = (cells: readonly Cell[]): boolean =>
  cells.every(({ pairs, same, different }) => pairs === 0 || same + different > 0)

// Where to cut ---------------------------------------------------------------------------------------------

export interface Answer {
  readonly bits: number
  readonly same: boolean
  /** Pairs that it stands for. */
  readonly weight: number
}

/**
 * The least bits with which pairs above them match in so large a share, better bits never meaning a lesser share
 * (isotonic, by pooling adjacent violators); undefined where not even the best do.
 */
export function cutFor(answers: readonly Answer[], precision: number): number | undefined {
  const ordered = [...answers].sort((a, b) => a.bits - b.bits || Number(b.same) - Number(a.same))
  const blocks = pooled(ordered)
  let [matches, pairs, cut] = [0, 0, undefined as number | undefined]
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i] as Block
    // Inside of a block all are alike: as many of it as the precision allows.
    const share = block.same / block.weight
    for (let place = block.to - 1; place >= block.from; place--) {
      const { weight } = ordered[place] as Answer
      matches += share * weight
      pairs += weight
      const next = ordered[place - 1]
      if (next && next.bits === ordered[place]?.bits) continue
      if (matches < precision * pairs - 1e-9 * pairs) return cut
      cut = next ? next.bits : (ordered[place]?.bits as number) - LITTLE
    }
  }
  return cut
}

/** Below the weakest pair that was looked at nothing is known. */
const LITTLE = 1e-6

interface Block {
  readonly from: number
  readonly to: number
  readonly same: number
  readonly weight: number
}

function pooled(ordered: readonly Answer[]): Block[] {
  const blocks: Block[] = []
  ordered.forEach(({ same, weight }, from) => {
    let block: Block = { from, to: from + 1, same: same ? weight : 0, weight }
    for (;;) {
      const before = blocks.at(-1)
      if (!before || before.same / before.weight < block.same / block.weight) break
      blocks.pop()
      block = {
        from: before.from,
        to: block.to,
        same: before.same + block.same,
        weight: before.weight + block.weight,
      }
    }
    blocks.push(block)
  })
  return blocks
}
