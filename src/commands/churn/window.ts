/** How long without an order is meant by churn. */
import { counted, wholeText } from '../../core/numerals.ts'
import type { Span } from '../../core/purchaseOptions.ts'
import type { Purchases } from '../../core/purchases.ts'
import { quantileSorted } from '../../models/quantile.ts'

export interface Window {
  readonly days: number
  /** Where it comes from, for a reader. */
  readonly why: string
}

const NINE_TENTHS = 90
const PER_CENT = 100
/** Of the data: one window to learn from, one to judge by, one to have seen customers in. */
const PART = 3

/**
 * The window that was asked for, else nine tenths of the closed times between purchases, but no more than a third of
 * the data. Customers who did not come back are in no such time, so that it is rather too short than too long.
 */
export function windowOf(
  { start, day }: Purchases,
  { first, end, wanted }: { readonly first: number; readonly end: number; readonly wanted: Span | undefined },
): Window {
  if (wanted) return { days: Math.max(1, Math.round(wanted.days)), why: `--window ${wanted.text}` }
  const customers = start.length - 1
  const gaps = new Float64Array(day.length - customers)
  let count = 0
  for (let customer = 0; customer < customers; customer++) {
    for (let at = (start[customer] as number) + 1; at < (start[customer + 1] as number); at++) {
      gaps[count++] = (day[at] as number) - (day[at - 1] as number)
    }
  }
  const third = Math.max(1, Math.floor((end - first + 1) / PART))
  if (count === 0) return { days: third, why: 'a third of the data: nobody bought again' }
  const usual = Math.ceil(quantileSorted(gaps.subarray(0, count).sort(), NINE_TENTHS, PER_CENT))
  const of = `nine tenths of ${counted(count, 'time')} between purchases are at most ${wholeText(usual)}; who never came back is in none`
  if (usual <= third) return { days: usual, why: of }
  return { days: third, why: `a third of the data, for there must be a past to judge by; ${of}` }
}
