import { describe, expect, test } from 'vitest'
import { type DecimalMark, numberSql, recognise } from '../../src/fields/money.ts'
import { throughSql } from './cells.ts'

const withPoint: Record<string, number | null> = {
  '12.50': 12.5,
  '-3': -3,
  '1,234.50': 1234.5,
  '1,234,567': 1234567,
  '1 234.50': 1234.5,
  '1\u00a0234.50': 1234.5,
  "1'234.50": 1234.5,
  '$1,234.50': 1234.5,
  '-$45.00': -45,
  '$-45.00': -45,
  '¥12': 12,
  '￥12.50': 12.5,
  '12.50元': 12.5,
  US$5: 5,
  'USD 5.00': 5,
  '5.00 EUR': 5,
  '(5.00)': -5,
  '($5.00)': -5,
  '5.00-': -5,
  '\u22125.00': -5,
  '１２．５０': 12.5,
  ' 7 ': 7,
  '\u3000$7\u3000': 7,
  '1e3': 1000,
  '.5': 0.5,
  '12,5': null,
  '1,23,4': null,
  '12.50.1': null,
  '--5': null,
  '12%': null,
  NaN: null,
  inf: null,
  Infinity: null,
  abc: null,
  '1234567890123': null,
  '': null,
  '-': null,
}

const withComma: Record<string, number | null> = {
  '12,50': 12.5,
  '1.234,50': 1234.5,
  '1.234': 1234,
  '1234': 1234,
  '1 234,5': 1234.5,
  '€ 1.234,50': 1234.5,
  '(5,00)': -5,
  '12.50': null,
  '1,234.50': null,
}

const numbers = (texts: (string | null)[]) => texts.map((text) => (text === null ? null : Number(text)))

describe('numbers', () => {
  test.each<[DecimalMark, Record<string, number | null>]>([
    ['.', withPoint],
    [',', withComma],
  ])('SQL with decimal %s', async (decimal, expected) => {
    const texts = Object.keys(expected)
    const read = numbers(await throughSql(texts, (text) => numberSql(text, { decimal, plain: false })))
    const stragglers = await throughSql(texts, (text) => numberSql(text, { decimal, plain: true }))
    expect(numbers(stragglers)).toEqual(read)
    expect(Object.fromEntries(texts.map((text, i) => [text, read[i]]))).toEqual(expected)
  })

  test('a sample is judged as SQL reads it', () => {
    for (const [text, number] of Object.entries(withPoint)) {
      if (text.trim() === '' || text === '1234567890123') continue
      expect([text, recognise([text], '.').share]).toEqual([text, number === null ? 0 : 1])
    }
    for (const [text, number] of Object.entries(withComma)) {
      expect([text, recognise([text], ',').share]).toEqual([text, number === null ? 0 : 1])
    }
  })

  test('the mark is what reads the most values', () => {
    expect(recognise(['1.234,50', '12,5', '7']).decimal).toBe(',')
    expect(recognise(['1,234.50', '12.5', '7']).decimal).toBe('.')
    expect(recognise(['1', '2'])).toMatchObject({ decimal: '.', ambiguous: undefined, likelyMoney: false })
  })

  test('three digits after the only separator read both ways', () => {
    expect(recognise(['1.234', '5.678']).ambiguous).toBe('1.234')
    expect(recognise(['1,234']).ambiguous).toBe('1,234')
    expect(recognise(['0.250']).ambiguous).toBeUndefined()
    expect(recognise(['1.234', '5.67']).ambiguous).toBeUndefined()
    expect(recognise(['1.234'], ',')).toMatchObject({ decimal: ',', ambiguous: undefined })
  })

  test('currency marks are told', () => {
    expect(recognise(['$5', '€6', '7']).marks).toEqual(['$', '€'])
  })
})
