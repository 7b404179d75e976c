/** Lists in a cell are read back as they were written. */
import { expect, test } from 'vitest'
import { listOf, listText } from '../../src/core/texts.ts'
import { mulberry32 } from '../../src/models/random.ts'

test.each([
  [['bread', 'milk'], 'bread; milk'],
  [['a; b', 'c'], '"a; b"; c'],
  [['"q"; z'], '"""q""; z"'],
  [['6" nails'], '6" nails'],
  [[''], '""'],
])('%j is written %s', (parts, text) => {
  expect(listText(parts)).toBe(text)
  expect(listOf(text)).toEqual(parts)
})

test('whatever the parts hold', () => {
  const random = mulberry32(1)
  const letters = ['a', '"', ';', ' ', '; ', '茶']
  for (let round = 0; round < 2000; round++) {
    const part = () =>
      Array.from({ length: Math.floor(5 * random()) }, () => letters[Math.floor(6 * random())]).join('')
    const parts = Array.from({ length: 1 + Math.floor(4 * random()) }, part)
    expect(listOf(listText(parts)), JSON.stringify(parts)).toEqual(parts)
  }
})
