import { filledFloats, sharedIntegers } from '../../core/arrays.ts'
import type { Answer, Input, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { Helper } from '../../core/helper.ts'
import { lastDay } from '../../core/purchaseOptions.ts'
import { type Known, knownOf, leftOutOf, type PurchaseHistory, purchasesOf } from '../../core/purchases.ts'
import { absent, type Columns, intoCents } from '../../core/report.ts'
import { textsAt } from '../../core/texts.ts'
import { takesCovariates } from '../../models/clv/model.ts'
import { greatestFirst } from '../../models/ranking.ts'
import { codingOf, groupsOf, type KnownGroups } from './covariates.ts'
import { calibrationSheet, holdoutSheet, modelsSheet } from './holdout.ts'
import type spec from './index.ts'
import { type Kept, keptText, readKept } from './kept.ts'
import { definitionsSheet, fitSheet, parametersSheet } from './tables.ts'
import { tell } from './told.ts'
import { trackingSheet } from './tracking.ts'
import { worthIntervals } from './value.ts'
import { type Options, spanOf, type Valued, value } from './valued.ts'

export const run: Run<typeof spec> = async (input, options) => {
  refuseCovariates(options)
  if (options.useModel) refuseFitting(options)
  const earlier = options.useModel ? readKept(options.useModel) : undefined
  const history = await historyOf(input, options)
  // It starts while this thread looks at the days of purchase; the engine needed both processors until now.
  const helper = await input.helper()
  try {
    return await answered(input, options, { history, earlier, helper })
  } finally {
    helper?.end()
  }
}

async function historyOf(input: Input, options: Options): Promise<PurchaseHistory> {
  const until = lastDay(options, input.today)
  const money = options.spend !== 'none'
  const history = await purchasesOf(input.lines, { until, refunds: options.refunds, money })
  const customers = history.purchases.start.length - 1
  input.account({ asOf: until ?? history.latest, tally: history.tally, customers })
  const leftOut = leftOutOf(history.counts)
  if (leftOut) input.note(leftOut)
  return history
}

interface Given {
  readonly history: PurchaseHistory
  readonly earlier: Kept | undefined
  readonly helper: Helper | undefined
}

async function answered(
  input: Input,
  options: Options,
  { history, earlier, helper }: Given,
): Promise<Answer<Gives>> {
  const end = lastDay(options, input.today) ?? history.latest
  const known = await knownGroups(input, history, options, earlier)
  const valued = await value(history, end, options, { known, earlier, helper })
  tell(input, valued, options)
  const { judged } = valued.choice
  return {
    sheets: {
      customers: () => customersSheet(valued, options),
      parameters: () => parametersSheet(valued),
      fit: () => fitSheet(valued),
      models: judged ? () => modelsSheet(judged) : absent(UNJUDGED),
      holdout: judged ? () => holdoutSheet(judged) : absent(UNJUDGED),
      calibration: judged ? () => calibrationSheet(judged) : absent(UNJUDGED),
      tracking: () =>
        trackingSheet(history.purchases, { ...spanOf(valued), fitted: valued.choice.chosen, known }),
      definitions: () => definitionsSheet(valued, options),
    },
    saves: options.saveModel ? { saveModel: keptText(valued.kept()) } : {},
  }
}

const UNJUDGED = 'there is no holdout: the data are too few or too short, or --holdout is off'

/** A fit that is used decides all that a fit decides. */
function refuseFitting({ model, unit, holdout, bootstrap }: Options): void {
  const other =
    (model !== 'auto' && '--model') || (unit !== 'week' && '--unit') || (holdout !== 'auto' && '--holdout')
  if (other) {
    throw new CustError('usage', `--use-model and ${other} cannot go together`, 'the saved fit decides it')
  }
  if (bootstrap !== undefined) {
    throw new CustError(
      'usage',
      '--use-model and --bootstrap cannot go together',
      'the file has no customers to draw from; its intervals are by the delta method',
    )
  }
}

// What is known of customers -------------------------------------------------------------------------

function refuseCovariates({ covariates, model }: Options): void {
  if (covariates.length === 0 || model === 'auto' || takesCovariates(model)) return
  throw new CustError('usage', `--model ${model} takes no --covariates`, 'use bgnbd, mbgnbd, pareto or auto')
}

/** The columns that were asked for, as groups of customers: coded as an earlier fit did where there is one. */
async function knownGroups(
  input: Input,
  { purchases }: PurchaseHistory,
  options: Options,
  earlier: Kept | undefined,
): Promise<KnownGroups | undefined> {
  const { refunds } = options
  const covariates = [...new Set(options.covariates)]
  const fitted = earlier ? (earlier.covariates ?? []).map(({ column }) => column) : covariates
  if (fitted.join() !== covariates.join()) {
    const wanted = fitted.length > 0 ? `--covariates ${fitted.join()}` : 'no --covariates'
    throw new CustError(
      'usage',
      `the fit of ${options.useModel?.path} was made with ${wanted}`,
      'give the same again',
    )
  }
  if (covariates.length === 0) return undefined
  const until = lastDay(options, input.today)
  const money = options.spend !== 'none'
  const known: Known[] = []
  // One after the other: the engine answers one question at a time.
  for (const column of covariates)
    known.push(await knownOf(input.lines, purchases, { column, until, refunds, money }))
  const codings = earlier?.covariates ?? covariates.map((column, i) => codingOf(column, known[i] as Known))
  for (const { column, reference, levels } of codings) {
    input.note(`covariate ${column}: ${levels.join(', ')}, compared with ${reference}`)
  }
  return groupsOf(codings, known)
}

// Sheets ---------------------------------------------------------------------------------------------

type Gives = (typeof spec)['gives']

const TIERS = ['A', 'B', 'C'] as const

function customersSheet(valued: Valued, { top }: Options): Columns<Gives['customers']> {
  const { history, seen, outlook, sureness, worth, tiers, spend } = valued
  const { start, id } = history.purchases
  const rows = seen.customer.length
  const range =
    worth && spend !== undefined
      ? worthIntervals(seen, { clv: worth.clv, spend }, { ...outlook, ...sureness })
      : undefined
  const shown = top === undefined ? undefined : greatestFirst(worth?.clv ?? outlook.expected, top)
  const count = shown?.length ?? rows
  const at = (i: number): number => (shown ? (shown[i] as number) : i)
  const { customer, orders, first, last, tenure } = timesOf(valued, at, count)
  const copied = (values: Float64Array) => filledFloats(count, (i) => values[at(i)] as number)
  const picked = (values: Float64Array) => (shown ? copied(values) : values)
  return {
    customer_id: shown === undefined && rows === start.length - 1 ? id : textsAt(id, customer),
    orders,
    first_order_date: first,
    last_order_date: last,
    tenure_days: tenure,
    p_alive: picked(outlook.alive),
    expected_orders: picked(outlook.expected),
    expected_orders_low: picked(sureness.low),
    expected_orders_high: picked(sureness.high),
    p_no_order: picked(outlook.silent),
    expected_order_value: worth && intoCents(copied(worth.orderValue)),
    clv: worth && intoCents(copied(worth.clv)),
    clv_low: range && intoCents(picked(range.low)),
    clv_high: range && intoCents(picked(range.high)),
    data_weight: worth && picked(worth.dataWeight),
    tier: { codes: shown ? Uint8Array.from(shown, (row) => tiers[row] as number) : tiers, words: [...TIERS] },
  }
}

/** When the customers bought that are shown, up to the last day of observation: there may be later purchases. */
function timesOf({ history, seen, end }: Valued, at: (i: number) => number, count: number) {
  const { start, day } = history.purchases
  const column = () => sharedIntegers(count)
  const times = { customer: column(), orders: column(), first: column(), last: column(), tenure: column() }
  for (let i = 0; i < count; i++) {
    const customer = seen.customer[at(i)] as number
    const begin = start[customer] as number
    let place = (start[customer + 1] as number) - 1
    while ((day[place] as number) > end) place--
    const first = day[begin] as number
    times.customer[i] = customer
    times.orders[i] = place - begin + 1
    times.first[i] = first
    times.last[i] = day[place] as number
    times.tenure[i] = end - first
  }
  return times
}
