/**
 * How a file writes its cells: enough to write most of its records again, byte for byte. Where a record is written
 * otherwise, its text is kept as it is.
 */
import type { Encoding } from './charsets.ts'
import type { Notation, SplitRecord } from './split.ts'

export interface Dialect {
  readonly encoding: Encoding
  /** The bytes that stand before the text, as hexadecimal digits. */
  readonly mark: string
  readonly delimiter: string
  readonly quote: string
  readonly lineEnd: '\n' | '\r\n' | '\r'
  /** By column: 'a' where its cells always stand in quotes, 'n' where only those that need it do. */
  readonly filled: string
  /** The same for empty cells: 'q' or 'b', in quotes or bare. */
  readonly empty: string
}

/** Writes a record as the dialect does. */
export function recordWriter(dialect: Dialect): (cells: readonly string[]) => string {
  const { delimiter, quote, lineEnd, filled, empty } = dialect
  const special = specialOf(dialect)
  const quoted = (cell: string) => quote + cell.replaceAll(quote, quote + quote) + quote
  const write = (cell: string, i: number): string => {
    if (quote === '') return cell
    if (cell === '') return empty[i] === 'q' ? quote + quote : ''
    return filled[i] === 'a' || special.test(cell) ? quoted(cell) : cell
  }
  return (cells) => cells.map(write).join(delimiter) + lineEnd
}

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&')

const specialOf = ({ delimiter, quote }: Pick<Dialect, 'delimiter' | 'quote'>): RegExp =>
  new RegExp(`[\\r\\n${escaped(delimiter)}${escaped(quote)}]`)

/** So many records tell the habits of a file. */
const TELLING_RECORDS = 1000

/** What most of the first records have in common. */
export function dialectOf(
  records: readonly SplitRecord[],
  {
    notation,
    width,
    encoding,
    mark,
  }: { notation: Notation; width: number; encoding: Encoding; mark: Buffer },
): Dialect {
  const { delimiter, quote = '' } = notation
  const some = records.slice(0, TELLING_RECORDS).filter(({ cells, flaw }) => cells.length === width && !flaw)
  const lineEnd = usualEnd(some.length > 0 ? some : records)
  const plain = { encoding, mark: mark.toString('hex'), delimiter, quote, lineEnd }
  return { ...plain, ...habitsOf(some, width, plain) }
}

function usualEnd(records: readonly SplitRecord[]): Dialect['lineEnd'] {
  const counts = new Map<string, number>()
  for (const { ending } of records) if (ending !== '') counts.set(ending, (counts.get(ending) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return (most?.[0] ?? '\n') as Dialect['lineEnd']
}

/** In a tie cells stand bare. */
function habitsOf(
  records: readonly SplitRecord[],
  width: number,
  { delimiter, quote }: Pick<Dialect, 'delimiter' | 'quote'>,
): Pick<Dialect, 'filled' | 'empty'> {
  const balance = { filled: new Int32Array(width), empty: new Int32Array(width) }
  const special = specialOf({ delimiter, quote })
  for (const { cells, raw } of quote === '' ? [] : records) {
    let at = 0
    for (const [i, cell] of cells.entries()) {
      const isQuoted = raw[at] === quote
      const kind = cell === '' ? balance.empty : balance.filled
      if (cell === '' || !special.test(cell)) kind[i] = (kind[i] as number) + (isQuoted ? 1 : -1)
      const length = isQuoted ? cell.length + 2 + countIn(cell, quote) : cell.length
      if (i + 1 < width && raw[at + length] !== delimiter) break
      at += length + 1
    }
  }
  const letters = (sums: Int32Array, more: string, less: string) =>
    Array.from(sums, (sum) => (sum > 0 ? more : less)).join('')
  return { filled: letters(balance.filled, 'a', 'n'), empty: letters(balance.empty, 'q', 'b') }
}

const countIn = (text: string, part: string): number => text.split(part).length - 1
