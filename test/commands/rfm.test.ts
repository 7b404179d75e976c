import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import type { RfmOptions } from '../../src/commands/rfm/scoring.ts'
import { parseDay } from '../../src/core/days.ts'
import { CustError } from '../../src/core/errors.ts'
import { type Line, linesOfCsv } from '../support/lines.ts'
import { type Ran, rfm, sheet, words } from '../support/rfm.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'

const line = (customer: string | null, day: string | null, amount: string | null, more: Line = {}): Line => ({
  customer,
  day,
  amount,
  ...more,
})

const codes = ({ answer }: Ran) => words(sheet(answer, 'customers').rfm_score)
const segments = ({ answer }: Ran) => words(sheet(answer, 'customers').segment)
const money = ({ units, scale }: { units: Float64Array; scale: number }) =>
  Array.from(units, (unit) => unit / 10 ** scale)
const customersBySegment = ({ answer }: Ran) => {
  const { segment, customers } = sheet(answer, 'segments')
  return Object.fromEntries(words(segment).map((name, i) => [name, customers[i]]))
}

/** A small shop with every kind of customer, made by arithmetic. */
function shop(customers = 200): Line[] {
  return Array.from({ length: customers }, (_, c) => c).flatMap((c) =>
    Array.from({ length: 1 + ((c * 7) % 9) }, (_, k) => {
      const day = new Date(Date.UTC(2024, 0, 1 + ((c * 37 + k * 53) % 360))).toISOString().slice(0, 10)
      return line(`c${String(c).padStart(4, '0')}`, day, (((c * 131 + k * 977) % 20000) / 100 + 1).toFixed(2))
    }),
  )
}

