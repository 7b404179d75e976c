/** How many clusters: a table over k, and a rule that says what it went by. */
import { mulberry32, type Random } from '../random.ts'
import { type Clusters, finishClusters } from './hamerly.ts'
import { clustersOf } from './kmeans.ts'
import { differentRows, onGrid, type Points, rowOf, sampleOf } from './points.ts'
import { adjustedRand, calinskiHarabasz, daviesBouldin, labelsBy, silhouette } from './quality.ts'

export interface Candidate {
  readonly k: number
  readonly inertia: number
  readonly silhouette: number
  readonly calinskiHarabasz: number
  readonly daviesBouldin: number
  /** Mean log of the inertia of rows without clusters less that of these (Tibshirani, Walther, Hastie 2001). */
  readonly gap: number
  /** Standard error of the gap, with the part that comes of the reference draws. */
  readonly gapError: number
  /** Share of rows in the smallest cluster. */
  readonly smallest: number
  /** Mean adjusted Rand index of pairs of fits to bootstrap samples, each applied to the same rows. */
  readonly stability: number
}

export type Rule = 'clear' | 'fewest' | 'apart' | 'two' | 'gap' | 'one'

export interface Choice {
  readonly candidates: readonly Candidate[]
  readonly k: number
  readonly rule: Rule
}

/** Figures that compare all pairs of rows, or are fitted many times, are of samples of so many rows. */
const PAIRS_SAMPLE = 2500
const REFITS_SAMPLE = 2000
const REFERENCES = 10
const BOOTSTRAPS = 6
const REFIT = { starts: 3, swaps: 5 }

/** Below this the clusters are another draw's whim. */
export const STABLE = 0.8
/** From here on they are hardly ever cut elsewhere: one more than there are groups has .93 at most. */
export const CLEAR = 0.98
/** A smaller cluster is a few outliers, no segment. */
export const SMALLEST = 0.03

export function chooseK(points: Points, ks: readonly number[], seed: number): Choice {
  return choiceOf([...candidatesOver(points, ks, seed)])
}

/** One at a time: each is much work. */
export function* candidatesOver(points: Points, ks: readonly number[], seed: number): Generator<Candidate> {
  const [pairs, refits] = [
    sampleOf(points, PAIRS_SAMPLE, seed + 1),
    sampleOf(points, REFITS_SAMPLE, seed + 2),
  ]
  const all = sampleOf(points, ALL_SAMPLE, seed)
  const different = differentRows(refits, Math.max(...ks))
  const possible = ks.filter((k) => k <= different)
  const references = Array.from({ length: REFERENCES }, (_, i) =>
    uniformLike(refits, mulberry32(seed + 100 + i)),
  )
  for (const k of possible) yield candidateOf({ all, pairs, refits, references }, k, seed)
}

export const choiceOf = (candidates: readonly Candidate[]): Choice => ({ candidates, ...chosen(candidates) })

const ALL_SAMPLE = 20_000
const TABLE_SWAPS = 60

interface Samples {
  readonly all: Points
  readonly pairs: Points
  readonly refits: Points
  readonly references: readonly Points[]
}

function candidateOf({ all, pairs, refits, references }: Samples, k: number, seed: number): Candidate {
  const clusters = clustersOf(all, { k, seed, swaps: TABLE_SWAPS })
  const own = clustersOf(refits, { k, seed, ...REFIT })
  const logs = references.map((reference) => Math.log(clustersOf(reference, { k, seed, ...REFIT }).inertia))
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length)
  return {
    k,
    inertia: clusters.inertia,
    silhouette: silhouette(pairs, labelsBy(pairs, clusters), k),
    calinskiHarabasz: calinskiHarabasz(all, clusters),
    daviesBouldin: daviesBouldin(all, clusters),
    gap: own.inertia > 0 ? mean - Math.log(own.inertia) : Number.NaN,
    gapError: deviation * Math.sqrt(1 + 1 / logs.length),
    smallest: Math.min(...clusters.sizes) / all.rows,
    stability: stabilityOf(refits, clusters, { k, seed }),
  }
}

