/** Periods, what is made of them, and forecasts. */
import { describe, expect, test } from 'vitest'
import { formatDay, parseDay } from '../../src/core/days.ts'
import { textList } from '../../src/core/texts.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { airPassengers, monthsFrom } from '../models/forecast/series.ts'
import type { Line } from '../support/lines.ts'
import { refusalOf } from '../support/ran.ts'
import { rfm } from '../support/rfm.ts'
import { line, shop } from '../support/shop.ts'
import { daysOf, type Ran, sheet, type TrendOptions, trend } from '../support/trend.ts'

/** A line a month on its first day; the last month is whole as of its last day. */
const monthly = (values: Float64Array, year = 1949): Line[] =>
  Array.from(monthsFrom(year, values.length), (day, i) => line('c', formatDay(day), String(values[i])))
const passengers = monthly(airPassengers)
const asOf = (day: string): Partial<TrendOptions> => ({ asOf: parseDay(day) as number })
const all1960 = asOf('1960-12-31')

/** Lines on so many days from a first one; none where the amount is undefined. */
const daily = (first: string, days: number, amount: (day: number) => number | undefined): Line[] =>
  Array.from({ length: days }, (_, i) => i).flatMap((i) => {
    const value = amount(i)
    return value === undefined
      ? []
      : [line(`c${i % 5}`, formatDay((parseDay(first) as number) + i), String(value))]
  })

const rows = (ran: Ran) => {
  const { period, revenue, orders, customers, unfinished } = sheet(ran, 'periods')
  return daysOf(period).map((day, i) =>
    [
      day,
      (revenue.units[i] as number) / 10 ** revenue.scale,
      orders[i],
      customers?.[i],
      textList(unfinished)[i],
    ].join(' '),
  )
}