describe.skipIf(noSharedData)(`the order data of R's rfm package ${needsShared}`, () => {
  let lines: Line[]
  let expected: Map<string, Record<string, string>>
  let compatible: Ran
  let usual: Ran

  beforeAll(async () => {
    lines = linesOfCsv(join(sharedData, 'rfm-orders.csv'), {
      customer: 'customer_id',
      day: 'order_date',
      amount: 'revenue',
    })
    const text = readFileSync(join(sharedData, 'rfm-orders-expected.csv'), 'utf8')
    const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
    expected = new Map(data.map((row) => [row['customer_id'] as string, row]))
    compatible = await rfm(lines, { compat: 'r-rfm' })
    usual = await rfm(lines)
  })

  test('--compat r-rfm equals the package for all 995 customers: values, scores and segment', () => {
    const customers = sheet(compatible.answer, 'customers')
    const [id, score, segment] = [words(customers.customer_id), codes(compatible), segments(compatible)]
    expect(id).toHaveLength(995)
    const ours = id.map((customer, i) => ({
      customer_id: customer,
      recency_days: String(customers.recency_days[i]),
      transaction_count: String(customers.orders[i]),
      amount: String(money(customers.net_amount)[i]),
      recency_score: String(customers.r[i]),
      frequency_score: String(customers.f[i]),
      monetary_score: String(customers.m[i]),
      rfm_score: score[i],
      segment: segment[i],
    }))
    expect(ours).toEqual(id.map((customer) => expected.get(customer ?? '')))
  })

  test('the default rule differs from the package for 3 customers, just above a cut', () => {
    const id = words(sheet(usual.answer, 'customers').customer_id)
    const theirs = codes(compatible)
    const different = codes(usual).flatMap((code, i) =>
      code === theirs[i] ? [] : [`${id[i]} ${code} / ${theirs[i]}`],
    )
    expect(different).toEqual(['Jerold Sporer 444 / 443', 'Katlyn Mann 245 / 345', 'Skylar Hoeger 322 / 321'])
  })

  test('type-7 cuts of the reference: R 114, 180, 296.4, 481; F 3, 4, 5, 7; M 254.8, 381, 505.4, 665', () => {
    const { axis, cut, customers } = sheet(usual.answer, 'cuts')
    const of = (name: string) =>
      words(axis).flatMap((one, i) => (one === name && !Number.isNaN(cut[i]) ? [cut[i]] : []))
    expect(of('R')).toEqual([114, 180, 296.4, 481])
    expect(of('F')).toEqual([7, 5, 4, 3])
    expect(of('M')).toEqual([665, 505.4, 381, 254.8])
    expect(
      words(axis)
        .flatMap((one, i) => (one === 'F' ? [customers[i]] : []))
        .reverse(),
    ).toEqual([268, 187, 176, 244, 120])
  })

  test('classic11 counts of the reference', () => {
    expect(customersBySegment(usual)).toEqual({
      Champions: 102,
      Loyal: 186,
      'Potential Loyalist': 159,
      'New Customers': 17,
      Promising: 21,
      'Need Attention': 45,
      'About To Sleep': 67,
      'At Risk': 158,
      "Can't Lose": 43,
      Hibernating: 122,
      Lost: 75,
    })
  })

  test('mean spent by R and F equals the snapshot of the package', () => {
    const { r, f, mean_amount } = sheet(compatible.answer, 'heatmap')
    const cell = (rs: number, fs: number) =>
      money(mean_amount)[r.findIndex((one, i) => one === rs && f[i] === fs)]
    expect([1, 2, 3, 4, 5].map((rs) => cell(rs, 1))).toEqual([208.4, 246.98, 246.3, 213.42, 262.17])
    expect([cell(1, 5), cell(5, 5)]).toEqual([746.67, 862.4])
  })

  const classes = (ran: Ran) => Object.values(customersBySegment(ran))
  // In the order of the map: 重要 价值 发展 保持 挽留, then 一般; the reference lists 111 101 011 001 110 100 010 000.
  test.each<[RfmOptions['split'], number[]]>([
    ['mean', [274, 20, 125, 28, 102, 185, 39, 222]],
    ['median', [218, 72, 109, 95, 20, 191, 17, 273]],
    ['score-mean', [233, 43, 246, 73, 27, 96, 34, 243]],
  ])('eight classes split at the %s', async (split, counts) => {
    expect(classes(await rfm(lines, { scheme: 'cn8', split }))).toEqual(counts)
  })

  test('the mean split prints its cuts: 286.74 days, 4.931 orders, 466.49', async () => {
    const { score, cut } = sheet((await rfm(lines, { scheme: 'cn8' })).answer, 'cuts')
    const splits = Array.from(score).flatMap((one, i) => (one === 0 ? [cut[i] as number] : []))
    expect(splits.map((one, i) => one.toFixed(i === 1 ? 3 : 2))).toEqual(['286.74', '4.931', '466.49'])
  })

  test.each<[RfmOptions['compat'], number]>([
    ['ntile', 0.756],
    ['pandas', 1],
    ['excel', 0.995],
  ])('same scores as the default under %s: at least %f of customers', async (compat, share) => {
    const theirs = codes(await rfm(lines, { compat }))
    const same = codes(usual).filter((code, i) => code === theirs[i]).length
    expect(Number((same / 995).toFixed(3))).toBeGreaterThanOrEqual(share)
  })

  test('--as-of 2006-06-30 leaves 516 later orders out, 989 customers, no negative recency', async () => {
    const { answer, counted } = await rfm(lines, { asOf: parseDay('2006-06-30') as number })
    expect(counted?.tally.leftOut).toEqual([{ reason: 'after the as-of day', lines: 516 }])
    const { recency_days } = sheet(answer, 'customers')
    expect(recency_days).toHaveLength(989)
    expect(Math.min(...recency_days)).toBe(0)
  })
})

