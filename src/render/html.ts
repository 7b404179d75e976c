/** One self-contained page: no scripts, nothing to download, fit for the screen and for paper. */
import type { Report } from '../core/report.ts'
import { groundColor, letterColor, type Rgb } from './heat.ts'
import { hiddenRows, noRows, type Page, type PageColumn, pageOf } from './pages.ts'
import { chunks } from './rows.ts'
import type { Style } from './style.ts'
import { svgCharts } from './svgChart.ts'
import { visible } from './visible.ts'

const CSS = `
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #111; background: #fff;
  font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.wide { overflow-x: auto; }
svg { max-width: 100%; height: auto; font-family: inherit; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: anywhere; }
th { border-bottom: 2px solid #888; }
.n { text-align: right; white-space: nowrap; }
.note { color: #666; }
@media print {
  body { margin: 0; max-width: none; font-size: 10pt; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`

export function* html({ title, sheets }: Report, style: Style): Iterable<string> {
  const name = escaped(title || sheets[0]?.title[style.language] || 'cust')
  yield `<!DOCTYPE html>
<html lang="${style.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${CSS}</style>
</head>
<body>
`
  if (title !== '') yield `<h1>${name}</h1>\n`
  for (const sheet of sheets) {
    for (const { title: what, svg } of svgCharts(sheet, style.language, escaped)) {
      yield `<section>\n<h2>${escaped(what)}</h2>\n<div class="wide">\n${svg}\n</div>\n</section>\n`
    }
    if (!sheet.drawn) yield* section(pageOf(sheet, style), style)
  }
  yield '</body>\n</html>\n'
}

function* section(page: Page, { language }: Style): Iterable<string> {
  const heads = page.columns.map(
    ({ title, right }) => `<th scope="col"${numeric(right)}>${escaped(title)}</th>`,
  )
  yield `<section>\n<h2>${escaped(page.title)}</h2>\n<div class="wide">\n<table>\n`
  yield `<thead>\n<tr>${heads.join('')}</tr>\n</thead>\n<tbody>\n`
  yield* chunks(page.length, (place) => rowHtml(page.columns, place))
  yield '</tbody>\n</table>\n</div>\n'
  if (page.length + page.hidden === 0) yield `<p class="note">${noRows(language)}</p>\n`
  if (page.hidden > 0) yield `<p class="note">${escaped(hiddenRows(page, language))}</p>\n`
  yield '</section>\n'
}

function rowHtml(columns: readonly PageColumn[], place: number): string {
  let row = '<tr>'
  for (const column of columns) {
    row += `<td${numeric(column.right)}${heatStyle(column.heat?.(place))}>${escaped(column.text(place))}</td>`
  }
  return `${row}</tr>\n`
}

const numeric = (right: boolean): string => (right ? ' class="n"' : '')

function heatStyle(heat: number | undefined): string {
  if (heat === undefined) return ''
  return ` style="background:${hex(groundColor(heat))};color:${hex(letterColor(heat))}"`
}

const hex = (color: Rgb): string => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// Line breaks and tabs are kept: the style sheet shows them as they are.
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/([\n\t])/)
    .map((part) => (part === '\n' || part === '\t' ? part : visible(part)))
    .join('')
    .replace(/[&<>"']/g, (character) => entities[character] as string)
}
