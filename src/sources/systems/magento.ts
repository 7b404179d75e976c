import type { System } from './system.ts'

export const magentoOrders: System = {
  name: 'magento-orders',
  title: 'Magento 2 orders grid',
  signature: {
    all: ['ID', 'Purchase Date', 'Bill-to Name'],
    any: [['Grand Total (Base)', 'Grand Total (Purchased)']],
  },
  roles: {
    customer: ['Customer Email'],
    order: ['ID'],
    date: ['Purchase Date'],
    amount: ['Grand Total (Base)', 'Grand Total (Purchased)'],
    refund: ['Total Refunded'],
    status: ['Status'],
  },
  // An order is closed once all of it was paid back.
  status: { refunded: ['Closed'] },
  notes: [
    'Grand Total (Base) is in the currency of the shop; Total Refunded may be in that of the order.',
    'Headers follow the language of the admin: only English ones are recognised.',
  ],
}
