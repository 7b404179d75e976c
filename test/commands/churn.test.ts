/** Who will not come back: the time split, the choice, and what a contact is worth. */
import { beforeAll, describe, expect, test } from 'vitest'
import { judge, learntUpTo, type Split } from '../../src/commands/churn/judged.ts'
import { parseDay } from '../../src/core/days.ts'
import { span } from '../../src/core/purchaseOptions.ts'
import { type Texts, textList } from '../../src/core/texts.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { gammaOf } from '../models/clv/draws.ts'
import { type ChurnOptions, churn, type Ran, sheet } from '../support/churn.ts'
import { type Line, linesOfCsv } from '../support/lines.ts'
import { refusalOf } from '../support/ran.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'
import { iso, line, shop } from '../support/shop.ts'

const cdnow = () =>
  linesOfCsv(`${sharedData}cdnow-sample.csv`, { customer: 'customer_id', day: 'date', amount: 'amount' }).map(
    (each): Line => ({ ...each, problem: null }),
  )
const texts = (column: Texts) => textList(column)
const money = (column: { units: Float64Array; scale: number } | undefined) =>
  Array.from(column?.units ?? [], (each) => each / 100)
const refusal = (lines: readonly Line[], options: Partial<ChurnOptions> = {}) =>
  refusalOf(churn(lines, options))

describe.skipIf(noSharedData)(`the CDNOW sample ${needsShared}`, () => {
  // The reference cuts after the last day of 1997; its last window ends a day after the data.
  const options = { window: span('182d'), asOf: parseDay('1998-07-01') as number }
  let ran: Ran
  beforeAll(async () => {
    ran = await churn(cdnow(), options)
  })

  test('forecasts rank as the reference has it', () => {
    const { model, auc, pr_auc, brier, calibration_error, churned_pct, chosen, lift, lift_ceiling } = sheet(
      ran,
      'models',
    )
    const row = (name: string) => texts(model).indexOf(name)
    const [logistic, bgnbd, recency] = [row('logistic regression'), row('BG/NBD'), row('recency alone')]
    expect(auc[logistic]).toBeGreaterThanOrEqual(0.8)
    expect(auc[logistic]).toBeCloseTo(0.8022, 2)
    expect(pr_auc[logistic]).toBeCloseTo(0.915, 3)
    expect(brier[logistic]).toBeCloseTo(0.1327, 3)
    expect(calibration_error[logistic]).toBeCloseTo(0.039, 2)
    expect(auc[bgnbd]).toBeGreaterThanOrEqual(0.78)
    expect(auc[bgnbd]).toBeCloseTo(0.786, 3)
    expect(pr_auc[bgnbd]).toBeCloseTo(0.892, 3)
    expect(brier[bgnbd]).toBeCloseTo(0.1311, 4)
    expect(calibration_error[bgnbd]).toBeCloseTo(0.042, 3)
    expect(auc[recency]).toBeCloseTo(0.793, 3)
    expect(pr_auc[recency]).toBeCloseTo(0.915, 2)
    expect(churned_pct[0]).toBeCloseTo(0.782, 3)
    expect(lift[logistic]).toBeCloseTo(1.19, 2)
    expect(lift_ceiling[logistic]).toBeCloseTo(1.28, 2)
    expect(texts(chosen)[logistic]).toBe('yes')
  })

  test('every value model ranks far better than 1 - p_alive of BG/NBD, whose AUC is 0.319', () => {
    const { model, auc } = sheet(ran, 'models')
    expect(texts(model)).toEqual(['MBG/NBD', 'BG/NBD', 'Pareto/NBD', 'logistic regression', 'recency alone'])
    expect(Math.min(...auc)).toBeGreaterThan(0.78)
  })

  test('early data, in which all leave alike: the model at its bound predicts, and says so', async () => {
    const ran = await churn(cdnow(), { asOf: parseDay('1997-05-01') as number })
    expect(ran.warnings).toContain(
      'Pareto/NBD: no difference between customers can be seen in s and beta, which grow or shrink without bound; predictions hold, standard errors do not',
    )
    const { risk, risk_low } = sheet(ran, 'customers')
    expect(risk.every((each) => each > 0 && each < 1)).toBe(true)
    expect(risk_low.every(Number.isNaN)).toBe(true)
  })

  test('the window is a third of the data where nine tenths of the gaps are longer', async () => {
    const { notes } = await churn(cdnow())
    expect(notes[0]).toContain('no order in the next 182 days (a third of the data')
    expect(notes[0]).toContain('are at most 196;')
  })

  test('546 days are three windows of 182: one to see, one to learn from, one to judge by', async () => {
    const exact = await churn(cdnow(), { window: span('182d') })
    const { model, auc } = sheet(exact, 'models')
    expect(auc[texts(model).indexOf('logistic regression')]).toBeCloseTo(0.803, 3)
    const { notes } = await churn(cdnow(), { window: span('183d') })
    expect(notes.join()).toContain(
      'no regression is judged: the data are shorter than two windows of 183 days before 1997-12-29',
    )
  })
})

