/** From purchases to values: the fit, what it expects of every customer, and what that is worth. */
import { formatDay } from '../../core/days.ts'
import { type Attempt, CustError } from '../../core/errors.ts'
import type { Helper } from '../../core/helper.ts'
import type { OptionValues } from '../../core/options.ts'
import { YEAR } from '../../core/purchaseOptions.ts'
import type { PurchaseHistory } from '../../core/purchases.ts'
import type { Observed } from '../../models/clv/observed.ts'
import {
  meanPaid,
  type SpendFit,
  type Spending,
  spendersOf,
  spendingOf,
  spendOf,
  spendWarnings,
} from '../../models/clv/spend.ts'
import { tiersOf } from '../../models/clv/tiers.ts'
import { errorsBeside, errorsOf, spendBeside } from './beside.ts'
import type { KnownGroups } from './covariates.ts'
import { type Choice, choose, UNITS, type UnitName, watching } from './fits.ts'
import type spec from './index.ts'
import type { Kept } from './kept.ts'
import { type Outlook, outlookOf, type Sureness, surenessOf, type Worth, worthOf } from './value.ts'

export type Options = OptionValues<(typeof spec)['options']>

/** Everything that the sheets are made of. */
export interface Valued {
  readonly history: PurchaseHistory
  readonly end: number
  readonly choice: Choice
  readonly seen: Observed
  readonly outlook: Outlook
  readonly sureness: Sureness
  /** Undefined without spend. */
  readonly worth: Worth | undefined
  readonly tiers: Uint8Array
  readonly spend: SpendFit | number | undefined
  /** Of spend. */
  readonly warnings: readonly string[]
  readonly unit: UnitName
  /** What is kept of it: the mean spend is that of millions of purchases, and asked for only then. */
  readonly kept: () => Kept
  /** The fit that was kept, where it is used. */
  readonly earlier: Kept | undefined
  readonly known: KnownGroups | undefined
}

interface Beside {
  readonly known: KnownGroups | undefined
  readonly earlier: Kept | undefined
  /** A second thread. */
  readonly helper: Helper | undefined
}

export async function value(
  history: PurchaseHistory,
  end: number,
  options: Options,
  { known, earlier, helper }: Beside,
): Promise<Valued> {
  const unit = earlier?.unit ?? options.unit
  const span = { purchases: history.purchases, first: history.first, end, unit, known }
  if (end < history.first) {
    throw new CustError(
      'input',
      `--as-of ${formatDay(end)} is before the first purchase, ${formatDay(history.first)}`,
    )
  }
  const all = watching(span, end)
  const fitsSpend = options.spend === 'gamma-gamma' && earlier?.spend == null && earlier?.meanSpend == null
  // Where several models are fitted the second thread has enough to do.
  const fitOfSpend =
    fitsSpend && helper && options.model !== 'auto'
      ? spendBeside(helper, spendersIn(all(options.model)))
      : undefined
  const choice = earlier ? usedAgain(earlier) : await choose(span, all, { ...options, helper })
  const { chosen } = choice
  const seen = all(chosen.model)
  const days = UNITS[unit]
  const joined = seen.joined(chosen.model)
  const { bootstrap: times, seed } = options
  const horizon = options.horizon.days / days
  const task = { fitted: chosen, patterns: joined.patterns, horizon }
  const intervals =
    times === undefined
      ? { errors: helper ? errorsBeside(helper, task) : () => errorsOf(task) }
      : { bootstrap: { times, seed } }
  const found = fitsSpend ? await (fitOfSpend ?? (() => spendOf(spendersIn(seen))))() : undefined
  const { spend, warnings = [] } = spendingFor(history, found, options, earlier)
  const rate = (Math.log1p(options.discount) / YEAR) * days
  // The second thread works out the errors meanwhile.
  const outlook = outlookOf(chosen, joined, { horizon, rate })
  const { margin } = options
  const worth = spend === undefined ? undefined : worthOf(seen, outlook, { spend, margin })
  // A tie is never split between tiers.
  const tiers = tiersOf(worth?.clv ?? outlook.expected)
  const sureness = await surenessOf(chosen, joined, { orders: outlook.orders, horizon, ...intervals })
  const kept = (): Kept => ({
    unit,
    asOf: earlier?.asOf ?? formatDay(end),
    fitted: chosen,
    covariates: known?.codings ?? [],
    spend: typeof spend === 'object' ? spend : null,
    meanSpend: spend === undefined ? null : (earlier?.meanSpend ?? meanPaid(history.purchases.net)),
  })
  return {
    history,
    end,
    choice,
    seen,
    outlook,
    sureness,
    worth,
    tiers,
    spend,
    warnings,
    unit,
    kept,
    earlier,
    known,
  }
}

const usedAgain = ({ fitted }: Kept): Choice => ({
  chosen: fitted,
  fits: [{ fitted, to: 'all' }],
  judged: undefined,
  unjudged: undefined,
  failures: [],
})

const spendersIn = ({ histories, meanSpend }: Observed) => spendersOf(histories, meanSpend)

/** What an order is worth: by the fit or the mean that were kept, else by these purchases. */
function spendingFor(
  { purchases }: PurchaseHistory,
  found: Attempt<SpendFit> | undefined,
  { spend: wanted }: Options,
  earlier: Kept | undefined,
): Partial<Spending> {
  if (wanted === 'none') return {}
  const byModel = wanted === 'gamma-gamma'
  const spend = (byModel ? earlier?.spend : undefined) ?? earlier?.meanSpend
  if (spend == null) return spendingOf(found, purchases.net)
  return { spend, warnings: typeof spend === 'object' ? spendWarnings(spend) : [] }
}

export const spanOf = ({ history, end, unit }: Valued) => ({
  first: history.first,
  end,
  unit: UNITS[unit],
})
