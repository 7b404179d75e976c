/** What is known of each customer, or of each row of a table, as columns of numbers. */
import type { OptionValues } from '../../core/options.ts'
import type spec from './index.ts'

export type Options = OptionValues<(typeof spec)['options']>

export interface Feature {
  readonly name: string
  /** NaN where there is no value. */
  readonly values: Float64Array
  /** Words for more and for less of it. */
  readonly words: Words
  readonly level?: Level
}

/** A level of a category: of which column, and the part of its weight that it has. */
export interface Level {
  readonly of: string
  readonly part: number
}

export interface Words {
  readonly more: string
  readonly less: string
  readonly moreZh: string
  readonly lessZh: string
  readonly title: string
  readonly titleZh: string
}

export interface Described {
  readonly id: readonly (string | null)[]
  readonly features: readonly Feature[]
  /** What each spent; undefined for tables that are no orders. */
  readonly revenue: Float64Array | undefined
}

export const words = (
  title: string,
  titleZh: string,
  [more, less]: [string, string],
  [moreZh, lessZh]: [string, string],
): Words => ({
  title,
  titleZh,
  more,
  less,
  moreZh,
  lessZh,
})

/** The column that a feature comes from. */
export const columnOf = ({ name, level }: Feature): string => level?.of ?? name
