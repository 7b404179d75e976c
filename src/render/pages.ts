/** A sheet as people see it: readable cells in titled columns, a grid where the sheet asks for one. */
import type { Column, Grid, Language, Sheet } from '../core/report.ts'
import { type CellText, identity, numberOf, readableText, standsRight } from './cells.ts'
import { rowCount, rowsOf } from './rows.ts'
import type { Style } from './style.ts'

export interface PageColumn {
  readonly title: string
  readonly right: boolean
  text(place: number): string
  /** Its texts are sentences. */
  readonly prose?: true
  /** How warm a cell of a grid is, -1 to 1; undefined for an empty cell. */
  heat?(place: number): number | undefined
  /** How long a bar is beside the cell of a grid, from -1 to 1. */
  bar?(place: number): number | undefined
}

export interface Page {
  readonly title: string
  readonly columns: readonly PageColumn[]
  /** Rows shown. */
  readonly length: number
  /** Rows that are there but not shown. */
  readonly hidden: number
}

export function pageOf(sheet: Sheet, { language, documentRows }: Style): Page {
  const { columns, length } = gridOf(sheet, language) ?? plainOf(sheet, language)
  const shown = sheet.whole ? length : Math.min(length, documentRows ?? length)
  return {
    title: sheet.title[language],
    columns,
    length: shown,
    hidden: length - shown + (sheet.hidden ?? 0),
  }
}

/** What stands under a page of which rows are left out. */
export function hiddenRows({ hidden }: Page, language: Language): string {
  const rows = String(hidden)
  if (language === 'zh') return `… 还有 ${rows} 行（--limit all 全部显示，-o file.csv 全部写入文件）`
  return `… ${rows} more ${hidden === 1 ? 'row' : 'rows'} (--limit all, or -o file.csv for everything)`
}

export function noRows(language: Language): string {
  return language === 'zh' ? '（没有行）' : '(no rows)'
}

type Cells = Pick<Page, 'columns' | 'length'>

function plainOf(sheet: Sheet, language: Language): Cells {
  const row = rowsOf(sheet)
  const columns = sheet.columns.map((column) => {
    const text = readableText(column)
    return {
      title: column.title[language],
      right: standsRight(column.unit),
      text: (place: number) => text(row(place)),
      ...(column.unit === 'text' && column.prose ? { prose: true as const } : {}),
    }
  })
  return { columns, length: rowCount(sheet) }
}

/** The pivot of a sheet; undefined where a column of it was left out or two rows claim one cell. */
function gridOf(sheet: Sheet, language: Language): Cells | undefined {
  const { grid, columns } = sheet
  if (!grid) return undefined
  const find = (key: string) => columns.find((column) => column.key === key)
  const [down, across, value] = [find(grid.down), find(grid.across), find(grid.value)]
  if (!down || !across || !value) return undefined
  const rows = Array.from({ length: rowCount(sheet) }, (_, place) => place).map(rowsOf(sheet))
  const cells = pivot(rows, identity(down), identity(across))
  if (!cells) return undefined
  const heads = headsOf(down, rows, grid)
  const head = readableText(down)
  const title = `${down.title[language]} / ${across.title[language]}`
  const first = {
    title,
    right: standsRight(down.unit),
    text: (place: number) => head(heads[place] as number),
  }
  const downOf = identity(down)
  const acrossOf = identity(across)
  const titleOf = readableText(across)
  const columnOf = gridColumn(value, rows, grid)
  const tops = grid.asTheyCome && across.unit === 'text' ? firsts(across, rows) : distinct(across, rows)
  const others = tops.map((top) => {
    const key = acrossOf(top)
    return columnOf(titleOf(top), (place) => cells.get(cellKey(downOf(heads[place] as number), key)))
  })
  return { columns: [first, ...others], length: heads.length }
}

type GridColumn = (title: string, find: (place: number) => number | undefined) => PageColumn

function headsOf(down: Column, rows: readonly number[], { asTheyCome }: Grid): number[] {
  return asTheyCome && down.unit === 'text' ? firsts(down, rows) : distinct(down, rows).reverse()
}

function gridColumn(value: Column, rows: readonly number[], { bars }: Grid): GridColumn {
  const text = readableText(value)
  const warmth = warmthOf(value, rows)
  const length = bars === undefined ? undefined : lengthsOf(value, bars)
  return (title, find) => ({
    title,
    right: true,
    text: (place) => {
      const row = find(place)
      return row === undefined ? '' : text(row)
    },
    heat: (place) => {
      const row = find(place)
      return row === undefined ? undefined : warmth(row)
    },
    ...(length
      ? {
          bar: (place) => {
            const row = find(place)
            return row === undefined ? undefined : length(row)
          },
        }
      : {}),
  })
}

const cellKey = (down: string, across: string): string => JSON.stringify([down, across])

function pivot(rows: readonly number[], down: CellText, across: CellText): Map<string, number> | undefined {
  const cells = new Map(rows.map((row) => [cellKey(down(row), across(row)), row]))
  return cells.size === rows.length ? cells : undefined
}

/** The first row of each value of a column. */
function firsts(column: Column, rows: readonly number[]): number[] {
  const text = identity(column)
  const first = new Map<string, number>()
  for (const row of rows) if (!first.has(text(row))) first.set(text(row), row)
  return [...first.values()]
}

/** The same in ascending order of the values. */
function distinct(column: Column, rows: readonly number[]): number[] {
  const value = column.unit === 'text' ? identity(column) : numberOf(column)
  return firsts(column, rows).sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0))
}

/** Each value as a part of the one that is farthest from zero. */
function warmthOf(column: Column, rows: readonly number[]): (row: number) => number | undefined {
  const value = numberOf(column)
  const most = rows.reduce((a, row) => Math.max(a, Math.abs(value(row)) || 0), 0)
  return (row) => {
    if (!Number.isFinite(value(row))) return undefined
    return most > 0 ? value(row) / most : 0
  }
}

/** Each value as a part of one with a full bar, at most that. */
function lengthsOf(column: Column, full: number): (row: number) => number | undefined {
  const value = numberOf(column)
  return (row) => (Number.isFinite(value(row)) ? Math.max(-1, Math.min(1, value(row) / full)) : undefined)
}
