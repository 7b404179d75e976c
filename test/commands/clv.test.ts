/** From order lines to values: what counts as a purchase, the holdout, and what is told. */
import { beforeAll, describe, expect, test } from 'vitest'
import { readKept } from '../../src/commands/clv/kept.ts'
import { yearlyRate } from '../../src/commands/clv/options.ts'
import { parseDay } from '../../src/core/days.ts'
import { CustError } from '../../src/core/errors.ts'
import { span } from '../../src/core/purchaseOptions.ts'
import type { Texts } from '../../src/core/texts.ts'
import { textList } from '../../src/core/texts.ts'
import { type ClvOptions, clv, type Ran, sheet } from '../support/clv.ts'
import { type Line, linesOfCsv } from '../support/lines.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'
import { iso, line, shop } from '../support/shop.ts'

/** Places of the first line of each customer of the larger shop. */
const shopFirst = new Set(
  shop(900).flatMap(({ customer }, i, all) => (all[i - 1]?.['customer'] === customer ? [] : [i])),
)

const texts = (column: Texts) => textList(column)
const asOf = (day: string) => parseDay(day) as number
interface Worth {
  readonly units: Float64Array
  readonly scale: number
}
const money = ({ units, scale }: Worth) => Array.from(units, (each) => each / 10 ** scale)

async function refusal(lines: readonly Line[], options: Partial<ClvOptions> = {}): Promise<string> {
  try {
    await clv(lines, options)
  } catch (error) {
    if (error instanceof CustError) return `${error.kind}: ${error.message}`
    throw error
  }
  return 'answered'
}

describe('what a purchase is', () => {
  const odd = [
    line('x', '2024-01-01', '100'),
    line('x', '2024-01-11', '50'),
    line('x', '2024-01-21', '-50'),
    line('y', '2024-01-01', '10'),
    line('y', '2024-01-01', '5'),
    line('y', '2024-01-06', '0'),
    line('z', '2024-01-05', '-3'),
  ]

  test('a refund is none, a second order of a day is none, a free one is one', async () => {
    const ran = await clv(odd, { holdout: 'off', model: 'mbgnbd' })
    const { customer_id, orders, last_order_date, tenure_days } = sheet(ran, 'customers')
    expect([customer_id, [...orders], [...tenure_days], [...last_order_date].map(iso)]).toEqual([
      ['x', 'y'],
      [2, 2],
      [20, 20],
      ['2024-01-11', '2024-01-06'],
    ])
    const { definition, value } = sheet(ran, 'definitions')
    const told = Object.fromEntries(texts(definition).map((what, i) => [what, texts(value)[i]]))
    expect(told).toMatchObject({
      orders: '5',
      'orders of a day on which the customer had bought already': '1',
      'days on which something was only paid back': '2',
      'customers who were only paid back': '1',
      // The fifty that were paid back, and the free one.
      'purchases that brought in nothing': '2',
    })
    expect(ran.notes[0]).toBe('1 customer is left out, who was only paid back and never bought')
  })

  test('what is paid back of an order is taken off it, whenever that was', async () => {
    const orders = shop(120).map((each, i): Line => ({ ...each, order: `o${i}` }))
    const back = orders
      .slice(0, 60)
      .map((each) => ({ ...each, day: '2024-11-29', amount: `-${each['amount']}` }))
    const ran = await clv([...orders, ...back], { holdout: 'off', asOf: asOf('2024-12-01'), model: 'mbgnbd' })
    const plain = await clv(orders, { holdout: 'off', asOf: asOf('2024-12-01'), model: 'mbgnbd' })
    expect(sheet(ran, 'customers').p_alive).toEqual(sheet(plain, 'customers').p_alive)
  })
})