describe.skipIf(noSharedData)(
  `the CDNOW sample, where half of the customers bought once ${needsShared}`,
  () => {
    let lines: Line[]
    let usual: Ran

    beforeAll(async () => {
      lines = linesOfCsv(join(sharedData, 'cdnow-sample.csv'), {
        customer: 'customer_id',
        day: 'date',
        amount: 'amount',
      })
      usual = await rfm(lines)
    })

    test('8 customers with net 0 are listed and not scored; cuts of the reference', () => {
      const { axis, cut } = sheet(usual.answer, 'cuts')
      const of = (name: string) =>
        words(axis).flatMap((one, i) => (one === name && !Number.isNaN(cut[i]) ? [cut[i]] : []))
      expect(customersBySegment(usual)['no_net_purchase']).toBe(8)
      expect(of('R')).toEqual([151, 442, 487, 513])
      expect(of('F')).toEqual([4, 2, 1, 1])
      expect(of('M').map((one) => Number(one?.toFixed(3)))).toEqual([130.556, 59.44, 32.262, 15.36])
    })

    test('nobody has F = 2: told, not an error, and no tie is split', () => {
      expect(usual.warnings).toEqual([
        'F: no customer has score 2; 51.0 % of customers have the same value 1',
      ])
      const { orders, f } = sheet(usual.answer, 'customers')
      const byOrders = new Map<number, Set<number>>()
      f.forEach((score, i) => {
        if (score > 0)
          byOrders.set(orders[i] as number, (byOrders.get(orders[i] as number) ?? new Set()).add(score))
      })
      expect([...byOrders.values()].every((scores) => scores.size === 1)).toBe(true)
    })

    test('classic11 counts of the reference', () => {
      const {
        'New Customers': fresh,
        Promising,
        Champions,
        Loyal,
        Hibernating,
        Lost,
      } = customersBySegment(usual)
      expect({ fresh, Promising, Champions, Loyal, Hibernating, Lost }).toEqual({
        fresh: 0,
        Promising: 0,
        Champions: 434,
        Loyal: 432,
        Hibernating: 595,
        Lost: 163,
      })
    })

    test('pandas drops equal edges: F has 3 scores (1611, 358, 388 of all 2,357)', async () => {
      const { answer } = await rfm(lines, { compat: 'pandas', refunds: 'ignore' })
      const { axis, customers } = sheet(answer, 'cuts')
      expect(
        words(axis)
          .flatMap((one, i) => (one === 'F' ? [customers[i]] : []))
          .reverse(),
      ).toEqual([1611, 358, 388])
    })

    test('NTILE splits the customers with one order over three scores: 472, 472, 261', async () => {
      const { answer } = await rfm(lines, { compat: 'ntile', refunds: 'ignore' })
      const { orders, f } = sheet(answer, 'customers')
      const ones = [1, 2, 3].map((score) => f.filter((one, i) => one === score && orders[i] === 1).length)
      expect(ones).toEqual([472, 472, 261])
    })
  },
)

