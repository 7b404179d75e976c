/** Which forecast is used: each is made at a cut in the past and judged by the window that followed. */
import { formatDay } from '../../core/days.ts'
import { attempt } from '../../core/errors.ts'
import { counted } from '../../core/numerals.ts'
import type { Purchases } from '../../core/purchases.ts'
import { featureOf, logged, type Seen, seenUntil, silentAfter } from '../../models/churn/features.ts'
import { type Failure, fitEach, joining } from '../../models/clv/customers.ts'
import { type ModelName, modelTitles, silent } from '../../models/clv/model.ts'
import { observed } from '../../models/clv/observed.ts'
import { fitLogistic, type Logistic, predictLogistic, probabilitiesOf } from '../../models/logistic.ts'
import {
  brierOf,
  calibrationError,
  type Ranking,
  rankingOf,
  type Tenth,
  tenthsOf,
} from '../../models/ranking.ts'

export type Contender = Exclude<ModelName, 'bgbb'> | 'logistic'

/** The simplest first. */
export const valueModels = ['mbgnbd', 'bgnbd', 'pareto', 'cnbd'] as const satisfies readonly Contender[]

export const titleOf = (contender: Contender): string =>
  contender === 'logistic' ? 'logistic regression' : modelTitles[contender]

/** Where the past is cut. */
export interface Split {
  readonly purchases: Purchases
  readonly first: number
  readonly end: number
  /** Days of the window. */
  readonly window: number
  readonly money: boolean
}

export interface Verdict {
  /** Undefined for the naive line. */
  readonly contender: Contender | undefined
  readonly title: string
  readonly ranking: Ranking
  /** How well the other outcome, a return, is ranked: its average precision. */
  readonly returning: number
  /** Of probabilities only. */
  readonly brier: number
  readonly tenths: readonly Tenth[]
  readonly calibrationError: number
  readonly lift: number
}

export interface Judged {
  /** The day of the cut; the window follows it. */
  readonly cut: number
  readonly customers: number
  readonly churned: number
  readonly verdicts: readonly Verdict[]
  /** Undefined where there was no past to learn from, and why. */
  readonly withoutRegression: string | undefined
  /** Models that could not be fitted up to the cut. */
  readonly failures: readonly Failure[]
}

/** Time is measured in weeks: the fit does not depend on it. */
export const WEEK = 7

const FEW_REPEATS = 10
const FEW_CUSTOMERS = 300
const FEW_OF_AN_OUTCOME = 30

/** A regression learnt from the window that ends on a day. Says why where there is too little to learn from. */
export function learntUpTo(split: Split, day: number): { fitted: Logistic } | { why: string } {
  const { purchases, first, window, money } = split
  const cut = { until: day - window, window, money }
  // Days are counted from the first to the last, both of them among the days of the data.
  if (cut.until - first + 1 < window) {
    return { why: `the data are shorter than two windows of ${window} days before ${formatDay(day)}` }
  }
  const seen = seenUntil(purchases, cut)
  const outcome = silentAfter(purchases, seen.customer, cut)
  const churned = outcome.reduce((sum, each) => sum + each, 0)
  const least = Math.min(churned, outcome.length - churned)
  if (outcome.length < FEW_CUSTOMERS) {
    return { why: `only ${counted(outcome.length, 'customer')} had bought by ${formatDay(cut.until)}` }
  }
  if (least < FEW_OF_AN_OUTCOME) {
    return {
      why: `only ${counted(least, 'customer')} ${least === churned ? 'stayed away' : 'came back'} in the ${window} days after ${formatDay(cut.until)}`,
    }
  }
  const found = attempt(() => fitLogistic(logged(seen), outcome))
  return 'fitted' in found ? found : { why: found.failure.message }
}

/** Judge all contenders, and what was asked for; undefined where the time before the last window says nothing. */
export function judge(split: Split, wanted: Contender | 'auto' = 'auto'): Judged | undefined {
  const { purchases, first, end, window, money } = split
  const until = end - window
  if (until < first) return undefined
  const seen = seenUntil(purchases, { until, window, money })
  const outcome = silentAfter(purchases, seen.customer, { until, window })
  const churned = outcome.reduce((sum, each) => sum + each, 0)
  const { histories, gaps } = observed(purchases, until, WEEK)
  const repeats = histories.x.reduce((count, x) => count + Number(x > 0), 0)
  if (repeats < FEW_REPEATS || churned === 0 || churned === outcome.length) return undefined
  const learnt = learntUpTo(split, until)
  const joined = joining(histories, gaps)
  const { fits, failures } = fitEach(valueModels, joined)
  const risks: (readonly [Contender, Float64Array])[] = valueModels.flatMap((model) => {
    const fitted = fits.find((each) => each.model === model)
    // Buyers who are not regular are those of another model.
    if (!fitted || (model === 'cnbd' && fitted.k === 1 && wanted !== 'cnbd')) return []
    const { patterns, spread } = joined(model)
    return [[model, spread(silent(fitted, patterns, window / WEEK))] as const]
  })
  if ('fitted' in learnt) {
    risks.push(['logistic', probabilitiesOf(predictLogistic(learnt.fitted, logged(seen)).logit)])
  }
  const verdicts = risks.map(([contender, risk]) => verdictOf(contender, risk, outcome))
  return {
    cut: until,
    customers: outcome.length,
    churned: churned / outcome.length,
    verdicts: [...verdicts, naiveVerdict(seen, outcome)],
    withoutRegression: 'why' in learnt ? learnt.why : undefined,
    failures,
  }
}

function verdictOf(contender: Contender, risk: Float64Array, outcome: Uint8Array): Verdict {
  const tenths = tenthsOf(risk, outcome)
  return {
    contender,
    title: titleOf(contender),
    ...rankingBothWays(risk, outcome),
    brier: brierOf(risk, outcome),
    tenths,
    calibrationError: calibrationError(tenths),
    lift: liftOf(tenths, outcome),
  }
}

/** The time since the last order, as it is: it ranks customers and says nothing of how likely. */
function naiveVerdict(seen: Seen, outcome: Uint8Array): Verdict {
  const recency = featureOf(seen, 'recency')
  return {
    contender: undefined,
    title: 'recency alone',
    ...rankingBothWays(recency, outcome),
    brier: Number.NaN,
    tenths: [],
    calibrationError: Number.NaN,
    lift: liftOf(tenthsOf(recency, outcome), outcome),
  }
}

function rankingBothWays(score: Float64Array, outcome: Uint8Array) {
  const ranking = rankingOf(score, outcome)
  const returned = rankingOf(
    score.map((each) => -each),
    outcome.map((each) => 1 - each),
  )
  return { ranking, returning: returned.averagePrecision }
}

function liftOf(tenths: readonly Tenth[], outcome: Uint8Array): number {
  const churned = outcome.reduce((sum, each) => sum + each, 0) / outcome.length
  return (tenths.at(-1)?.observed ?? Number.NaN) / churned
}

/** AUC within which two forecasts rank alike. */
const ALIKE = 0.005

/** The highest AUC; within 0.005 of it the lowest Brier score; among equals the simplest. */
export function bestOf(verdicts: readonly Verdict[]): Verdict | undefined {
  const models = verdicts.filter(({ contender }) => contender !== undefined)
  const most = Math.max(...models.map(({ ranking }) => ranking.auc))
  const alike = models.filter(({ ranking }) => ranking.auc >= most - ALIKE)
  return alike.reduce<Verdict | undefined>(
    (best, next) => (best && best.brier <= next.brier ? best : next),
    undefined,
  )
}
