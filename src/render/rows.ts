import type { Sheet } from '../core/report.ts'

const CHUNK_LENGTH = 65_536

/** How many rows of a sheet are to be written. */
export function rowCount(sheet: Sheet): number {
  return sheet.rows?.length ?? sheet.length
}

/** The row number that stands at a place of the sheet as it is shown. */
export function rowsOf(sheet: Sheet): (place: number) => number {
  const rows = sheet.rows
  return rows ? (place) => rows[place] as number : (place) => place
}

/** Text for the places 0 to `length`, joined into chunks that are worth a system call. */
export function* chunks(length: number, text: (place: number) => string): Generator<string, void, undefined> {
  let chunk = ''
  for (let place = 0; place < length; place++) {
    chunk += text(place)
    if (chunk.length >= CHUNK_LENGTH) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk !== '') yield chunk
}
