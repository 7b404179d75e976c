import { describe, expect, it } from 'vitest'
import { column, report, sheet, textOf, texts } from './builders.ts'

/** Scores 1 to 3, one combination missing. */
const cells = [
  [1, 1, 10],
  [3, 2, 0],
  [2, 1, 5],
  [3, 1, 20],
  [1, 2, 7],
] as const
const scores = (i: 0 | 1) => Uint8Array.from(cells, (cell) => cell[i])
const gridSheet = sheet(
  [
    column('r', 'score', scores(0)),
    column('f', 'score', scores(1)),
    column(
      'customers',
      'count',
      Int32Array.from(cells, (cell) => cell[2]),
    ),
  ],
  cells.length,
  { grid: { down: 'r', across: 'f', value: 'customers' } },
)

describe('a grid', () => {
  it('is a pivot for people: down descends, across ascends', async () => {
    const text = await textOf('table', report(gridSheet))
    expect(text.split('\n').slice(2)).toEqual([
      'r / f   1  2',
      '─────  ──  ─',
      '    3  20  0',
      '    2   5   ',
      '    1  10  7',
      '',
    ])
  })

  it('keeps the order of its words where it is told to, and has bars', async () => {
    const words = sheet(
      [
        column('what', 'text', ['spend', 'age', 'spend', 'age']),
        column('group', 'count', Int32Array.of(1, 1, 2, 2)),
        column('apart', 'number', Float64Array.of(5, -0.4, -1, Number.NaN)),
      ],
      4,
      { grid: { down: 'what', across: 'group', value: 'apart', asTheyCome: true, bars: 2 } },
    )
    const lines = (await textOf('table', report(words))).split('\n').slice(2)
    expect(lines.map((line) => line.trimEnd())).toEqual([
      'what / group     1         2',
      '────────────  ──────────  ────────',
      'spend            5 █████  -1 ░░░',
      'age           -0.4 ░',
      '',
    ])
    expect(await textOf('markdown', report(words))).toContain('| age | -0.4 |  |')
    // What is below zero is no paler shade of what is above it.
    const html = await textOf('html', report(words))
    expect(html).toContain('<td class="n" style="background:#08519c;color:#ffffff">5</td>')
    expect(html).toContain('<td class="n" style="background:#edd7cd;color:#111111">-1</td>')
  })

  it('is plain rows for machines', async () => {
    expect(await textOf('csv', report(gridSheet))).toBe(
      'r,f,customers\n1,1,10\n3,2,0\n2,1,5\n3,1,20\n1,2,7\n',
    )
  })

  it('is plain rows where two rows claim one cell or a column is missing', async () => {
    const twice = { ...gridSheet, rows: Uint32Array.of(0, 0) }
    const cut = { ...gridSheet, columns: gridSheet.columns.slice(1) }
    expect(await textOf('markdown', report(twice))).toContain('| r | f | customers |')
    expect(await textOf('markdown', report(cut))).toContain('| f | customers |')
  })

  it('is coloured by value in html and, with colours, in the terminal', async () => {
    const html = await textOf('html', report(gridSheet))
    expect(html).toContain('<td class="n" style="background:#08519c;color:#ffffff">20</td>')
    expect(html).toContain('<td class="n" style="background:#ffffff;color:#111111">0</td>')
    expect(html).toContain('<td class="n"></td>')
    expect(await textOf('table', report(gridSheet), { color: 3 })).toContain('\u001b[48;2;8;81;156m')
  })
})

describe('markdown', () => {
  it('is a heading and a table for every sheet', async () => {
    expect(await textOf('markdown', report(texts('a'), texts()))).toBe(
      [
        '# A report\n\n## The answer\n\n| id | n |\n| --- | ---: |\n| a | 0 |\n',
        '## The answer\n\n| id | n |\n| --- | ---: |\n\n(no rows)\n',
      ].join('\n'),
    )
  })

  it('escapes what would be markup', async () => {
    const text = await textOf(
      'markdown',
      report(texts('a|b', 'two\nlines', '<b>', '*x* _y_ C_1', 'back\\slash', '&lt;')),
    )
    const [, ...lines] = text.split('---: |\n')[1]?.split('\n') ?? []
    expect(text).toContain('| a\\|b | 0 |\n')
    expect(lines.slice(0, 5)).toEqual([
      '| two<br>lines | 1 |',
      '| \\<b\\> | 2 |',
      '| \\*x\\* \\_y\\_ C_1 | 3 |',
      '| back\\\\slash | 4 |',
      '| \\&lt; | 5 |',
    ])
  })

  it('says how many rows it leaves out', async () => {
    const text = await textOf('markdown', report(texts('a', 'b', 'c')), { documentRows: 2, language: 'zh' })
    expect(text).toContain('## answer表')
    expect(text).toContain('| b | 1 |\n\n… 还有 1 行')
  })
})

describe('html', () => {
  it('is one self-contained page', async () => {
    const text = await textOf('html', report(texts('a'), texts()), { language: 'zh' })
    expect(text).toMatch(/^<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">/)
    expect(text).not.toMatch(/<script|src=|href=|url\(/)
    for (const tag of ['table', 'thead', 'tbody', 'tr', 'th', 'td', 'section', 'div']) {
      expect(text.split(`<${tag}`).length - (tag === 'th' ? 2 : 0)).toBe(text.split(`</${tag}>`).length)
    }
    expect(text).toContain('（没有行）')
  })

  it('escapes everything', async () => {
    const text = await textOf('html', report(texts('<script>alert("x")</script>', "a & 'b'\nc\u0000")))
    expect(text).toContain('<td>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</td>')
    expect(text).toContain('<td>a &amp; &#39;b&#39;\nc␀</td>')
  })

  it('says how many rows it leaves out', async () => {
    const text = await textOf('html', report(texts('a', 'b', 'c')), { documentRows: 2 })
    expect(text).toContain('… 1 more row (--limit all')
    expect(text).not.toContain('<td>c</td>')
  })
})
