import { inflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { NO_DAY, parseDay } from '../../src/core/days.ts'
import { CustError } from '../../src/core/errors.ts'
import type { Report } from '../../src/core/report.ts'
import { bytesOf, column, report, sheet, texts } from './builders.ts'

/** The files of an archive, by the sizes in its central directory. */
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  let entry = bytes.readUInt32LE(bytes.length - 6)
  for (let left = bytes.readUInt16LE(bytes.length - 12); left > 0; left--) {
    const [size, nameLength, start] = [
      bytes.readUInt32LE(entry + 20),
      bytes.readUInt16LE(entry + 28),
      bytes.readUInt32LE(entry + 42),
    ]
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
    const name = bytes.toString('utf8', entry + 46, entry + 46 + nameLength)
    files.set(name, inflateRawSync(bytes.subarray(data, data + size)).toString())
    entry += 46 + nameLength + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32)
  }
  return files
}

const fileOf = async (of: Report, name: string) => unzip(await bytesOf('xlsx', of)).get(name) ?? ''
const sheetXml = (of: Report) => fileOf(of, 'xl/worksheets/sheet1.xml')

/** The texts of a file as a spreadsheet reads them. */
function textsIn(xml: string): string[] {
  return [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text = '']) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replace(/_x([\dA-F]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  )
}

const leapDay = parseDay('2024-02-29') as number
const mixed = sheet(
  [
    column('id', 'text', ['00123', '6217000010001234567', null]),
    column('day', 'day', Int32Array.of(leapDay, NO_DAY, parseDay('1899-12-31') as number)),
    column('spent', 'money', { units: Float64Array.of(1250, -5, Number.NaN), scale: 2 }),
    column('part', 'share', Float64Array.of(0.25, Number.NaN, 1 / 3)),
  ],
  3,
)

afterEach(() => {
  vi.useRealTimers()
})

describe('xlsx', () => {
  it('has the same bytes whenever it is written', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(new Date('2024-05-06T07:08:09Z'))
    const first = await bytesOf('xlsx', report(mixed, texts('a')))
    vi.setSystemTime(new Date('2031-12-30T23:59:58Z'))
    const second = await bytesOf('xlsx', report(mixed, texts('a')))
    expect(first.equals(second)).toBe(true)
    expect(first.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
  })

  it('holds text as text, numbers as numbers and days as dates', async () => {
    const xml = await sheetXml(report(mixed))
    expect(xml).toMatch(/<c r="A2" s="\d+" t="inlineStr"><is><t xml:space="preserve">00123<\/t>/)
    expect(xml).toMatch(/<c r="B2" s="\d+"><v>45351<\/v>/)
    expect(xml).toMatch(/<c r="C3" s="\d+"><v>-0.05<\/v>/)
    expect(xml).toMatch(/<c r="D4" s="\d+"><v>0.333333<\/v>/)
    expect(xml).not.toMatch(/r="(A4|B3|C4|D3)"/)
    expect(xml).toContain('state="frozen"')
    for (const text of ['6217000010001234567', '1899-12-31']) expect(xml).toContain(`>${text}</t>`)
    const header = await fileOf(report(mixed), 'xl/sharedStrings.xml')
    expect(textsIn(header)).toEqual(['id', 'day', 'spent', 'part'])
  })

  it('keeps texts that XML or the library would change', async () => {
    const awkward = [
      'constructor',
      '__proto__',
      'bell\u0007',
      'a\r\nb',
      '_x000D_',
      '\uFFFD',
      'x\uD800',
      '𝒳 &<>',
    ]
    const expected = awkward.map((text) => text.replace('\uD800', '\uFFFD'))
    expect(textsIn(await sheetXml(report(texts(...awkward))))).toEqual(expected)
    const keyed = sheet(
      awkward.map((key) => column(key, 'text', [])),
      0,
    )
    expect(textsIn(await fileOf(report(keyed), 'xl/sharedStrings.xml'))).toEqual(expected)
  })

  it('gives every sheet a name that Excel accepts', async () => {
    const named = (name: string) => ({ ...texts('a'), name })
    const xml = await fileOf(
      report(named('a/b:c?'), named('A_B_c_'), named('x'.repeat(40)), named('x'.repeat(50)), named('R&D')),
      'xl/workbook.xml',
    )
    const names = [...xml.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)
    expect(names).toEqual(['a_b_c_', 'A_B_c_ 2', 'x'.repeat(31), `${'x'.repeat(29)} 2`, 'R&amp;D'])
  })

  it('puts every cell under its header, past column Z and around empty cells', async () => {
    const columns = Array.from({ length: 30 }, (_, i) =>
      column(`c${i}`, 'number', Float64Array.of(i % 2 ? Number.NaN : i)),
    )
    const xml = await sheetXml(report(sheet(columns, 1)))
    expect(xml).toContain('<c r="A2"><v>0</v></c><c r="C2"><v>2</v></c>')
    expect(xml).toContain('<c r="AC2"><v>28</v></c></row></sheetData>')
    expect(xml.match(/<row /g)).toHaveLength(2)
  })

  it('is a header alone for a sheet without rows', async () => {
    const xml = await sheetXml(report(texts()))
    expect(xml).toContain('r="A1"')
    expect(xml).not.toContain('r="A2"')
  })

  it.each([
    ['too many rows', sheet([column('n', 'count', new Int32Array(1))], 1_048_576)],
    ['text too long for a cell', texts('x'.repeat(32_768))],
  ])('refuses %s, and says what to use instead', async (_, large) => {
    const error = await bytesOf('xlsx', report(large)).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(CustError)
    expect(error.kind).toBe('usage')
    expect(error.hint).toContain('parquet')
  })
})
