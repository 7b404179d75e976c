/** Short forms of given names, and spellings of one name: Bob is Robert, and Katherine is Catherine. */

/** A name, and what else people who bear it are called. A short form may stand under several names. */
const TABLE = `
aaron ron ronnie
abigail abby abbie abi gail
abraham abe bram abram
adelaide addie heidi ada della
adrian ade
agatha aggie
agnes aggie nessie
aidan aiden ayden
alan al allan allen alun
alastair alistair alasdair alister al ally
albert al bert bertie albie
alexander alex al alec alek sandy xander lex sasha alick aleksander alexandre alejandro
alexandra alex alexa sandra sandy lexi lexie ally alix sasha alejandra
alexis alex lexi lexie
alfred al alf alfie fred freddie
alice ali ally alicia allie
alison allison ali ally allie
alphonse al alfonso fonzie
amanda mandy manda
amelia amy millie milly emilia mel
andrea andi andie drea
andrew andy drew andre andreas andi
angela angie ange angel
angelina angie lina
ann anne anna annie nan nancy ana
annabel annabelle bella belle
anthony tony ant antony antonio anton toni
antoinette toni nettie
antonia toni tonya
archibald archie archy
arnold arnie
arthur art artie
ashley ash ashleigh
audrey aud
augustus gus august augie
barbara barb babs barbie bobbie barbra
barnaby barney
bartholomew bart
beatrice bea bee trixie beatrix bebe
benedict ben benny
benjamin ben benny benji bennie
bernadette bernie detta
bernard bernie barney
bertha bertie
bethany beth
beverly bev beverley
bradley brad
bradford brad
brandon bran
brenda bren
brendan bren
brian bryan bri
bridget biddy bridie bridgette brigid
bronwyn bron
bruce brucie
caitlin kate katie cait kaitlyn caitlyn
calvin cal
cameron cam
camilla millie milla cammie
candice candy candace
carl karl
carol carole caz caroline
caroline carrie caro carolyn lina callie carolina
cassandra cass cassie sandra
catherine cath cathy cate kate katie kathy katherine kathryn katharine cathryn kit kitty kat katy kath kay catharine caterina katrina catrina
cecil cec
cecilia cec celia cissy sissy cecily
charles charlie chuck chas charley chip carlos chaz
charlotte charlie lottie lotte char carlotta charley
chelsea chels
christian chris
christina tina chris chrissie christy kristina christine kristine
christine chris chrissie tina christy kristine christina kirsten
christopher chris kit topher kristopher christy
clara clare claire clair
clarence clarrie
claudia claud
clement clem
clifford cliff
clinton clint
constance connie
cordelia delia cordy
cornelius con neil corny
courtney court
craig craigie
curtis curt
cynthia cindy cyndi cindi
cyril cy
cyrus cy
dale daley
damian damien
daniel dan danny dani
danielle dani danni elle daniela
daphne daph
darren daz darryl
david dave davey davy dai
deborah deb debbie debra debby debs
declan dec
denise den denny
dennis den denny denis
derek derrick del
desmond des desi
diana di diane dianne dee
dominic dom nick dominick domenic
donald don donnie donny
donna don
dorothy dot dottie dolly dora dorothea thea
douglas doug dougie
duncan dunc
dwight ike
edgar ed eddie ned
edith edie
edmund ed eddie ned ted edmond
edward ed eddie ned ted teddy eddy eduardo
edwin ed eddie ned
eleanor ellie nell nellie nora ella elle leonora elinor eleanora lenore
elijah eli
elizabeth liz beth betty eliza lizzie betsy bess bessie libby liza elisabeth lizzy bette bettie elise elsie lisa lilibet ellie lisbeth betsey
ella ellie
ellen nell nellie helen ellie
emily em emmy millie milly emmie
emma em emmy emmie
emmanuel manny emanuel immanuel
enoch nock
eric rick ricky erik erick
erica ricky rikki erika
ernest ernie ern
esther essie hester
ethel eth
eugene gene
eugenie genie eugenia
eva eve evie
evangeline eve evie eva
evelyn eve evie lyn
ezekiel zeke
ezra ez
felicity fliss flick flic
ferdinand ferdie fred
fiona fi fee
florence flo florrie flossie
frances fran frankie fanny francie francesca franny
francis frank frankie fran frannie francisco francesco
franklin frank frankie
frederick fred freddie freddy frederic rick fritz fredrick friedrich
frederica fred freddie rikki
gabriel gabe gab gabby
gabrielle gabby gabi gaby gabriella elle brielle
gareth gary gaz garth
gary gaz garry
gavin gav
gemma gem jemma
genevieve gen viv eve jenny
geoffrey geoff jeff jeffrey jeffery geoffery
george georgie geo jorge
georgina georgie gina georgia georgiana
gerald gerry jerry ged
geraldine gerry geri gerri
gerard gerry ged jerry
gertrude gertie trudy trudie
gilbert gil bert gib
gillian gill jill jilly gilly jillian
gloria glo
gordon gord gordy gordie
grace gracie
graham gray graeme grahame
gregory greg gregg gregor
gretchen greta
griffith griff
gwendolyn gwen wendy gwyneth gwendoline
hannah han hanna
harold harry hal
harriet hattie harry hettie
harrison harry
harvey harv
heather hev
helen nell nellie lena helena ellen elena helene
henrietta etta hetty hettie
henry harry hank hal henri enrique
herbert herb bert herbie
herman hermann
hilary hil hillary
hortense horty
howard howie howd
hubert hugh bert hughie
hugh hughie huw hugo
humphrey humph
ian iain
ida idie
imogen immy immie
irene rene
isaac ike zac isaak
isabella bella izzy belle isabelle isabel issy isobel izzie ella izabella
isadora izzy dora
isaiah zay
ivan van
jacob jake jay jakob coby
jacqueline jackie jacqui jaclyn jacquelyn jaqueline
james jim jimmy jamie jem jimmie jimbo jaime
jane janie jenny jayne jean
janet jan jannie
janice jan janis
jasmine jaz jas jazz jasmin
jason jay jase
jayden jay
jean jeannie jeanne
jeannette jean nettie jeanette
jedediah jed
jeffrey jeff geoff geoffrey jeffery
jemima mima jem
jennifer jen jenny jenna jennie jenn
jeremiah jerry jem
jeremy jerry jez jem
jerome jerry
jessica jess jessie jessy
jillian jill jilly gillian
joan jo joanie
joanna jo joey joann joanne jojo
joanne jo joann joanna
jodie jody jo
joel joey
john johnny jack jon johnnie johan juan jackie
jonathan jon jonny johnny nathan jonathon johnathan
jordan jordy jody
joseph joe joey jo jos josef jose
josephine jo josie jojo posy fifi
joshua josh
joyce joy
judith judy jude judi judie
julia julie jules juliet
julian jules
juliana julie jules
juliet julie jules juliette
justin jus
justine tina
karen kaz karin caren
katelyn kate katie
kathleen kath kathy kate katie kat kay cathleen kitty
kayla kay
keith keithy
kelly kel kelley kellie
kelvin kel
kendall ken
kenneth ken kenny kenn
kerry kez kerri
kevin kev
kieran kier
kimberly kim kimmy kimberley kimmie
kirsten kirsty kris
kristen kris kristin krissy
kyle ky
lachlan lachie lockie
laura laurie lori loz
lauren laurie loz ren
laurence larry laurie lawrence loren laurie
lawrence larry laurie laurence lawrie loren law
leah lee
leo leon lee
leonard len lenny leo lennie
leonardo leo len
leroy roy lee
leslie les lesley
lester les
letitia lettie tish
lewis lew louis
lillian lil lily lilly lilian
lincoln linc
linda lyn lin lindy lynda
lindsay linds lindsey lyndsay
lionel leo len
llewellyn lew lyn
lloyd loyd
logan logie
lois lou
lorraine lori rainey lorrie
louis lou lewis louie luis
louise lou lulu louisa louie
lucas luke luca lukas
lucille lucy lou
lucinda lucy cindy
lucy lu luce
luke lucas
lydia lyddie
lynette lyn lynn lynne
mackenzie mac kenzie
madeline maddie maddy madeleine mads madelyn lena
magdalena lena maggie
malcolm mal malc
manuel manny
marcus marc mark
margaret maggie meg peggy marge margie madge peg greta rita daisy megan margo margot marjorie maisie mags mog margarita
margery marge margie marjorie
maria mary marie mia
marian mary marion
marianne mary marian
marilyn lyn
marion mary marian
mark marc marcus
martha marty mattie patty
martin marty mart martyn
martina tina
marvin marv
mary molly polly maria marie mae may mamie mimi minnie
mathilda tilly matilda tilda mattie maud
matilda tilly tilda mattie maud
matthew matt matty mathew mat matthias
maureen mo reenie
maurice mo morris maury
maxine max
maximilian max
maxwell max
megan meg
melanie mel
melinda mel mindy lindy
melissa mel lissa missy
melvin mel
mercedes mercy sadie
meredith merry
michael mike mick micky mickey mikey mitch micheal mikhail miguel michel
michaela mickey kayla mikayla
michelle shell shelly micky chelle michele
mildred millie milly
millicent millie milly
milton milt
miranda randy mandy mira
miriam mim mimi mitzi
mitchell mitch
mohammed mohammad muhammad mohamed mo mohamad muhammed mohd
morgan mo
mortimer mort
nadine nad
nancy nan ann
naomi nomi
natalie nat nattie talia natalia
natasha tasha nat
nathan nate nat
nathaniel nate nat nathan natty nathanael
nehemiah miah
neil neal niall
nelson nels
nicholas nick nicky nico nicolas klaus nik nicholaus
nicola nicky nic nikki
nicole nicky nikki nic nicolette colette
nigel nige
noah noe
noel noelie
nora norah honora
norman norm
octavia tavi
oliver ollie olly
olivia liv ollie livvy livia
oscar ossie
oswald oz ozzie ossie
pamela pam pammy
patience pat patty
patricia pat trish patty tricia patti trisha paddy patsy
patrick pat paddy rick padraig
paul paulie pablo
paula polly
pauline polly paula
penelope penny pen nell
percival percy
perry peregrine
peter pete petey pedro
philip phil phillip pip felipe
philippa pip pippa phil
phillis phyllis phil
phoebe phebe
phyllis phil
priscilla prissy cilla
quentin quinn
rachel rach rachael ray shelly
ralph ralf rafe
ramona mona
randall randy
randolph randy
raphael raf rafe rafael rafa
raymond ray
rebecca becky becca bec beck reba rebekah bex
reginald reg reggie
rhonda ron
ricardo rick ricky
richard rick dick rich richie ricky dickie ritchie rickie
robert bob rob bobby robbie bert robin bobbie roberto rab dob
roberta bobbie robbie bert
robin rob robyn
roderick rod rick roddy
rodney rod roddy
roger rog rodge hodge
roland rollo rolly rowland
ronald ron ronnie ronny
rosalind ros roz rosie
rosamund ros rose
rosanna rose roseanne
rosemary rose rosie romy
rowena ro
roxanne roxy rox
rudolph rudy rolf
rupert rup
russell russ rusty
ruth ruthie
ryan ry
sabrina brina
salvatore sal
samantha sam sammy sammie
samuel sam sammy
sandra sandy sandi
sarah sally sadie sara sal
scott scotty
sean shaun shawn shane
sebastian seb bas bastian basti
selina lina selena
seth sethy
sharon shaz shari
sheila shelia
shelley shell shelly
shirley shirl
sidney sid sydney
silas si
silvester sly sylvester
simon si sy
solomon sol solly
sophia sophie soph sofia
spencer spence
stanley stan
stella star
stephanie steph stephie steffi stefanie
stephen steve stevie steven stephan stefan esteban
steven steve stevie stephen
stuart stu stewart stew
susan sue susie suzie suzy susannah sukie susanna suzanne
susannah sue susie suzanna anna susanna
suzanne sue suzie susan suzy
sylvia sylvie silvia syl
tabitha tabby
tamara tammy tam mara
tamsin tam tammy
tanya tania tan
terence terry terrance tel terrence
teresa terry tess terri tessa theresa tracy tessie resa reese therese
thaddeus tad thad ted
theodora theo dora thea
theodore ted teddy theo
thomas tom tommy thom tomas
tiffany tiff
timothy tim timmy
tobias toby
todd toddy
tracy trace tracey
travis trav
trevor trev
tristan tris
tyler ty
ursula ursie sula uschi
valentine val
valerie val
vanessa nessa van ness
vernon vern
veronica ronnie ron vera ronni
victor vic
victoria vicky vicki tori vic viki vickie queenie
vincent vin vince vinnie
viola vi
violet vi lettie
virginia ginny gina ginger virgie
vivian viv vivienne
wallace wally
walter walt wally wat
warren waz
wendy wen
wesley wes
wilbur will
wilfred wilf fred will wilfrid
wilhelmina mina billie minnie willa
willard will
william bill will billy willy liam willie wills guillermo wilhelm
winifred winnie freda fred win
winston win winnie
woodrow woody
yolanda yoli
yvonne vonnie evonne
zachary zach zac zack zak zachariah zackary
zoe zoey
johannes hans hannes johann joe
joachim jochen achim
jurgen jurg
wilhelm willi willy
friedrich fritz fred
heinrich heinz heiner henry
gerhard gerd
eberhard ebbi
ulrich uli ulli
manfred manni fred
siegfried sigi
rudolf rudi rolf
ludwig lutz
josef sepp joseph jupp
matthias matze matt
sigrid siggi
gabriele gabi gaby
susanne susi sanne
hildegard hilde
angelika geli
margarete grete gretel
katharina kathi katja kathrin
brigitte gitte
waltraud traudl
francisco paco pancho francis
jose pepe joseph
ignacio nacho
enrique quique henry
guadalupe lupe
dolores lola lolita
concepcion concha conchita
alexei alyosha aleksei alexey
dmitri dima mitya dmitry
vladimir vova volodya
ekaterina katya catherine
tatiana tanya
`

