/**
 * Addresses that say no more than the name does: john.smith@, jsmith@, smith.john87@. Who shares the name may well
 * have the same one.
 */
import type { Field } from './fields.ts'
import { localPart } from './ladders.ts'

export interface MadeMails {
  /** By value of the e-mails: 1 where it is made of the name beside it and of two digits at most. */
  readonly made: Uint8Array
  /** How often two such people would have the same one: as often as they choose one form and one host. */
  readonly chance: number
}

/** Fewer letters are no name. */
const LEAST_LETTERS = 2

/** Undefined where there are no names in letters, or no addresses. */
export function madeMails(fields: readonly Field[]): MadeMails | undefined {
  const email = fields.find(({ role }) => role === 'email')
  if (!email) return undefined
  const namesOf = namesIn(fields)
  if (!namesOf) return undefined
  const made = new Uint8Array(email.words.length)
  const parts = email.words.map(partsOf)
  const times = new Map<string, number>()
  email.codes.forEach((code, record) => {
    if (code < 0 || made[code] === 1) return
    const { letters, digits, host } = parts[code] as Parts
    if (letters.length < LEAST_LETTERS || digits > MOST_DIGITS) return
    const [given, surname] = namesOf(record)
    const form = formOf(letters, given, surname)
    if (form < 0) return
    made[code] = 1
    const kind = `${form} ${digits} ${host}`
    times.set(kind, (times.get(kind) ?? 0) + 1)
  })
  let chance = 0
  for (const [kind, count] of times) {
    chance += (count / email.words.length) ** 2 / 10 ** Number(kind.split(' ')[1])
  }
  return { made, chance }
}

/** As in a year of birth. */
const MOST_DIGITS = 2

interface Parts {
  readonly letters: string
  readonly digits: number
  readonly host: string
}

function partsOf(email: string): Parts {
  const local = localPart(email)
  const ending = /\d*$/.exec(local)?.[0] ?? ''
  const letters = local.slice(0, local.length - ending.length).replace(/[._-]+/g, '')
  return { letters, digits: ending.length, host: email.slice(local.length) }
}

/** The way in which the letters are made of the two names; -1: they are not. */
function formOf(letters: string, given: string, surname: string): number {
  if (letters === given) return 0
  if (letters === surname) return 1
  if (given === '' || surname === '') return -1
  if (letters.length === given.length + surname.length) {
    if (letters === given + surname) return 2
    if (letters === surname + given) return 3
  }
  if (letters.length === surname.length + 1) {
    if (letters === given[0] + surname) return 4
    if (letters === surname + given[0]) return 5
  }
  if (letters.length !== given.length + 1) return -1
  return letters === given + surname[0] ? 6 : letters === surname[0] + given ? 7 : -1
}

type Names = readonly [given: string, surname: string]

const plain = (word: string): string => word.replace(/[^\p{L}]+/gu, '')

/** By record: given name and surname, or the first and the last word of the name. */
function namesIn(fields: readonly Field[]): ((record: number) => Names) | undefined {
  const columnOf = (role: Field['role']) => {
    const field = fields.find((each) => each.role === role && !each.chinese)
    return field && { codes: field.codes, words: field.words }
  }
  const [given, surname, whole] = [columnOf('given'), columnOf('surname'), columnOf('name')]
  if (given || surname) {
    const [first, last] = [given, surname].map((column) => {
      const words = column?.words.map(plain)
      return (record: number) => words?.[column?.codes[record] as number] ?? ''
    }) as [(record: number) => string, (record: number) => string]
    return (record) => [first(record), last(record)]
  }
  if (!whole) return undefined
  const pairs = whole.words.map((name): Names => {
    const words = name.split(' ')
    return [plain(words[0] ?? ''), words.length > 1 ? plain(words.at(-1) ?? '') : '']
  })
  return (record) => pairs[whole.codes[record] as number] ?? ['', '']
}
