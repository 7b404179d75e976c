/** What a second thread fits is what one thread fits, and one does it alone where the other is lost. */
import { describe, expect, test } from 'vitest'
import { errorsBeside, errorsOf, fitBeside, spendBeside } from '../../../src/commands/clv/beside.ts'
import { choose, watching } from '../../../src/commands/clv/fits.ts'
import { help } from '../../../src/commands/clv/helper.ts'
import { CustError } from '../../../src/core/errors.ts'
import { type Helper, HelperLost, handedOver } from '../../../src/core/helper.ts'
import { packer } from '../../../src/core/texts.ts'
import { fitModel } from '../../../src/models/clv/model.ts'
import { spendersOf, spendOf } from '../../../src/models/clv/spend.ts'
import { mulberry32 } from '../../../src/models/random.ts'
import { repeats } from '../../models/clv/simulated.ts'

/** It does at once what it is asked; what passes between threads is cloned. */
function ableHelper(): { readonly helper: Helper; readonly asked: unknown[] } {
  const perform = help()
  const asked: unknown[] = []
  const ask = async (task: unknown) => {
    asked.push(task)
    const { answer, memory } = handedOver(perform(structuredClone(task)))
    return structuredClone(answer, { transfer: [...memory] })
  }
  return { helper: { ask, end: () => {} }, asked }
}

const lost: Helper = { ask: () => Promise.reject(new HelperLost('gone')), end: () => {} }
const broken: Helper = { ask: () => Promise.reject(new TypeError('a defect')), end: () => {} }

function simulated(customers: number) {
  const random = mulberry32(2)
  const [start, day, ids] = [[0], [] as number[], packer()]
  for (let i = 0; i < customers; i++) {
    const begin = Math.floor(365 * random())
    const weeks = repeats('pareto', random, 104 - begin / 7)
    const days = new Set([begin, ...weeks.map((week) => begin + Math.floor(7 * week))])
    day.push(...[...days].sort((a, b) => a - b))
    start.push(day.length)
    ids.add(`C${i}`)
  }
  return {
    id: ids.done(),
    start: Uint32Array.from(start),
    day: Int32Array.from(day),
    net: new Float64Array(day.length).fill(10),
  }
}

const purchases = simulated(2000)
const span = { purchases, first: 0, end: 727, unit: 'week', known: undefined } as const
const wanted = { model: 'auto', holdout: 'auto' } as const
const chosen = (helper: Helper | undefined) => choose(span, watching(span, 727), { ...wanted, helper })
const patternsOf = (until: number) => watching(span, until)('pareto').joined('pareto')

describe('a second thread', () => {
  test('comes to the same fits, forecasts and choice as one, whether it lives or not', async () => {
    const { helper, asked } = ableHelper()
    const alone = await chosen(undefined)
    expect(await chosen(helper)).toEqual(alone)
    expect(asked.length).toBe(1)
    expect(await chosen(lost)).toEqual(alone)
    expect(alone.judged?.models.map(({ name }) => name)).toContain('Pareto/NBD')
  })

  test('tells why a model cannot be fitted, as one does', async () => {
    // Nobody bought again on the first day.
    for (const helper of [ableHelper().helper, lost]) {
      const found = await fitBeside(helper, 'pareto', patternsOf(0))()
      const failure = 'failure' in found ? found.failure : undefined
      expect(failure).toBeInstanceOf(CustError)
      expect(failure).toMatchObject({ kind: 'model', hint: 'use a longer export, or a later --as-of' })
      expect(failure?.message).toContain('bought on a second day')
    }
  })

  test('finds the same errors of what is expected, whether it lives or not', async () => {
    const { patterns } = patternsOf(727)
    const fitted = fitModel('mbgnbd', patterns)
    const task = { fitted, patterns, horizon: 52 }
    const { helper, asked } = ableHelper()
    const alone = errorsOf(task)
    expect(alone.standardErrors.some((error) => error > 0)).toBe(true)
    expect(await errorsBeside(helper, task)()).toEqual(alone)
    expect(asked.length).toBe(1)
    expect(await errorsBeside(lost, task)()).toEqual(alone)
  })

  test('fits the same spend, or tells why it cannot, whether it lives or not', async () => {
    const random = mulberry32(4)
    const x = Float64Array.from({ length: 500 }, (_, i) => i % 4)
    const spenders = spendersOf(
      { x, tx: x, T: x },
      x.map((repeats) => (repeats === 0 ? Number.NaN : 20 + 60 * random() ** 2)),
    )
    const alone = spendOf(spenders)
    expect('fitted' in alone && alone.fitted.customers).toBe(375)
    for (const helper of [ableHelper().helper, lost]) {
      expect(await spendBeside(helper, spenders)()).toEqual(alone)
      const found = await spendBeside(helper, spendersOf({ x: x.slice(0, 4), tx: x, T: x }, x))()
      expect('failure' in found && found.failure).toMatchObject({
        kind: 'model',
        message: 'too few customers bought again and paid',
      })
    }
  })

  test('does not hide a defect', async () => {
    const { patterns } = patternsOf(727)
    const task = { fitted: fitModel('mbgnbd', patterns), patterns, horizon: 52 }
    await expect(errorsBeside(broken, task)()).rejects.toThrow('a defect')
    await expect(fitBeside(broken, 'pareto', patternsOf(727))()).rejects.toThrow('a defect')
  })
})
