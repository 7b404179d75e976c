/** What every way of reading baskets gives. */
import { CustError } from '../../core/errors.ts'
import type { OptionValues } from '../../core/options.ts'
import type { Tally } from '../../core/orders.ts'
import type { Baskets } from '../../models/itemsets/baskets.ts'
import type spec from './index.ts'

export type Options = OptionValues<(typeof spec)['options']>

/** How many of what were found and mended, in words. */
export type Cleaned = readonly [what: string, count: number]

export interface Read {
  readonly baskets: Baskets
  /** Names of the items, in the order of their letters. */
  readonly names: readonly string[]
  readonly tally: Tally
  readonly cleaned: readonly Cleaned[]
  /** What a basket is, in words. */
  readonly basketIs: string
  /** Units and money of each item in all baskets; NaN where the input does not tell. */
  readonly totals: { readonly units: Float64Array; readonly money: Float64Array }
}

/** Throws CustError('input') for what is no whole number. */
export function weightOf(text: string | null): number {
  const value = text === null ? Number.NaN : Number(text)
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value
  throw new CustError('input', `--weight: ${text === null ? 'a blank' : `"${text}"`} is no whole number`)
}
