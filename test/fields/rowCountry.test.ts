import { expect, test } from 'vitest'
import { meaningOfHeader } from '../../src/fields/contactWords.ts'
import { countryNamed } from '../../src/fields/countryName.ts'
import { readPhone } from '../../src/fields/phone.ts'
import { countryColumnOf, followCountries, isPlainElsewhere } from '../../src/fields/rowCountry.ts'
import { seenIn } from '../../src/fields/seen.ts'

test.each([
  ['DE', ['DE', 'de', 'DEU', 'Germany', 'Deutschland', '德国', ' germany ']],
  ['GB', ['GB', 'UK', 'GBR', 'United Kingdom', 'the United Kingdom', '英国']],
  ['CN', ['CN', 'CHN', 'China', '中国', '中國', "People's Republic of China"]],
  ['DK', ['DK', 'DNK', 'Denmark', '丹麦']],
  ['HK', ['HK', 'HKG', 'Hong Kong', '香港', '中国香港', 'Hong Kong SAR China']],
  ['TT', ['TTO', 'Trinidad and Tobago', 'Trinidad & Tobago']],
  ['CI', ["Côte d'Ivoire", 'Ivory Coast', 'cote d’ivoire']],
  ['TR', ['Turkey', 'Türkiye', '土耳其']],
  ['LC', ['St. Lucia', 'Saint Lucia']],
  ['NA', ['NA', 'Namibia']],
  [undefined, ['', '?', 'Atlantis', 'ZZ', 'USB', '86', '+1', 'Europe']],
])('%s by its codes and names', (code, words) => {
  expect(words.map(countryNamed)).toEqual(words.map(() => code))
})

const columnsOf = (...headers: string[]) =>
  headers.map((header) => {
    return {
      header,
      meaning: meaningOfHeader(header),
      seen: seenIn(/nr/.test(header) ? ['49', '1'] : ['DE', 'US']),
    }
  })

test.each([
  ['Shipping Phone', ['Billing Country', 'Shipping Country'], 'Shipping Country'],
  ['Billing Phone', ['Shipping Country', 'Billing Country Code'], 'Billing Country Code'],
  ['billing_phone', ['shipping_country', 'billing_country'], 'billing_country'],
  ['收货人电话', ['账单国家', '收货国家'], '收货国家'],
  ['Phone', ['Shipping Country', 'Country'], 'Country'],
  ['Phone', ['Nationality', 'Country'], 'Country'],
  ['Phone', ['Shipping Country'], 'Shipping Country'],
  ['Phone', ['Shipping Country', 'Shipping Country Code'], 'Shipping Country'],
  ['Phone', ['Shipping Country', 'Billing Country'], undefined],
  ['Phone', ['country code nr'], undefined],
  ['Phone', ['Company', 'City'], undefined],
])('%s among %j belongs to %s', (header, headers, wanted) => {
  expect(countryColumnOf(header, columnsOf(...headers))?.header).toBe(wanted)
})

test('countries are believed where most numbers are those of their row, with a code or without', () => {
  const rows = (...pairs: [string, string][]) =>
    pairs.map(([number, country]) => ({
      ...{ number, country, count: 1, e164: readPhone(number, country)?.e164 },
    }))
  const four: [string, string][] = [
    ['(212) 555-1234', 'US'],
    ['020 7946 0018', 'GB'],
    ['13800138000', 'CN'],
    ['0151 23456789', 'DE'],
  ]
  expect(followCountries(rows(...four))).toBe(true)
  expect(followCountries(rows(...four, ['030 901820', 'US']))).toBe(true)
  const coded = rows(...four).map((row) => ({ ...row, number: row.e164 as string }))
  expect(followCountries(coded)).toBe(true)
  // Numbers of China whose customers have other nationalities.
  expect(followCountries(rows(['+8613800138000', 'US'], ['+8613800138001', 'DE'], ...four))).toBe(false)
  expect(followCountries([])).toBe(false)
})

test('ten digits without a zero may be of New York, wherever they are sent', () => {
  const isElsewhere = (number: string, country: string) =>
    isPlainElsewhere(number, readPhone(number, country)?.e164 ?? '')
  expect(isElsewhere('2125551234', 'DE')).toBe(true)
  expect(isElsewhere('0212 5551234', 'DE')).toBe(false)
  expect(isElsewhere('+49 212 5551234', 'DE')).toBe(false)
  expect(isElsewhere('2125551234', 'US')).toBe(false)
  expect(isElsewhere('2125551234', 'CA')).toBe(false)
  // No zero is dialled in Italy, and seldom one in India.
  expect(isElsewhere('3471234567', 'IT')).toBe(false)
  expect(isElsewhere('7012345678', 'IN')).toBe(false)
})
