/** JSON as a source: every value is kept as its text. */
import { CustError } from '../core/errors.ts'
import { type Gathered, gatheredSource, type Place } from './gathered.ts'
import { jsonColumns, jsonRecords } from './jsonRecords.ts'
import type { Source } from './source.ts'
import type { Reject } from './tabulate.ts'
import { encodingName, type Text, unsureOf } from './text.ts'

/** `headerLine` 0: lists of values begin without names. */
export async function jsonSource(text: Text, place: Place, headerLine?: number): Promise<Source> {
  const { shown } = text.file
  const file = () => ({ shown, chunks: text.whole ? once(text.head) : text.chunks() })
  const columns = await jsonColumns(file(), headerLine !== 0)
  const rejects: Reject[] = []
  const records = jsonRecords(file(), columns, (reject) => rejects.push(reject))
  const about = (): Gathered => ({
    file: {
      path: shown,
      format: columns.format,
      encoding: encodingName(text.encoding),
      evidence: text.evidence,
      ...(text.compression ? { compression: text.compression } : {}),
      columns: columns.headers.length,
    },
    headers: columns.headers,
    written: columns.headers,
    notes: columns.notes,
    warnings: unsureOf(text),
    rejects,
    passed: undefined,
  })
  const source = await gatheredSource(records, { width: columns.headers.length, place, about })
  const [first] = rejects
  if (source.rows.length > 0) return source
  throw new CustError('input', first ? `${shown}:${first.line}: ${first.reason}` : `${shown}: has no rows`)
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}