describe('periods', () => {
  const lines = [
    line('a', '2024-01-31', '10.10', { order: '1' }),
    line('a', '2024-01-31', '5.05', { order: '1' }),
    line('b', '2024-02-01', '1.00', { order: '2' }),
    line('a', '2024-02-29', '2.50', { order: '3' }),
    line('a', '2024-03-01', '4.00', { order: '4' }),
    { ...line('a', '2024-03-02', '8.00', { order: '5' }), customer: null },
  ]

  test('by month: an order counts once, a customer once a month, a leap day belongs to its month', async () => {
    expect(rows(await trend(lines, { by: 'month' }))).toEqual([
      // Thirty days without an order, and never so many after.
      '2024-01-01 15.15 1 1 from 2024-01-31',
      '2024-02-01 3.5 2 2 ',
      '2024-03-01 12 2 1 to 2024-03-02',
    ])
  })

  test('by week from Monday on, across the end of a month', async () => {
    expect(rows(await trend(lines, { by: 'week', ...asOf('2024-03-03') }))).toEqual([
      '2024-01-29 16.15 2 2 ',
      '2024-02-05 0 0 0 ',
      '2024-02-12 0 0 0 ',
      '2024-02-19 0 0 0 ',
      '2024-02-26 14.5 3 1 ',
    ])
  })

  test('by day, found out from the span and told; the gaps are zeros, and told', async () => {
    const ran = await trend(lines)
    expect(rows(ran)).toHaveLength(32)
    expect(ran.notes[0]).toBe('by day (found out from 32 days of data): 32 whole days')
    expect(ran.notes[1]).toBe('27 days without an order count as 0')
    expect((await trend(passengers)).notes[0]).toMatch(/^by month /)
    expect((await trend(daily('2024-01-01', 60, () => 1))).notes[0]).toMatch(/^by week .*: 8 whole weeks$/)
  })

  test('hold in sum what cust rfm holds, whichever their length', async () => {
    const many = shop(80)
    const { answer } = await rfm(many)
    const { net_amount, orders } = answer.sheets.customers as never as {
      net_amount: { units: Float64Array; scale: number }
      orders: Float64Array
    }
    const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0)
    for (const by of ['day', 'week', 'month'] as const) {
      const { revenue, orders: own } = sheet(await trend(many, { by }), 'periods')
      expect(total(revenue.units) / 10 ** revenue.scale).toBe(
        total(net_amount.units) / 10 ** net_amount.scale,
      )
      expect(total(own)).toBe(total(orders))
    }
  })

  test('count different customers, as a set of them does', async () => {
    const many = shop(60, 9)
    const { period, customers } = sheet(await trend(many, { by: 'week' }), 'periods')
    period.forEach((first, i) => {
      const within = many.filter(({ day }) => {
        const at = parseDay(day as string) as number
        return at >= first && at < first + 7
      })
      expect(customers?.[i]).toBe(new Set(within.map(({ customer }) => customer)).size)
    })
  })

  test('refunds are taken off the period in which they were; or left out, or any line', async () => {
    const paid = [
      line('a', '2024-01-10', '100'),
      line('a', '2024-02-10', '-30'),
      line('b', '2024-02-29', '50'),
    ]
    const revenue = async (refunds: TrendOptions['refunds']) => {
      const { revenue: found, orders } = sheet(await trend(paid, { by: 'month', refunds }), 'periods')
      return [...Array.from(found.units, (units) => units / 10 ** found.scale), ...orders]
    }
    expect(await revenue('net')).toEqual([100, 20, 1, 1])
    expect(await revenue('drop')).toEqual([100, 50, 1, 1])
    expect(await revenue('ignore')).toEqual([100, 20, 1, 2])
  })

  test('lines after --as-of are unseen', async () => {
    const until = parseDay('2023-09-30') as number
    const past = shop(60).filter(({ day }) => (parseDay(day as string) as number) <= until)
    expect(rows(await trend(shop(60), { by: 'week', asOf: until }))).toEqual(
      rows(await trend(past, { by: 'week', asOf: until })),
    )
  })

  test('a silence at the end that is longer than any before is warned of', async () => {
    const { warnings } = await trend(lines, { by: 'week', ...asOf('2024-04-07') })
    expect(warnings).toEqual([
      'the last 5 whole weeks without an order, a silence like no other: do the data end earlier?',
    ])
    expect((await trend(lines, { by: 'week', ...asOf('2024-03-17') })).warnings).toEqual([])
  })

  test('the order of the lines changes nothing', async () => {
    const [one, other] = [await trend(shop(60)), await trend(shop(60).toReversed())]
    expect(other.sheets).toEqual(one.sheets)
  })

  test('one of one line', async () => {
    const ran = await trend([line('a', '2024-02-29', '5')])
    expect(rows(ran)).toEqual(['2024-02-29 5 1 1 '])
    expect([...sheet(ran, 'periods').trend]).toEqual([Number.NaN])
    expect(await refusalOf(trend([line('a', '2024-02-29', '5')], { forecast: 3 }))).toBe(
      'model: 1 whole day cannot tell 3 ahead: a forecast is judged by its own past',
    )
  })

  test('money is exact where doubles are not', async () => {
    const cents = Array.from({ length: 100 }, () => line('a', '2024-01-31', '0.10'))
    const { revenue } = sheet(await trend(cents, { by: 'month' }), 'periods')
    expect((revenue.units[0] as number) / 10 ** revenue.scale).toBe(10)
  })

  test('without customers there is no such column, and orders are counted', async () => {
    const bare = lines.map(({ customer: _, ...rest }) => rest)
    const ran = await trend(bare, { by: 'month' })
    expect(sheet(ran, 'periods').customers).toBeUndefined()
    expect(ran.counted).toMatchObject({ customers: 5, things: 'order' })
    expect(await refusalOf(trend(bare, { metric: 'customers' }))).toMatch(/^input: --metric customers/)
  })
})

describe('comparisons', () => {
  test('with the month before and that of the year before; not of an unfinished month', async () => {
    const ran = await trend(passengers, asOf('1960-12-30'))
    const { change, year_on_year, trend: level } = sheet(ran, 'periods')
    expect(change[1]).toBeCloseTo(118 / 112 - 1, 12)
    expect(year_on_year[12]).toBeCloseTo(115 / 112 - 1, 12)
    for (const column of [change, year_on_year, level]) expect(column[143]).toBeNaN()
    expect(textList(sheet(ran, 'periods').unfinished)[143]).toBe('to 1960-12-30')
    expect(ran.notes[1]).toMatch(/^the month of 1960-12-01 is unfinished on 1960-12-30/)
  })

  test('of days with the same weekday 52 weeks before, a leap year or not', async () => {
    const ran = await trend(
      daily('2023-03-01', 500, (i) => i + 1),
      { by: 'day' },
    )
    const { period, year_on_year } = sheet(ran, 'periods')
    const at = daysOf(period).indexOf('2024-02-29')
    expect(daysOf(period)[at - 364]).toBe('2023-03-02')
    expect(year_on_year[at]).toBeCloseTo((at + 1) / (at - 363) - 1, 12)
  })

  test('none with nothing', async () => {
    const ran = await trend([line('a', '2024-01-01', '1'), line('a', '2024-01-03', '1')], { by: 'day' })
    expect([...sheet(ran, 'periods').change]).toEqual([Number.NaN, -1, Number.NaN])
  })
})

