/** Worksheets of Excel workbooks (ECMA-376, SpreadsheetML) as records of text, row by row. */
import { CustError } from '../core/errors.ts'
import { type Archive, NotAnArchive, openArchive } from './archive.ts'
import {
  asNumber,
  builtInFormat,
  formatShown,
  isLong,
  isoText,
  numberText,
  type Shown,
  serialText,
} from './excelCells.ts'
import type { InputFile } from './files.ts'
import { type MarkupEvents, markupReader } from './markup.ts'
import type { TextRecord } from './records.ts'
import { excelFileError, firstBytes, whatIsXls } from './xls.ts'

/** One sheet of a workbook, being read. */
export interface SheetRead {
  readonly name: string
  /** Rows with any cell; a row ends at its last cell that is not empty. `line` is the number of the row. */
  readonly records: AsyncGenerator<TextRecord[]>
  /** What the user should know; complete when the records have been read. */
  readonly notes: readonly string[]
}

/** A sheet by its name or its number from 1; without either the first one that has more than one row. */
export async function xlsxRecords(file: InputFile, wanted?: string | number): Promise<SheetRead> {
  const book = await openBook(file)
  const sheet = wanted === undefined ? await firstTable(book) : sheetNamed(book, wanted)
  const notes: string[] = []
  if (wanted === undefined && book.sheets.length > 1) notes.push(othersNote(book, sheet))
  return { name: sheet.name, records: sheetRows(book, sheet, notes), notes }
}

function othersNote({ file, sheets }: Book, sheet: Sheet): string {
  const others = sheets.filter((each) => each !== sheet).map(({ name }) => `"${name}"`)
  return `${file.shown}: the sheet "${sheet.name}" is read; not read: ${others.join(', ')} (--input-sheet)`
}

// The workbook ---------------------------------------------------------------------------------

interface Sheet {
  readonly name: string
  readonly path: string
  readonly hidden: boolean
}

interface Book {
  readonly file: InputFile
  readonly archive: Archive
  readonly sheets: readonly Sheet[]
  readonly from1904: boolean
  /** What the parts of the workbook are called in this archive, by the end of their type. */
  readonly parts: ReadonlyMap<string, string>
}

async function openBook(file: InputFile): Promise<Book> {
  const kind = whatIsXls(await firstBytes(file))
  if (kind !== 'zip') throw excelFileError(file.shown, kind)
  return understood(file, async () => {
    const archive = await openArchive(file.path)
    return { file, archive, ...(await readBook(file, archive)) }
  })
}

/** Damage of any part of the file is one error. */
async function understood<T>(file: InputFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw damaged(file, error)
  }
}

function damaged(file: InputFile, error: unknown): unknown {
  if (!(error instanceof NotAnArchive)) return error
  const what = `${file.shown}: cannot be read as an Excel file: ${error.message}`
  const hint = 'open it in a spreadsheet program and save it again as .xlsx, or fetch it again'
  return new CustError('input', what, hint, { cause: error })
}

type Attributes = Readonly<Record<string, string>>

const nothing: MarkupEvents = { open: () => {}, close: () => {}, text: () => {} }

/** Run a whole part through a parser; it must end as it should. */
async function readPart(archive: Archive, path: string, events: Partial<MarkupEvents>): Promise<void> {
  for await (const _ of partsOf(archive, path, events)) {
    // All that happens, happens in the events.
  }
}

