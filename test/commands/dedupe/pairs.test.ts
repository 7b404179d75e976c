/** Pairs stand in one order, each with the smaller id first, however the rows come. */
import { expect, test } from 'vitest'
import { people } from '../../../fixtures/people.ts'
import { deduped } from '../../support/dedupe.ts'
import { shuffled, withMore, withRows } from '../../support/listings.ts'

test('the order of the rows does not matter', async () => {
  const plain = people({ rows: 500, seed: 12, duplicates: 0.2 })
  const [, ...cells] = plain.cells(0)
  const list = withMore(plain, [
    ['C10', ...cells],
    ['C9', ...cells],
  ])
  const pairs = (await deduped(list)).sheet('pairs')
  const others = (await deduped(withRows(list, shuffled(502, 6)))).sheet('pairs')
  expect(pairs['id_left']).toContain('C9')
  expect(others).toEqual(pairs)
})
