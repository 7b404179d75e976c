import { describe, expect, test } from 'vitest'
import { formatDay, NO_DAY, parseDay } from '../../src/core/days.ts'
import { sql } from '../../src/core/sql.ts'
import {
  type DateOrder,
  type DateReading,
  dateStyle,
  daySql,
  isDate,
  readDay,
  strictDaySql,
  withStragglers,
} from '../../src/fields/date.ts'
import { type Seen, seenIn } from '../../src/fields/seen.ts'
import { mulberry32 } from '../../src/models/random.ts'
import { columnsThroughSql, throughSql } from './cells.ts'
import { chance, damaged } from './chance.ts'

const anyOrder: Record<string, string | null> = {
  '2024-01-02': '2024-01-02',
  '2024/01/02': '2024-01-02',
  '2024.1.2': '2024-01-02',
  '2024-1-2': '2024-01-02',
  '2024. 1. 2': '2024-01-02',
  '20240102': '2024-01-02',
  '20240102093000': '2024-01-02',
  '20240102T093000Z': '2024-01-02',
  '20240102 09:30': '2024-01-02',
  '2024年1月2日': '2024-01-02',
  '2024年01月02日 10:11': '2024-01-02',
  '2024年1月2日10时05分30秒': '2024-01-02',
  '2024年1月2日 星期二 下午3:05': '2024-01-02',
  '24年1月2日': '2024-01-02',
  '113/03/05': '2024-03-05',
  '113/3/5 14:05': '2024-03-05',
  '099/12/31': '2010-12-31',
  '113.03.05': '2024-03-05',
  '113-03-05': '2024-03-05',
  '113年3月5日': '2024-03-05',
  民國99年3月5日: '2010-03-05',
  '中華民國113年3月5日 下午2:05': '2024-03-05',
  '113/02/30': null,
  '113/13/05': null,
  '110.0.5481': null,
  '120-5-1': null,
  '192.10.10': null,
  '2024/1/2 上午 9:05:06': '2024-01-02',
  '2024-01-02 周二': '2024-01-02',
  ' 2024-01-02 ': '2024-01-02',
  '2024-01-5 ': '2024-01-05',
  '２０２４-01-02': '2024-01-02',
  '２０２４／１／２': '2024-01-02',
  '2024\u20131\u20132': '2024-01-02',
  '\u200e1\u200e/\u200e25\u200e/\u200e2024': '2024-01-25',
  '2024-01-02 23:59:59': '2024-01-02',
  '2024-01-02 24:00:00': '2024-01-02',
  '2024-01-02T23:59:59': '2024-01-02',
  '2024-01-02T23:59:59.123Z': '2024-01-02',
  '2024-01-02 23:59:59,123456': '2024-01-02',
  '2024-01-02 11:59:59 PM': '2024-01-02',
  '2024/1/2 9:05': '2024-01-02',
  '2026-03-12 23:14:02 -0500': '2026-03-12',
  '2026-03-12T00:14:02+08:00': '2026-03-12',
  '2026-03-12 00:30+05': '2026-03-12',
  '2026-03-12 00:30:00 UTC': '2026-03-12',
  '2026-03-12 23:30:00 GMT+8': '2026-03-12',
  'Jan 5, 2024': '2024-01-05',
  'January 5th, 2024': '2024-01-05',
  '5 January 2024': '2024-01-05',
  '1st of March 2024': '2024-03-01',
  '05-Jan-24': '2024-01-05',
  '05-JAN-1999 10:00': '1999-01-05',
  '05MAR99': '1999-03-05',
  'Jul-25-26': '2026-07-25',
  'Fri, 5 Jan 2024 10:00:00 +0000': '2024-01-05',
  'Friday, January 5, 2024 at 3:05\u202fPM': '2024-01-05',
  'Jan 5, 2024 11:10:12 p.m. PST': '2024-01-05',
  'Fri Jan 05 2024 23:00:00 GMT-0500 (Eastern Standard Time)': '2024-01-05',
  'Fri Jan  5 10:00:00 UTC 2024': '2024-01-05',
  'Sept. 5, 2024': '2024-09-05',
  '2024-Jan-05': '2024-01-05',
  '5. März 2024': '2024-03-05',
  '1er août 2024': '2024-08-01',
  '5 de enero de 2024': '2024-01-05',
  '1704067200': '2024-01-01',
  '1704153599.25': '2024-01-01',
  '1704153599999': '2024-01-01',
  '1704153600000000': '2024-01-02',
  '45383': '2024-04-01',
  '45383.347': '2024-04-01',
  '45383,99999': '2024-04-01',
  '29252': '1980-02-01',
  '9999-12-31': '9999-12-31',
  '2024-01-02abc': null,
  '2024-01-02 10:00:00 abc': null,
  '2024-01-5x': null,
  '2024-1/5': null,
  '2024-02-30': null,
  '2023-02-29': null,
  '2024-13-01': null,
  '31 Feb 2024': null,
  '5 Jak 2024': null,
  'Jan 2024': null,
  '2024-01': null,
  '12024-1-05': null,
  '-2024-1-05': null,
  '-024-01-05': null,
  '0024-01-05': null,
  '0000-00-00': null,
  '01/01/0001': null,
  '2024-01-02 99:00:00': null,
  '2024-01-02 10:60:00': null,
  '12345678': null,
  '20241301': null,
  '19999': null,
  '80001': null,
  '9999999999': null,
  '170406720': null,
  '1.2.3.4': null,
  '': null,
  '10:30': null,
  tomorrow: null,
}

