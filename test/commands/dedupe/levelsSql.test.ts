/** The levels that runs compare by, and the same in SQL: the engine's functions of likeness hold ours to account. */
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { chinese, companies, csvText, germans, type Listing, people } from '../../../fixtures/people.ts'
import { type Column, columnOf } from '../../../src/commands/dedupe/columns.ts'
import { type Comparison, comparisonsOf } from '../../../src/commands/dedupe/compare.ts'
import { fieldsOf } from '../../../src/commands/dedupe/fields.ts'
import { comparedSheet, levelsText } from '../../../src/commands/dedupe/levelTables.ts'
import type { MatchRole } from '../../../src/commands/dedupe/roles.ts'
import { listOf } from '../../../src/core/texts.ts'
import { duckdbDialect } from '../../../src/engines/duckdb.ts'
import { mulberry32 } from '../../../src/models/random.ts'
import { deduped, type Sheet } from '../../support/dedupe.ts'
import { scratch } from '../../support/program.ts'

type Pair = readonly [one: number, other: number]

/** Columns by header: what each says, and its cells. */
type Table = Readonly<Record<string, { readonly role: MatchRole; readonly cells: readonly string[] }>>
type Roles = Readonly<Record<string, MatchRole>>

function columnWith(header: string, cells: readonly string[]): Column {
  const words = [...new Set(cells.filter((cell) => cell !== ''))]
  const numbers = new Map(words.map((word, i) => [word, i]))
  const codes = Int32Array.from(cells, (cell) => numbers.get(cell) ?? -1)
  return columnOf(header, codes, words)
}

const csvLine = (cells: readonly (string | null)[]): string =>
  cells.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')

/** Files as the program writes them. */
function written(comparisons: readonly Comparison[], rows: number, pairs: readonly Pair[]): string {
  const ofRow = Int32Array.from({ length: rows }, (_, row) => row)
  const matched = { comparisons, records: { ofRow } }
  const { free } = comparedSheet({ id: undefined, known: [], matched })
  const lines = Array.from(ofRow, (row) =>
    csvLine(free.map(({ values }) => (values as string[])[row] ?? null)),
  )
  const named = pairs.map((pair) => csvLine(pair.map((row) => `row ${row + 1}`)))
  return scratch({
    'compared.csv': `${[csvLine(free.map(({ key }) => key)), ...lines].join('\n')}\n`,
    'pairs.csv': `${['id_left,id_right', ...named].join('\n')}\n`,
  })
}

