/** What a second thread does while the first one does the rest: a fit, or the errors of what is expected. */

import { type Attempt, attempt, CustError } from '../../core/errors.ts'
import { Handed, type Helper, HelperLost } from '../../core/helper.ts'
import type { Joined, Patterns } from '../../models/clv/customers.ts'
import { expected, type Fitted, fitModel, type ModelName } from '../../models/clv/model.ts'
import { delta } from '../../models/clv/uncertainty.ts'

export interface FitTask {
  readonly model: ModelName
  readonly patterns: Patterns
}

/** An error does not pass from thread to thread as what it is. */
type Told = { readonly fitted: Fitted } | Pick<CustError, 'message' | 'hint'>

/** On the second thread. */
export function tellFit({ model, patterns }: FitTask): Told {
  const found = attempt(() => fitModel(model, patterns))
  if ('fitted' in found) return found
  const { message, hint } = found.failure
  return { message, hint }
}

/** It is fitted from now on; the answer is asked for when all else is done, and worked out here where it got lost. */
export function fitBeside(helper: Helper, model: ModelName, { patterns }: Joined) {
  const told = helper.ask({ model, patterns } satisfies FitTask)
  // Who awaits it later hears of its errors; until then nobody must.
  told.catch(() => {})
  return async (): Promise<Attempt<Fitted>> => {
    try {
      const found = (await told) as Told
      return 'fitted' in found ? found : { failure: new CustError('model', found.message, found.hint) }
    } catch (error) {
      if (!(error instanceof HelperLost)) throw error
      return attempt(() => fitModel(model, patterns))
    }
  }
}

// Errors ---------------------------------------------------------------------------------------------

/** Of the orders that a fit expects within the horizon, by pattern and of all customers together. */
export interface ErrorsTask {
  readonly fitted: Fitted
  readonly patterns: Patterns
  readonly horizon: number
}

export type Errors = ReturnType<typeof delta>

const errorsOf = ({ fitted, patterns, horizon }: ErrorsTask): Errors =>
  delta(fitted, (moved) => expected(moved, patterns, horizon), patterns.weight)

/** On the second thread. */
export function handErrors(task: ErrorsTask): Handed {
  const errors = errorsOf(task)
  return new Handed(errors, [errors.standardErrors.buffer as ArrayBuffer])
}

/** They are worked out from now on where there is a second thread, else when they are asked for. */
export function errorsBeside(helper: Helper | undefined, task: ErrorsTask): () => Promise<Errors> {
  const told = helper?.ask(task)
  told?.catch(() => {})
  return async () => {
    try {
      return told ? ((await told) as Errors) : errorsOf(task)
    } catch (error) {
      if (!(error instanceof HelperLost)) throw error
      return errorsOf(task)
    }
  }
}
