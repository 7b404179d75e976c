import type { System } from './system.ts'

export const douyinOrders: System = {
  name: 'douyin-orders',
  title: 'Douyin orders (抖音)',
  signature: {
    all: ['主订单编号', '子订单编号', '选购商品'],
    any: [['订单应付金额', '订单提交时间', '达人实际承担优惠金额']],
  },
  roles: {
    customer: ['收件人手机号'],
    order: ['主订单编号'],
    date: ['支付完成时间', '订单提交时间'],
    amount: ['订单应付金额'],
    quantity: ['商品数量'],
    item: ['选购商品', '商家编码'],
    status: ['订单状态'],
  },
  rules: [{ column: '售后状态', is: { pattern: '退款成功' }, means: 'refunded' }],
  currency: 'CNY',
  notes: [
    'Buyers are hidden (##密文), so customers cannot be told apart.',
    'One row is one 子订单; orders that were combined stand in one cell as M1;M2.',
  ],
}
