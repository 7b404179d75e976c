import type { System } from './system.ts'

export const pinduoduoOrders: System = {
  name: 'pinduoduo-orders',
  title: 'Pinduoduo orders (拼多多)',
  signature: {
    all: ['订单号', '订单状态', '商家实收金额(元)', '商品数量(件)'],
    any: [['售后状态', '多多支付立减金额(元)', '用户实付金额(元)', '商品规格']],
  },
  roles: {
    customer: [],
    order: ['订单号'],
    date: ['订单成交时间', '支付时间', '拼单成功时间'],
    amount: ['商家实收金额(元)'],
    price: [],
    quantity: ['商品数量(件)'],
    item: ['商品id', '商品'],
    status: ['订单状态'],
  },
  status: { refunded: ['未发货，退款成功', '已发货，退款成功', '已收货，退款成功'] },
  rules: [{ column: '售后状态', is: ['退款成功'], means: 'refunded' }],
  currency: 'CNY',
  notes: [
    'The export names no buyer. Orders with 售后状态 退款成功 do not count; 售后处理中 is still open and counts.',
    'The deal time may be empty; the order number begins with its date.',
  ],
}
