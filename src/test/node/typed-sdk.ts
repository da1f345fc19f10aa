// Everything that Naru's own types know.
import Iamport, { CertificationResponse, ModuleError, NaverZzimResponse } from 'naru-sdk';

const IMP = window.IMP as Iamport;
IMP.agency('imp00000000', 'A01');
IMP.request_pay({ channelKey: 'channel-key-1', merchant_uid: 'a', amount: 1, bypass: { tosspayments: { discountCode: '1' } } });
IMP.certification({ merchant_uid: 'a', min_age: 19, carrier: 'SKT', popup: true }, (told: CertificationResponse) => {
  const certified: boolean | undefined = told.success;
  console.log(certified, told.imp_uid);
});
IMP.loadUI('paypal-spb', { merchant_uid: 'a', amount: 1 }, (told) => console.log(told.error_code));
IMP.updateLoadUIRequest('paypal-spb', { merchant_uid: 'b', amount: 2 });
IMP.loadModule('toss-brandpay', { userCode: 'imp00000000' }, { customerKey: 'c' })
  .then((brandpay) => brandpay.openSettings())
  .catch((error: ModuleError) => console.log(error.code));
IMP.naver_zzim({ naverProducts: [{ id: 'tea', name: 'tea', uprice: 1000, url: 'https://shop.example/tea' }] }, (told: NaverZzimResponse) => {
  const open: boolean = told.success;
  console.log(open, told.error_msg);
});
IMP.communicate({ result: 'cancel' });
IMP.close();
// @ts-expect-error an amount is a number
IMP.request_pay({ merchant_uid: 'a', amount: '1' });
// @ts-expect-error an order needs its number
IMP.certification({});
