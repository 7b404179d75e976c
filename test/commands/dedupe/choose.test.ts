/** Which columns are evidence where there are many. */
import { describe, expect, test } from 'vitest'
import { people } from '../../../fixtures/people.ts'
import { deduped, judged, judgedOn } from '../../support/dedupe.ts'

const settings = { rows: 500, seed: 7, duplicates: 0.2 }
const noisy = people({ ...settings, noise: 33 })

describe('of many columns that mean nothing', () => {
  const found = deduped(noisy)

  test('some are compared, after all that mean something', async () => {
    const { column = [], note = [] } = (await found).sheet('columns')
    const out = column.filter((_, i) => String(note[i]).includes('too many columns')).map(String)
    expect(out.length).toBeGreaterThan(15)
    expect(out.filter((header) => ['first', 'last', 'city', 'postcode', 'dob'].includes(header))).toEqual([])
  })

  test('none makes it much worse', async () => {
    const { f1 } = judged((await found).sheet('rows')['cluster_id'] ?? [], noisy.truth)
    expect(f1).toBeGreaterThanOrEqual((await judgedOn(people(settings))).f1 - 0.03)
  })
})
