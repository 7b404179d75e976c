/** What the mixture is fitted to: how often pairs agree in which way, and what is known of the columns. */
import type { Answered } from './answered.ts'

/**
 * How much of a column a class explains: nothing, the levels that are no better than different, all below the exact
 * one, or all.
 */
export type Freedom = 'pinned' | 'unlike' | 'below exact' | 'free'

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
  /** So many of the lowest levels are no better than different; 1. */
  readonly unlike?: number
  /** The level below the exact one is the same value made of other columns: who agrees in these has it as often. */
  readonly madeByChance?: number | undefined
  /** So many typical pairs stand beside the observed ones; 5. */
  readonly steady?: number | undefined
}

export interface Reason {
  readonly name: string
  /** Columns that agree in such pairs. */
  readonly seeds: readonly number[]
  /** Columns that are likely to agree too: so it is held to be before anything is learnt. */
  readonly likely?: readonly number[]
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
