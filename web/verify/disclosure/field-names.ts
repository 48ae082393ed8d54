import type { FactLanguage } from '../../../src/proof/fact-texts/index.js';

/** What people call the fields of documents: simplified Chinese, as Taiwan writes it, English. One line a key. */
const NAMES = `
kind|文件种类|文件種類|Kind
version|版本|版本|Version
kindVersion|种类版本|種類版本|Version of the kind
scheme|票种体系|票種體系|Scheme
type|类型|類型|Type
title|名称|名稱|Title
code|代码|代碼|Code
number|号码|號碼|Number
checkCode|校验码|校驗碼|Check code
issuedAt|开具时间|開立時間|Issued at
currency|币种|幣別|Currency
taxBureau|税务机关|稅務機關|Tax bureau
seller|销售方|銷售方|Seller
buyer|购买方|購買方|Buyer
buyerIsNaturalPerson|购买方为自然人|購買方為自然人|Buyer is a person
taxId|纳税人识别号|納稅人識別號|Tax id
address|地址|地址|Address
phone|电话|電話|Telephone
bankName|开户银行|開戶銀行|Bank
bankAccount|银行账号|銀行帳號|Bank account
lines|项目|項目|Lines
nature|行性质|行性質|Nature
taxClassCode|税收分类编码|稅收分類編碼|Tax class
categoryShortName|商品服务简称|商品服務簡稱|Category
itemName|项目名称|項目名稱|Item
spec|规格型号|規格型號|Specification
unit|单位|單位|Unit
quantity|数量|數量|Quantity
unitPrice|单价|單價|Unit price
amount|金额|金額|Amount
taxRate|税率|稅率|Tax rate
taxPreference|优惠标识|優惠標識|Tax preference
tax|税额|稅額|Tax
totals|合计|合計|Totals
withTax|价税合计|價稅合計|With tax
withTaxInWords|价税合计（大写）|價稅合計（大寫）|With tax, in words
inWords|大写金额|大寫金額|In words
remark|备注|備註|Remark
drawer|开票人|開票人|Drawn by
red|红冲依据|沖銷依據|Reversal
qrText|二维码内容|QR 碼內容|QR text
mandate|开具资格|開立資格|Mandate
judgedBy|适用规则版本|適用規則版本|Rules applied
direction|方向|方向|Direction
writesOff|冲红对象|沖銷對象|Writes off
tag|票据标识|票據標識|Tag
invoicingParty|开票单位|開票單位|Invoicing party
supervisor|监制|監製|Supervised by
areaCode|区划代码|區劃代碼|Area code
payer|交款人|交款人|Payer
payMode|交款方式|交款方式|Mode of payment
items|收费项目|收費項目|Items
details|明细清单|明細清單|Details
standard|标准|標準|Price of one
particulars|票据专项|票據專項|Particulars
handlingPerson|收款人|收款人|Received by
checker|复核人|覆核人|Checked by
name|名称|名稱|Name
value|内容|內容|Value
decisionNo|处罚决定书编号|處罰決定書編號|Decision
decidedAt|决定时间|決定時間|Decided at
points|记分|記點|Points
plateNo|号牌号码|號牌號碼|Plate
plateType|号牌种类|號牌種類|Kind of plate
violationCode|违法代码|違規代碼|Violation code
violationTime|违法时间|違規時間|Time of violation
violationPlace|违法地点|違規地點|Place of violation
violationText|违法行为|違規行為|Violation
violatedArticle|违反条款|違反條款|Article violated
penaltyArticle|处罚依据|處罰依據|Article of the penalty
fineAmount|罚款金额|罰款金額|Fine
lateFee|加处罚款|加處罰款|Late fee
paidAt|缴款时间|繳款時間|Paid at
paymentChannel|缴款渠道|繳款管道|Paid by
payOrderNo|缴款流水号|繳款流水號|Order of payment
enforcementUnit|执法单位|執法單位|Enforcing unit
enforcementUnitCode|执法单位代码|執法單位代碼|Code of the enforcing unit
businessNumber|业务流水号|業務流水號|Business number
institutionType|医疗机构类型|醫療機構類型|Kind of institution
gender|性别|性別|Sex
outpatientNo|门诊号|門診號|Outpatient number
visitDate|日期|日期|Day of visit
recordNo|病历号|病歷號|Record number
inpatientNo|住院号|住院號|Inpatient number
department|科别|科別|Department
admittedOn|入院日期|入院日期|Admitted on
dischargedOn|出院日期|出院日期|Discharged on
insuranceType|医保类型|醫保類型|Insurance
insuranceNo|医保编号|醫保編號|Insurance number
prepaid|预缴金额|預繳金額|Prepaid
supplement|补缴金额|補繳金額|Supplement
refund|退费金额|退費金額|Refund
fundPay|医保统筹基金支付|醫保統籌基金支付|Paid by the fund
otherPay|其他支付|其他支付|Paid otherwise
accountPay|个人账户支付|個人帳戶支付|Paid from the account
cashPay|个人现金支付|個人現金支付|Paid in cash
selfPay|个人自付|個人自付|Own share
ownExpense|个人自费|個人自費|Own expense
negotiatedDrugs|谈判药费|談判藥費|Negotiated drugs
scenicSpot|景区|景區|Scenic spot
invoiceNumber|发票号码|發票號碼|Invoice number
tickets|门票|門票|Tickets
parkingLot|停车场|停車場|Car park
enteredAt|入场时间|入場時間|Entered at
leftAt|离场时间|離場時間|Left at
spaceNo|车位号|車位號|Space
orderNo|订单号|訂單號|Order
station|充电站|充電站|Station
startedAt|开始时间|開始時間|Started at
endedAt|结束时间|結束時間|Ended at
energy|电量（千瓦时）|電量（度）|Energy (kWh)
unitNo|不动产单元号|不動產單元號|Unit number
registerPlace|登记地|登記地|Place of register
owners|权利人|權利人|Owners
holder|持证人|持證人|Keeper
holders|权利人（申请人）|權利人（申請人）|Holders
obligors|义务人|義務人|Obligors
idType|证件种类|證件種類|Kind of id
idNo|证件号|證件號|Id number
share|份额|份額|Share
coOwnership|共有情况|共有情況|Co-ownership
situated|坐落|坐落|Situated
rightType|权利类型|權利類型|Right
rightNature|权利性质|權利性質|Nature of the right
use|用途|用途|Use
area|面积|面積|Area
parcel|宗地|宗地|Parcel
isParcelShared|共有宗地|共有宗地|Shared parcel
building|建筑面积|建築面積|Building
exclusive|专有面积|專有面積|Exclusive part
shared|分摊面积|分攤面積|Shared part
useTerms|使用期限|使用期限|Terms of use
right|权利|權利|Right
from|起|起|From
to|止|止|To
otherStatus|权利其他状况|權利其他狀況|Other status
notes|附记|附記|Notes
location|地理位置|地理位置|Location
crs|坐标系|座標系|Coordinate system
point|点位|點位|Point
coordinates|坐标|座標|Coordinates
gaussKruger|高斯投影|高斯投影|Gauss-Krüger
businessNo|业务号|業務號|Business number
reason|登记原因|登記原因|Reason
registeredAt|登记日期|登記日期|Registered on
registerAuthority|登记机构|登記機構|Register office
encumbrances|他项权利|他項權利|Encumbrances
proofNumber|证明号|證明號|Proof number
supersedes|原证|原證|Replaces
documentAddress|文件地址|文件位址|Document address
elicenceId|电子证照标识|電子證照標識|E-licence id
proves|证明事项代码|證明事項代碼|What it proves
provedRight|证明权利或事项|證明權利或事項|Proved right
certificate|不动产权证书|不動產權證書|Certificate
rank|顺位|順位|Rank
lapsesAt|失效日期|失效日期|Lapses on
`;

