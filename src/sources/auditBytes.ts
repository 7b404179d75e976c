/** The rows of an audit as bytes: there may be millions, and most of each is copied. */

export interface AuditBytes {
  readonly size: number
  text(text: string): void
  bytes(bytes: Uint8Array): void
  /** A whole number with a comma behind it. */
  number(value: number): void
  /** A cell, in quotes where it needs them. */
  cell(bytes: Uint8Array, from: number, to: number): void
  /** What was written so far; it holds until more is. */
  take(): { readonly bytes: Uint8Array }
}

const SPECIAL = /[",\r\n\ufeff]|^\s|\s$/

export const quoted = (text: string): string =>
  SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text

const [QUOTE, COMMA, ZERO, SPACE] = [0x22, 0x2c, 0x30, 0x20]
const plain = new Uint8Array(256).fill(1, SPACE)
/** With the last of these begins U+FEFF. */
for (const byte of [QUOTE, COMMA, 0xef]) plain[byte] = 0
const FIRST_BYTES = 1 << 19

export function auditBytes(): AuditBytes {
  let buffer = Buffer.allocUnsafeSlow(FIRST_BYTES)
  let size = 0
  const reserve = (more: number): void => {
    if (size + more <= buffer.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (size + more))
    buffer.copy(larger, 0, 0, size)
    buffer = larger
  }
  const copy = (bytes: Uint8Array, from: number, to: number): void => {
    reserve(to - from)
    for (let at = from; at < to; at++) buffer[size++] = bytes[at] as number
  }
  const inQuotes = (bytes: Uint8Array, from: number, to: number): void => {
    reserve(2 * (to - from) + 2)
    buffer[size++] = QUOTE
    for (let at = from; at < to; at++) {
      if (bytes[at] === QUOTE) buffer[size++] = QUOTE
      buffer[size++] = bytes[at] as number
    }
    buffer[size++] = QUOTE
  }
  return {
    get size() {
      return size
    },
    text(text) {
      reserve(3 * text.length)
      size += buffer.write(text, size)
    },
    bytes: (bytes) => copy(bytes, 0, bytes.length),
    number(value) {
      reserve(18)
      let digits = 1
      for (let power = 10; value >= power; power *= 10) digits++
      let rest = value
      for (let at = size + digits - 1; at >= size; at--) {
        const tenth = Math.floor(rest / 10)
        buffer[at] = ZERO + rest - 10 * tenth
        rest = tenth
      }
      size += digits
      buffer[size++] = COMMA
    },
    cell(bytes, from, to) {
      let simple = Number(bytes[from] !== SPACE && bytes[to - 1] !== SPACE)
      for (let at = from; at < to; at++) simple &= plain[bytes[at] as number] as number
      if (simple === 1) copy(bytes, from, to)
      else inQuotes(bytes, from, to)
    },
    take() {
      const bytes = buffer.subarray(0, size)
      size = 0
      return { bytes }
    },
  }
}
