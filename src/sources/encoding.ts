/** From bytes to UTF-8 text: which encoding it is, whether all of it is, and rewriting what is not. */
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { CustError } from '../core/errors.ts'
import type { InputFile } from './files.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

export const encodingNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  gb18030: 'GB18030',
}

const aliases: Readonly<Record<string, Encoding>> = {
  utf8: 'utf-8',
  utf8sig: 'utf-8',
  utf16le: 'utf-16le',
  utf16: 'utf-16le',
  utf16be: 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
}

/** The value of --encoding. */
export function encodingNamed(given: string): Encoding {
  const encoding = aliases[given.toLowerCase().replace(/[\s_-]/g, '')]
  if (encoding) return encoding
  throw new CustError(
    'usage',
    `--encoding: "${given}" is not known`,
    'use utf-8, utf-16le, utf-16be or gb18030',
  )
}

const NAME_IT = 'name it with --encoding (utf-8, utf-16le, utf-16be, gb18030), or save the file as UTF-8'

/** The encoding of the first part of a file; throws where it cannot be told or is none. */
export function recognise(file: InputFile, bytes: Buffer): Encoding {
  const marked = byteOrderMark(bytes)
  if (marked) return marked
  const wide = utf16ByZeros(bytes)
  if (wide) return wide
  if (bytes.includes(0)) {
    throw new CustError(
      'input',
      `${file.shown}: is a binary file (it holds NUL bytes)`,
      'give a CSV, TSV, JSON or Parquet file',
    )
  }
  if (isUtf8(wholeCharacters(bytes))) return 'utf-8'
  if (looksChinese(bytes)) return 'gb18030'
  throw new CustError(
    'input',
    `${file.shown}: the encoding cannot be told: neither UTF-8, UTF-16 nor GB18030`,
    NAME_IT,
  )
}

function byteOrderMark(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  return undefined
}

/** Delimiters, digits and line ends have a NUL on one side of every pair of bytes. */
function utf16ByZeros(bytes: Buffer): Encoding | undefined {
  const zeros = [0, 0]
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even, odd] = [(2 * (zeros[0] ?? 0)) / bytes.length, (2 * (zeros[1] ?? 0)) / bytes.length]
  if (odd > 0.15 && even < 0.01) return 'utf-16le'
  if (even > 0.15 && odd < 0.01) return 'utf-16be'
  return undefined
}

/** Without a character that the end of the bytes cuts in two. */
function wholeCharacters(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - openTail(bytes))
}

/** Length of the unfinished UTF-8 character at the end. */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/**
 * Characters that make up about half of any Chinese text, and those of order exports. Validity says little:
 * Big5, Korean and Japanese bytes often decode as GB18030, but into rare characters.
 */
const COMMON =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运' +
  '订单买家卖会员编号客户商品数量价格金额付款时间状态支付实际应货邮费退宝贝标题备注店铺收货地址电话手机快递物流公司下单成功关闭待已取消省市县镇街路号室元件双女男装鞋包箱优惠券积分渠道来源创建完成发票类型称名城京广州深圳杭沪浙江苏川湖南北河福李王张刘陈杨赵黄周吴徐孙胡朱林何郭'
const common = new Set(COMMON)

function looksChinese(bytes: Buffer): boolean {
  const text = new TextDecoder('gb18030').decode(bytes.subarray(0, Math.max(0, bytes.length - 4)), {
    stream: true,
  })
  const characters = [...text].filter((character) => character > '\u007f')
  const broken = characters.filter((character) => character === '\ufffd').length
  const known = characters.filter((character) => common.has(character)).length
  const punctuation = characters.filter((character) => /[\u3000-\u303f\uff00-\uffef]/.test(character)).length
  return broken === 0 && characters.length > 0 && known / Math.max(1, characters.length - punctuation) > 0.2
}

/** What the bytes of a whole file say. */
export interface Survey {
  readonly utf8: boolean
  readonly chinese: boolean
  /** More than one of LF, CRLF and CR ends lines (or stands in a quoted cell). */
  readonly mixedLineEnds: boolean
}

const CHUNK_BYTES = 4 << 20

/** Read a whole plain file once, at the speed of memory: is it UTF-8 to its end, and are its line ends all alike? */
export async function survey(file: InputFile): Promise<Survey> {
  const handle = await open(file.path)
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
  const ends = lineEnds()
  let carry = 0
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, carry, buffer.length - carry)
      const bytes = buffer.subarray(0, carry + bytesRead)
      const fresh = bytes.subarray(carry)
      refuseNul(file, fresh)
      ends.add(fresh)
      const tail = bytesRead === 0 ? 0 : openTail(bytes)
      if (!isUtf8(bytes.subarray(0, bytes.length - tail))) {
        return { utf8: false, chinese: looksChinese(bytes), mixedLineEnds: true }
      }
      if (bytesRead === 0) return { utf8: true, chinese: false, mixedLineEnds: ends.mixed() }
      buffer.copyWithin(0, bytes.length - tail, bytes.length)
      carry = tail
    }
  } finally {
    await handle.close()
  }
}

function refuseNul(file: InputFile, bytes: Buffer): void {
  if (!bytes.includes(0)) return
  throw new CustError(
    'input',
    `${file.shown}: holds NUL bytes`,
    'the file is damaged or binary; export it again',
  )
}

function lineEnds() {
  let [lf, crlf, cr] = [false, false, false]
  let last = 0
  const scan = (bytes: Buffer) => {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (byte === 10) {
        if (last === 13) crlf = true
        else lf = true
      } else if (last === 13) cr = true
      last = byte
    }
  }
  return {
    add(bytes: Buffer): void {
      if (bytes.length === 0 || Number(lf) + Number(crlf) + Number(cr) > 1) return
      if (last !== 13 && !bytes.includes(13)) {
        lf ||= bytes.includes(10)
        last = bytes[bytes.length - 1] as number
      } else scan(bytes)
    },
    mixed: () => Number(lf) + Number(crlf) + Number(cr || last === 13) > 1,
  }
}

/** Does the sample already show more than one kind of line end? */
export function hasMixedLineEnds(sample: Buffer): boolean {
  const ends = lineEnds()
  ends.add(sample)
  return ends.mixed()
}

/** Write a file again as UTF-8 without a byte order mark. */
export async function transcode(
  file: InputFile,
  chunks: AsyncIterable<Buffer>,
  { encoding, path }: { encoding: Encoding; path: string },
): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const handle = await open(path, 'w')
  let read = 0
  try {
    for await (const chunk of chunks) {
      await handle.write(decoder.decode(chunk, { stream: true }))
      read += chunk.length
    }
    await handle.write(decoder.decode())
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    const what = `${file.shown}: after ${read} bytes there is one that is not ${encodingNames[encoding]}`
    throw new CustError('input', what, NAME_IT, { cause: error })
  } finally {
    await handle.close()
  }
}

/** The text of a sample; a character cut at its end is left out. */
export function decodeSample(bytes: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(bytes, { stream: true })
}

export function notUtf8(file: InputFile): CustError {
  return new CustError('input', `${file.shown}: some bytes are not UTF-8, though its first part is`, NAME_IT)
}

/** Is all of this plain ASCII? Then the encoding is still open. */
export function isPlainAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant
  return /^[\u0000-\u007f]*$/.test(text)
}
