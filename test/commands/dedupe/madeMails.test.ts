import { expect, test } from 'vitest'
import { madeMails } from '../../../src/commands/dedupe/madeMails.ts'
import type { MatchRole } from '../../../src/commands/dedupe/roles.ts'

const field = (role: MatchRole, words: readonly string[]) => ({
  ...{ header: role, role, words, codes: Int32Array.from(words.keys()) },
  ...{ hashes: new Uint32Array(words.length), mark: 0 },
})

const made = (given: string, surname: string, email: string): boolean =>
  madeMails([field('given', [given]), field('surname', [surname]), field('email', [email])])?.made[0] === 1

test.each([
  'john.smith@x.org',
  'smith_john@x.org',
  'jsmith@x.org',
  'j.smith87@x.org',
  'smithj@x.org',
  'johns@x.org',
  'john@x.org',
  'smith1@x.org',
])('%s is made of John Smith', (email) => {
  expect(made('john', 'smith', email)).toBe(true)
})

test.each(['john.smith4711@x.org', 'jsmythe@x.org', 'bluecat@x.org', 'js@x.org', 'info@x.org', '12@x.org'])(
  '%s says more than John Smith',
  (email) => {
    expect(made('john', 'smith', email)).toBe(false)
  },
)

test('a whole name will do; without names there is nothing to be made of', () => {
  const mail = field('email', ['mary.jones@x.org'])
  expect(madeMails([field('name', ['mary ann jones']), mail])?.made[0]).toBe(1)
  expect(madeMails([mail])).toBeUndefined()
})

test('the chance of the same address is that of the same form and host, and of the digits', () => {
  const fields = (emails: readonly string[]) => [
    ...[field('given', ['ann', 'bob']), field('surname', ['lee', 'ray'])],
    field('email', emails),
  ]
  expect(madeMails(fields(['ann.lee@x.org', 'bob.ray@x.org']))?.chance).toBe(1)
  expect(madeMails(fields(['ann.lee@x.org', 'bob.ray@y.org']))?.chance).toBe(0.5)
  expect(madeMails(fields(['ann.lee8@x.org', 'bob.ray9@x.org']))?.chance).toBeCloseTo(0.1)
})