describe('laws', () => {
  test('lines that name no order are an order each', async () => {
    const line = (customer: string, order: string | null, day: string): Line => ({
      customer,
      order,
      day,
      amount: '5',
    })
    const { answer } = await rfm([
      line('a', null, '2024-01-01'),
      line('a', null, '2024-01-09'),
      line('a', 'x', '2024-01-09'),
      line('a', 'x', '2024-01-09'),
      { ...line('a', null, '2024-01-09'), amount: '-1' },
      line('b', 'y', '2024-01-03'),
    ])
    expect([...sheet(answer, 'customers').orders]).toEqual([3, 1])
  })

  const lines = shop()

  test('the order of the rows changes nothing', async () => {
    const shuffled = lines.map((one, i) => [((i * 7919) % 10007) + i / 1e6, one] as const)
    shuffled.sort(([a], [b]) => a - b)
    const { answer } = await rfm(shuffled.map(([, one]) => one))
    expect(answer).toEqual((await rfm(lines)).answer)
  })

  test.each([['0.01'], ['100'], ['6.8914']])('amounts x %s: the same scores', async (factor) => {
    const scaled = lines.map((one) => ({
      ...one,
      amount: (Number(one['amount']) * Number(factor)).toFixed(6),
    }))
    expect(codes(await rfm(scaled))).toEqual(codes(await rfm(lines)))
  })

  test('an order id of its own on every line changes nothing but the query', async () => {
    const numbered = lines.map((one, i) => ({ ...one, order: `o${i}` }))
    expect((await rfm(numbered)).answer).toEqual((await rfm(lines)).answer)
  })

  test('the lines of an order are one order, and its money their sum', async () => {
    const split = lines.flatMap((one, i) => [
      { ...one, order: `o${i}`, amount: '0.50' },
      { ...one, order: `o${i}`, amount: (Number(one['amount']) - 0.5).toFixed(2) },
    ])
    expect((await rfm(split)).answer).toEqual((await rfm(lines)).answer)
  })

  test.each<Partial<RfmOptions>>([
    { method: 'quantile' },
    { method: 'kmeans' },
    { method: 'log' },
    { compat: 'excel' },
    { compat: 'klaviyo3' },
    { bins: [10, 7, 5] },
  ])('more is never scored lower, ties never differ: %o', async (options) => {
    const { recency_days, orders, net_amount, r, f, m } = sheet(
      (await rfm(lines, options)).answer,
      'customers',
    )
    const rises = (values: ArrayLike<number>, scores: Uint8Array, sign: number) => {
      const order = Array.from(scores.keys()).sort(
        (a, b) => sign * ((values[a] as number) - (values[b] as number)),
      )
      return order.every((row, i) => {
        const before = order[i - 1] ?? row
        return values[row] === values[before]
          ? scores[row] === scores[before]
          : (scores[row] as number) >= (scores[before] as number)
      })
    }
    expect([rises(recency_days, r, -1), rises(orders, f, 1), rises(net_amount.units, m, 1)]).toEqual([
      true,
      true,
      true,
    ])
  })

  test('scores do not move with the as-of day while all orders lie before it', async () => {
    expect(codes(await rfm(lines, { asOf: parseDay('2030-01-01') as number }))).toEqual(
      codes(await rfm(lines)),
    )
  })

  test('ten scores make a score text that cannot be misread', async () => {
    const { answer } = await rfm(lines, { bins: [10] })
    const { r, f, m } = sheet(answer, 'customers')
    expect(words(sheet(answer, 'customers').rfm_score)).toEqual(
      Array.from(r, (score, i) => `${score}-${f[i]}-${m[i]}`),
    )
  })

  test('segments add up to the customers, revenue to the money of all lines', async () => {
    const { answer } = await rfm(lines)
    const { customers, customers_pct, revenue, orders } = sheet(answer, 'segments')
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, one) => all + one, 0)
    expect(sum(customers)).toBe(200)
    expect(sum(customers_pct)).toBeCloseTo(1, 12)
    expect(sum(orders)).toBe(lines.length)
    expect(sum(revenue.units)).toBe(
      sum(lines.map((one) => Math.round(Number(one['amount']) * 10 ** revenue.scale))),
    )
  })
})

