/** Which columns are evidence where there are many. */
import { expect, test } from 'vitest'
import { people } from '../../../fixtures/people.ts'
import { deduped } from '../../support/dedupe.ts'

test('of many columns that mean nothing some are compared, after all that mean something', async () => {
  const ran = await deduped(people({ rows: 800, seed: 7, duplicates: 0.2, noise: 33 }))
  const { column = [], note = [] } = ran.sheet('columns')
  const out = column.filter((_, i) => String(note[i]).includes('too many columns')).map(String)
  expect(out.length).toBeGreaterThan(15)
  expect(out.filter((header) => ['first', 'last', 'city', 'postcode', 'dob'].includes(header))).toEqual([])
})
