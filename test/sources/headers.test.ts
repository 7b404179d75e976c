import { describe, expect, test } from 'vitest'
import type { Role } from '../../src/core/roles.ts'
import { rankOf } from '../../src/sources/headers.ts'

/** The column that plays the role in a table with these headers. */
function played(headers: string, role: Role): string | undefined {
  const ranked = headers
    .split(' ')
    .flatMap((header) => {
      const rank = rankOf(header, role)
      return rank === undefined ? [] : [{ header, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
  return ranked[0]?.header
}

describe('tills, small shops and other countries name their columns otherwise', () => {
  test.each([
    ['就诊卡号 购药时间 药品名称 销售数量 应收金额 实收金额', '就诊卡号 购药时间 药品名称 销售数量 实收金额'],
    ['收件人 手机号码 开单日期 品名 件数 总价 流水号', '手机号码 开单日期 品名 件数 总价'],
    ['訂購人 訂購日期 品項 數量 訂單總金額', '訂購人 訂購日期 品項 數量 訂單總金額'],
    ['会員番号 注文日 商品番号 数量 注文金額', '会員番号 注文日 商品番号 数量 注文金額'],
    ['회원번호 주문일자 상품명 수량 결제금액', '회원번호 주문일자 상품명 수량 결제금액'],
  ])('%s', (headers, expected) => {
    const roles: readonly Role[] = ['customer', 'date', 'item', 'quantity', 'amount']
    expect(roles.map((role) => played(headers, role)).join(' ')).toBe(expected)
  })

  test('who bought stands before who receives it, and a number before a name', () => {
    expect(played('收货人姓名 联系电话 买家会员名', 'customer')).toBe('买家会员名')
    expect(played('收货人姓名 联系电话 客户名称', 'customer')).toBe('客户名称')
    expect(played('收货人姓名 联系电话', 'customer')).toBe('联系电话')
  })

  test('that a field must be filled in is no part of its name', () => {
    expect(played('取引先ID(必須) 取引先名(必須) 電話番号', 'customer')).toBe('取引先ID(必須)')
    expect(played('*客户名称（必填） 手机', 'customer')).toBe('*客户名称（必填）')
  })

  test('what was taken after a discount is the amount, whatever the bracket says', () => {
    expect(played('单价 数量 折扣 收入(折后) 成本', 'amount')).toBe('收入(折后)')
    expect(played('售价 数量 应收金额 实收金额', 'amount')).toBe('实收金额')
  })
})
