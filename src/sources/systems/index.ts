/** The export systems that are known, and how a file or a user names one. */
import { CustError } from '../../core/errors.ts'
import { headerKey } from '../headers.ts'
import { amazonAllOrders, amazonUnshipped } from './amazon.ts'
import { bigcommerceOrders } from './bigcommerce.ts'
import { douyinOrders } from './douyin.ts'
import { ebayOrders } from './ebay.ts'
import { etsyItems } from './etsy.ts'
import { fxiaokeOrders } from './fxiaoke.ts'
import { ga4Events } from './ga4.ts'
import { hubspotContacts, hubspotDeals } from './hubspot.ts'
import { jdOrders } from './jd.ts'
import { magentoOrders } from './magento.ts'
import { olistCustomers, olistItems, olistOrders, olistPayments } from './olist.ts'
import { paypalActivity, paypalActivityFrench, paypalActivityGerman } from './paypal.ts'
import { pinduoduoOrders } from './pinduoduo.ts'
import { pipedriveDeals } from './pipedrive.ts'
import { salesforceContacts, salesforceOpportunities } from './salesforce.ts'
import { shopifyCustomers, shopifyOrders } from './shopify.ts'
import { squareItems, squareTransactions } from './square.ts'
import { stripePayments } from './stripe.ts'
import type { System } from './system.ts'
import { taobaoItems, taobaoOrders } from './taobao.ts'
import { uciOnlineRetail } from './uci.ts'
import { woocommerceAnalytics, woocommerceExport } from './woocommerce.ts'
import { youzanOrders } from './youzan.ts'
import { zohoDeals } from './zoho.ts'

export type { RowRule, System } from './system.ts'

/** The most specific first: where two fit a file, the earlier one is meant. */
export const systems: readonly System[] = [
  ...[shopifyOrders, woocommerceAnalytics, woocommerceExport, magentoOrders, bigcommerceOrders],
  ...[stripePayments, squareItems, squareTransactions],
  ...[paypalActivityGerman, paypalActivityFrench, paypalActivity],
  ...[amazonAllOrders, amazonUnshipped, ebayOrders, etsyItems],
  ...[olistItems, olistPayments, olistOrders, olistCustomers, uciOnlineRetail],
  ...[taobaoItems, taobaoOrders, jdOrders, pinduoduoOrders, youzanOrders, douyinOrders, fxiaokeOrders],
  ...[pipedriveDeals, zohoDeals, hubspotDeals, salesforceOpportunities, ga4Events],
  ...[salesforceContacts, hubspotContacts, shopifyCustomers],
]

/** The system whose headers these are; undefined for any other table. */
export function recogniseSystem(headers: readonly string[]): System | undefined {
  const keys = new Set(headers.map(headerKey))
  return systems.find((system) => bears(system, keys))
}

function bears({ signature }: System, keys: ReadonlySet<string>): boolean {
  const has = (header: string) => keys.has(headerKey(header))
  const { all, any = [], none = [] } = signature
  return all.every(has) && any.every((choices) => choices.some(has)) && !none.some(has)
}

/** The system of a name, or of its title. Throws CustError('usage'). */
export function systemNamed(name: string): System {
  const key = headerKey(name)
  const found = systems.find((system) => [system.name, system.title].some((one) => headerKey(one) === key))
  if (found) return found
  const near = systems.filter((system) => key.length > 1 && headerKey(system.name).startsWith(key))
  const offered = (near.length > 0 ? near : systems).map((system) => system.name)
  throw new CustError('usage', `there is no export system "${name}"`, `known are: ${offered.join(', ')}`)
}
