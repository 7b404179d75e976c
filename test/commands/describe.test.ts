/** What a table holds: figures against simple-statistics, alerts against planted faults. */
import { readFileSync } from 'node:fs'
import {
  mean,
  quantile,
  sampleCorrelation,
  sampleRankCorrelation,
  sampleSkewness,
  sampleStandardDeviation,
} from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { type Cells, cellsOf } from '../../src/commands/describe/cells.ts'
import { describeColumns, sparkline } from '../../src/commands/describe/columns.ts'
import { formula } from '../../src/commands/describe/formula.ts'
import { formatDay, parseDay } from '../../src/core/days.ts'
import { textList } from '../../src/core/texts.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { longley, mtcars } from '../models/published.ts'
import { inputs } from '../sources/inputs.ts'
import { described } from '../support/describe.ts'
import { refusalOf } from '../support/ran.ts'

const csv = (columns: Readonly<Record<string, ArrayLike<string | number>>>): string => {
  const headers = Object.keys(columns)
  const rows = Array.from({ length: columns[headers[0] as string]?.length ?? 0 }, (_, i) =>
    headers.map((header) => columns[header]?.[i] ?? '').join(','),
  )
  return `${[headers.join(','), ...rows].join('\n')}\n`
}

const close = (got: number, wanted: number) =>
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1e-300, Math.abs(wanted)))

const random = mulberry32(17)
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const tables: Readonly<Record<string, number[]>> = {
  cents: Array.from({ length: 3000 }, () => Math.round(100 * Math.exp(2 + 1.2 * normal())) / 100),
  signed: Array.from({ length: 3000 }, () => Math.round(1000 * normal()) / 10),
  counts: Array.from({ length: 3000 }, () => Math.floor(-3 * Math.log(1 - random()))),
  'far from zero': Array.from({ length: 3000 }, () => 1_000_000 + Math.round(100 * normal()) / 100),
  'many decimals': Array.from({ length: 3000 }, () => Number((normal() / 1000).toFixed(12))),
}

describe('every figure equals simple-statistics to nine digits', () => {
  test.each(Object.keys(tables))('%s', async (name) => {
    const values = tables[name] as number[]
    const { column } = await described(csv({ [name]: values, other: values.map((_, i) => `x${i}`) }))
    const row = column(name)
    close(row['mean'] as number, mean(values))
    close(row['sd'] as number, sampleStandardDeviation(values))
    // Its own rounding far from zero is larger than nine digits: there the skew is that of the distances.
    const near =
      name === 'far from zero' ? values.map((each) => Math.round(100 * (each - 1e6)) / 100) : values
    close(row['skew'] as number, sampleSkewness(near))
    const at = { min: 0, p5: 0.05, q1: 0.25, median: 0.5, q3: 0.75, p95: 0.95, max: 1 }
    for (const [key, share] of Object.entries(at)) close(row[key] as number, quantile(values, share))
    expect(row['zeros']).toBe(values.filter((each) => each === 0).length)
    expect(row['negatives']).toBe(values.filter((each) => each < 0).length)
    expect(row['distinct']).toBe(new Set(values).size)
  })

  test('and the engine, where there are too many values to fetch, says the same', async () => {
    const files = await inputs()
    try {
      const path = files.write('many.csv', csv(tables))
      const opened = await files.open([path], { needs: [], uses: [] })
      const cells: Cells = cellsOf(await opened.rows(), await opened.look(false))
      const [few, many] = [
        await describeColumns(cells, { today: 0, exact: false }),
        await describeColumns(cells, { today: 0, exact: false, few: 10 }),
      ]
      for (const [i, one] of few.described.entries()) {
        const other = many.described[i]
        expect(other?.frequent.frequencies).toBeUndefined()
        expect(other?.summary?.bins).toEqual(one.summary?.bins)
        expect(other?.outliers?.count).toBe(one.outliers?.count)
        expect(other?.frequent).toMatchObject({ distinct: one.frequent.distinct, top: one.frequent.top })
        expect({ ...other?.counts, roughly: 0 }).toEqual({ ...one.counts, roughly: 0 })
        for (const key of ['p5', 'q1', 'median', 'q3', 'p95', 'mean', 'sd', 'skew'] as const)
          close(other?.summary?.[key] as number, one.summary?.[key] as number)
        close(other?.outliers?.fences.high as number, one.outliers?.fences.high as number)
      }
    } finally {
      files.close()
    }
  })
})

