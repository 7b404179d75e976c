import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Column } from '../../src/core/report.ts'
import { column, report, sheet, textOf, texts } from './builders.ts'

const mixed = sheet(
  [
    column(
      'name',
      'text',
      ['王小明', '👩‍👩‍👧 family', 'Zoë', null, '🫠🫨 new emoji', '한국어 ﾊﾝｶｸ', '❤️ 1️⃣'],
      '姓名',
    ),
    column('city', 'text', { codes: Uint8Array.of(0, 1, 0, 1, 0, 1, 0), words: ['上海', 'Köln'] }, '城市'),
    column(
      'spent',
      'money',
      { units: Float64Array.of(1, 22, 333, 4444444, Number.NaN, 0, -5), scale: 2 },
      '消费金额',
    ),
  ],
  7,
)

const bodyOf = (text: string) => text.split('\n').slice(2, -1)

describe('table', () => {
  it.each(['en', 'zh'] as const)(
    'gives every line of a Chinese table the same display width (%s)',
    async (language) => {
      const lines = bodyOf(await textOf('table', report(mixed), { language }))
      expect(lines).toHaveLength(2 + 7)
      expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1)
    },
  )

  it('has a rule under the header only, and numbers to the right', async () => {
    const lines = bodyOf(await textOf('table', report(texts('a', 'bc')), {}))
    expect(lines).toEqual(['id  n', '──  ─', 'a   0', 'bc  1'])
  })

  it('leaves out whole columns from the right', async () => {
    const columns = Array.from({ length: 14 }, (_, i) => column(`column${i}`, 'count', Int32Array.of(i)))
    const text = await textOf('table', report(sheet(columns, 1)), { width: 20 })
    expect(bodyOf(text)[0]).toBe('column0  column1')
    expect(text).toContain('\n… 12 more columns\n')
    expect(await textOf('table', report(sheet(columns, 1)), { width: 5, language: 'zh' })).toContain(
      '… 还有 13 列',
    )
    expect(bodyOf(await textOf('table', report(sheet(columns.slice(0, 2), 1)), { width: 16 }))[0]).toBe(
      'column0  column1',
    )
  })

  describe('sentences', () => {
    const told = (...sentences: string[]) =>
      sheet(
        [
          column(
            'group',
            'count',
            Int32Array.from(sentences, (_, i) => i + 1),
          ),
          { ...column('what', 'text', sentences), prose: true } as Column,
          column(
            'size',
            'count',
            Int32Array.from(sentences, () => 7),
          ),
        ],
        sentences.length,
      )

    it('stand whole below their rows, broken between words', async () => {
      const long = 'twelve customers buy often, and spend much more than all the others do'
      const lines = bodyOf(await textOf('table', report(told(long, 'short')), { width: 30 }))
      expect(lines).toEqual([
        'group  size',
        '─────  ────',
        '    1     7',
        '  twelve customers buy often,',
        '  and spend much more than all',
        '  the others do',
        '    2     7',
        '  short',
      ])
    })

    it('are broken between Chinese letters, never before a closing mark, and lose nothing', async () => {
      const long =
        '295 位客户（25.4 %），占消费的 85.3 %：消费高（996，总体 85.73），购买频繁（7 次，总体 1 次）。'
      for (let width = 14; width < 90; width++) {
        const lines = bodyOf(await textOf('table', report(told(long)), { width })).slice(3)
        expect(lines.join('').replaceAll(' ', '')).toBe(long.replaceAll(' ', ''))
        for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width)
        for (const line of lines) expect(line.trim(), String(width)).not.toMatch(/^[，。）：]./)
      }
    })

    it('of one word wider than the screen are broken inside it', async () => {
      const lines = bodyOf(await textOf('table', report(told('x'.repeat(25))), { width: 12 }))
      expect(lines.slice(3)).toEqual([`  ${'x'.repeat(10)}`, `  ${'x'.repeat(10)}`, `  ${'x'.repeat(5)}`])
    })

    it('are cells where there is nothing else, and in every other format', async () => {
      const alone = sheet([{ ...column('what', 'text', ['a b']), prose: true } as Column], 1)
      expect(bodyOf(await textOf('table', report(alone)))).toEqual(['what', '────', 'a b '])
      expect(await textOf('csv', report(told('a b')))).toBe('group,what,size\n1,a b,7\n')
      expect(await textOf('markdown', report(told('a b')))).toContain('| 1 | a b | 7 |')
    })
  })

  it('cuts long cells by display width', async () => {
    const [, , ascii, chinese] = bodyOf(await textOf('table', report(texts('x'.repeat(41), '字'.repeat(30)))))
    expect(ascii).toBe(`${'x'.repeat(39)}…  0`)
    expect(chinese).toBe(`${'字'.repeat(19)}…   1`)
  })

  it('shows control characters instead of obeying them', async () => {
    const text = await textOf('table', report(texts('a\u001b[31mb\tc\nd\u202ee\u009b2J')))
    expect(text).toContain('a␛[31mb␉c␊d\uFFFDe\uFFFD2J')
  })

  it('shows the first rows and says how many there are more', async () => {
    const many = texts(...Array.from({ length: 1000 }, (_, i) => `C${i}`))
    const text = await textOf('table', report(many), { documentRows: 25 })
    expect(bodyOf(text)).toHaveLength(2 + 25 + 1)
    expect(text).toContain('… 975 more rows (--limit all, or -o file.csv for everything)')
  })

  it('draws a long table as one', async () => {
    const many = texts(...Array.from({ length: 350 }, (_, i) => `C${i}`))
    const lines = bodyOf(await textOf('table', report(many)))
    expect(lines).toHaveLength(2 + 350)
    expect(lines.at(-1)).toBe('C349  349')
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  })

  it('says that there are no rows', async () => {
    expect(await textOf('table', report(texts()))).toBe('The answer\n\nid  n\n──  ─\n(no rows)\n')
  })

  it('colours only where it is told to', async () => {
    const plain = await textOf('table', report(mixed, texts('a')))
    const colored = await textOf('table', report(mixed, texts('a')), { color: 3 })
    expect(plain).not.toContain('\u001b')
    expect(colored).toContain('\u001b[1m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken out
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain)
  })
})