describe('what counts', () => {
  const day = (n: number) => `2024-01-${String(n).padStart(2, '0')}`
  const others = Array.from({ length: 10 }, (_, i) => line(`x${i}`, day(i + 1), String(10 * (i + 1))))

  test('a refund reduces M and is no visit; drop and ignore say what they do', async () => {
    const lines = [...others, line('a', day(1), '100'), line('a', day(20), '-30')]
    const of = async (refunds: RfmOptions['refunds']) => {
      const { answer } = await rfm(lines, { refunds })
      const { customer_id, orders, net_amount, last_order_date } = sheet(answer, 'customers')
      const row = words(customer_id).indexOf('a')
      return [orders[row], money(net_amount)[row], last_order_date[row]]
    }
    expect(await of('net')).toEqual([1, 70, parseDay(day(1))])
    expect(await of('drop')).toEqual([1, 100, parseDay(day(1))])
    expect(await of('ignore')).toEqual([2, 70, parseDay(day(20))])
  })

  describe('a refund column', () => {
    const paid = (amount: string, refund: string | null, more: Line = {}) => ({
      ...line('a', day(1), amount, more),
      refund,
    })
    const of = async (lines: Line[], refunds: RfmOptions['refunds'] = 'net') => {
      const plain = others.map((one) => ({ ...one, refund: null, status: 'paid' }))
      const { answer, counted } = await rfm([...plain, ...lines], { refunds })
      const { customer_id, orders, net_amount } = sheet(answer, 'customers')
      const row = words(customer_id).indexOf('a')
      return { orders: orders[row], net: money(net_amount)[row], leftOut: counted?.tally.leftOut }
    }

    test('is taken off the amount under net, and only there; blank is nothing', async () => {
      const lines = [paid('100', '30.10'), { ...paid('50', null), day: day(2) }]
      expect(await of(lines)).toEqual({ orders: 2, net: 119.9, leftOut: [] })
      for (const refunds of ['drop', 'ignore'] as const) {
        expect(await of(lines, refunds)).toEqual({ orders: 2, net: 150, leftOut: [] })
      }
    })

    test('is the same with either sign', async () => {
      expect(await of([paid('100', '-30.10')])).toEqual(await of([paid('100', '30.10')]))
    })

    test('is the same as a refund line, under net and under drop', async () => {
      for (const refunds of ['net', 'drop'] as const) {
        const column = await of([paid('100', '30')], refunds)
        const rows = await of([paid('100', null), { ...paid('-30', null), day: day(9) }], refunds)
        expect([column.orders, column.net]).toEqual([rows.orders, rows.net])
      }
    })

    test('says what a refunded order paid back: it was bought', async () => {
      const lines = [paid('45', '45', { status: 'refunded' }), { ...paid('20', null), day: day(3) }]
      expect(await of(lines)).toEqual({ orders: 2, net: 20, leftOut: [] })
      expect((await of(lines, 'drop')).net).toBe(65)
    })

    test('of a cancelled order says nothing', async () => {
      const lines = [paid('45', '45', { status: 'cancelled' }), paid('20', null)]
      expect(await of(lines)).toEqual({
        orders: 1,
        net: 20,
        leftOut: [{ reason: 'cancelled', lines: 1 }],
      })
    })

    test('on a line without an amount is a refund line: no visit', async () => {
      const lines = [paid('100', null), { ...paid('0', '30'), day: day(9) }]
      expect(await of(lines)).toMatchObject({ orders: 1, net: 70 })
      expect(await of(lines, 'drop')).toMatchObject({ net: 100, leftOut: [{ reason: 'refund', lines: 1 }] })
      expect(await of(lines, 'ignore')).toMatchObject({ orders: 2, net: 100 })
    })

    test('lowers a margin that comes from a cost', async () => {
      const lines = [...others, line('a', day(1), '100')].map((one) => ({
        ...one,
        cost: '5',
        refund: one['customer'] === 'a' ? '30' : null,
      }))
      const { answer } = await rfm(lines, { monetary: 'margin' })
      const { customer_id, monetary } = sheet(answer, 'customers')
      expect(money(monetary as { units: Float64Array; scale: number })[words(customer_id).indexOf('a')]).toBe(
        65,
      )
    })

    test('adds up exactly: ten times 0.10 off 1.00 is nothing', async () => {
      const lines = Array.from({ length: 10 }, (_, i) => ({ ...paid('0.10', '0.10'), day: day(i + 1) }))
      expect(await of(lines)).toMatchObject({ orders: 10, net: 0 })
    })
  })

  test('cancelled, unpaid and wholly refunded lines are out and counted', async () => {
    const with_ = (status: string | null) =>
      others.map((one, i) => ({ ...one, status: i < 3 ? status : 'paid' }))
    for (const status of ['cancelled', 'unpaid', 'refunded']) {
      const { counted } = await rfm(with_(status))
      expect(counted?.tally).toEqual({ read: 10, used: 7, leftOut: [{ reason: status, lines: 3 }] })
    }
    expect((await rfm(with_(null))).counted?.tally.used).toBe(10)
  })

  test('customers without a net purchase are listed, not scored', async () => {
    const { answer } = await rfm([
      ...others,
      line('back', day(2), '50'),
      line('back', day(3), '-50'),
      line('only', day(4), '-5'),
    ])
    const customers = sheet(answer, 'customers')
    const id = words(customers.customer_id)
    for (const who of ['back', 'only']) {
      const row = id.indexOf(who)
      expect([words(customers.segment)[row], customers.r[row], words(customers.rfm_score)[row]]).toEqual([
        'no_net_purchase',
        0,
        null,
      ])
    }
  })

  test('lines with a problem are counted by problem, and no customer is made of them', async () => {
    const bad = [
      { ...line(null, day(1), '5'), problem: 'customer: none' },
      { ...line('z', null, '5'), problem: 'date: unreadable' },
      { ...line('z', day(1), '5'), problem: 'status: odd' },
    ]
    const { answer, counted } = await rfm([...others, ...bad])
    expect(counted?.tally).toMatchObject({ read: 13, used: 10 })
    expect(words(sheet(answer, 'customers').customer_id)).not.toContain('z')
  })

  test('two currencies are refused, one is fine', async () => {
    const priced = (low: string) => others.map((one, i) => ({ ...one, currency: i < 5 ? low : 'EUR' }))
    await expect(rfm(priced('USD'))).rejects.toThrow('several currencies cannot be added: EUR, USD')
    expect((await rfm(priced('EUR'))).counted?.tally.used).toBe(10)
  })

  test('a window counts F and M inside it, R over everything', async () => {
    const lines = [
      ...others,
      line('a', '2022-05-01', '500'),
      line('a', day(2), '10'),
      line('old', '2021-01-01', '9'),
    ]
    const { answer } = await rfm(lines, { window: 365 })
    const customers = sheet(answer, 'customers')
    const row = (who: string) => words(customers.customer_id).indexOf(who)
    expect([customers.orders[row('a')], money(customers.net_amount)[row('a')]]).toEqual([1, 10])
    expect(customers.recency_days[row('old')]).toBeGreaterThan(1000)
    expect(words(customers.segment)[row('old')]).toBe('no_net_purchase')
  })

  test('margin comes from a margin column, or from amount less cost', async () => {
    const lines = others.map((one, i) => ({ ...one, cost: String(i) }))
    const { answer } = await rfm(lines, { monetary: 'margin' })
    expect(money(sheet(answer, 'customers').monetary as { units: Float64Array; scale: number })).toEqual(
      others.map((one, i) => Number(one['amount']) - i),
    )
    await expect(rfm(others, { monetary: 'margin' })).rejects.toThrow('no column found for the margin')
  })

  test('no usable line is an error that says why', async () => {
    const none = others.map((one) => ({ ...one, status: 'cancelled' }))
    await expect(rfm(none)).rejects.toMatchObject({ kind: 'input', hint: '10 cancelled' })
  })
})