const COLUMNS: Readonly<Record<FactLanguage, number>> = { zh: 1, 'zh-TW': 2, en: 3 };

const LINES: ReadonlyMap<string, readonly string[]> = new Map(
  NAMES.trim()
    .split('\n')
    .map((line) => line.split('|'))
    .map((cells) => [cells[0] ?? '', cells] as const),
);

const ORDER: ReadonlyMap<string, number> = new Map([...LINES.keys()].map((key, index) => [key, index] as const));

/** Sorts paths as documents are read, and not by the alphabet: what we have no name for comes last. */
export function inReadingOrder(left: string, right: string): number {
  const [one, other] = [left.split('.').map(placeOf), right.split('.').map(placeOf)];
  const at = one.findIndex((place, index) => place !== other[index]);
  return at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1);
}

function placeOf(key: string): number {
  return /^\d+$/.test(key) ? Number(key) : (ORDER.get(key) ?? ORDER.size);
}

/** A path as people read it: `lines.0.amount` is "Lines 1 · Amount". What has no name of ours keeps its own. */
export function fieldName(path: string, language: FactLanguage): string {
  const parts = path.split('.').reduce<string[]>((names, key) => {
    const last = names.length - 1;
    if (/^\d+$/.test(key) && last >= 0) {
      names[last] = `${names[last] ?? ''} ${Number(key) + 1}`;
      return names;
    }
    return [...names, LINES.get(key)?.[COLUMNS[language]] ?? key];
  }, []);
  return parts.join(' · ');
}
