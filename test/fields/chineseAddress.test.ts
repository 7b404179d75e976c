import { beforeAll, describe, expect, test } from 'vitest'
import { places } from '../../fixtures/people/chineseNames.ts'
import { chinese } from '../../fixtures/people.ts'
import {
  type ChineseAddresses,
  loadChineseAddresses,
  tidyChineseAddress,
} from '../../src/fields/chineseAddress.ts'
import { allRegions } from '../../src/fields/chineseRegions.ts'

let addresses: ChineseAddresses

beforeAll(async () => {
  addresses = await loadChineseAddresses()
})

const regions = (text: string): string => {
  const { province, city, district } = addresses.read(text)
  return [province, city, district].join(' ')
}

describe('province, city and district', () => {
  test.each([
    ['广东省深圳市南山区科技园路12号', '广东省 深圳市 南山区'],
    ['深圳南山区科技园路12号', '广东省 深圳市 南山区'],
    ['深圳南山科技园路12号', '广东省 深圳市 南山区'],
    ['南山区科技园路12号', '广东省 深圳市 南山区'],
    ['广东 深圳 南山 科技园路12号', '广东省 深圳市 南山区'],
    ['臺北市信義區市府路45號', '台湾省 台北市 信义区'],
    ['北京市北京市海淀区中关村大街1号', '北京市 北京市 海淀区'],
    ['北京海淀区中关村大街1号', '北京市 北京市 海淀区'],
    ['重庆市市辖区渝中区民权路28号', '重庆市 重庆市 渝中区'],
    ['新疆乌鲁木齐天山区解放南路6号', '新疆维吾尔自治区 乌鲁木齐市 天山区'],
    ['内蒙古呼和浩特市新城区新华大街63号', '内蒙古自治区 呼和浩特市 新城区'],
    ['广西柳州鱼峰区屏山大道1号', '广西壮族自治区 柳州市 鱼峰区'],
    ['浙江省义乌市雪峰西路968号', '浙江省 金华市 义乌市'],
    ['昆山市绿地大道255号', '江苏省 苏州市 昆山市'],
    ['吉林省吉林市船营区解放中路1号', '吉林省 吉林市 船营区'],
    ['吉林长春市朝阳区人民大街100号', '吉林省 长春市 朝阳区'],
    ['中山市石岐区中山路5号', '广东省 中山市 石岐区'],
    ['云南省大理白族自治州大理市人民路1号', '云南省 大理白族自治州 大理市'],
    ['中国上海浦东新区世纪大道100号', '上海市 上海市 浦东新区'],
    ['518000广东省深圳市福田区福华一路3号', '广东省 深圳市 福田区'],
  ])('%s: %s', (text, expected) => {
    expect(regions(text)).toBe(expected)
  })

  test('a district of several cities leaves the city open', () => {
    expect(regions('鼓楼区中山路1号')).toBe('  鼓楼区')
    expect(regions('南京鼓楼区中山路1号')).toBe('江苏省 南京市 鼓楼区')
    expect(regions('江苏省鼓楼区中山路1号')).toBe('江苏省  鼓楼区')
  })

  test.each([
    ['中山西路100号', '  '],
    ['南京东路123号', '  '],
    ['北京路5号', '  '],
    ['西安市长安街1号', '陕西省 西安市 '],
    ['大连中山路10号', '辽宁省 大连市 '],
    ['武汉市阳光小区3栋', '湖北省 武汉市 '],
  ])('%s begins with a road or an estate, not with what it is called after', (text, expected) => {
    expect(regions(text)).toBe(expected)
  })

  test('the 34 provinces, all cities with a prefecture, and those of a table that was written apart', () => {
    const all = allRegions()
    expect(all.filter(({ level }) => level === 'province')).toHaveLength(34)
    // 333 units of the level of prefectures at the end of 2020; with the four cities, Taiwan, Hong Kong and others.
    const prefectures = all.filter(
      ({ level, province }) => level === 'city' && !/台湾|特别|^.{2}市$/.test(province),
    )
    const direct =
      '济源 仙桃 潜江 天门 神农架 五指山 琼海 文昌 万宁 东方 定安 屯昌 澄迈 临高 石河子 阿拉尔 图木舒克 五家渠'
    const byProvince = direct.split(' ').map((name) => prefectures.find(({ city }) => city.startsWith(name)))
    expect(byProvince.every(Boolean)).toBe(true)
    expect(prefectures.length - byProvince.length).toBe(333)
    for (const { province, city, districts } of places)
      for (const district of districts)
        expect(regions(`${city}${district}中山路1号`)).toBe(`${province || city} ${city} ${district}`)
  })
})

