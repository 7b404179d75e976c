/** Models over customers: equal histories are joined before the work and each customer has the answer of theirs. */
import { collapse, type Histories } from './histories.ts'
import { type Fitted, fitModel, type ModelName } from './model.ts'

/** What a model looks at: only one of regular buyers sees the gaps; without them more histories are equal. */
function seenBy(model: ModelName, histories: Histories): Histories {
  const { logGaps, ...times } = histories
  return model === 'cnbd' ? histories : times
}

/** A fit to patterns is a fit to customers, sooner. Throws as `fitModel` does. */
export const fitCustomers = (model: ModelName, histories: Histories): Fitted =>
  fitModel(model, collapse(seenBy(model, histories)).patterns)

export type Patterns = Histories & { readonly weight: Float64Array }

/** The distinct histories that a model sees, and values of them given to their customers. */
export function patternsOf(
  model: ModelName,
  histories: Histories,
): { readonly patterns: Patterns; spread(values: Float64Array): Float64Array } {
  const { patterns, patternOf } = collapse(seenBy(model, histories))
  return {
    patterns,
    spread(values) {
      const rows = new Float64Array(patternOf.length)
      for (let row = 0; row < rows.length; row++) rows[row] = values[patternOf[row] as number] as number
      return rows
    },
  }
}
