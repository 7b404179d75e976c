/** Rows of a batch while they are mended: cells by place, what is written in place of them, and rows that go. */
import type { Gone, MendedBatch, Mender, RowBatch } from '../../core/rewrite.ts'
import { type SlicedText, textReader } from '../../core/texts.ts'
import type { CellMender, MendedColumn, Outcomes } from './cellMender.ts'
import { type BatchTold, batchTally, show, wantsExample } from './tally.ts'

/** A batch that steps work on, one after the other. */
export interface Working {
  readonly batch: RowBatch
  /** The cell as it is to be written. */
  text(column: number, at: number): string
  /** Is it empty, or a word for nothing that stands there so that the row is one? */
  isGap(column: number, at: number): boolean
  /** Write another text in place of a cell. */
  set(column: number, at: number, after: string, rule: string): void
  /** Leave a row out. */
  remove(gone: Gone): void
  isGone(at: number): boolean
  /** Write into a column that was added; its cells are empty at first. */
  add(header: string, at: number, text: string): void
}

/** A step over the rows of a batch, after their cells are mended. */
export type RowStep = (working: Working) => void

interface Mending {
  readonly headers: readonly string[]
  readonly menders: readonly CellMender[]
  readonly steps: readonly RowStep[]
  /** Headers of columns that steps add. */
  readonly adds: readonly string[]
  isRow(cells: readonly string[]): boolean
}

export function rowMender({ headers, menders, steps, adds, isRow }: Mending): Mender {
  return {
    headers: [...headers, ...adds],
    mend(batch) {
      const columns = menders.map((mender) => mender.mend(batch))
      const working = stateOf(batch, columns, adds)
      keepRows(working, isRow)
      for (const step of steps) step(working)
      if (steps.length > 0) working.giveUp(isRow)
      return { ...working.done(), told: toldOf(working, headers) }
    },
  }
}

/** The rows of a batch with their cells mended, and nothing else. */
export function workingOf(
  batch: RowBatch,
  menders: readonly CellMender[],
  { isRow }: Pick<Mending, 'isRow'>,
): Working {
  const working = stateOf(
    batch,
    menders.map((mender) => mender.mend(batch)),
    [],
  )
  keepRows(working, isRow)
  return working
}

/** A row of which nothing would be left, or nothing that looks like a row, keeps its words for nothing. */
function keepRows(working: State, isRow: (cells: readonly string[]) => boolean): void {
  const emptied = new Map<number, number[]>()
  working.columns.forEach(({ codes, outcomes: { words } }, column) => {
    if (codes === undefined || !words.includes('')) return
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at] as number
      if (code === 0 || words[code - 1] !== '') continue
      const known = emptied.get(at)
      if (known) known.push(column)
      else emptied.set(at, [column])
    }
  })
  for (const [at, columns] of emptied) {
    if (working.isFull(at, columns)) continue
    if (isRow(working.columns.map((_, column) => working.text(column, at)))) continue
    working.restore(at, columns)
  }
}

function toldOf(working: State, headers: readonly string[]): BatchTold {
  const tally = batchTally()
  const { lines } = working.batch
  working.columns.forEach(({ codes, outcomes, left }, column) => {
    const header = headers[column] as string
    for (const { at, why } of left ?? []) {
      if (!working.isGone(at)) tally.leave(header, why, lines[at] as number)
    }
    if (codes === undefined) return
    let [group, last]: [ReturnType<typeof tally.group> | undefined, string] = [undefined, '']
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at] as number
      if (code === 0 || working.isGone(at)) continue
      const rule = outcomes.rules[code - 1] as string
      // Neighbours mostly follow one rule, and to look it up costs more than to compare it.
      if (group === undefined || rule !== last) group = tally.group(header, rule)
      last = rule
      group.cells++
      if (!wantsExample(group)) continue
      const [before, after] = [working.before(column, at), outcomes.words[code - 1] as string]
      show(group, { line: lines[at] as number, before, after, place: group.cells })
    }
  })
  return tally.told()
}

