/** Rows linked to those of a master: whatever the order in which either file has them. */
import { describe, expect, test } from 'vitest'
import type { DedupeOptions } from '../../support/dedupe.ts'
import { deduped } from '../../support/dedupe.ts'

const people = Array.from({ length: 80 }, (_, i) => {
  const name = `${['Ann', 'Bob', 'Cy', 'Dora', 'Eve'][i % 5]} ${['Lee', 'Ray', 'Dow', 'Orr'][i % 4]}`
  return `${name},p${i}@x.org,212-555-${1000 + i}`
})
const HEADER = 'id,name,email,phone,seen\n'
const rows = people.map((person, i) => `N${i},${person},${i}`)
// Several rows say the same of a customer: which of them is linked follows from nothing that is compared.
const own = [...rows, ...people.slice(0, 20).map((person, i) => `N${100 + i},${person},${100 + i}`)]
const master = people.slice(0, 60).map((person, i) => `M${i},${person},${i}`)

async function linksOf(own: readonly string[], master: readonly string[], options: Partial<DedupeOptions>) {
  const [text, other] = [own, master].map((lines) => `${HEADER}${lines.join('\n')}\n`) as [string, string]
  const ran = await deduped(text, { against: 'm.csv', ...options }, { 'm.csv': other })
  const sheet = ran.sheet('rows')
  return new Map(sheet['seen']?.map((seen, i) => [seen, sheet['master_id']?.[i]]))
}

describe.each<[string, Partial<DedupeOptions>]>([
  ['the best of each', {}],
  ['one to one', { oneToOne: true }],
  ['one to one by a key', { oneToOne: true, key: ['email'] }],
])('%s', (_, options) => {
  test('the same links in any order of the rows', async () => {
    const links = await linksOf(own, master, options)
    expect([...links.values()].filter((id) => id !== null)).toHaveLength(options.oneToOne ? 60 : 80)
    expect(await linksOf([...own].reverse(), [...master].reverse(), options)).toEqual(links)
  })

  test('and where no column names the rows', async () => {
    const unnamed = own.map((row) => `x${row.slice(row.indexOf(','))}`)
    const links = await linksOf(unnamed, master, options)
    expect(await linksOf([...unnamed].reverse(), master, options)).toEqual(links)
  })
})