describe('cells are read as everywhere', () => {
  test('decimal commas, thousands, currencies, percents, Chinese dates', async () => {
    const { column } = await described(
      'ort;betrag;日期;anteil\nA;1.234,50 €;2024年3月5日;5%\nB;-7,25 €;2024年3月7日;15%\nC;1.000,00 €;2024年3月6日;10%\n',
    )
    expect(column('betrag')).toMatchObject({ type: 'money', min: -7.25, max: 1234.5, median: 1000 })
    expect(column('anteil')).toMatchObject({ type: 'percent', median: 0.1 })
    expect(formatDay(column('日期')['first_day'] as number)).toBe('2024-03-05')
    expect(formatDay(column('日期')['last_day'] as number)).toBe('2024-03-07')
  })

  test('blanks are missing, words among numbers unreadable; the ids of customers are no numbers', async () => {
    const amounts = [...Array.from({ length: 18 }, (_, i) => String(i + 1)), 'oops', '']
    const { column } = await described(
      csv({ customer_id: amounts.map((_, i) => 1000 + (i % 5)), amount: amounts }),
    )
    expect(column('amount')).toMatchObject({ unreadable: 1, median: 9.5 })
    close(column('amount')['missing'] as number, 0.05)
    expect(column('customer_id')).toMatchObject({ role: 'customer', distinct: 5, mean: Number.NaN })
    expect(column('customer_id')['top']).toMatch(/^1000 20\.0 % \| 1001 20\.0 % \|/)
  })

  test('a header without rows, and a column without values', async () => {
    const { column, alerts } = await described('a,b\n1,\n2,\n')
    expect(column('b')).toMatchObject({ type: 'empty', missing: 1, distinct: 0 })
    expect(alerts()).toEqual(['empty b 2'])
    const none = await described('a,b\n')
    expect(none.column('a')).toMatchObject({ distinct: 0, missing: 0 })
  })

  test('a shape is eight bars', () => {
    expect(sparkline([0, 1, 50, 100, 0, 0, 0, 7])).toBe('▁▂▅█▁▁▁▂')
    expect(sparkline([3, 0, 0, 0, 0, 0, 0, 0])).toBe('█▁▁▁▁▁▁▁')
  })
})

describe('what looks wrong', () => {
  const many = (of: (i: number) => string | number, rows = 60) =>
    Array.from({ length: rows }, (_, i) => of(i))

  test('ids that a spreadsheet damages', async () => {
    const { alerts } = await described(
      csv({
        customer_id: many((i) => (i < 7 ? `00${i + 10}` : String(1000 + i))),
        order_id: many((i) => (i < 3 ? `12345678901234567${i}` : `A${i}`)),
        amount: many((i) => i + 0.5),
        phone: many((i) => (i < 4 ? '1.38E+10' : `1380000${1000 + i}`)),
      }),
    )
    expect(alerts()).toEqual(
      expect.arrayContaining(['leading_zeros customer_id 7', 'long_ids order_id 3', 'rounded_ids phone 4']),
    )
  })

  test('letters decoded twice, days to come, the same row twice, one value only', async () => {
    const { alerts, sheet } = await described(
      csv({
        city: many((i) => (i < 5 ? 'KÃ¶ln' : i < 9 ? 'M\ufffdnchen' : 'Köln')),
        date: many((i) => (i === 0 ? '2031-01-01' : '2024-02-01')),
        amount: many((i) => 10 + (i % 7)),
        shop: many(() => 'web'),
      }),
    )
    expect(alerts()).toEqual(
      expect.arrayContaining(['mojibake city 9', 'future_dates date 1', 'constant shop 60']),
    )
    const rows = new Set(many((i) => `${i < 5 ? 1 : i < 9 ? 2 : 3} ${i === 0} ${i % 7}`)).size
    expect(alerts()).toContain(`repeated_rows ${60 - rows}`)
    expect(textList(sheet('alerts').example)).toContain('2031-01-01')
  })

  test('dates in two orders, and dates that may be in either', async () => {
    const mixed = await described(
      csv({
        when: many((i) => (i < 3 ? '12/31/2024' : i < 50 ? '31/12/2024' : '01/02/2024')),
        x: many((i) => i),
      }),
    )
    expect(mixed.alerts()).toContain('mixed_dates when 3')
    const open = await described(
      csv({ when: many((i) => `0${1 + (i % 9)}/0${1 + (i % 8)}/2024`), x: many((i) => i) }),
    )
    expect(open.alerts()).toContain('undecided_dates when 60')
  })

  test('what lies far out, by ratio or by quartiles', async () => {
    const { alerts } = await described(
      csv({
        amount: many((i) => (i === 5 ? 1e6 : 20 + (i % 13))),
        balance: many((i) => (i < 2 ? 900 : (i % 11) - 5)),
        quantity: many((i) => (i === 9 ? 50 : i % 10 === 0 ? 2 : 1)),
      }),
    )
    const found = alerts().filter((alert) => alert.startsWith('outliers'))
    expect(found).toEqual(['outliers amount 1', 'outliers balance 2', 'outliers quantity 1'])
  })

  test('what is the same everywhere, and a single row, have nothing far out', async () => {
    const same = await described(csv({ a: many(() => 10), b: many(() => 59.7) }))
    expect(same.alerts().filter((alert) => alert.startsWith('outliers'))).toEqual([])
    expect((await described('x,y\n3,59.7\n')).alerts()).toEqual([])
  })

  test('a customer who is a crowd', async () => {
    const orders = (who: (i: number) => string) =>
      csv({
        order_id: many((i) => `O${i}`, 300),
        customer_id: many(who, 300),
        order_date: many((i) => formatDay((parseDay('2024-01-01') as number) + (i % 90)), 300),
        amount: many((i) => 5 + (i % 40), 300),
      })
    const { alerts } = await described(orders((i) => (i % 3 === 0 ? 'walk-in' : `c${i % 101}`)))
    expect(alerts()).toContain('crowd 100')
    expect((await described(orders((i) => `c${i % 101}`))).alerts()).not.toContain('crowd 100')
    const guests = await described(orders((i) => (i % 3 === 0 ? 'guest' : `c${i % 101}`)))
    expect(guests.alerts()).toContain('nobody customer_id 100')
  })
})

