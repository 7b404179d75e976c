/**
 * UTF-8 text that grows at its end. Files of millions of rows are written here digit by digit:
 * a string for every cell would cost several times the time.
 */

export interface Bytes {
  buffer: Uint8Array
  /** Bytes written so far. */
  at: number
}

const CHUNK = 262_144
const ROOM_FOR_A_ROW = 4096
const ZERO = 48
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function emptyBytes(size = CHUNK + ROOM_FOR_A_ROW): Bytes {
  return { buffer: new Uint8Array(size), at: 0 }
}

/** Make sure that so many more bytes can be stored. */
export function reserve(out: Bytes, length: number): void {
  if (out.at + length <= out.buffer.length) return
  const larger = new Uint8Array(Math.max(out.buffer.length * 2, out.at + length))
  larger.set(out.buffer.subarray(0, out.at))
  out.buffer = larger
}

/** What was written since the last time; it holds until more is written. */
function take(out: Bytes): Uint8Array {
  const bytes = out.buffer.subarray(0, out.at)
  out.at = 0
  return bytes
}

export function takeText(out: Bytes): string {
  const text = decoder.decode(out.buffer.subarray(0, out.at))
  out.at = 0
  return text
}

/**
 * Write the places 0 to `length`, and yield whenever there is a chunk worth a system call. It holds until the next.
 * `end`: writes what is still to be written.
 */
export function* written(
  out: Bytes,
  length: number,
  write: (place: number) => void,
  end?: () => void,
): Generator<Uint8Array> {
  for (let place = 0; place < length; place++) {
    write(place)
    if (out.at >= CHUNK) yield take(out)
  }
  end?.()
  if (out.at > 0) yield take(out)
}

export function writeByte(out: Bytes, byte: number): void {
  reserve(out, 1)
  out.buffer[out.at++] = byte
}

/** Bytes that were encoded before. */
export function writeBytes(out: Bytes, bytes: Uint8Array): void {
  reserve(out, bytes.length)
  const { buffer, at } = out
  // For a few bytes a call of set() costs more than the copying.
  for (let i = 0; i < bytes.length; i++) buffer[at + i] = bytes[i] as number
  out.at = at + bytes.length
}

export function writeText(out: Bytes, text: string): void {
  const { length } = text
  reserve(out, length * 3)
  const { buffer, at } = out
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x80) {
      writeEncoded(out, text)
      return
    }
    buffer[at + i] = unit
  }
  out.at = at + length
}

function writeEncoded(out: Bytes, text: string): void {
  out.at += encoder.encodeInto(text, out.buffer.subarray(out.at)).written
}

export function encoded(text: string): Uint8Array {
  return encoder.encode(text)
}

/** A whole number from 0 up to 2 ** 53. */
export function writeWhole(out: Bytes, value: number): void {
  if (value < 10) {
    writeByte(out, ZERO + value)
  } else if (value > 0x7fffffff) {
    const rest = value % 1e9
    writeWhole(out, (value - rest) / 1e9)
    writeDigits(out, rest, 9)
  } else {
    writeDigits(out, value, digitsOf(value))
  }
}

function digitsOf(value: number): number {
  let digits = 1
  for (let power = 10; value >= power; power *= 10) digits++
  return digits
}

/** The last so many digits of a whole number, with zeros in front. */
export function writeDigits(out: Bytes, value: number, digits: number): void {
  reserve(out, digits)
  const { buffer, at } = out
  let [rest, i] = [value, at + digits]
  for (; rest > 0x7fffffff; i--) {
    const digit = rest % 10
    buffer[i - 1] = ZERO + digit
    rest = (rest - digit) / 10
  }
  for (; i - at >= 2; i -= 2) {
    const hundredth = (rest / 100) | 0
    const pair = 2 * (rest - hundredth * 100)
    buffer[i - 1] = PAIRS[pair + 1] as number
    buffer[i - 2] = PAIRS[pair] as number
    rest = hundredth
  }
  if (i > at) buffer[at] = ZERO + (rest % 10)
  out.at = at + digits
}

/** The digits of 0 to 99, two by two: half of the divisions. */
const PAIRS = Uint8Array.from(
  { length: 200 },
  (_, i) => ZERO + (i % 2 === 0 ? Math.floor(i / 20) : (i >> 1) % 10),
)
