import { describe, expect, test } from 'vitest'
import { chance, mulberry32, pick } from '../../../fixtures/random.ts'
import { conflictsOf } from '../../../src/commands/dedupe/conflicts.ts'
import { type Golden, goldenRows } from '../../../src/commands/dedupe/golden.ts'
import { keepRules } from '../../../src/commands/dedupe/keep.ts'
import type { SurvivorColumn } from '../../../src/commands/dedupe/survivorColumns.ts'
import { CustError } from '../../../src/core/errors.ts'
import { meaningOfHeader } from '../../../src/fields/contactWords.ts'
import { readEmail } from '../../../src/fields/email.ts'

function columnOf(header: string, cells: readonly string[]): SurvivorColumn {
  const words = [...new Set(cells.filter((cell) => cell !== ''))]
  const meaning = meaningOfHeader(header)
  return {
    header,
    words,
    codes: Int32Array.from(cells, (cell) => words.indexOf(cell)),
    meaning,
    ...(meaning === 'email'
      ? {
          sound: Uint8Array.from(words, (word) => Number(readEmail(word) !== undefined)),
          forms: formsOf(words),
        }
      : {}),
  }
}

function formsOf(words: readonly string[]): Int32Array {
  const lower = words.map((word) => word.toLowerCase())
  return Int32Array.from(lower, (word) => lower.indexOf(word))
}

/** Rows as lines of cells with `|`, the first cell being the cluster. */
function goldenOf(
  header: string,
  lines: readonly string[],
  keep = '',
): { golden: Golden; columns: SurvivorColumn[] } {
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()))
  const headers = header.split('|').map((cell) => cell.trim())
  const columns = headers.map((name, i) =>
    columnOf(
      name,
      cells.map((row) => row[i + 1] ?? ''),
    ),
  )
  const clusters = Int32Array.from(cells, (row) => Number(row[0]))
  const id = headers.indexOf('id')
  const rules = keep ? keepRules(keep, columns) : new Map()
  const count = 1 + Math.max(...clusters)
  return { golden: goldenRows({ columns, clusters, count, rules, id: id < 0 ? undefined : id }), columns }
}

const textOf = ({ fields }: Golden, cluster = 0): string =>
  fields.map(({ codes, words }) => words[codes[cluster] as number] ?? '').join('|')
const fromOf = ({ fields }: Golden, cluster = 0): number[] =>
  fields.map(({ from }) => from[cluster] as number)

describe('by default', () => {
  test('the most complete row, its gaps filled from the others', () => {
    const { golden } = goldenOf('id|name|email|phone|vip', [
      '0|2|Ann||1|',
      '0|1|Anne|ann@x.de||',
      '0|3|A|a@x.de|2|yes',
    ])
    expect(textOf(golden)).toBe('3|A|a@x.de|2|yes')
    const { golden: gaps } = goldenOf('id|name|email|phone|vip', [
      '0|2|Ann||1|',
      '0|1|Anne|ann@x.de|3|',
      '0|3|A|||yes',
    ])
    expect(textOf(gaps)).toBe('1|Anne|ann@x.de|3|yes')
    expect(fromOf(gaps)).toEqual([1, 1, 1, 1, 2])
  })

  test('then the newest, then the most frequent value, then the smallest id', () => {
    const header = 'id|city_code|updated_at'
    const dated = ['0|1|a|2024-01-05', '0|2|b|2024-03-01 09:00', '0|3|c|2024-03-01 10:00']
    expect(textOf(goldenOf(header, dated).golden)).toBe('3|c|2024-03-01 10:00')
    const frequent = ['0|10|a|', '0|9|b|', '0|11|b|']
    expect(textOf(goldenOf(header, frequent).golden)).toBe('9|b|')
    expect(textOf(goldenOf(header, ['0|10|a|', '0|9|b|']).golden)).toBe('9|b|')
  })

  test('a value that is not sound never wins over one that is, and is kept where there is no other', () => {
    const header = 'id|name|email|phone'
    const { golden } = goldenOf(header, ['0|1|Ann|ann@@x|1', '0|2||ann@x.de|', '1|3|Bob|bob(at)x|'])
    expect(textOf(golden, 0)).toBe('1|Ann|ann@x.de|1')
    expect(textOf(golden, 1)).toBe('3|Bob|bob(at)x|')
  })

  test('address, city and postcode come from one row', () => {
    const header = 'id|email|address|city|postcode'
    const lines = ['0|1|a@x.de|5 High St||', '0|2||9 Low Rd|Perth|6000', '0|3|b@x.de||Albany|6330']
    const { golden } = goldenOf(header, lines)
    expect(fromOf(golden).slice(2)).toEqual([1, 1, 1])
    expect(textOf(golden)).toBe('2|b@x.de|9 Low Rd|Perth|6000')
  })

  test('a gap in an address is filled only from a row that agrees', () => {
    const header = 'id|address|city|postcode'
    const agrees = ['0|1|5 High St|Perth|', '0|2||Perth|6000', '0|3|9 Low Rd||6330']
    expect(textOf(goldenOf(header, agrees).golden)).toBe('1|5 High St|Perth|6000')
    const differs = ['0|1|5 High St|Perth|', '0|3|9 Low Rd||6330']
    expect(textOf(goldenOf(header, differs).golden)).toBe('1|5 High St|Perth|')
  })
})