describe('purchases', () => {
  test('customers, orders, money, days', async () => {
    const { sheet } = await described(
      [
        'order_id,customer_id,order_date,amount,status',
        'O1,a,2024-01-01,10.50,paid',
        'O1,a,2024-01-01,4.50,paid',
        'O2,a,2024-01-03,20.00,paid',
        'O3,b,2024-01-10,8.00,paid',
        'O4,b,2024-01-10,-3.00,paid',
        'O5,c,2024-01-11,99.00,cancelled',
        'O6,,2024-01-12,7.00,paid',
        '',
      ].join('\n'),
    )
    const { fact, number, value } = sheet('file')
    const facts = new Map(textList(fact).map((name, i) => [name, number[i]]))
    const told = new Map(textList(fact).map((name, i) => [name, textList(value)[i]]))
    expect(Object.fromEntries(facts)).toMatchObject({
      rows: 7,
      'lines that count': 5,
      'left out': 2,
      'days from first to last, both counted': 12,
      'days without a row': 7,
      'longest gap, days': 6,
      customers: 2,
      orders: 3,
      'orders per customer': 1.5,
      'orders per customer, median': 1.5,
      'most orders of a customer': 2,
      'customers with one order': 0.5,
      'revenue less returns': 40,
      'lines that pay back': 1,
      'paid back': 3,
    })
    expect(told.get('longest gap, days')).toBe('6 from 2024-01-04')
    expect(told.get('left out')).toBe('1 cancelled, 1 without a customer')
    const { fact_zh, value_zh } = sheet('file')
    const zh = new Map(textList(fact_zh).map((name, i) => [name, textList(value_zh)[i]]))
    expect([zh.get('未计入'), zh.get('最长空档（天）'), zh.get('行数')]).toEqual([
      '已取消 1 行，缺客户 1 行',
      '6（自 2024-01-04）',
      '7',
    ])
  })

  test('amounts in several currencies are told', async () => {
    const rows = ['c,order_date,amount,currency', 'a,2024-01-01,5,EUR', 'b,2024-01-02,6,USD']
    const { alerts } = await described(`${rows.join('\n')}\n`, {}, { columns: { customer: 'c' } })
    expect(alerts()).toContain('mixed_currencies 2')
  })

  test('a table of other things has none; dates that cannot be read say so', async () => {
    const plain = await described('a,b\n1,2\n3,4\n')
    expect(textList(plain.sheet('file').fact)).not.toContain('customers')
    const open = await described('customer_id,order_date,amount\na,01/02/2024,1\nb,03/04/2024,2\n')
    expect(open.warnings[0]).toMatch(/^nothing is told of purchases: .*cannot be told/)
  })
})

