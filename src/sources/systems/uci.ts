import type { System } from './system.ts'

/** Postage, bank charges and the like. Discounts (D) and manual lines (M) change what a customer paid. */
const noProduct = ['DOT', 'POST', 'C2', 'B', 'BANK CHARGES', 'AMAZONFEE', 'CRUK']

export const uciOnlineRetail: System = {
  name: 'uci-online-retail',
  title: 'UCI Online Retail',
  signature: {
    all: ['StockCode', 'Description', 'Quantity', 'InvoiceDate', 'Country'],
    // The second edition has shorter names.
    any: [
      ['InvoiceNo', 'Invoice'],
      ['UnitPrice', 'Price'],
    ],
  },
  roles: {
    customer: ['CustomerID'],
    order: ['InvoiceNo', 'Invoice'],
    date: ['InvoiceDate'],
    amount: [],
    price: ['UnitPrice', 'Price'],
    quantity: ['Quantity'],
    item: ['StockCode', 'Description'],
  },
  rules: [
    { column: 'InvoiceNo', is: { pattern: '^ *[Aa]' }, means: 'other', reason: 'adjustment' },
    { column: 'Invoice', is: { pattern: '^ *[Aa]' }, means: 'other', reason: 'adjustment' },
    { column: 'StockCode', is: noProduct, means: 'other', reason: 'no product' },
  ],
  dateOrder: 'mdy',
  currency: 'GBP',
  notes: [
    'Invoices that begin with C are returns with a negative quantity; those with A are adjustments of the books.',
    'A quarter of the rows name no customer.',
  ],
}
