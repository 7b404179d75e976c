/** What a customer's staying away would cost, and whether a contact is worth it. */
import type { OptionValues } from '../../core/options.ts'
import type { PurchaseHistory } from '../../core/purchases.ts'
import { orderValues, spendersOf, spendingOf, spendOf } from '../../models/clv/spend.ts'
import type spec from './index.ts'
import type { Risks } from './risks.ts'

export type Options = OptionValues<(typeof spec)['options']>

export interface Worth {
  /** What each customer is expected to bring up to the horizon. */
  readonly value: Float64Array
  readonly atRisk: Float64Array
  /** Of spend. */
  readonly warnings: readonly string[]
}

export function worthOf(
  { observed, orders, risk }: Risks,
  { purchases }: PurchaseHistory,
  options: Options,
): Worth {
  const { histories, meanSpend } = observed
  const found = options.spend === 'gamma-gamma' ? spendOf(spendersOf(histories, meanSpend)) : undefined
  const { spend, warnings } = spendingOf(found, purchases.net)
  const each = orderValues(histories, meanSpend, spend)
  const value = orders.map((expected, row) => options.margin * expected * (each[row] as number))
  return { value, atRisk: value.map((worth, row) => worth * (risk[row] as number)), warnings }
}

/** Whether a row is worth contacting; undefined where nothing was asked that decides it. */
export function contactOf({ risk }: Risks, worth: Worth | undefined, options: Options) {
  const { threshold, contactCost, effect } = options
  if (threshold === undefined && contactCost === undefined) return undefined
  return (row: number): boolean =>
    (risk[row] as number) >= (threshold ?? 0) &&
    (contactCost === undefined || effect * (worth?.atRisk[row] as number) > contactCost)
}