describe('--by', () => {
  const cars = csv({ mpg: mtcars.mpg, am: [...mtcars.am].map((each) => (each ? 'manual' : 'automatic')) })

  test('t.test(mpg ~ am)', async () => {
    const groups = (await described(cars, { by: 'am' })).sheet('groups')
    expect(textList(groups.group)).toEqual(['automatic', 'manual'])
    expect([groups.low[0]?.toFixed(6), groups.high[0]?.toFixed(6)]).toEqual(['-11.280194', '-3.209684'])
    expect([groups.p_value[0]?.toFixed(6), groups.q_value[0]?.toFixed(6)]).toEqual(['0.001374', '0.001374'])
    expect(groups.difference[1]).toBeCloseTo(-(groups.difference[0] as number), 12)
  })

  test('what cannot be compared is refused', async () => {
    expect(await refusalOf(described(cars, { by: 'gear' }))).toBe('input: no column "gear" (--by)')
    expect(await refusalOf(described('a,b\nx,y\nz,w\n', { by: 'a' }))).toMatch(
      /^input: --by: no other column/,
    )
    const ids = csv({
      id: Array.from({ length: 60 }, (_, i) => `u${i}`),
      x: Array.from({ length: 60 }, (_, i) => i),
    })
    expect(await refusalOf(described(ids, { by: 'id' }))).toMatch(/^usage: --by id: .* 60 different values/)
  })
})

describe('--correlation', () => {
  test('numbers twice, words once, nothing across', async () => {
    const { sheet } = await described(
      csv({
        ...mtcars,
        gears: [...mtcars.am].map((each) => (each ? 'm' : 'a')),
        size: [...mtcars.cyl].map((each) => `c${each}`),
      }),
      { correlation: true },
    )
    const { column, with: other, measure, value, low, high, p_value, q_value } = sheet('correlation')
    const rows = textList(column).map((one, i) => `${one} ${textList(other)[i]} ${textList(measure)[i]}`)
    const at = rows.indexOf('mpg wt pearson')
    expect([value, low, high].map((each) => each[at]?.toFixed(7))).toEqual([
      '-0.8676594',
      '-0.9338264',
      '-0.7440872',
    ])
    expect(value[rows.indexOf('mpg wt spearman')]?.toFixed(6)).toBe('-0.886422')
    expect(rows.filter((row) => row.endsWith('cramers_v'))).toEqual(['gears size cramers_v'])
    // Benjamini and Hochberg: the largest p is its own q, none is below its p.
    expect(Math.max(...q_value)).toBeCloseTo(Math.max(...p_value), 12)
    expect([...q_value].every((q, i) => q >= (p_value[i] as number))).toBe(true)
    const matrix = sheet('matrix')
    expect(matrix.strength.length).toBe(7 * 7 + 2 * 2)
  })

  test('columns with gaps: of each pair the rows that have both', async () => {
    const gap = (values: Float64Array, every: number) =>
      [...values].map((value, i) => (i % every === 0 ? '' : value))
    const [mpg, wt] = [gap(mtcars.mpg, 5), gap(mtcars.wt, 7)]
    const { sheet } = await described(csv({ mpg, wt, hp: mtcars.hp }), { correlation: true })
    const { column, with: other, measure, value, count } = sheet('correlation')
    const columns = { mpg, wt, hp: [...mtcars.hp] }
    textList(column).forEach((one, i) => {
      const [x, y] = [columns[one as 'mpg'], columns[textList(other)[i] as 'wt']]
      const both = [...x.keys()].filter((row) => x[row] !== '' && y[row] !== '')
      const of = (all: (string | number)[]) => both.map((row) => Number(all[row]))
      const truth = textList(measure)[i] === 'pearson' ? sampleCorrelation : sampleRankCorrelation
      expect(count[i]).toBe(both.length)
      close(value[i] as number, truth(of(x), of(y)))
    })
  })

  test('nothing to compare is told', async () => {
    expect(await refusalOf(described('a,b\n1,x\n2,x\n', { correlation: true }))).toMatch(/no two columns/)
  })
})

