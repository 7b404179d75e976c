/** Countries by their names and codes, as columns of addresses hold them. */

import type { Meaning } from './contactWords.ts'
import { isoCountry } from './countryCodes.ts'
import { simplifiedHeader } from './headerCharacters.ts'
import { knowsPostcodes, onlyPostcodeCountry } from './postcode.ts'
import type { Seen } from './seen.ts'
import { folded } from './text.ts'

const names: Readonly<Record<string, readonly string[]>> = {
  CN: ['china', 'prc', "people's republic of china", 'chn', '中国', '中国大陆', '中华人民共和国', '中國'],
  US: ['usa', 'united states', 'united states of america', 'u.s.', 'u.s.a.', '美国', '美國'],
  GB: ['gbr', 'uk', 'united kingdom', 'great britain', 'england', 'scotland', 'wales', '英国', '英國'],
  DE: ['deu', 'germany', 'deutschland', '德国', '德國'],
  FR: ['fra', 'france', '法国', '法國'],
  AU: ['aus', 'australia', '澳大利亚'],
  CA: ['can', 'canada', '加拿大'],
  JP: ['jpn', 'japan', '日本'],
  NL: ['nld', 'netherlands', 'the netherlands', 'holland', '荷兰'],
  IE: ['irl', 'ireland', '爱尔兰'],
  ES: ['esp', 'spain', 'españa', '西班牙'],
  IT: ['ita', 'italy', 'italia', '意大利'],
  CH: ['che', 'switzerland', 'schweiz', 'suisse', '瑞士'],
  AT: ['aut', 'austria', 'österreich', '奥地利'],
  BE: ['bel', 'belgium', '比利时'],
  SE: ['swe', 'sweden', '瑞典'],
  NZ: ['nzl', 'new zealand', '新西兰'],
  IN: ['ind', 'india', '印度'],
  BR: ['bra', 'brazil', 'brasil', '巴西'],
  KR: ['kor', 'korea', 'south korea', '韩国', '韓國'],
  SG: ['sgp', 'singapore', '新加坡'],
  TW: ['twn', 'taiwan', '台湾', '台灣', '臺灣', '中国台湾', '中國台灣'],
  PL: ['pol', 'poland', 'polska', '波兰'],
}
const codes = new Map(
  Object.entries(names).flatMap(([code, words]) => words.map((word) => [word, code] as const)),
)

/** The code of any country by its name or code. */
export const countryNamed = (word: string): string | undefined => codes.get(folded(word)) ?? isoCountry(word)

/** The code of a country by its name or code; undefined where its postcodes are not known. */
export function countryCodeNamed(word: string): string | undefined {
  const plain = folded(word)
  const code = codes.get(plain) ?? plain.toUpperCase()
  return knowsPostcodes(code) ? code : undefined
}

/** The only country that these cells speak of; undefined where there are several, or one that is not known. */
export function onlyCountry(seen: readonly Seen[]): string | undefined {
  const found = new Set(seen.map(({ value }) => countryCodeNamed(value)))
  const [first] = found
  return found.size === 1 ? first : undefined
}

const CHINESE = /[\u4e00-\u9fff]/
/** What no other place names so. */
const TAIWAN = /邮递区号|统一编号|统编|身分证|县市|乡镇/

/** Kana, and what Chinese names otherwise. */
const JAPANESE = /[\u3040-\u30fa]|氏名|番号|郵便|都道府県|住所$/
const KOREAN = /[\uac00-\ud7a3]/

/** The country whose way of writing the headers follow; traditional characters may be of several. */
export function countryOfHeaders(headers: readonly string[]): 'CN' | 'TW' | 'JP' | 'KR' | undefined {
  if (headers.some((header) => JAPANESE.test(header))) return 'JP'
  if (headers.some((header) => KOREAN.test(header))) return 'KR'
  const chinese = headers.filter((header) => CHINESE.test(header))
  const plain = chinese.map(simplifiedHeader)
  if (plain.some((header, i) => header !== chinese[i]))
    return plain.some((header) => TAIWAN.test(header)) ? 'TW' : undefined
  return chinese.length > 0 ? 'CN' : undefined
}

interface Column {
  readonly header: string
  readonly meaning: Meaning | undefined
  readonly seen: readonly Seen[]
}

/** The country that columns speak of where none names it: by their headers, else by their postcodes. */
export function countryOfColumns(columns: readonly Column[]): string | undefined {
  const known = columns.filter(({ meaning }) => meaning !== undefined)
  const found = countryOfHeaders(known.map(({ header }) => header))
  if (found) return found
  const postcodes = known.filter(({ meaning }) => meaning === 'postcode')
  const countries = new Set(postcodes.flatMap(({ seen }) => onlyPostcodeCountry(seen) ?? []))
  return countries.size === 1 ? [...countries][0] : undefined
}
