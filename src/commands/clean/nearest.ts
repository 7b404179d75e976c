/**
 * Gaps filled from the rows that are most like theirs: the distance of Gower (1971, "A general coefficient of
 * similarity", Biometrics 27), over the columns that tell rows apart and do not name them.
 */
import { isPlainNumber } from '../../fields/plainNumber.ts'
import type { CellMender } from './cellMender.ts'
import { decimalsOf } from './facts.ts'
import type { RowStep, Working } from './rows.ts'

/** Some rows of the file, taken evenly over all of it. */
export interface Donors {
  readonly rows: readonly (readonly string[])[]
  readonly numeric: readonly boolean[]
  /** Columns that are compared. */
  readonly compared: readonly number[]
  readonly ranges: readonly number[]
}

const MOST_DONORS = 2048
/** So many and those that are as near as the last of them, so that the order of the donors decides nothing. */
const NEIGHBOURS = 5

/** Keeps every row, then every second, every fourth: as many as are wanted, whatever the length of the file. */
export function donorKeeper(menders: readonly CellMender[]) {
  let [rows, step, count] = [[] as string[][], 1, 0]
  return {
    add(working: Working): void {
      for (let at = 0; at < working.batch.length; at++) {
        if (count++ % step !== 0) continue
        rows.push(menders.map((_, column) => working.text(column, at)))
        if (rows.length < 2 * MOST_DONORS) continue
        rows = rows.filter((_, i) => i % 2 === 0)
        step *= 2
      }
    },
    donors: (): Donors => donorsOf(rows, menders),
  }
}

function donorsOf(rows: readonly (readonly string[])[], menders: readonly CellMender[]): Donors {
  const numeric = menders.map(({ column }) => column.taken === 'number')
  const compared = menders.map((_, i) => i).filter((i) => numeric[i] || isCategory(rows, i))
  const ranges = menders.map((_, i) => (numeric[i] ? rangeOf(rows, i) : 1))
  return { rows, numeric, compared, ranges }
}

/** Words that come again: names and ids do not. */
function isCategory(rows: readonly (readonly string[])[], column: number): boolean {
  const filled = rows.map((cells) => cells[column] as string).filter((text) => text !== '')
  return filled.length > 0 && new Set(filled).size <= Math.max(2, filled.length / 4)
}

function rangeOf(rows: readonly (readonly string[])[], column: number): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const cells of rows) {
    const text = cells[column] as string
    if (!isPlainNumber(text)) continue
    least = Math.min(least, Number(text))
    most = Math.max(most, Number(text))
  }
  return most > least ? most - least : 1
}

/** The median of the neighbours' numbers, or the most frequent of their words. */
export function nearestFill(columns: readonly number[], donors: Donors): RowStep {
  const width = donors.numeric.length
  return (working) => {
    for (let at = 0; at < working.batch.length; at++) {
      const gaps = columns.filter((column) => working.isGap(column, at))
      if (gaps.length === 0) continue
      const cells = Array.from({ length: width }, (_, column) => working.text(column, at))
      for (const column of gaps) {
        const value = valueFor(cells, column, donors)
        if (value !== undefined) working.set(column, at, value, 'missing: knn')
      }
    }
  }
}

function valueFor(cells: readonly string[], column: number, donors: Donors): string | undefined {
  const isNumber = donors.numeric[column] as boolean
  const all = donors.rows
    .flatMap((row) => {
      const text = row[column] as string
      const usable = text !== '' && (!isNumber || isPlainNumber(text))
      const distance = usable ? distanceOf(cells, row, column, donors) : undefined
      return distance === undefined ? [] : [{ text, distance }]
    })
    .sort((a, b) => a.distance - b.distance || (a.text < b.text ? -1 : Number(a.text > b.text)))
  const farthest = all[Math.min(NEIGHBOURS, all.length) - 1]?.distance
  if (farthest === undefined) return undefined
  const near = all.filter(({ distance }) => distance <= farthest).map(({ text }) => text)
  return isNumber ? medianText(near) : mostFrequent(near)
}

/** The mean difference over the columns that both have, from 0 to 1. */
function distanceOf(
  cells: readonly string[],
  row: readonly string[],
  without: number,
  { compared, numeric, ranges }: Donors,
): number | undefined {
  let [sum, count] = [0, 0]
  for (const column of compared) {
    const [one, other] = [cells[column] as string, row[column] as string]
    if (column === without || one === '' || other === '') continue
    const far = numeric[column]
      ? Math.min(1, Math.abs(Number(one) - Number(other)) / (ranges[column] as number))
      : Number(one !== other)
    if (Number.isNaN(far)) continue
    sum += far
    count++
  }
  return count === 0 ? undefined : sum / count
}

/** The lower one of the two in the middle: a value that is there. */
function medianText(texts: readonly string[]): string {
  const sorted = [...texts].sort((a, b) => Number(a) - Number(b) || decimalsOf(a) - decimalsOf(b))
  return sorted[(sorted.length - 1) >> 1] as string
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  // In a tie the nearest one, and of those the first in the alphabet.
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}
