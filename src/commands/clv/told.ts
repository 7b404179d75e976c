/** What is told beside the answer: which model and why, whom it leaves out, and what may make the numbers wrong. */
import type { Input } from '../../core/command.ts'
import { formatDay } from '../../core/days.ts'
import { counted, wholeText } from '../../core/numerals.ts'
import { type Fitted, modelTitles, titleOfFit } from '../../models/clv/model.ts'
import { likelihoodRatioP } from './covariates.ts'
import { guessNearer } from './holdout.ts'
import type { Options, Valued } from './valued.ts'

export function tell(input: Input, valued: Valued, options: Options): void {
  tellModel(input, valued, options)
  tellJudgement(input, valued)
  tellSpend(input, valued, options)
  if (!options.useModel) tellCovariates(input, valued.choice.chosen)
}

function tellModel(input: Input, valued: Valued, { horizon }: Options): void {
  const { chosen, failures } = valued.choice
  const { total } = valued.sureness
  const range = Number.isNaN(total.low)
    ? 'without an interval'
    : `95 %: ${one(total.low)} to ${one(total.high)}`
  input.note(
    `${titleOfFit(chosen)} (${whyChosen(valued)}): ${one(valued.outlook.total)} orders expected in ${horizon.text} (${range})`,
  )
  for (const { model, to, why } of failures) {
    const what = to === 'calibration' ? 'is not judged' : 'is left out'
    input.note(`${modelTitles[model]} ${what}: ${why.message}`)
  }
  for (const line of chosen.notes) input.warn(`${modelTitles[chosen.model]}: ${line}`)
  if (chosen.model === 'bgnbd') input.note('BG/NBD gives every one-time buyer p_alive = 1')
}

function whyChosen({ choice: { judged, unjudged }, earlier }: Valued): string {
  if (earlier) return `fitted up to ${earlier.asOf}`
  if (!judged) return unjudged ? `no holdout: ${unjudged}` : 'no holdout'
  const names = judged.models.map(({ name }) => name).join(', ')
  return `${judged.models.length > 1 ? 'best of ' : ''}${names} after ${formatDay(judged.calibrationEnd)}`
}

const FEW_REPEATING = 100

function tellJudgement(input: Input, { choice: { judged }, history, seen, earlier }: Valued): void {
  const late = judged ? history.purchases.start.length - 1 - judged.histories.x.length : 0
  if (judged && late > 0) {
    input.note(
      `${counted(late, 'customer')} first bought after ${formatDay(judged.calibrationEnd)}: scored, but no part of the holdout`,
    )
  }
  let repeating = 0
  const { x } = seen.histories
  for (let row = 0; row < x.length; row++) if ((x[row] as number) > 0) repeating++
  // A fit that was kept has learnt from others.
  if (repeating < FEW_REPEATING && !earlier) {
    input.warn(`only ${counted(repeating, 'customer')} bought again: that says little of the others`)
  }
  const nearer = judged && guessNearer(judged)
  if (nearer) {
    input.warn(
      `after ${formatDay(judged.calibrationEnd)} a plain guess (${nearer}) was nearer than ${judged.chosen}, by customer and in total: trust no single number here`,
    )
  }
}

function tellSpend(input: Input, { spend, warnings, earlier }: Valued, { useModel }: Options): void {
  for (const line of warnings) input.warn(line)
  if (earlier && earlier.meanSpend === null && spend !== undefined) {
    input.note(`the fit of ${useModel?.path} knows no spend: orders are valued by this input`)
  }
  if (typeof spend === 'number' && earlier?.meanSpend != null) {
    const mean = spend.toFixed(2)
    input.note(`an order of a customer without own spend is worth ${mean}, the mean up to ${earlier.asOf}`)
  }
  if (typeof spend === 'object' && spend.without > 0) {
    input.note(
      `${counted(spend.without, 'customer')} bought again and paid nothing: no part of the model of spend`,
    )
  }
}

/** Whether what is known of customers says anything: twice the gain in log-likelihood is chi-squared if not. */
function tellCovariates(input: Input, { effects = [], gain }: Fitted): void {
  if (gain === undefined || effects.length === 0) return
  const p = likelihoodRatioP(gain, effects.length)
  const how = p < 0.0001 ? 'p < 0.0001' : `p = ${p.toFixed(4)}`
  input.note(
    `covariates raise the log-likelihood by ${gain.toFixed(2)} with ${2 * effects.length} effects (${how}); see --sheet parameters`,
  )
}

const one = (number: number): string => wholeText(Math.round(number))
