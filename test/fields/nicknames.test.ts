import { expect, test } from 'vitest'
import { nameGroups, nicknamePairs, sameName } from '../../src/fields/nicknames.ts'

test.each(
  'Bob Robert,Bill William,Liz Elizabeth,Kate Katherine,Betty Elizabeth,Peggy Margaret,Jack John,Chuck Charles,Dick Richard,Ted Edward,Ted Theodore,Jim James,Hank Henry,Polly Mary,Sally Sarah,Nell Helen,Tony Anthony,Sandy Alexander,Bec Rebecca,Gus Augustus,Ned Edmund,Zac Zachary,Fritz Friedrich,Uschi Ursula,Pepe José'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)('%s may be %s', (short, full) => {
  expect(sameName(short, full)).toBe(true)
  expect(sameName(full.toUpperCase(), ` ${short} `)).toBe(true)
})

test('spellings of one name, and two short forms of it', () => {
  for (const [one, other] of [
    ['Catherine', 'Kathryn'],
    ['Steven', 'Stephen'],
    ['Bob', 'Rob'],
    ['Jürgen', 'Jurgen'],
  ] as const)
    expect(sameName(one, other)).toBe(true)
})

test.each([
  ['Robert', 'Albert'],
  ['Alexander', 'Alexandra'],
  ['Patrick', 'Patricia'],
  ['Samuel', 'Samantha'],
  ['Mary', 'Margaret'],
  ['Christian', 'Christina'],
  ['Daniel', 'David'],
  ['Francis', 'Franklin'],
  ['Janet', 'Janice'],
  ['Brandon', 'Brendan'],
  ['Ann', 'Hannah'],
  ['Smith', 'Smythe'],
])('%s is not %s, though they may share a short form', (one, other) => {
  expect(sameName(one, other)).toBe(false)
})

test('a short form of several names stands in several groups, an unknown name in its own', () => {
  expect(nameGroups('Bert')).toEqual(expect.arrayContaining(['robert', 'albert', 'herbert', 'gilbert']))
  expect(nameGroups('Wolfram')).toEqual(['wolfram'])
  expect(sameName('Wolfram', 'wolfram')).toBe(true)
})

test('more than 800 pairs of plain letters, and no group that holds only itself', () => {
  const pairs = nicknamePairs()
  expect(pairs.length).toBeGreaterThan(800)
  expect(pairs.every(([head, form]) => /^[a-z]+$/.test(head) && /^[a-z]+$/.test(form))).toBe(true)
})
