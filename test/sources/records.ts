/** What the readers of records give, in a form that can be compared. */
import { CustError } from '../../src/core/errors.ts'
import { jsonColumns, jsonRecords, type Reject } from '../../src/sources/jsonRecords.ts'
import type { TextRecord } from '../../src/sources/records.ts'

export async function* chunksOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

export interface Table {
  readonly headers: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly lines: readonly number[]
  readonly rejects: readonly Reject[]
  readonly notes: readonly string[]
  readonly format: string
}

/** Both passes over a text that comes in pieces of this size. */
export async function readJson(text: string, size = 1 << 16): Promise<Table> {
  const file = () => ({ shown: 'f.json', chunks: chunksOf(text, size) })
  const columns = await jsonColumns(file())
  const rejects: Reject[] = []
  const records = await allOf(jsonRecords(file(), columns, (reject) => rejects.push(reject)))
  const { headers, notes, format } = columns
  return { headers, notes, format, rejects, ...split(records) }
}

export async function allOf(batches: AsyncIterable<readonly TextRecord[]>): Promise<TextRecord[]> {
  const all: TextRecord[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}

export const split = (records: readonly TextRecord[]) => ({
  rows: records.map(({ cells }) => cells),
  lines: records.map(({ line }) => line),
})

/** The error that a promise ends with: it must be one that the user can act on. */
export async function inputError(promise: Promise<unknown>): Promise<CustError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof CustError && error.kind === 'input') return error
  throw new Error(`expected an input error, got ${String(error)}`, { cause: error })
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const PIECES = [
  ...[
    '00123',
    '6917926768823643751',
    '0.10',
    '客户',
    '茶, 绿',
    '😀',
    '👩‍👩‍👧',
    'é',
    'a"b',
    "it's",
    '\\',
    '\\n',
    '\n',
  ],
  ...[
    '\t',
    ' ',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '<b>',
    '&amp;',
    ']]>',
    '_x000D_',
    '#N/A',
    'TRUE',
    '=1+1',
    '\u00a0',
  ],
  ...['constructor', '__proto__', '\u2028', 'null', '1e5', '-', '|'],
]

/** A table of awkward texts; no cell is empty at the edges of the table, for a sheet would not hold it. */
export function awkwardTable(seed: number): { headers: string[]; rows: string[][] } {
  const next = random(seed)
  const whole = (most: number) => Math.floor(next() * most)
  const text = () => Array.from({ length: 1 + whole(4) }, () => PIECES[whole(PIECES.length)]).join('')
  const width = 1 + whole(6)
  const headers = Array.from({ length: width }, (_, i) => `${i}#${text()}`)
  const rows = Array.from({ length: 1 + whole(20) }, () => headers.map((_, i) => `${i ? '' : 'x'}${text()}`))
  return { headers, rows }
}