/** The same, chunk by chunk. */
async function* partsOf(archive: Archive, path: string, events: Partial<MarkupEvents>): AsyncGenerator<void> {
  let [depth, isCut] = [0, true]
  const all = { ...nothing, ...events }
  const reader = await markupReader('xml', {
    text: all.text,
    open: (name, attributes, at) => {
      depth++
      all.open(name, attributes, at)
    },
    close: (name, implied) => {
      if (--depth === 0) isCut = implied
      all.close(name, implied)
    },
  })
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for await (const chunk of archive.bytes(path)) {
    decoder ??= new TextDecoder(encodingOf(chunk))
    reader.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  reader.end()
  if (isCut) throw new NotAnArchive(`"${path}" is missing or damaged`)
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

interface Relation {
  /** The end of its type, which is the same in all editions of the standard: `worksheet`. */
  readonly kind: string
  readonly path: string
}

async function relationsOf(archive: Archive, path: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  await readPart(archive, `${folder}_rels/${path.slice(folder.length)}.rels`, {
    open: (name, { Id, Type, Target }) => {
      if (name !== 'Relationship' || !Id || !Target) return
      const kind = Type?.slice(Type.lastIndexOf('/') + 1) ?? ''
      relations.set(Id, { kind, path: resolved(folder, Target) })
    },
  })
  return relations
}

/** A target is told from the folder of its source, or from the top. */
function resolved(folder: string, target: string): string {
  const parts: string[] = []
  for (const part of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

async function readBook(
  file: InputFile,
  archive: Archive,
): Promise<Pick<Book, 'sheets' | 'from1904' | 'parts'>> {
  const { names } = archive
  if (names.includes('xl/workbook.bin')) throw excelFileError(file.shown, 'xlsb')
  if (names.includes('content.xml')) throw excelFileError(file.shown, 'ods')
  if (!names.includes('_rels/.rels')) throw excelFileError(file.shown, 'other zip')
  const path = [...(await relationsOf(archive, '')).values()].find(
    ({ kind }) => kind === 'officeDocument',
  )?.path
  if (path === undefined || !names.includes(path)) throw excelFileError(file.shown, 'other zip')
  const relations = await relationsOf(archive, path)
  const sheets: Sheet[] = []
  let from1904 = false
  await readPart(archive, path, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
      if (name === 'sheet') sheets.push(...sheetOf(attributes, relations))
    },
  })
  if (sheets.length === 0) throw new CustError('input', `${file.shown}: has no worksheet`)
  return { sheets, from1904, parts: new Map([...relations.values()].map((each) => [each.kind, each.path])) }
}

/** Charts have tabs as well, but no cells. */
function sheetOf(attributes: Attributes, relations: ReadonlyMap<string, Relation>): Sheet[] {
  const id = Object.entries(attributes).find(([name]) => /^(\w+:)?id$/.test(name))?.[1] ?? ''
  const relation = relations.get(id)
  if (relation?.kind !== 'worksheet') return []
  const name = unescaped(attributes['name'] ?? '')
  return [{ name, path: relation.path, hidden: /hidden/i.test(attributes['state'] ?? '') }]
}

// Which sheet ----------------------------------------------------------------------------------

function sheetNamed({ file, sheets }: Book, wanted: string | number): Sheet {
  const given = String(wanted).trim()
  const same = (name: string) => name.trim().toLowerCase() === given.toLowerCase()
  const named = typeof wanted === 'string' ? sheets.find(({ name }) => same(name)) : undefined
  const sheet = named ?? (/^\d+$/.test(given) ? sheets[Number(given) - 1] : undefined)
  if (sheet) return sheet
  const listed = sheets.map(({ name }, i) => `${name} (${i + 1})`).join(', ')
  throw new CustError('input', `${file.shown}: no sheet "${given}"`, `the file has: ${listed}`)
}

/** Hidden sheets come last: what they hold is not what was meant. */
async function firstTable(book: Book): Promise<Sheet> {
  const inOrder = [
    ...book.sheets.filter(({ hidden }) => !hidden),
    ...book.sheets.filter(({ hidden }) => hidden),
  ]
  const [first] = inOrder
  if (book.sheets.length === 1) return first as Sheet
  for (const sheet of inOrder) if (await hasRows(book, sheet)) return sheet
  return first as Sheet
}

async function hasRows(book: Book, sheet: Sheet): Promise<boolean> {
  let rows = 0
  const cells: Cells = { text: () => 'x', shown: [], from1904: book.from1904 }
  const seen = sheetParser(cells, { row: () => rows++, error: () => {}, long: () => {} })
  return understood(book.file, async () => {
    for await (const _ of partsOf(book.archive, sheet.path, seen)) if (rows > 1) return true
    return rows > 1
  })
}

// Rows -----------------------------------------------------------------------------------------

async function* sheetRows(book: Book, sheet: Sheet, notes: string[]): AsyncGenerator<TextRecord[]> {
  const trouble = troubleOf(book.file.shown, sheet.name)
  let batch: TextRecord[] = []
  try {
    const cells: Cells = { ...(await sharedParts(book)), from1904: book.from1904 }
    const parser = sheetParser(cells, {
      row: (record) => batch.push(record),
      error: trouble.error,
      long: trouble.long,
    })
    for await (const _ of partsOf(book.archive, sheet.path, parser)) {
      if (batch.length > 0) yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  } catch (error) {
    throw damaged(book.file, error)
  }
  notes.push(...trouble.notes())
}

/** What is lost in a sheet, to be told. */
function troubleOf(shown: string, sheet: string) {
  let [errors, firstError] = [0, '']
  const long = new Map<number, string>()
  return {
    error: (text: string, cell: string) => {
      if (errors++ === 0) firstError = `${text} in ${cell}`
    },
    long: (text: string, cell: string, column: number) => {
      if (!long.has(column)) long.set(column, `${text} in ${cell}`)
    },
    notes: () => {
      const place = `${shown}, sheet "${sheet}"`
      const notes = [...long.values()].map(
        (first) =>
          `${place}: numbers of more than 15 digits (first ${first}): Excel keeps 15, so the last digits may be lost; ids must be stored as text`,
      )
      if (errors > 0) {
        notes.push(
          `${place}: ${errors} ${errors === 1 ? 'cell holds' : 'cells hold'} an error, read as empty (first ${firstError})`,
        )
      }
      return notes
    },
  }
}

/** What the cells of all sheets refer to by number. */
interface Cells {
  readonly text: (index: number) => string | undefined
  readonly shown: readonly Shown[]
  readonly from1904: boolean
}

async function sharedParts({ archive, parts }: Book): Promise<Pick<Cells, 'text' | 'shown'>> {
  const [strings, styles] = [parts.get('sharedStrings'), parts.get('styles')]
  const texts = strings === undefined ? [] : await sharedTexts(archive, strings)
  return {
    text: (index) => texts[index],
    shown: styles === undefined ? [] : await shownByStyle(archive, styles),
  }
}

async function sharedTexts(archive: Archive, path: string): Promise<string[]> {
  const texts: string[] = []
  const rich = richText()
  await readPart(archive, path, {
    open: (name) => rich.open(name),
    text: (text) => rich.text(text),
    close: (name) => {
      rich.close(name)
      if (name === 'si') texts.push(rich.take())
    },
  })
  return texts
}

/** The runs of a text in one piece, without the readings of its characters (`rPh`). */
function richText() {
  let [text, inText, reading] = ['', false, false]
  return {
    open: (name: string) => {
      if (name === 't') inText = true
      if (name === 'rPh') reading = true
    },
    close: (name: string) => {
      if (name === 't') inText = false
      if (name === 'rPh') reading = false
    },
    text: (piece: string) => {
      if (inText && !reading) text += piece
    },
    take: () => {
      const taken = cellText(text)
      text = ''
      return taken
    },
  }
}

/** How each style of a cell shows numbers (18.8.10, 18.8.31). */
async function shownByStyle(archive: Archive, path: string): Promise<Shown[]> {
  const formats = new Map<number, Shown>()
  const shown: Shown[] = []
  let inCells = false
  await readPart(archive, path, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt') formats.set(Number(numFmtId), formatShown(formatCode ?? ''))
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) {
        shown.push(formats.get(Number(numFmtId)) ?? builtInFormat(Number(numFmtId ?? 0)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return shown
}

// Cells ----------------------------------------------------------------------------------------

interface SheetEvents {
  readonly row: (record: TextRecord) => void
  readonly error: (text: string, cell: string) => void
  readonly long: (text: string, cell: string, column: number) => void
}

/** Rows and cells may leave out where they are: then each is next to the one before. */
function sheetParser(shared: Cells, events: SheetEvents): MarkupEvents {
  const rich = richText()
  let [row, column] = [0, 0]
  let cells: string[] = []
  let cell: Attributes = {}
  let [value, inValue, inCell] = ['', false, false]

  const put = () => {
    const text = textOf(cell, value, rich.take(), shared)
    value = ''
    if (text === '') return
    const place = `${columnName(column)}${row}`
    if (cell['t'] === 'e') {
      events.error(text, place)
      return
    }
    if (isNumber(cell) && isLong(text)) events.long(text, place, column)
    while (cells.length < column - 1) cells.push('')
    cells[column - 1] = text
  }
  return {
    open: (name, attributes) => {
      if (name === 'row') {
        row = Number(attributes['r']) || row + 1
        column = 0
        cells = []
      } else if (name === 'c') {
        column = columnOf(attributes['r']) ?? column + 1
        cell = attributes
        inCell = true
      } else if (name === 'v') inValue = true
      else if (inCell) rich.open(name)
    },
    text: (text) => {
      if (inValue) value += text
      else if (inCell) rich.text(text)
    },
    close: (name) => {
      if (name === 'v') inValue = false
      else if (name === 'c') {
        put()
        inCell = false
      } else if (name === 'row') {
        if (cells.length > 0) events.row({ cells, line: row })
      } else if (inCell) rich.close(name)
    },
  }
}

const isNumber = (cell: Attributes): boolean => cell['t'] === undefined || cell['t'] === 'n'

function textOf(cell: Attributes, value: string, inline: string, shared: Cells): string {
  switch (cell['t']) {
    case 's':
      return sharedText(value, shared)
    case 'inlineStr':
      return inline
    case 'str':
      return cellText(value)
    case 'b':
      return value === '' ? '' : /^\s*(1|true)\s*$/.test(value) ? 'TRUE' : 'FALSE'
    case 'd':
      return isoText(value)
    case 'e':
      return value
    default:
      return valueText(value, shared.shown[Number(cell['s'] ?? 0)] ?? asNumber, shared.from1904)
  }
}

function valueText(value: string, shown: Shown, from1904: boolean): string {
  if (value === '') return ''
  const text = shown.date || shown.time ? serialText(Number(value), shown, from1904) : undefined
  return text ?? numberText(value)
}

function sharedText(value: string, shared: Cells): string {
  if (value === '') return ''
  const text = shared.text(Number(value))
  if (text === undefined) throw new NotAnArchive('a cell refers to a text that is not there')
  return text
}

/** Line ends as XML has them, then what XML cannot carry (22.9.2.19): `_x000D_`. */
const cellText = (text: string): string =>
  unescaped(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)

function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

const LETTERS = 26
const CODE_BEFORE_A = 64

/** The number of a column from 1: `AB12` is 28. */
function columnOf(reference: string | undefined): number | undefined {
  let column = 0
  for (const character of reference ?? '') {
    const letter = character.charCodeAt(0) - CODE_BEFORE_A
    if (letter < 1 || letter > LETTERS) break
    column = column * LETTERS + letter
  }
  return column === 0 || column > MOST_COLUMNS ? undefined : column
}

const MOST_COLUMNS = 16_384

function columnName(column: number): string {
  let name = ''
  for (let left = column; left > 0; left = Math.floor((left - 1) / LETTERS)) {
    name = String.fromCharCode(CODE_BEFORE_A + 1 + ((left - 1) % LETTERS)) + name
  }
  return name
}
