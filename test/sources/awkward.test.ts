/** Any table that is written comes back equal, and any damage to it is told; `test/long` has many more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { damageTold, roundTrip } from './awkward.ts'
import { type Inputs, inputs } from './inputs.ts'

const CASES = 120

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

test(`${CASES} tables of awkward texts, in any dialect and encoding, come back equal`, async () => {
  for (let seed = 0; seed < CASES; seed++) expect(await roundTrip(space, seed)).toBeUndefined()
})

test(`${CASES} files that are cut or have a flipped byte give an error, or tell, or lose nothing`, async () => {
  for (let seed = 0; seed < CASES; seed++) expect(await damageTold(space, seed)).toBeUndefined()
})
