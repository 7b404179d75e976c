/** Every encoding to text and to UTF-8, whatever the chunks. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeLegacy, type LegacyEncoding } from '../../fixtures/legacy.ts'
import { between, mulberry32 } from '../../fixtures/random.ts'
import type { Encoding } from '../../src/sources/charsets.ts'
import { decoderOf, transcodeFile, transcoderOf } from '../../src/sources/decoders.ts'

/** Characters of every length that an encoding has, among ASCII. */
const texts: Readonly<Record<Encoding, string>> = {
  'utf-8': 'id,é,客户,𠮷\r\n1,"x",€\n',
  'utf-16le': 'id,é,客户,𠮷\r\n1,"x",€\n',
  'utf-16be': 'id,é,客户,𠮷\r\n1,"x",€\n',
  gb18030: '编号,客户 Ä\r\n1,张三丰,㐂𠮷野,€5,12丂34\n',
  big5: '編號,客戶\r\n1,陳怡君,許功蓋,"｜",碁\n',
  shift_jis: '番号,顧客\r\n1,ソースと表,ﾔﾏﾀﾞ,髙島,①\n',
  'euc-jp': '番号,顧客\r\n1,ソースと表,ﾔﾏﾀﾞ,丂侗\n',
  'euc-kr': '번호,고객\r\n1,김민준,홍길동,漢字,㈜\n',
  'windows-1252': 'Nº,Prénom\r\n1,Zoë “X” – 5 €,Žižek™ Ÿ\u0081\n',
}

function encode(encoding: Encoding, text: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  if (encoding === 'windows-1252') {
    return Buffer.concat(
      text
        .split('\u0081')
        .flatMap((part, i) => [Buffer.of(0x81).subarray(i ? 0 : 1), encodeLegacy(encoding, part)]),
    )
  }
  return encodeLegacy(encoding, text)
}

function decodeIn(chunks: readonly Buffer[], encoding: Encoding): [text: string, utf8: string] {
  const decoder = decoderOf(encoding)
  const transcoder = transcoderOf(encoding)
  const text = chunks.map((chunk) => decoder.decode(chunk)).join('') + decoder.end()
  // What a call answers may be overwritten by a later one.
  const parts = chunks.map((chunk) => Buffer.from(transcoder.push(chunk)))
  return [text, Buffer.concat([...parts, transcoder.end()]).toString()]
}

const pieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))

describe.each(Object.entries(texts) as [Encoding, string][])('%s', (encoding, text) => {
  const bytes = encode(encoding, text)

  test('a character cut at any border is not lost', () => {
    for (let border = 0; border <= bytes.length; border++) {
      const chunks = [bytes.subarray(0, border), bytes.subarray(border)]
      expect(decodeIn(chunks, encoding), `border at ${border}`).toEqual([text, text])
    }
    for (const size of [1, 2, 3, 5, 7]) expect(decodeIn(pieces(bytes, size), encoding)).toEqual([text, text])
  })

  test('a byte order mark is left out', () => {
    const mark = ['utf-16le', 'utf-16be', 'gb18030'].includes(encoding)
      ? encode(encoding, '\ufeff')
      : Buffer.from('\ufeff')
    for (const size of [1, 2, 100]) {
      expect(decodeIn(pieces(Buffer.concat([mark, bytes]), size), encoding)).toEqual([text, text])
    }
  })

  test('the transcoder says how many characters are invalid', () => {
    const transcoder = transcoderOf(encoding)
    transcoder.push(bytes)
    transcoder.end()
    expect(transcoder.invalid).toBe(0)
  })
})

