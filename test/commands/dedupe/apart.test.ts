/** What many share tells nobody from anybody: an e-mail that a shop writes for all who leave none. */
import { expect, test } from 'vitest'
import { withChanged } from '../../../fixtures/people/listing.ts'
import { people } from '../../../fixtures/people.ts'
import { deduped, judged } from '../../support/dedupe.ts'

const plain = people({ rows: 1200, seed: 11, duplicates: 0.1 })
const MAIL = 3

test('an e-mail on forty rows of different names is told, and merges nobody', async () => {
  const shared = withChanged(plain, (cells, row) => {
    if (row % 30 === 0) cells[MAIL] = 'info@agency.example'
  })
  const ran = await deduped(shared)
  const clusters = ran.sheet('rows')['cluster_id'] as string[]
  expect(ran.notes.filter((note) => note.includes('info@agency.example'))).toHaveLength(1)
  const before = (await deduped(plain)).sheet('rows')['cluster_id'] as string[]
  const [found, usual] = [judged(clusters, shared.truth), judged(before, plain.truth)]
  expect(found.precision).toBeGreaterThanOrEqual(usual.precision - 0.01)
  expect(found.recall).toBeGreaterThanOrEqual(usual.recall - 0.03)
  const apart = new Set(clusters.filter((_, row) => row % 30 === 0))
  const persons = new Set(Array.from(shared.truth).filter((_, row) => row % 30 === 0))
  expect(apart.size).toBe(persons.size)
})
