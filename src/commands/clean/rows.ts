/** Rows of a batch while they are mended: cells by place, what is written in place of them, and rows that go. */
import type { Change, Gone, MendedBatch, RowBatch } from '../../core/rewrite.ts'
import { type SlicedText, textReader } from '../../core/texts.ts'
import type { CellMender, MendedColumn } from './cellMender.ts'
import type { Counted, Tally } from './tally.ts'
import { EXAMPLES } from './tally.ts'

/** A batch that steps work on, one after the other. */
export interface Working {
  readonly batch: RowBatch
  /** The cell as it is to be written. */
  text(column: number, at: number): string
  /** Write another text in place of a cell. */
  set(column: number, at: number, after: string, rule: string): void
  /** Leave a cell as it was. */
  restore(column: number, at: number): void
  /** Leave a row out. */
  remove(gone: Gone): void
  isGone(at: number): boolean
  /** The texts of an added column, all empty at first. */
  added(header: string): string[]
}

/** A step over the rows of a batch, after their cells are mended. */
export type RowStep = (working: Working) => void

export interface RowMender {
  readonly headers: readonly string[]
  mend(batch: RowBatch): MendedBatch
}

interface Mending {
  readonly headers: readonly string[]
  readonly menders: readonly CellMender[]
  readonly steps: readonly RowStep[]
  /** Headers of columns that steps add. */
  readonly adds: readonly string[]
  readonly tally: Tally
  isRow(cells: readonly string[]): boolean
}

export function rowMender({ headers, menders, steps, adds, tally, isRow }: Mending): RowMender {
  const groups = headers.map(() => new Map<string, Counted>())
  const groupOf = (column: number, rule: string): Counted => {
    const own = groups[column] as Map<string, Counted>
    const known = own.get(rule) ?? tally.group(headers[column] as string, rule)
    own.set(rule, known)
    return known
  }
  const count = (working: State): void => {
    working.columns.forEach(({ rules, instead }, column) => {
      if (rules === undefined) return
      for (let at = 0; at < working.batch.length; at++) {
        const rule = rules[at]
        if (rule === undefined || working.isGone(at)) continue
        const group = groupOf(column, rule)
        if (group.cells++ >= EXAMPLES) continue
        const [before, after] = [working.before(column, at), instead?.[at] ?? '']
        group.examples.push({ line: working.batch.lines[at] as number, before, after })
      }
    })
  }
  return {
    headers: [...headers, ...adds],
    mend(batch) {
      const working = stateOf(
        batch,
        menders.map((mender) => mender.mend(batch)),
        adds,
      )
      keepRows(working, isRow)
      for (const step of steps) step(working)
      count(working)
      return working.done()
    },
  }
}

/** A row of which nothing would be left, or nothing that looks like a row, keeps its words for nothing. */
function keepRows(working: State, isRow: (cells: readonly string[]) => boolean): void {
  const emptied = new Map<number, number[]>()
  working.columns.forEach(({ instead }, column) => {
    instead?.forEach((after, at) => {
      if (after === '') emptied.set(at, [...(emptied.get(at) ?? []), column])
    })
  })
  for (const [at, columns] of emptied) {
    if (isRow(working.columns.map((_, column) => working.text(column, at)))) continue
    for (const column of columns) working.restore(column, at)
  }
}

interface State extends Working {
  readonly columns: MendedColumn[]
  before(column: number, at: number): string
  done(): MendedBatch
}

function stateOf(batch: RowBatch, columns: MendedColumn[], adds: readonly string[]): State {
  const readers = batch.columns.map(textReader)
  const before = (column: number, at: number): string => readers[column]?.(at) ?? ''
  const gone = new Map<number, Gone>()
  const more = new Map<string, string[]>(
    adds.map((header) => [header, new Array<string>(batch.length).fill('')]),
  )
  const writable = (column: number) => {
    const own = columns[column] as MendedColumn
    if (own.instead && own.rules) return { instead: own.instead, rules: own.rules }
    const made = { instead: blanks(batch.length), rules: blanks(batch.length) }
    columns[column] = { ...own, ...made }
    return made
  }
  return {
    batch,
    columns,
    before,
    text: (column, at) => columns[column]?.instead?.[at] ?? before(column, at),
    set(column, at, after, rule) {
      const { instead, rules } = writable(column)
      const same = before(column, at) === after
      rules[at] = same ? undefined : [rules[at], rule].filter((each) => each !== undefined).join(', ')
      instead[at] = same ? undefined : after
    },
    restore(column, at) {
      const { instead, rules } = writable(column)
      instead[at] = undefined
      rules[at] = undefined
    },
    remove: (one) => {
      if (!gone.has(one.at)) gone.set(one.at, one)
    },
    isGone: (at) => gone.has(at),
    added: (header) => more.get(header) as string[],
    done() {
      const own = columns.map(({ cells, instead }) => ({ ...cells, instead }))
      const sorted = [...gone.values()].sort((a, b) => a.at - b.at)
      return {
        columns: [...own, ...[...more.values()].map((texts) => addedText(texts))],
        gone: sorted,
        changes: () => changesIn(batch, columns, before),
      }
    },
  }
}

const blanks = (length: number) => new Array<string | undefined>(length).fill(undefined)

function addedText(texts: readonly string[]): SlicedText {
  const none = new Int32Array(texts.length)
  return { bytes: new Uint8Array(0), from: none, to: none, instead: texts }
}

function* changesIn(
  batch: RowBatch,
  columns: readonly MendedColumn[],
  before: State['before'],
): Generator<Change> {
  const touched = columns.flatMap(({ rules, instead }, column) =>
    rules && instead ? [{ rules, instead, column }] : [],
  )
  for (let at = 0; at < batch.length; at++) {
    for (const { rules, instead, column } of touched) {
      const [rule, after] = [rules[at], instead[at]]
      if (rule !== undefined && after !== undefined)
        yield { at, column, before: before(column, at), after, rule }
    }
  }
}
