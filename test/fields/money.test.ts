import { describe, expect, test } from 'vitest'
import { sql } from '../../src/core/sql.ts'
import {
  currenciesOf,
  type DecimalMark,
  isNumber,
  type NumberReading,
  numberSql,
  numberStyle,
  readNumber,
  strictNumberSql,
  withStragglers,
} from '../../src/fields/money.ts'
import { type Seen, seenIn } from '../../src/fields/seen.ts'
import { columnsThroughSql, throughSql } from './cells.ts'
import { type Chance, chance, damaged } from './chance.ts'

const withPoint: Record<string, string | null> = {
  '12.50': '12.5',
  '-3': '-3',
  '007': '7',
  '1,234.50': '1234.5',
  '1,234,567': '1234567',
  '12,34,567.00': '1234567',
  '1 234.50': '1234.5',
  '1\u00a0234.50': '1234.5',
  '1\u202f234\u202f567.5': '1234567.5',
  '1\u2009234.50': '1234.5',
  "1'234.50": '1234.5',
  '1’234.50': '1234.5',
  '$1,234.50': '1234.5',
  '-$45.00': '-45',
  '$-45.00': '-45',
  '- 45.00': '-45',
  '+45.00': '45',
  '¥12': '12',
  '￥12.50': '12.5',
  '12.50元': '12.5',
  '12.50 人民币': '12.5',
  '5块': '5',
  US$5: '5',
  'HK$ 1,250.00': '1250',
  R$5: '5',
  '৳2,999': '2999',
  '₹1,00,000': '100000',
  'USD 5.00': '5',
  RMB5: '5',
  '5.00 EUR': '5',
  '5.00CNY': '5',
  'CHF 1’000.00': '1000',
  'Rs. 500': '500',
  '¥12.50元': '12.5',
  '(5.00)': '-5',
  '($5.00)': '-5',
  '$(5.00)': '-5',
  '(5.00) USD': '-5',
  '（5.00）': '-5',
  '5.00-': '-5',
  '5.00 -': '-5',
  '5.00-€': '-5',
  '\u22125.00': '-5',
  '\u20135.00': '-5',
  '１２．５０': '12.5',
  '１，２３４．５': '1234.5',
  ' 7 ': '7',
  '\u3000$7\u3000': '7',
  '1e3': '1000',
  '1.5E+03': '1500',
  '1.5e-3': '0.0015',
  '4.44e-16': '0',
  '1.2万': '12000',
  '3亿': '300000000',
  '5千': '5000',
  '-1.23456789 万元': '-12345.6789',
  '.5': '0.5',
  '5.': '5',
  '5.-': '5',
  'CHF 1’200.–': '1200',
  '-5.-': '-5',
  '0.1234567': '0.123457',
  '999999999999.999999': '999999999999.999999',
  '-0.00': '0',
  '1,23,4': null,
  '1,2345': null,
  "1,234'567": null,
  '0,123,456': null,
  '12.50.1': null,
  '--5': null,
  '-5-': null,
  '(-5)': null,
  '(5': null,
  '5)': null,
  '-(5)': null,
  NaN: null,
  inf: null,
  Infinity: null,
  '1_000': null,
  '0x10': null,
  '1e': null,
  '1e400': null,
  '- ': null,
  abc: null,
  A5: null,
  'ABC 5': null,
  '5 pcs': null,
  '#1001': null,
  '1234567890123': null,
  '999999999999.9999995': null,
  '1.58E+18': null,
  '2024-01-02': null,
  '': null,
  '-': null,
  '.': null,
}

const withComma: Record<string, string | null> = {
  '6,-': '6',
  '1.200,- €': '1200',
  '-6,-': '-6',
  '6,50-': '-6.5',
  '12,50': '12.5',
  '1.234,50': '1234.5',
  '1.234.567': '1234567',
  '1234': '1234',
  '1 234,5': '1234.5',
  "1'234,5": '1234.5',
  '€ 1.234,50': '1234.5',
  '1.234,50 kr': '1234.5',
  '1 234,50 zł': '1234.5',
  '1 234,50 руб.': '1234.5',
  '(5,00)': '-5',
  '1,5E+03': '1500',
  ',5': '0.5',
  '12.50': null,
  '1,234.50': null,
  '1.23': null,
}

