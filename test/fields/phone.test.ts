import { expect, test } from 'vitest'
import {
  areSeveralPhones,
  countryOf,
  numberByLibrary,
  plainNumber,
  plainPattern,
  readPhone,
} from '../../src/fields/phone.ts'
import { seenIn } from '../../src/fields/seen.ts'
import { chance, damaged } from './chance.ts'

const read = (value: string, country?: string): string | undefined => {
  const phone = readPhone(value, country)
  return phone && (phone.extension ? `${phone.e164} x${phone.extension}` : phone.e164)
}

test('the forms of one Chinese mobile are one number', () => {
  const forms = [
    ...['13800138000', '+8613800138000', '+86 138 0013 8000', '+86-138-0013-8000', '008613800138000'],
    ...['0086 138 0013 8000', '8613800138000', '86 138 0013 8000', '1795113800138000', '138-0013-8000'],
    ...[
      '１３８００１３８０００',
      '＋８６ １３８００１３８０００',
      ' 13800138000 ',
      "'13800138000",
      '="13800138000"',
    ],
    ...['13800138000.0', '\t13800138000', '手机：13800138000'],
    ...[
      '(+86)13800138000',
      '(+86) 138 0013 8000',
      '(0086)13800138000',
      '+(86)13800138000',
      '（+86）13800138000',
    ],
  ]
  expect(forms.filter((form) => read(form, 'CN') !== '+8613800138000')).toEqual([])
})

test('nothing is no number, whatever the patterns of a country let through', () => {
  for (const country of ['CN', 'US', 'CA', 'DE', undefined]) expect(read('', country)).toBeUndefined()
})

test('numbers of the plan alone, and extensions as people write them', () => {
  expect(read('14900000000', 'CN')).toBeUndefined()
  expect(read('12345678901', 'CN')).toBeUndefined()
  expect(read('0755 8888 8888-801', 'CN')).toBe('+8675588888888 x801')
  expect(read('0755-88888888转801', 'CN')).toBe('+8675588888888 x801')
  expect(read('(0755)88888888', 'CN')).toBe('+8675588888888')
  expect(read('400-800-8820', 'CN')).toBe('+864008008820')
  expect(read('+1 415 555 2671 ext. 22')).toBe('+14155552671 x22')
})

// Ofcom, ACMA, ARCEP and the NANPA set numbers aside for films and examples; these lie in valid ranges.
test('numbers that authorities publish as examples', () => {
  expect(read('020 7946 0958', 'GB')).toBe('+442079460958')
  expect(read('+44 (0)20 7946 0958')).toBe('+442079460958')
  expect(read('0131 496 0001', 'GB')).toBe('+441314960001')
  expect(read('(02) 5550 1234', 'AU')).toBe('+61255501234')
  expect(read('0491 570 006', 'AU')).toBe('+61491570006')
  expect(read('(201) 555-0123', 'US')).toBe('+12015550123')
  expect(read('1-201-555-0123', 'US')).toBe('+12015550123')
  expect(read('01 99 00 12 34', 'FR')).toBe('+33199001234')
})

test('what is no number, or hides one, is none', () => {
  const none = [
    '',
    '  ',
    'n/a',
    '138****0013',
    '1.38E+10',
    '2024-03-05',
    '13800138000/13900139000',
    '110',
    'abc',
  ]
  expect(none.filter((value) => read(value, 'CN') !== undefined)).toEqual([])
  expect(read('13800138000')).toBeUndefined()
})

test('the faster way gives the answers of the library', () => {
  const { whole, pick } = chance(7)
  const digits = (count: number) => Array.from({ length: count }, () => whole(0, 9)).join('')
  const countries = [
    'CN',
    'US',
    'CA',
    'GB',
    'DE',
    'FR',
    'AU',
    'JP',
    'IT',
    'RU',
    'BR',
    'IN',
    'NZ',
    'AR',
    'MX',
    'HK',
  ]
  const codes = [
    '86',
    '1',
    '44',
    '49',
    '33',
    '61',
    '81',
    '39',
    '7',
    '55',
    '91',
    '64',
    '54',
    '52',
    '852',
    '590',
  ]
  const wrong: string[] = []
  let [decided, valid] = [0, 0]
  for (let i = 0; i < 30_000; i++) {
    const country = pick(countries)
    const lead = pick([
      '1',
      '13',
      '15',
      '18',
      '0',
      '07',
      '02',
      '01',
      '',
      '4',
      '04',
      '415',
      '8',
      '9',
      '00',
      '86',
      '011',
    ])
    const plain = pick([`+${pick(codes)}${lead}${digits(whole(6, 10))}`, `${lead}${digits(whole(6, 10))}`])
    const number =
      i % 5 === 0
        ? damaged(plain, { whole, pick })
        : plain.replace(/(\d{3,4})(?=\d{4}$)/, pick(['$1', '$1 ', '($1) ', '$1-']))
    const fast = plainNumber(number, country)
    const slow = numberByLibrary(number, country)
    if (slow) valid++
    if (fast) decided++
    if (fast && fast.e164 !== slow?.e164) wrong.push(`${number} ${country}: ${fast.e164}, not ${slow?.e164}`)
  }
  expect(wrong).toEqual([])
  expect(decided / valid).toBeGreaterThan(0.7)
})

