/** What a rule sells: the part of its right side that chance does not explain. */
import type { Leveled } from './hierarchy.ts'

/** Per basket that holds the item; one unit where the input does not tell. */
export interface Worth {
  readonly units: Float64Array
  readonly money: Float64Array | undefined
}

export function worthOf({ totals, counts }: Leveled): Worth {
  const perBasket = (sums: Float64Array, none: number) =>
    sums.map((sum, item) => (Number.isNaN(sum) ? none : sum / (counts[item] as number)))
  const hasMoney = totals.money.some((sum) => !Number.isNaN(sum))
  return {
    units: perBasket(totals.units, 1),
    money: hasMoney ? perBasket(totals.money, Number.NaN) : undefined,
  }
}

/** Per 1,000 baskets: leverage times what a basket with the items holds of them. */
export const perThousand = (leverage: number, values: Float64Array, items: readonly number[]): number =>
  1000 * leverage * items.reduce((sum, item) => sum + (values[item] as number), 0)
