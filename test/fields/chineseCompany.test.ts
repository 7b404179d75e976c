import { expect, test } from 'vitest'
import { chineseCompany, loadChineseCompanies } from '../../src/fields/chineseCompany.ts'

test.each([
  ['深圳市腾讯计算机系统有限公司', '深圳市', '腾讯计算机系统', '有限公司', ''],
  ['北京百度网讯科技有限公司', '北京市', '百度网讯科技', '有限公司', ''],
  ['华为技术有限公司', '', '华为技术', '有限公司', ''],
  ['万科企业股份有限公司', '', '万科企业', '股份有限公司', ''],
  ['阿里巴巴(中国)有限公司', '', '阿里巴巴', '有限公司', ''],
  ['阿里巴巴（中国）网络技术有限公司', '', '阿里巴巴网络技术', '有限公司', ''],
  ['腾讯科技（深圳）有限公司', '深圳市', '腾讯科技', '有限公司', ''],
  ['海尔集团公司', '', '海尔', '集团公司', ''],
  ['中国平安保险(集团)股份有限公司', '', '中国平安保险', '股份有限公司', ''],
  ['浙江吉利控股集团有限公司', '浙江省', '吉利', '控股集团有限公司', ''],
  ['上海市浦东新区明明餐饮有限责任公司', '上海市', '明明餐饮', '有限责任公司', ''],
  ['苏宁易购集团股份有限公司苏州分公司', '', '苏宁易购', '集团股份有限公司', '苏州'],
  ['广州 天河 明月 商行', '广州市', '明月', '商行', ''],
])('%s: %s, %s, %s, %s', (text, place, name, form, branch) => {
  expect(chineseCompany(text)).toEqual({ place, name, form, branch })
})

test.each(['张伟', 'Acme Ltd', '', '苹果'])('%s is no company', (text) => {
  expect(chineseCompany(text)).toBeUndefined()
})

test('one company in several ways has one key, another one has another', async () => {
  const { key } = await loadChineseCompanies()
  const own = [
    '深圳市腾讯计算机系统有限公司',
    '腾讯计算机系统有限公司',
    '騰訊計算機系統股份有限公司',
    '腾讯计算机系统（深圳）有限责任公司',
  ].map(key)
  expect(new Set(own)).toEqual(new Set(['tengxunjisuanjixitong']))
  expect(key('深圳市腾迅科技有限公司')).not.toBe(own[0])
  expect(key('苏宁易购集团股份有限公司苏州分公司')).not.toBe(key('苏宁易购集团股份有限公司'))
  expect(key('Acme Ltd')).toBe('Acme Ltd')
})
