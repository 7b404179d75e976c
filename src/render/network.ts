/** A sheet as a network: its rows are lines from one name to another. DOT for Graphviz, GraphML for the others. */
import type { Column, Report, Sheet } from '../core/report.ts'
import { textReader } from '../core/texts.ts'
import { numberOf } from './cells.ts'
import { rawText, type ValueColumn } from './raw.ts'
import { rowCount, rowsOf } from './rows.ts'
import type { Style } from './style.ts'

interface Line {
  readonly row: number
  readonly from: string
  readonly to: string
  /** 0 for the thinnest, 1 for the thickest. */
  readonly width: number
}

interface Drawn {
  readonly lines: readonly Line[]
  readonly nodes: readonly string[]
  /** What is known of each line, besides its ends. */
  readonly columns: readonly Column[]
  readonly width: ValueColumn
}

function drawn(sheet: Sheet): Drawn {
  const { network } = sheet
  const named = (key: string | undefined) => sheet.columns.find((column) => column.key === key)
  const [from, to, width] = [named(network?.from), named(network?.to), named(network?.width)]
  if (from?.unit !== 'text' || to?.unit !== 'text' || !width || width.unit === 'text') {
    throw new Error(`the sheet ${sheet.name} is no network`)
  }
  const [begin, end, value, row] = [
    textReader(from.values),
    textReader(to.values),
    numberOf(width),
    rowsOf(sheet),
  ]
  const rows = Array.from({ length: rowCount(sheet) }, (_, place) => row(place))
  const values = rows.map(value).filter(Number.isFinite)
  const least = values.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY)
  const most = values.reduce((high, each) => Math.max(high, each), Number.NEGATIVE_INFINITY)
  const lines = rows.map((at): Line => {
    const part = (value(at) - least) / (most - least)
    return { row: at, from: begin(at) ?? '', to: end(at) ?? '', width: Number.isFinite(part) ? part : 1 }
  })
  const nodes = [...new Set(lines.flatMap((line) => [line.from, line.to]))]
  return { lines, nodes, columns: sheet.columns.filter((column) => column !== from && column !== to), width }
}

/** What a column holds, as machines read it. */
function textOf(column: Column): (row: number) => string {
  if (column.unit !== 'text') return rawText(column)
  const read = textReader(column.values)
  return (row) => read(row) ?? ''
}

// DOT --------------------------------------------------------------------------------------------------

const MOST_WIDTH = 5

export function* dot({ title, sheets: [sheet] }: Report, _style: Style): Iterable<string> {
  if (!sheet) return
  const { lines, nodes, columns, width } = drawn(sheet)
  const writers = columns.map((column) => ({ key: column.key, text: textOf(column) }))
  const label = rawText(width)
  yield `digraph ${quoted(title)} {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n`
  for (const node of nodes) yield `  ${quoted(node)};\n`
  for (const line of lines) {
    const thickness = (1 + (MOST_WIDTH - 1) * line.width).toFixed(2)
    const known = writers
      .map(({ key, text }) => [key, text(line.row)] as const)
      .filter(([, text]) => text !== '')
      .map(([key, text]) => `${key}=${quoted(text)}`)
    const attributes = [`label=${quoted(rounded(label(line.row)))}`, `penwidth=${thickness}`, ...known]
    yield `  ${quoted(line.from)} -> ${quoted(line.to)} [${attributes.join(', ')}];\n`
  }
  yield '}\n'
}

/** A label is read by people. */
const rounded = (text: string): string => (text === '' ? '' : String(Number(Number(text).toPrecision(3))))

const quoted = (text: string): string =>
  `"${text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\r\n?|\n/g, '\\n')}"`

// GraphML ----------------------------------------------------------------------------------------------

export function* graphml({ sheets: [sheet] }: Report, _style: Style): Iterable<string> {
  if (!sheet) return
  const { lines, nodes, columns } = drawn(sheet)
  const writers = columns.map((column) => ({ key: column.key, unit: column.unit, text: textOf(column) }))
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
  yield '  <key id="name" for="node" attr.name="name" attr.type="string"/>\n'
  for (const { key, unit } of writers) {
    const type = unit === 'text' || unit === 'day' ? 'string' : 'double'
    yield `  <key id="${key}" for="edge" attr.name="${key}" attr.type="${type}"/>\n`
  }
  yield `  <graph id="${sheet.name}" edgedefault="directed">\n`
  const idOf = new Map(nodes.map((node, i) => [node, `n${i}`]))
  for (const node of nodes) {
    yield `    <node id="${idOf.get(node)}"><data key="name">${escaped(node)}</data></node>\n`
  }
  for (const [i, line] of lines.entries()) {
    yield `    <edge id="e${i}" source="${idOf.get(line.from)}" target="${idOf.get(line.to)}">`
    for (const { key, text } of writers) {
      const value = text(line.row)
      if (value !== '') yield `<data key="${key}">${escaped(value)}</data>`
    }
    yield '</edge>\n'
  }
  yield '  </graph>\n</graphml>\n'
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML has no way to write control characters, so they go. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character] as string)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}
