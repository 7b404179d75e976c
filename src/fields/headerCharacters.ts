/** The characters of headers: exports of Taiwan and Hong Kong name their columns in traditional ones. */

/** Traditional characters that headers are written with, each above its simplified form. */
const TRADITIONAL =
  '訂單編號碼戶員買賣顧額數價時間總實貨狀態幣類稱帳賬國購費應產標題聯繫電話開創確認結備註際運進銷區縣連絡郵機動傳辦後冊會檔' +
  '業構屬詳細訊證証統納稅識別護齡鍵暱積種計餘來線據網説說籤簽個東寶貝選籃潤優鋪發關閉廢達擔變審庫刪減規處歸廣遞臺灣鄉鎮鄰裡' +
  '裏復雙門職歷曆啟點紅贈給與從體樓層棟顏條圖載項館務師學係匯預劃於續錯誤見該評紛貓贊資簡權專請領興級團獲轉換儲廠參頭語車設' +
  '檢訪調試銀內'
const SIMPLIFIED =
  '订单编号码户员买卖顾额数价时间总实货状态币类称帐账国购费应产标题联系电话开创确认结备注际运进销区县连络邮机动传办后册会档' +
  '业构属详细讯证证统纳税识别护龄键昵积种计余来线据网说说签签个东宝贝选篮润优铺发关闭废达担变审库删减规处归广递台湾乡镇邻里' +
  '里复双门职历历启点红赠给与从体楼层栋颜条图载项馆务师学系汇预划于续错误见该评纷猫赞资简权专请领兴级团获转换储厂参头语车设' +
  '检访调试银内'
const simplified = new Map([...TRADITIONAL].map((character, i) => [character, [...SIMPLIFIED][i] ?? '']))
const traditional = new RegExp(`[${TRADITIONAL}]`, 'g')

/** A header in simplified characters: so every word has to be known in these alone. */
export const simplifiedHeader = (header: string): string =>
  header.replace(traditional, (character) => simplified.get(character) ?? character)
