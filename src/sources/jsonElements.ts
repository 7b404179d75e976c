/** The elements of a JSON file, one after the other: the objects or rows that its shape says, never the whole. */
import { CustError } from '../core/errors.ts'
import {
  CUT,
  type Cursor,
  goesOn,
  type JsonValue,
  NotJson,
  readKey,
  readValue,
  skipSpace,
  unexpected,
} from './jsonText.ts'

/** Where the elements stand: in the list under these keys (none: the list is the file), or one after the other. */
export type JsonShape =
  | { readonly kind: 'list'; readonly path: readonly string[] }
  | { readonly kind: 'sequence' }

export interface JsonElement {
  readonly value: JsonValue
  /** The physical line on which it begins, from 1. */
  readonly line: number
}

/** A part of a file that gives no record. */
export interface Reject {
  readonly line: number
  readonly reason: string
  /** The beginning of what stands there. */
  readonly text: string
}

/** Those who hear what cannot be an element, and which keys an object has twice. */
export interface Listener {
  readonly reject: (reject: Reject) => void
  readonly repeated: (key: string, line: number) => void
}

export interface JsonFile {
  readonly shown: string
  /** Decoded text without a byte order mark. */
  readonly chunks: AsyncIterable<string>
}

/** Text enough to see the shape of a file. */
const HEAD = 1 << 20
/** An element beyond this is no record, and a string has a greatest length. */
const LARGEST = 1 << 26
const SHOWN = 200
/** Few enough that they are gone before the collector moves them. */
const BATCH = 256

/** What a walk over the text asks for: more text. */
const MORE = Symbol('more text')
type More = typeof MORE
type Walk<T> = Generator<More | JsonElement, T>

/** The text that is in memory, and where in the file it is. */
interface Page extends Cursor {
  readonly shown: string
  ended: boolean
  /** The line of `counted`, and where that line begins: before the text, if negative. */
  line: number
  lineStart: number
  counted: number
}

// Driving --------------------------------------------------------------------------------------

/** The elements in batches, as the text comes. `shapeOf` looks at the beginning of the text. */
export async function* jsonElements(
  { shown, chunks }: JsonFile,
  shapeOf: (head: string, whole: boolean) => JsonShape,
  listener: Listener,
): AsyncGenerator<JsonElement[]> {
  const page = pageOf(shown, listener)
  const source = chunks[Symbol.asyncIterator]()
  try {
    await fill(page, source, HEAD)
    const shape = shapeOf(page.text.slice(0, HEAD), page.ended && page.text.length <= HEAD)
    const steps = walk(page, shape, listener)
    let batch: JsonElement[] = []
    for (const step of steps) {
      if (step !== MORE) batch.push(step)
      if (batch.length === BATCH || (step === MORE && batch.length > 0)) {
        yield batch
        batch = []
      }
      if (step !== MORE) continue
      // Twice as much each time: else an element over many chunks would be begun again at each of them.
      await fill(page, source, 2 * (page.text.length - page.at) + 1)
    }
    if (batch.length > 0) yield batch
  } finally {
    await source.return?.()
  }
}

function pageOf(shown: string, listener: Listener): Page {
  const page: Page = {
    shown,
    text: '',
    at: 0,
    ended: false,
    line: 1,
    lineStart: 0,
    counted: 0,
    repeated: (key) => listener.repeated(key, placeOf(page, page.at).line),
  }
  return page
}

/** Drop what is behind the cursor and read until so much is before it. */
async function fill(page: Page, source: AsyncIterator<string>, length: number): Promise<void> {
  if (page.text.length - page.at > LARGEST) throw tooLarge(page)
  // The other half of a line end may follow.
  if (page.at === page.text.length && page.text.endsWith('\r')) page.at--
  count(page, page.at)
  const parts = [page.text.slice(page.at)]
  let held = parts[0]?.length ?? 0
  page.lineStart -= page.at
  page.counted = page.at = 0
  while (held < length && !page.ended) {
    const next = await source.next()
    if (next.done) page.ended = true
    else {
      parts.push(next.value)
      held += next.value.length
    }
  }
  page.text = parts.join('')
}

function tooLarge(page: Page): CustError {
  const { line } = placeOf(page, page.at)
  const what = `${page.shown}:${line}: one JSON value of more than ${LARGEST >> 20} million characters`
  return new CustError('input', what, 'expected a list of records; save the list that holds them')
}

// Lines ----------------------------------------------------------------------------------------

