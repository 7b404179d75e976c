/** Words of orders in several languages, chosen without looking at what recognition takes for common. */

export interface Vocabulary {
  readonly headers: readonly string[]
  readonly names: readonly string[]
  readonly cities: readonly string[]
  readonly goods: readonly string[]
  readonly statuses: readonly string[]
}

const words = (text: string): string[] => text.trim().split(/\s+/)
/** Words with spaces in them. */
const phrases = (text: string): string[] => text.split('|').map((phrase) => phrase.trim())

export const vocabularies = {
  simplified: {
    headers: words(
      '订单号 客户姓名 下单日期 实付金额 商品名称 收货城市 交易状态 备注信息 会员卡号 联系电话 购买件数',
    ),
    names:
      words(`王建国 李秀英 张伟 刘洋 陈静 杨帆 赵雅芝 黄晓明 周杰 吴亦凡 徐志摩 孙俪 马冬梅 朱一龙 胡歌 林心如
      郭德纲 何炅 高圆圆 罗永浩 郑爽 梁朝阳 谢霆锋 宋慧 唐嫣 许晴 韩雪 冯绍峰 邓超 曹颖 彭于晏 曾黎 肖战 田雨 董洁
      潘粤明 袁泉 蔡少芬 蒋欣 余男 于和伟 杜淳 叶璇 程莉莎 魏晨 苏有朋 吕良伟 丁俊晖 任贤齐 沈腾 姚笛 卢靖姗 傅艺伟
      钟汉良 姜武 崔健 谭松韵 廖凡 范玮琪 汪涵 陆毅 金莎 石小龙 戴娇倩 贾乃亮 韦唯 夏雨荷 邱泽 方中信 侯勇 邹市明
      熊黛林 孟非 秦岚 白百何 江珊 阎学晶 薛佳凝 尹正 段奕宏 雷佳音 钱枫 黎姿 史可 龙丹妮 陶虹 贺军翔 毛晓彤 郝蕾 顾长卫
      龚琳娜 万茜 覃海洋 欧阳娜娜 诸葛亮 司马懿 慕容云海 上官婉儿`),
    cities:
      words(`北京市 朝阳区 上海 浦东新区 广州 深圳 成都 杭州 武汉 西安 苏州 天津 南京 长沙 郑州 东莞 青岛 沈阳 宁波
      昆明 大连 厦门 合肥 佛山 福州 哈尔滨 济南 温州 长春 石家庄 常州 泉州 南宁 贵阳 南昌 太原 嘉兴 烟台 惠州 保定 台州
      中山 绍兴 乌鲁木齐 潍坊 兰州 徐州 洛阳 襄阳 湖州 三亚 呼和浩特`),
    goods:
      words(`纯棉短袖衬衫 女士连衣裙 男款休闲裤 运动跑鞋 真皮手提包 儿童雨衣 保温杯 不锈钢炒锅 电饭煲 蓝牙耳机
      机械键盘 手机壳 充电宝 智能手环 洗面奶 补水面膜 口红套装 婴儿纸尿裤 进口奶粉 有机大米 东北木耳 新疆红枣 铁观音茶叶
      坚果礼盒 牛肉干 巧克力 鲜花饼 矿泉水 洗衣液 抽纸 毛巾 四件套 乳胶枕 台灯 办公椅 书架 行李箱 羽毛球拍 瑜伽垫`),
    statuses: words(
      '已付款 待发货 已发货 交易成功 交易关闭 退款中 已取消 已签收 等待买家付款 部分退款 已完成 未支付',
    ),
  },
  traditional: {
    headers: words(
      '訂單編號 客戶姓名 下單日期 實付金額 商品名稱 收貨城市 訂單狀態 備註 會員編號 聯絡電話 購買數量',
    ),
    names:
      words(`陳怡君 林志玲 黃俊傑 張雅婷 李淑芬 王家豪 吳宗憲 劉德華 蔡英文 楊丞琳 許瑋甯 鄭元暢 謝金燕 洪金寶 郭雪芙
      邱澤 曾國城 廖人帥 賴雅妍 徐若瑄 周潤發 葉蘊儀 蘇慧倫 莊凱勛 呂秀蓮 江蕙 何潤東 蕭敬騰 羅志祥 高慧君 潘瑋柏 簡嫚書
      朱延平 鍾楚紅 游鴻明 彭佳慧 詹雅雯 胡宇威 施易男 沈玉琳 余天 盧廣仲 梁詠琪 趙又廷 顏卓靈 柯震東 翁倩玉 魏如萱 孫淑媚
      戴佩妮 范曉萱 方文山 宋芸樺 鄧紫棋 杜德偉 傅孟柏 侯佩岑 曹蘭 薛仕凌 丁噹 卓文萱 馬英九 董育君 唐美雲 藍正龍 石康鈞
      歐陽妮妮 姚淳耀 連靜雯 馮光榮 康晉榮 溫昇豪 龍劭華 湯蘭花 古天樂 霍建華 關穎 譚艾珍`),
    cities:
      words(`臺北市 新北市 桃園市 臺中市 臺南市 高雄市 基隆 新竹 嘉義 苗栗縣 彰化縣 南投縣 雲林縣 屏東縣 宜蘭縣 花蓮
      臺東 澎湖 金門 連江縣 大安區 信義區 板橋區 中壢區 三重區 左營區 香港 九龍 觀塘 沙田 荃灣 屯門 元朗 旺角 銅鑼灣 尖沙咀`),
    goods:
      words(`純棉短袖襯衫 女裝連身裙 男士休閒褲 慢跑鞋 真皮手提包 兒童雨衣 保溫瓶 不鏽鋼炒鍋 電子鍋 藍牙耳機 機械鍵盤
      手機殼 行動電源 智慧手錶 洗面乳 保濕面膜 唇膏組合 嬰兒尿布 進口奶粉 有機白米 黑木耳 高山烏龍茶 鳳梨酥禮盒 牛肉乾
      巧克力 礦泉水 洗衣精 衛生紙 毛巾 床包四件組 乳膠枕 檯燈 辦公椅 書櫃 行李箱 羽球拍 瑜珈墊 太陽餅 滷味 綜合堅果`),
    statuses: words(
      '已付款 待出貨 已出貨 交易完成 訂單取消 退款中 已取貨 處理中 貨到付款 部分退款 未付款 配送中',
    ),
  },
  japanese: {
    headers: words(
      '注文番号 お客様名 注文日 合計金額 商品名 お届け先 ステータス 備考 会員番号 電話番号 数量',
    ),
    names:
      words(`佐藤健 鈴木一朗 高橋真理子 田中さくら 伊藤博文 渡辺謙 山本五十六 中村獅童 小林麻耶 加藤茶 吉田沙保里 山田太郎
      佐々木希 山口百恵 松本人志 井上陽水 木村拓哉 林修 斎藤佑樹 清水翔太 山崎賢人 森鴎外 池田勇人 橋本環奈 阿部寛 石川遼
      山下智久 中島みゆき 石井竜也 小川洋子 前田敦子 岡田准一 長谷川京子 藤田ニコル 後藤真希 近藤春菜 村上春樹 遠藤周作
      青木さやか 坂本龍馬 斉藤由貴 福田彩乃 太田光 西村京太郎 藤井聡太 金子みすゞ 岡本太郎 中川翔子 三浦知良 原田知世
      ヤマダハナコ スズキケンイチ タナカユウコ サトウミホ 竹内結子 上野樹里 宮崎あおい 新垣結衣 広瀬すず 綾瀬はるか 大谷翔平`),
    cities:
      words(`東京都 新宿区 渋谷区 大阪市 横浜市 名古屋市 札幌市 福岡市 神戸市 京都府 川崎市 さいたま市 広島市 仙台市 千葉市
      北九州市 堺市 新潟市 浜松市 熊本市 岡山市 静岡市 鹿児島市 宇都宮市 松山市 金沢市 長崎県 奈良県 つくば市 函館市 那覇市`),
    goods:
      words(`コットンシャツ ワンピース レディースバッグ 防水スニーカー 腕時計 ノートパソコン イヤホン スマホケース 充電ケーブル
      化粧水 フェイスマスク 日焼け止め 抹茶チョコレート 緑茶ティーバッグ 讃岐うどん 有機コーヒー豆 国産はちみつ おせんべい詰め合わせ
      洗濯洗剤 トイレットペーパー バスタオル 羽毛布団 まくら 折りたたみ傘 水筒 フライパン 炊飯器 加湿器 子供用レインコート 絵本`),
    statuses: words(
      '支払い済み 発送済み 入金待ち キャンセル 返品 返金済み 処理中 配達完了 未払い 出荷準備中 交換',
    ),
  },
  korean: {
    headers: words('주문번호 고객명 주문일자 결제금액 상품명 배송지 주문상태 비고 회원번호 전화번호 수량'),
    names:
      words(`김민준 이서연 박지훈 최수빈 정우성 강호동 조인성 윤아영 장동건 임윤아 한가인 오지호 서현진 신민아 권상우 황정민
      안성기 송혜교 류준열 전지현 홍길동 고현정 문근영 양세형 손예진 배수지 백종원 허준호 유재석 남주혁 심은하 노홍철 하정우 곽도원
      성시경 차태현 주지훈 우도환 구혜선 민효린 진선규 나문희 엄정화 채시라 원빈 천우희 방탄 공효진 현빈 함은정 변요한 염정아 여진구
      추자현 도경수 석진 설경구 마동석 길은혜 남궁민 선우재덕 제갈공명`),
    cities:
      words(`서울특별시 강남구 부산광역시 해운대구 대구 인천 광주 대전 울산 세종 수원시 성남시 고양시 용인시 부천시 안산시 청주시
      전주시 천안시 창원시 포항시 제주시 김해시 평택시 의정부시 구미시 춘천시 원주시 강릉시 여수시 순천시 경주시`),
    goods:
      words(`면셔츠 원피스 청바지 운동화 가죽가방 어린이우비 보온병 프라이팬 전기밥솥 무선이어폰 기계식키보드 휴대폰케이스 보조배터리
      스마트워치 클렌징폼 마스크팩 립스틱 기저귀 분유 유기농쌀 홍삼정과 녹차 초콜릿 견과류세트 육포 생수 세탁세제 물티슈 수건 이불세트
      베개 스탠드조명 사무용의자 책장 여행가방 배드민턴라켓 요가매트 김치 된장 참기름`),
    statuses: words(
      '결제완료 배송준비중 배송중 배송완료 주문취소 환불완료 반품요청 입금대기 구매확정 교환접수 부분환불',
    ),
  },
  western: {
    headers: phrases(
      'Prénom|Größe|Año|Município|Straße|Descrição|Référence|Número de pedido|Beløb|Città|Téléphone|Menge (Stück)',
    ),
    names:
      phrases(`José García|María Núñez|François Lefèvre|Hélène Dubois|Jürgen Müller|Björn Åkesson|Søren Kjær|Günther Weiß|
      João Gonçalves|Conceição Magalhães|Niccolò Bezzi|Zoë Noël|Märta Sjöberg|Ángel Ibáñez|Iñaki Peña|André Brûlé|Jérôme Châtelain|
      Käthe Schröder|Ramón Gutiérrez|Sebastião Simões|Ødegård Lærke|Übelhör Ilse|Élodie Çelik|Loïc Guérin`),
    cities:
      phrases(`München|Köln|Düsseldorf|Zürich|Genève|Orléans|Besançon|São Paulo|Brasília|Málaga|Córdoba|A Coruña|Malmö|Göteborg|
      Århus|København|Tromsø|Nîmes|Bogotá|México|Cádiz|Évora|Forlì|Würzburg`),
    goods:
      phrases(`Crème brûlée|Thé à la menthe|Käsespätzle|Café – 250 g|Pâté de canard|Jamón ibérico|“Vintage” lamp|Maçã|Gürtel 5 €|
      Crêpière|Glögg|Smørrebrød|Señorita® dress|Piñata|Décapeur|Pão de queijo|Bügeleisen|Größe XL|Kr. 50 – rød|Lycra™ tights|
      Women’s coat|Rosé|Ölfarbe|Chaîne 40 °C`),
    statuses: phrases(
      'Payé|Expédié|Annulé|Bezahlt für später|Rückerstattung|Cancelación|Não pago|Enviado à loja|Återbetald|Prêt',
    ),
  },
} as const satisfies Record<string, Vocabulary>

export type Language = keyof typeof vocabularies
