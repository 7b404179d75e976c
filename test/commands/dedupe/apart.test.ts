/** What many share tells nobody from anybody: an e-mail that a shop writes for all who leave none. */
import { expect, test } from 'vitest'
import { withChanged } from '../../../fixtures/people/listing.ts'
import { type Listing, people } from '../../../fixtures/people.ts'
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

test('an e-mail of a few rows, none of which has a name like another, is no customer', async () => {
  const firms = [
    'id,name,street,city,zip,email',
    '1,Müller Bau GmbH,Hauptstr. 5,Bern,3000,info@example.ch',
    '2,Keller Transport AG,Seeweg 12,Zürich,8001,info@example.ch',
    '3,Sonnen Apotheke,Marktgasse 3,Basel,4001,info@example.ch',
    '4,Weber Consulting,Ringstr. 77,Luzern,6003,info@example.ch',
    '5,Garage Frei GmbH,Industriestr. 9,Chur,7000,info@example.ch',
  ]
  const ran = await deduped(`${firms.join('\n')}\n`)
  expect(new Set(ran.sheet('rows')['cluster_id']).size).toBe(5)
  expect(ran.notes.join('\n')).toMatch(/info@example\.ch \(5 rows\) stands with many names/)
})

test('what has no @ is no e-mail, however many rows have it', async () => {
  const few = people({ rows: 500, seed: 11, duplicates: 0.1 })
  const none = withChanged(few, (cells, row) => {
    if (row % 40 === 0) cells[MAIL] = 'no_email.com'
  })
  const empty = withChanged(few, (cells, row) => {
    if (row % 40 === 0) cells[MAIL] = ''
  })
  const clustersOf = async (list: Listing) => (await deduped(list)).sheet('rows')['cluster_id']
  expect(await clustersOf(none)).toEqual(await clustersOf(empty))
})