const [LF, CR] = [10, 13]

/** Line and column of a position in the text, both from 1. */
function placeOf({ text, line, lineStart, counted }: Page, at: number): { line: number; column: number } {
  let [lines, start] = [line, lineStart]
  for (let i = counted; i < at; i++) {
    const code = text.charCodeAt(i)
    if (code !== LF && (code !== CR || text.charCodeAt(i + 1) === LF)) continue
    lines++
    start = i + 1
  }
  return { line: lines, column: at - start + 1 }
}

/** Go to a place, so that lines are counted from there. */
function count(page: Page, at: number): number {
  const { line, column } = placeOf(page, at)
  page.line = line
  page.lineStart = at - column + 1
  page.counted = at
  return line
}

// Walking --------------------------------------------------------------------------------------

function* walk(page: Page, shape: JsonShape, listener: Listener): Walk<void> {
  if (shape.kind === 'sequence') yield* sequence(page, listener)
  else if (yield* withinList(page, shape.path, listener)) yield* afterList(page, shape.path, listener)
}

/** The next character that is no white space; the empty string at the end of the file. */
function* peek(page: Page): Generator<More, string> {
  for (;;) {
    const character = skipSpace(page)
    if (character !== '' || page.ended) return character
    yield MORE
  }
}

/** Read something, from its beginning again when the text ends too early. */
function* reading<T>(page: Page, read: (page: Page) => T): Generator<More, T> {
  for (;;) {
    const start = page.at
    try {
      return read(page)
    } catch (thrown) {
      if (thrown !== CUT || page.ended) throw thrown
      page.at = start
    }
    yield MORE
  }
}

const nextValue = (page: Page) => reading(page, readValue)

const CUT_OFF = 'the file ends in the middle of it'

const excerpt = (text: string, start: number, end = text.length): string =>
  text.slice(start, Math.min(end, start + SHOWN)).trimEnd()

function broken({ shown }: Page, reason: string, { line, column }: ReturnType<typeof placeOf>): CustError {
  return new CustError('input', `${shown}:${line}:${column}: not valid JSON: ${reason}`, MEND)
}

const MEND = 'mend it there, or write one object a line (NDJSON): then only the bad lines are left out'

// A list ---------------------------------------------------------------------------------------

/** The elements of the list under a path; false when the file ended in it. */
function* withinList(page: Page, path: readonly string[], listener: Listener): Walk<boolean> {
  try {
    return yield* within(page, path, listener)
  } catch (thrown) {
    if (thrown instanceof NotJson) throw broken(page, thrown.message, placeOf(page, thrown.at))
    if (thrown !== CUT) throw thrown
    const line = placeOf(page, page.text.length).line
    listener.reject({ line, reason: 'the file ends before the list does', text: '' })
    return false
  }
}

function* within(page: Page, path: readonly string[], listener: Listener): Walk<boolean> {
  const character = yield* peek(page)
  const [key, ...rest] = path
  if (key === undefined && character === '[') return yield* list(page, listener)
  if (key === undefined || character !== '{') {
    yield* skipped(page)
    return true
  }
  page.at++
  if ((yield* peek(page)) === '}') {
    page.at++
    return true
  }
  do {
    if ((yield* reading(page, readKey)) !== key) yield* skipped(page)
    else if (!(yield* within(page, rest, listener))) return false
  } while (yield* reading(page, (cursor) => goesOn(cursor, '}')))
  return true
}

/** Pass over a value; over a list element by element, for it may be long. */
function* skipped(page: Page): Generator<More, void> {
  if ((yield* peek(page)) !== '[') {
    yield* nextValue(page)
    return
  }
  page.at++
  if ((yield* peek(page)) === ']') page.at++
  else
    do yield* nextValue(page)
    while (yield* reading(page, (cursor) => goesOn(cursor, ']')))
}

/** The elements of the list that begins here; false when the file ended in one. */
function* list(page: Page, listener: Listener): Walk<boolean> {
  page.at++
  if ((yield* peek(page)) === ']') {
    page.at++
    return true
  }
  do {
    yield* peek(page)
    const line = count(page, page.at)
    const value = yield* element(page, line, listener)
    if (value === CUT) return false
    if (value !== undefined) yield { value, line }
  } while (yield* reading(page, (cursor) => goesOn(cursor, ']')))
  return true
}

