/**
 * What a rule "who has the left side has the right side" is worth, from four counts. Definitions as collected by
 * Tan, Kumar, Srivastava (2004) and Hahsler's catalogue of measures; NaN where a measure is infinite or undefined.
 */
import { hypergeometricQuantile, upperTail } from '../hypergeometric.ts'

export interface RuleCounts {
  /** Baskets with both sides. */
  readonly both: number
  readonly left: number
  readonly right: number
  /** All baskets. */
  readonly total: number
}

type Measure = (counts: RuleCounts) => number

const orNone = (value: number): number => (Number.isFinite(value) ? value : Number.NaN)

const phi: Measure = ({ both, left, right, total }) =>
  orNone((both * total - left * right) / Math.sqrt(left * right * (total - left) * (total - right)))

export const measures = {
  support: ({ both, total }) => both / total,
  /** Share of baskets with the left side. */
  coverage: ({ left, total }) => left / total,
  confidence: ({ both, left }) => both / left,
  /** Confidence over the share of the right side (Brin, Motwani, Ullman, Tsur 1997). */
  lift: ({ both, left, right, total }) => (both * total) / (left * right),
  /** Support beyond what chance would give (Piatetsky-Shapiro 1991). */
  leverage: ({ both, left, right, total }) => (both * total - left * right) / (total * total),
  /** Chance failures over failures (Brin et al. 1997). */
  conviction: ({ both, left, right, total }) => orNone((left * (total - right)) / (total * (left - both))),
  /** Zhang (2000): from -1, never together, to 1. */
  zhang: ({ both, left, right, total }) =>
    orNone((both * total - left * right) / Math.max(both * (total - left), left * (right - both))),
  cosine: ({ both, left, right }) => both / Math.sqrt(left * right),
  jaccard: ({ both, left, right }) => both / (left + right - both),
  /** Mean of the confidences both ways. */
  kulczynski: ({ both, left, right }) => (both / left + both / right) / 2,
  /** How unequal the sides are (Wu, Chen, Han 2010). */
  imbalance: ({ both, left, right }) => Math.abs(left - right) / (left + right - both),
  phi,
  /** Pearson's statistic, without Yates's correction. */
  chiSquared: (counts) => counts.total * phi(counts) ** 2,
  oddsRatio: ({ both, left, right, total }) =>
    orNone((both * (total - left - right + both)) / ((left - both) * (right - both))),
  /** Rise of the confidence over the share of the right side, as part of the rise there could be (Galiano et al. 2002). */
  certainty: ({ both, left, right, total }) => {
    const [confidence, share] = [both / left, right / total]
    return orNone((confidence - share) / (confidence >= share ? 1 - share : share))
  },
  /** Count over the 99 % quantile of the counts that chance gives (Hahsler, Hornik 2007). */
  hyperlift: ({ both, left, right, total }) =>
    orNone(both / hypergeometricQuantile(0.99, { total, marked: right, drawn: left })),
  /** P of so many together or more by chance: Fisher's exact test, upper tail. */
  fisherP: ({ both, left, right, total }) => upperTail(both, { total, marked: right, drawn: left }),
} satisfies Record<string, Measure>

export type MeasureName = keyof typeof measures

export interface Interval {
  readonly low: number
  readonly high: number
}

const Z95 = 1.959963984540054

/** 95 % interval of the odds ratio (Woolf 1955), half a basket added to each cell where one is empty (Haldane 1956). */
export function oddsInterval({ both, left, right, total }: RuleCounts): Interval {
  const cells = [both, left - both, right - both, total - left - right + both]
  const add = cells.includes(0) ? 0.5 : 0
  const [n11, n10, n01, n00] = cells.map((cell) => cell + add) as [number, number, number, number]
  const ratio = Math.log((n11 * n00) / (n10 * n01))
  const reach = Z95 * Math.sqrt(1 / n11 + 1 / n10 + 1 / n01 + 1 / n00)
  return { low: Math.exp(ratio - reach), high: Math.exp(ratio + reach) }
}