describe('--regress', () => {
  test('Longley through a file', async () => {
    const text = csv(longley)
    const x = Object.keys(longley).filter((key) => key !== 'employed')
    const { sheet } = await described(text, { regress: formula(`employed~${x.join('+')}`) })
    const { term, coefficient, standard_error } = sheet('regression')
    const year = textList(term).indexOf('year')
    close(coefficient[year] as number, 1829.15146461355)
    close(standard_error[year] as number, 455.478499142212)
    const { measure, value } = sheet('fit')
    close(value[textList(measure).indexOf('r2')] as number, 0.995479004577296)
  })

  test('lm(mpg ~ factor(cyl)): words are compared with the first by its letters', async () => {
    const text = csv({ mpg: mtcars.mpg, cyl: [...mtcars.cyl].map((each) => `c${each}`) })
    const { sheet } = await described(text, { regress: formula('mpg ~ cyl') })
    const { term, coefficient } = sheet('regression')
    expect(textList(term)).toEqual(['(intercept)', 'cyl = c6', 'cyl = c8'])
    // R: 26.664, -6.921, -11.564.
    expect([...coefficient].map((each) => each.toFixed(3))).toEqual(['26.664', '-6.921', '-11.564'])
  })

  test('rows that lack a value are out', async () => {
    const { sheet } = await described('y,x\n1,1\n2,\n2,2\n,5\n3.5,3\n4,4\n', { regress: formula('y~x') })
    const { value, what } = sheet('fit')
    expect([value[0], textList(what)[0]]).toEqual([4, '2 rows lack a value and are out'])
  })

  test('what no line can be drawn through is refused', async () => {
    const text = csv({
      y: [1, 2, 3, 5, 8],
      x: [1, 2, 3, 4, 5],
      twice: [2, 4, 6, 8, 10],
      word: ['a', 'b', 'c', 'd', 'e'],
    })
    const asked = (given: string) => refusalOf(described(text, { regress: formula(given) }))
    expect(await asked('y~x+twice')).toMatch(/^model: .*twice has no coefficient of its own/)
    expect(await asked('word~x')).toMatch(/^usage: .*word does not hold numbers/)
    expect(await asked('y~x+word')).toMatch(/^model: .*5 rows have all the values, and it takes 7/)
    expect(await asked('y~z')).toBe('input: no column "z" (--regress)')
  })

  test('a formula has one ~, names, and backticks around odd ones', () => {
    expect(formula('y ~ a + `unit price` + `a+b`')).toMatchObject({ y: 'y', x: ['a', 'unit price', 'a+b'] })
    for (const given of ['y', 'y~', '~x', 'y~x~z', 'y~x*z', 'y~x+x', 'y~y', 'y~a-b', 'log(y)~x'])
      expect(() => formula(given), given).toThrow(/is not a formula/)
  })
})

test('a large file is read by the engine, and says what the same rows say in small parts', async () => {
  const rows = 90_000
  const text = csv({
    order_id: Array.from({ length: rows }, (_, i) => `O${String(i).padStart(7, '0')}`),
    customer_id: Array.from({ length: rows }, (_, i) => `C${(i * 7919) % 9973}`),
    order_date: Array.from({ length: rows }, (_, i) =>
      formatDay((parseDay('2023-01-01') as number) + (i % 400)),
    ),
    amount: Array.from({ length: rows }, (_, i) => (((i * 2654435761) % 100_003) / 100).toFixed(2)),
    note: Array.from({ length: rows }, (_, i) => (i % 1000 === 999 ? '' : 'plain words that fill the row')),
  })
  expect(text.length).toBeGreaterThan(4_200_000)
  const { column, sheet } = await described(text)
  const values = Array.from({ length: rows }, (_, i) => ((i * 2654435761) % 100_003) / 100)
  close(column('amount')['mean'] as number, mean(values))
  close(column('amount')['p95'] as number, quantile(values, 0.95))
  expect(column('amount')['distinct']).toBe(new Set(values).size)
  expect(column('order_id')['distinct']).toBe(rows)
  expect(column('customer_id')['distinct']).toBe(9973)
  close(column('note')['missing'] as number, 0.001)
  const { fact, number } = sheet('file')
  expect(number[textList(fact).indexOf('customers')]).toBe(9973)
  expect(number[textList(fact).indexOf('rows that repeat another')]).toBe(0)
})

test('the fixture shop: a look at what the program is shown with', async () => {
  const { sheet, alerts } = await described(
    readFileSync(new URL('../../fixtures/orders-zh-gbk.csv', import.meta.url)),
  )
  expect(sheet('columns').column.length).toBeGreaterThan(5)
  expect(alerts().some((alert) => alert.startsWith('mojibake'))).toBe(false)
})
