import type { System } from './system.ts'

export const etsyItems: System = {
  name: 'etsy-items',
  title: 'Etsy sold items',
  signature: { all: ['Sale Date', 'Item Name', 'Buyer', 'Item Total', 'Listing ID', 'Order ID'] },
  roles: {
    customer: ['Buyer'],
    order: ['Order ID'],
    date: ['Date Paid', 'Sale Date'],
    amount: ['Item Total'],
    price: ['Price'],
    quantity: ['Quantity'],
    item: ['Listing ID', 'SKU', 'Item Name'],
    currency: ['Currency'],
  },
  dateOrder: 'mdy',
  notes: [
    'The amount is that of the line: Order Shipping and Order Sales Tax are of the whole order, repeated on each of its lines, and not counted.',
    'The export tells neither refunds nor cancelled orders.',
  ],
}
