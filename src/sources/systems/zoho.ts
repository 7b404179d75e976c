import type { System } from './system.ts'

export const zohoDeals: System = {
  name: 'zoho-deals',
  title: 'Zoho CRM deals',
  signature: {
    all: ['Deal Name', 'Closing Date', 'Stage'],
    any: [['Record Id', 'Deal Owner', 'Deal Owner.id']],
  },
  roles: {
    customer: ['Account Name.id', 'Account Name'],
    order: ['Record Id'],
    date: ['Closing Date'],
    amount: ['Amount'],
    status: ['Stage'],
    currency: ['Currency'],
  },
  status: {
    cancelled: ['Closed Lost to Competition'],
    unpaid: [
      ...['Qualification', 'Needs Analysis', 'Value Proposition', 'Identify Decision Makers'],
      ...['Proposal/Price Quote', 'Negotiation/Review'],
    ],
  },
  notes: ['Only Closed Won counts, on its Closing Date; the customer is the account.'],
}
