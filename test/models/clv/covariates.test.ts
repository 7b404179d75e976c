/** Models in which customers differ by what is known of them. */
import { describe, expect, test } from 'vitest'
import { bgLikelihood } from '../../../src/models/clv/bgnbd.ts'
import type { Effect } from '../../../src/models/clv/covariates.ts'
import { collapse, type Histories, pickHistories } from '../../../src/models/clv/histories.ts'
import { alive, expected, expectedNew, type Fitted, fitModel, silent } from '../../../src/models/clv/model.ts'
import { paretoLikelihood } from '../../../src/models/clv/paretonbd.ts'
import { delta, effectEstimates, resampled } from '../../../src/models/clv/uncertainty.ts'
import { type KnownModel, known, knownTruth } from './simulated.ts'

const models = ['pareto', 'bgnbd', 'mbgnbd'] as const
const plain = (fitted: Fitted) => Object.values(fitted.parameters)

/** The log-likelihood as a sum over groups, each with parameters of its own, written down once more. */
function likelihoodAt(model: KnownModel, histories: Histories, at: readonly number[]): number {
  const [r = 0, alpha = 0, third = 0, fourth = 0, p1 = 0, p2 = 0, d1 = 0, d2 = 0] = at
  const { of, design } = histories.groups as NonNullable<Histories['groups']>
  return design.reduce((sum, [z1 = 0, z2 = 0], group) => {
    const rows = [...of.keys()].filter((row) => of[row] === group)
    const own = { ...pickHistories(histories, rows), groups: undefined }
    const rate = Math.exp(p1 * z1 + p2 * z2)
    const leaves = Math.exp(d1 * z1 + d2 * z2)
    const slope =
      model === 'pareto'
        ? paretoLikelihood(own)([r, alpha / rate, third, fourth / leaves])
        : bgLikelihood(own, model === 'mbgnbd' ? 1 : 0)([r, alpha / rate, third * leaves, fourth])
    return sum + slope.value
  }, 0)
}

const coordinates = ({ parameters, effects = [] }: Fitted) => [
  ...Object.values(parameters),
  ...effects.map(({ purchase }) => purchase),
  ...effects.map(({ dropout }) => dropout),
]