interface State extends Working {
  readonly columns: MendedColumn[]
  before(column: number, at: number): string
  /** Leave cells of a row as they were. */
  restore(at: number, columns: readonly number[]): void
  /** Empty such cells after all where the row has become one without them. */
  giveUp(isRow: (cells: readonly string[]) => boolean): void
  /** Surely enough of the row is left besides these columns. */
  isFull(at: number, without: readonly number[]): boolean
  done(): Omit<MendedBatch, 'told'>
}

function stateOf(batch: RowBatch, columns: MendedColumn[], adds: readonly string[]): State {
  const readers = batch.columns.map(textReader)
  const before = (column: number, at: number): string => readers[column]?.(at) ?? ''
  const gone = new Map<number, Gone>()
  const restored = new Map<number, Map<number, number>>()
  const added = new Map<string, MendedColumn>(adds.map((header) => [header, emptyColumn(batch.length)]))
  const codesOf = (column: number): Int32Array => {
    const own = columns[column] as MendedColumn
    if (own.codes) return own.codes
    const codes = new Int32Array(batch.length)
    columns[column] = { ...own, codes }
    return codes
  }
  const text = (column: number, at: number): string => {
    const { codes, outcomes } = columns[column] as MendedColumn
    const code = codes?.[at] ?? 0
    return code === 0 ? before(column, at) : (outcomes.words[code - 1] as string)
  }
  return {
    batch,
    columns,
    before,
    text,
    set(column, at, after, rule) {
      const codes = codesOf(column)
      const { outcomes } = columns[column] as MendedColumn
      const code = restored.get(at)?.get(column) ?? (codes[at] as number)
      restored.get(at)?.delete(column)
      const rules = code === 0 ? rule : `${outcomes.rules[code - 1]}, ${rule}`
      codes[at] = before(column, at) === after ? 0 : codeIn(outcomes, after, rules)
    },
    isGap: (column, at) => text(column, at) === '' || restored.get(at)?.has(column) === true,
    restore(at, cells) {
      const codes = new Map(cells.map((column) => [column, codesOf(column)[at] as number]))
      for (const column of cells) codesOf(column)[at] = 0
      restored.set(at, codes)
    },
    giveUp(isRow) {
      for (const [at, codes] of restored) {
        const left = columns.map((_, column) => (codes.has(column) ? '' : text(column, at)))
        if (!isRow(left)) continue
        for (const [column, code] of codes) codesOf(column)[at] = code
      }
    },
    isFull(at, without) {
      let filled = 0
      batch.columns.forEach(({ from, to }, column) => {
        if (from[at] !== to[at] && !without.includes(column)) filled++
      })
      return 2 * filled > batch.columns.length + 1
    },
    remove: (one) => {
      if (!gone.has(one.at)) gone.set(one.at, one)
    },
    isGone: (at) => gone.has(at),
    add(header, at, value) {
      const { codes, outcomes } = added.get(header) as MendedColumn
      ;(codes as Int32Array)[at] = codeIn(outcomes, value, '')
    },
    done() {
      const all = [...columns, ...added.values()].map(({ cells, codes, outcomes: { words } }): SlicedText => {
        return { ...cells, instead: codes && { codes, words } }
      })
      const sorted = [...gone.values()].sort((a, b) => a.at - b.at)
      return { columns: all, gone: sorted, rules: columns.map(({ outcomes }) => outcomes.rules) }
    },
  }
}

const places = new WeakMap<Outcomes, Map<string, number>>()

/** The code of an outcome, which is added where it is new. */
function codeIn(outcomes: Outcomes, word: string, rule: string): number {
  const known = places.get(outcomes) ?? new Map<string, number>()
  places.set(outcomes, known)
  const key = `${rule}\u0000${word}`
  const code = known.get(key) ?? outcomes.words.push(word)
  if (code > outcomes.rules.length) outcomes.rules.push(rule)
  known.set(key, code)
  return code
}

function emptyColumn(length: number): MendedColumn {
  const none = new Int32Array(length)
  const cells: SlicedText = { bytes: new Uint8Array(0), from: none, to: none, instead: undefined }
  return { cells, codes: new Int32Array(length), outcomes: { words: [], rules: [] } }
}