describe('taken apart', () => {
  test('a season that was put in comes out as a factor of the trend', async () => {
    const season = [0.8, 0.9, 1, 1.1, 1.2, 1, 1, 0.9, 0.8, 1, 1.1, 1.25]
    const level = Math.exp(season.reduce((sum, each) => sum + Math.log(each), 0) / 12)
    const values = Float64Array.from({ length: 48 }, (_, i) => 1000 * 1.01 ** i * (season[i % 12] as number))
    const ran = await trend(monthly(values, 2020), asOf('2023-12-31'))
    const { trend: found, season: factors } = sheet(ran, 'periods')
    for (let i = 0; i < 48; i++) {
      expect((factors[i] as number) * level).toBeCloseTo(season[i % 12] as number, 2)
      expect((found[i] as number) / level / (1000 * 1.01 ** i)).toBeCloseTo(1, 2)
    }
  })

  test('days of three years have a weekday and a season, both as they were put in', async () => {
    const week = [0.9, 0.85, 0.9, 0.95, 1.1, 1.35, 1.25]
    const level = Math.exp(week.reduce((sum, each) => sum + Math.log(each), 0) / 7)
    const random = mulberry32(12)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const year = (i: number) =>
      Math.exp(0.25 * Math.sin((2 * Math.PI * i) / 365.25) + 0.1 * Math.cos((4 * Math.PI * i) / 365.25))
    // The first day is a Monday.
    const truth = (i: number) => 2000 * 1.0003 ** i * (week[i % 7] as number) * year(i)
    const lines = daily('2018-01-01', 1095, (i) => Math.round(truth(i) * Math.exp(0.1 * normal())))
    const { season, weekday, trend: found } = sheet(await trend(lines, { by: 'day' }), 'periods')
    const off = (part: Float64Array, of: (i: number) => number) =>
      Math.sqrt([...part].reduce((sum, each, i) => sum + (each / of(i) - 1) ** 2, 0) / part.length)
    expect(off(weekday as Float64Array, (i) => (week[i % 7] as number) / level)).toBeLessThan(0.02)
    expect(off(season, year)).toBeLessThan(0.05)
    expect(off(found, (i) => 2000 * 1.0003 ** i * level)).toBeLessThan(0.04)
  })

  test('days of a year have a weekday alone, months none', async () => {
    const lines = daily('2023-01-02', 365, (i) => 100 + 50 * Number(i % 7 === 5))
    const { season, weekday } = sheet(await trend(lines, { by: 'day' }), 'periods')
    expect(season.every(Number.isNaN)).toBe(true)
    expect((weekday?.[5] as number) / (weekday?.[4] as number)).toBeCloseTo(1.5, 6)
    expect(sheet(await trend(lines, { by: 'month' }), 'periods').weekday).toBeUndefined()
  })

  test('with zeros a season is what it adds to the trend, and below zero what it takes off', async () => {
    // Nothing is sold in August.
    const values = Float64Array.from({ length: 48 }, (_, i) => (i % 12 === 7 ? 0 : 110))
    const ran = await trend(monthly(values, 2020), asOf('2023-12-31'))
    const { season, trend: level } = sheet(ran, 'periods')
    for (let i = 0; i < 48; i++)
      expect((season[i] as number) + (level[i] as number)).toBeCloseTo(values[i] as number, 1)
    const { definition, value } = sheet(ran, 'definitions')
    expect(textList(value)[textList(definition).indexOf('season is')]).toBe('what it adds to the trend')
  })

  test('weekdays have an index of one on average', async () => {
    const week = [5, 5, 5, 5, 5, 10, 0]
    const ran = await trend(
      daily('2024-01-01', 70, (i) => week[i % 7] || undefined),
      { by: 'month' },
    )
    const { index, mean, days } = sheet(ran, 'weekdays')
    expect([...index]).toEqual([1, 1, 1, 1, 1, 2, 0])
    expect([...mean]).toEqual(week)
    // The last Sunday had no order, so that the data end on a Saturday.
    expect([...days]).toEqual([10, 10, 10, 10, 10, 10, 9])
  })

  test('a line of letters from the least to the greatest', async () => {
    const { course, metric } = sheet(await trend(passengers.slice(0, 12), asOf('1949-12-31')), 'summary')
    expect(textList(metric)).toEqual(['Revenue', 'Orders', 'Customers', 'Average order'])
    // From 104 to 148 in eight steps of 5.5.
    expect(textList(course)[0]).toBe('▂▃▆▅▄▆██▆▃▁▃')
    expect(textList(course)[1]).toBe('▅'.repeat(12))
  })
})

