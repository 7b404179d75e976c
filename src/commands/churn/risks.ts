/** The risk of every customer on the last day, by the forecast that is used. */

import { CustError } from '../../core/errors.ts'
import { contributions, type ReasonGroup, silenceParts } from '../../models/churn/contributions.ts'
import { logged, type Seen, seenUntil } from '../../models/churn/features.ts'
import { type NextOrder, nextOrders } from '../../models/churn/rhythm.ts'
import { fitJoined, joining } from '../../models/clv/customers.ts'
import { expected, type Fitted, silent } from '../../models/clv/model.ts'
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
  valueModels,
  WEEK,
} from './judged.ts'

/** By row of what was seen up to the last day. */
export interface Risks {
  readonly judged: Judged | undefined
  readonly used: Contender
  /** Why the regression, which is best, cannot be used. */
  readonly unlearnt: string | undefined
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
  const judged = judge(split)
  const now = observed(purchases, end, WEEK)
  const joined = joining(now.histories)
  const fit = valueFit(joined, judged, wanted)
  const { used, regression, unlearnt } = usedOf(split, { judged, wanted, fit })
  const seen = seenUntil(purchases, { until: end, window, money })
  const columns = logged(seen)
  const { patterns, spread } = joined(fit.model)
  const orders = spread(expected(fit, patterns, horizon / WEEK))
  const shared = {
    judged,
    used,
    unlearnt,
    regression,
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

/** The model that says how many orders are expected: the one that ranks best, or the one that was asked for. */
function valueFit(
  joined: ReturnType<typeof joining>,
  judged: Judged | undefined,
  wanted: Contender | 'auto',
): Fitted {
  if (wanted !== 'auto' && wanted !== 'logistic') return fitJoined(wanted, joined)
  const best = judged && bestOf(judged.verdicts.filter(({ contender }) => contender !== 'logistic'))
  if (best?.contender && best.contender !== 'logistic') return fitJoined(best.contender, joined)
  // Without a judgement, the likelier of two models that doubt every customer.
  const fits = [fitJoined('mbgnbd', joined), fitJoined('pareto', joined)]
  return fits.reduce((one, other) => (other.logLikelihood > one.logLikelihood ? other : one))
}

type Use = Pick<Risks, 'used' | 'regression' | 'unlearnt'>

/** What is used; a regression that is best and can no longer be learnt gives way to the model. */
function usedOf(
  split: Split,
  {
    judged,
    wanted,
    fit,
  }: { readonly judged: Judged | undefined; readonly wanted: Contender | 'auto'; readonly fit: Fitted },
): Use {
  const model = valueModels.find((each) => each === fit.model) ?? 'pareto'
  const best = wanted === 'auto' ? ((judged && bestOf(judged.verdicts)?.contender) ?? model) : wanted
  if (best !== 'logistic') return { used: best, regression: undefined, unlearnt: undefined }
  const learnt = learntUpTo(split, split.end)
  if ('fitted' in learnt) return { used: best, regression: learnt.fitted, unlearnt: undefined }
  if (wanted === 'logistic') throw new CustError('model', `no regression can be learnt: ${learnt.why}`, HINT)
  return { used: model, regression: undefined, unlearnt: learnt.why }
}
