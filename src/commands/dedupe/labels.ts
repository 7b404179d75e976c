/** `--labels review.csv`: the answers of somebody who has looked at pairs. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { LINE } from '../../core/records.ts'
import { join, name, sql } from '../../core/sql.ts'
import type { Fetched, Shape, Table } from '../../core/table.ts'
import type { Answers } from './answers.ts'
import type { RowNaming } from './rowNaming.ts'

/** A pair of the file. */
export interface Label {
  readonly left: number
  readonly right: number
  readonly line: number
  /** Undefined where it is left open. */
  readonly same: boolean | undefined
  /** The place of its stratum, -1 where it was not drawn from one. */
  readonly stratum: number
}

export interface LabelStratum {
  readonly name: string
  /** Pairs that it was drawn from. */
  readonly pairs: number
  readonly answers: number
}

export interface Labels {
  readonly path: string
  readonly labels: readonly Label[]
  readonly strata: readonly LabelStratum[]
}

const NEEDED = ['id_left', 'id_right', 'same'] as const
const DRAWN = ['stratum', 'stratum_pairs'] as const
type Cell = (typeof NEEDED)[number] | (typeof DRAWN)[number]
type Cells = Readonly<Record<Cell, string>> & { readonly line: number }

/** Throws CustError('input') where a pair or an answer cannot be understood. */
export async function readLabels(input: Input, path: string, names: RowNaming): Promise<Labels> {
  const strata: { name: string; pairs: number; answers: number }[] = []
  const known = new Map<string, Label>()
  const labels: Label[] = []
  for (const cells of await cellsOf(await input.open(path), path)) {
    const place = `--labels ${path}:${cells.line}`
    const [left, right] = [rowOf(cells.id_left, names, place), rowOf(cells.id_right, names, place)]
    if (left === right) throw new CustError('input', `${place}: both ids are the row ${cells.id_left}`)
    const label = {
      left,
      right,
      line: cells.line,
      same: answerOf(cells.same, place),
      stratum: stratumOf(cells, strata, place),
    }
    // The same pair with the same answer counts once.
    const key = `${Math.min(left, right)} ${Math.max(left, right)} ${label.same}`
    if (known.has(key)) continue
    known.set(key, label)
    labels.push(label)
    const stratum = strata[label.stratum]
    if (stratum && label.same !== undefined) stratum.answers++
  }
  return { path, labels, strata }
}

/** By header, whatever its case. */
async function cellsOf(table: Table, path: string): Promise<Cells[]> {
  const columnOf = (cell: Cell) => table.columns.find((header) => header.trim().toLowerCase() === cell)
  for (const cell of NEEDED) {
    if (columnOf(cell) !== undefined) continue
    const hint = `the file has: ${table.columns.join(', ')}\nwrite one to fill in with --review <file>`
    throw new CustError('input', `--labels ${path}: no column "${cell}"`, hint)
  }
  const cells = [...NEEDED, ...DRAWN]
  const selected = cells.map((cell) => {
    const column = columnOf(cell)
    return sql`${column === undefined ? sql`cast(null as varchar)` : name(column)} as ${name(cell)}`
  })
  const query = sql`select ${join(selected)}, cast(${name(LINE)} as double) as line from ${table.from} as labels`
  const shape = { ...Object.fromEntries(cells.map((cell) => [cell, 'text'])), line: 'number' } as Record<
    Cell,
    'text'
  > & { line: 'number' } satisfies Shape
  const found: Fetched<typeof shape> = await table.fetch(query, shape, 'as read')
  return Array.from(found.line, (line, i) => {
    const texts = cells.map((cell) => [cell, found[cell][i]?.trim() ?? ''] as const)
    return { ...(Object.fromEntries(texts) as Record<Cell, string>), line: Number.isNaN(line) ? i + 2 : line }
  })
}

function rowOf(id: string, names: RowNaming, place: string): number {
  const rows = names.rowsOf(id)
  const [row] = rows
  if (row === undefined) {
    const hint =
      'are the labels of another file? A spreadsheet drops leading zeros and the last digits of long numbers: write the review with --excel-safe'
    throw new CustError('input', `${place}: ${id === '' ? 'a row has no id' : `there is no row ${id}`}`, hint)
  }
  // Rows that say the same in every column may stand for each other.
  if (rows.length === 1 || /^r[0-9a-f]{16}$/.test(id)) return row
  throw new CustError(
    'input',
    `${place}: ${rows.length} rows have the id ${id}`,
    'name one of them as "row 17"',
  )
}

const YES = ['y', 'yes', '1', 'true', '是']
const NO = ['n', 'no', '0', 'false', '否']
const OPEN = ['', '?', '？']

function answerOf(given: string, place: string): boolean | undefined {
  const word = given.toLowerCase()
  if (YES.includes(word)) return true
  if (NO.includes(word)) return false
  if (OPEN.includes(word)) return undefined
  throw new CustError('input', `${place}: "${given}" is no answer`, 'write y, n or ? in the column same')
}

function stratumOf(
  { stratum, stratum_pairs: given }: Cells,
  strata: { name: string; pairs: number; answers: number }[],
  place: string,
): number {
  if (stratum === '' || given === '') return -1
  const pairs = Number(given.replace(/[, ]/g, ''))
  if (!(pairs >= 1)) {
    throw new CustError(
      'input',
      `${place}: "${given}" is no number of pairs`,
      'leave stratum_pairs as --review wrote it',
    )
  }
  const known = strata.findIndex((each) => each.name === stratum)
  if (known < 0) return strata.push({ name: stratum, pairs, answers: 0 }) - 1
  if (strata[known]?.pairs === pairs) return known
  throw new CustError(
    'input',
    `${place}: "${stratum}" has ${pairs} pairs here, ${strata[known]?.pairs} above`,
    'labels of two reviews: give the later one, which has the answers to the first',
  )
}

/** Pairs that an answer stands for; one where it was not drawn. */
export const weightOf = ({ strata }: Labels, { stratum }: Label): number => {
  const own = strata[stratum]
  return own && own.answers > 0 ? own.pairs / own.answers : 1
}

export function answersOf(all: Labels): Answers {
  const given = all.labels.filter(({ same }) => same !== undefined)
  return {
    path: all.path,
    left: Int32Array.from(given, ({ left }) => left),
    right: Int32Array.from(given, ({ right }) => right),
    same: Uint8Array.from(given, ({ same }) => (same ? 1 : 0)),
    lines: Int32Array.from(given, ({ line }) => line),
    weights: Float64Array.from(given, (label) => weightOf(all, label)),
  }
}
