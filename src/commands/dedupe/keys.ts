/** Keys by which pairs are proposed: whole values, parts of them, and two of them together. No settings. */

import type { Key } from '../../models/linkage/blocking.ts'
import { hashOfTwo, textHash } from '../../models/linkage/hash.ts'
import { localPart } from './compare.ts'
import type { Field } from './fields.ts'
import type { MatchRole } from './roles.ts'
import { tokensOf } from './tokens.ts'

const STRONG: readonly MatchRole[] = ['email', 'phone', 'identity']
const WHOLE: readonly MatchRole[] = [
  ...STRONG,
  'code',
  'date',
  'given',
  'surname',
  'name',
  'text',
  'place',
  'number',
  'block',
]
const LONG: readonly MatchRole[] = ['name', 'text', 'block']

/** How many characters of a column are put together with another one; 0: all. */
const PREFIXES: Readonly<Partial<Record<MatchRole, number>>> = {
  given: 3,
  surname: 3,
  name: 3,
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
  const hashes = Uint32Array.from(words, (word) => {
    const text = part(word)
    return text === '' ? 0 : Math.max(1, textHash(text))
  })
  return Uint32Array.from(codes, (code) => (code < 0 ? 0 : (hashes[code] as number)))
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

export function* keysOf(fields: readonly Field[]): Generator<Key> {
  const nameOf = (field: Field, what: string) => `${what} of ${field.header}`
  for (const field of fields) {
    if (!WHOLE.includes(field.role)) continue
    const strong = STRONG.includes(field.role)
    yield { name: nameOf(field, 'all'), hashes: hashed(field, (word) => word), strong }
    if (field.role === 'email')
      yield { name: nameOf(field, 'local part'), hashes: hashed(field, longLocalPart) }
    if (field.role === 'phone')
      yield { name: nameOf(field, 'last 7'), hashes: hashed(field, (word) => word.slice(-7)), strong }
    if (LONG.includes(field.role)) {
      yield {
        name: nameOf(field, 'first 6'),
        hashes: hashed(field, (word) => word.replaceAll(' ', '').slice(0, 6)),
      }
    }
  }
  const parts = fields.flatMap((field) => {
    const length = PREFIXES[field.role]
    return length === undefined ? [] : [{ field, length }]
  })
  const short = new Map(
    parts.map(({ field, length }) => [
      field,
      hashed(field, (word) => (length === 0 ? word : word.slice(0, length))),
    ]),
  )
  for (const [i, { field: one }] of parts.entries()) {
    for (const { field: other } of parts.slice(i + 1)) {
      if (one.role === 'category' && other.role === 'category') continue
      const hashes = together(short.get(one) as Uint32Array, short.get(other) as Uint32Array)
      yield { name: `parts of ${one.header} and ${other.header}`, hashes }
    }
  }
  const [given, surname] = [
    fields.find(({ role }) => role === 'given'),
    fields.find(({ role }) => role === 'surname'),
  ]
  if (given && surname) {
    const whole = (word: string) => word
    yield {
      name: `${given.header} and ${surname.header} either way`,
      hashes: eitherWay(hashed(given, whole), hashed(surname, whole)),
    }
  }
  for (const field of fields) if (LONG.includes(field.role)) yield tokenKey(field)
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
