/** What is told of the columns and of what was mended. */

import type { RewriteInput } from '../../core/rewrite.ts'
import { listText } from '../../core/texts.ts'
import type { CellMender } from './cellMender.ts'
import { isLeft } from './converters.ts'
import type { Tally } from './tally.ts'

/** Columns that are left as they are for a reason that the user can do something about. */
export function tellColumns(menders: readonly CellMender[], { place, warn }: RewriteInput): void {
  for (const { column, conversion } of menders) {
    if (conversion === undefined) continue
    if (isLeft(conversion)) warn(`${place}: "${column.header}" is left as it is: ${conversion.left}`)
    else if (conversion.leaves) warn(`${place}: "${column.header}" is left in part: ${conversion.leaves}`)
  }
}

const counted = (cells: number) => cells.toLocaleString('en-US')

/** Cells that stay, now that they are counted. */
export function tellLeft(tally: Tally, { place, warn }: RewriteInput): void {
  for (const { column, why, cells, line } of tally.left())
    warn(`${place}: "${column}" is left in part: ${why} (${counted(cells)}, the first in line ${line})`)
}

const MOST_TOLD = 6

/** `changed 1,234 cells: 999 date in signup, 235 trim in name`. */
export function tellChanges(tally: Tally, { note }: RewriteInput): void {
  const groups = tally.all()
  const all = groups.reduce((sum, { cells }) => sum + cells, 0)
  const shown = groups
    .slice(0, MOST_TOLD)
    .map(({ rule, column, cells }) => `${counted(cells)} ${rule} in ${column}`)
  const more = groups.length > MOST_TOLD ? [`${groups.length - MOST_TOLD} more kinds`] : []
  const told = [...shown, ...more].join(', ')
  note(`changed ${counted(all)} cell${all === 1 ? '' : 's'}${told === '' ? '' : `: ${told}`}`)
}

export function changesSheet(tally: Tally) {
  const groups = tally.all()
  const shown = ({ before, after }: { before: string; after: string }) =>
    `${quoted(before)} -> ${quoted(after)}`
  return {
    rule: groups.map(({ rule }) => rule),
    column: groups.map(({ column }) => column),
    cells: Float64Array.from(groups, ({ cells }) => cells),
    examples: groups.map(({ examples }) => listText(examples.map(shown))),
  }
}

const MOST_SHOWN = 40

function quoted(text: string): string {
  const short = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text
  return `'${short}'`
}

export function columnsSheet(menders: readonly CellMender[], tally: Tally) {
  const changed = new Map<string, number>()
  for (const { column, cells } of tally.all()) changed.set(column, (changed.get(column) ?? 0) + cells)
  return {
    column: menders.map(({ column }) => column.header),
    taken: menders.map(({ column }) => column.meaning ?? column.kind),
    reads: menders.map(({ conversion }) =>
      conversion && !isLeft(conversion) ? (conversion.reads ?? null) : null,
    ),
    changed: Float64Array.from(menders, ({ column }) => changed.get(column.header) ?? 0),
    left: menders.map(({ column, conversion }) => {
      if (conversion === undefined) return null
      if (isLeft(conversion)) return conversion.left
      const whys = tally.left().filter((left) => left.column === column.header)
      return conversion.leaves ?? (whys.length > 0 ? listText(whys.map(({ why }) => why)) : null)
    }),
  }
}
