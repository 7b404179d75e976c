import { expect, test } from 'vitest'
import { idSql, recognise } from '../../src/fields/id.ts'
import { throughSql } from './cells.ts'

test('ids are text: zeros, length and inner spaces survive', async () => {
  const given = [
    '007',
    '2035153131473293579',
    ' A 1 ',
    '\t6917\t',
    '\u3000甲 乙\u00a0',
    '  ',
    '',
    null,
    "'5",
    'a\nb',
  ]
  expect(await throughSql(given, (text) => idSql(text, { wrapped: false }))).toEqual([
    ...['007', '2035153131473293579', 'A 1', '6917', '甲 乙', null, null, null, "'5", 'a\nb'],
  ])
})

test('what protects an id from a spreadsheet is taken off', async () => {
  const given = ['="0123"', "'0123", 'plain', '=""', '="a b"']
  expect(recognise(given).wrapped).toBe(true)
  expect(recognise(['0123']).wrapped).toBe(false)
  expect(await throughSql(given, (text) => idSql(text, { wrapped: true }))).toEqual([
    '0123',
    '0123',
    'plain',
    null,
    'a b',
  ])
})

test('a masked or missing customer is seen', () => {
  expect(recognise(['tb甲', '##密文']).masked).toBe('##密文')
  expect(recognise(['138****0000']).masked).toBe('138****0000')
  expect(recognise(['NULL', 'x']).placeholder).toBe('NULL')
  expect(recognise(['a*b']).masked).toBeUndefined()
})