describe('tables', () => {
  const multiByte: readonly LegacyEncoding[] = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr']

  test.each(multiByte)('%s: every pair of bytes that node knows is the same character', (encoding) => {
    const platform = new TextDecoder(encoding)
    const wrong: string[] = []
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        const bytes = Buffer.of(lead, trail)
        const expected = platform.decode(bytes)
        if (expected.length !== 1 || expected < '\u00a0' || expected === '\ufffd') continue
        const transcoder = transcoderOf(encoding)
        const found = transcoder.push(bytes).toString() + transcoder.end().toString()
        if (found !== expected) wrong.push(`${bytes.toString('hex')} ${found} ${expected}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('the Hangul that code page 949 adds', () => {
    // The first and the last of both parts of the extension, and some from between.
    const known = { '8141': '갂', '8c63': '똠', a0fe: '좤', a141: '좥', c164: '햏', c652: '힣' }
    for (const [hex, syllable] of Object.entries(known)) {
      expect(decodeIn([Buffer.from(hex, 'hex')], 'euc-kr'), hex).toEqual([syllable, syllable])
    }
    const all = new Set<string>()
    for (let lead = 0x81; lead <= 0xc8; lead++) {
      for (let trail = 0x41; trail <= 0xfe; trail++) {
        const [text] = decodeIn([Buffer.of(lead, trail)], 'euc-kr')
        if (text.length === 1 && text >= '가' && text <= '힣') all.add(text)
      }
    }
    expect(all.size).toBe(11_172)
  })

  test('code page 936 has the euro at 0x80', () => {
    expect(decodeIn([Buffer.of(0x80, 0x35)], 'gb18030')).toEqual(['€5', '€5'])
  })
})

describe('what is invalid', () => {
  const broken: readonly (readonly [Encoding, hex: string, text: string])[] = [
    ['gb18030', 'b0', '�'],
    ['gb18030', 'b02c41', '�,A'],
    ['gb18030', 'ff41', '�A'],
    ['gb18030', '81302c', '�0,'],
    ['gb18030', '813081', '�0�'],
    ['big5', 'a40a', '�\n'],
    ['shift_jis', '83220a', '�"\n'],
    ['euc-jp', '8fb02c', '�,'],
    ['euc-kr', 'b00d0a', '�\r\n'],
    ['utf-8', 'e5ae2c', '�,'],
    ['utf-16le', '00d82c00', '�,'],
  ]
  test.each(broken)('%s %s becomes U+FFFD, and no delimiter is lost', (encoding, hex, text) => {
    const bytes = Buffer.from(hex, 'hex')
    for (const chunks of [[bytes], pieces(bytes, 1)]) expect(decodeIn(chunks, encoding)).toEqual([text, text])
  })

  test('is counted', () => {
    const transcoder = transcoderOf('gb18030')
    transcoder.push(Buffer.from('a,\xff\nb,\xb0,\nc,\xd5\xc5\nd', 'latin1'))
    transcoder.push(Buffer.from('\xb0', 'latin1'))
    transcoder.end()
    expect(transcoder.invalid).toBe(3)
  })
})

test('any bytes in any chunks are the same as in one', () => {
  const random = mulberry32(11)
  const encodings = Object.keys(texts) as Encoding[]
  for (let round = 0; round < 300; round++) {
    const encoding = encodings[round % encodings.length] as Encoding
    const bytes = Buffer.from(Array.from({ length: 60 }, () => between(random, 0, 255)))
    const whole = decodeIn([bytes], encoding)
    expect(decodeIn(pieces(bytes, between(random, 1, 9)), encoding)).toEqual(whole)
  }
})

test('a file is written again as UTF-8, and how much was invalid is said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cust-decoders-'))
  try {
    const text = '编号,客户\n'.repeat(1000)
    const bytes = Buffer.concat([encodeLegacy('gb18030', text), Buffer.from([0xb0])])
    const path = join(folder, 'out.csv')
    async function* chunks() {
      yield* pieces(bytes, 777)
    }
    const invalid = await transcodeFile(chunks(), { encoding: 'gb18030', path })
    expect([readFileSync(path, 'utf8'), invalid]).toEqual([`${text}�`, 1])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
