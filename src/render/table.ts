/** Tables for a terminal: every sheet under its title, columns aligned by what the eye sees. */
import CliTable from 'cli-table3'
import type { Language, Report } from '../core/report.ts'
import { type Paint, paintOf } from './colors.ts'
import { cut, displayWidth, wrapped } from './letters.ts'
import { hiddenRows, noRows, type Page, type PageColumn, pageOf } from './pages.ts'
import { chunks } from './rows.ts'
import type { Style } from './style.ts'
import { textCharts } from './textChart.ts'
import { visible } from './visible.ts'

const WIDEST_CELL = 40
const GAP = '  '
/** Where nobody knows how wide the screen is, sentences are this wide. */
const USUAL_WIDTH = 100

export function* table({ sheets }: Report, style: Style): Iterable<string> {
  const paint = paintOf(style.color)
  for (const [i, sheet] of sheets.entries()) {
    let gap = i === 0 ? '' : '\n'
    for (const { title, text } of textCharts(sheet, style.language, style.width)) {
      yield `${gap}${paint.head(visible(title))}\n\n${text}`
      gap = '\n'
    }
    if (sheet.drawn) continue
    const page = pageOf(sheet, style)
    yield `${gap}${paint.head(visible(page.title))}\n\n`
    yield* pageLines(page, style, paint)
  }
}

function* pageLines(page: Page, style: Style, paint: Paint): Iterable<string> {
  const { cells, sentences } = apart(page)
  const all = cells.map((column) => layOut(column, page.length))
  const columns = fitting(all, style.width)
  const frame = frameOf(columns)
  yield filled(frame.head, columns, -1, paint)
  const below = (place: number) => sentences.map((column) => paragraph(column.text(place), style.width))
  yield* chunks(page.length, (place) => filled(frame.row, columns, place, paint) + below(place).join(''))
  for (const note of notes(page, all.length - columns.length, style.language)) yield `${paint.note(note)}\n`
}

/** Sentences stand below their rows, unless there is nothing else. */
function apart({ columns }: Page): Record<'cells' | 'sentences', readonly PageColumn[]> {
  const cells = columns.filter(({ prose }) => !prose)
  if (cells.length === 0) return { cells: columns, sentences: [] }
  return { cells, sentences: columns.filter(({ prose }) => prose) }
}

function paragraph(text: string, width = USUAL_WIDTH): string {
  const lines = wrapped(visible(text), width - GAP.length)
  return lines.map((line) => `${GAP}${line}\n`).join('')
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
  const cell = (place: number) => cut(visible(place < 0 ? column.title : column.text(place)), WIDEST_CELL)
  const text = column.bar ? (place: number) => `${cell(place)} ${barOf(column, place)}` : cell
  let width = 1
  for (let place = -1; place < length; place++) width = Math.max(width, displayWidth(text(place)))
  return {
    width,
    right: column.right,
    text,
    paint: (cell, place, paint) => painted(cell, place, column, paint),
  }
}

const BAR = 5
const [ABOVE, BELOW] = ['█', '░']

function barOf({ bar }: PageColumn, place: number): string {
  const share = (place < 0 ? undefined : bar?.(place)) ?? 0
  return (share < 0 ? BELOW : ABOVE).repeat(Math.round(BAR * Math.abs(share))).padEnd(BAR)
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

// cli-table3 measures with an older string-width, which is wrong about newer emoji, and compares every row
// with all before it. So it lays out the header and one row of stand-ins as wide as the cells, and the cells
// of every row take their places afterwards.
const STAND_IN = '\uE000'

function filled(frame: string, columns: readonly Laid[], place: number, paint: Paint): string {
  let next = 0
  return frame.replace(/\uE000+/g, () => {
    const column = columns[next++] as Laid
    return column.paint(padded(column, place), place, paint)
  })
}

function padded({ width, right, text }: Laid, place: number): string {
  const cell = text(place)
  const space = ' '.repeat(width - displayWidth(cell))
  return right ? space + cell : cell + space
}

interface Frame {
  /** The titles and the rule under them. */
  readonly head: string
  readonly row: string
}

function frameOf(columns: readonly Laid[]): Frame {
  const line = columns.map(({ width }) => STAND_IN.repeat(width))
  const top = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '' }
  const bottom = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' }
  const sides = { left: '', 'left-mid': '', right: '', 'right-mid': '', middle: GAP }
  const grid = new CliTable({
    head: line,
    chars: { ...top, ...bottom, ...sides, mid: '─', 'mid-mid': GAP },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  })
  grid.push(line)
  const [titles = '', rule = '', row = ''] = grid.toString().split('\n')
  return { head: `${titles}\n${rule}\n`, row: `${row}\n` }
}
