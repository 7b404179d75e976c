import type { Input, Run } from '../../core/command.ts'
import { formatDay } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import { counted, percent, wholeText } from '../../core/numerals.ts'
import { lastDay } from '../../core/purchaseOptions.ts'
import { leftOutOf, purchasesOf } from '../../core/purchases.ts'
import { absent } from '../../core/report.ts'
import { modelTitles } from '../../models/clv/model.ts'
import type spec from './index.ts'
import type { Judged, Verdict } from './judged.ts'
import { type Risks, risksOf } from './risks.ts'
import {
  calibrationSheet,
  customersSheet,
  definitionsSheet,
  type Found,
  modelsSheet,
  weightsSheet,
} from './tables.ts'
import { windowOf } from './window.ts'
import { contactOf, type Options, worthOf } from './worth.ts'

export const run: Run<typeof spec> = async (input, options) => {
  const money = options.spend !== 'none'
  if (!money && options.contactCost !== undefined) {
    throw new CustError('usage', '--contact-cost needs amounts, and --no-spend leaves them out')
  }
  const until = lastDay(options, input.today)
  const history = await purchasesOf(input.lines, { until, refunds: options.refunds, money })
  const end = until ?? history.latest
  const { purchases, first } = history
  input.account({ asOf: end, tally: history.tally, customers: purchases.start.length - 1 })
  const leftOut = leftOutOf(history.counts)
  if (leftOut) input.note(leftOut)
  const window = windowOf(purchases, { first, end, wanted: options.window })
  const split = { purchases, first, end, window: window.days, money }
  const risks = risksOf(split, options.model, options.horizon.days)
  const worth = money ? worthOf(risks, history, options) : undefined
  tell(input, { risks, window, worth }, options)
  const { judged, regression } = risks
  return {
    sheets: {
      customers: () => customersSheet({ risks, history, worth, window, end }, options),
      models: judged ? () => modelsSheet(judged, risks) : absent(UNJUDGED),
      calibration: judged ? () => calibrationSheet(judged, risks) : absent(UNJUDGED),
      weights: regression
        ? () => weightsSheet(risks)
        : absent('a model of repeat purchase has no weights: see cust clv --sheet parameters'),
      definitions: () => definitionsSheet({ risks, history, window, end }, options),
    },
  }
}

const UNJUDGED = 'there is nothing to judge by: the data are too few, or shorter than twice the window'

// What is told ---------------------------------------------------------------------------------------

function tell(input: Input, found: Found, options: Options): void {
  const { risks, window } = found
  input.note(`risk: no order in the next ${counted(window.days, 'day')} (${window.why})`)
  input.note(`by ${risks.title}: ${whyUsed(risks, options)}`)
  const expected = risks.risk.reduce((sum, each) => sum + each, 0)
  input.note(
    `${wholeText(Math.round(expected))} of ${wholeText(risks.risk.length)} customers are expected to stay away (${percent(expected / risks.risk.length)})`,
  )
  const { judged } = risks
  if (judged?.withoutRegression && options.model === 'auto') {
    input.note(`no regression is judged: ${judged.withoutRegression}`)
  }
  if (risks.unlearnt) input.note(`no regression is used, though it is best: ${risks.unlearnt}`)
  for (const { model, why } of judged?.failures ?? []) {
    input.note(`${modelTitles[model]} is not judged: ${why.message}`)
  }
  for (const { model, why } of risks.failures) input.note(`${modelTitles[model]} is left out: ${why.message}`)
  for (const line of risks.notes) input.warn(`${risks.title}: ${line}`)
  if (!judged) input.warn(`nothing judges the forecast: ${UNJUDGED}`)
  if (judged && isNoBetter(judged, risks)) {
    input.warn('recency alone ranks customers as well: the forecast adds only how likely, not who')
  }
  for (const line of found.worth?.warnings ?? []) input.warn(line)
  tellContacts(input, found, options)
}

function whyUsed({ judged, used, unlearnt, failures }: Risks, { model }: Options): string {
  const verdict = judged?.verdicts.find(({ contender }) => contender === used)
  if (!judged || !verdict) return judged ? 'as asked for, and not judged' : 'not judged'
  const naive = judged.verdicts.find(({ contender }) => contender === undefined) as Verdict
  const best = unlearnt || failures.length > 0 ? 'next best' : 'best'
  const how = model === 'auto' ? best : 'as asked for'
  return `${how} after ${formatDay(judged.cut)}, AUC ${auc(verdict)}; recency alone ${auc(naive)}`
}

const auc = ({ ranking }: Verdict): string => ranking.auc.toFixed(3)

function isNoBetter({ verdicts }: Judged, { used }: Risks): boolean {
  const own = verdicts.find(({ contender }) => contender === used)
  const naive = verdicts.find(({ contender }) => contender === undefined)
  return own !== undefined && naive !== undefined && naive.ranking.auc >= own.ranking.auc
}

function tellContacts(input: Input, { risks, worth }: Found, options: Options): void {
  const contact = contactOf(risks, worth, options)
  if (!contact) return
  const rows = [...risks.risk.keys()].filter(contact)
  const share = percent(rows.length / risks.risk.length)
  const head = `worth contacting: ${wholeText(rows.length)} of ${wholeText(risks.risk.length)} customers (${share})`
  const { contactCost: cost, effect } = options
  if (cost === undefined || !worth) {
    input.note(head)
    return
  }
  const kept = effect * rows.reduce((sum, row) => sum + (worth.atRisk[row] as number), 0)
  const costs = cost * rows.length
  input.note(
    `${head}: ${kept.toFixed(2)} kept for ${costs.toFixed(2)}, a profit of ${(kept - costs).toFixed(2)}, if a contact keeps ${percent(effect)} of what is at risk`,
  )
}
