/** GitHub-flavoured Markdown: a heading and a table for every sheet. */
import type { Report } from '../core/report.ts'
import { hiddenRows, noRows, type Page, pageOf } from './pages.ts'
import { chunks } from './rows.ts'
import type { Style } from './style.ts'
import { textCharts } from './textChart.ts'
import { visible } from './visible.ts'

export function* markdown({ title, sheets }: Report, style: Style): Iterable<string> {
  if (title !== '') yield `# ${inline(title)}\n`
  let first = title === ''
  for (const sheet of sheets) {
    const charts = textCharts(sheet, style.language)
    for (const { title: what, text } of charts) {
      yield `${first ? '' : '\n'}## ${inline(what)}\n\n\`\`\`text\n${text}\`\`\`\n`
      first = false
    }
    if (sheet.drawn) continue
    if (!first) yield '\n'
    first = false
    yield* section(pageOf(sheet, style), style)
  }
}

function* section(page: Page, { language }: Style): Iterable<string> {
  const { columns } = page
  yield `## ${inline(page.title)}\n\n`
  yield line(columns.map((column) => inline(column.title)))
  yield line(columns.map(({ right }) => (right ? '---:' : '---')))
  yield* chunks(page.length, (place) => line(columns.map((column) => inline(column.text(place)))))
  if (page.length + page.hidden === 0) yield `\n${noRows(language)}\n`
  if (page.hidden > 0) yield `\n${inline(hiddenRows(page, language))}\n`
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

// What Markdown would read as markup. An underscore inside a word is none.
const MARKUP = /[\\|<>*`[\]~]|&(?=[#\w])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu
const HARMLESS = /^[\p{L}\p{N} .,:%/+-]*$/u

function inline(text: string): string {
  if (HARMLESS.test(text)) return text
  return text
    .split(/\r\n|\r|\n/)
    .map((part) => visible(part).replace(MARKUP, '\\$&'))
    .join('<br>')
}
