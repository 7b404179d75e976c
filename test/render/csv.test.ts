import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { SlicedText, Texts } from '../../src/core/texts.ts'
import { chance } from '../fields/chance.ts'
import { bytesOf, chunksOf, column, report, sheet, textOf, texts } from './builders.ts'

const awkward = [
  'plain',
  'comma, here',
  'say "hi"',
  'two\nlines',
  'carriage\r\nreturn',
  ' led by a space',
  'trailed ',
  '王小明，上海',
  '👩‍👩‍👧 family',
  '00123',
  '6217000010001234567',
  'tab\there',
  '\uFEFFmark',
  '',
  null,
]

describe.each([
  ['csv', ','],
  ['tsv', '\t'],
] as const)('%s', (format, delimiter) => {
  it('brings every text back through a reader', async () => {
    const { data } = Papa.parse<string[]>(await textOf(format, report(texts(...awkward))), {
      delimiter,
      skipEmptyLines: true,
    })
    expect(data[0]).toEqual(['id', 'n'])
    expect(data.slice(1).map(([id]) => id)).toEqual(awkward.map((text) => text ?? ''))
  })

  it('writes coded text as it writes plain text', async () => {
    const words = awkward
    const coded = sheet(
      [column('id', 'text', { codes: Uint8Array.from(words, (_, i) => i), words })],
      words.length,
    )
    const plain = sheet([column('id', 'text', words)], words.length)
    expect(await textOf(format, report(coded))).toBe(await textOf(format, report(plain)))
  })

  it('is a header alone for a sheet without rows', async () => {
    expect(await textOf(format, report(texts()))).toBe(`id${delimiter}n\n`)
  })
})

describe('csv', () => {
  it('quotes only where a reader needs it', async () => {
    expect(await textOf('csv', report(texts('a b', 'a,b', "it's")))).toBe(`id,n\na b,0\n"a,b",1\nit's,2\n`)
  })

  it('writes the first sheet, and of it the chosen rows in their order', async () => {
    const first = { ...texts('a', 'b', 'c'), rows: Uint32Array.of(2, 0) }
    expect(await textOf('csv', report(first, texts('z')))).toBe('id,n\nc,2\na,0\n')
  })

  it('never loses an empty value that is alone in its line', async () => {
    const lone = sheet([column('id', 'text', ['a', '', null])], 3)
    expect(await textOf('csv', report(lone))).toBe('id\na\n""\n""\n')
  })

  it('begins with a byte order mark where one is asked for', async () => {
    expect((await bytesOf('csv', report(texts('a')), { bom: true })).subarray(0, 3)).toEqual(
      Buffer.from('EFBBBF', 'hex'),
    )
  })

  it('replaces half characters, which UTF-8 cannot hold', async () => {
    expect(await textOf('csv', report(texts('a\uD800b')))).toBe('id,n\na\uFFFDb,0\n')
  })

  it.each([
    ['0123', '="0123"'],
    ['123456789012', '="123456789012"'],
    ['1E5', '="1E5"'],
    ['12345678901', '12345678901'],
    ['0', '0'],
    ['=1+1', "'=1+1"],
    ['-3', "'-3"],
    ['+86 138', "'+86 138"],
    ['@me', "'@me"],
    ['\tx', "'\tx"],
    ['\rx', "'\rx"],
    ['＝cmd', "'＝cmd"],
    ['2024-01', '="2024-01"'],
    ['10-1-10', '="10-1-10"'],
    ['10:30', '="10:30"'],
    ['1-2-3-4', '1-2-3-4'],
    ['王', '王'],
    ['', ''],
  ])('is safe for Excel: %j is %j', async (text, safe) => {
    const written = await textOf('csv', report(texts(text)), { excelSafe: true })
    expect(Papa.parse<string[]>(written).data[1]).toEqual([safe, '0'])
  })

  it('leaves numbers alone under excelSafe', async () => {
    const numbers = sheet(
      [
        column('m', 'money', { units: Float64Array.of(-5), scale: 2 }),
        column('n', 'number', Float64Array.of(-1)),
      ],
      1,
    )
    expect(await textOf('csv', report(numbers), { excelSafe: true })).toBe('m,n\n-0.05,-1\n')
  })

  it('streams 200,000 rows in chunks that join to the plain answer', async () => {
    const length = 200_000
    const ids = Array.from({ length }, (_, i) => (i % 1000 === 0 ? `客户 "${i}"` : `C${i}`))
    const units = Float64Array.from({ length }, (_, i) => i * 7 - 500)
    const large = sheet([column('id', 'text', ids), column('spent', 'money', { units, scale: 2 })], length)
    const chunks = await chunksOf('csv', report(large))
    expect(chunks.length).toBeGreaterThan(10)
    for (const chunk of chunks.slice(0, -1)) expect(Math.abs(chunk.length - 262_144)).toBeLessThan(4096)
    const amount = (n: number) =>
      `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`
    const lines = ids.map(
      (id, i) => `${id.includes('"') ? `"${id.replaceAll('"', '""')}"` : id},${amount(units[i] as number)}\n`,
    )
    const joined = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as Uint8Array))).toString()
    expect(joined === `id,spent\n${lines.join('')}`).toBe(true)
  })

  it('makes room for a row longer than a chunk', async () => {
    const long = '长'.repeat(200_000)
    expect(await textOf('csv', report(texts(long, 'b')))).toBe(`id,n\n${long},0\nb,1\n`)
  })
})