const asText = (day: number | undefined): string | null => (day === undefined ? null : formatDay(day))
const alone = (text: string, order?: DateOrder) => dateStyle(seenIn([text]), order)

/** The cells as they are read here, and as the engine reads them. */
async function bothWays(texts: readonly string[], reading: DateReading): Promise<(string | null)[]> {
  const read = await throughSql(texts, (text) => daySql(text, reading))
  expect(texts.map((text, i) => [text, asText(readDay(text, reading)), i])).toEqual(
    texts.map((text, i) => [text, read[i], i]),
  )
  return read
}

describe('days', () => {
  const texts = Object.keys(anyOrder)

  test('each form is known by itself, and both readers take the day as written', async () => {
    const styles = texts.map((text) => alone(text))
    const read = await columnsThroughSql(
      texts.map((text, i) => ({
        values: [text],
        expression: (value) => daySql(value, styles[i] as DateReading),
      })),
    )
    expect(Object.fromEntries(texts.map((text, i) => [text, read[i]?.[0]]))).toEqual(anyOrder)
    const here = texts.map((text, i) => [text, asText(readDay(text, styles[i] as DateReading))])
    expect(Object.fromEntries(here)).toEqual(anyOrder)
    for (const [i, text] of texts.entries()) {
      if (text !== '') expect([text, styles[i]?.share]).toEqual([text, anyOrder[text] === null ? 0 : 1])
    }
  })

  test('forms of a column do not get into the way of each other', async () => {
    const dates = texts.filter((text) => anyOrder[text] !== null && !/^[\d.,]+$/.test(text))
    const style = dateStyle(seenIn(dates))
    expect(style).toMatchObject({ share: 1, hasTime: true, hasOffset: true, iso: false, order: 'mdy' })
    expect(dates.map((text) => asText(readDay(text, style)))).toEqual(dates.map((text) => anyOrder[text]))
    // The engine plans a reading of all forms for seconds: any two forms meet in two of three parts.
    const readBy = new Set<string>()
    const parts = [0, 1, 2].map((part) => style.forms.filter((_, i) => i % 3 === part))
    for (const left of parts) {
      const forms = style.forms.filter((form) => !left.includes(form))
      const read = await bothWays(dates, { ...style, forms })
      const known = read.flatMap((day, i) => (day === null ? [] : [[dates[i], day]]))
      expect(known).toEqual(known.map(([text]) => [text, anyOrder[text as string]]))
      for (const [text] of known) readBy.add(text as string)
    }
    expect([...readBy].sort()).toEqual([...dates].sort())
  })

  test.each<[DateOrder, Record<string, string | null>]>([
    [
      'dmy',
      {
        '13/01/2024': '2024-01-13',
        '03.04.2024': '2024-04-03',
        '3. 4. 2024': '2024-04-03',
        '1-2-24': '2024-02-01',
        '3.4.99': '1999-04-03',
        '31/12/2024, 23:59:59': '2024-12-31',
        '01/13/2024': null,
        '13/01.2024': null,
        '13/01/024': null,
      },
    ],
    [
      'mdy',
      {
        '01/13/2024': '2024-01-13',
        '12/1/10 8:26': '2010-12-01',
        '08/14/25': '2025-08-14',
        '3/4/99': '1999-03-04',
        '1/5/2024 3:05:00 PM': '2024-01-05',
        '13/01/2024': null,
      },
    ],
    ['ymd', { '24-01-05': '2024-01-05', '99/1/5 10:00': '1999-01-05', '13/01/2024': null }],
  ])('%s', async (order, expected) => {
    const own = Object.keys(expected)
    const style = dateStyle(seenIn(own), order)
    const read = await bothWays(own, style)
    expect(Object.fromEntries(own.map((text, i) => [text, read[i]]))).toEqual(expected)
    expect(await bothWays(own, withStragglers(style))).toEqual(read)
  })

  test('what a sample did not show is read all the same, when it is a usual form', async () => {
    const reading = withStragglers(dateStyle(seenIn(['2024-01-02'])))
    const late = [
      '2024-01-02',
      '2024/1/2 9:05',
      '20240102',
      '2024年1月2日',
      ' 2024-01-02 ',
      '45383',
      '1/2/2024',
    ]
    const read = await bothWays(late, reading)
    expect(read).toEqual([...Array(5).fill('2024-01-02'), null, null])
  })

  test('only forms that were seen are looked for', async () => {
    const style = dateStyle(seenIn(['13/01/2024']))
    expect(style).toMatchObject({ forms: ['day-first /'], tail: 'none', tidy: true })
    expect(await bothWays(['2024-01-02', '13-01-2024', ' 13/01/2024', '14/01/2024 10:00'], style)).toEqual(
      Array(4).fill(null),
    )
  })
})

