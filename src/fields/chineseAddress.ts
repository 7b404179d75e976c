/** Chinese addresses: province, city and district off the front, then road, number, building, room. */
import { type Cut, cutRegions } from './chineseRegionsCut.ts'
import { loadSounds, type Sounds } from './pinyin.ts'
import { loadSimplified } from './simplified.ts'

/** The parts of an address; those that it does not name are empty. Digits are plain, 一二三 is 123. */
export interface ChineseAddress {
  readonly province: string
  readonly city: string
  readonly district: string
  /** 街道, 镇 or 乡, which many leave out. */
  readonly town: string
  readonly road: string
  /** The number in the road, or of the lane (弄). */
  readonly number: string
  /** The name of a housing estate, a building, a firm: what is left. */
  readonly estate: string
  readonly building: string
  readonly unit: string
  readonly room: string
}

type Part = 'road' | 'number' | 'estate' | 'building' | 'unit' | 'room'

const ROAD_ENDS = '(?:大道|大街|胡同|公路|环路|路|街|道|巷|弄堂|里弄)'
const ROAD = new RegExp(
  `^\\D{1,14}?${ROAD_ENDS}(?:[东南西北中]段)?(?=\\d)|^\\D{1,12}?${ROAD_ENDS}(?:[东南西北中]段)?`,
)
const NUMBER = /^(?:门牌)?(\d+(?:-\d+)?[a-z]?)(?:弄|号院|号(?!楼|院))/
/** Of a village: 张家村三组12号. */
const ANY_NUMBER = /(\d+(?:-\d+)?[a-z]?)(?:弄|号院|号(?!楼|院))/
const BUILDING = /([a-z]?\d{1,4}[a-z]?|[a-z])(?:号楼|栋|幢|座|楼(?=\d{3})|号(?=\d))/
const UNIT = /(\d+|[a-z])(?:单元|门(?!牌))/
const ROOM = /(\d{1,5}[a-z]?)(?:室|房|号房|户|号)?$/
const FLOOR = /(\d+)(?:层|楼)/

const NUMERALS = '〇零一二三四五六七八九'
const COUNTED = /[〇零一二三四五六七八九十百]+(?=(?:号|栋|幢|座|单元|室|层|楼|弄|户|房|#))/g

/** A number in Chinese numerals, read digit by digit (一二三 is 123) or with tens and hundreds (一百二十三). */
function numberOf(text: string): string {
  if (!/[十百]/.test(text)) return [...text].map((each) => Math.max(0, NUMERALS.indexOf(each) - 1)).join('')
  let [sum, digit] = [0, 0]
  for (const each of text) {
    const value = Math.max(0, NUMERALS.indexOf(each) - 1)
    if (each !== '十' && each !== '百') digit = value
    else {
      sum += (digit === 0 ? 1 : digit) * (each === '十' ? 10 : 100)
      digit = 0
    }
  }
  return String(sum + digit)
}

/** Plain width, lower case, no blanks and commas, numbers in digits, one way to write buildings and rooms. */
function plainAddress(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s,，、。;；:：()（）【】[\]"“”]+/g, '')
    .replace(/[—–－_~至之](?=\d)/g, '-')
    .replace(COUNTED, numberOf)
    .replace(/(\d)#(?:楼|栋|幢)?/g, '$1栋')
    .replace(/#/g, '')
}

/** The parts of an address in simplified characters. */
export function chineseAddress(text: string): ChineseAddress {
  const cut = cutRegions(plainAddress(text))
  return { province: cut.province, city: cut.city, district: cut.district, ...street(cut) }
}

function street({ rest, town }: Cut): Omit<ChineseAddress, 'province' | 'city' | 'district'> {
  const parts: Record<Part, string> = { road: '', number: '', estate: '', building: '', unit: '', room: '' }
  let left = rest
  const take = (part: Part, pattern: RegExp): void => {
    const found = pattern.exec(left)
    if (!found) return
    parts[part] = (found[1] ?? found[0]).replace(/^0+(?=\d)/, '')
    left = `${left.slice(0, found.index)}|${left.slice(found.index + found[0].length)}`.replace(/^\|/, '')
  }
  take('road', ROAD)
  take('number', parts.road === '' && !BUILDING.test(left) ? ANY_NUMBER : NUMBER)
  if (!BUILDING.test(left)) left = withDashes(left)
  take('building', BUILDING)
  take('unit', UNIT)
  take('room', ROOM)
  if (parts.room === '') take('room', FLOOR)
  else left = left.replace(FLOOR, '')
  return { town, ...parts, estate: left.replace(/[|-]/g, '') }
}

/** 3-2-501 is building 3, unit 2, room 501; 3-501 is building 3, room 501. */
const withDashes = (text: string): string =>
  text
    .replace(/(?<!\d)([a-z]?\d{1,3})-(\d{1,2})-(\d{3,4})(?:室|号)?$/, '$1栋$2单元$3')
    .replace(/(?<!\d)([a-z]?\d{1,3})-(\d{3,4})(?:室|号)?$/, '$1栋$2')

export interface ChineseAddresses {
  /** The parts, in simplified characters. */
  read(text: string): ChineseAddress
  /** Sounds of road and estate, then the numbers, with a space between: `kejiyuanlu 12 yangguanghuayuan 3 2 501`. */
  key(text: string): string
}

export async function loadChineseAddresses(): Promise<ChineseAddresses> {
  const [simplified, sounds] = await Promise.all([loadSimplified(), loadSounds()])
  const read = (text: string): ChineseAddress => chineseAddress(simplified.key(text.normalize('NFKC')))
  return { read, key: (text) => addressKey(read(text), sounds) }
}

function addressKey({ road, number, estate, building, unit, room }: ChineseAddress, sounds: Sounds): string {
  const heard = (text: string): string => sounds.characters(text).join('')
  return [heard(road), number, heard(estate), building, unit, room].filter((part) => part !== '').join(' ')
}

/** The address for the reader: plain digits, no blanks beside Chinese characters; nothing else changes. */
export function tidyChineseAddress(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])/g, '')
    .replace(/\s+/g, ' ')
}
