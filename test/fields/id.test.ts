import { expect, test } from 'vitest'
import { sql } from '../../src/core/sql.ts'
import {
  idSql,
  isDamagedId,
  isMasked,
  isPlaceholder,
  maskedSql,
  placeholderSql,
  readId,
  strictIdSql,
} from '../../src/fields/id.ts'
import { throughSql } from './cells.ts'
import { chance, damaged } from './chance.ts'

const ids: Record<string, string | null> = {
  '007': '007',
  '2035153131473293579': '2035153131473293579',
  '#1001': '#1001',
  ' A 1 ': 'A 1',
  '\t6917\t': '6917',
  '\u3000甲 乙\u00a0': '甲 乙',
  '\ufeffA1\u200b': 'A1',
  'a\nb': 'a\nb',
  '="0123"': '0123',
  ' ="0123" ': '0123',
  "'0123": '0123',
  "'0123'": '0123',
  '"0123"': '0123',
  '" 0123 "': '0123',
  '="a b"': 'a b',
  "'甲": '甲',
  "O'Neil": "O'Neil",
  '"a" and "b"': '"a" and "b"',
  '=0123': '=0123',
  '5"': '5"',
  '=""': null,
  "'": null,
  '""': null,
  '  ': null,
  '': null,
}
const texts = Object.keys(ids)

test('ids are text: zeros, length and inner spaces survive, what protects and surrounds them does not', async () => {
  const read = await throughSql(texts, idSql)
  expect(Object.fromEntries(texts.map((text, i) => [text, read[i]]))).toEqual(ids)
  expect(Object.fromEntries(texts.map((text) => [text, readId(text) ?? null]))).toEqual(ids)
  expect(await throughSql([null], idSql)).toEqual([null])
})

test('damaged ids are read alike', async () => {
  const luck = chance(77)
  const bad = Array.from({ length: 30 }, () => texts.map((text) => damaged(text, luck))).flat()
  const read = await throughSql(bad, idSql)
  expect(bad.map((text) => [text, readId(text) ?? null])).toEqual(bad.map((text, i) => [text, read[i]]))
})

test('a column that is believed to be bare', async () => {
  const strict = (values: (string | null)[]) =>
    throughSql(values, (text) => strictIdSql(text, sql`error('not bare')`))
  const bare = ['007', '#1001', '甲 乙', 'a"', '', null]
  expect(await strict(bare)).toEqual(['007', '#1001', '甲 乙', 'a"', null, null])
  for (const text of ['="1"', "'1", '"1"', ' 1', '1 ', '1\t', '\ufeff1', '甲\u3000', ' '])
    await expect(strict([text]), text).rejects.toThrow('not bare')
})

test('a masked value is no key', async () => {
  const hidden = ['##密文', '$$1380000****', '1******6198', '测试**', '138****0000', '张*', '*先生', ' ##x']
  const open = ['麻辣烫*1+可乐*2', '2*可乐', 'a*b', 'A#1', '#1001', '$5', '5*3', '张三', '']
  expect(hidden.filter((value) => !isMasked(value))).toEqual([])
  expect(open.filter(isMasked)).toEqual([])
  const told = await throughSql([...hidden, ...open], maskedSql)
  expect(told.map((each) => each === 'true')).toEqual([...hidden.map(() => true), ...open.map(() => false)])
})

test('a placeholder stands for no value', async () => {
  const none = [
    'NULL',
    'n/a',
    'N/A ',
    '-',
    '--',
    '—',
    '——',
    '无',
    '匿名',
    'guest@shop.com',
    'Guest',
    '(not set)',
    '\\N',
    '空白',
    'k.A.',
    'keine Angabe',
    '/',
    '／',
    '//',
    '(No value)',
    '--None--',
  ]
  const some = ['/home', '1/2', '0', 'x', 'nullify', 'A-1', '无锡', 'guest1', 'a@guest', '.']
  expect(none.filter((value) => !isPlaceholder(value))).toEqual([])
  expect(some.filter((value) => isPlaceholder(value))).toEqual([])
  const told = await throughSql([...none, ...some], (text) => placeholderSql(text))
  expect(told.map((each) => each === 'true')).toEqual([...none.map(() => true), ...some.map(() => false)])
  expect(isPlaceholder('0', ['0'])).toBe(true)
  expect(await throughSql(['0', '00'], (text) => placeholderSql(text, ['0']))).toEqual(['true', 'false'])
})

test('an id that a spreadsheet made a number of is known', async () => {
  const lost = ['1.58E+18', '2E+15', '1,58E+18', ' 6.9E+12']
  const kept = ['12E5', '1.58', '158', 'E+18', '1.58e18']
  expect(lost.every(isDamagedId)).toBe(true)
  expect(kept.some(isDamagedId)).toBe(false)
})
