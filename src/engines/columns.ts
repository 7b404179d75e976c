/** Columns of an answer, read chunk by chunk into arrays. */
import { longer } from '../core/arrays.ts'
import { NO_DAY } from '../core/days.ts'
import type { Fetched, Shape } from '../core/table.ts'
import { packer } from '../core/texts.ts'
import { type Dictionary, textDictionary } from './dictionary.ts'

/** A column that grows chunk by chunk. */
export interface Growing {
  add(vector: Vector, count: number, at: number): void
  done(length: number): Fetched<Shape>[string]
  /** Begin again, in the same memory: what was done before holds no longer. */
  clear(): void
}

/** A chunk of a column as the engine's package holds it. */
export interface Vector {
  getItem(index: number): unknown
}

/** `room`: for how many rows it has room from the beginning. */
export function growing(kind: Shape[string], room = 4096): Growing {
  if (kind === 'text') return growingText()
  if (kind === 'packed') return growingPacked(room)
  if (kind === 'runs') return growingRuns(room)
  if (kind === 'coded') return growingCodes(true)
  if (kind === 'groups') return growingCodes(false)
  if (kind === 'day') return growingNumbers(new Int32Array(room), NO_DAY)
  return growingNumbers(new Float64Array(room), Number.NaN)
}

function growingText(): Growing {
  let values: (string | null)[] = []
  return {
    add: (vector, count) => {
      for (let i = 0; i < count; i++) values.push(vector.getItem(i) as string | null)
    },
    done: () => values,
    clear() {
      values = []
    },
  }
}

function growingPacked(room: number): Growing {
  const texts = packer(room)
  return {
    add: (vector, count) => {
      const held = heldTexts(vector)
      for (let i = 0; i < count; i++) {
        const length = held ? asciiLength(held, i) : -1
        if (held && length >= 0) texts.addBytes(held.bytes, i * TEXT_BYTES + LENGTH_BYTES, length)
        else texts.add(vector.getItem(i) as string | null)
      }
    },
    done: texts.done,
    clear: texts.clear,
  }
}

/** A run ends with its chunk at the latest. */
function growingRuns(room: number): Growing {
  const texts = packer(room)
  let starts = new Uint32Array(room + 1)
  let [runs, rows] = [0, 0]
  const begin = (row: number): void => {
    if (runs + 2 > starts.length) starts = longer(starts, 2 * starts.length)
    starts[runs++] = row
  }
  const end = (count: number): void => {
    rows += count
    starts[runs] = rows
  }
  return {
    add: (vector, count) => {
      const held = heldTexts(vector)
      let last: string | null | undefined
      for (let i = 0; i < count; i++) {
        if (held && i > 0 && isSameShort(held, i)) continue
        const length = held ? asciiLength(held, i) : -1
        if (held && length >= 0) {
          begin(rows + i)
          texts.addBytes(held.bytes, i * TEXT_BYTES + LENGTH_BYTES, length)
          last = undefined
          continue
        }
        const text = vector.getItem(i) as string | null
        if (text === last) continue
        begin(rows + i)
        texts.add(text)
        last = text
      }
      end(count)
    },
    done: () => ({ texts: texts.done(), starts: starts.subarray(0, runs + 1) }),
    clear() {
      texts.clear()
      runs = rows = 0
      starts[0] = 0
    },
  }
}

// A text of a vector takes 16 bytes: its length in 4, then the text itself where 12 are enough for it.
const TEXT_BYTES = 16
const LENGTH_BYTES = 4
const SHORT = 12

interface HeldTexts {
  readonly bytes: Uint8Array
  readonly words: Uint32Array
}

/**
 * The texts of a vector as they lie in memory, where none is missing. As with numbers this is not part of the
 * package's public types and is tested for; getItem makes three objects for each text, which a million ids feel.
 */
function heldTexts(vector: Vector): HeldTexts | undefined {
  const { dataView: view } = vector as { dataView?: unknown }
  if (!(view instanceof DataView) || !isWhole(vector, view.byteLength / TEXT_BYTES)) return undefined
  return {
    bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
    words: new Uint32Array(view.buffer, view.byteOffset, view.byteLength / 4),
  }
}

/** Is a text the same as the one before it, and short? */
function isSameShort({ words }: HeldTexts, index: number): boolean {
  const at = 4 * index
  return (
    (words[at] as number) <= SHORT &&
    words[at] === words[at - 4] &&
    words[at + 3] === words[at - 1] &&
    words[at + 2] === words[at - 2] &&
    words[at + 1] === words[at - 3]
  )
}

