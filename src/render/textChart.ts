/** Charts in letters, which every terminal shows the same: marks for the first series, dots for what it is held to, edges of a band. */
import type { Language, Sheet } from '../core/report.ts'
import { cut, displayWidth } from './letters.ts'
import { type Plot, plotOf, type Series } from './plot.ts'
import { visible } from './visible.ts'

const HEIGHT = 12
const WIDEST = 100
const NARROWEST = 40
const USUAL = 80

/** The charts of a sheet, each as lines of text. */
export function textCharts(
  sheet: Sheet,
  language: Language,
  width = USUAL,
): { readonly title: string; readonly text: string }[] {
  return (sheet.charts ?? []).flatMap((chart) => {
    const plot = plotOf(sheet, chart, language)
    // Lines of many groups cross: letters cannot tell them apart.
    if (!plot || (plot.groups !== undefined && !plot.scatter)) return []
    return [{ title: plot.title, text: `${drawn(plot, Math.max(NARROWEST, Math.min(width, WIDEST)))}\n` }]
  })
}

const [MARK, DOT, EDGE] = ['o', '.', ':']
const LETTERS = '123456789abcdefghijklmnopqrstuvwxyz'

/** Of the so many-th group. */
const letterOf = (group: number): string => LETTERS[group % LETTERS.length] as string

function drawn(plot: Plot, width: number): string {
  const { up, across, series, diagonal, band } = plot
  const margin = Math.max(...up.map(({ label }) => label.length))
  // One column stands between the labels and the axis, one is the axis.
  const inner = width - margin - 2
  const grid = Array.from({ length: HEIGHT }, () => new Array<string>(inner).fill(' '))
  const put = (x: number, y: number, letter: string) => {
    const line = grid[HEIGHT - 1 - Math.round(y * (HEIGHT - 1))]
    if (line) line[Math.round(x * (inner - 1))] = letter
  }
  const [marked, held] = [series[0] as Series, diagonal ?? series[1]]
  for (const edge of band ? [band.low, band.high] : []) {
    for (const [x, y] of between(edge, inner)) put(x, y, EDGE)
  }
  if (plot.groups !== undefined) {
    for (const [i, { points }] of series.entries()) for (const [x, y] of points) put(x, y, letterOf(i))
  } else {
    if (held) for (const [x, y] of between(held.points, inner)) put(x, y, DOT)
    for (const [x, y] of marked.points) put(x, y, MARK)
  }
  const labels = new Map(up.map(({ at, label }) => [Math.round(at * (HEIGHT - 1)), label]))
  const lines = grid.map((letters, i) => {
    const label = labels.get(HEIGHT - 1 - i)
    return `${(label ?? '').padStart(margin)} ${label === undefined ? '│' : '┤'}${letters.join('')}`.trimEnd()
  })
  const lone = [
    `${MARK} ${marked.name}`,
    ...(held ? [`${DOT} ${held.name}`] : []),
    ...(band ? [`${EDGE} ${band.name}`] : []),
  ]
  const told = series.map(({ name }, i) => (letterOf(i) === name ? name : `${letterOf(i)}=${name}`))
  const legend = plot.groups === undefined ? lone.join('   ') : `${plot.groups} ${told.join(' ')}`
  const axis = `${' '.repeat(margin)} └${'─'.repeat(inner)}`
  return [
    ...lines,
    axis,
    `${' '.repeat(margin + 2)}${labelled(across, inner)}`.trimEnd(),
    footOf(plot, legend, width),
  ].join('\n')
}

/** A line through points, one point a column. */
function between(points: Series['points'], columns: number): (readonly [number, number])[] {
  return Array.from({ length: columns }, (_, column) => column / Math.max(columns - 1, 1)).flatMap((x) => {
    const right = points.findIndex(([at]) => at >= x)
    const [one, other] = [points[right - 1], points[right]]
    if (!other) return []
    if (!one) return x === other[0] ? [other] : []
    const share = other[0] === one[0] ? 1 : (x - one[0]) / (other[0] - one[0])
    return [[x, one[1] + share * (other[1] - one[1])] as const]
  })
}

/** Labels under their places; one that would run into the one before is left out. */
function labelled(marks: Plot['across'], inner: number): string {
  let line = ''
  for (const { at, label } of marks) {
    const middle = Math.round(at * (inner - 1)) - Math.floor(label.length / 2)
    const begin = Math.max(0, Math.min(middle, inner - label.length))
    if (line !== '' && begin < line.length + 2) continue
    line = `${line.padEnd(begin)}${label}`
  }
  return line
}

const footOf = ({ acrossTitle }: Plot, legend: string, width: number): string => {
  const text = visible(`${legend}   → ${acrossTitle}`)
  return displayWidth(text) > width ? cut(text, width) : text
}
