/** Columns that lead nowhere are left out, before nothing is answered. */
import { expect, test } from 'vitest'
import { type Field, fieldWith } from '../../../src/commands/dedupe/fields.ts'
import type { Matched } from '../../../src/commands/dedupe/match.ts'
import { byWhatTells } from '../../../src/commands/dedupe/personal.ts'
import type { MatchRole } from '../../../src/commands/dedupe/roles.ts'
import { CustError } from '../../../src/core/errors.ts'

const field = (header: string, role: MatchRole): Field =>
  fieldWith({ header, role, codes: new Int32Array(), words: [] })
const all = [
  field('name', 'name'),
  field('phone', 'phone'),
  field('street address', 'text'),
  field('city', 'place'),
  field('Program', 'category'),
  field('Funded by', 'text'),
]
const chosen = { fields: all, out: [] }
const refusal = new CustError('model', 'no reliable match signal: rows that look alike do not form groups')
const headersOf = (fields: readonly Field[]) => fields.map(({ header }) => header)

/** Refuses what it is told to; says what it was asked. */
function comparing(refused: (fields: readonly Field[]) => Error | undefined) {
  const asked: string[][] = []
  const compare = async (fields: readonly Field[]) => {
    asked.push(headersOf(fields))
    const error = refused(fields)
    if (error) throw error
    return { edges: fields.length } as Matched
  }
  return { asked, compare }
}

test('all columns are compared where they form groups', async () => {
  const { asked, compare } = comparing(() => undefined)
  const found = await byWhatTells(chosen, compare)
  expect(found.chosen).toBe(chosen)
  expect(asked).toEqual([headersOf(all)])
})

test('where they form none, those that say who somebody is and where; the others are told', async () => {
  const { asked, compare } = comparing((fields) => (fields.length === all.length ? refusal : undefined))
  const found = await byWhatTells(chosen, compare)
  const personal = ['name', 'phone', 'street address', 'city']
  expect(asked[1]).toEqual(personal)
  expect(headersOf(found.chosen.fields)).toEqual(personal)
  expect(found.chosen.out.map(({ header }) => header)).toEqual(['Program', 'Funded by'])
})

test('where neither do, the first reason is told', async () => {
  const { asked, compare } = comparing((fields) =>
    fields.length === all.length ? refusal : new CustError('model', 'another reason'),
  )
  await expect(byWhatTells(chosen, compare)).rejects.toBe(refusal)
  expect(asked).toHaveLength(2)
})

test('nothing is tried twice where nothing is to be left out, or where it is no refusal', async () => {
  const refusing = comparing(() => refusal)
  await expect(byWhatTells({ fields: all.slice(0, 4), out: [] }, refusing.compare)).rejects.toBe(refusal)
  const broken = new Error('disk full')
  const breaking = comparing(() => broken)
  await expect(byWhatTells(chosen, breaking.compare)).rejects.toBe(broken)
  expect([refusing.asked.length, breaking.asked.length]).toEqual([1, 1])
})
