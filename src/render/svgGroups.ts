/** Charts of groups as SVG: points or lines, each group apart in colour and in form. */
import type { Plot, Series } from './plot.ts'

const [WIDTH, HEIGHT] = [720, 420]
const MARGIN = { left: 64, right: 150, top: 12, bottom: 60 }
const INNER = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }

/** Told apart by the colour-blind (Okabe, Ito 2008); grey stands for their yellow, which paper does not show. */
const COLORS = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#cc79a7', '#56b4e9', '#6b6b6b', '#000000']
const FORMS = ['circle', 'square', 'triangle', 'diamond'] as const
const LEGEND_LINE = 18
const MOST_TOLD = Math.floor(INNER.height / LEGEND_LINE)

const x = (at: number): number => MARGIN.left + at * INNER.width
const y = (at: number): number => MARGIN.top + (1 - at) * INNER.height
const px = (value: number): string => value.toFixed(1)

const colorOf = (group: number): string => COLORS[group % COLORS.length] as string
/** A colour that comes again has another form. */
const formOf = (group: number) => FORMS[(group + Math.floor(group / COLORS.length)) % FORMS.length]

export function groupsSvg(plot: Plot, escaped: (text: string) => string): string {
  const { title, groups = '', scatter, series } = plot
  const told = series.map(({ name }) => name).join(', ')
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" role="img" aria-label="${escaped(`${title}: ${groups} ${told}`)}" font-size="12" fill="#333">`,
    ...frame(plot, escaped),
    ...series.map((each, group) => (scatter ? dots(each, group) : line(each, group))),
    ...legend(plot, escaped),
    '</svg>',
  ].join('\n')
}

function frame({ up, across, acrossTitle }: Plot, escaped: (text: string) => string): string[] {
  const words = across.map(({ label }) => label.length).reduce((sum, length) => sum + length, 0)
  // Where labels would run into one another every second stands a line lower.
  const isCrowded = words * 7 > INNER.width
  const lower = (i: number) => (isCrowded && i % 2 === 1 ? 14 : 0)
  return [
    ...up.map(
      ({ at, label }) =>
        `<line x1="${px(x(0))}" x2="${px(x(1))}" y1="${px(y(at))}" y2="${px(y(at))}" stroke="#ddd"/><text x="${MARGIN.left - 8}" y="${px(y(at))}" dy=".32em" text-anchor="end">${escaped(label)}</text>`,
    ),
    ...across.map(
      ({ at, label }, i) =>
        `<line x1="${px(x(at))}" x2="${px(x(at))}" y1="${px(y(0))}" y2="${px(y(0) + 5)}" stroke="#888"/><text x="${px(x(at))}" y="${px(y(0) + 18 + lower(i))}" text-anchor="middle">${escaped(label)}</text>`,
    ),
    `<line x1="${px(x(0))}" x2="${px(x(1))}" y1="${px(y(0))}" y2="${px(y(0))}" stroke="#888"/>`,
    `<text x="${px(x(1))}" y="${HEIGHT - 6}" text-anchor="end">${escaped(acrossTitle)}</text>`,
  ]
}

const dots = ({ points }: Series, group: number): string =>
  `<path d="${points.map(([at, high]) => form(group, x(at), y(high))).join('')}" fill="${colorOf(group)}" fill-opacity=".75"/>`

function line({ points }: Series, group: number): string {
  const steps = points.map(([at, high], i) => `${i === 0 ? 'M' : 'L'}${px(x(at))} ${px(y(high))}`)
  const marks = points.map(([at, high]) => form(group, x(at), y(high))).join('')
  return `<path d="${steps.join('')}" fill="none" stroke="${colorOf(group)}" stroke-width="2"/><path d="${marks}" fill="${colorOf(group)}"/>`
}

/** The outline of a small mark. */
function form(group: number, left: number, top: number): string {
  const [a, b] = [px(left), px(top)]
  switch (formOf(group)) {
    case 'square':
      return `M${px(left - 2.7)} ${px(top - 2.7)}h5.4v5.4h-5.4z`
    case 'triangle':
      return `M${a} ${px(top - 3.6)}l3.3 6h-6.6z`
    case 'diamond':
      return `M${a} ${px(top - 3.8)}l3.8 3.8l-3.8 3.8l-3.8 -3.8z`
    default:
      return `M${px(left - 3)} ${b}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z`
  }
}

function legend({ groups = '', series }: Plot, escaped: (text: string) => string): string[] {
  const left = WIDTH - MARGIN.right + 24
  return series.slice(0, MOST_TOLD).map(({ name }, group) => {
    const top = MARGIN.top + 8 + LEGEND_LINE * group
    return `<path d="${form(group, left, top)}" fill="${colorOf(group)}"/><text x="${left + 10}" y="${top + 4}">${escaped(`${groups} ${name}`)}</text>`
  })
}
