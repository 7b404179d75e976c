/** Charts as SVG: no script, no font of their own, readable on paper and by screen readers. */
import type { Language, Sheet } from '../core/report.ts'
import { type Band, type Plot, plotOf, type Series } from './plot.ts'
import { groupsSvg } from './svgGroups.ts'

const [WIDTH, HEIGHT] = [720, 300]
const MARGIN = { left: 64, right: 36, top: 12, bottom: 44 }
const INNER = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }

/** The charts of a sheet, each a title and a picture. `escaped` makes text harmless. */
export function svgCharts(
  sheet: Sheet,
  language: Language,
  escaped: (text: string) => string,
): { readonly title: string; readonly svg: string }[] {
  return (sheet.charts ?? []).flatMap((chart) => {
    const plot = plotOf(sheet, chart, language)
    if (!plot) return []
    return [
      { title: plot.title, svg: plot.groups === undefined ? drawn(plot, escaped) : groupsSvg(plot, escaped) },
    ]
  })
}

/** Apart in colour, in brightness and in form. */
const MARKED = '#08519c'
const HELD = '#d95f0e'
const MOST_CIRCLES = 40

const x = (at: number): string => (MARGIN.left + at * INNER.width).toFixed(1)
const y = (at: number): string => (MARGIN.top + (1 - at) * INNER.height).toFixed(1)

function drawn(plot: Plot, escaped: (text: string) => string): string {
  const { title, acrossTitle, across, up, series, diagonal, band } = plot
  const [marked, held] = [series[0] as Series, diagonal ?? series[1]]
  const lines = up.map(
    ({ at, label }) =>
      `<line x1="${x(0)}" x2="${x(1)}" y1="${y(at)}" y2="${y(at)}" stroke="#ddd"/><text x="${MARGIN.left - 8}" y="${y(at)}" dy=".32em" text-anchor="end">${escaped(label)}</text>`,
  )
  const marks = across.map(
    ({ at, label }) =>
      `<line x1="${x(at)}" x2="${x(at)}" y1="${y(0)}" y2="${MARGIN.top + INNER.height + 5}" stroke="#888"/><text x="${x(at)}" y="${MARGIN.top + INNER.height + 18}" text-anchor="middle">${escaped(label)}</text>`,
  )
  const circles =
    marked.points.length > MOST_CIRCLES
      ? []
      : marked.points.map(([at, high]) => `<circle cx="${x(at)}" cy="${y(high)}" r="3.5" fill="${MARKED}"/>`)
  // With a third entry the title of the axis needs its room.
  const step = band ? 160 : 220
  const told = [marked, ...(held ? [held] : []), ...(band ? [band] : [])].map(({ name }) => name)
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${escaped(`${title}: ${told.join(', ')}`)}" font-size="12" fill="#333">`,
    ...lines,
    ...marks,
    `<line x1="${x(0)}" x2="${x(1)}" y1="${y(0)}" y2="${y(0)}" stroke="#888"/>`,
    ...(band ? [area(band)] : []),
    ...(held ? [path(held, HELD, ' stroke-dasharray="6 4"')] : []),
    path(marked, MARKED),
    ...circles,
    `<text x="${x(1)}" y="${HEIGHT - 6}" text-anchor="end">${escaped(acrossTitle)}</text>`,
    legend(marked, MARKED, '', MARGIN.left, escaped),
    ...(held ? [legend(held, HELD, ' stroke-dasharray="6 4"', MARGIN.left + step, escaped)] : []),
    ...(band ? [bandLegend(band, MARGIN.left + 2 * step, escaped)] : []),
    '</svg>',
  ].join('\n')
}

function path({ points }: Series, color: string, more = ''): string {
  const steps = points.map(([at, high], i) => `${i === 0 ? 'M' : 'L'}${x(at)} ${y(high)}`)
  return `<path d="${steps.join('')}" fill="none" stroke="${color}" stroke-width="2"${more}/>`
}

/** Down one edge and back along the other. */
function area({ low, high }: Band): string {
  const steps = [...high, ...low.toReversed()].map(([at, up], i) => `${i === 0 ? 'M' : 'L'}${x(at)} ${y(up)}`)
  return `<path d="${steps.join('')}Z" fill="${HELD}" fill-opacity=".15"/>`
}

const bandLegend = ({ name }: Band, left: number, escaped: (text: string) => string): string =>
  `<rect x="${left}" y="${HEIGHT - 15}" width="24" height="10" fill="${HELD}" fill-opacity=".15"/><text x="${left + 30}" y="${HEIGHT - 6}">${escaped(name)}</text>`

function legend(
  { name }: Series,
  color: string,
  more: string,
  left: number,
  escaped: (text: string) => string,
): string {
  const line = `<line x1="${left}" x2="${left + 24}" y1="${HEIGHT - 10}" y2="${HEIGHT - 10}" stroke="${color}" stroke-width="2"${more}/>`
  return `${line}<text x="${left + 30}" y="${HEIGHT - 6}">${escaped(name)}</text>`
}