describe('road, number, estate, building, unit, room', () => {
  const street = (text: string): string => {
    const { road, number, estate, building, unit, room } = addresses.read(text)
    return [road, number, estate, building, unit, room].join('/')
  }

  test.each([
    ['科技园路12号阳光花园3栋2单元501室', '科技园路/12/阳光花园/3/2/501'],
    ['科技园路１２号阳光花园３号楼２单元５０１', '科技园路/12/阳光花园/3/2/501'],
    ['科技园路十二号阳光花园三幢二单元五〇一室', '科技园路/12/阳光花园/3/2/501'],
    ['科技园路一百零三号', '科技园路/103////'],
    ['科技园路一二三号', '科技园路/123////'],
    ['科技园路二十号', '科技园路/20////'],
    ['建国门外大街1号国贸大厦A座1201', '建国门外大街/1/国贸大厦/a//1201'],
    ['南京东路123弄45号601室', '南京东路/123//45//601'],
    ['新华大街63号院8号楼302', '新华大街/63//8//302'],
    ['文三路3-2-501', '文三路///3/2/501'],
    ['福华一路3#501', '福华一路///3//501'],
    ['维多利广场B座23楼', '//维多利广场/b//23'],
    ['天府大道北段1700号', '天府大道北段/1700////'],
    ['二七路三号', '二七路/3////'],
    ['张家村12号', '/12/张家村///'],
  ])('%s: %s', (text, expected) => {
    expect(street(text)).toBe(expected)
  })

  test('a town on the way does not count', () => {
    expect(addresses.key('广东省中山市小榄镇民安路8号')).toBe(addresses.key('中山市民安路8号'))
    expect(addresses.read('深圳市南山区粤海街道科技园路12号').town).toBe('粤海街道')
  })
})

test('a key is sounds and numbers', () => {
  expect(addresses.key('廣東省深圳市南山區科技園路12號陽光花園3棟2單元501室')).toBe(
    'kejiyuanlu 12 yangguanghuayuan 3 2 501',
  )
  expect(addresses.key('重庆市渝中区长江路1号')).toBe('changjianglu 1')
})

test('however an invented customer who stayed wrote it, the key is one; another home has another', () => {
  const settings = {
    rows: 4000,
    duplicates: 0.4,
    seed: 9,
    rates: { moved: 0, address: { short: 0.3, traditional: 0.2 } },
  }
  const list = chinese(settings)
  const keys = new Map<number, string[]>()
  const column = list.header.indexOf('地址')
  list.truth.forEach((person, row) => {
    keys.set(person, [...(keys.get(person) ?? []), addresses.key(list.cells(row)[column] as string)])
  })
  const groups = [...keys.values()].filter(({ length }) => length > 1)
  expect(groups.length).toBeGreaterThan(1000)
  expect(groups.filter((group) => new Set(group).size > 1)).toEqual([])
  const homes = new Set([...keys.values()].map(([key]) => key))
  // A quarter or so live in a family, everybody else in a home of their own.
  expect(homes.size).toBeGreaterThan(0.7 * keys.size)
})

test.each([
  ['广东省 深圳市　南山区', '广东省深圳市南山区'],
  ['科技园路１２号 A座', '科技园路12号A座'],
  [' 5 High  Street ', '5 High Street'],
])('%s is shown as %s', (text, tidy) => {
  expect(tidyChineseAddress(text)).toBe(tidy)
  expect(tidyChineseAddress(tidy)).toBe(tidy)
})
