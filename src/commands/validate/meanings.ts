/** What columns are taken for, in Chinese. */
import type { Role } from '../../core/roles.ts'
import type { Meaning } from '../../fields/contact.ts'
import type { Kind } from '../../fields/kind.ts'

/** In the place of a column: all of them together. */
export const ALL_COLUMNS = 'all columns'

const chinese: Readonly<Record<Role | Meaning | Kind | typeof ALL_COLUMNS, string>> = {
  [ALL_COLUMNS]: '全部列',
  // Roles of an order.
  customer: '客户',
  order: '订单',
  date: '日期',
  amount: '金额',
  refund: '退款',
  price: '单价',
  quantity: '数量',
  item: '商品',
  status: '状态',
  currency: '币种',
  cost: '成本',
  margin: '毛利',
  reduction: '优惠',
  // What is said of persons and companies.
  email: '邮箱',
  phone: '电话',
  birth: '出生日期',
  updated: '更新日期',
  given: '名',
  surname: '姓',
  name: '姓名',
  company: '公司',
  address: '地址',
  city: '城市',
  district: '区县',
  region: '省份',
  country: '国家',
  postcode: '邮编',
  resident: '身份证号',
  'company number': '统一社会信用代码',
  identity: '证件号',
  sex: '性别',
  age: '年龄',
  id: '编号',
  source: '来源',
  url: '网址',
  note: '备注',
  // How values are written.
  empty: '空',
  boolean: '是否',
  integer: '整数',
  decimal: '小数',
  money: '金额',
  percent: '百分比',
  datetime: '日期时间',
  text: '文本',
}

/** The same in Chinese; as it is where nobody knows it. */
export const inChinese = (meaning: string): string =>
  (chinese as Readonly<Record<string, string | undefined>>)[meaning] ?? meaning
