/** The formats an answer can be written in, and the one door to them. */
import type { Report } from '../core/report.ts'
import type { Style } from './style.ts'

export type { Style } from './style.ts'

/** Formats written here; Parquet is written by the engine. */
export type Format =
  | 'table'
  | 'csv'
  | 'tsv'
  | 'json'
  | 'ndjson'
  | 'markdown'
  | 'html'
  | 'xlsx'
  | NetworkFormat
/** What draws a sheet whose rows are lines from one name to another. */
export type NetworkFormat = 'dot' | 'graphml'
export type FormatName = Format | 'parquet'

export const formats = [
  'table',
  'csv',
  'tsv',
  'json',
  'ndjson',
  'markdown',
  'html',
  'xlsx',
  'parquet',
  'dot',
  'graphml',
] as const satisfies readonly FormatName[]

const extensions: ReadonlyMap<string, FormatName> = new Map([
  ['txt', 'table'],
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['json', 'json'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['html', 'html'],
  ['htm', 'html'],
  ['xlsx', 'xlsx'],
  ['parquet', 'parquet'],
  ['dot', 'dot'],
  ['gv', 'dot'],
  ['graphml', 'graphml'],
])

export const isNetworkFormat = (format: FormatName): format is NetworkFormat =>
  format === 'dot' || format === 'graphml'

/** The format that the name of a file asks for. */
export function formatOfPath(path: string): FormatName | undefined {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]
  return extension === undefined ? undefined : extensions.get(extension.toLowerCase())
}

type Chunks = Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>
type Writer = (report: Report, style: Style) => Chunks

// Each format loads its package only when it is asked for.
const writers: Readonly<Record<Format, () => Promise<Writer>>> = {
  table: async () => (await import('./table.ts')).table,
  csv: async () => (await import('./csv.ts')).csv,
  tsv: async () => (await import('./csv.ts')).tsv,
  json: async () => (await import('./json.ts')).json,
  ndjson: async () => (await import('./json.ts')).ndjson,
  markdown: async () => (await import('./markdown.ts')).markdown,
  html: async () => (await import('./html.ts')).html,
  xlsx: async () => (await import('./xlsx.ts')).xlsx,
  dot: async () => (await import('./network.ts')).dot,
  graphml: async () => (await import('./network.ts')).graphml,
}

/** The bytes of a report, in chunks of some 256 kB, each of which holds until the next is asked for. Throws CustError where a format cannot hold it. */
export async function* render(
  format: Format,
  report: Report,
  style: Style,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  const write = await writers[format]()
  yield* write(report, style)
}
