/** JSON: raw values under stable keys, one row a line. Numbers are literals, so money keeps its digits. */
import type { Column, Report, Sheet, UnitValues } from '../core/report.ts'
import { isCoded, listOf, textReader } from '../core/texts.ts'
import { type Bytes, emptyBytes, encoded, writeByte, writeBytes, writeText, written } from './bytes.ts'
import { standsRight } from './cells.ts'
import { rawWriter, type Write } from './raw.ts'
import { rowCount, rowsOf } from './rows.ts'

type Chunks = Iterable<string | Uint8Array>

/** One sheet as an array of rows; several as an object of such arrays, by sheet name. */
export function* json({ sheets, json: document }: Report): Chunks {
  if (document !== undefined) return yield `${JSON.stringify(document, null, 2)}\n`
  const [first, ...others] = sheets
  if (!first) return yield '[]\n'
  if (others.length > 0) return yield* objectOf(sheets)
  yield* arrayOf(first)
  yield '\n'
}

/** The rows of the first sheet, one object a line. */
export function* ndjson({ sheets: [sheet] }: Report): Chunks {
  if (!sheet) return
  const out = emptyBytes()
  const [object, row] = [objectWriter(sheet.columns, out), rowsOf(sheet)]
  yield* written(out, rowCount(sheet), (place) => {
    object(row(place))
    writeByte(out, NEWLINE)
  })
}

/** An array whose rows come in several sheets of the same columns. */
export function arrayWriter() {
  let begun = false
  return {
    *rows(sheet: Sheet): Chunks {
      const out = emptyBytes()
      const [object, row] = [objectWriter(sheet.columns, out), rowsOf(sheet)]
      yield* written(out, rowCount(sheet), (place) => {
        writeText(out, begun ? ',\n' : '[\n')
        begun = true
        object(row(place))
      })
    },
    end: () => (begun ? '\n]\n' : '[]\n'),
  }
}

function* objectOf(sheets: readonly Sheet[]): Chunks {
  yield '{\n'
  for (const [i, sheet] of sheets.entries()) {
    yield `${JSON.stringify(sheet.name)}: `
    yield* arrayOf(sheet)
    yield i === sheets.length - 1 ? '\n' : ',\n'
  }
  yield '}\n'
}

const NEWLINE = 10
const COMMA = 44
const QUOTE = 34
const CLOSING_BRACE = 125
const NULL = encoded('null')

function* arrayOf(sheet: Sheet): Chunks {
  const length = rowCount(sheet)
  if (length === 0) return yield '[]'
  const out = emptyBytes()
  const [object, row] = [objectWriter(sheet.columns, out), rowsOf(sheet)]
  writeText(out, '[\n')
  yield* written(out, length, (place) => {
    object(row(place))
    if (place < length - 1) writeByte(out, COMMA)
    writeByte(out, NEWLINE)
  })
  yield ']'
}

function objectWriter(columns: readonly Column[], out: Bytes): Write {
  if (columns.length === 0) return () => writeText(out, '{}')
  const names = columns.map(({ key }, i) => encoded(`${i === 0 ? '{' : ','}${JSON.stringify(key)}:`))
  const cells = columns.map((column) => literalWriter(column, out))
  return (row) => {
    for (let i = 0; i < cells.length; i++) {
      writeBytes(out, names[i] as Uint8Array)
      ;(cells[i] as Write)(row)
    }
    writeByte(out, CLOSING_BRACE)
  }
}

function literalWriter(column: Column, out: Bytes): Write {
  if (column.unit === 'text')
    return column.list ? listWriter(column.values, out) : textWriter(column.values, out)
  const raw = rawWriter(column, out)
  return standsRight(column.unit) ? orNull(out, raw) : quoted(out, raw)
}

function orNull(out: Bytes, write: Write): Write {
  return (row) => {
    const start = out.at
    write(row)
    if (out.at === start) writeBytes(out, NULL)
  }
}

function quoted(out: Bytes, write: Write): Write {
  return (row) => {
    const start = out.at
    writeByte(out, QUOTE)
    write(row)
    if (out.at > start + 1) return writeByte(out, QUOTE)
    out.at = start
    writeBytes(out, NULL)
  }
}

function listWriter(values: UnitValues['text'], out: Bytes): Write {
  const read = textReader(values)
  return (row) => {
    const text = read(row)
    writeText(out, JSON.stringify(text === null ? null : listOf(text)))
  }
}

function textWriter(values: UnitValues['text'], out: Bytes): Write {
  if (!isCoded(values)) {
    const read = textReader(values)
    return (row) => writeText(out, JSON.stringify(read(row)))
  }
  const { codes } = values
  const words = values.words.map((word) => encoded(JSON.stringify(word)))
  return (row) => writeBytes(out, words[codes[row] as number] ?? NULL)
}
