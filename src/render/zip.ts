/** Just enough of the zip format to take the clock out of an archive (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */

const END = 0x06054b50
const END_LENGTH = 22
const ENTRY_LENGTH = 46
/** 1980-01-01 00:00, the first moment that a zip can tell. */
const NO_TIME = 0x00210000

/** The same archive with every entry dated 1980-01-01. */
export function withoutTimes(archive: Uint8Array): Uint8Array {
  const bytes = archive.slice()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = bytes.length - END_LENGTH
  if (end < 0 || view.getUint32(end, true) !== END) throw new Error('expected a zip archive without comment')
  let entry = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    view.setUint32(entry + 12, NO_TIME, true)
    view.setUint32(view.getUint32(entry + 42, true) + 10, NO_TIME, true)
    entry += ENTRY_LENGTH + namesLength(view, entry)
  }
  return bytes
}

function namesLength(view: DataView, entry: number): number {
  return (
    view.getUint16(entry + 28, true) + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true)
  )
}