/** The length of a text of at most 12 ASCII characters; -1 for any other. */
function asciiLength({ bytes, words }: HeldTexts, index: number): number {
  const start = index * TEXT_BYTES
  const length = words[4 * index] as number
  if (length > SHORT) return -1
  let all = 0
  for (let i = start + LENGTH_BYTES; i < start + LENGTH_BYTES + length; i++) all |= bytes[i] as number
  return all < 0x80 ? length : -1
}

function growingNumbers(first: Int32Array | Float64Array, none: number): Growing {
  let values = first
  return {
    add: (vector, count, at) => {
      if (at + count > values.length) values = longer(values, 2 * values.length)
      const whole = wholeItems(vector)
      if (whole && whole.length === count) values.set(whole, at)
      else for (let i = 0; i < count; i++) values[at + i] = numberOf(vector.getItem(i), none)
    },
    done: (length) => values.subarray(0, length),
    // Numbers are written over.
    clear() {},
  }
}

/**
 * The numbers of a vector as they lie in memory, where it has no gap. Not part of the package's public
 * types, so it is tested for; without it every value is read through getItem, five times slower.
 */
function wholeItems(vector: Vector): Int32Array | Float64Array | undefined {
  const { items } = vector as { items?: unknown }
  const isPlain = items instanceof Float64Array || items instanceof Int32Array
  return isPlain && isWhole(vector, items.length) ? items : undefined
}

const ALL_THERE = 2n ** 64n - 1n

/** Does no row lack a value? One bit a row tells, where the engine keeps any. */
function isWhole(vector: Vector, rows: number): boolean {
  const { data, offset } = (vector as { validity?: { data?: unknown; offset?: unknown } }).validity ?? {}
  if (data === null) return true
  if (!(data instanceof BigUint64Array) || offset !== 0) return false
  const words = rows >>> 6
  for (let word = 0; word < words; word++) if (data[word] !== ALL_THERE) return false
  const last = (1n << BigInt(rows & 63)) - 1n
  return last === 0n || ((data[words] as bigint) & last) === last
}

function numberOf(value: unknown, none: number): number {
  if (value === null) return none
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'object' && value !== undefined && 'days' in value) return Number(value.days)
  return Number(String(value))
}

/** Whoever keeps no bits keeps no gaps. */
function isMissing(vector: Vector, row: number): boolean {
  const { validity } = vector as { validity?: { itemValid?(row: number): boolean } }
  return validity?.itemValid?.(row) === false
}

// Texts as numbers -----------------------------------------------------------------------------------

/** A text of a row becomes its number in the order of first sight; -1 where there is none. */
function growingCodes(keepsWords: boolean): Growing {
  let blocks: Int32Array[] = []
  let dictionary = textDictionary(keepsWords)
  return {
    add: (vector, count) => {
      const codes = new Int32Array(count)
      const { dataView: view } = vector as { dataView?: unknown }
      if (view instanceof DataView) shortCodes(vector, view, codes, dictionary)
      else for (let i = 0; i < count; i++) codes[i] = dictionary.codeOf(vector.getItem(i) as string | null)
      blocks.push(codes)
    },
    done: () => {
      const codes = joined(blocks)
      const { words, count } = dictionary.done()
      return words ? { codes, words } : { codes, groups: count }
    },
    clear() {
      blocks = []
      dictionary = textDictionary(keepsWords)
    },
  }
}

/** Texts that lie in the vector itself are told by its four words: length and letters, the rest zero. */
function shortCodes(vector: Vector, view: DataView, codes: Int32Array, dictionary: Dictionary): void {
  const words = new Uint32Array(view.buffer, view.byteOffset, 4 * codes.length)
  const whole = isWhole(vector, codes.length)
  let last = -1
  for (let i = 0, at = 0; i < codes.length; i++, at += 4) {
    const length = words[at] as number
    if (length > SHORT || (!whole && isMissing(vector, i))) {
      codes[i] = dictionary.codeOf(vector.getItem(i) as string | null)
      last = -1
      continue
    }
    // Lines of one order stand together.
    const same =
      last >= 0 &&
      words[at] === words[at - 4] &&
      words[at + 1] === words[at - 3] &&
      words[at + 2] === words[at - 2] &&
      words[at + 3] === words[at - 1]
    if (!same) last = dictionary.codeOfShort(words, at)
    codes[i] = last
  }
}

function joined(blocks: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) {
    all.set(block, at)
    at += block.length
  }
  return all
}
