import type { System } from './system.ts'

export const youzanOrders: System = {
  name: 'youzan-orders',
  title: 'Youzan orders (有赞)',
  signature: {
    all: ['订单号', '订单实付金额', '订单创建时间', '订单状态'],
    any: [['应收订单金额', '归属店铺', '推广方式', '收货人/提货人', '收货人手机号/提货人手机号']],
  },
  roles: {
    customer: ['买家手机号', '收货人手机号/提货人手机号'],
    order: ['订单号'],
    date: ['买家付款时间', '订单创建时间'],
    amount: ['订单实付金额'],
    refund: ['订单已退款金额'],
    // The names of all articles stand in one cell, and 商品种类数 counts kinds.
    item: [],
    quantity: [],
    status: ['订单状态'],
  },
  guests: ['——', '-'],
  currency: 'CNY',
  notes: ['The amount is what was paid, less 订单已退款金额; —— stands for a missing value.'],
}
