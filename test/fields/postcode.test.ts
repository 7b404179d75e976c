import { expect, test } from 'vitest'
import { knowsPostcodes, postcodeCountries, readPostcode } from '../../src/fields/postcode.ts'
import { seenIn } from '../../src/fields/seen.ts'

// Addresses that the postal services and heads of state publish.
const published: Record<string, readonly string[]> = {
  CN: ['100000', '518000', '010010', '830000'],
  US: ['20500', '02139', '90210', '20500-0003', '12345-6789'],
  GB: ['SW1A 1AA', 'M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'EC1A 1BB', 'W1A 0AX', 'GIR 0AA'],
  DE: ['10115', '01067', '80331'],
  FR: ['75001', '20000', '97400', '01000'],
  AU: ['2600', '0800', '4011', '0200'],
  CA: ['K1A 0B1', 'M5V 3L9', 'H0H 0H0'],
  JP: ['100-8111', '160-0022'],
  NL: ['1012 JS'],
  IE: ['D02 X285', 'A65 F4E2', 'D6W XY00'],
  BR: ['01310-100'],
}

test('published postcodes have the shape of their country, and are written as there', () => {
  for (const [country, codes] of Object.entries(published))
    expect(codes.map((code) => readPostcode(code, country))).toEqual(codes)
})

test('spaces, hyphens, case and width do not count', () => {
  expect(readPostcode('sw1a1aa', 'GB')).toBe('SW1A 1AA')
  expect(readPostcode('k1a0b1', 'ca')).toBe('K1A 0B1')
  expect(readPostcode('１００８１１１', 'JP')).toBe('100-8111')
  expect(readPostcode("'02139", 'US')).toBe('02139')
  expect(readPostcode('90210.0', 'US')).toBe('90210')
})

test('other shapes are none', () => {
  const wrong: Record<string, readonly string[]> = {
    CN: ['10000', '1000000', '870000', '000000', 'A00000'],
    US: ['2139', '902100', '9021O', '90210-12'],
    GB: ['SW1A 1A', 'QW1 1AA', 'M1 1AC', '12345'],
    DE: ['1011', '00123', '101155'],
    CA: ['K1A 0B', 'D1A 0B1', 'K1O 0B1'],
    FR: ['99000', '7500'],
    AU: ['260', '0100'],
    JP: ['100-811'],
  }
  for (const [country, codes] of Object.entries(wrong))
    expect(codes.filter((code) => readPostcode(code, country) !== undefined)).toEqual([])
  expect(knowsPostcodes('ZZ')).toBe(false)
  expect(readPostcode('12345', 'ZZ')).toBeUndefined()
})

test('a column is of the countries whose shape it has', () => {
  expect(postcodeCountries(seenIn(['SW1A 1AA', 'M1 1AE', 'B33 8TH', 'EC1A 1BB', '?']))).toEqual(['GB'])
  expect(postcodeCountries(seenIn(['518000', '710000', '830000', '010010']))).toContain('CN')
  expect(postcodeCountries(seenIn(['90210', '02139']))).toContain('US')
  expect(postcodeCountries(seenIn(['90210', '02139']))).not.toContain('CN')
  expect(postcodeCountries([])).toEqual([])
})
