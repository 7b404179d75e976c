/** Gathers the rows of a block: where each cell stands, what cannot be used, and what is written in no usual way. */
import type { RowBatch } from '../core/rewrite.ts'
import type { Reject } from './tabulate.ts'

/** A record whose text cannot be told from its cells, or that has none in the table. */
export interface Kept {
  /** The row that it is, or that stands before it. */
  readonly row: number
  readonly line: number
  /** Why it is kept: a row as it is written, or a record that is none. */
  readonly as: string
  /** The record with its line end: its bytes where they are none of the encoding. */
  readonly raw: string | Buffer
}

/** The reason of a row that is in the table, but written otherwise than its file usually does. */
export const AS_WRITTEN = 'as written'

export interface ReadBatch extends RowBatch {
  readonly kept: readonly Kept[]
  readonly rejects: readonly Reject[]
}

export interface BatchBuilder {
  readonly room: BatchRoom
  readonly kept: Kept[]
  readonly rejects: Reject[]
  /** Some cell stands in quotes, has a blank at its edge, or is written in no usual way. */
  mayNeedQuotes: boolean
  /** A row whose cells stand in place; they may be written over until then. */
  placed(row: number, line: number): void
  /** Where a row is to be placed. A field, as an accessor would give every batch a shape of its own. */
  length: number
  /** Store a text that the block does not hold, and answer where it begins and ends. */
  store(text: string): readonly [from: number, to: number]
  /** A row whose cells are texts. */
  add(cells: readonly string[], row: number, line: number): void
  /** `delimiter`: the byte between cells, where all that hold it stand in quotes. */
  done(delimiter: number | undefined): ReadBatch
}

const MARK = Buffer.from('\ufeff')

/** Room for rows that batches take in turn: one holds until the next but one is made. */
export function batchRooms(width: number): (most: number) => BatchRoom {
  const rooms: (BatchRoom | undefined)[] = [undefined, undefined]
  let turn = 0
  return (most) => {
    turn = 1 - turn
    const own = rooms[turn]
    if (own && own.most >= most) return own
    const room = roomOf(width, most + (most >> 2))
    rooms[turn] = room
    return room
  }
}

/** Where the cells of rows are noted, column by column. */
export interface BatchRoom {
  /** So many rows it has room for: cells of a column stand this far from those of the next. */
  most: number
  from: Int32Array
  to: Int32Array
  rows: Float64Array
  lines: Float64Array
}

const roomOf = (width: number, most: number): BatchRoom => ({
  most,
  from: new Int32Array(width * most),
  to: new Int32Array(width * most),
  rows: new Float64Array(most),
  lines: new Float64Array(most),
})

/** Twice the room, with all that is noted. */
function enlarge(room: BatchRoom, width: number): void {
  const { most } = room
  const larger = roomOf(width, 2 * most)
  larger.rows.set(room.rows)
  larger.lines.set(room.lines)
  for (let column = 0; column < width; column++) {
    larger.from.set(room.from.subarray(column * most, (column + 1) * most), 2 * column * most)
    larger.to.set(room.to.subarray(column * most, (column + 1) * most), 2 * column * most)
  }
  Object.assign(room, larger)
}

export function batchBuilder(bytes: Buffer, width: number, room: BatchRoom): BatchBuilder {
  const extra: Buffer[] = []
  let end = bytes.length
  const builder: BatchBuilder = {
    room,
    kept: [],
    rejects: [],
    length: 0,
    mayNeedQuotes: false,
    placed(row, line) {
      room.rows[builder.length] = row
      room.lines[builder.length] = line
      if (++builder.length === room.most) enlarge(room, width)
    },
    store(text) {
      const stored = Buffer.from(text)
      extra.push(stored)
      end += stored.length
      return [end - stored.length, end]
    },
    add(cells, row, line) {
      builder.mayNeedQuotes = true
      for (let column = 0; column < width; column++) {
        const place = column * room.most + builder.length
        const [start, stop] = builder.store(cells[column] ?? '')
        room.from[place] = start
        room.to[place] = stop
      }
      builder.placed(row, line)
    },
    done(delimiter) {
      const { kept, rejects, length, mayNeedQuotes } = builder
      const between = mayNeedQuotes || bytes.includes(MARK) ? undefined : delimiter
      const { most, from, to, rows, lines } = room
      const all = extra.length === 0 ? bytes : Buffer.concat([bytes, ...extra])
      const columns = Array.from({ length: width }, (_, column) => {
        const [first, last] = [column * most, column * most + length]
        return {
          bytes: all,
          from: from.subarray(first, last),
          to: to.subarray(first, last),
          instead: undefined,
          between,
        }
      })
      return {
        columns,
        length,
        rows: rows.subarray(0, length),
        lines: lines.subarray(0, length),
        kept,
        rejects,
      }
    },
  }
  return builder
}
