/** Workbooks and zip archives written by hand, for what the library that writes ours cannot write. */
import { deflateRawSync, gzipSync } from 'node:zlib'

interface ZipStyle {
  readonly packed?: boolean
  /** Sizes and places stand in zip64 fields (4.5.3, 4.3.14), as for archives beyond 4 GB. */
  readonly wide?: boolean
}

const ELSEWHERE = 0xffffffff

/** A zip archive (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */
export function zip(
  files: Readonly<Record<string, string | Buffer>>,
  { packed = true, wide = false }: ZipStyle = {},
): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [path, content] of Object.entries(files)) {
    const [name, plain] = [Buffer.from(path), Buffer.from(content)]
    const data = packed ? deflateRawSync(plain) : plain
    const gzip = gzipSync(plain)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(packed ? 8 : 0, 4)
    common.writeUInt32LE(gzip.readUInt32LE(gzip.length - 8), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(plain.length, 18)
    common.writeUInt16LE(name.length, 22)
    locals.push(Buffer.from('PK\x03\x04'), Buffer.from(common), name, data)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(wide ? ELSEWHERE : at, 10)
    const extra = wide
      ? Buffer.concat([Buffer.from([1, 0, 24, 0]), longs(plain.length, data.length, at)])
      : name.subarray(0, 0)
    if (wide) for (const field of [14, 18]) common.writeUInt32LE(ELSEWHERE, field)
    common.writeUInt16LE(extra.length, 24)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, name, extra)
    at += 30 + name.length + data.length
  }
  const list = Buffer.concat(directory)
  const count = Object.keys(files).length
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06')
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(wide ? ELSEWHERE : list.length, 12)
  end.writeUInt32LE(wide ? ELSEWHERE : at, 16)
  const wideEnd = [
    ...[Buffer.from('PK\x06\x06'), longs(44), Buffer.alloc(12), longs(count, count, list.length, at)],
    ...[Buffer.from('PK\x06\x07'), Buffer.alloc(4), longs(at + list.length), Buffer.from([1, 0, 0, 0])],
  ]
  return Buffer.concat([...locals, list, ...(wide ? wideEnd : []), end])
}

function longs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length)
  values.forEach((value, i) => {
    bytes.writeBigUInt64LE(BigInt(value), 8 * i)
  })
  return bytes
}

export interface Sheet {
  readonly name: string
  /** What stands in `sheetData`. */
  readonly rows: string
  readonly state?: string
}

export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** The `si` elements. */
  readonly texts?: string
  /** What stands in the style sheet. */
  readonly styles?: string
  readonly properties?: string
}

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const KIND = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'

/** The parts of a workbook as Excel names them. */
export function workbookParts({ sheets, texts, styles, properties = '' }: Workbook): Record<string, string> {
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${KIND}/${kind}" Target="${target}"/>`
  const tabs = sheets.map(
    ({ name, state }, i) =>
      `<sheet name="${name}" sheetId="${i + 7}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
  )
  const relations = [
    ...sheets.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
    relation('rId90', 'sharedStrings', '/xl/sharedStrings.xml'),
    relation('rId91', 'styles', './styles.xml'),
  ]
  return {
    '_rels/.rels': `<Relationships ${PACKAGE}>${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${KIND}">${properties}<sheets>${tabs.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships ${PACKAGE}>${relations.join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<sst ${MAIN}>${texts ?? ''}</sst>`,
    'xl/styles.xml': `<styleSheet ${MAIN}>${styles ?? ''}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet ${MAIN}><dimension ref="A1"/><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  }
}

export const workbook = (book: Workbook): Buffer => zip(workbookParts(book))

/** A row of inline texts. */
export const textRow = (number: number, ...texts: readonly string[]): string =>
  `<row r="${number}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
