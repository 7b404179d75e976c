import { beforeAll, describe, expect, test } from 'vitest'
import { traditional } from '../../fixtures/people/chineseNames.ts'
import {
  type ChineseNames,
  chineseName,
  compareChineseNames,
  loadChineseNames,
  looksChineseName,
  tidyChineseName,
} from '../../src/fields/chineseName.ts'
import { loadSounds, type Sounds } from '../../src/fields/pinyin.ts'
import { loadSimplified, type Simplified } from '../../src/fields/simplified.ts'

let names: ChineseNames
let sounds: Sounds
let simplified: Simplified

beforeAll(async () => {
  ;[names, sounds, simplified] = await Promise.all([loadChineseNames(), loadSounds(), loadSimplified()])
})

const agreement = (one: string, other: string): string => {
  const [a, b] = [names.read(one), names.read(other)]
  if (!a || !b) throw new Error(`no Chinese name: ${one}, ${other}`)
  return compareChineseNames(a, b)
}

test.each([
  ['陳志強', '陈志强'],
  ['臺北市', '台北市'],
  ['plain 123', 'plain 123'],
])('%s is %s in simplified characters', (full, simple) => {
  expect(simplified.text(full)).toBe(simple)
  expect(simplified.key(full)).toBe(simple)
})

test.each([
  ['呉鼎元', '吴鼎元'],
  ['寗淸', '宁清'],
  ['髙橋栄', '高桥荣'],
])('old and Japanese forms are one for keys: %s, %s', (variant, usual) => {
  expect(simplified.key(variant)).toBe(simplified.key(usual))
})

test('words are known in texts, but not in keys', () => {
  expect(['乾隆', '乾淨', '回覆'].map(simplified.text)).toEqual(['乾隆', '干净', '回复'])
  expect(simplified.key('乾隆')).toBe(simplified.key('干隆'))
})

test('every pair of a table that was written apart', () => {
  for (const [simple, full] of traditional) expect([full, simplified.key(full)]).toEqual([full, simple])
})

test.each([
  ['单', 'shan'],
  ['曾', 'zeng'],
  ['仇', 'qiu'],
  ['区', 'ou'],
  ['解', 'xie'],
  ['查', 'zha'],
  ['任', 'ren'],
  ['华', 'hua'],
  ['朴', 'piao'],
  ['盖', 'ge'],
  ['尉迟', 'yu chi'],
  ['万俟', 'mo qi'],
  ['单于', 'chan yu'],
  ['长孙', 'zhang sun'],
])('the surname %s is read %s', (surname, sound) => {
  expect(sounds.surname(surname).join(' ')).toBe(sound)
})

test.each([
  ['张伟', '张', '伟', ''],
  ['欧阳娜娜', '欧阳', '娜娜', ''],
  ['司 马 光', '司马', '光', ''],
  ['诸葛亮', '诸葛', '亮', ''],
  ['王先生', '王', '', '先生'],
  ['欧阳女士', '欧阳', '', '女士'],
  ['李小明 先生', '李', '小明', '先生'],
  ['王总', '王', '', '总'],
  ['刘收', '刘', '', '收'],
  ['陈李慧珍', '陈', '李慧珍', ''],
  ['买买提·吐尔逊', '吐尔逊', '买买提', ''],
  ['　张　三　', '张', '三', ''],
  ['张三（公司）', '张', '三', ''],
])('%s: surname %s, given name %s, %s', (text, surname, given, honorific) => {
  expect(chineseName(text)).toEqual({ surname, given, honorific })
})

test('a given name may end like a form of address', () => {
  expect(chineseName('王大总')).toEqual({ surname: '王', given: '大总', honorific: '' })
})

test.each(['Ann Lee', '', '13800138000', '深圳市腾讯计算机系统有限公司', '李 Ming'])(
  '%s is no Chinese name',
  (text) => {
    expect(chineseName(text)).toBeUndefined()
    expect(looksChineseName(text)).toBe(false)
  },
)

test('what looks like a name', () => {
  expect(['张伟', '欧阳娜娜', '王先生', '曾国藩', '單雄信'].map((name) => looksChineseName(name))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ])
  expect(['深圳', '苹果', '普通会员', '黑色'].map(looksChineseName)).toEqual([false, false, false, false])
})

describe('how two names agree', () => {
  test.each([
    ['张伟', '張偉', 'equal'],
    ['张 伟', '张伟先生', 'equal'],
    ['张伟', '张玮', 'homophone'],
    ['陈静', '沈静', 'other'],
    ['陈静', '谌静', 'homophone'],
    ['余华', '于华', 'homophone'],
    ['王芳', '王先生', 'surname'],
    ['王芳', '汪女士', 'other'],
    ['李小明', '李晓明', 'homophone'],
    ['李小明', '李小红', 'near'],
    ['李小明', '李明', 'near'],
    ['陈志强', '陈自强', 'near'],
    ['李明', '李红', 'other'],
    ['李明', '王明', 'other'],
  ])('%s and %s: %s', (one, other, level) => {
    expect(agreement(one, other)).toBe(level)
    expect(agreement(other, one)).toBe(level)
  })
})

test('keys are the sounds, and other names stay', () => {
  expect(names.key('單雄信')).toBe('shan xiongxin')
  expect(names.key('张玮')).toBe(names.key('張偉'))
  expect(names.key('王先生')).toBe('wang')
  expect(names.key('吕布')).toBe('lv bu')
  expect(names.key('Ann Lee')).toBe('Ann Lee')
})

test.each([
  ['张 伟', '张伟'],
  ['李小明先生', '李小明'],
  ['王先生', '王先生'],
  ['买买提•吐尔逊', '买买提·吐尔逊'],
  ['Ann  Lee', 'Ann  Lee'],
  ['張偉', '張偉'],
])('%s is shown as %s', (text, tidy) => {
  expect(tidyChineseName(text)).toBe(tidy)
  expect(tidyChineseName(tidy)).toBe(tidy)
})
