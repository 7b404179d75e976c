import { expect, it } from 'vitest'
import { formatOfPath, formats } from '../../src/render/format.ts'
import { report, textOf } from './builders.ts'

it.each([
  ['out.csv', 'csv'],
  ['OUT.CSV', 'csv'],
  ['a.b/out.TSV', 'tsv'],
  ['out.jsonl', 'ndjson'],
  ['out.md', 'markdown'],
  ['out.htm', 'html'],
  ['out.txt', 'table'],
  ['out.parquet', 'parquet'],
  ['a.csv/out', undefined],
  ['out', undefined],
  ['out.doc', undefined],
])('%s is written as %s', (path, format) => expect(formatOfPath(path)).toBe(format))

it('every format has a name that is an extension or a word of its own', () => {
  expect(formats).toEqual([
    'table',
    'csv',
    'tsv',
    'json',
    'ndjson',
    'markdown',
    'html',
    'xlsx',
    'parquet',
    'dot',
    'graphml',
  ])
})

it('a report without sheets is empty in the formats of data', async () => {
  expect(
    await Promise.all((['csv', 'tsv', 'json', 'ndjson'] as const).map((f) => textOf(f, report()))),
  ).toEqual(['', '', '[]\n', ''])
})
