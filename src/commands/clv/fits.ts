/** Which models are fitted to what, and which one is taken. */
import type { Helper } from '../../core/helper.ts'
import { YEAR } from '../../core/purchaseOptions.ts'
import type { Purchases } from '../../core/purchases.ts'
import { type Failure, fitEach, type Joined, joining, likeliest } from '../../models/clv/customers.ts'
import {
  expected,
  type Fitted,
  type ModelName,
  modelTitles,
  takesCovariates,
} from '../../models/clv/model.ts'
import { boughtWithin, byPeriod, type Observed, observed } from '../../models/clv/observed.ts'
import { fitBeside } from './beside.ts'
import { calibrationOf } from './calibration.ts'
import type { KnownGroups } from './covariates.ts'
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

type ModelForecast = Forecast & { readonly model: ModelName }

/** A model that could not be fitted, and to which days. */
export type Failed = Failure & Pick<Named, 'to'>

export interface Choice {
  readonly chosen: Fitted
  readonly fits: readonly Named[]
  readonly judged: (Judged & { readonly calibrationEnd: number }) | undefined
  /** Why nothing is judged, though it was wanted. */
  readonly unjudged: string | undefined
  readonly failures: readonly Failed[]
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
  return { ...seen, joined: joining(seen.histories, seen.gaps) }
}

function observedBy({ purchases, unit, known }: Span, until: number, whole: boolean): Observed {
  const seen = observed(whole ? byPeriod(purchases, UNITS[unit]) : purchases, until, UNITS[unit], whole)
  if (!known) return seen
  const of = Float64Array.from(seen.customer, (customer) => known.of[customer] as number)
  return { ...seen, histories: { ...seen.histories, groups: { ...known, of } } }
}

export interface Wanted {
  readonly model: ModelName | 'auto'
  readonly holdout: 'auto' | 'off' | number
}

/** Fit, judge and choose; `all` is what models see of all purchases. */
export async function choose(
  span: Span,
  all: (model: ModelName) => Watched,
  { model: wanted, holdout, helper }: Wanted & { readonly helper: Helper | undefined },
): Promise<Choice> {
  const joined = (model: ModelName) => all(model).joined(model)
  const able = (model: ModelName) => !span.known || takesCovariates(model)
  const candidates = wanted === 'auto' ? CANDIDATES.filter(able) : [wanted]
  // Either all count days, or the one that counts periods is alone.
  const purchases = candidates[0] === 'bgbb' ? byPeriod(span.purchases, UNITS[span.unit]) : span.purchases
  const calibration = calibrationOf({ ...span, purchases }, holdout)
  const judgement =
    'until' in calibration
      ? await judge(span, candidates, { purchases, calibration: calibration.until, helper })
      : undefined
  const failures = judgement?.failures ?? []
  if (!judgement?.judged) {
    // A day that was asked for judges, or it is an error.
    if (typeof holdout === 'number') throw (failures[0] as Failed).why
    const { fitted, fits, ...more } = likeliest(wanted === 'auto' ? UNJUDGED : candidates, joined)
    return {
      chosen: fitted,
      fits: fits.map((each): Named => ({ fitted: each, to: 'all' })),
      judged: undefined,
      unjudged: 'why' in calibration ? calibration.why : undefined,
      failures: [...failures, ...failed(more, 'all')],
    }
  }
  const { judged, fits } = judgement
  const best = bestToAll(judged.models, judged.actual, joined)
  return {
    chosen: best.fitted,
    fits: [...fits, { fitted: best.fitted, to: 'all' }],
    judged: { ...judged, chosen: best.name },
    unjudged: undefined,
    failures: [...failures, ...best.failures],
  }
}

const failed = (
  { failures }: { readonly failures: readonly Failure[] },
  to: Named['to'],
): readonly Failed[] => failures.map((each) => ({ ...each, to }))

/** The best of what was judged that can be fitted to all purchases. Throws where none can. */
function bestToAll(
  models: readonly ModelForecast[],
  actual: Float64Array,
  joined: (model: ModelName) => Joined,
): { readonly name: string; readonly fitted: Fitted; readonly failures: readonly Failed[] } {
  const best = bestOf(models, actual)
  const { fits, failures } = fitEach([best.model], joined)
  if (fits[0]) return { name: best.name, fitted: fits[0], failures: [] }
  const rest = models.filter((each) => each !== best)
  if (rest.length === 0) throw (failures[0] as Failure).why
  const other = bestToAll(rest, actual, joined)
  return { ...other, failures: [...failed({ failures }, 'all'), ...other.failures] }
}

/** The model that takes longest to fit. */
const LONGEST: ModelName = 'pareto'

/** Fits of the candidates, in their order; with a second thread, two at once. */
async function fitCandidates(
  candidates: readonly ModelName[],
  joined: (model: ModelName) => Joined,
  helper: Helper | undefined,
): Promise<ReturnType<typeof fitEach>> {
  if (!helper || !candidates.includes(LONGEST)) return fitEach(candidates, joined)
  const longest = fitBeside(helper, LONGEST, joined(LONGEST))
  const inTurn = candidates.filter((model) => model !== LONGEST)
  const { fits, failures } = fitEach(inTurn, joined)
  const found = await longest()
  const inOrder = <T extends { readonly model: ModelName }>(each: readonly T[]): T[] =>
    candidates.flatMap((model) => each.filter((one) => one.model === model))
  if ('fitted' in found) return { fits: inOrder([...fits, found.fitted]), failures }
  return { fits, failures: inOrder([...failures, { model: LONGEST, why: found.failure }]) }
}

async function judge(
  span: Span,
  candidates: readonly ModelName[],
  {
    purchases,
    calibration,
    helper,
  }: { readonly purchases: Purchases; readonly calibration: number; readonly helper: Helper | undefined },
) {
  const { end, unit } = span
  const { histories, customer, joined } = watching(span, calibration)(candidates[0] as ModelName)
  const ahead = (end - calibration) / UNITS[unit]
  const found = await fitCandidates(candidates, joined, helper)
  const fits = found.fits.map((fitted): Named => ({ fitted, to: 'calibration' }))
  // Buyers who are not regular are those of another candidate.
  const apart = found.fits.filter(({ model, k }) => candidates.length === 1 || model !== 'cnbd' || k > 1)
  const models = apart.map((fitted): ModelForecast => {
    const { patterns, spread } = joined(fitted.model)
    const predicted = spread(expected(fitted, patterns, ahead))
    return { model: fitted.model, name: modelTitles[fitted.model], predicted }
  })
  const actual = boughtWithin(purchases, customer, calibration, end)
  const naive = naiveForecasts(histories, ahead)
  const judged = { histories, actual, models, naive, calibrationEnd: calibration }
  return { fits, judged: models.length > 0 ? judged : undefined, failures: failed(found, 'calibration') }
}
