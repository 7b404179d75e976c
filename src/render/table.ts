/** Tables for a terminal: every sheet under its title, columns aligned by what the eye sees. */
import CliTable from 'cli-table3'
import type { Language, Report } from '../core/report.ts'
import { type Paint, paintOf } from './colors.ts'
import { cut, displayWidth, visible } from './letters.ts'
import { hiddenRows, noRows, type Page, type PageColumn, pageOf } from './pages.ts'
import type { Style } from './style.ts'

const WIDEST_CELL = 40
const GAP = '  '
// cli-table3 compares every row with all before it: many small tables are as one large, only quicker.
const ROWS_AT_ONCE = 100

export function* table({ sheets }: Report, style: Style): Iterable<string> {
  const paint = paintOf(style.color)
  for (const [i, sheet] of sheets.entries()) {
    const page = pageOf(sheet, style)
    yield `${i === 0 ? '' : '\n'}${paint.head(visible(page.title))}\n\n`
    yield* pageLines(page, style, paint)
  }
}

function* pageLines(page: Page, style: Style, paint: Paint): Iterable<string> {
  const all = page.columns.map((column) => layOut(column, page.length))
  const columns = fitting(all, style.width)
  yield draw(columns, { from: -1, to: Math.min(page.length, ROWS_AT_ONCE) }, paint)
  for (let from = ROWS_AT_ONCE; from < page.length; from += ROWS_AT_ONCE) {
    yield draw(columns, { from, to: Math.min(page.length, from + ROWS_AT_ONCE) }, paint)
  }
  for (const note of notes(page, all.length - columns.length, style.language)) yield `${paint.note(note)}\n`
}

function notes(page: Page, hiddenColumns: number, language: Language): string[] {
  return [
    ...(page.length + page.hidden === 0 ? [noRows(language)] : []),
    ...(page.hidden > 0 ? [hiddenRows(page, language)] : []),
    ...(hiddenColumns > 0 ? [moreColumns(hiddenColumns, language)] : []),
  ]
}

function moreColumns(hidden: number, language: Language): string {
  if (language === 'zh') return `… 还有 ${hidden} 列`
  return `… ${hidden} more ${hidden === 1 ? 'column' : 'columns'}`
}

/** A column with its width on the screen. Place -1 is the title. */
interface Laid {
  readonly width: number
  readonly right: boolean
  text(place: number): string
  paint(text: string, place: number, paint: Paint): string
}

function layOut(column: PageColumn, length: number): Laid {
  const text = (place: number) => cut(visible(place < 0 ? column.title : column.text(place)), WIDEST_CELL)
  let width = 1
  for (let place = -1; place < length; place++) width = Math.max(width, displayWidth(text(place)))
  return {
    width,
    right: column.right,
    text,
    paint: (cell, place, paint) => painted(cell, place, column, paint),
  }
}

function painted(text: string, place: number, column: PageColumn, paint: Paint): string {
  if (place < 0) return paint.head(text)
  const heat = column.heat?.(place)
  return heat === undefined ? text : paint.heat(text, heat)
}

/** As many columns as the screen has room for, from the left; at least one. */
function fitting(columns: readonly Laid[], width = Number.POSITIVE_INFINITY): readonly Laid[] {
  let used = -GAP.length
  const tooFar = columns.findIndex((column, i) => {
    used += GAP.length + column.width
    return i > 0 && used > width
  })
  return tooFar < 0 ? columns : columns.slice(0, tooFar)
}

interface Span {
  readonly from: number
  readonly to: number
}

// The version of string-width inside cli-table3 takes other widths for newer emoji than terminals do, so
// it lays out stand-ins as wide as the cells, and the cells themselves take their places afterwards.
const STAND_IN = '\uE000'

function draw(columns: readonly Laid[], { from, to }: Span, paint: Paint): string {
  if (columns.length === 0 || from >= to) return ''
  const cells: string[] = []
  const lines: string[][] = []
  for (let place = from; place < to; place++) {
    lines.push(columns.map(({ width }) => STAND_IN.repeat(width)))
    for (const column of columns) cells.push(column.paint(padded(column, place), place, paint))
  }
  const head = from < 0 ? (lines.shift() ?? []) : []
  let next = 0
  return `${frame(head, lines)}\n`.replace(/\uE000+/g, () => cells[next++] as string)
}

function padded({ width, right, text }: Laid, place: number): string {
  const cell = text(place)
  const space = ' '.repeat(width - displayWidth(cell))
  return right ? space + cell : cell + space
}

function frame(head: string[], lines: readonly string[][]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '' }
  const bottom = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' }
  const sides = { left: '', 'left-mid': '', right: '', 'right-mid': '', middle: GAP }
  const grid = new CliTable({
    head,
    chars: { ...none, ...bottom, ...sides, mid: '─', 'mid-mid': GAP },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  })
  grid.push(...lines)
  return grid.toString()
}
