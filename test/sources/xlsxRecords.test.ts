import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { CustError } from '../../src/core/errors.ts'
import { storable } from '../../src/render/worksheet.ts'
import { whatIsXls } from '../../src/sources/xls.ts'
import { xlsxRecords } from '../../src/sources/xlsxRecords.ts'
import { needsShared, noSharedData, sharedData } from '../support/shared.ts'
import { allOf, awkwardTable, inputError, random, split } from './records.ts'
import { textRow, type Workbook, workbook, workbookParts, zip } from './workbooks.ts'

const folder = mkdtempSync(join(tmpdir(), 'cust-xlsx-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(bytes: Buffer) {
  const path = join(folder, 'book.xlsx')
  writeFileSync(path, bytes)
  return { path, shown: 'book.xlsx' }
}

async function read(bytes: Buffer, sheet?: string | number) {
  const { name, records, notes } = await xlsxRecords(fileOf(bytes), sheet)
  return { name, ...split(await allOf(records)), notes }
}

const one = (rows: string, more: Partial<Workbook> = {}) =>
  workbook({ sheets: [{ name: 'Sheet1', rows }], ...more })

/** The texts of one row of cells. */
const cellsOf = async (cells: string, more: Partial<Workbook> = {}) =>
  (await read(one(`<row r="1">${cells}</row>`, more))).rows[0] ?? []

describe('cells', () => {
  it('reads texts: shared, rich, inline and of formulas', async () => {
    const texts = [
      '<si><t xml:space="preserve"> 茶 &amp; 绿 </t></si>',
      '<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r><rPh sb="0" eb="1"><t>よみ</t></rPh></si>',
      '<si><t>a_x000D_\r\nb_x0041_&#128512;&lt;</t></si>',
    ].join('')
    const cells = [
      '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>',
      '<c r="D1" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>',
      '<c r="E1" t="str"><f>"x"&amp;"y"</f><v>xy</v></c><c r="F1" t="str"><f>A1</f></c><c r="G1" t="s"/>',
      '<c r="H1" t="str"><f>1</f><v>6917926768823643751</v></c>',
    ].join('')
    expect(await cellsOf(cells, { texts })).toEqual([
      ...[' 茶 & 绿 ', 'rich text', 'a\r\nbA😀<', 'inline', 'xy', '', '', '6917926768823643751'],
    ])
  })

  it('reads numbers without the noise of doubles and without exponents', async () => {
    const numbers = {
      12.5: '12.5',
      '12.500000000000002': '12.5',
      '1.1000000000000001': '1.1',
      '0.30000000000000004': '0.3',
      '1.0': '1',
      '-0.05': '-0.05',
      '1E-3': '0.001',
      '1.5E+3': '1500',
      '123456789012345': '123456789012345',
      '6.9179267688236401E+18': '6917926768823640000',
      '0': '0',
      '-0.0': '0',
    }
    const cells = Object.keys(numbers).map((number) => `<c><v>${number}</v></c>`)
    expect(await cellsOf(cells.join(''))).toEqual(Object.values(numbers))
  })

  it('says where numbers have more digits than Excel keeps', async () => {
    const { notes, rows } = await read(
      one('<row r="1"><c r="B1"><v>6.9179267688236401E+18</v></c><c><v>1</v></c></row>'),
    )
    expect(rows).toEqual([['', '6917926768823640000', '1']])
    expect(notes).toHaveLength(1)
    expect(notes[0]).toContain('6917926768823640000 in B1')
  })

  it('reads booleans as words, errors as nothing with a note, formulas by their value', async () => {
    const { rows, notes } = await read(
      one(
        '<row r="1"><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>1+1</f><v>2</v></c><c><f>2</f><v/></c><c t="e"><v>#N/A</v></c></row>',
      ),
    )
    expect(rows).toEqual([['TRUE', 'FALSE', '', '2']])
    expect(notes.join()).toContain('2 cells hold an error, read as empty (first #DIV/0! in C1)')
  })

  // Numbers of days from the table of ECMA-376, 18.17.4.1, and from a calendar.
  const formats: readonly (readonly [code: string, serial: string, expected: string])[] = [
    ['yyyy-mm-dd', '45293', '2024-01-02'],
    ['yyyy/m/d h:mm', '45293.545138888891', '2024-01-02 13:05:00'],
    ['yyyy/m/d h:mm', '45293', '2024-01-02 00:00:00'],
    ['m/d/yy;@', '45351.999999999', '2024-03-01'],
    ['[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@', '36526', '2000-01-01'],
    ['dd\\.mm\\.yyyy', '1', '1900-01-01'],
    ['d-mmm', '61', '1900-03-01'],
    ['mmm', '59', '1900-02-28'],
    ['yyyy-mm-dd', '2958465', '9999-12-31'],
    ['yyyy-mm-dd', '2958466', '2958466'],
    ['yyyy-mm-dd', '-1', '-1'],
    ['yyyy-mm-dd', '0', '0'],
    ['h:mm:ss AM/PM', '0.5', '12:00:00'],
    ['[h]:mm', '1.5', '36:00:00'],
    ['[Red]0.00&quot;days&quot;', '45293', '45293'],
    ['#,##0.00\\ [$€-407]', '45293.5', '45293.5'],
    ['0.00E+00', '45293', '45293'],
    ['General &quot;kg&quot;', '3', '3'],
    ['@', '45293', '45293'],
  ]
  const styled = (codes: readonly string[]) =>
    `<numFmts>${codes.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${codes.map((_, i) => `<xf numFmtId="${164 + i}"/>`).join('')}</cellXfs>`

  it('reads days and times by the format of the cell', async () => {
    const cells = formats.map(([, serial], i) => `<c s="${i + 1}"><v>${serial}</v></c>`).join('')
    const texts = await cellsOf(cells, { styles: styled(formats.map(([code]) => code)) })
    expect(formats.map(([code], i) => [code, texts[i]])).toEqual(
      formats.map(([code, , text]) => [code, text]),
    )
  })

  it('knows the formats that have no code, and days that are written as such', async () => {
    const styles = `<cellXfs>${[0, 14, 22, 21, 46, 31, 4].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`
    const cells = [1, 2, 3, 4, 5, 6].map((s) => `<c s="${s}"><v>${s === 3 ? 0.25 : 45293}</v></c>`).join('')
    const iso = '<c t="d"><v>2024-01-02</v></c><c t="d"><v>2024-01-02T13:05:00.000Z</v></c>'
    expect(await cellsOf(cells + iso, { styles })).toEqual([
      ...['2024-01-02', '2024-01-02 00:00:00', '06:00:00', '1087032:00:00', '2024-01-02', '45293'],
      ...['2024-01-02', '2024-01-02 13:05:00'],
    ])
  })

  it('counts days from 1904 where the workbook does', async () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    const cells = '<c><v>43831</v></c><c><v>0</v></c>'
    for (const set of ['1', 'true']) {
      const properties = `<workbookPr date1904="${set}"/>`
      expect(await cellsOf(cells, { styles, properties })).toEqual(['2024-01-02', '1904-01-01'])
    }
    expect(await cellsOf(cells, { styles, properties: '<workbookPr date1904="0"/>' })).toEqual([
      '2020-01-01',
      '0',
    ])
  })
})