test('numbers that the pattern for engines lets through are valid', () => {
  const { whole, pick } = chance(11)
  for (const country of ['CN', 'US', 'CA']) {
    const pattern = new RegExp(`^(?:${plainPattern(country)})$`)
    let passed = 0
    for (let i = 0; i < 4000; i++) {
      const lead = pick(['', '+86', '+1']) + pick(['1', '13', '17', '179', '19', '2', '415', '800'])
      const number = `${lead}${Array.from({ length: whole(7, 10) }, () => whole(0, 9)).join('')}`
      if (!pattern.test(number)) continue
      passed++
      expect([number, numberByLibrary(number, country)]).not.toEqual([number, undefined])
    }
    expect(passed).toBeGreaterThan(50)
  }
  expect(plainPattern('GB')).toBeUndefined()
})

test('a million plain numbers are read in a few seconds', () => {
  const numbers = Array.from({ length: 100_000 }, (_, i) => `138${10_000_000 + i * 7}`)
  const start = performance.now()
  expect(numbers.filter((number) => !readPhone(number, 'CN'))).toEqual([])
  expect(performance.now() - start).toBeLessThan(2000)
})

test('the country of a column: by its codes, its mobiles, or where most numbers are valid', () => {
  const guess = (numbers: readonly string[], likely?: string) => countryOf(seenIn(numbers), likely)?.country
  expect(guess(['13800138000', '15912345678', '0755-88888888', '18600001111'])).toBe('CN')
  expect(guess(['+44 20 7946 0958', '+44 7400 123456'])).toBe('GB')
  expect(guess(['020 7946 0958', '07400 123456', '0121 234 5678', '0131 496 0001'])).toBe('GB')
  expect(guess(['0491 570 006', '(02) 5550 1234', '0491 570 156', '(03) 7010 1234'])).toBe('AU')
  expect(guess(['(201) 555-0123', '415-555-2671', '(212) 555-0187', '312-555-0199'])).toBe('US')
  expect(guess(['415-555-2671', '(212) 555-0187'], 'CA')).toBe('CA')
  expect(guess(['9876543210', '8123456789', '7012345678', '09812345678'])).toBe('IN')
  expect(guess(['07400 123456', '07912 345678'], 'IN')).toBe('IN')
  expect(guess(['1', '2', 'n/a'])).toBeUndefined()
  expect(guess([])).toBeUndefined()
})

test('a plan that allows nearly any digits does not win over one whose numbers these are, for some mistakes', () => {
  // Each of these is valid in Germany, where hardly any number is not.
  const american = ['(212) 555-0123', '212-555-0188', '(312) 555-0110', '415-555-2671']
  const german = ['030 901820', '0171 1234567', '089 2180-0', '0221 1234567']
  const guess = (numbers: readonly string[], likely?: string) => countryOf(seenIn(numbers), likely)?.country
  expect(guess([...american, '555-0199'])).toBe('US')
  // Dialled within one town: there is no telling in which.
  expect(guess(['5211196', '555-0199', '666 2931', '5359355'])).toBeUndefined()
  expect(guess(['5211196', '555-0199', '+1 212 555 0123'])).toBeUndefined()
  // Of four one is mistaken: what the addresses say decides.
  expect(guess([...american.slice(0, 3), '555-0199'])).not.toBe('DE')
  expect(guess([...american.slice(0, 3), '555-0199'], 'US')).toBe('US')
  expect(guess(german)).toBe('DE')
})

test('numbers in pairs are of France, though a loose plan takes more of them', () => {
  const guess = (numbers: readonly string[]) => countryOf(seenIn(numbers))
  const pairs = ['07 66 37 00 58', '06 42 70 00 90', '07 66 69 00 16', '07 66 68 00 00', '07 51 95 00 00']
  // Spanish mobiles without their plus, cut after eleven digits: they are valid in Italy as they stand.
  const cut = ['346 57 00 00 87', '346 64 00 00 94']
  expect(guess([...pairs, ...cut])).toEqual({ country: 'FR', share: 5 / 7 })
  expect(guess(pairs)?.country).toBe('FR')
})

test('two numbers in a cell are told from one with an extension', () => {
  const several = [
    ...[
      '13812345678/13912345678',
      '13900001111;13700002222',
      '13712341234、13612341234',
      '13612349999 13812349999',
    ],
    ...['010-62345678/79', '13812345678 或 13912345678', '13812345678\n010-62345678'],
  ]
  for (const cell of several) {
    expect([cell, areSeveralPhones(cell, 'CN'), readPhone(cell, 'CN')]).toEqual([cell, true, undefined])
  }
  const one = [
    '13812345678',
    '010-62345678',
    '0755-88888888-801',
    '138 1234 5678',
    '13812345678/1234567890123',
    '/',
  ]
  expect(one.filter((cell) => areSeveralPhones(cell, 'CN'))).toEqual([])
  expect(areSeveralPhones('030/1234567', 'DE')).toBe(false)
  expect(read('0755-88888888-801', 'CN')).toBe('+8675588888888 x801')
})
