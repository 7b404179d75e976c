/** Charts: where things stand, in letters and as SVG. */
import { describe, expect, it } from 'vitest'
import type { Chart } from '../../src/core/report.ts'
import { plotOf } from '../../src/render/plot.ts'
import { column, report, sheet, textOf, texts } from './builders.ts'

const DAY = 19_723 // 2024-01-01

const line: Chart = { title: { en: 'Orders', zh: '订单' }, across: 'end', up: ['actual', 'expected'] }

const weekly = (charts: readonly Chart[] = [line], drawn?: true) =>
  sheet(
    [
      column(
        'end',
        'day',
        Int32Array.from({ length: 60 }, (_, i) => DAY + 7 * i),
      ),
      column(
        'actual',
        'number',
        Float64Array.from({ length: 60 }, (_, i) => (i === 7 ? Number.NaN : 2 * i)),
      ),
      column(
        'expected',
        'number',
        Float64Array.from({ length: 60 }, (_, i) => 100 - i),
      ),
    ],
    60,
    { name: 'weeks', charts, ...(drawn ? { drawn } : {}) },
  )

const truth: Chart = {
  title: { en: 'True?', zh: '准确吗' },
  across: 'said',
  up: ['was'],
  where: { column: 'chosen', is: 'yes' },
  diagonal: true,
}

const tenths = () =>
  sheet(
    [
      column('said', 'share', Float64Array.of(0.1, 0.5, 0.9, 0.2)),
      column('was', 'share', Float64Array.of(0.1, 0.5, 0.9, 0.8)),
      column('chosen', 'text', ['yes', 'yes', 'yes', null]),
    ],
    4,
    { charts: [truth] },
  )

describe('a plot', () => {
  it('puts every point between 0 and 1, marks at whole steps, and leaves out points without a value', () => {
    const plot = plotOf(weekly(), line, 'en')
    expect(plot?.up.map(({ label }) => label)).toEqual(['0', '20', '40', '60', '80', '100', '120'])
    expect(plot?.across.map(({ label }) => label)).toEqual([
      '2024-01',
      '2024-04',
      '2024-07',
      '2024-10',
      '2025-01',
    ])
    expect(plot?.series.map(({ name, points }) => [name, points.length])).toEqual([
      ['actual', 59],
      ['expected', 60],
    ])
    const [first, last] = [plot?.series[0]?.points[0], plot?.series[0]?.points.at(-1)]
    expect(first).toEqual([0, 0])
    expect(last?.[0]).toBe(1)
    expect(last?.[1]).toBeCloseTo(118 / 120, 12)
  })

  it('draws only the rows that it is told to, beside the line of equality', () => {
    const plot = plotOf(tenths(), truth, 'zh')
    expect(plot?.title).toBe('准确吗')
    expect(plot?.series[0]?.points).toEqual(
      plot?.diagonal &&
        [
          [0.1, 0.1],
          [0.5, 0.5],
          [0.9, 0.9],
        ].map(([a, b]) => [expect.closeTo(a as number, 12), expect.closeTo(b as number, 12)]),
    )
    expect(plot?.diagonal?.points).toEqual([
      [0, 0],
      [1, 1],
    ])
    expect(plot?.across.map(({ label }) => label)).toEqual(['0%', '20%', '40%', '60%', '80%', '100%'])
  })

  it('is none where a column was left out or fewer than two rows can be drawn', () => {
    expect(plotOf(weekly(), { ...line, up: ['missing'] }, 'en')).toBeUndefined()
    expect(plotOf(tenths(), { ...truth, where: { column: 'chosen', is: 'no' } }, 'en')).toBeUndefined()
  })

  it('lets a line begin late, leaves out one without a value, and has edges of a band', () => {
    const none = Number.NaN
    const ahead = sheet(
      [
        column('x', 'number', Float64Array.of(0, 1, 2, 3)),
        column('past', 'number', Float64Array.of(5, 6, none, none)),
        column('next', 'number', Float64Array.of(none, none, 7, 8)),
        column('never', 'number', Float64Array.of(none, none, none, none)),
        column('low', 'number', Float64Array.of(none, none, 6, 5)),
        column('high', 'number', Float64Array.of(none, none, 8, 10)),
      ],
      4,
    )
    const band = { low: 'low', high: 'high', title: { en: 'Between', zh: '区间' } }
    const chart: Chart = { title: { en: 'Ahead', zh: '预测' }, across: 'x', up: ['past', 'next'], band }
    const plot = plotOf(ahead, chart, 'zh')
    expect(plot?.series.map(({ points }) => points.map(([at]) => at))).toEqual([
      [0, expect.closeTo(1 / 3)],
      [expect.closeTo(2 / 3), 1],
    ])
    expect(plot?.band).toEqual({
      name: '区间',
      low: [
        [expect.closeTo(2 / 3), 0.6],
        [1, 0.5],
      ],
      high: [
        [expect.closeTo(2 / 3), 0.8],
        [1, 1],
      ],
    })
    expect(plotOf(ahead, { ...chart, up: ['past', 'never'] }, 'en')?.series).toHaveLength(1)
    expect(plotOf(ahead, { ...chart, up: ['never', 'past'] }, 'en')).toBeUndefined()
  })

  it('of equal values still has an axis', () => {
    const flat = sheet(
      [column('x', 'number', Float64Array.of(5, 5)), column('y', 'number', Float64Array.of(0, 0))],
      2,
    )
    const plot = plotOf(flat, { title: { en: 'Flat', zh: '平' }, across: 'x', up: ['y'] }, 'en')
    expect(plot?.series[0]?.points.flat().every((at) => at >= 0 && at <= 1)).toBe(true)
  })
})