describe('nothing after a cut is looked at', () => {
  test('neither by the regression nor by a model, whatever happens after it', async () => {
    const lines = shop()
    const cut = parseDay('2024-06-30') as number
    const before = lines.filter(({ day }) => (parseDay(day as string) as number) <= cut)
    const noise = before
      .slice(0, 300)
      .map((each, i) => line(each['customer'] as string, iso(cut + 1 + (i % 40)), '99999'))
    const options = { asOf: cut, window: span('90d') }
    const [plain, other] = [
      await churn(before, options),
      await churn([...before, ...noise, line('new', '2024-12-01', '5')], options),
    ]
    expect(sheet(other, 'customers')).toEqual(sheet(plain, 'customers'))
    expect(sheet(other, 'models')).toEqual(sheet(plain, 'models'))
  })

  test('what is learnt for a judgement does not know its outcome', () => {
    const days = (more: readonly number[]) => {
      const all = Array.from({ length: 400 }, (_, c) => {
        const own = Array.from({ length: 1 + (c % 5) }, (_, i) => (c % 100) + i * (10 + (c % 37)) + 1)
        return [...own, ...(c % 3 === 0 ? more : [])].sort((one, other) => one - other)
      })
      const start = Uint32Array.from([0, ...all.map((_, i) => all.slice(0, i + 1).flat().length)])
      return { start, day: Int32Array.from(all.flat()), net: new Float64Array(all.flat().length).fill(10) }
    }
    const split = (more: readonly number[]): Split => ({
      purchases: {
        ...days(more),
        id: { bytes: new Uint8Array(), starts: new Uint32Array(1), missing: new Set() },
      },
      first: 1,
      end: 360,
      window: 90,
      money: true,
    })
    expect(learntUpTo(split([]), 270)).toEqual(learntUpTo(split([300, 333]), 270))
    const [one, other] = [judge(split([])), judge(split([300, 333]))]
    const predicted = (judged: typeof one) =>
      judged?.verdicts.map(({ tenths }) => tenths.map((tenth) => tenth.predicted))
    expect(predicted(other)).toEqual(predicted(one))
    expect(other?.churned).not.toBe(one?.churned)
  })
})

