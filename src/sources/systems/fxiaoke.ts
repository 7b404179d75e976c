import type { System } from './system.ts'

export const fxiaokeOrders: System = {
  name: 'fxiaoke-orders',
  title: 'Fxiaoke sales orders (纷享销客)',
  signature: { all: ['销售订单编号', '客户名称'], any: [['销售订单金额(元)', '销售订单金额']] },
  roles: {
    customer: ['客户名称'],
    order: ['销售订单编号'],
    date: ['下单日期', '创建时间'],
    amount: ['销售订单金额(元)', '销售订单金额'],
    status: ['生命状态'],
  },
  status: { paid: ['正常', '变更中'], unpaid: ['未生效', '审核中'] },
  currency: 'CNY',
  notes: ['The amount is what was ordered: payments, returns and refunds are objects of their own.'],
}
