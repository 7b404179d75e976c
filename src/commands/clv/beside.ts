/** What a second thread does while the first one does the rest: fits, and the errors of what is expected. */
import { type Attempt, attempt, CustError } from '../../core/errors.ts'
import { Handed, type Helper, HelperLost } from '../../core/helper.ts'
import type { Joined, Patterns } from '../../models/clv/customers.ts'
import { expected, type Fitted, fitModel, type ModelName } from '../../models/clv/model.ts'
import { type Spenders, type SpendFit, spendOf } from '../../models/clv/spend.ts'
import { delta } from '../../models/clv/uncertainty.ts'

/** It is done from now on; the answer is asked for when all else is, and found here where it got lost. */
function beside<T>(helper: Helper, task: unknown, read: (answer: unknown) => T, here: () => T) {
  const told = helper.ask(task)
  // Who awaits it later hears of its errors; until then nobody must.
  told.catch(() => {})
  return async (): Promise<T> => {
    try {
      return read(await told)
    } catch (error) {
      if (!(error instanceof HelperLost)) throw error
      return here()
    }
  }
}

// Fits -----------------------------------------------------------------------------------------------

export interface FitTask {
  readonly model: ModelName
  readonly patterns: Patterns
}

export interface SpendTask {
  readonly spenders: Spenders
}

/** An error does not pass from thread to thread as what it is. */
type Told<T> = { readonly fitted: T } | Pick<CustError, 'message' | 'hint'>

function told<T>(found: Attempt<T>): Told<T> {
  if ('fitted' in found) return found
  const { message, hint } = found.failure
  return { message, hint }
}

function heard<T>(answer: unknown): Attempt<T> {
  const found = answer as Told<T>
  return 'fitted' in found ? found : { failure: new CustError('model', found.message, found.hint) }
}

const fitOf = ({ model, patterns }: FitTask): Attempt<Fitted> => attempt(() => fitModel(model, patterns))

/** On the second thread. */
export const tellFit = (task: FitTask): Told<Fitted> => told(fitOf(task))

export function fitBeside(helper: Helper, model: ModelName, { patterns }: Joined) {
  const task: FitTask = { model, patterns }
  return beside(helper, task, heard<Fitted>, () => fitOf(task))
}

/** On the second thread. */
export const tellSpend = ({ spenders }: SpendTask): Told<SpendFit> => told(spendOf(spenders))

export function spendBeside(helper: Helper, spenders: Spenders) {
  const task: SpendTask = { spenders }
  return beside(helper, task, heard<SpendFit>, () => spendOf(spenders))
}

// Errors ---------------------------------------------------------------------------------------------

/** Of the orders that a fit expects within the horizon, by pattern and of all customers together. */
export interface ErrorsTask {
  readonly fitted: Fitted
  readonly patterns: Patterns
  readonly horizon: number
}

export type Errors = ReturnType<typeof delta>

export const errorsOf = ({ fitted, patterns, horizon }: ErrorsTask): Errors =>
  delta(fitted, (moved) => expected(moved, patterns, horizon), patterns.weight)

/** On the second thread. */
export function handErrors(task: ErrorsTask): Handed {
  const errors = errorsOf(task)
  return new Handed(errors, [errors.standardErrors.buffer as ArrayBuffer])
}

export const errorsBeside = (helper: Helper, task: ErrorsTask) =>
  beside(
    helper,
    task,
    (errors) => errors as Errors,
    () => errorsOf(task),
  )
