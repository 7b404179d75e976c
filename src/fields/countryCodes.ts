/** Countries by the codes of ISO 3166, of two letters and of three, and by their names in English and Chinese. */
import { folded } from './text.ts'

/** The code of two letters, then the one of three. */
const CODES = `
  AFAFG AXALA ALALB DZDZA ASASM ADAND AOAGO AIAIA AGATG ARARG AMARM AWABW AUAUS ATAUT AZAZE BSBHS BHBHR BDBGD BBBRB
  BYBLR BEBEL BZBLZ BJBEN BMBMU BTBTN BOBOL BQBES BABIH BWBWA BRBRA IOIOT BNBRN BGBGR BFBFA BIBDI CVCPV KHKHM CMCMR
  CACAN KYCYM CFCAF TDTCD CLCHL CNCHN CXCXR CCCCK COCOL KMCOM CGCOG CDCOD CKCOK CRCRI CICIV HRHRV CUCUB CWCUW CYCYP
  CZCZE DKDNK DJDJI DMDMA DODOM ECECU EGEGY SVSLV GQGNQ ERERI EEEST SZSWZ ETETH FKFLK FOFRO FJFJI FIFIN FRFRA GFGUF
  PFPYF GAGAB GMGMB GEGEO DEDEU GHGHA GIGIB GRGRC GLGRL GDGRD GPGLP GUGUM GTGTM GGGGY GNGIN GWGNB GYGUY HTHTI VAVAT
  HNHND HKHKG HUHUN ISISL ININD IDIDN IRIRN IQIRQ IEIRL IMIMN ILISR ITITA JMJAM JPJPN JEJEY JOJOR KZKAZ KEKEN KIKIR
  KPPRK KRKOR KWKWT KGKGZ LALAO LVLVA LBLBN LSLSO LRLBR LYLBY LILIE LTLTU LULUX MOMAC MGMDG MWMWI MYMYS MVMDV MLMLI
  MTMLT MHMHL MQMTQ MRMRT MUMUS YTMYT MXMEX FMFSM MDMDA MCMCO MNMNG MEMNE MSMSR MAMAR MZMOZ MMMMR NANAM NRNRU NPNPL
  NLNLD NCNCL NZNZL NINIC NENER NGNGA NUNIU NFNFK MKMKD MPMNP NONOR OMOMN PKPAK PWPLW PSPSE PAPAN PGPNG PYPRY PEPER
  PHPHL PLPOL PTPRT PRPRI QAQAT REREU ROROU RURUS RWRWA BLBLM SHSHN KNKNA LCLCA MFMAF PMSPM VCVCT WSWSM SMSMR STSTP
  SASAU SNSEN RSSRB SCSYC SLSLE SGSGP SXSXM SKSVK SISVN SBSLB SOSOM ZAZAF SSSSD ESESP LKLKA SDSDN SRSUR SJSJM SESWE
  CHCHE SYSYR TWTWN TJTJK TZTZA THTHA TLTLS TGTGO TKTKL TOTON TTTTO TNTUN TRTUR TMTKM TCTCA TVTUV UGUGA UAUKR AEARE
  GBGBR USUSA UYURY UZUZB VUVUT VEVEN VNVNM VGVGB VIVIR WFWLF EHESH YEYEM ZMZMB ZWZWE XKXKX`
  .trim()
  .split(/\s+/)
  .map((pair) => [pair.slice(0, 2), pair.slice(2)] as const)

/** As files name them, where the list of names has them otherwise. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  AE: ['uae', 'emirates', '阿联酋'],
  BA: ['bosnia'],
  CD: ['democratic republic of the congo', 'dr congo', '刚果民主共和国'],
  CG: ['congo', 'republic of the congo'],
  CI: ['ivory coast'],
  CZ: ['czech republic', 'česko', 'czechia'],
  DK: ['danmark'],
  DO: ['多米尼加'],
  FI: ['suomi'],
  HK: ['hong kong', 'hong kong sar', '香港', '中国香港', '中國香港'],
  HU: ['magyarország'],
  IR: ['islamic republic of iran'],
  LA: ["lao people's democratic republic"],
  MD: ['republic of moldova'],
  MK: ['macedonia'],
  MM: ['myanmar', 'burma'],
  MO: ['macao', 'macau', '澳门', '澳門', '中国澳门'],
  MX: ['méxico'],
  NO: ['norge'],
  PS: ['palestine', '巴勒斯坦'],
  RU: ['russian federation', '俄罗斯联邦'],
  SY: ['syrian arab republic'],
  SZ: ['swaziland'],
  TL: ['east timor'],
  TR: ['turkey', 'türkiye'],
  TZ: ['united republic of tanzania'],
  VA: ['holy see'],
  VN: ['viet nam'],
}

let codes: ReadonlyMap<string, string> | undefined

/** The code of two letters by the one of three, or by a name. */
export function isoCountry(word: string): string | undefined {
  codes ??= codesByWord()
  return codes.get(plain(word))
}

function codesByWord(): Map<string, string> {
  const found = new Map<string, string>()
  for (const language of ['en', 'zh']) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const [code] of CODES) {
      const named = names.of(code)
      if (named) found.set(plain(named), code)
    }
  }
  for (const [code, words] of Object.entries(OTHERWISE))
    for (const word of words) found.set(plain(word), code)
  for (const [code, longer] of CODES) found.set(plain(code), code).set(plain(longer), code)
  return found
}

/** Accents, dots, `the`, and whether `and` is written in letters, are no difference. */
const plain = (word: string): string =>
  folded(word)
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .normalize('NFC')
    .replace(/[.'’()（）]/g, '')
    .replace(/\bsaint\b/g, 'st')
    .replace(/ ?& ?/g, ' and ')
    .replace(/^the /, '')
