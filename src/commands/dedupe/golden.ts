/**
 * One row for each cluster: of every field the value that survives, and the row it comes from. By default that of
 * the most complete row, then of the newest, then the most frequent value, then the smallest id; never an unsound
 * value where there is a sound one. Fields that belong together come from one row.
 */
import { CustError } from '../../core/errors.ts'
import type { Meaning } from '../../fields/contact.ts'
import { compareIds } from './ids.ts'
import type { KeepRule } from './keep.ts'
import { type GoldenField, type Members, membersOf } from './members.ts'
import {
  completeness,
  formOf,
  momentsOf,
  newestColumn,
  type SurvivorColumn,
  soundness,
} from './survivorColumns.ts'
import { type Unit, unitsOf } from './together.ts'
import { unionOf } from './union.ts'

export interface GoldenInput {
  readonly columns: readonly SurvivorColumn[]
  /** By row: its cluster, from 0. */
  readonly clusters: Int32Array | Uint32Array
  readonly count: number
  readonly rules: ReadonlyMap<number, KeepRule>
  /** Place of the column of source ids, where there is one. */
  readonly id?: number | undefined
}

export interface Golden {
  readonly fields: readonly GoldenField[]
  /** By cluster: its rows, `rows[starts[i]]` up to `rows[starts[i + 1]]`, the best row by default first. */
  readonly starts: Uint32Array
  readonly rows: Int32Array
}

/** Larger is better. */
type Score = (row: number) => number

export function goldenRows(input: GoldenInput): Golden {
  const { columns, clusters, count, id } = input
  const known = knowledgeOf(columns, clusters.length, id)
  const members = membersOf(clusters, count)
  sortMembers(members, known)
  const fields = columns.map((column) => emptyField(column, count))
  for (const unit of unitsOf(columns, input.rules)) {
    if (unit.rule?.kind === 'union')
      fields[unit.lead[0] as number] = unionOf(columns[unit.lead[0] as number] as SurvivorColumn, members)
    else survive(unit, { known, members, fields })
  }
  return { fields, ...members }
}

const emptyField = ({ header, words }: SurvivorColumn, count: number): GoldenField => ({
  header,
  words,
  codes: new Int32Array(count).fill(-1),
  from: new Int32Array(count).fill(-1),
})

/** What is known of each row before any field is looked at. */
interface Knowledge {
  readonly columns: readonly SurvivorColumn[]
  readonly complete: Score
  readonly newest: Score
  /** Ids first, then the whole content, so that the order of the rows never decides. */
  readonly compare: (one: number, other: number) => number
}

function knowledgeOf(columns: readonly SurvivorColumn[], rows: number, id: number | undefined): Knowledge {
  const own = columns.filter((_, place) => place !== id)
  const counts = completeness(own, rows)
  const dated = newestColumn(own)
  const idColumn = id === undefined ? undefined : columns[id]
  const word = ({ codes, words }: SurvivorColumn, row: number): string => words[codes[row] as number] ?? ''
  const compare = (one: number, other: number): number => {
    const byId = idColumn ? compareIds(word(idColumn, one), word(idColumn, other)) : 0
    if (byId !== 0) return byId
    for (const column of columns) {
      if (column.codes[one] !== column.codes[other]) return word(column, one) < word(column, other) ? -1 : 1
    }
    return one - other
  }
  return {
    columns,
    complete: (row) => counts[row] as number,
    newest: dated ? momentScore(dated) : () => 0,
    compare,
  }
}

function momentScore(column: SurvivorColumn): Score {
  const moments = momentsOf(column)
  const { codes } = column
  return (row) => moments[codes[row] as number] ?? Number.NEGATIVE_INFINITY
}

/** Each cluster's best row first, as the default has it. */
function sortMembers({ starts, rows }: Members, { complete, newest, compare }: Knowledge): void {
  const order = (one: number, other: number): number =>
    complete(other) - complete(one) || difference(newest(other), newest(one)) || compare(one, other)
  for (let cluster = 0; cluster + 1 < starts.length; cluster++) {
    const [start, end] = [starts[cluster] as number, starts[cluster + 1] as number]
    if (end - start > 1) rows.subarray(start, end).sort(order)
  }
}

/** Also of two infinities. */
const difference = (one: number, other: number): number => (one === other ? 0 : one - other)

interface Work {
  readonly known: Knowledge
  readonly members: Members
  readonly fields: readonly GoldenField[]
}

/** Fill the columns of a unit for every cluster. */
function survive(unit: Unit, { known, members, fields }: Work): void {
  const columns = unit.columns.map((place) => known.columns[place] as SurvivorColumn)
  const own = unit.columns.map((place) => fields[place] as GoldenField)
  const frequency = frequencyOf(columns)
  const scores = scoresOf(unit, known, frequency)
  const { starts, rows } = members
  for (let cluster = 0; cluster + 1 < starts.length; cluster++) {
    const [start, end] = [starts[cluster] as number, starts[cluster + 1] as number]
    const alone = end - start === 1
    if (!alone) frequency.count(rows.subarray(start, end))
    const best = alone ? (rows[start] as number) : bestOf(rows.subarray(start, end), scores)
    columns.forEach((column, i) => {
      const from = alone ? best : rowFor(i, { best, columns, rows: rows.subarray(start, end) })
      const code = column.codes[from] as number
      if (code < 0) return
      ;(own[i] as GoldenField).codes[cluster] = code
      ;(own[i] as GoldenField).from[cluster] = from
    })
  }
}

