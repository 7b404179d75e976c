import type { System } from './system.ts'

export const jdOrders: System = {
  name: 'jd-orders',
  title: 'JD orders (京东)',
  signature: {
    all: ['订单号', '下单时间', '订购数量'],
    any: [
      ['下单帐号', '下单账号'],
      ['京东价', '结算金额', '余额支付'],
    ],
  },
  roles: {
    customer: ['下单帐号', '下单账号'],
    order: ['订单号'],
    date: ['付款确认时间', '下单时间'],
    amount: ['订单金额'],
    price: ['京东价'],
    quantity: ['订购数量'],
    item: ['商品ID', '商品名称'],
    status: ['订单状态'],
  },
  amounts: 'repeated',
  status: { paid: ['等待出库', '等待确认收货'] },
  rules: [
    { column: '订单状态', is: { pattern: '^ *[(（]删除[)）]' }, means: 'cancelled', reason: 'deleted' },
  ],
  currency: 'CNY',
  notes: ['订单金额 is that of the whole order, repeated on each of its lines; it counts once.'],
}