const alone = (text: string, decimal?: DecimalMark) => numberStyle(seenIn([text]), decimal)
const exact = (text: string | null | undefined) => {
  if (text === null || text === undefined) return null
  const short = text.replace(/\.?0+$/, (zeros) => (text.includes('.') ? '' : zeros))
  return short === '-0' ? '0' : short
}
const here = (text: string, reading: NumberReading) => readNumber(text, reading)?.text ?? null

/** The cells as they are read here, and as the engine reads them. */
async function bothWays(texts: readonly string[], reading: NumberReading): Promise<(string | null)[]> {
  const read = (await throughSql(texts, (text) => numberSql(text, reading))).map(exact)
  expect(texts.map((text) => [text, here(text, reading)])).toEqual(texts.map((text, i) => [text, read[i]]))
  return read
}

describe('numbers', () => {
  test.each<[DecimalMark, Record<string, string | null>]>([
    ['.', withPoint],
    [',', withComma],
  ])('each form is known by itself, and both readers agree: decimal %s', async (decimal, expected) => {
    const texts = Object.keys(expected)
    const styles = texts.map((text) => alone(text, decimal))
    const read = await columnsThroughSql(
      texts.map((text, i) => ({
        values: [text],
        expression: (value) => numberSql(value, styles[i] as NumberReading),
      })),
    )
    expect(Object.fromEntries(texts.map((text, i) => [text, exact(read[i]?.[0])]))).toEqual(expected)
    expect(
      Object.fromEntries(texts.map((text, i) => [text, here(text, styles[i] as NumberReading)])),
    ).toEqual(expected)
    for (const [i, text] of texts.entries()) {
      if (text !== '') expect([text, styles[i]?.share]).toEqual([text, expected[text] === null ? 0 : 1])
    }
  })

  test.each<[DecimalMark, Record<string, string | null>]>([
    ['.', withPoint],
    [',', withComma],
  ])('forms of a column do not get into the way of each other: decimal %s', async (decimal, expected) => {
    const texts = Object.keys(expected)
    const style = numberStyle(seenIn(texts), decimal)
    const read = await bothWays(texts, style)
    expect(Object.fromEntries(texts.map((text, i) => [text, read[i]]))).toEqual(expected)
  })

  test('what a sample did not show is read all the same, when it is a usual form', async () => {
    const late = ['1', '$1,234.50', '(5.00)', '5.00-', '1e3', ' 7 ', '１２', '€5', '5元', '1,2', '1_0', '5万']
    const reading = withStragglers(numberStyle(seenIn(['1', '2.5'])))
    expect(await bothWays(late, reading)).toEqual([
      '1',
      '1234.5',
      '-5',
      '-5',
      '1000',
      '7',
      '12',
      '5',
      '5',
      null,
      null,
      null,
    ])
  })

  test('only forms that were seen are looked for', async () => {
    const style = numberStyle(seenIn(['1,234.50', '2.5']))
    expect(style).toMatchObject({ forms: ['grouped'], groupings: [','], hasPlain: true, tidy: true })
    expect(await bothWays(['$5', '1 234', '(5)', '1e3', ' 7', '2,000'], style)).toEqual([
      null,
      null,
      null,
      null,
      null,
      '2000',
    ])
  })

  test('percent is a kind of column', async () => {
    const style = numberStyle(seenIn(['12%', '12.5 %', '-0.125%', '１％', '(3%)', '7']))
    expect(style).toMatchObject({ percent: true, unread: [{ value: '7' }], likelyMoney: false })
    expect(await bothWays(['12%', '12.5 %', '-0.125%', '１％', '(3%)', '7', '%'], style)).toEqual([
      '0.12',
      '0.125',
      '-0.00125',
      '0.01',
      '-0.03',
      null,
      null,
    ])
    expect(numberStyle(seenIn(['1', '2', '3%']))).toMatchObject({ percent: false, unread: [{ value: '3%' }] })
  })
})

describe('plain numbers by the cast of the engine', () => {
  const strict = (text: string | null, integer = false) =>
    throughSql([text], (value) =>
      strictNumberSql(value, { integer, decimal: '.' }, sql`cast(error('not plain') as decimal(18, 6))`),
    )

  test('are read, and blanks are none', async () => {
    expect((await strict('-12.50')).map(exact)).toEqual(['-12.5'])
    expect(await strict('')).toEqual([null])
    expect(await strict(null)).toEqual([null])
    expect((await strict('12', true)).map(exact)).toEqual(['12'])
    expect((await strict('1 ')).map(exact)).toEqual(['1'])
  })

  test.each(['1_000', '- ', '-\t', '-1 ', 'NaN', 'inf', '1,234', '$5', '1234567890123', '0x1', 'x', ' '])(
    'anything else is for others: %j',
    async (text) => {
      await expect(strict(text)).rejects.toThrow('not plain')
    },
  )

  test('a first point may stand between thousands', async () => {
    await expect(strict('1.234', true)).rejects.toThrow('not plain')
  })
})