test('a number that no row has as its cluster has nothing', () => {
  const { golden } = goldenOf('id|name', ['0|1|Ann', '2|2|Bob'])
  expect(golden.fields.map(({ codes, from }) => [codes[1], from[1]])).toEqual([
    [-1, -1],
    [-1, -1],
  ])
  expect([textOf(golden, 0), textOf(golden, 2)]).toEqual(['1|Ann', '2|Bob'])
})

describe('with rules', () => {
  const header = 'id|name|email|phone|address|source|tags|updated_at'
  const lines = [
    '0|1|Bob|old@x.de|111|1 A St|shop|vip; eu|2023-01-01',
    '0|2|Robert Smith||222|22 Long Road|crm|EU; new|2024-06-01',
    '0|3|Rob|new@x.de|111|3 B St|web||2024-01-01',
    '0|4||bad|||shop||2025-01-01',
  ]
  const kept = (keep: string): Record<string, string> => {
    const texts = textOf(goldenOf(header, lines, keep).golden).split('|')
    return Object.fromEntries(header.split('|').map((name, i) => [name, texts[i] as string]))
  }

  test('the example of the manual', () => {
    const text =
      'email=newest:updated_at,phone=most-frequent,name=longest,address=most-complete,source=crm>shop,tags=union'
    expect(kept(text)).toEqual({
      // The third is complete but for its tags, as the second is but for its e-mail; the first lacks nothing.
      id: '1',
      name: 'Robert Smith',
      email: 'new@x.de',
      phone: '111',
      address: '22 Long Road',
      source: 'crm',
      tags: 'vip; eu; new',
      updated_at: '2023-01-01',
    })
  })

  test('newest takes the newest row where the field is filled and sound, oldest the oldest', () => {
    expect(kept('phone=newest')['phone']).toBe('222')
    expect(kept('phone=oldest:updated_at')['phone']).toBe('111')
    expect(kept('updated_at=newest')['updated_at']).toBe('2025-01-01')
    expect(kept('updated_at=oldest')['updated_at']).toBe('2023-01-01')
    expect(kept('email=newest')['email']).toBe('new@x.de')
  })

  test('values of another column in order', () => {
    expect(kept('email=source:web>crm')['email']).toBe('new@x.de')
    expect(kept('email=source:crm>shop')['email']).toBe('old@x.de')
    expect(kept('*=source:crm>shop')['name']).toBe('Robert Smith')
    expect(kept('*=source:crm>shop')['email']).toBe('old@x.de')
    expect(kept('name=shortest')['name']).toMatch(/^(Bob|Rob)$/)
  })

  test('no dates to be newest by', () => {
    expect(() => goldenOf('id|email', ['0|1|a@x.de'], 'email=newest')).toThrow(CustError)
    expect(() => goldenOf('id|email|note', ['0|1|a@x.de|hm'], 'email=newest:note')).toThrow(
      /nothing in "note" is a date/,
    )
  })
})

test('conflicts: every other value that says something else', () => {
  const lines = ['0|1|Ann|ann@x.de', '0|2|Anne|ANN@x.de', '0|3|Anne|a@x.de', '1|4|Bob|b@x.de']
  const { golden, columns } = goldenOf('id|name|email', lines)
  const { cluster, column, keptRow, otherRow, rows } = conflictsOf(golden, columns, [1, 2])
  const cell = (place: number, row: number): string =>
    columns[place]?.words[columns[place]?.codes[row] as number] as string
  const told = Array.from(cluster, (each, i) =>
    [
      each,
      cell(column[i] as number, keptRow[i] as number),
      cell(column[i] as number, otherRow[i] as number),
      rows[i],
    ].join(' '),
  )
  expect(told).toEqual(['0 Anne Ann 1', '0 ann@x.de a@x.de 1'])
})

