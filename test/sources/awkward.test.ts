/** Any table that is written comes back equal, and any damage to it is told; `test/long` has many more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { damageTold, roundTrip } from './awkward.ts'
import { type Inputs, inputs } from './inputs.ts'

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

test('300 tables of awkward texts, in any dialect and encoding, come back equal', async () => {
  for (let seed = 0; seed < 300; seed++) expect(await roundTrip(space, seed)).toBeUndefined()
})

test('300 files that are cut or have a flipped byte give an error, or tell, or lose nothing', async () => {
  for (let seed = 0; seed < 300; seed++) expect(await damageTold(space, seed)).toBeUndefined()
})