describe('what does not change the answer', () => {
  const lines = shop()
  const options: Partial<ClvOptions> = { model: 'pareto', holdout: 'off' }
  let plain: Ran
  beforeAll(async () => {
    plain = await clv(lines, options)
  })

  test('the order of rows, and splitting the lines of a day', async () => {
    const split = lines.flatMap((each) => {
      const cents = Math.round(100 * Number(each['amount']))
      const half = Math.floor(cents / 2)
      return [half, cents - half].map((part) => ({ ...each, amount: (part / 100).toFixed(2) }))
    })
    const other = await clv(split.reverse(), options)
    expect(sheet(other, 'customers')).toEqual(sheet(plain, 'customers'))
  })

  test('the unit of time', async () => {
    const inDays = await clv(lines, { ...options, unit: 'day' })
    const [one, other] = [sheet(plain, 'customers'), sheet(inDays, 'customers')]
    one.expected_orders.forEach((value, row) => {
      expect((other.expected_orders[row] as number) / value).toBeCloseTo(1, 5)
      expect(other.p_alive[row]).toBeCloseTo(one.p_alive[row] as number, 6)
    })
    const clvOf = (ran: Ran) => money(sheet(ran, 'customers').clv as { units: Float64Array; scale: number })
    clvOf(plain).forEach((value, row) => {
      expect(Math.abs((clvOf(inDays)[row] as number) - value)).toBeLessThanOrEqual(0.0101)
    })
  })

  test('a fit that is kept scores as it did', async () => {
    const saved = await clv(lines, { ...options, saveModel: 'fit.json' })
    const text = saved.saves['saveModel'] as string
    const again = await clv(lines, { useModel: { path: 'fit.json', text } })
    expect(sheet(again, 'customers')).toEqual(sheet(plain, 'customers'))
    // It has learnt from many, however few it scores.
    const few = await clv(shop(5, 2), { useModel: { path: 'fit.json', text } })
    expect(few.warnings.join()).not.toContain('bought again')
  })
})

describe('what is told of spend', () => {
  test('a model of spend at a bound is told, in the sheet of fits too', async () => {
    const days = new Map(shop(300).map((each) => [`${each['customer']} ${each['day']}`, each]))
    const same = [...days.values()].map((each): Line => ({ ...each, amount: '20' }))
    const ran = await clv(same, { model: 'mbgnbd', holdout: 'off' })
    const told = /nothing in the data holds .*, which grow or shrink without bound/
    expect(ran.warnings.join()).toMatch(/Gamma-Gamma: nothing in the data holds/)
    const { model, note, converged } = sheet(ran, 'fit')
    const row = texts(model).indexOf('gamma-gamma')
    expect([texts(note)[row], texts(converged)[row]]).toEqual([expect.stringMatching(told), 'at a bound'])
  })

  test('too few who bought again: the mean, and it is said', async () => {
    const { warnings } = await clv(shop(12), { model: 'mbgnbd', holdout: 'off' })
    expect(warnings.join()).toContain(
      'there is no model of spend (too few customers bought again and paid): all orders are worth the mean',
    )
  })
})

describe('spend by a fit that is kept', () => {
  const [early, late] = [shop(300, 1), shop(300, 2).map((each) => ({ ...each, amount: '1000' }))]
  const values = (ran: Ran) => money(sheet(ran, 'customers').expected_order_value as Worth)
  const kept = async (options: Partial<ClvOptions>) => {
    const { saves } = await clv(early, { model: 'mbgnbd', holdout: 'off', saveModel: 'fit.json', ...options })
    return { path: 'fit.json', text: saves['saveModel'] as string }
  }
  const paid = early.map(({ amount }) => Number(amount))
  const mean = paid.reduce((sum, each) => sum + each, 0) / paid.length

  test('yesterday’s mean is used where it was kept, and where it is asked for', async () => {
    for (const [fit, options] of [
      [await kept({ spend: 'mean' }), {}],
      [await kept({ spend: 'mean' }), { spend: 'mean' }],
      [await kept({}), { spend: 'mean' }],
    ] as const) {
      const ran = await clv(late, { useModel: fit, ...options })
      // Days on which a customer paid twice are one order: the mean is a little above that of the lines.
      expect(Math.min(...values(ran)) / mean).toBeCloseTo(1, 1)
      expect(Math.max(...values(ran))).toBeGreaterThanOrEqual(1000)
      expect(ran.notes.join()).toMatch(/worth \d+\.\d\d, the mean up to 202\d-\d\d-\d\d/)
    }
  })

  test('a model of spend is used where it was kept, and this input where nothing was', async () => {
    const model = await clv(late, { useModel: await kept({}) })
    expect(Math.min(...values(model)) / mean).toBeLessThan(2)
    expect(sheet(model, 'customers').data_weight?.some((each) => each > 0 && each < 1)).toBe(true)
    const without = await clv(late, { useModel: await kept({ spend: 'none' }) })
    expect(Math.min(...values(without))).toBeGreaterThan(990)
    expect(without.notes).toContain('the fit of fit.json knows no spend: orders are valued by this input')
  })
})