/** The first of those that no other beats; rows stand in the default order. */
function bestOf(rows: Int32Array, scores: readonly Score[]): number {
  let best = rows[0] as number
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i] as number
    for (const score of scores) {
      const order = difference(score(row), score(best))
      if (order > 0) best = row
      if (order !== 0) break
    }
  }
  return best
}

interface Choice {
  readonly best: number
  readonly columns: readonly SurvivorColumn[]
  readonly rows: Int32Array
}

/**
 * The row that a field of a unit comes from: the best row, or where that has no sound value, one that agrees with
 * it in all else that both have.
 */
function rowFor(place: number, { best, columns, rows }: Choice): number {
  const column = columns[place] as SurvivorColumn
  const has = soundness(column, best)
  if (has === 2 || columns.length === 1) return best
  const agrees = (row: number): boolean => {
    let same = 0
    for (const other of columns) {
      const [one, two] = [formOf(other, best), formOf(other, row)]
      if (other === column || one < 0 || two < 0) continue
      if (one !== two) return false
      same++
    }
    return same > 0
  }
  return rows.find((row) => soundness(column, row) > has && agrees(row)) ?? best
}

interface Frequency {
  /** Looks at the rows of one cluster. */
  count(rows: Int32Array): void
  readonly score: Score
}

/** How many rows of the cluster have the same values, over all columns of the unit. */
function frequencyOf(columns: readonly SurvivorColumn[]): Frequency {
  const counts = new Map<number, number>()
  const keys = columns.map((_, i) => i * 2 ** 31)
  return {
    count: (rows) => {
      counts.clear()
      columns.forEach((column, i) => {
        for (const row of rows) {
          const form = formOf(column, row)
          const key = (keys[i] as number) + form
          if (form >= 0) counts.set(key, (counts.get(key) ?? 0) + 1)
        }
      })
    },
    score: (row) =>
      columns.reduce(
        (sum, column, i) => sum + (counts.get((keys[i] as number) + formOf(column, row)) ?? 0),
        0,
      ),
  }
}

/** What decides in a unit, the first first. */
function scoresOf({ columns, lead, rule }: Unit, known: Knowledge, frequency: Frequency): Score[] {
  const of = (places: readonly number[]) => places.map((place) => known.columns[place] as SurvivorColumn)
  const [all, named] = [of(columns), of(lead)]
  const sound: Score = (row) => named.reduce((most, column) => Math.max(most, soundness(column, row)), 0)
  const filled: Score = (row) => all.reduce((sum, column) => sum + soundness(column, row), 0)
  const length: Score = (row) => named.reduce((sum, column) => sum + lengthOf(column, row), 0)
  const byDefault = [filled, known.complete, known.newest, frequency.score]
  switch (rule?.kind) {
    case 'newest':
    case 'oldest':
      return [sound, datedScore(datesFor(rule.by, named, known), rule.kind), ...byDefault]
    case 'preferred':
      return [sound, preferredScore(known.columns[rule.by] as SurvivorColumn, rule.values), ...byDefault]
    case 'longest':
      return [sound, length, ...byDefault]
    case 'shortest':
      return [sound, (row) => -length(row), ...byDefault]
    case 'most-frequent':
      return [sound, frequency.score, ...byDefault]
    case 'most-complete':
      return [filled, length, ...byDefault]
    default:
      return byDefault
  }
}

/** The column named; else the field itself where it holds dates; else the one that says when rows changed. */
function datesFor(
  by: number | undefined,
  named: readonly SurvivorColumn[],
  known: Knowledge,
): SurvivorColumn {
  if (by !== undefined) return known.columns[by] as SurvivorColumn
  const own = named.find(({ meaning }) => meaning !== undefined && DATES.includes(meaning))
  const found = own ?? newestColumn(known.columns)
  if (found) return found
  const message = `--keep: no column says when a row is from, so "${named[0]?.header}" has no newest and no oldest value`
  throw new CustError('usage', message, 'name a column with dates, as in newest:updated_at')
}

const DATES: readonly Meaning[] = ['updated', 'date', 'birth']

/** Characters, not units of UTF-16. */
function lengthOf({ codes, words }: SurvivorColumn, row: number): number {
  const word = words[codes[row] as number] ?? ''
  return /^[\0-\ud7ff]*$/.test(word) ? word.length : [...word].length
}

function datedScore(column: SurvivorColumn, kind: 'newest' | 'oldest'): Score {
  const moments = momentsOf(column)
  if (!moments.some((moment) => moment > Number.NEGATIVE_INFINITY)) {
    const message = `--keep: nothing in "${column.header}" is a date or a number, so nothing there is ${kind}`
    throw new CustError('usage', message, 'name a column with dates, as in newest:updated_at')
  }
  const { codes } = column
  return (row) => {
    const moment = moments[codes[row] as number] ?? Number.NEGATIVE_INFINITY
    return kind === 'newest' || moment === Number.NEGATIVE_INFINITY ? moment : -moment
  }
}

function preferredScore({ codes, words }: SurvivorColumn, values: readonly string[]): Score {
  const ranks = Int32Array.from(words, (word) => {
    const place = values.indexOf(word.trim().toLowerCase())
    return place < 0 ? -values.length : -place
  })
  return (row) => ranks[codes[row] as number] ?? -values.length - 1
}
