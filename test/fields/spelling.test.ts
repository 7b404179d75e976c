import { expect, test } from 'vitest'
import { distinguishing, fingerprint } from '../../src/fields/spelling.ts'

const isOne = (one: string, other: string): boolean =>
  fingerprint(one) === fingerprint(other) && distinguishing(one) === distinguishing(other)

test.each([
  ['New York', 'new york'],
  ['New York', 'York, New'],
  ['Köln', 'Koln'],
  ['e-mail', 'E-Mail'],
  ['10 %', '10%'],
  ['Ｒｏｍｅ', 'Rome'],
])('%s and %s are one word', (one, other) => expect(isOne(one, other)).toBe(true))

test.each([
  ['A+', 'A-'],
  ['A', 'A-'],
  ['C', 'C++'],
  ['C', 'C#'],
  ['<18', '18+'],
  ['<18', '>18'],
  ['$5', '€5'],
  ['3/4', '4/3'],
  ['1-2', '2-1'],
  ['50', '50%'],
])('%s and %s are not', (one, other) => expect(isOne(one, other)).toBe(false))