describe('what is known of customers', () => {
  // Customers of the first third came by another way, and buy more often: the others lose half of their repeats.
  const lines = shop(900).flatMap((each, i): Line[] => {
    const number = Number((each['customer'] as string).slice(1))
    const channel = number % 3 === 0 ? 'store' : 'web'
    const isFirst = i === 0 || shopFirst.has(i)
    if (channel === 'web' && !isFirst && i % 2 === 0) return []
    return [
      {
        ...each,
        'extra channel': number % 50 === 0 ? null : channel,
        'extra age': String(18 + (number % 60)),
      },
    ]
  })
  const options: Partial<ClvOptions> = { model: 'pareto', holdout: 'off' }

  test('has effects with errors, compared with most, and predictions of its own', async () => {
    const ran = await clv(lines, { ...options, covariates: ['channel'] })
    const { parameter, estimate, std_error, ci_low, ci_high } = sheet(ran, 'parameters')
    const row = texts(parameter).indexOf('purchase: channel=store')
    expect(estimate[row]).toBeGreaterThan(0.2)
    expect((estimate[row] as number) - (ci_low[row] as number)).toBeCloseTo(
      1.959964 * (std_error[row] as number),
      5,
    )
    expect((ci_high[row] as number) - (estimate[row] as number)).toBeCloseTo(
      1.959964 * (std_error[row] as number),
      5,
    )
    expect(ran.notes).toContain('covariate channel: store, compared with web')
    expect(ran.notes.join()).toMatch(
      /covariates raise the log-likelihood by \d+\.\d\d with 2 effects \(p < 0.0001\)/,
    )
    const plain = await clv(lines, options)
    const likelihood = (of: Ran) => sheet(of, 'fit').log_likelihood[0] as number
    expect(likelihood(ran)).toBeGreaterThan(likelihood(plain) + 5)
    expect(sheet(ran, 'fit').aic[0]).toBeCloseTo(2 * 6 - 2 * likelihood(ran), 6)
    const { expected_cumulative, actual_cumulative } = sheet(ran, 'tracking')
    expect((expected_cumulative.at(-1) as number) / (actual_cumulative.at(-1) as number)).toBeCloseTo(1, 1)
  })

  test('numbers of many values are cut into four parts; models that take none are left out', async () => {
    const ran = await clv(lines, { covariates: ['channel', 'age'] })
    const age = ran.notes.find((note) => note.startsWith('covariate age'))
    expect(age).toMatch(
      /^covariate age: over \d+ up to \d+, over \d+ up to \d+, over \d+, compared with up to \d+$/,
    )
    expect(texts(sheet(ran, 'models').model).slice(0, 3)).toEqual(['BG/NBD', 'MBG/NBD', 'Pareto/NBD'])
    expect(texts(sheet(ran, 'models').model)).not.toContain('MBG/CNBD-k')
  })

  test('a fit that is kept scores others by the same levels, and asks for the same columns', async () => {
    const saved = await clv(lines, { ...options, covariates: ['channel', 'age'], saveModel: 'fit.json' })
    const useModel = { path: 'fit.json', text: saved.saves['saveModel'] as string }
    const again = await clv(lines, { useModel, covariates: ['channel', 'age'] })
    expect(sheet(again, 'customers')).toEqual(sheet(saved, 'customers'))
    expect(await refusal(lines, { useModel })).toBe(
      'usage: the fit of fit.json was made with --covariates channel,age',
    )
    const other = lines.map((each): Line => ({ ...each, 'extra channel': 'tv' }))
    const asReference = await clv(other, { useModel, covariates: ['channel', 'age'] })
    const web = await clv(
      lines.map((each): Line => ({ ...each, 'extra channel': 'web' })),
      { useModel, covariates: ['channel', 'age'] },
    )
    expect(sheet(asReference, 'customers')).toEqual(sheet(web, 'customers'))
  })

  test('does not depend on the order of the rows', async () => {
    const one = await clv(lines, { ...options, covariates: ['channel'] })
    const other = await clv(lines.slice().reverse(), { ...options, covariates: ['channel'] })
    expect(sheet(other, 'customers')).toEqual(sheet(one, 'customers'))
  })

  test('what tells nobody apart, and a model that takes none, are refused', async () => {
    const same = lines.map((each): Line => ({ ...each, 'extra channel': 'web' }))
    expect(await refusal(same, { covariates: ['channel'] })).toMatch(
      /^input: --covariates channel: .*nearly all have web/,
    )
    const own = lines.map((each): Line => ({ ...each, 'extra channel': `${each['customer']}!` }))
    expect(await refusal(own, { covariates: ['channel'] })).toMatch(/no value is that of many/)
    expect(await refusal(lines, { model: 'cnbd', covariates: ['channel'] })).toBe(
      'usage: --model cnbd takes no --covariates',
    )
  })
})

