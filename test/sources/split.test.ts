import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { between, chance, mulberry32, pick, type Random } from '../../fixtures/random.ts'
import { type Notation, splitAll, splitter } from '../../src/sources/split.ts'

const usual: Notation = {
  delimiter: ',',
  quote: '"',
  escapes: 'doubled',
  cr: false,
  blanksBeforeQuote: false,
}

const cellsOf = (text: string, notation: Partial<Notation> = {}) =>
  splitAll(text, { ...usual, ...notation }).map(({ cells }) => cells)

const PIECES = [
  'a',
  'ü',
  '客户',
  '😀',
  '"',
  "'",
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r\n',
  ' ',
  '0',
  '007',
  '\\',
  '-',
  '=',
]

function table(random: Random): string[][] {
  const width = between(random, 2, 5)
  return Array.from({ length: between(random, 1, 8) }, () =>
    Array.from({ length: width }, () => {
      const cell = Array.from({ length: between(random, 0, 6) }, () => pick(random, PIECES)).join('')
      return chance(random, 0.2) ? '' : cell
    }),
  )
}

describe('records', () => {
  test('what papaparse writes comes back, in any dialect and however the text is cut', () => {
    for (let seed = 0; seed < 400; seed++) {
      const random = mulberry32(seed)
      const rows = table(random)
      const [delimiter, newline, quote] = [
        pick(random, [',', ';', '\t', '|']),
        pick(random, ['\n', '\r\n']),
        pick(random, ['"', "'"] as const),
      ]
      const text = Papa.unparse(rows, { delimiter, newline, quoteChar: quote, quotes: chance(random, 0.3) })
      const records = splitter({ ...usual, delimiter, quote })
      const found = []
      for (let at = 0; at < text.length; ) {
        const size = between(random, 1, 7)
        found.push(...records.push(text.slice(at, at + size)))
        at += size
      }
      found.push(...records.end())
      expect(
        found.map(({ cells }) => cells),
        `seed ${seed}`,
      ).toEqual(rows)
      expect(found.map(({ raw }) => raw).join(newline), `seed ${seed}`).toBe(text)
      expect(found.every(({ flaw }) => flaw === undefined)).toBe(true)
    }
  })

  test('lines are physical lines of the file', () => {
    const text = 'a,b\n"1\n2",3\r\n\n"x\r\ny\nz",4\n5,6'
    expect(splitAll(text, usual).map(({ line, multiline }) => [line, multiline])).toEqual([
      [1, false],
      [2, true],
      [4, false],
      [5, true],
      [8, false],
    ])
  })

  test('a lone CR ends a line only where it is said to', () => {
    expect(cellsOf('a,b\rc,d\n')).toEqual([['a', 'b\rc', 'd']])
    expect(cellsOf('a,b\rc,d\re,f', { cr: true })).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ])
    expect(cellsOf('a\r\nb\rc\n', { cr: true })).toEqual([['a'], ['b'], ['c']])
  })

  test('backslash escapes', () => {
    const notation = { escapes: 'backslash' as const }
    expect(cellsOf('"say \\"hi\\"",b\n"c\\\\",d', notation)).toEqual([
      ['say "hi"', 'b'],
      ['c\\', 'd'],
    ])
    expect(cellsOf('a\\,b,c\n\\N,C:\\temp', notation)).toEqual([
      ['a,b', 'c'],
      ['\\N', 'C:\\temp'],
    ])
  })

  test('quotes inside a cell are characters; blanks before an opening quote may be none', () => {
    expect(cellsOf('5" pipe,="007",a "b"')).toEqual([['5" pipe', '="007"', 'a "b"']])
    expect(cellsOf('a, "b, c"', { blanksBeforeQuote: true })).toEqual([['a', 'b, c']])
    expect(cellsOf('"a" ,b')).toEqual([['a', 'b']])
  })

  test('a flaw takes its own line and no other', () => {
    const text = 'a,b\n"open,1\n2,3\n"x"y,4\n5,6\n'
    expect(splitAll(text, usual).map(({ line, flaw, raw }) => [line, flaw, raw])).toEqual([
      [1, undefined, 'a,b'],
      [2, 'text after a closing quote', '"open,1'],
      [3, undefined, '2,3'],
      [4, 'text after a closing quote', '"x"y,4'],
      [5, undefined, '5,6'],
    ])
    expect(
      splitAll('a,b\n1,"open\n2,3\n', usual).map(({ line, flaw, cells }) => [line, flaw, cells]),
    ).toEqual([
      [1, undefined, ['a', 'b']],
      [2, 'a quote that is not closed', ['1', '"open']],
      [3, undefined, ['2', '3']],
    ])
  })

  describe('a text line by line', () => {
    const byLine = (text: string) => {
      const records = splitter(usual)
      return [...(text.match(/[^\n]*\n/g) ?? []).flatMap((line) => records.push(line)), ...records.end()]
    }
    const lines = (count: number, line: (i: number) => string) =>
      Array.from({ length: count }, (_, i) => line(i)).join('')

    test('a quote that nobody closes is no worse for a hundred thousand lines behind it', () => {
      const text = `a,b\n1,"oops\n${lines(150_000, (i) => `${i},a usual line of text\n`)}`
      const records = byLine(text)
      expect(records.length).toBe(150_002)
      expect(records.flatMap(({ flaw, line }) => (flaw ? [[flaw, line]] : []))).toEqual([
        ['a quote that is not closed', 2],
      ])
      expect(records.at(-1)).toMatchObject({ cells: ['149999', 'a usual line of text'], line: 150_002 })
    })

    test('nor is a cell of many lines, with quotes in each of them', () => {
      const cell = lines(40_000, (i) => `he said ""${i}"", and went\n`)
      const records = byLine(`a,b\n1,"${cell}"\n2,x\n`)
      expect(records.map(({ line, flaw }) => [line, flaw])).toEqual([
        [1, undefined],
        [2, undefined],
        [40_003, undefined],
      ])
      expect(records[1]?.cells[1]).toBe(cell.replaceAll('""', '"'))
    })

    test('a quote that is closed too far away is closed nowhere, however the text comes', () => {
      const text = `1,"${lines(210_000, () => 'twenty characters..\n')}",x\n2,y\n`
      const found = byLine(text)
      expect(found[0]?.flaw).toBe('a quote that is not closed')
      const inPieces = splitter(usual)
      const pieces = text.match(/.{1,700000}/gs) ?? []
      const others = [...pieces.flatMap((piece) => inPieces.push(piece)), ...inPieces.end()]
      expect(others.length).toBe(found.length)
      expect(others.every(({ flaw, line }, i) => flaw === found[i]?.flaw && line === found[i]?.line)).toBe(
        true,
      )
      expect(splitAll(text, usual).length).toBe(found.length)
    })
  })

  test('any text at all is taken apart, and every character of it is in one record', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = mulberry32(seed)
      const text = Array.from({ length: between(random, 0, 60) }, () =>
        pick(random, [...PIECES, '\r', '\u0000']),
      ).join('')
      const notation = {
        ...usual,
        quote: pick(random, ['"', "'", undefined] as const),
        escapes: pick(random, ['doubled', 'backslash'] as const),
        cr: chance(random, 0.5),
        blanksBeforeQuote: chance(random, 0.5),
      }
      const records = splitAll(text, notation)
      const left = records.reduce((rest, { raw }) => rest.slice(rest.indexOf(raw) + raw.length), text)
      expect(left.replace(/[\r\n]/g, ''), `seed ${seed}`).toBe('')
      for (const [i, { line }] of records.entries()) expect(line).toBeGreaterThan(records[i - 1]?.line ?? 0)
    }
  })
})
