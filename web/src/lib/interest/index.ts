export { parseDate, type CalendarDate } from './dates';
export { formatMoney, parseMoney, parseRate, type Cents } from './money';
export {
  floridaRules,
  periodsCounted,
  quoteRedemption,
  simpleInterest,
  yearlyReturn,
  type Accrual,
  type RedemptionQuote,
  type RedemptionRules,
} from './redemption';
