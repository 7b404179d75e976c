/** What people read: `2024-02-29`, `1,234.50`, `45.1%`. The same digits in every language. */
import { grouped } from '../core/numerals.ts'
import type { Column, Money, Numbers, Unit, UnitValues } from '../core/report.ts'
import { textReader } from '../core/texts.ts'
import { rawText } from './raw.ts'

export type CellText = (row: number) => string

/** Numbers stand to the right in a table, text and dates to the left. */
export function standsRight(unit: Unit): boolean {
  return unit !== 'text' && unit !== 'day'
}

export function readableText(column: Column): CellText {
  switch (column.unit) {
    case 'text':
      return presentText(column.values)
    case 'money':
      return moneyText(column.values, rawText(column))
    case 'count':
    case 'days':
      return numberText(column.values, (value) => fixed(value, Number.isInteger(value) ? 0 : 1))
    case 'share':
      return numberText(column.values, (value) => `${fixed(value * 100, 1)}%`)
    case 'number':
      return numberText(column.values, readableNumber)
    default:
      return rawText(column)
  }
}

/** The text of a column as it is, or the raw form of its values: equal exactly where the values are. */
export function identity(column: Column): CellText {
  return column.unit === 'text' ? presentText(column.values) : rawText(column)
}

/** The value as a number to compare and to colour by: NaN where there is none, and for text. */
export function numberOf(column: Column): (row: number) => number {
  if (column.unit === 'text') return () => Number.NaN
  if (column.unit === 'money') return (row) => column.values.units[row] as number
  const { values } = column
  if (column.unit !== 'day' && column.unit !== 'score') return (row) => values[row] as number
  const text = rawText(column)
  return (row) => (text(row) === '' ? Number.NaN : (values[row] as number))
}

function presentText(values: UnitValues['text']): CellText {
  const read = textReader(values)
  return (row) => read(row) ?? ''
}

function moneyText({ scale }: Money, raw: CellText): CellText {
  const tail = scale === 0 ? 0 : scale + 1
  return (row) => {
    const text = raw(row)
    const whole = text.length - tail
    return grouped(text.slice(0, whole)) + text.slice(whole)
  }
}

function numberText(values: Numbers, write: (value: number) => string): CellText {
  return (row) => {
    const value = values[row] as number
    return Number.isFinite(value) ? write(value) : ''
  }
}

function fixed(value: number, decimals: number): string {
  const [whole = '', rest] = value.toFixed(decimals).split('.')
  const text = grouped(whole) + (rest === undefined ? '' : `.${rest}`)
  return /[1-9]/.test(text) ? text : text.replace('-', '')
}

const READABLE_DIGITS = 5

// All the digits before the point, and decimals up to five digits in all.
function readableNumber(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-6 || size >= 1e15)) return value.toExponential(READABLE_DIGITS - 2)
  if (Number.isInteger(value)) return fixed(value, 0)
  const text = fixed(value, Math.max(0, READABLE_DIGITS - 1 - Math.floor(Math.log10(size))))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