describe.each(models)('%s with covariates', (model) => {
  const histories = known(model, { seed: 5, customers: 6000, weeks: 78 })
  const fitted = fitModel(model, collapse(histories).patterns)

  test('is at a maximum of the likelihood, summed group by group', () => {
    const at = coordinates(fitted)
    const best = likelihoodAt(model, histories, at)
    expect(best).toBeCloseTo(fitted.logLikelihood, 6)
    at.forEach((value, i) => {
      for (const by of [0.01, -0.01]) {
        const moved = at.map((each, j) => (i === j ? (i < 4 ? value * Math.exp(by) : value + by) : each))
        expect(likelihoodAt(model, histories, moved)).toBeLessThan(best)
      }
    })
  })

  test('its standard errors are those of the curvature by finite differences', () => {
    const at = coordinates(fitted)
    const step = 1e-3
    const along = (i: number, a: number, j: number, b: number) =>
      likelihoodAt(
        model,
        histories,
        at.map((each, k) => {
          const by = (k === i ? a : 0) + (k === j ? b : 0)
          return k < 4 ? each * Math.exp(by) : each + by
        }),
      )
    const { covariance } = fitted
    // The information times the covariance is the identity: a row of it is enough.
    for (const i of [1, 4, 7]) {
      const row = at.map((_, j) => {
        const mixed =
          along(i, step, j, step) -
          along(i, step, j, -step) -
          along(i, -step, j, step) +
          along(i, -step, j, -step)
        return -mixed / (4 * step * step)
      })
      const own = row.reduce((sum, each, j) => sum + each * (covariance?.[j]?.[i] as number), 0)
      expect(own).toBeCloseTo(1, 3)
    }
  })

  test('finds the truth within four standard errors', () => {
    for (const { name, value, standardError } of effectEstimates(fitted)) {
      const truth = knownTruth[name as keyof typeof knownTruth]
      expect(Math.abs(value - truth), name).toBeLessThan(4 * standardError)
    }
  })

  test('predicts of a group what the model with its parameters does', () => {
    const { of, design } = histories.groups as NonNullable<Histories['groups']>
    const rows = [...of.keys()].filter((row) => of[row] === 3).slice(0, 50)
    const own = { ...pickHistories(histories, rows), groups: undefined }
    const [z1 = 0, z2 = 0] = design[3] as readonly number[]
    const [one, two] = fitted.effects as unknown as [Effect, Effect]
    const rate = Math.exp(one.purchase * z1 + two.purchase * z2)
    const leaves = Math.exp(one.dropout * z1 + two.dropout * z2)
    const { parameters } = fitted
    const moved: Record<string, number> = { ...parameters, alpha: (parameters['alpha'] as number) / rate }
    if (model === 'pareto') moved['beta'] = (parameters['beta'] as number) / leaves
    else moved['a'] = (parameters['a'] as number) * leaves
    const { effects, ...rest } = fitted
    const alone: Fitted = { ...rest, parameters: moved }
    for (const predict of [
      alive,
      (f: Fitted, h: Histories) => expected(f, h, 26),
      (f: Fitted, h: Histories) => silent(f, h, 26),
    ]) {
      const all = predict(fitted, histories)
      predict(alone, own).forEach((value, i) => {
        expect(all[rows[i] as number]).toBeCloseTo(value, 12)
      })
    }
    expect(expectedNew(fitted, 30, histories.groups, 3)).toBeCloseTo(expectedNew(alone, 30), 12)
  })

  test('has intervals by the delta method near those by refits', () => {
    const { patterns } = collapse(known(model, { seed: 8, customers: 1500, weeks: 78 }))
    const some = fitModel(model, patterns)
    const { ofTotal } = delta(some, (moved) => expected(moved, patterns, 52), patterns.weight)
    const totals = resampled(model, patterns, { times: 60, seed: 3 }).map((each) =>
      expected(each, patterns, 52).reduce(
        (sum, value, row) => sum + value * (patterns.weight[row] as number),
        0,
      ),
    )
    const mean = totals.reduce((sum, each) => sum + each, 0) / totals.length
    const spread = Math.sqrt(totals.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (totals.length - 1))
    expect(ofTotal / spread).toBeGreaterThan(0.6)
    expect(ofTotal / spread).toBeLessThan(1.6)
  })

  test('says nothing where nothing is known, and recognises a group that never came back', () => {
    const once = { ...histories, x: histories.x.slice(), tx: histories.tx.slice() }
    histories.groups?.of.forEach((group, row) => {
      if (group % 2 === 1) [once.x[row], once.tx[row]] = [0, 0]
    })
    const runaway = fitModel(model, once)
    expect(runaway.covariance).toBeNull()
    expect(runaway.notes.join()).toMatch(/nothing in the data holds the effects .*gender=f/)
    expect([...expected(runaway, once, 52), ...silent(runaway, once, 52)].every(Number.isFinite)).toBe(true)
    const { groups, ...bare } = histories
    expect(
      fitModel(model, {
        ...bare,
        groups: { ...groups, of: bare.x.map(() => 0), design: [[0, 0]], names: ['a=b', 'c=d'] },
      }).effects,
    ).toEqual([])
    expect(plain(fitModel(model, bare))).toHaveLength(4)
  })
})

describe('the ridge of the BG/NBD', () => {
  test('customers who all leave with the same probability: a and b run away, and it is told', () => {
    const histories = known('bgnbd', { seed: 2, customers: 3000, weeks: 78, samePart: true })
    const { notes, covariance, parameters } = fitModel('bgnbd', histories)
    // Either the data fix them after all, or they are far off and no standard error is made up.
    expect((parameters['b'] as number) > 1000).toBe(true)
    expect(covariance).toBeNull()
    expect(notes.join()).toMatch(/no difference between customers can be seen in a and b/)
  })
})
