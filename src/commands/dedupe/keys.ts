/** Keys by which pairs are proposed: whole values, parts of them, and two of them together. No settings. */

import type { Key } from '../../models/linkage/blocking.ts'
import { hashOfTwo, textHash } from '../../models/linkage/hash.ts'
import type { Field } from './fields.ts'
import { localPart } from './ladders.ts'
import { type MatchRole, STRONG } from './roles.ts'
import { tokensOf } from './tokens.ts'

const WHOLE: readonly MatchRole[] = [
  ...STRONG,
  'code',
  'date',
  'given',
  'surname',
  'name',
  'company',
  'site',
  'text',
  'place',
  'number',
  'block',
]
const LONG: readonly MatchRole[] = ['name', 'company', 'text', 'block']

/** How many characters of a column are put together with another one; 0: all. */
const PREFIXES: Readonly<Partial<Record<MatchRole, number>>> = {
  given: 3,
  surname: 3,
  name: 3,
  company: 3,
  code: 3,
  identity: 3,
  date: 6,
  category: 0,
  place: 4,
  number: 0,
  text: 4,
}

/** By record, 0 where there is none. */
function hashed({ codes, words }: Field, part: (word: string) => string): Uint32Array {
  const hashes = new Uint32Array(words.length)
  words.forEach((word, code) => {
    const text = part(word)
    hashes[code] = text === '' ? 0 : Math.max(1, textHash(text))
  })
  const own = new Uint32Array(codes.length)
  for (let record = 0; record < own.length; record++) {
    const code = codes[record] as number
    if (code >= 0) own[record] = hashes[code] as number
  }
  return own
}

const together = (one: Uint32Array, other: Uint32Array): Uint32Array =>
  one.map((hash, i) => (hash === 0 || other[i] === 0 ? 0 : Math.max(1, hashOfTwo(hash, other[i] as number))))

/** The same whichever comes first. */
const eitherWay = (one: Uint32Array, other: Uint32Array): Uint32Array =>
  one.map((hash, i) => {
    const second = other[i] as number
    if (hash === 0 || second === 0) return 0
    return Math.max(1, hashOfTwo(Math.min(hash, second), Math.max(hash, second)))
  })

/** Each is made only where it is asked for. */
export function* keysOf(fields: readonly Field[]): Generator<() => Key> {
  yield* singleKeys(fields)
  const parts = fields.flatMap((field) => {
    const length = PREFIXES[field.role]
    if (length === undefined) return []
    return [{ field, hashes: hashed(field, (word) => (length === 0 ? word : word.slice(0, length))) }]
  })
  for (const [i, one] of parts.entries()) {
    for (const other of parts.slice(i + 1)) {
      if (one.field.role === 'category' && other.field.role === 'category') continue
      const name = `parts of ${one.field.header} and ${other.field.header}`
      yield () => ({ name, hashes: together(one.hashes, other.hashes) })
    }
  }
  const [given, surname] = [
    fields.find(({ role }) => role === 'given'),
    fields.find(({ role }) => role === 'surname'),
  ]
  if (given && surname) {
    const name = `${given.header} and ${surname.header} either way`
    yield () => ({ name, hashes: eitherWay(hashed(given, whole), hashed(surname, whole)) })
  }
  for (const field of fields) if (LONG.includes(field.role)) yield () => tokenKey(field)
}

const whole = (word: string): string => word

function* singleKeys(fields: readonly Field[]): Generator<() => Key> {
  for (const field of fields) {
    const { role, header } = field
    if (!WHOLE.includes(role)) continue
    const strong = STRONG.includes(role)
    yield () => ({ name: `all of ${header}`, hashes: hashed(field, whole), strong })
    if (role === 'email')
      yield () => ({ name: `local part of ${header}`, hashes: hashed(field, longLocalPart) })
    if (role === 'phone') {
      yield () => ({ name: `last 7 of ${header}`, hashes: hashed(field, (word) => word.slice(-7)), strong })
    }
    if (LONG.includes(role)) {
      yield () => ({
        name: `first 6 of ${header}`,
        hashes: hashed(field, (word) => word.replaceAll(' ', '').slice(0, 6)),
      })
    }
  }
}

const longLocalPart = (email: string): string => {
  const local = localPart(email)
  return local.length < 3 ? '' : local
}

function tokenKey(field: Field): Key {
  const { lists, hashes, texts } = tokensOf(field)
  const starts = new Uint32Array(field.codes.length + 1)
  const all: number[] = []
  field.codes.forEach((code, record) => {
    if (code >= 0) {
      for (let at = lists.starts[code] as number; at < (lists.starts[code + 1] as number); at++) {
        const token = lists.values[at] as number
        if ((texts[token] as string).length >= 2) all.push(Math.max(1, hashes[token] as number))
      }
    }
    starts[record + 1] = all.length
  })
  return { name: `words of ${field.header}`, hashes: Uint32Array.from(all), starts }
}