describe('cuts that are kept', () => {
  const lines = shop()

  test('--use-cuts gives the scores of the run that saved them', async () => {
    const saving = await rfm(lines, { saveCuts: 'cuts.json' })
    const text = saving.answer.saves?.['saveCuts'] as string
    const again = await rfm(lines, { useCuts: { path: 'cuts.json', text } })
    expect(codes(again)).toEqual(codes(saving))
    const half = await rfm(lines.slice(0, 300), {
      useCuts: { path: 'cuts.json', text },
      asOf: saving.counted?.asOf as number,
    })
    const whole = new Map(
      words(sheet(saving.answer, 'customers').customer_id).map((id, i) => [id, codes(saving)[i]]),
    )
    const kept = words(sheet(half.answer, 'customers').customer_id)
    expect(codes(half).slice(0, -1)).toEqual(kept.slice(0, -1).map((id) => whole.get(id)))
  })

  test('cuts of three scores keep to maps of three', async () => {
    const { answer } = await rfm(lines, { compat: 'klaviyo3', saveCuts: 'k.json' })
    const useCuts = { path: 'k.json', text: answer.saves?.['saveCuts'] as string }
    await expect(rfm(lines, { useCuts })).rejects.toThrow('the segment map needs 5 scores of R, not 3')
    const again = await rfm(lines, { useCuts, compat: 'klaviyo3' })
    expect(words(sheet(again.answer, 'customers').segment)).toEqual(words(sheet(answer, 'customers').segment))
  })

  test('a value equal to a given cut goes to the lower score', async () => {
    const three = [
      line('a', '2024-01-10', '10'),
      line('b', '2024-01-10', '20'),
      line('c', '2024-01-10', '20.01'),
    ]
    const { answer } = await rfm(three, { mCuts: [10, 20], scheme: 'cn8' })
    expect([...sheet(answer, 'customers').m]).toEqual([1, 2, 3])
  })

  test.each<[Partial<RfmOptions>, string]>([
    [{ method: 'fixed' }, '--method fixed needs'],
    [{ rCuts: [5, 3, 2, 1] }, '--r-cuts must rise'],
    [{ bins: [5, 4] }, '--bins takes one number, or three'],
    [{ bins: [3] }, 'the segment map needs 5 scores of R, not 3'],
    [{ rCuts: [30] }, 'the segment map needs 5 scores of R, not 2'],
    [
      {
        useCuts: {
          path: 'x.json',
          text: '{"cust":"rfm cuts","monetary":"sum","window_days":null,"r":{"cuts":[3],"edge":"lower","bins":1}}',
        },
      },
      '"bins" of r does not fit its 1 cuts',
    ],
    [{ compat: 'klaviyo3', bins: [5] }, 'three scores per axis'],
    [{ weights: [1, 2] }, '--weights takes three'],
    [{ saveCuts: 'x', method: 'ntile' }, 'no cuts to save'],
    [{ useCuts: { path: 'x.json', text: '{' } }, 'x.json is not JSON'],
    [{ useCuts: { path: 'x.json', text: '{"a":1}' } }, 'not a file written by --save-cuts'],
    [{ compareAsOf: 100000 }, 'is not before the as-of day'],
  ])('%o is a usage error: %s', async (options, message) => {
    const error = await rfm(lines, options).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(CustError)
    expect(error).toMatchObject({ kind: 'usage', message: expect.stringContaining(message) })
  })
})

