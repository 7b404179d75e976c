/**
 * What machines read: `2024-02-29`, `1234.50`, `0.451`. Plain digits, no exponents, no "-0", nothing
 * where there is no value; a number that is not finite is no value. Text is left to each format.
 */
import { formatDay, NO_DAY } from '../core/days.ts'
import type { Column, Money } from '../core/report.ts'
import {
  type Bytes,
  emptyBytes,
  encoded,
  reserve,
  takeText,
  writeByte,
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
      return shareWriter(column.values, out)
    case 'count':
    case 'days':
    case 'number':
      return column.values instanceof Float64Array
        ? numberWriter(column.values, out)
        : integerWriter(column.values, out)
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
const LETTERS = 10
// A few thousand days fill millions of rows, and making a date string is slow: all columns share what is made.
const knownDays = new Int32Array(PLACES).fill(NO_DAY)
const lettersOfDays = new Uint8Array(PLACES)
const dayTexts = new Uint8Array(PLACES * LETTERS)

function dayWriter(values: Int32Array, out: Bytes): Write {
  return (row) => {
    const day = values[row] as number
    // Days that share a place are twenty years apart.
    const place = day & (PLACES - 1)
    if (knownDays[place] !== day) {
      const text = encoded(formatDay(day))
      dayTexts.set(text, place * LETTERS)
      lettersOfDays[place] = text.length
      knownDays[place] = day
    }
    const length = lettersOfDays[place] as number
    reserve(out, length)
    const { buffer, at } = out
    for (let i = 0; i < length; i++) buffer[at + i] = dayTexts[place * LETTERS + i] as number
    out.at = at + length
  }
}

function scoreWriter(values: Uint8Array, out: Bytes): Write {
  return (row) => {
    const score = values[row] as number
    if (score !== 0) writeWhole(out, score)
  }
}

const MINUS = 45
const POINT = 46

// A number with a fraction that one function hands to another is an object, made anew for each of millions of cells:
// each of these looks up its own, and hands on whole numbers.

/** What whole numbers of machines hold: beyond it they are slower. */
const MOST = 0x7fffffff

function integerWriter(values: Int32Array | Uint8Array, out: Bytes): Write {
  return (row) => {
    const value = values[row] as number
    if (value < 0) writeByte(out, MINUS)
    writeWhole(out, Math.abs(value))
  }
}

// Whole minor units are split by integer division: no digit ever passes through a binary fraction.
function moneyWriter({ units, scale }: Money, out: Bytes): Write {
  const one = 10 ** scale
  return (row) => {
    const value = units[row] as number
    if (!Number.isFinite(value)) return
    const size = Math.round(Math.abs(value))
    if (value < 0 && size > 0) writeByte(out, MINUS)
    // Exact below 2 ** 53, and many times faster than %.
    const whole = Math.floor(size / one)
    if (whole <= MOST) writeWhole(out, whole | 0)
    else writeWhole(out, whole)
    if (scale === 0) return
    writeByte(out, POINT)
    const rest = size - whole * one
    if (rest <= MOST) writeDigits(out, rest | 0, scale)
    else writeDigits(out, rest, scale)
  }
}

const SHARE_DECIMALS = 6
const MILLION = 1e6

function shareWriter(values: Float64Array, out: Bytes): Write {
  return (row) => {
    const value = values[row] as number
    const millionths = Math.round(Math.abs(value) * MILLION)
    if (!(millionths <= MOST)) {
      if (Number.isFinite(value)) writeLargeShare(out, value, millionths)
      return
    }
    if (value < 0 && millionths > 0) writeByte(out, MINUS)
    writeDecimal(out, millionths | 0, SHARE_DECIMALS)
  }
}

/** Shares of more than two thousand wholes. */
function writeLargeShare(out: Bytes, value: number, millionths: number): void {
  if (millionths > Number.MAX_SAFE_INTEGER) {
    writeNumber(out, value)
    return
  }
  if (value < 0) writeByte(out, MINUS)
  const whole = Math.floor(millionths / MILLION)
  writeWhole(out, whole)
  writeFraction(out, (millionths - whole * MILLION) | 0, SHARE_DECIMALS)
}

function numberWriter(values: Float64Array, out: Bytes): Write {
  return (row) => {
    const value = values[row] as number
    const size = Math.abs(value)
    if (size < MOST && size === (size | 0)) {
      if (value < 0) writeByte(out, MINUS)
      writeWhole(out, size | 0)
    } else if (size >= LEAST && size < 1e9) {
      if (value < 0) writeByte(out, MINUS)
      let decimals = DIGITS
      if (size >= 1) while (size >= (powers[DIGITS - decimals] as number)) decimals--
      else while (size * (powers[decimals - DIGITS + 1] as number) < 1) decimals++
      writeDecimal(out, Math.round(size * (powers[decimals] as number)) | 0, decimals)
    } else if (Number.isFinite(value)) writeNumber(out, value)
  }
}

/** Digits kept of a number with decimals: they hide the last bits, in which sums differ from run to run. */
const DIGITS = 9
/** Of smaller numbers the power of ten is worked out. */
const LEAST = 1e-6

const powers = Float64Array.from({ length: 2 * DIGITS }, (_, exponent) => 10 ** exponent)

const wholePowers = Int32Array.from({ length: DIGITS + 1 }, (_, exponent) => 10 ** exponent)

/** Whole numbers, and such as are very large or small. */
function writeNumber(out: Bytes, value: number): void {
  if (!Number.isSafeInteger(value)) {
    writeText(out, plain(value))
    return
  }
  if (value < 0) writeByte(out, MINUS)
  writeWhole(out, Math.abs(value))
}

/** `value / 10 ** decimals`, of a value below 2 ** 31. */
function writeDecimal(out: Bytes, value: number, decimals: number): void {
  if (decimals > DIGITS) {
    writeWhole(out, 0)
    writeFraction(out, value, decimals)
    return
  }
  const one = wholePowers[decimals] as number
  const whole = (value / one) | 0
  writeWhole(out, whole)
  writeFraction(out, value - whole * one, decimals)
}

/** So many decimals behind the point, without the zeros at the end. */
function writeFraction(out: Bytes, digits: number, decimals: number): void {
  if (digits === 0) return
  let [rest, left] = [digits, decimals]
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
