/** The risk of every customer on the last day, by the forecast that is used. */

import { CustError } from '../../core/errors.ts'
import { contributions, type ReasonGroup, silenceParts } from '../../models/churn/contributions.ts'
import { logged, type Seen, seenUntil } from '../../models/churn/features.ts'
import { type NextOrder, nextOrders } from '../../models/churn/rhythm.ts'
import { type Failure, fitEach, fitJoined, joining, likeliest } from '../../models/clv/customers.ts'
import { expected, type Fitted, silent, titleOfFit } from '../../models/clv/model.ts'
import { type Observed, observed } from '../../models/clv/observed.ts'
import { delta, Z95 } from '../../models/clv/uncertainty.ts'
import { type Logistic, logitsOf, predictLogistic, probabilitiesOf, SURE } from '../../models/logistic.ts'
import {
  bestOf,
  type Contender,
  type Judged,
  judge,
  learntUpTo,
  type Split,
  titleOf,
  type Verdict,
  valueModels,
  WEEK,
} from './judged.ts'

/** By row of what was seen up to the last day. */
export interface Risks {
  readonly judged: Judged | undefined
  readonly used: Contender
  /** What is used, for a reader. */
  readonly title: string
  /** Why the regression, which is best, cannot be used. */
  readonly unlearnt: string | undefined
  /** What a reader must know of the model that is used. */
  readonly notes: readonly string[]
  /** Models that could not be fitted to all, and would have been used. */
  readonly failures: readonly Failure[]
  readonly seen: Seen
  readonly observed: Observed
  readonly risk: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** What each group of features adds to the logarithm of the odds. */
  readonly parts: Readonly<Record<ReasonGroup, Float64Array>>
  readonly regression: Logistic | undefined
  readonly next: NextOrder | undefined
  /** Orders expected up to the horizon. */
  readonly orders: Float64Array
}

export function risksOf(split: Split, wanted: Contender | 'auto', horizon: number): Risks {
  const { purchases, end, window, money } = split
  const judged = judge(split, wanted)
  const now = observed(purchases, end, WEEK)
  const joined = joining(now.histories, now.gaps)
  const { fit, failures } = valueFit(joined, judged, wanted)
  const { used, regression, unlearnt } = usedOf(split, wanted, { judged, fit, failures })
  const seen = seenUntil(purchases, { until: end, window, money })
  const columns = logged(seen)
  const { patterns, spread } = joined(fit.model)
  const orders = spread(expected(fit, patterns, horizon / WEEK))
  const shared = {
    judged,
    used,
    unlearnt,
    regression,
    title: regression ? titleOf('logistic') : titleOfFit(fit),
    notes: regression ? [] : fit.notes,
    failures,
    seen,
    observed: now,
    orders,
    next: nextOrders(purchases, seen.customer, end),
  }
  if (regression) {
    const { logit, error } = predictLogistic(regression, columns)
    return { ...shared, ...rangeOf(logit, error), parts: contributions(regression, seen.names, columns) }
  }
  const risk = silent(fit, patterns, window / WEEK)
  const { standardErrors } = delta(fit, (moved) => silent(moved, patterns, window / WEEK))
  // On the scale of the odds, on which an interval stays within 0 and 1.
  const logit = logitsOf(risk)
  const error = standardErrors.map((each, row) => {
    const p = risk[row] as number
    return p > SURE && p < 1 - SURE ? each / (p * (1 - p)) : 0
  })
  const range = rangeOf(logit, error)
  const parts = silenceParts(fit, patterns, window / WEEK)
  const none = new Float64Array(seen.customer.length)
  return {
    ...shared,
    risk: spread(risk),
    low: spread(range.low),
    high: spread(range.high),
    parts: {
      recency: spread(parts.recency),
      frequency: spread(parts.frequency),
      tenure: spread(parts.tenure),
      rhythm: none,
      money: none,
    },
  }
}

const HINT = 'use another --model, or a shorter --window'

function rangeOf(logit: Float64Array, error: Float64Array) {
  const bound = (sign: number) =>
    probabilitiesOf(logit.map((each, row) => each + sign * Z95 * (error[row] as number)))
  return { risk: probabilitiesOf(logit), low: bound(-1), high: bound(1) }
}

interface ValueFit {
  readonly fit: Fitted
  /** Models that would have been taken before it and could not be fitted. */
  readonly failures: readonly Failure[]
}

/** The model that says how many orders are expected: the one that ranks best, or the one that was asked for. */
function valueFit(
  joined: ReturnType<typeof joining>,
  judged: Judged | undefined,
  wanted: Contender | 'auto',
): ValueFit {
  if (wanted !== 'auto' && wanted !== 'logistic') return { fit: fitJoined(wanted, joined), failures: [] }
  return bestFit(joined, judged?.verdicts ?? [])
}

function bestFit(joined: ReturnType<typeof joining>, verdicts: readonly Verdict[]): ValueFit {
  const models = verdicts.filter(({ contender }) => contender !== 'logistic')
  const model = bestOf(models)?.contender
  if (model === undefined || model === 'logistic') {
    // Without a judgement, the likelier of two models that doubt every customer.
    const { fitted, failures } = likeliest(['mbgnbd', 'pareto'], joined)
    return { fit: fitted, failures }
  }
  const { fits, failures } = fitEach([model], joined)
  if (fits[0]) return { fit: fits[0], failures }
  const others = bestFit(
    joined,
    models.filter(({ contender }) => contender !== model),
  )
  return { ...others, failures: [...failures, ...others.failures] }
}

type Use = Pick<Risks, 'used' | 'regression' | 'unlearnt'>

/** What is used; a regression that is best and can no longer be learnt gives way to the model. */
function usedOf(
  split: Split,
  wanted: Contender | 'auto',
  { judged, fit, failures }: ValueFit & { readonly judged: Judged | undefined },
): Use {
  const model = valueModels.find((each) => each === fit.model) ?? 'pareto'
  const able = judged?.verdicts.filter(({ contender }) => !failures.some((each) => each.model === contender))
  const auto = bestOf(able ?? [])?.contender === 'logistic' ? 'logistic' : model
  const used = wanted === 'auto' ? auto : wanted
  if (used !== 'logistic') return { used, regression: undefined, unlearnt: undefined }
  const learnt = learntUpTo(split, split.end)
  if ('fitted' in learnt) return { used, regression: learnt.fitted, unlearnt: undefined }
  if (wanted === 'logistic') {
    throw new CustError('model', `no regression can be learnt: ${learnt.why}`, HINT)
  }
  return { used: model, regression: undefined, unlearnt: learnt.why }
}
