/** What links connect. */
import { expect, test } from 'vitest'
import { averageLinked, smallComponents } from '../../../src/models/linkage/groups.ts'

test('as many components as there are customers in a large file', () => {
  const count = 300_000
  const left = Int32Array.from({ length: count }, (_, i) => 2 * i)
  const right = left.map((record) => record + 1)
  const components = smallComponents(2 * count, { left, right, bits: new Float64Array(count).fill(9) })
  expect(components.length).toBe(count)
  expect([...(components[count - 1] as Int32Array)]).toEqual([2 * count - 2, 2 * count - 1])
})

/** Links between neighbours in a row of records. */
function chainOf(count: number, bitsOf: (i: number) => number) {
  const left = Int32Array.from({ length: count - 1 }, (_, i) => i)
  return { left, right: left.map((record) => record + 1), bits: Float64Array.from(left, (_, i) => bitsOf(i)) }
}

test.each([
  ['no link is stronger than another', () => 3],
  ['links differ by less than a step', (i: number) => 3 + (i % 7) / 10],
])('a component of thousands is taken apart by its size where %s', (_, bitsOf) => {
  const count = 10_000
  const components = smallComponents(count, chainOf(count, bitsOf))
  expect(Math.max(...components.map(({ length }) => length))).toBeLessThanOrEqual(600)
  const members = components.flatMap((component) => [...component])
  expect(new Set(members).size).toBe(members.length)
  expect(members.length).toBeGreaterThan(0.9 * count)
})

test('the stronger links hold where the size limits a component', () => {
  const count = 1000
  // Ten strong groups of a hundred, with weaker links between them.
  const components = smallComponents(
    count,
    chainOf(count, (i) => (i % 100 === 99 ? 1.6 : 1.9)),
  )
  for (let group = 0; group < 10; group++) {
    const own = components.find((component) => component.includes(100 * group)) as Int32Array
    for (let i = 0; i < 100; i++) expect(own.includes(100 * group + i)).toBe(true)
  }
})

test('who agrees with one of two more than speaks against the other belongs to both', () => {
  const bits = (one: number, other: number) => Float64Array.from([0, 8, one, 8, 0, other, one, other, 0])
  expect([...averageLinked(3, bits(5, -20))]).toEqual([0, 0, 0])
  expect([...averageLinked(3, bits(3, -20))]).toEqual([0, 0, 1])
})
