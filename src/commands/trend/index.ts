import { define } from '../../core/command.ts'
import { choice, integer } from '../../core/options.ts'
import { purchaseOptions } from '../../core/purchaseOptions.ts'
import { count, day, money, number, optional, share, text, written } from '../../core/report.ts'

export default define({
  summary: 'Revenue, orders, customers and average order over time, taken apart and forecast',
  about: [
    'Periods are days, weeks (Monday to Sunday, ISO 8601) or months; without --by months where the data are of a year or more, weeks from 56 days on, else days. A period without an order counts as 0, and has no average order. An order counts on the first day of its lines, money on the day of its line, so that what is paid back is taken off the period in which it was. A customer counts once in each period; lines without a customer count as revenue and orders.',
    'A last period that the data do not reach the end of is marked, and so is a first one in whose first tenth or more nothing was bought, for longer than ever after. Neither has a change, and trend, season and forecast leave them out.',
    'Year on year compares with the same month of the year before; weeks and days with 52 weeks before, so that weekdays are alike.',
    'Trend and season are of --metric, by STL (Cleveland et al. 1990), robust against single odd periods, on logarithms where all values are above zero. Season is what the year makes of the trend: 1.2 is a fifth above it; with zeros it is what the year adds. Days have what their weekday makes of it beside that, from two weeks on, and a season from two years on. The season of weeks and months takes two years, and changes over time from seven on. With less there is a trend alone.',
    'Forecasts: seasonal naive (as a season before), where the data are too short for the airline model seasonal growth (the same, with the mean growth over a season), exponential smoothing, the last value, a straight line, the airline model of Box and Jenkins, MSTL (STL and exponential smoothing) and Prophet, as far as the data are long enough. Each is held to what came after at up to 24 points in the past, the same for all: MASE is the mean error in units of that of the seasonal naive forecast within its past, sMAPE the mean of 2 |a - f| / (|a| + |f|), coverage the share of values within the 95 % interval. Used is the first in this order within one standard error of the best, and never one with a higher MASE than the seasonal naive forecast.',
    'Where less than 95 % were covered, intervals are widened until they are (split conformal prediction; the table says how much). With zeros, methods are tried on log(1 + y) and on plain values. Forecasts by logarithms are medians, not means.',
  ],
  needs: ['date', 'amount'],
  uses: ['customer', 'order', 'refund', 'status', 'currency'],
  options: {
    by: choice('length of a period (default: by the span of the data)', undefined, ['day', 'week', 'month']),
    metric: choice('what is taken apart, compared and forecast; aov is the average order', 'revenue', [
      'revenue',
      'orders',
      'customers',
      'aov',
    ]),
    forecast: integer('periods to forecast', undefined, { min: 1, max: 1000 }),
    asOf: purchaseOptions.asOf,
    refunds: purchaseOptions.refunds,
  },
  gives: {
    periods: {
      period: day('Period from', '期间起始'),
      revenue: money('Revenue', '销售额'),
      orders: count('Orders', '订单数'),
      customers: optional(count('Customers', '客户数')),
      average_order: money('Average order', '客单价'),
      change: share('Change', '环比'),
      year_on_year: share('Year on year', '同比'),
      trend: number('Trend', '趋势'),
      season: number('Season', '季节'),
      weekday: optional(number('Weekday', '星期')),
      unfinished: text('Unfinished', '未完整'),
    },
    forecast: {
      period: day('Period from', '期间起始'),
      value: number('Forecast', '预测值'),
      low: number('from', '预测下限'),
      high: number('to', '预测上限'),
      method: text('Method', '方法'),
    },
    methods: {
      method: text('Method', '方法'),
      scale: text('Scale', '尺度'),
      origins: count('Origins', '回测起点数'),
      mase: number('MASE', 'MASE'),
      smape: share('sMAPE', '对称误差'),
      coverage: share('Coverage', '区间覆盖率'),
      widened: number('Widened', '区间放宽倍数'),
      chosen: text('Chosen', '选用'),
    },
    weekdays: {
      weekday: written('en', text('Weekday', '星期（英文）')),
      weekday_zh: written('zh', text('Weekday (Chinese)', '星期')),
      days: count('Days', '天数'),
      mean: number('Mean of a day', '日均'),
      index: number('Index', '星期指数'),
    },
    summary: {
      metric: written('en', text('Metric', '指标（英文）')),
      metric_zh: written('zh', text('Metric (Chinese)', '指标')),
      last: number('Last whole period', '最近完整期间'),
      change: share('Change', '环比'),
      year_on_year: share('Year on year', '同比'),
      mean: number('Mean', '均值'),
      course: text('Course', '走势'),
    },
    curve: {
      period: day('Period from', '期间起始'),
      actual: number('Actual', '实际'),
      trend: optional(number('Trend', '趋势')),
      forecast: optional(number('Forecast', '预测')),
      low: optional(number('from', '预测下限')),
      high: optional(number('to', '预测上限')),
    },
    definitions: {
      definition: text('Definition', '定义'),
      value: text('Value', '取值'),
    },
  },
  titles: {
    periods: { en: 'Periods', zh: '各期间' },
    forecast: { en: 'Forecast', zh: '预测' },
    methods: { en: 'Methods, judged by what came after', zh: '预测方法对比（滚动回测）' },
    weekdays: { en: 'Weekdays', zh: '星期' },
    summary: { en: 'Summary', zh: '概览' },
    curve: { en: 'Course', zh: '走势' },
    definitions: { en: 'Definitions', zh: '定义' },
  },
  lead: ['summary'],
  pages: ['weekdays'],
  charts: {
    curve: [
      { title: { en: 'Past and trend', zh: '实际与趋势' }, across: 'period', up: ['actual', 'trend'] },
      {
        title: { en: 'Past and forecast', zh: '实际与预测' },
        across: 'period',
        up: ['actual', 'forecast'],
        band: { low: 'low', high: 'high', title: { en: '95 % interval', zh: '95% 区间' } },
      },
    ],
  },
  examples: [
    { line: 'cust trend orders.csv', shows: 'revenue and its trend, by month' },
    {
      line: 'cust trend orders.csv --forecast 6',
      shows: 'the next six months, and how well it would have worked',
    },
    {
      line: 'cust trend orders.csv --by day --forecast 14 --metric orders',
      shows: 'orders of the next fourteen days',
    },
    { line: 'cust trend orders.csv --sheet weekdays', shows: 'which weekdays are strong' },
  ],
})