describe('in letters', () => {
  it('keeps to the width, without a control character', async () => {
    for (const width of [50, 80, 200]) {
      const text = await textOf('table', report(weekly([line], true)), { width })
      expect(Math.max(...text.split('\n').map((each) => each.length))).toBeLessThanOrEqual(
        Math.min(width, 100),
      )
      expect(text).not.toContain('\u001b')
      expect(text).toContain('o actual   . expected   → end')
    }
  })

  it('puts marks where they belong: a line that rises from the lower left to the upper right', async () => {
    const lines = (await textOf('table', report(tenths()))).split('\n')
    const chart = lines.slice(2, 14).map((each) => each.slice(6))
    const places = chart.flatMap((each, row) =>
      [...each].flatMap((letter, at) => (letter === 'o' ? [[row, at]] : [])),
    )
    expect(places).toHaveLength(3)
    const [rows, columns] = [places.map(([row]) => row as number), places.map(([, at]) => at as number)]
    expect(rows).toEqual([...rows].sort((a, b) => a - b))
    expect(columns).toEqual([...columns].sort((a, b) => b - a))
    expect((columns[0] as number) - (columns[2] as number)).toBeCloseTo(0.8 * (80 - 4 - 3), -1)
  })

  it('stands above the table, and alone where only the picture is wanted', async () => {
    const [both, alone] = [
      await textOf('table', report(weekly())),
      await textOf('table', report(weekly([line], true))),
    ]
    expect(both).toContain('The weeks')
    expect(alone).not.toContain('The weeks')
    expect(both.startsWith(alone.trimEnd())).toBe(true)
  })

  it('shows the edges of a band, and says what they are', async () => {
    const band = { low: 'actual', high: 'expected', title: { en: 'Between', zh: '区间' } }
    const text = await textOf('table', report(weekly([{ ...line, up: ['actual'], band }], true)))
    expect(text).toContain('o actual   : Between   → end')
    expect(text).toMatch(/┤[^\n]*:::/)
  })

  it('is a block of text in markdown', async () => {
    const text = await textOf('markdown', report(weekly([line], true), texts('a')))
    expect(text).toMatch(/^# A report\n\n## Orders\n\n```text\n[^`]+```\n\n## The answer\n/)
  })
})

describe('as SVG', () => {
  it('is in the page, readable without a script, with text made harmless', async () => {
    const evil: Chart = { ...line, title: { en: '<script>alert("x")</script>', zh: '订单' } }
    const page = await textOf('html', report(weekly([evil], true)))
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
    expect(page).toMatch(/<svg viewBox="0 0 720 300"[^>]+role="img" aria-label="[^"]+"/)
    expect(page.match(/<path d="M/g)).toHaveLength(2)
    expect(page).not.toContain('NaN')
    expect(page).not.toContain('<table>')
  })

  it('fills a band', async () => {
    const band = { low: 'actual', high: 'expected', title: { en: 'Between & more', zh: '区间' } }
    const page = await textOf('html', report(weekly([{ ...line, band }], true)))
    expect(page).toMatch(/<path d="M[^"]+Z" fill="#d95f0e" fill-opacity=".15"\/>/)
    expect(page).toContain('>Between &amp; more</text>')
    expect(page).toContain('aria-label="Orders: actual, expected, Between &amp; more"')
  })

  it('is the same every time', async () => {
    expect(await textOf('html', report(tenths()))).toBe(await textOf('html', report(tenths())))
  })
})

describe('groups', () => {
  const axes: Chart = {
    title: { en: 'Map', zh: '分布' },
    across: 'x',
    up: ['y'],
    group: 'cluster',
    scatter: true,
  }
  const map = (of = 12) =>
    sheet(
      [
        column(
          'x',
          'number',
          Float64Array.from({ length: 3 * of }, (_, i) => i % of),
        ),
        column(
          'y',
          'number',
          Float64Array.from({ length: 3 * of }, (_, i) => i / of - 1),
        ),
        column(
          'cluster',
          'count',
          Int32Array.from({ length: 3 * of }, (_, i) => of - (i % of)),
        ),
      ],
      3 * of,
      { charts: [axes], drawn: true },
    )
  const lines: Chart = {
    title: { en: 'Profile', zh: '画像' },
    across: 'feature',
    up: ['apart'],
    group: 'cluster',
  }
  const profile = () =>
    sheet(
      [
        column('feature', 'text', ['spend', 'age', 'spend', 'age']),
        column('apart', 'number', Float64Array.of(1, -1, -0.5, 0.5)),
        column('cluster', 'text', ['a', 'a', '<b>', '<b>']),
      ],
      4,
      { charts: [lines], drawn: true },
    )

  it('are series in the order of their values, each with its points', () => {
    const plot = plotOf(map(), axes, 'en')
    expect(plot?.groups).toBe('cluster')
    expect(plot?.series.map(({ name }) => name)).toEqual(Array.from({ length: 12 }, (_, i) => String(i + 1)))
    expect(plot?.series.every(({ points }) => points.length === 3)).toBe(true)
  })

  it('over words stand where these come first', () => {
    const plot = plotOf(profile(), lines, 'en')
    expect(plot?.across).toEqual([
      { at: 0, label: 'spend' },
      { at: 1, label: 'age' },
    ])
    expect(plot?.series.map(({ points }) => points.map(([at]) => at))).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  it('are letters in the terminal; crossing lines are left out', async () => {
    const text = await textOf('table', report(map()))
    expect(text).toContain('cluster 1 2 3 4 5 6 7 8 9 a=10 b=11 c=12   → x')
    expect(text.match(/(?<=[│┤].*)c/g)).toHaveLength(3)
    expect(await textOf('table', report(profile()))).not.toContain('Profile')
  })

  it('are apart in colour and in form on a page, with a legend, harmless', async () => {
    const page = await textOf('html', report(map()))
    const looks = [...page.matchAll(/<path d="M[\d.]+ [\d.]+([a-z])[^"]*" fill="(#\w+)" fill-opacity/g)]
    expect(new Set(looks.map(([, form, color]) => `${form} ${color}`)).size).toBeGreaterThanOrEqual(10)
    expect(looks).toHaveLength(12)
    expect(page.match(/>cluster \d+<\/text>/g)).toHaveLength(12)
    expect(page).not.toContain('NaN')
    const drawn = await textOf('html', report(profile()))
    expect(drawn.match(/fill="none" stroke="#/g)).toHaveLength(2)
    expect(drawn).toContain('cluster &lt;b&gt;')
  })
})
