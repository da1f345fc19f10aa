'use strict';

// The client that i'mport published last, `iamport-rest-client-nodejs`: it takes the hub as its
// `baseUrl`. Its answers hold Dates where V1 has seconds; they travel as text here.
const { Iamport, Request } = require('iamport-rest-client-nodejs');
const { run, call, card, certified, deposit, payInWindow } = require('./steps');

const [hub, order, good, refused, simulator, escrowed] = process.argv.slice(2);
const PUBLIC_SECRET =
  'ekKoeW8RyKuT0zgaZsUtXXTLQ4AhPFW3ZGseDA6bkA5lamv9OqDMnxyeB9wqOsuO9W3Mx9YSJ4dTqJ3f';
const iamport = new Iamport({ apiKey: 'imp_apikey', apiSecret: PUBLIC_SECRET, baseUrl: hub });
const stranger = new Iamport({ apiKey: 'nobody', apiSecret: 'nothing', baseUrl: hub });
const customer = `customer-${order}`;
const pg = 'tosspayments';
const now = Math.floor(Date.now() / 1000);
const {
  Authenticate, Banks, Cards, Certifications, Customers, Escrows, External, Kakao, NaverCo, NaverPay, Payco,
  Payments, Prepare, Receipts, Subscribe, Vbanks,
} = Request;

const ask = async (request, by = iamport) => (await request.request(by)).data;

const pay = (suffix, number) =>
  ask(
    Subscribe.onetime({
      merchant_uid: order + suffix,
      amount: 10000,
      name: '나무 의자',
      buyer_name: '김나루',
      pg,
      ...card(number),
    }),
  );

const plan = (suffix, at) => ({
  merchant_uid: order + suffix, schedule_at: at, amount: 8900, name: '월 구독',
});

const account = (suffix, more) =>
  ask(
    Vbanks.post({
      merchant_uid: order + suffix,
      amount: 50000,
      vbank_code: '088',
      vbank_due: now + 86400,
      vbank_holder: '나루상점',
      name: '나무 의자',
      buyer_name: '김나루',
      buyer_email: 'buyer@example.com',
      buyer_tel: '010-0000-0000',
      notice_url: [],
      pg,
      ...more,
    }),
  );

const delivery = (invoice) => ({
  imp_uid: escrowed,
  sender: { name: '나루상점', tel: '0212345678', addr: '서울', postcode: '04524' },
  receiver: { name: '임꺽정', tel: '01000000000', addr: '부산', postcode: '48058' },
  logis: { company: 'CJGLS', invoice, sent_at: now },
});

const inWindow = (provider, more) =>
  payInWindow(
    hub,
    {
      pg: provider,
      pay_method: 'card',
      merchant_uid: `${order}-${provider}`,
      name: '녹차',
      amount: 11000,
      buyer_name: '김나루',
      buyer_tel: '010-0000-0000',
      naverProducts: [{ categoryType: 'FOOD', categoryId: 'DELIVERY', uid: 'tea', name: '녹차', count: 1 }],
      ...more,
    },
    good,
  );

/** Two choices of tea and a cup, each a product order. */
const basket = {
  amount: 12000,
  naverProducts: [
    {
      id: 'tea',
      name: '녹차',
      basePrice: 3000,
      infoUrl: 'https://shop.example/tea',
      imageUrl: 'https://shop.example/tea.png',
      shipping: { baseFee: 2500, feePayType: 'PREPAYED' },
      options: [
        { optionQuantity: 1, optionPrice: 0, selectionCode: 'leaf' },
        { optionQuantity: 2, optionPrice: -1000, selectionCode: 'bag' },
      ],
      supplements: [{ id: 'cup', name: '찻잔', price: 2500, quantity: 1 }],
    },
  ],
};

const parcel = {
  delivery_method: 'DELIVERY', delivery_company: 'CJGLS', tracking_number: '123412341234',
};

/** An action on one of the product orders. */
const naver = (action, which, more) => (done) =>
  ask(
    NaverCo[action]({
      imp_uid: done.naverco.value,
      product_order_id: [productOrder(done, which)],
      ...more,
    }),
  );

const productOrder = (done, which) => done.productOrders.value.response[which].product_order_id;

/** What their buyer does. */
const buyer = (done, which, act, more) =>
  call('POST', `${simulator}/emulation/buyer`, { product_order_id: productOrder(done, which), act, ...more });

