/** Delimited text as rows, from the first to the last; in one go, or each half of it by a thread of its own. */
import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { type Block, blocksOf } from './blocks.ts'
import { byteReader, type Compression, type Range } from './bytes.ts'
import type { Encoding } from './charsets.ts'
import type { Plan } from './delimited.ts'
import type { Dialect } from './dialect.ts'
import type { InputFile } from './files.ts'
import type { Layout } from './layout.ts'
import type { ReadBatch } from './rowBatch.ts'
import type { PlacedRows, RowPlaces } from './rowPlaces.ts'
import { isRegular, type RowReader, rowReader } from './rowReader.ts'
import type { Notation } from './split.ts'
import type { PassedOver } from './tabulate.ts'

/** One reading of the file; what it knows of the whole is known at its end. */
export interface Pass {
  readonly batches: AsyncIterable<ReadBatch>
  readonly passed: () => PassedOver
  /** Rows, with those that cannot be used. */
  readonly rows: () => number
  /** SHA-256 of the bytes of the file; undefined where nothing is kept. */
  readonly hash: () => string | undefined
}

/** All that is needed to read the rows. It survives structured cloning. */
export interface PassPlan {
  readonly file: InputFile
  readonly compression: Compression | undefined
  readonly encoding: Encoding
  readonly notation: Notation
  readonly layout: Layout
  /** Physical lines above the first row. */
  readonly above: number
  readonly dialect: Dialect
}

export function passPlanOf({ text, notation, layout, records }: Plan): Omit<PassPlan, 'dialect'> {
  const { file, compression, encoding } = text
  const last = records[layout.skip - 1]
  const above = last === undefined ? 0 : last.line - 1 + Math.max(last.lines, 1)
  return { file, compression, encoding, notation, layout, above }
}

/** `places`: where the rows stand, put down by the first pass for the others. */
export const textPass =
  (plan: PassPlan, places?: RowPlaces) =>
  (keeping: boolean): Pass => {
    const reader = rowReader({ ...plan, keeping, places })
    const hash = keeping ? createHash('sha256') : undefined
    return {
      batches: readAll(blocksIn(plan, { hash }), reader, places),
      passed: () => reader.passed,
      rows: () => reader.rows,
      hash: () => hash?.digest('hex'),
    }
  }

// Two halves -----------------------------------------------------------------------------------------

export interface Halves {
  /** The rows of the first. */
  readonly first: AsyncIterable<ReadBatch>
  /** Once it is read: the lines above the second; undefined where that begins inside of a record. */
  linesAbove(): number | undefined
  /** The rows of the second, read on from the first. */
  readonly second: AsyncIterable<ReadBatch>
  /** The second for another thread, which counts its lines from 1. */
  readonly rest: Rest
  /** The other thread has read it, and put down where its rows stand. */
  join(places: readonly PlacedRows[]): void
}

/** It survives structured cloning. */
export interface Rest {
  readonly plan: PassPlan
  readonly from: number
}

/** Undefined where nobody can begin in the middle. */
export async function halvesOf(plan: PassPlan, places: RowPlaces): Promise<Halves | undefined> {
  if (plan.compression || plan.encoding !== 'utf-8' || !isRegular(plan.notation)) return undefined
  const from = await middleOf(plan.file)
  if (from === undefined) return undefined
  const reader = rowReader({ ...plan, keeping: false, places })
  return {
    first: readBlocks(blocksIn(plan, { range: { from: 0, to: from } }), reader, { isWhole: false }),
    linesAbove: () => (reader.isBetween ? reader.lines : undefined),
    second: readAll(restOf({ plan, from }), reader, places),
    rest: { plan, from },
    join(placed) {
      for (const run of placed) places.add(run)
      places.complete()
    },
  }
}

/** The rows of a second half, by a thread that has not read the first. */
export function rowsOf(rest: Rest, places: RowPlaces): AsyncIterable<ReadBatch> {
  const { plan, from } = rest
  const place = from - plan.dialect.mark.length / 2
  return readAll(restOf(rest), rowReader({ ...plan, above: 0, keeping: false, places, from: place }), places)
}

const restOf = ({ plan, from }: Rest): AsyncIterable<Block> =>
  blocksIn(plan, { range: { from, to: Number.POSITIVE_INFINITY } })

/** All rows to the end. */
async function* readAll(
  blocks: AsyncIterable<Block>,
  reader: RowReader,
  places: RowPlaces | undefined,
): AsyncGenerator<ReadBatch> {
  yield* readBlocks(inFullBlocks(blocks), reader)
  places?.complete()
}

const [LF, LONGEST_LINE] = [10, 1 << 16]
const MARK = Buffer.from('\ufeff')

/** The place after a line end near the middle; what stands there is not taken for a byte order mark. */
async function middleOf({ path }: InputFile): Promise<number | undefined> {
  const handle = await open(path)
  try {
    const middle = Math.floor((await handle.stat()).size / 2)
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(LONGEST_LINE), 0, LONGEST_LINE, middle)
    const line = buffer.subarray(0, bytesRead).indexOf(LF) + 1
    const next = buffer.subarray(line, bytesRead)
    return line === 0 || next.length < MARK.length || next.indexOf(MARK) === 0 ? undefined : middle + line
  } finally {
    await handle.close()
  }
}

// Blocks ---------------------------------------------------------------------------------------------

/** Blocks below this are read together with the one before: what the last records are is told from several. */
const SHORT_BYTES = 1 << 16

async function* blocksIn(
  { file, compression, encoding, notation: { cr } }: PassPlan,
  { hash, range }: { readonly hash?: Hash | undefined; readonly range?: Range },
): AsyncGenerator<Block> {
  const bytes = await byteReader(file, compression, range)
  const read = async (buffer: Buffer, at: number) => {
    const count = await bytes.read(buffer, at)
    hash?.update(buffer.subarray(at, at + count))
    return count
  }
  try {
    yield* blocksOf({ read }, { encoding, cr })
  } finally {
    await bytes.close()
  }
}

async function* inFullBlocks(blocks: AsyncIterable<Block>): AsyncGenerator<Block> {
  let held: Block | undefined
  for await (const block of blocks) {
    if (held && block.bytes.length >= SHORT_BYTES) yield held
    held = held && block.bytes.length < SHORT_BYTES ? together(held, block) : block
  }
  if (held) yield held
}

function together(one: Block, other: Block): Block {
  const original = Buffer.concat([one.original, other.original])
  const same = one.bytes === one.original && other.bytes === other.original
  const bytes = same ? original : Buffer.concat([one.bytes, other.bytes])
  return { bytes, original, damaged: one.damaged || other.damaged }
}

async function* readBlocks(
  blocks: AsyncIterable<Block>,
  reader: RowReader,
  { isWhole } = { isWhole: true },
): AsyncGenerator<ReadBatch> {
  let held: Block | undefined
  for await (const block of blocks) {
    if (held) yield reader.push(held, false)
    held = block
  }
  if (held) yield reader.push(held, isWhole)
}
