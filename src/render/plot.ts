/** Where everything of a chart stands, for any renderer: axes with their marks, and points between 0 and 1. */
import { scaleLinear, scaleUtc } from 'd3-scale'
import { formatDay } from '../core/days.ts'
import type { Chart, Column, Language, Sheet } from '../core/report.ts'
import { textReader } from '../core/texts.ts'
import { numberOf } from './cells.ts'
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
  if (!across || up.length === 0 || up.some((column) => column === undefined)) return undefined
  const columns = up as readonly Column[]
  const drawn = columns.map((column) => pointsOf(across, column, drawnRows(sheet, chart)))
  if ((drawn[0] as Points).length < 2) return undefined
  const all = drawn.flat()
  const horizontal = axisOf(
    across,
    all.map(([at]) => at),
    chart.diagonal,
  )
  const vertical = axisOf(columns[0] as Column, [0, ...all.map(([, value]) => value)])
  const placed = drawn.map((points) =>
    points.map(([at, value]) => [horizontal.place(at), vertical.place(value)] as const),
  )
  const series = chart.up.flatMap((_, i): Series[] => {
    const [points, name] = [placed[i] as Points, (columns[i] as Column).title[language]]
    return points.length === 0 ? [] : [{ name, points }]
  })
  const most = Math.min(horizontal.end, vertical.end)
  const least = Math.max(horizontal.begin, vertical.begin)
  const equal = [least, most].map((at) => [horizontal.place(at), vertical.place(at)] as const)
  return {
    title: chart.title[language],
    acrossTitle: across.title[language],
    across: horizontal.marks,
    up: vertical.marks,
    series,
    band: bandOf(chart, placed.slice(chart.up.length), language),
    diagonal: chart.diagonal ? { name: EQUAL[language], points: equal } : undefined,
  }
}

type Points = Series['points']

/** The rows where both columns have a value: lines may begin late or end early. */
function pointsOf(across: Column, up: Column, rows: readonly number[]): Points {
  const [x, y] = [numberOf(across), numberOf(up)]
  return rows
    .map((row) => [x(row), y(row)] as const)
    .filter((point) => point.every((value) => Number.isFinite(value)))
}

function bandOf({ band }: Chart, [low, high]: readonly Points[], language: Language): Band | undefined {
  return band && low && high && low.length > 0 ? { name: band.title[language], low, high } : undefined
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
