import { describe, expect, test } from 'vitest'
import { formatDay, NO_DAY } from '../../src/core/days.ts'
import { type DateOrder, daySql, readDay, recognise } from '../../src/fields/date.ts'
import { throughSql } from './cells.ts'

const anyOrder: Record<string, string | null> = {
  '2024-01-02': '2024-01-02',
  '2024/01/02': '2024-01-02',
  '2024.1.2': '2024-01-02',
  '2024-1-2': '2024-01-02',
  '20240102': '2024-01-02',
  '20240102093000': '2024-01-02',
  '2024年1月2日': '2024-01-02',
  '2024年01月02日 10:11': '2024-01-02',
  ' 2024-01-02 ': '2024-01-02',
  '2024-01-5 ': '2024-01-05',
  '２０２４-01-02': '2024-01-02',
  '2024-01-02 23:59:59': '2024-01-02',
  '2024-01-02T23:59:59': '2024-01-02',
  '2024-01-02T23:59:59.123Z': '2024-01-02',
  '2024/1/2 9:05': '2024-01-02',
  '2026-03-12 23:14:02 -0500': '2026-03-12',
  '2026-03-12T00:14:02+08:00': '2026-03-12',
  '2026-03-12 00:30+05': '2026-03-12',
  '2024-01-02abc': null,
  '2024-01-5x': null,
  '2024-02-30': null,
  '2023-02-29': null,
  '2024-13-01': null,
  '12024-1-05': null,
  '-2024-1-05': null,
  '2024-01-02 99:00:00': null,
  '12345678': null,
  '45383': null,
  '': null,
  tomorrow: null,
}

const asText = (day: number | undefined): string | null => (day === undefined ? null : formatDay(day))

describe('days', () => {
  const cases = Object.entries(anyOrder)

  test('SQL takes the calendar day as written, and nothing that is no date', async () => {
    const read = await throughSql(
      cases.map(([text]) => text),
      (text) => daySql(text, { order: 'ymd', iso: false }),
    )
    expect(Object.fromEntries(cases.map(([text], i) => [text, read[i]]))).toEqual(anyOrder)
  })

  test('a sample is read as SQL reads it', () => {
    for (const [text, day] of cases) expect([text, asText(readDay(text, 'ymd'))]).toEqual([text, day])
  })

  test.each<[DateOrder, Record<string, string | null>]>([
    [
      'dmy',
      { '13/01/2024': '2024-01-13', '03.04.2024': '2024-04-03', '1-2-24': '2024-02-01', '01/13/2024': null },
    ],
    [
      'mdy',
      {
        '01/13/2024': '2024-01-13',
        '12/1/10 8:26': '2010-12-01',
        '3/4/99': '1999-03-04',
        '13/01/2024': null,
      },
    ],
    ['ymd', { '24-01-05': '2024-01-05', '13/01/2024': null }],
  ])('%s', async (order, expected) => {
    const texts = Object.keys(expected)
    const read = await throughSql(texts, (text) => daySql(text, { order, iso: false }))
    const stragglers = await throughSql(texts, (text) => daySql(text, { order, iso: true }))
    expect(stragglers).toEqual(read)
    expect(Object.fromEntries(texts.map((text, i) => [text, read[i]]))).toEqual(expected)
    for (const text of texts) expect(asText(readDay(text, order))).toBe(expected[text])
  })

  test('the order is what reads the most values', () => {
    expect(recognise(['2024-01-02', '20240103', '']).order).toBe('ymd')
    expect(recognise(['01/02/2024', '13/02/2024'])).toMatchObject({
      order: 'dmy',
      proof: '13/02/2024',
      share: 1,
    })
    expect(recognise(['01/02/2024', '02/13/2024'])).toMatchObject({ order: 'mdy', proof: '02/13/2024' })
    expect(recognise(['24-01-05', '31-12-24']).order).toBeUndefined()
  })

  test('nothing is guessed when all values read both ways', () => {
    expect(recognise(['01/02/2024', '03/04/2024'])).toMatchObject({ order: undefined, share: 1 })
  })

  test('one that contradicts the order stays out', () => {
    const style = recognise(['13/01/2024', '14/01/2024', '01/15/2024'])
    expect(style).toMatchObject({ order: 'dmy', example: '01/15/2024' })
    expect(style.share).toBeCloseTo(2 / 3)
  })

  test('words are no dates', () => {
    expect(recognise(['apple', 'pear']).share).toBe(0)
    expect(recognise([]).share).toBe(0)
    expect(NO_DAY).toBeLessThan(0)
  })
})
