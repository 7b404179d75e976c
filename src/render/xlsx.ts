/** Excel workbooks: every sheet a worksheet of typed cells under raw keys. The same input, the same bytes. */
import writeExcelFile, { type Cell } from 'write-excel-file/node'
import { CustError } from '../core/errors.ts'
import type { Column, Report, Sheet } from '../core/report.ts'
import { rowCount } from './rows.ts'
import { rowsXml, storable } from './worksheet.ts'
import { withoutTimes } from './zip.ts'

type Arguments = Parameters<typeof writeExcelFile>
type Worksheet = Arguments[0][number]
type Feature = NonNullable<NonNullable<Arguments[1]>['features']>[number]

const MAX_ROWS = 1_048_576 - 1
const MAX_COLUMNS = 16_384
const MAX_NAME = 31

const elsewhere = 'write it as csv or parquet instead: -o file.csv, -o file.parquet'

export async function* xlsx({ sheets }: Report): AsyncIterable<Uint8Array> {
  for (const sheet of sheets) requireFits(sheet)
  yield withoutTimes(await bytesOf(sheets))
}

function requireFits(sheet: Sheet): void {
  const refuse = (held: number, what: string, most: number) => {
    if (held <= most) return
    const message = `${sheet.name} has ${held} ${what}; an Excel sheet holds ${most}`
    throw new CustError('usage', message, elsewhere)
  }
  refuse(rowCount(sheet), 'rows', MAX_ROWS)
  refuse(sheet.columns.length, 'columns', MAX_COLUMNS)
}

// The library holds each worksheet as one string, and a string has a greatest length.
async function bytesOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const names = sheetNames(sheets)
  const worksheets = sheets.map((sheet, i) => frameOf(sheet, names[i] as string))
  try {
    return await writeExcelFile(worksheets, { features: [filled(sheets)] }).toBuffer()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CustError('usage', 'the answer is too large for an Excel file', elsewhere, { cause: error })
  }
}

// Cell by cell the library takes 15 s for 100,000 rows of 12 columns. It makes the workbook, the styles
// and two rows, the header and an empty one that shows the style of each column; the rows are put in here.
function frameOf({ columns }: Sheet, name: string): Worksheet {
  return {
    sheet: name,
    data: [columns.map(headerCell), columns.map(emptyCell)],
    columns: columns.map(({ key }) => ({ width: Math.min(40, Math.max(12, key.length + 2)) })),
    stickyRowsCount: 1,
  }
}

function headerCell({ key }: Column): Cell {
  return { type: String, value: storable(key), format: '@', fontWeight: 'bold' }
}

function emptyCell(column: Column): Cell {
  const format = formatOf(column)
  return format === undefined ? {} : { type: format === '@' ? String : Number, format }
}

function filled(sheets: readonly Sheet[]): Feature {
  const transform = (xml: string, _: unknown, { sheetIndex }: { sheetIndex: number }) => {
    const styles = new Map([...xml.matchAll(/<c r="([A-Z]+)2" s="(\d+)"/g)].map(([, name, id]) => [name, id]))
    const places = [...xml.matchAll(/<c r="([A-Z]+)1"/g)].map(([, name = '']) => ({
      name,
      style: styles.get(name),
    }))
    const [before, after] = xml.split(/<row r="2"(?:\/>|>.*?<\/row>)/)
    if (after === undefined) throw new Error('expected a second row in the worksheet')
    return [before, ...rowsXml(sheets[sheetIndex] as Sheet, places), after].join('')
  }
  return { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform } } } }
}

function formatOf(column: Column): string | undefined {
  switch (column.unit) {
    case 'text':
      return '@'
    case 'day':
      return 'yyyy-mm-dd'
    case 'money':
      return column.values.scale === 0 ? '#,##0' : `#,##0.${'0'.repeat(column.values.scale)}`
    case 'share':
      return '0.0%'
    case 'count':
      return '#,##0'
    case 'score':
      return '0'
    case 'days':
      return hasFractions(column) ? '#,##0.0' : '#,##0'
    case 'number':
      return undefined
  }
}

function hasFractions({ values }: Column & { unit: 'days' }): boolean {
  return values.some((value: number) => Number.isFinite(value) && !Number.isInteger(value))
}

/** Names that Excel accepts: at most 31 characters, none of `[]:*?/\`, no two alike but for case. */
function sheetNames(sheets: readonly Sheet[]): string[] {
  const taken = new Set<string>()
  return sheets.map(({ name }) => {
    const base = name.replace(/[[\]:*?/\\]|\p{Cc}/gu, '_').replace(/^'|'$/g, '_') || 'Sheet'
    const free = firstFree(base, taken)
    taken.add(free.toLowerCase())
    return free
  })
}

function firstFree(base: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const ending = n === 1 ? '' : ` ${n}`
    const name = shortened(base, MAX_NAME - ending.length) + ending
    if (!taken.has(name.toLowerCase())) return name
  }
}

function shortened(text: string, length: number): string {
  let short = ''
  for (const character of text) {
    if (short.length + character.length > length) break
    short += character
  }
  return short
}