describe('on random rows', () => {
  const random = mulberry32(12)
  const draw = (rows: number): string[] =>
    Array.from({ length: rows }, (_, row) =>
      [
        Math.floor(random() * (rows / 3)),
        row + 1,
        ...['Ann', 'Bob', 'Cy'].map((name) =>
          chance(random, 0.3) ? '' : name + pick(random, ['', '1', '22']),
        ),
        pick(random, ['', 'a@x.de', 'A@x.de', 'b@x.de', 'bad']),
        pick(random, ['', '2024-01-01', '2024-02-01', '2023-05-05']),
      ].join('|'),
    )
  const header = 'id|x|y|z|email|updated_at'
  const keeps = [
    '',
    'x=newest,y=longest,email=most-frequent,z=oldest:updated_at',
    '*=longest',
    'x=union,email=union',
  ]

  test('the order of the rows does not matter', () => {
    for (const keep of keeps) {
      const lines = draw(90).map((line) => line.replace(/^\d+/, (cluster) => String(Number(cluster) % 20)))
      const lone = Array.from({ length: 20 }, (_, i) => `${i}|${1000 + i}|||||`)
      const all = [...lines, ...lone]
      const turned = [...all].sort(() => random() - 0.5)
      const [one, other] = [goldenOf(header, all, keep).golden, goldenOf(header, turned, keep).golden]
      for (let cluster = 0; cluster < 20; cluster++) expect(textOf(other, cluster)).toBe(textOf(one, cluster))
    }
  })

  test('each value stands in the row it is said to come from, and no sound value loses against another kind', () => {
    const lines = draw(120).map((line) => line.replace(/^\d+/, (cluster) => String(Number(cluster) % 25)))
    const all = [...lines, ...Array.from({ length: 25 }, (_, i) => `${i}|${1000 + i}|||||`)]
    const { golden, columns } = goldenOf(header, all)
    const clusterOf = all.map((line) => Number(line.split('|')[0]))
    golden.fields.forEach(({ codes, from }, place) => {
      for (let cluster = 0; cluster < 25; cluster++) {
        const own = clusterOf.flatMap((each, row) => (each === cluster ? [row] : []))
        const column = columns[place] as SurvivorColumn
        const filled = own.filter((row) => (column.codes[row] as number) >= 0)
        if (filled.length === 0) {
          expect([codes[cluster], from[cluster]]).toEqual([-1, -1])
          continue
        }
        expect(own).toContain(from[cluster])
        expect(column.codes[from[cluster] as number]).toBe(codes[cluster])
        const isSound = (row: number): boolean => column.sound?.[column.codes[row] as number] !== 0
        expect(isSound(from[cluster] as number)).toBe(filled.some(isSound))
      }
    })
  })

  test('the default against its definition, written down plainly', () => {
    const lines = draw(200).map((line) => line.replace(/^\d+/, (cluster) => String(Number(cluster) % 30)))
    const all = [...lines, ...Array.from({ length: 30 }, (_, i) => `${i}|${1000 + i}|||||`)]
    const { golden } = goldenOf(header, all)
    const records = all.map((line) => line.split('|'))
    const isSound = (cell: string, place: number): boolean => cell !== '' && !(place === 5 && cell === 'bad')
    const complete = (cells: string[]): number =>
      cells.filter((cell, place) => place > 1 && isSound(cell, place)).length
    for (let cluster = 0; cluster < 30; cluster++) {
      const own = records.filter((cells) => cells[0] === String(cluster))
      for (const place of [2, 3, 4, 5]) {
        const filled = own.filter((cells) => cells[place] !== '')
        const sound = filled.filter((cells) => isSound(cells[place] as string, place))
        const often = (cells: string[]): number =>
          own.filter((other) => other[place]?.toLowerCase() === cells[place]?.toLowerCase()).length
        const [best] = (sound.length > 0 ? sound : filled).sort(
          (a, b) =>
            complete(b) - complete(a) ||
            (b[6] as string).localeCompare(a[6] as string) ||
            often(b) - often(a) ||
            Number(a[1]) - Number(b[1]),
        )
        const field = golden.fields[place - 1]
        expect(field?.words[field.codes[cluster] as number] ?? '').toBe(best?.[place] ?? '')
      }
    }
  })
})

test('a million rows in a few seconds', () => {
  const rows = 1_000_000
  const clusters = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 1.1))
  const words = Array.from({ length: 200_000 }, (_, i) => `value ${i}`)
  const column = (header: string, step: number): SurvivorColumn => ({
    header,
    words,
    codes: Int32Array.from({ length: rows }, (_, row) =>
      (row * step) % 11 === 0 ? -1 : (row * step) % words.length,
    ),
  })
  const headers = 'id first_name last_name email phone address city postcode dob'.split(' ')
  const columns = headers.map((header, i) => column(header, 7 + 2 * i))
  const started = performance.now()
  const golden = goldenRows({
    columns,
    clusters,
    count: (clusters.at(-1) as number) + 1,
    rules: new Map(),
    id: 0,
  })
  expect(golden.fields).toHaveLength(9)
  expect(performance.now() - started).toBeLessThan(20_000)
})