describe('segment maps of the user', () => {
  const lines = shop()
  const map = (value: unknown) => ({ path: 'map.json', text: JSON.stringify(value) })

  test('a map that covers every cell once is used', async () => {
    const ran = await rfm(lines, {
      scheme: map({
        segments: [
          { name: 'Top', zh: '高', r: '4-5', fm: '3-5' },
          { name: 'Fresh', r: '4-5', fm: '1-2' },
          { name: 'Rest', r: '1-3' },
        ],
      }),
    })
    const { r, f, m } = sheet(ran.answer, 'customers')
    const expected = Array.from(r, (score, i) =>
      score < 4 ? 'Rest' : Math.floor(((f[i] as number) + (m[i] as number)) / 2 + 0.5) >= 3 ? 'Top' : 'Fresh',
    )
    expect(segments(ran)).toEqual(expected)
  })

  test.each([
    [
      {
        segments: [
          { name: 'A', r: '1-3' },
          { name: 'B', r: '3-5' },
        ],
      },
      'A and B both cover the cell R3 F1 M1',
    ],
    [{ segments: [{ name: 'A', r: '1-3' }] }, 'no segment covers 50 of 125 cells: R4 F1 M1'],
    [{ segments: [{ name: 'A', r: '6' }] }, 'not scores from 1 to 5'],
    [{ segments: [{ name: 'A', R: '1' }] }, '"R" is not one of'],
    [{ segments: [] }, 'has no "segments"'],
  ])('%o is refused: %s', async (value, message) => {
    await expect(rfm(lines, { scheme: map(value) })).rejects.toThrow(message)
  })

  test('a map is checked against the scores that own cuts give', async () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((step) => step * 20)
    const scheme = map({
      segments: [
        { name: 'A', m: '1-5' },
        { name: 'B', m: '6-10' },
      ],
    })
    const ran = await rfm(lines, { scheme, mCuts: nine })
    const { m } = sheet(ran.answer, 'customers')
    expect(segments(ran)).toEqual(Array.from(m, (score) => (score > 5 ? 'B' : 'A')))
  })

  test('a segment for every one of a thousand cells keeps its name', async () => {
    const scores = Array.from({ length: 10 }, (_, i) => i + 1)
    const cells = scores.flatMap((r) =>
      scores.flatMap((f) => scores.map((m) => ({ name: `${r}-${f}-${m}`, r, f, m }))),
    )
    const ran = await rfm(lines, { bins: [10], scheme: map({ segments: cells }) })
    expect(segments(ran)).toEqual(codes(ran))
  })

  test('gaps are allowed with a stated default', async () => {
    const ran = await rfm(lines, { scheme: map({ segments: [{ name: 'A', r: '1-3' }], default: 'Others' }) })
    expect(new Set(segments(ran))).toEqual(new Set(['A', 'Others']))
  })
})

