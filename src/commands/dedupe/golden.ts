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
  const fields = columns.map((column) => firstField(column, members))
  const several = Int32Array.from({ length: count }, (_, cluster) => cluster).filter(
    (cluster) => sizeOf(members, cluster) > 1,
  )
  for (const unit of unitsOf(columns, input.rules)) {
    if (unit.rule?.kind === 'union')
      fields[unit.lead[0] as number] = unionOf(columns[unit.lead[0] as number] as SurvivorColumn, members)
    else survive(unit, { known, members, several, fields })
  }
  return { fields, ...members }
}

const sizeOf = ({ starts }: Members, cluster: number): number =>
  (starts[cluster + 1] as number) - (starts[cluster] as number)

/** Of every cluster the value of its first row, as where it has no other. */
function firstField({ header, words, codes: own }: SurvivorColumn, { starts, rows }: Members): GoldenField {
  const count = starts.length - 1
  const [codes, from] = [new Int32Array(count), new Int32Array(count)]
  for (let cluster = 0; cluster < count; cluster++) {
    const start = starts[cluster] as number
    const row = start < (starts[cluster + 1] as number) ? (rows[start] as number) : -1
    const code = own[row] ?? -1
    codes[cluster] = code
    from[cluster] = code < 0 ? -1 : row
  }
  return { header, words, codes, from }
}

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
    newest: dated ? momentsOf(dated).of : () => 0,
    compare,
  }
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
  /** Clusters of several rows. */
  readonly several: Int32Array
  readonly fields: readonly GoldenField[]
}

/** Fill the columns of a unit for every cluster of several rows. */
function survive(unit: Unit, { known, members, several, fields }: Work): void {
  const columns = unit.columns.map((place) => known.columns[place] as SurvivorColumn)
  const own = unit.columns.map((place) => fields[place] as GoldenField)
  const frequency = frequencyOf(columns)
  const scores = scoresOf(unit, known, frequency)
  for (const cluster of several) {
    const rows = members.rows.subarray(members.starts[cluster], members.starts[cluster + 1])
    frequency.count(rows)
    const best = bestOf(rows, scores)
    own.forEach(({ codes, from }, place) => {
      const row = rowFor(place, { best, columns, rows })
      const code = (columns[place] as SurvivorColumn).codes[row] as number
      codes[cluster] = code
      from[cluster] = code < 0 ? -1 : row
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
  const { of, known } = momentsOf(column)
  if (!known) {
    const message = `--keep: nothing in "${column.header}" is a date or a number, so nothing there is ${kind}`
    throw new CustError('usage', message, 'name a column with dates, as in newest:updated_at')
  }
  if (kind === 'newest') return of
  return (row) => (of(row) === Number.NEGATIVE_INFINITY ? of(row) : -of(row))
}

function preferredScore({ codes, words }: SurvivorColumn, values: readonly string[]): Score {
  const ranks = Int32Array.from(words, (word) => {
    const place = values.indexOf(word.trim().toLowerCase())
    return place < 0 ? -values.length : -place
  })
  return (row) => ranks[codes[row] as number] ?? -values.length - 1
}