describe('rows', () => {
  it('puts cells where they are, and leaves out rows without any', async () => {
    const rows = [
      '<row r="2"><c r="B2" t="inlineStr"><is><t>title over B to D</t></is></c><c r="C2"/><c r="D2"/></row>',
      '<row r="3"/><row r="4"><c r="A4" s="1"/></row>',
      textRow(5, 'id', 'paid'),
      '<row r="9"><c r="A9"><v>1</v></c><c r="AB9"><v>2</v></c></row>',
      '<row><c><v>3</v></c><c><v>4</v></c></row>',
    ].join('')
    const parts = workbookParts({ sheets: [{ name: 'S', rows }] })
    const path = 'xl/worksheets/sheet1.xml'
    const merged = parts[path]?.replace(
      '</worksheet>',
      '<mergeCells><mergeCell ref="B2:D2"/></mergeCells></worksheet>',
    )
    const table = await read(zip({ ...parts, [path]: merged as string }))
    expect(table.lines).toEqual([2, 5, 9, 10])
    expect(table.rows).toEqual([
      ['', 'title over B to D'],
      ['id', 'paid'],
      ['1', ...Array.from({ length: 26 }, () => ''), '2'],
      ['3', '4'],
    ])
  })

  it('reads workbooks of other programs: prefixed tags, UTF-16, files that are not packed, zip64', async () => {
    const parts = workbookParts({
      sheets: [{ name: 'S', rows: textRow(1, 'a', '中') + textRow(2, 'b', 'c') }],
    })
    const path = 'xl/worksheets/sheet1.xml'
    const prefixed = (parts[path] as string)
      .replaceAll(/<(\/?)(\w)/g, '<$1x:$2')
      .replace('xmlns=', 'xmlns:x=')
    const wide = Buffer.from(`\ufeff${parts[path]}`, 'utf16le')
    for (const content of [prefixed, wide, parts[path] as string]) {
      for (const style of [{ packed: false }, { wide: true }, { packed: false, wide: true }]) {
        expect((await read(zip({ ...parts, [path]: content }, style))).rows).toEqual([
          ['a', '中'],
          ['b', 'c'],
        ])
      }
    }
  })
})

