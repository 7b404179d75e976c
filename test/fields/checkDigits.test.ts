import { expect, test } from 'vitest'
import { isCard, isIban, maskedNumber } from '../../src/fields/checkDigits.ts'

// The examples of the SWIFT IBAN registry.
const ibans = [
  ...['DE89370400440532013000', 'GB29 NWBK 6016 1331 9268 19', 'FR1420041010050500013M02606'],
  ...['NL91ABNA0417164300', 'CH9300762011623852957', 'no93 8601 1117 947', 'MT84MALT011000012345MTLCAST001S'],
]
// Numbers that payment services publish for tests.
const cards = [
  ...['4111 1111 1111 1111', '5500-0000-0000-0004', '378282246310005', '6011111111111117', '4222222222222'],
  '6200000000000005',
]

test('check digits of accounts and cards', () => {
  expect(ibans.filter((value) => !isIban(value))).toEqual([])
  expect(cards.filter((value) => !isCard(value))).toEqual([])
})

test('one digit changed is always found', () => {
  const changed = (value: string) =>
    [...value].flatMap((digit, i) =>
      /\d/.test(digit) ? [`${value.slice(0, i)}${(Number(digit) + 1) % 10}${value.slice(i + 1)}`] : [],
    )
  expect(ibans.flatMap(changed).filter(isIban)).toEqual([])
  expect(cards.flatMap(changed).filter(isCard)).toEqual([])
})

test('no more is shown than the ends', () => {
  expect(maskedNumber('4111 1111 1111 1111')).toBe('4111********1111')
})
