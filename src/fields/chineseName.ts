/** Chinese names of persons: surname and given name apart, forms of address off, and how alike two of them are. */
import type { Sounds } from './pinyin.ts'
import { loadSounds } from './pinyin.ts'
import { loadSimplified } from './simplified.ts'

const COMPOUND = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 ' +
    '仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 ' +
    '段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 梁丘 左丘 东门 西门 第五 单于 爱新觉罗 叶赫那拉'
  ).split(' '),
)

/** Surnames of one character that more than one in some hundred thousand bear. */
const SINGLE = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦向柳邢岳齐梅莫庄辛管祝左涂谷祁耿詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽邝郗仲伊宣邴乐荆鞠丰寇广禄阙东殳沃利蔚越夔隆师厍晁勾融訾阚那空曾毋沙乜养须巢蒯相后红竺权逯麻库哈谯笪年爱佟言福暴时涂区原仝兰恽巴迭佘楚缪胥危宗劳明和皮应娥茅竹茹贡富崇井酆巫焉弓牧隗山鄂索咸籍宿闻莘翦逄堵桑濮扈郏浦尚农别璩桑双慎冼幸占雍员英普洛展洒衣展保车南西门苍诸种但印阿'.split(
    '',
  ),
)

const HONORIFIC =
  /(?:先生|女士|小姐|太太|夫人|老师|同志|经理|总经理|老板|医生|大夫|教授|博士|师傅|阿姨|叔叔|律师|主任|同学|收|总)+$/
/** After these alone a surname may stand by itself; a given name may end in one of these characters. */
const SHORT_HONORIFIC = /[收总]$/
const HAN_ONLY = /^[\u3400-\u9fff\uf900-\ufaff〇]+$/
const BETWEEN = /[·•・‧∙．.]/

export interface ChineseName {
  /** Empty where the name does not begin with one. */
  readonly surname: string
  /** Empty where only the surname is known, as in 王先生. */
  readonly given: string
  /** 先生, 女士 and the like, as written; mostly empty. */
  readonly honorific: string
}

/** Surname and given name of a name in Chinese characters, spaces and forms of address off; undefined for others. */
export function chineseName(text: string): ChineseName | undefined {
  const closed = closedName(text)
  const { name, honorific } = withoutHonorific(closed)
  if (BETWEEN.test(name)) return nameOfTwo(name, honorific)
  if (!HAN_ONLY.test(name) || name.length > 7) return undefined
  const surname = surnameOf(name)
  return { surname, given: name.slice(surname.length), honorific }
}

/** Does it look like the name of a Chinese person: a known surname and one or two characters more? */
export function looksChineseName(text: string): boolean {
  const name = chineseName(text)
  if (name === undefined || name.surname === '') return false
  const known = COMPOUND.has(name.surname) || SINGLE.has(name.surname)
  return known && name.given.length <= 2 && (name.given.length > 0 || name.honorific !== '')
}

const closedName = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, '')
    .replace(/[（(].*?[)）]$/, '')

function withoutHonorific(name: string): { name: string; honorific: string } {
  const found = HONORIFIC.exec(name)?.[0] ?? ''
  const bare = name.slice(0, name.length - found.length)
  if (bare === '' || !HAN_ONLY.test(bare)) return { name, honorific: '' }
  // 王总 is Mr Wang; 王小总 may be a name.
  const isName = found.length === 1 && SHORT_HONORIFIC.test(found) && surnameOf(bare) !== bare
  return isName ? { name, honorific: '' } : { name: bare, honorific: found }
}

/** 买买提·吐尔逊: the own name first, that of the father second. */
function nameOfTwo(name: string, honorific: string): ChineseName | undefined {
  const [given = '', ...rest] = name.split(BETWEEN)
  return HAN_ONLY.test(given) ? { surname: rest.join(''), given, honorific } : undefined
}

function surnameOf(name: string): string {
  for (const length of [4, 2]) if (COMPOUND.has(name.slice(0, length))) return name.slice(0, length)
  return name.slice(0, 1)
}

/** The name for the reader: no blanks inside, plain width; a form of address goes when the full name is there. */
export function tidyChineseName(text: string): string {
  const name = chineseName(text)
  if (name === undefined) return text
  const closed = closedName(text)
  const whole = name.honorific && name.given && !BETWEEN.test(closed) ? name.surname + name.given : closed
  return whole.replace(BETWEEN, '·')
}

/** A name as it is compared. */
export interface ComparedName extends ChineseName {
  readonly surnameSound: string
  /** One syllable for each character. */
  readonly givenSounds: readonly string[]
}

/** Chinese names read for comparison: simplified, with their sounds. */
export interface ChineseNames {
  read(text: string): ComparedName | undefined
  /** The sounds with a space between surname and given name: `zhang weimin`; the text itself for other names. */
  key(text: string): string
}

export async function loadChineseNames(): Promise<ChineseNames> {
  const [simplified, sounds] = await Promise.all([loadSimplified(), loadSounds()])
  const read = (text: string): ComparedName | undefined => {
    const name = chineseName(simplified.key(text.normalize('NFKC')))
    return name && withSounds(name, sounds)
  }
  return {
    read,
    key: (text) => {
      const name = read(text)
      return name ? [name.surnameSound, name.givenSounds.join('')].filter(Boolean).join(' ') : text
    },
  }
}

function withSounds(name: ChineseName, sounds: Sounds): ComparedName {
  const surname = name.surname.length > 2 ? sounds.characters(name.surname) : sounds.surname(name.surname)
  return { ...name, surnameSound: surname.join(''), givenSounds: sounds.characters(name.given) }
}

/**
 * How two names agree, best first: the same characters; other characters of the same sound; a surname alone
 * (王先生) that fits; one character of two otherwise, or a sound that is easily misheard; else nothing.
 */
export type NameAgreement = 'equal' | 'homophone' | 'surname' | 'near' | 'other'

export function compareChineseNames(one: ComparedName, other: ComparedName): NameAgreement {
  if (one.surname === other.surname && one.given === other.given) return 'equal'
  const sameSurname = one.surnameSound === other.surnameSound
  if (!sameSurname) return 'other'
  if (one.given === '' || other.given === '') return one.surname === other.surname ? 'surname' : 'other'
  if (sameList(one.givenSounds, other.givenSounds)) return 'homophone'
  return isNear(one, other) ? 'near' : 'other'
}

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((sound, i) => sound === other[i])

function isNear(one: ComparedName, other: ComparedName): boolean {
  if (sameList(one.givenSounds.map(dialect), other.givenSounds.map(dialect))) return true
  const [shorter, longer] = [one.given, other.given].sort((a, b) => a.length - b.length) as [string, string]
  if (longer.length !== 2) return false
  return shorter.length === 2
    ? [...longer].some((character, i) => character === shorter[i])
    : longer.includes(shorter)
}

/** What many speakers do not tell apart: zh and z, n and l, in and ing, and the like. */
const dialect = (sound: string): string =>
  sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^[lr]/, 'n')
    .replace(/^f/, 'h')
    .replace(/([aei])ng$/, '$1n')