const groups = new Map<string, readonly string[]>()
for (const line of TABLE.trim().split('\n')) {
  const [head = '', ...forms] = line.split(' ')
  for (const form of [head, ...forms]) {
    const known = groups.get(form) ?? []
    if (!known.includes(head)) groups.set(form, [...known, head])
  }
}

/** Every name and form of the table, and the names that each may stand for. */
export const nicknameGroups = (): ReadonlyMap<string, readonly string[]> => groups

/** Every name of the table that this one may stand for; a name that is not in it stands for itself. */
export function nameGroups(name: string): readonly string[] {
  const plain = plainName(name)
  return groups.get(plain) ?? [plain]
}

/** Is it one of the usual given names, or a form of one? */
export const isGivenName = (name: string): boolean => groups.has(plainName(name))

/** May these two be one person's given name? Bob and Rob may, as both are Robert. */
export function sameName(one: string, other: string): boolean {
  const own = nameGroups(one)
  return nameGroups(other).some((group) => own.includes(group))
}

/** Pairs of a full name and a form of it. */
export const nicknamePairs = (): (readonly [string, string])[] =>
  [...groups].flatMap(([form, heads]) =>
    heads.filter((head) => head !== form).map((head) => [head, form] as const),
  )

function plainName(name: string): string {
  const lower = name.trim().toLowerCase()
  return /^[a-z]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/[^\p{L}]/gu, '')
}
