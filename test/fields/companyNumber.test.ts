import { expect, test } from 'vitest'
import { isShapedAsCompanyNumber, readCompanyNumber } from '../../src/fields/companyNumber.ts'

// The example of GB 32100-2015, and numbers that companies print on their pages.
const published = ['91350100M000100Y43', '91110000600037341L', '91440300708461136T', '91330100799655058B']

test('published numbers are valid', () => {
  expect(published.filter((number) => readCompanyNumber(number) !== number)).toEqual([])
})

test('every other check character, and every other character of the first ones, is wrong', () => {
  for (const number of published) {
    for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
      for (const at of [0, 1, 8, 16, 17]) {
        if (other !== number[at])
          expect(readCompanyNumber(number.slice(0, at) + other + number.slice(at + 1))).toBeUndefined()
      }
    }
  }
})

test('other ways to write it, and what is none', () => {
  expect(readCompanyNumber(' 91350100m000100y43')).toBe('91350100M000100Y43')
  expect(readCompanyNumber('９１３５０１００Ｍ０００１００Ｙ４３')).toBe('91350100M000100Y43')
  const none = ['', '91350100M000100Y4', '91350100I000100Y43', '11010519491231002X', 'n/a']
  expect(none.filter((value) => readCompanyNumber(value) !== undefined)).toEqual([])
  expect(isShapedAsCompanyNumber('91350100M000100Y44')).toBe(true)
})