describe('sheets', () => {
  const tables = workbook({
    sheets: [
      { name: 'hidden', rows: textRow(1, 'h') + textRow(2, 'h'), state: 'hidden' },
      { name: 'R&amp;D', rows: textRow(1, 'only a title') },
      { name: '订单', rows: textRow(1, 'id') + textRow(2, '1') },
      { name: '2', rows: textRow(1, 'x') + textRow(2, 'y') },
    ],
  })

  it('are taken by name or number, else the first one in sight that has a table', async () => {
    const found = await read(tables)
    expect(found).toMatchObject({ name: '订单', rows: [['id'], ['1']] })
    expect(found.notes.join()).toContain('not read: "hidden", "R&D", "2"')
    expect((await read(tables, 2)).name).toBe('R&D')
    expect((await read(tables, '2')).name).toBe('2')
    expect((await read(tables, '3')).name).toBe('订单')
    expect((await read(tables, 'r&d')).rows).toEqual([['only a title']])
  })

  it.each([['Orders'], [0], [5], ['9']])('are listed where there is no %s', async (wanted) => {
    const error = await inputError(xlsxRecords(fileOf(tables), wanted))
    expect(error.message).toContain(`no sheet "${wanted}"`)
    expect(error.hint).toContain('hidden (1), R&D (2), 订单 (3), 2 (4)')
  })
})