describe('the decimal mark of a column', () => {
  const style = (...values: string[]) => numberStyle(seenIn(values))
  const seen = (value: string, line: number, count = 1): Seen => ({ value, count, line })

  test('a value that only one reads decides', () => {
    expect(style('1.234,50', '12,5', '7')).toMatchObject({
      decimal: ',',
      grouping: '.',
      proof: seen('1.234,50', 1),
    })
    expect(style('1,234.50', '12.5', '7')).toMatchObject({
      decimal: '.',
      grouping: ',',
      proof: seen('1,234.50', 1),
    })
    expect(style('7', '0.459')).toMatchObject({
      decimal: '.',
      proof: seen('0.459', 2),
      plain: true,
      scale: 3,
    })
    expect(style('12345.678').proof).toEqual(seen('12345.678', 1))
    expect(style('1,234,567').proof).toEqual(seen('1,234,567', 1))
    expect(style('1.234', '1.234.567')).toMatchObject({ decimal: ',', proof: seen('1.234.567', 2) })
    expect(style('1', '2')).toMatchObject({ decimal: '.', likelyMoney: false, integer: true, plain: true })
    expect(style('1', '2').ambiguous).toBeUndefined()
  })

  test('three digits after the only separator read both ways', () => {
    expect(style('1.234', '5.678').ambiguous).toEqual({ ...seen('1.234', 1), readings: ['1.234', '1234'] })
    expect(style('7', '$1,234').ambiguous).toEqual({ ...seen('$1,234', 2), readings: ['1234', '1.234'] })
    expect(style('0.250').ambiguous).toBeUndefined()
    expect(style('1.234', '5.67').ambiguous).toBeUndefined()
    expect(style('1 234').ambiguous).toBeUndefined()
    expect(numberStyle(seenIn(['1.234']), ',')).toMatchObject({ decimal: ',', share: 1 })
    expect(numberStyle(seenIn(['1.234']), ',').ambiguous).toBeUndefined()
  })

  test('a bare mark is of the currency at home there', () => {
    expect(currenciesOf(style('NT$390', '$450', '299元').marks)).toEqual(['TWD'])
    expect(currenciesOf(style('HK$390', '￥450', '299元').marks)).toEqual(['HKD', 'CNY'])
    expect(currenciesOf(style('$450', '299元').marks)).toHaveLength(2)
  })

  test('where a mark is at home, a comma groups', () => {
    for (const value of ['NT$1,280', '¥1,280', '1,280元', '₩15,000', 'HK$ 1,280'])
      expect(style('390', value).ambiguous).toBeUndefined()
    expect(style('1.280元').ambiguous).toBeDefined()
    expect(style('€1,280').ambiguous).toBeDefined()
  })

  test('two values that prove different marks are told, and the fewer stay out', () => {
    expect(style('5', '1,234.50', '12.5', '1.234,50')).toMatchObject({
      decimal: '.',
      contradiction: [seen('1,234.50', 2), seen('1.234,50', 4)],
      unread: [seen('1.234,50', 4)],
      share: 0.75,
    })
    expect(numberStyle([seen('12.50', 9), seen('12,5', 4, 30)])).toMatchObject({
      decimal: ',',
      contradiction: [seen('12,5', 4, 30), seen('12.50', 9)],
    })
  })

  test('too many digits are told', () => {
    expect(style('5', '1234567890123')).toMatchObject({ share: 0.5, tooLong: seen('1234567890123', 2) })
    expect(style('0.1234567').scale).toBe(7)
  })

  test('currency marks are told, with the currency where there is only one', () => {
    expect(style('$5', '€6', '7', '€8').marks).toEqual([
      { mark: '€', currency: 'EUR', count: 2 },
      { mark: '$', currency: undefined, count: 1 },
    ])
    const codes = (...values: string[]) => style(...values).marks.map(({ currency }) => currency)
    expect(codes('US$5')).toEqual(['USD'])
    expect(codes('usd 5')).toEqual(['USD'])
    expect(codes('5元')).toEqual(['CNY'])
    expect(codes('￥5')).toEqual([undefined])
    expect(currenciesOf(style('￥5', '¥6', '7元').marks)).toEqual(['CNY'])
    expect(currenciesOf(style('$5', '6 EUR').marks)).toEqual(['$', 'EUR'])
  })

  test('words and codes are no numbers', () => {
    expect(style('apple', 'A5', '10-20').share).toBe(0)
    expect(style()).toMatchObject({ share: 0, plain: false, integer: false })
    expect([isNumber('1,5'), isNumber('x')]).toEqual([true, false])
  })
})

