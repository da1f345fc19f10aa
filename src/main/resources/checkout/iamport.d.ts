/*
 * The types of Naru's browser SDK (/v1/iamport.js).
 * Its names are those that TypeScript programs for i'mport know: save it as a file and map the module to it.
 */

/** V1's PGs, which the hub writes here; others are texts, too. */
export type PgProvider = string;

export type Pg = PgProvider;

export type PaymentMethod =
  | 'alipay' | 'alipay_plus' | 'amazonpay' | 'applepay' | 'aupay' | 'booknlife' | 'card' | 'culturegift' | 'cultureland' | 'cvs'
  | 'dbarai' | 'econtext' | 'happymoney' | 'kakaopay' | 'kpay' | 'lpay' | 'merpay' | 'molpay' | 'moneytree' | 'naverpay'
  | 'naverpay_bridge' | 'naverpay_card' | 'naverpay_point' | 'payco' | 'paypal' | 'paypay' | 'paysbuy' | 'phone' | 'pinpay'
  | 'point' | 'rakutenpay' | 'samsung' | 'samsungpay' | 'skpay' | 'smartculture' | 'ssgpay' | 'ssgpay_bank' | 'tenpay'
  | 'toss_brandpay' | 'tosspay' | 'tosspay_card' | 'tosspay_money' | 'trans' | 'unionpay' | 'vbank' | 'wechat';

export type PayPalSupportedCurrency =
  | 'AUD' | 'BRL' | 'CAD' | 'CNY' | 'CZK' | 'DKK' | 'EUR' | 'GBP' | 'HKD' | 'HUF' | 'ILS' | 'JPY' | 'MXN' | 'MYR' | 'NOK' | 'NZD'
  | 'PHP' | 'PLN' | 'RUB' | 'SEK' | 'SGD' | 'CHF' | 'THB' | 'TWD' | 'USD';

export type Currency = 'KRW' | 'USD' | 'EUR' | 'JPY' | PayPalSupportedCurrency;

export type Language = 'ko' | 'en' | 'zh' | 'jp';

/** Three characters: a code of the Korean financial clearing house, or a brand from abroad. */
export type CardCode =
  | '002' | '045' | '048' | '050' | '071' | '089' | '090' | '092' | '361' | '364' | '365' | '366' | '367' | '368' | '369' | '370'
  | '371' | '372' | '373' | '374' | '381' | 'VIS' | 'MAS' | 'DIN' | 'AMX' | 'JCB' | 'UNI';

export type Carrier = 'SKT' | 'KTF' | 'LGT' | 'CJH' | 'KCT' | 'SKL' | '*';

export interface EscrowProduct {
  id: string;
  name: string;
  code: string;
  unitPrice: number;
  quantity: number;
  tag?: string;
}

export interface BasketProduct {
  orderNumber: string;
  name: string;
  quantity: number;
  amount: number;
}

export declare const enum NaverProductCategoryType {
  BOOK = 'BOOK', MUSIC = 'MUSIC', MOVIE = 'MOVIE', PRODUCT = 'PRODUCT', PLAY = 'PLAY', TRAVEL = 'TRAVEL', INSURANCE = 'INSURANCE',
  FLIGHT = 'FLIGHT', FOOD = 'FOOD', ETC = 'ETC'
}

export declare const enum NaverProductCategoryId {
  GENERAL = 'GENERAL', USED = 'USED', TICKET = 'TICKET', EBOOK = 'EBOOK', CD = 'CD', LP = 'LP', DVD = 'DVD', BLUERAY = 'BLUERAY',
  VOD = 'VOD', CASHABLE = 'CASHABLE', CLAIM = 'CLAIM', DIGITAL_CONTENT = 'DIGITAL_CONTENT', SUPPORT = 'SUPPORT',
  DOMESTIC = 'DOMESTIC', OVERSEA = 'OVERSEA', CAR = 'CAR', DRIVER = 'DRIVER', HEALTH = 'HEALTH', CHILD = 'CHILD',
  TRAVELER = 'TRAVELER', GOLF = 'GOLF', ANNUITY = 'ANNUITY', ANNUITY_SAVING = 'ANNUITY_SAVING', SAVING = 'SAVING',
  VARIABLE_ANNUITY = 'VARIABLE_ANNUITY', CANCER = 'CANCER', DENTIST = 'DENTIST', ACCIDENT = 'ACCIDENT', SEVERANCE = 'SEVERANCE',
  PHONE = 'PHONE', PET = 'PET', DELIVERY = 'DELIVERY', ETC = 'ETC'
}

export declare const enum NaverPayReferrer {
  NAVER_BOOK = 'NAVER_BOOK', NAVER_MUSIC = 'NAVER_MUSIC', NAVER_SHOPPING = 'NAVER_SHOPPING', NAVER_MAP = 'NAVER_MAP',
  NAVER_PLACE = 'NAVER_PLACE', SEARCH_AD = 'SEARCH_AD', NAVER_SEARCH = 'NAVER_SEARCH', BRAND_SEARCH = 'BRAND_SEARCH',
  PARTNER_DIRECT = 'PARTNER_DIRECT', ETC = 'ETC'
}

