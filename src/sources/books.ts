/** Excel workbooks, and the tables in HTML that some systems call so, as sources. */
import type { InputFile } from './files.ts'
import { gridSource, type Place, type SheetLike } from './gathered.ts'
import { htmlRecords } from './htmlRecords.ts'
import type { TextRecord } from './records.ts'
import type { Source } from './source.ts'
import { encodingName, type Text, unsureOf } from './text.ts'
import { xlsxRecords } from './xlsxRecords.ts'

export type GridOptions = Pick<SheetLike, 'headerLine' | 'headerless' | 'knows'> & Place

export async function workbookSource(
  file: InputFile,
  wanted: string | undefined,
  options: GridOptions,
): Promise<Source> {
  const number = wanted !== undefined && /^\d+$/.test(wanted) ? Number(wanted) : wanted
  const sheet = await xlsxRecords(file, number)
  const described = {
    ...options,
    shown: file.shown,
    file: {
      path: file.shown,
      format: 'Excel',
      encoding: 'UTF-8',
      evidence: 'as workbooks are',
      sheet: sheet.name,
    },
    notes: sheet.notes,
    warnings: [],
  } as const
  return gridSource(sheet.records, described, options)
}

export async function htmlSource(text: Text, options: GridOptions): Promise<Source> {
  const { shown } = text.file
  const records = await htmlRecords(shown, text.chunks())
  const described = {
    ...options,
    shown,
    file: { path: shown, format: 'HTML', encoding: encodingName(text.encoding), evidence: text.evidence },
    notes: [`${shown}: is an HTML page; its largest table is read`],
    warnings: unsureOf(text),
  } as const
  return gridSource(once(records), described, options)
}

async function* once(records: readonly TextRecord[]): AsyncGenerator<readonly TextRecord[]> {
  yield records
}
