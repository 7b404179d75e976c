import { expect, test } from 'vitest'
import { countryOfHeaders } from '../../src/fields/countryName.ts'

test.each([
  ['姓名 手机号 地址', 'CN'],
  ['公司名稱 統一編號 聯絡電話', 'TW'],
  ['客戶姓名 聯絡電話', undefined],
  ['取引先名 住所 電話番号', 'JP'],
  ['お名前 メール', 'JP'],
  ['이름 전화번호', 'KR'],
  ['name phone', undefined],
])('%s: %s', (headers, country) => {
  expect(countryOfHeaders(headers.split(' '))).toBe(country)
})