/** One element of a list: undefined if it is broken but its end can be told, CUT if the file ends in it. */
function* element(
  page: Page,
  line: number,
  listener: Listener,
): Generator<More, JsonValue | undefined | typeof CUT> {
  try {
    return yield* reading(page, delimitedValue)
  } catch (thrown) {
    page.at = page.counted
    if (thrown === CUT) {
      listener.reject({ line, reason: CUT_OFF, text: excerpt(page.text, page.at) })
      return CUT
    }
    if (!(thrown instanceof NotJson)) throw thrown
    const place = placeOf(page, thrown.at)
    const end = yield* reading(page, elementEnd)
    if (end === undefined) throw broken(page, thrown.message, place)
    listener.reject({ line, reason: thrown.message, text: excerpt(page.text, page.at, end) })
    page.at = end
    return undefined
  }
}

/** A value is an element only if a comma or the end of the list follows. */
function delimitedValue(page: Page): JsonValue {
  const value = readValue(page)
  const { at } = page
  if (skipSpace(page) !== '' || !page.ended) goesOn(page, ']')
  page.at = at
  return value
}

/** The end of an object by its braces alone, where a comma or the end of the list follows. */
function elementEnd({ text, at, ended }: Page): number | undefined {
  if (text[at] !== '{') return undefined
  const border = /"(?:[^"\\\r\n]|\\.)*"|[{}]/g
  border.lastIndex = at
  let depth = 0
  for (let found = border.exec(text); found; found = border.exec(text)) {
    const end = border.lastIndex
    if (end - at > HEAD) return undefined
    if (found[0] === '{') depth++
    if (found[0] !== '}' || --depth > 0) continue
    const next = /\S/.exec(text.slice(end, end + SHOWN))?.[0]
    if (next === undefined && !ended && text.length - end < SHOWN) throw CUT
    return next === ',' || next === ']' ? end : undefined
  }
  if (!ended && text.length - at < 2 * HEAD) throw CUT
  return undefined
}

/** Behind the list of a file there may be another one, as of the next page of an answer, and nothing else. */
function* afterList(page: Page, path: readonly string[], listener: Listener): Walk<void> {
  for (let next = yield* peek(page); next !== ''; next = yield* peek(page)) {
    if (next !== (path.length > 0 ? '{' : '[')) {
      const { message, at } = unexpected('the end of the file after its list', page)
      throw broken(page, message, placeOf(page, at))
    }
    if (!(yield* withinList(page, path, listener))) return
  }
}

// A sequence -----------------------------------------------------------------------------------

/** Values one after the other, on lines of their own or not. A line that does not read is left out. */
function* sequence(page: Page, listener: Listener): Walk<void> {
  while ((yield* peek(page)) !== '') {
    const line = count(page, page.at)
    try {
      yield { value: yield* reading(page, separateValue), line }
    } catch (thrown) {
      if (thrown !== CUT && !(thrown instanceof NotJson)) throw thrown
      page.at = page.counted
      const { end, next } = yield* reading(page, nextBeginning)
      const reason = thrown === CUT ? CUT_OFF : thrown.message
      listener.reject({ line, reason, text: excerpt(page.text, page.at, end) })
      page.at = next
    }
  }
}

/** On its last line a value is followed by nothing, by the next one, or by a comma. */
function separateValue(page: Page): JsonValue {
  const { text, at } = page
  if (text[at] !== '{' && text[at] !== '[') throw unexpected('an object', page)
  const value = readValue(page)
  while (text[page.at] === ' ' || text[page.at] === '\t') page.at++
  if (text[page.at] === ',') page.at++
  if (page.at === text.length && !page.ended) throw CUT
  if (page.at < text.length && !/[\s{[]/.test(text[page.at] as string)) {
    throw unexpected('the end of the line', page)
  }
  return value
}

/**
 * Where to go on behind a broken value: on the next line; if it opened on a line of its own, then at the
 * next that does so in the same column, for what is further in is a part of it. And the end of its line.
 */
function nextBeginning(page: Page): { end: number; next: number } {
  const { text, at, ended } = page
  const rest = /[\r\n]/g
  rest.lastIndex = at
  const end = rest.exec(text)?.index ?? text.length
  if (end === text.length && !ended) throw CUT
  if (!/^[{[]\s*$/.test(text.slice(at, end))) return { end, next: end }
  const beginning = new RegExp(`[\\r\\n][ \\t]{${placeOf(page, at).column - 1}}[{[]`, 'g')
  beginning.lastIndex = end
  const found = beginning.exec(text)
  if (!found && !ended) throw CUT
  return { end, next: found ? found.index : text.length }
}