describe('numbers written in every form', () => {
  const grouped = (digits: string, mark: string) => digits.replace(/\B(?=(\d{3})+$)/g, mark)
  const lakhs = (digits: string) => digits.replace(/\B(?=(\d{2})*\d{3}$)/g, ',')

  /** Whole and fraction as digits, with a sign, to text. */
  type Writer = (number: { minus: boolean; whole: string; fraction: string }) => string
  const signed =
    (write: (whole: string) => string, point: string): Writer =>
    ({ minus, whole, fraction }) =>
      `${minus ? '-' : ''}${write(whole)}${fraction && point}${fraction}`
  const around =
    (writer: Writer, before: string, behind: string): Writer =>
    (number) =>
      number.minus
        ? `(${before}${writer({ ...number, minus: false })}${behind})`
        : before + writer(number) + behind

  const point = signed((whole) => grouped(whole, ','), '.')
  const comma = signed((whole) => grouped(whole, '.'), ',')
  const writers: readonly [DecimalMark, Writer][] = [
    ['.', signed((whole) => whole, '.')],
    ['.', point],
    ['.', signed(lakhs, '.')],
    [',', comma],
    [',', signed((whole) => whole, ',')],
    ...[' ', '\u00a0', '\u202f', '\u2009', "'", '’'].flatMap((mark): [DecimalMark, Writer][] => [
      ['.', signed((whole) => grouped(whole, mark), '.')],
      [',', signed((whole) => grouped(whole, mark), ',')],
    ]),
    ...['$', '€ ', 'US$', 'CHF ', '￥', 'R$ '].map((mark): [DecimalMark, Writer] => [
      '.',
      around(point, mark, ''),
    ]),
    ...[' kr', '€', ' EUR', ' zł', '元'].map((mark): [DecimalMark, Writer] => [',', around(comma, '', mark)]),
    ['.', ({ minus, ...number }) => point({ ...number, minus: false }) + (minus ? '-' : '')],
    ['.', (number) => point(number).replace('-', '\u2212')],
    ['.', ({ minus, whole, fraction }) => `${minus ? '-' : ''}${whole}.${fraction}00e0`],
  ]

  function numbers({ whole, pick }: Chance) {
    return Array.from({ length: 12 }, () => ({
      minus: whole(1, 4) === 1,
      whole: String(whole(0, pick([9, 999, 99_999, 987_654_321, 999_999_999_999]))),
      fraction: pick(['', '5', '50', '05', '25', '1234', '123456']),
    }))
  }

  test('are the number they were written from, damaged ones alike', async () => {
    const luck = chance(12345)
    const columns = [...writers, ...writers].map(([decimal, write]) => {
      const given = numbers(luck)
      const texts = given.map(write)
      const style = numberStyle(seenIn(texts), decimal)
      const truth = given.map(({ minus, whole, fraction }) =>
        exact(`${minus ? '-' : ''}${whole}.${fraction}0`),
      )
      return {
        style,
        texts,
        truth,
        bad: texts.map((text) => damaged(text, luck)),
        late: withStragglers(style),
      }
    })
    const read = await columnsThroughSql(
      columns.flatMap(({ style, texts, bad, late }) => [
        { values: [...texts, ...bad], expression: (text) => numberSql(text, style) },
        { values: bad, expression: (text) => numberSql(text, late) },
      ]),
    )
    for (const [i, { style, texts, bad, truth, late }] of columns.entries()) {
      const all = [...texts, ...bad]
      const [own, others] = [read[2 * i]?.map(exact), read[2 * i + 1]?.map(exact)]
      expect(style.share, texts.join(' | ')).toBe(1)
      expect(own?.slice(0, texts.length)).toEqual(truth)
      expect(all.map((text) => [text, here(text, style)])).toEqual(all.map((text, j) => [text, own?.[j]]))
      expect(bad.map((text) => [text, here(text, late)])).toEqual(bad.map((text, j) => [text, others?.[j]]))
    }
  })
})