describe('the answer', () => {
  const lines = shop(900)
  let ran: Ran
  beforeAll(async () => {
    ran = await churn(lines)
  })

  test('is finite, in order, and sorted by value at risk', () => {
    const all = sheet(ran, 'customers')
    expect(all.customer_id).toHaveLength(900)
    all.risk.forEach((risk, row) => {
      expect(risk >= 0 && risk <= 1).toBe(true)
      expect(all.risk_low[row]).toBeLessThanOrEqual(risk)
      expect(all.risk_high[row]).toBeGreaterThanOrEqual(risk)
      expect(all.next_order_from[row]).toBeLessThanOrEqual(all.next_order_date[row] as number)
      expect(all.next_order_to[row]).toBeGreaterThanOrEqual(all.next_order_date[row] as number)
    })
    const atRisk = money(all.value_at_risk)
    expect(atRisk).toEqual([...atRisk].sort((one, other) => other - one))
    money(all.expected_value).forEach((value, row) => {
      expect(Math.abs((atRisk[row] as number) - value * (all.risk[row] as number))).toBeLessThan(0.011)
    })
  })

  test('gives up to three reasons in both languages, those in favour last', () => {
    const { reasons, reasons_zh, customer_id, days_since_order } = sheet(ran, 'customers')
    const [en, zh] = [texts(reasons), texts(reasons_zh)]
    en.forEach((each, row) => {
      // Of a model there are three; of silence nothing is said where there was none.
      const reasonsThere = days_since_order[row] === 0 ? 2 : 3
      expect((each as string).split('; ').length).toBeGreaterThanOrEqual(reasonsThere)
      expect((zh[row] as string).split('；')).toHaveLength((each as string).split('; ').length)
      const since = /(?:no order for|last order) (\d+) day/.exec(each as string)?.[1]
      if (since !== undefined) expect(Number(since)).toBe(days_since_order[row])
    })
    expect(customer_id).toHaveLength(en.length)
    expect(en.some((each) => each?.includes('in favour: '))).toBe(true)
  })

  test('calibration holds each forecast in tenths, with lift beside its ceiling', () => {
    const { model, customers, observed, lift, lift_ceiling } = sheet(ran, 'calibration')
    const judged = sheet(ran, 'models').customers[0] as number
    const names = [...new Set(texts(model))]
    for (const name of names) {
      const rows = texts(model).flatMap((each, row) => (each === name ? [row] : []))
      expect(rows).toHaveLength(10)
      expect(rows.reduce((sum, row) => sum + (customers[row] as number), 0)).toBe(judged)
    }
    lift.forEach((each, row) => {
      expect(each).toBeLessThanOrEqual((lift_ceiling[row] as number) + 1e-9)
      expect(each / ((observed[row] as number) || 1)).toBeGreaterThanOrEqual(0)
    })
  })

  test('the same whatever the order of the rows, and in two parts', async () => {
    const [evens, odds] = [lines.filter((_, i) => i % 2 === 0), lines.filter((_, i) => i % 2 === 1)]
    const other = await churn([...odds.reverse(), ...evens])
    expect(sheet(other, 'customers')).toEqual(sheet(ran, 'customers'))
  })

  test('--model names what is used; its weights are shown only where it has some', async () => {
    const pareto = await churn(lines, { model: 'pareto' })
    expect(sheet(pareto, 'models').chosen).toEqual(
      texts(sheet(pareto, 'models').model).map((name) => (name === 'Pareto/NBD' ? 'yes' : null)),
    )
    expect(pareto.sheets.weights).toHaveProperty('absent')
    const logistic = await churn(lines, { model: 'logistic' })
    expect(sheet(logistic, 'weights').feature).toHaveLength(13)
  })

  test('regular buyers that are not are judged and chosen where they are asked for, and it is said', async () => {
    const ran = await churn(lines, { model: 'cnbd' })
    const { model, auc, chosen } = sheet(ran, 'models')
    const row = texts(model).indexOf('MBG/CNBD-k')
    expect(texts(chosen)).toEqual(texts(model).map((_, i) => (i === row ? 'yes' : null)))
    expect(auc[row]).toBe(auc[texts(model).indexOf('MBG/NBD')])
    expect(ran.notes.join()).toContain('by MBG/CNBD-k with k = 1, which is MBG/NBD: as asked for after')
  })

  test('who was only paid back is left out, and it is said; where there is nobody nothing is', async () => {
    const back = ['x', 'y'].map((who) => line(who, '2024-03-01', '-5'))
    const some = await churn([...lines, ...back])
    expect(some.notes[0]).toBe('2 customers are left out, who were only paid back and never bought')
    expect(sheet(some, 'customers').customer_id).toHaveLength(900)
    expect(ran.notes.join()).not.toContain('never bought')
  })

  test('--contact-cost, --margin, --effect and --threshold say who is worth contacting', async () => {
    const options = { contactCost: 0.5, margin: 0.3, effect: 0.2, threshold: 0.4 }
    const some = await churn(lines, options)
    const { contact, risk, value_at_risk } = sheet(some, 'customers')
    const atRisk = money(value_at_risk)
    const expected = atRisk.map((value, row) =>
      0.2 * value > 0.5 && (risk[row] as number) >= 0.4 ? 'yes' : 'no',
    )
    // Cents are rounded, and a cent may decide.
    texts(contact as Texts).forEach((each, row) => {
      if (Math.abs(0.2 * (atRisk[row] as number) - 0.5) > 0.002) expect(each).toBe(expected[row])
    })
    const yes = texts(contact as Texts).filter((each) => each === 'yes').length
    expect(some.notes.at(-1)).toContain(
      `worth contacting: ${yes} of 900 customers (${((100 * yes) / 900).toFixed(1)} %)`,
    )
    const all = await churn(lines, { ...options, margin: 1 })
    expect(money(sheet(all, 'customers').value_at_risk).reduce((a, b) => a + b) * 0.3).toBeCloseTo(
      atRisk.reduce((a, b) => a + b),
      0,
    )
  })

  test('spend without a finite mean is told', async () => {
    const random = mulberry32(1)
    const heavy = new Map(lines.map(({ customer }) => [customer, 1 / gammaOf(random, 0.4, 1)]))
    const amount = (who: unknown) => (10 + (heavy.get(who as string) ?? 0) * gammaOf(random, 4, 1)).toFixed(2)
    const { warnings } = await churn(lines.map((each) => ({ ...each, amount: amount(each['customer']) })))
    expect(warnings.join()).toMatch(/spend has no finite mean \(q = 0\.\d+\): .* values use the median/)
  })

  test('without money it is sorted by risk, and a cost is refused', async () => {
    const bare = lines.map(({ customer, day, problem }) => ({ customer, day, problem }) as Line)
    const { risk, value_at_risk, contact } = sheet(await churn(bare, { spend: 'none' }), 'customers')
    expect([...risk]).toEqual([...risk].sort((one, other) => other - one))
    expect([value_at_risk, contact]).toEqual([undefined, undefined])
    expect(await refusal(bare, { spend: 'none', contactCost: 1 })).toMatch(
      /^usage: --contact-cost needs amounts/,
    )
  })
})

