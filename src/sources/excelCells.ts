/** What the numbers of a worksheet mean: days and times by their format, else digits as Excel shows them. */
import { formatDay } from '../core/days.ts'

/** How a format shows a number. */
export interface Shown {
  readonly date: boolean
  readonly time: boolean
  /** `[h]:mm` goes on after 24 hours. */
  readonly elapsed: boolean
}

export const asNumber: Shown = { date: false, time: false, elapsed: false }
const asDate: Shown = { ...asNumber, date: true }
const asTime: Shown = { ...asNumber, time: true }

/** The formats that every workbook has (ECMA-376, 18.8.30); 27 to 58 are those of East Asian languages. */
export function builtInFormat(id: number): Shown {
  if (id === 22) return { ...asDate, time: true }
  if (id === 46) return { ...asTime, elapsed: true }
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || id === 32 || id === 33) return asTime
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return asDate
  return asNumber
}

/** `yyyy"年"m"月"d"日";@` shows a date, `[h]:mm` a time, `[Red]0.00` neither. */
export function formatShown(code: string): Shown {
  const plain = code.replace(/"[^"]*"|[\\_*]./g, '').toLowerCase()
  const elapsed = /\[(h+|m+|s+)\]/.test(plain)
  const letters = plain.replace(/\[[^\]]*\]/g, '').split(';')[0] ?? ''
  if (/general|[0#?]e[+-]/.test(letters)) return asNumber
  const time = elapsed || /[hs]|am\/pm|a\/p|上午\/下午/.test(letters)
  const date = /[yde]|m{3}|a{3}/.test(letters) || (!time && letters.includes('m'))
  return { date, time, elapsed }
}

const SECONDS = 86_400
const DAYS_BEFORE_1970 = 25_569
const DAYS_BEFORE_1904 = 1462
/** 9999-12-31 */
const LAST_DAY = 2_958_465

/** A serial number as ISO text; undefined where no calendar has such a day. */
export function serialText(serial: number, shown: Shown, from1904: boolean): string | undefined {
  if (!(serial >= 0)) return undefined
  // A second is 0.0000116 days: what a double adds to that is noise.
  const seconds = Math.round(serial * SECONDS)
  const [day, rest] = [Math.floor(seconds / SECONDS), seconds % SECONDS]
  if (day + (from1904 ? DAYS_BEFORE_1904 : 0) > LAST_DAY) return undefined
  if (shown.elapsed && !shown.date) return clock(seconds)
  // Number 0 is no day but in 1904: it stands for a time alone, or for nothing.
  if (day === 0 && !(from1904 && shown.date)) return shown.time || rest > 0 ? clock(seconds) : undefined
  const date = formatDay(dayOf(day, from1904))
  return shown.time || rest > 0 ? `${date} ${clock(rest)}` : date
}

/** Days since 1970. Number 60 is 1900-02-29, which never was: what is before it counts from a day later. */
function dayOf(day: number, from1904: boolean): number {
  if (from1904) return day + DAYS_BEFORE_1904 - DAYS_BEFORE_1970
  return day - DAYS_BEFORE_1970 + (day < 60 ? 1 : 0)
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** Excel counts with 15 digits: what a double says beyond them is noise. */
const DIGITS = 15

/** The digits of a number without exponent; as written, where they are digits alone. */
export function numberText(written: string): string {
  const text = written.trim()
  if (/^-?[1-9]\d{0,40}$/.test(text)) return text
  const number = Number(text)
  if (text === '' || !Number.isFinite(number)) return text
  if (number === 0) return '0'
  const [mantissa = '', exponent = '0'] = number.toExponential(DIGITS - 1).split('e')
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '')
  const sign = number < 0 ? '-' : ''
  const point = Number(exponent) + 1
  if (point > 40 || point < -40) return String(number)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (digits.length <= point) return sign + digits.padEnd(point, '0')
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Has it more digits than Excel keeps? Then the last ones are lost, unless another program wrote it. */
export const isLong = (text: string): boolean => /^-?\d{16,}$/.test(text)

/** ISO text of a cell that holds it as such: `2024-01-02T13:05:00.000Z`. */
export function isoText(written: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?)?$/.exec(written.trim())
  if (!match) return written
  const [, date = '', time] = match
  return time === undefined ? date : `${date} ${time.length === 5 ? `${time}:00` : time}`
}