describe('rows of a file, written as they stand in it but for some cells', () => {
  const WORDS = ['', 'a', 'b c', '张三', '=1+1', '-5', 'x'.repeat(60), 'é']
  const INSTEAD = ['new', '', 'a,b', ' edged', '"q"']

  /** The same texts twice: as they stand in a file, and as a list. */
  function both(seed: number, delimiter: string) {
    const { whole, pick } = chance(seed)
    const [width, length] = [whole(2, 6), whole(1, 40)]
    const rows = Array.from({ length }, () => Array.from({ length: width }, () => pick(WORDS)))
    const bytes = Buffer.from(rows.map((cells) => `${cells.join(delimiter)}\n`).join(''))
    const places: [number, number][][] = []
    let at = 0
    for (const cells of rows) {
      places.push(
        cells.map((cell) => {
          const from = at
          at += Buffer.byteLength(cell) + 1
          return [from, at - 1]
        }),
      )
    }
    const codes = Array.from({ length: width }, () =>
      whole(0, 1) === 0
        ? undefined
        : Int32Array.from({ length }, () => (whole(0, 2) === 0 ? whole(1, 5) : 0)),
    )
    const sliced = Array.from(
      { length: width },
      (_, i): SlicedText => ({
        bytes,
        from: Int32Array.from(places, (row) => row[i]?.[0] as number),
        to: Int32Array.from(places, (row) => row[i]?.[1] as number),
        instead: codes[i] && { codes: codes[i], words: INSTEAD },
        between: delimiter.charCodeAt(0),
      }),
    )
    const lists = Array.from({ length: width }, (_, i) =>
      rows.map((cells, row) => {
        const code = codes[i]?.[row] ?? 0
        return code === 0 ? (cells[i] as string) : (INSTEAD[code - 1] as string)
      }),
    )
    return { sliced, lists }
  }

  it.each([
    ['csv', ','],
    ['tsv', ','],
    ['csv', '\t'],
    ['tsv', '\t'],
  ] as const)('%s of cells that stood between "%s"', async (format, delimiter) => {
    for (let seed = 1; seed <= 60; seed++) {
      const { sliced, lists } = both(seed, delimiter)
      for (const excelSafe of [false, true]) {
        const written = (values: readonly Texts[]) => {
          const columns = values.map((each, i) => column(`c${i}`, 'text', each))
          return textOf(format, report(sheet(columns, lists[0]?.length ?? 0)), { excelSafe })
        }
        expect(await written(sliced), `seed ${seed}`).toBe(await written(lists))
      }
    }
  })
})