function stabilityOf(
  refits: Points,
  start: Clusters,
  { k, seed }: { readonly k: number; readonly seed: number },
): number {
  const labels = Array.from({ length: BOOTSTRAPS }, (_, i) => {
    const drawn = bootstrap(refits, mulberry32(seed + 200 + i))
    // Each begins by itself: from the same centres all would agree.
    const fitted =
      differentRows(drawn, k) < k
        ? finishClusters(drawn, start.centres)
        : clustersOf(drawn, { k, seed: seed + 300 + 7 * i, ...REFIT })
    return labelsBy(refits, fitted)
  })
  const pairs = labels.flatMap((one, i) => labels.slice(i + 1).map((other) => adjustedRand(one, other)))
  return pairs.reduce((sum, each) => sum + each, 0) / pairs.length
}

function bootstrap(points: Points, random: Random): Points {
  const values = new Float64Array(points.values.length)
  for (let row = 0; row < points.rows; row++) {
    values.set(rowOf(points, Math.floor(points.rows * random())), row * points.width)
  }
  return { ...points, values }
}

/** Rows without clusters: each column evenly between its ends. */
function uniformLike({ rows, width, values }: Points, random: Random): Points {
  const [low, high] = [new Float64Array(width).fill(Infinity), new Float64Array(width).fill(-Infinity)]
  values.forEach((value, at) => {
    low[at % width] = Math.min(low[at % width] as number, value)
    high[at % width] = Math.max(high[at % width] as number, value)
  })
  const drawn = values.map((_, at) => {
    const [from, to] = [low[at % width] as number, high[at % width] as number]
    return onGrid(from + (to - from) * random())
  })
  return { rows, width, values: drawn }
}

// The rule -----------------------------------------------------------------------------------------------

/**
 * Sound are clusters that hold when rows are drawn anew and none of which is a few rows. Among three and more: where
 * they hold almost always the groups are there to be found, so the most whose silhouette is near the best; where they
 * run into one another any number is a choice, so the fewest whose silhouette is hardly below the best. Two only where
 * nothing more is sound, or where they are far apart; without any the smallest k whose gap is not beaten by the next by
 * more than its error; one where there is no choice.
 */
function chosen(candidates: readonly Candidate[]): Pick<Choice, 'k' | 'rule'> {
  const [first] = candidates
  if (!first) return { k: 1, rule: 'one' }
  const sound = candidates.filter(({ stability, smallest }) => stability >= STABLE && smallest >= SMALLEST)
  const more = sound.filter(({ k }) => k >= 3)
  const two = sound.find(({ k }) => k === 2)
  const found = ofMore(more)
  if (two && !found) return { k: 2, rule: 'two' }
  if (two && found && two.silhouette > found.silhouette + FAR_APART) return { k: 2, rule: 'apart' }
  if (found) return { k: found.k, rule: found.stability >= CLEAR ? 'clear' : 'fewest' }
  const settled = candidates.find(({ gap }, i) => {
    const next = candidates[i + 1]
    return next !== undefined && gap >= next.gap - next.gapError
  })
  return { k: (settled ?? first).k, rule: 'gap' }
}

function ofMore(more: readonly Candidate[]): Candidate | undefined {
  const top = more.reduce((most, each) => Math.max(most, each.silhouette), Number.NEGATIVE_INFINITY)
  const clear = more.findLast(({ stability, silhouette: own }) => stability >= CLEAR && own >= top - NEAR)
  return clear ?? more.find(({ silhouette: own }) => own >= top - HARDLY)
}

const NEAR = 0.08
const HARDLY = 0.02
/** So much better must two be than three and more: overlapping customers give two some .05 too much. */
const FAR_APART = 0.15
