import { describe, expect, it } from 'vitest'
import { NO_DAY } from '../../src/core/days.ts'
import { column, report, sheet, textOf, texts } from './builders.ts'

const mixed = sheet(
  [
    column('id', 'text', ['00123', 'say "hi"\n王', null]),
    column('segment', 'text', { codes: Uint8Array.of(0, 1, 1), words: ['VIP\t', null] }),
    column('day', 'day', Int32Array.of(0, NO_DAY, 19782)),
    column('spent', 'money', { units: Float64Array.of(1250, -5, Number.NaN), scale: 2 }),
    column('score', 'score', Uint8Array.of(5, 0, 1)),
    column('part', 'share', Float64Array.of(0.25, 1e-9, Number.NaN)),
    column('x', 'number', Float64Array.of(1e-7, 1e21, Number.NaN)),
  ],
  3,
)

const rows = [
  { id: '00123', segment: 'VIP\t', day: '1970-01-01', spent: 12.5, score: 5, part: 0.25, x: 1e-7 },
  { id: 'say "hi"\n王', segment: null, day: null, spent: -0.05, score: null, part: 0, x: 1e21 },
  { id: null, segment: null, day: '2024-02-29', spent: null, score: 1, part: null, x: null },
]

describe('json', () => {
  it('parses back, with null for every value that is not there', async () => {
    expect(JSON.parse(await textOf('json', report(mixed)))).toEqual(rows)
  })

  it('keeps the digits of money and never writes an exponent', async () => {
    const text = await textOf('json', report(mixed))
    expect(text).toContain('"spent":12.50,')
    expect(text).toContain('"x":0.0000001}')
    expect(text.split('\n')).toHaveLength(1 + 3 + 1 + 1)
  })

  it('is an object by sheet name where there are several sheets', async () => {
    const second = { ...texts('a'), name: 'other' }
    const empty = { ...texts(), name: 'none' }
    expect(JSON.parse(await textOf('json', report(mixed, second, empty)))).toEqual({
      answer: rows,
      other: [{ id: 'a', n: 0 }],
      none: [],
    })
  })

  it('is an empty array for a sheet without rows', async () => {
    expect(await textOf('json', report(texts()))).toBe('[]\n')
  })
})

describe('ndjson', () => {
  it('is one row a line, of the first sheet', async () => {
    const lines = (await textOf('ndjson', report(mixed, texts('z')))).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows)
  })

  it('is nothing for a sheet without rows', async () => {
    expect(await textOf('ndjson', report(texts()))).toBe('')
  })
})
