/** Where everything of a chart stands, for any renderer: axes with their marks, and points between 0 and 1. */
import { scaleLinear, scaleUtc } from 'd3-scale'
import { formatDay } from '../core/days.ts'
import type { Chart, Column, Language, Sheet } from '../core/report.ts'
import { textReader } from '../core/texts.ts'
import { numberOf, readableText } from './cells.ts'
import { rowCount, rowsOf } from './rows.ts'

export interface Mark {
  /** From 0 at the beginning of the axis to 1 at its end. */
  readonly at: number
  readonly label: string
}

export interface Series {
  readonly name: string
  readonly points: readonly (readonly [across: number, up: number])[]
}

/** Where values are expected: its lower and its upper edge. */
export interface Band {
  readonly name: string
  readonly low: Series['points']
  readonly high: Series['points']
}

export interface Plot {
  readonly title: string
  /** What the series are where they are groups: the title of the column that tells them apart. */
  readonly groups: string | undefined
  readonly scatter: boolean
  readonly acrossTitle: string
  readonly across: readonly Mark[]
  readonly up: readonly Mark[]
  readonly series: readonly Series[]
  readonly band: Band | undefined
  /** Ends of the line on which both axes are equal. */
  readonly diagonal: Series | undefined
}

const MS_A_DAY = 86_400_000
const MARKS = 5

/** A chart of a sheet; undefined where a column was left out, or there is nothing to draw. */
export function plotOf(sheet: Sheet, chart: Chart, language: Language): Plot | undefined {
  const find = (key: string) => sheet.columns.find((column) => column.key === key)
  const edges = chart.band ? [chart.band.low, chart.band.high] : []
  const [across, ...up] = [chart.across, ...chart.up, ...edges].map(find)
  const group = chart.group === undefined ? undefined : find(chart.group)
  const isWhole = up.every((column) => column !== undefined) && (group || chart.group === undefined)
  if (!across || up.length === 0 || !isWhole) return undefined
  const columns = up as readonly Column[]
  const rows = drawnRows(sheet, chart)
  const x = across.unit === 'text' ? placeOfWord(across, rows) : numberOf(across)
  const lines = group
    ? groupsOf(group, rows).map(([name, own]) => ({ name, points: pointsOf(x, columns[0] as Column, own) }))
    : columns.map((column) => ({ name: column.title[language], points: pointsOf(x, column, rows) }))
  const all = lines.flatMap(({ points }) => points)
  if ((group ? all : (lines[0]?.points ?? [])).length < 2) return undefined
  const places = all.map(([at]) => at)
  const horizontal = across.unit === 'text' ? wordAxis(across, rows) : axisOf(across, places, chart.diagonal)
  const vertical = axisOf(columns[0] as Column, [0, ...all.map(([, value]) => value)])
  const placed = lines.map(({ name, points }): Series => {
    return { name, points: points.map(([at, value]) => [horizontal.place(at), vertical.place(value)]) }
  })
  const series = group ? placed : placed.slice(0, chart.up.length)
  return {
    title: chart.title[language],
    groups: group?.title[language],
    scatter: chart.scatter === true,
    acrossTitle: across.title[language],
    across: horizontal.marks,
    up: vertical.marks,
    series: series.filter(({ points }) => points.length > 0),
    band: bandOf(chart, placed.slice(chart.up.length), language),
    diagonal: chart.diagonal ? diagonalOf(horizontal, vertical, language) : undefined,
  }
}

type Points = Series['points']

/** The rows that have both values: lines may begin late or end early. */
function pointsOf(x: (row: number) => number, up: Column, rows: readonly number[]): Points {
  const y = numberOf(up)
  return rows
    .map((row) => [x(row), y(row)] as const)
    .filter((point) => point.every((value) => Number.isFinite(value)))
}

function bandOf({ band }: Chart, [low, high]: readonly Series[], language: Language): Band | undefined {
  if (!band || !low || !high || low.points.length === 0) return undefined
  return { name: band.title[language], low: low.points, high: high.points }
}

