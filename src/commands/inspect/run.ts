import type { Run } from '../../core/command.ts'
import type { FileLook, Look } from '../../core/look.ts'
import type { Json } from '../../core/report.ts'
import type spec from './index.ts'

export const run: Run<typeof spec> = async (input, { exact }) => {
  const look = await input.look(exact)
  return {
    sheets: { columns: columnsSheet(look), files: filesSheet(look), rejects: rejectsSheet(look) },
    show: look.rejects.length > 0 ? ['rejects'] : [],
    json: jsonOf(look),
  }
}

function columnsSheet({ columns }: Look) {
  return {
    column: Float64Array.from(columns, (_, i) => i + 1),
    name: columns.map(({ name }) => name),
    role: columns.map(({ role }) => role ?? null),
    type: columns.map(({ type }) => type),
    style: columns.map(({ style }) => style ?? null),
    evidence: columns.map(({ evidence }) => evidence ?? null),
    missing: Float64Array.from(columns, ({ missing }) => missing),
    distinct: Float64Array.from(columns, ({ distinct }) => distinct),
    exact: columns.map((column) => (column.exact ? 'all rows' : '~ first rows')),
    examples: columns.map(({ examples }) => examples.join(' | ')),
  }
}

type Fact = readonly [fact: string, value: string, file: string]

function filesSheet(look: Look) {
  const facts = [...look.files.flatMap((file) => factsOf(file)), ...factsOfAll(look)]
  return {
    fact: facts.map(([fact]) => fact),
    value: facts.map(([, value]) => value),
    file: facts.map(([, , file]) => file),
  }
}

const shown = (text: string): string => ({ '\t': 'TAB', ' ': 'space' })[text] ?? text

function factsOf(file: FileLook): Fact[] {
  const lists = [
    ...file.preamble.map((text) => ['above the header', text] as const),
    ...file.footers.map((text) => ['below the rows', text] as const),
  ]
  const passed = [
    ['blank lines', file.blankLines],
    ['rows of empty cells', file.emptyRows],
    ['repeated headers', file.repeatedHeaders],
    ['comment lines', file.comments],
  ] as const
  const facts: (readonly [string, string | undefined])[] = [
    [
      'format',
      [file.format, file.compression, file.sheet && `sheet ${file.sheet}`].filter(Boolean).join(', '),
    ],
    ['encoding', `${file.encoding} (${file.evidence})`],
    ['delimiter', file.delimiter && shown(file.delimiter)],
    [
      'quote',
      file.quote && `${file.quote}${file.escape === 'backslash' ? ', escaped with a backslash' : ''}`,
    ],
    ['line ends', file.lineEnds],
    ['header', headerFact(file.headerLine)],
    ...lists,
    ['rows', String(file.rows)],
    ...passed.map(([what, number]) => [what, number > 0 ? String(number) : undefined] as const),
    ['rejected', file.rejected > 0 ? String(file.rejected) : undefined],
  ]
  return facts.flatMap(([fact, value]) => (value ? [[fact, value, file.path] as const] : []))
}

function headerFact(line: number | undefined): string | undefined {
  if (line === undefined) return undefined
  return line === 0 ? 'none: columns are known by number' : `line ${line}`
}

function factsOfAll(look: Look): Fact[] {
  const facts: (readonly [string, string | undefined])[] = [
    ['written by', look.system?.title],
    ['rows twice', look.duplicateRows ? String(look.duplicateRows) : undefined],
    ['rows of an order before', look.sharedOrders ? String(look.sharedOrders) : undefined],
    ['currency', look.currencies.join(', ')],
    ['offset from UTC', look.offsets.join(', ')],
    ['pinned by', commandLine(look)],
  ]
  return facts.flatMap(([fact, value]) => (value ? [[fact, value, ''] as const] : []))
}

function rejectsSheet({ rejects }: Look) {
  return {
    file: rejects.map(({ path }) => path),
    line: Float64Array.from(rejects, ({ line }) => line),
    field: Float64Array.from(rejects, ({ column }) => column ?? Number.NaN),
    reason: rejects.map(({ reason }) => reason),
    text: rejects.map(({ text }) => text),
  }
}

/** The command that reads the same way without a guess. */
function commandLine({ files, pins, columns }: Look): string {
  const roles = new Set(columns.map(({ role }) => role))
  const isOrders = roles.has('customer') && roles.has('date')
  const words = ['cust', isOrders ? 'rfm' : 'convert', ...files.map(({ path }) => path), ...pins]
  return words.map(quoted).join(' ')
}

const quoted = (word: string): string =>
  /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

function jsonOf(look: Look): Json {
  const { files, system, columns, rows, rejects, rejected } = look
  const [first] = files
  const about = (file: FileLook | undefined) => ({
    file: file?.path ?? null,
    format: file?.format ?? null,
    encoding: file?.encoding.toLowerCase() ?? null,
    encoding_evidence: file?.evidence ?? null,
    compression: file?.compression ?? null,
    delimiter: file?.delimiter ?? null,
    quote: file?.quote ?? null,
    escape: file?.escape ?? null,
    line_ends: file?.lineEnds ?? null,
    header_line: file?.headerLine ?? null,
    sheet: file?.sheet ?? null,
    preamble: file?.preamble ?? [],
    footers: file?.footers ?? [],
    blank_lines: file?.blankLines ?? 0,
    empty_rows: file?.emptyRows ?? 0,
    repeated_headers: file?.repeatedHeaders ?? 0,
    comment_lines: file?.comments ?? 0,
  })
  return {
    ...about(first),
    system: system?.name ?? null,
    rows,
    columns: columns.map((column) => ({
      name: column.name,
      role: column.role ?? null,
      role_by: column.how ?? null,
      type: column.type,
      style: column.style ?? null,
      evidence: column.evidence ?? null,
      missing: column.missing,
      distinct: column.distinct,
      exact: column.exact,
      examples: column.examples,
    })),
    duplicate_rows: look.duplicateRows ?? null,
    rows_sharing_an_order: look.sharedOrders ?? null,
    currencies: look.currencies,
    utc_offsets: look.offsets,
    rejects: rejects.map(({ path, line, column, reason, text }) => ({
      ...(files.length > 1 ? { file: path } : {}),
      line,
      column: column ?? null,
      reason,
      text,
    })),
    rejected,
    ...(files.length > 1
      ? { files: files.map((file) => ({ ...about(file), rows: file.rows, rejected: file.rejected })) }
      : {}),
    command: commandLine(look),
  }
}
