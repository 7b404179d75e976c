/** How alike two words of a column are told to be. */
import { expect, test } from 'vitest'
import { columnOf } from '../../../src/commands/dedupe/columns.ts'
import { comparisonsOf } from '../../../src/commands/dedupe/compare.ts'
import { dateOfParts } from '../../../src/commands/dedupe/dateParts.ts'
import { fieldsOf } from '../../../src/commands/dedupe/fields.ts'
import type { MatchRole } from '../../../src/commands/dedupe/roles.ts'

const column = (header: string, words: readonly string[]) =>
  columnOf(header, Int32Array.from(words.keys()), words)

/** What the first two words are to each other. */
async function told(role: MatchRole, ...words: readonly [string, string]): Promise<string | undefined> {
  const [comparison] = comparisonsOf(await fieldsOf(column('x', words), role))
  return comparison?.levels[comparison.levelOf(0, 1)]
}

test.each([
  ['1959-04-07', '1959-04-07', 'same'],
  ['1959-04-07', '1953-04-07', 'a digit differs'],
  ['1959-04-07', '1959-07-04', 'day and month swapped'],
  ['1959-04-07', '2008-04-07', 'same day, another year'],
  ['1939-06-16', '1943-06-16', 'same day, another year'],
  ['1959-04-07', '1959-05-08', 'two digits differ'],
  ['1959-04-07', '1959-11-23', 'same year'],
  ['1959-04-07', '1962-11-23', 'different'],
])('dates: %s and %s are %s', async (one, other, level) => {
  expect(await told('date', one, other)).toBe(level)
})

test.each([
  ['TQ13 8DF', 'TQ13 2HU', 'same beginning'],
  ['TQ13 8DF', 'TQ13 8HU', 'two characters differ'],
  ['TQ13 8DF', 'EX4 1AA', 'different'],
  ['27514', '27599', 'two characters differ'],
  ['200040', '200333', 'same beginning'],
  ['27514', '90210', 'different'],
])('codes: %s and %s are %s', async (one, other, level) => {
  expect(await told('code', one, other)).toBe(level)
})

test('what follows the five digits of a ZIP code is no other place; other numbers of nine digits are whole', async () => {
  const [zip] = await fieldsOf(column('zip', ['27514', '27514-1234', '275149999', '902101234']), 'code')
  expect(zip?.words.filter((word) => word !== '')).toEqual(['27514', '90210'])
  const [code] = await fieldsOf(column('code', ['27514', '275149999']), 'code')
  expect(code?.words).toEqual(['27514', '275149999'])
})

test('how somebody is addressed is no part of the name, but tells men from women', async () => {
  const written = ['Mr J Smith', 'Mrs J Smith', 'J Smith', 'Dr J Smith', 'Sir']
  const [names, sexes, ...more] = await fieldsOf(column('Name', written), 'name')
  expect(Array.from(names?.codes ?? [])).toEqual([0, 0, 0, 0, -1])
  expect([sexes?.role, sexes?.header, more]).toEqual(['category', 'Name (form of address)', []])
  expect(Array.from(sexes?.codes ?? [], (code) => sexes?.words[code])).toEqual([
    ...['male', 'female', undefined, undefined, 'male'],
  ])
  const plain = column('Name', ['Jo Smith', 'Ann Brown'])
  expect(await fieldsOf(plain, 'name')).toHaveLength(1)
  // What an earlier file has decided is so in the next one.
  expect(await fieldsOf(plain, 'name', names?.form)).toHaveLength(2)
})

test('a year that cannot be one was mistyped; noughts and nines stand for none', () => {
  const years = ['1959', '2062', '9999', '0', '1970', ...Array.from({ length: 60 }, (_, i) => `${1940 + i}`)]
  const others = years.map((_, i) => String(1 + (i % 12)))
  const found = dateOfParts([column('by', years), column('bm', others), column('bd', others)])
  const wordAt = (row: number) => found?.field.words[found.field.codes[row] as number]
  expect([0, 1, 2, 3, 4].map(wordAt)).toEqual(['19590101', '20620202', '????0303', '????0404', '19700505'])
})
