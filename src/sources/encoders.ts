/** Text to the bytes of any encoding. Loaded only where bytes of another encoding are wanted back. */
import iconv from 'iconv-lite'
import type { Encoding } from './charsets.ts'

/** A character that the encoding lacks becomes a question mark: whoever needs the bytes compares. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  return iconv.encode(text, encoding)
}
