/** Rows that were put down when they were read first are the same when they are read again. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { textReader } from '../../src/core/texts.ts'
import type { Dialect } from '../../src/sources/dialect.ts'
import type { ReadBatch } from '../../src/sources/rowBatch.ts'
import { LONGEST_CELL, rowPlaces } from '../../src/sources/rowPlaces.ts'
import { halvesOf, type PassPlan, rowsOf, textPass } from '../../src/sources/textPass.ts'
import { type Chance, chance } from '../fields/chance.ts'
import { scratch } from '../support/program.ts'

const WIDTH = 3
const dialect = {
  encoding: 'utf-8',
  mark: '',
  delimiter: ',',
  quote: '"',
  lineEnd: '\n',
  filled: 'nan',
  empty: 'nnn',
}

function planFor(text: string, mark = ''): PassPlan {
  const path = join(scratch(), 'rows.csv')
  writeFileSync(path, mark + text)
  return {
    file: { path, shown: 'rows.csv' } as PassPlan['file'],
    compression: undefined,
    encoding: 'utf-8',
    notation: { delimiter: ',', quote: '"', escapes: 'doubled', cr: false, blanksBeforeQuote: false },
    layout: {
      width: WIDTH,
      skip: 1,
      preamble: [],
      header: { cells: ['id', 'name', 'note'], line: 1 },
    } as unknown as PassPlan['layout'],
    above: 1,
    dialect: { ...dialect, mark: Buffer.from(mark).toString('hex') } as Dialect,
  }
}

interface Row {
  readonly row: number
  readonly line: number
  readonly cells: readonly string[]
}

async function read(batches: AsyncIterable<ReadBatch>) {
  const found = { rows: [] as Row[], kept: [] as unknown[], rejects: [] as unknown[] }
  for await (const { columns, length, rows, lines, kept, rejects } of batches) {
    const cells = columns.map(textReader)
    for (let at = 0; at < length; at++) {
      const own = cells.map((cell) => cell(at) ?? '')
      // What is said of all texts of a batch holds for each.
      if (columns[0]?.between !== undefined)
        expect(own.every((text) => !/[,"\r\n\ufeff]|^ | $/.test(text))).toBe(true)
      found.rows.push({ row: rows[at] as number, line: lines[at] as number, cells: own })
    }
    found.kept.push(...kept)
    found.rejects.push(...rejects)
  }
  return found
}

/** Rows of every kind: plain ones, in quotes, over lines, blank, too long, with lone quotes and other line ends. */
function messy({ whole, pick }: Chance, count: number): string {
  const word = () => pick(['', 'a', ' b', '张三', 'x'.repeat(whole(0, 299)), 'é ü'])
  const cell = () => pick([word, word, () => `"${word()}"`, () => '"1,5"'])()
  const odd = () =>
    pick([
      () => '',
      () => 'id,name,note',
      () => 'one,two,three,four',
      () => '1,"over\nlines",2',
      () => '1,"a ""name""",2',
      () => 'a "lone" quote,1,2',
      () => `1,${'y'.repeat(LONGEST_CELL - whole(0, 2))},2`,
      () => '"not closed,1,2',
      () => '1,"closed" too early,2',
    ])()
  const line = () => (whole(0, 19) === 0 ? odd() : [`${whole(0, 9999)}`, cell(), cell()].join(','))
  return Array.from({ length: count }, () => line() + (whole(0, 39) === 0 ? '\r\n' : '\n')).join('')
}

describe('rows that are read again', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
    'as they were the first time (seed %i)',
    async (seed) => {
      const by = chance(seed)
      const plan = planFor(`id,name,note\n${messy(by, by.whole(30, 3000))}`, by.pick(['', '\ufeff']))
      const places = rowPlaces(WIDTH)
      const first = await read(textPass(plan, places)(false).batches)
      expect(places.runs.length).toBeGreaterThan(0)
      const keeping = await read(textPass(plan)(true).batches)
      expect(await read(textPass(plan, places)(true).batches)).toEqual(keeping)
      expect(await read(textPass(plan, places)(false).batches)).toEqual(first)
      expect(first.rows).toEqual(keeping.rows)
    },
  )

  test('each half by who read it', async () => {
    const plan = planFor(`id,name,note\n${'1,a,"b"\n22,"x,y",\n'.repeat(20_000)}`, '\ufeff')
    const [places, theirs] = [rowPlaces(WIDTH), rowPlaces(WIDTH)]
    const halves = await halvesOf(plan, places)
    if (!halves) throw new Error('no halves')
    await read(halves.first)
    await read(rowsOf(halves.rest, theirs))
    halves.join(theirs.runs)
    const placed = places.runs.reduce((sum, { cells }) => sum + cells.length, 0)
    // The last rows may be a footer: they are looked at more closely.
    expect(placed / WIDTH).toBeGreaterThan(39_900)
    const again = await read(textPass(plan, places)(true).batches)
    expect(again).toEqual(await read(textPass(plan)(true).batches))
    expect(again.rows).toHaveLength(40_000)
  })

  test('that no text of a batch needs quotes is said of those alone in which none does', async () => {
    const said = async (text: string) => {
      const found: (number | undefined)[] = []
      for await (const { columns } of textPass(planFor(`id,name,note\n${text}`))(true).batches)
        found.push(columns[0]?.between)
      return found
    }
    const plain = '1,a b,张三\n'.repeat(150_000)
    // The last rows may be a footer, and are read in another way.
    expect((await said(plain)).slice(0, -1)).toEqual([44])
    for (const odd of [
      '1,"a,b",c',
      '1,"a",c',
      '1,a "b",c',
      '1,\ufeffa,c',
      '1,a\rb,c',
      '1, a,c',
      '1,a ,c',
      ' 1,a,c',
      '1,a,c ',
      '1,a,c \r',
    ])
      expect((await said(`${odd}\n${plain}`)).slice(0, -1), odd).toEqual([undefined])
  })

  test('a file that was changed in between is read as it stands', async () => {
    const plan = planFor(`id,name,note\n${'1,abc,d\n'.repeat(500)}`)
    const places = rowPlaces(WIDTH)
    await read(textPass(plan, places)(false).batches)
    writeFileSync(plan.file.path, `id,name,note\n${'1,ab,cd\n'.repeat(500)}`)
    const { rows } = await read(textPass(plan, places)(false).batches)
    expect(rows.map(({ cells }) => cells.join('|'))).toEqual(new Array(500).fill('1|ab|cd'))
  })

  test('where hardly a row is plain, nothing is put down', async () => {
    const plan = planFor(`id,name,note\n${'1,"a ""b""",c\n2,d,e\n'.repeat(3000)}`)
    const places = rowPlaces(WIDTH)
    await read(textPass(plan, places)(false).batches)
    expect(places.runs).toEqual([])
  })
})
