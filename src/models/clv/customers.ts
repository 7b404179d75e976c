/** Models over customers: equal histories are joined before the work and each customer has the answer of theirs. */
import { sharedFloats } from '../../core/arrays.ts'
import { attempt, type CustError } from '../../core/errors.ts'
import { collapse, type Histories } from './histories.ts'
import { type Fitted, fitModel, type ModelName } from './model.ts'

export type Patterns = Histories & { readonly weight: Float64Array }

/** The distinct histories that a model sees, and values of them given to their customers. */
export interface Joined {
  readonly patterns: Patterns
  /** By customer. */
  readonly patternOf: Int32Array
  spread(values: Float64Array): Float64Array
}

/**
 * The histories of customers as each model sees them; joined once, when first asked for. Only a model of regular buyers
 * sees the gaps: without them more histories are equal.
 */
export function joining(times: Histories, gaps: () => Float64Array): (model: ModelName) => Joined {
  const known = new Map<boolean, Joined>()
  return (model) => {
    const regular = model === 'cnbd'
    const joined = known.get(regular) ?? join(regular ? { ...times, logGaps: gaps() } : times)
    known.set(regular, joined)
    return joined
  }
}

function join(histories: Histories): Joined {
  const { patterns, patternOf } = collapse(histories)
  return {
    patterns,
    patternOf,
    spread(values) {
      const rows = sharedFloats(patternOf.length)
      for (let row = 0; row < rows.length; row++) rows[row] = values[patternOf[row] as number] as number
      return rows
    },
  }
}

/** A fit to patterns is a fit to customers, sooner. Throws as `fitModel` does. */
export const fitJoined = (model: ModelName, joined: (model: ModelName) => Joined): Fitted =>
  fitModel(model, joined(model).patterns)

/** A model that could not be fitted. */
export interface Failure {
  readonly model: ModelName
  readonly why: CustError
}

/** Fits of those models that can be fitted. */
export function fitEach(
  models: readonly ModelName[],
  joined: (model: ModelName) => Joined,
): { readonly fits: readonly Fitted[]; readonly failures: readonly Failure[] } {
  const [fits, failures]: [Fitted[], Failure[]] = [[], []]
  for (const model of models) {
    const found = attempt(() => fitJoined(model, joined))
    if ('fitted' in found) fits.push(found.fitted)
    else failures.push({ model, why: found.failure })
  }
  return { fits, failures }
}

/** The likeliest of the models that can be fitted. Throws as `fitModel` does where there is none. */
export function likeliest(models: readonly ModelName[], joined: (model: ModelName) => Joined) {
  const { fits, failures } = fitEach(models, joined)
  const [first, ...others] = fits
  if (!first) throw (failures[0] as Failure).why
  const fitted = others.reduce((best, next) => (next.logLikelihood > best.logLikelihood ? next : best), first)
  return { fitted, fits, failures }
}
