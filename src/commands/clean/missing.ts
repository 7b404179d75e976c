/** Empty cells: rows that go, a column that tells of them, or the value that the rest of the column suggests. */

import { CustError } from '../../core/errors.ts'
import type { RewriteInput } from '../../core/rewrite.ts'
import { listText } from '../../core/texts.ts'
import type { Meaning } from '../../fields/contact.ts'
import { quantilesOf } from '../../models/frequencies.ts'
import type { CellMender } from './cellMender.ts'
import type { Facts } from './facts.ts'
import { type Donors, nearestFill } from './nearest.ts'
import type { MissingRule, MissingWay } from './options.ts'
import type { RowStep } from './rows.ts'

/** The column that --missing flag adds, or writes anew where the file has it already. */
export const MISSING_COLUMN = 'missing_fields'

/** What is asked for each column that it is asked for. Throws CustError for a column that is not there. */
export function missingWays(
  rules: readonly MissingRule[],
  input: RewriteInput,
  menders: readonly CellMender[],
): ReadonlyMap<number, MissingWay> {
  const ways = new Map<number, MissingWay>()
  const general = rules.filter(({ column }) => column === undefined).at(-1)?.way ?? 'keep'
  const isOwn = (i: number) => general.startsWith('fill') && isOneCustomers(menders[i] as CellMender, input)
  input.headers.forEach((header, i) => {
    if (!flagColumns.has(header) && !isOwn(i)) ways.set(i, general)
  })
  for (const { column, way } of rules) {
    if (column === undefined) continue
    const place = input.headers.indexOf(column)
    if (place < 0) throw noColumn('--missing', column, input)
    ways.set(place, way)
  }
  const own = input.headers.filter((_, i) => isOwn(i) && !ways.has(i))
  if (own.length > 0) {
    const example = `--missing '${own[0]}=${general}'`
    input.note(
      `columns of which every customer has an own value keep their gaps: ${own.join(', ')}; ${example} fills one`,
    )
  }
  return new Map([...ways].filter(([, way]) => way !== 'keep'))
}

/** Filled with the value of another, these would make one customer of two. */
const OWN: ReadonlySet<Meaning | undefined> = new Set<Meaning>([
  ...(['id', 'email', 'phone', 'name', 'given', 'surname', 'company', 'address', 'birth'] as const),
  ...(['resident', 'company number', 'identity', 'url', 'note'] as const),
])

const isOneCustomers = ({ column: { meaning, header } }: CellMender, { roles }: RewriteInput): boolean =>
  OWN.has(meaning) || header === roles.customer || header === roles.order

export function noColumn(flag: string, column: string, { place, headers }: RewriteInput): CustError {
  return new CustError(
    'input',
    `${place}: no column "${column}" (${flag})`,
    `the file has: ${headers.join(', ')}`,
  )
}

/** Columns that tell of rows, and are no part of them. */
export const OUTLIER_COLUMN = 'outlier_fields'
export const flagColumns: ReadonlySet<string> = new Set([MISSING_COLUMN, OUTLIER_COLUMN])

export interface MissingSteps {
  readonly steps: readonly RowStep[]
  readonly adds: readonly string[]
}

export function missingSteps(
  ways: ReadonlyMap<number, MissingWay>,
  facts: ReadonlyMap<number, Facts>,
  {
    input,
    menders,
    donors,
  }: { input: RewriteInput; menders: readonly CellMender[]; donors: Donors | undefined },
): MissingSteps {
  const columnsFor = (way: MissingWay) =>
    [...ways].filter(([, each]) => each === way).map(([column]) => column)
  const named = (column: number) => input.headers[column] as string
  const empty = (column: number) => (facts.get(column)?.filled ?? 0) === 0
  const dropping = columnsFor('drop').filter((column) => !empty(column))
  const flagged = columnsFor('flag').filter((column) => !empty(column))
  const fills = [...ways].flatMap(([column, way]) => {
    if (way === 'fill:knn') return []
    const value = way.startsWith('fill') ? fillOf(way, facts.get(column), menders[column]) : undefined
    if (way.startsWith('fill') && value === undefined && !empty(column)) {
      input.note(
        `${input.place}: "${named(column)}" has no ${way === 'fill:mode' ? 'usual value' : 'median'}; its gaps stay`,
      )
    }
    return value === undefined ? [] : [{ column, value, rule: way.replace('fill:', 'missing: ') }]
  })
  const steps: RowStep[] = []
  if (flagged.length > 0) steps.push(flagStep(flagged, named, input.headers.indexOf(MISSING_COLUMN)))
  if (dropping.length > 0) steps.push(dropStep(dropping, named))
  if (fills.length > 0) steps.push(fillStep(fills))
  const nearest = columnsFor('fill:knn').filter((column) => !empty(column))
  if (nearest.length > 0 && donors) steps.push(nearestFill(nearest, donors))
  const adds = flagged.length > 0 && !input.headers.includes(MISSING_COLUMN) ? [MISSING_COLUMN] : []
  return { steps, adds }
}

function dropStep(columns: readonly number[], named: (column: number) => string): RowStep {
  return (working) => {
    for (let at = 0; at < working.batch.length; at++) {
      const gap = columns.find((column) => working.isGap(column, at))
      if (gap !== undefined) working.remove({ at, as: 'dropped', why: `missing: ${named(gap)}` })
    }
  }
}

/** `existing`: the place of the column where the file has it. */
function flagStep(columns: readonly number[], named: (column: number) => string, existing: number): RowStep {
  return (working) => {
    for (let at = 0; at < working.batch.length; at++) {
      const gaps = columns.filter((column) => working.isGap(column, at)).map(named)
      const text = listText(gaps)
      if (existing < 0) working.add(MISSING_COLUMN, at, text)
      else if (working.text(existing, at) !== text) working.set(existing, at, text, 'missing')
    }
  }
}

interface Fill {
  readonly column: number
  readonly value: string
  readonly rule: string
}

function fillStep(fills: readonly Fill[]): RowStep {
  return (working) => {
    for (const { column, value, rule } of fills) {
      for (let at = 0; at < working.batch.length; at++) {
        if (working.isGap(column, at)) working.set(column, at, value, rule)
      }
    }
  }
}

/** Of numbers the median; of dates the middle one; of texts the most frequent, and among equals the first by letters. */
function fillOf(
  way: MissingWay,
  facts: Facts | undefined,
  mender: CellMender | undefined,
): string | undefined {
  if (facts === undefined || mender === undefined) return undefined
  if (way === 'fill:mode') return modeOf(facts)
  const { taken } = mender.column
  if (taken === 'date') return middleOf(facts)
  return taken === 'number' ? medianOf(facts) : undefined
}

function modeOf({ words }: Facts): string | undefined {
  let best: { word: string; count: number } | undefined
  for (const [word, count] of words ?? []) {
    const better = best === undefined || count > best.count || (count === best.count && word < best.word)
    if (count > 1 && better) best = { word, count }
  }
  return best?.word
}

function medianOf(facts: Facts): string | undefined {
  const [median] = quantilesOf(facts.numbers(), [50])
  if (median === undefined || Number.isNaN(median)) return undefined
  return written(median, facts.decimals)
}

/** With as many decimals as the others have, and one more where it lies between two. */
export function written(value: number, decimals: number): string {
  const short = value.toFixed(decimals)
  return Number(short) === value ? short : value.toFixed(decimals + 1)
}

function middleOf({ words }: Facts): string | undefined {
  const sorted = [...(words ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  let through = 0
  for (const [word, count] of sorted) {
    through += count
    if (2 * through >= total) return word
  }
  return undefined
}
