/**
 * What machines read: `2024-02-29`, `1234.50`, `0.451`. Plain digits, no exponents, no "-0", nothing
 * where there is no value; a number that is not finite is no value. Text is left to each format.
 */
import { formatDay, NO_DAY } from '../core/days.ts'
import type { Column, Money, Numbers } from '../core/report.ts'
import {
  type Bytes,
  emptyBytes,
  encoded,
  takeText,
  writeByte,
  writeBytes,
  writeDigits,
  writeText,
  writeWhole,
} from './bytes.ts'

export type Write = (row: number) => void
export type ValueColumn = Exclude<Column, { readonly unit: 'text' }>

/** A writer for a column, chosen once for all its rows. */
export function rawWriter(column: ValueColumn, out: Bytes): Write {
  switch (column.unit) {
    case 'day':
      return dayWriter(column.values, out)
    case 'money':
      return moneyWriter(column.values, out)
    case 'score':
      return scoreWriter(column.values, out)
    case 'share':
      return numberWriter(column.values, out, writeShare)
    case 'count':
    case 'days':
    case 'number':
      return numberWriter(column.values, out, writeNumber)
  }
}

/** The same as text, for the places where speed does not matter. */
export function rawText(column: ValueColumn): (row: number) => string {
  const out = emptyBytes(64)
  const write = rawWriter(column, out)
  return (row) => {
    write(row)
    return takeText(out)
  }
}

const PLACES = 1 << 13
// A few thousand days fill millions of rows, and making a date string is slow: all columns share what is made.
const knownDays = new Int32Array(PLACES).fill(NO_DAY)
const dayTexts = new Array<Uint8Array>(PLACES).fill(encoded(''))

function dayWriter(values: Int32Array, out: Bytes): Write {
  return (row) => {
    const day = values[row] as number
    // Days that share a place are twenty years apart.
    const place = day & (PLACES - 1)
    if (knownDays[place] !== day) {
      knownDays[place] = day
      dayTexts[place] = encoded(formatDay(day))
    }
    writeBytes(out, dayTexts[place] as Uint8Array)
  }
}

function scoreWriter(values: Uint8Array, out: Bytes): Write {
  return (row) => {
    const score = values[row] as number
    if (score !== 0) writeWhole(out, score)
  }
}

type WriteNumber = (out: Bytes, value: number) => void

function numberWriter(values: Numbers, out: Bytes, write: WriteNumber): Write {
  return (row) => {
    const value = values[row] as number
    if (Number.isFinite(value)) write(out, value)
  }
}

const MINUS = 45
const POINT = 46

// Whole minor units are split by integer division: no digit ever passes through a binary fraction.
function moneyWriter({ units, scale }: Money, out: Bytes): Write {
  const one = 10 ** scale
  return (row) => {
    const value = units[row] as number
    if (!Number.isFinite(value)) return
    const size = Math.round(Math.abs(value))
    // Exact below 2 ** 53, and many times faster than %.
    const whole = Math.floor(size / one)
    if (value < 0 && size > 0) writeByte(out, MINUS)
    writeWhole(out, whole)
    if (scale === 0) return
    writeByte(out, POINT)
    writeDigits(out, size - whole * one, scale)
  }
}

const SHARE_DECIMALS = 6
const MILLION = 1e6

function writeShare(out: Bytes, value: number): void {
  const millionths = Math.round(Math.abs(value) * MILLION)
  if (millionths > Number.MAX_SAFE_INTEGER) {
    writeNumber(out, value)
    return
  }
  if (value < 0 && millionths > 0) writeByte(out, MINUS)
  writeDecimal(out, millionths, SHARE_DECIMALS)
}

/** Digits kept of a number with decimals: they hide the last bits, in which sums differ from run to run. */
const DIGITS = 9

function writeNumber(out: Bytes, value: number): void {
  const size = Math.abs(value)
  if (Number.isSafeInteger(value)) {
    if (value < 0) writeByte(out, MINUS)
    writeWhole(out, size)
  } else if (size >= 1e-6 && size < 1e9) {
    if (value < 0) writeByte(out, MINUS)
    const decimals = DIGITS - wholeDigits(size)
    writeDecimal(out, Math.round(size * (powers[decimals] as number)), decimals)
  } else {
    writeText(out, plain(value))
  }
}

const powers = Array.from({ length: 2 * DIGITS }, (_, exponent) => 10 ** exponent)

/** Digits before the point; 0 for 0.5, -1 for 0.05. */
function wholeDigits(size: number): number {
  let digits = 0
  if (size >= 1) while (size >= (powers[digits] as number)) digits++
  else while (size * (powers[1 - digits] as number) < 1) digits--
  return digits
}

/** `value / 10 ** decimals`, with less than 2 ** 31 after the point, without the zeros at the end. */
function writeDecimal(out: Bytes, value: number, decimals: number): void {
  const one = powers[decimals] as number
  const whole = Math.floor(value / one)
  writeWhole(out, whole)
  let [rest, left] = [(value - whole * one) | 0, decimals]
  if (rest === 0) return
  for (; rest % 10 === 0; left--) rest = (rest / 10) | 0
  writeByte(out, POINT)
  writeDigits(out, rest, left)
}

/** Very large and very small numbers: `-1.25e-7` is `-0.000000125`. */
function plain(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(DIGITS - 1).split('e')
  const sign = value < 0 ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '')
  const point = 1 + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return sign + digits.padEnd(point, '0')
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
