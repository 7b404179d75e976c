/** What links connect. */
import { expect, test } from 'vitest'
import { smallComponents } from '../../../src/models/linkage/groups.ts'

test('as many components as there are customers in a large file', () => {
  const count = 300_000
  const left = Int32Array.from({ length: count }, (_, i) => 2 * i)
  const right = left.map((record) => record + 1)
  const components = smallComponents(2 * count, { left, right, bits: new Float64Array(count).fill(9) })
  expect(components.length).toBe(count)
  expect([...(components[count - 1] as Int32Array)]).toEqual([2 * count - 2, 2 * count - 1])
})