describe('the answer', () => {
  const lines = shop()

  test('is finite, in order, and adds up', async () => {
    const ran = await clv(lines)
    const all = sheet(ran, 'customers')
    const value = money(all.clv as { units: Float64Array; scale: number })
    const low = money(all.clv_low as { units: Float64Array; scale: number })
    const high = money(all.clv_high as { units: Float64Array; scale: number })
    value.forEach((each, row) => {
      const numbers = [each, all.expected_orders[row], all.p_no_order[row], all.p_alive[row]]
      expect(numbers.every(Number.isFinite), String(numbers)).toBe(true)
      expect(low[row]).toBeLessThanOrEqual(each)
      expect(high[row]).toBeGreaterThanOrEqual(each)
      expect(all.expected_orders_low[row]).toBeLessThanOrEqual(all.expected_orders[row] as number)
      expect(all.expected_orders_high[row]).toBeGreaterThanOrEqual(all.expected_orders[row] as number)
    })
    const { actual_cumulative, actual, end } = sheet(ran, 'tracking')
    expect(actual.reduce((sum, each) => sum + each, 0)).toBe(actual_cumulative.at(-1))
    expect(iso(end.at(-1) as number)).toBe(
      lines
        .map(({ day }) => day)
        .sort()
        .at(-1),
    )
  })

  test('buyers who are not regular are said to be those of MBG/NBD', async () => {
    const not = 'k = 1 is likeliest: buyers are not regular, and this is MBG/NBD'
    const auto = await clv(lines)
    const { model, note } = sheet(auto, 'fit')
    expect(texts(note)[texts(model).indexOf('cnbd')]).toContain(not)
    expect(texts(sheet(auto, 'models').model)).not.toContain('MBG/CNBD-k')
    const alone = await clv(lines, { model: 'cnbd' })
    expect(texts(sheet(alone, 'fit').note)[0]).toContain(not)
    expect(alone.notes[0]).toMatch(/^MBG\/CNBD-k with k = 1, which is MBG\/NBD \(MBG\/CNBD-k after/)
  })

  test('half of the value is in tier A', async () => {
    const { clv: worth, tier } = sheet(await clv(lines, { holdout: 'off' }), 'customers')
    const value = money(worth as { units: Float64Array; scale: number })
    const sum = (wanted: string) =>
      value.reduce((all, each, row) => all + (texts(tier)[row] === wanted ? each : 0), 0)
    const total = sum('A') + sum('B') + sum('C')
    expect(sum('A') / total).toBeGreaterThanOrEqual(0.5)
    expect(sum('A') / total).toBeLessThan(0.55)
    expect((sum('A') + sum('B')) / total).toBeCloseTo(0.8, 1)
  })

  test('--top gives the most valuable, the most valuable first', async () => {
    const [all, few] = [await clv(lines), await clv(lines, { top: 5 })]
    const worth = (ran: Ran) => money(sheet(ran, 'customers').clv as { units: Float64Array; scale: number })
    expect(worth(few)).toEqual([...worth(all)].sort((a, b) => b - a).slice(0, 5))
  })

  test('without spend there is no money', async () => {
    const ran = await clv(
      lines.map(({ customer, day, problem }) => ({ customer, day, problem }) as Line),
      { spend: 'none' },
    )
    expect(Object.keys(sheet(ran, 'customers'))).not.toContain(undefined)
    expect(sheet(ran, 'customers').clv).toBeUndefined()
  })

  test('the holdout keeps who came later, and says how many', async () => {
    const ran = await clv(lines, { holdout: parseDay('2023-06-30') as number })
    const { model, customers } = sheet(ran, 'holdout')
    expect(sheet(ran, 'customers').orders).toHaveLength(600)
    const judged = customers[texts(model).indexOf('MBG/NBD')] as number
    expect(judged).toBeLessThan(600)
    expect(ran.notes.join('\n')).toContain(`${600 - judged} customers first bought after 2023-06-30`)
  })

  test('BG/NBD says what it cannot doubt', async () => {
    const ran = await clv(lines, { model: 'bgnbd' })
    expect(ran.notes).toContain('BG/NBD gives every one-time buyer p_alive = 1')
  })

  test('resampling is the same for a seed', async () => {
    const options: Partial<ClvOptions> = { model: 'mbgnbd', holdout: 'off', bootstrap: 20, seed: 7 }
    const [one, other] = [await clv(lines, options), await clv(lines, options)]
    expect(sheet(one, 'customers')).toEqual(sheet(other, 'customers'))
  })
})

describe('what cannot be', () => {
  test('nobody who bought again', async () => {
    const once = ['a', 'b', 'c'].map((who) => line(who, '2024-01-02', '5'))
    expect(await refusal(once)).toBe(
      'model: none of 3 customers bought on a second day, so no model of repeat purchase can be fitted',
    )
  })

  test('nobody who bought at all', async () => {
    const back = ['a', 'b', 'c'].map((who) => line(who, '2024-01-02', '-5'))
    expect(await refusal(back)).toBe('input: nothing was bought: all 3 lines are refunds')
  })

  test('opportunities that nobody used: the last of them is not over', async () => {
    const twice = ['a', 'b', 'c'].flatMap((who) => [
      line(who, '2024-01-02', '5'),
      line(who, '2024-01-05', '5'),
    ])
    expect(await refusal(twice, { model: 'bgbb' })).toBe(
      'model: none of 3 customers bought in a later period that is over, so no model of repeat purchase can be fitted',
    )
  })

  test('a holdout that leaves nothing to fit or to judge by; a day that is said to do does', async () => {
    const lines = shop(200)
    for (const [day, what] of [
      ['2030-01-01', 'nothing to judge by: observation ends on'],
      ['2000-01-01', 'too little to fit: fewer than 10 customers had bought again by then'],
    ] as const) {
      const error = await clv(lines, { holdout: asOf(day) }).catch((error: CustError) => error)
      expect([(error as CustError).kind, (error as CustError).message]).toEqual([
        'usage',
        expect.stringContaining(`--holdout ${day} leaves ${what}`),
      ])
      const [, from, to] = /^a day from (\S+) to (\S+) does$/.exec((error as CustError).hint) ?? []
      for (const does of [from, to] as string[]) {
        expect((await clv(lines, { holdout: asOf(does), model: 'mbgnbd' })).sheets.models).not.toHaveProperty(
          'absent',
        )
      }
      expect(await refusal(lines, { holdout: asOf(from as string) - 1 })).toMatch(/^usage: --holdout/)
    }
    expect(await refusal(shop(9), { holdout: asOf('2024-01-01') })).toMatch(/^usage: .* too little to fit/)
  })

  test('a holdout that chooses itself does without, and says why', async () => {
    const model = 'mbgnbd'
    expect((await clv(shop(12), { model })).notes[0]).toContain(
      '(no holdout: fewer than 10 customers had bought',
    )
    const short = shop(600).filter(({ day }) => (day as string) < '2023-03-01')
    expect((await clv(short, { model })).notes[0]).toContain(
      '(no holdout: the data go over fewer than 112 days)',
    )
    expect((await clv(short, { model, holdout: 'off' })).notes[0]).toContain('(no holdout)')
  })

  test('days that do not fit the data', async () => {
    expect(await refusal(shop(20), { asOf: asOf('2001-01-01') })).toMatch(
      /^input: no line of the input can be used/,
    )
  })

  test('a file that is no fit', async () => {
    expect(await refusal(shop(20), { useModel: { path: 'x.json', text: '{"a":1}' } })).toBe(
      'usage: x.json: is no fit of cust clv',
    )
  })

  test('a saved fit that was damaged is refused, by file and place', async () => {
    const { saves } = await clv(shop(300), { model: 'pareto', holdout: 'off', saveModel: 'fit.json' })
    const whole = saves['saveModel'] as string
    const damaged = (place: readonly (string | number)[], value: unknown) => {
      const file = JSON.parse(whole)
      const last = place.at(-1) as string
      const parent = place.slice(0, -1).reduce((object, key) => object[key], file)
      if (value === undefined) delete parent[last]
      else parent[last] = value
      return () => readKept({ path: 'fit.json', text: JSON.stringify(file) })
    }
    const useModel = { path: 'fit.json', text: whole.replace('"week"', '"year"') }
    expect(await refusal(shop(20), { useModel })).toBe(
      'usage: fit.json cannot be used: unit is "year", and must be one of day, week, month',
    )
    expect(damaged(['fitted', 'parameters', 's'], -1)).toThrow(
      'fit.json cannot be used: fitted.parameters.s is -1, and must be a number above 0',
    )
    expect(damaged(['fitted', 'parameters', 'beta'], undefined)).toThrow(
      'fit.json cannot be used: fitted.parameters.beta is missing, and must be a number above 0',
    )
    const all = (
      [key, value]: readonly [string, unknown],
      place: readonly string[] = [],
    ): (readonly string[])[] => {
      const here = [...place, key]
      const inside = typeof value === 'object' && value !== null ? Object.entries(value) : []
      return [here, ...inside.flatMap((each) => all(each, here))]
    }
    const places = Object.entries(JSON.parse(whole)).flatMap((each) => all(each))
    expect(places.length).toBeGreaterThan(40)
    for (const place of places) {
      if (place[0] === 'cust') continue
      // What may be missing has a default; nothing else is taken for what it is not.
      for (const value of [{ a: 1 }, undefined])
        if (value || !['covariates'].includes(place.at(-1) as string))
          expect(damaged(place, value), place.join('.')).toThrow(/^fit.json cannot be used: /)
    }
  })

  test.each([
    ['--model', { model: 'pareto' }],
    ['--unit', { unit: 'day' }],
    ['--holdout', { holdout: 'off' }],
    ['--bootstrap', { bootstrap: 50 }],
  ] as const)('--use-model and %s cannot go together', async (flag, options) => {
    const useModel = { path: 'fit.json', text: '' }
    expect(await refusal(shop(20), { useModel, ...options })).toBe(
      `usage: --use-model and ${flag} cannot go together`,
    )
  })

  test.each(['12', '0d', 'soon', '-3mo'])('a horizon of %s', (given) => {
    expect(() => span(given)).toThrow(/write 90d, 26w, 12mo or 2yr/)
  })

  test('a rate that does not say per what', () => {
    expect(() => yearlyRate('10%')).toThrow('"10%" is per year: write 10%/yr')
    expect([yearlyRate('10%/yr'), yearlyRate('0.1/year'), yearlyRate('0')]).toEqual([0.1, 0.1, 0])
  })
})

describe.skipIf(noSharedData)(`CDNOW ${needsShared}`, () => {
  const lines = noSharedData
    ? []
    : linesOfCsv(`${sharedData}cdnow-sample.csv`, {
        customer: 'customer_id',
        day: 'date',
        amount: 'amount',
      })

  test('39 weeks, and the 39 after: the table of models and guesses', async () => {
    const ran = await clv(lines, { holdout: parseDay('1997-09-30') as number })
    const { model, actual, predicted, mae, rmse, chosen } = sheet(ran, 'models')
    const rows = texts(model).map((name, i) => [
      name,
      (predicted[i] as number).toFixed(1),
      (mae[i] as number).toFixed(4),
      (rmse[i] as number).toFixed(4),
    ])
    expect(rows).toEqual([
      ['BG/NBD', '1653.4', '0.7855', '1.6080'],
      ['MBG/NBD', '1576.7', '0.7648', '1.6072'],
      ['Pareto/NBD', '1665.5', '0.7545', '1.6028'],
      ['as many as before', '2457.0', '0.8973', '1.9710'],
      ['own rate', '2930.1', '1.0237', '2.2119'],
      ['mean rate of all', '2928.9', '1.3821', '2.1042'],
      ['nobody returns', '0.0', '0.7985', '2.2064'],
    ])
    expect([...new Set(actual)]).toEqual([1882])
    expect(texts(chosen)).toEqual([null, null, 'yes', null, null, null, null])
  })

  test.each([
    ['pareto', '1997-05-01', 's and beta'],
    ['bgbb', '1997-03-01', 'gamma and delta'],
  ] as const)(
    '%s up to %s, when all leave alike, predicts and says what has no bound',
    async (model, day, names) => {
      const ran = await clv(lines, { model, asOf: asOf(day), holdout: 'off' })
      expect(ran.warnings.join()).toContain(`no difference between customers can be seen in ${names},`)
      expect(sheet(ran, 'customers').expected_orders.every((each) => each > 0 && each < 100)).toBe(true)
      expect(sheet(ran, 'parameters').std_error.slice(0, 4).every(Number.isNaN)).toBe(true)
    },
  )

  test('by repeat purchases', async () => {
    const ran = await clv(lines, { holdout: parseDay('1997-09-30') as number, model: 'pareto' })
    const { part, group, customers, actual, predicted } = sheet(ran, 'holdout')
    const rows = texts(part).flatMap((name, i) =>
      name === 'by repeat purchases'
        ? [
            [
              texts(group)[i],
              customers[i],
              ((actual[i] as number) / (customers[i] as number)).toFixed(4),
              ((predicted[i] as number) / (customers[i] as number)).toFixed(4),
            ],
          ]
        : [],
    )
    expect(rows).toEqual([
      ['0', 1411, '0.2367', '0.1384'],
      ['1', 439, '0.6970', '0.5995'],
      ['2', 214, '1.3925', '1.1958'],
      ['3', 100, '1.5600', '1.7138'],
      ['4', 62, '2.5323', '2.3983'],
      ['5', 38, '2.9474', '2.9072'],
      ['6', 29, '3.8621', '3.8186'],
      ['7 or more', 64, '6.3594', '6.4031'],
    ])
  })

  test('the definitions count what the reference counts', async () => {
    const ran = await clv(lines, { asOf: parseDay('1998-06-30') as number, holdout: 'off', model: 'mbgnbd' })
    const { definition, value } = sheet(ran, 'definitions')
    const told = Object.fromEntries(texts(definition).map((what, i) => [what, texts(value)[i]]))
    expect(told).toMatchObject({
      'lines read': '6,919',
      'orders of a day on which the customer had bought already': '223',
      'purchases that brought in nothing': '8',
    })
  })
})