describe('ISO dates by the cast of the engine', () => {
  const strict = (text: string) =>
    throughSql([text], (value) => strictDaySql(value, { hasTime: true }, sql`cast(error('not ISO') as date)`))

  test.each([
    ['2024-01-02', '2024-01-02'],
    ['2024/01/02', '2024-01-02'],
    ['2024-01-02 23:59:59', '2024-01-02'],
    ['2024-01-02T23:59:59', '2024-01-02'],
    ['', null],
  ])('%s', async (text, day) => {
    expect(await strict(text)).toEqual([day])
    if (day) expect(alone(text)).toMatchObject({ iso: true, forms: ['iso'], order: 'ymd' })
  })

  test.each([
    '2024-1-2',
    ' 2024-01-02',
    '2024-02-30',
    '2024-01-02 24:00:00',
    '0024-01-02',
    '-024-01-02',
    'x',
  ])('anything else is for others: %s', async (text) => {
    await expect(strict(text)).rejects.toThrow('not ISO')
    expect(alone(text).iso).toBe(false)
  })

  test('one character changed: read alike, and never as another day', async () => {
    const characters = [...' !"\'()+,-./0123456789:;TZ_az~\t\n\u000b\u00a0\u202f０年']
    const bases = ['2024-01-02', '2024/01/02', '2024-01-02 10:20:30', '2024-01-02T10:20:30']
    const changed = bases.flatMap((base) =>
      [...base].flatMap((_, at) =>
        characters.map((character) => base.slice(0, at) + character + base.slice(at + 1)),
      ),
    )
    const style = dateStyle(seenIn(bases))
    expect(style.forms).toEqual(['iso'])
    await bothWays(changed, style)
    await bothWays(changed, withStragglers(style))
  })
})

