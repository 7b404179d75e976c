/** Two threads write what one does, whoever is faster, and one writes all of it where the other is lost. */
import { describe, expect, test } from 'vitest'
import { renderAbreast, writtenRows } from '../../src/cli/renderAbreast.ts'
import { sharedFloats } from '../../src/core/arrays.ts'
import { NO_DAY } from '../../src/core/days.ts'
import type { Helper } from '../../src/core/helper.ts'
import type { Column, Sheet } from '../../src/core/report.ts'
import { packer } from '../../src/core/texts.ts'
import { render, type Style } from '../../src/render/format.ts'
import { type Behaviour, helperOf } from '../support/helpers.ts'
import { expectSameBytes } from '../support/program.ts'

const ROWS = 12_000
const CELLS_OF_PART = 10_000
const title = { en: 'rows', zh: 'rows' }

function packed(of: (row: number) => string | null) {
  const texts = packer()
  for (let row = 0; row < ROWS; row++) texts.add(of(row))
  return texts.done()
}

function eighths(values: Float64Array): Float64Array {
  for (let row = 0; row < values.length; row++) values[row] = row / 8
  return values
}

const columns: readonly Column[] = [
  { key: 'id', unit: 'text', title, values: packed((row) => `C${row}`) },
  { key: 'name', unit: 'text', title, values: packed((row) => (row % 7 === 0 ? null : `n, "${row}"`)) },
  {
    key: 'words',
    unit: 'text',
    title,
    values: Array.from({ length: ROWS }, (_, row) => (row % 3 ? `=${row}` : null)),
  },
  {
    key: 'tier',
    unit: 'text',
    title,
    values: { codes: Uint8Array.from({ length: ROWS }, (_, row) => row % 2), words: ['A', '乙'] },
  },
  {
    key: 'day',
    unit: 'day',
    title,
    values: Int32Array.from({ length: ROWS }, (_, row) => (row % 5 ? row % 9000 : NO_DAY)),
  },
  { key: 'score', unit: 'score', title, values: Uint8Array.from({ length: ROWS }, (_, row) => row % 6) },
  {
    key: 'paid',
    unit: 'money',
    title,
    values: { units: Float64Array.from({ length: ROWS }, (_, row) => row * 7 - 900), scale: 2 },
  },
  { key: 'count', unit: 'count', title, values: Int32Array.from({ length: ROWS }, (_, row) => row) },
  {
    key: 'share',
    unit: 'share',
    title,
    values: Float64Array.from({ length: ROWS }, (_, row) => (row % 11 ? row / ROWS : Number.NaN)),
  },
  {
    key: 'number',
    unit: 'number',
    title,
    values: Float64Array.from({ length: ROWS }, (_, row) => Math.sqrt(row) - 100),
  },
  {
    key: 'shared',
    unit: 'days',
    title,
    values: eighths(sharedFloats(ROWS)),
  },
]
const sheet: Sheet = { name: 'rows', title, columns, length: ROWS }
const style = {
  language: 'en',
  color: 0,
  width: undefined,
  bom: true,
  excelSafe: false,
  documentRows: undefined,
} as const

const writesRows = (task: unknown) => writtenRows(task as Parameters<typeof writtenRows>[0])

async function bytesOf(chunks: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(Buffer.from(chunk))
  return Buffer.concat(parts)
}

async function expectTheSame(
  one: Sheet,
  format: 'csv' | 'tsv' | 'ndjson',
  own: Style,
  behaviour: Behaviour = {},
) {
  const { helper, seen } = helperOf(writesRows, behaviour)
  const alone = await bytesOf(render(format, { title: '', sheets: [one] }, own))
  expectSameBytes(
    await bytesOf(renderAbreast({ sheet: one, format, style: own }, helper, CELLS_OF_PART)),
    alone,
    format,
  )
  return seen
}

describe('a large sheet between two threads', () => {
  test.each(['csv', 'tsv', 'ndjson'] as const)('%s: the same bytes', async (format) => {
    expect((await expectTheSame(sheet, format, style)).tasks).toBeGreaterThan(0)
  })

  test('for a spreadsheet, some rows in an order of their own', async () => {
    const rows = Uint32Array.from({ length: ROWS - 1001 }, (_, place) => ROWS - 1 - place)
    expect(
      (await expectTheSame({ ...sheet, rows }, 'csv', { ...style, excelSafe: true })).tasks,
    ).toBeGreaterThan(0)
  })

  test.each<[string, Behaviour]>([
    ['slow', { slow: () => 60 }],
    ['lost at once', { lives: 0 }],
    ['lost after a part', { lives: 1, slow: () => 5 }],
  ])('a helper that is %s', async (_, behaviour) => {
    expect((await expectTheSame(sheet, 'csv', style, behaviour)).tasks).toBeGreaterThan(0)
  })

  test('an error of the helper is an error', async () => {
    const helper: Helper = { ask: () => Promise.reject(new RangeError('a mistake')), end: () => {} }
    await expect(
      bytesOf(renderAbreast({ sheet, format: 'csv', style }, helper, CELLS_OF_PART)),
    ).rejects.toThrow('a mistake')
  })
})
