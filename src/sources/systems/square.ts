import type { System } from './system.ts'

export const squareTransactions: System = {
  name: 'square-transactions',
  title: 'Square transactions',
  signature: {
    all: ['Date', 'Time', 'Gross Sales', 'Net Sales', 'Total Collected', 'Transaction ID', 'Event Type'],
    none: ['Qty'],
  },
  roles: {
    customer: ['Customer ID'],
    order: ['Transaction ID'],
    date: ['Date'],
    amount: ['Net Sales'],
    refund: ['Partial Refunds'],
    status: ['Event Type'],
  },
  // The amount of a refund is negative, so it is a refund line whatever its word.
  status: { paid: ['Payment'], refunded: ['Refund'] },
  notes: [
    'Net Sales leaves out tax, tips and gift cards sold.',
    'Most sales at a till name no customer: they are left out of what counts customers.',
  ],
}

export const squareItems: System = {
  name: 'square-items',
  title: 'Square items',
  signature: { all: ['Date', 'Item', 'Qty', 'Price Point Name', 'Net Sales', 'Transaction ID'] },
  roles: {
    customer: ['Customer ID'],
    order: ['Transaction ID'],
    date: ['Date'],
    amount: ['Net Sales'],
    quantity: ['Qty'],
    item: ['Item', 'SKU'],
    status: ['Event Type'],
  },
  status: { paid: ['Payment'], refunded: ['Refund'] },
  notes: ['Net Sales of a row is that of the line, without tax and tips.'],
}
