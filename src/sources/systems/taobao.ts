import type { System } from './system.ts'

export const taobaoOrders: System = {
  name: 'taobao-orders',
  title: 'Taobao and Tmall orders (淘宝/天猫)',
  signature: {
    all: ['订单编号', '买家会员名', '买家实际支付金额', '订单创建时间'],
    any: [['买家应付货款', '宝贝总数量', '宝贝种类', '店铺名称']],
    none: ['购买数量'],
  },
  roles: {
    customer: ['买家会员名'],
    order: ['订单编号'],
    date: ['订单付款时间', '订单创建时间'],
    amount: ['买家实际支付金额'],
    refund: ['退款金额'],
    quantity: ['宝贝总数量'],
    // The titles of all articles stand in one cell.
    item: [],
    status: ['订单状态'],
  },
  currency: 'CNY',
  notes: [
    'An order counts with what was paid for it, less 退款金额; 交易关闭 and 等待买家付款 do not count.',
    'Articles stand in the items export (宝贝清单), by the same 订单编号.',
  ],
}

export const taobaoItems: System = {
  name: 'taobao-items',
  title: 'Taobao and Tmall items (淘宝/天猫)',
  signature: {
    all: ['订单编号', '标题', '价格', '购买数量'],
    any: [['外部系统编号', '商品属性', '套餐信息']],
  },
  roles: {
    customer: [],
    order: ['订单编号'],
    // Only newer files say what was paid, and when; in others price times quantity stands in for it.
    date: ['订单付款时间', '订单创建时间'],
    amount: ['买家实际支付金额'],
    refund: ['退款金额'],
    price: ['价格'],
    quantity: ['购买数量'],
    item: ['标题', '商家编码'],
    status: ['订单状态'],
  },
  currency: 'CNY',
  notes: [
    'Price times quantity is before discounts: who bought, and what was paid, stands in the orders export.',
  ],
}
