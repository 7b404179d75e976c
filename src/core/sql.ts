/**
 * SQL as values. A query is built with the `sql` tag only: what stands between the braces is
 * another query, a name made by `name()`, or a literal (text, number, null), and each is quoted
 * for the engine that runs it. Headers of files are names, so a header can never become code.
 */

type Piece = string | { readonly name: string } | { readonly literal: string }

/** A piece of SQL, not yet bound to an engine. */
export interface Sql {
  readonly pieces: readonly Piece[]
}

/** How one engine quotes names and text literals. */
export interface Quoting {
  quoteName(name: string): string
  quoteText(text: string): string
}

/** What may stand between the braces of the tag. */
export type SqlValue = Sql | string | number | null

/** Build a query: `sql`select ${name('客户')} from ${table} where ${name('city')} = ${'Köln'}``. */
export function sql(strings: TemplateStringsArray, ...values: SqlValue[]): Sql {
  const pieces: Piece[] = []
  strings.forEach((text, i) => {
    if (text !== '') pieces.push(text)
    const value = values[i]
    if (i < values.length) pieces.push(...piecesOf(value as SqlValue))
  })
  return { pieces }
}

function piecesOf(value: SqlValue): readonly Piece[] {
  if (value === null) return ['null']
  if (typeof value === 'string') return [{ literal: value }]
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`sql requires finite numbers, got ${value}`)
    return [String(value)]
  }
  return value.pieces
}

/** A column, table or alias, always quoted. */
export function name(identifier: string): Sql {
  return { pieces: [{ name: identifier }] }
}

/** `sql.list`: parts with a separator between them. */
export function join(
  parts: readonly Sql[],
  separator: ', ' | ' and ' | ' or ' | ' union all ' | ' + ' | ' ' | `\n${string}` | `,\n${string}` = ', ',
): Sql {
  return { pieces: parts.flatMap((part, i) => (i === 0 ? part.pieces : [separator, ...part.pieces])) }
}

/** The text that an engine runs. */
export function render(query: Sql, quoting: Quoting): string {
  return query.pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      return 'name' in piece ? quoting.quoteName(piece.name) : quoting.quoteText(piece.literal)
    })
    .join('')
}