const paidUid = (done) => done.paid.value.response.imp_uid;
const deposited = (done) => done.deposited.value.imp_uid;

run({
  token: () =>
    ask(Authenticate.getToken({ imp_key: 'imp_apikey', imp_secret: PUBLIC_SECRET })),
  prepared: () => ask(Prepare.postAmount({ merchant_uid: `${order}-p`, amount: 4000 })),
  readPrepared: () => ask(Prepare.getAmount({ merchant_uid: `${order}-p` })),
  banks: () => ask(Banks.getBanks()),
  bank: () => ask(Banks.getBank({ code: '004' })),
  cards: () => ask(Cards.getCards()),
  card: () => ask(Cards.getCard({ code: '366' })),

  paid: () => pay('', good),
  paidTwice: () => pay('', good),
  declined: () => pay('-d', refused),
  readByImpUid: (done) => ask(Payments.getByImpUid({ imp_uid: paidUid(done) })),
  readByImpUids: (done) => ask(Payments.getByImpUids({ imp_uid: [paidUid(done), 'imp_000000000000'] })),
  readByMerchantUid: () => ask(Payments.getByMerchantUid({ merchant_uid: order, status: 'paid', sorting: '-started' })),
  readByMerchantUids: () =>
    ask(Payments.getByMerchantUids({ merchant_uid: order, status: 'paid', sorting: '-started', page: 1 })),
  readByStatus: () => ask(Payments.getByStatus({ status: 'paid', page: 1, limit: 5, from: now - 600, to: now + 600, sorting: '-paid' })),
  balance: (done) => ask(Payments.getAmountByImpUid({ imp_uid: paidUid(done) })),
  cancelledInPart: (done) =>
    ask(Payments.cancel({ imp_uid: paidUid(done), amount: 3000, checksum: 10000, reason: '변심' })),
  cancelledWhole: () => ask(Payments.cancel({ merchant_uid: order })),
  cancelledAgain: () => ask(Payments.cancel({ merchant_uid: order })),

  keyCreated: () => ask(Customers.postBillingKey({ customer_uid: customer, pg, ...card(good) })),
  keyRead: () => ask(Customers.getBillingKey({ customer_uid: customer })),
  keysRead: () => ask(Customers.getBillingKeys({ customer_uid: [customer, 'nobody'] })),
  keyCharged: () =>
    ask(Subscribe.again({ customer_uid: customer, merchant_uid: `${order}-a`, amount: 8900, name: '월 구독' })),
  keysPayments: () => ask(Customers.getPayments({ customer_uid: customer, page: 1 })),
  scheduled: () =>
    ask(Subscribe.schedule({ customer_uid: customer, schedules: [plan('-s1', now + 3600), plan('-s2', now + 7200)] })),
  scheduleRead: () => ask(Subscribe.getScheduled({ merchant_uid: `${order}-s1` })),
  schedulesRead: () =>
    ask(Subscribe.getScheduleds({ customer_uid: customer, page: 1, from: now, to: now + 86400 })),
  keysSchedules: () =>
    ask(Customers.getScheduleds({ customer_uid: customer, page: 1, from: now, to: now + 86400, 'schedule-status': 'scheduled' })),
  unscheduled: () => ask(Subscribe.unschedule({ customer_uid: customer, merchant_uid: [`${order}-s1`] })),
  unscheduledAll: () => ask(Subscribe.unschedule({ customer_uid: customer })),
  keyDeleted: () => ask(Customers.deleteBillingKey({ customer_uid: customer })),
  keyGone: () => ask(Customers.getBillingKey({ customer_uid: customer })),

  account: () => account('-v', {}),
  accountChanged: (done) => ask(Vbanks.put({ imp_uid: done.account.value.response.imp_uid, amount: 60000 })),
  accountRevoked: (done) => ask(Vbanks.delete({ imp_uid: done.account.value.response.imp_uid })),
  settleAccount: () => account('-s', { pg: 'settle', vbank_code: '004' }),
  settleChanged: (done) =>
    ask(Vbanks.put({ imp_uid: done.settleAccount.value.response.imp_uid, amount: 60000, vbank_due: now + 172800 })),
  holder: () => ask(Vbanks.getHolder({ bank_code: '088', bank_num: '110-123-456789' })),

  deposited: async () => {
    const opened = await account('-w', {});
    return deposit(hub, simulator, opened.response, iamport.token.access_token);
  },
  receipt: (done) =>
    ask(Receipts.postReceipt({ imp_uid: deposited(done), identifier: '01012345678', identifier_type: 'phone', type: 'person' })),
  receiptRead: (done) => ask(Receipts.getReceipt({ imp_uid: deposited(done) })),
  receiptDeleted: (done) => ask(Receipts.deleteReceipt({ imp_uid: deposited(done) })),
  external: () =>
    ask(External.postReceipt({ merchant_uid: `${order}-e`, name: '나무 의자', amount: 11000, identifier: '01012345678', pg })),
  externalRead: () => ask(External.getReceipt({ merchant_uid: `${order}-e` })),
  externalDeleted: () => ask(External.deleteReceipt({ merchant_uid: `${order}-e` })),

  escrowShipped: () => ask(Escrows.postEscrow(delivery('123456789012'))),
  escrowShippedAgain: () => ask(Escrows.putEscrow(delivery('999'))),

  certified: async () => {
    const imp_uid = await certified(hub, iamport.token.access_token);
    return ask(Certifications.getCertification({ imp_uid }));
  },
  certificationDeleted: (done) =>
    ask(Certifications.deleteCertification({ imp_uid: done.certified.value.response.imp_uid })),
  certificationGone: (done) =>
    ask(Certifications.getCertification({ imp_uid: done.certified.value.response.imp_uid })),

  payco: () => inWindow('payco'),
  paycoBalance: (done) => ask(Payments.getAmountByImpUid({ imp_uid: done.payco.value })),
  paycoStatus: (done) =>
    ask(Payco.postOrderStatus({ imp_uid: done.payco.value, status: 'DELIVERY_START' })),
  naverpay: () => inWindow('naverpay'),
  naverpayPoint: (done) => ask(NaverPay.postPoint({ imp_uid: done.naverpay.value })),
  naverpayConfirm: (done) => ask(NaverPay.postEscrow({ imp_uid: done.naverpay.value })),
  naverpayCash: (done) => ask(NaverPay.getCashAmount({ imp_uid: done.naverpay.value })),
  naverco: () => inWindow('naverco', basket),
  productOrders: (done) => ask(NaverCo.getProductOrderIds({ imp_uid: done.naverco.value })),
  productOrder: (done) => ask(NaverCo.getOrderDetail({ product_order_id: productOrder(done, 0) })),
  cancelled: naver('cancel', 2, { reason: 'SOLD_OUT' }),
  placed: naver('place', 0),
  shipped: naver('ship', 0, { ...parcel, dispatched_at: now }),
  returnRequested: naver('requestReturn', 0, { delivery_method: 'RETURN_INDIVIDUAL', reason: 'BROKEN' }),
  returnWithheld: naver('withholdReturn', 0, { reason: 'ETC', memo: '확인 중' }),
  returnResolved: naver('resolveReturn', 0),
  returnApproved: naver('approveReturn', 0, { memo: '확인' }),
  placedToo: naver('place', 1),
  shippedToo: naver('ship', 1, { ...parcel, dispatched_at: now }),
  returnRejected: async (done) => {
    await buyer(done, 1, 'return');
    return naver('rejectReturn', 1, { memo: '사용한 상품' })(done);
  },
  exchanged: async (done) => {
    await buyer(done, 1, 'exchange');
    await call(
      'POST',
      `${hub}/payments/${done.naverco.value}/naver/collect-exchanged`,
      { product_order_id: [productOrder(done, 1)] },
      iamport.token.access_token,
    );
    return naver('shipExchanged', 1, parcel)(done);
  },
  reviews: async (done) => {
    await buyer(done, 1, 'receive');
    await buyer(done, 1, 'decide');
    await buyer(done, 1, 'review', { score: 2, title: '좋아요', content: '향이 좋습니다.' });
    return ask(NaverCo.getReviews({ from: now - 3600, to: now + 3600, review_type: 'general' }));
  },
  kakaoOrders: () => ask(Kakao.getOrders({ payment_request_date: '20300101' })),

  unknownPayment: () => ask(Payments.getByImpUid({ imp_uid: 'imp_000000000000' })),
  wrongSecret: () => ask(Payments.getByImpUid({ imp_uid: 'imp_000000000000' }), stranger),
});
