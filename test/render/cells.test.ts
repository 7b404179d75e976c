import { describe, expect, it } from 'vitest'
import { NO_DAY, parseDay } from '../../src/core/days.ts'
import type { UnitValues } from '../../src/core/report.ts'
import { readableText } from '../../src/render/cells.ts'
import { rawText, type ValueColumn } from '../../src/render/raw.ts'
import { column } from './builders.ts'

type Valued = Exclude<keyof UnitValues, 'text'>

const raw = <U extends Valued>(unit: U, values: UnitValues[U], row = 0) =>
  rawText(column('x', unit, values) as ValueColumn)(row)
const readable = <U extends Valued>(unit: U, values: UnitValues[U], row = 0) =>
  readableText(column('x', unit, values))(row)
const money = (units: number, scale: number) => ({ units: Float64Array.of(units), scale })
const real = (value: number) => Float64Array.of(value)

describe('money', () => {
  it.each([
    [-5, 2, '-0.05'],
    [0, 2, '0.00'],
    [-0, 2, '0.00'],
    [123450, 2, '1234.50'],
    [100, 0, '100'],
    [-1, 6, '-0.000001'],
    [29, 2, '0.29'],
    [2147483648, 2, '21474836.48'],
    [4294967296000, 3, '4294967296.000'],
    [-9007199254740991, 2, '-90071992547409.91'],
    [9007199254740991, 0, '9007199254740991'],
    [9007199254740900, 2, '90071992547409.00'],
    [Number.NaN, 2, ''],
  ])('%d at scale %d is %s', (units, scale, text) => expect(raw('money', money(units, scale))).toBe(text))

  it('agrees with integer arithmetic for every scale', () => {
    let seed = 7
    for (let i = 0; i < 5000; i++) {
      seed = (seed * 48271) % 2147483647
      const units = (seed * 2147483) % 9007199254740991
      const scale = i % 7
      const digits = String(units).padStart(scale + 1, '0')
      const exact = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
      expect(raw('money', money(units, scale))).toBe(exact)
    }
  })

  it('is readable with separators', () => {
    expect(readable('money', money(123450, 2))).toBe('1,234.50')
    expect(readable('money', money(-100000, 2))).toBe('-1,000.00')
    expect(readable('money', money(999, 0))).toBe('999')
    expect(readable('money', money(Number.NaN, 2))).toBe('')
  })
})

describe('other units, for machines', () => {
  it.each([
    ['share', 0.451, '0.451'],
    ['share', 1 / 3, '0.333333'],
    ['share', -1e-9, '0'],
    ['share', 1, '1'],
    ['share', 0.1 + 0.2, '0.3'],
    ['share', 0.0000015, '0.000002'],
    ['number', 1 / 3, '0.333333333'],
    ['number', 1e-7, '0.0000001'],
    ['number', -1.25e-12, '-0.00000000000125'],
    ['number', 1e21, '1000000000000000000000'],
    ['number', 1.2345e25, '12345000000000000000000000'],
    ['number', -0, '0'],
    ['number', 999999999.9, '1000000000'],
    ['number', 99999.99999999, '100000'],
    ['number', 1234567890123, '1234567890123'],
    ['number', Number.POSITIVE_INFINITY, ''],
    ['count', 3000000000, '3000000000'],
    ['count', -12, '-12'],
    ['days', 12.5, '12.5'],
    ['days', Number.NaN, ''],
  ] as const)('%s %d is "%s"', (unit, value, text) => expect(raw(unit, real(value))).toBe(text))

  it('keeps nine significant digits of any number, without exponent', () => {
    for (let exponent = -20; exponent < 21; exponent++) {
      for (const digits of [1.23456789123, 9.99999999951, 5, 1.00000001]) {
        const value = -digits * 10 ** exponent
        const text = raw('number', real(value))
        expect(text).toMatch(/^-\d+(\.\d*[1-9])?$/)
        if (!Number.isInteger(value))
          expect(Number(text)).toBeCloseTo(Number(value.toPrecision(9)), -exponent + 7)
      }
    }
  })

  it('has days as ISO dates and scores as digits', () => {
    const leapDay = parseDay('2024-02-29') as number
    expect(raw('day', Int32Array.of(leapDay))).toBe('2024-02-29')
    expect(raw('day', Int32Array.of(NO_DAY))).toBe('')
    expect([0, 1].map((row) => raw('score', Uint8Array.of(0, 5), row))).toEqual(['', '5'])
  })
})

describe('other units, for people', () => {
  it.each([
    ['share', 0.451, '45.1%'],
    ['share', -0.0001, '0.0%'],
    ['share', 12.5, '1,250.0%'],
    ['count', 1234, '1,234'],
    ['count', -1234567, '-1,234,567'],
    ['days', 12, '12'],
    ['days', 12.25, '12.3'],
    ['number', 0.242591, '0.24259'],
    ['number', -9582.43, '-9,582.4'],
    ['number', 1234567.8, '1,234,568'],
    ['number', 0.5, '0.5'],
    ['number', 100000.01, '100,000'],
    ['number', 1.5e-9, '1.500e-9'],
    ['number', Number.NaN, ''],
  ] as const)('%s %d is "%s"', (unit, value, text) => expect(readable(unit, real(value))).toBe(text))
})
