/** First names that are one name: each line a name and what people call its bearer. English and Spanish, the common ones. */
const LINES = `
alexander alex al xander sasha
alexandra alex sandra sasha lexi
alejandro alex ale
albert al bert
alfred al fred alfie
andrew andy drew
angela angie
anthony tony
antonio tony toño
barbara barb barbie
benjamin ben benny
beatriz bea betty
catherine cathy kate katie kitty cat
charles charlie chuck chas
christina chris tina christy
christine chris tina chrissy
christopher chris kit topher
daniel dan danny
david dave davey
deborah deb debbie debra
donald don donnie
dolores lola
dorothy dot dottie
edward ed eddie ned ted
eduardo edu lalo
eleanor ellie nell nora
elizabeth liz beth betty eliza lizzie betsy libby
emily em emmy
enrique quique
eugene gene
fernando nando
frances fran franny
francis frank fran
francisco paco pancho frank
frederick fred freddie
gabriel gabe
george geo
gerald gerry jerry
geraldine gerry
gregory greg
guadalupe lupe lupita
guillermo memo
harold harry hal
henry hank harry
ignacio nacho
isabel isa bella chabela
isabella bella izzy
jacob jake
jacqueline jackie
james jim jimmy jamie
janet jan
jeffrey jeff
jennifer jen jenny
jessica jess jessie
jesus chuy
john johnny jack jon
jonathan jon jonny nathan
jose pepe joe
joseph joe joey
josephine jo josie
joshua josh
judith judy
julia julie
katherine kathy kate katie kathryn kay
kathleen kathy kate
kenneth ken kenny
kimberly kim
lawrence larry
leonard len lenny leo
leonardo leo
lillian lily lil
luis lucho
madeline maddie
manuel manny manolo
margaret maggie meg peggy marge greta
maria mary mari
maria-jose marijo
martha marty
matthew matt
melissa mel missy
michael mike mick mickey
michelle shelly
nathaniel nathan nate
nicholas nick nicky nico
nicole nikki
pamela pam
patricia pat patty trish tricia
patrick pat paddy rick
peter pete
philip phil
rafael rafa
raymond ray
rebecca becky becca
ricardo rick ricky
richard dick rick rich richie
robert rob bob bobby robbie bert
roberto beto
ronald ron ronnie
rosario charo
samantha sam
samuel sam sammy
sandra sandy
santiago santi
sarah sally sadie
sergio checo
sophia sophie
stephen steve steven
stephanie steph
susan sue susie suzy
teresa terry tere
theodore ted theo teddy
theresa terry tess
thomas tom tommy
timothy tim
valeria vale
vanessa nessa
veronica vero ronnie
victoria vicky tori
vincent vince vinny
virginia ginny
walter walt
william bill will billy willie liam
zachary zach
`;

const groups = new Map<string, Set<number>>();
for (const [n, line] of LINES.trim().split('\n').entries()) {
  for (const name of line.split(' ')) {
    const key = foldName(name);
    groups.set(key, (groups.get(key) ?? new Set()).add(n));
  }
}

/** A name for comparing: no accents, no capitals, no full stops, one blank between words. */
export function foldName(name: string): string {
  if (/^[A-Za-z]*$/.test(name)) return name.toLowerCase(); // most of them, many times over
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[.,]/g, ' ').replace(/\s+/g, ' ').trim();
}

/** Bob and Robert, Liz and Beth: two folded first names that may belong to one person. Only the first word counts. */
export function sameNickname(a: string, b: string): boolean {
  const [x, y] = [groups.get(a.split(' ')[0] ?? ''), groups.get(b.split(' ')[0] ?? '')];
  if (!x || !y) return false;
  for (const n of x) if (y.has(n)) return true;
  return false;
}

/** Every other name the bearer of this folded first name may go by: bob → robert, rob, bobby, … */
export function otherNames(folded: string): readonly string[] {
  const lines = groups.get(folded);
  if (!lines) return [];
  return [...groups].flatMap(([name, of]) => (name !== folded && [...lines].some((n) => of.has(n)) ? [name] : []));
}
