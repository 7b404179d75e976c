/** Cohorts with known truth: intervals hold it as often as they say, and totals ahead are right on average. */
import { describe, expect, test } from 'vitest'
import { collapse } from '../../src/models/clv/histories.ts'
import { expected, fitModel } from '../../src/models/clv/model.ts'
import { effectEstimates, estimates } from '../../src/models/clv/uncertainty.ts'
import {
  cohort,
  type KnownModel,
  known,
  knownTruth,
  type Simulated,
  truths,
} from '../models/clv/simulated.ts'

const COHORTS = 200
const SIZE = { customers: 3000, weeks: 104 }
const AHEAD = 52

describe.each(Object.keys(truths) as Simulated[])('%s', (model) => {
  const truth: Readonly<Record<string, number>> = truths[model]
  const inside = new Map(Object.keys(truth).map((name) => [name, 0]))
  let [said, was, squares] = [0, 0, 0]
  for (let seed = 0; seed < COHORTS; seed++) {
    const { histories, later } = cohort(model, { ...SIZE, seed: 100 + seed }, AHEAD)
    const { logGaps: _, ...times } = histories
    const fitted = fitModel(model, collapse(times).patterns)
    for (const { name, low, high } of estimates(fitted)) {
      const value = truth[name] as number
      if (low <= value && value <= high) inside.set(name, (inside.get(name) ?? 0) + 1)
    }
    const predicted = expected(fitted, histories, AHEAD).reduce((sum, each) => sum + each, 0)
    const actual = later.reduce((sum, each) => sum + each, 0)
    said += predicted
    was += actual
    squares += (predicted / actual - 1) ** 2
  }

  test.each(Object.keys(truth))(
    '%s is inside its interval of 95 %% in 92 to 98 %% of the cohorts',
    (name) => {
      const share = (inside.get(name) as number) / COHORTS
      expect(share).toBeGreaterThanOrEqual(0.92)
      expect(share).toBeLessThanOrEqual(0.98)
    },
  )

  test('orders in the year ahead are right on average', () => {
    // Within four standard errors of the mean over the cohorts.
    const error = Math.sqrt(squares / COHORTS) / Math.sqrt(COHORTS)
    expect(Math.abs(said / was - 1)).toBeLessThan(4 * error)
    expect(error).toBeLessThan(0.005)
  })
})

describe.each(['pareto', 'bgnbd', 'mbgnbd'] satisfies KnownModel[])('%s with covariates', (model) => {
  const inside = new Map(Object.keys(knownTruth).map((name) => [name, 0]))
  for (let seed = 0; seed < COHORTS; seed++) {
    const histories = known(model, { customers: 2000, weeks: 104, seed: 500 + seed })
    for (const { name, low, high } of effectEstimates(fitModel(model, collapse(histories).patterns))) {
      const value = knownTruth[name as keyof typeof knownTruth]
      if (low <= value && value <= high) inside.set(name, (inside.get(name) ?? 0) + 1)
    }
  }

  test.each(Object.keys(knownTruth))('%s is inside its interval in 91 to 99 %% of the cohorts', (name) => {
    const share = (inside.get(name) as number) / COHORTS
    expect(share).toBeGreaterThanOrEqual(0.91)
    expect(share).toBeLessThanOrEqual(0.99)
  })
})
