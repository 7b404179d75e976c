/** Numbers of accounts and cards, which prove themselves by their check digits. */
import { readCode } from './id.ts'

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/
const CARD = /^\d{13,19}$/

/** Without the blanks and hyphens between groups of digits. */
const bare = (value: string): string => readCode(value).replaceAll('-', '')

/** Is the value written as an international bank account number is? ISO 13616. */
export const isShapedAsIban = (value: string): boolean => IBAN.test(bare(value))

/** Does it have the check digits that it should? ISO 7064, MOD 97-10: letters count from 10, and the rest is 1. */
export function isIban(value: string): boolean {
  const code = bare(value)
  if (!IBAN.test(code)) return false
  let rest = 0
  for (const character of `${code.slice(4)}${code.slice(0, 4)}`) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (10 * rest + Number(digit)) % 97
  }
  return rest === 1
}

/** Is the value as long as the number of a bank card? ISO/IEC 7812. */
export const isShapedAsCard = (value: string): boolean => CARD.test(bare(value))

/** Luhn's test: every second digit from the right is doubled, and the digits of all add up to tens. */
export function isCard(value: string): boolean {
  const digits = bare(value)
  if (!CARD.test(digits)) return false
  const sum = [...digits].reverse().reduce((all, digit, i) => {
    const weighed = Number(digit) * (i % 2 === 0 ? 1 : 2)
    return all + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)
  return sum % 10 === 0
}

/** As much of a number as may be shown of it. */
export function maskedNumber(value: string): string {
  const code = bare(value)
  return code.length < 10 ? value : `${code.slice(0, 4)}${'*'.repeat(code.length - 8)}${code.slice(-4)}`
}
