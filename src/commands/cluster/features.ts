/** What is known of each customer, or of each row of a table, as columns of numbers. */
import type { OptionValues } from '../../core/options.ts'
import type spec from './index.ts'

export type Options = OptionValues<(typeof spec)['options']>

export interface Feature {
  readonly name: string
  /** NaN where there is no value. */
  readonly values: Float64Array
  /** Who has no value stays, in the middle: there are no gaps between purchases of who bought once. */
  readonly mayLack?: true
  /** Why it is to be left out. */
  readonly useless?: string
  readonly words: Words
  readonly level?: Level
}

/** A level of a category: of which column, and the part of its weight that it has. */
export interface Level {
  readonly of: string
  readonly part: number
  /** What stands between several answers of one cell; undefined where a cell is one. */
  readonly separator: string | undefined
}

export type Unit = 'number' | 'share' | 'money' | 'days' | 'times'

/** What is said of more and of less of a feature, in a name and in a sentence. */
export interface Words {
  readonly more: Said
  readonly less: Said
  readonly unit: Unit
  /** What it is, where its name does not say so. */
  readonly meaning?: { readonly en: string; readonly zh: string }
}

export interface Said {
  readonly name: string
  readonly nameZh: string
  readonly says: string
  readonly saysZh: string
}

export interface Described {
  readonly things: 'customer' | 'row'
  readonly id: readonly (string | null)[]
  readonly features: readonly Feature[]
  /** What each spent; undefined for tables that are no orders. */
  readonly revenue: Float64Array | undefined
}

/** "Frequent" in a name, "buy often" in a sentence. */
export const said = (name: string, nameZh: string, says = name, saysZh = nameZh): Said => ({
  name,
  nameZh,
  says,
  saysZh,
})

/** The column that a feature comes from. */
export const columnOf = ({ name, level }: Feature): string => level?.of ?? name
