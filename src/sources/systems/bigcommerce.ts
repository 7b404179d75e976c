import type { System } from './system.ts'

export const bigcommerceOrders: System = {
  name: 'bigcommerce-orders',
  title: 'BigCommerce orders',
  signature: {
    all: ['Order ID', 'Order Status'],
    any: [
      ['Order Total (inc tax)', 'Order Total (ex tax)'],
      ['Customer ID', 'Customer Email', 'Order Date'],
    ],
  },
  roles: {
    customer: ['Customer Email', 'Customer ID'],
    order: ['Order ID'],
    date: ['Order Date'],
    amount: ['Order Total (inc tax)', 'Order Total (ex tax)'],
    quantity: ['Total Quantity'],
    status: ['Order Status'],
    currency: ['Order Currency Code'],
  },
  status: {
    paid: ['Awaiting Fulfillment', 'Awaiting Shipment', 'Awaiting Pickup'],
    unpaid: ['Incomplete'],
  },
  guests: ['0'],
  notes: ['The export does not say how much was paid back: a partially refunded order counts in full.'],
}