/** One of the products of `naverpay`. */
export interface NaverProduct {
  categoryType: NaverProductCategoryType | `${NaverProductCategoryType}`;
  categoryId: NaverProductCategoryId | `${NaverProductCategoryId}`;
  uid: string;
  name: string;
  count: number;
  payReferrer?: NaverPayReferrer | `${NaverPayReferrer}`;
  startDate?: string;
  endDate?: string;
  sellerId?: string;
}

/** One of the products of `naverco`. */
export interface NaverOrderProduct {
  id: string;
  name: string;
  basePrice: number;
  infoUrl: string;
  imageUrl: string;
  shipping: {
    groupId?: string;
    method?: 'DELIVERY' | 'QUICK_SVC' | 'DIRECT_DELIVERY' | 'VISIT_RECEIPT' | 'NOTHING';
    baseFee: number;
    feePayType: 'PREPAYED' | 'CASH_ON_DELIVERY';
    feeRule?: { [rule: string]: unknown };
  };
  quantity?: number;
  merchantProductId?: string;
  ecMallProductId?: string;
  taxType?: 'TAX' | 'TAX_FREE';
  giftName?: string;
  options?: {
    optionQuantity: number;
    optionPrice: number;
    selectionCode?: string;
    selections?: { code: string; label: string; value: string }[];
  }[];
  supplements?: { id: string; name: string; price: number; quantity: number }[];
}

export interface RequestPayNaverAdditionalParams {
  /** `YYYYMMDD`, not in the past. */
  naverUseCfm?: string;
  naverPopupMode?: boolean;
  naverProducts?: (NaverProduct | NaverOrderProduct)[];
  naverPurchaserName?: string;
  /** `YYYYMMDD` */
  naverPurchaserBirthday?: string;
  naverMerchantUserKey?: string;
  naverCultureBenefit?: boolean;
  naverChainId?: string;
  naverActionType?: string;
  naverProductCode?: string;
  naverProductCount?: number;
  naverInterface?: { cpaInflowCode?: string; naverInflowCode?: string; saClickId?: string };
}

export interface RequestPayAdditionalParams {
  digital?: boolean;
  /** `YYYY-MM-DD`, `YYYYMMDD`, `YYYY-MM-DD HH:mm:ss` or `YYYYMMDDHHmmss` */
  vbank_due?: string;
  m_redirect_url?: string;
  /** `scheme`, or `scheme://path?query` */
  app_scheme?: string;
  /** ten digits */
  biz_num?: string;
}

export interface RequestPayParams extends RequestPayAdditionalParams, RequestPayNaverAdditionalParams {
  channelKey?: string;
  /** A PG, or one of several contracts with it: `pg.MID`. */
  pg?: Pg | `${Pg}.${string}` | (string & {});
  channelGroupId?: string;
  pay_method?: PaymentMethod;
  /** at most 40 characters */
  merchant_uid: string;
  /** at most 40 characters */
  name?: string;
  /** in major units: won, dollars */
  amount: number;
  currency?: Currency;
  tax_free?: number;
  vat_amount?: number | null;
  /** @deprecated vat_amount */
  vat?: number;
  language?: Language;
  buyer_name?: string;
  buyer_tel?: string;
  buyer_email?: string;
  buyer_addr?: string;
  buyer_postcode?: string;
  buyer_first_name?: string;
  buyer_last_name?: string;
  buyer_first_name_kana?: string;
  buyer_last_name_kana?: string;
  /** at most 80 characters; a billing key is issued */
  customer_uid?: string;
  customer_id?: string;
  /** whatever JSON can hold; comes back as JSON text */
  custom_data?: any;
  notice_url?: string | string[];
  confirm_url?: string;
  popup?: boolean;
  escrow?: boolean;
  escrowProducts?: EscrowProduct[];
  products?: EscrowProduct[];
  kcpProducts?: BasketProduct[];
  kiccProducts?: BasketProduct[];
  period?: { from?: string; to?: string; interval?: string; text?: string };
  company?: string;
  company_en?: string;
  useFreeInterestFromMall?: boolean;
  useCardPoint?: boolean;
  appCard?: boolean;
  auth_mode?: 'key-in';
  promotion_id?: string;
  isPromotion?: boolean;
  display?: { card_quota?: number[]; only_installment?: boolean };
  card?: {
    interest_free?: number;
    useInstallment?: boolean;
    direct?: { code: CardCode; quota?: number; usePoint?: boolean | 'Y' };
    detail?: { card_code: CardCode | '*'; enabled?: boolean; max_month?: number }[];
  };
  phone?: { carrier?: Carrier; detail?: { carrier: Carrier; enabled: boolean }[] };
  prefill?: { phoneNumber?: string };
  storeDetails?: { [detail: string]: unknown };
  /** What goes to the PG as it is, by pg_provider. */
  bypass?: { [pg: string]: unknown };
  country?: string;
  cvs?: { payment_deadline?: { valid_hours?: number; due_date?: string } };
  order_description?: string;
  alipay_plus?: { wallet?: string };
  niceMobileV2?: boolean;
  kakaopayMobileAsPC?: boolean;
  kakaoOpenApp?: boolean;
  use_test_method?: boolean;
}

