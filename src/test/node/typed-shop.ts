// A shop's program as it is written for the npm package iamport-typings.
import Iamport, {
  CardCode,
  Currency,
  EscrowProduct,
  Language,
  NaverPayReferrer,
  NaverProduct,
  NaverProductCategoryId,
  NaverProductCategoryType,
  PaymentMethod,
  PayPalSupportedCurrency,
  Pg,
  RequestPayAdditionalParams,
  RequestPayAdditionalResponse,
  RequestPayNaverAdditionalParams,
  RequestPayNaverParams,
  RequestPayParams,
  RequestPayResponse,
  RequestPayResponseCallback
} from 'iamport-typings';

declare global {
  interface Window {
    IMP?: Iamport;
  }
}

const pg: Pg = 'html5_inicis';
const method: PaymentMethod = 'card';
const currency: Currency = 'KRW';
const dollars: PayPalSupportedCurrency = 'USD';
const language: Language = 'ko';
const card: CardCode = '366';
const book: EscrowProduct = { id: 'b', name: 'book', code: '1', unitPrice: 5000, quantity: 2 };
const more: RequestPayAdditionalParams = { digital: false, vbank_due: '20301231', app_scheme: 'shop' };

const params: RequestPayParams = {
  ...more,
  pg: `${pg}.INIpayTest`,
  pay_method: method,
  merchant_uid: `order-${Date.now()}`,
  name: '나무 의자',
  amount: 10000,
  currency,
  language,
  buyer_tel: '010-0000-0000',
  vat_amount: null,
  custom_data: { a: [1, 2] },
  notice_url: ['https://shop.example/a'],
  escrow: true,
  escrowProducts: [book],
  display: { card_quota: [2, 3] },
  card: { direct: { code: card, quota: 0 }, detail: [{ card_code: card, enabled: true }] }
};

const tea: NaverProduct = {
  categoryType: NaverProductCategoryType.FOOD,
  categoryId: NaverProductCategoryId.DELIVERY,
  uid: 'tea',
  name: '녹차',
  count: 1,
  payReferrer: NaverPayReferrer.NAVER_BOOK
};
const naver: RequestPayNaverAdditionalParams = { naverUseCfm: '20301231', naverPopupMode: false, naverProducts: [tea] };
const naverParams: RequestPayNaverParams = { ...params, pg: 'naverpay', currency: dollars, ...naver };

const onPaymentAccepted: RequestPayResponseCallback = (response: RequestPayResponse) => {
  const account: RequestPayAdditionalResponse = response;
  const uid: string | null = response.imp_uid;
  const order: string = response.merchant_uid;
  const due: number | undefined = account.vbank_date;
  const end: 'ready' | 'paid' | 'failed' | undefined = response.status;
  console.log(uid, order, due, end, response.success, response.error_msg);
};

export function onClickPayment(): void {
  const { IMP } = window;
  IMP?.init('imp00000000');
  IMP?.request_pay(params, onPaymentAccepted);
  IMP?.request_pay(naverParams);
}