describe('files that are no workbook', () => {
  const compound = (stream: string) => {
    const bytes = Buffer.alloc(3000)
    Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
    bytes.writeUInt16LE(9, 30)
    bytes.writeUInt32LE(3, 48)
    bytes.write(stream, 2048, 'utf16le')
    return bytes
  }
  const kinds: readonly (readonly [kind: string, bytes: Buffer, message: string])[] = [
    ['biff', compound('Workbook'), 'Excel 97-2003'],
    ['biff', Buffer.from('0904060000001000', 'hex'), 'Excel 97-2003'],
    ['encrypted', compound('EncryptedPackage'), 'protected by a password'],
    [
      'html',
      Buffer.from('\ufeff<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'),
      'HTML page',
    ],
    ['html', Buffer.from('\n<TABLE border=1><tr>'), 'HTML page'],
    [
      'xml',
      Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
      'XML spreadsheet',
    ],
    ['mhtml', Buffer.from('MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n'), 'MHTML'],
    ['text', Buffer.from('会员号\t金额\r\n1\t2\r\n'), 'a table of text'],
    ['text', Buffer.from('\ufeffid\tpaid\r\n', 'utf16le'), 'a table of text'],
    ['text', Buffer.from('id,paid\n1,2\n'), 'a table of text'],
    ['other', Buffer.from([0, 1, 2, 3]), 'not an Excel workbook'],
    ['zip', zip({ 'a.txt': 'x' }), 'a zip file without a workbook'],
    ['zip', zip({ 'xl/workbook.bin': 'x' }), '.xlsb'],
    ['zip', zip({ mimetype: 'x', 'content.xml': '<x/>' }), '.ods'],
  ]

  it.each(kinds)('are named: %s', async (kind, bytes, message) => {
    expect(whatIsXls(bytes)).toBe(kind)
    const error = await inputError(xlsxRecords(fileOf(bytes)))
    expect(error.message).toContain(`book.xlsx: `)
    expect(error.message).toContain(message)
    expect(error.hint).not.toBe('')
  })

  it('may be missing', async () => {
    await inputError(xlsxRecords({ path: join(folder, 'none.xlsx'), shown: 'none.xlsx' }))
  })

  const whole = one(textRow(1, 'id', 'paid') + textRow(2, 'a', 'b') + textRow(3, 'c', '😀'), {
    texts: '<si><t>x</t></si>',
  })

  it('may be cut anywhere', async () => {
    for (let end = 1; end < whole.length; end += 7) await inputError(read(whole.subarray(0, end)))
  })

  it('may have any byte changed: the same rows, or one error', async () => {
    const next = random(5)
    const { rows } = await read(whole)
    for (let run = 0; run < 400; run++) {
      const bytes = Buffer.from(whole)
      bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
      const found = await read(bytes).catch((thrown: unknown) => thrown)
      if (found instanceof CustError && found.kind === 'input') continue
      expect(found).toMatchObject({ rows })
    }
  })

  it('may have XML that ends too early, or refer to what is not there', async () => {
    const parts = workbookParts({ sheets: [{ name: 'S', rows: textRow(1, 'a') + textRow(2, 'b') }] })
    const path = 'xl/worksheets/sheet1.xml'
    const cut = parts[path]?.slice(0, -30) as string
    const lost = parts[path]?.replace('</row>', '<c t="s"><v>7</v></c></row>') as string
    for (const content of [cut, lost, '']) {
      const error = await inputError(read(zip({ ...parts, [path]: content }), 1))
      expect(error.message).toContain('cannot be read as an Excel file')
    }
  })
})

describe('tables of awkward texts', () => {
  it('come back as they were', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const { headers, rows } = awkwardTable(seed)
      const sheet = [headers, ...rows].map((row) =>
        row.map((text) => ({ type: String, value: storable(text) })),
      )
      const bytes = await writeExcelFile([{ sheet: 'S', data: sheet }]).toBuffer()
      const table = await read(bytes)
      expect(table.rows).toEqual([headers, ...rows])
      expect(table.lines).toEqual(table.rows.map((_, i) => i + 1))
    }
  })

  it('come back with their numbers, days and booleans', async () => {
    const data = [
      [
        { type: String, value: '00123' },
        { type: Number, value: 0.1 + 0.2 },
        { type: Boolean, value: true },
      ],
      [
        { type: Date, value: new Date('2024-02-29T00:00:00Z'), format: 'yyyy-mm-dd' },
        { type: Date, value: new Date('2024-02-29T23:59:59Z'), format: 'yyyy-mm-dd hh:mm:ss' },
      ],
    ]
    const { rows } = await read(await writeExcelFile([{ sheet: 'S', data }]).toBuffer())
    expect(rows).toEqual([
      ['00123', '0.3', 'TRUE'],
      ['2024-02-29', '2024-02-29 23:59:59'],
    ])
  })
})

describe.skipIf(noSharedData)(`public files ${needsShared}`, () => {
  it('has the shape that is known of it', async () => {
    const path = join(sharedData, 'torture', 'csvkit-dummy.xlsx')
    const { records, notes } = await xlsxRecords({ path, shown: 'csvkit-dummy.xlsx' })
    expect((await allOf(records)).map(({ cells }) => cells)).toEqual([
      ['a', 'b', 'c'],
      ['1', '2', '3'],
    ])
    expect(notes).toEqual([])
  })
})
