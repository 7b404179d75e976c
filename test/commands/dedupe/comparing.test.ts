/** Two threads tell what one does, and one does all of it where the other is lost. */
import { describe, expect, test } from 'vitest'
import { withColumns } from '../../../fixtures/people/listing.ts'
import { csvText, people } from '../../../fixtures/people.ts'
import { columnOf } from '../../../src/commands/dedupe/columns.ts'
import { comparerOf, type Task, takeChunk } from '../../../src/commands/dedupe/comparing.ts'
import { type Field, fieldsOf } from '../../../src/commands/dedupe/fields.ts'
import { help } from '../../../src/commands/dedupe/helper.ts'
import { type Helper, HelperLost } from '../../../src/core/helper.ts'
import { randomPairs } from '../../../src/models/linkage/drawn.ts'
import { runCust, scratch } from '../../support/program.ts'

const listing = people({ rows: 1200, seed: 8 })
const all = randomPairs(1200)
const pairs = { left: all.left.subarray(0, 100_000), right: all.right.subarray(0, 100_000) }

async function fieldsOfListing(): Promise<readonly Field[]> {
  const roles = { first: 'given', last: 'surname', email: 'email', phone: 'phone' } as const
  const own = Object.entries(roles).map(([header, role]) => {
    const place = listing.header.indexOf(header)
    const words: string[] = []
    const codes = Int32Array.from(
      { length: 1200 },
      (_, row) => words.push(listing.cells(row)[place] ?? '') - 1,
    )
    return fieldsOf(columnOf(header, codes, words), role)
  })
  return (await Promise.all(own)).flat()
}

const alone = async () => comparerOf(await fieldsOfListing(), undefined).begin(pairs)()

/** It does at once what it is asked. */
function ableHelper(): { readonly helper: Helper; readonly asked: Task[] } {
  const perform = help()
  const asked: Task[] = []
  const ask = async (task: unknown) => {
    asked.push(task as Task)
    return perform(task)
  }
  return { helper: { ask, end: () => {} }, asked }
}

describe('patterns of pairs', () => {
  test('a helper that works at once leaves nothing to do, and tells the same', async () => {
    const fields = await fieldsOfListing()
    const { helper, asked } = ableHelper()
    const patterns = await comparerOf(fields, helper).begin(pairs)()
    expect(asked.map((task) => Object.keys(task))).toEqual([['fields'], ['part']])
    expect(patterns.length).toBe(100_000)
    expect(new Set(patterns).size).toBeGreaterThan(50)
    expect([...patterns]).toEqual([...(await alone())])
  })

  test('what a lost helper had begun is done again', async () => {
    const fields = await fieldsOfListing()
    const helper: Helper = {
      ask: async (task) => {
        const asked = task as Task
        if (!('part' in asked)) return
        // It takes two chunks, writes rubbish and dies.
        takeChunk({ comparisons: [], radix: { strides: [], sizes: [] } }, asked.part)
        takeChunk({ comparisons: [], radix: { strides: [], sizes: [] } }, asked.part)
        throw new HelperLost('out of memory')
      },
      end: () => {},
    }
    const patterns = await comparerOf(fields, helper).begin(pairs)()
    expect([...patterns]).toEqual([...(await alone())])
  })

  test('what is proposed is the same with a helper, without one, and with one that is lost', async () => {
    const fields = await fieldsOfListing()
    const limits = { pairs: 20_000, perKey: 5000 }
    const { helper: able, asked: tasks } = ableHelper()
    const lost: Helper = { ask: () => Promise.reject(new HelperLost('no memory')), end: () => {} }
    const [usual, helped, after] = await Promise.all(
      [undefined, able, lost].map((helper) => comparerOf(fields, helper).propose(1200, limits)),
    )
    expect(tasks.map((task) => Object.keys(task))).toEqual([['fields'], ['half', 'limits']])
    expect(usual?.left.length).toBeGreaterThan(2000)
    expect(usual?.keys.filter(({ pairs: proposed }) => proposed > 0).length).toBeGreaterThan(5)
    expect(helped).toEqual(usual)
    expect(after).toEqual(usual)
  })

  test('an error of the helper is an error', async () => {
    const helper: Helper = { ask: () => Promise.reject(new RangeError('a mistake')), end: () => {} }
    const begun = comparerOf(await fieldsOfListing(), helper).begin(pairs)
    await expect(begun()).rejects.toThrow('a mistake')
  })
})

test('the program writes the same bytes with one thread and with two', async () => {
  // A file of a megabyte or less is not worth a second thread.
  const wide = withColumns(people({ rows: 600, seed: 4 }), ['filler'], () => ['x'.repeat(2000)])
  const cwd = scratch({ 'customers.csv': csvText(wide) })
  const answers = await Promise.all(
    [[], ['--threads', '1']].map(async (more) => {
      const { code, stdout } = await runCust(['dedupe', 'customers.csv', '-q', '-f', 'csv', ...more], { cwd })
      expect(code).toBe(0)
      return stdout.toString()
    }),
  )
  expect(answers[0]?.length).toBeGreaterThan(1_200_000)
  expect(answers[1] === answers[0]).toBe(true)
})
