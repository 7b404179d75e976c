/** What `test/sources/awkward.test.ts` asks, of many more tables. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { damageTold, roundTrip } from '../sources/awkward.ts'
import { type Inputs, inputs } from '../sources/inputs.ts'

const FIRST = 0
const CASES = 10_000

let space: Inputs
beforeAll(async () => {
  space = await inputs()
})
afterAll(() => space.close())

test(`${CASES} tables of awkward texts, in any dialect and encoding, come back equal`, async () => {
  for (let seed = FIRST; seed < FIRST + CASES; seed++) expect(await roundTrip(space, seed)).toBeUndefined()
})

test(`${CASES} files that are cut or have a flipped byte give an error, or tell, or lose nothing`, async () => {
  for (let seed = FIRST; seed < FIRST + CASES; seed++) expect(await damageTold(space, seed)).toBeUndefined()
})