describe('forecasts', () => {
  const methods = (ran: Ran) => {
    const { method, scale, mase, coverage, widened, chosen } = sheet(ran, 'methods')
    return textList(method).map((title, i) => ({
      title,
      scale: textList(scale)[i],
      mase: mase[i] as number,
      coverage: coverage[i] as number,
      widened: widened[i] as number,
      isUsed: textList(chosen)[i] === 'yes',
    }))
  }

  const yearAhead = trend(passengers, { ...all1960, forecast: 12 })

  test('of AirPassengers: every method is judged, the one that is used is far better than the yardstick', async () => {
    const ran = await yearAhead
    const judged = methods(ran)
    expect(judged.map(({ title }) => title)).toEqual([
      ...['seasonal naive', 'exponential smoothing', 'last value', 'straight line', 'airline', 'MSTL'],
      'Prophet',
    ])
    const used = judged.find(({ isUsed }) => isUsed)
    expect(used?.title).toBe('airline')
    expect(used?.mase).toBeLessThan(0.6)
    expect(judged.find(({ title }) => title === 'MSTL')?.mase).toBeLessThan(0.65)
    // Of statsmodels 0.15.0: exp of ARIMA(log y, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12)).
    const { period, value, low, high } = sheet(ran, 'forecast')
    expect(daysOf(period)[0]).toBe('1961-01-01')
    const wanted = [
      450.42, 425.72, 479.0, 492.4, 509.05, 583.34, 670.01, 667.08, 558.19, 497.21, 429.87, 477.24,
    ]
    wanted.forEach((each, i) => {
      expect(Math.abs((value[i] as number) / each - 1)).toBeLessThan(0.001)
      expect(low[i] as number).toBeLessThan(value[i] as number)
      expect(high[i] as number).toBeGreaterThan(value[i] as number)
    })
  })

  test('bands that held less than they promise are widened, and it is told', async () => {
    const ran = await yearAhead
    for (const { coverage, widened } of methods(ran)) {
      if (coverage < 0.95) expect(widened).toBeGreaterThan(1)
      if (widened === 1) expect(coverage).toBeGreaterThanOrEqual(0.95)
    }
    const used = methods(ran).find(({ isUsed }) => isUsed)
    const told = ran.notes.find((note) => note.startsWith('intervals of 95 %'))
    expect(told !== undefined).toBe((used?.widened ?? 1) > 1)
  })

  test('of two years of months: growth and season are both in it', async () => {
    const season = [0.6, 0.7, 0.9, 1, 1, 0.9, 0.8, 0.9, 1, 1.1, 1.4, 1.7]
    const random = mulberry32(2)
    const values = Float64Array.from({ length: 24 }, (_, i) =>
      Math.round(1000 * (season[i % 12] as number) * 1.02 ** i * (0.97 + 0.06 * random())),
    )
    const ran = await trend(monthly(values, 2022), { ...asOf('2023-12-31'), by: 'month', forecast: 3 })
    expect(methods(ran).find(({ isUsed }) => isUsed)?.title).toBe('seasonal growth')
    sheet(ran, 'forecast').value.forEach((each, i) => {
      const truth = 1000 * (season[i] as number) * 1.02 ** (24 + i)
      expect(Math.abs(each / truth - 1)).toBeLessThan(0.06)
    })
  })

  test('never of a method that the yardstick beats: of walks, seasons, noise and steps', async () => {
    const random = mulberry32(5)
    const kinds: ((i: number, before: number) => number)[] = [
      (_, before) => before + Math.round(20 * (random() - 0.5)),
      (i) => 100 + 40 * (i % 12),
      () => 50 + Math.round(100 * random()),
      (i) => (i < 30 ? 100 : 300),
      () => 100,
      (i) => (i % 5 === 0 ? 0 : 100 + i),
    ]
    for (const kind of kinds) {
      const values = new Float64Array(48).fill(500)
      for (let i = 1; i < 48; i++) values[i] = kind(i, values[i - 1] as number)
      const lines = monthly(values, 2020).filter((each) => each['amount'] !== '0')
      const judged = methods(await trend(lines, { ...asOf('2023-12-31'), by: 'month', forecast: 6 }))
      const used = judged.find(({ isUsed }) => isUsed)
      expect(judged.filter(({ isUsed }) => isUsed)).toHaveLength(1)
      expect(judged[0]?.title).toBe('seasonal naive')
      if (used !== judged[0]) expect(used?.mase).toBeLessThan(judged[0]?.mase as number)
    }
  })

  test('where nothing beats the yardstick it is used, and it is said', async () => {
    const season = Float64Array.from({ length: 48 }, (_, i) => 100 + ((i * 5) % 12))
    const ran = await trend(monthly(season, 2020), { ...asOf('2023-12-31'), forecast: 6 })
    expect(methods(ran)[0]?.isUsed).toBe(true)
    expect(ran.notes).toContain('forecast by seasonal naive on log y: the past repeats itself exactly')
    const { value, low, high } = sheet(ran, 'forecast')
    expect([...value]).toEqual([...season.slice(0, 6)])
    expect(low).toEqual(value)
    expect(high).toEqual(value)
  })

  test('where the yardstick is merely the best it is used, too, and it is said', async () => {
    const random = mulberry32(4)
    // Every January walks from the January before, which is what seasonal naive takes for granted.
    const years = new Float64Array(60)
    years.forEach((_, i) => {
      years[i] = Math.round(
        i < 12 ? 500 + 1500 * random() : (years[i - 12] as number) + 200 * (random() - 0.5),
      )
    })
    const ran = await trend(monthly(years, 2020), { ...asOf('2024-12-31'), forecast: 6 })
    expect(methods(ran)[0]?.isUsed).toBe(true)
    expect(ran.notes[1]).toMatch(/^forecast by seasonal naive on log y: nothing beats it by more than/)
  })

  test('zeros are tried both ways, and told; no forecast is below zero', async () => {
    const random = mulberry32(8)
    const lines = daily('2024-01-01', 210, (i) => (i % 7 === 6 ? undefined : Math.ceil(20 * random())))
    const ran = await trend(lines, { by: 'day', forecast: 7, ...asOf('2024-07-28') })
    expect(new Set(methods(ran).map(({ scale }) => scale))).toEqual(new Set(['y', 'log(1 + y)']))
    expect(ran.notes).toContain('there are zeros: methods were tried on log(1 + y) and on plain values')
    const { value, low } = sheet(ran, 'forecast')
    for (const each of [...value, ...low]) expect(each).toBeGreaterThanOrEqual(0)
    // 2024-07-28 is a Sunday: the seventh day ahead is one too.
    expect(value[6]).toBeLessThan(3)
    expect(value[0]).toBeGreaterThan(5)
  })

  test('begin with the unfinished period, which is no part of the past', async () => {
    const whole = await trend(passengers.slice(0, 132), { ...asOf('1959-12-31'), forecast: 3 })
    const begun = await trend([...passengers.slice(0, 132), line('c', '1960-01-01', '1')], { forecast: 3 })
    expect(daysOf(sheet(begun, 'forecast').period)[0]).toBe('1960-01-01')
    expect(sheet(begun, 'forecast')).toEqual(sheet(whole, 'forecast'))
  })

  test('of orders, customers and the average order', async () => {
    for (const metric of ['orders', 'customers', 'aov'] as const) {
      const ran = await trend(shop(300), { by: 'week', forecast: 4, metric })
      const { value } = sheet(ran, 'forecast')
      expect([...value].every((each) => each > 0)).toBe(true)
    }
  })

  test('of too short a past are refused, with what would do', async () => {
    const short = trend(monthly(airPassengers.slice(0, 8)), {
      ...asOf('1949-08-31'),
      by: 'month',
      forecast: 6,
    })
    expect(await refusalOf(short)).toBe(
      'model: 8 whole months cannot tell 6 ahead: a forecast is judged by its own past',
    )
    await expect(short).rejects.toHaveProperty(
      'hint',
      '--forecast 4 is the most that can be judged; or count by week or day (--by day)',
    )
    const most = trend(monthly(airPassengers.slice(0, 8)), {
      ...asOf('1949-08-31'),
      by: 'month',
      forecast: 4,
    })
    expect(sheet(await most, 'forecast').value).toHaveLength(4)
  })

  test('are the same every time', async () => {
    const again = await trend(passengers, { ...all1960, forecast: 12 })
    expect(again.sheets).toEqual((await yearAhead).sheets)
  })

  test('stand beside the end of the past in the chart', async () => {
    const { period, actual, forecast, low } = sheet(await yearAhead, 'curve')
    expect([period, actual, forecast, low].map((each) => each?.length)).toEqual([60, 60, 60, 60])
    expect(actual[47]).toBe(432)
    expect(actual[48]).toBeNaN()
    expect(forecast?.[47]).toBeNaN()
    expect(forecast?.[48]).toBeGreaterThan(400)
  })
})