export type RequestPayNaverParams = RequestPayParams & RequestPayNaverAdditionalParams;

export interface RequestPayAdditionalResponse {
  apply_num?: string;
  vbank_num?: string;
  vbank_name?: string;
  vbank_holder?: string | null;
  /** UNIX seconds */
  vbank_date?: number;
}

/** Proves nothing: the shop's server asks for the payment. PGs of newer modules deliver the first four fields alone. */
export interface RequestPayResponse extends RequestPayAdditionalResponse {
  /** null if nothing was made */
  imp_uid: string | null;
  merchant_uid: string;
  error_code?: string;
  error_msg?: string;
  success?: boolean;
  imp_success?: boolean;
  status?: 'ready' | 'paid' | 'failed';
  pay_method?: PaymentMethod;
  paid_amount?: number;
  currency?: Currency;
  name?: string;
  pg_provider?: Pg;
  emb_pg_provider?: string | null;
  pg_type?: 'payment';
  pg_tid?: string;
  buyer_name?: string;
  buyer_email?: string;
  buyer_tel?: string;
  buyer_addr?: string;
  buyer_postcode?: string;
  custom_data?: string | null;
  customer_uid?: string;
  /** UNIX seconds, 0 if nothing was paid */
  paid_at?: number;
  receipt_url?: string | null;
  card_name?: string | null;
  card_number?: string | null;
  card_quota?: number;
  bank_name?: string;
}

export type RequestPayResponseCallback = (response: RequestPayResponse) => void;

export interface CertificationParams {
  channelKey?: string;
  pg?: Pg | `${Pg}.${string}` | (string & {});
  /** at most 40 characters */
  merchant_uid: string;
  min_age?: number;
  name?: string;
  phone?: string;
  carrier?: 'SKT' | 'KTF' | 'LGT' | 'MVNO';
  company?: string;
  m_redirect_url?: string;
  /** on mobiles; desktops always show a popup */
  popup?: boolean;
  bypass?: { [pg: string]: unknown };
}

/** Says nothing about the person: the shop's server asks for the certification. */
export interface CertificationResponse {
  success?: boolean;
  imp_uid: string | null;
  merchant_uid: string;
  error_code?: string;
  error_msg?: string;
}

/** A product of the shop, for a wish list. */
export interface NaverZzimProduct {
  /** at most 100 characters */
  id: string;
  /** at most 200 characters */
  name: string;
  desc?: string;
  /** won, a whole number */
  uprice: number;
  url: string;
  thumb?: string;
  image?: string;
}

export interface NaverZzimParams {
  channelKey?: string;
  pg?: Pg | `${Pg}.${string}` | (string & {});
  /** 1 to 100 */
  naverProducts: NaverZzimProduct[];
  language?: Language;
}

/** Says that the window is open, not what somebody did in it. */
export interface NaverZzimResponse {
  success: boolean;
  error_code?: string;
  error_msg?: string;
}

/** The buttons of PGs, which the hub writes here. */
export type UiType = string;

/** Shared by rejections of `loadModule`. */
export interface ModuleError extends Error {
  code: string;
}

export interface BrandpayModule {
  setupPassword(): Promise<unknown>;
  getPaymentMethods(): Promise<unknown>;
  openSettings(): Promise<unknown>;
}

export default interface Iamport {
  /** @param userCode `imp` and eight digits */
  init: (userCode: string) => void;
  /** @param tierCode three characters: the sub-shop */
  agency: (userCode: string, tierCode: string) => void;
  request_pay: (params: RequestPayParams, callback?: RequestPayResponseCallback) => void;
  certification: (params: CertificationParams, callback?: (response: CertificationResponse) => void) => void;
  loadUI: (uiType: UiType, params: RequestPayParams, callback?: RequestPayResponseCallback) => void;
  updateLoadUIRequest: (uiType: UiType, params: RequestPayParams) => void;
  loadModule: (
    moduleType: 'toss-brandpay',
    shop: { userCode: string; tierCode?: string },
    options: { customerKey: string; loadBrandpayOptions?: { [option: string]: unknown } }
  ) => Promise<BrandpayModule>;
  naver_zzim: (params: NaverZzimParams, callback?: (response: NaverZzimResponse) => void) => void;
  communicate: (message: { result: 'process' | 'cancel' }) => void;
  close: () => void;
}

declare global {
  interface Window {
    IMP?: Iamport;
  }
}