describe('the order of a column', () => {
  const style = (...values: string[]) => dateStyle(seenIn(values))
  const seen = (value: string, line: number, count = 1): Seen => ({ value, count, line })

  test('a value that only one order reads decides', () => {
    expect(style('2024-01-02', '20240103', '')).toMatchObject({ order: 'ymd', share: 1 })
    expect(style('01/02/2024', '13/02/2024')).toMatchObject({
      order: 'dmy',
      proof: seen('13/02/2024', 2),
      share: 1,
    })
    expect(style('01/02/2024', '02/13/2024')).toMatchObject({ order: 'mdy', proof: seen('02/13/2024', 2) })
    expect(style('10/11/12', '99-01-05')).toMatchObject({ order: 'ymd', proof: seen('99-01-05', 2) })
    expect(style('10/11/12', '08/14/25')).toMatchObject({ order: 'mdy', proof: seen('08/14/25', 2) })
  })

  test('the proof is the first by line, wherever the values stand in the list', () => {
    const values = [seen('14/02/2024', 900, 50), seen('13/02/2024', 7), seen('01/02/2024', 2)]
    expect(dateStyle(values)).toMatchObject({ order: 'dmy', proof: seen('13/02/2024', 7) })
  })

  test('nothing is guessed when all values read both ways', () => {
    expect(style('01/02/2024', '03/04/2024')).toMatchObject({
      order: undefined,
      share: 1,
      forms: [],
      ambiguous: seen('01/02/2024', 1),
    })
    expect(style('10/11/12').order).toBeUndefined()
    expect(style('24-01-05', '31-12-24')).toMatchObject({ order: undefined, ambiguous: seen('24-01-05', 1) })
  })

  describe('years of two digits', () => {
    const parts = { dmy: [2, 1, 0], mdy: [1, 2, 0], ymd: [0, 1, 2] } as const
    const written = (days: readonly number[], order: DateOrder) =>
      days.map((day) => {
        const [year = '', month = '', date = ''] = formatDay(day).split('-')
        const own = [year.slice(2), month, date]
        return parts[order].map((part) => own[part]).join('.')
      })
    const from = (iso: string) => parseDay(iso) as number

    test.each(['dmy', 'ymd'] as const)('days that fill months tell %s, years that are few', (order) => {
      const random = mulberry32(3)
      for (const [first, span, count] of [
        [from('2023-05-01'), 31, 31],
        [from('2022-01-01'), 900, 60],
        [from('2018-03-01'), 2000, 400],
        [from('2001-02-01'), 500, 200],
      ] as const) {
        const days = Array.from(
          { length: count },
          (_, i) => first + (i < 31 ? i : Math.floor(span * random())),
        )
        const found = style(...written(days, order))
        expect(found).toMatchObject({ order, share: 1 })
        expect(found.proof === undefined).toBe(found.bySpread === true)
      }
    })

    test('few of them tell nothing', () => {
      const days = (count: number, step: number) =>
        Array.from({ length: count }, (_, i) => from('2023-05-01') + step * i)
      expect(style(...written(days(6, 5), 'dmy')).order).toBeUndefined()
      // The middle of months only, as years would be.
      expect(style(...written(days(12, 1), 'dmy')).order).toBeUndefined()
    })

    test('years alone, on their first day, are no days of one year', () => {
      const years = Array.from({ length: 30 }, (_, i) => `01.01.${String(i + 1).padStart(2, '0')}`)
      expect(style(...years).order).toBeUndefined()
    })

    test('once a month on one day for many years tells nothing', () => {
      const months = Array.from({ length: 180 }, (_, i) => {
        const two = (value: number) => String(value).padStart(2, '0')
        return `15.${two((i % 12) + 1)}.${two(10 + Math.floor(i / 12))}`
      })
      expect(style(...months).order).toBeUndefined()
    })
  })

  test('the order by line is a hint', () => {
    expect(style('01/02/2024', '02/02/2024', '03/02/2024', '01/03/2024').sorted).toBe('dmy')
    expect(style('12/03/2024', '11/05/2024', '11/04/2024', '10/09/2024').sorted).toBe('mdy')
    expect(style('01/02/2024', '13/02/2024').sorted).toBeUndefined()
  })

  test('two values that prove different orders are told, and the fewer stay out', () => {
    const mixed = style('13/01/2024', '14/01/2024', '01/15/2024')
    expect(mixed).toMatchObject({
      order: 'dmy',
      contradiction: [seen('13/01/2024', 1), seen('01/15/2024', 3)],
      unread: [seen('01/15/2024', 3)],
    })
    expect(mixed.share).toBeCloseTo(2 / 3)
    expect(style('13/01/2024', '01/15/2024')).toMatchObject({ order: undefined })
    expect(style('13/01/2024', '01/02/2024').contradiction).toBeUndefined()
  })

  test('the user decides', () => {
    const values = seenIn(['01/02/2024', '13/02/2024'])
    expect(dateStyle(values, 'mdy')).toMatchObject({ order: 'mdy', share: 0.5, forms: ['month-first /'] })
  })

  test('weights count', () => {
    const values = [seen('2024-01-02', 2, 98), seen('n/a', 3, 2), seen('', 4, 900)]
    expect(dateStyle(values)).toMatchObject({ share: 0.98, unread: [seen('n/a', 3, 2)] })
  })

  test('numbers are dates only as a column', () => {
    expect(style('45383', '45384')).toMatchObject({ share: 1, forms: ['serial'], counted: true })
    expect(style('2024-01-02', '2024-01-03', '45383')).toMatchObject({ forms: ['iso'], counted: false })
    expect(isDate('45383')).toBe(false)
    expect(isDate('13/01/24')).toBe(true)
  })

  test('words are no dates', () => {
    expect(style('apple', 'pear').share).toBe(0)
    expect(style()).toMatchObject({ share: 0, order: 'ymd', iso: false })
    expect(NO_DAY).toBeLessThan(0)
  })
})

