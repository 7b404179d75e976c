/** JSON as text: one value at a time from text that may go on. Numbers stay as they are written. */

/** No double holds 6917926768823643751, or the last digit of 0.10. */
export interface Numeral {
  readonly numeral: string
}

/** A map, because an object would sort keys like "2024" first and take "__proto__" for its own. */
export type JsonObject = ReadonlyMap<string, JsonValue>
export type JsonList = readonly JsonValue[]
export type JsonValue = string | Numeral | boolean | null | JsonList | JsonObject

export const isList = (value: JsonValue): value is JsonList => Array.isArray(value)
export const isObject = (value: JsonValue): value is JsonObject => value instanceof Map

/** A place in text that is read from left to right. */
export interface Cursor {
  text: string
  at: number
  /** Is told every key that an object already had. */
  readonly repeated: (key: string) => void
}

/** Thrown where the text ends inside a value: there may be more of it. */
export const CUT = Symbol('the text ends inside a value')

/** Thrown for what is no JSON. */
export class NotJson extends Error {
  readonly at: number

  constructor(reason: string, at: number) {
    super(reason)
    this.at = at
  }
}

/** So deep does no export nest; the call stack would end at some thousands. */
const DEEPEST = 200

/** The value that begins here; the cursor then stands behind it. */
export function readValue(cursor: Cursor, depth = 0): JsonValue {
  if (depth > DEEPEST) throw new NotJson(`nested more than ${DEEPEST} levels deep`, cursor.at)
  switch (skipSpace(cursor)) {
    case '"':
      return readString(cursor)
    case '{':
      return readObject(cursor, depth)
    case '[':
      return readList(cursor, depth)
    case 't':
      return readWord(cursor, 'true', true)
    case 'f':
      return readWord(cursor, 'false', false)
    case 'n':
      return readWord(cursor, 'null', null)
    default:
      return readNumber(cursor)
  }
}

/** Go to the next character that is not white space; the empty string at the end of the text. */
export function skipSpace(cursor: Cursor): string {
  const { text } = cursor
  for (; cursor.at < text.length; cursor.at++) {
    const code = text.charCodeAt(cursor.at)
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return text.charAt(cursor.at)
  }
  return ''
}

function required(cursor: Cursor): string {
  const character = skipSpace(cursor)
  if (character === '') throw CUT
  return character
}

export function unexpected(expected: string, { text, at }: Cursor): NotJson {
  const found = String.fromCodePoint(text.codePointAt(at) ?? 0)
  return new NotJson(`expected ${expected}, found ${JSON.stringify(found)}`, at)
}

function readObject(cursor: Cursor, depth: number): JsonObject {
  const object = new Map<string, JsonValue>()
  cursor.at++
  if (required(cursor) === '}') return closed(cursor, object)
  for (;;) {
    const key = readKey(cursor)
    if (object.has(key)) cursor.repeated(key)
    object.set(key, readValue(cursor, depth + 1))
    if (!goesOn(cursor, '}')) return object
  }
}

function closed<T>(cursor: Cursor, value: T): T {
  cursor.at++
  return value
}

/** A key and its colon. */
export function readKey(cursor: Cursor): string {
  if (required(cursor) !== '"') throw unexpected('a key in double quotes', cursor)
  const key = readString(cursor)
  if (required(cursor) !== ':') throw unexpected('a colon', cursor)
  cursor.at++
  return key
}

function readList(cursor: Cursor, depth: number): JsonList {
  const list: JsonValue[] = []
  cursor.at++
  if (required(cursor) === ']') return closed(cursor, list)
  for (;;) {
    list.push(readValue(cursor, depth + 1))
    if (!goesOn(cursor, ']')) return list
  }
}

/** Behind an element: true after a comma, false after the closing bracket. */
export function goesOn(cursor: Cursor, close: string): boolean {
  const character = required(cursor)
  if (character !== ',' && character !== close) throw unexpected(`a comma or "${close}"`, cursor)
  cursor.at++
  return character === ','
}

const BACKSLASH = 92

function readString(cursor: Cursor): string {
  const start = cursor.at + 1
  const end = closingQuote(cursor.text, start)
  const inside = cursor.text.slice(start, end < 0 ? undefined : end)
  const escaped = hasEscape(inside, start)
  if (end < 0) throw CUT
  cursor.at = end + 1
  return escaped ? unescaped(inside, start) : inside
}

function hasEscape(inside: string, start: number): boolean {
  let found = false
  for (let i = 0; i < inside.length; i++) {
    const code = inside.charCodeAt(i)
    if (code < 32) throw new NotJson('a string holds a line break or another control character', start + i)
    if (code === BACKSLASH) found = true
  }
  return found
}

function closingQuote(text: string, start: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let first = quote
    while (first > start && text.charCodeAt(first - 1) === BACKSLASH) first--
    if ((quote - first) % 2 === 0) return quote
  }
  return -1
}

function unescaped(inside: string, at: number): string {
  try {
    return JSON.parse(`"${inside}"`) as string
  } catch {
    throw new NotJson('a string has a backslash that escapes nothing', at)
  }
}

// Leading zeros and NaN are not in the standard, but programs write them, and what is meant is plain.
const NUMBER = /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y
const NUMBER_CUT = /[-+.\dA-Za-z]*$/y

function readNumber(cursor: Cursor): Numeral {
  NUMBER.lastIndex = cursor.at
  const found = NUMBER.exec(cursor.text)?.[0]
  NUMBER_CUT.lastIndex = cursor.at
  if (NUMBER_CUT.test(cursor.text)) throw CUT
  if (found === undefined) throw unexpected('a value', cursor)
  cursor.at += found.length
  return { numeral: found }
}

function readWord<T>(cursor: Cursor, word: string, value: T): T {
  const rest = cursor.text.slice(cursor.at, cursor.at + word.length)
  if (rest === word) {
    cursor.at += word.length
    return value
  }
  if (word.startsWith(rest) && cursor.at + rest.length === cursor.text.length) throw CUT
  throw unexpected('a value', cursor)
}

/** A value without structure as the text of a cell. */
export function plainText(value: Exclude<JsonValue, JsonList | JsonObject>): string {
  if (value === null) return ''
  if (typeof value === 'object') return value.numeral
  return String(value)
}

/** A value as JSON again, its numbers as they were. */
export function jsonText(value: JsonValue): string {
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`
  if (isObject(value)) {
    return `{${[...value].map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`).join(',')}}`
  }
  return typeof value === 'string' ? JSON.stringify(value) : value === null ? 'null' : plainText(value)
}
