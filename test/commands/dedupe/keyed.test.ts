/** A key tells who is who where nothing else does. */
import { expect, test } from 'vitest'
import { withColumns } from '../../../fixtures/people/listing.ts'
import { namesakes } from '../../../fixtures/people.ts'
import { deduped } from '../../support/dedupe.ts'
import { shuffled, withRows } from '../../support/listings.ts'

const letters = (number: number): string =>
  number.toString(36).replace(/\d/g, (digit) => 'qrstuvwxyz'[+digit] ?? '')
const keyed = withColumns(namesakes(400), ['club'], (row) => [row % 10 === 0 ? '' : letters((row % 150) + 7)])

test('names and towns alone, with a key: rows that share it are one customer, those without one are alone', async () => {
  const ran = await deduped(keyed, { key: ['club'] })
  expect(ran.notes.join('\n')).toMatch(/rows are joined by --key alone: no reliable match signal/)
  const { club = [], cluster_id = [], match_p } = ran.sheet('rows')
  const clusterOf = new Map<string, Set<unknown>>()
  club.forEach((key, row) => {
    const own = `${key ?? ''}` === '' ? `row ${row}` : String(key)
    clusterOf.set(own, (clusterOf.get(own) ?? new Set()).add(cluster_id[row]))
  })
  expect([...clusterOf.values()].every(({ size }) => size === 1)).toBe(true)
  expect(new Set(cluster_id).size).toBe(clusterOf.size)
  expect(match_p?.filter((p) => Number.isFinite(p)).every((p) => p === 1)).toBe(true)
})

test('without ids the clusters have the same names in any order of the rows', async () => {
  const order = shuffled(400, 8)
  const clusters = (await deduped(keyed, { key: ['club'] })).sheet('rows')['cluster_id'] ?? []
  const others = (await deduped(withRows(keyed, order), { key: ['club'] })).sheet('rows')['cluster_id']
  const withKey = order.flatMap((row, i) => (row % 10 === 0 ? [] : [[others?.[i], clusters[row]]]))
  expect(withKey.every(([other, cluster]) => other === cluster)).toBe(true)
})

test('rows of another file are linked by the key alone', async () => {
  const master = 'id,first,last,club\nM1,Anna,Lee,a\nM2,Bob,Ray,c\n'
  const ran = await deduped(
    'id,first,last,club\n1,Ann,Lee,a\n2,Bob,Ray,b\n',
    { key: ['club'], against: 'master.csv' },
    { 'master.csv': master },
  )
  expect(ran.sheet('rows')['master_id']).toEqual(['M1', null])
  const { measure = [], value = [] } = ran.sheet('summary')
  expect(value[measure.indexOf('pairs expected to match')]).toBe(0)
})