/** Of each pair the levels of all columns, by the script. */
async function bySql(folder: string, script: string): Promise<Map<string, number[]>> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const csv = `all_varchar = true, header = true, delim = ',', quote = '"', escape = '"'`
  const read = (file: string) => `read_csv('${folder}/${file}', ${csv})`
  try {
    await connection.run(`create table compared as from ${read('compared.csv')}`)
    await connection.run(`create table pairs as from ${read('pairs.csv')}`)
    await connection.run(script)
    // Whoever opens the database later sees the same.
    const other = await instance.connect()
    const told = (await other.runAndReadAll('from levels')).getRows()
    other.closeSync()
    return new Map(told.map(([one, other, ...levels]) => [`${one} ${other}`, levels.map(Number)]))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Where the two differ, in words, and the levels that no pair had. */
async function held(table: Table, given: readonly Pair[], drawn: number) {
  const columns = Object.entries(table)
  const fields = columns.map(([header, { role, cells }]) => fieldsOf(columnWith(header, cells), role))
  const comparisons = comparisonsOf((await Promise.all(fields)).flat())
  const rows = columns[0]?.[1].cells.length ?? 0
  const random = mulberry32(1)
  const draw = () => Math.floor(random() * rows)
  const all = [...given, ...Array.from({ length: drawn }, (): Pair => [draw(), draw()])]
  const pairs = [...new Map(all.map((pair) => [pair.join(), pair])).values()]
  const told = await bySql(
    written(comparisons, rows, pairs),
    levelsText({ known: [], matched: { comparisons } }, duckdbDialect),
  )
  const unseen = comparisons.map(({ field, levels }) => ({ header: field.header, levels: new Set(levels) }))
  const differences = pairs.flatMap(([one, other]) =>
    comparisons.flatMap(({ field, levelOf, levels }, i) => {
      const [own, sql] = [levelOf(one, other), told.get(`row ${one + 1} row ${other + 1}`)?.[i]]
      unseen[i]?.levels.delete(levels[own] as string)
      if (own === sql) return []
      const [left, right] = [one, other].map((row) => field.words[field.codes[row] as number])
      return [`${field.header}: ${left} / ${right}: ${own}, in SQL ${sql}`]
    }),
  )
  return {
    differences,
    unseen: unseen.flatMap(({ header, levels }) => [...levels].map((l) => `${header}: ${l}`)),
  }
}

describe('customers and firms: in SQL the same levels', () => {
  const contact: Roles = { email: 'email', phone: 'phone', address: 'text', city: 'place' }
  const person: Roles = { first: 'given', last: 'surname', ...contact, postcode: 'code', dob: 'date' }
  const settings = { rows: 600, duplicates: 0.4 }

  test.each<[string, Listing, Roles]>([
    ['English', people({ ...settings, seed: 3 }), person],
    ['German', germans({ ...settings, seed: 4 }), person],
    [
      'firms',
      companies({ ...settings, seed: 5 }),
      { company: 'company', contact: 'name', ...contact, website: 'site' },
    ],
    [
      'Chinese',
      chinese({ ...settings, seed: 6 }),
      { 姓名: 'name', 手机: 'phone', 地址: 'text', 生日: 'date' },
    ],
  ])('%s', async (_, listing, roles) => {
    const { differences } = await held(tableOf(listing, roles), together(listing), 1500)
    expect(differences).toEqual([])
  })
})

function tableOf(listing: Listing, roles: Roles): Table {
  const rows = Array.from(listing.truth, (_, row) => listing.cells(row))
  const columns = Object.entries(roles).map(([header, role]) => {
    const place = listing.header.indexOf(header)
    return [header, { role, cells: rows.map((cells) => cells[place] as string) }] as const
  })
  return Object.fromEntries(columns)
}

/** Pairs of rows of one person or firm. */
function together({ truth }: Listing): Pair[] {
  const rows = new Map<number, number[]>()
  for (const [row, who] of truth.entries()) rows.set(who, [...(rows.get(who) ?? []), row])
  return [...rows.values()].flatMap((own) =>
    own.flatMap((one, i) => own.slice(i + 1).map((other): Pair => [one, other])),
  )
}

test('of a run: the script gives the pairs the levels that their evidence names', async () => {
  const ran = await deduped(people({ rows: 400, seed: 5, duplicates: 0.3 }), { sql: 'levels.sql' })
  const [pairs, compared, levels] = [ran.sheet('pairs'), ran.sheet('compared'), ran.sheet('levels')]
  const texts = (sheet: Sheet, keys: readonly string[]) => {
    const rows = (sheet[keys[0] as string] ?? []).map((_, row) =>
      csvLine(keys.map((key) => sheet[key]?.[row] as string | null)),
    )
    return `${[csvLine(keys), ...rows].join('\n')}\n`
  }
  const folder = scratch({
    'compared.csv': texts(compared, Object.keys(compared)),
    'pairs.csv': texts(pairs, ['id_left', 'id_right']),
  })
  const names = new Map(
    levels['name']?.map((name, i) => [`${levels['column']?.[i]} ${levels['level']?.[i]}`, name]),
  )
  const columns = [...new Set(levels['column'])]
  const told = await bySql(folder, ran.saved('sql') as string)
  const evidence = pairs['id_left']?.map((left, i) => {
    const own = told.get(`${left} ${pairs['id_right']?.[i]}`) ?? []
    return own
      .flatMap((level, c) => (level < 0 ? [] : [`${columns[c]}: ${names.get(`${columns[c]} ${level}`)}`]))
      .sort()
  })
  expect(evidence?.length).toBeGreaterThan(50)
  expect(evidence).toEqual(pairs['levels']?.map((list) => listOf(String(list)).sort()))
})

test('levels count what the columns are told to count', async () => {
  const ran = await deduped(people({ rows: 400, seed: 5, duplicates: 0.3 }))
  const [levels, columns] = [ran.sheet('levels'), ran.sheet('columns')]
  const { column = [], level = [], bits = [], matches = [], chance = [] } = levels
  for (const header of new Set(column)) {
    const own = [...column.keys()].filter((i) => column[i] === header)
    const place = (columns['column'] ?? []).indexOf(header as string)
    const highest = own.reduce((best, i) => ((level[i] as number) > (level[best] as number) ? i : best))
    const lowest = own.find((i) => level[i] === 0) as number
    expect([bits[highest], bits[lowest]]).toEqual([
      columns['same_bits']?.[place],
      columns['different_bits']?.[place],
    ])
    for (const shares of [matches, chance]) {
      const byLevel = new Map(
        own.flatMap((i) => ((level[i] as number) < 0 ? [] : [[level[i], shares[i] as number]])),
      )
      expect([...byLevel.values()].reduce((sum: number, share) => sum + (share as number), 0)).toBeCloseTo(
        1,
        9,
      )
    }
  }
})

test('ids that stand on several rows are told, as pairs are named by them', async () => {
  const text = csvText(people({ rows: 300, seed: 5, duplicates: 0.3 })).replaceAll('C1000002,', 'C1000001,')
  const ran = await deduped(text, { sql: 'levels.sql', role: [{ column: 'customer_id', role: 'row id' }] })
  expect(ran.warnings).toContainEqual(expect.stringMatching(/^--sql: 300 rows have 299 different ids/))
})

test('keys alone have no levels to write', async () => {
  const text = 'id,code\n1,a\n2,a\n3,b\n'
  await expect(deduped(text, { key: ['code'], sql: 'levels.sql' })).rejects.toMatchObject({
    kind: 'model',
    message: '--sql: nothing was compared, so there are no levels',
  })
})

describe('scribbled words: in SQL the same levels, of which all are met', () => {
  const names = `Bob Robert Rob Liz Elizabeth Anna Anne A B Smith Smyth Müller Mueller Jean Luc 12 34 O’Neil Иван Иванов`
  const numbers = ['0412345678', '412345678', '12', '1', '27514', '90210', 'A1', '京A12345']
  const words = names.split(' ')
  const KANA = [
    ...'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげご',
  ]

  test.each<[MatchRole, readonly string[], number, readonly string[]]>([
    ['name', words, 4, []],
    ['surname', words, 3, []],
    ['given', words, 2, ['x: swapped']],
    ['company', words, 4, []],
    ['text', [...words, '北京路', '12号'], 5, []],
    ['place', words, 2, []],
    [
      'email',
      ['anna.smith@x.de', 'asmith@x.de', 'anna@y.com', '@x.de', '张伟@x.cn'],
      1,
      ['x: same, made of the name'],
    ],
    ['phone', numbers, 1, []],
    ['date', ['1959-04-07', '1959-07-04', '1960-04-07', '19590407', '1959', '1959-4'], 1, []],
    ['code', numbers, 1, []],
    ['identity', numbers, 2, []],
    ['number', numbers, 1, []],
    // Characters that UTF-16 needs two units for, more letters than the engine has bytes for, capitals, long names.
    ['name', ['𠮷', '𠮷田', '吉田', 'a', 'Abdulla', '王伟', '林', 'Cabela林'], 3, []],
    ['email', ['🙂anna@x.de', '🙃ann@x.de', 'ann🙂@x.de', 'б!#$@в_г-д.ru'], 1, ['x: same, made of the name']],
    ['text', KANA, 40, []],
    ['code', ['A𠮷1', 'A吉1', '京A12345', '京A12354', '27514', '27590'], 1, []],
    ['site', ['www.anna.com', 'anna.co.uk', 'anna.de/x', 'müller.de'], 1, []],
    ['category', words, 1, []],
  ])('%s', async (role, pieces, most, never) => {
    const table = { x: { role, cells: scribbled(7, pieces, most) } }
    expect(await held(table, [], 3000)).toEqual({ differences: [], unseen: never })
  })

  test('Chinese names with forms of address, marks, other characters and Latin parts', async () => {
    const pieces = [
      '张伟',
      '张玮',
      '章伟',
      '王先生',
      '王小明',
      '欧阳娜娜',
      '欧阳娜',
      '买买提·ABDULLA',
      '买买提·Abdulla',
    ]
    const random = mulberry32(10)
    const marks = ['', '', '/先生', '-女士', '(先生)', '·先生', '，先生', '|', ' ']
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const cells = Array.from({ length: 300 }, () => pick(pieces) + pick(marks))
    expect(await held({ 姓名: { role: 'name', cells } }, [], 5000)).toEqual({ differences: [], unseen: [] })
  })

  test('names of more words than are looked at', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `${String.fromCharCode(97 + (i % 26))}${i % 7}on`)
    const cells = Array.from({ length: 8 }, (_, i) => [...many.slice(0, 33 + i), `tail${i}`].join(' '))
    const { differences } = await held({ x: { role: 'name', cells } }, [], 40)
    expect(differences).toEqual([])
  })

  test('names that stand crosswise, wholly or by half', async () => {
    const pieces = ['Anna', 'Smith', 'Robert', 'Bob', 'Jo']
    const table: Table = {
      first: { role: 'given', cells: scribbled(8, pieces, 1) },
      last: { role: 'surname', cells: scribbled(9, [...pieces, ''], 1) },
    }
    expect(await held(table, [], 6000)).toEqual({ differences: [], unseen: [] })
  })
})

/** Words of a few pieces, most of them with slips of the pen, some left out. */
function scribbled(seed: number, pieces: readonly string[], most: number): string[] {
  const random = mulberry32(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const slip = (word: string): string => {
    const characters = Array.from(word)
    const at = Math.floor(random() * (characters.length + 1))
    const [letter, before] = [pick(['a', 'b', 'm', 'z']), characters.slice(0, at).join('')]
    const [first = '', second = '', ...more] = characters.slice(at)
    const rest = more.join('')
    const after = second + rest
    return pick([
      before + letter + first + after,
      before + after,
      before + letter + after,
      before + second + first + rest,
    ])
  }
  return Array.from({ length: 300 }, () => {
    let word = Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(pieces)).join(' ')
    while (random() < 0.5) word = slip(word)
    return random() < 0.05 ? '' : word
  })
}