describe('too little to go by', () => {
  test('a short past: a value model, and it is said', async () => {
    const few = shop(900)
    const ran = await churn(few, { window: span('300d') })
    expect(ran.notes.join('\n')).toContain('no regression is judged: the data are shorter than two windows')
    expect(await refusal(few, { window: span('400d'), model: 'logistic' })).toMatch(
      /^model: no regression can be learnt: the data are shorter/,
    )
  })

  test('a regression that is best and can no longer be learnt gives way to a value model', async () => {
    const end = parseDay('2024-12-01') as number
    const few = shop(900).filter(({ day }) => (parseDay(day as string) as number) <= end - 90)
    // They alone come back in the last window, too few to learn from, and their money tells them apart.
    for (let i = 0; i < 25; i++)
      for (let ago = 5; ago < 500; ago += 85) few.push(line(`q${i}`, iso(end - ago - (i % 5)), '999'))
    const options = { asOf: end, window: span('90d') }
    const ran = await churn(few, options)
    expect(ran.notes.join('\n')).toMatch(/by BG\/NBD: next best after/)
    expect(ran.notes.join('\n')).toMatch(
      /no regression is used, though it is best: only 25 customers came back/,
    )
    expect(ran.sheets.weights).toHaveProperty('absent')
    expect(await refusal(few, { ...options, model: 'logistic' })).toMatch(
      /^model: no regression can be learnt: only 25 customers came back/,
    )
  })

  test('few customers: a value model', async () => {
    const ran = await churn(shop(150))
    expect(ran.notes.join('\n')).toMatch(/no regression is judged: only \d+ customers had bought by/)
  })

  test('a window as long as the data: nothing judges it, and that is a warning', async () => {
    const ran = await churn(shop(150), { window: span('5yr') })
    expect(ran.warnings.join('\n')).toContain('nothing judges the forecast')
    expect(ran.sheets.models).toHaveProperty('absent')
    expect(sheet(ran, 'customers').risk.every((each) => each >= 0 && each <= 1)).toBe(true)
  })

  test.each([
    ['nobody bought again', [line('a', '2024-01-01', '5'), line('b', '2024-02-01', '6')]],
    ['one customer', [line('a', '2024-01-01', '5')]],
    [
      'all on one day',
      [line('a', '2024-01-01', '5'), line('a', '2024-01-01', '7'), line('b', '2024-01-01', '6')],
    ],
  ])('%s: refused', async (_, lines) => {
    expect(await refusal(lines)).toMatch(/^model: .*bought? on a second day|^model: the only customer/)
  })

  test('a window of a day is told as one', async () => {
    const ran = await churn(shop(50), { window: { days: 1, text: '1d' } })
    expect(ran.notes.join('\n')).toContain('risk: no order in the next 1 day (--window 1d)')
    const { definition, value } = sheet(ran, 'definitions')
    expect(texts(value)[texts(definition).indexOf('risk')]).toBe('probability of no order in the next 1 day')
  })

  test('a day before the data is refused', async () => {
    expect(await refusal(shop(50), { asOf: parseDay('2020-01-01') as number })).toMatch(/^input: /)
  })
})
