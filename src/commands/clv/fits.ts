/** Which models are fitted to what, which one is taken, and how a fit is kept for another day. */
import { formatDay } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import type { TextFile } from '../../core/options.ts'
import { YEAR } from '../../core/purchaseOptions.ts'
import type { Purchases } from '../../core/purchases.ts'
import { fitJoined, type Joined, joining } from '../../models/clv/customers.ts'
import {
  expected,
  type Fitted,
  type ModelName,
  modelNames,
  modelTitles,
  takesCovariates,
} from '../../models/clv/model.ts'
import { boughtWithin, byPeriod, type Observed, observed } from '../../models/clv/observed.ts'
import type { SpendFit } from '../../models/clv/spend.ts'
import type { Coding, KnownGroups } from './covariates.ts'
import { bestOf, type Forecast, type Judged, naiveForecasts } from './holdout.ts'

export const UNITS = { day: 1, week: 7, month: YEAR / 12 } as const

export type UnitName = keyof typeof UNITS

/** Judged by the holdout: BG/BB counts periods, not days, and is only fitted when it is asked for. */
const CANDIDATES: readonly ModelName[] = ['bgnbd', 'mbgnbd', 'pareto', 'cnbd']

/** Without a holdout, models that doubt every customer: BG/NBD is sure of all who bought once. */
const UNJUDGED: readonly ModelName[] = ['mbgnbd', 'pareto']

/** A fit, and to which days. */
export interface Named {
  readonly fitted: Fitted
  readonly to: 'all' | 'calibration'
}

export interface Choice {
  readonly chosen: Fitted
  readonly fits: readonly Named[]
  readonly judged: (Judged & { readonly calibrationEnd: number }) | undefined
}

export interface Span {
  readonly purchases: Purchases
  readonly first: number
  readonly end: number
  readonly unit: UnitName
  /** What is known of customers, in groups; undefined where that was not asked for. */
  readonly known: KnownGroups | undefined
}

/** Purchases up to a day as a model sees them. */
export interface Watched extends Observed {
  readonly joined: (model: ModelName) => Joined
}

/** What models see of the purchases up to a day; worked out once for those that see the same. */
export function watching(span: Span, until: number): (model: ModelName) => Watched {
  const known = new Map<boolean, Watched>()
  return (model) => {
    const whole = model === 'bgbb'
    const seen = known.get(whole) ?? watched(span, until, whole)
    known.set(whole, seen)
    return seen
  }
}

function watched(span: Span, until: number, whole: boolean): Watched {
  const seen = observedBy(span, until, whole)
  return { ...seen, joined: joining(seen.histories) }
}

function observedBy({ purchases, unit, known }: Span, until: number, whole: boolean): Observed {
  const seen = observed(whole ? byPeriod(purchases, UNITS[unit]) : purchases, until, UNITS[unit], whole)
  if (!known) return seen
  const of = Float64Array.from(seen.customer, (customer) => known.of[customer] as number)
  return { ...seen, histories: { ...seen.histories, groups: { ...known, of } } }
}

/** The last day of the calibration; undefined where there is no holdout. */
export function calibrationEnd(
  { first, end }: Pick<Span, 'first' | 'end'>,
  wanted: 'auto' | 'off' | number,
): number | undefined {
  if (wanted === 'off') return undefined
  if (wanted === 'auto') return end - first < SHORTEST ? undefined : Math.floor((first + end) / 2)
  if (wanted >= first && wanted < end) return wanted
  throw new CustError(
    'usage',
    `--holdout ${formatDay(wanted)} leaves nothing to fit, or nothing to judge by: the data go from ${formatDay(first)} to ${formatDay(end)}`,
  )
}

/** Eight weeks on either side are the least that says anything. */
const SHORTEST = 112
const FEW_REPEATS = 10

/** Fit, judge and choose; `all` is what models see of all purchases. */
export function choose(
  span: Span,
  all: (model: ModelName) => Watched,
  {
    model: wanted,
    calibration,
  }: { readonly model: ModelName | 'auto'; readonly calibration: number | undefined },
): Choice {
  const fitAll = (model: ModelName) => fitJoined(model, all(model).joined)
  const able = (model: ModelName) => !span.known || takesCovariates(model)
  const candidates = wanted === 'auto' ? CANDIDATES.filter(able) : [wanted]
  const judgement = calibration === undefined ? undefined : judge(span, candidates, calibration)
  if (!judgement) {
    const fits = (wanted === 'auto' ? UNJUDGED : candidates).map(fitAll)
    const chosen = fits.reduce((best, next) => (next.logLikelihood > best.logLikelihood ? next : best))
    return { chosen, fits: fits.map((fitted) => ({ fitted, to: 'all' })), judged: undefined }
  }
  const names = judgement.fits.map(({ fitted }) => fitted.model)
  const name = names[judgement.best] as ModelName
  const chosen = fitAll(name)
  return { chosen, fits: [...judgement.fits, { fitted: chosen, to: 'all' }], judged: judgement.judged }
}

function judge(span: Span, candidates: readonly ModelName[], calibration: number) {
  const { end, unit } = span
  // Either all count days, or the one that counts periods is alone.
  const { histories, customer, joined } = watching(span, calibration)(candidates[0] as ModelName)
  const purchases = candidates[0] === 'bgbb' ? byPeriod(span.purchases, UNITS[unit]) : span.purchases
  const repeats = histories.x.reduce((count, x) => count + Number(x > 0), 0)
  if (repeats < FEW_REPEATS) return undefined
  const ahead = (end - calibration) / UNITS[unit]
  const fits = candidates
    .map((model): Named => ({ fitted: fitJoined(model, joined), to: 'calibration' }))
    // Buyers who are not regular are those of another candidate.
    .filter(({ fitted }) => candidates.length === 1 || fitted.model !== 'cnbd' || fitted.k > 1)
  const models = fits.map(({ fitted }): Forecast => {
    const { patterns, spread } = joined(fitted.model)
    return { name: modelTitles[fitted.model], predicted: spread(expected(fitted, patterns, ahead)) }
  })
  const actual = boughtWithin(purchases, customer, calibration, end)
  const chosen = bestOf(models, actual)
  const naive = naiveForecasts(histories, ahead)
  const judged = { histories, actual, models, naive, chosen: chosen.name, calibrationEnd: calibration }
  return { fits, judged, best: models.indexOf(chosen) }
}

// A fit for another day ------------------------------------------------------------------------------

export interface Kept {
  readonly unit: UnitName
  /** The last day that the fit has seen. */
  readonly asOf: string
  readonly fitted: Fitted
  /** How what is known of customers became levels. */
  readonly covariates?: readonly Coding[]
  readonly spend: SpendFit | null
}

export const keptText = (kept: Kept): string => `${JSON.stringify({ cust: 'clv', ...kept }, null, 2)}\n`

/** Read what `keptText` wrote. Throws CustError('usage') for anything else. */
export function readKept({ path, text }: TextFile): Kept {
  const found = parsed(text)
  const { fitted, unit } = (found ?? {}) as Partial<Kept>
  const isFit =
    found?.['cust'] === 'clv' &&
    fitted &&
    modelNames.includes(fitted.model) &&
    unit !== undefined &&
    unit in UNITS
  if (!isFit)
    throw new CustError('usage', `${path}: is no fit of cust clv`, 'write one with --save-model <file>')
  return found as unknown as Kept
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
