import { expect, test } from 'vitest'
import { chinese, type Listing, people } from '../../../fixtures/people.ts'
import { columnOf } from '../../../src/commands/dedupe/columns.ts'
import { goldenRows } from '../../../src/commands/dedupe/golden.ts'
import { survivorColumns } from '../../../src/commands/dedupe/sound.ts'
import { formOf, soundness } from '../../../src/commands/dedupe/survivorColumns.ts'

function columnsOf(header: readonly string[], rows: readonly (readonly string[])[]) {
  return header.map((name, place) => {
    const words = [...new Set(rows.map((cells) => cells[place] as string))].filter((cell) => cell !== '')
    const places = new Map(words.map((word, code) => [word, code]))
    return columnOf(
      name,
      Int32Array.from(rows, (cells) => places.get(cells[place] as string) ?? -1),
      words,
    )
  })
}

const rowsOf = (listing: Listing): (readonly string[])[] =>
  Array.from(listing.truth, (_, row) => listing.cells(row))

test('what is sound, and what says the same', () => {
  const header = ['email', 'phone', 'dob', 'postcode', 'name']
  const filler = rowsOf(people({ rows: 200 })).map(
    (cells) => [cells[3], cells[4], cells[8], cells[7], cells[1]] as string[],
  )
  const own = [
    ['Ann@Mail.com', '0412345678', '1980-02-03', '6000', 'Ann Lee'],
    ['ann@mail.com', '+61 412 345 678', '1980-02-03', '6000', 'ANN  LEE'],
    ['ann@@mail', '04123', '1980-02-31', '60', 'n/a'],
    ['a***@mail.com', '138****0013', '-', 'unknown', '张*'],
  ]
  const rows = [...own, ...filler]
  const clusters = Int32Array.from(rows, (_, row) => (row < 4 ? 0 : row))
  const columns = survivorColumns(columnsOf(header, rows), clusters, rows.length)
  for (const column of columns) {
    expect([column.header, ...[0, 1, 2, 3].map((row) => soundness(column, row))]).toEqual([
      column.header,
      2,
      2,
      1,
      1,
    ])
    expect(formOf(column, 0)).toBe(formOf(column, 1))
    expect(formOf(column, 2)).not.toBe(formOf(column, 0))
  }
})

test.each([
  ['English', people({ rows: 3000, duplicates: 0.4, truth: false })],
  ['Chinese', chinese({ rows: 3000, duplicates: 0.4, mails: true, residents: true })],
])('golden rows of %s customers have fewer gaps than their records', (_, listing) => {
  const rows = rowsOf(listing)
  const count = 1 + listing.truth.reduce((most, cluster) => Math.max(most, cluster), 0)
  const columns = survivorColumns(columnsOf(listing.header, rows), listing.truth, count)
  const golden = goldenRows({ columns, clusters: listing.truth, count, rules: new Map(), id: 0 })
  const gaps = (cells: readonly string[]): number => cells.filter((cell) => cell === '').length
  const records = rows.reduce((sum, cells) => sum + gaps(cells), 0) / rows.length
  const merged = Array.from(
    { length: count },
    (_, cluster) => golden.fields.filter(({ codes }) => codes[cluster] === -1).length,
  )
  expect(merged.reduce((sum, each) => sum + each, 0) / count).toBeLessThan(0.95 * records)
})