describe('dates written in every form', () => {
  const monthNames =
    'January February March April May June July August September October November December'.split(' ')
  const two = (part: number) => String(part).padStart(2, '0')

  interface Written {
    readonly y: number
    readonly m: number
    readonly d: number
  }
  type Writer = (date: Written) => string
  const short = ({ m }: Written) => (monthNames[m - 1] as string).slice(0, 3)

  const writers: readonly [DateOrder | undefined, Writer][] = [
    ...['-', '/', '.'].flatMap((s): [DateOrder | undefined, Writer][] => [
      [undefined, ({ y, m, d }) => [y, two(m), two(d)].join(s)],
      [undefined, ({ y, m, d }) => [y, m, d].join(s)],
      ['dmy', ({ y, m, d }) => [two(d), two(m), y].join(s)],
      ['mdy', ({ y, m, d }) => [m, d, y].join(s)],
      ['dmy', ({ y, m, d }) => [d, m, two(y % 100)].join(s)],
      ['mdy', ({ y, m, d }) => [two(m), two(d), two(y % 100)].join(s)],
      ['ymd', ({ y, m, d }) => [two(y % 100), two(m), two(d)].join(s)],
    ]),
    [undefined, ({ y, m, d }) => `${y}${two(m)}${two(d)}`],
    [undefined, ({ y, m, d }) => `${y}年${m}月${d}日`],
    [undefined, (date) => `${monthNames[date.m - 1]} ${date.d}, ${date.y}`],
    [undefined, (date) => `${short(date)} ${date.d} ${date.y}`],
    [undefined, (date) => `${date.d} ${short(date).toUpperCase()} ${date.y}`],
    [undefined, (date) => `${two(date.d)}-${short(date)}-${two(date.y % 100)}`],
    [undefined, (date) => `Sat, ${two(date.d)} ${short(date)} ${date.y}`],
    [undefined, (date) => `${short(date)}-${two(date.d)}-${two(date.y % 100)}`],
    [undefined, (date) => `${date.y}-${short(date)}-${two(date.d)}`],
  ]
  const times = [
    '',
    '',
    ' 09:05',
    ' 9:05:06 PM',
    'T23:59:59.999Z',
    ' 00:00:01 +0800',
    ', 11:30 a.m.',
    ' 23:59:59 UTC',
  ]

  test('are read as the day they were written from, damaged ones alike', async () => {
    const luck = chance(20240229)
    const columns = writers.flatMap(([order, write]) =>
      [luck.pick(times), luck.pick(times)].map((time) => {
        const days = Array.from({ length: 12 }, () => luck.whole(40 * 365, 69 * 365))
        const texts = days.map((day) => {
          const at = new Date(day * 86_400_000)
          return write({ y: at.getUTCFullYear(), m: at.getUTCMonth() + 1, d: at.getUTCDate() }) + time
        })
        const style = dateStyle(seenIn(texts), order)
        const bad = texts.map((text) => damaged(text, luck))
        return { style, texts, bad, truth: days.map(formatDay), late: withStragglers(style) }
      }),
    )
    const read = await columnsThroughSql(
      columns.flatMap(({ style, texts, bad, late }) => [
        { values: [...texts, ...bad], expression: (text) => daySql(text, style) },
        { values: bad, expression: (text) => daySql(text, late) },
      ]),
    )
    for (const [i, { style, texts, bad, truth, late }] of columns.entries()) {
      const all = [...texts, ...bad]
      expect(style.share, texts[0]).toBe(1)
      expect(read[2 * i]?.slice(0, texts.length)).toEqual(truth)
      expect(all.map((text) => [text, asText(readDay(text, style))])).toEqual(
        all.map((text, j) => [text, read[2 * i]?.[j]]),
      )
      expect(bad.map((text) => [text, asText(readDay(text, late))])).toEqual(
        bad.map((text, j) => [text, read[2 * i + 1]?.[j]]),
      )
    }
  })
})
