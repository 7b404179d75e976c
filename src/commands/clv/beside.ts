/** A model that a second thread fits while the first one fits others. */

import { type Attempt, attempt, CustError } from '../../core/errors.ts'
import { type Helper, HelperLost } from '../../core/helper.ts'
import type { Joined, Patterns } from '../../models/clv/customers.ts'
import { type Fitted, fitModel, type ModelName } from '../../models/clv/model.ts'

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
