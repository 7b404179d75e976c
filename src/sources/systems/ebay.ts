import type { System } from './system.ts'

export const ebayOrders: System = {
  name: 'ebay-orders',
  title: 'eBay Seller Hub orders',
  signature: {
    all: ['Sales Record Number', 'Order Number', 'Buyer Username'],
    any: [
      ['Sold For', 'Total Price'],
      ['Sale Date', 'Paid On Date'],
    ],
  },
  roles: {
    customer: ['Buyer Username'],
    order: ['Order Number', 'Sales Record Number'],
    date: ['Paid On Date', 'Sale Date'],
    amount: ['Total Price'],
    // Of one unit or of the line: the report does not say.
    price: [],
    quantity: ['Quantity'],
    item: ['Item Number', 'Custom Label', 'Item Title'],
  },
  amounts: 'first',
  fillDown: ['customer', 'date'],
  dateOrder: 'mdy',
  notes: [
    'An order of several items begins with a row that sums it up, without an item; its Total Price counts, that of the item rows does not.',
    'The report tells neither refunds nor a status; an order that was never paid has no Paid On Date.',
  ],
}
