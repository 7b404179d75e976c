import type { RowRule, System } from './system.ts'

const deleted: RowRule = { column: 'IsDeleted', is: ['true', '1'], means: 'other', reason: 'deleted' }

export const salesforceContacts: System = {
  name: 'salesforce-contacts',
  title: 'Salesforce contacts',
  signature: { all: ['Id', 'AccountId', 'LastName', 'FirstName', 'MailingStreet'] },
  roles: { customer: ['Id', 'Email'], order: [], date: [], amount: [] },
  rules: [deleted],
  notes: ['Ids of 15 characters differ by case: a spreadsheet or database that ignores it merges contacts.'],
}

export const salesforceOpportunities: System = {
  name: 'salesforce-opportunities',
  title: 'Salesforce opportunities',
  // Reports write names with spaces, the interface without: both compare alike.
  signature: {
    all: ['Amount', 'Close Date'],
    any: [
      ['Opportunity Name', 'Opportunity ID', 'StageName'],
      ['Stage', 'StageName'],
    ],
  },
  roles: {
    customer: ['Account ID', 'Account Name'],
    order: ['Opportunity ID', 'Id'],
    date: ['Close Date'],
    amount: ['Amount'],
    status: ['Stage', 'StageName'],
    currency: ['CurrencyIsoCode'],
  },
  status: {
    unpaid: [
      ...['Prospecting', 'Qualification', 'Needs Analysis', 'Value Proposition', 'Id. Decision Makers'],
      ...['Perception Analysis', 'Proposal/Price Quote', 'Negotiation/Review'],
    ],
  },
  rules: [deleted],
  notes: [
    'Only Closed Won counts; the customer is the account, not the person.',
    'A report ends with a row of totals and its own description: they are no opportunities.',
  ],
}