describe('who moved', () => {
  const lines = shop()

  test('--compare-as-of: everybody is counted once, by relative and by the earlier cuts', async () => {
    const { answer } = await rfm(lines, { compareAsOf: parseDay('2024-10-01') as number })
    const { from, customers, customers_same_cuts, row_pct } = sheet(answer, 'transitions')
    const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0)
    expect(total(customers)).toBe(200)
    expect(total(customers_same_cuts ?? [])).toBe(200)
    const shares = new Map<string, number>()
    for (const [i, one] of words(from).entries()) {
      shares.set(one as string, (shares.get(one as string) ?? 0) + (row_pct[i] as number))
    }
    for (const share of shares.values()) expect(share).toBeCloseTo(1, 12)
    const move = words(sheet(answer, 'customers').move as (string | null)[])
    expect(new Set(move)).toEqual(new Set(['up', 'down', 'same', 'new']))
  })

  test('the cuts of the user hold on both days, and ranks have none to hold', async () => {
    const earlier = { compareAsOf: parseDay('2024-10-01') as number }
    const mine = { rCuts: [30, 60, 120, 240], fCuts: [1, 2, 4, 8], mCuts: [100, 200, 400, 800] }
    const { customers, customers_same_cuts } = sheet(
      (await rfm(lines, { ...earlier, ...mine })).answer,
      'transitions',
    )
    expect(customers_same_cuts).toEqual(customers)
    const ranked = sheet((await rfm(lines, { ...earlier, method: 'ntile' })).answer, 'transitions')
    expect(ranked.customers_same_cuts).toBeUndefined()
  })

  test('a window of N days is N days, whatever the as-of day', async () => {
    const days = Array.from({ length: 20 }, (_, i) =>
      line('a', `2024-01-${String(i + 1).padStart(2, '0')}`, '1'),
    )
    for (const asOf of ['last', 'last+1', parseDay('2024-01-20') as number] as const) {
      const { orders } = sheet((await rfm(days, { window: 10, asOf })).answer, 'customers')
      expect([...orders]).toEqual([10])
    }
  })
})
