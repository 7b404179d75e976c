/**
 * Where the cells of rows stand, put down when a file is read first: whoever reads it again need not look for them.
 * Places count the bytes of the text, a byte order mark aside.
 */

/** Rows that follow each other, all with the same line end. It survives structured cloning. */
export interface PlacedRows {
  /** Where the first begins. */
  readonly from: number
  readonly crlf: boolean
  /** Cell by cell, how many bytes stand in it, and how. */
  readonly cells: Uint16Array
}

/** What is put down of a cell: its length, and these where they are so. */
export const [IN_QUOTES, NEEDS_QUOTES] = [1 << 15, 1 << 14]
/** No cell is longer that is put down. */
export const LONGEST_CELL = NEEDS_QUOTES - 1

export interface RowPlaces {
  /** In the order of the text. */
  readonly runs: readonly PlacedRows[]
  /** All rows have been read once. */
  readonly isComplete: boolean
  /** Reading begins: nothing is put down yet. */
  begin(): void
  add(run: PlacedRows): void
  /** Reading has come to the end. */
  complete(): void
}

/** So much memory at most: of larger files only the first rows are put down. */
const MOST_BYTES = 96 << 20
/** Runs of fewer rows, on the whole, cost more than they spare. */
const [SHORT_RUN, MANY_RUNS] = [16, 1000]

export function rowPlaces(width: number): RowPlaces {
  let runs: PlacedRows[] = []
  let [cells, isFull, isComplete] = [0, false, false]
  return {
    get runs() {
      return runs
    },
    get isComplete() {
      return isComplete
    },
    begin() {
      runs = []
      cells = 0
      isFull = false
    },
    add(run) {
      if (isFull) return
      runs.push(run)
      cells += run.cells.length
      isFull = cells * run.cells.BYTES_PER_ELEMENT > MOST_BYTES
      if (runs.length < MANY_RUNS || cells >= SHORT_RUN * width * runs.length) return
      runs = []
      isFull = true
    },
    complete() {
      isComplete = true
    },
  }
}

/** Puts down rows as they are read. */
export interface PlaceNotes {
  /** For the cells of the row that is being read. */
  readonly cells: Uint16Array
  /** Where these begin in it. */
  at: number
  /** The row that begins here is as its cells say. */
  keep(from: number, crlf: boolean): void
  /** The next row does not follow the last. */
  end(): void
}

const FIRST_ROWS = 1024

export function placeNotes(places: RowPlaces, width: number): PlaceNotes {
  let [from, crlf] = [0, false]
  const notes = {
    cells: new Uint16Array(FIRST_ROWS * width),
    at: 0,
    keep(start: number, withCr: boolean) {
      if (notes.at > 0 && withCr !== crlf) {
        const row = notes.cells.slice(notes.at, notes.at + width)
        notes.end()
        notes.cells.set(row)
      }
      if (notes.at === 0) [from, crlf] = [start, withCr]
      notes.at += width
      if (notes.at + width <= notes.cells.length) return
      const more = new Uint16Array(2 * notes.cells.length)
      more.set(notes.cells)
      notes.cells = more
    },
    end() {
      if (notes.at > 0) places.add({ from, crlf, cells: notes.cells.slice(0, notes.at) })
      notes.at = 0
    },
  }
  return notes
}

/** The next of the rows that were put down, in their order. */
export interface PlaceCursor {
  /** Where it begins; infinite where there is none. */
  from: number
  crlf: boolean
  cells: Uint16Array
  /** Where its cells begin among these. */
  at: number
  /** Does the row that begins at a place come next? Those before it are passed over. */
  isAt(place: number): boolean
  /** It ends here. */
  pass(end: number): void
}

export function placeCursor({ runs }: RowPlaces, width: number): PlaceCursor {
  let next = 0
  const cursor: PlaceCursor = {
    from: 0,
    crlf: false,
    cells: new Uint16Array(0),
    at: 0,
    isAt(place) {
      while (cursor.from < place) begin()
      return cursor.from === place
    },
    pass(end) {
      cursor.from = end
      cursor.at += width
      if (cursor.at === cursor.cells.length) begin()
    },
  }
  const begin = () => {
    const run = runs[next++]
    cursor.from = run?.from ?? Number.POSITIVE_INFINITY
    cursor.crlf = run?.crlf ?? false
    cursor.cells = run?.cells ?? cursor.cells
    cursor.at = 0
  }
  begin()
  return cursor
}