function diagonalOf(horizontal: Axis, vertical: Axis, language: Language): Series {
  const most = Math.min(horizontal.end, vertical.end)
  const least = Math.max(horizontal.begin, vertical.begin)
  const points = [least, most].map((at) => [horizontal.place(at), vertical.place(at)] as const)
  return { name: EQUAL[language], points }
}

/** The rows of each value of a column, in ascending order of the values. */
function groupsOf(column: Column, rows: readonly number[]): [name: string, rows: number[]][] {
  const name = readableText(column)
  const groups = new Map<string, number[]>()
  for (const row of rows) {
    const own = groups.get(name(row))
    if (own) own.push(row)
    else groups.set(name(row), [row])
  }
  const value = column.unit === 'text' ? name : numberOf(column)
  const firstOf = ([, [row = 0]]: [string, number[]]) => value(row)
  return [...groups].sort((a, b) => (firstOf(a) < firstOf(b) ? -1 : 1))
}

const EQUAL = { en: 'equal', zh: '相等' } as const

function drawnRows(sheet: Sheet, { where }: Chart): number[] {
  const rows = Array.from({ length: rowCount(sheet) }, (_, place) => place).map(rowsOf(sheet))
  const column = where && sheet.columns.find(({ key }) => key === where.column)
  if (column?.unit !== 'text') return rows
  const { is } = where as NonNullable<Chart['where']>
  const read = textReader(column.values)
  return rows.filter((row) => read(row) === is)
}

interface Axis {
  readonly begin: number
  readonly end: number
  readonly marks: readonly Mark[]
  place(value: number): number
}

const wordsOf = (column: Column, rows: readonly number[]): string[] => [
  ...new Set(rows.map(readableText(column))),
]

function placeOfWord(column: Column, rows: readonly number[]): (row: number) => number {
  const [read, words] = [readableText(column), wordsOf(column, rows)]
  return (row) => words.indexOf(read(row))
}

function wordAxis(column: Column, rows: readonly number[]): Axis {
  const words = wordsOf(column, rows)
  const end = Math.max(words.length - 1, 1)
  return {
    begin: 0,
    end,
    marks: words.map((label, i) => ({ at: i / end, label })),
    place: (value) => value / end,
  }
}

function axisOf(column: Column, values: readonly number[], fromZero?: true): Axis {
  let [begin, end] = [fromZero ? 0 : Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    begin = Math.min(begin, value)
    end = Math.max(end, value)
  }
  return column.unit === 'day' ? dayAxis(begin, end) : numberAxis(column, begin, end)
}

function numberAxis({ unit }: Column, begin: number, end: number): Axis {
  const scale = scaleLinear()
    .domain(begin < end ? [begin, end] : [begin, begin + 1])
    .nice(MARKS)
  const label = scale.tickFormat(MARKS, unit === 'share' ? '%' : undefined)
  const [low = 0, high = 1] = scale.domain()
  return {
    begin: low,
    end: high,
    marks: scale.ticks(MARKS).map((value) => ({ at: scale(value), label: label(value).replace('−', '-') })),
    place: (value) => scale(value),
  }
}

function dayAxis(begin: number, end: number): Axis {
  const last = begin < end ? end : begin + 1
  const scale = scaleUtc().domain([begin * MS_A_DAY, last * MS_A_DAY])
  const days = scale.ticks(MARKS).map((time) => Math.floor(time.getTime() / MS_A_DAY))
  const place = (day: number) => (day - begin) / (last - begin)
  const whole = [...new Set(days)].filter((day) => day >= begin && day <= last)
  const months = whole.every((day) => formatDay(day).endsWith('-01'))
  const label = (day: number) => (months ? formatDay(day).slice(0, -3) : formatDay(day))
  return { begin, end: last, marks: whole.map((day) => ({ at: place(day), label: label(day) })), place }
}
