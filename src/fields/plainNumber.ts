/** Numbers as plain digits: no groups, no currency, a point before the decimals, a minus in front. */
import { type NumberReading, numberGroups } from './money.ts'
import { exactText, plainDigits, shiftOf, signOf } from './numberforms.ts'
import { plainText } from './text.ts'

const PLAIN = /^-?\d+(?:\.\d+)?$/

export const isPlainNumber = (text: string): boolean => PLAIN.test(text)

/** The texts of a column as plain numbers; undefined for what is none in its style. Written decimals stay. */
export function plainNumberReader(style: NumberReading): (value: string) => string | undefined {
  return (value) => {
    const text = plainText(value)
    if (style.decimal === '.' && PLAIN.test(text)) return text
    const groups = numberGroups(text, style)
    const sign = groups && signOf(groups)
    if (groups === undefined || sign === undefined || groups['r'] !== undefined) return undefined
    const digits = plainDigits(groups['n'] ?? '', style.decimal)
    const shift = shiftOf(groups)
    return shift === 0 ? withSign(sign, written(digits)) : moved(sign, digits, shift)
  }
}

/** Without zeros that only fill, and with one where no digit stands before the point. */
function written(digits: string): string {
  const [whole = '', decimals = ''] = digits.split('.')
  return `${whole === '' ? '0' : whole}${decimals === '' ? '' : `.${decimals}`}`
}

const withSign = (sign: string, digits: string): string => (/[1-9]/.test(digits) ? sign : '') + digits

/** 3.5万 is 35000; undefined where six decimals do not hold it all. */
function moved(sign: string, digits: string, shift: number): string | undefined {
  const decimals = (digits.split('.')[1] ?? '').length - shift
  return decimals > 6 ? undefined : exactText(sign, digits, shift)
}
